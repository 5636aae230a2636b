//! A subscription at the payment service, and the plan it gives.

use std::str::FromStr;
use std::time::Duration;

use base::Timestamp;

use super::Plan;

/// How a subscription stands, by the payment service's own words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Status {
    /// The first payment has not gone through yet.
    Incomplete,
    /// It never did.
    IncompleteExpired,
    /// Tried out, before the first payment.
    Trialing,
    /// Paid.
    Active,
    /// The last payment failed, and is tried again.
    PastDue,
    /// It failed for good, and the subscription was left standing.
    Unpaid,
    /// Paused at the service.
    Paused,
    /// Over.
    Canceled,
    /// A word that came to be after this was written. It gives nothing.
    Unknown,
}

/// All words there are, with what they mean.
const STATUSES: [(&str, Status); 8] = [
    ("incomplete", Status::Incomplete),
    ("incomplete_expired", Status::IncompleteExpired),
    ("trialing", Status::Trialing),
    ("active", Status::Active),
    ("past_due", Status::PastDue),
    ("unpaid", Status::Unpaid),
    ("paused", Status::Paused),
    ("canceled", Status::Canceled),
];

impl Status {
    /// As stored.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        let mut all = STATUSES.iter();
        all.find(|(_, status)| *status == self)
            .map_or("unknown", |(word, _)| word)
    }

    /// Whether it never changes again.
    #[must_use]
    pub const fn is_final(self) -> bool {
        matches!(self, Self::IncompleteExpired | Self::Canceled)
    }

    /// Whether it waits for a payment that has not come.
    #[must_use]
    pub const fn is_owed(self) -> bool {
        matches!(self, Self::PastDue | Self::Unpaid | Self::Paused)
    }

    /// Whether it stands at the service, paid or owed: another one beside it would be paid for twice.
    #[must_use]
    pub const fn stands(self) -> bool {
        matches!(self, Self::Trialing | Self::Active) || self.is_owed()
    }
}

impl FromStr for Status {
    type Err = std::convert::Infallible;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let mut all = STATUSES.iter();
        let known = all.find(|(word, _)| *word == text);
        Ok(known.map_or(Self::Unknown, |&(_, status)| status))
    }
}

/// What is kept of a subscription. The payment service knows more; we do not ask.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Subscription {
    /// How it stands.
    pub status: Status,
    /// Until when it is paid.
    pub period_end: Timestamp,
    /// Whether it ends then.
    pub ends_with_period: bool,
    /// The service's name of the price.
    pub price: String,
}

/// What a subscription means for its owner at one moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Term {
    /// It gives nothing.
    Over,
    /// Paid, and paid again at this moment.
    Renews(Timestamp),
    /// Paid, and over at this moment.
    Ends(Timestamp),
    /// Not paid, and over at this moment unless it is.
    Grace(Timestamp),
}

impl Term {
    /// The plan that goes with it.
    #[must_use]
    pub const fn plan(self) -> Plan {
        match self {
            Self::Over => Plan::Free,
            Self::Renews(_) | Self::Ends(_) | Self::Grace(_) => Plan::Pro,
        }
    }
}

impl Subscription {
    /// What it means at `now`. `grace` goes on from the end of the paid time, also where news of a payment is late.
    #[must_use]
    pub fn term(&self, now: Timestamp, grace: Duration) -> Term {
        let last = self.period_end.after(grace);
        let is_paid = now < self.period_end;
        match self.status {
            Status::Trialing | Status::Active if is_paid && self.ends_with_period => {
                Term::Ends(self.period_end)
            }
            Status::Trialing | Status::Active if is_paid => Term::Renews(self.period_end),
            Status::Trialing | Status::Active if !self.ends_with_period && now < last => {
                Term::Grace(last)
            }
            Status::PastDue if now < last => Term::Grace(last),
            _ => Term::Over,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DAY: Duration = Duration::from_secs(24 * 60 * 60);
    const GRACE: Duration = Duration::from_secs(7 * 24 * 60 * 60);

    fn at(days: u32) -> Timestamp {
        Timestamp::from_unix_ms(1_763_760_000_000).after(DAY * days)
    }

    fn term(status: Status, ends_with_period: bool, day: u32) -> Term {
        let subscription = Subscription {
            status,
            period_end: at(30),
            ends_with_period,
            price: "price_1".to_owned(),
        };
        subscription.term(at(day), GRACE)
    }

    #[test]
    fn paid_time_is_pro_and_says_what_comes_after() {
        for status in [Status::Active, Status::Trialing] {
            assert_eq!(term(status, false, 29), Term::Renews(at(30)));
            assert_eq!(term(status, true, 29), Term::Ends(at(30)));
            assert_eq!(term(status, true, 30), Term::Over);
        }
    }

    #[test]
    fn a_failed_payment_leaves_days_of_grace() {
        assert_eq!(term(Status::PastDue, false, 31), Term::Grace(at(37)));
        assert_eq!(term(Status::PastDue, false, 36).plan(), Plan::Pro);
        assert_eq!(term(Status::PastDue, false, 37), Term::Over);
    }

    #[test]
    fn late_news_of_a_payment_ends_nothing_before_the_grace_does() {
        assert_eq!(term(Status::Active, false, 30), Term::Grace(at(37)));
        assert_eq!(term(Status::Active, false, 37), Term::Over);
    }

    #[test]
    fn whatever_else_the_service_says_is_free() {
        for status in [
            Status::Incomplete,
            Status::IncompleteExpired,
            Status::Unpaid,
            Status::Paused,
            Status::Canceled,
            Status::Unknown,
        ] {
            assert_eq!(term(status, false, 1).plan(), Plan::Free, "{status:?}");
        }
    }

    #[test]
    fn what_is_owed_stands_as_what_is_paid_does() {
        let those = |holds: fn(Status) -> bool| {
            let all = STATUSES.iter().filter(|(_, status)| holds(*status));
            all.map(|(word, _)| *word).collect::<Vec<_>>()
        };
        assert_eq!(those(Status::is_owed), ["past_due", "unpaid", "paused"]);
        assert_eq!(
            those(Status::stands),
            ["trialing", "active", "past_due", "unpaid", "paused"]
        );
        assert!(!Status::Unknown.stands());
    }

    #[test]
    fn each_status_is_stored_by_the_service_s_word() {
        for (word, status) in STATUSES {
            assert_eq!((word.parse(), status.as_str()), (Ok(status), word));
        }
        assert_eq!("invented".parse(), Ok(Status::Unknown));
    }
}
