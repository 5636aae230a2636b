use std::sync::Arc;

use super::*;
use crate::Settings;
use crate::providers::recorded::{Act, Recorded, RuntimeClock, answer, ok, status};

const TOKEN: &str = "0.canary-token_of.a-browser";
const GOOD: &str = r#"{"success":true,"challenge_ts":"2026-11-21T22:00:00.000Z","hostname":"unisono.example",
    "error-codes":[],"action":"register","cdata":"","metadata":{"interactive":false}}"#;

fn open(acts: impl IntoIterator<Item = Act>) -> (Outbound, Arc<Recorded>) {
    let settings = serde_json::json!({"turnstile": {"site_key": "0x4AAA", "secret_key": "0x4BBB"}});
    let settings: Settings = serde_json::from_value(settings).unwrap();
    let http = Recorded::playing(acts);
    let outbound = Outbound::over(http.clone(), settings, RuntimeClock::start()).unwrap();
    (outbound, http)
}

fn at(seconds: i64) -> Timestamp {
    Timestamp::from_unix_ms(1_763_760_000_000 + seconds * 1_000)
}

async fn confirm(outbound: &Outbound, token: &str) -> Result<SpentProof, NotConfirmed> {
    let token = Secret::new(token.to_owned());
    outbound
        .confirm_check(&token, "register", "unisono.example", at(0))
        .await
}

/// Promise C5: the service is told our key and what it gave the browser itself, and nothing of who asks.
#[tokio::test]
async fn the_service_is_told_its_own_text_and_our_key_and_nothing_else() {
    let (outbound, http) = open([ok(GOOD)]);
    let spent = confirm(&outbound, TOKEN).await.unwrap();
    assert_eq!(spent.ends, at(300));
    let sent = http.sent.lock().unwrap();
    let [request] = &sent[..] else {
        panic!("one question")
    };
    assert_eq!(
        request.url.as_str(),
        "https://challenges.cloudflare.com/turnstile/v0/siteverify"
    );
    let (kind, body) = request.body.as_ref().unwrap();
    assert_eq!(*kind, "application/x-www-form-urlencoded");
    assert_eq!(*body.expose(), format!("secret=0x4BBB&response={TOKEN}"));
    assert!(request.headers.is_empty() && request.authorization.is_none());
    assert!(!format!("{request:?}").contains("canary"));
}

#[tokio::test]
async fn what_was_made_for_another_act_or_page_or_was_heard_before_does_not_count() {
    for wrong in [
        GOOD.replace("register", "sign-in"),
        GOOD.replace("unisono.example", "evil.example"),
        GOOD.replace(r#""action":"register","#, ""),
        GOOD.replace(r#""hostname":"unisono.example","#, ""),
        GOOD.replace("true", "false"),
        r#"{"success":false,"error-codes":["timeout-or-duplicate"]}"#.to_owned(),
    ] {
        let (outbound, _) = open([ok(&wrong)]);
        let refused = confirm(&outbound, TOKEN).await;
        assert_eq!(refused, Err(NotConfirmed::Refused), "{wrong}");
    }
    let refusal = r#"{"success":false,"error-codes":["invalid-input-response"]}"#;
    let (outbound, _) = open([answer(400, &[], refusal)]);
    assert_eq!(confirm(&outbound, TOKEN).await, Err(NotConfirmed::Refused));
}

#[tokio::test]
async fn what_can_be_no_text_of_the_service_is_not_sent_to_it() {
    let (outbound, http) = open([]);
    for token in ["", "with a space", "line\nbreak", "é", &"x".repeat(2_049)] {
        assert_eq!(confirm(&outbound, token).await, Err(NotConfirmed::Refused));
    }
    assert!(http.addresses().is_empty());
    let settings = Settings::default();
    let off = Outbound::over(http, settings, RuntimeClock::start()).unwrap();
    assert_eq!(confirm(&off, TOKEN).await, Err(NotConfirmed::Off));
    assert_eq!(off.check_site_key(), None);
}

#[tokio::test(start_paused = true)]
async fn without_a_whole_answer_in_time_nothing_counts() {
    let cases = [
        (Act::Hang, Failure::TimedOut),
        (Act::Fail(Failure::Unreachable), Failure::Unreachable),
        (status(503), Failure::Refused { status: 503 }),
        (status(302), Failure::Refused { status: 302 }),
        (ok("<html>"), Failure::BadAnswer),
        (ok("[]"), Failure::BadAnswer),
        (ok(r#"{"success":"yes"}"#), Failure::BadAnswer),
        (
            ok(r#"{"success":false,"error-codes":["internal-error"]}"#),
            Failure::BadAnswer,
        ),
    ];
    for (act, failure) in cases {
        let (outbound, _) = open([act]);
        let outcome = confirm(&outbound, TOKEN).await;
        assert_eq!(outcome, Err(NotConfirmed::Failed(failure)));
    }
    let refusal = r#"{"success":false,"error-codes":["invalid-input-secret"]}"#;
    let (outbound, _) = open([ok(refusal)]);
    assert_eq!(confirm(&outbound, TOKEN).await, Err(NotConfirmed::Key));
}

#[tokio::test]
async fn a_service_that_fails_again_and_again_is_left_alone_for_a_while() {
    let (outbound, http) = open([
        status(500),
        status(500),
        status(500),
        status(500),
        status(500),
        ok(GOOD),
    ]);
    for _ in 0..5 {
        confirm(&outbound, TOKEN).await.unwrap_err();
    }
    let resting = confirm(&outbound, TOKEN).await;
    assert!(matches!(
        resting,
        Err(NotConfirmed::Failed(Failure::Resting { .. }))
    ));
    assert_eq!(http.addresses().len(), 5);
    let token = Secret::new(TOKEN.to_owned());
    let later = outbound.confirm_check(&token, "register", "unisono.example", at(11));
    assert!(later.await.is_ok());
}

#[tokio::test]
async fn two_texts_have_two_names() {
    let (outbound, _) = open([ok(GOOD), ok(GOOD), ok(GOOD)]);
    let first = confirm(&outbound, TOKEN).await.unwrap();
    assert_eq!(confirm(&outbound, TOKEN).await, Ok(first));
    assert_ne!(
        confirm(&outbound, "0.other").await.unwrap().hash,
        first.hash
    );
}
