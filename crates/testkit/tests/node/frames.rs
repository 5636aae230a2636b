//! What goes over a socket byte by byte, where a library would not let a client say it.

use std::time::Duration;

use testkit::{TestApp, create};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::timeout;

const PATIENCE: Duration = Duration::from_secs(20);
const FINAL_TEXT: u8 = 0x81;
const FINAL_CLOSE: u8 = 0x88;

/// Asks for a socket and says `bytes` in the same breath; gives all that comes back until the server hangs up, but for
/// the head of the answer.
async fn said_with_the_upgrade(app: &TestApp, bytes: &[u8]) -> Vec<u8> {
    let mut stream = TcpStream::connect(app.address()).await.unwrap();
    let head = format!(
        "GET /api/v1/socket HTTP/1.1\r\nHost: {}\r\nConnection: keep-alive, Upgrade\r\nUpgrade: WebSocket\r\n\
         Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n",
        app.address()
    );
    let asked = [head.as_bytes(), bytes].concat();
    stream.write_all(&asked).await.unwrap();
    let mut heard = Vec::new();
    let read = timeout(PATIENCE, stream.read_to_end(&mut heard)).await;
    // A reset after the last word is an end as well.
    let _ = read.expect("the server hangs up");
    let is_end = |bytes: &[u8]| bytes == b"\r\n\r\n";
    let head = heard.windows(4).position(is_end).unwrap() + 4;
    let text = String::from_utf8(heard[..head].to_vec()).unwrap();
    assert!(text.starts_with("HTTP/1.1 101 "), "{text}");
    assert!(text.contains("s3pPLMBiTxaQ9kYGzzhZRbK+xOo="), "{text}");
    heard.split_off(head)
}

/// A client's frame whose mask changes nothing.
fn frame(first: u8, payload: &[u8]) -> Vec<u8> {
    let length = u16::try_from(payload.len()).unwrap().to_be_bytes();
    [&[first, 0x80 | 126], &length[..], &[0; 4], payload].concat()
}

fn closed(code: u16, heard: &[u8]) -> bool {
    let [high, low] = code.to_be_bytes();
    matches!(heard, [FINAL_CLOSE, _, one, other, ..] if (*one, *other) == (high, low))
}

#[tokio::test]
async fn what_breaks_the_protocol_is_told_so_and_closed() {
    let app = TestApp::start().await;
    let unmasked = [FINAL_TEXT, 2, b'{', b'}', 0, 0, 0, 0];
    assert!(closed(1002, &said_with_the_upgrade(&app, &unmasked).await));
    let not_text = frame(FINAL_TEXT, &[0xff, 0xfe]);
    assert!(closed(1007, &said_with_the_upgrade(&app, &not_text).await));
    let endless = [FINAL_TEXT, 0xff, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0];
    assert!(closed(1009, &said_with_the_upgrade(&app, &endless).await));
}

#[tokio::test]
async fn a_close_is_answered_with_its_own_code() {
    let app = TestApp::start().await;
    let close = [FINAL_CLOSE, 0x82, 0, 0, 0, 0, 0x0f, 0xa5];
    assert!(closed(4005, &said_with_the_upgrade(&app, &close).await));
}

#[tokio::test]
async fn what_comes_with_the_upgrade_and_in_parts_is_heard() {
    let app = TestApp::start().await;
    let create = create().to_string();
    let (one, other) = create.as_bytes().split_at(20);
    let bytes = [
        frame(0x01, one),
        vec![0x89, 0x81, 0, 0, 0, 0, b'?'],
        frame(0x80, other),
        vec![FINAL_CLOSE, 0x80, 0, 0, 0, 0],
    ];
    let heard = said_with_the_upgrade(&app, &bytes.concat()).await;
    assert_eq!(heard[..3], [0x8a, 1, b'?'], "the pong comes first");
    let text = String::from_utf8_lossy(&heard).into_owned();
    assert!(text.contains(r#"{"kind":"created""#), "{text}");
}

#[tokio::test]
async fn a_request_that_asks_for_no_socket_is_told_to() {
    let app = TestApp::start().await;
    let mut stream = TcpStream::connect(app.address()).await.unwrap();
    let request = format!(
        "GET /api/v1/socket HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n",
        app.address()
    );
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = String::new();
    let read = timeout(PATIENCE, stream.read_to_string(&mut answer)).await;
    read.expect("an answer in time").unwrap();
    assert!(answer.starts_with("HTTP/1.1 426 "), "{answer}");
    assert!(answer.contains("application/problem+json"), "{answer}");
}
