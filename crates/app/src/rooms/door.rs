//! Who may come into a room, and as whom.

use base::{AccountId, MemberId, RoomId, Secret};
use protocol::{ErrorCode, Failure, Join, Role};
use room::switchboard::Entry;
use room::{Principal, invite_fingerprint};
use store::{RoomRow, StoreError};

use super::ended;
use crate::access::{device_key_hash, person_of_account, person_of_device};
use crate::resume::Returning;
use crate::room_task::following::{Attendant, Claim, Follower, no_such_room};
use crate::{App, SocketPass};

/// A room that may be entered, and as whom.
pub(super) struct Admission {
    pub(super) room: RoomId,
    pub(super) member: MemberId,
    pub(super) role: Role,
    pub(super) entry: Entry,
    pub(super) claim: Option<Claim>,
}

/// What was found out about somebody at the door.
struct Checked {
    is_host: bool,
    lacks_password: bool,
    /// Who they are by the key that they showed.
    shown: Option<Principal>,
    /// Who else they may be in the room, as the member that they are.
    also: Vec<Principal>,
}

/// By what somebody shows that a room is theirs.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Ownership {
    /// The key of the device that opened it.
    Key,
    /// They are signed in as the member who opened it.
    Account,
    None,
}

impl App {
    pub(super) async fn authorise(
        &self,
        join: &Join,
        pass: &SocketPass,
    ) -> Result<Admission, Failure> {
        let (client, now) = (pass.client(), self.now());
        let returning = join
            .resume
            .as_ref()
            .map(|token| self.inner.resume.check(token));
        // A valid token is no guess, so it passes even when this client is throttled.
        if let Some(Some(returning)) = returning {
            return self.authorise_return(join, pass, returning).await;
        }
        let _turn = self.inner.tries.turn(client).await;
        self.gate().may_try(client, now)?;
        let admission = match returning {
            None => self.authorise_newcomer(join, pass).await,
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
        pass: &SocketPass,
        returning: Returning,
    ) -> Result<Admission, Failure> {
        let Returning { room, member, role } = returning;
        match self.room_by_code(join.code).await? {
            Some(row) if row.id == room && !row.is_open(self.now()) => Err(ended()),
            Some(row) if row.id == room && join.follow == (role == Role::Peer) => {
                let ownership = ownership(&row, join, pass.account());
                let checked = Checked {
                    is_host: ownership != Ownership::None,
                    // Their token outlives their place: who was sent away, or has gone, is a stranger again.
                    lacks_password: role == Role::Peer && row.password_hash.is_some(),
                    shown: self.shown_at_door(join, pass).await?,
                    also: self.names_at_door(&row, ownership, pass).await?,
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

    async fn authorise_newcomer(
        &self,
        join: &Join,
        pass: &SocketPass,
    ) -> Result<Admission, Failure> {
        let row = match self.room_by_code(join.code).await? {
            Some(row) if !row.is_open(self.now()) => return Err(ended()),
            row => row,
        };
        let ownership = row
            .as_ref()
            .map_or(Ownership::None, |row| ownership(row, join, pass.account()));
        let is_host = ownership != Ownership::None;
        let knows_password = is_host
            || self
                .password_fits(row.as_ref(), join.password.clone())
                .await;
        // Who was here before, or is invited, needs no password. Whether somebody may be is looked up without the room,
        // so that it takes as long where there is none.
        let known_in = if knows_password {
            Vec::new()
        } else {
            self.rooms_open_to(join, pass.account()).await?
        };
        let Some(row) = row.filter(|row| knows_password || known_in.contains(&row.id)) else {
            return Err(no_such_room());
        };
        let casts = match ownership {
            // Without a queue the key of whoever opened the room is all it takes to cast.
            Ownership::Key if !row.has_queue => true,
            // Another device of theirs may want to listen as well.
            Ownership::Account => join.cast,
            _ => row.has_queue && join.cast,
        };
        let (role, entry) = match (join.follow, casts) {
            (true, _) => (Role::Peer, Entry::Code),
            (false, true) => (Role::Caster, Entry::HostKey),
            (false, false) => (Role::Listener, Entry::Code),
        };
        let checked = Checked {
            is_host,
            lacks_password: !knows_password,
            shown: self.shown_at_door(join, pass).await?,
            also: self.names_at_door(&row, ownership, pass).await?,
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
    async fn rooms_open_to(
        &self,
        join: &Join,
        account: Option<AccountId>,
    ) -> Result<Vec<RoomId>, Failure> {
        let store = &self.inner.store;
        let failed = |error: StoreError| self.failure(&error);
        let mut rooms = Vec::new();
        let device = join.device_key.as_ref().map(person_of_device);
        for person in device.into_iter().chain(account.map(person_of_account)) {
            let found = store.rooms_of(&person.to_string()).await;
            rooms.extend(found.map_err(failed)?);
        }
        if let Some(invite) = &join.invite {
            let invite = invite_fingerprint(invite);
            rooms.extend(store.rooms_inviting(&invite).await.map_err(failed)?);
        }
        Ok(rooms)
    }

    /// By what names a room with a queue may know whoever comes as a member: whose room it is, or who is signed in. The
    /// key of a guest's own room says no more than that.
    async fn names_at_door(
        &self,
        row: &RoomRow,
        ownership: Ownership,
        pass: &SocketPass,
    ) -> Result<Vec<Principal>, Failure> {
        let account = match ownership {
            Ownership::Key | Ownership::Account => row.account,
            Ownership::None => pass.account(),
        };
        match account {
            Some(account) if row.has_queue => {
                let names = self.names_in_rooms(account).await;
                names.map_err(|error| self.failure(&error))
            }
            _ => Ok(Vec::new()),
        }
    }

    /// Who somebody is by the key that they show. The key of a device that another member said is theirs says nothing of
    /// who is signed in there now.
    async fn shown_at_door(
        &self,
        join: &Join,
        pass: &SocketPass,
    ) -> Result<Option<Principal>, Failure> {
        let device = join.device_key.as_ref().map(person_of_device);
        let (Some(device), Some(account)) = (device, pass.account()) else {
            return Ok(device);
        };
        let name = device.to_string();
        let linked = self.inner.store.account_of_device(&name).await;
        let linked = linked.map_err(|error| self.failure(&error))?;
        let is_anothers = linked.is_some_and(|linked| linked != account);
        Ok(Some(match is_anothers {
            true => person_of_account(account),
            false => device,
        }))
    }

    /// Who a member is in rooms: first as a member, then as the guest of each device that they said is theirs.
    pub(crate) async fn names_in_rooms(
        &self,
        account: AccountId,
    ) -> Result<Vec<Principal>, StoreError> {
        let devices = self.inner.store.devices(account).await?;
        let devices = devices.iter().filter_map(|name| name.parse().ok());
        let own = std::iter::once(person_of_account(account));
        Ok(own.chain(devices).collect())
    }
}

fn ownership(row: &RoomRow, join: &Join, account: Option<AccountId>) -> Ownership {
    let key = join.device_key.as_ref();
    // Whoever shares a browser with another member holds that one's keys.
    let is_anothers = account.is_some() && row.account.is_some() && account != row.account;
    if !is_anothers && key.is_some_and(|key| device_key_hash(key) == row.host_key_hash) {
        Ownership::Key
    } else if account.is_some() && account == row.account {
        Ownership::Account
    } else {
        Ownership::None
    }
}

/// By what right somebody comes into a room with a queue, or wants to follow one that is not there.
fn claim(row: &RoomRow, join: &Join, checked: Checked) -> Option<Claim> {
    let Checked {
        is_host,
        lacks_password,
        shown,
        also,
    } = checked;
    match shown {
        Some(principal) if join.follow => Some(Claim::Follow(Follower {
            principal,
            also,
            is_owner: is_host,
            invite: join.invite.clone(),
            lacks_password,
            last: join.last,
        })),
        principal => row.has_queue.then_some(Claim::Attend(Attendant {
            principal,
            also,
            lacks_password,
        })),
    }
}

/// Whoever opens a room owns it: a member on each of their devices, a guest on this one.
pub(super) fn opener(key: &Secret<String>, account: Option<AccountId>) -> Claim {
    Claim::Follow(Follower {
        principal: account.map_or_else(|| person_of_device(key), person_of_account),
        also: Vec::new(),
        is_owner: true,
        invite: None,
        lacks_password: false,
        last: None,
    })
}
