//! Spotify's oEmbed: a title and a picture, no artist.

use music::{Artist, Kind, Link, Piece, Platform, Playlist, Release, Track};

use super::oembed::{Oembed, Service};

pub(super) type SpotifyOembed = Oembed<Spotify>;

pub(super) struct Spotify;

impl Service for Spotify {
    const HOST: &'static str = "open.spotify.com";
    const NAMES_FORMAT: bool = false;

    fn address(link: &Link) -> Option<String> {
        let is_known = link.platform() == Platform::Spotify && link.kind() != Kind::Short;
        is_known.then(|| link.canonical())
    }

    fn piece(link: &Link, title: String, _author: &str) -> Option<Piece> {
        Some(match link.kind() {
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
        })
    }
}

#[cfg(test)]
mod tests;
