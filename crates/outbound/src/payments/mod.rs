//! The payment service (Stripe): our own thin client of the few calls that are made, and the events that it sends.
//!
//! It is told the operator's key, a price, the address to send the payer back to, and the name that it has given an
//! account itself. It asks the payer for the rest on its own pages, and nothing of that comes back here.

mod answers;
mod calls;
mod carrier;
mod event;
mod faults;
#[cfg(test)]
mod tests;

use std::fmt;
use std::sync::Mutex;

use base::Secret;
use ring::hmac;

use crate::budget::{Allowance, Budget};
use crate::settings::{PaymentSettings, is_test};
use crate::{Failure, Outbound};

pub use answers::{CheckoutPage, CheckoutState, Price};
pub use calls::{CheckoutAsked, PortalDoor};
pub(crate) use carrier::HOST;
pub use event::{BadEvent, PaymentEvent, SIGNATURE_LIFE};
pub use faults::{PaymentFault, PriceReading};

/// Requests to the service; it allows 100 in a second.
const REQUESTS: Allowance = Allowance::per_second(25);

/// How often is paid.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Period {
    /// Once a month.
    Month,
    /// Once a year.
    Year,
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Period {
    /// All there are.
    pub const ALL: [Self; 2] = [Self::Month, Self::Year];

    /// The service's word.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Month => "month",
            Self::Year => "year",
        }
    }
}

/// Why the payment service did not do what it was asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PaymentFailure {
    /// Nothing is sold here.
    #[error("nothing is sold here")]
    Off,
    /// It could not be asked, or gave no whole answer.
    #[error("the payment service could not be asked: {0}")]
    Failed(#[from] Failure),
    /// It knows no such thing, or no longer.
    #[error("the payment service knows no such thing")]
    Missing,
    /// It does not take our key.
    #[error("the payment service does not take the key")]
    Key,
    /// The same key was sent before with other words.
    #[error("the payment service was asked something else by the same key")]
    OtherWords,
    /// It refused.
    #[error("the payment service refused with status {0}")]
    Refused(u16),
}

impl PaymentFailure {
    /// Whether it is the service's answer to this key: it gives the same one for a day, also when that was a failure of
    /// its own. What was lost on the way, or put off, can still be answered otherwise.
    #[must_use]
    pub const fn is_kept_for_key(self) -> bool {
        match self {
            Self::Missing | Self::Failed(Failure::BadAnswer | Failure::TooLarge) => true,
            Self::Refused(status) => !matches!(status, 409 | 429),
            Self::Off | Self::Failed(_) | Self::Key | Self::OtherWords => false,
        }
    }
}

/// The operator's account at the service.
pub(crate) struct Till {
    key: Secret<String>,
    webhook: hmac::Key,
    prices: [Option<String>; 2],
    is_test: bool,
    /// Whether a mirror stands in for the service, and may then send people to addresses without TLS.
    is_mirrored: bool,
    budget: Mutex<Budget>,
}

impl Till {
    /// Nothing where nothing is sold.
    pub(crate) fn open(settings: &PaymentSettings, is_mirrored: bool) -> Option<Self> {
        let (key, webhook) = settings
            .secret_key
            .clone()
            .zip(settings.webhook_secret.as_ref())
            .filter(|_| settings.is_on())?;
        Some(Self {
            is_test: is_test(&key),
            key,
            // The whole text is the key, its beginning included.
            webhook: hmac::Key::new(hmac::HMAC_SHA256, webhook.expose().as_bytes()),
            prices: Period::ALL.map(|period| settings.price(period).map(str::to_owned)),
            is_mirrored,
            budget: Mutex::new(Budget::new(REQUESTS)),
        })
    }

    fn price(&self, period: Period) -> Option<&str> {
        let mut all = Period::ALL.into_iter().zip(&self.prices);
        all.find_map(|(one, price)| (one == period).then_some(price.as_deref()))?
    }
}

impl Outbound {
    /// Whether something is sold here.
    #[must_use]
    pub fn sells(&self) -> bool {
        self.till().is_some()
    }

    /// The service's name of the price for `period`, if that is sold.
    #[must_use]
    pub fn price_name(&self, period: Period) -> Option<&str> {
        self.till()?.price(period)
    }

    /// Whether no money moves: the key is one for tests.
    #[must_use]
    pub fn sells_for_test_only(&self) -> bool {
        self.till().is_some_and(|till| till.is_test)
    }
}
