//! What holds of people in a room.
