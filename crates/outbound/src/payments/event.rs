//! Events of the payment service: whether they are its own, and whom each is about. Nothing else of them is read.

use std::time::Duration;

use base::{Personal, Timestamp};
use ring::hmac;
use serde::Deserialize;

use super::Till;
use crate::Outbound;

/// How far the moment of a signature may be from ours, either way.
pub const SIGNATURE_LIFE: Duration = Duration::from_secs(300);
/// Signatures in one header that are looked at: there are two while a secret is replaced.
const SIGNATURES_MAX: usize = 8;
/// Names of the service are not longer.
const NAME_BYTES_MAX: usize = 255;

/// The kinds that say that something about a customer is to be asked for.
const KINDS: [&str; 9] = [
    "checkout.session.completed",
    "customer.deleted",
    "customer.subscription.created",
    "customer.subscription.updated",
    "customer.subscription.deleted",
    "customer.subscription.paused",
    "customer.subscription.resumed",
    "invoice.paid",
    "invoice.payment_failed",
];
/// What `invoice.paid` was called before.
const INVOICE_PAID_BEFORE: &str = "invoice.payment_succeeded";

/// An event that is the service's own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PaymentEvent {
    /// Something has happened to a customer.
    Of {
        /// What the service calls the event.
        event: String,
        /// What it calls the customer.
        customer: Personal<String>,
    },
    /// Something that does not matter here.
    Other,
}

/// Why an event is not listened to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadEvent {
    /// Nothing is sold here.
    #[error("nothing is sold here")]
    Off,
    /// No signature holds.
    #[error("the event is not signed by the payment service")]
    Unsigned,
    /// It was signed too long ago, or in the future.
    #[error("the signature of the event is of another time")]
    Stale,
    /// It is no event.
    #[error("the event can't be read")]
    Unreadable,
}

#[derive(Deserialize)]
struct Envelope {
    id: String,
    #[serde(rename = "type")]
    kind: String,
    livemode: Option<bool>,
}

#[derive(Deserialize)]
struct Contents {
    data: Data,
}

#[derive(Deserialize)]
struct Data {
    object: Object,
}

#[derive(Deserialize)]
struct Object {
    id: Option<Personal<String>>,
    customer: Option<Customer>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Customer {
    Name(Personal<String>),
    Whole { id: Personal<String> },
}

impl Outbound {
    /// Reads the bytes of an event, once `signature`, the header `Stripe-Signature`, has been found to hold at `now`.
    pub fn hear(
        &self,
        signature: &str,
        body: &[u8],
        now: Timestamp,
    ) -> Result<PaymentEvent, BadEvent> {
        let till = self.till().ok_or(BadEvent::Off)?;
        check(&till.webhook, signature, body, now)?;
        till.read(body)
    }
}

impl Till {
    fn read(&self, body: &[u8]) -> Result<PaymentEvent, BadEvent> {
        let unreadable = |_| BadEvent::Unreadable;
        let envelope: Envelope = serde_json::from_slice(body).map_err(unreadable)?;
        let kind = envelope.kind.as_str();
        let is_of_interest = KINDS.contains(&kind) || kind == INVOICE_PAID_BEFORE;
        let is_of_our_mode = envelope
            .livemode
            .is_none_or(|is_live| is_live != self.is_test);
        if !is_of_interest || !is_of_our_mode {
            return Ok(PaymentEvent::Other);
        }
        let Ok(Contents { data }) = serde_json::from_slice(body) else {
            return Ok(PaymentEvent::Other);
        };
        let customer = match data.object.customer {
            Some(Customer::Name(id) | Customer::Whole { id }) => Some(id),
            None if kind == "customer.deleted" => data.object.id,
            None => None,
        };
        let customer = customer.filter(|customer| is_name(customer.expose()));
        Ok(match customer {
            Some(customer) if is_name(&envelope.id) => PaymentEvent::Of {
                event: envelope.id,
                customer,
            },
            _ => PaymentEvent::Other,
        })
    }
}

/// Checks `t=1763760000,v1=<hex>[,v1=<hex>]`: one of several signatures is enough, other schemes do not count.
fn check(key: &hmac::Key, header: &str, body: &[u8], now: Timestamp) -> Result<(), BadEvent> {
    let pairs = header
        .split(',')
        .filter_map(|pair| pair.trim().split_once('='));
    let time = pairs.clone().find(|(name, _)| *name == "t");
    let (_, time) = time.ok_or(BadEvent::Unsigned)?;
    let signed = [time.as_bytes(), b".", body].concat();
    let mut signatures = pairs.filter(|(name, _)| *name == "v1").take(SIGNATURES_MAX);
    let holds = |(_, text): (&str, &str)| {
        bytes(text).is_some_and(|tag| hmac::verify(key, &signed, &tag).is_ok())
    };
    if !signatures.any(holds) {
        return Err(BadEvent::Unsigned);
    }
    let seconds: i64 = time.parse().map_err(|_| BadEvent::Unsigned)?;
    let then = Timestamp::from_unix_ms(seconds.saturating_mul(1_000));
    match then.since(now).max(now.since(then)) <= SIGNATURE_LIFE {
        true => Ok(()),
        false => Err(BadEvent::Stale),
    }
}

/// The bytes of an even number of hexadecimal digits.
fn bytes(hex: &str) -> Option<Vec<u8>> {
    let is_whole = hex.len().is_multiple_of(2) && hex.is_ascii();
    let places = (0..hex.len()).step_by(2);
    let read = places.map(|at| u8::from_str_radix(&hex[at..at + 2], 16).ok());
    is_whole.then(|| read.collect())?
}

fn is_name(text: &str) -> bool {
    (1..=NAME_BYTES_MAX).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_graphic())
}
