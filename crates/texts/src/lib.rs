//! What people read that does not come from the front end: pages that the server draws, and mails, in their language.
//!
//! This crate does not know HTTP, pages, mails, accounts or who reads.

mod catalogue;
mod language;

pub use catalogue::{FluentValue, POLICY, plain, tame};
pub use language::Language;
