//! Opening a room, coming into it, talking in it, leaving it.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use base::{ClientKey, MemberId, RoomId, Timestamp};
use protocol::{ClientMessage, Create, Device, ErrorCode, Failure, Join, Member, Role, RoomCode};
use room::switchboard::{Entry, ROOM_LIFE, Rules};
use room::{Switchboard, code_length};
use store::{Insertion, NewRoom, RoomRow, StoreError};
use tokio::sync::mpsc::{Receiver, Sender, channel};
use tokio::sync::oneshot;

use crate::access::device_key_hash;
use crate::gate::busy;
use crate::resume::Returning;
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
    room: RoomId,
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
            queue: None,
        };
        let new = self.keep(new, now).await?;
        let member = MemberId::new(self.entropy());
        let member = as_member(member, Role::Caster, create.device, create.hide_address);
        self.seat(new.id, member, Entry::Created, place).await
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
        let Admission {
            room,
            member,
            role,
            entry,
        } = self.authorise(&join, client).await?;
        let member = as_member(member, role, join.device, join.hide_address);
        self.seat(room, member, entry, place).await
    }

    async fn authorise(&self, join: &Join, client: ClientKey) -> Result<Admission, Failure> {
        let now = self.now();
        let returning = join
            .resume
            .as_ref()
            .map(|token| self.inner.resume.check(token));
        // A valid token is no guess, so it passes even when this client is throttled.
        if let Some(Some(returning)) = returning {
            return self.authorise_return(join.code, returning).await;
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
        code: RoomCode,
        returning: Returning,
    ) -> Result<Admission, Failure> {
        let Returning { room, member, role } = returning;
        match self.room_by_code(code).await? {
            Some(row) if row.id == room && !row.is_open(self.now()) => Err(ended()),
            Some(row) if row.id == room => Ok(Admission {
                room,
                member,
                role,
                entry: Entry::Resume,
            }),
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
        let is_host = match (&row, &join.device_key) {
            (Some(row), Some(key)) => device_key_hash(key) == row.host_key_hash,
            _ => false,
        };
        let may_enter = is_host
            || self
                .password_fits(row.as_ref(), join.password.clone())
                .await;
        let Some(row) = row.filter(|_| may_enter) else {
            let message = "no open room answers to this code, or its password is another";
            return Err(Failure::new(ErrorCode::NoSuchRoom, message));
        };
        let (role, entry) = if is_host {
            (Role::Caster, Entry::HostKey)
        } else {
            (Role::Listener, Entry::Code)
        };
        Ok(Admission {
            room: row.id,
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
        place: Place,
    ) -> Result<Seat, Failure> {
        let connection = CONNECTIONS.fetch_add(1, Ordering::Relaxed);
        let (outbox, inbox) = channel(OUTBOX_MAX);
        for _ in 0..DELIVERIES_MAX {
            let Some(mailbox) = self.wake(room).await? else {
                continue;
            };
            let (answer, answered) = oneshot::channel();
            let enter = Enter {
                member: member.clone(),
                entry,
                connection,
                place: place.clone(),
                outbox: outbox.clone(),
                answer,
            };
            // A room that is just being unloaded drops the wish; it is woken again then.
            if mailbox.send(Wish::Enter(Box::new(enter))).await.is_err() {
                continue;
            }
            if let Ok(answer) = answered.await {
                answer?;
                return Ok(Seat {
                    member: member.id,
                    connection,
                    room: mailbox,
                    inbox,
                });
            }
        }
        Err(busy("the room is restarting", Duration::from_secs(1)))
    }

    /// The way to `room`, whose task is started from the store when it is not open here. `None` when it ended
    /// in between: wake it again.
    async fn wake(&self, room: RoomId) -> Result<Option<Sender<Wish>>, Failure> {
        if let Some(mailbox) = self.inner.bus.open(room) {
            // Read only now: a room that was closed in the meantime must not come back to life.
            let row = self.inner.store.room(room).await;
            let row = row.map_err(|error| self.failure(&error));
            match row.map(|row| row.filter(|row| row.is_open(self.now()))) {
                Ok(Some(row)) => {
                    let room = self.rebuilt(row);
                    self.inner
                        .tasks
                        .spawn(room_task::run(self.clone(), room, mailbox));
                }
                closed_or_failed => {
                    self.inner.bus.close(room);
                    return Err(closed_or_failed.err().unwrap_or_else(ended));
                }
            }
        }
        Ok(self.inner.bus.mailbox(room))
    }

    fn rebuilt(&self, row: RoomRow) -> Switchboard {
        let rules = Rules {
            has_password: row.password_hash.is_some(),
            ask_first: row.ask_first,
            listeners_max: self.inner.settings.limits.listeners_per_room,
            has_queue: false,
        };
        Switchboard::new(row.id, row.code, rules, row.expires_at).without(row.removed_members)
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

fn ended() -> Failure {
    Failure::new(ErrorCode::Ended, "this room is closed")
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
