//! The doors of the house: pages, the HTTP API and the signalling socket.
//!
//! A handler is a sentence: who asks, what they ask, the use case, the answer.
//!
//! This crate does not know SQL, room rules or the relay's protocol.

mod accounts;
mod admin;
mod assets;
mod blog;
mod embed;
mod headers;
mod health;
mod links;
mod mail_pages;
mod message_page;
mod metrics;
mod only_encrypted;
mod openapi;
mod packed;
mod pages;
mod plans;
mod privacy_centre;
mod privacy_page;
mod problem;
mod rooms;
mod serve;
mod settings;
mod shell;
mod socket;
mod status;
mod styles;
mod support;
mod texts;
mod visitor;
mod way;
mod well_known;

use std::net::IpAddr;
use std::path::PathBuf;
use std::sync::Arc;

use app::App;
use axum::Router;
use axum::middleware::from_fn_with_state;
use axum::routing::get;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use tower_http::catch_panic::CatchPanicLayer;

pub use admin::FREE_SPACE_MIN;
pub use metrics::{Reading, Readings};
pub use openapi::document as openapi_document;
pub use serve::{BadTls, DRAIN, Tls, serve};
pub use settings::{Operator, PING_EVERY_S, Settings};
pub use visitor::PeerAddress;

/// What the handlers share. Cheap to clone.
#[derive(Clone)]
pub struct Web {
    inner: Arc<Inner>,
}

struct Inner {
    app: App,
    settings: Settings,
    private_address: Option<IpAddr>,
    readings: Readings,
    metrics: metrics::Metrics,
    refusal_lines: problem::Lines,
    link_pages: links::PageCache,
    policy_pages: privacy_page::PolicyPages,
    link_cards: links::Cards,
    link_streams: links::Places,
    blog: blog::Shelf,
    stopping: CancellationToken,
    sockets: TaskTracker,
}

impl Web {
    /// The doors to `app`.
    ///
    /// `private_address` is what other devices in this network reach us at. `readings` are gauges of other parts for
    /// `/metrics`. When `stopping` is cancelled every socket is closed with 1012.
    #[must_use]
    pub fn new(
        app: App,
        settings: Settings,
        private_address: Option<IpAddr>,
        readings: Readings,
        stopping: CancellationToken,
    ) -> Self {
        let metrics = metrics::Metrics::new();
        let inner = Inner {
            app,
            settings,
            private_address,
            readings,
            metrics,
            refusal_lines: problem::Lines::default(),
            link_pages: links::PageCache::default(),
            policy_pages: privacy_page::PolicyPages::default(),
            link_cards: links::Cards::default(),
            link_streams: links::Places::default(),
            blog: blog::Shelf::default(),
            stopping,
            sockets: TaskTracker::new(),
        };
        Self {
            inner: Arc::new(inner),
        }
    }

    /// The same with a blog of the files in `folder`, which may come later.
    ///
    /// # Panics
    /// It was shared before.
    #[must_use]
    pub fn with_blog(mut self, folder: PathBuf) -> Self {
        let inner =
            Arc::get_mut(&mut self.inner).expect("nobody shares the doors before they open");
        inner.blog = blog::Shelf::open(folder);
        self
    }

    /// Waits until every socket is closed; to be called after `stopping` was cancelled.
    pub async fn drained(&self) {
        self.inner.sockets.close();
        self.inner.sockets.wait().await;
    }

    /// Every route there is.
    pub fn router(self) -> Router {
        Router::new()
            .route("/api/v1/socket", get(socket::open))
            .route("/api/v1/about", get(health::about))
            .route("/healthz", get(health::live))
            .route("/readyz", get(health::ready))
            .route("/.well-known/gpc.json", get(health::privacy_control))
            .route("/.well-known/security.txt", get(well_known::security))
            .route("/.well-known/passkey-endpoints", get(well_known::passkeys))
            .route("/metrics", get(metrics::scrape))
            .route("/", get(pages::home))
            .route("/cast", get(pages::cast))
            .route("/source", get(pages::source))
            .route("/favicon.ico", get(assets::favicon))
            .route("/gallery", get(pages::view))
            .route("/sign-in", get(pages::view))
            .route("/register", get(pages::view))
            .route("/reset", get(pages::view))
            .route("/account", get(pages::view))
            .route("/setup", get(pages::view))
            .route("/privacy", get(privacy_page::show))
            .route("/status", get(status::show))
            .route("/api/v1/status", get(status::twin))
            .route(
                "/f/{secret}",
                get(mail_pages::ask_once_more).post(mail_pages::confirm),
            )
            .route(
                "/u/{id}",
                get(mail_pages::ask_to_stop).post(mail_pages::stop),
            )
            .route("/pages/{file}", get(styles::sheet))
            .route("/embed/youtube", get(embed::youtube))
            .merge(embed::chosen(&self))
            .merge(links::routes())
            .merge(rooms::routes())
            .merge(accounts::routes())
            .merge(admin::routes())
            .merge(support::routes())
            .merge(plans::routes())
            .merge(blog::routes())
            .merge(privacy_centre::routes())
            .fallback(assets::file)
            .layer(from_fn_with_state(self.clone(), blog::offer))
            .layer(from_fn_with_state(
                self.clone(),
                privacy_centre::notice::show,
            ))
            .layer(from_fn_with_state(self.clone(), only_encrypted::check))
            .layer(from_fn_with_state(self.clone(), visitor::check_host))
            .layer(CatchPanicLayer::custom(problem::after_panic))
            .layer(from_fn_with_state(self.clone(), problem::say))
            .layer(from_fn_with_state(self.clone(), metrics::count))
            .layer(from_fn_with_state(self.clone(), headers::harden))
            .with_state(self)
    }
}
