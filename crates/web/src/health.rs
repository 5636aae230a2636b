//! Whether the server lives, whether it can work, and what it is.

use app::NotReady;
use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use utoipa::ToSchema;

use crate::problem::{General, Problem};
use crate::{Web, blog, embed};

/// What this server is.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct About {
    /// Always `unisono`.
    pub name: &'static str,
    /// The version of the program.
    pub version: &'static str,
    /// The version of the signalling vocabulary.
    pub protocol: u32,
    /// The services whose own player a room may load here, on a person's word.
    pub players: Vec<&'static str>,
    /// Whether there is a blog to lead to.
    pub has_blog: bool,
}

/// What `/readyz` says.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Ready {
    /// Always `ready`; anything else is a problem response.
    pub status: &'static str,
}

/// `GET /api/v1/about`
#[utoipa::path(get, path = "/api/v1/about", responses((status = 200, body = About)))]
pub(crate) async fn about(State(web): State<Web>) -> Json<About> {
    let version = env!("CARGO_PKG_VERSION");
    Json(About {
        name: "unisono",
        version,
        protocol: protocol::VERSION,
        players: embed::offered(&web.inner.settings),
        has_blog: blog::is_offered(),
    })
}

/// `GET /healthz`: the process answers.
#[utoipa::path(get, path = "/healthz", responses((status = 200, body = String)))]
pub(crate) async fn live() -> &'static str {
    "ok\n"
}

/// `GET /readyz`: the database answers as well, and retention is kept.
#[utoipa::path(get, path = "/readyz", responses((status = 200, body = Ready), (status = 503, body = Problem)))]
pub(crate) async fn ready(State(web): State<Web>) -> Response {
    match web.inner.app.ready().await {
        Ok(()) => Json(Ready { status: "ready" }).into_response(),
        Err(error) => {
            let reference = web.inner.app.reference();
            tracing::error!(%reference, %error, "not ready");
            let refusal = match error {
                NotReady::Store(_) => General::NoDatabase,
                NotReady::RetentionOverdue => General::RetentionOverdue,
            };
            refusal.under(reference)
        }
    }
}

/// Says that the Global Privacy Control signal is honoured (GPC specification, section 4).
#[derive(Debug, Serialize)]
pub(crate) struct PrivacyControl {
    gpc: bool,
    #[serde(rename = "lastUpdate")]
    last_update: &'static str,
}

/// `GET /.well-known/gpc.json`
pub(crate) async fn privacy_control() -> Json<PrivacyControl> {
    Json(PrivacyControl {
        gpc: true,
        last_update: "2026-11-22",
    })
}
