//! What is read of the payment service's answers. Whatever else is in them is not looked at.

use account::plans::{Status, Subscription};
use base::{Personal, Timestamp};
use serde::Deserialize;
use url::Url;

use super::Period;

/// A refusal.
#[derive(Deserialize)]
pub(super) struct Refusal {
    error: RefusalCode,
}

#[derive(Deserialize)]
struct RefusalCode {
    code: Option<String>,
    #[serde(rename = "type")]
    kind: Option<String>,
}

impl Refusal {
    pub(super) fn is_missing(&self) -> bool {
        self.error.code.as_deref() == Some("resource_missing")
    }

    /// Whether the key was sent before with other words.
    pub(super) fn is_of_key(&self) -> bool {
        self.error.kind.as_deref() == Some("idempotency_error")
    }
}

/// Anything that has a name.
#[derive(Deserialize)]
pub(super) struct Named {
    pub(super) id: Personal<String>,
}

/// Anything at all.
#[derive(Deserialize)]
pub(super) struct Anything {}

/// A page of the service that somebody is sent to.
#[derive(Deserialize)]
pub(super) struct Sent {
    pub(super) url: String,
}

#[derive(Deserialize)]
pub(super) struct Page<T> {
    pub(super) data: Vec<T>,
    #[serde(default)]
    pub(super) has_more: bool,
}

/// A subscription, with its period where this version has it, or where older ones had it.
#[derive(Deserialize)]
pub(super) struct SubscriptionTold {
    pub(super) id: String,
    status: String,
    #[serde(default)]
    cancel_at_period_end: bool,
    #[serde(default)]
    cancel_at: Option<i64>,
    current_period_start: Option<i64>,
    current_period_end: Option<i64>,
    items: Option<Page<Item>>,
}

#[derive(Deserialize)]
struct Item {
    current_period_start: Option<i64>,
    current_period_end: Option<i64>,
    price: Option<ItemPrice>,
}

#[derive(Deserialize)]
struct ItemPrice {
    id: String,
}

impl SubscriptionTold {
    /// What is kept of it.
    pub(super) fn projected(self) -> (String, Subscription) {
        let Ok(status) = self.status.parse::<Status>();
        let items = self.items.map(|items| items.data).unwrap_or_default();
        let of_items = items.iter().filter_map(|item| item.current_period_end);
        let period_end_s = of_items.max().or(self.current_period_end).unwrap_or(0);
        let of_items = items.iter().filter_map(|item| item.current_period_start);
        let period_start_s = of_items.max().or(self.current_period_start).unwrap_or(0);
        // The service moves on to the next period before that is paid.
        let paid_until_s = match status {
            Status::PastDue | Status::Unpaid => period_start_s,
            _ => period_end_s,
        };
        // One that is cancelled for a day before the end is paid until that day.
        let end_s = self
            .cancel_at
            .map_or(paid_until_s, |at| at.min(paid_until_s));
        let price = items.into_iter().find_map(|item| item.price);
        let subscription = Subscription {
            status,
            period_end: Timestamp::from_unix_ms(end_s.saturating_mul(1_000)),
            ends_with_period: self.cancel_at_period_end
                || self.cancel_at.is_some_and(|at| at <= period_end_s),
            price: price.map(|price| price.id).unwrap_or_default(),
        };
        (self.id, subscription)
    }
}

/// How a purchase stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CheckoutState {
    /// The payer is, or may go, there.
    Open,
    /// It is done.
    Complete,
    /// It was given up.
    Expired,
}

/// A page of the service where somebody buys.
#[derive(Clone, Debug)]
pub struct CheckoutPage {
    /// What the service calls it.
    pub name: String,
    /// How it stands.
    pub state: CheckoutState,
    /// Where it is, while it is open.
    pub address: Option<Url>,
}

#[derive(Deserialize)]
pub(super) struct CheckoutTold {
    id: String,
    status: Option<String>,
    url: Option<String>,
}

impl CheckoutTold {
    pub(super) fn read(self, is_address: impl Fn(&Url) -> bool) -> CheckoutPage {
        let state = match self.status.as_deref() {
            Some("complete") => CheckoutState::Complete,
            Some("expired") => CheckoutState::Expired,
            _ => CheckoutState::Open,
        };
        let address = self.url.and_then(|url| Url::parse(&url).ok());
        CheckoutPage {
            name: self.id,
            state,
            address: address.filter(is_address),
        }
    }
}

/// What is asked for Pro.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Price {
    /// In the smallest unit of the currency; none where it depends on more than the price.
    pub amount: Option<u64>,
    /// ISO 4217, in capitals.
    pub currency: String,
}

#[derive(Deserialize)]
pub(super) struct PriceTold {
    currency: String,
    unit_amount: Option<u64>,
    pub(super) active: Option<bool>,
    pub(super) livemode: Option<bool>,
    recurring: Option<Recurring>,
}

#[derive(Deserialize)]
struct Recurring {
    interval: String,
    interval_count: Option<u32>,
}

impl PriceTold {
    pub(super) fn is_for(&self, period: Period) -> bool {
        self.recurring.as_ref().is_some_and(|recurring| {
            recurring.interval == period.as_str() && recurring.interval_count.unwrap_or(1) == 1
        })
    }

    pub(super) fn read(&self) -> Price {
        Price {
            amount: self.unit_amount,
            currency: self.currency.to_ascii_uppercase(),
        }
    }
}
