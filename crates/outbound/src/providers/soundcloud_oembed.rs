//! SoundCloud's oEmbed: a title that ends with who uploaded it.

use music::{Artist, Kind, Link, Piece, Platform, Playlist};

use super::oembed::{Oembed, Service};
use super::read::filled;
use super::video_title;

pub(super) type SoundcloudOembed = Oembed<Soundcloud>;

pub(super) struct Soundcloud;

impl Service for Soundcloud {
    const HOST: &'static str = "soundcloud.com";

    fn address(link: &Link) -> Option<String> {
        let is_known = link.platform() == Platform::Soundcloud && link.kind() != Kind::Short;
        is_known.then(|| link.canonical())
    }

    fn piece(link: &Link, title: String, author: &str) -> Option<Piece> {
        let whole = title.trim();
        let title = whole
            .strip_suffix(author)
            .and_then(|rest| rest.strip_suffix(" by "))
            .unwrap_or(whole);
        let title = filled(Some(title.to_owned()))?;
        Some(match link.kind() {
            Kind::Track => Piece::Track(video_title::track(&title, author)),
            Kind::Artist => Piece::Artist(Artist {
                name: filled(Some(author.to_owned())).unwrap_or(title),
                aliases: Vec::new(),
            }),
            Kind::Playlist => Piece::Playlist(Playlist {
                title,
                ..Playlist::default()
            }),
            Kind::Album | Kind::Short => return None,
        })
    }
}

#[cfg(test)]
mod tests;
