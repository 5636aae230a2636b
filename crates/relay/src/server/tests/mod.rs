//! What the relay does for members, and what it refuses to everybody else.

mod data;
mod peers;
mod requests;
