//! What a provider can be asked.

use music::{Isrc, Link, Piece};

/// One question to one provider. Nothing in it says who asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Question {
    /// What is at this link? Its own platform answers, with one listing or none.
    Lookup(Link),
    /// Which tracks carry this code?
    Isrc(Isrc),
    /// Which releases carry this bar code? Digits only.
    Upc(String),
    /// What do you list that may be this piece? Best guess first.
    Search(Piece),
    /// Where else is the recording that this link points at?
    Linked(Link),
}
