//! Why a provider gave no answer.

use std::time::Duration;

/// Why a provider gave no answer. "Nothing found" is an answer, not a failure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Failure {
    /// Not switched on, or no key is set.
    #[error("this provider is switched off")]
    Off,
    /// It cannot answer this kind of question.
    #[error("this provider cannot answer that")]
    Unsupported,
    /// Our own budget for it is used up for longer than the caller can wait.
    #[error("the budget for this provider is used up")]
    Budget {
        /// When to ask again.
        retry_after: Duration,
    },
    /// It failed repeatedly, or asked for rest, so it is not asked for a while.
    #[error("this provider is resting")]
    Resting {
        /// When to ask again.
        retry_after: Duration,
    },
    /// No whole answer in time.
    #[error("this provider did not answer in time")]
    TimedOut,
    /// It could not be reached.
    #[error("this provider could not be reached")]
    Unreachable,
    /// It answered with an error of its own.
    #[error("this provider refused with status {status}")]
    Refused {
        /// HTTP status.
        status: u16,
    },
    /// Its answer could not be read.
    #[error("this provider's answer could not be read")]
    BadAnswer,
    /// Its answer, or the picture, is larger than we read.
    #[error("the answer is larger than allowed")]
    TooLarge,
    /// The address is not on the list of hosts, or leads to a private network.
    #[error("that address is not one we fetch")]
    ForeignHost,
    /// The short link leads to a podcast, somebody's page or the like.
    #[error("the short link leads to something that is no music")]
    NotMusic,
    /// More redirects than a short link needs.
    #[error("the short link goes in circles")]
    RedirectLoop,
}
