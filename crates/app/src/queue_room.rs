//! The queue side of a live room: what it was told, what is kept of it, and what everybody is to hear.
//!
//! Wishes are gathered, carried out together and committed as one; only then does anybody hear of them. A commit that
//! another node overtook is decided anew on what that one left.

mod effect;
mod ring;
mod source;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;
use std::time::Duration;

use base::{Entropy, Personal, RoomId, Timestamp};
use protocol::ServerMessage;
use protocol::frame::Frame;
use protocol::room::{Position, RoomEvent};
use room::{Command, Principal, Room, Seed};
use store::{Committed, EventRow, RoomCommit, StateRow, Store, StoreError};

pub(crate) use effect::Effect;
use ring::Ring;

/// Commits tried while others commit in between.
const TRIES_MAX: u32 = 8;
/// The longest pause between two such tries.
const JITTER_MAX_MS: u64 = 20;
/// How long what the store refused is left alone, unless somebody wishes for something.
const RETRY: Duration = Duration::from_secs(1);
/// A room with nobody in it is let go of when nothing is due for this long: longer than anybody's grace.
const REST: Duration = Duration::from_secs(150);

/// A command with the moment and the chance it came with: decided anew, it decides the same.
#[derive(Clone, Debug)]
pub(crate) struct Pending {
    pub(crate) command: Command,
    pub(crate) at: Timestamp,
    pub(crate) seed: Seed,
}

/// Why commands did not take effect.
pub(crate) enum NotKept {
    /// The room was closed elsewhere.
    Over,
    /// The store failed. Nothing happened.
    Failed(StoreError),
}

/// A room with a queue, and how it is kept.
pub(crate) struct QueueRoom {
    id: RoomId,
    room: Room,
    /// The state of `version` as it is kept; what the room goes back to when a commit fails.
    kept: StateRow,
    /// Whose data the kept state holds.
    people: BTreeSet<Principal>,
    /// Fingerprints of the open invites as they are kept, once that is known.
    invites: Option<Vec<String>>,
    /// The latest events, for those who come back.
    ring: Ring,
    /// The whole state as it is sent, until the next event, or until nobody is likely to ask for it.
    snapshot: Option<(u64, Frame)>,
    /// A commit failed: nothing is tried by itself before this moment.
    retry_at: Option<Timestamp>,
    /// Another node has decided since the seats here were compared with the room.
    was_overtaken: bool,
}

/// What took effect.
pub(crate) struct Settled {
    /// What other nodes did meanwhile; none of it was heard here.
    pub(crate) before: Vec<RoomEvent>,
    /// What became of each command.
    pub(crate) effects: Vec<Effect>,
}

impl QueueRoom {
    /// The room as it was kept last.
    pub(crate) async fn load(store: &Store, id: RoomId) -> Result<Option<Self>, StoreError> {
        let Some(kept) = store.room_state(id).await? else {
            return Ok(None);
        };
        let room = parse(&kept)?;
        let rows = store.room_events(id, 0).await?;
        // Events only save a snapshot: without them everybody gets one.
        let events = read_events(&rows).unwrap_or_default();
        let mut ring = Ring::default();
        events.into_iter().for_each(|event| ring.remember(event));
        Ok(Some(Self {
            id,
            people: room.principals().copied().collect(),
            invites: None,
            room,
            kept,
            ring,
            snapshot: None,
            retry_at: None,
            was_overtaken: false,
        }))
    }

    pub(crate) const fn room(&self) -> &Room {
        &self.room
    }

    /// Whether another node has decided since this was asked last.
    pub(crate) fn notice_overtaken(&mut self) -> bool {
        std::mem::take(&mut self.was_overtaken)
    }

    /// The version of the state that is kept, as far as this node knows.
    pub(crate) const fn version(&self) -> i64 {
        self.kept.version
    }

    /// When the room wants to be told that time has passed.
    pub(crate) fn next_deadline(&self) -> Option<Timestamp> {
        self.retry_at.or_else(|| self.room.next_deadline())
    }

    /// Whether the room need not be held: nothing is due for long, or nobody is expected back. What plays on in an empty
    /// room plays by its law, and is reckoned when somebody comes.
    pub(crate) fn may_rest(&self, now: Timestamp) -> bool {
        let is_far = |at: Timestamp| now.after(REST) < at;
        let is_left = self.retry_at.is_none() && self.room.is_left();
        is_left || self.next_deadline().is_none_or(is_far)
    }

    /// The whole state, as all get it.
    pub(crate) fn snapshot(&mut self) -> Frame {
        let seq = self.room.position().seq;
        if let Some((of, frame)) = &self.snapshot
            && *of == seq
        {
            return frame.clone();
        }
        let frame = Frame::text(&ServerMessage::Snapshot(Box::new(self.room.snapshot())));
        self.snapshot = Some((seq, frame.clone()));
        frame
    }

    /// Nobody is likely to ask for this state again.
    pub(crate) fn let_go_of_snapshot(&mut self) {
        self.snapshot = None;
    }

    /// What somebody who heard up to `last` has missed, if all of it is still here.
    pub(crate) fn missed(&self, last: Position) -> Option<Vec<RoomEvent>> {
        let now = self.room.position();
        if last.epoch != now.epoch || last.seq > now.seq {
            return None;
        }
        let missed: Vec<RoomEvent> = self.ring.after(last.seq).cloned().collect();
        (missed.len() as u64 == now.seq - last.seq).then_some(missed)
    }

    /// Lets happen what is due in a room that nobody serves.
    pub(crate) async fn forget(
        &mut self,
        store: &Store,
        entropy: &dyn Entropy,
        now: Timestamp,
    ) -> Result<(), NotKept> {
        // Whoever counts as connected was so when the server went down.
        let command = if self.room.is_anybody_connected() {
            Command::Restarted
        } else {
            Command::Tick
        };
        let (at, seed) = (now, seed(entropy));
        let pending = Pending { command, at, seed };
        self.settle(store, entropy, &[&pending], now).await?;
        Ok(())
    }

    /// Carries out `pending` and keeps what follows.
    pub(crate) async fn settle(
        &mut self,
        store: &Store,
        entropy: &dyn Entropy,
        pending: &[&Pending],
        now: Timestamp,
    ) -> Result<Settled, NotKept> {
        let settled = self.try_to_settle(store, entropy, pending, now).await;
        match &settled {
            Ok(_) => self.retry_at = None,
            Err(_) => self.roll_back(now),
        }
        settled
    }

    async fn try_to_settle(
        &mut self,
        store: &Store,
        entropy: &dyn Entropy,
        pending: &[&Pending],
        now: Timestamp,
    ) -> Result<Settled, NotKept> {
        let mut before = Vec::new();
        for _ in 0..TRIES_MAX {
            let effects: Vec<Effect> = pending.iter().map(|one| self.carry_out(one)).collect();
            let is_lasting = effects.iter().any(Effect::is_lasting);
            let turns_away = || pending.iter().zip(&effects).any(is_turned_away);
            let overtaken_by = match is_lasting {
                // What waits for the store is large, and most that is said is not kept.
                true => {
                    let came = pending.iter().zip(&effects).filter_map(names_of_comer);
                    let came: Vec<_> = came.collect();
                    Box::pin(self.commit(store, &effects, &came, now)).await?
                }
                // Another node may have let them in a moment ago.
                false if turns_away() => Box::pin(self.newer(store)).await?,
                false => None,
            };
            let Some(row) = overtaken_by else {
                let events = effects.iter().flat_map(Effect::events);
                events.for_each(|event| self.ring.remember(event.clone()));
                if effects.iter().any(Effect::is_unsaid) {
                    self.ring = Ring::default();
                }
                return Ok(Settled { before, effects });
            };
            let taken_over = Box::pin(self.take_over(store, row)).await;
            before.extend(taken_over.map_err(NotKept::Failed)?);
            tokio::time::sleep(jitter(entropy)).await;
        }
        Err(NotKept::Failed(StoreError::Busy))
    }

    fn carry_out(&mut self, pending: &Pending) -> Effect {
        let Pending { command, at, seed } = pending.clone();
        Effect::new(self.room.apply(command, at, seed))
    }

    /// Writes what `effects` led to; the row that is kept instead when another node was faster.
    async fn commit(
        &mut self,
        store: &Store,
        effects: &[Effect],
        came: &[BTreeSet<Principal>],
        now: Timestamp,
    ) -> Result<Option<StateRow>, NotKept> {
        let mut state = serde_json::to_string(&self.room).expect("a room has a JSON form");
        let events = effects.iter().flat_map(Effect::events);
        let events: Vec<EventRow> = events
            .map(|event| EventRow {
                seq: event.seq,
                body: Personal::new(
                    serde_json::to_string(event).expect("an event has a JSON form"),
                ),
            })
            .collect();
        let people: BTreeSet<Principal> = self.room.principals().copied().collect();
        // Who came and went at once was told of all the same.
        let passed = came.iter().filter(|names| names.is_disjoint(&people));
        let passed: BTreeSet<Principal> = passed.flatten().copied().collect();
        let are_but = |here: &BTreeSet<Principal>, but: &BTreeSet<Principal>| -> Vec<String> {
            let all = here.union(&passed).filter(|it| !but.contains(it));
            all.map(Principal::to_string).collect()
        };
        let invites: Vec<String> = self.room.invites().map(str::to_owned).collect();
        let are_others = self.invites.as_ref() != Some(&invites);
        let commit = RoomCommit {
            expected: self.kept.version,
            state: &state,
            events: &events,
            untold: self.untold(effects),
            come: &are_but(&people, &self.people),
            gone: &are_but(&self.people, &people),
            invites: are_others.then_some(&*invites),
            forget_at: self.room.forgets_at(),
            now,
        };
        match store.commit_room(self.id, commit).await {
            Ok(Committed::Committed { version }) => {
                // It lies here for as long as nobody says anything, and was written into twice the room.
                state.shrink_to_fit();
                let state = Personal::new(state);
                self.kept = StateRow { version, state };
                self.people = people;
                self.invites = Some(invites);
                Ok(None)
            }
            Ok(Committed::Conflict { row }) => row.map(Some).ok_or(NotKept::Over),
            Err(error) => Err(NotKept::Failed(error)),
        }
    }

    /// Goes on from what another node has committed meanwhile, if any has, and gives what happened there.
    pub(crate) async fn catch_up(&mut self, store: &Store) -> Result<Vec<RoomEvent>, NotKept> {
        match self.newer(store).await? {
            Some(row) => self.take_over(store, row).await.map_err(NotKept::Failed),
            None => Ok(Vec::new()),
        }
    }

    /// The row that another node has left meanwhile.
    async fn newer(&self, store: &Store) -> Result<Option<StateRow>, NotKept> {
        let row = store.room_state(self.id).await.map_err(NotKept::Failed)?;
        let row = row.ok_or(NotKept::Over)?;
        Ok((row.version != self.kept.version).then_some(row))
    }

    /// The last event that is told to nobody any more once `effects` are kept.
    fn untold(&self, effects: &[Effect]) -> u64 {
        if effects.iter().any(Effect::is_unsaid) {
            return self.room.position().seq;
        }
        let happened = effects.iter().flat_map(Effect::events);
        self.ring.untold().max(ring::taken_back(happened))
    }

    /// Goes on from what another node has committed, and gives what happened there.
    async fn take_over(
        &mut self,
        store: &Store,
        row: StateRow,
    ) -> Result<Vec<RoomEvent>, StoreError> {
        let rows = store.room_events(self.id, self.ring.last_seq()).await?;
        let events = read_events(&rows)?;
        self.room = parse(&row)?;
        self.people = self.room.principals().copied().collect();
        self.invites = None;
        self.kept = row;
        self.was_overtaken = true;
        events
            .iter()
            .for_each(|event| self.ring.remember(event.clone()));
        Ok(events)
    }

    /// The state is again what is kept, and nobody has heard of another.
    fn roll_back(&mut self, now: Timestamp) {
        self.room = parse(&self.kept).expect("this state was read, or written, before");
        self.retry_at = Some(now.after(RETRY));
    }
}

/// The names of somebody who was let in.
fn names_of_comer((pending, effect): (&&Pending, &Effect)) -> Option<BTreeSet<Principal>> {
    let Command::Enter {
        principal, also, ..
    } = &pending.command
    else {
        return None;
    };
    let names = also.iter().chain([principal]).copied();
    effect.refusal().is_none().then(|| names.collect())
}

fn is_turned_away((pending, effect): (&&Pending, &Effect)) -> bool {
    matches!(pending.command, Command::Enter { .. }) && effect.refusal().is_some()
}

fn parse(row: &StateRow) -> Result<Room, StoreError> {
    serde_json::from_str(row.state.expose()).map_err(|_| damaged("state"))
}

fn read_events(rows: &[EventRow]) -> Result<Vec<RoomEvent>, StoreError> {
    let events = rows
        .iter()
        .map(|row| serde_json::from_str(row.body.expose()));
    events
        .collect::<Result<_, _>>()
        .map_err(|_| damaged("event"))
}

fn damaged(what: &str) -> StoreError {
    StoreError::Corrupt(format!("a room has an unreadable {what}"))
}

/// A pause that differs from node to node.
fn jitter(entropy: &dyn Entropy) -> Duration {
    let [chance, ..] = entropy.bytes16();
    Duration::from_millis(u64::from(chance) % JITTER_MAX_MS + 1)
}

/// Fresh randomness for one command.
pub(crate) fn seed(entropy: &dyn Entropy) -> Seed {
    let halves = |bytes| {
        let bits = u128::from_be_bytes(bytes);
        [(bits >> 64) as u64, bits as u64]
    };
    let [shown, _] = halves(entropy.bytes16());
    let [one, other] = halves(entropy.bytes16());
    Seed([shown, one, other])
}
