//! A recorded run of a room: what it was told, when, and with what chance. Replayed, it gives the same room.

use base::Timestamp;
use protocol::room::Preset;
use serde::{Deserialize, Serialize};

use super::{Command, Done, Rejected, Room};
use crate::seed::Seed;

/// The first line of a tape: the room that it begins with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Opening {
    /// What the room is called.
    #[serde(default)]
    pub title: Option<String>,
    /// The rules it starts from.
    pub preset: Preset,
    /// Its numbering of events.
    pub epoch: u64,
}

/// Each other line of a tape.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Step {
    /// When.
    pub now: Timestamp,
    /// The chance it came with.
    pub seed: Seed,
    /// What the room was told.
    #[serde(flatten)]
    pub command: Command,
}

/// A tape: JSON, one value a line.
#[derive(Clone, Debug, PartialEq)]
pub struct Tape {
    /// The room that it begins with.
    pub opening: Opening,
    /// What the room was told, in order.
    pub steps: Vec<Step>,
}

/// Text that is not a tape.
#[derive(Debug, thiserror::Error)]
pub enum BadTape {
    /// It has no first line.
    #[error("an empty tape")]
    Empty,
    /// A line does not say what it should.
    #[error("line {line}: {why}")]
    Line {
        /// Which, from 1.
        line: usize,
        /// Why.
        why: serde_json::Error,
    },
}

impl Tape {
    /// Reads a tape.
    ///
    /// # Errors
    /// The text is not one.
    pub fn parse(text: &str) -> Result<Self, BadTape> {
        let lines = text.lines().enumerate();
        let mut lines = lines.filter(|(_, text)| !text.trim().is_empty());
        let bad = |place: usize| {
            move |why| BadTape::Line {
                line: place + 1,
                why,
            }
        };
        let (place, first) = lines.next().ok_or(BadTape::Empty)?;
        let opening = serde_json::from_str(first).map_err(bad(place))?;
        let steps = lines.map(|(place, text)| serde_json::from_str(text).map_err(bad(place)));
        Ok(Self {
            opening,
            steps: steps.collect::<Result<_, _>>()?,
        })
    }

    /// Writes it as text.
    #[must_use]
    pub fn write(&self) -> String {
        let line = |json: serde_json::Result<String>| json.expect("a tape has a JSON form") + "\n";
        let steps = self.steps.iter();
        let steps = steps.map(|step| line(serde_json::to_string(step)));
        line(serde_json::to_string(&self.opening)) + &steps.collect::<String>()
    }

    /// The room before the first step.
    #[must_use]
    pub fn open(&self) -> Room {
        let opening = self.opening.clone();
        Room::open(opening.title, opening.preset, opening.epoch)
    }
}

impl Step {
    /// Tells it to a room.
    ///
    /// # Errors
    /// The room rejected it.
    pub fn tell(&self, room: &mut Room) -> Result<Done, Rejected> {
        room.apply(self.command.clone(), self.now, self.seed)
    }
}
