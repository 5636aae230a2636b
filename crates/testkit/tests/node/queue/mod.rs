//! Rooms with a queue, over real sockets.

mod arranging;
mod casting;
mod clocks;
mod coming_back;
mod elsewhere;
mod ghosts;
mod grants;
mod harm;
mod keeping;
mod nodes;
mod playing;
mod recordings;
mod scene;
mod seats;
mod skipping;
mod slow;
mod strangers;
mod traces;
