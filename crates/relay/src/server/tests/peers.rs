//! Whom a member may reach.

use std::net::SocketAddr;

use crate::server::lock;
use crate::server::scene::{Member, RELAY, Scene};
use crate::{Refusal, Settings};

const HERE: &str = "192.0.2.1:1000";
const THERE: &str = "192.0.2.2:2000";

/// A scene with one member that has an allocation, and another one in the same room.
fn scene() -> (Scene, Member, Member) {
    let mut scene = Scene::new(Settings::default());
    let room = scene.room();
    let (here, _) = scene.relayed(room, HERE);
    let there = scene.member(room, THERE);
    (scene, here, there)
}

fn saw(scene: &Scene, member: &Member, candidate: &str) {
    let candidate = candidate.parse().unwrap();
    lock(&scene.directory).saw_candidate(member.room, member.id, candidate);
}

#[test]
fn a_candidate_of_another_member_may_be_reached() {
    let (mut scene, here, there) = scene();
    assert_eq!(scene.permit(&here, "198.51.100.7:7007").error, Some(403));
    saw(&scene, &there, "198.51.100.7:7007");
    assert_eq!(scene.permit(&here, "198.51.100.7:7007").error, None);
    let peer = "198.51.100.7:7007".parse().unwrap();
    assert_eq!(
        scene.send(&here, peer, b"sound").to_peer(),
        Some((peer, &b"sound"[..]))
    );
}

#[test]
fn a_service_on_a_well_known_port_may_not_be_reached() {
    let (mut scene, here, there) = scene();
    saw(&scene, &there, "198.51.100.7:53");
    assert_eq!(scene.permit(&here, "198.51.100.7:53").error, None);
    let service = "198.51.100.7:53".parse().unwrap();
    assert!(scene.send(&here, service, b"query").is_nothing());
}

#[test]
fn neither_ones_own_candidates_nor_those_of_other_rooms_may_be_reached() {
    let (mut scene, here, _) = scene();
    let room = scene.room();
    let stranger = scene.member(room, "192.0.2.9:1");
    saw(&scene, &here, "198.51.100.7:7007");
    saw(&scene, &stranger, "198.51.100.8:8");
    assert_eq!(scene.permit(&here, "198.51.100.7:7007").error, Some(403));
    assert_eq!(scene.permit(&here, "198.51.100.8:8").error, Some(403));
    assert_eq!(scene.server.counters().refused(Refusal::UnknownPeer), 2);
}

#[test]
fn loopback_private_link_local_and_our_own_ports_are_refused_even_if_offered() {
    let (mut scene, here, there) = scene();
    for peer in [
        "127.0.0.1:4000",
        "0.0.0.0:4000",
        "10.0.0.1:4000",
        "192.168.1.1:4000",
        "172.16.0.1:4000",
        "169.254.169.254:80",
        "224.0.0.1:4000",
        "255.255.255.255:4000",
        "203.0.113.1:3478",
        "203.0.113.1:4000",
        "127.0.0.1:3478",
    ] {
        saw(&scene, &there, peer);
        let address: SocketAddr = peer.parse().unwrap();
        assert_eq!(scene.permit(&here, peer).error, Some(403), "{peer}");
        assert_eq!(
            scene.bind(&here, 0x4000, address).error,
            Some(403),
            "{peer}"
        );
        assert!(scene.send(&here, address, b"probe").is_nothing(), "{peer}");
    }
}

#[test]
fn mapped_and_other_ipv6_addresses_do_not_fit_an_ipv4_allocation() {
    let (mut scene, here, there) = scene();
    for peer in [
        "[::ffff:127.0.0.1]:1",
        "[::1]:1",
        "[64:ff9b::7f00:1]:1",
        "[2600::1]:1",
    ] {
        saw(&scene, &there, peer);
        assert_eq!(scene.permit(&here, peer).error, Some(443), "{peer}");
    }
}

#[test]
fn allocations_of_one_room_reach_each_other_and_no_others() {
    let (mut scene, here, there) = scene();
    assert_eq!(
        scene.permit(&here, &format!("{RELAY}:50001")).error,
        Some(403)
    );
    let relayed = scene.allocate(&there).relayed.unwrap();
    assert_eq!(scene.bind(&here, 0x4000, relayed).error, None);

    let room = scene.room();
    let (_, strangers) = scene.relayed(room, "192.0.2.9:1");
    assert_eq!(strangers.ip(), relayed.ip());
    assert!(scene.send(&here, strangers, b"hello").is_nothing());
    assert_eq!(scene.server.counters().refused(Refusal::UnknownPeer), 1);
}

#[test]
fn a_permission_for_our_address_opens_nothing_else_on_this_machine() {
    let (mut scene, here, there) = scene();
    let relayed = scene.allocate(&there).relayed.unwrap();
    assert_eq!(scene.permit(&here, &relayed.to_string()).error, None);
    for port in [3478, 8080, 53] {
        let peer = SocketAddr::new(relayed.ip(), port);
        assert!(
            scene.send(&here, peer, b"probe").is_nothing(),
            "port {port}"
        );
    }
    assert!(
        scene
            .on_peer(0, &format!("{RELAY}:53"), b"answer")
            .is_nothing()
    );
    assert_eq!(scene.server.counters().refused(Refusal::OwnPort), 4);
}

#[test]
fn what_one_member_said_is_forgotten_when_it_is_dismissed() {
    let (mut scene, here, there) = scene();
    saw(&scene, &there, "198.51.100.7:7007");
    let peer = "198.51.100.7:7007".parse().unwrap();
    assert_eq!(scene.bind(&here, 0x4000, peer).error, None);
    assert!(scene.say(&here, 0x4000, b"sound").to_peer().is_some());
    lock(&scene.directory).dismiss(there.room, there.id);
    assert!(scene.say(&here, 0x4000, b"sound").is_nothing());
    assert!(scene.on_peer(0, "198.51.100.7:7007", b"sound").is_nothing());
    assert_eq!(scene.server.counters().allocations, 1);
}

#[test]
fn an_operator_can_open_a_network_but_not_our_own_ports() {
    let mut scene = Scene::new(Settings {
        allowed: vec![
            "127.0.0.0/8".parse().unwrap(),
            "203.0.113.0/24".parse().unwrap(),
        ],
        ..Settings::default()
    });
    let room = scene.room();
    let (here, _) = scene.relayed(room, HERE);
    assert_eq!(scene.permit(&here, "127.0.0.1:4000").error, None);
    assert_eq!(scene.permit(&here, "127.0.0.1:3478").error, Some(403));
    assert!(
        scene
            .send(&here, "127.0.0.1:4000".parse().unwrap(), b"hello")
            .to_peer()
            .is_some()
    );
    assert!(
        scene
            .send(&here, "127.0.0.1:3478".parse().unwrap(), b"hello")
            .is_nothing()
    );
}
