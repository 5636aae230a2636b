//! Reading answers: a wrong or missing part costs that part, and only what is vital costs the whole.

use std::time::Duration;

use music::Listing;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer};
use serde_json::Value;

use crate::Failure;
use crate::http::Reply;

/// The answer as JSON, whatever it calls itself; nothing when the host says that there is no such thing.
pub(super) fn json<T: DeserializeOwned>(reply: &Reply) -> Result<Option<T>, Failure> {
    if reply.is_none() {
        return Ok(None);
    }
    serde_json::from_slice(&reply.body)
        .map(Some)
        .map_err(|_| Failure::BadAnswer)
}

/// An id, sent as a number or as text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Id(pub(super) String);

impl<'de> Deserialize<'de> for Id {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match Value::deserialize(deserializer)? {
            Value::String(text) => Ok(Self(text)),
            Value::Number(number) => Ok(Self(number.to_string())),
            _ => Err(serde::de::Error::custom("an id is a number or a text")),
        }
    }
}

/// A part that may be missing, or be something else than it should.
pub(super) fn soft<'de, D: Deserializer<'de>, T: DeserializeOwned>(
    deserializer: D,
) -> Result<Option<T>, D::Error> {
    Ok(serde_json::from_value(Value::deserialize(deserializer)?).ok())
}

/// A list, without those of its items that cannot be read.
pub(super) fn list<'de, D: Deserializer<'de>, T: DeserializeOwned>(
    deserializer: D,
) -> Result<Vec<T>, D::Error> {
    let Value::Array(items) = Value::deserialize(deserializer)? else {
        return Ok(Vec::new());
    };
    Ok(items
        .into_iter()
        .filter_map(|item| serde_json::from_value(item).ok())
        .collect())
}

/// Something that a service lists, in its own words.
pub(super) trait Listed: DeserializeOwned {
    fn listing(self) -> Option<Listing>;
}

/// The one thing that was asked for, if there is one that can be listed.
pub(super) fn one<T: Listed>(found: Option<T>) -> Vec<Listing> {
    found.and_then(T::listing).into_iter().collect()
}

/// What a search has found, a page of each kind.
#[derive(Deserialize)]
#[serde(bound = "T: Listed, A: Listed, P: Listed")]
pub(super) struct Found<T, A, P> {
    #[serde(default, deserialize_with = "soft")]
    tracks: Option<Page<T>>,
    #[serde(default, deserialize_with = "soft")]
    albums: Option<Page<A>>,
    #[serde(default, deserialize_with = "soft")]
    artists: Option<Page<P>>,
}

/// A page of a list.
#[derive(Deserialize)]
#[serde(bound = "T: DeserializeOwned")]
pub(super) struct Page<T> {
    #[serde(default, deserialize_with = "list", alias = "results")]
    pub(super) items: Vec<T>,
    #[serde(default, deserialize_with = "soft")]
    pub(super) total: Option<u32>,
}

impl<T: Listed, A: Listed, P: Listed> Found<T, A, P> {
    pub(super) fn listings(self) -> Vec<Listing> {
        let tracks = listings(self.tracks);
        let albums = listings(self.albums);
        tracks.chain(albums).chain(listings(self.artists)).collect()
    }
}

fn listings<T: Listed>(page: Option<Page<T>>) -> impl Iterator<Item = Listing> {
    let items = page.into_iter().flat_map(|page| page.items);
    items.filter_map(T::listing)
}

/// A day, month or year at the beginning of a text: `2005-03-01T12:00:00Z` is `2005-03-01`.
pub(super) fn date(text: &str) -> Option<String> {
    let digits = |part: &str, length: usize| {
        part.len() == length && part.bytes().all(|byte| byte.is_ascii_digit())
    };
    let day = text.get(..text.len().min(10))?;
    let mut parts = day.split('-');
    let year = parts
        .next()
        .filter(|year| digits(year, 4) && *year != "0000")?;
    let rest: Vec<&str> = parts
        .take_while(|part| digits(part, 2) && *part != "00")
        .take(2)
        .collect();
    Some(
        std::iter::once(year)
            .chain(rest)
            .collect::<Vec<_>>()
            .join("-"),
    )
}

/// A duration as ISO 8601 writes it, hours and below: `PT3M34S`.
pub(super) fn iso_duration(text: &str) -> Option<Duration> {
    let mut seconds = 0.0;
    let mut number = String::new();
    for letter in text.strip_prefix("PT")?.chars() {
        if letter.is_ascii_digit() || letter == '.' {
            number.push(letter);
            continue;
        }
        let unit = match letter {
            'H' => 3_600.0,
            'M' => 60.0,
            'S' => 1.0,
            _ => return None,
        };
        seconds += number.parse::<f64>().ok()? * unit;
        number.clear();
    }
    let is_whole = number.is_empty() && text.len() > 2;
    Duration::try_from_secs_f64(seconds)
        .ok()
        .filter(|_| is_whole)
}

/// A text that says something.
pub(super) fn filled(text: Option<String>) -> Option<String> {
    text.filter(|text| !text.trim().is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_date_is_read_as_far_as_it_goes() {
        for (text, day) in [
            ("2005-03-01", Some("2005-03-01")),
            ("2005-03-01T12:00:00Z", Some("2005-03-01")),
            ("2005-03", Some("2005-03")),
            ("2005", Some("2005")),
            ("2005-00-00", Some("2005")),
            ("0000-00-00", None),
            ("", None),
            ("March", None),
        ] {
            assert_eq!(date(text).as_deref(), day, "{text}");
        }
    }

    #[test]
    fn a_duration_is_read_in_hours_minutes_and_seconds() {
        for (text, seconds) in [
            ("PT3M34S", Some(214.0)),
            ("PT1H2S", Some(3_602.0)),
            ("PT45S", Some(45.0)),
            ("PT3M33.5S", Some(213.5)),
            ("PT", None),
            ("P1D", None),
            ("PT3", None),
            ("PT3MS", None),
            ("3:34", None),
        ] {
            assert_eq!(
                iso_duration(text).map(|span| span.as_secs_f64()),
                seconds,
                "{text}"
            );
        }
    }

    proptest! {
        #[test]
        fn no_text_breaks_the_readers(text: String) {
            let _ = date(&text);
            let _ = iso_duration(&text);
            let _ = iso_duration(&format!("PT{text}"));
        }
    }
}
