//! Signing in at real issuers, in processes of their own on this machine: one that is certified, and one that lies.
#![expect(clippy::unwrap_used, reason = "a helper of a test fails with it")]

mod issuer;

use std::collections::BTreeMap;
use std::sync::Arc;

use account::{Attempt, Denied, Returned, Upstream};
use base::{Clock, OsEntropy, Secret, SystemClock};
use issuer::Issuer;
use outbound::{Failure, Identified, NotIdentified, Outbound, Settings};
use url::Url;

const BACK_TO: &str = "http://127.0.0.1:1/auth/callback/google";

/// An installation whose `upstream` is `issuer`.
fn installation(upstream: Upstream, issuer: &Issuer) -> Outbound {
    let page = format!("{}/o/oauth2/v2/auth", issuer.origin);
    let hosts = match upstream {
        Upstream::Google => &["oauth2.googleapis.com", "www.googleapis.com"][..],
        _ => &["oauth.telegram.org"],
    };
    let mirrors: BTreeMap<_, _> = hosts.iter().map(|host| (*host, &issuer.origin)).collect();
    let settings = serde_json::json!({
        "mirrors": mirrors,
        "upstreams": {upstream.name(): {
            "client_id": "app-1", "client_secret": "s3cret", "authorize_url": page,
        }},
    });
    let settings: Settings = serde_json::from_value(settings).unwrap();
    Outbound::start(settings, Arc::new(SystemClock)).unwrap()
}

/// What the address that a browser was sent back to says.
fn returned(address: &str) -> Returned {
    let mut returned = Returned::default();
    for (name, value) in Url::parse(address).unwrap().query_pairs() {
        let value = value.into_owned();
        match &*name {
            "state" => returned.state = Some(Secret::new(value)),
            "code" => returned.code = Some(Secret::new(value)),
            "iss" => returned.issuer = Some(value),
            "error" => returned.error = Some(value),
            _ => {}
        }
    }
    returned
}

/// Goes to the forging issuer and comes back with an answer.
async fn there_and_back(outbound: &Outbound, attempt: &Attempt, scenario: &str) -> Returned {
    let mut way = outbound.way_to(Upstream::Google, attempt, BACK_TO).unwrap();
    way.query_pairs_mut().append_pair("scenario", scenario);
    let answer = issuer::get(way.as_str()).await;
    returned(&answer.location.expect("the issuer sends the browser back"))
}

async fn identify(
    outbound: &Outbound,
    attempt: &Attempt,
    code: Secret<String>,
) -> Result<Identified, NotIdentified> {
    let now = SystemClock.now();
    outbound
        .identify(Upstream::Google, code, attempt, BACK_TO, now)
        .await
}

/// One whole sign-in.
async fn sign_in(outbound: &Outbound, scenario: &str) -> Result<Identified, NotIdentified> {
    let attempt = Attempt::draw(&OsEntropy);
    let returned = there_and_back(outbound, &attempt, scenario).await;
    let code = attempt.accept(Upstream::Google, returned).unwrap();
    identify(outbound, &attempt, code).await
}

#[tokio::test]
async fn what_holds_is_believed_to_the_edge_of_the_clocks_and_nothing_else_is_kept() {
    let issuer = Issuer::forging("https://accounts.google.com").await;
    let outbound = installation(Upstream::Google, &issuer);
    for (scenario, email) in [
        ("good", Some("ada@gmail.com")),
        ("just-expired", Some("ada@gmail.com")),
        ("a-little-ahead", Some("ada@gmail.com")),
        ("organisation", Some("ada@school.example")),
        ("foreign-address", None),
        ("unproved-address", None),
    ] {
        let identified = sign_in(&outbound, scenario).await.expect(scenario);
        assert_eq!(
            identified.subject.expose(),
            "110000000000000000001",
            "{scenario}"
        );
        let told = identified
            .email
            .as_ref()
            .map(|email| email.expose().as_str());
        assert_eq!(told, email, "{scenario}");
        assert!(!format!("{identified:?}").contains("ada"), "{scenario}");
    }
}

// Promise Y6
#[tokio::test]
async fn forged_expired_and_odd_answers_of_an_issuer_are_refused() {
    let issuer = Issuer::forging("https://accounts.google.com").await;
    let outbound = installation(Upstream::Google, &issuer);
    for scenario in [
        "wrong-aud",
        "two-auds",
        "wrong-azp",
        "wrong-iss",
        "older-iss",
        "no-nonce",
        "wrong-nonce",
        "expired",
        "from-the-future",
        "no-subject",
        "empty-subject",
        "no-id-token",
        "no-signature",
        "forged",
        "alg-none",
        "alg-hs256",
    ] {
        let refused = sign_in(&outbound, scenario).await.map(|_| ());
        assert_eq!(refused, Err(NotIdentified::Untrusted), "{scenario}");
    }
    for (scenario, why) in [
        ("more-scopes", NotIdentified::MoreThanAsked),
        ("refused", NotIdentified::Refused),
        ("huge-answer", NotIdentified::Failed(Failure::TooLarge)),
    ] {
        let refused = sign_in(&outbound, scenario).await.map(|_| ());
        assert_eq!(refused, Err(why), "{scenario}");
    }
}

#[tokio::test]
async fn a_code_is_worth_something_once_and_only_to_the_attempt_that_it_came_from() {
    let issuer = Issuer::forging("https://accounts.google.com").await;
    let outbound = installation(Upstream::Google, &issuer);
    let attempt = Attempt::draw(&OsEntropy);
    let accept = |returned| attempt.accept(Upstream::Google, returned);
    let code = accept(there_and_back(&outbound, &attempt, "good").await).unwrap();
    assert!(identify(&outbound, &attempt, code.clone()).await.is_ok());
    assert!(
        identify(&outbound, &attempt, code).await.is_err(),
        "replayed"
    );

    let stolen = accept(there_and_back(&outbound, &attempt, "good").await).unwrap();
    let mut thief = Attempt::draw(&OsEntropy);
    assert!(
        identify(&outbound, &thief, stolen).await.is_err(),
        "another verifier"
    );

    let injected = accept(there_and_back(&outbound, &attempt, "good").await).unwrap();
    thief.verifier = attempt.verifier.clone();
    let refused = identify(&outbound, &thief, injected).await.map(|_| ());
    assert_eq!(refused, Err(NotIdentified::Untrusted), "another nonce");
}

#[tokio::test]
async fn an_answer_of_another_issuer_never_reaches_the_token_endpoint() {
    let issuer = Issuer::forging("https://accounts.google.com").await;
    let outbound = installation(Upstream::Google, &issuer);
    let attempt = Attempt::draw(&OsEntropy);
    let returned = there_and_back(&outbound, &attempt, "answered-by-another").await;
    let accepted = attempt.accept(Upstream::Google, returned);
    assert_eq!(accepted, Err(Denied::Issuer));
    // What Google answered is no answer of Telegram, whichever address it is brought to.
    let returned = there_and_back(&outbound, &attempt, "good").await;
    let accepted = attempt.accept(Upstream::Telegram, returned);
    assert_eq!(accepted, Err(Denied::Issuer));
}

#[tokio::test]
async fn certified_providers_let_people_in_by_either_kind_of_key() {
    for (upstream, algorithm) in [(Upstream::Google, "RS256"), (Upstream::Telegram, "ES256")] {
        let issuer = Issuer::certified(upstream.issuer(), algorithm, BACK_TO).await;
        let outbound = installation(upstream, &issuer);
        let attempt = Attempt::draw(&OsEntropy);
        let way = outbound.way_to(upstream, &attempt, BACK_TO).unwrap();
        let address = issuer.walk(way.as_str()).await;
        assert!(address.starts_with(BACK_TO), "{address}");
        let code = attempt.accept(upstream, returned(&address)).unwrap();
        let identified = outbound
            .identify(upstream, code, &attempt, BACK_TO, SystemClock.now())
            .await
            .unwrap();
        assert_eq!(identified.subject.expose(), "ada");
        assert_eq!(identified.email.is_some(), upstream == Upstream::Google);
        assert_eq!(identified.token.is_some(), upstream.revokes());
    }
}
