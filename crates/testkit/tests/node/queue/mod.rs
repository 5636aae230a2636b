//! Rooms with a queue, over real sockets.

mod arranging;
mod coming_back;
mod harm;
mod playing;
mod scene;
mod seats;
mod skipping;
