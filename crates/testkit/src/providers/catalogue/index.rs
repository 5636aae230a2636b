//! A search as services have it: by the words that query and entry share, rare words counting more.

use std::collections::HashMap;

use super::song::tokens;

/// An entry is found when it has this share of the query's weight.
const SHARE_MIN: f64 = 0.6;

/// Words and the entries that have them.
#[derive(Debug, Default)]
pub(crate) struct Index {
    postings: HashMap<String, Vec<u32>>,
    words: Vec<u16>,
}

impl Index {
    /// Adds the next entry; entries are numbered from 0.
    pub(crate) fn add(&mut self, text: &str) {
        let number = u32::try_from(self.words.len()).expect("fewer entries than numbers");
        let mut words = tokens(text);
        words.sort_unstable();
        words.dedup();
        self.words
            .push(u16::try_from(words.len()).unwrap_or(u16::MAX));
        for word in words {
            self.postings.entry(word).or_default().push(number);
        }
    }

    /// Numbers of the entries that fit best, best first. `fits` leaves entries out before they are counted.
    pub(crate) fn find(
        &self,
        query: &str,
        count: usize,
        fits: impl Fn(usize) -> bool,
    ) -> Vec<usize> {
        let mut words = tokens(query);
        words.sort_unstable();
        words.dedup();
        let mut weights: HashMap<u32, f64> = HashMap::new();
        let mut whole = 0.0;
        for word in &words {
            let found = self.postings.get(word).map_or(&[][..], Vec::as_slice);
            let weight = self.weight(found.len());
            whole += weight;
            for number in found {
                *weights.entry(*number).or_default() += weight;
            }
        }
        let mut hits: Vec<(f64, u32)> = weights
            .into_iter()
            .filter(|(number, weight)| *weight >= whole * SHARE_MIN && fits(*number as usize))
            .map(|(number, weight)| (weight, number))
            .collect();
        // Equal words: the shorter entry says less else; then the older number, which is the original.
        hits.sort_unstable_by(|(weight, number), (other_weight, other)| {
            let size = |number: u32| self.words[number as usize];
            other_weight
                .total_cmp(weight)
                .then(size(*number).cmp(&size(*other)))
                .then(number.cmp(other))
        });
        hits.into_iter()
            .take(count)
            .map(|(_, number)| number as usize)
            .collect()
    }

    /// A word that nobody has weighs as much as one that a single entry has: it was asked for.
    #[expect(clippy::cast_precision_loss, reason = "counts are far below 2^52")]
    fn weight(&self, entries: usize) -> f64 {
        (1.0 + self.words.len() as f64 / entries.max(1) as f64).ln()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_best_fit_comes_first_and_strangers_do_not_come() {
        let mut index = Index::default();
        for text in [
            "Night Ferry Ada Example",
            "Night Ferry Live Ada Example",
            "Night Ferry Bo Other",
            "Sunday",
        ] {
            index.add(text);
        }
        assert_eq!(index.find("ada example night ferry", 10, |_| true), [0, 1]);
        assert_eq!(index.find("night ferry", 10, |number| number != 0), [2, 1]);
        assert_eq!(index.find("something else", 10, |_| true), [0; 0]);
    }
}
