//! The only way out: music providers today. Each is asked within its budget, and told a title, an artist, a code, a
//! duration or its own id; never who asks.
//!
//! [`Outbound::ask`] takes a [`Question`] to one provider and brings back what it lists, or a typed [`Failure`].
//!
//! This crate does not know rooms, pages, the database, or who asks.

mod failure;
mod provider;
mod question;
mod settings;

pub use failure::Failure;
pub use provider::ProviderId;
pub use question::Question;
pub use settings::{ProviderSettings, Settings};
