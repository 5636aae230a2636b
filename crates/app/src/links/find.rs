//! Finding music by words, as one would type them into a service's own search.

use std::time::Duration;

use base::ClientKey;
use music::{Level, Listing, Piece, Platform, Track};
use outbound::{ProviderId, Question};
use serde::Serialize;
use utoipa::ToSchema;

use super::LinkRefusal;
use super::convert::Payer;
use crate::App;

/// The longest text that is searched for, in characters.
const WORDS_CHARS_MAX: usize = 200;
/// What one answer holds at most.
const FOUND_MAX: usize = 12;
/// How long a service may take. Somebody looks at an empty list meanwhile.
const WITHIN: Duration = Duration::from_millis(2_500);
/// Who is asked, in this order, as far as they are on: services that list tracks by words without a key first.
const SEARCHED: [ProviderId; 4] = [
    ProviderId::Deezer,
    ProviderId::Itunes,
    ProviderId::YoutubeMusicWeb,
    ProviderId::SpotifyWeb,
];
/// How many of them are asked for one search.
const ASKED_MAX: usize = 2;

/// One track that a search found. Its link leads to a page with all the others.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct FoundTrack {
    /// The service that lists it.
    #[schema(value_type = String)]
    pub platform: Platform,
    /// Its canonical address there.
    pub url: String,
    /// What it is called.
    pub title: String,
    /// Who made it, the main artist first.
    pub artists: Vec<String>,
    /// The title of an album that holds it.
    pub album: Option<String>,
    /// How long it is, in ms.
    pub duration_ms: Option<u64>,
}

impl App {
    /// Tracks that services list for `words`, the likeliest first, each once. Nothing says who asks.
    pub async fn find_tracks(
        &self,
        client: ClientKey,
        words: &str,
    ) -> Result<Vec<FoundTrack>, LinkRefusal> {
        let words = words.trim();
        let is_short = (1..=WORDS_CHARS_MAX).contains(&words.chars().count());
        if !is_short || words.chars().any(char::is_control) {
            return Err(LinkRefusal::Words);
        }
        let question = Question::Search(Piece::Track(Track {
            title: words.to_owned(),
            ..Track::default()
        }));
        let outbound = &self.inner.links.outbound;
        let on = outbound.providers();
        let asked: Vec<ProviderId> = SEARCHED
            .into_iter()
            .filter(|provider| on.contains(provider) && outbound.answers(*provider, &question))
            .take(ASKED_MAX)
            .collect();
        let _permit = self.permit()?;
        self.charge(Payer::Client(client))?;
        let answers = asked
            .iter()
            .map(|&provider| outbound.ask(provider, &question, WITHIN));
        let answers = futures_util::future::join_all(answers).await;
        // Nothing found is an answer; nobody reached is none.
        if answers.iter().all(Result::is_err) {
            return Err(LinkRefusal::Silence);
        }
        Ok(merged(answers.into_iter().flatten()))
    }
}

/// The services' lists dealt like cards, so that the best of each comes early; what two list comes once.
fn merged(lists: impl Iterator<Item = Vec<Listing>>) -> Vec<FoundTrack> {
    let mut lists: Vec<_> = lists.map(Vec::into_iter).collect();
    let mut taken: Vec<Piece> = Vec::new();
    let mut found = Vec::new();
    while found.len() < FOUND_MAX {
        let round: Vec<Listing> = lists.iter_mut().filter_map(Iterator::next).collect();
        if round.is_empty() {
            break;
        }
        for listing in round {
            let Some(Piece::Track(track)) = listing.piece else {
                continue;
            };
            let piece = Piece::Track(track.clone());
            let is_new = taken
                .iter()
                .all(|other| music::score(other, &piece).level < Level::High);
            if is_new && found.len() < FOUND_MAX {
                taken.push(piece);
                found.push(FoundTrack {
                    platform: listing.link.platform(),
                    url: listing.link.canonical(),
                    title: track.title,
                    artists: track.artists,
                    album: track.album,
                    duration_ms: track
                        .duration
                        .and_then(|duration| u64::try_from(duration.as_millis()).ok()),
                });
            }
        }
    }
    found
}
