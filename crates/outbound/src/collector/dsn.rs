//! The address of a project at a collector, as its settings show it: `https://KEY@host/path/PROJECT`.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use base::Secret;
use url::{Host, Url};

use crate::settings::BadErrorSettings;

/// Today's keys have 32 characters.
const KEY_BYTES_MAX: usize = 100;
/// Today's projects are numbers.
const PROJECT_BYTES_MAX: usize = 64;

/// Where failures are told, and by which key.
#[derive(Clone, Debug)]
pub(crate) struct Dsn {
    envelope: Url,
    key: Secret<String>,
}

impl Dsn {
    pub(crate) fn read(text: &str) -> Result<Self, BadErrorSettings> {
        let mut url = Url::parse(text).map_err(|_| BadErrorSettings::Address)?;
        let is_web = matches!(url.scheme(), "http" | "https") && url.has_host();
        if !is_web || url.query().is_some() || url.fragment().is_some() {
            return Err(BadErrorSettings::Address);
        }
        if url.scheme() == "http" && !is_near(&url) {
            return Err(BadErrorSettings::Readable);
        }
        let key = url.username().to_owned();
        if !is_word(&key, KEY_BYTES_MAX) {
            return Err(BadErrorSettings::NoKey);
        }
        let path = url.path().to_owned();
        let (folder, project) = path.rsplit_once('/').unwrap_or_default();
        if !is_word(project, PROJECT_BYTES_MAX) {
            return Err(BadErrorSettings::NoProject);
        }
        // What old collectors added as a second key is not used by any of today's.
        let stripped = url.set_username("").and_then(|()| url.set_password(None));
        stripped.map_err(|()| BadErrorSettings::Address)?;
        url.set_path(&format!("{folder}/api/{project}/envelope/"));
        Ok(Self {
            envelope: url,
            key: Secret::new(key),
        })
    }

    /// Where envelopes are posted.
    pub(crate) fn envelope(&self) -> Url {
        self.envelope.clone()
    }

    pub(crate) const fn key(&self) -> &Secret<String> {
        &self.key
    }

    pub(crate) fn host(&self) -> &str {
        self.envelope.host_str().unwrap_or_default()
    }
}

/// Whether what is sent there stays in this machine or a network of the operator's own, by what the address itself says.
/// Not every address that is not public does: a tunnel's leads through the internet, a carrier's own to the carrier.
fn is_near(url: &Url) -> bool {
    match url.host() {
        Some(Host::Ipv4(address)) => is_near_v4(address),
        Some(Host::Ipv6(address)) => is_near_v6(address),
        Some(Host::Domain(name)) => name == "localhost",
        None => false,
    }
}

fn is_near_v4(address: Ipv4Addr) -> bool {
    address.is_loopback() || address.is_private() || address.is_link_local()
}

fn is_near_v6(address: Ipv6Addr) -> bool {
    match IpAddr::V6(address).to_canonical() {
        IpAddr::V4(address) => is_near_v4(address),
        IpAddr::V6(address) => {
            address.is_loopback() || address.is_unique_local() || address.is_unicast_link_local()
        }
    }
}

fn is_word(text: &str, bytes_max: usize) -> bool {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    (1..=bytes_max).contains(&text.len()) && text.bytes().all(is_plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_says_where_envelopes_go_and_by_which_key() {
        for (text, envelope) in [
            (
                "https://abc123@glitchtip.example/7",
                "https://glitchtip.example/api/7/envelope/",
            ),
            (
                "https://abc123@errors.example:8443/sub/folder/42",
                "https://errors.example:8443/sub/folder/api/42/envelope/",
            ),
            (
                "https://abc123:old@sentry.example/1",
                "https://sentry.example/api/1/envelope/",
            ),
            (
                "http://abc123@127.0.0.1:8000/1",
                "http://127.0.0.1:8000/api/1/envelope/",
            ),
            (
                "http://abc123@localhost/1",
                "http://localhost/api/1/envelope/",
            ),
            (
                "http://abc123@[fd00::2]:8000/1",
                "http://[fd00::2]:8000/api/1/envelope/",
            ),
            (
                "http://abc123@192.168.1.9/1",
                "http://192.168.1.9/api/1/envelope/",
            ),
        ] {
            let dsn = Dsn::read(text).unwrap();
            assert_eq!(dsn.envelope().as_str(), envelope);
            assert_eq!(dsn.key().expose(), "abc123");
            assert!(!format!("{dsn:?}").contains("abc123"));
        }
    }

    #[test]
    fn what_is_no_address_of_a_project_is_refused() {
        use BadErrorSettings::{Address, NoKey, NoProject, Readable};
        for (text, why) in [
            ("", Address),
            ("glitchtip.example", Address),
            ("ftp://key@glitchtip.example/1", Address),
            ("https://", Address),
            ("https://key@glitchtip.example/1?a=b", Address),
            ("https://key@glitchtip.example/1#a", Address),
            ("https://glitchtip.example/1", NoKey),
            ("https://:secret@glitchtip.example/1", NoKey),
            ("https://a%20b@glitchtip.example/1", NoKey),
            ("https://key@glitchtip.example", NoProject),
            ("https://key@glitchtip.example/", NoProject),
            ("https://key@glitchtip.example/1/", NoProject),
            ("https://key@glitchtip.example/a%2Fb", NoProject),
            ("http://key@glitchtip.example/1", Readable),
            ("http://key@localhost.example/1", Readable),
            ("http://key@1.1.1.1/1", Readable),
            ("http://key@[2606:4700::1111]/1", Readable),
        ] {
            assert_eq!(Dsn::read(text).map(|_| ()), Err(why), "{text}");
        }
        let long = format!("https://{}@glitchtip.example/1", "k".repeat(101));
        assert_eq!(Dsn::read(&long).map(|_| ()), Err(NoKey));
    }
    #[test]
    fn http_is_for_this_machine_and_the_networks_of_the_operator_alone() {
        for near in [
            "localhost",
            "127.9.9.9",
            "10.0.0.1",
            "172.16.0.1",
            "172.31.255.255",
            "192.168.0.1",
            "169.254.1.1",
            "[::1]",
            "[::ffff:10.0.0.1]",
            "[fc00::1]",
            "[fdff::1]",
            "[fe80::1]",
        ] {
            assert!(Dsn::read(&format!("http://key@{near}/1")).is_ok(), "{near}");
        }
        for far in [
            "0.0.0.0",
            "100.64.0.1",
            "172.15.0.1",
            "172.32.0.1",
            "192.0.0.1",
            "192.0.2.1",
            "192.88.99.1",
            "198.18.0.1",
            "198.51.100.1",
            "203.0.113.1",
            "224.0.0.1",
            "240.0.0.1",
            "255.255.255.255",
            "[::]",
            "[::ffff:1.1.1.1]",
            "[::7f00:1]",
            "[64:ff9b::10.0.0.1]",
            "[64:ff9b::1.1.1.1]",
            "[100::1]",
            "[2001::1]",
            "[2001:db8::1]",
            "[2002:a00:1::]",
            "[2002:101:101::]",
            "[3fff::1]",
            "[fec0::1]",
            "[ff02::1]",
        ] {
            let read = Dsn::read(&format!("http://key@{far}/1")).map(|_| ());
            assert_eq!(read, Err(BadErrorSettings::Readable), "{far}");
        }
    }
}
