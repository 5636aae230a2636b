//! What the collector is sent: three lines of JSON (Sentry's envelopes). No host, person, request or address is in them.

use base::Timestamp;
use chrono::{DateTime, SecondsFormat};
use ring::digest;
use serde::Serialize;

use super::FailureNote;

/// The program and its version.
const RELEASE: &str = concat!("unisono@", env!("CARGO_PKG_VERSION"));

#[derive(Serialize)]
struct EnvelopeHead<'a> {
    event_id: &'a str,
    sent_at: &'a str,
}

#[derive(Serialize)]
struct ItemHead {
    r#type: &'static str,
    length: usize,
}

#[derive(Serialize)]
struct Event<'a> {
    event_id: &'a str,
    timestamp: &'a str,
    platform: &'static str,
    level: &'static str,
    logger: &'static str,
    release: &'static str,
    logentry: LogEntry<'a>,
    tags: Tags<'a>,
}

#[derive(Serialize)]
struct LogEntry<'a> {
    formatted: &'a str,
}

#[derive(Serialize)]
struct Tags<'a> {
    reference: &'a str,
}

/// The body of one request.
pub(super) fn envelope(note: &FailureNote, now: Timestamp) -> String {
    let event_id = event_id(&note.reference);
    let event = json(&Event {
        event_id: &event_id,
        timestamp: &to_the_second(note.at),
        platform: "other",
        level: "error",
        logger: "unisono",
        release: RELEASE,
        logentry: LogEntry {
            formatted: note.what.as_str(),
        },
        tags: Tags {
            reference: &note.reference,
        },
    });
    let head = json(&EnvelopeHead {
        event_id: &event_id,
        sent_at: &to_the_second(now),
    });
    let item = json(&ItemHead {
        r#type: "event",
        length: event.len(),
    });
    format!("{head}\n{item}\n{event}\n")
}

/// The same failure has the same name, so that it is there once.
fn event_id(reference: &str) -> String {
    let hash = digest::digest(&digest::SHA256, reference.as_bytes());
    let bytes = hash.as_ref().iter().take(16);
    bytes.map(|byte| format!("{byte:02x}")).collect()
}

fn to_the_second(moment: Timestamp) -> String {
    let moment = DateTime::from_timestamp(moment.unix_s(), 0).unwrap_or_default();
    moment.to_rfc3339_opts(SecondsFormat::Secs, true)
}

fn json(of: &impl Serialize) -> String {
    serde_json::to_string(of).expect("what is sent are plain texts and numbers")
}

#[cfg(test)]
mod tests {
    use base::Scrubbed;

    use super::*;

    #[test]
    fn an_envelope_is_three_lines_of_just_this() {
        let note = FailureNote {
            reference: "UNI-7F3K-92QD-MX0A-V5RT".to_owned(),
            what: Scrubbed::of("a \"room\" failed: the disk is full \u{2014} ada@example.org"),
            at: Timestamp::from_unix_ms(1_763_760_000_999),
        };
        let now = Timestamp::from_unix_ms(1_763_760_002_001);
        let body = envelope(&note, now);
        let lines: Vec<&str> = body.split('\n').collect();
        let event_id = "f07a943bdcdcecb6870a5419d6b99261";
        let version = env!("CARGO_PKG_VERSION");
        let event = format!(
            "{{\"event_id\":\"{event_id}\",\"timestamp\":\"2025-11-21T21:20:00Z\",\"platform\":\"other\",\
             \"level\":\"error\",\"logger\":\"unisono\",\"release\":\"unisono@{version}\",\
             \"logentry\":{{\"formatted\":\"a \\\"room\\\" failed: the disk is full \u{2014} [removed]\"}},\
             \"tags\":{{\"reference\":\"UNI-7F3K-92QD-MX0A-V5RT\"}}}}"
        );
        let length = event.len();
        assert_eq!(
            lines,
            [
                format!("{{\"event_id\":\"{event_id}\",\"sent_at\":\"2025-11-21T21:20:02Z\"}}"),
                format!("{{\"type\":\"event\",\"length\":{length}}}"),
                event,
                String::new(),
            ]
        );
    }

    #[test]
    fn a_failure_has_one_name_and_another_one_has_another() {
        let name = event_id("UNI-7F3K-92QD-MX0A-V5RT");
        assert_eq!(name, event_id("UNI-7F3K-92QD-MX0A-V5RT"));
        assert_ne!(name, event_id("UNI-7F3K-92QD-MX0A-V5RV"));
        let is_hex = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
        assert!(name.len() == 32 && name.bytes().all(is_hex));
    }
}
