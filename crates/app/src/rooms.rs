//! Opening a room, coming into it, talking in it, leaving it.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use base::{ClientKey, MemberId, Personal, RoomId, Secret, Timestamp};
use protocol::{
    ClientMessage, Create, CreateQueue, Device, ErrorCode, Failure, Join, Member, Role, RoomCode,
};
use room::switchboard::{Entry, ROOM_LIFE, Rules};
use room::{Room, Switchboard, code_length, invite_fingerprint};
use store::{Insertion, NewRoom, RoomRow, StoreError};
use tokio::sync::mpsc::Sender;
use tokio::sync::oneshot;

use crate::access::{device_key_hash, person_of_device};
use crate::gate::busy;
use crate::queue_room::QueueRoom;
use crate::resume::Returning;
use crate::room_task::following::{Attendant, Claim, Follower, Following, no_such_room};
use crate::room_task::seats::ConnectionId;
use crate::room_task::{self, Dropped, Enter, Said, Wish};
use crate::{App, Outbox, Place, SocketPass};

/// Codes drawn before giving up; each is free with a chance far above 99 %.
const CODE_DRAWS_MAX: u32 = 8;
/// Deliveries tried while a room is just being unloaded.
const DELIVERIES_MAX: u32 = 4;

static CONNECTIONS: AtomicU64 = AtomicU64::new(1);

/// A member's place in a room, where what its socket says goes in; what it must hear comes out of its outbox.
/// Dropping it tells the room that the socket is gone.
pub struct Seat {
    app: App,
    member: MemberId,
    connection: ConnectionId,
    room: Sender<Wish>,
}

impl Seat {
    /// Passes on what the member says.
    pub async fn say(&self, mut message: ClientMessage) {
        let refused = match &mut message {
            // Here, so that the room does not wait for the store.
            ClientMessage::Command(said) => Box::pin(self.app.fill_in(said)).await.err(),
            _ => None,
        };
        let wish = Wish::Said(Box::new(Said {
            from: self.member,
            connection: self.connection,
            message,
            refused,
        }));
        // A room that is gone has let go of the outbox as well, which ends the socket.
        let _ = self.room.send(wish).await;
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        let wish = Wish::Dropped(Box::new(Dropped {
            member: self.member,
            connection: self.connection,
        }));
        if let Err(tokio::sync::mpsc::error::TrySendError::Full(wish)) = self.room.try_send(wish) {
            let room = self.room.clone();
            tokio::spawn(async move { room.send(wish).await });
        }
    }
}

/// A room that may be entered, and as whom.
struct Admission {
    room: RoomId,
    member: MemberId,
    role: Role,
    entry: Entry,
    claim: Option<Claim>,
}

/// What was found out about somebody at the door.
#[derive(Clone, Copy)]
struct Checked {
    /// They showed the key of whoever opened the room.
    is_host: bool,
    lacks_password: bool,
}

impl App {
    /// The right to open a socket, or why not.
    pub fn open_socket(&self, client: ClientKey) -> Result<SocketPass, Failure> {
        SocketPass::take(&self.inner.gate, client)
    }

    /// Opens a room and seats its caster.
    pub async fn create_room(
        &self,
        create: Create,
        place: Place,
        pass: &SocketPass,
        outbox: &Arc<Outbox>,
    ) -> Result<Seat, Failure> {
        let now = self.now();
        self.gate().take_room(pass.client(), now)?;
        let password_hash = match create.password {
            Some(password) => Some(Secret::new(self.inner.passwords.hash(password).await)),
            None => None,
        };
        let new = NewRoom {
            id: RoomId::new(now, self.entropy()),
            code: RoomCode::random(RoomCode::LENGTH_MIN, self.entropy()),
            password_hash,
            host_key_hash: device_key_hash(&create.device_key),
            ask_first: create.ask_first,
            created_at: now,
            expires_at: now.after(ROOM_LIFE),
            queue: create.queue.map(|queue| first_state(queue, now)),
        };
        let new = self.keep(new, now).await?;
        let (role, claim) = match &new.queue {
            None => (Role::Caster, None),
            Some(_) => (Role::Peer, Some(opener(&create.device_key))),
        };
        let member = MemberId::new(self.entropy());
        let member = as_member(member, role, create.device, create.hide_address);
        self.seat(new.id, member, Entry::Created, claim, place, outbox)
            .await
    }

    /// Stores `new` under a code that is free.
    async fn keep(&self, mut new: NewRoom, now: Timestamp) -> Result<NewRoom, Failure> {
        let live = self
            .inner
            .store
            .live_room_count(now)
            .await
            .map_err(|e| self.failure(&e))?;
        if live >= self.inner.settings.limits.rooms {
            return Err(busy(
                "the server has all the rooms it takes",
                Duration::from_secs(60),
            ));
        }
        for _ in 0..CODE_DRAWS_MAX {
            new.code = RoomCode::random(code_length(live + 1), self.entropy());
            match self.inner.store.insert_room(&new).await {
                Ok(Insertion::Inserted) => return Ok(new),
                Ok(Insertion::CodeTaken) => {}
                Err(error) => return Err(self.failure(&error)),
            }
        }
        Err(busy(
            "no free room code was found; try again",
            Duration::from_secs(1),
        ))
    }

    /// Seats somebody who knows the code and the password, or comes back.
    pub async fn join_room(
        &self,
        join: Join,
        place: Place,
        pass: &SocketPass,
        outbox: &Arc<Outbox>,
    ) -> Result<Seat, Failure> {
        let client = pass.client();
        if join.follow {
            self.gate().take_follower(client, self.now())?;
        }
        let Admission {
            room,
            member,
            role,
            entry,
            claim,
        } = self.authorise(&join, client).await?;
        let lacks_password = claim.as_ref().is_some_and(Claim::lacks_password);
        let member = as_member(member, role, join.device, join.hide_address);
        let seated = self.seat(room, member, entry, claim, place, outbox).await;
        if lacks_password
            && seated
                .as_ref()
                .is_err_and(|failure| failure.code == ErrorCode::NoSuchRoom)
        {
            self.gate().count_wrong_try(client, self.now());
        }
        seated
    }

    async fn authorise(&self, join: &Join, client: ClientKey) -> Result<Admission, Failure> {
        let now = self.now();
        let returning = join
            .resume
            .as_ref()
            .map(|token| self.inner.resume.check(token));
        // A valid token is no guess, so it passes even when this client is throttled.
        if let Some(Some(returning)) = returning {
            return self.authorise_return(join, returning).await;
        }
        let _turn = self.inner.tries.turn(client).await;
        self.gate().may_try(client, now)?;
        let admission = match returning {
            None => self.authorise_newcomer(join).await,
            Some(_) => {
                let message = "this token does not fit; join anew";
                Err(Failure::new(ErrorCode::Resume, message))
            }
        };
        if admission
            .as_ref()
            .is_err_and(|failure| failure.code != ErrorCode::Server)
        {
            self.gate().count_wrong_try(client, now);
        }
        admission
    }

    async fn authorise_return(
        &self,
        join: &Join,
        returning: Returning,
    ) -> Result<Admission, Failure> {
        let Returning { room, member, role } = returning;
        match self.room_by_code(join.code).await? {
            Some(row) if row.id == room && !row.is_open(self.now()) => Err(ended()),
            Some(row) if row.id == room && join.follow == (role == Role::Peer) => {
                let checked = Checked {
                    is_host: is_host_key(&row, join),
                    // Their token outlives their place: who was sent away, or has gone, is a stranger again.
                    lacks_password: role == Role::Peer && row.password_hash.is_some(),
                };
                Ok(Admission {
                    room,
                    member,
                    role,
                    entry: Entry::Resume,
                    claim: claim(&row, join, checked),
                })
            }
            _ => {
                let message = "this token is for another room; join anew";
                Err(Failure::new(ErrorCode::Resume, message))
            }
        }
    }

    async fn authorise_newcomer(&self, join: &Join) -> Result<Admission, Failure> {
        let row = match self.room_by_code(join.code).await? {
            Some(row) if !row.is_open(self.now()) => return Err(ended()),
            row => row,
        };
        let is_host = row.as_ref().is_some_and(|row| is_host_key(row, join));
        let knows_password = is_host
            || self
                .password_fits(row.as_ref(), join.password.clone())
                .await;
        // Who was here before, or is invited, needs no password. Whether somebody may be is looked up without the room,
        // so that it takes as long where there is none.
        let known_in = if knows_password {
            Vec::new()
        } else {
            self.rooms_open_to(join).await?
        };
        let Some(row) = row.filter(|row| knows_password || known_in.contains(&row.id)) else {
            return Err(no_such_room());
        };
        // Without a queue the key of whoever opened the room is all it takes to cast.
        let casts = if row.has_queue { join.cast } else { is_host };
        let (role, entry) = match (join.follow, casts) {
            (true, _) => (Role::Peer, Entry::Code),
            (false, true) => (Role::Caster, Entry::HostKey),
            (false, false) => (Role::Listener, Entry::Code),
        };
        let checked = Checked {
            is_host,
            lacks_password: !knows_password,
        };
        Ok(Admission {
            room: row.id,
            member: MemberId::new(self.entropy()),
            role,
            entry,
            claim: claim(&row, join, checked),
        })
    }

    /// Takes as long for a room that does not exist as for a wrong password.
    async fn password_fits(&self, row: Option<&RoomRow>, password: Option<Secret<String>>) -> bool {
        let hash = row.and_then(|row| row.password_hash.as_ref());
        match (password, hash) {
            (Some(password), hash) if row.is_none() || hash.is_some() => {
                let hash = hash.map(|hash| hash.expose().clone());
                self.inner.passwords.fits(password, hash).await
            }
            (_, hash) => row.is_some() && hash.is_none(),
        }
    }

    /// Rooms with a queue that hold something of this person, or invite them.
    async fn rooms_open_to(&self, join: &Join) -> Result<Vec<RoomId>, Failure> {
        let store = &self.inner.store;
        let failed = |error: StoreError| self.failure(&error);
        let mut rooms = Vec::new();
        if let Some(key) = &join.device_key {
            let person = person_of_device(key).to_string();
            rooms.extend(store.rooms_of(&person).await.map_err(failed)?);
        }
        if let Some(invite) = &join.invite {
            let invite = invite_fingerprint(invite);
            rooms.extend(store.rooms_inviting(&invite).await.map_err(failed)?);
        }
        Ok(rooms)
    }

    async fn room_by_code(&self, code: RoomCode) -> Result<Option<RoomRow>, Failure> {
        self.inner
            .store
            .room_by_code(code)
            .await
            .map_err(|error| self.failure(&error))
    }

    /// Brings `member` into `room`, waking the room when it is not open here.
    async fn seat(
        &self,
        room: RoomId,
        member: Member,
        entry: Entry,
        claim: Option<Claim>,
        place: Place,
        outbox: &Arc<Outbox>,
    ) -> Result<Seat, Failure> {
        let connection = CONNECTIONS.fetch_add(1, Ordering::Relaxed);
        for _ in 0..DELIVERIES_MAX {
            let Some(mailbox) = self.wake(room).await? else {
                continue;
            };
            let (answer, answered) = oneshot::channel();
            let enter = Enter {
                member: member.clone(),
                entry,
                claim: claim.clone(),
                connection,
                place: place.clone(),
                outbox: Arc::clone(outbox),
                answer,
            };
            // A room that is just being unloaded drops the wish; it is woken again then.
            if mailbox.send(Wish::Enter(Box::new(enter))).await.is_err() {
                continue;
            }
            if let Ok(answer) = answered.await {
                answer?;
                return Ok(Seat {
                    app: self.clone(),
                    member: member.id,
                    connection,
                    room: mailbox,
                });
            }
        }
        Err(busy("the room is restarting", Duration::from_secs(1)))
    }

    /// The way to `room`, whose task is started from the store when it is not open here. `None` when it ended
    /// in between: wake it again.
    pub(crate) async fn wake(&self, room: RoomId) -> Result<Option<Sender<Wish>>, Failure> {
        if let Some(mailbox) = self.inner.bus.open(room) {
            // Read only now: a room that was closed in the meantime must not come back to life.
            let row = self.inner.store.room(room).await;
            let row = row.map_err(|error| self.failure(&error));
            match row.map(|row| row.filter(|row| row.is_open(self.now()))) {
                Ok(Some(row)) => {
                    let following = match self.following_of(&row).await {
                        Ok(following) => following,
                        Err(failure) => {
                            self.inner.bus.close(room);
                            return Err(failure);
                        }
                    };
                    let task = room_task::run(self.clone(), self.rebuilt(row), following, mailbox);
                    self.inner.tasks.spawn(task);
                }
                closed_or_failed => {
                    self.inner.bus.close(room);
                    return Err(closed_or_failed.err().unwrap_or_else(ended));
                }
            }
        }
        Ok(self.inner.bus.mailbox(room))
    }

    /// The queue of a room that has one, as it was kept last.
    async fn following_of(&self, row: &RoomRow) -> Result<Option<Box<Following>>, Failure> {
        if !row.has_queue {
            return Ok(None);
        }
        let queue = QueueRoom::load(&self.inner.store, row.id).await;
        let queue = queue.map_err(|error| self.failure(&error))?;
        let queue = queue.ok_or_else(ended)?;
        Ok(Some(Box::new(Following::new(queue))))
    }

    fn rebuilt(&self, row: RoomRow) -> Switchboard {
        let rules = Rules {
            has_password: row.password_hash.is_some(),
            ask_first: row.ask_first,
            listeners_max: self.inner.settings.limits.listeners_per_room,
            has_queue: row.has_queue,
        };
        Switchboard::new(row.id, row.code, rules, row.expires_at).without(row.removed_members)
    }

    /// A failure of ours: logged here, once, and named to the person by its reference.
    pub(crate) fn failure(&self, error: &StoreError) -> Failure {
        let reference = self.reference();
        tracing::error!(%reference, %error, "the store failed");
        let message = match error {
            StoreError::Full => "the server's disk is full",
            _ => "the server could not reach its database",
        };
        Failure {
            reference: Some(reference.to_string()),
            ..Failure::new(ErrorCode::Server, message)
        }
    }
}

fn is_host_key(row: &RoomRow, join: &Join) -> bool {
    let key = join.device_key.as_ref();
    key.is_some_and(|key| device_key_hash(key) == row.host_key_hash)
}

/// By what right somebody comes into a room with a queue, or wants to follow one that is not there.
fn claim(row: &RoomRow, join: &Join, checked: Checked) -> Option<Claim> {
    let Checked {
        is_host,
        lacks_password,
    } = checked;
    let principal = join.device_key.as_ref().map(person_of_device);
    match principal {
        Some(principal) if join.follow => Some(Claim::Follow(Follower {
            principal,
            is_owner: is_host,
            invite: join.invite.clone(),
            lacks_password,
            last: join.last,
        })),
        principal => row.has_queue.then_some(Claim::Attend(Attendant {
            principal,
            lacks_password,
        })),
    }
}

/// Whoever opens a room owns it.
fn opener(key: &Secret<String>) -> Claim {
    Claim::Follow(Follower {
        principal: person_of_device(key),
        is_owner: true,
        invite: None,
        lacks_password: false,
        last: None,
    })
}

/// The state that a new room with a queue begins with.
fn first_state(queue: CreateQueue, now: Timestamp) -> Personal<String> {
    // No two numberings of one room begin in the same millisecond.
    let epoch = now.unix_ms().unsigned_abs();
    let room = Room::open(queue.title, queue.preset, epoch);
    Personal::new(serde_json::to_string(&room).expect("a room has a JSON form"))
}

fn ended() -> Failure {
    Failure::new(ErrorCode::Ended, "this room is closed")
}

fn as_member(id: MemberId, role: Role, device: Device, hide_address: bool) -> Member {
    let is_blank = |name: &Personal<String>| name.expose().trim().is_empty();
    let name = device.name.filter(|name| !is_blank(name));
    Member {
        id,
        role,
        form: device.form,
        name,
        hide_address,
    }
}
