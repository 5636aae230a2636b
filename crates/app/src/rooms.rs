//! Opening a room, coming into it, talking in it, leaving it.

mod door;
mod password;
mod saved;
mod watching;

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use base::{ClientKey, MemberId, Personal, RoomId, Secret, Timestamp};
use protocol::room::CommandId;
use protocol::{
    ClientMessage, Create, CreateQueue, Device, ErrorCode, Failure, Join, Member, Role, RoomCode,
};
use room::switchboard::{Entry, ROOM_LIFE, Rules};
use room::{Room, Switchboard, code_length};
use store::{Insertion, NewRoom, RoomRow, StoreError};
use tokio::sync::mpsc::Sender;
use tokio::sync::oneshot;

use crate::access::device_key_hash;
use crate::accounts::Opened;
use crate::gate::busy;
use crate::queue_room::QueueRoom;
use crate::room_task::following::{Claim, Following};
use crate::room_task::seats::ConnectionId;
use crate::room_task::{self, Dropped, Enter, Said, Unread, Wish, Woken};
use crate::{App, Outbox, Place, SocketPass};
use door::{Admission, opener};
use saved::join_saved;

pub(crate) use watching::watch_rooms;

/// Codes drawn before giving up; each is free with a chance far above 99 %.
const CODE_DRAWS_MAX: u32 = 8;
/// How long a room that is just closing may take to be written, between two tries to open it anew under its code.
const CLOSING: Duration = Duration::from_millis(50);
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

    /// Has a command refused of which nothing but the name could be read: in its turn, like any other.
    pub async fn say_unread(&self, cmd_id: CommandId, why: Failure) {
        let wish = Wish::Unread(Box::new(Unread {
            from: self.member,
            connection: self.connection,
            cmd_id,
            why,
        }));
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
        if let Some(id) = create.saved {
            let saved = self.saved_room_to_open(id, pass.account()).await?;
            if self.is_open_of(saved.code, pass.account()).await? {
                let join = join_saved(&saved, &create);
                let seated = Box::pin(self.join_room(join, place.clone(), pass, outbox)).await;
                // One that is just closing opens anew.
                if !matches!(&seated, Err(failure) if failure.code == ErrorCode::Ended) {
                    return seated;
                }
            }
            let new = self.saved_anew(saved, &create, pass.account());
            return self.open_room(new, create, place, pass, outbox).await;
        }
        let password = create.password.clone();
        let password_hash = match password {
            Some(password) => Some(Secret::new(self.inner.passwords.hash(password).await)),
            None => None,
        };
        let queue = create.queue.clone();
        let new = NewRoom {
            id: RoomId::new(now, self.entropy()),
            code: RoomCode::random(RoomCode::LENGTH_MIN, self.entropy()),
            password_hash,
            host_key_hash: device_key_hash(&create.device_key),
            account: pass.account(),
            guest: None,
            is_saved: false,
            ask_first: create.ask_first,
            created_at: now,
            expires_at: now.after(ROOM_LIFE),
            queue: queue.map(|queue| first_state(queue, now)),
        };
        self.open_room(new, create, place, pass, outbox).await
    }

    /// Keeps `new` and seats whoever opens it, if their plan allows that now.
    async fn open_room(
        &self,
        mut new: NewRoom,
        create: Create,
        place: Place,
        pass: &SocketPass,
        outbox: &Arc<Outbox>,
    ) -> Result<Seat, Failure> {
        new.guest = self.begin_to_host(&create, pass).await?;
        let new = self.keep(new, self.now()).await?;
        let (role, claim) = match &new.queue {
            None => (Role::Caster, None),
            Some(_) => (Role::Peer, Some(opener(&create.device_key, new.account))),
        };
        let member = MemberId::new(self.entropy());
        let member = as_member(member, role, create.device, create.hide_address);
        let opened = opened(&new, &place);
        let seat = self
            .seat(new.id, member, (Entry::Created, claim), place, pass, outbox)
            .await?;
        if let Some(opened) = opened {
            self.tell_followers(opened);
        }
        Ok(seat)
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
            if !new.is_saved {
                new.code = RoomCode::random(code_length(live + 1), self.entropy());
            }
            match self.inner.store.insert_room(&new).await {
                Ok(Insertion::Inserted) => return Ok(new),
                Ok(Insertion::CodeTaken) if new.is_saved => tokio::time::sleep(CLOSING).await,
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
        } = self.authorise(&join, pass).await?;
        let lacks_password = claim.as_ref().is_some_and(Claim::lacks_password);
        let member = as_member(member, role, join.device, join.hide_address);
        let right = (entry, claim);
        let seated = self.seat(room, member, right, place, pass, outbox).await;
        if lacks_password
            && seated
                .as_ref()
                .is_err_and(|failure| failure.code == ErrorCode::NoSuchRoom)
        {
            self.gate().count_wrong_try(client, self.now());
        }
        seated
    }

    pub(crate) async fn room_by_code(&self, code: RoomCode) -> Result<Option<RoomRow>, Failure> {
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
        (entry, claim): (Entry, Option<Claim>),
        place: Place,
        pass: &SocketPass,
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
                client: pass.client(),
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
                    let woken = Woken {
                        plan: self.plan_in(&row),
                        following,
                        switchboard: self.rebuilt(row),
                    };
                    let task = room_task::run(self.clone(), woken, mailbox);
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

/// A room that a host's followers hear of. One with a password is for those who were given it.
fn opened(new: &NewRoom, place: &Place) -> Option<Opened> {
    let is_for_all = new.queue.is_some() && new.password_hash.is_none();
    let host = new.account.filter(|_| is_for_all)?;
    Some(Opened {
        host,
        room: new.id,
        code: new.code,
        place: place.clone(),
        at: new.created_at,
    })
}

/// The state that a new room with a queue begins with.
pub(crate) fn first_state(queue: CreateQueue, now: Timestamp) -> Personal<String> {
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
