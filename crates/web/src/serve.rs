//! The accept loop: slow headers time out, sockets are drained on the way out.
//!
//! `axum::serve` has neither, and it drops upgraded sockets when the process is asked to stop.

use std::convert::Infallible;
use std::io;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::Request;
use axum::response::Response;
use futures_util::stream::{self, StreamExt};
use hyper::body::{Body as _, Incoming};
use hyper::service::service_fn;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto::Builder;
use hyper_util::server::graceful::GracefulShutdown;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio::time::{Instant, sleep, timeout, timeout_at};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::pki_types::pem::{self, PemObject};
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio_rustls::rustls::{self, ServerConfig};
use tokio_util::sync::CancellationToken;
use tower::ServiceExt;

use crate::PeerAddress;

/// How long a client may take to send the headers of a request.
const HEADERS: Duration = Duration::from_secs(10);
/// How long a client may take to send the body of a request, from its headers to its end.
const BODY: Duration = Duration::from_secs(10);
/// How long a client may take for the TLS handshake.
const HANDSHAKE: Duration = Duration::from_secs(10);
/// How long open requests and sockets may take to end.
pub const DRAIN: Duration = Duration::from_secs(8);
/// A pause after an accept that failed for want of something, usually file descriptors.
const ACCEPT_PAUSE: Duration = Duration::from_millis(50);
/// The longest head of a request, in bytes.
const HEAD_BYTES_MAX: usize = 16 * 1024;

/// A certificate and key that could not be used.
#[derive(Debug)]
pub enum BadTls {
    /// A file could not be read as PEM.
    Pem(pem::Error),
    /// They do not fit together, or the key is of a kind that is not supported.
    Config(rustls::Error),
}

impl std::fmt::Display for BadTls {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Pem(error) => write!(f, "the file could not be read as PEM: {error}"),
            Self::Config(error) => write!(f, "certificate and key cannot be used: {error}"),
        }
    }
}

impl std::error::Error for BadTls {}

/// What is needed to answer by https.
#[derive(Clone)]
pub struct Tls(TlsAcceptor);

impl Tls {
    /// Reads a certificate chain and its key from PEM files.
    pub fn from_files(certificate: &Path, key: &Path) -> Result<Self, BadTls> {
        let chain = CertificateDer::pem_file_iter(certificate)
            .and_then(Iterator::collect)
            .map_err(BadTls::Pem)?;
        let key = PrivateKeyDer::from_pem_file(key).map_err(BadTls::Pem)?;
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let mut config = ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .and_then(|builder| builder.with_no_client_auth().with_single_cert(chain, key))
            .map_err(BadTls::Config)?;
        config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
        Ok(Self(TlsAcceptor::from(Arc::new(config))))
    }
}

/// Serves `router` on `listener` until `stopping`, then lets open requests end within [`DRAIN`].
pub async fn serve(
    listener: TcpListener,
    router: Router,
    tls: Option<Tls>,
    stopping: CancellationToken,
) {
    let graceful = GracefulShutdown::new();
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            () = stopping.cancelled() => break,
        };
        match accepted {
            Ok((stream, address)) => {
                let router = router.clone();
                let (tls, watcher) = (tls.clone(), graceful.watcher());
                tokio::spawn(async move {
                    // A client that breaks off or speaks nonsense harms nobody else.
                    let _ = attend(stream, address, router, tls, watcher).await;
                });
            }
            Err(error) if is_about_one_client(&error) => {}
            Err(error) => {
                tracing::warn!(%error, "a connection could not be accepted");
                sleep(ACCEPT_PAUSE).await;
            }
        }
    }
    drop(listener);
    let _ = timeout(DRAIN, graceful.shutdown()).await;
}

fn is_about_one_client(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::ConnectionAborted | io::ErrorKind::ConnectionReset
    )
}

type Watcher = hyper_util::server::graceful::Watcher;

async fn attend(
    stream: TcpStream,
    address: SocketAddr,
    router: Router,
    tls: Option<Tls>,
    watcher: Watcher,
) -> io::Result<()> {
    stream.set_nodelay(true)?;
    let peer = PeerAddress {
        address,
        is_tls: tls.is_some(),
    };
    match tls {
        None => converse(stream, peer, router, watcher).await,
        Some(Tls(acceptor)) => {
            let stream = timeout(HANDSHAKE, acceptor.accept(stream)).await??;
            converse(stream, peer, router, watcher).await;
        }
    }
    Ok(())
}

/// The body, which fails when it has not come to its end in time.
fn bounded(body: Incoming) -> Body {
    if body.is_end_stream() {
        return Body::empty();
    }
    let deadline = Instant::now() + BODY;
    let parts = Body::new(body).into_data_stream();
    Body::from_stream(stream::unfold(Some((parts, deadline)), async |reading| {
        let (mut parts, deadline) = reading?;
        match timeout_at(deadline, parts.next()).await {
            Ok(part) => Some((part?.map_err(io::Error::other), Some((parts, deadline)))),
            Err(late) => Some((Err(late.into()), None)),
        }
    }))
}

async fn converse<S>(stream: S, peer: PeerAddress, router: Router, watcher: Watcher)
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let service = service_fn(move |mut request: Request<Incoming>| {
        request.extensions_mut().insert(peer);
        let router = router.clone();
        async move {
            let response: Result<Response, Infallible> = router.oneshot(request.map(bounded)).await;
            response
        }
    });
    let mut builder = Builder::new(TokioExecutor::new());
    builder
        .http1()
        .timer(TokioTimer::new())
        .header_read_timeout(HEADERS)
        .max_buf_size(HEAD_BYTES_MAX)
        .http2()
        .timer(TokioTimer::new())
        .max_header_list_size(HEAD_BYTES_MAX as u32)
        .keep_alive_interval(HEADERS);
    let connection = builder.serve_connection_with_upgrades(TokioIo::new(stream), service);
    let _ = watcher.watch(connection.into_owned()).await;
}
