//! Links, from what a person pastes to what goes out: a whole node beside providers that behave like the real ones.
#![expect(clippy::unwrap_used, reason = "a helper of a test fails with it")]
#![expect(clippy::print_stderr, reason = "that is where a skipped test says so")]

mod conversion;
mod egress;
mod fixture;
mod live;
mod stage;
