use std::collections::BTreeMap;
use std::net::SocketAddr;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use url::Url;

use super::*;

/// A host that answers one connection with these bytes, and tells what it was sent.
async fn host(answer: Vec<u8>) -> (SocketAddr, JoinHandle<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let heard = tokio::spawn(async move {
        let (mut socket, _) = listener.accept().await.unwrap();
        let mut heard = vec![0; 8_192];
        let length = socket.read(&mut heard).await.unwrap();
        // The other side may have heard enough before the end.
        socket.write_all(&answer).await.ok();
        socket.shutdown().await.ok();
        String::from_utf8_lossy(&heard[..length]).into_owned()
    });
    (address, heard)
}

fn wire(address: SocketAddr) -> Wire {
    let mirror = format!("http://{address}/deezer");
    let mirrors = BTreeMap::from([("api.deezer.com".to_owned(), mirror)]);
    Wire::new(
        Routes::read(&mirrors).unwrap(),
        "Unisono/1 (contact)".to_owned(),
    )
}

fn track() -> Request {
    Request::get("api.deezer.com", &["track", "1"])
}

fn response(head: &str, body: &[u8]) -> Vec<u8> {
    [
        format!("HTTP/1.1 {head}\r\nconnection: close\r\n\r\n").as_bytes(),
        body,
    ]
    .concat()
}

/// Promises T1, Y19
#[tokio::test]
async fn a_request_says_who_we_are_and_nothing_of_who_asks() {
    let (address, heard) = host(response("200 OK", b"{}")).await;
    let reply = wire(address)
        .fetch(track().query("q", "a b"))
        .await
        .unwrap();
    assert_eq!(
        (reply.status, reply.body.as_slice()),
        (200, b"{}".as_slice())
    );
    let heard = heard.await.unwrap();
    let mut lines: Vec<&str> = heard.lines().take_while(|line| !line.is_empty()).collect();
    assert_eq!(lines.remove(0), "GET /deezer/track/1?q=a+b HTTP/1.1");
    lines.sort_unstable();
    let host = format!("host: {address}");
    assert_eq!(
        lines,
        [
            "accept: */*",
            host.as_str(),
            "user-agent: Unisono/1 (contact)"
        ]
    );
}

#[tokio::test]
async fn a_redirect_is_handed_over_and_not_followed() {
    let (address, _) = host(response(
        "302 Found\r\nlocation: http://127.0.0.1:1/x\r\nset-cookie: a=b",
        b"",
    ))
    .await;
    let reply = wire(address).fetch(track()).await.unwrap();
    assert_eq!(
        (reply.status, reply.location()),
        (302, Some("http://127.0.0.1:1/x"))
    );
}

#[tokio::test]
async fn a_body_is_read_up_to_its_limit() {
    let large = vec![b'x'; 5_000];
    for head in ["200 OK\r\ncontent-length: 5000", "200 OK"] {
        let (address, _) = host(response(head, &large)).await;
        let refused = wire(address)
            .fetch(track().limit(BodyLimit::Whole(4_999)))
            .await;
        assert_eq!(refused.err(), Some(Failure::TooLarge), "{head}");
        let (address, _) = host(response(head, &large)).await;
        let whole = wire(address)
            .fetch(track().limit(BodyLimit::Whole(5_000)))
            .await
            .unwrap();
        assert_eq!(whole.body.len(), 5_000);
        let (address, _) = host(response(head, &large)).await;
        let start = wire(address)
            .fetch(track().limit(BodyLimit::Start(100)))
            .await
            .unwrap();
        assert_eq!(start.body.len(), 100);
    }
}

#[tokio::test]
async fn a_connection_that_breaks_is_unreachable() {
    let (address, _) = host(response("200 OK\r\ncontent-length: 5000", b"part")).await;
    assert_eq!(
        wire(address).fetch(track()).await.err(),
        Some(Failure::Unreachable)
    );
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let closed = listener.local_addr().unwrap();
    drop(listener);
    assert_eq!(
        wire(closed).fetch(track()).await.err(),
        Some(Failure::Unreachable)
    );
}

#[tokio::test]
async fn a_name_that_leads_to_a_private_address_is_refused_after_resolution() {
    let refused = PublicOnly.resolve("localhost".parse().unwrap()).await;
    assert!(refused.err().unwrap().is::<NotPublic>());
    // The same through the client: the reason survives its wrappers.
    let official = Wire::new(Routes::default(), "x".to_owned())
        .client(TLS.clone())
        .dns_resolver(PublicOnly)
        .build()
        .unwrap();
    let url = Url::parse("https://localhost:1/").unwrap();
    let error = official.get(url).send().await.unwrap_err();
    assert_eq!(failure(&error), Failure::ForeignHost);
}

#[tokio::test]
async fn a_host_outside_the_register_is_never_called() {
    let wire = Wire::new(Routes::default(), "x".to_owned());
    for foreign in [
        "https://localhost/",
        "http://api.deezer.com/",
        "https://evil.example/",
    ] {
        let request = Request::at(Url::parse(foreign).unwrap());
        assert_eq!(
            wire.fetch(request).await.err(),
            Some(Failure::ForeignHost),
            "{foreign}"
        );
    }
}
