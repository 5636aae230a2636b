//! Tokens that a provider gives for the operator's client id and secret. They live in memory only.

use std::time::Duration;

use base::{Secret, Timestamp};
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use serde::Deserialize;
use tokio::sync::Mutex;

use super::read::json;
use crate::Failure;
use crate::desk::Line;
use crate::http::{Reply, Request};
use crate::settings::ClientSettings;

/// A token is replaced so long before its end.
const MARGIN: Duration = Duration::from_secs(60);

/// The operator's app at a provider.
pub(super) struct Client {
    id: String,
    secret: Secret<String>,
    /// The lock is held while a token is fetched, so that one is enough for everybody who waits.
    token: Mutex<Option<Token>>,
}

struct Token {
    text: Secret<String>,
    until: Timestamp,
}

#[derive(Deserialize)]
struct Grant {
    access_token: Secret<String>,
    expires_in: u64,
}

impl Client {
    /// Nothing while id or secret is missing.
    pub(super) fn new(settings: &ClientSettings) -> Option<Self> {
        Some(Self {
            id: settings.client_id.clone()?,
            secret: settings.client_secret.clone()?,
            token: Mutex::new(None),
        })
    }

    /// Sends a request with a token, fetched by `grant` when there is none (RFC 6749, section 4.4).
    pub(super) async fn fetch(
        &self,
        line: &Line<'_>,
        grant: Request,
        request: Request,
    ) -> Result<Reply, Failure> {
        let token = self.token(line, grant).await?;
        let outcome = line.fetch(request.authorization("Bearer", &token)).await;
        if outcome.as_ref().err() == Some(&Failure::Refused { status: 401 }) {
            // It was revoked: the next question fetches another.
            *self.token.lock().await = None;
        }
        outcome
    }

    async fn token(&self, line: &Line<'_>, grant: Request) -> Result<Secret<String>, Failure> {
        let mut held = self.token.lock().await;
        if let Some(token) = held.as_ref().filter(|token| token.until > line.now()) {
            return Ok(token.text.clone());
        }
        let pair =
            Secret::new(BASE64_STANDARD.encode(format!("{}:{}", self.id, self.secret.expose())));
        let grant = grant
            .form(&[("grant_type", "client_credentials")])
            .authorization("Basic", &pair);
        let granted: Option<Grant> = json(&line.fetch(grant).await?)?;
        let granted = granted.ok_or(Failure::BadAnswer)?;
        let life = Duration::from_secs(granted.expires_in).saturating_sub(MARGIN);
        *held = Some(Token {
            text: granted.access_token.clone(),
            until: line.now().after(life),
        });
        Ok(granted.access_token)
    }
}
