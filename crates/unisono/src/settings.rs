//! Settings: built-in defaults, then `unisono.toml`, then `UNISONO_*` in the environment.

mod complaint;

use std::net::{IpAddr, SocketAddr};
use std::path::{Path, PathBuf};

use account::plans::{BadOffer, Offer, PlanSettings};
use base::Secret;
use figment::Figment;
use figment::providers::{Env, Format, Serialized, Toml};
use figment::value::Value;
use ipnet::IpNet;
use serde::{Deserialize, Deserializer, Serialize};

use crate::backup::{BackupPart, NoBackup};

/// The address that is listened on unless another is set: every interface, so that phones can reach it.
pub const LISTEN_DEFAULT: &str = "0.0.0.0:8080";
/// The settings file, looked for in the working folder and then in the data folder.
pub const FILE_NAME: &str = "unisono.toml";
/// Tells the process another settings file.
pub const FILE_VARIABLE: &str = "UNISONO_CONFIG";

/// Everything an operator can set.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Settings {
    /// Address and port of the web server. Unset: port 8080 on every interface, or the next free one.
    pub listen: Option<SocketAddr>,
    /// Where the data lies. Default: `$XDG_DATA_HOME/unisono`, or `~/.local/share/unisono`.
    pub data_dir: PathBuf,
    /// `postgres://...` for PostgreSQL; unset: an SQLite file in the data folder.
    #[serde(serialize_with = "hidden", deserialize_with = "secret")]
    pub database_url: Option<Secret<String>>,
    /// What seals secrets of accounts in the database: 64 hexadecimal digits, the same on all nodes. Unset: the file
    /// `sealing.key` in the data folder, which the first start makes.
    #[serde(serialize_with = "hidden", deserialize_with = "secret")]
    pub sealing_key: Option<Secret<String>>,
    /// The address people use, such as `https://listen.example`. Unset: whatever address a visitor used; a mail server
    /// needs it set.
    pub public_url: Option<String>,
    /// Networks of proxies whose forwarded headers count. Default: none.
    pub trusted_proxies: Vec<IpNet>,
    /// Further host names that the server answers to.
    pub host_names: Vec<String>,
    /// Where the source of this very program is, for the link in the footer.
    pub source_url: String,
    /// Address of the data protection authority to complain to. Empty: the privacy centre links to the list of all.
    pub authority_url: String,
    /// Where people report weaknesses of this server: an `https:` or `mailto:` address, for `/.well-known/security.txt`.
    pub security_contact: String,
    /// Who answers for this installation, as `/contact` and `/terms` say it.
    pub operator: web::Operator,
    /// Whether `/metrics` answers to every client; otherwise only to this machine.
    pub metrics_for_all: bool,
    /// Seconds between two Pings on a socket; fewer than 25 for proxies that cut quiet connections sooner.
    pub ping_every_s: u32,
    /// How the log is written.
    pub log: LogForm,
    /// Certificate and key, to answer by https without a proxy.
    pub tls: Option<TlsFiles>,
    /// Rooms and their bounds.
    pub rooms: app::Settings,
    /// The embedded STUN and TURN relay.
    pub relay: RelayPart,
    /// Link pages and their bounds.
    pub links: app::LinkSettings,
    /// Accounts: who may make one, and how hard it is for robots.
    pub accounts: app::AccountSettings,
    /// What limits the free plan. Left out, and without a payment service, there are no plans: everybody has everything.
    pub plans: Option<PlanSettings>,
    /// Services' own players in rooms, beyond those that need nothing of the operator.
    pub players: PlayersPart,
    /// The way out: music providers, their keys and mirrors.
    pub outbound: outbound::Settings,
    /// The mail server that letters are handed to.
    pub mail: outbound::MailSettings,
    /// Where failures are told, beside the list that is kept here.
    pub errors: outbound::ErrorSettings,
    /// Encrypted backups of an SQLite database.
    pub backup: BackupPart,
}

/// How the log is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LogForm {
    /// For people.
    #[default]
    Human,
    /// One JSON object a line.
    Json,
}

/// Where certificate and key lie, both PEM.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TlsFiles {
    /// The certificate chain.
    pub certificate: PathBuf,
    /// Its private key.
    pub key: PathBuf,
}

/// The relay, as an operator sets it.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct RelayPart {
    /// Whether the embedded relay runs.
    pub enabled: bool,
    /// Its port, UDP and TCP. Unset: 3478, or the next free one.
    pub port: Option<u16>,
    /// The first and last port that relayed addresses get.
    pub ports: (u16, u16),
    /// The address that peers reach relayed ports at, when it differs from the machine's own (behind NAT).
    pub address: Option<IpAddr>,
    /// The host name or address in `stun:` and `turn:` addresses. Unset: the one the visitor used.
    pub host: Option<String>,
    /// Whether members in private networks may be reached through the relay.
    pub private_networks: bool,
    /// Networks that the relay may reach whatever the rules say.
    pub allowed: Vec<IpNet>,
    /// Addresses of a coturn that shares `secret`; it is then used in place of the embedded relay.
    pub external: Vec<String>,
    /// The secret shared with coturn (`static-auth-secret`). Unset: a random one for each start.
    #[serde(serialize_with = "hidden", deserialize_with = "secret")]
    pub secret: Option<Secret<String>>,
}

/// Services' own players, as an operator sets them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct PlayersPart {
    /// The client id of the operator's own application at Spotify. Empty: rooms have no Spotify player.
    pub spotify_client_id: String,
}

/// No name of an application at Spotify is longer; today they have 32.
const CLIENT_ID_CHARS_MAX: usize = 64;

impl Default for Settings {
    fn default() -> Self {
        Self {
            listen: None,
            data_dir: data_dir_default(),
            database_url: None,
            sealing_key: None,
            public_url: None,
            trusted_proxies: Vec::new(),
            host_names: Vec::new(),
            source_url: String::new(),
            security_contact: String::new(),
            authority_url: String::new(),
            operator: web::Operator::default(),
            metrics_for_all: false,
            ping_every_s: web::PING_EVERY_S,
            log: LogForm::Human,
            tls: None,
            rooms: app::Settings::default(),
            relay: RelayPart::default(),
            links: app::LinkSettings::default(),
            accounts: app::AccountSettings::default(),
            plans: None,
            players: PlayersPart::default(),
            outbound: outbound::Settings::default(),
            mail: outbound::MailSettings::default(),
            errors: outbound::ErrorSettings::default(),
            backup: BackupPart::default(),
        }
    }
}

impl Default for RelayPart {
    fn default() -> Self {
        Self {
            enabled: true,
            port: None,
            ports: (49_152, 65_535),
            address: None,
            host: None,
            private_networks: false,
            allowed: Vec::new(),
            external: Vec::new(),
            secret: None,
        }
    }
}

impl Settings {
    /// Reads all sources. The error names the setting, where it came from, and what was expected.
    pub fn read() -> Result<Self, BadSettings> {
        let named = std::env::var_os(FILE_VARIABLE).map(PathBuf::from);
        if let Some(file) = named.as_ref().filter(|file| !file.is_file()) {
            return Err(BadSettings::NoFile(file.clone()));
        }
        let settings = Self::figment(named.as_deref()).extract::<Self>();
        settings
            .map_err(|error| BadSettings::Value(Box::new(complaint::without_values(error))))?
            .checked()
    }

    fn figment(named: Option<&Path>) -> Figment {
        let defaults = Figment::from(Serialized::defaults(Self::default()));
        let found = [data_dir_default().join(FILE_NAME), PathBuf::from(FILE_NAME)];
        let files = match named {
            Some(file) => vec![file.to_owned()],
            None => found.into_iter().filter(|file| file.is_file()).collect(),
        };
        let with_files = files.into_iter().fold(defaults, |figment, file| {
            figment.merge(Toml::file_exact(file))
        });
        let variables = Env::prefixed("UNISONO_").ignore(&["config"]).split("__");
        with_files.merge(variables)
    }

    fn checked(self) -> Result<Self, BadSettings> {
        if let Some(url) = &self.public_url {
            let is_web = url.starts_with("http://") || url.starts_with("https://");
            let authority = url.split_once("://").map(|(_, rest)| rest);
            let authority = authority.unwrap_or_default().trim_end_matches('/');
            if !is_web || authority.is_empty() || authority.contains('/') {
                return Err(BadSettings::PublicUrl);
            }
        }
        // What a visitor calls us may be made up, and a mailed link to a foreign address gives away what it opens.
        if !self.mail.host.is_empty() && self.public_url.is_none() {
            return Err(BadSettings::MailWithoutUrl);
        }
        self.check_operator()?;
        self.mail.check()?;
        self.errors.check()?;
        self.backup.check().map_err(Box::new)?;
        self.check_plans()?;
        if !is_contact(&self.security_contact) {
            return Err(BadSettings::SecurityContact);
        }
        if !(4..=16).contains(&self.rooms.password_cost) {
            return Err(BadSettings::PasswordCost);
        }
        if self.relay.ports.0 > self.relay.ports.1 || self.relay.ports.0 < 1024 {
            return Err(BadSettings::RelayPorts);
        }
        if !self.relay.external.is_empty() && self.relay.secret.is_none() {
            return Err(BadSettings::RelaySecret);
        }
        let client_id = &self.players.spotify_client_id;
        let is_plain = client_id.bytes().all(|byte| byte.is_ascii_alphanumeric());
        if !is_plain || client_id.len() > CLIENT_ID_CHARS_MAX {
            return Err(BadSettings::SpotifyClientId);
        }
        if self.outbound.payments.is_test_in_public(self.is_public()) {
            return Err(BadSettings::TestKey);
        }
        // Nothing is sent by opening the way out.
        outbound::Outbound::start(
            self.outbound.clone(),
            std::sync::Arc::new(base::SystemClock),
        )?;
        Ok(self)
    }

    /// Whoever serves people at a public address says who they are.
    fn check_operator(&self) -> Result<(), BadSettings> {
        let operator = &self.operator;
        let is_mail = |text: &str| account::EmailAddress::parse(text).is_ok();
        if !operator.contact.is_empty() && !is_mail(&operator.contact) {
            return Err(BadSettings::OperatorContact);
        }
        let mut countries = operator.grounds.keys();
        if let Some(wrong) = countries.find(|country| !privacy::is_country(country)) {
            return Err(BadSettings::GroundsCountry(wrong.clone()));
        }
        if !self.is_public() {
            return Ok(());
        }
        let needed = [
            ("operator.name", &operator.name),
            ("operator.country", &operator.country),
            ("operator.contact", &operator.contact),
        ];
        let missing = needed.iter().filter(|(_, value)| value.trim().is_empty());
        let missing: Vec<&str> = missing.map(|(name, _)| *name).collect();
        match missing.is_empty() {
            true => Ok(()),
            false => Err(BadSettings::NoOperator(missing.join(", "))),
        }
    }

    fn check_plans(&self) -> Result<(), BadSettings> {
        let faults = self.plans.as_ref().map(PlanSettings::faults);
        let faults = faults.unwrap_or_default();
        if faults.is_empty() {
            return Ok(());
        }
        let named: Vec<String> = faults.iter().map(|it| format!("plans.{it}")).collect();
        Err(BadSettings::Plans(named.join("; ")))
    }

    /// Whether people use it by https, at an address of its own.
    #[must_use]
    pub fn is_public(&self) -> bool {
        let url = self.public_url.as_deref();
        url.is_some_and(|url| url.starts_with("https://"))
    }

    /// The part for the doors.
    #[must_use]
    pub fn web(&self) -> web::Settings {
        web::Settings {
            public_url: self.public_url.clone().unwrap_or_default(),
            trusted_proxies: self.trusted_proxies.clone(),
            host_names: self.host_names.clone(),
            source_url: self.source_url.clone(),
            security_contact: self.security_contact.clone(),
            authority_url: self.authority_url.clone(),
            operator: self.operator.clone(),
            metrics_for_all: self.metrics_for_all,
            ping_every_s: self.ping_every_s.max(1),
            spotify_client_id: self.players.spotify_client_id.clone(),
            data_folder: self.data_dir.clone(),
        }
    }

    /// What is offered: two plans where they are set, or where something is sold; else everything to everybody.
    pub fn offer(&self) -> Result<Offer, BadOffer> {
        match &self.plans {
            Some(plans) => plans.offer(),
            None if self.outbound.payments.is_on() => PlanSettings::default().offer(),
            None => Ok(Offer::Everything),
        }
    }

    /// What this installation holds.
    #[must_use]
    pub fn inventory(&self) -> &'static privacy::Inventory {
        let offer = self.offer().unwrap_or_default();
        let others = app::Others {
            sells: self.outbound.payments.is_on(),
            is_checked: self.outbound.turnstile.is_on(),
            has_collector: self.errors.is_on(),
        };
        app::inventory_of(&offer, others)
    }

    /// What this installation is called in letters: the host that people use.
    #[must_use]
    pub fn site(&self) -> &str {
        let host = self.public_url.as_deref().and_then(|url| {
            let (_, rest) = url.split_once("://")?;
            rest.split(['/', ':']).next()
        });
        host.unwrap_or("Unisono")
    }

    /// The part for the store.
    #[must_use]
    pub fn store(&self) -> store::Settings {
        match &self.database_url {
            Some(url) => store::Settings {
                url: url.clone(),
                ..store::Settings::default()
            },
            None => {
                let file = self.data_dir.join("unisono.db");
                store::Settings::at(format!("sqlite:{}", file.display()))
            }
        }
    }
}

/// Settings that cannot be used. Each message ends with what to do.
#[derive(Debug, thiserror::Error)]
pub enum BadSettings {
    /// The file that the environment names is not there.
    #[error("{} names {}, which is not a file; create it or unset the variable", FILE_VARIABLE, .0.display())]
    NoFile(PathBuf),
    /// A source does not parse, or holds a wrong value or an unknown name.
    #[error("{0}; correct it, then run: unisono config check")]
    Value(Box<figment::Error>),
    /// People are served, and nobody says who answers for it.
    #[error("public_url is an https address, so people must learn who answers for it: set {0}")]
    NoOperator(String),
    /// `operator.contact` is no address.
    #[error("operator.contact must be an e-mail address that is read")]
    OperatorContact,
    /// A safeguard is stated for what is no country.
    #[error(
        "operator.grounds has \"{0}\"; state a safeguard by the country's code in capitals, such as US = \"adequacy\""
    )]
    GroundsCountry(String),
    /// `public_url` is no web address.
    #[error("public_url must be a web address without a path, such as https://listen.example")]
    PublicUrl,
    /// Letters would lead to wherever a visitor says that we are.
    #[error(
        "mail.host is set, so public_url must be: links in letters begin with it; set public_url to the address that \
         people use, such as https://listen.example"
    )]
    MailWithoutUrl,
    /// `security_contact` is no address.
    #[error(
        "security_contact must be an address such as mailto:security@listen.example or https://listen.example/security"
    )]
    SecurityContact,
    /// `rooms.password_cost` is out of range.
    #[error("rooms.password_cost must be 4 to 16; 12 is the default")]
    PasswordCost,
    /// `relay.ports` is no range.
    #[error("relay.ports must be two ports from 1024 to 65535, the lower first")]
    RelayPorts,
    /// `relay.external` needs the secret.
    #[error("relay.external needs relay.secret, the static-auth-secret of that coturn")]
    RelaySecret,
    /// `players.spotify_client_id` is no client id.
    #[error(
        "players.spotify_client_id must be the client id that Spotify's dashboard shows, letters and digits only; \
         leave it empty to have no Spotify player"
    )]
    SpotifyClientId,
    /// The part about backups cannot be used.
    #[error(transparent)]
    Backup(#[from] Box<NoBackup>),
    /// The way out cannot be opened as it is set.
    #[error("{0}; correct the part [outbound]")]
    Outbound(#[from] outbound::BadSettings),
    /// Limits of the plans are out of their bounds, each named.
    #[error("{0}; correct the part [plans]")]
    Plans(String),
    /// Anybody could pay with a made-up card.
    #[error(
        "outbound.payments.secret_key is a key for tests, so that anybody could pay with a made-up card; use the live \
         one, or set outbound.payments.allow_test_key = true"
    )]
    TestKey,
    /// Mail cannot be sent as it is set.
    #[error("{0}")]
    Mail(#[from] outbound::BadMailSettings),
    /// Failures cannot be told where it is set.
    #[error("{0}")]
    Errors(#[from] outbound::BadErrorSettings),
}

/// Whether this is nothing, or one address that a line of `security.txt` can hold (RFC 9116, 2.5.3).
fn is_contact(text: &str) -> bool {
    let known = text
        .strip_prefix("https://")
        .or_else(|| text.strip_prefix("mailto:"));
    let is_plain = text.bytes().all(|byte| byte.is_ascii_graphic());
    text.is_empty() || (is_plain && known.is_some_and(|rest| !rest.is_empty()))
}

/// `$XDG_DATA_HOME/unisono` (XDG Base Directory Specification), or `~/.local/share/unisono`.
fn data_dir_default() -> PathBuf {
    let absolute = |name| {
        std::env::var_os(name)
            .map(PathBuf::from)
            .filter(|path| path.is_absolute())
    };
    absolute("XDG_DATA_HOME")
        .or_else(|| absolute("HOME").map(|home| home.join(".local/share")))
        .unwrap_or_else(|| PathBuf::from("."))
        .join("unisono")
}

/// Takes any single value as text: a secret may look like a number, and an error must not quote it.
fn secret<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Secret<String>>, D::Error> {
    let text = match <Value as Deserialize>::deserialize(deserializer)? {
        Value::String(_, text) => text,
        Value::Num(_, number) => match (number.to_u128(), number.to_i128()) {
            (Some(number), _) => number.to_string(),
            (None, Some(number)) => number.to_string(),
            (None, None) => return Err(not_text()),
        },
        Value::Empty(..) => return Ok(None),
        _ => return Err(not_text()),
    };
    Ok(Some(Secret::new(text)))
}

fn not_text<E: serde::de::Error>() -> E {
    E::custom("a secret must be a text in quotes")
}

fn hidden<S: serde::Serializer>(
    secret: &Option<Secret<String>>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    secret.as_ref().map(|_| "[set]").serialize(serializer)
}

#[cfg(test)]
// figment's test helper returns its own large error type.
#[expect(clippy::result_large_err)]
mod tests;
