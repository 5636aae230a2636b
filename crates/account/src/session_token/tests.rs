use std::time::Duration;

use base::{Entropy, OsEntropy};
use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;

const NOW: Timestamp = Timestamp::from_unix_ms(1_763_760_000_000);
const LIFE: Duration = Duration::from_secs(30 * 24 * 60 * 60);

fn key(id: &str, byte: u8) -> TokenKey {
    TokenKey {
        id: id.to_owned(),
        key: Secret::new([byte; 32]),
    }
}

fn keys() -> TokenKeys {
    TokenKeys::new(key("b", 2), vec![key("a", 1)])
}

fn token(keys: &TokenKeys) -> (SessionId, String) {
    let session = SessionId::new(&OsEntropy);
    let token = keys.sign(session, NOW, NOW.after(LIFE));
    (session, token.expose().clone())
}

/// Signed as ours are, whatever it says.
fn forged(header: &Value, claims: &Value, key: &[u8]) -> String {
    let input = format!("{}.{}", encode(header), encode(claims));
    let signature = mac(key, &input).finalize().into_bytes();
    format!("{input}.{}", URL_SAFE_NO_PAD.encode(signature))
}

fn header() -> Value {
    json!({"alg": "HS256", "typ": "unisono-session+jwt", "kid": "b"})
}

fn claims() -> Value {
    let session = SessionId::new(&OsEntropy);
    json!({"sid": session, "iat": NOW.unix_s(), "exp": NOW.unix_s() + 60, "aud": "unisono"})
}

fn with(mut object: Value, field: &str, value: Value) -> Value {
    object[field] = value;
    object
}

fn without(mut object: Value, field: &str) -> Value {
    object.as_object_mut().unwrap().remove(field);
    object
}

/// RFC 7515, appendix A.1: its key, its signing input and its signature.
#[test]
fn signatures_are_those_of_the_standard() {
    let key =
        "AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow";
    let input = "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ";
    let signature = mac(&decode(key).unwrap(), input).finalize().into_bytes();
    assert_eq!(
        URL_SAFE_NO_PAD.encode(signature),
        "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
    );
}

#[test]
fn a_token_names_its_session_until_it_expires() {
    let keys = keys();
    let (session, token) = token(&keys);
    assert_eq!(keys.read(&token, NOW), Ok(session));
    let last = NOW.after(LIFE - Duration::from_secs(1));
    assert_eq!(keys.read(&token, last), Ok(session));
    assert_eq!(keys.read(&token, NOW.after(LIFE)), Err(BadToken::Expired));
}

#[test]
fn a_token_of_an_older_key_is_good_until_that_key_is_forgotten() {
    let older = TokenKeys::new(key("a", 1), Vec::new());
    let (session, token) = token(&older);
    assert_eq!(keys().read(&token, NOW), Ok(session));
    let newer = TokenKeys::new(key("b", 2), Vec::new());
    assert_eq!(newer.read(&token, NOW), Err(BadToken::Foreign));
}

/// Promise S24.
#[test]
fn a_token_says_nothing_but_which_session_and_until_when() {
    let (_, token) = token(&keys());
    let claims = decode(token.split('.').nth(1).unwrap()).unwrap();
    let claims: Value = serde_json::from_slice(&claims).unwrap();
    let names: Vec<&String> = claims.as_object().unwrap().keys().collect();
    assert_eq!(names, ["aud", "exp", "iat", "sid"]);
}

#[test]
fn forged_headers_are_refused() {
    let read = |header: &Value| keys().read(&forged(header, &claims(), &[2; 32]), NOW);
    assert!(read(&header()).is_ok(), "the forger has the key");
    for bad in [
        with(header(), "alg", json!("none")),
        with(header(), "alg", json!("None")),
        with(header(), "alg", json!("HS512")),
        with(header(), "alg", json!("RS256")),
        with(header(), "alg", json!("hs256")),
        with(header(), "kid", json!("a")),
        with(header(), "kid", json!("c")),
        with(header(), "kid", json!("../../dev/null")),
        with(header(), "typ", json!("JWT")),
        with(header(), "typ", json!("UNISONO-SESSION+JWT")),
        with(header(), "jwk", json!({"kty": "oct", "k": "AgIC"})),
        with(header(), "jku", json!("https://keys.example")),
        with(header(), "crit", json!(["exp"])),
        without(header(), "typ"),
        without(header(), "kid"),
        without(header(), "alg"),
        json!([]),
    ] {
        assert_eq!(read(&bad), Err(BadToken::Foreign), "{bad}");
    }
}

#[test]
fn a_token_without_a_signature_is_refused() {
    let none = with(header(), "alg", json!("none"));
    for header in [none, header()] {
        let input = format!("{}.{}", encode(&header), encode(&claims()));
        for token in [format!("{input}."), input.clone(), format!("{input}.AA")] {
            assert_eq!(keys().read(&token, NOW), Err(BadToken::Foreign), "{token}");
        }
    }
}

#[test]
fn odd_claims_are_refused() {
    let read = |claims: &Value| keys().read(&forged(&header(), claims, &[2; 32]), NOW);
    for bad in [
        with(claims(), "aud", json!("another")),
        with(claims(), "aud", json!(["unisono"])),
        with(claims(), "sid", json!("t_00000000000000000000000000000000")),
        with(claims(), "sid", json!(7)),
        with(claims(), "iat", json!(NOW.unix_s() + SKEW_S + 1)),
        with(claims(), "exp", json!("soon")),
        with(claims(), "admin", json!(true)),
        without(claims(), "aud"),
        without(claims(), "exp"),
        without(claims(), "iat"),
        without(claims(), "sid"),
    ] {
        assert_eq!(read(&bad), Err(BadToken::Foreign), "{bad}");
    }
    let over = with(claims(), "exp", json!(NOW.unix_s()));
    assert_eq!(read(&over), Err(BadToken::Expired));
}

#[test]
fn text_that_is_no_token_is_refused() {
    let long = "a".repeat(BYTES_MAX + 1);
    for text in [
        "",
        ".",
        "..",
        "...",
        "a.b.c",
        "ä.ä.ä",
        "e30.e30.e30",
        long.as_str(),
    ] {
        assert_eq!(keys().read(text, NOW), Err(BadToken::Foreign), "{text}");
    }
    let (_, token) = token(&keys());
    for text in [
        format!("{token}="),
        format!(" {token}"),
        format!("{token}.x"),
    ] {
        assert_eq!(keys().read(&text, NOW), Err(BadToken::Foreign), "{text}");
    }
}

#[test]
fn a_token_altered_in_any_bit_is_refused() {
    let keys = keys();
    let (_, token) = token(&keys);
    for bit in 0..token.len() * 8 {
        let mut bytes = token.clone().into_bytes();
        bytes[bit / 8] ^= 1 << (bit % 8);
        let Ok(altered) = String::from_utf8(bytes) else {
            continue;
        };
        assert_eq!(
            keys.read(&altered, NOW),
            Err(BadToken::Foreign),
            "bit {bit}"
        );
    }
}

proptest! {
    #[test]
    fn no_text_makes_the_reader_fail_otherwise(text in "\\PC{0,60}(\\.\\PC{0,60}){0,4}") {
        prop_assert_eq!(keys().read(&text, NOW), Err(BadToken::Foreign));
    }

    #[test]
    fn tokens_of_other_keys_are_refused(other in any::<[u8; 32]>()) {
        prop_assume!(other != [2; 32]);
        let token = forged(&header(), &claims(), &other);
        prop_assert_eq!(keys().read(&token, NOW), Err(BadToken::Foreign));
    }
}

#[test]
fn keys_never_print() {
    let key = TokenKey {
        id: "b".to_owned(),
        key: Secret::new(OsEntropy.bytes32()),
    };
    assert_eq!(format!("{key:?}"), r#"TokenKey { id: "b", key: [secret] }"#);
}
