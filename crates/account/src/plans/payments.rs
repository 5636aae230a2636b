//! What an account has bought, put together from answers that come late, twice and out of order.
//!
//! No event of the payment service is believed: each only says that something is to be asked for. What is merged here
//! are the answers, each with the moment it was asked for, and any order of them gives the same.

use std::collections::BTreeMap;
use std::time::Duration;

use base::Timestamp;

use super::{Plan, Subscription, Term};

/// Subscriptions of one account that are remembered. More than one is an accident, and cancelled.
const SUBSCRIPTIONS_MAX: usize = 16;

/// A subscription as the payment service told it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Snapshot {
    /// When it was asked for. Of two answers the one that was asked for later is as new or newer.
    pub asked_at: Timestamp,
    /// What was told.
    pub subscription: Subscription,
}

impl Snapshot {
    /// An end is for ever; else what was asked for later counts; else any order will do, as long as it is one.
    fn rank(&self) -> (bool, &Self) {
        (self.subscription.status.is_final(), self)
    }
}

/// What an account has bought or was given.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Payments {
    /// By the payment service's name.
    subscriptions: BTreeMap<String, Snapshot>,
    /// Until when an operator gave Pro.
    gift_ends: Option<Timestamp>,
}

impl Payments {
    /// What was kept.
    #[must_use]
    pub fn read(
        subscriptions: impl IntoIterator<Item = (String, Snapshot)>,
        gift_ends: Option<Timestamp>,
    ) -> Self {
        let nothing = Self {
            gift_ends,
            ..Self::default()
        };
        subscriptions
            .into_iter()
            .fold(nothing, |payments, (id, snapshot)| {
                payments.learn(id, snapshot)
            })
    }

    /// Takes in an answer of the payment service. In which order answers come, and how often, makes no difference.
    #[must_use]
    pub fn learn(mut self, id: String, snapshot: Snapshot) -> Self {
        let known = self.subscriptions.get(&id);
        if known.is_none_or(|known| known.rank() < snapshot.rank()) {
            self.subscriptions.insert(id, snapshot);
        }
        self.forget_the_oldest_ends();
        self
    }

    /// An operator gives Pro until `ends`, or takes the gift back.
    #[must_use]
    pub fn with_gift(self, ends: Option<Timestamp>) -> Self {
        Self {
            gift_ends: ends,
            ..self
        }
    }

    /// What counts at `now`: of all there is, what lasts longest.
    #[must_use]
    pub fn term(&self, now: Timestamp, grace: Duration) -> Term {
        let bought = self.subscriptions.values();
        let bought = bought.map(|snapshot| snapshot.subscription.term(now, grace));
        let given = self.gift_ends.filter(|&ends| now < ends).map(Term::Ends);
        bought.chain(given).max_by_key(lasts).unwrap_or(Term::Over)
    }

    /// The plan at `now`.
    #[must_use]
    pub fn plan(&self, now: Timestamp, grace: Duration) -> Plan {
        self.term(now, grace).plan()
    }

    /// Whether buying would make a second subscription: then the page offers to manage the one there is.
    #[must_use]
    pub fn has_standing(&self) -> bool {
        self.main().is_some()
    }

    /// Of the subscriptions that stand, the one that is to stay: what is paid before what is owed, and then what is
    /// paid for longest.
    #[must_use]
    pub fn main(&self) -> Option<(&str, &Snapshot)> {
        self.standing().max_by_key(|(id, snapshot)| {
            let Subscription {
                status, period_end, ..
            } = snapshot.subscription;
            (!status.is_owed(), period_end, *id)
        })
    }

    /// Subscriptions to cancel, since somebody bought twice at once: all that stand but the main one.
    #[must_use]
    pub fn surplus(&self) -> Vec<&str> {
        let main = self.main().map(|(id, _)| id);
        let standing = self.standing().map(|(id, _)| id);
        standing.filter(|id| main != Some(*id)).collect()
    }

    /// What to keep, by the payment service's name.
    pub fn subscriptions(&self) -> impl Iterator<Item = (&str, &Snapshot)> {
        let all = self.subscriptions.iter();
        all.map(|(id, snapshot)| (id.as_str(), snapshot))
    }

    fn standing(&self) -> impl Iterator<Item = (&str, &Snapshot)> {
        let all = self.subscriptions();
        all.filter(|(_, snapshot)| snapshot.subscription.status.stands())
    }

    /// Only ends are forgotten: they give nothing, and nothing comes after them.
    fn forget_the_oldest_ends(&mut self) {
        while self.subscriptions.len() > SUBSCRIPTIONS_MAX {
            let ended = self.subscriptions.iter();
            let ended = ended.filter(|(_, snapshot)| snapshot.subscription.status.is_final());
            let Some((oldest, _)) = ended.min_by_key(|(_, snapshot)| *snapshot) else {
                return;
            };
            let oldest = oldest.clone();
            self.subscriptions.remove(&oldest);
        }
    }
}

/// Paid time before grace, and the longer before the shorter.
fn lasts(term: &Term) -> (u8, Timestamp) {
    match *term {
        Term::Over => (0, Timestamp::default()),
        Term::Grace(until) => (1, until),
        Term::Ends(until) => (2, until),
        Term::Renews(until) => (3, until),
    }
}

#[cfg(test)]
mod tests;
