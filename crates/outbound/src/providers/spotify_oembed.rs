//! Spotify's oEmbed. No key; a title and a picture, no artist.

use music::{Artist, Kind, Link, Listing, Piece, Platform, Playlist, Release, Track};
use serde::Deserialize;

use super::read::{filled, json, soft};
use super::{Asking, Provider, listing};
use crate::desk::Line;
use crate::http::Request;
use crate::{Failure, Question};

const HOST: &str = "open.spotify.com";

pub(super) struct SpotifyOembed;

impl Provider for SpotifyOembed {
    fn answers(&self, question: &Question) -> bool {
        asked(question).is_some()
    }

    fn ask<'a>(&'a self, question: &'a Question, line: &'a Line<'a>) -> Asking<'a> {
        Box::pin(async move {
            let link = asked(question).ok_or(Failure::Unsupported)?;
            let request = Request::get(HOST, &["oembed"]).query("url", &link.canonical());
            let reply = match line.fetch(request).await {
                // That is how it says that there is no such thing.
                Err(Failure::Refused { status: 400 }) => return Ok(Vec::new()),
                reply => reply?,
            };
            let found: Option<Embed> = json(&reply)?;
            Ok(found
                .and_then(|embed| embed.listing(link))
                .into_iter()
                .collect())
        })
    }
}

fn asked(question: &Question) -> Option<&Link> {
    match question {
        Question::Lookup(link)
            if link.platform() == Platform::Spotify && link.kind() != Kind::Short =>
        {
            Some(link)
        }
        _ => None,
    }
}

#[derive(Deserialize)]
struct Embed {
    title: String,
    #[serde(default, deserialize_with = "soft")]
    thumbnail_url: Option<String>,
}

impl Embed {
    fn listing(self, link: &Link) -> Option<Listing> {
        let title = filled(Some(self.title))?;
        let piece = match link.kind() {
            Kind::Track => Piece::Track(Track {
                title,
                ..Track::default()
            }),
            Kind::Album => Piece::Album(Release {
                title,
                ..Release::default()
            }),
            Kind::Artist => Piece::Artist(Artist {
                name: title,
                aliases: Vec::new(),
            }),
            Kind::Playlist => Piece::Playlist(Playlist {
                title,
                ..Playlist::default()
            }),
            Kind::Short => return None,
        };
        Some(listing(link.clone(), piece, self.thumbnail_url))
    }
}

#[cfg(test)]
mod tests;
