//! Rooms with a queue, over real sockets.

mod playing;
mod scene;
