//! The sockets: connecting them in pairs, sending on schedule, counting what arrives.

use std::io::ErrorKind;
use std::rc::Rc;
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::task::spawn_local;
use tokio::time::{Instant, sleep, timeout};

use super::dialect::{self, Dialect};
use super::frame::{self, Incoming, Reader};
use super::report::Tally;
use super::{LoadError, Plan};

/// Pairs that connect at the same time.
const CONNECTING_MAX: usize = 32;
/// A server that says nothing for this long can't be measured.
const PATIENCE: Duration = Duration::from_secs(20);
/// How often the sender looks for messages that are due.
const TICK: Duration = Duration::from_millis(1);
const READ_BYTES: usize = 4096;
const HEAD_END: &[u8] = b"\r\n\r\n";

/// One end of a pair, open for sending; its reader runs in a task of its own.
struct End {
    stream: Rc<TcpStream>,
    dialect: Dialect,
    /// What the other end is called.
    other: String,
}

/// Two sockets that may signal to each other.
pub(super) struct Pair {
    ends: [End; 2],
}

/// Connects all pairs of `plan`, some at a time.
pub(super) async fn connect_all(plan: Plan, tally: &Rc<Tally>) -> Result<Vec<Pair>, LoadError> {
    let mut pairs = Vec::with_capacity(plan.pairs);
    let numbers: Vec<usize> = (0..plan.pairs).collect();
    for some in numbers.chunks(CONNECTING_MAX) {
        let connecting: Vec<_> = some
            .iter()
            .map(|number| spawn_local(connect(plan, *number, Rc::clone(tally))))
            .collect();
        for pair in connecting {
            let pair = pair
                .await
                .map_err(|error| LoadError::Unexpected(error.to_string()))?;
            pairs.push(pair?);
        }
    }
    Ok(pairs)
}

async fn connect(plan: Plan, number: usize, tally: Rc<Tally>) -> Result<Pair, LoadError> {
    let (first_name, second_name) = (format!("load{number}a"), format!("load{number}b"));
    let mut first = Socket::open(plan, number, &first_name).await?;
    let mut second;
    let (to_second, to_first);
    match plan.dialect {
        Dialect::Unisono => {
            first.say(&dialect::create(number)).await?;
            let created = first.hear().await?;
            let code = dialect::field(&created, "created", "/welcome/room/code")?;
            to_first = dialect::field(&created, "created", "/welcome/you/id")?;
            second = Socket::open(plan, number, &second_name).await?;
            second.say(&dialect::join(&code)).await?;
            let joined = second.hear().await?;
            to_second = dialect::field(&joined, "joined", "/welcome/you/id")?;
            let met = first.hear().await?;
            dialect::field(&met, "joined", "/member/id")?;
        }
        Dialect::Peer => {
            dialect::field(&first.hear().await?, "OPEN", "/type")?;
            second = Socket::open(plan, number, &second_name).await?;
            dialect::field(&second.hear().await?, "OPEN", "/type")?;
            (to_first, to_second) = (first_name, second_name);
        }
        Dialect::Forwarder => {
            second = Socket::open(plan, number, &second_name).await?;
            (to_first, to_second) = (first_name, second_name);
        }
    }
    let end = |socket: Socket, other| End {
        stream: socket.attend(Rc::clone(&tally)),
        dialect: plan.dialect,
        other,
    };
    Ok(Pair {
        ends: [end(first, to_second), end(second, to_first)],
    })
}

/// A connected socket whose next message is awaited.
struct Socket {
    stream: TcpStream,
    reader: Reader,
}

impl Socket {
    /// Connects and upgrades (RFC 6455, section 4.1).
    async fn open(plan: Plan, number: usize, name: &str) -> Result<Self, LoadError> {
        let mut stream = TcpStream::connect(plan.address).await?;
        stream.set_nodelay(true)?;
        let request = format!(
            "GET {} HTTP/1.1\r\nHost: {}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\
             Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n",
            plan.dialect.path(number, name),
            plan.address,
        );
        stream.write_all(request.as_bytes()).await?;
        let mut socket = Self {
            stream,
            reader: Reader::default(),
        };
        let mut answer = Vec::new();
        while !answer.windows(4).any(|bytes| bytes == HEAD_END) {
            answer.extend(socket.read().await?);
        }
        if !answer.starts_with(b"HTTP/1.1 101 ") {
            let text = String::from_utf8_lossy(&answer).into_owned();
            return Err(LoadError::Unexpected(text));
        }
        let head = answer.windows(4).position(|bytes| bytes == HEAD_END);
        socket
            .reader
            .push(&answer[head.unwrap_or_default() + HEAD_END.len()..]);
        Ok(socket)
    }

    /// What comes next, a few bytes at least.
    async fn read(&mut self) -> Result<Vec<u8>, LoadError> {
        let mut bytes = vec![0; READ_BYTES];
        match timeout(PATIENCE, self.stream.read(&mut bytes)).await {
            Err(_) => Err(LoadError::Unexpected("the server is silent".to_owned())),
            Ok(Err(error)) => Err(error.into()),
            Ok(Ok(0)) => Err(LoadError::Unexpected("the server hung up".to_owned())),
            Ok(Ok(count)) => {
                bytes.truncate(count);
                Ok(bytes)
            }
        }
    }

    async fn say(&mut self, text: &str) -> Result<(), LoadError> {
        Ok(self.stream.write_all(&frame::text(text)).await?)
    }

    async fn hear(&mut self) -> Result<String, LoadError> {
        loop {
            match self.reader.next() {
                Some(Incoming::Text(text)) => return Ok(text),
                Some(Incoming::Close) => {
                    return Err(LoadError::Unexpected("the server closed".to_owned()));
                }
                Some(Incoming::Ping(_) | Incoming::Other) => {}
                None => {
                    let bytes = self.read().await?;
                    self.reader.push(&bytes);
                }
            }
        }
    }

    /// Counts what arrives from now on, in a task of its own.
    fn attend(self, tally: Rc<Tally>) -> Rc<TcpStream> {
        let stream = Rc::new(self.stream);
        spawn_local(attend(Rc::clone(&stream), self.reader, tally));
        stream
    }
}

async fn attend(stream: Rc<TcpStream>, mut reader: Reader, tally: Rc<Tally>) {
    while stream.readable().await.is_ok() {
        // On the stack and only between two waits: thousands of idle tasks share it.
        let mut bytes = [0; READ_BYTES];
        match stream.try_read(&mut bytes) {
            Ok(0) => break,
            Ok(count) => reader.push(&bytes[..count]),
            Err(error) if error.kind() == ErrorKind::WouldBlock => continue,
            Err(_) => break,
        }
        while let Some(incoming) = reader.next() {
            match incoming {
                Incoming::Text(text) => {
                    if let Some(moment) = dialect::moment_ns(&text) {
                        tally.arrived(moment);
                    }
                }
                Incoming::Ping(payload) => {
                    let _ = stream.try_write(&frame::pong(&payload));
                }
                Incoming::Close | Incoming::Other => {}
            }
        }
    }
    tally.lost_socket();
}

/// Sends at `rate` over all pairs in turn, both ways, for `time`. Returns how many messages that were.
pub(super) async fn send(
    pairs: &[Pair],
    rate: u32,
    time: Duration,
    tally: &Tally,
) -> Result<u64, LoadError> {
    let began = Instant::now();
    let all = (f64::from(rate) * time.as_secs_f64()).round() as u32;
    let every = Duration::from_secs(1) / rate;
    for number in 0..all {
        let due = began + every * number;
        while Instant::now() < due {
            sleep(TICK).await;
        }
        let turn = number as usize;
        // The pairs take turns; each time round, the other end speaks.
        let end = &pairs[turn % pairs.len()].ends[turn / pairs.len() % 2];
        let message = end.dialect.candidate(&end.other, tally.moment_ns(due));
        let message = frame::text(&message);
        if end.stream.try_write(&message)? != message.len() {
            return Err(LoadError::Unexpected("a socket is full".to_owned()));
        }
    }
    if tally.lost_sockets() > 0 {
        return Err(LoadError::Unexpected(
            "the server closed sockets".to_owned(),
        ));
    }
    Ok(u64::from(all))
}
