//! What the golden vectors are made of, one module for each kind.

pub(crate) mod clocks;
pub(crate) mod frames;
pub(crate) mod ladders;
pub(crate) mod laws;
pub(crate) mod readouts;

use crate::simulation::Chance;

/// A whole number between `-most` and `most`.
fn around(chance: &mut Chance, most: i64) -> i64 {
    chance.below(2.0 * most as f64) as i64 - most
}
