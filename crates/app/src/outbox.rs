//! What goes out on one socket, in order: written at once while the peer takes it, held within a bound while it does not.
//!
//! Whoever has something to say writes it from its own task. Only a peer that takes less than it is sent wakes the
//! socket's task, which goes on from there.

use std::future::poll_fn;
use std::io::{self, IoSlice};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Waker, ready};

use protocol::frame::Frame;
use smallvec::SmallVec;
use tokio::time::Instant;

/// Frames that may wait for one socket: a caster's welcome and the trickle of sixteen listeners.
pub(crate) const OUTBOX_MAX: usize = 128;
/// Frames that are written together; more than these do not wait for company.
const TOGETHER_MAX: usize = 16;
/// Frames that have their place in the outbox itself: what most peers are told at a time.
const FEW: usize = 2;
/// Bytes of several frames that are copied into one piece: up to here the kernel takes longer over a list of pieces.
const COPIED_MAX: usize = 4096;

/// The way to a peer.
pub trait Wire: Send + Sync {
    /// Writes as much of `parts` as the peer takes now. When that is nothing, `context` is woken once it takes more.
    fn poll_write(
        &self,
        context: &mut Context<'_>,
        parts: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>>;

    /// Ready when nothing that was written is held back on the way.
    fn poll_flush(&self, context: &mut Context<'_>) -> Poll<io::Result<()>>;
}

/// Why nothing more comes from the room.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Over {
    /// The member is gone for good: close normally.
    Dismissed,
    /// The member came back in another socket: close, and do not come back.
    Replaced,
    /// The room let go of this socket: close, and come back.
    LetGo,
    /// The peer takes nothing any more.
    Lost,
}

/// More waits already than may wait.
#[derive(Debug, PartialEq, Eq)]
pub struct Full;

/// What became of a frame.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Put {
    /// It waits for [`Outbox::flush`].
    Waits,
    /// It is on its way, or goes with those before it.
    Goes,
}

/// One socket's way out.
pub struct Outbox {
    /// `None` once it is closed.
    line: Mutex<Option<Line>>,
}

struct Line {
    wire: Box<dyn Wire>,
    held: SmallVec<[Frame; FEW]>,
    /// Bytes of the first frame that are out.
    begun: usize,
    /// The peer has taken nothing since, and the socket's task waits until it does.
    stuck_since: Option<Instant>,
    over: Option<Over>,
    /// The frame that closes the socket was said, after which none may come (RFC 6455, section 5.5.1).
    is_last: bool,
    /// The socket's task.
    task: Option<Waker>,
}

impl Outbox {
    /// A way out that nothing has gone yet.
    #[must_use]
    pub fn new(wire: Box<dyn Wire>) -> Self {
        let line = Line {
            wire,
            held: SmallVec::new(),
            begun: 0,
            stuck_since: None,
            over: None,
            is_last: false,
            task: None,
        };
        Self {
            line: Mutex::new(Some(line)),
        }
    }

    /// Sends `frame` after all that waits.
    pub fn say(&self, frame: Frame) -> Result<(), Full> {
        self.put(frame, OUTBOX_MAX)?;
        self.flush();
        Ok(())
    }

    /// Sends the frame that closes the socket after all that waits. What is put in later goes nowhere: the room may know of
    /// the socket a little longer.
    pub fn say_last(&self, frame: Frame) -> Result<(), Full> {
        self.with(|line| {
            if line.is_last || line.held.len() >= OUTBOX_MAX {
                return Err(Full);
            }
            line.held.push(frame);
            line.is_last = true;
            line.write_now();
            Ok(())
        })
        .unwrap_or(Ok(()))
    }

    /// Takes `frame`, to go out with others, unless `held_max` wait. A closed way out takes everything.
    pub(crate) fn put(&self, frame: Frame, held_max: usize) -> Result<Put, Full> {
        self.with(|line| {
            if line.is_last {
                return Ok(Put::Goes);
            }
            if line.held.len() >= held_max {
                return Err(Full);
            }
            line.held.push(frame);
            if line.held.len() >= TOGETHER_MAX {
                line.write_now();
            }
            match line.held.len() {
                1 if line.stuck_since.is_none() => Ok(Put::Waits),
                _ => Ok(Put::Goes),
            }
        })
        .unwrap_or(Ok(Put::Goes))
    }

    /// Writes what waits, as far as the peer takes it now.
    pub fn flush(&self) {
        self.with(Line::write_now);
    }

    /// Frames that wait.
    pub(crate) fn held(&self) -> usize {
        self.with(|line| line.held.len()).unwrap_or(0)
    }

    /// Lets the socket's task know, once all that waits is out, that nothing more comes.
    pub(crate) fn end(&self, over: Over) {
        self.with(|line| line.end(over));
    }

    /// Since when the peer has taken nothing of what waits for it.
    pub fn stuck_since(&self) -> Option<Instant> {
        self.with(|line| line.stuck_since).flatten()
    }

    /// Until nothing more comes and all is out. For the socket's own task, which drives what a peer did not take at once.
    pub async fn over(&self) -> Over {
        poll_fn(|context| match ready!(self.poll_out(context)) {
            Some(over) => Poll::Ready(over),
            None => Poll::Pending,
        })
        .await
    }

    /// Until all that waits is out, or never will be. For the socket's own task.
    pub async fn out(&self) {
        poll_fn(|context| self.poll_out(context).map(|_| ())).await;
    }

    /// Ready when all is out, with why nothing more comes if that is so.
    fn poll_out(&self, context: &mut Context<'_>) -> Poll<Option<Over>> {
        let out = self.with(|line| {
            line.listen(context);
            line.write(context).map(|()| line.over)
        });
        out.unwrap_or(Poll::Ready(Some(Over::Lost)))
    }

    /// Sends nothing more, and lets go of the connection.
    pub fn close(&self) {
        self.locked().take();
    }

    /// Whether it was closed.
    pub(crate) fn is_closed(&self) -> bool {
        self.locked().is_none()
    }

    fn with<T>(&self, use_it: impl FnOnce(&mut Line) -> T) -> Option<T> {
        self.locked().as_mut().map(use_it)
    }

    fn locked(&self) -> MutexGuard<'_, Option<Line>> {
        self.line.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Line {
    /// Writes without waiting. What the peer does not take is left to the socket's task.
    fn write_now(&mut self) {
        if self.stuck_since.is_some() {
            return;
        }
        let mut nobody = Context::from_waker(Waker::noop());
        if self.write(&mut nobody).is_pending() {
            self.wake();
        }
    }

    /// Ready when nothing waits any more.
    fn write(&mut self, context: &mut Context<'_>) -> Poll<()> {
        let written = self.try_to_write(context);
        match written {
            Poll::Ready(Ok(())) => self.stuck_since = None,
            Poll::Ready(Err(_)) => self.lose(),
            Poll::Pending => {
                self.stuck_since.get_or_insert_with(Instant::now);
            }
        }
        written.map(|_| ())
    }

    fn try_to_write(&mut self, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        while !self.held.is_empty() {
            let count = ready!(self.write_some(context))?;
            if count == 0 {
                return Poll::Ready(Err(io::ErrorKind::WriteZero.into()));
            }
            self.stuck_since = None;
            self.forget(count);
        }
        self.wire.poll_flush(context)
    }

    fn write_some(&self, context: &mut Context<'_>) -> Poll<io::Result<usize>> {
        if let [one] = self.held.as_slice() {
            let rest = IoSlice::new(&one.as_bytes()[self.begun..]);
            return self.wire.poll_write(context, &[rest]);
        }
        let mut parts = [IoSlice::new(&[]); TOGETHER_MAX];
        let (mut filled, mut bytes) = (0, 0);
        for (part, frame) in parts.iter_mut().zip(&self.held) {
            let begin = if filled == 0 { self.begun } else { 0 };
            *part = IoSlice::new(&frame.as_bytes()[begin..]);
            filled += 1;
            bytes += part.len();
        }
        let parts = &parts[..filled];
        if bytes > COPIED_MAX {
            return self.wire.poll_write(context, parts);
        }
        let mut copied = SmallVec::<[u8; COPIED_MAX]>::new();
        for part in parts {
            copied.extend_from_slice(part);
        }
        self.wire.poll_write(context, &[IoSlice::new(&copied)])
    }

    /// Lets go of the first `count` bytes, which are out. An idle socket keeps no room for frames.
    fn forget(&mut self, count: usize) {
        self.begun += count;
        let mut out = 0;
        for frame in &self.held {
            let length = frame.as_bytes().len();
            if self.begun < length {
                break;
            }
            self.begun -= length;
            out += 1;
        }
        if out == self.held.len() {
            self.held = SmallVec::new();
        } else {
            self.held.drain(..out);
        }
    }

    fn lose(&mut self) {
        self.held = SmallVec::new();
        self.stuck_since = None;
        self.over = Some(Over::Lost);
        self.wake();
    }

    fn end(&mut self, over: Over) {
        self.over.get_or_insert(over);
        self.wake();
    }

    fn listen(&mut self, context: &Context<'_>) {
        let waker = context.waker();
        if !self.task.as_ref().is_some_and(|task| task.will_wake(waker)) {
            self.task = Some(waker.clone());
        }
    }

    fn wake(&self) {
        if let Some(task) = &self.task {
            task.wake_by_ref();
        }
    }
}

#[cfg(test)]
mod tests;
