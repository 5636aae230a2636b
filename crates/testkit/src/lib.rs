//! What tests need: servers and databases of their own.

pub mod postgres;
