//! Telling those who follow the queue what came of what was settled: first everybody, then each what is theirs.

use std::ops::ControlFlow;

use base::{MemberId, PersonId};
use protocol::frame::Frame;
use protocol::room::{CommandId, LeftBecause, Reaction};
use protocol::{Failure, Goodbye, ServerMessage};
use room::switchboard;

use super::{Following, Gathered, Newcomer, Then};
use crate::directory::ListedRoom;
use crate::queue_room::{Effect, Settled};
use crate::room_task::RoomTask;

impl RoomTask {
    /// Everybody hears what happened, then each what is theirs.
    pub(super) async fn tell(
        &mut self,
        gathered: Vec<Gathered>,
        settled: Settled,
    ) -> ControlFlow<()> {
        self.list();
        self.broadcast(&settled);
        let mut mine_changed: Vec<PersonId> = Vec::new();
        let mut dismissed = Vec::new();
        for effect in &settled.effects {
            mine_changed.extend(&effect.done.mine_changed);
            dismissed.extend(&effect.done.dismissed);
        }
        mine_changed.sort_unstable();
        mine_changed.dedup();
        for person in mine_changed {
            self.tell_mine(person);
        }
        for (one, effect) in gathered.into_iter().zip(settled.effects) {
            self.follow_up(one.then, effect).await?;
        }
        for (seat, because) in dismissed {
            Box::pin(self.send_away(seat, because)).await?;
        }
        Box::pin(self.let_go_of_unknown()).await?;
        self.dismiss_attendants().await?;
        let is_over = |following: &Following| following.queue.room().is_over();
        if self.following.as_deref().is_some_and(is_over) {
            return Box::pin(self.end()).await;
        }
        ControlFlow::Continue(())
    }

    /// Where another node decided, the room may know some of the seats here no more: they may come back, and are told at
    /// the door why not.
    async fn let_go_of_unknown(&mut self) -> ControlFlow<()> {
        let overtaken = |it: &mut Box<Following>| it.queue.notice_overtaken();
        if !self.following.as_mut().is_some_and(overtaken) {
            return ControlFlow::Continue(());
        }
        let Some(following) = &self.following else {
            return ControlFlow::Continue(());
        };
        let room = following.queue.room();
        let is_unknown = |seat: &MemberId| room.person_of(*seat).is_none();
        let unknown: Vec<MemberId> = self.seats.that_follow().filter(is_unknown).collect();
        for seat in unknown {
            let outputs = self.drop_connection(seat, self.app.now());
            self.carry_out(outputs).await?;
        }
        ControlFlow::Continue(())
    }

    /// The public directory says what is kept now, before anybody is told of it.
    pub(in crate::room_task) fn list(&mut self) {
        let Some(following) = &self.following else {
            return;
        };
        let view = self.switchboard.view(String::new());
        let room = following.queue.room();
        let listed = ListedRoom::of(room, view.code, view.has_password);
        self.line.show(listed.filter(|_| !self.is_unlisted));
    }

    fn broadcast(&mut self, settled: &Settled) {
        let Some(following) = &self.following else {
            return;
        };
        let of_effects = settled.effects.iter().flat_map(Effect::events);
        let events: Vec<_> = settled.before.iter().chain(of_effects).cloned().collect();
        if events.is_empty() {
            return;
        }
        let epoch = following.queue.room().position().epoch;
        let frame = Frame::text(&ServerMessage::Events { epoch, events });
        for member in self.seats.broadcast(&frame) {
            self.watch(member);
        }
    }

    async fn follow_up(&mut self, then: Then, effect: Effect) -> ControlFlow<()> {
        match then {
            Then::Nothing => ControlFlow::Continue(()),
            Then::Answer {
                seat,
                cmd_id,
                reaction,
            } => {
                self.answer(seat, cmd_id, reaction, effect);
                ControlFlow::Continue(())
            }
            Then::Erased(answer) => {
                // Whoever asked tries again by itself when it does not hear of this.
                let _ = answer.send(());
                ControlFlow::Continue(())
            }
            Then::Seat(newcomer) => match effect.refusal() {
                Some(failure) => Box::pin(self.turn_away(*newcomer, failure)).await,
                None => Box::pin(self.seat(*newcomer)).await,
            },
        }
    }

    fn answer(
        &mut self,
        seat: MemberId,
        cmd_id: CommandId,
        reaction: Option<Reaction>,
        effect: Effect,
    ) {
        if let (Some(reaction), Some(by), true) =
            (reaction, effect.done.person, effect.is_granted())
        {
            self.seats
                .offer(&Frame::text(&ServerMessage::Reaction { by, reaction }));
        }
        if let Some(answer) = effect.done.answer {
            self.seats
                .say(seat, &ServerMessage::Answered { cmd_id, answer });
        }
    }

    async fn seat(&mut self, newcomer: Newcomer) -> ControlFlow<()> {
        let Newcomer {
            member,
            connection,
            last,
            outputs,
            answer,
        } = newcomer;
        self.seats.put(member, connection);
        // A socket that is gone already is noticed when it drops its seat.
        let _ = answer.send(Ok(()));
        self.carry_out(outputs).await?;
        let Some(following) = &mut self.following else {
            return ControlFlow::Continue(());
        };
        let epoch = following.queue.room().position().epoch;
        let frame = match last.and_then(|last| following.queue.missed(last)) {
            Some(events) => Frame::text(&ServerMessage::Events { epoch, events }),
            None => following.queue.snapshot(),
        };
        self.seats.send(member, frame);
        self.tell_mine_to(member);
        ControlFlow::Continue(())
    }

    pub(super) async fn turn_away(
        &mut self,
        newcomer: Newcomer,
        failure: Failure,
    ) -> ControlFlow<()> {
        let Newcomer { member, answer, .. } = newcomer;
        let _ = answer.send(Err(failure));
        // A token in the wrong hands does not unseat whoever it belongs to.
        let is_taken = |following: &Following| following.queue.room().person_of(member).is_some();
        if self.following.as_deref().is_some_and(is_taken) {
            return ControlFlow::Continue(());
        }
        self.dismiss_seat(member).await
    }

    pub(super) async fn dismiss_seat(&mut self, member: MemberId) -> ControlFlow<()> {
        let now = self.app.now();
        let dismiss = switchboard::Command::Dismiss { member };
        let outputs = self.switchboard.apply(dismiss, now).unwrap_or_default();
        self.carry_out(outputs).await
    }

    async fn send_away(&mut self, seat: MemberId, because: LeftBecause) -> ControlFlow<()> {
        let reason = match because {
            LeftBecause::Left | LeftBecause::Away => Goodbye::Left,
            LeftBecause::Kicked | LeftBecause::Banned => Goodbye::Removed,
        };
        self.bid_farewell(seat, reason).await
    }

    fn tell_mine(&mut self, person: PersonId) {
        let Some(following) = &self.following else {
            return;
        };
        let room = following.queue.room();
        let Some(mine) = room.mine(person) else {
            return;
        };
        let seats = room.seats_of(person);
        let frame = Frame::text(&ServerMessage::Mine(Box::new(mine)));
        for seat in seats {
            if self.seats.hears_events(seat) {
                self.seats.send(seat, frame.clone());
            }
        }
    }

    pub(super) fn tell_mine_to(&mut self, seat: MemberId) {
        let Some(following) = &self.following else {
            return;
        };
        let room = following.queue.room();
        let person = room.person_of(seat);
        if let Some(mine) = person.and_then(|person| room.mine(person)) {
            self.seats.say(seat, &ServerMessage::Mine(Box::new(mine)));
        }
    }
}
