//! What an operator can set about signing in at upstreams.

use account::Upstream;
use base::Secret;
use serde::{Deserialize, Serialize};
use url::Url;

use super::{BadSettings, hidden, secret};

/// Each upstream's keys. One without keys is off.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Upstreams {
    /// Google.
    pub google: UpstreamSettings,
    /// Spotify.
    pub spotify: UpstreamSettings,
    /// Yandex.
    pub yandex: UpstreamSettings,
    /// Telegram, by OpenID Connect.
    pub telegram: UpstreamSettings,
    /// Telegram's older widget.
    #[serde(rename = "telegram-widget")]
    pub telegram_widget: WidgetSettings,
}

/// An upstream that knows this server as a registered app.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct UpstreamSettings {
    /// Whether people may sign in there. Unset: yes if id and secret are set.
    pub enabled: Option<bool>,
    /// The id of the registered app.
    pub client_id: Option<String>,
    /// Its secret.
    #[serde(serialize_with = "hidden", deserialize_with = "secret")]
    pub client_secret: Option<Secret<String>>,
    /// Where browsers are sent, if not to the upstream's usual page: Yandex has one for each country.
    pub authorize_url: Option<String>,
}

/// Telegram's older widget: a script of telegram.org, loaded once a person has asked for it.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct WidgetSettings {
    /// Whether people may sign in by it. Unset: no.
    pub enabled: Option<bool>,
    /// The name of the bot, without the `@`.
    pub bot_name: Option<String>,
    /// The bot's token, which signs the answers.
    #[serde(serialize_with = "hidden", deserialize_with = "secret")]
    pub bot_token: Option<Secret<String>>,
}

impl Upstreams {
    /// Whether people may sign in there.
    #[must_use]
    pub fn is_on(&self, upstream: Upstream) -> bool {
        match self.client(upstream) {
            Some(client) => client.enabled.unwrap_or(client.has_keys()),
            None => self.telegram_widget.enabled.unwrap_or(false),
        }
    }

    /// The registered app at `upstream`; none at the widget, which has a bot instead.
    pub(crate) const fn client(&self, upstream: Upstream) -> Option<&UpstreamSettings> {
        match upstream {
            Upstream::Google => Some(&self.google),
            Upstream::Spotify => Some(&self.spotify),
            Upstream::Yandex => Some(&self.yandex),
            Upstream::Telegram => Some(&self.telegram),
            Upstream::TelegramWidget => None,
        }
    }

    /// What keeps an upstream that is switched on from being used.
    pub(crate) fn check(&self) -> Result<(), BadSettings> {
        for upstream in Upstream::ALL {
            let has_keys = self.client(upstream).map_or_else(
                || self.telegram_widget.has_keys(),
                UpstreamSettings::has_keys,
            );
            if self.is_on(upstream) && !has_keys {
                return Err(BadSettings::NoUpstreamKey(upstream));
            }
            let address = self
                .client(upstream)
                .and_then(|client| client.authorize_url.as_deref());
            if address.is_some_and(|address| !is_page(address)) {
                return Err(BadSettings::AuthorizeUrl(upstream));
            }
        }
        let bot = self.telegram_widget.bot_name.as_deref().unwrap_or("bot");
        let is_name = !bot.is_empty()
            && bot
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
        match is_name {
            true => Ok(()),
            false => Err(BadSettings::BotName),
        }
    }
}

impl UpstreamSettings {
    fn has_keys(&self) -> bool {
        self.client_id.is_some() && self.client_secret.is_some()
    }
}

impl WidgetSettings {
    fn has_keys(&self) -> bool {
        self.bot_name.is_some() && self.bot_token.is_some()
    }
}

fn is_page(address: &str) -> bool {
    Url::parse(address).is_ok_and(|url| {
        matches!(url.scheme(), "http" | "https") && url.has_host() && url.fragment().is_none()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(json: serde_json::Value) -> Upstreams {
        serde_json::from_value(json).unwrap()
    }

    #[test]
    fn keys_switch_an_upstream_on_and_a_switch_without_keys_is_refused() {
        assert!(
            Upstream::ALL
                .iter()
                .all(|one| !Upstreams::default().is_on(*one))
        );
        let keyed = read(serde_json::json!({"google": {"client_id": "i", "client_secret": "s"}}));
        assert!(keyed.is_on(Upstream::Google) && keyed.check().is_ok());
        let bare = read(serde_json::json!({"spotify": {"enabled": true, "client_id": "i"}}));
        assert_eq!(
            bare.check(),
            Err(BadSettings::NoUpstreamKey(Upstream::Spotify))
        );
    }

    #[test]
    fn the_older_widget_waits_for_its_switch_even_with_a_bot() {
        let bot = read(serde_json::json!({"telegram-widget": {"bot_name": "b", "bot_token": "t"}}));
        assert!(!bot.is_on(Upstream::TelegramWidget));
        let on = read(serde_json::json!({"telegram-widget": {"enabled": true}}));
        let refused = Err(BadSettings::NoUpstreamKey(Upstream::TelegramWidget));
        assert_eq!(on.check(), refused);
        let name = read(serde_json::json!({"telegram-widget": {"bot_name": "b\"><script>"}}));
        assert_eq!(name.check(), Err(BadSettings::BotName));
    }

    #[test]
    fn browsers_are_sent_to_web_pages_only() {
        for wrong in [
            "",
            "accounts.example/x",
            "javascript:alert(1)",
            "https://a.example/#b",
        ] {
            let json = serde_json::json!({"yandex": {"authorize_url": wrong}});
            let refused = Err(BadSettings::AuthorizeUrl(Upstream::Yandex));
            assert_eq!(read(json).check(), refused, "{wrong}");
        }
        let ru =
            serde_json::json!({"yandex": {"authorize_url": "https://oauth.yandex.ru/authorize"}});
        assert_eq!(read(ru).check(), Ok(()));
    }

    #[test]
    fn written_settings_hold_no_secret() {
        let json = serde_json::json!({
            "google": {"client_id": "id", "client_secret": "canary"},
            "telegram-widget": {"bot_name": "b", "bot_token": "canary"},
        });
        let settings = read(json);
        let written = serde_json::to_string(&settings).unwrap() + &format!("{settings:?}");
        assert!(written.contains("[set]") && !written.contains("canary"));
    }
}
