//! Pages of Odesli: their addresses hold another platform's id, so nobody has to be asked.

use super::Door;
use super::address::Address;
use super::storefront::is_storefront;
use super::youtube::listed;
use crate::{Context, Kind, Link, Platform, Reject};

const SONG: &str = "song.link";

pub(super) const DOOR: Door = Door {
    hosts: &[SONG, "album.link"],
    read,
};

fn read(address: &Address) -> Result<Link, Reject> {
    let path = address.path();
    let (storefront, path) = match path.as_slice() {
        [country, rest @ ..] if is_storefront(country) => (Some((*country).to_owned()), rest),
        path => (None, path),
    };
    let [letter, id] = path else {
        return Err(Reject::OtherPage);
    };
    let kind = if address.host == SONG {
        Kind::Track
    } else {
        Kind::Album
    };
    let platform = match *letter {
        "s" => Platform::Spotify,
        "i" => Platform::AppleMusic,
        "y" if kind == Kind::Album => return listed(Platform::YoutubeMusic, id),
        "y" => Platform::Youtube,
        "d" => Platform::Deezer,
        "t" => Platform::Tidal,
        _ => return Err(Reject::OtherPage),
    };
    Link::new(
        platform,
        kind,
        id,
        Context {
            storefront,
            album: None,
        },
    )
}
