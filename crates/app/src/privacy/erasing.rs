//! Everything of somebody goes: out of rooms first, then out of every table at once.

use std::time::Duration;

use base::{AccountId, ReceiptId, RoomId, Timestamp};
use outbound::Letter;
use privacy::Subject;
use room::Principal;
use store::{ACCOUNTS, AccountRow, BATCH_MAX, Begun, Counts, NewMail, StoreError, Unfinished};
use tokio::sync::oneshot;

use super::{RightsRefusal, language_of};
use crate::accounts::new_mail;
use crate::room_task::{Leavetaking, Wish};
use crate::{AccountRefusal, App, LiveSession};

/// How long a member may take an erasure back.
const REGRET: Duration = Duration::from_secs(7 * 24 * 60 * 60);
/// Tries to take somebody out of a room that is just being loaded or let go of.
const TRIES_MAX: u32 = 8;

/// What shows that an erasure was done. It names nobody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Receipt {
    /// Its name in the ledger.
    pub id: ReceiptId,
    /// When it was done.
    pub at: Timestamp,
    /// How many rows of which table.
    pub counts: Counts,
}

/// Who is told that everything of theirs is gone, and in which language.
#[derive(Clone, Copy)]
pub(crate) struct Told<'a> {
    pub(crate) owner: &'a AccountRow,
    pub(crate) language: &'a str,
}

impl App {
    /// Erases everything of a guest, at once and for good. One of whom nothing is held gets the receipt alone.
    pub async fn erase(&self, subject: &Subject) -> Result<Receipt, RightsRefusal> {
        self.erase_and_tell(subject, None).await
    }

    /// Erases everything of `subject`, and writes to whoever owned an account.
    pub(crate) async fn erase_and_tell(
        &self,
        subject: &Subject,
        told: Option<Told<'_>>,
    ) -> Result<Receipt, RightsRefusal> {
        if subject.is_nobody() {
            return Err(RightsRefusal::Nobody);
        }
        let failed = |error| self.rights_failure(&error);
        let now = self.now();
        let id = ReceiptId::new(now, self.entropy());
        if subject.account().is_none() {
            let counts = self.inner.store.counts_of(subject).await.map_err(failed)?;
            // Rooms are counted too, so none is theirs. The ledger knows who was erased, not whoever invents keys.
            if counts.is_empty() {
                return Ok(Receipt {
                    id,
                    at: now,
                    counts,
                });
            }
        }
        let digest = self.ledger_digest(subject).await.map_err(failed)?;
        let begun = self.inner.store.begin_erasure(id, subject, &digest, now);
        if begun.await.map_err(failed)? == Begun::UnderWay {
            return Err(RightsRefusal::BeingErased);
        }
        let names = match subject.account() {
            Some(_) => self.further_digests(subject).await,
            None => self.further_digests_of_guest(subject).await,
        };
        let names = names.map_err(failed)?;
        let receipt = self.complete_erasure(id, subject, &names, told).await;
        let receipt = receipt.map_err(failed)?;
        // Of two who ask at once, one hears that it is done and the other that nobody is there any more.
        let is_done_before = subject.account().is_some() && !receipt.counts.contains_key(ACCOUNTS);
        match is_done_before {
            true => Err(RightsRefusal::NoAccount),
            false => Ok(receipt),
        }
    }

    /// Erases the row of `table` that `item` names, or all of the kind, for the member behind a session. Gives how many
    /// went.
    pub async fn erase_part(
        &self,
        session: &LiveSession,
        table: &str,
        item: Option<&str>,
    ) -> Result<u64, AccountRefusal> {
        let subject = self.subject_of_account(session.account()).await?;
        let erased = self.inner.store.erase_rows(table, &subject, item).await;
        let erased = erased.map_err(|error| self.account_failure(&error))?;
        erased.ok_or(AccountRefusal::NotYours)
    }

    /// Says that everything of an account is to go in seven days, unless its owner takes that back. Gives the moment.
    pub async fn erase_later(&self, account: AccountId) -> Result<Timestamp, RightsRefusal> {
        let at = self.now().after(REGRET);
        self.set_erasure(account, Some(at)).await?;
        Ok(at)
    }

    /// Takes an erasure back that has not begun.
    pub async fn keep_account(&self, account: AccountId) -> Result<(), RightsRefusal> {
        self.set_erasure(account, None).await
    }

    async fn set_erasure(
        &self,
        account: AccountId,
        at: Option<Timestamp>,
    ) -> Result<(), RightsRefusal> {
        let set = self.inner.store.set_erase_at(account, at).await;
        match set.map_err(|error| self.rights_failure(&error))? {
            true => Ok(()),
            false => Err(RightsRefusal::NoAccount),
        }
    }

    /// Completes the erasures that were begun at least `apart` from now and so were cut off: at the start all of them. One
    /// that was begun ahead of now was cut off as well, for the clock was set back since. One that fails keeps no other from
    /// being done. It is tried again, and until then its account is locked: whoever is being erased is not served. An error
    /// says that somebody could not be locked either.
    pub(crate) async fn complete_erasures(
        &self,
        now: Timestamp,
        apart: Duration,
    ) -> Result<(), StoreError> {
        let mut all_held = Ok(());
        for cut_off in self.inner.store.unfinished_erasures().await? {
            let begun_at = cut_off.begun_at;
            if now.since(begun_at).max(begun_at.since(now)) < apart {
                continue;
            }
            if let Err(error) = self.complete_cut_off(&cut_off).await {
                let reference = self.reference();
                tracing::error!(%reference, %error, "an erasure could not be completed; its account is locked until it is");
                all_held = self.hold(&cut_off.subject).await.and(all_held);
            }
        }
        all_held
    }

    /// Completes an erasure, and sends the owner of the account the receipt that whoever began it could not.
    async fn complete_cut_off(&self, cut_off: &Unfinished) -> Result<(), StoreError> {
        let owner = match cut_off.subject.account().map(str::parse) {
            // Whom a restore has brought back was written to when they went.
            Some(Ok(account)) if !cut_off.was_done_before => {
                self.inner.store.account(account).await?
            }
            Some(_) | None => None,
        };
        let told = owner.as_ref().map(|owner| Told {
            owner,
            language: language_of(owner).tag(),
        });
        // Rooms may have let go of some of these names already.
        let names = self.further_digests(&cut_off.subject).await?;
        let completed = self.complete_erasure(cut_off.id, &cut_off.subject, &names, told);
        completed.await.map(|_| ())
    }

    /// Locks the account of somebody who is being erased. Without one there is nothing to sign in to.
    async fn hold(&self, subject: &Subject) -> Result<(), StoreError> {
        match subject.account().map(str::parse) {
            Some(Ok(account)) => self.set_locked(account, true).await,
            Some(Err(_)) | None => Ok(()),
        }
    }

    /// Erases the accounts whose owners have not come back in time.
    pub(crate) async fn erase_due(&self, now: Timestamp) -> Result<(), StoreError> {
        for account in self.inner.store.accounts_to_erase(now, BATCH_MAX).await? {
            if self.erase_now(account).await.is_err() {
                let reference = self.reference();
                tracing::error!(%reference, "an account could not be erased; trying again in a minute");
            }
        }
        Ok(())
    }

    /// Erases an account, with what it has elsewhere, and writes to its owner in the language of the account.
    async fn erase_now(&self, account: AccountId) -> Result<(), AccountRefusal> {
        let row = self.inner.store.account(account).await;
        match row.map_err(|error| self.account_failure(&error))? {
            Some(row) => {
                let language = language_of(&row).tag();
                self.erase_account(account, language).await.map(|_| ())
            }
            None => Ok(()),
        }
    }

    async fn complete_erasure(
        &self,
        id: ReceiptId,
        subject: &Subject,
        names: &[[u8; 32]],
        told: Option<Told<'_>>,
    ) -> Result<Receipt, StoreError> {
        for room in self.inner.store.rooms_opened_by(subject).await? {
            self.end_room(room).await?;
        }
        self.leave_rooms(subject).await?;
        self.begin_farewell(subject).await?;
        let at = self.now();
        let letter = told.and_then(|told| self.receipt_letter(id, told));
        let store = &self.inner.store;
        let erased = store
            .erase_and_tell(id, subject, (names, letter.as_ref()), at)
            .await;
        // Also when it failed: what was done before may wait for them.
        self.inner.till.wake();
        self.inner.accounts.revocation_waits.notify_one();
        self.inner.accounts.mail_waits.notify_one();
        let counts = erased?;
        Ok(Receipt { id, at, counts })
    }

    /// The receipt for whoever owned an account. It is the last letter, and the address goes with it.
    fn receipt_letter(&self, id: ReceiptId, told: Told<'_>) -> Option<NewMail> {
        let letter = Letter::Erased {
            receipt: id.to_string(),
        };
        let (email, drawn) = (told.owner.email.as_ref()?, (self.now(), self.entropy()));
        Some(new_mail(None, email, told.language, &letter, drawn))
    }

    /// A room ends with whoever opened it, and everybody in it is told.
    async fn end_room(&self, room: RoomId) -> Result<(), StoreError> {
        if let Some(mailbox) = self.inner.bus.mailbox(room) {
            // A room that is just being let go of has nobody to tell.
            let _ = mailbox.send(Wish::End).await;
        }
        self.inner.store.close_room(room, self.now()).await?;
        Ok(())
    }

    /// Takes somebody out of the rooms of others, which stay whole.
    async fn leave_rooms(&self, subject: &Subject) -> Result<(), StoreError> {
        let names = subject.principals();
        let principals: Vec<Principal> = names.iter().filter_map(|it| it.parse().ok()).collect();
        for _ in 0..TRIES_MAX {
            let mut is_out = true;
            for name in names {
                for room in self.inner.store.rooms_telling_of(name).await? {
                    is_out = false;
                    self.leave_room(room, &principals).await?;
                }
            }
            if is_out {
                return Ok(());
            }
        }
        Err(StoreError::Busy)
    }

    async fn leave_room(&self, room: RoomId, principals: &[Principal]) -> Result<(), StoreError> {
        // One that has ended meanwhile keeps nothing of anybody.
        let Ok(Some(mailbox)) = self.wake(room).await else {
            self.inner.store.forget_closed_queues().await?;
            return Ok(());
        };
        let (answer, answered) = oneshot::channel();
        let leaving = Leavetaking {
            principals: principals.to_vec(),
            answer,
        };
        if mailbox.send(Wish::Erase(Box::new(leaving))).await.is_ok() {
            // What was not settled is tried again by whoever looks for the rooms that are left.
            let _ = answered.await;
        }
        Ok(())
    }
}
