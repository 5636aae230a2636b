//! A relay on loopback with one room in it, and Debian's TURN client to try it with.

#![allow(clippy::unwrap_used, reason = "a test fails where its scene does")]

use std::process::{Command, Output};
use std::sync::{Arc, Mutex};

use base::{Clock, MemberId, OsEntropy, RoomId, Secret, SystemClock, Timestamp};
use relay::{Allowance, Credentials, Directory, Issued};
use tokio_util::sync::CancellationToken;
use unisono::relay_sockets::{RelaySockets, Settings};

/// In seconds, longer than any run of the client takes on a busy machine.
const PATIENCE_S: &str = "90";

/// A running relay and what its rooms would do with it.
pub struct Scene {
    pub relay: RelaySockets,
    pub directory: Arc<Mutex<Directory>>,
    pub room: RoomId,
    pub member: MemberId,
    pub credentials: Credentials,
    stop: CancellationToken,
}

impl Scene {
    /// A relay on a free port of 127.0.0.1 that also reaches peers in `allowed`.
    pub fn start(allowed: &[&str]) -> Self {
        let plenty = Allowance {
            per_second: 1 << 40,
            burst: 1 << 40,
        };
        let settings = Settings {
            listen: "127.0.0.1:0".parse().unwrap(),
            rules: relay::Settings {
                allowed: allowed.iter().map(|net| net.parse().unwrap()).collect(),
                bytes: plenty,
                packets: plenty,
                ..relay::Settings::default()
            },
            ..Settings::default()
        };
        let directory = Arc::new(Mutex::new(Directory::new()));
        let credentials = Credentials::new(Secret::new(b"a secret of the test".to_vec()));
        let stop = CancellationToken::new();
        let relay = RelaySockets::start(
            settings,
            Arc::clone(&directory),
            credentials.clone(),
            Arc::new(SystemClock),
            Arc::new(OsEntropy),
            stop.clone(),
        )
        .unwrap();
        Self {
            relay,
            directory,
            room: RoomId::new(Timestamp::default(), &OsEntropy),
            member: MemberId::new(&OsEntropy),
            credentials,
            stop,
        }
    }

    /// A credential of an admitted member.
    pub fn admitted(&self) -> Issued {
        let name = relay::new_name(&OsEntropy);
        let mut directory = self.directory.lock().unwrap();
        assert!(directory.admit(&name, self.room, self.member));
        self.credentials.issue(&name, SystemClock.now())
    }

    /// Runs the client with `issued` and `options`.
    pub async fn client(&self, issued: &Issued, options: &[&str]) -> Outcome {
        let port = self.relay.port().to_string();
        let mut command = Command::new("timeout");
        command
            .args([PATIENCE_S, "turnutils_uclient"])
            .args(["-u", &issued.username, "-w", issued.password.expose()])
            .args(["-p", &port])
            .args(options)
            .arg("127.0.0.1");
        let output = tokio::task::spawn_blocking(move || command.output()).await;
        let output = output.unwrap().expect("timeout is in coreutils");
        Outcome::of(&output)
    }

    /// Ends the relay.
    pub async fn end(self) {
        self.stop.cancel();
        self.relay.stopped().await;
    }
}

/// What the client said in the end.
pub struct Outcome {
    pub text: String,
    pub succeeded: bool,
}

impl Outcome {
    fn of(output: &Output) -> Self {
        let text = [&output.stdout[..], &output.stderr[..]].concat();
        Self {
            text: String::from_utf8_lossy(&text).into_owned(),
            succeeded: output.status.success(),
        }
    }

    /// Messages that came back.
    pub fn received(&self) -> u64 {
        let totals = self.text.lines().filter_map(|line| {
            let (_, rest) = line.split_once("tot_recv_msgs=")?;
            rest.split(|c: char| !c.is_ascii_digit())
                .next()?
                .parse()
                .ok()
        });
        totals.last().unwrap_or(0)
    }

    /// Whether the client counts every message as received.
    pub fn lost_nothing(&self) -> bool {
        self.text.contains("Total lost packets 0 (0.000000%)")
    }
}
