use std::sync::Arc;

use base::OsEntropy;

use super::*;
use crate::Settings;
use crate::providers::recorded::{Act, Recorded, RuntimeClock, answer, ok, status};

const BACK_TO: &str = "https://u.example/auth/callback/spotify";
const SPOTIFY: &str = r#"{"access_token":"BQ.canary","token_type":"Bearer","scope":"","expires_in":3600,"refresh_token":"AQ.canary"}"#;
const YANDEX: &str = r#"{"token_type":"bearer","access_token":"y0_canary","expires_in":31536000,"refresh_token":"1:canary"}"#;

fn open(acts: impl IntoIterator<Item = Act>) -> (Outbound, Arc<Recorded>) {
    let keys = serde_json::json!({"client_id": "app-1", "client_secret": "s3cret"});
    let settings = serde_json::json!({"upstreams": {
        "google": keys, "spotify": keys, "yandex": keys, "telegram": keys,
    }});
    let settings: Settings = serde_json::from_value(settings).unwrap();
    let http = Recorded::playing(acts);
    let outbound = Outbound::over(http.clone(), settings, RuntimeClock::start()).unwrap();
    (outbound, http)
}

async fn identify(
    upstream: Upstream,
    acts: impl IntoIterator<Item = Act>,
) -> (Result<Identified, NotIdentified>, Arc<Recorded>) {
    let (outbound, http) = open(acts);
    let attempt = Attempt::draw(&OsEntropy);
    let code = Secret::new("c-1".to_owned());
    let now = Timestamp::from_unix_ms(1_763_760_000_000);
    let identified = outbound
        .identify(upstream, code, &attempt, BACK_TO, now)
        .await;
    (identified, http)
}

#[test]
fn browsers_are_sent_with_a_challenge_a_state_and_the_least_scopes() {
    let (outbound, _) = open([]);
    let attempt = Attempt::draw(&OsEntropy);
    for upstream in [
        Upstream::Google,
        Upstream::Spotify,
        Upstream::Yandex,
        Upstream::Telegram,
    ] {
        let way = outbound.way_to(upstream, &attempt, BACK_TO).unwrap();
        let sent: BTreeMap<_, _> = way.query_pairs().into_owned().collect();
        assert_eq!(sent["response_type"], "code");
        assert_eq!(sent["client_id"], "app-1");
        assert_eq!(sent["redirect_uri"], BACK_TO);
        assert_eq!(sent["state"], *attempt.state.expose());
        assert_eq!(sent["code_challenge"], attempt.challenge());
        assert_eq!(sent["code_challenge_method"], "S256");
        let is_openid = matches!(upstream, Upstream::Google | Upstream::Telegram);
        assert_eq!(sent.contains_key("nonce"), is_openid, "{upstream}");
        assert_eq!(sent.contains_key("device_id"), upstream == Upstream::Yandex);
        let scopes = sent.get("scope").map_or("", String::as_str);
        assert_eq!(scopes, upstream.scopes().join(" "));
        assert!(!way.as_str().contains(attempt.verifier.expose().as_str()));
        assert!(!way.as_str().contains("s3cret"));
    }
}

#[test]
fn nobody_is_sent_to_an_upstream_without_keys() {
    let http = Recorded::playing([]);
    let outbound = Outbound::over(http, Settings::default(), RuntimeClock::start()).unwrap();
    assert_eq!(outbound.upstreams(), []);
    let attempt = Attempt::draw(&OsEntropy);
    assert_eq!(outbound.way_to(Upstream::Google, &attempt, BACK_TO), None);
    let (all, _) = open([]);
    assert_eq!(all.upstreams().len(), 4);
}

#[tokio::test(start_paused = true)]
async fn spotify_says_who_somebody_is_and_its_tokens_are_dropped() {
    let profile =
        r#"{"account_id":"acc_01","id":"ada_l","display_name":"Ada","email":"canary@example.com"}"#;
    let (identified, http) = identify(Upstream::Spotify, [ok(SPOTIFY), ok(profile)]).await;
    let identified = identified.unwrap();
    assert_eq!(identified.subject.expose(), "acc_01");
    assert!(identified.email.is_none() && identified.token.is_none());
    assert_eq!(
        http.addresses(),
        [
            "https://accounts.spotify.com/api/token",
            "https://api.spotify.com/v1/me"
        ]
    );
    let sent = http.sent.lock().unwrap();
    let form = sent[0].body.as_ref().unwrap().1.expose();
    for part in [
        "grant_type=authorization_code",
        "code=c-1",
        "code_verifier=",
        "redirect_uri=https",
    ] {
        assert!(form.contains(part), "{part}");
    }
    assert!(
        sent.iter()
            .all(|request| request.limit == BodyLimit::Whole(ANSWER_MAX))
    );
}

#[tokio::test(start_paused = true)]
async fn an_older_name_at_spotify_is_never_taken_for_an_account_id() {
    let older = ok(r#"{"id":"acc_01"}"#);
    let (identified, _) = identify(Upstream::Spotify, [ok(SPOTIFY), older]).await;
    assert_eq!(identified.unwrap().subject.expose(), "id:acc_01");
}

#[tokio::test(start_paused = true)]
async fn yandex_keeps_a_token_to_revoke_and_no_address_is_believed() {
    let profile = r#"{"id":"1000034426","client_id":"app-1","default_email":"ada.l@yandex.ru"}"#;
    let (identified, http) = identify(Upstream::Yandex, [ok(YANDEX), ok(profile)]).await;
    let identified = identified.unwrap();
    assert_eq!(identified.subject.expose(), "1000034426");
    assert_eq!(identified.token, Some(Secret::new("y0_canary".to_owned())));
    assert!(identified.email.is_none());
    let sent = http.sent.lock().unwrap();
    assert_eq!(
        sent[1].authorization,
        Some(Secret::new("OAuth y0_canary".to_owned()))
    );
}

#[tokio::test(start_paused = true)]
async fn a_token_that_was_given_to_another_app_says_nothing_here() {
    let other = ok(r#"{"id":"1","client_id":"app-2"}"#);
    let (identified, _) = identify(Upstream::Yandex, [ok(YANDEX), other]).await;
    assert_eq!(identified.unwrap_err(), NotIdentified::Untrusted);
}

// Promise Y6
#[tokio::test(start_paused = true)]
async fn a_token_that_opens_more_than_asked_is_never_used() {
    let more = SPOTIFY.replace(r#""scope":"""#, r#""scope":"playlist-read-private""#);
    let (identified, http) = identify(Upstream::Spotify, [ok(&more)]).await;
    assert_eq!(identified.unwrap_err(), NotIdentified::MoreThanAsked);
    assert_eq!(http.addresses().len(), 1, "the token is not sent anywhere");
}

#[tokio::test(start_paused = true)]
async fn what_an_upstream_does_wrong_is_told_apart_and_never_believed() {
    let grant = r#"{"error":"invalid_grant","error_description":"canary"}"#;
    let large = "x".repeat(10);
    for (act, expected) in [
        (answer(400, &[], grant), NotIdentified::Refused),
        (
            answer(302, &[("location", "https://evil.example/")], ""),
            NotIdentified::Untrusted,
        ),
        (ok("<html>"), NotIdentified::Untrusted),
        (
            answer(200, &[("content-type", "text/html")], SPOTIFY),
            NotIdentified::Untrusted,
        ),
        (ok(&large), NotIdentified::Untrusted),
        (status(500), NotIdentified::Untrusted),
        (Act::Hang, NotIdentified::Failed(Failure::TimedOut)),
        (
            Act::Fail(Failure::TooLarge),
            NotIdentified::Failed(Failure::TooLarge),
        ),
    ] {
        let (identified, _) = identify(Upstream::Spotify, [act]).await;
        assert_eq!(identified.unwrap_err(), expected);
    }
    for profile in [
        "{}",
        r#"{"id":""}"#,
        r#"{"account_id":"a b"}"#,
        r#"{"account_id":null}"#,
    ] {
        let (identified, _) = identify(Upstream::Spotify, [ok(SPOTIFY), ok(profile)]).await;
        assert_eq!(
            identified.unwrap_err(),
            NotIdentified::Untrusted,
            "{profile}"
        );
    }
}

// Promise Y26
#[tokio::test(start_paused = true)]
async fn a_grant_is_taken_back_where_that_can_be_done() {
    let token = Secret::new("t-canary".to_owned());
    let (outbound, http) = open([
        status(200),
        ok(r#"{"status":"ok"}"#),
        answer(400, &[], r#"{"error":"invalid_token"}"#),
        answer(400, &[], r#"{"error":"invalid_client"}"#),
        status(503),
    ]);
    assert_eq!(outbound.revoke(Upstream::Google, &token).await, Ok(()));
    assert_eq!(outbound.revoke(Upstream::Yandex, &token).await, Ok(()));
    assert_eq!(
        outbound.revoke(Upstream::Google, &token).await,
        Ok(()),
        "it was over already"
    );
    for status in [400, 503] {
        let failed = outbound.revoke(Upstream::Google, &token).await;
        assert_eq!(failed, Err(Failure::Refused { status }));
    }
    assert_eq!(
        outbound.revoke(Upstream::Spotify, &token).await,
        Err(Failure::Unsupported)
    );
    assert_eq!(
        http.addresses()[..2],
        [
            "https://oauth2.googleapis.com/revoke",
            "https://oauth.yandex.com/revoke_token"
        ]
    );
    let sent = http.sent.lock().unwrap();
    let forms: Vec<&str> = sent
        .iter()
        .map(|one| one.body.as_ref().unwrap().1.expose().as_str())
        .collect();
    assert_eq!(forms[..2], ["token=t-canary", "access_token=t-canary"]);
    assert!(sent[1].authorization.is_some());
}
