//! Events as they are sent: signed, and full of what is none of our business.

use ring::hmac;
use serde_json::{Value, json};

use super::WEBHOOK_SECRET;
use super::ledger::CANARY;

/// Something that the service tells of.
#[derive(Clone, Debug)]
pub struct Event {
    /// What it calls it.
    pub id: String,
    /// The bytes that are sent and signed.
    pub body: String,
}

impl Event {
    pub(super) fn new(number: u64, kind: &str, customer: &str, mut object: Value) -> Self {
        let id = format!("evt_{number}");
        let canaries = canaries();
        for (key, value) in canaries.as_object().into_iter().flatten() {
            object[key] = value.clone();
        }
        let is_customer = kind.starts_with("customer.") && !kind.contains("subscription");
        match is_customer {
            true => object["id"] = json!(customer),
            false => object["customer"] = json!(customer),
        }
        let body = json!({
            "id": id,
            "object": "event",
            "type": kind,
            "livemode": false,
            "api_version": "2025-03-31.basil",
            "data": { "object": object, "previous_attributes": canaries },
            "request": { "id": format!("req_{CANARY}"), "idempotency_key": null },
        });
        Self {
            id,
            body: body.to_string(),
        }
    }

    /// The header with the signature of the moment `unix_s`.
    #[must_use]
    pub fn signed(&self, unix_s: i64) -> String {
        format!(
            "t={unix_s},v1={}",
            signature(WEBHOOK_SECRET, unix_s, &self.body)
        )
    }
}

/// What stands in every field that must not be kept.
pub(super) fn canaries() -> Value {
    json!({
        "name": format!("Ada {CANARY}"),
        "email": format!("{CANARY}@example.org"),
        "phone": format!("+44{CANARY}"),
        "address": { "line1": format!("{CANARY} Street 1"), "city": CANARY, "country": CANARY },
        "customer_details": { "email": format!("{CANARY}@example.org"), "name": CANARY },
        "payment_method_details": { "card": { "last4": CANARY, "brand": CANARY, "fingerprint": CANARY } },
        "default_payment_method": format!("pm_{CANARY}"),
        "latest_invoice": format!("in_{CANARY}"),
        "hosted_invoice_url": format!("https://pay.example/{CANARY}"),
        "metadata": { "note": CANARY },
        "description": CANARY,
    })
}

/// HMAC-SHA-256 of a moment and a body, in hexadecimal digits.
#[must_use]
pub fn signature(secret: &str, unix_s: i64, body: &str) -> String {
    let key = hmac::Key::new(hmac::HMAC_SHA256, secret.as_bytes());
    let tag = hmac::sign(&key, format!("{unix_s}.{body}").as_bytes());
    tag.as_ref()
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}
