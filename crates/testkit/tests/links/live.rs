//! The real services, for whoever wants to know whether they still answer in the way that we read.

use std::sync::Arc;
use std::time::Duration;

use base::SystemClock;
use music::{Context, Kind, Link, Piece, Platform, Track};
use outbound::{Outbound, ProviderId, Question, Settings};

/// Set to 1, it lets the test below reach the internet: one question to each service.
const VARIABLE: &str = "TESTKIT_LIVE";
const WITHIN: Duration = Duration::from_secs(20);
/// A recording that has been on every service for years: "Never Gonna Give You Up" by Rick Astley.
const CODE: &str = "GBARL9300135";
const SPOTIFY: &str = "4cOdK2wGLETKBW3PvgPWqT";
const YOUTUBE: &str = "dQw4w9WgXcQ";
/// The example in the documentation of SoundCloud.
const SOUNDCLOUD: &str = "forss/flickermood";

fn lookup(platform: Platform, id: &str) -> Question {
    Question::Lookup(Link::new(platform, Kind::Track, id, Context::default()).unwrap())
}

fn search() -> Question {
    Question::Search(Piece::Track(Track {
        title: "Never Gonna Give You Up".to_owned(),
        artists: vec!["Rick Astley".to_owned()],
        ..Track::default()
    }))
}

/// A question to which a service has an answer.
fn question(provider: ProviderId) -> Option<Question> {
    match provider {
        ProviderId::Deezer | ProviderId::Musicbrainz => Some(Question::Isrc(CODE.parse().unwrap())),
        ProviderId::Itunes | ProviderId::Listenbrainz => Some(search()),
        ProviderId::SpotifyOembed => Some(lookup(Platform::Spotify, SPOTIFY)),
        ProviderId::YoutubeOembed => Some(lookup(Platform::Youtube, YOUTUBE)),
        ProviderId::SoundcloudOembed => Some(lookup(Platform::Soundcloud, SOUNDCLOUD)),
        _ => None,
    }
}

#[tokio::test]
async fn every_service_without_a_key_still_answers() {
    let outbound = Outbound::start(Settings::default(), Arc::new(SystemClock)).unwrap();
    let asked = outbound.providers().into_iter().map(|provider| {
        let question = question(provider);
        (
            provider,
            question.unwrap_or_else(|| panic!("a question to {provider:?}")),
        )
    });
    let asked: Vec<_> = asked.collect();
    for (provider, question) in &asked {
        assert!(outbound.answers(*provider, question), "{provider:?}");
    }
    if std::env::var(VARIABLE).is_ok_and(|value| value == "1") {
        let mut silent = Vec::new();
        for (provider, question) in &asked {
            match outbound.ask(*provider, question, WITHIN).await {
                Ok(listings) if !listings.is_empty() => {}
                other => silent.push((provider, other)),
            }
        }
        assert!(silent.is_empty(), "{silent:#?}");
    } else {
        eprintln!(
            "skipped every_service_without_a_key_still_answers: it asks the real services, so only with {VARIABLE}=1"
        );
    }
}
