//! The check against robots on 127.0.0.1, in place of Cloudflare's: it gives texts to browsers, and confirms each once. It is
//! out of order, silent, forgetful or odd when it is told to.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use axum::{Form, Json, Router};
use base::Secret;
use serde_json::{Value, json};
use tokio::task::JoinHandle;
use unisono::Settings;

use crate::loopback::{listen, serve};

/// The host that it stands in for.
pub const TURNSTILE_HOST: &str = "challenges.cloudflare.com";
/// The key that pages show.
pub const SITE_KEY: &str = "0x4AAAAAAA_of-the-stand-in";
const SECRET_KEY: &str = "0x4AAAAAAA_secret-of-the-stand-in";

/// The check, until it is dropped.
pub struct Turnstile {
    address: SocketAddr,
    shared: Arc<Mutex<Told>>,
    serving: JoinHandle<()>,
}

/// How it answers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum CheckMood {
    /// As it should.
    #[default]
    Well,
    /// 503.
    Down,
    /// Not at all.
    Silent,
    /// 200, and no JSON.
    Odd,
    /// As it should, but what was confirmed once is confirmed again.
    Forgetful,
    /// It does not know our key.
    Strange,
}

#[derive(Default)]
struct Told {
    mood: CheckMood,
    given: BTreeMap<String, Given>,
    asked: Vec<BTreeMap<String, String>>,
}

/// A text that a browser has.
struct Given {
    action: String,
    host: String,
    is_spent: bool,
}

impl Turnstile {
    /// One that listens on a free port.
    pub async fn start() -> Self {
        let (listener, address) = listen(0).await;
        let shared: Arc<Mutex<Told>> = Arc::default();
        let router = Router::new()
            .route("/turnstile/v0/siteverify", post(confirm))
            .with_state(Arc::clone(&shared));
        Self {
            address,
            serving: serve(listener, router),
            shared,
        }
    }

    /// Lets a node have people checked here.
    pub fn serve_node(&self, settings: &mut Settings) {
        let turnstile = &mut settings.outbound.turnstile;
        turnstile.site_key = Some(SITE_KEY.to_owned());
        turnstile.secret_key = Some(Secret::new(SECRET_KEY.to_owned()));
        let mirror = format!("http://{}", self.address);
        let mirrors = &mut settings.outbound.mirrors;
        mirrors.insert(TURNSTILE_HOST.to_owned(), mirror);
    }

    /// How it answers from now on.
    pub fn is(&self, mood: CheckMood) {
        told(&self.shared).mood = mood;
    }

    /// What a browser gets that passed the check for `action` on a page of `host`.
    #[must_use]
    pub fn pass(&self, action: &str, host: &str) -> String {
        let mut told = told(&self.shared);
        let token = format!("0.stand-in_{}", told.given.len());
        let given = Given {
            action: action.to_owned(),
            host: host.to_owned(),
            is_spent: false,
        };
        told.given.insert(token.clone(), given);
        token
    }

    /// What it was told, field by field.
    #[must_use]
    pub fn asked(&self) -> Vec<BTreeMap<String, String>> {
        told(&self.shared).asked.clone()
    }
}

impl Drop for Turnstile {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

fn told(shared: &Mutex<Told>) -> MutexGuard<'_, Told> {
    shared.lock().unwrap_or_else(PoisonError::into_inner)
}

async fn confirm(
    State(shared): State<Arc<Mutex<Told>>>,
    Form(fields): Form<BTreeMap<String, String>>,
) -> Response {
    let mood = {
        let mut told = told(&shared);
        told.asked.push(fields.clone());
        told.mood
    };
    match mood {
        CheckMood::Down => return StatusCode::SERVICE_UNAVAILABLE.into_response(),
        CheckMood::Silent => std::future::pending().await,
        CheckMood::Odd => return "<!doctype html>Just a moment".into_response(),
        CheckMood::Well | CheckMood::Forgetful | CheckMood::Strange => {}
    }
    let is_known = fields.get("secret").map(String::as_str) == Some(SECRET_KEY);
    if !is_known || mood == CheckMood::Strange {
        return refuse("invalid-input-secret");
    }
    let mut told = told(&shared);
    let token = fields.get("response").map(String::as_str);
    match token.and_then(|token| told.given.get_mut(token)) {
        None => refuse("invalid-input-response"),
        Some(given) if given.is_spent && mood != CheckMood::Forgetful => {
            refuse("timeout-or-duplicate")
        }
        Some(given) => {
            given.is_spent = true;
            Json(passed(given)).into_response()
        }
    }
}

fn passed(given: &Given) -> Value {
    json!({
        "success": true, "challenge_ts": "2026-11-21T22:00:00.000Z", "hostname": given.host, "error-codes": [],
        "action": given.action, "cdata": "", "metadata": { "interactive": false },
    })
}

fn refuse(code: &str) -> Response {
    Json(json!({ "success": false, "error-codes": [code], "messages": [] })).into_response()
}
