//! What a room with a queue promises to those who follow it.

use super::*;

/// Nobody is in it yet.
fn queue_room() -> Switchboard {
    let rules = Rules {
        has_password: false,
        ask_first: false,
        listeners_max: 16,
        has_queue: true,
    };
    let code: RoomCode = "K7M4QX".parse().unwrap();
    let ends = at(0).after(ROOM_LIFE);
    Switchboard::new(RoomId::new(at(0), &Fixed(7)), code, rules, ends)
}

/// Peers 11, 12, ... up to `peers + 10`.
fn followed_by(peers: u8) -> Switchboard {
    let mut room = queue_room();
    for number in 11..11 + peers {
        enter(&mut room, member(number, Role::Peer), Entry::Code, at(0)).unwrap();
    }
    room
}

fn offer(to: u8) -> ClientMessage {
    ClientMessage::Offer {
        to: id(to),
        sdp: sdp("v=0"),
    }
}

#[test]
fn a_room_that_only_casts_has_nothing_to_follow() {
    let mut room = live_room(1);
    let peer = enter(&mut room, member(11, Role::Peer), Entry::Code, at(0));
    assert_eq!(peer, Err(Reject::NoQueue));
}

#[test]
fn peers_signal_to_each_other_and_to_nobody_in_the_cast() {
    let mut room = followed_by(2);
    enter(
        &mut room,
        member(CASTER, Role::Caster),
        Entry::HostKey,
        at(0),
    )
    .unwrap();
    enter(&mut room, member(2, Role::Listener), Entry::Code, at(0)).unwrap();
    let outputs = say(&mut room, 11, offer(12)).unwrap();
    assert_eq!(sent_to(&outputs, 12).len(), 1);
    for (from, to) in [(11, 11), (11, CASTER), (11, 2), (CASTER, 11), (2, 11)] {
        let said = say(&mut room, from, offer(to));
        assert_eq!(said, Err(Reject::Forbidden), "{from} to {to}");
    }
}

#[test]
fn a_peer_comes_and_goes_without_a_word_to_the_caster() {
    let mut room = followed_by(0);
    enter(
        &mut room,
        member(CASTER, Role::Caster),
        Entry::HostKey,
        at(0),
    )
    .unwrap();
    let came = enter(&mut room, member(11, Role::Peer), Entry::Code, at(0)).unwrap();
    let went = room
        .apply(Command::Dismiss { member: id(11) }, at(1))
        .unwrap();
    assert!(sent_to(&came, CASTER).is_empty() && sent_to(&went, CASTER).is_empty());
    assert_eq!(went, [Output::Dismiss { member: id(11) }]);
}

#[test]
fn a_cast_that_ends_leaves_the_room_to_those_who_follow_it() {
    let mut room = followed_by(1);
    enter(
        &mut room,
        member(CASTER, Role::Caster),
        Entry::HostKey,
        at(0),
    )
    .unwrap();
    enter(&mut room, member(2, Role::Listener), Entry::Code, at(0)).unwrap();
    let outputs = say(&mut room, CASTER, ClientMessage::Leave { member: None }).unwrap();
    assert!(!outputs.contains(&Output::Close));
    assert_eq!(goodbyes(&outputs, 2), [(id(CASTER), Goodbye::Left)]);
    assert_eq!(room.cast(), Cast::Waiting);
    assert!(room.member(id(11)).is_some());
}

#[test]
fn a_room_lives_on_while_somebody_follows_it_and_its_life_begins_anew_when_the_last_one_goes() {
    let mut room = followed_by(2);
    let half = room.next_deadline();
    assert!(half < at(0).after(ROOM_LIFE));
    let renewed = room.apply(Command::Tick, half).unwrap();
    assert_eq!(
        renewed,
        [Output::Prolong {
            until: half.after(ROOM_LIFE)
        }]
    );
    let first = room
        .apply(Command::Dropped { member: id(11) }, half)
        .unwrap();
    assert!(first.is_empty(), "the other one is still here");
    let later = half.after(Duration::from_secs(60));
    let last = room
        .apply(Command::Dropped { member: id(12) }, later)
        .unwrap();
    assert_eq!(
        last,
        [Output::Prolong {
            until: later.after(ROOM_LIFE)
        }]
    );
}

#[test]
fn a_peer_whose_socket_is_gone_keeps_its_seat_for_a_while() {
    let mut room = followed_by(1);
    room.apply(Command::Dropped { member: id(11) }, at(0))
        .unwrap();
    let over = at(0).after(LISTENER_GRACE);
    assert!(room.member(id(11)).is_some());
    assert_eq!(room.next_deadline(), over);
    let outputs = room.apply(Command::Tick, over).unwrap();
    assert_eq!(outputs, [Output::Dismiss { member: id(11) }]);
    assert!(room.is_empty());
}

#[test]
fn a_room_that_is_over_says_so_to_everybody() {
    let mut room = followed_by(2);
    let outputs = room.apply(Command::End, at(1)).unwrap();
    for peer in [11, 12] {
        assert_eq!(goodbyes(&outputs, peer), [(id(peer), Goodbye::Ended)]);
    }
    assert_eq!(outputs.last(), Some(&Output::Close));
    let late = enter(&mut room, member(13, Role::Peer), Entry::Code, at(2));
    assert_eq!(late, Err(Reject::Ended));
}

#[test]
fn seats_are_counted() {
    let mut room = queue_room();
    let mut taken = 0_u64;
    let mut peer = || {
        taken += 1;
        let id = MemberId::from_bits(taken);
        Member {
            id,
            ..member(11, Role::Peer)
        }
    };
    for _ in 0..PEERS_MAX {
        enter(&mut room, peer(), Entry::Code, at(0)).unwrap();
    }
    let one_more = enter(&mut room, peer(), Entry::Code, at(0));
    assert_eq!(one_more, Err(Reject::Full));
}

#[test]
fn a_caster_who_is_sent_away_casts_no_more_and_the_room_stays() {
    let mut room = queue_room();
    enter(
        &mut room,
        member(CASTER, Role::Caster),
        Entry::HostKey,
        at(0),
    )
    .unwrap();
    enter(&mut room, member(2, Role::Listener), Entry::Code, at(0)).unwrap();
    let member = id(CASTER);
    let outputs = room.apply(Command::Dismiss { member }, at(1)).unwrap();
    assert_eq!(room.cast(), Cast::Waiting);
    let told = Output::Send {
        to: id(2),
        message: leave(member, Goodbye::Left),
    };
    assert_eq!(outputs, [Output::Dismiss { member }, told]);
}
