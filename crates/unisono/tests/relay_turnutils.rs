//! The relay under a TURN client that others wrote: Debian's `turnutils_uclient`.

mod relay_scene;

use std::time::Duration;

use base::{Clock, MemberId, OsEntropy, RoomId, Secret, SystemClock, Timestamp};
use relay::{Credentials, Refusal};
use relay_scene::Scene;

const LOOPBACK: &[&str] = &["127.0.0.0/8"];
/// 10 clients that send 100 messages each to one another.
const TALK: &[&str] = &["-y", "-c", "-m", "10", "-n", "100", "-l", "172", "-z", "5"];
const TALK_MESSAGES: u32 = 1000;
/// What the client says when its credential was refused twice.
const NO_ALLOCATION: &str = "Cannot complete Allocation";
/// What the client says about a peer it may not reach.
const FORBIDDEN: &str = "error 403 (";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn clients_hear_each_other_by_udp_without_loss() {
    let scene = Scene::start(LOOPBACK);
    let outcome = scene.client(&scene.admitted(), TALK).await;
    assert!(outcome.is_complete(TALK_MESSAGES), "{}", outcome.text);
    assert_eq!(scene.relay.unsent(), 0);
    scene.end().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn clients_hear_each_other_by_tcp_without_loss() {
    let scene = Scene::start(LOOPBACK);
    let options = [&["-t"], TALK].concat();
    let outcome = scene.client(&scene.admitted(), &options).await;
    assert!(outcome.is_complete(TALK_MESSAGES), "{}", outcome.text);
    assert_eq!(scene.relay.unsent(), 0);
    scene.end().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn clients_hear_each_other_without_channels() {
    let scene = Scene::start(LOOPBACK);
    let options = [&["-s"], TALK].concat();
    let outcome = scene.client(&scene.admitted(), &options).await;
    assert!(outcome.is_complete(TALK_MESSAGES), "{}", outcome.text);
    scene.end().await;
}

/// The client sends to a socket of its own, which echoes: the way leads through the allocation's port.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_client_hears_a_peer_that_is_no_client() {
    let scene = Scene::start(LOOPBACK);
    let echo = tokio::net::UdpSocket::bind("127.0.0.1:0").await.unwrap();
    let port = echo.local_addr().unwrap().port().to_string();
    let echoing = tokio::spawn(async move {
        let mut buffer = [0; 2048];
        while let Ok((length, from)) = echo.recv_from(&mut buffer).await {
            echo.send_to(&buffer[..length], from).await.unwrap();
        }
    });
    let options = [
        "-c",
        "-e",
        "127.0.0.1",
        "-r",
        &port,
        "-m",
        "1",
        "-n",
        "100",
        "-z",
        "5",
    ];
    let outcome = scene.client(&scene.admitted(), &options).await;
    assert!(outcome.is_complete(100), "{}", outcome.text);
    echoing.abort();
    scene.end().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn expired_forged_strange_and_dead_credentials_are_refused() {
    let scene = Scene::start(LOOPBACK);
    let good = scene.admitted();
    let name = good.username.split_once(':').unwrap().1;

    let long_ago = SystemClock.now().unix_ms() - 13 * 60 * 60 * 1000;
    let expired = scene
        .credentials
        .issue(name, Timestamp::from_unix_ms(long_ago));
    let forger = Credentials::new(Secret::new(b"another secret".to_vec()));
    let forged = forger.issue(name, SystemClock.now());
    let strange = scene.credentials.issue("nobody", SystemClock.now());
    for (issued, reason) in [
        (expired, Refusal::Expired),
        (forged, Refusal::Forged),
        (strange, Refusal::NotAdmitted),
    ] {
        let outcome = scene.client(&issued, TALK).await;
        assert!(
            outcome.is_refused(NO_ALLOCATION),
            "{reason:?}: {}",
            outcome.text
        );
        assert!(scene.relay.counters().refused(reason) > 0, "{reason:?}");
    }
    scene.directory.lock().unwrap().close(scene.room);
    let outcome = scene.client(&good, TALK).await;
    assert!(outcome.is_refused(NO_ALLOCATION), "{}", outcome.text);
    assert_eq!(scene.relay.counters().allocations_made, 0);
    scene.end().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn peers_nobody_may_reach_are_refused() {
    let scene = Scene::start(&[]);
    let (other_room, stranger) = (
        RoomId::new(SystemClock.now(), &OsEntropy),
        MemberId::new(&OsEntropy),
    );
    let elsewhere = "198.51.100.7:3480".parse().unwrap();
    scene
        .directory
        .lock()
        .unwrap()
        .saw_candidate(other_room, stranger, elsewhere);
    for (peer, port, reason) in [
        ("127.0.0.1", "3480", Refusal::SpecialPeer),
        ("169.254.169.254", "80", Refusal::SpecialPeer),
        ("10.0.0.1", "3480", Refusal::PrivatePeer),
        ("192.168.1.1", "3480", Refusal::PrivatePeer),
        ("198.51.100.7", "3480", Refusal::UnknownPeer),
    ] {
        let before = scene.relay.counters().refused(reason);
        let options = ["-c", "-e", peer, "-r", port, "-m", "1", "-n", "1"];
        let outcome = scene.client(&scene.admitted(), &options).await;
        assert!(outcome.is_refused(FORBIDDEN), "{peer}: {}", outcome.text);
        assert!(scene.relay.counters().refused(reason) > before, "{peer}");
    }
    assert_eq!(scene.relay.counters().packets, 0);
    scene.end().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn our_own_port_is_refused_even_in_an_opened_network() {
    let scene = Scene::start(LOOPBACK);
    let own_port = scene.relay.port().to_string();
    let options = [
        "-c",
        "-e",
        "127.0.0.1",
        "-r",
        &own_port,
        "-m",
        "1",
        "-n",
        "1",
    ];
    let outcome = scene.client(&scene.admitted(), &options).await;
    assert!(outcome.is_refused(FORBIDDEN), "{}", outcome.text);
    assert!(scene.relay.counters().refused(Refusal::OwnPort) > 0);
    scene.end().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn closing_a_room_ends_its_allocations() {
    let scene = Scene::start(LOOPBACK);
    let issued = scene.admitted();
    let talking = scene.client(
        &issued,
        &["-y", "-c", "-m", "2", "-n", "1000000", "-z", "1"],
    );
    let closing = async {
        while scene.relay.counters().packets == 0 {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        scene.directory.lock().unwrap().close(scene.room);
        while scene.relay.counters().allocations > 0 {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        let relayed = scene.relay.counters().packets;
        tokio::time::sleep(Duration::from_millis(100)).await;
        assert_eq!(scene.relay.counters().packets, relayed);
    };
    tokio::select! {
        () = closing => {}
        outcome = talking => panic!("the client went on for too long: {}", outcome.text),
    }
    scene.end().await;
}
