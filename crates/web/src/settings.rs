//! What an operator can set about the doors, with the defaults.

use std::path::PathBuf;

use ipnet::IpNet;
use privacy::Grounds;
use serde::{Deserialize, Serialize};

/// Settings of the web server.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Settings {
    /// The address people use, such as `https://listen.example`. Empty: whatever address a visitor used.
    pub public_url: String,
    /// Networks of proxies whose `X-Forwarded-For` and `X-Forwarded-Proto` count. Default: none.
    pub trusted_proxies: Vec<IpNet>,
    /// Further host names that the server answers to, besides addresses, local names and the public one.
    pub host_names: Vec<String>,
    /// Where the source of this very program is (AGPL, section 13). Empty: the page says whom to ask.
    pub source_url: String,
    /// Address of the data protection authority for whoever runs this. Empty: the page names the list of all of them.
    pub authority_url: String,
    /// Where people report weaknesses: an `https:` or `mailto:` address. Empty: there is no `security.txt`.
    pub security_contact: String,
    /// Whether `/metrics` answers to every client; otherwise only to this machine.
    pub metrics_for_all: bool,
    /// Seconds between two Pings on a socket. A member that leaves two of them unanswered counts as gone.
    pub ping_every_s: u32,
    /// The operator's own client id at Spotify, for its player in rooms. Empty: there is no such player here.
    pub spotify_client_id: String,
    /// Where the data lies, for operators to see what is free on its disk. Empty: that is not known.
    pub data_folder: PathBuf,
    /// Who answers for this installation.
    pub operator: Operator,
}

/// Who answers for an installation, as its pages say it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Operator {
    /// Name of the person or the company.
    pub name: String,
    /// The country where they are.
    pub country: String,
    /// An e-mail address that is read.
    pub contact: String,
    /// The postal address, where the law asks for one.
    pub address: String,
    /// Where the machine stands, and whose it is: the place where data is processed.
    pub hosting: String,
    /// What makes it lawful to tell recipients in a country something about people, by the country's code.
    pub grounds: Grounds,
}

/// Often enough to keep the way open through proxies.
pub const PING_EVERY_S: u32 = 25;

impl Default for Settings {
    fn default() -> Self {
        Self {
            public_url: String::new(),
            trusted_proxies: Vec::new(),
            host_names: Vec::new(),
            source_url: String::new(),
            security_contact: String::new(),
            authority_url: String::new(),
            metrics_for_all: false,
            ping_every_s: PING_EVERY_S,
            spotify_client_id: String::new(),
            data_folder: PathBuf::new(),
            operator: Operator::default(),
        }
    }
}

impl Settings {
    /// Scheme, host and port of the public address, if there is one that can be read.
    pub(crate) fn public_origin(&self) -> Option<(&str, &str, Option<u16>)> {
        let (scheme, rest) = self.public_url.split_once("://")?;
        let authority = rest.split('/').next().unwrap_or(rest);
        let (host, port) = split_port(authority);
        Some((scheme, host, port))
    }
}

/// Splits `host:port`, leaving the brackets of an IPv6 address on the host.
pub(crate) fn split_port(authority: &str) -> (&str, Option<u16>) {
    match authority.rsplit_once(':') {
        Some((host, port))
            if !port.contains(']') && (!host.contains(':') || host.ends_with(']')) =>
        {
            port.parse()
                .map_or((authority, None), |port| (host, Some(port)))
        }
        _ => (authority, None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_authority_splits_into_host_and_port() {
        assert_eq!(split_port("listen.example"), ("listen.example", None));
        assert_eq!(split_port("localhost:8080"), ("localhost", Some(8080)));
        assert_eq!(split_port("[::1]:8080"), ("[::1]", Some(8080)));
        assert_eq!(split_port("[::1]"), ("[::1]", None));
    }

    #[test]
    fn the_public_address_is_read_without_its_path() {
        let settings = Settings {
            public_url: "https://listen.example/".to_owned(),
            ..Settings::default()
        };
        assert_eq!(
            settings.public_origin(),
            Some(("https", "listen.example", None))
        );
        assert_eq!(Settings::default().public_origin(), None);
    }
}
