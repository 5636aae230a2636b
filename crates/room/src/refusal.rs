//! Why a person's wish is refused, before the room adds how far its events are.

use std::time::Duration;

use protocol::room::RejectCode;

/// A refusal. Whoever returns one has changed nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// Why, for programs.
    pub code: RejectCode,
    /// Why, in English, for developers.
    pub reason: &'static str,
    /// When the same wish makes sense again.
    pub retry_after: Option<Duration>,
    /// It is said to somebody who must say the password first; until then there is no such room for them.
    pub is_to_stranger: bool,
}

impl Refusal {
    const fn new(code: RejectCode, reason: &'static str) -> Self {
        Self {
            code,
            reason,
            retry_after: None,
            is_to_stranger: false,
        }
    }

    /// The room has moved on.
    #[must_use]
    pub const fn stale(reason: &'static str) -> Self {
        Self::new(RejectCode::Stale, reason)
    }

    /// This person may not do that.
    #[must_use]
    pub const fn forbidden(reason: &'static str) -> Self {
        Self::new(RejectCode::Forbidden, reason)
    }

    /// A bound is reached.
    #[must_use]
    pub const fn limit(reason: &'static str) -> Self {
        Self::new(RejectCode::Limit, reason)
    }

    /// It makes no sense.
    #[must_use]
    pub const fn invalid(reason: &'static str) -> Self {
        Self::new(RejectCode::Invalid, reason)
    }

    /// It is there already.
    #[must_use]
    pub const fn duplicate(reason: &'static str) -> Self {
        Self::new(RejectCode::Duplicate, reason)
    }

    /// The room is over.
    #[must_use]
    pub const fn ended(reason: &'static str) -> Self {
        Self::new(RejectCode::Ended, reason)
    }

    /// This person is not let in.
    #[must_use]
    pub const fn banned(reason: &'static str) -> Self {
        Self::new(RejectCode::Banned, reason)
    }

    /// This person did not say the password, and is neither known nor invited.
    #[must_use]
    pub const fn stranger() -> Self {
        Self {
            is_to_stranger: true,
            ..Self::new(RejectCode::Forbidden, "the password is asked first")
        }
    }

    /// The same, with the time after which it makes sense again.
    #[must_use]
    pub const fn retry_after(mut self, wait: Duration) -> Self {
        self.retry_after = Some(wait);
        self
    }
}
