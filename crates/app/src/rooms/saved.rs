//! Opening a saved room, and whose free session a room belongs to.

use base::{AccountId, EntryId, RoomId};
use protocol::{Create, CreateQueue, ErrorCode, Failure, Join, RoomCode};
use room::switchboard::ROOM_LIFE;
use store::{Holder, NewRoom, RoomRow, SavedRoom, StoreError};

use super::first_state;
use crate::access::{device_key_hash, person_of_device};
use crate::plans::resting_until;
use crate::room_task::following::no_such_room;
use crate::room_task::plan::RoomPlan;
use crate::{App, SocketPass};
use account::plans::{FreeSession, Offer};

impl App {
    /// A member's saved room that their plan allows to open.
    pub(super) async fn saved_room_to_open(
        &self,
        id: EntryId,
        account: Option<AccountId>,
    ) -> Result<SavedRoom, Failure> {
        let failed = |error: StoreError| self.failure(&error);
        let Some(account) = account else {
            let message = "sign in: saved rooms are opened by whoever saved them";
            return Err(Failure::new(ErrorCode::Forbidden, message));
        };
        let mut saved = self
            .inner
            .store
            .saved_rooms(account)
            .await
            .map_err(failed)?;
        let age = saved.iter().position(|room| room.id == id);
        let age = age.ok_or_else(no_such_room)?;
        let entitlements = self.entitlements(Some(account)).await.map_err(failed)?;
        if !entitlements.is_awake(age) {
            let message = "the plan does not open this saved room; it is kept";
            return Err(Failure::new(ErrorCode::Asleep, message));
        }
        Ok(saved.swap_remove(age))
    }

    /// Whether the room under `code` is open, and the member's.
    pub(super) async fn is_open_of(
        &self,
        code: RoomCode,
        account: Option<AccountId>,
    ) -> Result<bool, Failure> {
        let row = self.room_by_code(code).await?;
        let now = self.now();
        Ok(row.is_some_and(|row| row.is_open(now) && row.account == account))
    }

    /// A room as it was saved.
    pub(super) fn saved_anew(
        &self,
        saved: SavedRoom,
        create: &Create,
        account: Option<AccountId>,
    ) -> NewRoom {
        let now = self.now();
        let queue = saved.has_queue.then(|| CreateQueue {
            title: Some(saved.name.expose().clone()),
            ..create.queue.clone().unwrap_or_default()
        });
        NewRoom {
            id: RoomId::new(now, self.entropy()),
            code: saved.code,
            password_hash: saved.password_hash,
            host_key_hash: device_key_hash(&create.device_key),
            account,
            guest: None,
            is_saved: true,
            ask_first: saved.ask_first,
            created_at: now,
            expires_at: now.after(ROOM_LIFE),
            queue: queue.map(|queue| first_state(queue, now)),
        }
    }

    /// Begins a free session of whoever opens a room, where their plan has an end, or goes on with the one that runs.
    /// Gives what stands for a guest, where that is to be kept.
    pub(super) async fn begin_to_host(
        &self,
        create: &Create,
        pass: &SocketPass,
    ) -> Result<Option<String>, Failure> {
        if *self.offer() == Offer::Everything {
            return Ok(None);
        }
        let failed = |error: StoreError| self.failure(&error);
        let key = create.session_key.as_ref().unwrap_or(&create.device_key);
        let guest = person_of_device(key).to_string();
        let as_guest = Holder::Guest(guest.clone());
        let holder = pass.account().map_or(as_guest.clone(), Holder::Account);
        if let Some(limits) = self.limits_of(&holder).await.map_err(failed)? {
            // Signing in does not end the pause of the guest who they were.
            let before = self.free_session(&as_guest).await.map_err(failed)?;
            if let FreeSession::Resting(resting) = before {
                return Err(resting_until(resting.free_again, self.now()));
            }
            let begun = self.begin_free_session(&holder, limits, Some(pass.client()));
            begun.await.map_err(|why| self.not_begun(why))?;
        }
        Ok(pass.account().is_none().then_some(guest))
    }

    /// What limits a room, where plans count and it is known whose it is.
    pub(super) fn plan_in(&self, row: &RoomRow) -> Option<Box<RoomPlan>> {
        if *self.offer() == Offer::Everything {
            return None;
        }
        let as_guest = || row.guest.clone().map(Holder::Guest);
        let holder = row.account.map(Holder::Account).or_else(as_guest)?;
        Some(Box::new(RoomPlan::of(holder)))
    }
}

/// How whoever saved a room comes back to it while it is open.
pub(super) fn join_saved(saved: &SavedRoom, create: &Create) -> Join {
    Join {
        version: create.version,
        code: saved.code,
        password: None,
        device: create.device.clone(),
        device_key: Some(create.device_key.clone()),
        resume: None,
        hide_address: create.hide_address,
        follow: saved.has_queue,
        cast: !saved.has_queue,
        last: None,
        invite: None,
    }
}
