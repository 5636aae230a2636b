mod prices;

use std::sync::Arc;
use std::time::Duration;

use account::plans::Status;
use base::{Personal, Timestamp};

use super::*;
use crate::Settings;
use crate::providers::recorded::{Act, Recorded, RuntimeClock, answer, ok, status};

const SECRET: &str = "whsec_test_vector";
const BODY: &str = r#"{"id":"evt_1","object":"event","type":"invoice.paid"}"#;
/// Of [`BODY`] at [`SIGNED_S`] under [`SECRET`], made elsewhere.
const SIGNATURE: &str = "79dedd35c58e06c56298e50d0afdcd3942facba122145fc98a49b1c8f7750f85";
const SIGNED_S: i64 = 1_763_760_000;

fn open(acts: impl IntoIterator<Item = Act>) -> (Outbound, Arc<Recorded>) {
    let settings = serde_json::json!({"payments": {
        "secret_key": "sk_test_canary", "webhook_secret": SECRET,
        "price_month": "price_m", "price_year": "price_y",
    }});
    let settings: Settings = serde_json::from_value(settings).unwrap();
    let http = Recorded::playing(acts);
    let outbound = Outbound::over(http.clone(), settings, RuntimeClock::start()).unwrap();
    (outbound, http)
}

fn seconds(unix_s: i64) -> Timestamp {
    Timestamp::from_unix_ms(unix_s * 1_000)
}

fn hear(header: &str, body: &str, unix_s: i64) -> Result<PaymentEvent, BadEvent> {
    open([]).0.hear(header, body.as_bytes(), seconds(unix_s))
}

fn signed(body: &str) -> String {
    let key = hmac::Key::new(hmac::HMAC_SHA256, SECRET.as_bytes());
    let tag = hmac::sign(&key, format!("{SIGNED_S}.{body}").as_bytes());
    let tag: String = tag
        .as_ref()
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    format!("t={SIGNED_S},v1={tag}")
}

#[test]
fn a_signature_made_elsewhere_holds_also_beside_another() {
    let header = format!("t={SIGNED_S},v1={SIGNATURE}");
    assert_eq!(hear(&header, BODY, SIGNED_S), Ok(PaymentEvent::Other));
    let two = format!("t={SIGNED_S}, v1={},v0=00,v1={SIGNATURE}", "ab".repeat(32));
    assert_eq!(hear(&two, BODY, SIGNED_S), Ok(PaymentEvent::Other));
}

#[test]
fn what_is_wrongly_signed_or_signed_at_another_time_is_not_heard() {
    let header = format!("t={SIGNED_S},v1={SIGNATURE}");
    for (header, body) in [
        (header.as_str(), "{}"),
        (&*header.replace("760000", "760001"), BODY),
        (&*header.replace("v1", "v0"), BODY),
        (&*header.replace("79", "78"), BODY),
        (&*format!("v1={SIGNATURE}"), BODY),
        (&*format!("t={SIGNED_S},v1={}", &SIGNATURE[..62]), BODY),
        (&*format!("t={SIGNED_S},v1=é{}", &SIGNATURE[2..]), BODY),
        ("", BODY),
    ] {
        assert_eq!(
            hear(header, body, SIGNED_S),
            Err(BadEvent::Unsigned),
            "{header}"
        );
    }
    for late in [-301, 301, 24 * 60 * 60] {
        assert_eq!(hear(&header, BODY, SIGNED_S + late), Err(BadEvent::Stale));
    }
    for late in [-300, 300] {
        assert!(hear(&header, BODY, SIGNED_S + late).is_ok(), "{late}");
    }
}

#[test]
fn an_event_says_whom_it_is_about_and_nothing_else() {
    let of = |body: &str| hear(&signed(body), body, SIGNED_S);
    let event = |event: &str, customer: &str| {
        Ok(PaymentEvent::Of {
            event: event.to_owned(),
            customer: Personal::new(customer.to_owned()),
        })
    };
    let updated = r#"{"id":"evt_1","type":"customer.subscription.updated","livemode":false,
        "data":{"object":{"id":"sub_1","customer":"cus_1","status":"active"}}}"#;
    assert_eq!(of(updated), event("evt_1", "cus_1"));
    let whole = updated.replace(
        "\"cus_1\"",
        "{\"id\":\"cus_2\",\"email\":\"canary@example.org\"}",
    );
    assert_eq!(of(&whole), event("evt_1", "cus_2"));
    assert!(!format!("{:?}", of(&whole)).contains("cus_2"));
    let deleted = r#"{"id":"evt_2","type":"customer.deleted","data":{"object":{"id":"cus_1"}}}"#;
    assert_eq!(of(deleted), event("evt_2", "cus_1"));
    let others = [
        updated.replace("customer.subscription.updated", "charge.succeeded"),
        updated.replace("\"livemode\":false", "\"livemode\":true"),
        updated.replace("\"cus_1\"", "null"),
        updated.replace("\"cus_1\"", "7"),
        updated.replace("cus_1", "cus 1"),
        updated.replace("cus_1", ""),
    ];
    for body in others {
        assert_eq!(of(&body), Ok(PaymentEvent::Other), "{body}");
    }
    for body in ["", "[]", "{}", "{\"id\":1}"] {
        assert_eq!(of(body), Err(BadEvent::Unreadable), "{body}");
    }
}

#[tokio::test(start_paused = true)]
async fn the_truth_is_read_from_where_either_version_has_it_and_nothing_else_is() {
    let body = r#"{"object":"list","has_more":false,"data":[
        {"id":"sub_1","status":"active","cancel_at_period_end":true,"customer":"cus_1","default_payment_method":"canary",
         "items":{"data":[{"current_period_end":1766352000,"price":{"id":"price_m"}}]}},
        {"id":"sub_2","status":"brand_new","current_period_end":1766352001,
         "items":{"data":[{"price":{"id":"price_y"}}]}}]}"#;
    let (outbound, http) = open([ok(body)]);
    let read = outbound.subscriptions_of("cus_1").await.unwrap();
    let (first, second) = (&read[0], &read[1]);
    assert_eq!(
        (first.0.as_str(), first.1.status),
        ("sub_1", Status::Active)
    );
    assert!(first.1.ends_with_period && !second.1.ends_with_period);
    assert_eq!(first.1.period_end, seconds(1_766_352_000));
    assert_eq!(second.1.period_end, seconds(1_766_352_001));
    assert_eq!(second.1.status, Status::Unknown);
    assert_eq!((&*first.1.price, &*second.1.price), ("price_m", "price_y"));
    let asked = "https://api.stripe.com/v1/subscriptions?customer=cus_1&status=all&limit=100";
    assert_eq!(http.addresses(), [asked]);
}

#[tokio::test(start_paused = true)]
async fn what_is_not_paid_was_paid_until_the_period_that_it_failed_for() {
    let body = r#"{"object":"list","has_more":false,"data":[
        {"id":"sub_1","status":"past_due",
         "items":{"data":[{"current_period_start":1766352000,"current_period_end":1768944000,"price":{"id":"price_m"}}]}},
        {"id":"sub_2","status":"unpaid","current_period_start":1766352001,"current_period_end":1768944000},
        {"id":"sub_3","status":"active",
         "items":{"data":[{"current_period_start":1766352000,"current_period_end":1768944000}]}}]}"#;
    let (outbound, _) = open([ok(body)]);
    let read = outbound.subscriptions_of("cus_1").await.unwrap();
    let ends: Vec<Timestamp> = read.iter().map(|(_, it)| it.period_end).collect();
    assert_eq!(
        ends,
        [1_766_352_000, 1_766_352_001, 1_768_944_000].map(seconds)
    );
}

#[tokio::test(start_paused = true)]
async fn a_purchase_is_asked_for_again_with_the_same_key_and_tells_nothing_of_the_payer() {
    let page = r#"{"id":"cs_1","status":"open","url":"https://checkout.stripe.com/c/pay/cs_1"}"#;
    let acts = [
        Act::Fail(Failure::TimedOut),
        answer(409, &[], r#"{"error":{"type":"idempotency_error"}}"#),
        ok(page),
    ];
    let (outbound, http) = open(acts);
    let asked = CheckoutAsked {
        customer: &Personal::new("cus_1".to_owned()),
        price: "price_m",
        done: "https://u.example/plan/done",
        back: "https://u.example/pricing",
        idempotency_key: "key-1",
    };
    let page = outbound.open_checkout(&asked).await.unwrap();
    assert_eq!(
        (page.name.as_str(), page.state),
        ("cs_1", CheckoutState::Open)
    );
    let address = page.address.unwrap();
    assert_eq!(address.host_str(), Some("checkout.stripe.com"));
    let sent = http.sent.lock().unwrap();
    assert_eq!(sent.len(), 3);
    for request in sent.iter() {
        assert_eq!(request.idempotency_key.as_deref(), Some("key-1"));
        assert!(
            request
                .headers
                .contains(&("Stripe-Version", "2025-03-31.basil"))
        );
        let (_, body) = request.body.as_ref().unwrap();
        assert_eq!(
            body.expose(),
            "mode=subscription&customer=cus_1&line_items%5B0%5D%5Bprice%5D=price_m\
             &line_items%5B0%5D%5Bquantity%5D=1&success_url=https%3A%2F%2Fu.example%2Fplan%2Fdone\
             &cancel_url=https%3A%2F%2Fu.example%2Fpricing&locale=auto"
        );
        assert!(!format!("{request:?}").contains("canary"));
    }
}

#[tokio::test(start_paused = true)]
async fn a_refusal_is_not_asked_again_and_a_busy_service_is_given_up_in_time() {
    let missing = r#"{"error":{"code":"resource_missing","message":"No such customer: canary"}}"#;
    let (outbound, http) = open([answer(400, &[], missing)]);
    let refused = outbound.subscriptions_of("cus_1").await.unwrap_err();
    assert_eq!(refused, PaymentFailure::Missing);
    assert_eq!(http.sent.lock().unwrap().len(), 1);
    let (outbound, _) = open([status(401)]);
    let refused = outbound.create_customer("k").await.unwrap_err();
    assert_eq!(refused, PaymentFailure::Key);
    let other = r#"{"error":{"type":"idempotency_error","message":"Keys for canary"}}"#;
    let wrong = r#"{"error":{"type":"invalid_request_error","code":"parameter_invalid_empty"}}"#;
    for (body, expected) in [
        (other, PaymentFailure::OtherWords),
        (wrong, PaymentFailure::Refused(400)),
    ] {
        let (outbound, http) = open([answer(400, &[], body)]);
        let refused = outbound.create_customer("k").await.unwrap_err();
        assert_eq!(refused, expected);
        assert_eq!(http.sent.lock().unwrap().len(), 1);
    }
    let (outbound, http) = open([status(500), status(503), status(429)]);
    let refused = outbound.create_customer("k").await.unwrap_err();
    assert_eq!(refused, PaymentFailure::Refused(429));
    assert_eq!(http.sent.lock().unwrap().len(), 3);
    let started = tokio::time::Instant::now();
    let (outbound, _) = open([Act::Hang, Act::Hang, Act::Hang]);
    assert!(outbound.cancel_now("sub_1").await.is_err());
    assert!(started.elapsed() <= Duration::from_secs(12));
}

#[test]
fn an_answer_to_a_key_stays_and_what_was_lost_or_put_off_does_not() {
    for status in [400, 402, 500, 503] {
        assert!(
            PaymentFailure::Refused(status).is_kept_for_key(),
            "{status}"
        );
    }
    assert!(PaymentFailure::Missing.is_kept_for_key());
    assert!(PaymentFailure::Failed(Failure::BadAnswer).is_kept_for_key());
    for failure in [
        PaymentFailure::Refused(409),
        PaymentFailure::Refused(429),
        PaymentFailure::OtherWords,
        PaymentFailure::Failed(Failure::TimedOut),
        PaymentFailure::Failed(Failure::Unreachable),
    ] {
        assert!(!failure.is_kept_for_key(), "{failure}");
    }
}

#[tokio::test(start_paused = true)]
async fn whom_the_service_does_not_know_is_forgotten_already() {
    let (outbound, http) = open([status(404), ok(r#"{"id":"cus_1","deleted":true}"#)]);
    outbound.forget_customer("cus_1").await.unwrap();
    outbound.forget_customer("cus_1").await.unwrap();
    assert!(
        http.sent
            .lock()
            .unwrap()
            .iter()
            .all(|request| request.is_delete)
    );
}

#[tokio::test(start_paused = true)]
async fn people_are_sent_to_pages_with_tls_only() {
    for url in [
        "http://pay.example/x",
        "javascript:alert(1)",
        "nonsense",
        "data:,x",
    ] {
        let told = format!(r#"{{"id":"cs_1","status":"open","url":"{url}"}}"#);
        let (outbound, _) = open([ok(&told), ok(&told)]);
        assert!(
            outbound
                .checkout_page("cs_1")
                .await
                .unwrap()
                .address
                .is_none(),
            "{url}"
        );
        let (door, back) = (PortalDoor::Everything, "https://u.example/");
        let portal = outbound.open_portal("cus_1", door, back, "k");
        assert_eq!(
            portal.await.unwrap_err(),
            Failure::BadAnswer.into(),
            "{url}"
        );
    }
}

/// What is deleted twice is gone once, and has no key (Stripe API, Idempotent requests).
#[tokio::test(start_paused = true)]
async fn whatever_is_to_happen_once_is_asked_for_again_with_the_same_key() {
    let done = r#"{"id":"it","url":"https://billing.stripe.com/p/session/1"}"#;
    let lost = || Act::Fail(Failure::TimedOut);
    let acts = (0..5).flat_map(|_| [lost(), answer(503, &[], "{}"), ok(done)]);
    let (outbound, http) = open(acts);
    outbound.create_customer("key-1").await.unwrap();
    let (door, back) = (PortalDoor::Card, "https://u.example/");
    let portal = outbound.open_portal("cus_1", door, back, "key-2");
    assert_eq!(portal.await.unwrap().path(), "/p/session/1");
    let ended = outbound.end_with_period("sub_1", true, "key-3").await;
    let kept = outbound.end_with_period("sub_1", false, "key-4").await;
    let closed = outbound.close_checkout("cs_1", "key-5").await;
    assert_eq!([ended, kept, closed], [Ok(()); 3]);
    let sent = http.sent.lock().unwrap();
    let keys: Vec<_> = sent.iter().map(|it| it.idempotency_key.clone()).collect();
    let expected = (1..=5).flat_map(|number| std::iter::repeat_n(format!("key-{number}"), 3));
    assert_eq!(keys, expected.map(Some).collect::<Vec<_>>());
}

#[tokio::test]
async fn who_sells_nothing_asks_nobody() {
    let http = Recorded::playing([]);
    let outbound = Outbound::over(http, Settings::default(), RuntimeClock::start()).unwrap();
    assert!(!outbound.sells());
    assert_eq!(outbound.read_prices().await, PriceReading::default());
    assert_eq!(
        outbound.create_customer("k").await.unwrap_err(),
        PaymentFailure::Off
    );
    let heard = outbound.hear(&signed(BODY), BODY.as_bytes(), seconds(SIGNED_S));
    assert_eq!(heard, Err(BadEvent::Off));
}
