//! A client of rooms with a queue, small enough to copy: it needs a WebSocket, JSON and `docs/rooms.md`.
//!
//! It joins, keeps the room's state up to date from events, says commands and waits for their answers, and asks for
//! the time. What goes wrong ends it: it is made for tests.

mod mirror;

use std::net::SocketAddr;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use base::{ItemId, PersonId};
use futures_util::{SinkExt, StreamExt};
use protocol::room::{Answer, Mine, Playback, Position, Reaction, RoomEvent, RoomState};
use protocol::{Failure, Goodbye, ServerMessage, Welcome};
use serde_json::{Value, json};
use sync::{LocalTime, TimeAnswer, TimeRequest};
use tokio::net::{TcpSocket, TcpStream};
use tokio::time::timeout;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::http::HeaderValue;
use tokio_tungstenite::{WebSocketStream, client_async};

use crate::{Closed, TestBrowser};

/// Names of commands. Whoever comes back must not use one again: it would get the earlier answer.
static COMMANDS: AtomicU64 = AtomicU64::new(0);
/// Longer than any answer takes, even on a crowded machine.
const PATIENCE: Duration = Duration::from_secs(20);

/// What the kernel keeps for a narrow connection, whose usual share is megabytes.
const NARROW_BYTES: u32 = 64 * 1024;

/// Who comes in, and how. Only `code` and `key` must be there.
#[derive(Clone, Debug, Default)]
pub struct Follow {
    /// The room's code.
    pub code: String,
    /// The device key: 22 characters of base64url or more.
    pub key: String,
    /// The nickname.
    pub name: Option<String>,
    /// The room's password.
    pub password: Option<String>,
    /// The token of an invite.
    pub invite: Option<String>,
    /// The token of an earlier welcome.
    pub resume: Option<String>,
    /// The last event heard.
    pub last: Option<Position>,
}

/// Somebody in a room with a queue.
pub struct RoomClient {
    stream: WebSocketStream<TcpStream>,
    started: Instant,
    /// All that the server said on coming in.
    pub welcome: Welcome,
    /// The room as it is, from the last snapshot and all events since.
    pub state: RoomState,
    /// The last event heard.
    pub position: Position,
    /// How many snapshots came.
    pub snapshots: u32,
    /// What is so for this person only.
    pub mine: Option<Mine>,
    /// Every event that was heard one by one, in order.
    pub heard: Vec<RoomEvent>,
    /// Reactions that were seen.
    pub reactions: Vec<(PersonId, Reaction)>,
    /// Why this seat was sent away.
    pub goodbye: Option<Goodbye>,
    /// What the server would not take.
    pub errors: Vec<Failure>,
    /// Offers of other peers.
    pub offers: Vec<(base::MemberId, String)>,
    answers: Vec<(String, Answer)>,
    times: Vec<TimeAnswer>,
}

/// A device key that differs by `number`.
#[must_use]
pub fn device_key(number: u32) -> String {
    format!("device-key-of-a-test-{number:08}")
}

impl RoomClient {
    /// Opens a room with the rules of `preset` and owns it.
    pub async fn create(address: SocketAddr, key: &str, preset: &str) -> Self {
        let queue = json!({ "preset": preset, "title": "Kitchen" });
        Self::create_with(address, json!({ "device_key": key, "queue": queue })).await
    }

    /// Opens a room with any fields of `create`.
    pub async fn create_with(address: SocketAddr, mut create: Value) -> Self {
        create["kind"] = json!("create");
        create["version"] = json!(protocol::VERSION);
        let entered = Self::enter(connect(address).await, &create, None).await;
        entered.unwrap_or_else(|failure| panic!("the room opens: {failure:?}"))
    }

    /// Comes into a room, or comes back.
    pub async fn follow(address: SocketAddr, follow: &Follow) -> Result<Self, Failure> {
        Self::enter(connect(address).await, &follow.message(), None).await
    }

    /// Opens a room with any fields of `create`, signed in as this browser is.
    pub async fn create_as(browser: &TestBrowser, mut create: Value) -> Self {
        create["kind"] = json!("create");
        create["version"] = json!(protocol::VERSION);
        let entered = Self::enter_as(browser, &create).await;
        entered.unwrap_or_else(|failure| panic!("the room opens: {failure:?}"))
    }

    /// Comes into a room, signed in as this browser is.
    pub async fn follow_as(browser: &TestBrowser, follow: &Follow) -> Result<Self, Failure> {
        Self::enter_as(browser, &follow.message()).await
    }

    /// Comes into a room by a connection that has little place for what is not read.
    pub async fn follow_narrowly(address: SocketAddr, follow: &Follow) -> Result<Self, Failure> {
        let socket = TcpSocket::new_v4().expect("a TCP socket");
        socket
            .set_recv_buffer_size(NARROW_BYTES)
            .expect("a small buffer");
        let tcp = socket.connect(address).await.expect("the node listens");
        Self::enter(tcp, &follow.message(), None).await
    }

    async fn enter(
        tcp: TcpStream,
        message: &Value,
        state: Option<RoomState>,
    ) -> Result<Self, Failure> {
        let address = tcp.peer_addr().expect("a connection");
        let url = format!("ws://{address}/api/v1/socket");
        let (stream, _) = client_async(url, tcp).await.expect("the socket opens");
        Self::greet(stream, message, state).await
    }

    async fn enter_as(browser: &TestBrowser, message: &Value) -> Result<Self, Failure> {
        let url = format!("ws://{}/api/v1/socket", browser.address());
        let mut request = url.into_client_request().expect("an address");
        let cookies = HeaderValue::try_from(browser.cookie_line()).expect("cookies are ASCII");
        request.headers_mut().insert("cookie", cookies);
        let tcp = connect(browser.address()).await;
        let opened = client_async(request, tcp).await;
        let (stream, _) = opened.expect("the socket opens");
        Self::greet(stream, message, None).await
    }

    async fn greet(
        mut stream: WebSocketStream<TcpStream>,
        message: &Value,
        state: Option<RoomState>,
    ) -> Result<Self, Failure> {
        send(&mut stream, message).await;
        let welcome = match next(&mut stream).await.expect("an answer") {
            Heard::Said(message) => match *message {
                ServerMessage::Created { welcome }
                | ServerMessage::Joined {
                    welcome: Some(welcome),
                    ..
                } => *welcome,
                ServerMessage::Error(failure) => return Err(failure),
                other => panic!("a welcome, not {other:?}"),
            },
            Heard::Time(_) => panic!("nobody asked for the time"),
        };
        Ok(Self::begin(stream, welcome, message, state).await)
    }

    /// Hears the state: all of it, or what happened since.
    async fn begin(
        mut stream: WebSocketStream<TcpStream>,
        welcome: Welcome,
        message: &Value,
        state: Option<RoomState>,
    ) -> Self {
        let Heard::Said(first) = next(&mut stream).await.expect("the room's state") else {
            panic!("nobody asked for the time");
        };
        let (state, position, snapshots, missed) = match (*first, state) {
            (ServerMessage::Snapshot(snapshot), _) => {
                (snapshot.state, snapshot.position, 1, Vec::new())
            }
            (ServerMessage::Events { events, .. }, Some(state)) => {
                let last = serde_json::from_value(message["last"].clone());
                (state, last.expect("the position that was sent"), 0, events)
            }
            (other, _) => panic!("a snapshot or what was missed, not {other:?}"),
        };
        let mut client = Self {
            stream,
            started: Instant::now(),
            welcome,
            state,
            position,
            snapshots,
            mine: None,
            heard: Vec::new(),
            reactions: Vec::new(),
            goodbye: None,
            errors: Vec::new(),
            offers: Vec::new(),
            answers: Vec::new(),
            times: Vec::new(),
        };
        client.apply(missed);
        client.until(|client| client.mine.is_some()).await;
        client
    }

    /// The room's code.
    #[must_use]
    pub fn code(&self) -> String {
        self.welcome.room.code.to_string()
    }

    /// Who this is in the room.
    #[must_use]
    pub fn me(&self) -> PersonId {
        self.mine.as_ref().expect("it is told on coming in").person
    }

    /// Carries out a command and waits for the answer.
    pub async fn command(&mut self, command: Value) -> Answer {
        self.say(json!({ "command": command })).await
    }

    /// Carries out a command that must be granted; gives its event's number.
    pub async fn granted(&mut self, command: Value) -> u64 {
        match self.command(command.clone()).await {
            Answer::Ok { seq, .. } => seq,
            refused => panic!("{command} is refused: {refused:?}"),
        }
    }

    /// Says a command with whatever goes with it, and waits for the answer.
    pub async fn say(&mut self, said: Value) -> Answer {
        let name = self.send_command(said).await;
        self.answer(&name).await
    }

    /// Says a command and does not wait. Its name is made up unless `said` has one.
    pub async fn send_command(&mut self, mut said: Value) -> String {
        said["kind"] = json!("command");
        if said["cmd_id"].is_null() {
            let number = COMMANDS.fetch_add(1, Ordering::Relaxed);
            said["cmd_id"] = json!(format!("c{number}"));
        }
        send(&mut self.stream, &said).await;
        said["cmd_id"].as_str().expect("a text").to_owned()
    }

    /// Waits for the answer to the command called `name`.
    pub async fn answer(&mut self, name: &str) -> Answer {
        let is_it = |(of, _): &(String, Answer)| of == name;
        let errors = self.errors.len();
        self.until(|client| {
            let new = client.errors.get(errors);
            assert!(new.is_none(), "no answer but an error: {new:?}");
            client.answers.iter().any(is_it)
        })
        .await;
        let place = self.answers.iter().position(is_it);
        self.answers.remove(place.expect("it was heard")).1
    }

    /// Says any message.
    pub async fn send(&mut self, message: Value) {
        send(&mut self.stream, &message).await;
    }

    /// Says any text.
    pub async fn send_text(&mut self, text: String) {
        let _ = self.stream.send(Message::text(text)).await;
    }

    /// Says something that is no text.
    pub async fn send_bytes(&mut self, bytes: Vec<u8>) {
        let _ = self.stream.send(Message::binary(bytes)).await;
    }

    /// Listens until `holds` does.
    pub async fn until(&mut self, mut holds: impl FnMut(&Self) -> bool) {
        while !holds(self) {
            let heard = self.listen().await;
            heard.unwrap_or_else(|closed| panic!("closed while waiting: {closed:?}"));
        }
    }

    /// Listens until event `seq` was heard.
    pub async fn reach(&mut self, seq: u64) {
        self.until(|client| client.position.seq >= seq).await;
    }

    /// Listens until the server closes.
    pub async fn closed(&mut self) -> Closed {
        loop {
            if let Err(closed) = self.listen().await {
                return closed;
            }
        }
    }

    /// Cuts the connection without a word.
    pub fn cut(self) -> Gone {
        Gone {
            code: self.code(),
            resume: self.welcome.resume.expose().clone(),
            position: self.position,
            state: self.state,
        }
    }

    /// Asks for the time; the answer, with the moment it came by this client's clock.
    pub async fn probe(&mut self) -> (TimeAnswer, LocalTime) {
        let sent = self.local_time();
        let answer = self.ask(TimeRequest { sent }).await;
        (answer, self.local_time())
    }

    /// Asks for the time by whatever clock `question` was made.
    pub async fn ask(&mut self, question: TimeRequest) -> TimeAnswer {
        let bytes = question.to_bytes().to_vec();
        let sent = self.stream.send(Message::binary(bytes)).await;
        sent.expect("an open socket");
        let is_it = |answer: &TimeAnswer| answer.sent == question.sent;
        self.until(|client| client.times.iter().any(is_it)).await;
        let place = self.times.iter().position(is_it);
        self.times.remove(place.expect("it was heard"))
    }

    fn local_time(&self) -> LocalTime {
        let passed = self.started.elapsed().as_micros();
        LocalTime::from_us(i64::try_from(passed).unwrap_or(i64::MAX))
    }

    /// What is on.
    #[must_use]
    pub fn on(&self) -> Option<ItemId> {
        self.state.playback.item()
    }

    /// The queue, by titles.
    #[must_use]
    pub fn titles(&self) -> Vec<&str> {
        self.state.queue.iter().map(|item| &*item.title).collect()
    }

    /// When what plays started, and where in it, in ms.
    #[must_use]
    pub fn playing(&self) -> Option<(ItemId, i64, u64)> {
        match self.state.playback {
            Playback::Playing {
                item,
                start_at,
                position_ms,
                ..
            } => Some((item, start_at.unix_ms(), position_ms)),
            _ => None,
        }
    }

    async fn listen(&mut self) -> Result<(), Closed> {
        match next(&mut self.stream).await? {
            Heard::Time(answer) => self.times.push(answer),
            Heard::Said(message) => self.hear(*message),
        }
        Ok(())
    }

    fn hear(&mut self, message: ServerMessage) {
        match message {
            ServerMessage::Snapshot(snapshot) => {
                (self.state, self.position) = (snapshot.state, snapshot.position);
                self.snapshots += 1;
            }
            ServerMessage::Events { epoch, events } => {
                assert_eq!(epoch, self.position.epoch, "events of another numbering");
                self.apply(events);
            }
            ServerMessage::Mine(mine) => self.mine = Some(*mine),
            ServerMessage::Answered { cmd_id, answer } => self.answers.push((cmd_id.0, answer)),
            ServerMessage::Reaction { by, reaction } => self.reactions.push((by, reaction)),
            ServerMessage::Doors { has_password } => self.welcome.room.has_password = has_password,
            ServerMessage::Leave { reason, .. } => self.goodbye = Some(reason),
            ServerMessage::Error(failure) => self.errors.push(failure),
            ServerMessage::Offer { from, sdp } => self.offers.push((from, sdp.0)),
            _ => {}
        }
    }

    fn apply(&mut self, events: Vec<RoomEvent>) {
        for event in events {
            assert_eq!(event.seq, self.position.seq + 1, "a hole in the events");
            self.position.seq = event.seq;
            mirror::apply(&mut self.state, &event);
            self.heard.push(event);
        }
    }
}

/// What is left of a client whose connection was cut.
pub struct Gone {
    code: String,
    resume: String,
    position: Position,
    state: RoomState,
}

impl Gone {
    /// Comes back as the same member, with the state as it was.
    pub async fn come_back(self, address: SocketAddr, key: &str) -> Result<RoomClient, Failure> {
        let follow = Follow {
            code: self.code,
            key: key.to_owned(),
            resume: Some(self.resume),
            last: Some(self.position),
            ..Follow::default()
        };
        RoomClient::enter(connect(address).await, &follow.message(), Some(self.state)).await
    }
}

impl Follow {
    fn message(&self) -> Value {
        json!({
            "kind": "join",
            "version": protocol::VERSION,
            "follow": true,
            "code": self.code,
            "device_key": self.key,
            "device": { "form": "computer", "name": self.name },
            "password": self.password,
            "invite": self.invite,
            "resume": self.resume,
            "last": self.last,
        })
    }
}

enum Heard {
    Said(Box<ServerMessage>),
    Time(TimeAnswer),
}

async fn send(stream: &mut WebSocketStream<TcpStream>, message: &Value) {
    // A socket that is closed already is noticed when listening.
    let _ = stream.send(Message::text(message.to_string())).await;
}

async fn next(stream: &mut WebSocketStream<TcpStream>) -> Result<Heard, Closed> {
    loop {
        let heard = timeout(PATIENCE, stream.next())
            .await
            .expect("an answer in time");
        match heard {
            Some(Ok(Message::Text(text))) => {
                let message = serde_json::from_str(&text);
                return Ok(Heard::Said(Box::new(
                    message.expect("a documented message"),
                )));
            }
            Some(Ok(Message::Binary(bytes))) => {
                let answer = TimeAnswer::parse(&bytes).expect("a time frame");
                return Ok(Heard::Time(answer));
            }
            Some(Ok(Message::Close(frame))) => {
                return Err(Closed(frame.map(|frame| frame.code.into())));
            }
            Some(Ok(_)) => {}
            Some(Err(_)) | None => return Err(Closed(None)),
        }
    }
}

async fn connect(address: SocketAddr) -> TcpStream {
    let tcp = TcpStream::connect(address).await.expect("the node listens");
    tcp.set_nodelay(true).expect("a TCP socket");
    tcp
}
