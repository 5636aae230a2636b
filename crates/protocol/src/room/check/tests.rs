//! Each bound of a room's commands, and its answer.

use crate::{BadMessage, ClientMessage};
use proptest::prelude::*;

const ITEM: &str = "i_0000000000001";
const PERSON: &str = "p_0000000000001";

fn parse_as(cmd_id: &str, command: &str) -> Result<ClientMessage, BadMessage> {
    ClientMessage::parse(&format!(
        r#"{{"kind":"command","cmd_id":"{cmd_id}","command":{{{command}}}}}"#
    ))
}

/// The refusal's text; empty when there is none.
fn refusal(command: &str) -> String {
    let refused = parse_as("c1", command).err();
    refused.map_or_else(String::new, |refused| refused.to_string())
}

fn long(count: usize) -> String {
    "x".repeat(count)
}

fn listed(one: &str, count: usize) -> String {
    vec![one; count].join(",")
}

fn add(item: &str) -> String {
    format!(r#""do":"add","items":[{{{item}}}]"#)
}

fn demo(rest: &str) -> String {
    add(&format!(r#""source":"demo","name":"rain"{rest}"#))
}

fn file(sha256: &str, bytes: u64, media_type: &str) -> String {
    add(&format!(
        r#""source":"file","sha256":"{sha256}","bytes":{bytes},"media_type":"{media_type}""#
    ))
}

fn address(url: &str) -> String {
    add(&format!(r#""source":"address","url":"{url}""#))
}

fn all_refused_with(commands: &[String], text: &str) {
    for command in commands {
        assert_eq!(refusal(command), text, "{command}");
    }
}

#[test]
fn what_is_just_within_its_bounds_is_taken() {
    let digest = "0123456789abcdef".repeat(4);
    let recording = format!(
        r#""source":"recording","page":"0123456789","links":[{}]"#,
        listed(r#"{"platform":"p","url":"https://a.example/"}"#, 16)
    );
    let commands = [
        demo(&format!(r#","title":"{}","artist":"{}","duration_ms":86400000"#, "é".repeat(200), long(200))),
        file(&digest, 512 * 1024 * 1024, "audio/x-m4a+xml"),
        file(&digest, 1, "video/mp4"),
        file(&digest, 1, &format!("video/{}", long(58))),
        address(&format!("https://a.example/{}", long(2_030))),
        add(&recording),
        format!(r#""do":"add","items":[{}]"#, listed(r#"{"source":"demo","name":"rain-fall"}"#, 100)),
        format!(r#""do":"remove","items":[{}]"#, listed(&format!("\"{ITEM}\""), 100)),
        format!(r#""do":"chat","text":"{}""#, "é".repeat(500)),
        format!(r#""do":"rename","name":"{}""#, "é".repeat(40)),
        r#""do":"rename","name":"""#.to_owned(),
        r#""do":"seek","position_ms":-1"#.to_owned(),
        r#""do":"seek","position_ms":1e12"#.to_owned(),
        format!(r#""do":"grant","person":"{PERSON}","rank":"host","extra":[{}]"#, listed("\"chat\"", 32)),
        r#""do":"invite","rank":"guest","uses":1000,"expires_in_s":2592000"#.to_owned(),
        r#""do":"invite","rank":"host","uses":1,"expires_in_s":60"#.to_owned(),
        r#""do":"configure","change":{"skip_percent":100,"items_per_person_max":500,"item_minutes_max":1440,"slow_mode_s":3600}"#.to_owned(),
        format!(r#""do":"report","player":{{"class":"remote","service":"{}"}}"#, long(32)),
    ];
    all_refused_with(&commands, "");
    assert!(parse_as(&"!".repeat(32), r#""do":"play""#).is_ok());
}

#[test]
fn a_command_needs_a_short_visible_name() {
    let name = |cmd_id: &str| parse_as(cmd_id, r#""do":"play""#).unwrap_err().to_string();
    for bad in ["", "a b", "caf\u{e9}", "\\u0007"] {
        assert_eq!(name(bad), "cmd_id must be 1 to 32 visible ASCII characters");
    }
    assert_eq!(name(&long(33)), "cmd_id is longer than 32");
}

#[test]
fn lists_are_neither_empty_nor_too_long() {
    let commands = [
        r#""do":"add","items":[]"#.to_owned(),
        r#""do":"remove","items":[]"#.to_owned(),
        format!(
            r#""do":"add","items":[{}]"#,
            listed(r#"{"source":"demo","name":"a"}"#, 101)
        ),
        format!(
            r#""do":"remove","items":[{}]"#,
            listed(&format!("\"{ITEM}\""), 101)
        ),
    ];
    all_refused_with(&commands, "items must be 1 to 100");
}

#[test]
fn texts_are_bounded_in_characters() {
    let cases = [
        (
            demo(&format!(r#","title":"{}""#, long(201))),
            "title is longer than 200",
        ),
        (
            demo(&format!(r#","artist":"{}""#, long(201))),
            "artist is longer than 200",
        ),
        (
            format!(r#""do":"chat","text":"{}""#, long(501)),
            "text is longer than 500",
        ),
        (
            r#""do":"chat","text":"""#.to_owned(),
            "text must be 1 to 500 characters",
        ),
        (
            format!(r#""do":"rename","name":"{}""#, long(41)),
            "name is longer than 40",
        ),
        (
            format!(r#""do":"configure","change":{{"title":"{}"}}"#, long(81)),
            "title is longer than 80",
        ),
        (
            format!(
                r#""do":"report","player":{{"class":"remote","service":"{}"}}"#,
                long(33)
            ),
            "service is longer than 32",
        ),
    ];
    for (command, text) in cases {
        assert_eq!(refusal(&command), text);
    }
}

#[test]
fn only_plain_https_addresses_are_taken() {
    let bad = [
        "http://a.example/",
        "HTTPS://a.example/",
        "https://",
        "https:///path",
        "https://:443/",
        "https://name:word@a.example/",
        "https://a.example/a b",
        "https://a.example/\u{202e}",
        "https://a.example\\\\@b.example/",
        "javascript:alert(1)",
        "data:audio/wav;base64,",
        "",
    ];
    let bad: Vec<String> = bad.into_iter().map(address).collect();
    all_refused_with(&bad, "url must be an https address");
    let too_long = address(&format!("https://a.example/{}", long(2_031)));
    assert_eq!(refusal(&too_long), "url is longer than 2048");
}

#[test]
fn a_file_is_named_by_its_digest_and_is_bounded_sound() {
    let digest = "a".repeat(64);
    let digests = [
        "a".repeat(63),
        "A".repeat(64),
        "g".repeat(64),
        String::new(),
    ];
    let bad = digests.map(|digest| file(&digest, 1, "audio/flac"));
    all_refused_with(&bad, "sha256 must be 64 lower-case hexadecimal digits");
    let bad = [0, 512 * 1024 * 1024 + 1].map(|bytes| file(&digest, bytes, "audio/flac"));
    all_refused_with(&bad, "bytes must be 1 to 536870912");
    let types = [
        "audio/",
        "video/",
        "text/html",
        "application/octet-stream",
        "audio/a b",
        "audio/mpeg;x=1",
        "Audio/mpeg",
        "",
    ];
    let bad = types.map(|media_type| file(&digest, 1, media_type));
    all_refused_with(&bad, "media_type must be audio/ or video/ and a name");
    let too_long = file(&digest, 1, &format!("audio/{}", long(59)));
    assert_eq!(refusal(&too_long), "media_type is longer than 64");
}

#[test]
fn a_demo_is_a_plain_name_and_a_recording_has_few_links() {
    let named = |name: &str| add(&format!(r#""source":"demo","name":"{name}""#));
    let bad = ["", "Rain", "../rain", "rain1"].map(named);
    all_refused_with(&bad, "demo must be lower-case letters and hyphens");
    assert_eq!(refusal(&named(&long(33))), "demo is longer than 32");
    let links = listed(r#"{"platform":"p","url":"https://a.example/"}"#, 17);
    let recording = format!(r#""source":"recording","page":"0123456789","links":[{links}]"#);
    assert_eq!(refusal(&add(&recording)), "links is longer than 16");
}

#[test]
fn nothing_lasts_longer_than_a_day_and_a_position_is_a_number() {
    for ms in ["0", "86400001", "18446744073709551615"] {
        let bad = [
            demo(&format!(r#","duration_ms":{ms}"#)),
            format!(r#""do":"measured","item":"{ITEM}","duration_ms":{ms}"#),
        ];
        all_refused_with(&bad, "duration_ms must be 1 to 86400000");
    }
    for position in ["1e999", "NaN", "Infinity", "null", "\"1\""] {
        let seek = format!(r#""do":"seek","position_ms":{position}"#);
        assert!(refusal(&seek).starts_with("not a message"), "{position}");
    }
}

#[test]
fn invites_and_ranks_have_their_ranges() {
    let invite = |rank: &str, uses: u32, life: u32| {
        format!(r#""do":"invite","rank":"{rank}","uses":{uses},"expires_in_s":{life}"#)
    };
    let uses = [0, 1_001].map(|uses| invite("dj", uses, 60));
    all_refused_with(&uses, "uses must be 1 to 1000");
    let lives = [0, 59, 2_592_001].map(|life| invite("dj", 1, life));
    all_refused_with(&lives, "expires_in_s must be 60 to 2592000");
    let owner = format!(r#""do":"grant","person":"{PERSON}","rank":"owner""#);
    all_refused_with(&[invite("owner", 1, 60), owner], "rank must be below owner");
    let many = format!(
        r#""do":"grant","person":"{PERSON}","extra":[{}]"#,
        listed("\"chat\"", 33)
    );
    assert_eq!(refusal(&many), "grants is longer than 32");
}

#[test]
fn settings_have_their_ranges() {
    let cases = [
        (r#""skip_percent":0"#, "skip_percent must be 1 to 100"),
        (r#""skip_percent":101"#, "skip_percent must be 1 to 100"),
        (
            r#""items_per_person_max":0"#,
            "items_per_person_max must be 1 to 500",
        ),
        (
            r#""items_per_person_max":501"#,
            "items_per_person_max must be 1 to 500",
        ),
        (
            r#""item_minutes_max":0"#,
            "item_minutes_max must be 1 to 1440",
        ),
        (
            r#""item_minutes_max":1441"#,
            "item_minutes_max must be 1 to 1440",
        ),
        (r#""slow_mode_s":3601"#, "slow_mode_s must be 0 to 3600"),
        (
            r#""grants":{"host":[]}"#,
            "grants must be about ranks below host",
        ),
    ];
    for (change, text) in cases {
        let configure = format!(r#""do":"configure","change":{{{change}}}"#);
        assert_eq!(refusal(&configure), text);
    }
}

#[test]
fn who_follows_shows_a_key_that_nobody_can_guess() {
    let join = |rest: &str| {
        let text = format!(r#"{{"kind":"join","version":1,"code":"k7m-4qx"{rest}}}"#);
        ClientMessage::parse(&text).map(|_| ())
    };
    let key = long(22);
    assert_eq!(
        join(&format!(r#","follow":true,"device_key":"{key}""#)),
        Ok(())
    );
    assert_eq!(join(r#","device_key":"short""#), Ok(()));
    for rest in [
        r#","follow":true"#,
        r#","follow":true,"device_key":"short""#,
    ] {
        assert_eq!(join(rest), Err(BadMessage::ShortDeviceKey));
    }
    let invite = format!(
        r#","follow":true,"device_key":"{key}","invite":"{}""#,
        long(257)
    );
    assert_eq!(
        join(&invite).unwrap_err().to_string(),
        "invite is longer than 256"
    );
    let create = format!(
        r#"{{"kind":"create","version":1,"device_key":"{key}","queue":{{"title":"{}"}}}}"#,
        long(81)
    );
    let refused = ClientMessage::parse(&create).unwrap_err();
    assert_eq!(refused.to_string(), "title is longer than 80");
}

proptest! {
    #[test]
    fn parsing_a_command_never_panics_nor_quotes(word in "[a-z-]{0,14}", rest in ".{0,80}") {
        let text = format!(r#""do":"{word}",{rest}"#);
        if let Err(refused) = parse_as("canary-of-this-test", &text) {
            prop_assert!(!refused.to_string().contains("canary"));
        }
    }
}
