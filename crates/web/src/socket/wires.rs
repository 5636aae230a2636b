//! The two kinds of connection below a socket: bare TCP, and everything else, such as TLS.

use std::io::{self, IoSlice};
use std::pin::Pin;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, ready};

use app::Wire;
use axum::body::Bytes;
use hyper::upgrade::Upgraded;
use hyper_util::rt::TokioIo;
use hyper_util::server::conn::auto::upgrade::{Parts, downcast};
use socket2::SockRef;
use tokio::io::{AsyncRead, AsyncWrite, WriteHalf, split};
use tokio::net::TcpStream;
use tokio::net::tcp::OwnedWriteHalf;

/// Bytes that the kernel keeps for a peer beyond what is on its way. It would take megabytes of events from us that are
/// old news by the time a slow peer comes to them; what waits here instead is replaced by a snapshot.
#[cfg(target_os = "linux")]
const UNSENT_BYTES_MAX: u32 = 64 * 1024;

/// Where a peer's bytes come from.
pub(super) type Reading = Box<dyn AsyncRead + Send + Unpin>;

/// What came already, where the rest comes from, and the way back.
pub(super) fn apart(upgraded: Upgraded) -> (Bytes, Reading, Box<dyn Wire>) {
    match downcast::<TokioIo<TcpStream>>(upgraded) {
        Ok(Parts { io, read_buf, .. }) => {
            let stream = io.into_inner();
            // Elsewhere a slow peer is noticed later.
            #[cfg(target_os = "linux")]
            let _ = SockRef::from(&stream).set_tcp_notsent_lowat(UNSENT_BYTES_MAX);
            let (reading, writing) = stream.into_split();
            (read_buf, Box::new(reading), Box::new(Bare(writing)))
        }
        Err(upgraded) => {
            let (reading, writing) = split(TokioIo::new(upgraded));
            let wire = Wrapped(Mutex::new(writing));
            (Bytes::new(), Box::new(reading), Box::new(wire))
        }
    }
}

struct Bare(OwnedWriteHalf);

impl Wire for Bare {
    fn poll_write(
        &self,
        context: &mut Context<'_>,
        parts: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        // Most peers take it: whether they would need not be looked up before.
        if let [one] = parts {
            match SockRef::from(self.0.as_ref()).send(one) {
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => {}
                written => return Poll::Ready(written),
            }
        }
        loop {
            let written = match parts {
                // Cheaper for the kernel than a list of one.
                [one] => self.0.try_write(one),
                many => self.0.try_write_vectored(many),
            };
            match written {
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => {
                    ready!(self.0.as_ref().poll_write_ready(context))?;
                }
                written => return Poll::Ready(written),
            }
        }
    }

    fn poll_flush(&self, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }
}

struct Wrapped(Mutex<WriteHalf<TokioIo<Upgraded>>>);

impl Wrapped {
    fn locked(&self) -> MutexGuard<'_, WriteHalf<TokioIo<Upgraded>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Wire for Wrapped {
    fn poll_write(
        &self,
        context: &mut Context<'_>,
        parts: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut *self.locked()).poll_write_vectored(context, parts)
    }

    fn poll_flush(&self, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut *self.locked()).poll_flush(context)
    }
}
