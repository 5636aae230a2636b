//! The room with a queue: one state, one way in. Whoever drives it passes in the time and chance.

mod answers;
mod command;
mod deck;
mod dispatch;
mod erasing;
mod items;
mod order;
mod part;
mod playing;
mod presence;
mod queue;
pub mod tape;
#[cfg(test)]
mod tests;
mod time;
mod undo;
mod view;
mod votes;
mod wishes;

use std::collections::BTreeSet;

use base::{PersonId, Timestamp};
use protocol::room::{CastView, Preset, RoomSettings, SkipVotes};
use serde::{Deserialize, Serialize};

pub use answers::ANSWERS_MAX;
pub use command::{BadPrincipal, Command, Done, Principal, Rejected};
pub use deck::{ANNOUNCED_AHEAD, BARRIER_SOFT, BARRIER_STRICT, EMPTY_GRACE};
pub use items::{DURATION_MS_MAX, DURATION_MS_MIN};
pub use part::Part;
pub use queue::{HISTORY_MAX, QUEUE_MAX, SUGGESTIONS_MAX};
pub use undo::UNDO_MAX;
pub use view::{Listing, SongList};

use crate::chat::Chat;
use crate::people::People;
use crate::seed::Seed;
use crate::settings;
use answers::Answers;
pub(crate) use command::Turn;
use deck::Deck;
use queue::Queue;
use undo::Undo;
use votes::NO_SKIP_VOTES;

/// A room with a queue.
///
/// Its JSON is what a store keeps: equal rooms have equal JSON.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Room {
    epoch: u64,
    seq: u64,
    settings: RoomSettings,
    people: People,
    /// When something is due among the people, as it was when they last changed.
    people_due: Option<Timestamp>,
    queue: Queue,
    deck: Deck,
    /// Who wants to skip what is on.
    skip_votes: BTreeSet<PersonId>,
    /// What everybody was told of them.
    skip: SkipVotes,
    chat: Chat,
    cast: Option<CastView>,
    undo: Undo,
    /// Rooms that were kept before it was so by person have none.
    #[serde(default)]
    said: Answers,
    is_over: bool,
}

impl Room {
    /// A room that nobody is in yet. The epoch is another one each time events may have been lost.
    #[must_use]
    #[expect(
        clippy::needless_pass_by_value,
        reason = "whoever opens a room gives its title away"
    )]
    pub fn open(title: Option<String>, preset: Preset, epoch: u64) -> Self {
        Self {
            epoch,
            seq: 0,
            settings: settings::start(preset, title.as_deref()),
            people: People::default(),
            people_due: None,
            queue: Queue::default(),
            deck: Deck::new(),
            skip_votes: BTreeSet::new(),
            skip: NO_SKIP_VOTES,
            chat: Chat::default(),
            cast: None,
            undo: Undo::default(),
            said: Answers::default(),
            is_over: false,
        }
    }

    /// Carries out one command, after what was due by then.
    ///
    /// # Errors
    /// Refused; the room is as it was, and nobody hears of it.
    pub fn apply(
        &mut self,
        command: Command,
        now: Timestamp,
        seed: Seed,
    ) -> Result<Done, Rejected> {
        let mut turn = Turn::new(now, seed);
        if matches!(command, Command::Restarted) {
            self.restart(&mut turn);
        }
        self.settle(&mut turn);
        match self.obey(command, &mut turn) {
            Ok(()) => {
                self.settle(&mut turn);
                Ok(turn.finish())
            }
            Err(refusal) => {
                let rejected = Rejected::new(refusal, self.seq);
                if !turn.has_acted {
                    return Err(rejected);
                }
                let mut done = turn.finish();
                done.is_to_stranger = rejected.is_to_stranger;
                done.answer = Some(rejected.into());
                Ok(done)
            }
        }
    }
}
