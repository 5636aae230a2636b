//! YouTube's oEmbed. No key; title, channel and picture of a video, no duration.

use music::{Kind, Link, Listing, Piece, Platform, Playlist, Release};
use serde::Deserialize;

use super::read::{filled, json, soft};
use super::{Asking, Provider, listing, video_title};
use crate::desk::Line;
use crate::http::Request;
use crate::{Failure, Question};

const HOST: &str = "www.youtube.com";
/// Albums that are also a list of videos begin so; the others have pages of YouTube Music only.
const ALBUM_LIST: &str = "OLAK5uy_";
/// How the titles of such lists begin.
const ALBUM_TITLE: &str = "Album - ";

pub(super) struct YoutubeOembed;

impl Provider for YoutubeOembed {
    fn answers(&self, question: &Question) -> bool {
        asked(question).is_some()
    }

    fn ask<'a>(&'a self, question: &'a Question, line: &'a Line<'a>) -> Asking<'a> {
        Box::pin(async move {
            let link = asked(question).ok_or(Failure::Unsupported)?;
            // The same ids; its door knows the addresses of YouTube.
            let address = match link.kind() {
                Kind::Track => format!("https://www.youtube.com/watch?v={}", link.id()),
                _ => format!("https://www.youtube.com/playlist?list={}", link.id()),
            };
            let request = Request::get(HOST, &["oembed"])
                .query("format", "json")
                .query("url", &address);
            let reply = match line.fetch(request).await {
                // That is how it says that there is no such video.
                Err(Failure::Refused { status: 400 }) => return Ok(Vec::new()),
                reply => reply?,
            };
            if reply.is_none() && link.kind() == Kind::Album {
                // It does not know every album that YouTube Music shows.
                return Err(Failure::Unsupported);
            }
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
            if matches!(link.platform(), Platform::Youtube | Platform::YoutubeMusic) =>
        {
            let is_list = link.id().starts_with(ALBUM_LIST);
            let is_known = match link.kind() {
                Kind::Track | Kind::Playlist => true,
                Kind::Album => is_list,
                Kind::Artist | Kind::Short => false,
            };
            is_known.then_some(link)
        }
        _ => None,
    }
}

#[derive(Deserialize)]
struct Embed {
    title: String,
    #[serde(default, deserialize_with = "soft")]
    author_name: Option<String>,
    #[serde(default, deserialize_with = "soft")]
    thumbnail_url: Option<String>,
}

impl Embed {
    fn listing(self, link: &Link) -> Option<Listing> {
        let title = filled(Some(self.title))?;
        let piece = match link.kind() {
            Kind::Track => Piece::Track(video_title::track(
                &title,
                self.author_name.as_deref().unwrap_or(""),
            )),
            Kind::Album => Piece::Album(Release {
                title: title.strip_prefix(ALBUM_TITLE).unwrap_or(&title).to_owned(),
                artists: filled(self.author_name.as_deref().map(video_title::artist_channel))
                    .into_iter()
                    .collect(),
                ..Release::default()
            }),
            _ => Piece::Playlist(Playlist {
                title,
                ..Playlist::default()
            }),
        };
        Some(listing(link.clone(), piece, self.thumbnail_url))
    }
}

#[cfg(test)]
mod tests;
