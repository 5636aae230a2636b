//! SoundCloud's oEmbed. No key; a title that ends with who uploaded it.

use music::{Artist, Kind, Link, Listing, Piece, Platform, Playlist};
use serde::Deserialize;

use super::read::{filled, json, soft};
use super::{Asking, Provider, listing, video_title};
use crate::desk::Line;
use crate::http::Request;
use crate::{Failure, Question};

const HOST: &str = "soundcloud.com";

pub(super) struct SoundcloudOembed;

impl Provider for SoundcloudOembed {
    fn answers(&self, question: &Question) -> bool {
        asked(question).is_some()
    }

    fn ask<'a>(&'a self, question: &'a Question, line: &'a Line<'a>) -> Asking<'a> {
        Box::pin(async move {
            let link = asked(question).ok_or(Failure::Unsupported)?;
            let request = Request::get(HOST, &["oembed"])
                .query("format", "json")
                .query("url", &link.canonical());
            let found: Option<Embed> = json(&line.fetch(request).await?)?;
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
            if link.platform() == Platform::Soundcloud && link.kind() != Kind::Short =>
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
    author_name: Option<String>,
    #[serde(default, deserialize_with = "soft")]
    thumbnail_url: Option<String>,
}

impl Embed {
    fn listing(self, link: &Link) -> Option<Listing> {
        let author = self.author_name.as_deref().unwrap_or("").trim();
        let whole = self.title.trim();
        let title = whole
            .strip_suffix(author)
            .and_then(|rest| rest.strip_suffix(" by "))
            .unwrap_or(whole);
        let title = filled(Some(title.to_owned()))?;
        let piece = match link.kind() {
            Kind::Track => Piece::Track(video_title::track(&title, author)),
            Kind::Artist => Piece::Artist(Artist {
                name: if author.is_empty() {
                    title
                } else {
                    author.to_owned()
                },
                aliases: Vec::new(),
            }),
            Kind::Playlist => Piece::Playlist(Playlist {
                title,
                ..Playlist::default()
            }),
            Kind::Album | Kind::Short => return None,
        };
        Some(listing(link.clone(), piece, self.thumbnail_url))
    }
}

#[cfg(test)]
mod tests;
