//! Right and wrong decisions on a set.

use crate::data::{Pair, Set};

/// How often a decision was right, wrong, or missed a pair.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Tally {
    pub(crate) right: usize,
    pub(crate) wrong: usize,
    pub(crate) missed: usize,
}

impl Tally {
    pub(crate) fn of(set: &Set, decide: impl Fn(&Pair) -> bool) -> Self {
        set.pairs
            .iter()
            .map(|pair| Self::one(decide(pair), pair.same))
            .fold(Self::default(), Self::add)
    }

    pub(crate) fn one(decided: bool, same: bool) -> Self {
        Self {
            right: usize::from(decided && same),
            wrong: usize::from(decided && !same),
            missed: usize::from(!decided && same),
        }
    }

    pub(crate) fn add(self, other: Self) -> Self {
        Self {
            right: self.right + other.right,
            wrong: self.wrong + other.wrong,
            missed: self.missed + other.missed,
        }
    }

    pub(crate) fn recall(&self) -> f64 {
        self.right as f64 / (self.right + self.missed).max(1) as f64
    }

    pub(crate) fn f1(&self) -> f64 {
        2.0 * self.right as f64 / (2 * self.right + self.wrong + self.missed).max(1) as f64
    }
}
