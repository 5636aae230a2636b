//! What people asked for, and until when they must be answered; what they object to, allow and refuse.

use std::time::Duration;

use base::{AccountId, ConsentId, Personal, RequestId, Timestamp};
use privacy::{Basis, Purpose};
use store::{ConsentRow, RequestRow, inventory};

use super::RightsRefusal;
use crate::App;

const DAY: Duration = Duration::from_secs(24 * 60 * 60);
/// How long an answer may take: the stricter of one month (GDPR, Article 12(3)) and 45 days (CCPA).
pub const ANSWER_WITHIN: Duration = Duration::from_secs(30 * DAY.as_secs());
/// After so long the queue warns.
const WARN_AFTER: Duration = Duration::from_secs(20 * DAY.as_secs());
/// After so long it is red.
const ALARM_AFTER: Duration = Duration::from_secs(28 * DAY.as_secs());
/// Requests that are shown at once.
const SHOWN_MAX: u32 = 500;

/// How much time is left to answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Urgency {
    /// It is answered.
    Answered,
    /// More than ten days.
    Calm,
    /// Ten days or less.
    Soon,
    /// Two days or less.
    Now,
    /// None.
    Late,
}

/// A request, with its clock.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequestView {
    /// What is kept of it.
    pub request: RequestRow,
    /// Until when it must be answered.
    pub due_at: Timestamp,
    /// How much time is left.
    pub urgency: Urgency,
}

impl RequestView {
    fn of(request: RequestRow, now: Timestamp) -> Self {
        let asked = request.asked_at;
        let urgency = match request.answered_at {
            Some(_) => Urgency::Answered,
            None if now >= asked.after(ANSWER_WITHIN) => Urgency::Late,
            None if now >= asked.after(ALARM_AFTER) => Urgency::Now,
            None if now >= asked.after(WARN_AFTER) => Urgency::Soon,
            None => Urgency::Calm,
        };
        Self {
            request,
            due_at: asked.after(ANSWER_WITHIN),
            urgency,
        }
    }
}

impl App {
    /// Takes down what somebody asked for. Who has an account is known; who wrote must be found to be who they say.
    pub async fn take_request(
        &self,
        kind: &str,
        account: Option<AccountId>,
        contact: Option<Personal<String>>,
    ) -> Result<RequestId, RightsRefusal> {
        let now = self.now();
        let request = RequestRow {
            id: RequestId::new(now, self.entropy()),
            account,
            kind: kind.to_owned(),
            contact,
            asked_at: now,
            checked_at: account.map(|_| now),
            answered_at: None,
            outcome: None,
        };
        let kept = self.inner.store.insert_request(&request).await;
        kept.map_err(|error| self.rights_failure(&error))?;
        Ok(request.id)
    }

    /// What waits for an answer, and what was answered lately.
    pub async fn requests(&self) -> Result<Vec<RequestView>, RightsRefusal> {
        let rows = self.inner.store.requests(SHOWN_MAX).await;
        let rows = rows.map_err(|error| self.rights_failure(&error))?;
        let now = self.now();
        Ok(rows
            .into_iter()
            .map(|row| RequestView::of(row, now))
            .collect())
    }

    /// Notes that whoever asked was found to be who they say.
    pub async fn check_request(&self, id: RequestId) -> Result<(), RightsRefusal> {
        let checked = self.inner.store.check_request(id, self.now()).await;
        self.must(checked)
    }

    /// Notes how a request was answered.
    pub async fn answer_request(&self, id: RequestId, outcome: &str) -> Result<(), RightsRefusal> {
        let answered = self.inner.store.answer_request(id, outcome, self.now());
        self.must(answered.await)
    }

    fn must(&self, done: Result<bool, store::StoreError>) -> Result<(), RightsRefusal> {
        match done.map_err(|error| self.rights_failure(&error))? {
            true => Ok(()),
            false => Err(RightsRefusal::NotAnswerable),
        }
    }

    /// Limits what is done with an account's data to keeping it (GDPR, Article 18), or lifts that.
    pub async fn restrict(&self, account: AccountId, is_on: bool) -> Result<(), RightsRefusal> {
        let since = is_on.then(|| self.now());
        let set = self.inner.store.set_restricted(account, since).await;
        match set.map_err(|error| self.rights_failure(&error))? {
            true => Ok(()),
            false => Err(RightsRefusal::NoAccount),
        }
    }

    /// Objects to what is done for a purpose by legitimate interest (GDPR, Article 21), or takes that back.
    pub async fn object(
        &self,
        account: AccountId,
        purpose: Purpose,
        is_on: bool,
    ) -> Result<(), RightsRefusal> {
        let mut rules = inventory().rules();
        let may =
            rules.any(|(_, it)| it.purpose == purpose && it.basis == Basis::LegitimateInterest);
        if !may {
            return Err(RightsRefusal::NoSuchPurpose);
        }
        let (store, name) = (&self.inner.store, privacy::word(&purpose));
        let done = match is_on {
            true => store.object(account, &name, self.now()).await,
            false => store.withdraw_objection(account, &name).await,
        };
        done.map_err(|error| self.rights_failure(&error))
    }

    /// Keeps that something was allowed or refused. Both are one act, and each has its date.
    pub async fn consent(
        &self,
        account: AccountId,
        matter: &str,
        is_given: bool,
    ) -> Result<(), RightsRefusal> {
        let now = self.now();
        let consent = ConsentRow {
            matter: matter.to_owned(),
            is_given,
            made_at: now,
        };
        let id = ConsentId::new(now, self.entropy());
        let kept = self.inner.store.insert_consent(id, account, &consent).await;
        kept.map_err(|error| self.rights_failure(&error))
    }
}

#[cfg(test)]
mod tests {
    use base::OsEntropy;

    use super::*;

    // Promises S41, Y46
    #[test]
    fn the_clock_warns_at_twenty_days_and_is_red_at_twenty_eight() {
        let asked_at = Timestamp::from_unix_ms(1_795_000_000_000);
        let request = RequestRow {
            id: RequestId::new(asked_at, &OsEntropy),
            account: None,
            kind: "access".to_owned(),
            contact: None,
            asked_at,
            checked_at: None,
            answered_at: None,
            outcome: None,
        };
        let at = |days: u32| RequestView::of(request.clone(), asked_at.after(days * DAY)).urgency;
        let clock = [0, 19, 20, 27, 28, 29, 30].map(at);
        use Urgency::{Calm, Late, Now, Soon};
        assert_eq!(clock, [Calm, Calm, Soon, Soon, Now, Now, Late]);
        let answered = RequestRow {
            answered_at: Some(asked_at),
            ..request
        };
        let view = RequestView::of(answered, asked_at.after(ANSWER_WITHIN));
        assert_eq!(view.urgency, Urgency::Answered);
    }
}
