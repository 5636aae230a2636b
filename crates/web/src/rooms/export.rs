//! A room's list of songs as a file: JSON for programs, M3U for players, CSV for spreadsheets. Pure text, no request.

use std::fmt::Write as _;

use app::RoomList;
use protocol::room::{ItemView, Source, TITLE_CHARS_MAX, URL_BYTES_MAX, clean};
use serde::Serialize;
use utoipa::ToSchema;

use crate::assets;

/// A room's list of songs.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct SavedList {
    /// The room's code.
    code: String,
    /// What the room is called.
    title: Option<String>,
    /// When the list was so, Unix ms.
    saved_at: i64,
    /// What has played (at most 50, the earliest first), what is on, and what follows, in order.
    items: Vec<SavedItem>,
}

/// Where an item stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Standing {
    /// It has played.
    Played,
    /// It is on.
    On,
    /// It follows.
    Queued,
}

impl Standing {
    const fn name(self) -> &'static str {
        match self {
            Self::Played => "played",
            Self::On => "on",
            Self::Queued => "queued",
        }
    }
}

/// An item of the list. Nothing says who added it.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct SavedItem {
    /// Where it stands.
    standing: Standing,
    /// What it is called.
    title: String,
    /// Who made it.
    artist: Option<String>,
    /// How long it is.
    duration_ms: Option<u64>,
    /// Where it can be heard: at a service, else on its page here. Files of people have no address.
    address: Option<String>,
    /// What it is played from.
    #[serde(flatten)]
    source: Source,
}

impl SavedList {
    /// `list` with addresses that lead to `origin` where they lead here.
    pub(crate) fn new(list: RoomList, origin: &str) -> Self {
        let played = list
            .songs
            .played
            .into_iter()
            .map(|item| (Standing::Played, item));
        let on = list.songs.on.into_iter().map(|item| (Standing::On, item));
        let queue = list
            .songs
            .queue
            .into_iter()
            .map(|item| (Standing::Queued, item));
        let items = played.chain(on).chain(queue);
        Self {
            code: list.code.to_string(),
            title: list.songs.title,
            saved_at: list.at.unix_ms(),
            items: items
                .map(|(standing, item)| SavedItem::new(standing, item, origin))
                .collect(),
        }
    }

    /// The JSON form.
    pub(crate) fn json(&self) -> String {
        serde_json::to_string(self).expect("these types have text keys only")
    }

    /// The extended M3U form, in UTF-8. What has no address is a comment, so that players leave it out.
    pub(crate) fn m3u(&self) -> String {
        let mut text = "#EXTM3U\n".to_owned();
        if let Some(title) = &self.title {
            let _ = writeln!(text, "#PLAYLIST:{}", one_line(title));
        }
        for item in &self.items {
            let name = item.name();
            let _ = match (&item.address, item.duration_ms) {
                (None, _) => writeln!(text, "# {name}"),
                (Some(address), None) => writeln!(text, "#EXTINF:-1,{name}\n{address}"),
                (Some(address), Some(ms)) => {
                    writeln!(text, "#EXTINF:{},{name}\n{address}", seconds(ms))
                }
            };
        }
        text
    }

    /// The CSV form (RFC 4180), in UTF-8.
    pub(crate) fn csv(&self) -> String {
        // Spreadsheets take a file without this mark for one in the old alphabet of their country.
        let mut text = "\u{feff}standing,title,artist,seconds,source,address\r\n".to_owned();
        for item in &self.items {
            let length = item.duration_ms.map(seconds).map(|s| s.to_string());
            let cells = [
                item.standing.name(),
                &item.title,
                item.artist.as_deref().unwrap_or_default(),
                &length.unwrap_or_default(),
                kind(&item.source),
                item.address.as_deref().unwrap_or_default(),
            ];
            text.push_str(&cells.map(cell).join(","));
            text.push_str("\r\n");
        }
        text
    }
}

impl SavedItem {
    fn new(standing: Standing, item: ItemView, origin: &str) -> Self {
        Self {
            standing,
            address: address(&item.source, origin),
            title: item.title,
            artist: item.artist,
            duration_ms: item.duration_ms,
            source: item.source,
        }
    }

    /// `artist - title`, as players write it.
    fn name(&self) -> String {
        let title = one_line(&self.title);
        match &self.artist {
            Some(artist) => format!("{} - {title}", one_line(artist)),
            None => title,
        }
    }
}

/// A line of a playlist must not become two, nor turn its neighbours round.
fn one_line(text: &str) -> String {
    clean(text, TITLE_CHARS_MAX)
}

const fn seconds(ms: u64) -> u64 {
    (ms + 500) / 1_000
}

const fn kind(source: &Source) -> &'static str {
    match source {
        Source::Recording { .. } => "recording",
        Source::File { .. } => "file",
        Source::Address { .. } => "address",
        Source::Demo { .. } => "demo",
    }
}

fn address(source: &Source, origin: &str) -> Option<String> {
    let address = match source {
        Source::Recording { page, links } => match links.first() {
            Some(link) => link.url.clone(),
            None => format!("{origin}/l/{page}"),
        },
        Source::Address { url } => url.clone(),
        Source::Demo { name } => {
            let file = assets::built(&format!("loop-{name}-"), ".flac")?;
            format!("{origin}{file}")
        }
        Source::File { .. } => return None,
    };
    let is_one_word = address.bytes().all(|byte| byte.is_ascii_graphic());
    is_one_word.then_some(address)
}

/// One cell. A spreadsheet runs what begins like a formula, also in full-width letters; an apostrophe before it makes
/// it text.
fn cell(text: &str) -> String {
    const BEGIN_A_FORMULA: [char; 11] =
        ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];
    // The longest text in a list is an address.
    let text = clean(text, URL_BYTES_MAX);
    let defused = match text.starts_with(BEGIN_A_FORMULA) {
        true => format!("'{text}"),
        false => text,
    };
    let is_plain = !defused.contains(['"', ',', '\'', ';']);
    match is_plain {
        true => defused,
        false => format!("\"{}\"", defused.replace('"', "\"\"")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn item(title: &str, artist: Option<&str>, source: Source) -> SavedItem {
        SavedItem {
            standing: Standing::Queued,
            title: title.to_owned(),
            artist: artist.map(str::to_owned),
            duration_ms: Some(183_600),
            address: address(&source, "https://listen.example"),
            source,
        }
    }

    fn at(url: &str) -> Source {
        let url = url.to_owned();
        Source::Address { url }
    }

    fn file() -> Source {
        Source::File {
            sha256: "0".repeat(64),
            bytes: 1,
            media_type: "audio/flac".to_owned(),
        }
    }

    fn list(items: Vec<SavedItem>) -> SavedList {
        SavedList {
            code: "K7M4QX".to_owned(),
            title: Some("Friday\n#EXTINF:1,forged".to_owned()),
            saved_at: 0,
            items,
        }
    }

    #[test]
    fn a_playlist_has_a_line_of_its_own_for_each_thing_and_files_are_comments() {
        let list = list(vec![
            item(
                "Low\r\nTide",
                Some("Nora\u{202e} Vale"),
                at("https://a.example/1.mp3"),
            ),
            item("My tape", None, file()),
            SavedItem {
                duration_ms: None,
                ..item("Long", None, at("https://a.example/2.mp3"))
            },
        ]);
        assert_eq!(
            list.m3u(),
            "#EXTM3U\n#PLAYLIST:Friday #EXTINF:1,forged\n\
             #EXTINF:184,Nora Vale - Low Tide\nhttps://a.example/1.mp3\n\
             # My tape\n\
             #EXTINF:-1,Long\nhttps://a.example/2.mp3\n"
        );
    }

    #[test]
    fn a_recording_is_at_its_first_service_or_on_its_page_here() {
        let page = "7k3m9qx2vr".parse().unwrap();
        let bare = Source::Recording {
            page,
            links: Vec::new(),
        };
        let origin = "https://listen.example";
        let here = address(&bare, origin);
        assert_eq!(here.as_deref(), Some("https://listen.example/l/7k3m9qx2vr"));
        let url = "https://deezer.example/track/1".to_owned();
        let links = vec![protocol::room::ServiceLink {
            platform: "deezer".to_owned(),
            url: url.clone(),
        }];
        assert_eq!(
            address(&Source::Recording { page, links }, origin),
            Some(url)
        );
        assert_eq!(address(&at("https://a.example/\n#EXT"), origin), None);
    }

    #[test]
    fn cells_are_quoted_and_formulas_are_defused() {
        for (text, written) in [
            ("Low Tide", "Low Tide"),
            ("one, two", "\"one, two\""),
            ("the \"best\"", "\"the \"\"best\"\"\""),
            ("two\r\nlines", "two lines"),
            ("=cmd|'/C calc'!A0", "\"'=cmd|'/C calc'!A0\""),
            ("+1", "\"'+1\""),
            ("-1", "\"'-1\""),
            ("@SUM(A1)", "\"'@SUM(A1)\""),
            ("＝1＋1", "\"'＝1＋1\""),
            ("\t=1", "\"'=1\""),
            ("\u{202e}=1", "\"'=1\""),
            ("\u{202e}evil", "evil"),
            ("", ""),
        ] {
            assert_eq!(cell(text), written, "{text:?}");
        }
    }

    #[test]
    fn a_table_has_a_row_for_each_item_and_rows_end_as_the_standard_says() {
        let list = list(vec![item("=1", Some("A, B"), file())]);
        let csv = list.csv();
        let rows: Vec<&str> = csv.trim_start_matches('\u{feff}').split("\r\n").collect();
        assert_eq!(rows[0], "standing,title,artist,seconds,source,address");
        assert_eq!(rows[1], "queued,\"'=1\",\"A, B\",184,file,");
        assert_eq!(rows[2..], [""]);
    }
}
