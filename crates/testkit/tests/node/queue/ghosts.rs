//! Members whose connection is open and leads to nobody.

use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use base::PersonId;
use futures_util::{SinkExt, StreamExt};
use protocol::ServerMessage;
use protocol::room::Playback;
use serde_json::json;
use testkit::{TestApp, device_key};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::{WebSocketStream, client_async};

use super::scene::{add, hears_gone, room, settle};

/// Longer than any answer takes, even on a crowded machine.
const PATIENCE: Duration = Duration::from_secs(20);

/// A connection that takes what it is told, once it is dead, and passes nothing on.
struct Wire {
    tcp: TcpStream,
    is_dead: bool,
}

impl AsyncRead for Wire {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.tcp).poll_read(context, buffer)
    }
}

impl AsyncWrite for Wire {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        if self.is_dead {
            return Poll::Ready(Ok(bytes.len()));
        }
        Pin::new(&mut self.tcp).poll_write(context, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.tcp).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.tcp).poll_shutdown(context)
    }
}

/// A member of whom nothing is heard any more.
struct Ghost {
    stream: WebSocketStream<Wire>,
    me: PersonId,
}

impl Ghost {
    /// Comes in like everybody, and falls silent.
    async fn join(address: SocketAddr, code: &str) -> Self {
        let tcp = TcpStream::connect(address).await.unwrap();
        let wire = Wire {
            tcp,
            is_dead: false,
        };
        let url = format!("ws://{address}/api/v1/socket");
        let (mut stream, _) = client_async(url, wire).await.unwrap();
        let version = protocol::VERSION;
        let join = json!({ "kind": "join", "version": version, "follow": true, "code": code, "device_key": device_key(1) });
        stream.send(Message::text(join.to_string())).await.unwrap();
        let me = loop {
            let Message::Text(text) = next(&mut stream).await.unwrap() else {
                continue;
            };
            if let ServerMessage::Mine(mine) = serde_json::from_str(&text).unwrap() {
                break mine.person;
            }
        };
        stream.get_mut().is_dead = true;
        Self { stream, me }
    }

    /// How many Pings came, none of which was answered, until the server cut the connection without a word.
    async fn pings_until_cut(&mut self) -> u32 {
        let mut pings = 0;
        while let Some(message) = next(&mut self.stream).await {
            match message {
                Message::Ping(_) => pings += 1,
                Message::Close(frame) => panic!("nobody is there to say goodbye to: {frame:?}"),
                _ => {}
            }
        }
        pings
    }
}

/// The next frame; none once the connection is cut.
async fn next(stream: &mut WebSocketStream<Wire>) -> Option<Message> {
    let heard = timeout(PATIENCE, stream.next()).await;
    heard.expect("a Ping in time")?.ok()
}

/// Case 23.
#[tokio::test]
async fn a_member_that_answers_no_ping_is_gone_after_two_and_holds_up_nobody() {
    let app = TestApp::start_with(|settings| settings.ping_every_s = 1).await;
    let mut host = room(&app).await;
    host.granted(add(&["Moss"])).await;
    let mut ghost = Ghost::join(app.address(), &host.code()).await;
    let me = ghost.me;
    let (pings, ()) = tokio::join!(ghost.pings_until_cut(), hears_gone(&mut host, me));
    assert_eq!(pings, 2);
    host.granted(json!({ "do": "play" })).await;
    settle(&mut host).await;
    let Playback::Preparing {
        item, generation, ..
    } = host.state.playback
    else {
        panic!("the host is waited for");
    };
    host.granted(json!({ "do": "ready", "item": item, "generation": generation }))
        .await;
    settle(&mut host).await;
    assert!(host.playing().is_some(), "nobody waits for a ghost");
}
