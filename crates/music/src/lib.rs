//! Music as its providers list it: what a link points at, what a track is called, and whether two are the same recording.
//!
//! Everything here is pure. [`parse`] makes a [`Link`] of what a person pasted, [`score`] says how sure it is that two
//! listings are the same piece, and why.
//!
//! This crate does not know HTTP, providers' answers, databases or pages.

mod choose;
mod columns;
mod credit;
mod evidence;
mod joined;
mod link;
mod mend;
mod model;
mod normal;
mod parse;
mod piece;
mod platform;
mod reading;
mod record;
mod release;
mod score;
mod script;
mod search;
mod similar;
mod title;
mod verdict;
mod version;
mod weights;

pub use choose::{Choice, choose, query};
pub use link::{Context, Kind, Link, Reject};
pub use model::{FEATURES, features};
pub use parse::{TEXT_MAX, parse};
pub use piece::{Artist, BadIsrc, Isrc, Listing, Piece, Playlist, PlaylistTrack, Release, Track};
pub use platform::{Platform, UnknownPlatform};
pub use record::Record;
pub use score::{SAME, score, score_records};
pub use search::search_url;
pub use verdict::{Level, Reason, Verdict};
