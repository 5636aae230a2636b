use std::collections::HashSet;

use base::OsEntropy;
use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;

/// Enough to be work, and quickly done.
const EASY: Difficulty = Difficulty {
    cost: 2,
    counter_min: 5,
    counter_max: 20,
};
const NOW: Timestamp = Timestamp::from_unix_ms(1_763_760_000_000);

fn keys() -> WorkKeys {
    WorkKeys::derive(&Secret::new([7; 32]))
}

fn solved(keys: &WorkKeys) -> String {
    let challenge = keys.challenge(Purpose::Register, EASY, NOW, &OsEntropy);
    challenge.solve().unwrap()
}

fn verify(payload: &str) -> Result<SpentProof, BadProof> {
    keys().verify(payload, Purpose::Register, NOW)
}

/// The payload with something in it changed.
fn altered(payload: &str, pointer: &str, value: Value) -> String {
    let mut json: Value = serde_json::from_slice(&STANDARD.decode(payload).unwrap()).unwrap();
    *json.pointer_mut(pointer).expect("the field is there") = value;
    STANDARD.encode(json.to_string())
}

/// A challenge and its answer that three other implementations agree on: keys `s1` and `s2`, counter 500, cost 100.
#[test]
fn challenges_are_those_of_the_protocol() {
    let challenge: Challenge = serde_json::from_value(json!({
        "parameters": {
            "algorithm": "PBKDF2/SHA-256", "cost": 100, "expiresAt": 4_102_444_800_i64, "keyLength": 32,
            "keyPrefix": "2075d44adee78918fc24310f9d7dc11d",
            "keySignature": "3e1b26af30d85118bb46552a718b2a93814df1867933cd1bcfd7c0db0f98d2fd",
            "nonce": "ff09a5c658116a9ee6f6fe81ec30f4ff", "salt": "1428151be042d8ce3b8302165b24adec"
        },
        "signature": "b67aa5cf8cdf26c15af0a6111357bb38013e2ba551b6a28e9263290c59ead655"
    }))
    .unwrap();
    let payload = challenge.solve().unwrap();
    let read = read(&payload).unwrap();
    assert_eq!(read.solution.counter, 500);
    let keys = WorkKeys {
        challenge: Secret::new(b"s1".to_vec()),
        answer: Secret::new(b"s2".to_vec()),
    };
    // Signed and answered well; only it says nothing of a purpose, as all of ours do.
    let answer = keys.verify(&payload, Purpose::Register, NOW);
    assert_eq!(answer, Err(BadProof::OtherPurpose));
    let key = unhex(&read.solution.derived_key).unwrap();
    assert_eq!(hex(&mac(b"s2", &key)), challenge.parameters.key_signature);
}

/// RFC 7914, section 11.
#[test]
fn keys_are_derived_as_the_standard_says() {
    let key = pbkdf2(b"passwd", b"salt", 1);
    assert_eq!(
        hex(&key),
        "55ac046e56e3089fec1691c22544b605f94185216dde0465e68b9d57c20dacbc"
    );
    let key = pbkdf2(b"Password", b"NaCl", 80_000);
    assert_eq!(
        hex(&key),
        "4ddcd8f60b98be21830cee5ef22701f9641a4418d04c0414aeff08876b34ab56"
    );
}

#[test]
fn work_that_was_done_counts_under_one_name() {
    let payload = solved(&keys());
    let spent = verify(&payload).unwrap();
    assert_eq!(
        verify(&payload),
        Ok(spent),
        "the name by which a replay is known"
    );
    assert_eq!(spent.ends, NOW.after(LIFE));
    assert_ne!(verify(&solved(&keys())).unwrap().hash, spent.hash);
}

#[test]
fn work_for_another_purpose_or_too_late_does_not_count() {
    let payload = solved(&keys());
    let other = keys().verify(&payload, Purpose::SignIn, NOW);
    assert_eq!(other, Err(BadProof::OtherPurpose));
    let late = keys().verify(&payload, Purpose::Register, NOW.after(LIFE));
    assert_eq!(late, Err(BadProof::Expired));
    let foreign = WorkKeys::derive(&Secret::new([8; 32]));
    let answer = foreign.verify(&payload, Purpose::Register, NOW);
    assert_eq!(answer, Err(BadProof::Foreign));
}

#[test]
fn a_challenge_made_easier_or_longer_lived_is_not_ours() {
    let payload = solved(&keys());
    for (pointer, value) in [
        ("/challenge/parameters/cost", json!(1)),
        ("/challenge/parameters/keyPrefix", json!("")),
        ("/challenge/parameters/expiresAt", json!(4_102_444_800_i64)),
        ("/challenge/parameters/data", json!({"p": "sign-in"})),
        ("/challenge/parameters/data", json!(null)),
        (
            "/challenge/parameters/nonce",
            json!("00000000000000000000000000000000"),
        ),
        (
            "/challenge/parameters/salt",
            json!("00000000000000000000000000000000"),
        ),
        ("/challenge/parameters/algorithm", json!("SHA-256")),
        ("/challenge/parameters/keyLength", json!(1)),
        ("/challenge/signature", json!("00")),
        ("/challenge/signature", json!("")),
        ("/challenge/signature", json!("ä")),
    ] {
        let answer = verify(&altered(&payload, pointer, value.clone()));
        assert_eq!(answer, Err(BadProof::Foreign), "{pointer} {value}");
    }
}

#[test]
fn the_goal_alone_is_no_answer() {
    let payload = solved(&keys());
    let prefix = read(&payload).unwrap().challenge.parameters.key_prefix;
    for key in [
        prefix.clone(),
        format!("{prefix}{}", "0".repeat(32)),
        String::new(),
    ] {
        let answer = verify(&altered(&payload, "/solution/derivedKey", json!(key)));
        assert_eq!(answer, Err(BadProof::Wrong), "{key}");
    }
}

#[test]
fn counters_are_drawn_from_the_whole_range_and_no_further() {
    let drawn: HashSet<u32> = (0..2_000).map(|_| EASY.draw(&OsEntropy)).collect();
    assert_eq!(drawn.len(), 16);
    assert!(drawn.iter().all(|counter| (5..=20).contains(counter)));
    let endless = WORK_DEFAULT.times(u32::MAX);
    assert_eq!(endless.draw(&OsEntropy), COUNTER_MAX);
}

proptest! {
    #[test]
    fn no_text_is_taken_for_work(text in "\\PC{0,200}") {
        prop_assert_eq!(verify(&text), Err(BadProof::Foreign));
        prop_assert_eq!(verify(&STANDARD.encode(text)), Err(BadProof::Foreign));
    }
}
