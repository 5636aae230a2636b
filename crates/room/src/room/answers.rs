//! What each person said lately: how much, so that nobody floods the others, and the answers, so that a command which is
//! said again has one effect.

use std::collections::{BTreeMap, VecDeque};
use std::time::Duration;

use base::{PersonId, Secret, Timestamp};
use protocol::room::{Answer, CommandId, InviteView};
use serde::{Deserialize, Serialize};

use crate::pace::{Pace, Pacing};
use crate::refusal::Refusal;

/// Answers to one person that are remembered, the latest. Those who come back have seldom more than one open.
pub const ANSWERS_MAX: usize = 16;
/// Wishes of one person that others hear of: this many at once, then four a second.
const WISHES: Pacing = Pacing {
    burst: 40,
    every_ms: 250,
};
/// How long answers are worth remembering, from the moment the wishes' pace is free again. Who is away for longer has
/// lost their place.
const WORTH: Duration = Duration::from_secs(120);

/// A secret that stays in memory: it is neither stored nor compared.
#[derive(Clone, Debug, Default)]
struct Unkept(Option<Box<Secret<String>>>);

impl PartialEq for Unkept {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Given {
    cmd_id: CommandId,
    seq: u64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    invite: Option<Box<InviteView>>,
    #[serde(skip)]
    token: Unkept,
}

/// What one person said lately.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
struct Speaker {
    pace: Pace,
    /// The oldest first.
    given: VecDeque<Given>,
}

impl Speaker {
    fn is_rested(&self, now: Timestamp) -> bool {
        self.pace.0.after(WORTH) <= now
    }
}

/// What everybody said lately.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub(super) struct Answers(BTreeMap<PersonId, Speaker>);

impl Answers {
    /// What this person was answered to this command.
    pub(super) fn find(&self, person: PersonId, command: &CommandId) -> Option<Answer> {
        let given = &self.0.get(&person)?.given;
        let given = given.iter().rev().find(|given| given.cmd_id == *command)?;
        Some(Answer::Ok {
            seq: given.seq,
            invite: given.invite.as_deref().cloned(),
            token: given.token.0.as_deref().cloned(),
        })
    }

    /// The person's pace after one more wish; nothing is taken yet.
    pub(super) fn pace(&self, person: PersonId, now: Timestamp) -> Result<Pace, Refusal> {
        let mut pace = self.0.get(&person).map_or(Pace::default(), |it| it.pace);
        let taken = pace.take(WISHES, now);
        taken.map_err(|wait| Refusal::limit("too many wishes").retry_after(wait))?;
        Ok(pace)
    }

    /// Remembers what a command led to, and what it took.
    pub(super) fn keep(
        &mut self,
        to: PersonId,
        cmd_id: CommandId,
        answer: &Answer,
        pace: Option<Pace>,
        now: Timestamp,
    ) {
        let Answer::Ok { seq, invite, token } = answer else {
            return;
        };
        if !self.0.contains_key(&to) {
            self.0.retain(|_, speaker| !speaker.is_rested(now));
        }
        let speaker = self.0.entry(to).or_default();
        // What has a pace of its own counts as said now, and takes nothing.
        speaker.pace = pace.unwrap_or(speaker.pace.max(Pace(now)));
        if speaker.given.len() == ANSWERS_MAX {
            speaker.given.pop_front();
        }
        speaker.given.push_back(Given {
            cmd_id,
            seq: *seq,
            invite: invite.clone().map(Box::new),
            token: Unkept(token.clone().map(Box::new)),
        });
    }

    /// Nobody comes back to these answers.
    pub(super) fn forget(&mut self, person: PersonId) {
        self.0.remove(&person);
    }

    /// How many persons' are remembered.
    #[cfg(test)]
    pub(super) fn persons(&self) -> usize {
        self.0.len()
    }
}
