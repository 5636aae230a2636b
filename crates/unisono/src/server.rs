//! One node: everything wired together, from open ports to the last farewell.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use account::plans::BadOffer;
use app::{App, Timer};
use base::{Clock, Entropy, ReferenceId, Secret};
use outbound::{Collector, Mailer, Outbound};
use store::{Store, StoreError};
use tokio::net::TcpListener;
use tokio::sync::mpsc::Receiver;
use tokio::task::JoinHandle;
use tokio::time::timeout;
use tokio_util::sync::CancellationToken;
use web::{BadTls, DRAIN, Readings, Tls, Web};

use crate::backup::{destroy_leftovers, keep_backups};
use crate::log::Failure;
use crate::ports::{self, NoPort};
use crate::relay_part::{self, Relay};
use crate::settings::{LISTEN_DEFAULT, Settings};
use crate::store_part::NoSealingKey;
use crate::{failures_part, music_part, network, store_part};

/// Where the files of the blog are, in the folder of the data.
const BLOG_FOLDER: &str = "blog";
/// How long the database may take to let go, after the sockets.
const STORE_CLOSES: Duration = Duration::from_secs(1);

/// Why a node does not start. Each message says what to do.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// No port for pages.
    #[error(transparent)]
    Port(#[from] NoPort),
    /// The data folder cannot be made or is not ours.
    #[error("the data folder {} cannot be used: {error}; set UNISONO_DATA_DIR to a folder you may write to", folder.display())]
    DataFolder {
        /// The folder.
        folder: PathBuf,
        /// What the system said.
        error: std::io::Error,
    },
    /// The database does not open.
    #[error("the database does not open: {0}; run: unisono doctor")]
    Store(#[from] StoreError),
    /// There is no key to seal with.
    #[error(transparent)]
    SealingKey(#[from] NoSealingKey),
    /// Certificate or key cannot be used.
    #[error("TLS does not start: {0}; check tls.certificate and tls.key")]
    Tls(#[from] BadTls),
    /// The relay has no port.
    #[error(
        "the relay does not start: {0}; set relay.port to a free port, or relay.enabled = false"
    )]
    Relay(std::io::Error),
    /// The way out cannot be opened as it is set.
    #[error("music services cannot be asked: {0}; correct the part [outbound] of the settings")]
    Outbound(#[from] outbound::BadSettings),
    /// The limits of the plans are out of their bounds.
    #[error("{0}; correct the part [plans]")]
    Plans(#[from] BadOffer),
    /// Mail cannot be sent as it is set.
    #[error(transparent)]
    Mail(#[from] outbound::BadMailSettings),
    /// Failures cannot be told where it is set.
    #[error(transparent)]
    Errors(#[from] outbound::BadErrorSettings),
    /// The operating system refused something.
    #[error("the server does not start: {0}")]
    Io(#[from] std::io::Error),
}

/// A running node.
pub struct Server {
    address: SocketAddr,
    is_tls: bool,
    is_port_moved: bool,
    app: App,
    web: Web,
    relay: Option<Arc<Relay>>,
    stopping: CancellationToken,
    serving: JoinHandle<()>,
    store: Store,
    collector: Option<Collector>,
    setup: Option<Secret<String>>,
    clock: Arc<dyn Timer>,
}

impl Server {
    /// Opens ports and the store and starts to answer.
    pub async fn start(
        settings: &Settings,
        clock: Arc<dyn Timer>,
        entropy: Arc<dyn Entropy>,
    ) -> Result<Self, StartError> {
        let preferred: SocketAddr = LISTEN_DEFAULT.parse().expect("the default is an address");
        let listener = listen(settings, preferred)?;
        let tls = settings.tls.as_ref();
        let tls = tls.map(|files| Tls::from_files(&files.certificate, &files.key));
        let tls = tls.transpose()?;
        let store = store_part::open(settings, entropy.as_ref()).await?;
        store.check_inventory().await?;
        if let Err(error) = destroy_leftovers(settings).await {
            let reference = ReferenceId::new(entropy.as_ref());
            tracing::error!(%reference, %error, "what a killed backup has left could not be destroyed");
        }
        let stopping = CancellationToken::new();
        let address = listener.local_addr()?;
        let (relay, desk) =
            relay_part::start(&settings.relay, address.port(), &clock, &entropy, &stopping)
                .map_err(StartError::Relay)?;
        let outbound = way_out(settings, &clock)?;
        let collector = outbound.collector().cloned();
        let readings = readings(relay.clone(), outbound.clone());
        let (timer, chance) = (Arc::clone(&clock), Arc::clone(&entropy));
        let (rooms, links) = (settings.rooms, settings.links);
        let wishes = (rooms, links, settings.accounts.clone(), settings.offer()?);
        let app = App::start(wishes, store.clone(), desk, outbound, timer, chance).await?;
        let (timer, stop) = (Arc::clone(&clock), stopping.clone());
        let (own, kept) = (settings.clone(), store.clone());
        let backups = keep_backups(app.clone(), own, kept, timer, entropy, stop);
        tokio::spawn(backups);
        // A failure is in the log; the next start makes another link.
        let setup = app.setup_secret().await.unwrap_or_default();
        let private_address = network::private_address().filter(|_| !address.ip().is_loopback());
        let web = Web::new(
            app.clone(),
            settings.web(),
            private_address,
            readings,
            stopping.clone(),
        )
        .with_blog(settings.data_dir.join(BLOG_FOLDER));
        let is_tls = tls.is_some();
        let serving = web::serve(listener, web.clone().router(), tls, stopping.clone());
        Ok(Self {
            address,
            is_tls,
            is_port_moved: settings.listen.is_none() && address.port() != preferred.port(),
            app,
            web,
            relay,
            stopping,
            serving: tokio::spawn(serving),
            store,
            collector,
            setup,
            clock,
        })
    }

    /// Where pages are served.
    #[must_use]
    pub const fn address(&self) -> SocketAddr {
        self.address
    }

    /// What people can do here, for tests that need no door.
    #[must_use]
    pub const fn app(&self) -> &App {
        &self.app
    }

    /// The secret of the link that makes the first operator, while there is none.
    #[must_use]
    pub const fn setup_secret(&self) -> Option<&Secret<String>> {
        self.setup.as_ref()
    }

    /// Whether pages are served by https.
    #[must_use]
    pub const fn is_tls(&self) -> bool {
        self.is_tls
    }

    /// Whether the usual port was taken and another one is used.
    #[must_use]
    pub const fn is_port_moved(&self) -> bool {
        self.is_port_moved
    }

    /// The embedded relay, if it runs.
    #[must_use]
    pub(crate) fn relay(&self) -> Option<&Relay> {
        self.relay.as_deref()
    }

    /// Keeps what the log says of failures, for whoever is told a reference, and tells the operator's collector of them.
    pub fn keep_failures(&self, failures: Receiver<Failure>) {
        let keeping = failures_part::Keeping {
            store: self.store.clone(),
            collector: self.collector.clone(),
            clock: Arc::clone(&self.clock),
            stopping: self.stopping.clone(),
        };
        tokio::spawn(keeping.keep(failures));
    }

    /// Says goodbye to every socket, lets requests end, and closes the store. Takes at most 10 s.
    pub async fn stop(self) {
        self.app.let_go();
        self.stopping.cancel();
        let ending = async {
            let _ = self.serving.await;
            self.web.drained().await;
            self.app.stop().await;
            if let Some(relay) = self.relay {
                relay.stopped().await;
            }
        };
        if timeout(DRAIN, ending).await.is_err() {
            tracing::warn!("some sockets did not close in time");
        }
        let _ = timeout(STORE_CLOSES, self.store.close()).await;
    }
}

/// The port for pages: the one that is set, or the first free one from the usual on.
fn listen(settings: &Settings, preferred: SocketAddr) -> Result<TcpListener, StartError> {
    let listener = match settings.listen {
        Some(address) => ports::listen(address)?,
        None => ports::listen_near(preferred)?,
    };
    Ok(TcpListener::from_std(listener)?)
}

/// The only way out, with the mail server and the collector of failures where there are such.
fn way_out(settings: &Settings, clock: &Arc<dyn Timer>) -> Result<Outbound, StartError> {
    let clock = Arc::clone(clock) as Arc<dyn Clock>;
    let outbound = Outbound::start(settings.outbound.clone(), clock)?;
    let mailer = Mailer::start(&settings.mail, settings.site())?;
    let collector = Collector::start(&settings.errors)?;
    Ok(outbound.with_mailer(mailer).with_collector(collector))
}

/// The numbers of all parts for `/metrics`.
fn readings(relay: Option<Arc<Relay>>, outbound: Outbound) -> Readings {
    let of_relay = relay_part::readings(relay);
    Box::new(move || {
        let mut readings = of_relay();
        readings.extend(music_part::readings(&outbound));
        readings.extend(failures_part::readings(&outbound));
        readings
    })
}
