//! What an operator can set about the way out.

mod errors;
mod mail;
mod payments;
mod turnstile;
mod upstreams;

use std::collections::BTreeMap;
use std::fmt;

use account::Upstream;
use base::Secret;
use serde::de::Visitor;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::ProviderId;
use crate::register::{self, Purpose};

pub use errors::{BadErrorSettings, ErrorSettings};
pub use mail::{BadMailSettings, MailSettings, MailTls};
pub use payments::PaymentSettings;
pub(crate) use payments::is_test;
pub use turnstile::TurnstileSettings;
pub use upstreams::{UpstreamSettings, Upstreams, WidgetSettings};

/// The country whose catalogue is searched unless another is set.
pub(crate) const STOREFRONT_DEFAULT: &str = "us";

/// Settings of the way out.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Settings {
    /// A switch and keys for each provider. Left out: on if it is documented and either needs no key or has one.
    pub providers: Providers,
    /// Other addresses for official hosts, such as a MusicBrainz mirror:
    /// `"musicbrainz.org" = "http://mirror.lan/musicbrainz"`. What is asked, and how, stays the same.
    pub mirrors: BTreeMap<String, String>,
    /// Whether mirrors may be asked without the budgets, which are the rules of the official hosts. It counts for
    /// providers all of whose hosts have a mirror.
    pub unlimited_mirrors: bool,
    /// A way to reach the operator (address of a page or an e-mail address), sent in the User-Agent as MusicBrainz asks.
    pub contact: Option<String>,
    /// Whether short links are looked up at their platform.
    pub short_links: bool,
    /// Whether pictures are fetched from the services' picture hosts.
    pub pictures: bool,
    /// Where people may sign in. Each is off until its keys are set.
    pub upstreams: Upstreams,
    /// The payment service, for whoever wants to be paid.
    pub payments: PaymentSettings,
    /// The check against robots by another service, for who wants that in place of a sum.
    pub turnstile: TurnstileSettings,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            providers: Providers::default(),
            mirrors: BTreeMap::new(),
            unlimited_mirrors: false,
            contact: None,
            short_links: true,
            pictures: true,
            upstreams: Upstreams::default(),
            payments: PaymentSettings::default(),
            turnstile: TurnstileSettings::default(),
        }
    }
}

/// Each provider's switch and keys.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Providers {
    /// Deezer's public API.
    pub deezer: SwitchSettings,
    /// Apple's iTunes Search API.
    pub itunes: ItunesSettings,
    /// The Apple Music API.
    pub apple_music: AppleMusicSettings,
    /// MusicBrainz.
    pub musicbrainz: SwitchSettings,
    /// ListenBrainz Labs.
    pub listenbrainz: SwitchSettings,
    /// Spotify's oEmbed.
    pub spotify_oembed: SwitchSettings,
    /// Spotify's Web API.
    pub spotify_web: ClientSettings,
    /// YouTube's oEmbed.
    pub youtube_oembed: SwitchSettings,
    /// The YouTube Data API.
    pub youtube_data: KeySettings,
    /// YouTube Music's own search. Unofficial: off unless switched on.
    pub youtube_music_web: SwitchSettings,
    /// Yandex Music's app API. Unofficial: off unless switched on.
    pub yandex_music: TokenSettings,
    /// Tidal's API.
    pub tidal: ClientSettings,
    /// SoundCloud's oEmbed.
    pub soundcloud_oembed: SwitchSettings,
}

/// A provider without settings of its own.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct SwitchSettings {
    /// Whether it may be asked. Unset: yes if it is documented.
    pub enabled: Option<bool>,
}

/// The iTunes Search API.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ItunesSettings {
    /// Whether it may be asked. Unset: yes.
    pub enabled: Option<bool>,
    /// The catalogue that is searched when a link names none: ISO 3166 in lower case. Unset: `us`.
    pub storefront: Option<String>,
}

/// The Apple Music API: a ready developer token, or what one is signed with.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct AppleMusicSettings {
    /// Whether it may be asked. Unset: yes if a token can be had.
    pub enabled: Option<bool>,
    /// The catalogue that is searched when a link names none. Unset: `us`.
    pub storefront: Option<String>,
    /// A developer token made elsewhere. It ends after six months at most.
    #[serde(serialize_with = "hidden", deserialize_with = "secret")]
    pub developer_token: Option<Secret<String>>,
    /// The team id of the developer account.
    pub team_id: Option<String>,
    /// The id of the private key.
    pub key_id: Option<String>,
    /// The private key, as in the `.p8` file that Apple hands out (PEM).
    #[serde(serialize_with = "hidden", deserialize_with = "secret")]
    pub private_key: Option<Secret<String>>,
}

/// A provider that gives tokens for a client id and secret.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ClientSettings {
    /// Whether it may be asked. Unset: yes if id and secret are set.
    pub enabled: Option<bool>,
    /// The id of the registered app.
    pub client_id: Option<String>,
    /// Its secret.
    #[serde(serialize_with = "hidden", deserialize_with = "secret")]
    pub client_secret: Option<Secret<String>>,
    /// The country whose catalogue is searched. Unset: Spotify's whole catalogue, Tidal's `us`.
    pub storefront: Option<String>,
}

/// A provider that wants a key.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct KeySettings {
    /// Whether it may be asked. Unset: yes if the key is set.
    pub enabled: Option<bool>,
    /// The key.
    #[serde(serialize_with = "hidden", deserialize_with = "secret")]
    pub key: Option<Secret<String>>,
}

/// An unofficial provider that answers more with a token of the operator's own.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct TokenSettings {
    /// Whether it may be asked. Unset: no.
    pub enabled: Option<bool>,
    /// An OAuth token of the operator's own account.
    #[serde(serialize_with = "hidden", deserialize_with = "secret")]
    pub token: Option<Secret<String>>,
}

impl Settings {
    /// Whether `provider` is asked at mirrors only, and as often as we like.
    pub(crate) fn is_unlimited(&self, provider: ProviderId) -> bool {
        let purpose = Purpose::Provider(provider);
        let mut hosts = register::hosts()
            .iter()
            .filter(|host| host.purposes.contains(&purpose));
        self.unlimited_mirrors && hosts.all(|host| self.mirrors.contains_key(host.name))
    }
}

/// Settings that cannot be used. Each message names the setting and what it takes.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadSettings {
    /// A mirror of a host that is never called.
    #[error("outbound.mirrors names {0}, which is not a host that is called")]
    UnknownHost(String),
    /// A mirror's address is no web address.
    #[error("outbound.mirrors must map {0} to an http or https address without a query")]
    BadMirror(String),
    /// The contact can't stand in a header.
    #[error("outbound.contact must be plain ASCII without brackets, at most 200 characters")]
    Contact,
    /// A provider is switched on without its keys.
    #[error("outbound.providers.{} is switched on, but its keys are not set", .0.name())]
    NoKey(ProviderId),
    /// A key can't be used as it is. It is not quoted here.
    #[error("a key of outbound.providers.{} has not the form that it needs", .0.name())]
    BadKey(ProviderId),
    /// A storefront is no country.
    #[error("outbound.providers.{}.storefront must be a country of two letters", .0.name())]
    Storefront(ProviderId),
    /// An upstream is switched on without its keys.
    #[error("outbound.upstreams.{0} is switched on, but its keys are not set")]
    NoUpstreamKey(Upstream),
    /// The page that browsers are sent to is none.
    #[error("outbound.upstreams.{0}.authorize_url must be an http or https address")]
    AuthorizeUrl(Upstream),
    /// Pro is to be sold without a key.
    #[error("outbound.payments is switched on, but its secret_key is not set")]
    NoPaymentKey,
    /// The key is none of the service's.
    #[error(
        "outbound.payments.secret_key must begin with sk_live_, rk_live_, sk_test_ or rk_test_; pk_... is the one for \
         pages, which is not used"
    )]
    PaymentKey,
    /// Events could not be told from those of others.
    #[error(
        "outbound.payments.webhook_secret must be the whsec_... that the payment service shows for the address of the \
         webhook, /api/v1/payments/webhook"
    )]
    WebhookSecret,
    /// There is nothing to buy.
    #[error(
        "outbound.payments.price_month and price_year name the prices there; at least one is needed"
    )]
    Price,
    /// A month is not a year.
    #[error("outbound.payments.price_month and price_year must not be the same")]
    SamePrice,
    /// One key says nothing without the other.
    #[error(
        "outbound.turnstile needs both site_key and secret_key, as Cloudflare's dashboard shows them; leave both out to \
         have devices do a sum"
    )]
    NoTurnstileKey,
    /// A key of the check is none. It is not quoted here.
    #[error("a key of outbound.turnstile has not the form that it needs")]
    TurnstileKey,
    /// Everybody would pass, or nobody.
    #[error(
        "a key of outbound.turnstile is one for tests, which passes everybody or nobody; use those of your own site"
    )]
    TurnstileTestKey,
    /// The bot's name can be no name of a bot.
    #[error(
        "outbound.upstreams.telegram-widget.bot_name must be letters, digits and underscores, without the @"
    )]
    BotName,
}

impl Providers {
    /// Whether this provider is asked: as it is switched, or else if it is documented and has what it needs.
    #[must_use]
    pub fn is_on(&self, provider: ProviderId) -> bool {
        let unset = provider.is_documented() && self.has_keys(provider);
        self.switch(provider).unwrap_or(unset)
    }

    /// Switches every provider off, for an installation that asks nobody.
    #[must_use]
    pub fn none() -> Self {
        let mut providers = Self::default();
        for provider in ProviderId::ALL {
            *providers.switch_mut(provider) = Some(false);
        }
        providers
    }

    /// What keeps a provider from being asked at all although it is switched on.
    pub(crate) fn check(&self) -> Result<(), BadSettings> {
        for provider in ProviderId::ALL {
            if self.is_on(provider) && !self.has_keys(provider) {
                return Err(BadSettings::NoKey(provider));
            }
            let country = self.storefront(provider).unwrap_or(STOREFRONT_DEFAULT);
            if country.len() != 2 || !country.bytes().all(|byte| byte.is_ascii_alphabetic()) {
                return Err(BadSettings::Storefront(provider));
            }
        }
        Ok(())
    }

    /// The catalogue that the operator chose for `provider`.
    pub(crate) fn storefront(&self, provider: ProviderId) -> Option<&str> {
        match provider {
            ProviderId::Itunes => self.itunes.storefront.as_deref(),
            ProviderId::AppleMusic => self.apple_music.storefront.as_deref(),
            ProviderId::SpotifyWeb => self.spotify_web.storefront.as_deref(),
            ProviderId::Tidal => self.tidal.storefront.as_deref(),
            _ => None,
        }
    }

    fn has_keys(&self, provider: ProviderId) -> bool {
        let has_client =
            |client: &ClientSettings| client.client_id.is_some() && client.client_secret.is_some();
        match provider {
            ProviderId::AppleMusic => {
                let apple = &self.apple_music;
                let can_sign = apple.team_id.is_some()
                    && apple.key_id.is_some()
                    && apple.private_key.is_some();
                apple.developer_token.is_some() || can_sign
            }
            ProviderId::SpotifyWeb => has_client(&self.spotify_web),
            ProviderId::Tidal => has_client(&self.tidal),
            ProviderId::YoutubeData => self.youtube_data.key.is_some(),
            _ => true,
        }
    }

    fn switch(&self, provider: ProviderId) -> Option<bool> {
        *self.clone().switch_mut(provider)
    }

    /// The switch of `provider`.
    pub fn switch_mut(&mut self, provider: ProviderId) -> &mut Option<bool> {
        match provider {
            ProviderId::Deezer => &mut self.deezer.enabled,
            ProviderId::Itunes => &mut self.itunes.enabled,
            ProviderId::AppleMusic => &mut self.apple_music.enabled,
            ProviderId::Musicbrainz => &mut self.musicbrainz.enabled,
            ProviderId::Listenbrainz => &mut self.listenbrainz.enabled,
            ProviderId::SpotifyOembed => &mut self.spotify_oembed.enabled,
            ProviderId::SpotifyWeb => &mut self.spotify_web.enabled,
            ProviderId::YoutubeOembed => &mut self.youtube_oembed.enabled,
            ProviderId::YoutubeData => &mut self.youtube_data.enabled,
            ProviderId::YoutubeMusicWeb => &mut self.youtube_music_web.enabled,
            ProviderId::YandexMusic => &mut self.yandex_music.enabled,
            ProviderId::Tidal => &mut self.tidal.enabled,
            ProviderId::SoundcloudOembed => &mut self.soundcloud_oembed.enabled,
        }
    }
}

/// Takes any single value as text: a key may look like a number, and an error must not quote it.
fn secret<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Secret<String>>, D::Error> {
    struct OneValue;

    impl Visitor<'_> for OneValue {
        type Value = Option<Secret<String>>;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a text in quotes")
        }

        fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
            Ok(Some(Secret::new(text.to_owned())))
        }

        fn visit_u64<E>(self, number: u64) -> Result<Self::Value, E> {
            Ok(Some(Secret::new(number.to_string())))
        }

        fn visit_i64<E>(self, number: i64) -> Result<Self::Value, E> {
            Ok(Some(Secret::new(number.to_string())))
        }

        fn visit_f64<E: serde::de::Error>(self, _: f64) -> Result<Self::Value, E> {
            Err(E::custom("a secret must be a text in quotes"))
        }

        fn visit_bool<E: serde::de::Error>(self, _: bool) -> Result<Self::Value, E> {
            Err(E::custom("a secret must be a text in quotes"))
        }

        fn visit_unit<E>(self) -> Result<Self::Value, E> {
            Ok(None)
        }

        fn visit_none<E>(self) -> Result<Self::Value, E> {
            Ok(None)
        }
    }

    deserializer.deserialize_any(OneValue)
}

fn hidden<S: Serializer>(
    secret: &Option<Secret<String>>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    secret.as_ref().map(|_| "[set]").serialize(serializer)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(json: serde_json::Value) -> Result<Settings, serde_json::Error> {
        serde_json::from_value(json)
    }

    #[test]
    fn a_fresh_install_asks_the_documented_providers_that_need_no_key() {
        let providers = Providers::default();
        let on: Vec<ProviderId> = ProviderId::ALL
            .into_iter()
            .filter(|one| providers.is_on(*one))
            .collect();
        assert_eq!(
            on,
            [
                ProviderId::Deezer,
                ProviderId::Itunes,
                ProviderId::Musicbrainz,
                ProviderId::Listenbrainz,
                ProviderId::SpotifyOembed,
                ProviderId::YoutubeOembed,
                ProviderId::SoundcloudOembed,
            ]
        );
        assert!(
            ProviderId::ALL
                .into_iter()
                .all(|one| !Providers::none().is_on(one))
        );
    }

    #[test]
    fn only_a_provider_whose_hosts_are_all_mirrored_is_asked_without_a_budget() {
        let mirror = "http://127.0.0.1:9";
        let json = serde_json::json!({
            "mirrors": {"api.spotify.com": mirror, "musicbrainz.org": mirror}, "unlimited_mirrors": true,
        });
        let mut settings = read(json).unwrap();
        assert!(settings.is_unlimited(ProviderId::Musicbrainz));
        assert!(!settings.is_unlimited(ProviderId::SpotifyWeb));
        settings.unlimited_mirrors = false;
        assert!(!settings.is_unlimited(ProviderId::Musicbrainz));
    }

    #[test]
    fn a_key_switches_its_provider_on_and_a_switch_without_a_key_is_refused() {
        let keyed =
            read(serde_json::json!({"providers": {"youtube_data": {"key": 12345}}})).unwrap();
        assert!(keyed.providers.is_on(ProviderId::YoutubeData));
        assert!(keyed.providers.youtube_data.key == Some(Secret::new("12345".to_owned())));
        let bare = read(serde_json::json!({"providers": {"tidal": {"enabled": true}}})).unwrap();
        assert_eq!(
            bare.providers.check(),
            Err(BadSettings::NoKey(ProviderId::Tidal))
        );
    }

    #[test]
    fn unofficial_providers_wait_for_their_switch_even_with_a_token() {
        let json = serde_json::json!({"providers": {"yandex_music": {"token": "t"}}});
        assert!(!read(json).unwrap().providers.is_on(ProviderId::YandexMusic));
        let json = serde_json::json!({"providers": {"yandex_music": {"enabled": true}}});
        assert!(read(json).unwrap().providers.is_on(ProviderId::YandexMusic));
    }

    #[test]
    fn an_unknown_name_is_refused_and_a_wrong_secret_is_not_quoted() {
        assert!(read(serde_json::json!({"providers": {"deezr": {}}})).is_err());
        assert!(read(serde_json::json!({"providers": {"deezer": {"key": "k"}}})).is_err());
        let wrong = read(serde_json::json!({"providers": {"youtube_data": {"key": 1.125}}}));
        assert!(!wrong.unwrap_err().to_string().contains("1.125"));
    }

    #[test]
    fn a_country_has_two_letters() {
        let json = serde_json::json!({"providers": {"itunes": {"storefront": "usa"}}});
        let settings = read(json).unwrap();
        assert_eq!(
            settings.providers.check(),
            Err(BadSettings::Storefront(ProviderId::Itunes))
        );
    }

    #[test]
    fn written_settings_say_that_a_key_is_set_and_not_which() {
        let json = serde_json::json!({"providers": {
            "youtube_data": {"key": "canary"},
            "tidal": {"client_id": "id", "client_secret": "canary"},
            "apple_music": {"private_key": "canary", "developer_token": "canary"},
            "yandex_music": {"token": "canary"}
        }});
        let settings = read(json).unwrap();
        let written = serde_json::to_string(&settings).unwrap() + &format!("{settings:?}");
        assert!(written.contains("[set]") && !written.contains("canary"));
    }
}
