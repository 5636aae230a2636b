//! Saved rooms: a name and a code that stay a member's, for as long as they want.

use std::time::Duration;

use account::plans::Offer;
use base::{AccountId, EntryId, Personal, ReferenceId, Secret, Timestamp};
use protocol::{Hue, RoomCode};
use serde::Serialize;
use store::{SavedRoom, Saving, StoreError, StoredPassword};
use utoipa::ToSchema;

use crate::{App, Caller, LiveSession};

/// The longest name of a saved room, in characters.
const NAME_CHARS_MAX: usize = 60;
/// Digits of a code that is drawn: nobody guesses it in a year, and it stays for as long.
pub(crate) const SAVED_CODE_LENGTH: usize = 8;
/// Codes drawn before giving up; each is free with a chance far above 99 %.
const CODE_DRAWS_MAX: u32 = 8;

/// A saved room, as its owner sees it.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct SavedRoomView {
    /// Its name here.
    #[schema(value_type = String)]
    pub id: EntryId,
    /// What its owner calls it.
    #[schema(value_type = String)]
    pub name: Personal<String>,
    /// What people type.
    #[schema(value_type = String)]
    pub code: RoomCode,
    /// Its colour, 0 to 11.
    #[schema(value_type = u8)]
    pub hue: Hue,
    /// A password is asked of those who type the code.
    pub has_password: bool,
    /// It opens with a queue.
    pub has_queue: bool,
    /// The host approves each listener.
    pub ask_first: bool,
    /// When it was saved, Unix ms.
    #[schema(value_type = i64)]
    pub saved_at: Timestamp,
    /// The plan opens it. One that sleeps is kept, copied and deleted as ever.
    pub is_awake: bool,
    /// It is open now.
    pub is_open: bool,
}

/// The saved rooms of a member.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct SavedRoomsView {
    /// The oldest first.
    pub rooms: Vec<SavedRoomView>,
    /// How many the plan allows.
    pub rooms_max: usize,
    /// Whether a code may be chosen.
    pub has_custom_code: bool,
    /// Whether there is a plan that would allow more.
    pub sells_more: bool,
}

/// A room that is to be saved.
pub struct NewSavedRoom {
    /// What its owner calls it.
    pub name: String,
    /// What people are to type. None: one is drawn.
    pub code: Option<String>,
    /// Asked of those who type the code; 1 to 72 bytes.
    pub password: Option<Secret<String>>,
    /// Whether it opens with a queue.
    pub has_queue: bool,
    /// Whether the host approves each listener.
    pub ask_first: bool,
}

/// What of a saved room is to be another.
#[derive(Default)]
pub struct SavedRoomChange {
    /// Its name.
    pub name: Option<String>,
    /// Its password; an empty one takes it away.
    pub password: Option<Secret<String>>,
}

/// Why a saved room is not kept, or not changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SavingRefusal {
    /// The plan saves none.
    NotInPlan,
    /// The plan saves no more than there are.
    TooMany,
    /// A name has 1 to 60 characters that print.
    BadName,
    /// A code has 6 to 12 digits and letters, without U.
    BadCode,
    /// A password has 1 to 72 bytes.
    BadPassword,
    /// Somebody has this code.
    CodeTaken,
    /// Too many codes that are taken, or too many passwords.
    TooManyTries {
        /// How long to wait.
        wait: Duration,
    },
    /// There is no such room, or it is somebody else's.
    NotYours,
    /// We failed; the log has the same reference.
    Failed(ReferenceId),
}

impl App {
    /// The saved rooms of a member, also those that sleep.
    pub async fn saved_rooms(
        &self,
        session: &LiveSession,
    ) -> Result<SavedRoomsView, SavingRefusal> {
        let failed = |error| self.saving_failure(&error);
        let (account, now) = (session.account(), self.now());
        let saved = self
            .inner
            .store
            .saved_rooms(account)
            .await
            .map_err(failed)?;
        let entitlements = self.entitlements(Some(account)).await.map_err(failed)?;
        let open = self.inner.store.open_codes(account, now).await;
        let open = open.map_err(failed)?;
        let rooms = saved.into_iter().enumerate().map(|(age, room)| {
            let is_open = open.contains(&room.code);
            view(room, entitlements.is_awake(age), is_open)
        });
        let rooms = rooms.collect();
        Ok(SavedRoomsView {
            rooms,
            rooms_max: entitlements.saved_rooms_max,
            has_custom_code: entitlements.has_custom_code(),
            sells_more: *self.offer() != Offer::Everything && entitlements.limits.is_some(),
        })
    }

    /// Saves a room. Its code is nobody else's from now on.
    pub async fn save_room(
        &self,
        caller: &Caller,
        session: &LiveSession,
        new: NewSavedRoom,
    ) -> Result<SavedRoomView, SavingRefusal> {
        let account = session.account();
        let entitlements = self.entitlements(Some(account)).await;
        let entitlements = entitlements.map_err(|error| self.saving_failure(&error))?;
        let rooms_max = entitlements.saved_rooms_max;
        if rooms_max == 0 {
            return Err(SavingRefusal::NotInPlan);
        }
        let saved = self.inner.store.saved_rooms(account).await;
        if saved.map_err(|error| self.saving_failure(&error))?.len() >= rooms_max {
            return Err(SavingRefusal::TooMany);
        }
        let name = good_name(&new.name)?;
        let chosen = new.code.as_deref().map(good_code).transpose()?;
        let password = new.password.map(good_password).transpose()?;
        if chosen.is_some() {
            self.may_ask_for_code(caller)?;
        }
        let password_hash = match password {
            Some(password) => Some(self.hash_of(account, password).await?),
            None => None,
        };
        let mut room = SavedRoom {
            id: EntryId::new(self.entropy()),
            name,
            code: chosen.unwrap_or_else(|| RoomCode::random(SAVED_CODE_LENGTH, self.entropy())),
            password_hash,
            has_queue: new.has_queue,
            ask_first: new.ask_first,
            saved_at: self.now(),
        };
        for _ in 0..CODE_DRAWS_MAX {
            let saving = self.inner.store.save_room(account, &room, rooms_max).await;
            match saving.map_err(|error| self.saving_failure(&error))? {
                Saving::Saved => return Ok(view(room, true, false)),
                Saving::TooMany => return Err(SavingRefusal::TooMany),
                Saving::CodeTaken if chosen.is_some() => {
                    // It says that a room answers to this code, as a wrong try at the door does not.
                    self.gate().count_wrong_try(caller.client, self.now());
                    return Err(SavingRefusal::CodeTaken);
                }
                Saving::CodeTaken => {
                    room.code = RoomCode::random(SAVED_CODE_LENGTH, self.entropy());
                }
            }
        }
        Err(SavingRefusal::CodeTaken)
    }

    fn may_ask_for_code(&self, caller: &Caller) -> Result<(), SavingRefusal> {
        let may = self.gate().may_try(caller.client, self.now());
        may.map_err(|failure| SavingRefusal::TooManyTries {
            wait: Duration::from_secs(failure.retry_after_s.unwrap_or(1).into()),
        })
    }

    /// Changes a saved room. One that sleeps is changed as ever; one that is open keeps its password until it closes.
    pub async fn change_saved_room(
        &self,
        session: &LiveSession,
        id: EntryId,
        change: SavedRoomChange,
    ) -> Result<(), SavingRefusal> {
        let (account, store) = (session.account(), &self.inner.store);
        let failed = |error| self.saving_failure(&error);
        let saved = store.saved_rooms(account).await.map_err(failed)?;
        if !saved.iter().any(|room| room.id == id) {
            return Err(SavingRefusal::NotYours);
        }
        let name = change.name.as_deref().map(good_name).transpose()?;
        let password = match change.password {
            None => StoredPassword::Same,
            Some(none) if none.expose().is_empty() => StoredPassword::None,
            Some(password) => {
                let password = good_password(password)?;
                StoredPassword::Hash(self.hash_of(account, password).await?)
            }
        };
        let changed = store.change_saved_room(account, id, name.as_ref(), &password);
        match changed.await.map_err(failed)? {
            true => Ok(()),
            false => Err(SavingRefusal::NotYours),
        }
    }

    /// Lets a saved room and its code go. One that is open goes on as any other.
    pub async fn delete_saved_room(
        &self,
        session: &LiveSession,
        id: EntryId,
    ) -> Result<(), SavingRefusal> {
        let deleted = self
            .inner
            .store
            .delete_saved_room(session.account(), id)
            .await;
        match deleted.map_err(|error| self.saving_failure(&error))? {
            true => Ok(()),
            false => Err(SavingRefusal::NotYours),
        }
    }

    async fn hash_of(
        &self,
        account: AccountId,
        password: Secret<String>,
    ) -> Result<Secret<String>, SavingRefusal> {
        let may = self.inner.plans.pace.take_password(account, self.now());
        may.map_err(|wait| SavingRefusal::TooManyTries { wait })?;
        Ok(Secret::new(self.inner.passwords.hash(password).await))
    }

    fn saving_failure(&self, error: &StoreError) -> SavingRefusal {
        let reference = self.reference();
        tracing::error!(%reference, %error, "the store failed");
        SavingRefusal::Failed(reference)
    }
}

fn view(room: SavedRoom, is_awake: bool, is_open: bool) -> SavedRoomView {
    SavedRoomView {
        id: room.id,
        name: room.name,
        code: room.code,
        hue: Hue::of(room.code),
        has_password: room.password_hash.is_some(),
        has_queue: room.has_queue,
        ask_first: room.ask_first,
        saved_at: room.saved_at,
        is_awake,
        is_open,
    }
}

pub(crate) fn good_name(name: &str) -> Result<Personal<String>, SavingRefusal> {
    let name = name.trim();
    let is_good =
        (1..=NAME_CHARS_MAX).contains(&name.chars().count()) && !name.chars().any(char::is_control);
    match is_good {
        true => Ok(Personal::new(name.to_owned())),
        false => Err(SavingRefusal::BadName),
    }
}

fn good_password(password: Secret<String>) -> Result<Secret<String>, SavingRefusal> {
    match (1..=protocol::PASSWORD_BYTES_MAX).contains(&password.expose().len()) {
        true => Ok(password),
        false => Err(SavingRefusal::BadPassword),
    }
}

fn good_code(code: &str) -> Result<RoomCode, SavingRefusal> {
    code.parse().map_err(|_| SavingRefusal::BadCode)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_short_and_prints() {
        for bad in ["", "  ", "a\nb", &"x".repeat(61)] {
            assert_eq!(good_name(bad), Err(SavingRefusal::BadName), "{bad:?}");
        }
        assert_eq!(good_name(" Friday ").unwrap().expose(), "Friday");
    }
}
