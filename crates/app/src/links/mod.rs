//! Links: what a pasted link points at, and the same piece elsewhere.

mod view;

pub use view::{LinkEvent, LinkRefusal, LinkView, MatchView, Outcome, SearchReason};
