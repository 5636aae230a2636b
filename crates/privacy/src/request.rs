//! What people ask for that somebody must answer, and how long that may take.

use std::fmt;
use std::str::FromStr;
use std::time::Duration;

use base::Timestamp;

const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// What somebody asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RequestKind {
    /// To see what is held about them (GDPR, Article 15).
    Access,
    /// To have it corrected (Article 16).
    Correction,
    /// To have it erased (Article 17).
    Erasure,
    /// To have its use limited (Article 18).
    Restriction,
    /// To take it along (Article 20).
    Portability,
    /// To end what rests on a legitimate interest (Article 21).
    Objection,
    /// That a person looks at what a program decided (Article 22(3)).
    Review,
    /// That what a child left here goes: the account, or what was said.
    Child,
    /// Something else about personal data.
    Other,
}

/// Text that names no kind of request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a kind of request")]
pub struct BadRequestKind;

impl RequestKind {
    /// Every kind, in the order in which people are offered them.
    pub const ALL: [Self; 9] = [
        Self::Access,
        Self::Correction,
        Self::Erasure,
        Self::Restriction,
        Self::Portability,
        Self::Objection,
        Self::Review,
        Self::Child,
        Self::Other,
    ];

    /// As stored.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Access => "access",
            Self::Correction => "correction",
            Self::Erasure => "erasure",
            Self::Restriction => "restriction",
            Self::Portability => "portability",
            Self::Objection => "objection",
            Self::Review => "review",
            Self::Child => "child",
            Self::Other => "other",
        }
    }
}

impl fmt::Display for RequestKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for RequestKind {
    type Err = BadRequestKind;

    fn from_str(text: &str) -> Result<Self, BadRequestKind> {
        let mut kinds = Self::ALL.into_iter();
        kinds
            .find(|kind| kind.as_str() == text)
            .ok_or(BadRequestKind)
    }
}

/// How much time is left to answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Urgency {
    /// More than ten days.
    Calm,
    /// Ten days or less.
    Soon,
    /// Two days or less.
    Now,
    /// None.
    Late,
}

impl Urgency {
    /// How long an answer may take: the stricter of one month (GDPR, Article 12(3)) and 45 days (CCPA).
    pub const ANSWER_WITHIN: Duration = Duration::from_secs(30 * DAY.as_secs());
    /// After so long the queue warns.
    const WARN_AFTER: Duration = Duration::from_secs(20 * DAY.as_secs());
    /// After so long it is red.
    const ALARM_AFTER: Duration = Duration::from_secs(28 * DAY.as_secs());

    /// How much time is left at `now` for what was asked at `asked_at`.
    #[must_use]
    pub fn of(asked_at: Timestamp, now: Timestamp) -> Self {
        match now {
            now if now >= asked_at.after(Self::ANSWER_WITHIN) => Self::Late,
            now if now >= asked_at.after(Self::ALARM_AFTER) => Self::Now,
            now if now >= asked_at.after(Self::WARN_AFTER) => Self::Soon,
            _ => Self::Calm,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_clock_warns_at_twenty_days_and_is_red_at_twenty_eight() {
        let asked_at = Timestamp::from_unix_ms(1_795_000_000_000);
        let at = |days: u32| Urgency::of(asked_at, asked_at.after(days * DAY));
        use Urgency::{Calm, Late, Now, Soon};
        let clock = [0, 19, 20, 27, 28, 29, 30].map(at);
        assert_eq!(clock, [Calm, Calm, Soon, Soon, Now, Now, Late]);
    }

    #[test]
    fn each_kind_is_read_as_it_is_stored() {
        for kind in RequestKind::ALL {
            assert_eq!(kind.to_string().parse(), Ok(kind));
        }
        assert_eq!("money".parse::<RequestKind>(), Err(BadRequestKind));
    }
}
