//! YouTube's oEmbed: title, channel and picture of a video, no duration.

use music::{Kind, Link, Piece, Platform, Playlist, Release};

use super::oembed::{Oembed, Service};
use super::read::filled;
use super::video_title;

/// Albums that are also a list of videos begin so; the others have pages of YouTube Music only.
const ALBUM_LIST: &str = "OLAK5uy_";
/// How the titles of such lists begin.
const ALBUM_TITLE: &str = "Album - ";

pub(super) type YoutubeOembed = Oembed<Youtube>;

pub(super) struct Youtube;

impl Service for Youtube {
    const HOST: &'static str = "www.youtube.com";

    /// Both players have the same ids; its door knows the addresses of YouTube.
    fn address(link: &Link) -> Option<String> {
        let id = link.id();
        let is_list = id.starts_with(ALBUM_LIST);
        match (link.platform(), link.kind()) {
            (Platform::Youtube | Platform::YoutubeMusic, kind) => match kind {
                Kind::Track => Some(format!("https://www.youtube.com/watch?v={id}")),
                Kind::Album if !is_list => None,
                Kind::Album | Kind::Playlist => {
                    Some(format!("https://www.youtube.com/playlist?list={id}"))
                }
                Kind::Artist | Kind::Short => None,
            },
            _ => None,
        }
    }

    fn piece(link: &Link, title: String, author: &str) -> Option<Piece> {
        Some(match link.kind() {
            Kind::Track => Piece::Track(video_title::track(&title, author)),
            Kind::Album => Piece::Album(Release {
                title: title.strip_prefix(ALBUM_TITLE).unwrap_or(&title).to_owned(),
                artists: filled(Some(video_title::artist_channel(author)))
                    .into_iter()
                    .collect(),
                ..Release::default()
            }),
            _ => Piece::Playlist(Playlist {
                title,
                ..Playlist::default()
            }),
        })
    }

    /// Not every album that YouTube Music shows.
    fn knows_all(link: &Link) -> bool {
        link.kind() != Kind::Album
    }
}

#[cfg(test)]
mod tests;
