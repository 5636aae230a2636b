//! How long one command takes in a room with 50 people and 100 items, beside what it would cost to copy the state for
//! each command: `apply [--json]`.
#![expect(clippy::print_stdout, reason = "a command line tool talks to its user")]

use std::collections::BTreeMap;
use std::hint::black_box;
use std::time::Instant;

use base::{ItemId, MemberId, Personal, Timestamp};
use protocol::Form;
use protocol::room::{
    CommandId, NewItem, PlayerClass, PlayerReport, Preset, QueueMode, Repeat, RoomCommand,
    RoomSaid, SettingsChange, Source,
};
use room::{Command, Principal, Room, Seed};

const PEOPLE: u8 = 50;
const ITEMS: usize = 100;
const ROUNDS: usize = 20_000;
/// Between two commands, so that nobody writes too fast.
const STEP_MS: i64 = 100;
const ITEM_MS: u64 = 12 * 3_600_000;

struct Bench {
    room: Room,
    now: i64,
    count: u64,
    /// Nanoseconds by what was measured.
    taken: BTreeMap<&'static str, Vec<u64>>,
}

fn said(cmd_id: String, command: RoomCommand) -> RoomSaid {
    RoomSaid {
        cmd_id: CommandId(cmd_id),
        if_item: None,
        if_seq: None,
        command,
    }
}

fn item(number: u64) -> NewItem {
    NewItem {
        source: Source::Demo {
            name: format!("demo-{number}"),
        },
        title: Some(format!("The title of item {number}")),
        artist: Some("Somebody".to_owned()),
        duration_ms: Some(ITEM_MS),
    }
}

impl Bench {
    fn new(mode: QueueMode) -> Self {
        let mut bench = Self {
            room: Room::open(Some("A room".to_owned()), Preset::Party, 1),
            now: 1_800_000_000_000,
            count: 0,
            taken: BTreeMap::new(),
        };
        for person in 1..=PEOPLE {
            let command = Command::Enter {
                principal: Principal([person; 32]),
                also: Vec::new(),
                seat: MemberId::from_bits(u64::from(person)),
                form: Form::Phone,
                name: Some(Personal::new(format!("Person {person}"))),
                is_owner: person == 1,
                lacks_password: false,
                invite: None,
            };
            bench.apply(command);
        }
        let change = Box::new(SettingsChange {
            mode: Some(mode),
            repeat: Some(Repeat::All),
            item_minutes_max: Some(1_440),
            ..SettingsChange::default()
        });
        bench.say(1, RoomCommand::Configure { change });
        for number in 0..ITEMS as u64 {
            let person = u8::try_from(number % u64::from(PEOPLE)).unwrap_or(0) + 1;
            let items = vec![item(number)];
            bench.say(person, RoomCommand::Add { items, next: false });
        }
        bench.say(1, RoomCommand::Play);
        for person in 1..=PEOPLE {
            bench.ready(person);
        }
        bench
    }

    fn apply(&mut self, command: Command) -> u64 {
        self.now += STEP_MS;
        self.count += 1;
        let now = Timestamp::from_unix_ms(self.now);
        let begun = Instant::now();
        let result = black_box(self.room.apply(command, now, Seed([self.count; 3])));
        let taken = begun.elapsed();
        drop(result.expect("the command is carried out"));
        u64::try_from(taken.as_nanos()).unwrap_or(u64::MAX)
    }

    fn say(&mut self, person: u8, command: RoomCommand) -> u64 {
        let said = said(format!("command-{}", self.count), command);
        let seat = MemberId::from_bits(u64::from(person));
        self.apply(Command::Said { seat, said })
    }

    fn measure(&mut self, what: &'static str, person: u8, command: RoomCommand) {
        let taken = self.say(person, command);
        self.taken.entry(what).or_default().push(taken);
    }

    fn on(&self) -> (ItemId, u64) {
        use protocol::room::Playback as P;
        match self.room.playback() {
            P::Idle => unreachable!("everything repeats"),
            P::Preparing {
                item, generation, ..
            }
            | P::Playing {
                item, generation, ..
            }
            | P::Paused {
                item, generation, ..
            } => (item, generation),
        }
    }

    fn ready_command(&self) -> RoomCommand {
        let (item, generation) = self.on();
        RoomCommand::Ready {
            item,
            generation,
            rtt_ms: Some(40),
        }
    }

    fn ready(&mut self, person: u8) {
        let command = self.ready_command();
        self.say(person, command);
    }

    fn round(&mut self, number: usize, queue: &[ItemId]) {
        let person = u8::try_from(number % usize::from(PEOPLE)).unwrap_or(0) + 1;
        let one = queue[number * 7 % queue.len()];
        let ready = self.ready_command();
        self.measure("ready", person, ready);
        let player = PlayerReport {
            class: PlayerClass::OwnAudio,
            service: None,
            error_ms: Some(u32::try_from(number % 12).unwrap_or(0)),
        };
        self.measure("report", person, RoomCommand::Report { player });
        self.measure("vote", person, RoomCommand::Vote { item: one });
        self.measure("unvote", person, RoomCommand::Unvote { item: one });
        let text = Personal::new("A line of the chat, of usual length".to_owned());
        self.measure("chat", person, RoomCommand::Chat { text });
        let items = vec![item(1_000_000 + number as u64)];
        self.measure("add", person, RoomCommand::Add { items, next: false });
        let state = self.room.snapshot().state;
        let added = state
            .queue
            .iter()
            .find(|it| it.title.ends_with(&format!(" {}", 1_000_000 + number)));
        let items = vec![added.expect("it was added").id];
        self.measure("remove", person, RoomCommand::Remove { items });
        self.measure("pause", 1, RoomCommand::Pause);
        self.measure("play", 1, RoomCommand::Play);
        let position_ms = number as f64;
        self.measure("seek", 1, RoomCommand::Seek { position_ms });
        if number.is_multiple_of(8) {
            self.measure("skip", 1, RoomCommand::Skip);
        }
        for person in 1..=PEOPLE {
            self.ready(person);
        }
    }

    /// What a room would cost that is copied for each command, and one whose whole state is told after each.
    fn baselines(&mut self) {
        let begun = Instant::now();
        let copy = black_box(self.room.clone());
        self.taken
            .entry("baseline: clone the state")
            .or_default()
            .push(nanos(begun));
        drop(copy);
        let begun = Instant::now();
        drop(black_box(self.room.snapshot()));
        self.taken
            .entry("baseline: rebuild the snapshot")
            .or_default()
            .push(nanos(begun));
    }
}

fn nanos(begun: Instant) -> u64 {
    u64::try_from(begun.elapsed().as_nanos()).unwrap_or(u64::MAX)
}

fn percentile(sorted: &[u64], percent: usize) -> u64 {
    sorted[(sorted.len() * percent / 100).min(sorted.len() - 1)]
}

fn main() {
    let is_json = std::env::args().any(|argument| argument == "--json");
    let mut reports = Vec::new();
    for mode in [QueueMode::Votes, QueueMode::Turns] {
        let mut bench = Bench::new(mode);
        for number in 0..ROUNDS / 10 {
            if number.is_multiple_of(10) {
                bench.baselines();
            }
            let state = bench.room.snapshot().state;
            let queue: Vec<ItemId> = state.queue.iter().map(|item| item.id).collect();
            bench.round(number, &queue);
        }
        let mut all: Vec<u64> = Vec::new();
        for (what, taken) in &mut bench.taken {
            taken.sort_unstable();
            if !what.starts_with("baseline") {
                all.extend(taken.iter());
            }
            reports.push((mode, *what, percentile(taken, 50), percentile(taken, 99)));
        }
        all.sort_unstable();
        reports.push((
            mode,
            "all commands",
            percentile(&all, 50),
            percentile(&all, 99),
        ));
    }
    for (mode, what, p50, p99) in reports {
        if is_json {
            let line = serde_json::json!({
                "mode": mode, "command": what, "p50_ns": p50, "p99_ns": p99,
                "people": PEOPLE, "items": ITEMS,
            });
            println!("{line}");
        } else {
            println!("{mode:?}  {what:32} p50 {p50:>8} ns  p99 {p99:>8} ns");
        }
    }
}
