//! `unisono link convert`: one link, everywhere else, without a server that runs.

use std::fmt::Write;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::Arc;

use app::{LinkRefusal, LinkView, Outcome, SearchReason};
use base::{AddressKeys, ClientAddress, Clock, OsEntropy, SystemClock};
use clap::Args;
use music::{Level, Piece, Reject};
use serde::Serialize;

use crate::server::{Server, StartError};
use crate::settings::{RelayPart, Settings};

/// What is asked.
#[derive(Args)]
pub struct Question {
    /// A link to a track, an album, an artist or a playlist, or a text with one in it.
    url: String,
    /// Write the page as one JSON object, as `GET /api/v1/links/{id}` has it.
    #[arg(long)]
    json: bool,
}

/// Why a link was not converted.
#[derive(Debug, thiserror::Error)]
pub enum NotConverted {
    /// No node could be started on these settings.
    #[error(transparent)]
    Start(#[from] StartError),
    /// The text leads to no page.
    #[error(transparent)]
    Refused(#[from] LinkRefusal),
}

impl NotConverted {
    /// What to do about it.
    const fn next(&self) -> &'static str {
        match self {
            Self::Start(_) => "Mend the settings; `unisono doctor` says what is wrong with them.",
            Self::Refused(refusal) => next(refusal),
        }
    }
}

const fn next(refusal: &LinkRefusal) -> &'static str {
    match refusal {
        LinkRefusal::Text(Reject::TooLong) => "Give the link alone, without the text around it.",
        LinkRefusal::Text(Reject::BadId) => "Copy it once more from the service.",
        LinkRefusal::Text(Reject::Station) => "Give a link to one of its tracks.",
        LinkRefusal::Text(_) | LinkRefusal::WrongPlace => {
            "Give a link to a track, an album, an artist or a playlist of a music service."
        }
        LinkRefusal::Nothing => "Check the link, or give one from another service.",
        LinkRefusal::Words => "Give a title, an artist or both.",
        LinkRefusal::Unidentified | LinkRefusal::Silence => {
            "Try again in a minute, or give a link to the same piece from another service."
        }
        LinkRefusal::ShortLink => "Open it in a browser, and give the address that it leads to.",
        LinkRefusal::TooMany { .. } => "Wait a minute, then try again.",
        LinkRefusal::NoPage => "Give the music link itself.",
        LinkRefusal::NotAllowed => "Set `links.corrections` to open them.",
        LinkRefusal::Broken { .. } => "Check the folder of the data; `unisono doctor` looks at it.",
    }
}

/// A refusal for a program that reads JSON.
#[derive(Serialize)]
struct Refused {
    error: String,
    next: &'static str,
}

impl Question {
    /// Whether the answer is for a program, whatever it is.
    #[must_use]
    pub const fn wants_json(&self) -> bool {
        self.json
    }

    /// What is said of `error`, with the next step, in the form that was asked for.
    #[must_use]
    pub fn complaint(&self, error: &NotConverted) -> String {
        let next = error.next();
        let error = error.to_string();
        if self.json {
            serde_json::to_string(&Refused { error, next }).expect("a refusal is text")
        } else {
            format!("{error}. {next}")
        }
    }

    /// Starts a node on the settings' database, without a relay and with its door on this machine only, and asks it.
    pub async fn answer(&self, settings: Settings) -> Result<String, NotConverted> {
        let settings = Settings {
            listen: Some(SocketAddr::from((Ipv4Addr::LOCALHOST, 0))),
            tls: None,
            relay: RelayPart {
                enabled: false,
                external: Vec::new(),
                ..settings.relay
            },
            ..settings
        };
        let server = Server::start(&settings, Arc::new(SystemClock), Arc::new(OsEntropy)).await?;
        let page = self.page(&server).await;
        server.stop().await;
        let page = page?;
        Ok(if self.json {
            serde_json::to_string(&*page).expect("a page is text and numbers")
        } else {
            in_words(&page)
        })
    }

    async fn page(&self, server: &Server) -> Result<Arc<LinkView>, LinkRefusal> {
        let now = SystemClock.now();
        let this_machine = ClientAddress::new(IpAddr::V4(Ipv4Addr::LOCALHOST));
        let client = AddressKeys::new(now, &OsEntropy).key(this_machine, now, &OsEntropy);
        let conversion = server.app().convert(client, &self.url).await?;
        Ok(conversion.finish().await)
    }
}

/// The piece, and a line for each service.
fn in_words(page: &LinkView) -> String {
    let mut text = name(&page.piece);
    for found in &page.matches {
        let platform = found.platform.label();
        let outcome = match &found.outcome {
            Outcome::Found { url, level, .. } => format!("{:<12}{url}", level_word(*level)),
            Outcome::Search { url, why } => format!("{:<12}{url}", reason_word(*why)),
            Outcome::Pending => "no answer yet".to_owned(),
        };
        // Writing to a string does not fail.
        let _ = write!(text, "\n  {platform:<15}{outcome}");
    }
    text
}

fn name(piece: &Piece) -> String {
    let (artists, title) = match piece {
        Piece::Track(track) => (track.artists.join(", "), &track.title),
        Piece::Album(release) => (release.artists.join(", "), &release.title),
        Piece::Artist(artist) => (String::new(), &artist.name),
        Piece::Playlist(playlist) => (String::new(), &playlist.title),
    };
    if artists.is_empty() {
        title.clone()
    } else {
        format!("{artists}: {title}")
    }
}

const fn level_word(level: Level) -> &'static str {
    match level {
        Level::Exact => "exact",
        Level::High => "high",
        Level::Likely => "likely",
        Level::Unverified => "unverified",
        Level::Different => "different",
    }
}

const fn reason_word(why: SearchReason) -> &'static str {
    match why {
        SearchReason::NotFound => "not found",
        SearchReason::NotAsked => "not asked",
        SearchReason::NoAnswer => "no answer",
    }
}
