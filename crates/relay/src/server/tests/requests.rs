//! Requests about allocations.

use crate::server::lock;
use crate::server::scene::Scene;
use crate::stun::{Class, Method, TransactionId, Writer, attribute};
use crate::{Refusal, Settings, Transport};

const HOME: &str = "192.0.2.1:1000";

fn error(code: u16) -> Option<u16> {
    Some(code)
}

#[test]
fn anybody_may_ask_for_their_own_address() {
    let mut scene = Scene::new(Settings::default());
    let room = scene.room();
    let client = scene.member(room, HOME).client;
    let mut buffer = Vec::new();
    let request = Writer::new(
        &mut buffer,
        Class::Request,
        Method::Binding,
        TransactionId([1; 12]),
    );
    let answer = scene.answer(client, request.fingerprint().finish());
    assert_eq!(answer.mapped, Some(client.address));
    assert_eq!(scene.server.counters().bindings, 1);
}

#[test]
fn a_member_gets_an_allocation_for_as_long_as_the_limits_allow() {
    for (asked_s, given_s) in [
        (None, 600),
        (Some(1), 600),
        (Some(1800), 1800),
        (Some(9000), 3600),
    ] {
        let mut scene = Scene::new(Settings::default());
        let room = scene.room();
        let member = scene.member(room, HOME);
        let answer = scene.ask(&member, Method::Allocate, |request| {
            let request = request.value(attribute::REQUESTED_TRANSPORT, &[17, 0, 0, 0]);
            match asked_s {
                Some(life_s) => request.number(attribute::LIFETIME, life_s),
                None => request,
            }
        });
        assert_eq!(answer.error, None);
        assert_eq!(answer.life_s, Some(given_s));
        assert_eq!(answer.mapped, Some(member.client.address));
        scene.pass(u64::from(given_s) - 1);
        scene.server.tick(scene.now);
        assert_eq!(scene.server.counters().allocations, 1);
        scene.pass(1);
        scene.server.tick(scene.now);
        assert_eq!(scene.server.counters().allocations, 0);
        assert_eq!(scene.server.take_ended().len(), 1);
    }
}

#[test]
fn a_request_that_comes_again_gets_the_same_answer() {
    let mut scene = Scene::new(Settings::default());
    let room = scene.room();
    let member = scene.member(room, HOME);
    let mut request = Vec::new();
    member.sign(
        &mut request,
        Method::Allocate,
        TransactionId([9; 12]),
        |request| request.value(attribute::REQUESTED_TRANSPORT, &[17, 0, 0, 0]),
    );
    let first = scene.answer(member.client, &request);
    assert!(first.relayed.is_some());
    assert_eq!(scene.answer(member.client, &request), first);
    assert_eq!(scene.server.counters().allocations_made, 1);
    assert_eq!(scene.allocate(&member).error, error(437));
}

#[test]
fn refreshing_prolongs_and_zero_ends() {
    let mut scene = Scene::new(Settings::default());
    let room = scene.room();
    let (member, _) = scene.relayed(room, HOME);
    scene.pass(599);
    assert_eq!(scene.refresh(&member, 700).life_s, Some(700));
    scene.pass(699);
    assert_eq!(scene.refresh(&member, 0).life_s, Some(0));
    assert_eq!(scene.server.take_ended().len(), 1);
    assert_eq!(scene.refresh(&member, 600).error, error(437));
    assert_eq!(scene.permit(&member, "198.51.100.7:7007").error, error(437));
}

#[test]
fn an_allocation_that_ran_out_is_gone_before_anyone_looks() {
    let mut scene = Scene::new(Settings::default());
    let room = scene.room();
    let (member, _) = scene.relayed(room, HOME);
    scene.pass(600);
    assert_eq!(scene.refresh(&member, 600).error, error(437));
}

#[test]
fn a_credential_is_refused_when_its_time_is_over() {
    let mut scene = Scene::new(Settings::default());
    let room = scene.room();
    let (mut member, _) = scene.relayed(room, HOME);
    scene.pass(12 * 60 * 60);
    member.nonce = scene.challenge(&member);
    assert_eq!(scene.refresh(&member, 600).error, error(401));
    assert_eq!(scene.server.counters().refused(Refusal::Expired), 1);
}

#[test]
fn a_forged_credential_is_refused() {
    let mut scene = Scene::new(Settings::default());
    let room = scene.room();
    let member = scene.member(room, HOME);
    let mut guessed = member.clone();
    guessed.password = "guess".to_owned();
    let mut prolonged = member.clone();
    prolonged.username = member.username.replacen('1', "2", 1);
    for forged in [guessed, prolonged] {
        assert_eq!(scene.allocate(&forged).error, error(401));
    }
    assert_eq!(scene.server.counters().refused(Refusal::Forged), 2);
    assert_eq!(scene.allocate(&member).error, None);
}

#[test]
fn a_credential_dies_with_its_room_and_with_its_member() {
    let mut scene = Scene::new(Settings::default());
    let room = scene.room();
    let here = scene.member(room, HOME);
    let there = scene.member(room, "192.0.2.2:1000");
    lock(&scene.directory).dismiss(room, here.id);
    assert_eq!(scene.allocate(&here).error, error(401));
    assert_eq!(scene.allocate(&there).error, None);
    lock(&scene.directory).close(room);
    assert_eq!(scene.refresh(&there, 600).error, error(401));
    assert_eq!(scene.server.counters().refused(Refusal::NotAdmitted), 2);
    assert_eq!(scene.server.counters().allocations, 0);
}

#[test]
fn an_allocation_obeys_the_one_who_made_it() {
    let mut scene = Scene::new(Settings::default());
    let room = scene.room();
    let (member, _) = scene.relayed(room, HOME);
    let mut other = scene.member(room, "192.0.2.2:1000");
    other.client = member.client;
    other.nonce.clone_from(&member.nonce);
    assert_eq!(scene.refresh(&other, 0).error, error(441));
    assert_eq!(scene.server.counters().allocations, 1);
}

#[test]
fn a_stale_nonce_is_replaced() {
    let mut scene = Scene::new(Settings::default());
    let room = scene.room();
    let mut member = scene.member(room, HOME);
    scene.pass(60 * 60);
    let answer = scene.allocate(&member);
    assert_eq!(answer.error, error(438));
    member.nonce = answer.nonce.unwrap();
    assert_eq!(scene.allocate(&member).error, None);
}

#[test]
fn transports_and_families_that_are_not_offered_have_their_own_answers() {
    let mut scene = Scene::new(Settings::default());
    let room = scene.room();
    let member = scene.member(room, HOME);
    let answer = scene.ask(&member, Method::Allocate, |request| {
        request.value(attribute::REQUESTED_TRANSPORT, &[6, 0, 0, 0])
    });
    assert_eq!(answer.error, error(442));
    let answer = scene.ask(&member, Method::Allocate, |request| request);
    assert_eq!(answer.error, error(400));
    for family in [2, 9] {
        let answer = scene.ask(&member, Method::Allocate, |request| {
            request
                .value(attribute::REQUESTED_TRANSPORT, &[17, 0, 0, 0])
                .value(attribute::REQUESTED_ADDRESS_FAMILY, &[family, 0, 0, 0])
        });
        assert_eq!(answer.error, error(440), "family {family}");
    }
    assert_eq!(scene.server.counters().allocations, 0);
}

#[test]
fn a_pair_of_ports_cannot_be_reserved() {
    let mut scene = Scene::new(Settings::default());
    let room = scene.room();
    let member = scene.member(room, HOME);
    for (even_port, token, code) in [
        (Some([0x80]), None, 508),
        (None, Some([7; 8]), 508),
        (Some([0]), Some([7; 8]), 400),
    ] {
        let answer = scene.ask(&member, Method::Allocate, |request| {
            let mut request = request.value(attribute::REQUESTED_TRANSPORT, &[17, 0, 0, 0]);
            if let Some(value) = even_port {
                request = request.value(attribute::EVEN_PORT, &value);
            }
            if let Some(value) = token {
                request = request.value(attribute::RESERVATION_TOKEN, &value);
            }
            request
        });
        assert_eq!(answer.error, error(code));
    }
}

#[test]
fn attributes_nobody_knows_are_named_in_the_answer() {
    let mut scene = Scene::new(Settings::default());
    let room = scene.room();
    let member = scene.member(room, HOME);
    let answer = scene.ask(&member, Method::Allocate, |request| {
        request
            .value(attribute::REQUESTED_TRANSPORT, &[17, 0, 0, 0])
            .number(0x7ffe, 1)
            .number(0xfffe, 1)
    });
    assert_eq!(answer.error, error(420));
    assert_eq!(answer.unknown, Some(vec![0x7f, 0xfe]));
}

#[test]
fn a_signed_request_without_a_name_is_malformed() {
    let mut scene = Scene::new(Settings::default());
    let room = scene.room();
    let client = scene.member(room, HOME).client;
    let mut buffer = Vec::new();
    let request = Writer::new(
        &mut buffer,
        Class::Request,
        Method::Allocate,
        TransactionId([1; 12]),
    )
    .sign(b"key")
    .finish();
    assert_eq!(scene.answer(client, request).error, error(400));
}

#[test]
fn allocations_are_bounded_for_a_name_a_room_and_the_relay() {
    let settings = Settings {
        allocations_per_name_max: 2,
        allocations_per_room_max: 3,
        allocations_max: 4,
        ..Settings::default()
    };
    let mut scene = Scene::new(settings);
    let (room, other_room) = (scene.room(), scene.room());
    let mut member = scene.member(room, HOME);
    let mut outcome = |scene: &mut Scene, port| {
        member.client.address.set_port(port);
        member.nonce = scene.challenge(&member);
        scene.allocate(&member).error
    };
    assert_eq!(outcome(&mut scene, 1), None);
    assert_eq!(outcome(&mut scene, 2), None);
    assert_eq!(outcome(&mut scene, 3), error(486));
    scene.relayed(room, "192.0.2.2:1");
    let third = scene.member(room, "192.0.2.3:1");
    assert_eq!(scene.allocate(&third).error, error(508));
    scene.relayed(other_room, "192.0.2.4:1");
    let fifth = scene.member(other_room, "192.0.2.5:1");
    assert_eq!(scene.allocate(&fifth).error, error(508));
}

#[test]
fn without_a_free_port_there_is_no_allocation() {
    let mut scene = Scene::new(Settings::default());
    let room = scene.room();
    let member = scene.member(room, HOME);
    scene.ports_left = 0;
    assert_eq!(scene.allocate(&member).error, error(508));
    assert_eq!(scene.server.counters().allocations, 0);
}

#[test]
fn a_closed_connection_takes_its_allocation_along() {
    let mut scene = Scene::new(Settings::default());
    let room = scene.room();
    let mut member = scene.member(room, HOME);
    member.client.transport = Transport::Tcp;
    assert_eq!(scene.allocate(&member).error, None);
    scene.server.client_gone(member.client);
    assert_eq!(scene.server.take_ended().len(), 1);
    assert_eq!(scene.server.counters().allocations, 0);
}
