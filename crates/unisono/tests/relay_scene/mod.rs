//! A relay on loopback with one room in it, and Debian's TURN client to try it with.
#![allow(dead_code, reason = "each test program uses its part of the scene")]
#![allow(clippy::unwrap_used, reason = "a test fails where its scene does")]

use std::process::Output;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use base::{Clock, MemberId, OsEntropy, RoomId, Secret, SystemClock, Timestamp};
use relay::{Allowance, Credentials, Directory, Issued};
use tokio::process::Command;
use tokio::time::timeout;
use tokio_util::sync::CancellationToken;
use unisono::relay_sockets::{RelaySockets, Settings};

/// Longer than any run of the client takes on a busy machine.
const PATIENCE: Duration = Duration::from_secs(90);

/// A running relay and what its rooms would do with it.
pub(crate) struct Scene {
    pub(crate) relay: RelaySockets,
    pub(crate) directory: Arc<Mutex<Directory>>,
    pub(crate) room: RoomId,
    pub(crate) member: MemberId,
    pub(crate) credentials: Credentials,
    stop: CancellationToken,
}

impl Scene {
    /// A relay on a free port of 127.0.0.1 that also reaches peers in `allowed`.
    pub(crate) fn start(allowed: &[&str]) -> Self {
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
    pub(crate) fn admitted(&self) -> Issued {
        let name = relay::new_name(&OsEntropy);
        let mut directory = self.directory.lock().unwrap();
        assert!(directory.admit(&name, self.room, self.member));
        self.credentials.issue(&name, SystemClock.now())
    }

    /// Runs the client with `issued` and `options`.
    pub(crate) async fn client(&self, issued: &Issued, options: &[&str]) -> Outcome {
        let port = self.relay.port().to_string();
        let run = Command::new("turnutils_uclient")
            .args(["-u", &issued.username, "-w", issued.password.expose()])
            .args(["-p", &port])
            .args(options)
            .arg("127.0.0.1")
            .kill_on_drop(true)
            .output();
        let output = timeout(PATIENCE, run).await.expect("the client ends");
        let output = output.expect("turnutils_uclient is part of Debian's coturn");
        Outcome::of(&output)
    }

    /// Ends the relay.
    pub(crate) async fn end(self) {
        self.stop.cancel();
        self.relay.stopped().await;
    }
}

/// What the client said.
pub(crate) struct Outcome {
    pub(crate) text: String,
}

impl Outcome {
    fn of(output: &Output) -> Self {
        let text = [&output.stdout[..], &output.stderr[..]].concat();
        Self {
            text: String::from_utf8_lossy(&text).into_owned(),
        }
    }

    /// Whether all of `messages` were sent, and every one came back.
    pub(crate) fn is_complete(&self, messages: u32) -> bool {
        let totals = format!("tot_send_msgs={messages}, tot_recv_msgs={messages}\n");
        self.text.contains(&totals) && self.text.contains("Total lost packets 0 (0.000000%)")
    }

    /// Whether the client was refused with `said`, and nothing was sent at all.
    pub(crate) fn is_refused(&self, said: &str) -> bool {
        self.text.contains(said) && !self.text.contains("Total transmit time")
    }
}
