//! Promises that no other test holds whole: what is asked of people, what is kept of them, and that no visit is logged.

mod asked;
mod kept;
mod month;
mod silence;
mod ways;
