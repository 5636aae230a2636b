//! `unisono link match`: whether two records are the same recording, in JSON.

use std::fmt;
use std::time::Duration;

use music::{Level, Reason, Record, SAME, score_records};
use serde::de::{Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};

use super::lines::Line;

/// The longest line: two records with every column filled many times over.
pub(super) const LINE_BYTES_MAX: usize = 64 * 1024;

#[derive(Deserialize)]
struct Question {
    left: Side,
    right: Side,
}

/// Every line has this shape; one that could not be read is not the same as anything.
#[derive(Serialize)]
struct Answer {
    /// The best guess: `confidence` of one half and more.
    same: bool,
    confidence: f64,
    /// The cautious word: what is missing or differs lowers it.
    level: Level,
    reasons: Vec<Reason>,
    /// Why the line could not be read.
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<String>,
}

/// The answer to one line.
pub(super) fn answer(line: &Line<'_>) -> String {
    let answer = match line {
        Line::Whole(bytes) => match serde_json::from_slice::<Question>(bytes) {
            Ok(question) => verdict(&question),
            Err(error) => unread(error.to_string()),
        },
        Line::Start(_) => unread(format!("longer than {LINE_BYTES_MAX} bytes")),
    };
    serde_json::to_string(&answer).expect("an answer is text, names and finite numbers only")
}

fn verdict(question: &Question) -> Answer {
    let verdict = score_records(&question.left.0, &question.right.0);
    Answer {
        same: verdict.confidence >= SAME,
        confidence: (verdict.confidence * 10_000.0).round() / 10_000.0,
        level: verdict.level,
        reasons: verdict.reasons,
        error: None,
    }
}

fn unread(error: String) -> Answer {
    Answer {
        same: false,
        confidence: 0.0,
        level: Level::Unverified,
        reasons: Vec::new(),
        error: Some(error),
    }
}

/// One record. Columns it does not know are kept as further ones, and values of any type are read as text.
struct Side(Record);

impl<'de> Deserialize<'de> for Side {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(SideVisitor)
    }
}

struct SideVisitor;

impl<'de> Visitor<'de> for SideVisitor {
    type Value = Side;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a record: {\"title\", \"artist\", ...}")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Side, A::Error> {
        let mut record = Record::default();
        let mut is_empty = true;
        while let Some(column) = map.next_key::<String>()? {
            is_empty = false;
            match column.as_str() {
                "title" => record.title = map.next_value::<Text>()?.0,
                "artist" | "artists" => record.artist = map.next_value::<Text>()?.0,
                "album" => record.album = map.next_value::<Text>()?.0,
                "released" => record.released = map.next_value::<Text>()?.0,
                "isrc" => record.isrc = map.next_value::<Text>()?.0.parse().ok(),
                "duration_ms" => {
                    let text = map.next_value::<Text>()?.0;
                    record.duration = text
                        .trim()
                        .parse()
                        .ok()
                        .filter(|milliseconds| *milliseconds > 0.0)
                        .and_then(|milliseconds: f64| {
                            Duration::try_from_secs_f64(milliseconds / 1000.0).ok()
                        });
                    // Not a number of milliseconds: `3:33` is read like any other column.
                    if record.duration.is_none() {
                        record.extra.insert(column, text);
                    }
                }
                "extra" => {
                    if let Some(Columns(columns)) = map.next_value()? {
                        record.extra.extend(columns);
                    }
                }
                _ => {
                    let text = map.next_value::<Text>()?.0;
                    record.extra.insert(column, text);
                }
            }
        }
        if is_empty {
            return Err(A::Error::custom("a record has at least a title"));
        }
        Ok(Side(record))
    }
}

struct Columns(Vec<(String, String)>);

impl<'de> Deserialize<'de> for Columns {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct ColumnsVisitor;
        impl<'de> Visitor<'de> for ColumnsVisitor {
            type Value = Columns;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("columns by name")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Columns, A::Error> {
                let mut columns = Vec::new();
                while let Some((column, Text(value))) = map.next_entry::<String, Text>()? {
                    columns.push((column, value));
                }
                Ok(Columns(columns))
            }
        }
        deserializer.deserialize_map(ColumnsVisitor)
    }
}

/// A value as text: lists are joined by commas, nothing and objects are empty.
struct Text(String);

impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(TextVisitor)
    }
}

struct TextVisitor;

impl<'de> Visitor<'de> for TextVisitor {
    type Value = Text;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Text, E> {
        Ok(Text(text.to_owned()))
    }

    fn visit_string<E: Error>(self, text: String) -> Result<Text, E> {
        Ok(Text(text))
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Text, E> {
        Ok(Text(number.to_string()))
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<Text, E> {
        Ok(Text(number.to_string()))
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<Text, E> {
        Ok(Text(number.to_string()))
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Text, E> {
        Ok(Text(value.to_string()))
    }

    fn visit_unit<E: Error>(self) -> Result<Text, E> {
        Ok(Text(String::new()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Text, A::Error> {
        let mut joined = String::new();
        while let Some(Text(text)) = list.next_element()? {
            if !joined.is_empty() {
                joined.push_str(", ");
            }
            joined.push_str(&text);
        }
        Ok(Text(joined))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Text, A::Error> {
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(Text(String::new()))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;

    fn said(line: &str) -> Value {
        serde_json::from_str(&answer(&Line::Whole(line.as_bytes()))).unwrap()
    }

    #[test]
    fn the_same_recording_is_said_to_be_the_same_and_why() {
        let answer = said(
            r#"{"left":{"title":"Here Comes The Sun","artist":"The Beatles","duration_ms":185733},
                "right":{"title":"Here Comes the Sun - Remastered 2009","artist":["The Beatles"],"duration_ms":"185000"}}"#,
        );
        assert_eq!(answer["same"], true);
        assert_eq!(answer["level"], "high");
        assert_eq!(
            answer["reasons"],
            serde_json::json!(["same_title", "same_artist", "same_duration"])
        );
        assert!(answer["confidence"].as_f64().unwrap() >= 0.9);
    }

    #[test]
    fn another_version_is_not_the_same() {
        let answer = said(
            r#"{"left":{"title":"Clarity","artist":"Zedd, Foxes"},"right":{"title":"Clarity - Tiësto Remix","artist":"Zedd, Foxes"}}"#,
        );
        assert_eq!(answer["same"], false);
        assert_eq!(answer["level"], "different");
        assert_eq!(answer["reasons"][0], "other_version");
    }

    #[test]
    fn values_of_any_type_and_columns_of_any_name_are_read() {
        let answer = said(
            r#"{"left":{"title":1999,"artist":"Prince","album":null,"released":1982,"isrc":7,"extra":{"length":"3:33","x":{"y":[1]}}},
                "right":{"title":"1999","artist":"Prince","genre":"Pop","duration_ms":"3:33","extra":null}}"#,
        );
        assert_eq!(answer["same"], true);
        assert_eq!(answer["reasons"][2], "same_duration");
    }

    #[test]
    fn what_is_no_pair_of_records_is_answered_with_an_error() {
        for line in [
            "",
            "7",
            "{}",
            r#"{"left":{"title":"a"}}"#,
            r#"{"left":{},"right":{"title":"a"}}"#,
            "{\"left\":",
        ] {
            let answer = said(line);
            assert!(answer["error"].is_string(), "{line}");
            assert_eq!(answer["same"], false, "{line}");
            assert_eq!(answer["confidence"], 0.0, "{line}");
            assert_eq!(answer["level"], "unverified", "{line}");
            assert_eq!(answer["reasons"], serde_json::json!([]), "{line}");
        }
        let long: Value = serde_json::from_str(&answer(&Line::Start(b"{"))).unwrap();
        assert_eq!(long["error"], "longer than 65536 bytes");
    }
}
