//! What limits a room by the plan of whoever opened it: how many devices come in, and how long a free session lasts.
//! What a page says counts for nothing here.

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::time::Duration;

use account::plans::{FreeLimits, FreeSession, Notice};
use base::{ClientKey, MemberId, Timestamp};
use protocol::{ClientMessage, ErrorCode, Failure, Role, ServerMessage};
use room::Principal;
use room::switchboard::{Command, Entry};
use store::{Holder, StoreError};

use super::following::Claim;
use super::{Enter, RoomTask, Said, Wish};
use crate::plans::{NotBegun, resting_until};

/// How often a member's plan is looked at while nothing happens.
const LOOK_EVERY: Duration = Duration::from_secs(60);
/// The same when the end is near, and they may be buying or signing in.
const LOOK_EVERY_AT_LAST: Duration = Duration::from_secs(10);
/// Seats that every device in a room may have: one that follows the queue and one for the cast.
const SEATS_PER_DEVICE: usize = 2;
/// Seats of one device key while there is room: also those that are kept a while for a page that was closed. Whoever
/// shares a key has these together.
const SEATS_PER_KEY_MAX: usize = 2 * SEATS_PER_DEVICE;
/// When the end is near.
const AT_LAST: Duration = Duration::from_secs(5 * 60);

/// The plan of whoever opened a room, as far as it counts in there.
pub(crate) struct RoomPlan {
    holder: Holder,
    state: State,
    /// When it is to be looked at again by itself.
    look_at: Option<Timestamp>,
    /// By which key each seat in a room with a queue came in, whether or not it is settled or connected.
    keys: BTreeMap<MemberId, Principal>,
}

#[derive(Clone, Copy)]
enum State {
    /// Not looked at yet.
    Unknown,
    /// Nothing has an end.
    Unlimited,
    Limited {
        limits: FreeLimits,
        session: FreeSession,
    },
}

impl RoomPlan {
    pub(crate) const fn of(holder: Holder) -> Self {
        let (state, look_at) = (State::Unknown, None);
        Self {
            holder,
            state,
            look_at,
            keys: BTreeMap::new(),
        }
    }

    /// When the room is to be told that time has passed.
    pub(super) fn wakes(&self) -> Option<Timestamp> {
        let session = match &self.state {
            State::Limited {
                session: session @ FreeSession::Running(_),
                ..
            } => session.wakes(),
            _ => None,
        };
        session.into_iter().chain(self.look_at).min()
    }

    /// The session as members see it.
    pub(super) fn session(&self) -> Option<protocol::FreeSession> {
        match self.state {
            State::Limited {
                session: FreeSession::Running(running),
                ..
            } => Some(protocol::FreeSession {
                ends_at: running.ends,
                free_again_at: running.free_again,
            }),
            _ => None,
        }
    }

    /// How many devices fit, if not all do.
    pub(super) const fn devices_max(&self) -> Option<usize> {
        match &self.state {
            State::Limited { limits, .. } => Some(limits.devices_max),
            State::Unknown | State::Unlimited => None,
        }
    }

    const fn rests(&self) -> bool {
        matches!(
            self.state,
            State::Limited {
                session: FreeSession::Resting(_),
                ..
            }
        )
    }

    fn is_running(&self, now: Timestamp) -> bool {
        self.session().is_some_and(|session| now < session.ends_at)
    }

    fn look_again(&mut self, now: Timestamp) {
        let is_near = |session: protocol::FreeSession| session.ends_at.since(now) <= AT_LAST;
        let every = match (self.session(), &self.holder) {
            (Some(session), _) if is_near(session) => Some(LOOK_EVERY_AT_LAST),
            (_, Holder::Account(_)) => Some(LOOK_EVERY),
            // Nothing is sold to a guest.
            (_, Holder::Guest(_)) => None,
        };
        self.look_at = every.map(|every| now.after(every));
    }
}

impl RoomTask {
    /// Lets a wish through that the plan of whoever opened the room allows; else says why not.
    pub(super) async fn within_plan(&mut self, wish: Wish) -> Option<Wish> {
        if self.plan.is_none() {
            return Some(wish);
        }
        match wish {
            Wish::Enter(enter) => match Box::pin(self.admits(&enter)).await {
                Ok(()) => {
                    self.note_key(&enter);
                    Some(Wish::Enter(enter))
                }
                Err(failure) => {
                    let _ = enter.answer.send(Err(failure));
                    None
                }
            },
            Wish::Said(said) if let_in(&said).is_some_and(|who| !self.fits_waiting(who)) => {
                let refusal = ServerMessage::Error(device_limit());
                self.seats.say(said.from, &refusal);
                None
            }
            wish => Some(wish),
        }
    }

    async fn admits(&mut self, enter: &Enter) -> Result<(), Failure> {
        if let Err(error) = self.look_at_plan().await {
            return Err(self.app.failure(&error));
        }
        let is_host = is_host(enter);
        self.find_session(is_host.then_some(enter.client)).await?;
        if self.has_place(enter, is_host) {
            return Ok(());
        }
        // In a room without a queue nothing is heard without its caster, so a place is kept.
        let is_missed = self.following.is_none() && self.switchboard.cast().caster().is_none();
        let kept_free = usize::from(is_missed && !is_host);
        if self.fits(key_of(enter), also(enter), kept_free) {
            return Ok(());
        }
        Err(device_limit())
    }

    /// Whether there is a seat for a device that shows this key, and is of a person who may be here by other keys.
    fn fits(&self, key: Option<&Principal>, also: &[Principal], kept_free: usize) -> bool {
        match key {
            Some(key) if self.seats_of(key) > 0 => self.fits_beside(key),
            _ => self.fits_one_more(kept_free) && self.fits_person(also),
        }
    }

    /// The same for a device that waits to be let in.
    fn fits_waiting(&self, seat: MemberId) -> bool {
        let key = self.plan.as_deref().and_then(|plan| plan.keys.get(&seat));
        let following = self.following.as_deref();
        let person = following.and_then(|following| following.attendant(seat));
        self.fits(key, person.as_slice(), 0)
    }

    /// Nobody is in a room without a session that runs: whoever opened it begins one, the others wait for that.
    async fn find_session(&mut self, host: Option<ClientKey>) -> Result<(), Failure> {
        let now = self.app.now();
        let Some(plan) = self.plan.as_deref_mut() else {
            return Ok(());
        };
        let State::Limited { limits, .. } = plan.state else {
            return Ok(());
        };
        if plan.is_running(now) {
            return Ok(());
        }
        let session = match host {
            Some(client) => {
                let begun = self
                    .app
                    .begin_free_session(&plan.holder, limits, Some(client));
                let begun = begun.await;
                FreeSession::Running(begun.map_err(|why| self.app.not_begun(why))?)
            }
            None => {
                let session = self.app.free_session(&plan.holder).await;
                session.map_err(|error| self.app.failure(&error))?
            }
        };
        plan.state = State::Limited { limits, session };
        match session {
            FreeSession::Running(_) => {
                plan.look_again(now);
                Ok(())
            }
            FreeSession::Resting(resting) => Err(resting_until(resting.free_again, now)),
            FreeSession::Free => {
                let message = "the room waits for whoever opened it";
                Err(Failure::new(ErrorCode::Resting, message))
            }
        }
    }

    /// Whether it takes a place that is there already.
    fn has_place(&self, enter: &Enter, is_host: bool) -> bool {
        let id = enter.member.id;
        let has_place = self.switchboard.places().any(|member| member.id == id);
        let takes_over = is_host && enter.member.role == Role::Caster && self.following.is_none();
        has_place || takes_over && self.switchboard.cast().caster().is_some()
    }

    /// Whether a device that is in here may have one seat more.
    fn fits_beside(&self, key: &Principal) -> bool {
        let seats = self.seats_of(key);
        seats < SEATS_PER_DEVICE || seats < SEATS_PER_KEY_MAX && self.has_seat_free()
    }

    /// Another device of a person who is here is not counted as one, so it is by its seat.
    fn fits_person(&self, also: &[Principal]) -> bool {
        let following = self.following.as_deref();
        let is_here = following.is_some_and(|it| also.iter().any(|who| it.has_device(who)));
        !is_here || self.has_seat_free()
    }

    fn fits_one_more(&self, kept_free: usize) -> bool {
        let places = self.switchboard.places();
        let devices = match (self.following.as_deref(), self.plan.as_deref()) {
            (Some(following), Some(plan)) => following.devices(places, &plan.keys),
            _ => places.count(),
        };
        let fits = |max| devices + kept_free < max;
        self.devices_max().is_none_or(fits)
    }

    fn has_seat_free(&self) -> bool {
        let seats = self.switchboard.places().count();
        let fits = |max: usize| seats < max.saturating_mul(SEATS_PER_DEVICE);
        self.devices_max().is_none_or(fits)
    }

    fn seats_of(&self, key: &Principal) -> usize {
        let Some(plan) = self.plan.as_deref() else {
            return 0;
        };
        let places = self.switchboard.places();
        let its = places.filter(|member| plan.keys.get(&member.id) == Some(key));
        its.count()
    }

    fn note_key(&mut self, enter: &Enter) {
        let (Some(plan), Some(key)) = (self.plan.as_deref_mut(), key_of(enter)) else {
            return;
        };
        let switchboard = &self.switchboard;
        plan.keys
            .retain(|seat, _| switchboard.member(*seat).is_some());
        plan.keys.insert(enter.member.id, *key);
    }

    fn devices_max(&self) -> Option<usize> {
        self.plan.as_deref().and_then(RoomPlan::devices_max)
    }

    /// Learns the plan as it is now, and tells everybody what that changes. Mostly it is known, and nothing is read.
    async fn look_at_plan(&mut self) -> Result<(), StoreError> {
        let now = self.app.now();
        let Some(plan) = self.plan.as_deref_mut() else {
            return Ok(());
        };
        let limits = self.app.limits_of(&plan.holder).await?;
        let (state, is_news) = match (plan.state, limits) {
            (State::Limited { session, .. }, Some(limits)) => {
                (State::Limited { limits, session }, false)
            }
            (State::Unknown, Some(limits)) => {
                let session = self.app.free_session(&plan.holder).await?;
                (State::Limited { limits, session }, false)
            }
            // The plan without limits is over, and they go on as everybody does.
            (State::Unlimited, Some(limits)) => {
                let begun = self.app.begin_free_session(&plan.holder, limits, None);
                let session = match begun.await {
                    Ok(running) => FreeSession::Running(running),
                    Err(NotBegun::Resting(resting)) => FreeSession::Resting(resting),
                    Err(NotBegun::Failed(error)) => return Err(error),
                };
                // Those who rest are told why the room ends, and nothing before.
                let runs = matches!(session, FreeSession::Running(_));
                (State::Limited { limits, session }, runs)
            }
            (State::Limited { .. }, None) => (State::Unlimited, true),
            (State::Unknown | State::Unlimited, None) => (State::Unlimited, false),
        };
        let was_unlimited = matches!(plan.state, State::Unlimited);
        plan.state = state;
        plan.look_again(now);
        if was_unlimited && plan.rests() {
            plan.look_at = Some(now);
        }
        if is_news {
            self.tell_session(None);
        }
        Ok(())
    }

    fn tell_session(&mut self, minutes_left: Option<u32>) {
        let session = self.plan.as_deref().and_then(RoomPlan::session);
        self.seats.say_all(&ServerMessage::Session {
            session,
            minutes_left,
        });
    }

    /// Announces the end of the session in time, and carries it out.
    pub(super) async fn tick_plan(&mut self) -> ControlFlow<()> {
        let now = self.app.now();
        let is_due = |plan: &RoomPlan| plan.wakes().is_some_and(|at| at <= now);
        if !self.plan.as_deref().is_some_and(is_due) {
            return ControlFlow::Continue(());
        }
        let looked = match self.find_holder().await {
            Ok(()) => self.look_at_plan().await,
            Err(error) => Err(error),
        };
        if let Err(error) = looked {
            let reference = self.app.reference();
            tracing::error!(%reference, %error, "a plan could not be read; what was known of it holds");
        }
        let Some(plan) = self.plan.as_deref_mut() else {
            return ControlFlow::Continue(());
        };
        plan.look_again(now);
        let State::Limited { limits, session } = plan.state else {
            return ControlFlow::Continue(());
        };
        let (session, notice) = session.advance(now);
        plan.state = State::Limited { limits, session };
        let free_again = match session {
            FreeSession::Running(_) => {
                if let Some(Notice::EndsIn(left)) = notice {
                    let minutes = u32::try_from(left.as_secs() / 60).unwrap_or(u32::MAX);
                    self.tell_session(Some(minutes));
                }
                return ControlFlow::Continue(());
            }
            FreeSession::Resting(resting) => resting.free_again,
            FreeSession::Free => now,
        };
        let rest = Command::Rest { free_again };
        let outputs = self.switchboard.apply(rest, now).unwrap_or_default();
        self.carry_out(outputs).await
    }

    /// A guest who has signed in meanwhile, and said that the room is theirs, holds it as a member.
    async fn find_holder(&mut self) -> Result<(), StoreError> {
        let Some(plan) = self.plan.as_deref_mut() else {
            return Ok(());
        };
        if let Holder::Account(_) = plan.holder {
            return Ok(());
        }
        let row = self.app.inner.store.room(self.switchboard.id()).await?;
        if let Some(account) = row.and_then(|row| row.account) {
            // The session that runs is the guest's; the member's own counts from now on if there are limits.
            plan.holder = Holder::Account(account);
        }
        Ok(())
    }
}

/// Whether it is whoever opened the room.
fn is_host(enter: &Enter) -> bool {
    match &enter.claim {
        Some(Claim::Follow(follower)) => follower.is_owner,
        Some(Claim::Attend(_)) => false,
        None => enter.entry != Entry::Code && enter.member.role == Role::Caster,
    }
}

/// The key that somebody shows in a room with a queue.
fn key_of(enter: &Enter) -> Option<&Principal> {
    match &enter.claim {
        Some(Claim::Follow(follower)) => Some(&follower.principal),
        Some(Claim::Attend(attendant)) => attendant.principal.as_ref(),
        None => None,
    }
}

/// The other keys that somebody may be known by in a room with a queue.
fn also(enter: &Enter) -> &[Principal] {
    match &enter.claim {
        Some(Claim::Follow(follower)) => &follower.also,
        Some(Claim::Attend(attendant)) => &attendant.also,
        None => &[],
    }
}

/// Whom this lets in who waits.
fn let_in(said: &Said) -> Option<MemberId> {
    match said.message {
        ClientMessage::Approve {
            member,
            allow: true,
        } => Some(member),
        _ => None,
    }
}

fn device_limit() -> Failure {
    let message = "the room has as many devices as the plan of whoever opened it allows";
    Failure::new(ErrorCode::DeviceLimit, message)
}
