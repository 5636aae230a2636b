//! Lets members of a room say anything: each line is a member's number and what it says.
//!
//! However they talk, reading must not panic, and the room must route to those in it and to nobody else.

#![no_main]

use std::time::Duration;

use base::{MemberId, RoomId, Timestamp};
use libfuzzer_sys::fuzz_target;
use protocol::{ClientMessage, Form, Member, Role, RoomCode};
use room::Switchboard;
use room::switchboard::{Command, Entry, Output, Rules};
use unisono_fuzz::Counting;

/// A caster and two listeners, one of whom hides where it is.
fn members() -> [Member; 3] {
    let entropy = Counting::default();
    let kinds = [
        (Role::Caster, false),
        (Role::Listener, false),
        (Role::Listener, true),
    ];
    kinds.map(|(role, hide_address)| Member {
        id: MemberId::new(&entropy),
        role,
        form: Form::Phone,
        name: None,
        hide_address,
    })
}

fn room(now: Timestamp, members: &[Member; 3], ask_first: bool) -> Switchboard {
    let entropy = Counting::default();
    let rules = Rules {
        has_password: false,
        ask_first,
        listeners_max: 2,
        has_queue: false,
    };
    let code = RoomCode::random(RoomCode::LENGTH_MIN, &entropy);
    let ends = now.after(Duration::from_secs(3600));
    let mut room = Switchboard::new(RoomId::new(now, &entropy), code, rules, ends);
    for (member, entry) in members
        .iter()
        .zip([Entry::Created, Entry::Code, Entry::Code])
    {
        let command = Command::Enter {
            member: member.clone(),
            entry,
        };
        room.apply(command, now).expect("there is a place for each");
    }
    room
}

fn receiver(output: &Output) -> Option<MemberId> {
    match output {
        Output::Welcome { to, .. } | Output::Send { to, .. } | Output::Restart { to, .. } => {
            Some(*to)
        }
        Output::Reachable { member, .. } | Output::Dismiss { member } => Some(*member),
        Output::Remember { .. } | Output::Prolong { .. } | Output::Close => None,
    }
}

fuzz_target!(|input: &[u8]| {
    let mut now = Timestamp::from_unix_ms(1_800_000_000_000);
    let members = members();
    let mut room = room(
        now,
        &members,
        input.first().is_some_and(|first| first & 1 == 1),
    );
    for line in input.split(|byte| *byte == b'\n') {
        let Some((&first, text)) = line.split_first() else {
            continue;
        };
        now = now.after(Duration::from_secs(u64::from(first >> 4)));
        let from = members[usize::from(first) % members.len()].id;
        let Ok(text) = std::str::from_utf8(text) else {
            continue;
        };
        // The members' names are random, so a message says `@0` for the first of them.
        let text = (0..members.len()).fold(text.to_owned(), |text, number| {
            text.replace(&format!("@{number}"), &members[number].id.to_string())
        });
        let command = match ClientMessage::parse(&text) {
            Ok(message) => Command::Said { from, message },
            Err(_) if text.is_empty() => Command::Dropped { member: from },
            Err(_) => Command::Tick,
        };
        for output in room.apply(command, now).unwrap_or_default() {
            let known =
                receiver(&output).is_none_or(|to| members.iter().any(|member| member.id == to));
            assert!(known, "a room speaks to its own members");
        }
    }
});
