//! The calls, as the real service answers them.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::{Request, State};
use axum::http::{HeaderMap, Method, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::{Json, Router};
use serde_json::{Value, json};

use super::event::canaries;
use super::ledger::{
    CANARY, Ledger, PRICE_MONTH, PRICE_YEAR, PRICE_YEAR_OLD, PRICE_YEAR_USD, Page,
};
use super::{Mood, SECRET_KEY, Shared};

/// The longest form that is read.
const FORM_BYTES_MAX: usize = 64 * 1024;

type Fields = BTreeMap<String, String>;
type Answered = (StatusCode, Value);

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
        return told((
            StatusCode::UNAUTHORIZED,
            failure("invalid_request_error", None),
        ));
    }
    match mood {
        Mood::Down => {
            let failure = (
                StatusCode::INTERNAL_SERVER_ERROR,
                failure("api_error", None),
            );
            told(kept_for_key(&mut shared.ledger(), &call, |_| failure))
        }
        Mood::Slow(span) => {
            tokio::time::sleep(span.min(Duration::from_secs(30))).await;
            answered(&mut shared.ledger(), &call, &shared.origin)
        }
        Mood::Conflicts | Mood::DoneThenLost => {
            let mut ledger = shared.ledger();
            let name = format!("{} {} {:?}", call.method, call.path, call.key);
            let is_first = ledger.stumbled.insert(name);
            match (is_first, mood) {
                (true, Mood::Conflicts) => {
                    let code = Some("idempotency_key_in_use");
                    told((StatusCode::CONFLICT, failure("idempotency_error", code)))
                }
                (true, _) => {
                    let _ = answered(&mut ledger, &call, &shared.origin);
                    StatusCode::BAD_GATEWAY.into_response()
                }
                (false, _) => answered(&mut ledger, &call, &shared.origin),
            }
        }
        Mood::Well => answered(&mut shared.ledger(), &call, &shared.origin),
    }
}

fn answered(ledger: &mut Ledger, call: &Call, origin: &str) -> Response {
    told(kept_for_key(ledger, call, |ledger| {
        carry_out(ledger, call, origin)
    }))
}

/// The same answer to the same key, a failure as well; a refusal when the same key comes with other words.
fn kept_for_key(
    ledger: &mut Ledger,
    call: &Call,
    answer: impl FnOnce(&mut Ledger) -> Answered,
) -> Answered {
    let Some(key) = &call.key else {
        return answer(ledger);
    };
    let words = format!("{} {:?}", call.path, call.fields);
    match ledger.answered.get(key) {
        Some((known, status, body)) if *known == words => (*status, body.clone()),
        Some(_) => (StatusCode::BAD_REQUEST, failure("idempotency_error", None)),
        None => {
            let (status, body) = answer(ledger);
            let kept = (words, status, body.clone());
            ledger.answered.insert(key.clone(), kept);
            (status, body)
        }
    }
}

fn carry_out(ledger: &mut Ledger, call: &Call, origin: &str) -> Answered {
    let path: Vec<&str> = call.path.trim_start_matches("/v1/").split('/').collect();
    if let ["checkout", "sessions", id, "expire"] = path[..]
        && ledger.pages.contains_key(id)
        && !ledger.expire(id)
    {
        let refusal = failure("invalid_request_error", None);
        return (StatusCode::BAD_REQUEST, refusal);
    }
    match found(ledger, call, &path, origin) {
        Some(answer) => (StatusCode::OK, answer),
        None => (
            StatusCode::NOT_FOUND,
            failure("invalid_request_error", Some("resource_missing")),
        ),
    }
}

/// Nothing for what is not there.
fn found(ledger: &mut Ledger, call: &Call, path: &[&str], origin: &str) -> Option<Value> {
    let field = |name: &str| call.fields.get(name).cloned();
    match (call.method.as_str(), path) {
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
        ("POST", ["checkout", "sessions", id, "expire"]) => ledger.page_told(id, origin),
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
        PRICE_YEAR | PRICE_YEAR_OLD | PRICE_YEAR_USD => (5_000, "year"),
        _ => return None,
    };
    let currency = if id == PRICE_YEAR_USD { "usd" } else { "eur" };
    let mut told = canaries();
    told["id"] = json!(id);
    told["currency"] = json!(currency);
    told["unit_amount"] = json!(amount);
    (told["active"], told["livemode"]) = (json!(id != PRICE_YEAR_OLD), json!(false));
    told["recurring"] = json!({ "interval": interval, "interval_count": 1 });
    Some(told)
}

fn told((status, body): Answered) -> Response {
    (status, Json(body)).into_response()
}

fn failure(kind: &str, code: Option<&str>) -> Value {
    let message = format!("{CANARY}: nothing was charged to Ada");
    json!({ "error": { "type": kind, "code": code, "message": message } })
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
