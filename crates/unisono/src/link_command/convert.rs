//! `unisono link convert`: one link, everywhere else, without a server that runs.

use std::fmt::Write;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::Arc;

use app::{LinkRefusal, LinkView, Outcome, SearchReason};
use base::{AddressKeys, ClientAddress, Clock, OsEntropy, SystemClock};
use clap::Args;
use music::{Level, Piece};

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

impl Question {
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
