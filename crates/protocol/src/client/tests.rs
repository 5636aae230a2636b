//! The vocabulary's bounds, and the reading of it.

use super::*;
use proptest::prelude::*;

const MEMBER: &str = "m_0000000000001";

fn join(extra: &str) -> String {
    format!(r#"{{"kind":"join","version":1,"code":"k7m-4qx"{extra}}}"#)
}

#[test]
fn the_shortest_join_is_enough() {
    let Ok(ClientMessage::Join(join)) = ClientMessage::parse(&join("")) else {
        panic!("a join");
    };
    assert_eq!(join.code.as_str(), "K7M4QX");
    assert!(join.password.is_none() && !join.hide_address);
}

#[test]
fn unknown_fields_and_forms_are_let_through() {
    let text = join(r#","colour":"red","device":{"form":"toaster"}"#);
    let Ok(ClientMessage::Join(join)) = ClientMessage::parse(&text) else {
        panic!("a join")
    };
    assert_eq!(join.device.form, crate::Form::Unknown);
}

#[test]
fn every_bound_has_its_answer() {
    let long = |n| "x".repeat(n);
    let cases = [
        (
            join(&format!(r#","password":"{}""#, long(73))),
            "password is longer than 72",
        ),
        (
            join(r#","password":"""#),
            "an empty password: leave it out or choose one",
        ),
        (
            join(&format!(r#","device":{{"name":"{}"}}"#, long(41))),
            "name is longer than 40",
        ),
        (
            join(&format!(r#","resume":"{}""#, long(257))),
            "resume is longer than 256",
        ),
        (
            format!(
                r#"{{"kind":"candidate","to":"{MEMBER}","candidate":"{}"}}"#,
                long(1025)
            ),
            "candidate is longer than 1024",
        ),
        (
            format!(
                r#"{{"kind":"offer","to":"{MEMBER}","sdp":"{}"}}"#,
                long(49_153)
            ),
            "sdp is longer than 49152",
        ),
        (long(65_537), "message is longer than 65536"),
        (
            r#"{"kind":"join","version":2,"code":"k7m-4qx"}"#.to_owned(),
            "version 2 is not spoken here; this server speaks 1",
        ),
    ];
    for (text, message) in cases {
        assert_eq!(
            ClientMessage::parse(&text).unwrap_err().to_string(),
            message
        );
    }
}

#[test]
fn a_candidate_read_alone_is_what_the_vocabulary_reads() {
    let read = |message| match message {
        ClientMessage::Candidate { to, candidate, mid } => Some((to, candidate.0, mid)),
        _ => None,
    };
    for (rest, is_candidate) in [
        (r#""candidate":"c","mid":"0"}"#, true),
        (r#""candidate":"c","mid":null,"colour":"red"}"#, true),
        (r#""candidate":"caf\u00e9"}"#, true),
        (r#""mid":"0"}"#, false),
        (r#""candidate":"c","candidate":"c"}"#, false),
        (r#""candidate":"c","kind":"candidate"}"#, false),
        (r#""candidate":"c"} "#, true),
        (r#""candidate":"c"}}"#, false),
    ] {
        let text = format!(r#"{{"kind":"candidate","to":"{MEMBER}",{rest}"#);
        let alone = serde_json::from_str::<CandidateOnly>(&text).map(ClientMessage::from);
        let of_the_vocabulary = serde_json::from_str::<ClientMessage>(&text);
        let alone = alone.ok().and_then(read);
        assert_eq!(alone, of_the_vocabulary.ok().and_then(read), "{text}");
        assert_eq!(alone.is_some(), is_candidate, "{text}");
    }
    let list = format!(r#"["candidate","{MEMBER}","c","0"]"#);
    assert_eq!(
        serde_json::from_str::<CandidateOnly>(&list).is_ok(),
        serde_json::from_str::<ClientMessage>(&list).is_ok()
    );
}

#[test]
fn a_device_key_that_could_be_guessed_is_refused() {
    let text = r#"{"kind":"create","version":1,"device_key":""}"#;
    assert_eq!(
        ClientMessage::parse(text).unwrap_err(),
        BadMessage::ShortDeviceKey
    );
}

#[test]
fn what_is_no_message_is_not_quoted_back() {
    for text in [
        "",
        "{}",
        "[1]",
        r#"{"kind":"canary"}"#,
        r#"{"kind":"join","version":1,"code":"canary!"}"#,
    ] {
        let error = ClientMessage::parse(text).unwrap_err().to_string();
        assert!(
            error.starts_with("not a message") && !error.contains("canary"),
            "{error}"
        );
    }
}

#[test]
fn a_command_that_is_none_is_still_known_by_its_name() {
    let name = |text: &str| {
        assert!(ClientMessage::parse(text).is_err(), "{text}");
        ClientMessage::command_in(text).map(|name| name.0)
    };
    let said = |cmd_id: &str, rest: &str| {
        format!(r#"{{"kind":"command","cmd_id":"{cmd_id}","command":{rest}}}"#)
    };
    for rest in [
        r#"{"do":"dance"}"#,
        r#"{"do":"seek","position_ms":1e999}"#,
        r#"{"do":"chat","text":""}"#,
        r#"[{"do":"play"}]"#,
        "7",
    ] {
        assert_eq!(name(&said("c1", rest)).as_deref(), Some("c1"), "{rest}");
    }
    assert_eq!(
        name(r#"{"cmd_id":"c1","kind":"command"}"#).as_deref(),
        Some("c1")
    );
    let nameless = [
        said("", r#"{"do":"dance"}"#),
        said(&"x".repeat(33), r#"{"do":"dance"}"#),
        said("c1", "NaN"),
        r#"{"kind":"command","cmd_id":7}"#.to_owned(),
        r#"{"kind":"offer","cmd_id":"c1"}"#.to_owned(),
        r#"{"kind":"command","cmd_id":"c1""#.to_owned(),
    ];
    for text in nameless {
        assert_eq!(name(&text), None, "{text}");
    }
}

#[test]
fn nothing_private_prints() {
    let text = join(r#","password":"canary","resume":"canary","device":{"name":"canary"}"#);
    let printed = format!("{:?}", ClientMessage::parse(&text).unwrap());
    assert!(
        !printed.contains("canary") && !printed.contains("K7M4QX"),
        "{printed}"
    );
    let text = format!(r#"{{"kind":"offer","to":"{MEMBER}","sdp":"canary"}}"#);
    assert!(!format!("{:?}", ClientMessage::parse(&text).unwrap()).contains("canary"));
}

proptest! {
    #[test]
    fn parsing_never_panics(text: String) {
        let _ = ClientMessage::parse(&text);
    }

    #[test]
    fn parsing_never_panics_near_a_message(kind in "[a-z-]{0,12}", rest: String) {
        let _ = ClientMessage::parse(&format!(r#"{{"kind":"{kind}","to":"{MEMBER}",{rest}}}"#));
    }
}
