//! What holds of a room for any tape of commands.

use std::collections::{BTreeMap, BTreeSet};

use base::Personal;
use proptest::prelude::*;
use protocol::room::{PlayerClass, PlayerReport, RemovedFor, RoomEvent};

use super::allowed::may_make;
use super::client::Client;
use super::*;
use crate::room::tape::{Opening, Step, Tape};

/// A command about things by their place, which becomes one about ids when the room is known.
#[derive(Clone, Copy, Debug)]
enum Wish {
    Enter {
        person: u8,
        tab: u8,
        is_member: bool,
    },
    Gone {
        person: u8,
        tab: u8,
    },
    Say {
        person: u8,
        kind: u8,
        one: usize,
        other: usize,
        is_guarded: bool,
    },
    Cast {
        is_on: bool,
        person: u8,
    },
    Restarted,
    Tick,
}

fn wish() -> impl Strategy<Value = Wish> {
    let person = || 1_u8..6;
    let say = (
        person(),
        0_u8..36,
        0_usize..12,
        0_usize..12,
        prop::bool::weighted(0.05),
    );
    let say = say.prop_map(|(person, kind, one, other, is_guarded)| Wish::Say {
        person,
        kind,
        one,
        other,
        is_guarded,
    });
    prop_oneof![
        4 => (person(), 0_u8..2, any::<bool>())
            .prop_map(|(person, tab, is_member)| Wish::Enter { person, tab, is_member }),
        2 => (person(), 0_u8..2).prop_map(|(person, tab)| Wish::Gone { person, tab }),
        30 => say,
        1 => (any::<bool>(), person()).prop_map(|(is_on, person)| Wish::Cast { is_on, person }),
        1 => Just(Wish::Restarted),
        2 => Just(Wish::Tick),
    ]
}

/// Spans that matter to a room, in ms.
fn span() -> impl Strategy<Value = i64> {
    prop_oneof![
        6 => 0_i64..500,
        3 => 500_i64..5_000,
        2 => 5_000_i64..70_000,
        1 => 70_000_i64..2_000_000,
    ]
}

/// The item that stands at this place, counting what is on, what follows, suggestions and the past.
fn item_at(room: &Room, place: usize) -> ItemId {
    let state = room.snapshot().state;
    let all = state.current.into_iter().chain(state.queue);
    let all = all.chain(state.suggestions).chain(state.history);
    let found = all.map(|item| item.id).nth(place);
    found.unwrap_or(ItemId::from_bits(7))
}

fn person_at(room: &Room, place: usize) -> PersonId {
    let people = room.snapshot().state.people;
    let found = people.get(place % 5).map(|view| view.id);
    found.unwrap_or(PersonId::from_bits(7))
}

fn add(one: usize, other: usize) -> RoomCommand {
    let length = |number: usize| [1_000, 3_000, 30_000, 200_000][number % 4];
    let items = (0..=other % 4).map(|extra| {
        let number = one * 4 + extra;
        let mut item = demo(&format!("d{number}"), length(number));
        item.duration_ms = item.duration_ms.filter(|_| !number.is_multiple_of(7));
        item
    });
    RoomCommand::Add {
        items: items.collect(),
        next: other.is_multiple_of(3),
    }
}

fn change(one: usize, other: usize) -> SettingsChange {
    use protocol::room::Preset;
    let modes = [
        QueueMode::Fifo,
        QueueMode::Votes,
        QueueMode::Turns,
        QueueMode::Curated,
    ];
    let repeats = [Repeat::None, Repeat::One, Repeat::All];
    let waits = [WaitFor::Never, WaitFor::Soft, WaitFor::Strict];
    let presets = [Preset::Party, Preset::Radio, Preset::Classroom];
    let empty = [WhenEmpty::Freeze, WhenEmpty::Run];
    SettingsChange {
        preset: (one == 11).then_some(presets[other % 3]),
        mode: (one.is_multiple_of(3)).then_some(modes[other % 4]),
        repeat: (one % 3 == 1).then_some(repeats[other % 3]),
        wait_for: (one % 3 == 2).then_some(waits[other % 3]),
        when_empty: (one == 4).then_some(empty[other % 2]),
        skip_percent: (one == 5).then_some(u8::try_from(other * 20).unwrap_or(0)),
        allow_duplicates: (one == 6).then_some(other.is_multiple_of(2)),
        ..SettingsChange::default()
    }
}

fn command(room: &Room, kind: u8, one: usize, other: usize) -> RoomCommand {
    use RoomCommand as C;
    let item = item_at(room, one);
    let generation = match room.playback() {
        Playback::Preparing { generation, .. }
        | Playback::Playing { generation, .. }
        | Playback::Paused { generation, .. } => generation,
        Playback::Idle => 0,
    };
    match kind {
        0..=3 => add(one, other),
        4..=6 => C::Ready {
            item: item_at(room, 0),
            generation,
            rtt_ms: Some(40 * one as u32),
        },
        7 => C::Buffering { item },
        8 => {
            let class = PlayerClass::OwnAudio;
            let error_ms = Some(one as u32);
            C::Report {
                player: PlayerReport {
                    class,
                    service: None,
                    error_ms,
                },
            }
        }
        9 => C::Measured {
            item,
            duration_ms: 1_000 * other as u64,
        },
        10 | 11 => C::Play,
        12 => C::Pause,
        13 => C::Seek {
            position_ms: (one as f64 - 1.0) * 5_000.0,
        },
        14 | 15 => C::Skip,
        16 => C::Previous,
        17 => C::PlayNow { item },
        18 | 19 => C::Remove {
            items: vec![item, item_at(room, other)],
        },
        20 => C::Move {
            item,
            before: (other > 0).then(|| item_at(room, other)),
        },
        _ => more(room, kind, one, other),
    }
}

/// The other half of what people may say.
fn more(room: &Room, kind: u8, one: usize, other: usize) -> RoomCommand {
    use RoomCommand as C;
    let (item, person) = (item_at(room, one), person_at(room, one));
    let seq = room.position().seq.saturating_sub(other as u64);
    let ranks = [Rank::Guest, Rank::Dj, Rank::Moderator, Rank::Host];
    match kind {
        21 => {
            if one == 0 {
                C::Clear
            } else {
                C::Shuffle
            }
        }
        22..=24 => C::Vote { item },
        25 => C::Unvote { item },
        26 => C::VoteSkip {
            item: item_at(room, 0),
        },
        27 => C::Suggest {
            item: demo(&format!("s{one}"), 3_000),
        },
        28 => C::Approve {
            item,
            allow: !other.is_multiple_of(3),
        },
        29 => C::Undo { seq },
        30 => C::Chat {
            text: Personal::new(format!("line {one}")),
        },
        31 => C::Unsay { seq },
        32 => C::Grant {
            person,
            rank: Some(ranks[other % 4]),
            extra: None,
        },
        33 => C::Configure {
            change: Box::new(change(one, other)),
        },
        34 => match one {
            0 => C::Kick { person },
            1 => C::Ban { person },
            2 => C::Transfer { person },
            3 => C::Invite {
                rank: Rank::Dj,
                uses: 2,
                expires_in_s: 60,
            },
            4 => C::Pardon,
            5 if other == 0 => C::Archive,
            _ => C::Rename {
                name: Personal::new(format!("name {one}")),
            },
        },
        _ => C::Leave,
    }
}

fn seat_of(person: u8, tab: u8) -> MemberId {
    seat(person * 10 + tab)
}

/// A member has a name of their own, and that of one more device.
fn also(person: u8, is_member: bool) -> Vec<Principal> {
    let names = [person + 100, person + 1].map(principal);
    names.into_iter().filter(|_| is_member).collect()
}

fn step(room: &Room, wish: Wish, number: usize) -> Command {
    match wish {
        Wish::Enter {
            person,
            tab,
            is_member,
        } => Command::Enter {
            principal: principal(person),
            also: also(person, is_member),
            seat: seat_of(person, tab),
            form: Form::Phone,
            name: Some(Personal::new(format!("person {person}"))),
            is_owner: person == 1,
            lacks_password: false,
            invite: None,
        },
        Wish::Gone { person, tab } => Command::SeatsGone {
            seats: vec![seat_of(person, tab)],
        },
        Wish::Say {
            person,
            kind,
            one,
            other,
            is_guarded,
        } => {
            // One in a while says the same again.
            let name = if is_guarded {
                "again".to_owned()
            } else {
                format!("c{number}")
            };
            let mut said = said(&name, command(room, kind, one, other));
            said.if_item = is_guarded.then(|| item_at(room, other % 2));
            let tab = u8::from(room.person_of(seat_of(person, 0)).is_none());
            Command::Said {
                seat: seat_of(person, tab),
                said,
            }
        }
        Wish::Cast {
            is_on: true,
            person,
        } => Command::CastStarted {
            seat: seat_of(person, 0),
        },
        Wish::Cast { is_on: false, .. } => Command::CastStopped,
        Wish::Restarted => Command::Restarted,
        Wish::Tick => Command::Tick,
    }
}

/// Where each item went that ever came in, and that nothing happens that may not.
struct Witness {
    client: Client,
    came: BTreeSet<ItemId>,
    /// Came in minus went out, as a queue would be.
    waiting: BTreeMap<ItemId, ()>,
}

impl Witness {
    fn hear(&mut self, before: &Room, command: &Command, event: &RoomEvent) {
        if let Some(by) = event.by {
            assert!(
                may_make(before, by, command, &event.event),
                "{by:?} with {:?} made {event:?} by {command:?}",
                before.mine(by)
            );
        }
        match &event.event {
            Event::Added { items, .. } => {
                for item in items {
                    self.came.insert(item.id);
                    assert!(
                        self.waiting.insert(item.id, ()).is_none(),
                        "an item is doubled"
                    );
                }
            }
            Event::Removed { items, why } => {
                for id in items {
                    let was_waiting = self.waiting.remove(id).is_some();
                    let is_elsewhere = *why != RemovedFor::Played && *why != RemovedFor::Cleared;
                    assert!(was_waiting || is_elsewhere, "{id:?} went out twice");
                }
            }
            _ => {}
        }
        self.client.hear(event);
    }

    /// The room is as its events say.
    fn agrees(&self, room: &Room) {
        let snapshot = room.snapshot();
        assert_eq!(snapshot.position.seq, self.client.seq);
        let mut heard = self.client.state.clone();
        let state = snapshot.state;
        let queued: BTreeSet<ItemId> = state.queue.iter().map(|item| item.id).collect();
        assert_eq!(queued.len(), state.queue.len(), "no item is doubled");
        let waiting: BTreeSet<ItemId> = self.waiting.keys().copied().collect();
        assert_eq!(
            queued, waiting,
            "the queue is what came in minus what went out"
        );
        assert_eq!(
            state.playback.item(),
            state.current.as_ref().map(|item| item.id)
        );
        // Old lines and bans leave without a word.
        heard.banned = state.banned;
        heard.chat.retain(|line| state.chat.contains(line));
        assert_eq!(heard, state);
    }
}

fn is_same_after_a_round_trip(room: &Room) {
    let json = serde_json::to_string(room).expect("a room is kept");
    let again: Room = serde_json::from_str(&json).expect("a room is loaded");
    assert!(&again == room, "a room is the same when it is loaded");
    assert_eq!(again.hash(), room.hash());
}

fn opening() -> Opening {
    Opening {
        title: None,
        preset: Preset::Party,
        epoch: 3,
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn any_tape_leads_to_what_its_events_say(
        wishes in prop::collection::vec((wish(), span()), 1..80),
    ) {
        let mut tape = Tape { opening: opening(), steps: Vec::new() };
        let mut room = tape.open();
        let mut witness = Witness {
            client: Client::new(room.snapshot()),
            came: BTreeSet::new(),
            waiting: BTreeMap::new(),
        };
        let mut hashes = Vec::new();
        let mut now = 0;
        for (number, (wish, pause)) in wishes.into_iter().enumerate() {
            now += pause;
            let wish = if number == 0 { Wish::Enter { person: 1, tab: 0, is_member: false } } else { wish };
            let command = step(&room, wish, number);
            let step = Step { now: at(now), seed: Seed([number as u64; 3]), command };
            let before = room.clone();
            // What was due by then happens before anybody does anything, and may change what they may do.
            let mut due = room.clone();
            let _ = due.apply(Command::Tick, at(now), step.seed);
            match step.tell(&mut room) {
                Ok(done) => {
                    for event in &done.events {
                        witness.hear(&due, &step.command, event);
                    }
                    if done.is_repeat {
                        prop_assert!(done.answer.is_some());
                    }
                }
                Err(rejected) => {
                    prop_assert!(before == room, "a rejected command changes nothing");
                    prop_assert_eq!(rejected.seq, room.position().seq);
                }
            }
            witness.agrees(&room);
            if let Some(due) = room.next_deadline() {
                prop_assert!(due > at(now), "nothing stays due");
            }
            hashes.push(room.hash());
            tape.steps.push(step);
        }
        is_same_after_a_round_trip(&room);
        let tape = Tape::parse(&tape.write()).expect("a tape reads as it was written");
        let mut again = tape.open();
        for (step, hash) in tape.steps.iter().zip(hashes) {
            let _ = step.tell(&mut again);
            prop_assert_eq!(again.hash(), hash);
        }
    }
}
