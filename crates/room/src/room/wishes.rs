//! What people wish for among themselves: talk, ranks, invites, and how the room is run.

use std::time::Duration;

use base::{InviteId, MemberId, PersonId};
use protocol::room::{
    CastView, Event, Grant, PausedBecause, PlayerReport, QueueMode, RoomCommand, RoomSettings,
    SettingsChange,
};

use super::dispatch::Made;
use super::{Room, Turn};
use crate::chat::NewLine;
use crate::invites::Wish;
use crate::people::Changes;
use crate::refusal::Refusal;
use crate::settings;

impl Room {
    pub(super) fn carry_out_among_people(
        &mut self,
        by: PersonId,
        command: RoomCommand,
        turn: &mut Turn,
    ) -> Result<Made, Refusal> {
        use RoomCommand as C;
        let changes = match command {
            C::React { .. } => {
                self.needs(by, Grant::React)?;
                return Ok(self.chat.react(by, turn.now)?.into());
            }
            C::Chat { text } => return Ok(self.say(by, text.expose(), turn)?.into()),
            C::Unsay { seq } => return Ok(self.unsay(by, seq, turn)?.into()),
            C::Configure { change } => return Ok(self.configure(by, &change, turn)?.into()),
            C::Archive => return Ok(self.archive(by, turn)?.into()),
            C::Pardon => {
                self.people.pardon(by, &self.settings)?;
                turn.done.must_last = true;
                Changes::default()
            }
            C::Revoke { invite } => return Ok(self.revoke(by, invite, turn)?.into()),
            C::Invite {
                rank,
                uses,
                expires_in_s,
            } => {
                let lasts = Duration::from_secs(u64::from(expires_in_s));
                return self.invite(by, Wish { rank, uses, lasts }, turn);
            }
            C::Rename { name } => self.people.rename(by, &name),
            C::Grant {
                person,
                rank,
                extra,
            } => {
                let extra = extra.as_deref();
                self.people
                    .grant((by, person), rank, extra, &self.settings)?
            }
            C::Kick { person } => {
                // Also of who is not here, so that nobody else would see it.
                turn.done.must_last = true;
                self.people.kick(by, person, &self.settings, turn.now)?
            }
            C::Ban { person } => {
                turn.done.must_last = true;
                self.people.ban(by, person, &self.settings)?
            }
            C::Transfer { person } => self.people.transfer(by, person)?,
            C::Leave => self.people.leave(by),
            _ => return Err(Refusal::invalid("not for people")),
        };
        self.tell_people(changes, turn);
        Ok(Made::default())
    }

    fn say(&mut self, by: PersonId, text: &str, turn: &mut Turn) -> Result<(), Refusal> {
        self.needs(by, Grant::Chat)?;
        let is_slowed = !self.people.may(by, Grant::Moderate, &self.settings);
        let slow_mode_s = if is_slowed {
            self.settings.slow_mode_s
        } else {
            0
        };
        let line = NewLine {
            by,
            name: self.people.name(by),
            text,
            seq: self.seq + 1,
        };
        let line = self.chat.say(line, slow_mode_s, turn.now)?;
        turn.tell(&mut self.seq, Event::Chat { line });
        if let Some(principal) = self.people.principal_of(by) {
            self.chat.written_by(by, principal);
        }
        Ok(())
    }

    fn unsay(&mut self, by: PersonId, line: u64, turn: &mut Turn) -> Result<(), Refusal> {
        let may_moderate = self.people.may(by, Grant::Moderate, &self.settings);
        self.chat.unsay(line, by, may_moderate)?;
        turn.tell(&mut self.seq, Event::Unsaid { line });
        Ok(())
    }

    fn invite(&mut self, by: PersonId, wish: Wish, turn: &mut Turn) -> Result<Made, Refusal> {
        self.needs(by, Grant::Invite)?;
        let standing = self.people.standing(by);
        let rank = standing.ok_or(Refusal::stale("not here"))?.rank;
        let invites = &mut self.people.invites;
        let invite = invites.make(wish, (by, rank), turn.now, &mut turn.chance)?;
        self.invites_changed(turn);
        Ok(Made {
            change: None,
            invite: Some(invite),
        })
    }

    fn revoke(&mut self, by: PersonId, id: InviteId, turn: &mut Turn) -> Result<(), Refusal> {
        self.needs(by, Grant::Invite)?;
        let standing = self.people.standing(by);
        let rank = standing.ok_or(Refusal::stale("not here"))?.rank;
        self.people.invites.revoke(id, rank)?;
        self.invites_changed(turn);
        Ok(())
    }

    /// The open invites are others.
    pub(super) fn invites_changed(&mut self, turn: &mut Turn) {
        self.people_due = self.people.next_deadline();
        let makers = self.people.connected_who_may(Grant::Invite, &self.settings);
        makers.for_each(|person| turn.mine_changed(person));
    }

    fn configure(
        &mut self,
        by: PersonId,
        change: &SettingsChange,
        turn: &mut Turn,
    ) -> Result<(), Refusal> {
        let standing = self.people.standing(by);
        let standing = standing.ok_or(Refusal::stale("not here"))?;
        let next = settings::changed(&self.settings, change, standing)?;
        if next == self.settings {
            return Ok(());
        }
        let former = std::mem::replace(&mut self.settings, next);
        let settings = Box::new(self.settings.clone());
        turn.tell(&mut self.seq, Event::Settings { settings });
        let is_curated = |settings: &RoomSettings| settings.mode == QueueMode::Curated;
        if former.grants != self.settings.grants
            || is_curated(&former) != is_curated(&self.settings)
        {
            self.people.connected().for_each(|it| turn.mine_changed(it));
        }
        if former.mode != self.settings.mode {
            self.rearrange(turn);
        }
        if former.repeat != self.settings.repeat && self.deck.announced().is_some() {
            self.announce_anew(turn);
        }
        self.count_skip_votes(turn);
        Ok(())
    }

    /// The room is over, and with it what was said.
    fn archive(&mut self, by: PersonId, turn: &mut Turn) -> Result<(), Refusal> {
        if !self.people.may_archive(by) {
            return Err(Refusal::forbidden("only its owner or a host ends a room"));
        }
        if self.queue.current.is_some() {
            self.run_out(false, turn);
            self.count_skip_votes(turn);
        }
        if self.cast.take().is_some() {
            turn.tell(&mut self.seq, Event::Cast { cast: None });
        }
        self.chat.clear();
        self.is_over = true;
        turn.tell(&mut self.seq, Event::Archived);
        Ok(())
    }

    /// A device says what it plays with.
    pub(super) fn reported(&mut self, by: PersonId, player: PlayerReport, turn: &mut Turn) {
        let changes = self.people.report(by, player, turn.now);
        self.tell_shown(&changes.shown, turn);
        // The reports of all others wait for what they waited for before.
        let own = self.people.next_deadline_of(by);
        self.people_due = [self.people_due, own].into_iter().flatten().min();
    }

    /// A live cast takes the stage: the queue stands still until somebody plays it again. Whoever drives the room has
    /// checked the key of a seat that the room does not know.
    pub(super) fn cast_started(&mut self, seat: MemberId, turn: &mut Turn) -> Result<(), Refusal> {
        if self.is_over {
            return Err(Refusal::ended("the room is over"));
        }
        let person = self.people.person_of(seat);
        if let Some(person) = person {
            self.needs(person, Grant::Cast)?;
        }
        turn.by = person;
        turn.done.person = person;
        if self.cast.is_some_and(|cast| cast.seat == seat) {
            return Ok(());
        }
        let since = turn.now;
        self.cast = Some(CastView { seat, since });
        turn.tell(&mut self.seq, Event::Cast { cast: self.cast });
        self.deck.has_run_out = false;
        if !self.deck.is_paused_on_purpose() {
            self.stand_still(PausedBecause::Asked, turn);
        }
        Ok(())
    }
}
