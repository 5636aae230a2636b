//! Values that stand in each other's columns, and how to tell by the other record.

use crate::credit::alike;
use crate::normal::{fold, name, words};
use crate::reading::Fields;
use crate::record::{take_number, without_number};
use crate::similar::likeness;

/// An order must fit this much better, of 3 in all, than the order of the columns.
const GAIN_MIN: f64 = 0.5;

/// A value that moves must be this much like what it is compared with then.
const FIT_MIN: f64 = 0.7;

/// What fits only a part of a column, joined to others by dashes, fits this much.
const PART: f64 = 0.95;

/// A column joins at most so many values that are worth a look: artist, title, version and album.
const PARTS_MAX: usize = 4;

/// Puts values back: title, artist and album of one record fit those of the other better in another order.
/// Albums are often named after a song, so a value that moves has to fit where it comes.
pub(crate) fn put_back(left: &mut Fields, right: &mut Fields) {
    let (here, there) = (columns(left), columns(right));
    if likeness(&here[0].name, &there[0].name) >= FIT_MIN {
        return;
    }
    let fits: [[f64; 3]; 3] = std::array::from_fn(|one| {
        std::array::from_fn(|other| here[one].fit(&there[other], one == other))
    });
    let fit = |order: &[usize; 3]| -> f64 { (0..3).map(|at| fits[at][order[at]]).sum() };
    let leaves_title = |order: &[usize; 3]| !there[order[0]].name.is_empty();
    let is_sound = |order: &[usize; 3]| {
        let keeps_sense = leaves_title(order) || *order == TITLE_AND_ARTIST;
        keeps_sense
            && (0..3).filter(|at| order[*at] != *at).all(|at| {
                let is_empty = |column: &Column| column.name.is_empty();
                let is_free = is_empty(&here[at]) && *order == TITLE_AND_ARTIST;
                is_empty(&there[order[at]]) || is_free || fits[at][order[at]] >= FIT_MIN
            })
    };
    let least = fit(&[0, 1, 2]) + GAIN_MIN;
    let orders = ORDERS.iter().filter(|order| is_sound(order));
    let Some(order) = orders.max_by(|one, other| fit(one).total_cmp(&fit(other))) else {
        return;
    };
    if fit(order) > least {
        // Where one record has no title to move, what stands in the other moves instead.
        match leaves_title(order) {
            true => reorder(right, order),
            false => reorder(left, order),
        }
    }
}

fn reorder(fields: &mut Fields, order: &[usize; 3]) {
    let artist = fields.artists.concat();
    let values = [fields.title.clone(), artist, fields.album.clone()];
    fields.title.clone_from(&values[order[0]]);
    fields.artists.clear();
    let artist = Some(values[order[1]].clone()).filter(|artist| !artist.is_empty());
    fields.artists.extend(artist);
    fields.album.clone_from(&values[order[2]]);
    take_number(fields);
}

const TITLE_AND_ARTIST: [usize; 3] = [1, 0, 2];

/// Every other order of three columns.
const ORDERS: [[usize; 3]; 5] = [TITLE_AND_ARTIST, [0, 2, 1], [2, 1, 0], [1, 2, 0], [2, 0, 1]];

/// A column, as it is compared.
struct Column {
    name: String,
    /// The same with spaces.
    spaced: String,
    /// Runs of its parts, where dashes join several.
    runs: Vec<String>,
    /// Titles are joined with artists and albums where they stand rightly: that is no sign of another order.
    is_title: bool,
}

fn columns(fields: &Fields) -> [Column; 3] {
    let artist = fields.artists.concat();
    [
        Column::of(&fields.title, true),
        Column::of(&artist, false),
        Column::of(&fields.album, false),
    ]
}

impl Column {
    fn of(text: &str, is_title: bool) -> Self {
        let plain = |text: &str| name(&words(&fold(text)));
        let text = without_number(text).1;
        let words = words(&fold(text));
        let mut runs = Vec::new();
        if text.contains(" - ") {
            let parts: Vec<String> = text.split(" - ").take(PARTS_MAX).map(plain).collect();
            for from in 0..parts.len() {
                for to in from + 1..=parts.len() {
                    runs.push(parts[from..to].concat());
                }
            }
        }
        Self {
            name: name(&words),
            spaced: words.join(" "),
            runs,
            is_title,
        }
    }

    fn fit(&self, other: &Self, is_same_column: bool) -> f64 {
        let part = |whole: &Self, joined: &Self| {
            let runs = joined.runs.iter();
            let runs = runs.filter(|_| is_same_column || !joined.is_title);
            runs.map(|run| PART * likeness(&whole.name, run))
                .fold(0.0, f64::max)
        };
        likeness(&self.name, &other.name)
            .max(alike(&self.spaced, &other.spaced))
            .max(part(self, other))
            .max(part(other, self))
    }
}
