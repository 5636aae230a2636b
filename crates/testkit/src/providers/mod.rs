//! The music providers, all on one port of 127.0.0.1: each under `/{official host}/...`, as the real one behaves,
//! faults included. A node reaches them when the official hosts are mirrored here ([`Providers::mirrors`]).

mod apple;
mod behaviour;
mod catalogue;
mod control;
mod deezer;
mod exchange;
pub mod keys;
mod limits;
mod listenbrainz;
mod musicbrainz;
mod musicbrainz_search;
mod pictures;
mod recorder;
mod short_links;
mod soundcloud;
mod spotify;
mod spotify_web;
mod tidal;
mod track;
mod yandex;
mod youtube;
mod youtube_music;

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::{HeaderMap, Method, Response, Uri};
use futures_util::stream::{self, StreamExt as _};
use outbound::Purpose;
use tokio::task::JoinHandle;

pub use behaviour::{Behaviour, EVERY_HOST, Fault};
pub use catalogue::{Catalogue, Truth, Version};
pub use pictures::PICTURE_SECRET;
pub use recorder::Outgoing;

use crate::loopback::{listen, serve};
use behaviour::Behaviours;
use exchange::{Ask, Reply};
use limits::Limits;
use recorder::Recorder;

/// Time between two bytes of a dripping answer.
const DRIP_EVERY: Duration = Duration::from_millis(50);

/// How large a huge answer is, and the piece that it is made of.
const HUGE_BYTES: usize = 50_000_000;
const HUGE_PIECE: &[u8] = &[0x20; 10_000];

/// Answers of one provider's host.
type Part = fn(&Ask, &Catalogue) -> Reply;

/// Every host that the fixture answers for.
const PARTS: &[(&str, Part)] = &[
    ("api.deezer.com", deezer::answer),
    ("itunes.apple.com", apple::itunes),
    ("api.music.apple.com", apple::music),
    ("musicbrainz.org", musicbrainz::answer),
    ("labs.api.listenbrainz.org", listenbrainz::labs),
    ("open.spotify.com", spotify::answer),
    ("accounts.spotify.com", spotify_web::accounts),
    ("api.spotify.com", spotify_web::answer),
    ("www.youtube.com", youtube::answer),
    ("www.googleapis.com", youtube::data),
    ("music.youtube.com", youtube_music::answer),
    ("api.music.yandex.net", yandex::answer),
    ("auth.tidal.com", tidal::accounts),
    ("openapi.tidal.com", tidal::answer),
    ("soundcloud.com", soundcloud::answer),
    ("spotify.link", short_links::answer),
    ("spotify.app.link", short_links::answer),
    ("spoti.fi", short_links::answer),
    ("link.deezer.com", short_links::answer),
    ("deezer.page.link", short_links::answer),
    ("dzr.page.link", short_links::answer),
    ("on.soundcloud.com", short_links::answer),
    ("soundcloud.app.goo.gl", short_links::answer),
    ("www.deezer.com", short_links::page),
    ("m.soundcloud.com", short_links::page),
    ("i.scdn.co", pictures::answer),
    ("image-cdn-ak.spotifycdn.com", pictures::answer),
    ("image-cdn-fa.spotifycdn.com", pictures::answer),
    ("mosaic.scdn.co", pictures::answer),
    ("cdn-images.dzcdn.net", pictures::answer),
    ("e-cdns-images.dzcdn.net", pictures::answer),
    ("is1-ssl.mzstatic.com", pictures::answer),
    ("is2-ssl.mzstatic.com", pictures::answer),
    ("is3-ssl.mzstatic.com", pictures::answer),
    ("is4-ssl.mzstatic.com", pictures::answer),
    ("is5-ssl.mzstatic.com", pictures::answer),
    ("i.ytimg.com", pictures::answer),
    ("yt3.ggpht.com", pictures::answer),
    ("lh3.googleusercontent.com", pictures::answer),
    ("avatars.yandex.net", pictures::answer),
    ("resources.tidal.com", pictures::answer),
    ("i1.sndcdn.com", pictures::answer),
    ("coverartarchive.org", pictures::answer),
    ("archive.org", pictures::answer),
];

/// The running providers. They end when this is dropped.
#[derive(Debug)]
pub struct Providers {
    address: SocketAddr,
    shared: Arc<Shared>,
    serving: JoinHandle<()>,
}

#[derive(Debug)]
struct Shared {
    catalogue: Catalogue,
    behaviours: Behaviours,
    limits: Limits,
    recorder: Recorder,
    started: Instant,
}

impl Providers {
    /// The providers with the built-in catalogue.
    pub async fn start() -> Self {
        Self::start_with(Catalogue::built_in()).await
    }

    /// The providers with another catalogue.
    pub async fn start_with(catalogue: Catalogue) -> Self {
        Self::start_at(catalogue, 0).await
    }

    /// The providers on a port of choice, or on any free one for 0.
    ///
    /// # Panics
    /// When the port of 127.0.0.1 is taken.
    pub async fn start_at(catalogue: Catalogue, port: u16) -> Self {
        let (listener, address) = listen(port).await;
        let shared = Arc::new(Shared {
            catalogue,
            behaviours: Behaviours::default(),
            limits: Limits::default(),
            recorder: Recorder::default(),
            started: Instant::now(),
        });
        let router = Router::new()
            .fallback(answer)
            .with_state(Arc::clone(&shared));
        let serving = serve(listener, router);
        Self {
            address,
            shared,
            serving,
        }
    }

    /// Where all of them listen.
    #[must_use]
    pub const fn address(&self) -> SocketAddr {
        self.address
    }

    /// For each official host the address that stands in for it.
    #[must_use]
    pub fn mirrors(&self) -> BTreeMap<String, String> {
        mirrors(self.address)
    }

    /// What they list.
    #[must_use]
    pub fn catalogue(&self) -> &Catalogue {
        &self.shared.catalogue
    }

    /// Lets `host` (or [`EVERY_HOST`]) behave otherwise from now on.
    pub fn behave(&self, host: &str, behaviour: Behaviour) {
        self.shared.behaviours.set(host, behaviour);
    }

    /// Every request so far, in the order in which they came.
    #[must_use]
    pub fn requests(&self) -> Vec<Outgoing> {
        self.shared.recorder.all()
    }

    /// The requests to one host.
    #[must_use]
    pub fn requests_to(&self, host: &str) -> Vec<Outgoing> {
        self.requests()
            .into_iter()
            .filter(|request| request.host == host)
            .collect()
    }

    /// Forgets the requests so far.
    pub fn forget_requests(&self) {
        self.shared.recorder.clear();
    }

    /// Serves until the process ends.
    pub async fn serve(mut self) {
        // An ended server is reported by whoever asks it next.
        let _ = (&mut self.serving).await;
    }
}

impl Drop for Providers {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

/// For each official host that may be called the address under `address` that stands in for it.
#[must_use]
pub fn mirrors(address: SocketAddr) -> BTreeMap<String, String> {
    let exact = outbound::hosts().iter().map(|host| host.name);
    let exact = exact.filter(|name| !name.starts_with('*'));
    exact
        .map(|name| (name.to_owned(), format!("http://{address}/{name}")))
        .collect()
}

/// Official hosts that a node may call for music and that nobody here answers for. Upstreams have issuers of their own,
/// and the payment service and the check against robots stand-ins of their own.
#[must_use]
pub fn hosts_without_part() -> Vec<&'static str> {
    let is_answered = |name: &str| PARTS.iter().any(|(host, _)| *host == name);
    let is_music = |purpose: &Purpose| {
        !matches!(
            purpose,
            Purpose::SignIn(_) | Purpose::Payments | Purpose::Check
        )
    };
    let hosts = outbound::hosts().iter();
    hosts
        .filter(|host| host.purposes.iter().any(is_music))
        .map(|host| host.name)
        .filter(|name| !name.starts_with('*') && !is_answered(name))
        .collect()
}

/// A part of `unisono.toml` that lets a node use the providers at `address`, as often as it likes if they have no
/// limits, and with the keys that they take if it shall have any.
#[must_use]
pub fn settings_text(address: SocketAddr, has_limits: bool, has_keys: bool) -> String {
    let lines = mirrors(address)
        .into_iter()
        .map(|(host, base)| format!("\"{host}\" = \"{base}\"\n"));
    let mirrors = lines.collect::<String>();
    let keys = if has_keys {
        keys::settings_text()
    } else {
        String::new()
    };
    let is_unlimited = !has_limits;
    format!("[outbound]\nunlimited_mirrors = {is_unlimited}\n[outbound.mirrors]\n{mirrors}{keys}")
}

async fn answer(
    State(shared): State<Arc<Shared>>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response<Body> {
    let body = String::from_utf8_lossy(&body).into_owned();
    let ask = Ask::read(method, &uri, headers, body);
    if ask.host == control::HOST {
        return whole(control::answer(&ask, &shared));
    }
    shared.recorder.note(&ask, shared.started.elapsed());
    let behaviour = shared.behaviours.next(&ask.host);
    tokio::time::sleep(Duration::from_millis(behaviour.latency_ms)).await;
    let refusal = behaviour
        .limits
        .then(|| shared.limits.refusal(&ask, Instant::now()))
        .flatten();
    let part = PARTS.iter().find(|(host, _)| *host == ask.host);
    let reply = match (refusal, part) {
        (Some(refusal), _) => refusal,
        (None, Some((_, part))) => part(&ask, &shared.catalogue),
        (None, None) => Reply::text(404, "text/plain", "the fixture has no such host"),
    };
    match behaviour.fault {
        None => whole(reply),
        Some(fault) => broken(fault, &uri, reply).await,
    }
}

fn whole(reply: Reply) -> Response<Body> {
    let (head, body) = head(reply);
    head.body(Body::from(body)).expect("a good head")
}

fn head(reply: Reply) -> (axum::http::response::Builder, Vec<u8>) {
    let mut head = Response::builder().status(reply.status);
    for (name, value) in reply.headers {
        head = head.header(name, value);
    }
    (head, reply.body)
}

async fn broken(fault: Fault, uri: &Uri, reply: Reply) -> Response<Body> {
    let (head, body) = head(reply);
    let built = match fault {
        Fault::Hang => std::future::pending().await,
        Fault::Status {
            status,
            retry_after,
        } => {
            let seconds = retry_after.map(|seconds| seconds.to_string());
            let reply = Reply::text(status, "text/plain", "out of order");
            return whole(match seconds {
                Some(seconds) => reply.with("retry-after", seconds),
                None => reply,
            });
        }
        Fault::Empty => head.body(Body::empty()),
        Fault::Drip => head.body(drip(body)),
        Fault::CutOff => {
            let half = Bytes::copy_from_slice(&body[..body.len() / 2]);
            let broken = stream::iter([Ok(half), Err(std::io::Error::other("cut off"))]);
            head.header("content-length", body.len())
                .body(Body::from_stream(broken))
        }
        Fault::Garbage => head.body(Body::from("<html>{\"data\": [nonsense")),
        Fault::OtherShape => head.body(Body::from(
            "[[{\"data\":7,\"results\":\"none\",\"title\":[]}],null]",
        )),
        Fault::Redirect { to } => return whole(Reply::redirect(&to)),
        Fault::RedirectLoop => {
            let official = uri.to_string();
            return whole(Reply::redirect(&format!("https:/{official}")));
        }
        Fault::Huge => {
            let pieces = stream::iter(0..HUGE_BYTES / HUGE_PIECE.len());
            let pieces = pieces.map(|_| Ok::<_, std::io::Error>(Bytes::from_static(HUGE_PIECE)));
            head.body(Body::from_stream(pieces))
        }
    };
    built.expect("a good head")
}

fn drip(body: Vec<u8>) -> Body {
    let bytes = stream::iter(body).then(|byte| async move {
        tokio::time::sleep(DRIP_EVERY).await;
        Ok::<_, std::io::Error>(Bytes::copy_from_slice(&[byte]))
    });
    Body::from_stream(bytes)
}
