//! Leaving politely.

use std::time::Duration;

use testkit::{Closed, TestApp, create};
use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;
use tokio::time::timeout;

#[tokio::test]
async fn open_sockets_are_told_to_come_back() {
    let app = TestApp::start().await;
    let mut caster = app.socket().await;
    caster.say(create()).await;
    caster.welcome().await;
    let mut half_open = app.socket().await;
    let stopping = tokio::spawn(app.stop());
    assert_eq!(caster.closed().await, Closed(Some(1012)));
    assert_eq!(half_open.closed().await, Closed(Some(1012)));
    stopping.await.unwrap();
}

/// A client of the relay that asks and never reads must not hold the server up.
#[tokio::test]
async fn a_deaf_client_of_the_relay_does_not_delay_the_end() {
    // STUN Binding request (RFC 8489, section 5) with a made-up transaction.
    const BINDING: [u8; 20] = [
        0, 1, 0, 0, 0x21, 0x12, 0xA4, 0x42, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7,
    ];
    let app = TestApp::start().await;
    let mut caster = app.socket().await;
    caster.say(create()).await;
    let servers = caster.welcome().await.ice_servers;
    let relay = servers[0].urls[0]
        .strip_prefix("stun:")
        .expect("a STUN address")
        .to_owned();
    let mut deaf = TcpStream::connect(relay).await.expect("the relay listens");
    let asking = async { while deaf.write_all(&BINDING.repeat(1000)).await.is_ok() {} };
    // Until its way back is full, and with it our way there.
    let _ = timeout(Duration::from_secs(2), asking).await;
    let stopped = timeout(Duration::from_secs(10), app.stop()).await;
    assert!(
        stopped.is_ok(),
        "the server still waits for a client that does not read"
    );
}
