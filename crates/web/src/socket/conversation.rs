//! A seated member's socket, until the end.

use std::future::{Future, poll_fn};
use std::ops::ControlFlow;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::time::Duration;

use app::{Over, Seat, SocketPass};
use base::{Bucket, Rate, Reading, Timestamp};
use protocol::ClientMessage;
use protocol::frame::Frame;
use sync::{RoomTime, TimeRequest};
use tokio::time::{Instant, Sleep, sleep_until};

use super::close;
use super::peer::{Lost, Peer, SEND_WITHIN, Said, Unread, error_frame};
use crate::Web;

/// Pings without an answer after which a peer counts as gone.
const UNANSWERED_MAX: u32 = 2;
/// Frames of one socket: bursts while ICE gathers, then a steady trickle.
const FRAMES: Rate = Rate {
    burst: 100,
    every: Duration::from_millis(50),
};
/// Questions for the time: several bursts of 8 on joining, then far fewer.
const TIME_FRAMES: Rate = Rate {
    burst: 64,
    every: Duration::from_millis(100),
};

/// A Ping keeps the way open through proxies and finds peers that are gone.
fn ping_every(web: &Web) -> Duration {
    Duration::from_secs(web.inner.settings.ping_every_s.into())
}

/// A seated member's socket.
pub(super) struct Conversation {
    peer: Peer,
    seat: Seat,
    web: Web,
    /// Counts this socket among the client's while it is open.
    _pass: SocketPass,
    frames: Bucket,
    time_frames: Bucket,
    started: Instant,
    /// Nothing is read before this moment: the member spoke too fast.
    deaf_until: Option<Instant>,
    ping_at: Instant,
    unanswered: u32,
}

/// Why a conversation ends.
pub(super) enum End {
    /// The peer is gone.
    Gone,
    /// The peer took its leave.
    Left(Option<u16>),
    /// We close.
    Close(u16, &'static str),
}

type Step = ControlFlow<End>;

impl Conversation {
    pub(super) fn new(peer: Peer, seat: Seat, web: Web, pass: SocketPass) -> Self {
        let now = Instant::now();
        Self {
            ping_at: now + ping_every(&web),
            peer,
            seat,
            web,
            _pass: pass,
            frames: Bucket::default(),
            time_frames: Bucket::default(),
            started: now,
            deaf_until: None,
            unanswered: 0,
        }
    }

    /// Until the end. The timer and the wish to stop are set up once, not for each message, and looked at when nothing
    /// else is due: neither the room, which takes what sockets say at their rate, nor this peer keeps them waiting long.
    pub(super) async fn hold(&mut self) -> End {
        let stopping = self.web.inner.stopping.clone();
        let mut stopped = pin!(stopping.cancelled());
        let mut alarm = pin!(sleep_until(self.ping_at));
        let outbox = Arc::clone(self.peer.outbox());
        loop {
            if let ControlFlow::Break(end) = self.hear_all().await {
                return end;
            }
            let (listens, is_stuck) = (self.deaf_until.is_none(), outbox.stuck_since().is_some());
            let wake_at = self.wake_at();
            let due = poll_fn(|context| {
                let stuck_at = outbox.stuck_since().map(|since| since + SEND_WITHIN);
                set(
                    alarm.as_mut(),
                    stuck_at.map_or(wake_at, |at| at.min(wake_at)),
                );
                alarm.as_mut().poll(context)
            });
            let step = tokio::select! {
                biased;
                // Who does not take our answers is not asked for more.
                is_there = self.peer.more(), if listens && !is_stuck => match is_there {
                    true => ControlFlow::Continue(()),
                    false => ControlFlow::Break(End::Gone),
                },
                over = outbox.over(), if !is_stuck => ControlFlow::Break(End::of(over)),
                () = outbox.out(), if is_stuck => ControlFlow::Continue(()),
                () = due => self.ring(),
                () = &mut stopped => {
                    ControlFlow::Break(End::Close(close::RESTART, "the server restarts"))
                }
            };
            if let ControlFlow::Break(end) = step {
                return end;
            }
        }
    }

    /// When something is to be done though nothing happens.
    fn wake_at(&self) -> Instant {
        let listens_at = self.deaf_until.unwrap_or(self.ping_at);
        listens_at.min(self.ping_at)
    }

    fn ring(&mut self) -> Step {
        let now = Instant::now();
        self.deaf_until = self.deaf_until.filter(|until| now < *until);
        let stuck_since = self.peer.outbox().stuck_since();
        if stuck_since.is_some_and(|since| since + SEND_WITHIN <= now) {
            return ControlFlow::Break(End::Gone);
        }
        if self.ping_at > now {
            return ControlFlow::Continue(());
        }
        self.ping_at = now + ping_every(&self.web);
        if stuck_since.is_some() {
            // It reads on, slowly, and has not come to our last Ping yet.
            return ControlFlow::Continue(());
        }
        if self.unanswered >= UNANSWERED_MAX {
            return ControlFlow::Break(End::Gone);
        }
        self.unanswered += 1;
        self.say(Frame::ping())
    }

    fn say(&self, frame: Frame) -> Step {
        match self.peer.say(frame) {
            Ok(()) => ControlFlow::Continue(()),
            Err(Lost) => ControlFlow::Break(End::Gone),
        }
    }

    pub(super) async fn close(self: Box<Self>, end: End) {
        // The room learns first: closing may take a moment.
        let Self {
            peer, seat, _pass, ..
        } = *self;
        drop(seat);
        match end {
            End::Gone => {}
            End::Left(code) => peer.part(code).await,
            End::Close(code, reason) => peer.close(code, reason).await,
        }
    }

    /// Goes through what the peer has said, as far as it may speak. A message is passed on in a box of its own: an idle
    /// socket keeps no place for one.
    async fn hear_all(&mut self) -> Step {
        while self.deaf_until.is_none() && self.peer.outbox().stuck_since().is_none() {
            let Some(said) = self.peer.said() else {
                break;
            };
            if let Some(parsed) = self.hear(said)? {
                Box::pin(self.pass_on(parsed)).await?;
            }
        }
        ControlFlow::Continue(())
    }

    /// What the peer said, where it is a message to be passed on; the rest is answered at once.
    fn hear(&mut self, said: Said) -> ControlFlow<End, Option<Result<ClientMessage, Unread>>> {
        self.unanswered = 0;
        match said {
            Said::Time(question) => self.tell_time(question)?,
            Said::Close(code) => return ControlFlow::Break(End::Left(code)),
            Said::Fault(code, reason) => return ControlFlow::Break(End::Close(code, reason)),
            Said::Gone => return ControlFlow::Break(End::Gone),
            Said::Nothing => self.slow_down(),
            Said::Ping(pong) => {
                self.slow_down();
                self.say(pong)?;
            }
            Said::Message(parsed) => {
                self.slow_down();
                return ControlFlow::Continue(Some(parsed));
            }
        }
        ControlFlow::Continue(None)
    }

    async fn pass_on(&mut self, parsed: Result<ClientMessage, Unread>) -> Step {
        self.web.inner.metrics.count_message();
        match parsed {
            Ok(message) => self.seat.say(message).await,
            Err(Unread {
                why,
                command: Some(name),
            }) => self.seat.say_unread(name, why).await,
            Err(Unread { why, command: None }) => return self.say(error_frame(why)),
        }
        ControlFlow::Continue(())
    }

    /// Answers at once: the less a question waits here, the better the answer.
    fn tell_time(&mut self, question: TimeRequest) -> Step {
        let app = &self.web.inner.app;
        let got = app.read_clock();
        let now = Timestamp::default().after(self.started.elapsed());
        let wait = self.time_frames.take(TIME_FRAMES, now);
        let answered = app.read_clock();
        let room_time = |reading: Reading| RoomTime::from_us(reading.us);
        // The time may be set between two readings; such an answer belongs to the later epoch.
        let got = if got.epoch == answered.epoch {
            got
        } else {
            answered
        };
        let answer = question.answer(room_time(got), room_time(answered), answered.epoch);
        if let Err(wait) = wait {
            self.deaf_until = Some(Instant::now() + wait);
        }
        self.say(Frame::binary(&answer.to_bytes()))
    }

    /// Counts a frame; once the allowance is used up, reading pauses and the peer's own socket fills.
    fn slow_down(&mut self) {
        let now = Timestamp::default().after(self.started.elapsed());
        if let Err(wait) = self.frames.take(FRAMES, now) {
            // A millisecond more, since moments are whole ones.
            let wait = wait + Duration::from_millis(1);
            self.deaf_until = Some(Instant::now() + wait);
            let _ = self.frames.take(FRAMES, now.after(wait));
        }
    }
}

impl End {
    const fn of(over: Over) -> Self {
        match over {
            Over::Dismissed => Self::Close(close::NORMAL, "goodbye"),
            Over::Replaced => Self::Close(close::REPLACED, "opened elsewhere"),
            Over::LetGo => Self::Close(close::RESTART, "come back"),
            Over::Lost => Self::Gone,
        }
    }
}

fn set(alarm: Pin<&mut Sleep>, at: Instant) {
    if alarm.deadline() != at {
        alarm.reset(at);
    }
}
