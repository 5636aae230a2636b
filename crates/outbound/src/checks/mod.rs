//! The check against robots by another service (Cloudflare Turnstile), for who wants that in place of a sum: what a
//! browser brings from it is confirmed here.
//!
//! It is told the operator's key and what it gave the browser itself. The client's address, which it would take as well,
//! is not sent.

#[cfg(test)]
mod tests;

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use account::SpentProof;
use base::{Secret, Timestamp};
use ring::digest;
use serde::Deserialize;
use tokio::time::Instant;

use crate::breaker::Breaker;
use crate::budget::{Allowance, Budget};
use crate::http::{BodyLimit, Reply, Request};
use crate::register::{self, Purpose};
use crate::settings::TurnstileSettings;
use crate::{Failure, Outbound};

const HOST: &str = "challenges.cloudflare.com";
/// Who waits for the answer sits before a form; the sum takes hardly longer.
const WITHIN: Duration = Duration::from_secs(4);
/// The largest answer that is read.
const BYTES_MAX: usize = 16 * 1024;
/// The longest text that the service gives to a browser.
const TOKEN_BYTES_MAX: usize = 2_048;
/// How long the service lets such a text count.
const TOKEN_LIFE: Duration = Duration::from_secs(300);
/// Questions to the service, from all who register and sign in.
const REQUESTS: Allowance = Allowance::per_second(20);

/// Why what a browser brought does not count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotConfirmed {
    /// Nobody is checked there here.
    #[error("nobody is checked by another service here")]
    Off,
    /// The service could not be asked, or gave no whole answer.
    #[error("the check against robots could not be confirmed: {0}")]
    Failed(#[from] Failure),
    /// The service does not take our key.
    #[error("the check against robots does not take outbound.turnstile.secret_key")]
    Key,
    /// The service did not give it, gave it for another page or act, or has heard of it before.
    #[error("what the browser brought does not count")]
    Refused,
}

/// The operator's account at the service.
pub(crate) struct Checks {
    site_key: String,
    secret_key: Secret<String>,
    budget: Mutex<Budget>,
    breaker: Mutex<Breaker>,
}

/// What the service says.
#[derive(Deserialize)]
struct Told {
    success: bool,
    #[serde(default)]
    hostname: String,
    #[serde(default)]
    action: String,
    #[serde(default, rename = "error-codes")]
    error_codes: Vec<String>,
}

impl Checks {
    /// Nothing where nobody is checked there.
    pub(crate) fn open(settings: &TurnstileSettings) -> Option<Self> {
        let keys = settings.site_key.clone().zip(settings.secret_key.clone());
        let (site_key, secret_key) = keys.filter(|_| settings.is_on())?;
        Some(Self {
            site_key,
            secret_key,
            budget: Mutex::new(Budget::new(REQUESTS)),
            breaker: Mutex::new(Breaker::NEW),
        })
    }

    fn breaker(&self) -> MutexGuard<'_, Breaker> {
        self.breaker.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn admit(&self, now: Timestamp) -> Result<(), Failure> {
        let mut breaker = self.breaker();
        let admitted = breaker.admit(now);
        *breaker = admitted.map_err(|retry_after| Failure::Resting { retry_after })?;
        Ok(())
    }

    /// Our own haste says nothing about the service; an answer that we do not like is one.
    fn settle<T>(&self, outcome: &Result<T, NotConfirmed>, now: Timestamp) {
        let mut breaker = self.breaker();
        *breaker = match outcome {
            Err(NotConfirmed::Failed(Failure::Budget { .. })) => breaker.trial_ended(now),
            Err(NotConfirmed::Failed(_)) => breaker.failed(now),
            _ => breaker.answered(),
        };
    }
}

impl Outbound {
    /// The key that pages show to the check of another service; none where nobody is checked there.
    #[must_use]
    pub fn check_site_key(&self) -> Option<&str> {
        self.checks().map(|checks| checks.site_key.as_str())
    }

    /// Confirms what a browser brought from the check, made for `action` on a page of `host`. What counts must be
    /// remembered, so that it counts once.
    pub async fn confirm_check(
        &self,
        token: &Secret<String>,
        action: &str,
        host: &str,
        now: Timestamp,
    ) -> Result<SpentProof, NotConfirmed> {
        let checks = self.checks().ok_or(NotConfirmed::Off)?;
        if !is_token(token.expose()) {
            return Err(NotConfirmed::Refused);
        }
        checks.admit(now)?;
        let told = self.ask_check(checks, token).await;
        checks.settle(&told, now);
        let told = told?;
        let is_for_this = told.action == action && told.hostname.eq_ignore_ascii_case(host);
        match told.success && is_for_this {
            true => Ok(SpentProof {
                hash: name_of(token),
                ends: now.after(TOKEN_LIFE),
            }),
            false => Err(NotConfirmed::Refused),
        }
    }

    async fn ask_check(
        &self,
        checks: &Checks,
        token: &Secret<String>,
    ) -> Result<Told, NotConfirmed> {
        let request = Request::get(HOST, &["turnstile", "v0", "siteverify"])
            .form(&[
                ("secret", checks.secret_key.expose()),
                ("response", token.expose()),
            ])
            .limit(BodyLimit::Whole(BYTES_MAX));
        if !register::allows(&request.url, Purpose::Check) {
            return Err(Failure::ForeignHost.into());
        }
        let deadline = Instant::now() + WITHIN;
        read(&self.fetch(&checks.budget, request, deadline).await?)
    }
}

/// Refusals come with status 200 or 400, and say so in the body.
fn read(reply: &Reply) -> Result<Told, NotConfirmed> {
    if reply.status >= 500 || matches!(reply.status, 300..=399 | 429) {
        let status = reply.status;
        return Err(Failure::Refused { status }.into());
    }
    let told: Told = serde_json::from_slice(&reply.body).map_err(|_| Failure::BadAnswer)?;
    let says = |code: &str| told.error_codes.iter().any(|one| one == code);
    if says("invalid-input-secret") || says("missing-input-secret") {
        return Err(NotConfirmed::Key);
    }
    match says("internal-error") {
        true => Err(Failure::BadAnswer.into()),
        false => Ok(told),
    }
}

fn is_token(text: &str) -> bool {
    (1..=TOKEN_BYTES_MAX).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_graphic())
}

/// Apart from the names of sums, which are spent in the same place.
fn name_of(token: &Secret<String>) -> [u8; 32] {
    let text = format!("unisono/1 check: {}", token.expose());
    let name = digest::digest(&digest::SHA256, text.as_bytes());
    let mut bytes = [0; 32];
    bytes.copy_from_slice(name.as_ref());
    bytes
}
