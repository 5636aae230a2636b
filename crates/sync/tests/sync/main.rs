//! The crate from outside: on simulated networks, and on the golden vectors that it shares with its twin.

mod golden;
mod playing;
mod simulated;
mod simulation;
mod strange;
mod vectors;
