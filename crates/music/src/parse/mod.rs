//! What a person pasted, made into a [`Link`] or a reason why it is none.
//!
//! [`address`] finds the first address in a text. Each platform's module then says what its paths mean ([`Door`]) and
//! what its ids look like and where they lead ([`Shape`]).

mod address;
mod amazon;
mod apple;
mod bandcamp;
mod deezer;
mod id;
mod musicbrainz;
mod odesli;
mod qobuz;
mod soundcloud;
mod spotify;
mod storefront;
mod tidal;
mod yandex;
mod youtube;
mod youtube_music;

use crate::{Kind, Link, Platform, Reject};
use address::Address;

pub(crate) use id::is_name as is_token;
pub(crate) use storefront::is_storefront;

/// The longest text that is looked at, in characters.
pub const TEXT_MAX: usize = 2048;

/// Recognises the first link in a text: an address, an app's URI, or an address without its scheme.
pub fn parse(text: &str) -> Result<Link, Reject> {
    if text.chars().nth(TEXT_MAX).is_some() {
        return Err(Reject::TooLong);
    }
    let address = Address::find(text)?;
    (door(&address.host).ok_or(Reject::UnknownHost)?.read)(&address)
}

/// The addresses that lead to one platform, and how to read them.
struct Door {
    /// Exact hosts in lower case. `*.` stands for one label; an app's scheme ends in a colon.
    hosts: &'static [&'static str],
    /// What an address at one of these hosts points at.
    read: fn(&Address) -> Result<Link, Reject>,
}

const DOORS: [Door; 13] = [
    spotify::DOOR,
    apple::DOOR,
    youtube::DOOR,
    youtube_music::DOOR,
    yandex::DOOR,
    deezer::DOOR,
    tidal::DOOR,
    soundcloud::DOOR,
    amazon::DOOR,
    qobuz::DOOR,
    musicbrainz::DOOR,
    odesli::DOOR,
    bandcamp::DOOR,
];

fn door(host: &str) -> Option<&'static Door> {
    let is_one = |known: &&str| match known.strip_prefix("*.") {
        Some(domain) => host.split_once('.').is_some_and(|(_, rest)| rest == domain),
        None => *known == host,
    };
    DOORS.iter().find(|door| door.hosts.iter().any(is_one))
}

/// What ids of one platform look like, and where they lead.
pub(crate) struct Shape {
    /// Whether an id has the shape that this platform gives to this kind.
    pub(crate) fits: fn(Kind, &str) -> bool,
    /// The one address that is shown, stored and compared.
    pub(crate) canonical: fn(&Link) -> String,
    /// The address that opens the platform's own app.
    pub(crate) app_uri: fn(&Link) -> Option<String>,
    /// Whether its catalogue differs by country, so that a link keeps the storefront.
    pub(crate) has_storefronts: bool,
    /// Whether its links say which album a track was shown in.
    pub(crate) names_albums: bool,
}

impl Shape {
    /// A platform without an app of its own scheme, and with ids that say everything.
    const PLAIN: Self = Self {
        fits: |_, _| false,
        canonical: |_| String::new(),
        app_uri: |_| None,
        has_storefronts: false,
        names_albums: false,
    };

    pub(crate) const fn of(platform: Platform) -> Self {
        match platform {
            Platform::Spotify => spotify::SHAPE,
            Platform::AppleMusic => apple::SHAPE,
            Platform::Youtube => youtube::SHAPE,
            Platform::YoutubeMusic => youtube_music::SHAPE,
            Platform::YandexMusic => yandex::SHAPE,
            Platform::Deezer => deezer::SHAPE,
            Platform::Tidal => tidal::SHAPE,
            Platform::Soundcloud => soundcloud::SHAPE,
            Platform::Bandcamp => bandcamp::SHAPE,
            Platform::AmazonMusic => amazon::SHAPE,
            Platform::Qobuz => qobuz::SHAPE,
            Platform::Musicbrainz => musicbrainz::SHAPE,
        }
    }
}

/// The kind that most platforms write as this word in a path.
fn kind(word: &str) -> Option<Kind> {
    match word {
        "track" => Some(Kind::Track),
        "album" => Some(Kind::Album),
        "artist" => Some(Kind::Artist),
        "playlist" => Some(Kind::Playlist),
        _ => None,
    }
}

/// The word that most platforms write for a kind.
fn word(kind: Kind) -> &'static str {
    match kind {
        Kind::Track => "track",
        Kind::Album => "album",
        Kind::Artist => "artist",
        Kind::Playlist => "playlist",
        Kind::Short => unreachable!("a short link has no kind yet"),
    }
}

/// Why a path that holds no music is refused: by its first word, else it is one of the service's other pages.
fn refusal(path: &[&str], known: &[(&str, Reject)]) -> Reject {
    let first = path.first().copied().unwrap_or_default();
    if path.len() == 1 && kind(first).is_some() {
        return Reject::BadId;
    }
    let named = known.iter().find(|(word, _)| *word == first);
    named.map_or(Reject::OtherPage, |(_, reject)| *reject)
}
