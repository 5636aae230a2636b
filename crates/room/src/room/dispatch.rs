//! Whose business a command is.

use base::{ItemId, PersonId, Secret};
use protocol::room::{Answer, Event, Grant, InviteView, RoomCommand, RoomSaid};

use super::undo::Change;
use super::{Command, Room, Turn};
use crate::people::Entry;
use crate::refusal::Refusal;

/// What a person's wish led to, beside events.
#[derive(Default)]
pub(super) struct Made {
    /// It can be undone.
    pub change: Option<Change>,
    /// A new invite, and the secret part of its link.
    pub invite: Option<(InviteView, Secret<String>)>,
}

impl From<Option<Change>> for Made {
    fn from(change: Option<Change>) -> Self {
        Self {
            change,
            invite: None,
        }
    }
}

impl From<Change> for Made {
    fn from(change: Change) -> Self {
        Some(change).into()
    }
}

impl From<()> for Made {
    fn from((): ()) -> Self {
        Self::default()
    }
}

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
                also,
                seat,
                form,
                name,
                is_owner,
                lacks_password,
                invite,
            } => {
                let known = self.people.recognise(Some(principal), &also, turn.now);
                let (name, invite) = (name.as_ref(), invite.as_ref());
                let entry = Entry {
                    principal: known.unwrap_or(principal),
                    seat,
                    form,
                    name,
                    is_owner,
                    lacks_password,
                    invite,
                };
                self.enter(&entry, turn)
            }
            Command::SeatsGone { seats } => {
                self.seats_gone(&seats, turn);
                Ok(())
            }
            Command::CastStarted { seat } => self.cast_started(seat, turn),
            Command::CastStopped => {
                if self.cast.take().is_some() {
                    turn.tell(&mut self.seq, Event::Cast { cast: None });
                }
                Ok(())
            }
            Command::Erase { principal } => {
                self.erase(&principal, turn);
                Ok(())
            }
            Command::Restarted | Command::Tick => Ok(()),
        }
    }

    fn hear(&mut self, person: PersonId, said: RoomSaid, turn: &mut Turn) -> Result<(), Refusal> {
        turn.done.person = Some(person);
        let is_kept = is_worth_keeping(&said.command);
        let earlier = || self.said.find(person, &said.cmd_id);
        if let Some(answer) = is_kept.then(earlier).flatten() {
            turn.done.answer = Some(answer);
            turn.done.is_repeat = true;
            return Ok(());
        }
        if self.is_over {
            return Err(Refusal::ended("the room is over"));
        }
        self.check_moment(said.if_item, said.if_seq)?;
        let is_paced = is_kept && !has_own_pace(&said.command);
        let pace = is_paced.then(|| self.said.pace(person, turn.now));
        let pace = pace.transpose()?;
        turn.by = Some(person);
        let first = self.seq + 1;
        let made = self.carry_out(person, said.command, turn)?;
        if let Some(change) = made.change {
            self.undo.keep(person, first, self.seq, change);
        }
        let (invite, token) = made.invite.unzip();
        let answer = Answer::Ok {
            seq: self.seq,
            invite,
            token,
        };
        if is_kept && self.people.contains(person) {
            let (said, now) = (said.cmd_id, turn.now);
            self.said.keep(person, said, &answer, pace, now);
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

    /// Lets a person have their wish, or says why not.
    fn carry_out(
        &mut self,
        by: PersonId,
        command: RoomCommand,
        turn: &mut Turn,
    ) -> Result<Made, Refusal> {
        use RoomCommand as C;
        Ok(match command {
            C::Ready {
                item,
                generation,
                rtt_ms,
            } => {
                self.is_ready(by, item, generation, rtt_ms, turn);
                Made::default()
            }
            C::Buffering { item } => {
                self.ran_dry(by, item, turn);
                Made::default()
            }
            C::Report { player } => {
                self.reported(by, player, turn);
                Made::default()
            }
            C::Measured { item, duration_ms } => self.measured(by, item, duration_ms, turn)?.into(),
            C::Play => self.play(by, turn)?.into(),
            C::Pause => self.pause(by, turn)?.into(),
            C::Seek { position_ms } => self.seek(by, position_ms, turn)?.into(),
            C::Skip => self.skip(by, turn)?.into(),
            C::Previous => self.previous(by, turn)?.into(),
            C::PlayNow { item } => self.play_now(by, item, turn)?.into(),
            C::Add { items, next } => self.add(by, items, next, turn)?.into(),
            C::Remove { items } => self.remove(by, &items, turn)?.into(),
            C::Move { item, before } => self.move_item(by, item, before, turn)?.into(),
            C::Clear => self.clear(by, turn)?.into(),
            C::Shuffle => self.shuffle(by, turn)?.into(),
            C::Vote { item } => self.vote(by, item, true, turn)?.into(),
            C::Unvote { item } => self.vote(by, item, false, turn)?.into(),
            C::VoteSkip { item } => self.vote_skip(by, item, turn)?.into(),
            C::Suggest { item } => self.suggest(by, item, turn)?.into(),
            C::Approve { item, allow } => self.approve(by, item, allow, turn)?.into(),
            C::Undo { seq } => self.undo(by, seq, turn)?.into(),
            about_people => self.carry_out_among_people(by, about_people, turn)?,
        })
    }

    pub(super) fn needs(&self, person: PersonId, grant: Grant) -> Result<(), Refusal> {
        if self.people.may(person, grant, &self.settings) {
            Ok(())
        } else {
            Err(Refusal::forbidden("may not do that here"))
        }
    }
}

/// What is paced by itself, and what nobody is to be kept from.
const fn has_own_pace(command: &RoomCommand) -> bool {
    matches!(command, RoomCommand::Chat { .. } | RoomCommand::Leave)
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
