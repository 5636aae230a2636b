//! What a room keeps for any tape of commands.

use proptest::prelude::*;

use super::*;

fn command() -> impl Strategy<Value = Command> {
    let number = 1_u8..8;
    let role = prop_oneof![Just(Role::Caster), Just(Role::Listener)];
    let entry = prop_oneof![
        Just(Entry::Created),
        Just(Entry::Code),
        Just(Entry::HostKey),
        Just(Entry::Resume)
    ];
    // A driver gives one id one role only.
    let enter = (number.clone(), role, entry).prop_map(|(number, role, entry)| {
        let number = if role == Role::Caster {
            number
        } else {
            number + 20
        };
        Command::Enter {
            member: member(number, role),
            entry,
        }
    });
    let anyone = || prop_oneof![1_u8..8, 21_u8..28];
    let said = (anyone(), anyone(), 0..8).prop_map(|(from, other, kind)| {
        let to = id(other);
        let message = match kind {
            0 => ClientMessage::Offer {
                to,
                sdp: sdp("v=0"),
            },
            1 => ClientMessage::Answer {
                to,
                sdp: sdp("v=0"),
            },
            2 => ClientMessage::EndOfCandidates { to },
            3 => ClientMessage::Restart { to },
            4 => ClientMessage::Approve {
                member: to,
                allow: true,
            },
            5 => ClientMessage::Approve {
                member: to,
                allow: false,
            },
            6 => ClientMessage::Leave { member: Some(to) },
            _ => ClientMessage::Leave { member: None },
        };
        Command::Said {
            from: id(from),
            message,
        }
    });
    let dropped = anyone().prop_map(|number| Command::Dropped { member: id(number) });
    prop_oneof![4 => enter, 4 => said, 2 => dropped, 1 => Just(Command::Tick)]
}

proptest! {
    #[test]
    fn any_tape_keeps_the_bounds(
        ask_first: bool,
        tape in proptest::collection::vec((command(), 0_u64..4000), 0..120),
    ) {
        let mut room = room(ask_first, 3);
        let mut now = 0;
        for (command, pause) in tape {
            now += pause;
            let before = room.clone();
            let outcome = room.apply(command, at(now));
            if outcome.is_err() {
                prop_assert_eq!(format!("{:?}", &before), format!("{:?}", &room));
            }
            let caster = room.cast().caster();
            let listeners = caster.map_or(0, |caster| room.peers_of(caster).len());
            prop_assert!(listeners <= 3);
            for output in outcome.unwrap_or_default() {
                // Nothing but a goodbye ever reaches somebody who is not in the room.
                if let Output::Send { to, message } = output {
                    let is_goodbye = matches!(message, ServerMessage::Leave { .. });
                    prop_assert!(is_goodbye || room.member(to).is_some() || before.member(to).is_some());
                }
            }
            if let Some(caster) = caster {
                prop_assert_eq!(room.member(caster).map(|member| member.role), Some(Role::Caster));
            }
        }
    }
}
