//! Recorded answers in place of the internet, for the tests of the providers.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use base::{Clock, Timestamp};
use music::{Context, Kind, Link, Listing, Piece, Platform, Track};
use reqwest::header::{HeaderMap, HeaderName};
use tokio::time::Instant;

use crate::http::{Fetching, Http, Reply, Request};
use crate::outbound::Outbound;
use crate::{Failure, ProviderId, Question, Settings};

/// The time that tests give a question, if they do not care.
pub(crate) const WITHIN: Duration = Duration::from_secs(10);

/// What the other side does with a request.
#[derive(Clone, Debug)]
pub(crate) enum Act {
    Answer(Reply),
    Fail(Failure),
    /// Never answers.
    Hang,
}

/// The other side: plays its acts in order and keeps what was sent. Without acts left, it fails the test.
#[derive(Default)]
pub(crate) struct Recorded {
    acts: Mutex<VecDeque<Act>>,
    pub(crate) sent: Mutex<Vec<Request>>,
}

impl Recorded {
    pub(crate) fn playing(acts: impl IntoIterator<Item = Act>) -> Arc<Self> {
        Arc::new(Self {
            acts: Mutex::new(acts.into_iter().collect()),
            sent: Mutex::default(),
        })
    }

    /// The addresses asked for so far, unescaped enough to read.
    pub(crate) fn addresses(&self) -> Vec<String> {
        let sent = self.sent.lock().unwrap();
        sent.iter().map(|request| request.url.to_string()).collect()
    }
}

impl Http for Recorded {
    fn fetch(&self, request: Request) -> Fetching<'_> {
        let act = self.acts.lock().unwrap().pop_front();
        let act = act.unwrap_or_else(|| panic!("one request too many: {}", request.url));
        self.sent.lock().unwrap().push(request);
        Box::pin(async move {
            match act {
                Act::Answer(reply) => Ok(reply),
                Act::Fail(failure) => Err(failure),
                Act::Hang => std::future::pending().await,
            }
        })
    }
}

/// The runtime's own clock, so that paused time moves both.
pub(crate) struct RuntimeClock(Instant);

impl RuntimeClock {
    pub(crate) fn start() -> Arc<Self> {
        Arc::new(Self(Instant::now()))
    }
}

impl Clock for RuntimeClock {
    fn now(&self) -> Timestamp {
        Timestamp::from_unix_ms(1_700_000_000_000).after(self.0.elapsed())
    }
}

pub(crate) fn status(status: u16) -> Act {
    answer(status, &[], "")
}

pub(crate) fn ok(body: &str) -> Act {
    answer(200, &[], body)
}

pub(crate) fn answer(status: u16, headers: &[(&'static str, &str)], body: &str) -> Act {
    let headers = headers
        .iter()
        .map(|(name, value)| (HeaderName::from_static(name), value.parse().unwrap()));
    Act::Answer(Reply {
        status,
        headers: headers.collect::<HeaderMap>(),
        body: body.as_bytes().to_vec(),
    })
}

/// The way out to these acts, with every provider on that `settings` say.
pub(crate) fn outbound(settings: &Settings, http: &Arc<Recorded>) -> Outbound {
    Outbound::over(http.clone(), settings.clone(), RuntimeClock::start()).unwrap()
}

/// Asks one provider once, with the default settings.
pub(crate) async fn ask(
    provider: ProviderId,
    question: &Question,
    acts: impl IntoIterator<Item = Act>,
) -> Answered {
    ask_with(&Settings::default(), provider, question, acts).await
}

pub(crate) async fn ask_with(
    settings: &Settings,
    provider: ProviderId,
    question: &Question,
    acts: impl IntoIterator<Item = Act>,
) -> Answered {
    let http = Recorded::playing(acts);
    let outcome = outbound(settings, &http)
        .ask(provider, question, WITHIN)
        .await;
    assert!(
        http.acts.lock().unwrap().is_empty(),
        "it asked less than expected"
    );
    Answered { outcome, http }
}

/// What came of one question.
pub(crate) struct Answered {
    pub(crate) outcome: Result<Vec<Listing>, Failure>,
    pub(crate) http: Arc<Recorded>,
}

impl Answered {
    /// The addresses of what was listed.
    pub(crate) fn links(&self) -> Vec<String> {
        let listings = self.outcome.as_ref().unwrap();
        listings
            .iter()
            .map(|listing| listing.link.canonical())
            .collect()
    }

    pub(crate) fn first(&self) -> &Listing {
        &self.outcome.as_ref().unwrap()[0]
    }

    pub(crate) fn track(&self) -> &Track {
        match &self.first().piece {
            Some(Piece::Track(track)) => track,
            other => panic!("not a track: {other:?}"),
        }
    }
}

pub(crate) fn link(platform: Platform, kind: Kind, id: &str) -> Link {
    Link::new(platform, kind, id, Context::default()).unwrap()
}

pub(crate) fn lookup(platform: Platform, kind: Kind, id: &str) -> Question {
    Question::Lookup(link(platform, kind, id))
}

/// The track that the recorded answers are about.
pub(crate) fn night_ferry() -> Track {
    Track {
        title: "Night Ferry (Remastered)".to_owned(),
        artists: vec!["Ada Example".to_owned(), "Bo Guest".to_owned()],
        ..Track::default()
    }
}

pub(crate) fn search() -> Question {
    Question::Search(Piece::Track(night_ferry()))
}

pub(crate) fn isrc() -> Question {
    Question::Isrc("GBAAA0500123".parse().unwrap())
}
