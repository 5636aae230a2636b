//! Who somebody is and how they prove it: addresses, passwords, codes, sessions and their rules.
//!
//! This crate does not know HTTP, storage, mail or clocks.
