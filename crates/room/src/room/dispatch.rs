//! Who may wish for what, and whose business it is.

use base::{ItemId, PersonId, Secret};
use protocol::room::{Answer, Grant, InviteView, RoomCommand, RoomSaid};

use super::{Command, Room, Turn};
use crate::people::Entry;
use crate::refusal::Refusal;

impl Room {
    pub(super) fn obey(&mut self, command: Command, turn: &mut Turn) -> Result<(), Refusal> {
        match command {
            Command::Said { seat, said } => {
                let person = self.people.person_of(seat);
                let person = person.ok_or(Refusal::forbidden("has no seat here"))?;
                self.hear(person, said, turn)
            }
            Command::Enter {
                principal,
                seat,
                form,
                name,
                is_owner,
                invite,
            } => {
                let (name, invite) = (name.as_ref(), invite.as_ref());
                let entry = Entry {
                    principal,
                    seat,
                    form,
                    name,
                    is_owner,
                    invite,
                };
                self.enter(&entry, turn)
            }
            Command::SeatGone { seat } => {
                self.seat_gone(seat, turn);
                Ok(())
            }
            Command::CastStarted { .. } | Command::CastStopped => Ok(()),
            Command::Restarted | Command::Tick => Ok(()),
        }
    }

    fn hear(&mut self, person: PersonId, said: RoomSaid, turn: &mut Turn) -> Result<(), Refusal> {
        turn.done.person = Some(person);
        if let Some(answer) = self.answers.find(person, &said.cmd_id) {
            turn.done.answer = Some(answer);
            turn.done.is_repeat = true;
            return Ok(());
        }
        if self.is_over {
            return Err(Refusal::ended("the room is over"));
        }
        self.check_moment(said.if_item, said.if_seq)?;
        turn.by = Some(person);
        let is_kept = is_worth_keeping(&said.command);
        let made = self.carry_out(person, said.command, turn)?;
        let (invite, token) = made.unzip();
        let answer = Answer::Ok {
            seq: self.seq,
            invite,
            token,
        };
        if is_kept {
            self.answers.keep(person, said.cmd_id, &answer);
        }
        turn.done.answer = Some(answer);
        Ok(())
    }

    fn check_moment(&self, item: Option<ItemId>, seq: Option<u64>) -> Result<(), Refusal> {
        if item.is_some_and(|item| self.deck.playback.item() != Some(item)) {
            return Err(Refusal::stale("another item is on"));
        }
        if seq.is_some_and(|seq| self.seq > seq) {
            return Err(Refusal::stale("something happened since"));
        }
        Ok(())
    }

    fn carry_out(
        &mut self,
        person: PersonId,
        command: RoomCommand,
        turn: &mut Turn,
    ) -> Result<Option<(InviteView, Secret<String>)>, Refusal> {
        match command {
            RoomCommand::Play => {
                self.needs(person, Grant::Control)?;
                self.play(turn);
            }
            RoomCommand::Pause => {
                self.needs(person, Grant::Control)?;
                self.pause(turn);
            }
            RoomCommand::Add { items, next } => {
                self.needs(person, Grant::Add)?;
                self.add(person, items, next, turn)?;
            }
            RoomCommand::Ready {
                item,
                generation,
                rtt_ms,
            } => self.is_ready(person, item, generation, rtt_ms, turn),
            _ => return Err(Refusal::invalid("this room does not know that")),
        }
        Ok(None)
    }

    pub(super) fn needs(&self, person: PersonId, grant: Grant) -> Result<(), Refusal> {
        if self.people.may(person, grant, &self.settings) {
            Ok(())
        } else {
            Err(Refusal::forbidden("may not do that here"))
        }
    }
}

/// What is idempotent, or shown for a moment only, is not worth a place among the answers that are remembered.
const fn is_worth_keeping(command: &RoomCommand) -> bool {
    !matches!(
        command,
        RoomCommand::Ready { .. }
            | RoomCommand::Buffering { .. }
            | RoomCommand::Report { .. }
            | RoomCommand::React { .. }
    )
}
