//! What a room promises, case by case.

use std::time::Duration;

use base::{Entropy, MemberId, RoomId, Timestamp};
use protocol::{ClientMessage, Form, Goodbye, Member, Role, RoomCode, Sdp, ServerMessage};

use super::*;

mod peers;
mod tapes;

struct Fixed(u8);
impl Entropy for Fixed {
    fn fill(&self, buffer: &mut [u8]) {
        buffer.fill(self.0);
    }
}

fn at(seconds: u64) -> Timestamp {
    Timestamp::from_unix_ms(1_700_000_000_000).after(Duration::from_secs(seconds))
}

fn id(number: u8) -> MemberId {
    MemberId::new(&Fixed(number))
}

fn member(number: u8, role: Role) -> Member {
    Member {
        id: id(number),
        role,
        form: Form::Phone,
        name: None,
        hide_address: false,
    }
}

fn room(ask_first: bool, listeners_max: u16) -> Switchboard {
    let rules = Rules {
        has_password: false,
        ask_first,
        listeners_max,
        has_queue: false,
    };
    let code: RoomCode = "K7M4QX".parse().unwrap();
    Switchboard::new(
        RoomId::new(at(0), &Fixed(7)),
        code,
        rules,
        at(0).after(ROOM_LIFE),
    )
}

fn enter(
    room: &mut Switchboard,
    who: Member,
    entry: Entry,
    now: Timestamp,
) -> Result<Vec<Output>, Reject> {
    room.apply(Command::Enter { member: who, entry }, now)
}

const CASTER: u8 = 1;

/// A room with its caster and listeners 2, 3, ... up to `listeners + 1`.
fn live_room(listeners: u8) -> Switchboard {
    let mut room = room(false, 16);
    enter(
        &mut room,
        member(CASTER, Role::Caster),
        Entry::Created,
        at(0),
    )
    .unwrap();
    for listener in 2..2 + listeners {
        enter(
            &mut room,
            member(listener, Role::Listener),
            Entry::Code,
            at(0),
        )
        .unwrap();
    }
    room
}

fn say(room: &mut Switchboard, from: u8, message: ClientMessage) -> Result<Vec<Output>, Reject> {
    room.apply(
        Command::Said {
            from: id(from),
            message,
        },
        at(1),
    )
}

fn sdp(text: &str) -> Sdp {
    Sdp(text.to_owned())
}

fn sent_to(outputs: &[Output], to: u8) -> Vec<&ServerMessage> {
    outputs
        .iter()
        .filter_map(|output| match output {
            Output::Send {
                to: receiver,
                message,
            } if *receiver == id(to) => Some(message),
            _ => None,
        })
        .collect()
}

fn goodbyes(outputs: &[Output], to: u8) -> Vec<(MemberId, Goodbye)> {
    sent_to(outputs, to)
        .into_iter()
        .filter_map(|message| match message {
            ServerMessage::Leave { member, reason, .. } => Some((*member, *reason)),
            _ => None,
        })
        .collect()
}

#[test]
fn the_caster_hears_of_a_new_listener_and_both_may_signal() {
    let mut room = live_room(0);
    let outputs = enter(&mut room, member(2, Role::Listener), Entry::Code, at(1)).unwrap();
    assert_eq!(
        outputs[0],
        Output::Welcome {
            to: id(2),
            is_new_room: false
        }
    );
    assert!(matches!(
        sent_to(&outputs, CASTER)[..],
        [ServerMessage::Joined { .. }]
    ));
    assert_eq!(room.peers_of(id(2)), [member(CASTER, Role::Caster)]);
    assert_eq!(room.peers_of(id(CASTER)), [member(2, Role::Listener)]);
    let outputs = say(
        &mut room,
        CASTER,
        ClientMessage::Offer {
            to: id(2),
            sdp: sdp("v=0"),
        },
    )
    .unwrap();
    let offer = ServerMessage::Offer {
        from: id(CASTER),
        sdp: sdp("v=0"),
    };
    assert_eq!(
        outputs,
        [Output::Send {
            to: id(2),
            message: offer
        }]
    );
}

#[test]
fn only_the_star_may_signal_and_only_its_own_part() {
    let mut room = live_room(2);
    let offer = |to| ClientMessage::Offer {
        to: id(to),
        sdp: sdp("v=0"),
    };
    let answer = |to| ClientMessage::Answer {
        to: id(to),
        sdp: sdp("v=0"),
    };
    assert_eq!(say(&mut room, 2, offer(CASTER)), Err(Reject::Forbidden));
    assert_eq!(say(&mut room, CASTER, answer(2)), Err(Reject::Forbidden));
    assert_eq!(
        say(&mut room, 2, ClientMessage::Restart { to: id(3) }),
        Err(Reject::Forbidden)
    );
    assert_eq!(say(&mut room, 9, answer(CASTER)), Err(Reject::Forbidden));
    assert_eq!(say(&mut room, CASTER, offer(9)), Err(Reject::Gone));
    assert_eq!(
        say(&mut room, CASTER, offer(CASTER)),
        Err(Reject::Forbidden)
    );
}

#[test]
fn a_restart_brings_fresh_credentials_to_both() {
    let mut room = live_room(1);
    let outputs = say(&mut room, 2, ClientMessage::Restart { to: id(CASTER) }).unwrap();
    let both = [(CASTER, 2), (2, CASTER)].map(|(to, from)| Output::Restart {
        to: id(to),
        from: id(from),
    });
    assert_eq!(outputs, both);
}

#[test]
fn a_full_room_takes_nobody_else_but_everybody_back() {
    let mut room = room(false, 1);
    enter(
        &mut room,
        member(CASTER, Role::Caster),
        Entry::Created,
        at(0),
    )
    .unwrap();
    enter(&mut room, member(2, Role::Listener), Entry::Code, at(0)).unwrap();
    let third = enter(&mut room, member(3, Role::Listener), Entry::Code, at(0));
    assert_eq!(third, Err(Reject::Full));
    room.apply(Command::Dropped { member: id(2) }, at(1))
        .unwrap();
    assert!(enter(&mut room, member(2, Role::Listener), Entry::Resume, at(2)).is_ok());
}

#[test]
fn two_casters_never_share_a_room() {
    let mut room = live_room(1);
    let second = enter(&mut room, member(9, Role::Caster), Entry::HostKey, at(1));
    assert_eq!(second, Err(Reject::CasterPresent));
    // The same member in a second socket replaces the first.
    assert!(
        enter(
            &mut room,
            member(CASTER, Role::Caster),
            Entry::Resume,
            at(1)
        )
        .is_ok()
    );
    // A caster that is away gives its place to the host's new page.
    room.apply(Command::Dropped { member: id(CASTER) }, at(2))
        .unwrap();
    let outputs = enter(&mut room, member(9, Role::Caster), Entry::HostKey, at(3)).unwrap();
    assert_eq!(goodbyes(&outputs, 2), [(id(CASTER), Goodbye::Left)]);
    assert_eq!(room.peers_of(id(2)), [member(9, Role::Caster)]);
}

#[test]
fn a_caster_that_drops_has_ninety_seconds() {
    let mut room = live_room(1);
    let outputs = room
        .apply(Command::Dropped { member: id(CASTER) }, at(10))
        .unwrap();
    assert_eq!(goodbyes(&outputs, 2), [(id(CASTER), Goodbye::Away)]);
    assert_eq!(room.next_deadline(), at(100));
    assert_eq!(room.apply(Command::Tick, at(99)), Ok(vec![]));
    let outputs = room.apply(Command::Tick, at(100)).unwrap();
    assert_eq!(goodbyes(&outputs, 2), [(id(CASTER), Goodbye::Left)]);
    assert_eq!(room.cast(), Cast::Waiting);
    // The room is still there for the host.
    assert!(enter(&mut room, member(9, Role::Caster), Entry::HostKey, at(200)).is_ok());
}

#[test]
fn a_listener_that_drops_is_gone_after_ninety_seconds() {
    let mut room = live_room(1);
    assert_eq!(
        room.apply(Command::Dropped { member: id(2) }, at(10)),
        Ok(vec![])
    );
    let outputs = room.apply(Command::Tick, at(100)).unwrap();
    assert_eq!(goodbyes(&outputs, CASTER), [(id(2), Goodbye::Left)]);
    assert!(outputs.contains(&Output::Dismiss { member: id(2) }));
}

#[test]
fn a_removed_listener_cannot_resume() {
    let mut room = live_room(1);
    let remove = ClientMessage::Leave {
        member: Some(id(2)),
    };
    assert_eq!(say(&mut room, 2, remove.clone()), Err(Reject::Forbidden));
    let outputs = say(&mut room, CASTER, remove).unwrap();
    assert_eq!(goodbyes(&outputs, 2), [(id(2), Goodbye::Removed)]);
    let back = enter(&mut room, member(2, Role::Listener), Entry::Resume, at(2));
    assert_eq!(back, Err(Reject::CannotResume));
}

#[test]
fn a_room_that_asks_first_lets_in_whom_the_caster_approves() {
    let mut room = room(true, 16);
    enter(
        &mut room,
        member(CASTER, Role::Caster),
        Entry::Created,
        at(0),
    )
    .unwrap();
    for listener in [2, 3] {
        let outputs = enter(
            &mut room,
            member(listener, Role::Listener),
            Entry::Code,
            at(0),
        )
        .unwrap();
        assert!(matches!(
            sent_to(&outputs, CASTER)[..],
            [ServerMessage::Join { .. }]
        ));
        assert!(matches!(
            sent_to(&outputs, listener)[..],
            [ServerMessage::Join { .. }]
        ));
    }
    let offer = ClientMessage::Offer {
        to: id(2),
        sdp: sdp("v=0"),
    };
    assert_eq!(say(&mut room, CASTER, offer), Err(Reject::Gone));
    assert!(room.peers_of(id(2)).is_empty());
    let approve = |member, allow| ClientMessage::Approve {
        member: id(member),
        allow,
    };
    assert_eq!(say(&mut room, 2, approve(2, true)), Err(Reject::Forbidden));
    let outputs = say(&mut room, CASTER, approve(2, true)).unwrap();
    assert_eq!(
        outputs[0],
        Output::Welcome {
            to: id(2),
            is_new_room: false
        }
    );
    let outputs = say(&mut room, CASTER, approve(3, false)).unwrap();
    assert_eq!(goodbyes(&outputs, 3), [(id(3), Goodbye::Refused)]);
    assert_eq!(say(&mut room, CASTER, approve(3, true)), Err(Reject::Gone));
}

#[test]
fn no_more_than_eight_wait_for_approval() {
    let mut room = room(true, 16);
    for listener in 2..10 {
        enter(
            &mut room,
            member(listener, Role::Listener),
            Entry::Code,
            at(0),
        )
        .unwrap();
    }
    let ninth = enter(&mut room, member(10, Role::Listener), Entry::Code, at(0));
    assert_eq!(ninth, Err(Reject::WaitingRoomFull));
}

#[test]
fn who_waits_is_told_to_a_caster_that_comes_later() {
    let mut room = room(true, 16);
    enter(&mut room, member(2, Role::Listener), Entry::Code, at(0)).unwrap();
    let outputs = enter(
        &mut room,
        member(CASTER, Role::Caster),
        Entry::HostKey,
        at(1),
    )
    .unwrap();
    assert!(matches!(
        sent_to(&outputs, CASTER)[..],
        [ServerMessage::Join { .. }]
    ));
}

#[test]
fn the_caster_ends_the_room_for_everybody() {
    let mut room = live_room(2);
    let outputs = say(&mut room, CASTER, ClientMessage::Leave { member: None }).unwrap();
    assert_eq!(goodbyes(&outputs, 2), [(id(2), Goodbye::Ended)]);
    assert_eq!(goodbyes(&outputs, 3), [(id(3), Goodbye::Ended)]);
    assert_eq!(outputs.last(), Some(&Output::Close));
    let late = enter(&mut room, member(4, Role::Listener), Entry::Code, at(2));
    assert_eq!(late, Err(Reject::Ended));
}

#[test]
fn a_room_lives_while_somebody_casts_and_ends_twelve_hours_after() {
    let mut room = live_room(1);
    assert_eq!(room.next_deadline(), at(6 * 3600));
    let outputs = room.apply(Command::Tick, at(6 * 3600)).unwrap();
    assert_eq!(
        outputs,
        [Output::Prolong {
            until: at(18 * 3600)
        }]
    );
    room.apply(Command::Dropped { member: id(CASTER) }, at(6 * 3600))
        .unwrap();
    room.apply(Command::Tick, at(7 * 3600)).unwrap();
    assert_eq!(room.next_deadline(), at(18 * 3600));
    let outputs = room.apply(Command::Tick, at(18 * 3600)).unwrap();
    assert_eq!(goodbyes(&outputs, 2), [(id(2), Goodbye::Expired)]);
    assert_eq!(outputs.last(), Some(&Output::Close));
}

#[test]
fn a_hidden_address_never_passes() {
    let mut room = live_room(0);
    let hidden = Member {
        hide_address: true,
        ..member(2, Role::Listener)
    };
    enter(&mut room, hidden, Entry::Code, at(0)).unwrap();
    let candidate = |line: &str| ClientMessage::Candidate {
        to: id(CASTER),
        candidate: sdp(line),
        mid: None,
    };
    let host = "candidate:1 1 udp 1 10.0.0.7 5000 typ host";
    let nonsense = say(&mut room, 2, candidate("<b>hello</b>"));
    assert_eq!(nonsense, Err(Reject::NotACandidate));
    assert_eq!(say(&mut room, 2, candidate(host)), Ok(vec![]));
    assert_eq!(say(&mut room, 2, candidate("")), Ok(vec![]));
    let relay = "candidate:1 1 udp 1 192.0.2.9 6000 typ relay raddr 10.0.0.7 rport 5000";
    let passed = format!("{:?}", say(&mut room, 2, candidate(relay)).unwrap().len());
    assert_eq!(passed, "2");
    let description = "v=0\r\na=candidate:1 1 udp 1 10.0.0.7 5000 typ host\r\n";
    let answer = ClientMessage::Answer {
        to: id(CASTER),
        sdp: sdp(description),
    };
    let outputs = say(&mut room, 2, answer).unwrap();
    let passed = ServerMessage::Answer {
        from: id(2),
        sdp: sdp("v=0\r\n"),
    };
    assert_eq!(
        outputs,
        [Output::Send {
            to: id(CASTER),
            message: passed
        }]
    );
}

#[test]
fn candidates_tell_the_relay_where_a_member_may_be_reached() {
    let mut room = live_room(1);
    let candidate = ClientMessage::Candidate {
        to: id(CASTER),
        candidate: sdp("candidate:1 1 udp 1 192.0.2.7 5000 typ srflx"),
        mid: Some("0".to_owned()),
    };
    let outputs = say(&mut room, 2, candidate).unwrap();
    let address = "192.0.2.7:5000".parse().unwrap();
    assert_eq!(
        outputs[0],
        Output::Reachable {
            member: id(2),
            address
        }
    );
}
