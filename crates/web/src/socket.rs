//! The signalling socket: one task each, from the upgrade to the close.

use std::ops::ControlFlow;
use std::pin::pin;
use std::time::Duration;

use app::{Frame, Seat, SocketPass};
use axum::body::Bytes;
use axum::extract::State;
use axum::extract::ws::{CloseFrame, Message, Utf8Bytes, WebSocket, WebSocketUpgrade};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use base::{Bucket, Rate, Reading, Timestamp};
use futures_util::SinkExt;
use protocol::{BadMessage, ClientMessage, ErrorCode, Failure, MESSAGE_BYTES_MAX, ServerMessage};
use sync::{RoomTime, TimeRequest};
use tokio::time::{Instant, sleep_until, timeout, timeout_at};

use crate::Web;
use crate::problem::Problem;
use crate::visitor::Visitor;

/// How long a new socket may stay silent.
const FIRST_MESSAGE: Duration = Duration::from_secs(10);
/// How long a person may take to type another code after a refusal.
const NEXT_TRY: Duration = Duration::from_secs(120);
/// Messages before a socket must have found its room.
const TRIES_MAX: u32 = 40;
/// Pings without an answer after which a peer counts as gone.
const UNANSWERED_MAX: u32 = 2;
/// How long a peer may take to make place for what we send. One that does not read is cut off.
const SEND_WITHIN: Duration = Duration::from_secs(10);
/// How long a peer may take to answer our Close.
const CLOSE_WAIT: Duration = Duration::from_secs(2);
/// Messages of one socket: bursts while ICE gathers, then a steady trickle.
const MESSAGES: Rate = Rate {
    burst: 100,
    every: Duration::from_millis(50),
};
/// Questions for the time: several bursts of 8 on joining, then far fewer.
const TIME_FRAMES: Rate = Rate {
    burst: 64,
    every: Duration::from_millis(100),
};
/// The reader's first buffer, enough for a candidate. The default of 128 KiB would be most of a socket's memory.
const READ_BUFFER: usize = 512;
/// Messages that are due go out in one write up to this size; a write costs far more than what it carries.
const WRITE_BUFFER: usize = 16 * 1024;
/// Frames up to here are read so that a Close can name the bound; beyond, the connection is cut.
const FRAME_BYTES_MAX: usize = 4 * MESSAGE_BYTES_MAX;

const TOO_BIG: &str = "a message has at most 64 KiB";

/// Close codes (RFC 6455, section 7.4.1, and 4000 to 4999 for our own).
mod close {
    pub(super) const NORMAL: u16 = 1000;
    pub(super) const POLICY: u16 = 1008;
    pub(super) const TOO_BIG: u16 = 1009;
    pub(super) const RESTART: u16 = 1012;
    pub(super) const TRY_LATER: u16 = 1013;
    pub(super) const REPLACED: u16 = 4001;
}

/// `GET /api/v1/socket`: see `docs/signalling.md`.
#[utoipa::path(
    get,
    path = "/api/v1/socket",
    description = "WebSocket. The client sends ClientMessage, the server ServerMessage, each as one text frame.",
    responses((status = 101), (status = 403, body = Problem))
)]
pub(crate) async fn open(
    visitor: Visitor,
    State(web): State<Web>,
    headers: HeaderMap,
    upgrade: WebSocketUpgrade,
) -> Response {
    if !visitor.is_own_origin(&headers, &web.inner.settings) {
        let detail = "Open the page at this server's own address.";
        return Problem::new(
            StatusCode::FORBIDDEN,
            "Another site may not connect",
            detail,
        )
        .into_response();
    }
    let pass = web.inner.app.open_socket(visitor.key);
    let upgrade = upgrade
        .read_buffer_size(READ_BUFFER)
        .write_buffer_size(WRITE_BUFFER)
        .max_message_size(FRAME_BYTES_MAX)
        .max_frame_size(FRAME_BYTES_MAX);
    match pass {
        Ok(pass) => upgrade.on_upgrade(move |socket| {
            attend(Box::new(Newcomer {
                socket,
                web,
                visitor,
                pass,
            }))
        }),
        // A page can read a message, but not the answer to a refused upgrade.
        Err(failure) => upgrade.on_upgrade(move |socket| turn_away(socket, failure)),
    }
}

async fn turn_away(mut socket: WebSocket, failure: Failure) {
    if send(&mut socket, error_frame(failure)).await.is_ok() {
        close_with(&mut socket, close::TRY_LATER, "no room for this socket").await;
    }
}

/// A socket that has not found its room yet.
struct Newcomer {
    socket: WebSocket,
    web: Web,
    visitor: Visitor,
    pass: SocketPass,
}

/// Thousands of sockets are idle in here, so what happens once is boxed and gone before the wait.
async fn attend(newcomer: Box<Newcomer>) {
    let _until_closed = newcomer.web.inner.sockets.token();
    let Some(mut conversation) = Box::pin(meet(newcomer)).await else {
        return;
    };
    let end = conversation.hold().await;
    Box::pin(conversation.close(end)).await;
}

async fn meet(newcomer: Box<Newcomer>) -> Option<Box<Conversation>> {
    let Newcomer {
        mut socket,
        web,
        visitor,
        mut pass,
    } = *newcomer;
    let seat = find_seat(&mut socket, &web, visitor, &pass).await?;
    pass.settle();
    Some(Box::new(Conversation::new(socket, seat, web, pass)))
}

/// Listens until a `create` or `join` succeeds.
async fn find_seat(
    socket: &mut WebSocket,
    web: &Web,
    visitor: Visitor,
    pass: &SocketPass,
) -> Option<Seat> {
    let mut until = Instant::now() + FIRST_MESSAGE;
    for _ in 0..TRIES_MAX {
        let heard = tokio::select! {
            heard = timeout_at(until, socket.recv()) => heard,
            () = web.inner.stopping.cancelled() => {
                close_with(socket, close::RESTART, "the server restarts").await;
                return None;
            }
        };
        let Ok(heard) = heard else {
            close_with(socket, close::POLICY, "nothing was said in time").await;
            return None;
        };
        let parsed = match heard?.ok()? {
            Message::Text(text) if text.len() > MESSAGE_BYTES_MAX => {
                close_with(socket, close::TOO_BIG, TOO_BIG).await;
                return None;
            }
            Message::Text(text) => read(&text),
            Message::Binary(_) => Err(invalid("binary frames are not spoken here")),
            Message::Ping(_) | Message::Pong(_) => continue,
            Message::Close(_) => return None,
        };
        let place = visitor.place.clone();
        let seated = match parsed {
            Ok(ClientMessage::Create(create)) => {
                web.inner.app.create_room(create, place, pass).await
            }
            Ok(ClientMessage::Join(join)) => web.inner.app.join_room(join, place, pass).await,
            Ok(_) => Err(invalid("create or join comes first")),
            Err(failure) => Err(failure),
        };
        match seated {
            Ok(seat) => return Some(seat),
            Err(failure) => refuse(socket, failure).await?,
        }
        until = Instant::now() + NEXT_TRY;
    }
    close_with(socket, close::POLICY, "too many tries").await;
    None
}

/// Says no; `None` when that ends the socket.
async fn refuse(socket: &mut WebSocket, failure: Failure) -> Option<()> {
    let is_final = failure.code == ErrorCode::Version;
    send(socket, error_frame(failure)).await.ok()?;
    if is_final {
        close_with(socket, close::POLICY, "another version").await;
        return None;
    }
    Some(())
}

fn read(text: &Utf8Bytes) -> Result<ClientMessage, Failure> {
    ClientMessage::parse(text).map_err(|error| match error {
        BadMessage::Version(_) => Failure::new(ErrorCode::Version, error.to_string()),
        _ => invalid(&error.to_string()),
    })
}

fn invalid(message: &str) -> Failure {
    Failure::new(ErrorCode::Invalid, message)
}

fn error_frame(failure: Failure) -> Message {
    let message = ServerMessage::Error(failure);
    Message::text(serde_json::to_string(&message).expect("errors have text keys"))
}

/// The peer is gone, or reads so slowly that it may as well be.
struct Lost;

/// Sends `message`, unless the peer does not take it.
async fn send(socket: &mut WebSocket, message: Message) -> Result<(), Lost> {
    match timeout(SEND_WITHIN, socket.send(message)).await {
        Ok(Ok(())) => Ok(()),
        _ => Err(Lost),
    }
}

/// Says goodbye and waits a moment for the answer, so that the code is not lost in a reset.
async fn close_with(socket: &mut WebSocket, code: u16, reason: &'static str) {
    let frame = CloseFrame {
        code,
        reason: Utf8Bytes::from_static(reason),
    };
    if send(socket, Message::Close(Some(frame))).await.is_ok() {
        let _ = timeout(CLOSE_WAIT, async {
            while let Some(Ok(_)) = socket.recv().await {}
        })
        .await;
    }
}

/// A Ping keeps the way open through proxies and finds peers that are gone.
fn ping_every(web: &Web) -> Duration {
    Duration::from_secs(web.inner.settings.ping_every_s.into())
}

/// A seated member's socket.
struct Conversation {
    socket: WebSocket,
    seat: Seat,
    web: Web,
    /// Counts this socket among the client's while it is open.
    _pass: SocketPass,
    bucket: Bucket,
    time_frames: Bucket,
    started: Instant,
    /// Nothing is read before this moment: the member spoke too fast.
    deaf_until: Option<Instant>,
    ping_at: Instant,
    unanswered: u32,
}

/// Why a conversation ends.
enum End {
    /// The peer is gone.
    Gone,
    /// We close.
    Close(u16, &'static str),
}

type Step = ControlFlow<End>;

impl Conversation {
    fn new(socket: WebSocket, seat: Seat, web: Web, pass: SocketPass) -> Self {
        let now = Instant::now();
        Self {
            ping_at: now + ping_every(&web),
            socket,
            seat,
            web,
            _pass: pass,
            bucket: Bucket::default(),
            time_frames: Bucket::default(),
            started: now,
            deaf_until: None,
            unanswered: 0,
        }
    }

    /// Until the end. The timer and the wish to stop are set up once, not for each message, and looked at when nothing
    /// else is due: neither the room, which takes what sockets say at their rate, nor this peer keeps them waiting long.
    async fn hold(&mut self) -> End {
        let stopping = self.web.inner.stopping.clone();
        let mut stopped = pin!(stopping.cancelled());
        let mut alarm = pin!(sleep_until(self.alarm_at()));
        loop {
            let step = tokio::select! {
                biased;
                heard = self.socket.recv(), if self.deaf_until.is_none() => self.hear(heard).await,
                frame = self.seat.hear() => self.tell(frame).await,
                () = &mut alarm => self.ring().await,
                () = &mut stopped => {
                    ControlFlow::Break(End::Close(close::RESTART, "the server restarts"))
                }
            };
            if let ControlFlow::Break(end) = step {
                return end;
            }
            if alarm.deadline() != self.alarm_at() {
                alarm.as_mut().reset(self.alarm_at());
            }
        }
    }

    fn alarm_at(&self) -> Instant {
        let listens_at = self.deaf_until.unwrap_or(self.ping_at);
        listens_at.min(self.ping_at)
    }

    async fn ring(&mut self) -> Step {
        let now = Instant::now();
        self.deaf_until = self.deaf_until.filter(|until| now < *until);
        if self.ping_at <= now {
            return Box::pin(self.ping()).await;
        }
        ControlFlow::Continue(())
    }

    async fn close(self: Box<Self>, end: End) {
        // The room learns first: closing may take a moment.
        let Self {
            mut socket,
            seat,
            _pass,
            ..
        } = *self;
        drop(seat);
        if let End::Close(code, reason) = end {
            close_with(&mut socket, code, reason).await;
        }
    }

    /// Sends what is due, unless the member does not take it.
    async fn tell(&mut self, frame: Option<Frame>) -> Step {
        match timeout(SEND_WITHIN, self.tell_all(frame)).await {
            Ok(step) => step,
            Err(_) => ControlFlow::Break(End::Gone),
        }
    }

    async fn tell_all(&mut self, frame: Option<Frame>) -> Step {
        let mut next = Some(frame);
        while let Some(frame) = next {
            match frame {
                Some(Frame::Text(text)) => {
                    if self
                        .socket
                        .feed(Message::text(String::from(text)))
                        .await
                        .is_err()
                    {
                        return ControlFlow::Break(End::Gone);
                    }
                }
                Some(Frame::Shared(text)) => {
                    let text = Utf8Bytes::try_from(Bytes::clone(&text)).expect("JSON is text");
                    if self.socket.feed(Message::Text(text)).await.is_err() {
                        return ControlFlow::Break(End::Gone);
                    }
                }
                Some(Frame::Goodbye) => return self.end(close::NORMAL, "goodbye").await,
                Some(Frame::Replaced) => {
                    return self.end(close::REPLACED, "opened elsewhere").await;
                }
                None => return self.end(close::RESTART, "come back").await,
            }
            next = self.seat.hear_now().map(Some);
        }
        match self.socket.flush().await {
            Ok(()) => ControlFlow::Continue(()),
            Err(_) => ControlFlow::Break(End::Gone),
        }
    }

    async fn end(&mut self, code: u16, reason: &'static str) -> Step {
        let _ = self.socket.flush().await;
        ControlFlow::Break(End::Close(code, reason))
    }

    async fn hear(&mut self, heard: Option<Result<Message, axum::Error>>) -> Step {
        let Some(Ok(message)) = heard else {
            return ControlFlow::Break(End::Gone);
        };
        self.unanswered = 0;
        if let Message::Binary(bytes) = &message
            && let Ok(question) = TimeRequest::parse(bytes)
        {
            return self.tell_time(question).await;
        }
        let parsed = match message {
            Message::Text(text) if text.len() > MESSAGE_BYTES_MAX => {
                return ControlFlow::Break(End::Close(close::TOO_BIG, TOO_BIG));
            }
            Message::Text(text) => read(&text),
            Message::Binary(_) => Err(invalid("not a time frame")),
            Message::Ping(_) | Message::Pong(_) => return ControlFlow::Continue(()),
            Message::Close(_) => return ControlFlow::Break(End::Gone),
        };
        self.slow_down();
        self.web.inner.metrics.count_message();
        match parsed {
            Ok(message) => self.seat.say(message).await,
            Err(failure) => {
                if send(&mut self.socket, error_frame(failure)).await.is_err() {
                    return ControlFlow::Break(End::Gone);
                }
            }
        }
        ControlFlow::Continue(())
    }

    /// Answers at once: the less a question waits here, the better the answer.
    async fn tell_time(&mut self, question: TimeRequest) -> Step {
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
        let frame = Message::Binary(answer.to_bytes().to_vec().into());
        if send(&mut self.socket, frame).await.is_err() {
            return ControlFlow::Break(End::Gone);
        }
        if let Err(wait) = wait {
            self.deaf_until = Some(Instant::now() + wait);
        }
        ControlFlow::Continue(())
    }

    /// Counts a message; once the allowance is used up, reading pauses and the peer's own socket fills.
    fn slow_down(&mut self) {
        let now = Timestamp::default().after(self.started.elapsed());
        if let Err(wait) = self.bucket.take(MESSAGES, now) {
            // A millisecond more, since moments are whole ones.
            let wait = wait + Duration::from_millis(1);
            self.deaf_until = Some(Instant::now() + wait);
            let _ = self.bucket.take(MESSAGES, now.after(wait));
        }
    }

    async fn ping(&mut self) -> Step {
        if self.unanswered >= UNANSWERED_MAX {
            return ControlFlow::Break(End::Gone);
        }
        self.unanswered += 1;
        self.ping_at = Instant::now() + ping_every(&self.web);
        let ping = Message::Ping(Vec::new().into());
        match send(&mut self.socket, ping).await {
            Ok(()) => ControlFlow::Continue(()),
            Err(Lost) => ControlFlow::Break(End::Gone),
        }
    }
}
