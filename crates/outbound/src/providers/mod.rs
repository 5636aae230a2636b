//! The providers: what each can be asked, how, and what its answers say.

mod apple_music;
mod deezer;
mod developer_token;
mod itunes;
mod listenbrainz;
mod musicbrainz;
mod oembed;
mod read;
mod soundcloud_oembed;
mod spotify_oembed;
mod spotify_web;
mod tidal;
mod token;
mod video_title;
mod yandex_music;
mod youtube_data;
mod youtube_music_web;
mod youtube_oembed;

use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

use base::Rate;
use developer_token::DeveloperToken;
use music::{Context, Kind, Link, Listing, Piece, Platform};

use token::Client;

use crate::budget::Allowance;
use crate::desk::{Line, Profile};
use crate::register::{self, Purpose};
use crate::settings::{Providers, STOREFRONT_DEFAULT};
use crate::{BadSettings, Failure, ProviderId, Question};

/// Tracks of a playlist that are read.
const PLAYLIST_MAX: usize = 100;
/// Candidates of a search that are asked for.
const CANDIDATES: &str = "10";
/// Letters of a search that are sent.
const QUERY_MAX: usize = 200;

/// One provider's way of being asked. It decides what to send and reads what comes; the line does the rest.
pub(crate) trait Provider: Send + Sync {
    fn answers(&self, question: &Question) -> bool;
    fn ask<'a>(&'a self, question: &'a Question, line: &'a Line<'a>) -> Asking<'a>;
}

pub(crate) type Asking<'a> =
    Pin<Box<dyn Future<Output = Result<Vec<Listing>, Failure>> + Send + 'a>>;

/// A provider that is switched on.
pub(crate) fn build(
    id: ProviderId,
    settings: &Providers,
) -> Result<Box<dyn Provider>, BadSettings> {
    let storefront = settings
        .storefront(id)
        .unwrap_or(STOREFRONT_DEFAULT)
        .to_ascii_lowercase();
    let no_key = BadSettings::NoKey(id);
    Ok(match id {
        ProviderId::Deezer => Box::new(deezer::Deezer),
        ProviderId::Itunes => Box::new(itunes::Itunes { storefront }),
        ProviderId::AppleMusic => {
            let token =
                DeveloperToken::new(&settings.apple_music).ok_or(BadSettings::BadKey(id))?;
            Box::new(apple_music::AppleMusic { storefront, token })
        }
        ProviderId::Musicbrainz => Box::new(musicbrainz::Musicbrainz),
        ProviderId::Listenbrainz => Box::new(listenbrainz::Listenbrainz),
        ProviderId::SpotifyOembed => Box::new(spotify_oembed::SpotifyOembed::new()),
        ProviderId::SpotifyWeb => Box::new(spotify_web::SpotifyWeb {
            client: Client::new(&settings.spotify_web).ok_or(no_key)?,
            market: settings.spotify_web.storefront.clone(),
        }),
        ProviderId::YoutubeOembed => Box::new(youtube_oembed::YoutubeOembed::new()),
        ProviderId::YoutubeData => Box::new(youtube_data::YoutubeData {
            key: settings.youtube_data.key.clone().ok_or(no_key)?,
        }),
        ProviderId::YoutubeMusicWeb => Box::new(youtube_music_web::YoutubeMusicWeb),
        ProviderId::YandexMusic => Box::new(yandex_music::YandexMusic {
            token: settings.yandex_music.token.clone(),
        }),
        ProviderId::Tidal => Box::new(tidal::Tidal {
            client: Client::new(&settings.tidal).ok_or(no_key)?,
            storefront,
        }),
        ProviderId::SoundcloudOembed => Box::new(soundcloud_oembed::SoundcloudOembed::new()),
    })
}

/// How often each may be asked: its own rule with a margin, counted by the server's one address.
pub(crate) fn profile(id: ProviderId) -> Profile {
    let (allowance, rest_on, rest): (Allowance, &'static [u16], u64) = match id {
        ProviderId::Deezer => (DEEZER, &[], 5),
        ProviderId::Itunes => (ITUNES, &[403], 60),
        ProviderId::AppleMusic => (Allowance::per_second(10), &[], 60),
        ProviderId::Musicbrainz => (Allowance::per_second(1), &[], 10),
        ProviderId::Listenbrainz => (LISTENBRAINZ, &[], 10),
        ProviderId::SpotifyOembed | ProviderId::YoutubeOembed | ProviderId::SoundcloudOembed => {
            (Allowance::per_second(5), &[], 30)
        }
        ProviderId::SpotifyWeb => (Allowance::per_second(5), &[], 30),
        ProviderId::YoutubeData => (Allowance::per_second(5), &[], 300),
        ProviderId::YoutubeMusicWeb => (Allowance::per_second(1), &[], 60),
        ProviderId::YandexMusic => (Allowance::per_second(1), &[403, 451], 600),
        ProviderId::Tidal => (Allowance::per_second(2), &[], 30),
    };
    Profile {
        provider: id,
        allowance,
        scarce: (id == ProviderId::YoutubeData).then_some(YOUTUBE_SEARCHES),
        rest_on,
        rest: Duration::from_secs(rest),
    }
}

/// 50 in any 5 seconds are allowed.
const DEEZER: Allowance = Allowance {
    pace: Rate::per(40, Duration::from_secs(5)),
    count: 40,
    period: Duration::from_secs(5),
};
/// About 20 a minute are allowed.
const ITUNES: Allowance = Allowance {
    pace: Rate {
        burst: 5,
        every: Duration::from_millis(60_000 / 18),
    },
    count: 18,
    period: Duration::from_secs(60),
};
/// One question is three calls at once.
const LISTENBRAINZ: Allowance = Allowance {
    pace: Rate {
        burst: 3,
        every: Duration::from_secs(1),
    },
    count: 10,
    period: Duration::from_secs(10),
};
/// 100 a day are allowed; 90 in any 24 hours are below that in every time zone.
const YOUTUBE_SEARCHES: Allowance = Allowance {
    pace: Rate::per(90, Duration::from_secs(24 * 60 * 60)),
    count: 90,
    period: Duration::from_secs(24 * 60 * 60),
};

/// A link to what a provider lists; nothing when the id has not the shape that it should have.
fn link(platform: Platform, kind: Kind, id: &str) -> Option<Link> {
    Link::new(platform, kind, id, Context::default()).ok()
}

/// What a provider lists and can play.
fn listing(link: Link, piece: Piece, art: Option<String>) -> Listing {
    Listing {
        link,
        piece: Some(piece),
        art: art.filter(|address| is_picture(address)),
        is_playable: true,
    }
}

/// Whether this is an address that pictures are fetched from.
fn is_picture(address: &str) -> bool {
    url::Url::parse(address).is_ok_and(|url| register::allows(&url, Purpose::Pictures))
}

/// What to type into a provider's search; nothing when there is nothing to search for.
fn search_text(piece: &Piece) -> Option<String> {
    let text: String = music::query(piece).chars().take(QUERY_MAX).collect();
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

#[cfg(test)]
pub(crate) mod recorded;
