//! A signalling socket as a page has one.

use std::net::SocketAddr;
use std::time::Duration;

use futures_util::{SinkExt, StreamExt};
use protocol::{Failure, ServerMessage, Welcome};
use serde_json::{Value, json};
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::http::{HeaderName, HeaderValue};
use tokio_tungstenite::tungstenite::{Error, Message};

/// Longer than any answer takes, even on a crowded machine.
const PATIENCE: Duration = Duration::from_secs(20);

/// How a socket was closed: the code (RFC 6455, section 7.4.1), or none when it was just cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Closed(pub Option<u16>);

/// One end of a signalling socket.
pub struct TestSocket {
    stream: WebSocketStream<TcpStream>,
}

impl TestSocket {
    /// Opens a socket with further request headers; the error is the HTTP status that was answered instead.
    pub async fn open(address: SocketAddr, headers: &[(&str, &str)]) -> Result<Self, u16> {
        let mut request = format!("ws://{address}/api/v1/socket")
            .into_client_request()
            .expect("the address makes a request");
        for (name, value) in headers {
            let name: HeaderName = name.parse().expect("a header name");
            request
                .headers_mut()
                .insert(name, HeaderValue::from_str(value).expect("a header value"));
        }
        let tcp = TcpStream::connect(address).await.expect("the node listens");
        match tokio_tungstenite::client_async(request, tcp).await {
            Ok((stream, _)) => Ok(Self { stream }),
            Err(Error::Http(response)) => Err(response.status().as_u16()),
            Err(error) => panic!("the upgrade failed: {error}"),
        }
    }

    /// Says `message`.
    pub async fn say(&mut self, message: Value) {
        self.say_text(message.to_string()).await;
    }

    /// Says any text. A socket that is closed already is noticed when listening.
    pub async fn say_text(&mut self, text: String) {
        let _ = self.stream.send(Message::text(text)).await;
    }

    /// Says something that is no text.
    pub async fn say_bytes(&mut self, bytes: Vec<u8>) {
        let _ = self.stream.send(Message::binary(bytes)).await;
    }

    /// Asks whether the server is still there.
    pub async fn ping(&mut self) {
        let _ = self.stream.send(Message::Ping(Vec::new().into())).await;
    }

    /// The next message, or how the socket was closed.
    pub async fn next(&mut self) -> Result<ServerMessage, Closed> {
        loop {
            let heard = timeout(PATIENCE, self.stream.next())
                .await
                .expect("an answer in time");
            match heard {
                Some(Ok(Message::Text(text))) => {
                    return Ok(serde_json::from_str(&text).expect("a documented message"));
                }
                Some(Ok(Message::Close(frame))) => {
                    return Err(Closed(frame.map(|frame| frame.code.into())));
                }
                Some(Ok(_)) => {}
                Some(Err(_)) | None => return Err(Closed(None)),
            }
        }
    }

    /// The next message.
    pub async fn hear(&mut self) -> ServerMessage {
        self.next().await.expect("an open socket")
    }

    /// The next message, which must be a welcome.
    pub async fn welcome(&mut self) -> Welcome {
        match self.hear().await {
            ServerMessage::Created { welcome }
            | ServerMessage::Joined {
                welcome: Some(welcome),
                ..
            } => *welcome,
            other => panic!("a welcome, not {other:?}"),
        }
    }

    /// The next message, which must be a refusal.
    pub async fn refusal(&mut self) -> Failure {
        match self.hear().await {
            ServerMessage::Error(failure) => failure,
            other => panic!("a refusal, not {other:?}"),
        }
    }

    /// Reads on until the socket is closed.
    pub async fn closed(&mut self) -> Closed {
        loop {
            if let Err(closed) = self.next().await {
                return closed;
            }
        }
    }

    /// Cuts the connection without a word.
    pub fn cut(self) {
        drop(self);
    }
}

/// The shortest `create`.
#[must_use]
pub fn create() -> Value {
    json!({ "kind": "create", "version": 1, "device_key": "AAAAAAAAAAAAAAAAAAAAAA" })
}

/// The shortest `join`.
#[must_use]
pub fn join(code: &str) -> Value {
    json!({ "kind": "join", "version": 1, "code": code })
}
