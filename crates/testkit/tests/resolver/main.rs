//! The resolver against stand-ins of all providers: what a person sees, and what goes out for it.

#![expect(
    clippy::unwrap_used,
    reason = "a test stops at the first thing that fails"
)]

mod by_hand;
mod converting;
mod finding;
mod pictures;
mod playlists;
mod races;
mod scene;
