//! A whole node inside the test's process, on free ports of 127.0.0.1, with a data folder of its own.

use std::fs;
use std::io;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;

use account::EmailAddress;
use base::OsEntropy;
use outbound::Letter;
use store::Store;
use tempfile::TempDir;
use unisono::settings::RelayPart;
use unisono::{Server, Settings};

use crate::{TestClock, TestSocket};

/// The lowest bcrypt cost: tests check that a hash is used, not how slow it is.
const PASSWORD_COST: u32 = 4;

/// Nothing listens here: what a test does not stand in for is out of reach.
const CLOSED: &str = "http://127.0.0.1:1";

/// A running node.
pub struct TestApp {
    server: Server,
    settings: Settings,
    folder: TempDir,
    /// The node's clock.
    pub clock: TestClock,
}

impl TestApp {
    /// A node with everyday settings.
    pub async fn start() -> Self {
        Self::start_with(|_| {}).await
    }

    /// A node whose settings were `changed` first.
    pub async fn start_with(change: impl FnOnce(&mut Settings)) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        let mut settings = settings(folder.path());
        change(&mut settings);
        Self::open(settings, folder, TestClock::default()).await
    }

    /// Stops the node and starts it again on the same data, port and clock.
    pub async fn restart(self) -> Self {
        self.restart_with(|_| {}).await
    }

    /// The same with settings that were `changed` in between.
    pub async fn restart_with(self, change: impl FnOnce(&mut Settings)) -> Self {
        let Self {
            server,
            mut settings,
            folder,
            clock,
        } = self;
        settings.listen = Some(server.address());
        change(&mut settings);
        server.stop().await;
        Self::open(settings, folder, clock).await
    }

    async fn open(settings: Settings, folder: TempDir, clock: TestClock) -> Self {
        let server = Server::start(&settings, Arc::new(clock.clone()), Arc::new(OsEntropy))
            .await
            .expect("the node starts");
        Self {
            server,
            settings,
            folder,
            clock,
        }
    }

    /// Stops the node as SIGTERM does.
    pub async fn stop(self) {
        self.server.stop().await;
    }

    /// Where pages are served.
    #[must_use]
    pub const fn address(&self) -> SocketAddr {
        self.server.address()
    }

    /// What people can do here, without a door.
    #[must_use]
    pub const fn app(&self) -> &app::App {
        self.server.app()
    }

    /// Where the data lies.
    #[must_use]
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// The secret of the link that makes the first operator, while there is none.
    #[must_use]
    pub fn setup_secret(&self) -> Option<String> {
        let secret = self.server.setup_secret();
        secret.map(|secret| secret.expose().clone())
    }

    /// The node's database, opened once more.
    pub async fn store(&self) -> Store {
        unisono::store_part::open(&self.settings, &OsEntropy)
            .await
            .expect("the node has opened it")
    }

    /// The letters that wait to be sent, the newest first, each with its recipient.
    pub async fn letters(&self) -> Vec<(EmailAddress, Letter)> {
        let store = self.store().await;
        let letters = letters_in(&store).await;
        store.close().await;
        letters
    }

    /// The files as they lie on the disk at this moment: what a process leaves that is killed now.
    ///
    /// # Panics
    /// When they cannot be copied.
    #[must_use]
    pub fn killed_now(&self) -> Remains {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        copy_files(self.folder(), folder.path()).expect("files can be copied");
        let mut settings = self.settings.clone();
        settings.data_dir = folder.path().join("data");
        settings.listen = Some(SocketAddr::from(([127, 0, 0, 1], 0)));
        Remains {
            settings,
            folder,
            clock: self.clock.clone(),
        }
    }

    /// A new signalling socket.
    pub async fn socket(&self) -> TestSocket {
        TestSocket::open(self.address(), &[])
            .await
            .expect("the socket opens")
    }
}

/// What a node has left that was killed.
pub struct Remains {
    settings: Settings,
    folder: TempDir,
    clock: TestClock,
}

impl Remains {
    /// Where it lies.
    #[must_use]
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Starts a node on it, by the clock of the one before.
    pub async fn start(self) -> TestApp {
        TestApp::open(self.settings, self.folder, self.clock).await
    }
}

/// Copies all files below `from`, but for the memory that processes shared: it goes with the last of them.
fn copy_files(from: &Path, to: &Path) -> io::Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let (path, name) = entry.map(|entry| (entry.path(), entry.file_name()))?;
        if path.is_dir() {
            copy_files(&path, &to.join(name))?;
        } else if !name.to_string_lossy().ends_with("-shm") {
            fs::copy(&path, to.join(name))?;
        }
    }
    Ok(())
}

/// The letters that wait in `store` to be sent, the newest first, each with its recipient.
///
/// # Panics
/// When they cannot be read.
pub async fn letters_in(store: &Store) -> Vec<(EmailAddress, Letter)> {
    const LETTERS_MAX: u32 = 100;
    let mails = store.mails(LETTERS_MAX).await.expect("the store answers");
    let read = |mail: store::MailRow| Letter::from_outbox(&mail.template, mail.letter.expose());
    mails
        .into_iter()
        .map(|mail| read(mail).expect("letters are read as they were written"))
        .collect()
}

/// Free ports of 127.0.0.1, data under `folder`, quick passwords, no way out.
#[must_use]
pub(crate) fn settings(folder: &Path) -> Settings {
    let mut settings = Settings {
        listen: Some(SocketAddr::from(([127, 0, 0, 1], 0))),
        data_dir: folder.join("data"),
        relay: RelayPart {
            port: Some(0),
            ..RelayPart::default()
        },
        ..Settings::default()
    };
    settings.rooms.password_cost = PASSWORD_COST;
    let mirrors = outbound::hosts().iter();
    settings.outbound.mirrors = mirrors
        .map(|host| (host.name.to_owned(), CLOSED.to_owned()))
        .collect();
    settings
}
