//! ListenBrainz Labs: from a title and an artist to ids at three services. No key; experimental by its own word.

use std::time::Duration;

use music::{Kind, Link, Listing, Piece, Platform, Track};
use serde::{Deserialize, Serialize};

use super::read::{Id, json, list};
use super::{Asking, Provider, link};
use crate::desk::Line;
use crate::http::{Reply, Request};
use crate::{Failure, Question};

const HOST: &str = "labs.api.listenbrainz.org";
/// Ids of each service that are taken: the first is the most common one.
const IDS_MAX: usize = 3;

/// The name in the path, and the platform of the ids.
type Service = (&'static str, Platform);
const SPOTIFY: Service = ("spotify", Platform::Spotify);
const APPLE_MUSIC: Service = ("apple-music", Platform::AppleMusic);
const SOUNDCLOUD: Service = ("soundcloud", Platform::Soundcloud);

pub(super) struct Listenbrainz;

impl Provider for Listenbrainz {
    fn answers(&self, question: &Question) -> bool {
        Wanted::of(question).is_some()
    }

    fn ask<'a>(&'a self, question: &'a Question, line: &'a Line<'a>) -> Asking<'a> {
        Box::pin(async move {
            let wanted = Wanted::of(question).ok_or(Failure::Unsupported)?;
            let (spotify, apple, soundcloud) = tokio::join!(
                wanted.ids(SPOTIFY, line),
                wanted.ids(APPLE_MUSIC, line),
                wanted.ids(SOUNDCLOUD, line)
            );
            let outcomes = [spotify, apple, soundcloud];
            // What one of them knows is an answer, whatever became of the others.
            if let Some(Err(failure)) = outcomes.iter().find(|outcome| outcome.is_err()) {
                let failure = *failure;
                if outcomes.iter().flatten().all(Vec::is_empty) {
                    return Err(failure);
                }
            }
            Ok(outcomes.into_iter().flatten().flatten().collect())
        })
    }
}

/// What is sent.
enum Wanted<'a> {
    Metadata(Metadata<'a>),
    Recording(Recording<'a>),
}

#[derive(Serialize)]
struct Metadata<'a> {
    artist_name: &'a str,
    release_name: &'a str,
    track_name: &'a str,
}

#[derive(Serialize)]
struct Recording<'a> {
    recording_mbid: &'a str,
}

impl<'a> Wanted<'a> {
    fn of(question: &'a Question) -> Option<Self> {
        match question {
            Question::Search(Piece::Track(Track {
                title,
                artists,
                album,
                ..
            })) if !title.trim().is_empty() => Some(Self::Metadata(Metadata {
                artist_name: artists.first()?,
                release_name: album.as_deref().unwrap_or(""),
                track_name: title,
            })),
            Question::Linked(link) if is_recording(link) => Some(Self::Recording(Recording {
                recording_mbid: link.id(),
            })),
            _ => None,
        }
    }

    async fn ids(
        &self,
        (name, platform): Service,
        line: &Line<'_>,
    ) -> Result<Vec<Listing>, Failure> {
        let request = match self {
            Self::Metadata(metadata) => {
                Request::get(HOST, &[&format!("{name}-id-from-metadata"), "json"]).json(&[metadata])
            }
            Self::Recording(recording) => {
                Request::get(HOST, &[&format!("{name}-id-from-mbid"), "json"]).json(&[recording])
            }
        };
        let reply = line.fetch(request).await?;
        if let Some(span) = asked_rest(&reply) {
            line.rest(span);
        }
        let found: Option<Vec<Answer>> = json(&reply)?;
        let answer = found.and_then(|answers| answers.into_iter().next());
        let ids = answer.map(|answer| answer.ids).unwrap_or_default();
        let links = ids
            .iter()
            .filter_map(|id| link(platform, Kind::Track, &id.0));
        Ok(links.take(IDS_MAX).map(named).collect())
    }
}

fn is_recording(link: &Link) -> bool {
    link.platform() == Platform::Musicbrainz && link.kind() == Kind::Track
}

/// It counts, and says when it is enough.
fn asked_rest(reply: &Reply) -> Option<Duration> {
    let is_spent = reply.number("x-ratelimit-remaining") == Some(0);
    let seconds = reply.number("x-ratelimit-reset-in").filter(|_| is_spent)?;
    Some(Duration::from_secs(seconds))
}

/// A link and nothing about it: this directory does not say what its ids point at.
fn named(link: Link) -> Listing {
    Listing {
        link,
        piece: None,
        art: None,
        is_playable: true,
    }
}

#[derive(Deserialize)]
struct Answer {
    #[serde(
        default,
        deserialize_with = "list",
        alias = "spotify_track_ids",
        alias = "apple_music_track_ids",
        alias = "soundcloud_track_ids"
    )]
    ids: Vec<Id>,
}

#[cfg(test)]
mod tests;
