//! What people limit, object to, allow and refuse.

use base::{AccountId, ConsentId, Personal, RoomId, Timestamp};
use privacy::{Basis, Purpose, RequestKind, word};
use store::{ConsentRow, inventory};

use super::asking::Asker;
use crate::accounts::Caller;
use crate::accounts::news::News;
use crate::accounts::pace::Written;
use crate::room_task::Wish;
use crate::{AccountRefusal, App, LiveSession, ProfileChange};

/// Days that history is kept for who takes an objection back: the fewest that there are.
const DAYS_AFTER_OBJECTION: i64 = 30;
/// A purpose that rests on a legitimate interest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ObjectionView {
    /// The purpose.
    pub purpose: Purpose,
    /// Since when the member objects to it.
    pub since: Option<Timestamp>,
    /// Whether it ends by itself at once; else whoever runs the server must weigh it and answer.
    pub ends_at_once: bool,
}

/// Something that can be allowed or refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConsentView {
    /// What it is about: the name of a player.
    pub matter: &'static str,
    /// Who would receive data by it.
    pub recipient: &'static str,
    /// What was chosen, the latest first.
    pub choices: Vec<ConsentRow>,
}

impl ConsentView {
    /// What counts now; nothing was chosen at first.
    #[must_use]
    pub fn is_given(&self) -> Option<bool> {
        self.choices.first().map(|choice| choice.is_given)
    }
}

/// The purposes that rest on a legitimate interest, each once.
fn objectionable() -> Vec<Purpose> {
    let mut purposes = Vec::new();
    for (_, rule) in inventory().rules() {
        if rule.basis == Basis::LegitimateInterest && !purposes.contains(&rule.purpose) {
            purposes.push(rule.purpose);
        }
    }
    purposes
}

/// Whether the program itself ends what is done for a purpose.
const fn ends_at_once(purpose: Purpose) -> bool {
    matches!(purpose, Purpose::History)
}

impl App {
    /// Limits what is done with an account's data to keeping it (GDPR, Article 18), or lifts that. What is so already stays,
    /// with its date.
    pub async fn restrict(
        &self,
        caller: &Caller,
        session: &LiveSession,
        is_on: bool,
    ) -> Result<(), AccountRefusal> {
        let since = is_on.then(|| self.now());
        let (account, store) = (session.account(), &self.inner.store);
        let failed = |error| self.account_failure(&error);
        let row = store.account(account).await.map_err(failed)?;
        let row = row.ok_or(AccountRefusal::NotSignedIn)?;
        if row.restricted_at.is_some() == is_on {
            return Ok(());
        }
        if is_on {
            let pace = &self.inner.accounts.pace;
            pace.take(account, Written::Restricted, self.now())?;
        }
        if !store.set_restricted(account, since).await.map_err(failed)? {
            return Err(AccountRefusal::NotSignedIn);
        }
        let subject = self.subject_of_account(account).await?;
        for room in store.rooms_opened_by(&subject).await.map_err(failed)? {
            if let Some(mailbox) = self.inner.bus.mailbox(room) {
                // One that is just being let go of is in no directory.
                let _ = mailbox.send(Wish::KeepUnlisted(is_on)).await;
            }
        }
        let news = match is_on {
            true => News::Restricted,
            false => News::RestrictionLifted,
        };
        self.tell(caller, account, news).await;
        Ok(())
    }

    /// Whether whoever opened a room wants nothing of theirs to be used. One of which that cannot be known is not shown.
    pub(crate) async fn is_unlisted(&self, room: RoomId) -> bool {
        let restricted = self.inner.store.is_of_restricted(room).await;
        restricted.unwrap_or_else(|error| {
            let _ = self.account_failure(&error);
            true
        })
    }

    /// The purposes that a member may object to.
    pub async fn objections(
        &self,
        session: &LiveSession,
    ) -> Result<Vec<ObjectionView>, AccountRefusal> {
        let made = self.inner.store.objections(session.account()).await;
        let made = made.map_err(|error| self.account_failure(&error))?;
        let views = objectionable().into_iter().map(|purpose| {
            let name = word(&purpose);
            let objection = made.iter().find(|(one, _)| *one == name);
            ObjectionView {
                purpose,
                since: objection.map(|(_, at)| *at),
                ends_at_once: ends_at_once(purpose),
            }
        });
        Ok(views.collect())
    }

    /// A member objects to what is done for a purpose (GDPR, Article 21), or takes that back. What the program cannot end
    /// by itself becomes a request that must be answered.
    pub async fn object(
        &self,
        session: &LiveSession,
        purpose: &str,
        is_on: bool,
    ) -> Result<(), AccountRefusal> {
        let mut purposes = objectionable().into_iter();
        let purpose = purposes
            .find(|one| word(one) == purpose)
            .ok_or(AccountRefusal::NotYours)?;
        if purpose == Purpose::History {
            let days = if is_on { 0 } else { DAYS_AFTER_OBJECTION };
            let change = ProfileChange {
                history_days: Some(days),
                ..ProfileChange::default()
            };
            return self.change_profile(session, change).await.map(|_| ());
        }
        let objections = self.objections(session).await?;
        let is_new = objections
            .iter()
            .any(|one| one.purpose == purpose && one.since.is_none());
        if is_on && is_new {
            self.take_objection_down(session.account(), purpose).await?;
        }
        self.note_objection(session.account(), purpose, is_on).await
    }

    /// How long history is kept was chosen: not at all is an objection.
    pub(crate) async fn history_was_chosen(
        &self,
        account: AccountId,
        days: i64,
    ) -> Result<(), AccountRefusal> {
        self.note_objection(account, Purpose::History, days == 0)
            .await
    }

    async fn note_objection(
        &self,
        account: AccountId,
        purpose: Purpose,
        is_on: bool,
    ) -> Result<(), AccountRefusal> {
        let (store, name) = (&self.inner.store, word(&purpose));
        let done = match is_on {
            true => store.object(account, &name, self.now()).await,
            false => store.withdraw_objection(account, &name).await,
        };
        done.map_err(|error| self.account_failure(&error))
    }

    /// Who takes an objection back and makes it again has asked once.
    async fn take_objection_down(
        &self,
        account: AccountId,
        purpose: Purpose,
    ) -> Result<(), AccountRefusal> {
        let (kind, words) = (RequestKind::Objection, word(&purpose));
        let waits = self.inner.store.waits_for(account, kind, &words).await;
        if waits.map_err(|error| self.account_failure(&error))? {
            return Ok(());
        }
        let message = Some(Personal::new(words));
        self.take_down(Asker::Member(account), kind, message).await
    }

    /// What a member may allow or refuse, with what they chose before.
    pub async fn consents(
        &self,
        session: &LiveSession,
    ) -> Result<Vec<ConsentView>, AccountRefusal> {
        let made = self.inner.store.consents(session.account()).await;
        let made = made.map_err(|error| self.account_failure(&error))?;
        // What is asked about each time anew is no choice that could be kept.
        let kept = inventory().embed.iter();
        let kept = kept.filter(|(_, embed)| embed.consent.is_some());
        let views = kept.map(|(matter, embed)| {
            let of_it = made.iter().filter(|choice| choice.matter == *matter);
            ConsentView {
                matter,
                recipient: &embed.recipient,
                choices: of_it.cloned().collect(),
            }
        });
        Ok(views.collect())
    }

    /// Keeps that something was allowed or refused. Both are one act, and each has its date.
    pub async fn consent(
        &self,
        session: &LiveSession,
        matter: &str,
        is_given: bool,
    ) -> Result<(), AccountRefusal> {
        let known = self.consents(session).await?;
        let known = known.iter().find(|one| one.matter == matter);
        let known = known.ok_or(AccountRefusal::NotYours)?;
        if known.is_given() == Some(is_given) {
            return Ok(());
        }
        let now = self.now();
        let consent = ConsentRow {
            matter: matter.to_owned(),
            is_given,
            made_at: now,
        };
        let id = ConsentId::new(now, self.entropy());
        let kept = self
            .inner
            .store
            .insert_consent(id, session.account(), &consent)
            .await;
        kept.map_err(|error| self.account_failure(&error))
    }

    /// Whether a member has refused the player called `name`, on every device.
    pub async fn refuses_player(&self, session: &LiveSession, name: &str) -> bool {
        let consents = self.consents(session).await.unwrap_or_default();
        let mut of_it = consents.iter().filter(|one| one.matter == name);
        of_it.any(|one| one.is_given() == Some(false))
    }
}
