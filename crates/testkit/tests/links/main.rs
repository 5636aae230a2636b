//! Links, from what a person pastes to what goes out: a whole node beside providers that behave like the real ones.
#![expect(clippy::unwrap_used, reason = "a helper of a test fails with it")]

mod fixture;
