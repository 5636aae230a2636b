//! `unisono doctor` and `unisono config check`: what is in force, what is wrong, what to do.

mod duties;

use std::fmt::Write;
use std::net::{IpAddr, Ipv4Addr, SocketAddr, UdpSocket};
use std::os::unix::fs::MetadataExt;
use std::path::Path;
use std::sync::Arc;

use base::{Clock, OsEntropy, SystemClock};
use outbound::Outbound;
use web::{FREE_SPACE_MIN, Tls};

use crate::ports::{self, NoPort};
use crate::relay_part::PORT_DEFAULT;
use crate::server::StartError;
use crate::settings::{LISTEN_DEFAULT, Settings};
use crate::{network, private_folder, store_part, stun_check};

/// No build of this program is older: 2026-11-01. A clock before it is wrong.
const FIRST_BUILD_UNIX_S: i64 = 1_793_491_200;

/// How one thing is.
enum Finding {
    Good(String),
    Warning(String),
    Bad(String),
}

/// What the doctor found.
pub struct Report {
    findings: Vec<(&'static str, Finding)>,
}

impl Report {
    /// Whether nothing is bad. Warnings do not count.
    #[must_use]
    pub fn is_healthy(&self) -> bool {
        !self
            .findings
            .iter()
            .any(|(_, finding)| matches!(finding, Finding::Bad(_)))
    }

    /// The report for a person, one line a finding.
    #[must_use]
    pub fn text(&self) -> String {
        let mut text = String::new();
        for (name, finding) in &self.findings {
            let (mark, message) = match finding {
                Finding::Good(message) => ("ok", message),
                Finding::Warning(message) => ("note", message),
                Finding::Bad(message) => ("WRONG", message),
            };
            // Writing to a string does not fail.
            let _ = writeln!(text, "{mark:<6} {name:<9} {message}");
        }
        text
    }
}

/// Looks at everything a start needs, without changing anything but an empty data folder and database.
pub async fn examine(settings: &Settings) -> Report {
    let mut findings = vec![
        ("pages", pages_port(settings)),
        ("relay", relay(settings).await),
        ("network", private_network(settings)),
        ("TLS", tls(settings)),
        ("disk", disk(settings)),
        ("database", database(settings).await),
        ("clock", clock(&SystemClock)),
        ("music", music(settings)),
        ("errors", errors(settings)),
        ("duties", duties::stated(settings)),
        ("rights", rights(owner_of(Path::new("/proc/self")))),
    ];
    findings.extend(erased_rows(settings).map(|finding| ("erasure", finding)));
    Report { findings }
}

/// The settings in force, secrets left out.
#[must_use]
pub fn explain(settings: &Settings) -> String {
    let text = toml::to_string_pretty(settings).unwrap_or_else(|error| error.to_string());
    format!("The settings are good. In force:\n\n{text}")
}

fn pages_port(settings: &Settings) -> Finding {
    let preferred: SocketAddr = LISTEN_DEFAULT.parse().expect("the default is an address");
    let address = settings.listen.unwrap_or(preferred);
    match ports::listen(address) {
        Ok(_) => Finding::Good(format!("{address} is free")),
        Err(NoPort::Busy(_)) if settings.listen.is_none() => Finding::Warning(format!(
            "{address} is in use, by Unisono itself or another program; a start takes the next free port"
        )),
        Err(error @ NoPort::Busy(_)) => {
            Finding::Warning(format!("{error} (if Unisono runs already, all is well)"))
        }
        Err(error) => Finding::Bad(error.to_string()),
    }
}

async fn relay(settings: &Settings) -> Finding {
    let part = &settings.relay;
    if !part.external.is_empty() {
        return Finding::Good(
            "an external coturn is used; check it with: turnutils_uclient".to_owned(),
        );
    }
    if !part.enabled {
        return Finding::Warning(
            "off: devices in different networks may not reach each other".to_owned(),
        );
    }
    let port = part.port.unwrap_or(PORT_DEFAULT);
    let host = network::private_address().unwrap_or(IpAddr::V4(Ipv4Addr::LOCALHOST));
    match UdpSocket::bind((Ipv4Addr::UNSPECIFIED, port)) {
        Ok(_) => Finding::Good(format!(
            "port {port} is free; open it for UDP and TCP in your firewall for devices outside"
        )),
        Err(_) if stun_check::answers(SocketAddr::new(host, port)).await => {
            Finding::Good(format!("a relay answers at {host}, port {port}"))
        }
        Err(_) => Finding::Bad(format!(
            "port {port} is taken by something that does not answer STUN; set relay.port to another"
        )),
    }
}

fn private_network(settings: &Settings) -> Finding {
    let is_loopback = settings
        .listen
        .is_some_and(|address| address.ip().is_loopback());
    match (network::private_address(), &settings.public_url) {
        (_, Some(url)) => Finding::Good(format!("people use {url}")),
        (_, None) if is_loopback => Finding::Warning(
            "only this computer can open the pages; set public_url if a proxy is in front"
                .to_owned(),
        ),
        (Some(address), None) => {
            Finding::Good(format!("other devices reach this computer at {address}"))
        }
        (None, None) => Finding::Warning(
            "no network found; connect to one, or set public_url, so that phones can open the page"
                .to_owned(),
        ),
    }
}

fn tls(settings: &Settings) -> Finding {
    match &settings.tls {
        Some(files) => match Tls::from_files(&files.certificate, &files.key) {
            Ok(_) => Finding::Good("certificate and key fit together".to_owned()),
            Err(error) => Finding::Bad(format!("{error}; check tls.certificate and tls.key")),
        },
        None if settings.is_public() && settings.trusted_proxies.is_empty() => Finding::Warning(
            "public_url is https, and neither tls nor trusted_proxies is set: who comes by http is sent there, and who \
             comes by a proxy is refused; name the proxy in trusted_proxies (see docs/proxies.md)"
                .to_owned(),
        ),
        None => Finding::Good(
            "off: listeners need none; casting needs https or localhost (see docs/proxies.md)"
                .to_owned(),
        ),
    }
}

fn disk(settings: &Settings) -> Finding {
    let folder = &settings.data_dir;
    let shown = folder.display();
    if let Err(error) = private_folder::make(folder) {
        return Finding::Bad(format!(
            "{shown} cannot be made: {error}; set UNISONO_DATA_DIR"
        ));
    }
    let probe = folder.join(".probe");
    if let Err(error) = std::fs::write(&probe, b"probe").and_then(|()| std::fs::remove_file(&probe))
    {
        return Finding::Bad(format!(
            "{shown} cannot be written to: {error}; free some space or set UNISONO_DATA_DIR"
        ));
    }
    match fs4::available_space(folder) {
        Ok(free) if free < FREE_SPACE_MIN => Finding::Warning(format!(
            "only {} MB are free in {shown}; free some space",
            free / 1_000_000
        )),
        Ok(free) => Finding::Good(format!("{} MB are free in {shown}", free / 1_000_000)),
        Err(error) => Finding::Warning(format!("free space in {shown} is not known: {error}")),
    }
}

async fn database(settings: &Settings) -> Finding {
    let opened = async {
        let store = store_part::open(settings, &OsEntropy).await?;
        store.check_inventory().await?;
        store.ping().await?;
        let may_too_much = store.may_too_much().await?;
        store.close().await;
        Ok::<_, StartError>(may_too_much)
    };
    match opened.await {
        Ok(true) => Finding::Warning(
            "PostgreSQL answers, but its user may do more than own the tables of Unisono; give it a user of its own, as \
             docs/security.md says under Rights"
                .to_owned(),
        ),
        Ok(false) if settings.database_url.is_some() => {
            Finding::Good("PostgreSQL answers and its tables are as declared".to_owned())
        }
        Ok(false) => Finding::Good("SQLite answers and its tables are as declared".to_owned()),
        Err(StartError::Store(error)) => Finding::Bad(format!(
            "{error}; check database_url, or restore the file from a backup"
        )),
        Err(error) => Finding::Bad(error.to_string()),
    }
}

/// What is left of erased rows in the files of PostgreSQL. SQLite leaves nothing.
fn erased_rows(settings: &Settings) -> Option<Finding> {
    settings.database_url.as_ref()?;
    Some(Finding::Warning(
        "PostgreSQL keeps what was erased in its files until its tables are written anew. Do that now and then, when \
         few are there: unisono privacy rewrite. Logs that you archive and backups keep it until you delete them"
            .to_owned(),
    ))
}

/// Which music providers may be asked. None is asked here.
fn music(settings: &Settings) -> Finding {
    let outbound = match Outbound::start(settings.outbound.clone(), Arc::new(SystemClock)) {
        Ok(outbound) => outbound,
        Err(error) => return Finding::Bad(format!("{error}; correct the part [outbound]")),
    };
    let on: Vec<&str> = outbound
        .providers()
        .into_iter()
        .map(outbound::ProviderId::name)
        .collect();
    match on.is_empty() {
        true => Finding::Warning(
            "every provider is off: links cannot be converted; see [outbound.providers]".to_owned(),
        ),
        false => Finding::Good(format!(
            "links are looked up at {}; keys for more go into [outbound.providers]",
            on.join(", ")
        )),
    }
}

/// Where failures go. The collector is not asked here.
fn errors(settings: &Settings) -> Finding {
    if let Err(error) = settings.errors.check() {
        return Finding::Bad(error.to_string());
    }
    Finding::Good(match settings.errors.host() {
        Some(host) => format!(
            "failures are kept here for 30 days (unisono errors list) and told to your collector at {host}, without \
             addresses, codes and keys"
        ),
        None => {
            "failures are kept here for 30 days (unisono errors list) and told nobody".to_owned()
        }
    })
}

/// Whose a process or file is; none where the system does not say.
fn owner_of(path: &Path) -> Option<u32> {
    std::fs::metadata(path).ok().map(|about| about.uid())
}

/// Whether the program runs as somebody who may do everything on the machine.
fn rights(user: Option<u32>) -> Finding {
    match user {
        Some(0) => Finding::Warning(
            "this runs as root; a user of its own is enough, as docs/security.md says under Rights"
                .to_owned(),
        ),
        Some(_) => Finding::Good("not root".to_owned()),
        None => Finding::Warning("the system does not say who runs this".to_owned()),
    }
}

fn clock(clock: &dyn Clock) -> Finding {
    if clock.now().unix_s() < FIRST_BUILD_UNIX_S {
        return Finding::Bad(
            "it is set to a time before this program was made; turn on time synchronisation (NTP)"
                .to_owned(),
        );
    }
    let is_synchronised = Path::new("/run/systemd/timesync/synchronized").exists();
    if is_synchronised {
        Finding::Good("synchronised".to_owned())
    } else {
        Finding::Good("plausible; relay credentials need it right to a few minutes".to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use base::Timestamp;

    struct Stopped(i64);
    impl Clock for Stopped {
        fn now(&self) -> Timestamp {
            Timestamp::from_unix_ms(self.0)
        }
    }

    #[test]
    fn a_clock_from_the_past_is_wrong() {
        assert!(matches!(clock(&Stopped(0)), Finding::Bad(_)));
        assert!(matches!(clock(&SystemClock), Finding::Good(_)));
    }

    #[test]
    fn whoever_runs_this_as_root_is_told() {
        assert!(matches!(rights(Some(0)), Finding::Warning(_)));
        assert!(matches!(rights(Some(1_000)), Finding::Good(_)));
        let folder = tempfile::tempdir().unwrap();
        assert!(owner_of(folder.path()).is_some());
        assert_eq!(owner_of(&folder.path().join("none")), None);
    }

    /// Promise C19
    #[test]
    fn where_failures_go_is_said_by_the_host_alone() {
        let mut settings = Settings::default();
        let said = |settings: &Settings| match errors(settings) {
            Finding::Good(text) => text,
            Finding::Warning(text) | Finding::Bad(text) => format!("WRONG {text}"),
        };
        assert!(said(&settings).ends_with("told nobody"));
        let dsn = "https://canary@glitchtip.example/7";
        settings.errors.dsn = Some(base::Secret::new(dsn.to_owned()));
        let text = said(&settings) + &explain(&settings);
        assert!(text.contains("collector at glitchtip.example,"), "{text}");
        assert!(!text.contains("canary") && !text.contains("WRONG"));
        settings.errors.dsn = Some(base::Secret::new("canary".to_owned()));
        let text = said(&settings);
        assert!(text.starts_with("WRONG errors.dsn") && !text.contains("canary"));
    }

    #[test]
    fn what_postgresql_keeps_of_the_erased_is_said_with_the_command_that_ends_it() {
        let mut settings = Settings::default();
        assert!(erased_rows(&settings).is_none(), "SQLite keeps nothing");
        let url = "postgres://canary@localhost/unisono".to_owned();
        settings.database_url = Some(base::Secret::new(url));
        let Some(Finding::Warning(text)) = erased_rows(&settings) else {
            panic!("a note");
        };
        assert!(text.contains("unisono privacy rewrite") && !text.contains("canary"));
    }

    #[tokio::test]
    async fn a_good_machine_gets_a_good_report_and_a_broken_one_says_what_to_do() {
        let folder = tempfile::tempdir().unwrap();
        let good = Settings {
            data_dir: folder.path().join("data"),
            ..Settings::default()
        };
        let report = examine(&good).await;
        assert!(report.is_healthy(), "{}", report.text());
        std::fs::write(folder.path().join("file"), "").unwrap();
        let broken = Settings {
            data_dir: folder.path().join("file"),
            ..Settings::default()
        };
        let report = examine(&broken).await;
        assert!(!report.is_healthy() && report.text().contains("UNISONO_DATA_DIR"));
    }
}
