//! Opening a room, coming into it, talking in it, leaving it.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use base::{ClientKey, MemberId, RoomId, Timestamp};
use protocol::{ClientMessage, Create, Device, ErrorCode, Failure, Join, Member, Role, RoomCode};
use room::{Entry, ROOM_LIFE, Room, Rules, code_length};
use store::{Insertion, NewRoom, RoomRow, StoreError};
use tokio::sync::mpsc::{Receiver, Sender, channel};
use tokio::sync::oneshot;

use crate::access::device_key_hash;
use crate::gate::busy;
use crate::room_task::{self, ConnectionId, Dropped, Enter, Frame, Said, Wish};
use crate::{App, Place, SocketPass};

/// Frames that may wait for one socket: a caster's welcome and the trickle of sixteen listeners.
const OUTBOX_MAX: usize = 128;
/// Codes drawn before giving up; each is free with a chance far above 99 %.
const CODE_DRAWS_MAX: u32 = 8;
/// Deliveries tried while a room is just being unloaded.
const DELIVERIES_MAX: u32 = 4;

static CONNECTIONS: AtomicU64 = AtomicU64::new(1);

/// A member's place in a room: what its socket says goes in, what it must hear comes out.
/// Dropping it tells the room that the socket is gone.
pub struct Seat {
    member: MemberId,
    connection: ConnectionId,
    room: Sender<Wish>,
    inbox: Receiver<Frame>,
}

impl Seat {
    /// Passes on what the member says.
    pub async fn say(&self, message: ClientMessage) {
        let wish = Wish::Said(Box::new(Said {
            from: self.member,
            connection: self.connection,
            message,
        }));
        // A room that is gone has closed the inbox as well, which ends the socket.
        let _ = self.room.send(wish).await;
    }

    /// What the member must hear next; `None` when the room let go of this socket.
    pub async fn hear(&mut self) -> Option<Frame> {
        self.inbox.recv().await
    }

    /// The next frame that is due already.
    pub fn hear_now(&mut self) -> Option<Frame> {
        self.inbox.try_recv().ok()
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
    row: RoomRow,
    member: MemberId,
    role: Role,
    entry: Entry,
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
    ) -> Result<Seat, Failure> {
        let now = self.now();
        self.gate().take_room(pass.client(), now)?;
        let password_hash = match create.password {
            Some(password) => Some(base::Secret::new(self.inner.passwords.hash(password).await)),
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
        };
        let new = self.keep(new, now).await?;
        let rules = self.rules(new.password_hash.is_some(), new.ask_first);
        let room = Room::new(new.id, new.code, rules, new.expires_at);
        let member = MemberId::new(self.entropy());
        let member = as_member(member, Role::Caster, create.device, create.hide_address);
        self.seat(room, member, Entry::Created, place).await
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
    ) -> Result<Seat, Failure> {
        let client = pass.client();
        let (device, hide_address) = (join.device.clone(), join.hide_address);
        let Admission {
            row,
            member,
            role,
            entry,
        } = self.authorise(join, client).await?;
        let rules = self.rules(row.password_hash.is_some(), row.ask_first);
        let room = Room::new(row.id, row.code, rules, row.expires_at);
        let member = as_member(member, role, device, hide_address);
        self.seat(room, member, entry, place).await
    }

    async fn authorise(&self, join: Join, client: ClientKey) -> Result<Admission, Failure> {
        let now = self.now();
        let Some(resume) = &join.resume else {
            self.gate().may_try(client, now)?;
            return self.authorise_newcomer(join, client).await;
        };
        // A valid token is no guess, so it passes even when this client is throttled.
        let row = self.open_room(join.code, now).await?;
        let known = row.and_then(|row| Some((self.inner.resume.check(row.id, resume)?, row)));
        let Some(((member, role), row)) = known else {
            self.gate().may_try(client, now)?;
            self.gate().count_wrong_try(client, now);
            return Err(Failure::new(
                ErrorCode::Resume,
                "this token does not fit; join anew",
            ));
        };
        Ok(Admission {
            row,
            member,
            role,
            entry: Entry::Resume,
        })
    }

    async fn authorise_newcomer(
        &self,
        join: Join,
        client: ClientKey,
    ) -> Result<Admission, Failure> {
        let now = self.now();
        let row = self.room_by_code(join.code).await?;
        let row = match row {
            Some(row) if !row.is_open(now) => {
                self.gate().count_wrong_try(client, now);
                return Err(Failure::new(ErrorCode::Ended, "this room is closed"));
            }
            row => row,
        };
        let is_host = match (&row, &join.device_key) {
            (Some(row), Some(key)) => device_key_hash(key) == row.host_key_hash,
            _ => false,
        };
        let may_enter = is_host || self.password_fits(row.as_ref(), join.password).await;
        let Some(row) = row.filter(|_| may_enter) else {
            self.gate().count_wrong_try(client, now);
            let message = "no open room answers to this code, or its password is another";
            return Err(Failure::new(ErrorCode::NoSuchRoom, message));
        };
        let (role, entry) = if is_host {
            (Role::Caster, Entry::HostKey)
        } else {
            (Role::Listener, Entry::Code)
        };
        Ok(Admission {
            row,
            member: MemberId::new(self.entropy()),
            role,
            entry,
        })
    }

    /// Takes as long for a room that does not exist as for a wrong password.
    async fn password_fits(
        &self,
        row: Option<&RoomRow>,
        password: Option<base::Secret<String>>,
    ) -> bool {
        let hash = row.and_then(|row| row.password_hash.as_ref());
        match (password, hash) {
            (Some(password), hash) if row.is_none() || hash.is_some() => {
                let hash = hash.map(|hash| hash.expose().clone());
                self.inner.passwords.fits(password, hash).await
            }
            (_, hash) => row.is_some() && hash.is_none(),
        }
    }

    async fn open_room(&self, code: RoomCode, now: Timestamp) -> Result<Option<RoomRow>, Failure> {
        match self.room_by_code(code).await? {
            Some(row) if !row.is_open(now) => {
                Err(Failure::new(ErrorCode::Ended, "this room is closed"))
            }
            row => Ok(row),
        }
    }

    async fn room_by_code(&self, code: RoomCode) -> Result<Option<RoomRow>, Failure> {
        self.inner
            .store
            .room_by_code(code)
            .await
            .map_err(|error| self.failure(&error))
    }

    fn rules(&self, has_password: bool, ask_first: bool) -> Rules {
        let listeners_max = self.inner.settings.limits.listeners_per_room;
        Rules {
            has_password,
            ask_first,
            listeners_max,
        }
    }

    /// Brings `member` into `room`, starting the room's task when it is not open here.
    async fn seat(
        &self,
        room: Room,
        member: Member,
        entry: Entry,
        place: Place,
    ) -> Result<Seat, Failure> {
        let connection = CONNECTIONS.fetch_add(1, Ordering::Relaxed);
        let (outbox, inbox) = channel(OUTBOX_MAX);
        let (member_id, room_id) = (member.id, room.id());
        let (answer, answered) = oneshot::channel();
        let mut wish = Wish::Enter(Box::new(Enter {
            member,
            entry,
            connection,
            place,
            outbox,
            answer,
        }));
        for _ in 0..DELIVERIES_MAX {
            if let Some(mailbox) = self.inner.bus.open(room_id) {
                self.inner
                    .tasks
                    .spawn(room_task::run(self.clone(), room.clone(), mailbox));
            }
            let Some(mailbox) = self.inner.bus.mailbox(room_id) else {
                continue;
            };
            if let Err(unsent) = mailbox.send(wish).await {
                wish = unsent.0;
                continue;
            }
            let Ok(answer) = answered.await else { break };
            answer?;
            return Ok(Seat {
                member: member_id,
                connection,
                room: mailbox,
                inbox,
            });
        }
        Err(busy("the room is restarting", Duration::from_secs(1)))
    }

    /// A failure of ours: logged here, once, and named to the person by its reference.
    fn failure(&self, error: &StoreError) -> Failure {
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

fn as_member(id: MemberId, role: Role, device: Device, hide_address: bool) -> Member {
    let is_blank = |name: &base::Personal<String>| name.expose().trim().is_empty();
    let name = device.name.filter(|name| !is_blank(name));
    Member {
        id,
        role,
        form: device.form,
        name,
        hide_address,
    }
}
