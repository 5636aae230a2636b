//! The answers to the latest commands, so that a command which is said again has one effect.

use std::collections::VecDeque;

use base::{PersonId, Secret};
use protocol::room::{Answer, CommandId, InviteView};
use serde::{Deserialize, Serialize};

/// Answers that are remembered.
pub const ANSWERS_MAX: usize = 128;

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
    to: PersonId,
    cmd_id: CommandId,
    seq: u64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    invite: Option<Box<InviteView>>,
    #[serde(skip)]
    token: Unkept,
}

/// The latest answers, the oldest first.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub(super) struct Answers(VecDeque<Given>);

impl Answers {
    /// What this person was answered to this command.
    pub(super) fn find(&self, person: PersonId, command: &CommandId) -> Option<Answer> {
        let is_it = |given: &&Given| given.to == person && given.cmd_id == *command;
        let given = self.0.iter().rev().find(is_it)?;
        Some(Answer::Ok {
            seq: given.seq,
            invite: given.invite.as_deref().cloned(),
            token: given.token.0.as_deref().cloned(),
        })
    }

    /// Remembers what a command led to.
    pub(super) fn keep(&mut self, to: PersonId, cmd_id: CommandId, answer: &Answer) {
        let Answer::Ok { seq, invite, token } = answer else {
            return;
        };
        if self.0.len() == ANSWERS_MAX {
            self.0.pop_front();
        }
        self.0.push_back(Given {
            to,
            cmd_id,
            seq: *seq,
            invite: invite.clone().map(Box::new),
            token: Unkept(token.clone().map(Box::new)),
        });
    }
}
