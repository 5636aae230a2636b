//! The least that a server between two sockets can do, so that a figure can be told from the machine's own share of it.
//!
//! It reads no message, keeps no rule and sets no limit: a yardstick, not a server.

use std::cell::RefCell;
use std::collections::HashMap;
use std::io;
use std::rc::Rc;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::spawn_local;

use super::frame;

const READ_BYTES: usize = 4096;
/// The answer to the one key that the loader sends, the example of RFC 6455, section 1.3.
const UPGRADED: &str = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\
                        Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n";
const READY: &str = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";

/// First sockets of a pair, by the path that the second one will ask for too.
type Waiting = Rc<RefCell<HashMap<String, TcpStream>>>;

/// Passes frames on between the two sockets that ask for the same path. Call it inside a `LocalSet`.
pub async fn forward(listener: TcpListener) -> io::Result<()> {
    let waiting = Waiting::default();
    loop {
        let (stream, _) = listener.accept().await?;
        spawn_local(greet(stream, Rc::clone(&waiting)));
    }
}

async fn greet(mut stream: TcpStream, waiting: Waiting) -> io::Result<()> {
    stream.set_nodelay(true)?;
    let mut head = [0; READ_BYTES];
    let count = stream.read(&mut head).await?;
    let head = String::from_utf8_lossy(&head[..count]);
    if !head.contains("Upgrade: websocket") {
        return stream.write_all(READY.as_bytes()).await;
    }
    let path = head.split(' ').nth(1).unwrap_or_default().to_owned();
    stream.write_all(UPGRADED.as_bytes()).await?;
    let Some(first) = waiting.borrow_mut().remove(&path) else {
        waiting.borrow_mut().insert(path, stream);
        return Ok(());
    };
    let ((from_first, to_first), (from_second, to_second)) =
        (first.into_split(), stream.into_split());
    spawn_local(pass(from_first, to_second));
    spawn_local(pass(from_second, to_first));
    Ok(())
}

/// One read and one write a message, as long as messages come one by one.
async fn pass(mut from: OwnedReadHalf, mut to: OwnedWriteHalf) -> io::Result<()> {
    let mut bytes = [0; READ_BYTES];
    let mut held = Vec::new();
    loop {
        let count = from.read(&mut bytes).await?;
        if count == 0 {
            return Ok(());
        }
        held.extend_from_slice(&bytes[..count]);
        while let Some(frame) = frame::forwarded(&mut held) {
            to.write_all(&frame).await?;
        }
    }
}
