//! Signing in at upstreams: where a browser is sent, what the code that it brings back is worth, and taking back what
//! was granted.
//!
//! Nothing goes out but the operator's keys and what the person just brought; nothing but (issuer, subject), an address
//! that can be relied on and the token comes back.

mod carrier;
mod oauth;
mod openid;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::time::Duration;

use account::{Attempt, BadWidget, Upstream, WidgetAnswer, check_widget};
use base::{Personal, Secret, Timestamp};
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use serde::Deserialize;
use url::Url;

use self::carrier::Carrier;
use crate::budget::{Allowance, Budget};
use crate::http::{BodyLimit, Request};
use crate::{Failure, Outbound, Upstreams};

/// Everything that one sign-in asks of an upstream, together.
const WITHIN: Duration = Duration::from_secs(10);
/// The largest answer that is read.
const ANSWER_MAX: usize = 64 * 1024;
/// Requests to all upstreams.
const REQUESTS: Allowance = Allowance::per_second(20);
/// Characters of a subject (OpenID Connect Core, section 2).
const SUBJECT_MAX: usize = 255;

/// Who somebody is at an upstream.
#[derive(Clone, Debug)]
pub struct Identified {
    /// What the upstream calls them; it stands next to the upstream's issuer and means nothing elsewhere.
    pub subject: Personal<String>,
    /// Their address, if it can be relied on.
    pub email: Option<Personal<String>>,
    /// What takes back the grant, where an upstream lets us.
    pub token: Option<Secret<String>>,
}

/// Why an upstream did not say who somebody is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotIdentified {
    /// Nobody signs in there here.
    #[error("this upstream is switched off")]
    Off,
    /// It could not be asked, or gave no whole answer.
    #[error("the upstream could not be asked: {0}")]
    Failed(#[from] Failure),
    /// It takes this code or our keys for none.
    #[error("the upstream refused")]
    Refused,
    /// It granted more than it was asked for.
    #[error("the upstream granted more than it was asked for")]
    MoreThanAsked,
    /// What it said does not hold: another's signature, audience, issuer, nonce or time.
    #[error("what the upstream said can't be trusted")]
    Untrusted,
}

/// The upstreams that are switched on.
pub(crate) struct Desks {
    clients: BTreeMap<Upstream, Client>,
    bot: Option<Bot>,
    budget: Mutex<Budget>,
}

/// The operator's app at an upstream.
#[derive(Clone, Debug)]
struct Client {
    upstream: Upstream,
    id: String,
    secret: Secret<String>,
    authorize: Url,
}

/// The operator's bot.
struct Bot {
    name: String,
    token: Secret<String>,
}

impl Desks {
    pub(crate) fn new(settings: &Upstreams) -> Self {
        let clients = Upstream::ALL.into_iter().filter_map(|upstream| {
            let client = settings
                .client(upstream)
                .filter(|_| settings.is_on(upstream))?;
            let authorize = client.authorize_url.as_deref().or(usual_page(upstream))?;
            let client = Client {
                upstream,
                id: client.client_id.clone()?,
                secret: client.client_secret.clone()?,
                authorize: Url::parse(authorize).ok()?,
            };
            Some((upstream, client))
        });
        let widget = &settings.telegram_widget;
        let bot = widget.bot_name.clone().zip(widget.bot_token.clone());
        Self {
            clients: clients.collect(),
            bot: bot
                .filter(|_| settings.is_on(Upstream::TelegramWidget))
                .map(|(name, token)| Bot { name, token }),
            budget: Mutex::new(Budget::new(REQUESTS)),
        }
    }

    pub(crate) const fn budget(&self) -> &Mutex<Budget> {
        &self.budget
    }
}

/// Where browsers are sent to say yes.
const fn usual_page(upstream: Upstream) -> Option<&'static str> {
    match upstream {
        Upstream::Google => Some("https://accounts.google.com/o/oauth2/v2/auth"),
        Upstream::Spotify => Some("https://accounts.spotify.com/authorize"),
        Upstream::Yandex => Some("https://oauth.yandex.com/authorize"),
        Upstream::Telegram => Some("https://oauth.telegram.org/auth"),
        Upstream::TelegramWidget => None,
    }
}

impl Outbound {
    /// The upstreams where people may sign in.
    #[must_use]
    pub fn upstreams(&self) -> Vec<Upstream> {
        let desks = self.desks();
        let is_on = |upstream: &Upstream| match upstream {
            Upstream::TelegramWidget => desks.bot.is_some(),
            _ => desks.clients.contains_key(upstream),
        };
        Upstream::ALL.into_iter().filter(is_on).collect()
    }

    /// Where a browser is sent to say yes. `back_to` is our one address for answers of this upstream.
    #[must_use]
    pub fn way_to(&self, upstream: Upstream, attempt: &Attempt, back_to: &str) -> Option<Url> {
        let client = self.desks().clients.get(&upstream)?;
        Some(client.way(attempt, back_to))
    }

    /// Turns the code of an answer into who somebody is.
    pub async fn identify(
        &self,
        upstream: Upstream,
        code: Secret<String>,
        attempt: &Attempt,
        back_to: &str,
        now: Timestamp,
    ) -> Result<Identified, NotIdentified> {
        let client = self.desks().clients.get(&upstream);
        let client = client.ok_or(NotIdentified::Off)?;
        let carrier = Carrier::new(self, upstream, WITHIN);
        let errand = Errand {
            client,
            carrier: &carrier,
            attempt,
            back_to,
        };
        let identified = match upstream {
            Upstream::Google | Upstream::Telegram => errand.by_openid(code, now).await?,
            Upstream::Spotify => errand.by_spotify(code).await?,
            Upstream::Yandex => errand.by_yandex(code).await?,
            Upstream::TelegramWidget => return Err(NotIdentified::Off),
        };
        let subject = identified.subject.expose();
        let is_subject = (1..=SUBJECT_MAX).contains(&subject.len())
            && subject.bytes().all(|byte| byte.is_ascii_graphic());
        match is_subject {
            true => Ok(identified),
            false => Err(NotIdentified::Untrusted),
        }
    }

    /// The name of the bot whose widget people may sign in by.
    #[must_use]
    pub fn widget_bot(&self) -> Option<&str> {
        self.desks().bot.as_ref().map(|bot| bot.name.as_str())
    }

    /// Checks what the widget says. Nothing is asked for it: the fields are signed.
    pub fn read_widget(
        &self,
        pairs: &[(String, String)],
        now: Timestamp,
    ) -> Result<WidgetAnswer, BadWidget> {
        let bot = self.desks().bot.as_ref().ok_or(BadWidget::Signature)?;
        check_widget(pairs, &bot.token, now)
    }

    /// Tells an upstream that our access is over. One that has none for this token any more is content.
    pub async fn revoke(&self, upstream: Upstream, token: &Secret<String>) -> Result<(), Failure> {
        let client = self.desks().clients.get(&upstream).ok_or(Failure::Off)?;
        let text = token.expose().as_str();
        let request = match upstream {
            Upstream::Google => {
                Request::get("oauth2.googleapis.com", &["revoke"]).form(&[("token", text)])
            }
            Upstream::Yandex => Request::get("oauth.yandex.com", &["revoke_token"])
                .form(&[("access_token", text)])
                .authorization("Basic", &client.basic()),
            _ => return Err(Failure::Unsupported),
        };
        let carrier = Carrier::new(self, upstream, WITHIN);
        let reply = carrier
            .send(request.limit(BodyLimit::Whole(ANSWER_MAX)))
            .await?;
        match reply.status {
            200..=299 => Ok(()),
            // What is wrong is the token, so it opens nothing any more (RFC 7009, 2.2.1) or can never be taken back.
            400 if !blames_us(&reply.body) => Ok(()),
            status => Err(Failure::Refused { status }),
        }
    }
}

/// Whether a refusal is about our own name and secret there, which an operator can put right (RFC 6749, 5.2).
fn blames_us(body: &[u8]) -> bool {
    #[derive(Deserialize)]
    struct Refusal {
        error: String,
    }
    let refusal = serde_json::from_slice::<Refusal>(body);
    refusal.is_ok_and(|it| ["invalid_client", "unauthorized_client"].contains(&it.error.as_str()))
}

impl Client {
    fn way(&self, attempt: &Attempt, back_to: &str) -> Url {
        let mut url = self.authorize.clone();
        {
            let mut query = url.query_pairs_mut();
            query
                .append_pair("response_type", "code")
                .append_pair("client_id", &self.id)
                .append_pair("redirect_uri", back_to)
                .append_pair("state", attempt.state.expose())
                .append_pair("code_challenge", &attempt.challenge())
                .append_pair("code_challenge_method", "S256");
            let scopes = self.upstream.scopes();
            if !scopes.is_empty() {
                query.append_pair("scope", &scopes.join(" "));
            }
            match self.upstream {
                Upstream::Google | Upstream::Telegram => {
                    query.append_pair("nonce", attempt.nonce.expose());
                }
                // Only a token that was given to a device can be taken back. The one device is this server.
                Upstream::Yandex => {
                    query
                        .append_pair("device_id", oauth::YANDEX_DEVICE)
                        .append_pair("device_name", "Unisono");
                }
                Upstream::Spotify | Upstream::TelegramWidget => {}
            }
        }
        url
    }

    /// Our name and secret there (RFC 6749, 2.3.1).
    fn basic(&self) -> Secret<String> {
        let pair = format!("{}:{}", self.id, self.secret.expose());
        Secret::new(BASE64_STANDARD.encode(pair))
    }
}

/// One sign-in under way.
struct Errand<'a> {
    client: &'a Client,
    carrier: &'a Carrier<'a>,
    attempt: &'a Attempt,
    back_to: &'a str,
}
