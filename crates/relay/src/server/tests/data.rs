//! What goes through.

use proptest::prelude::*;

use crate::server::lock;
use crate::server::scene::{Member, Scene, Sent};
use crate::stun::Frame;
use crate::{Allowance, Client, Refusal, Settings, Transport, first_frame};

const HERE: &str = "192.0.2.1:1000";
const THERE: &str = "192.0.2.2:2000";

/// Two members of one room, with a channel from the first to the second and a permission back.
fn pair(settings: Settings) -> (Scene, Member, Member) {
    let mut scene = Scene::new(settings);
    let room = scene.room();
    let (here, ours) = scene.relayed(room, HERE);
    let (there, theirs) = scene.relayed(room, THERE);
    assert_eq!(scene.bind(&here, 0x4000, theirs).error, None);
    assert_eq!(scene.permit(&there, &ours.to_string()).error, None);
    (scene, here, there)
}

#[test]
fn members_hear_each_other_on_channels_and_without() {
    let (mut scene, here, there) = pair(Settings::default());
    let (peer, data) = scene
        .say(&here, 0x4000, b"sound")
        .in_indication(&there)
        .unwrap();
    assert_eq!(data, b"sound");
    assert_eq!(scene.bind(&there, 0x4001, peer).error, None);
    assert_eq!(
        scene
            .say(&here, 0x4000, b"more")
            .on_channel(&there)
            .unwrap(),
        b"more"
    );
    assert_eq!(
        scene
            .say(&there, 0x4001, b"back")
            .on_channel(&here)
            .unwrap(),
        b"back"
    );
    assert_eq!(
        scene
            .send(&there, peer, b"again")
            .on_channel(&here)
            .unwrap(),
        b"again"
    );
    assert_eq!(scene.server.counters().packets, 4);
    assert_eq!(scene.server.counters().bytes, 18);
}

#[test]
fn nothing_arrives_without_a_permission() {
    let mut scene = Scene::new(Settings::default());
    let room = scene.room();
    let (here, _) = scene.relayed(room, HERE);
    let (_, theirs) = scene.relayed(room, THERE);
    assert!(scene.send(&here, theirs, b"sound").is_nothing());
    assert_eq!(scene.bind(&here, 0x4000, theirs).error, None);
    assert!(scene.say(&here, 0x4000, b"sound").is_nothing());
    assert!(scene.say(&here, 0x4001, b"sound").is_nothing());
    assert!(scene.on_peer(0, "198.51.100.7:7007", b"sound").is_nothing());
    assert_eq!(scene.server.counters().refused(Refusal::NoPermission), 4);
}

#[test]
fn sound_stops_five_minutes_after_the_last_permission() {
    let (mut scene, here, there) = pair(Settings::default());
    scene.pass(299);
    assert!(
        scene
            .say(&here, 0x4000, b"sound")
            .in_indication(&there)
            .is_some()
    );
    scene.pass(1);
    assert!(scene.say(&here, 0x4000, b"sound").is_nothing());
}

#[test]
fn dismissing_a_member_ends_its_sound_at_once() {
    let (mut scene, here, there) = pair(Settings::default());
    assert!(!scene.say(&here, 0x4000, b"sound").is_nothing());
    lock(&scene.directory).dismiss(here.room, here.id);
    assert!(scene.say(&here, 0x4000, b"sound").is_nothing());
    assert_eq!(scene.server.take_ended().len(), 1);
    assert_eq!(scene.server.counters().allocations, 1);
    assert_eq!(scene.refresh(&there, 600).error, None);
}

#[test]
fn closing_a_room_ends_everything_in_it_and_nothing_else() {
    let (mut scene, here, there) = pair(Settings::default());
    let other_room = scene.room();
    scene.relayed(other_room, "192.0.2.9:1");
    lock(&scene.directory).close(here.room);
    scene.server.tick(scene.now);
    assert_eq!(scene.server.counters().allocations, 1);
    assert!(scene.say(&here, 0x4000, b"sound").is_nothing());
    assert_eq!(scene.refresh(&there, 600).error, Some(401));
}

#[test]
fn messages_on_a_stream_are_padded() {
    let mut scene = Scene::new(Settings::default());
    let room = scene.room();
    let (here, ours) = scene.relayed(room, HERE);
    let mut there = scene.member(room, THERE);
    there.client.transport = Transport::Tcp;
    let theirs = scene.allocate(&there).relayed.unwrap();
    assert_eq!(scene.bind(&here, 0x4000, theirs).error, None);
    assert_eq!(scene.bind(&there, 0x4000, ours).error, None);
    let sent = scene.say(&here, 0x4000, b"sound");
    assert_eq!(sent.on_channel(&there).unwrap(), b"sound");
    assert!(matches!(
        sent,
        Sent::ToClient { message, .. } if first_frame(&message) == Frame::Whole(12)
    ));
    let sent = scene.say(&there, 0x4000, b"sound");
    assert!(matches!(sent, Sent::ToClient { message, .. } if message.len() == 9));
}

#[test]
fn an_allocation_carries_no_more_than_its_budget() {
    let (mut scene, here, _) = pair(Settings {
        bytes: Allowance {
            per_second: 100,
            burst: 1000,
        },
        ..Settings::default()
    });
    let mut passed = 0;
    for _ in 0..50 {
        passed += u32::from(!scene.say(&here, 0x4000, &[0; 100]).is_nothing());
    }
    assert_eq!(passed, 10);
    assert_eq!(scene.server.counters().refused(Refusal::Budget), 40);
    scene.pass(1);
    assert!(!scene.say(&here, 0x4000, &[0; 100]).is_nothing());
    assert!(scene.say(&here, 0x4000, &[0; 100]).is_nothing());
}

#[test]
fn many_small_packets_use_up_the_budget_too() {
    let (mut scene, here, _) = pair(Settings {
        packets: Allowance {
            per_second: 1,
            burst: 5,
        },
        ..Settings::default()
    });
    let passed = (0..50)
        .filter(|_| !scene.say(&here, 0x4000, b"").is_nothing())
        .count();
    assert_eq!(passed, 5);
}

proptest! {
    #[test]
    fn no_bytes_make_the_server_panic_or_relay(
        packets in proptest::collection::vec(proptest::collection::vec(any::<u8>(), 0..80), 1..20),
        transport: bool,
    ) {
        let mut scene = Scene::new(Settings::default());
        let transport = if transport { Transport::Udp } else { Transport::Tcp };
        let client = Client { transport, address: HERE.parse().unwrap() };
        for packet in packets {
            let sent = scene.on_client(client, &packet);
            prop_assert!(sent.to_peer().is_none());
        }
        prop_assert_eq!(scene.server.counters().packets, 0);
    }

    #[test]
    fn changed_messages_of_a_member_never_panic(
        at in 0usize..200, value: u8, cut in 0usize..200,
    ) {
        let (mut scene, here, _) = pair(Settings::default());
        let mut request = Vec::new();
        let transaction = scene.transaction();
        here.sign(&mut request, crate::stun::Method::ChannelBind, transaction, |request| request);
        let at = at % request.len();
        request[at] = value;
        let _ = scene.on_client(here.client, &request);
        let _ = scene.on_client(here.client, &request[..cut.min(request.len())]);
    }
}
