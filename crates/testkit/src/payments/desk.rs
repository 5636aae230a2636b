//! The calls, as the real service answers them.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::{Request, State};
use axum::http::{HeaderMap, Method, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::{Json, Router};
use serde_json::{Value, json};

use super::ledger::{Ledger, PRICE_MONTH, PRICE_YEAR, Page};
use super::{Mood, SECRET_KEY, Shared};

/// The longest form that is read.
const FORM_BYTES_MAX: usize = 64 * 1024;

type Fields = BTreeMap<String, String>;

/// A call that was read.
struct Call {
    method: Method,
    path: String,
    fields: Fields,
    key: Option<String>,
}

pub(super) fn router() -> Router<Arc<Shared>> {
    Router::new().fallback(answer)
}

async fn answer(State(shared): State<Arc<Shared>>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let bytes = axum::body::to_bytes(body, FORM_BYTES_MAX).await;
    let bytes = bytes.unwrap_or_default();
    let query = parts.uri.query().unwrap_or_default();
    let key = header(&parts.headers, "idempotency-key");
    let call = Call {
        fields: fields(query, &String::from_utf8_lossy(&bytes)),
        path: parts.uri.path().to_owned(),
        method: parts.method,
        key,
    };
    let mood = {
        let mut ledger = shared.ledger();
        ledger.asked.push(format!("{} {}", call.method, call.path));
        ledger.mood
    };
    let is_known = header(&parts.headers, "authorization") == Some(format!("Bearer {SECRET_KEY}"));
    let is_pinned = parts.headers.contains_key("stripe-version");
    if !is_known || !is_pinned {
        return refuse(StatusCode::UNAUTHORIZED, "api_key");
    }
    match mood {
        Mood::Down => refuse(StatusCode::INTERNAL_SERVER_ERROR, "api_error"),
        Mood::Slow(span) => {
            tokio::time::sleep(span.min(Duration::from_secs(30))).await;
            answered(&mut shared.ledger(), &call, &shared.origin)
        }
        Mood::Conflicts | Mood::DoneThenDown => {
            let mut ledger = shared.ledger();
            let name = format!("{} {} {:?}", call.method, call.path, call.key);
            let is_first = ledger.stumbled.insert(name);
            match (is_first, mood) {
                (true, Mood::Conflicts) => refuse(StatusCode::CONFLICT, "idempotency_key_in_use"),
                (true, _) => {
                    let _ = answered(&mut ledger, &call, &shared.origin);
                    refuse(StatusCode::INTERNAL_SERVER_ERROR, "api_error")
                }
                (false, _) => answered(&mut ledger, &call, &shared.origin),
            }
        }
        Mood::Well => answered(&mut shared.ledger(), &call, &shared.origin),
    }
}

/// The same answer to the same key; a refusal when the same key comes with other words.
fn answered(ledger: &mut Ledger, call: &Call, origin: &str) -> Response {
    let Some(key) = &call.key else {
        return told(carry_out(ledger, call, origin));
    };
    let words = format!("{} {:?}", call.path, call.fields);
    match ledger.answered.get(key) {
        Some((known, answer)) if *known == words => Json(answer.clone()).into_response(),
        Some(_) => refuse(StatusCode::BAD_REQUEST, "idempotency_error"),
        None => {
            let done = carry_out(ledger, call, origin);
            if let Some(answer) = &done {
                ledger.answered.insert(key.clone(), (words, answer.clone()));
            }
            told(done)
        }
    }
}

/// Nothing for what is not there.
fn carry_out(ledger: &mut Ledger, call: &Call, origin: &str) -> Option<Value> {
    let path: Vec<&str> = call.path.trim_start_matches("/v1/").split('/').collect();
    let field = |name: &str| call.fields.get(name).cloned();
    match (call.method.as_str(), path.as_slice()) {
        ("POST", ["customers"]) => Some(ledger.create_customer()),
        ("DELETE", ["customers", id]) => {
            let is_known = ledger.customers.contains(*id);
            is_known.then(|| {
                let _ = ledger.delete_customer(id);
                json!({ "id": id, "deleted": true })
            })
        }
        ("GET", ["subscriptions"]) => ledger.all_told(&field("customer")?),
        ("POST", ["subscriptions", id]) => {
            ledger.renew(id, field("cancel_at_period_end")? == "true")
        }
        ("DELETE", ["subscriptions", id]) => ledger.cancel(id),
        ("POST", ["checkout", "sessions"]) => {
            let page = Page {
                customer: field("customer").filter(|it| ledger.customers.contains(it))?,
                price: field("line_items[0][price]")?,
                done: field("success_url")?,
                back: field("cancel_url")?,
                status: "open",
            };
            let id = ledger.open_page(page);
            ledger.page_told(&id, origin)
        }
        ("GET", ["checkout", "sessions", id]) => ledger.page_told(id, origin),
        ("POST", ["checkout", "sessions", id, "expire"]) => {
            ledger.expire(id);
            ledger.page_told(id, origin)
        }
        ("POST", ["billing_portal", "sessions"]) => {
            let customer = field("customer").filter(|it| ledger.customers.contains(it))?;
            let back = field("return_url")?;
            Some(json!({ "url": format!("{origin}/p/{customer}?back={back}") }))
        }
        ("GET", ["prices", id]) => price(id),
        _ => None,
    }
}

fn price(id: &str) -> Option<Value> {
    let (amount, interval) = match id {
        PRICE_MONTH => (500, "month"),
        PRICE_YEAR => (5_000, "year"),
        _ => return None,
    };
    Some(json!({
        "id": id, "currency": "eur", "unit_amount": amount, "active": true, "livemode": false,
        "recurring": { "interval": interval, "interval_count": 1 },
    }))
}

fn told(answer: Option<Value>) -> Response {
    match answer {
        Some(answer) => Json(answer).into_response(),
        None => refuse(StatusCode::NOT_FOUND, "resource_missing"),
    }
}

fn refuse(status: StatusCode, code: &str) -> Response {
    (status, Json(json!({ "error": { "code": code } }))).into_response()
}

fn header(headers: &HeaderMap, name: &str) -> Option<String> {
    let value = headers.get(name)?.to_str().ok()?;
    Some(value.to_owned())
}

fn fields(query: &str, body: &str) -> Fields {
    let pairs = query.split('&').chain(body.split('&'));
    let pairs = pairs.filter_map(|pair| pair.split_once('='));
    pairs
        .map(|(name, value)| (decoded(name), decoded(value)))
        .collect()
}

/// Takes percent signs and pluses out of a form (URL Standard, section 5.1).
pub(super) fn decoded(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut plain = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let digits = text.get(at + 1..at + 3);
        let byte = digits.and_then(|digits| u8::from_str_radix(digits, 16).ok());
        match (bytes[at], byte) {
            (b'%', Some(byte)) => {
                plain.push(byte);
                at += 2;
            }
            (b'+', _) => plain.push(b' '),
            (other, _) => plain.push(other),
        }
        at += 1;
    }
    String::from_utf8_lossy(&plain).into_owned()
}
