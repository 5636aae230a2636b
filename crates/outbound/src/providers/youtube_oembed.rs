//! YouTube's oEmbed. No key; title, channel and picture of a video, no duration.

use music::{Kind, Link, Listing, Piece, Platform, Playlist};
use serde::Deserialize;

use super::read::{filled, json, soft};
use super::{Asking, Provider, listing, video_title};
use crate::desk::Line;
use crate::http::Request;
use crate::{Failure, Question};

const HOST: &str = "www.youtube.com";

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
            matches!(link.kind(), Kind::Track | Kind::Playlist).then_some(link)
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
