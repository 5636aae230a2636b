//! What holds of a room with a queue.

mod allowed;
mod barrier;
mod bounds;
mod client;
mod curating;
mod erasing;
mod names;
mod playing;
mod queue;
mod rounds;
mod tapes;
mod undo;
mod votes;

use base::{ItemId, MemberId, PersonId, Timestamp};
use protocol::Form;
use protocol::room::{
    Answer, CommandId, Event, NewItem, Playback, Preset, QueueMode, Rank, RejectCode, Repeat,
    RoomCommand, RoomSaid, SettingsChange, Source, WaitFor, WhenEmpty,
};

use super::{Command, Done, Principal, Rejected, Room};
use crate::seed::Seed;

const START: i64 = 1_800_000_000_000;

/// A room under test, with its clock.
struct Stage {
    room: Room,
    now: i64,
    said: u64,
}

fn at(ms: i64) -> Timestamp {
    Timestamp::from_unix_ms(START + ms)
}

fn seat(number: u8) -> MemberId {
    MemberId::from_bits(u64::from(number))
}

fn principal(number: u8) -> Principal {
    Principal([number; 32])
}

fn demo(name: &str, duration_ms: u64) -> NewItem {
    NewItem {
        source: Source::Demo { name: name.into() },
        title: None,
        artist: None,
        duration_ms: Some(duration_ms),
    }
}

fn said(cmd_id: &str, command: RoomCommand) -> RoomSaid {
    RoomSaid {
        cmd_id: CommandId(cmd_id.into()),
        if_item: None,
        if_seq: None,
        command,
    }
}

impl Stage {
    /// A room that `people` are in; the first of them opened it. Nobody is waited for.
    fn of(people: u8) -> Self {
        let mut stage = Self {
            room: Room::open(None, Preset::Party, 1),
            now: 0,
            said: 0,
        };
        for number in 1..=people {
            stage.enter(number, number);
        }
        stage.configure(SettingsChange {
            wait_for: Some(WaitFor::Never),
            mode: Some(QueueMode::Fifo),
            ..SettingsChange::default()
        });
        stage
    }

    fn tell(&mut self, command: Command) -> Result<Done, Rejected> {
        let before = self.room.clone();
        self.said += 1;
        let result = self.room.apply(command, at(self.now), Seed([self.said; 3]));
        if result.is_err() {
            assert!(before == self.room, "a rejected command changes nothing");
        }
        result
    }

    fn enter(&mut self, person: u8, number: u8) -> PersonId {
        let command = Command::Enter {
            principal: principal(person),
            also: Vec::new(),
            seat: seat(number),
            form: Form::Computer,
            name: None,
            is_owner: person == 1,
            lacks_password: false,
            invite: None,
        };
        let done = self.tell(command).expect("there is a place");
        done.person.expect("somebody came in")
    }

    fn try_say(&mut self, from: u8, command: RoomCommand) -> Result<Done, Rejected> {
        let cmd_id = format!("c{}", self.said);
        self.tell(Command::Said {
            seat: seat(from),
            said: said(&cmd_id, command),
        })
    }

    fn say(&mut self, from: u8, command: RoomCommand) -> Done {
        let done = self.try_say(from, command).expect("it may be wished for");
        assert!(matches!(done.answer, Some(Answer::Ok { .. })));
        done
    }

    fn refused(&mut self, from: u8, command: RoomCommand) -> RejectCode {
        self.try_say(from, command).expect_err("it is refused").code
    }

    fn configure(&mut self, change: SettingsChange) {
        let change = Box::new(change);
        self.say(1, RoomCommand::Configure { change });
    }

    fn repeat(&mut self, repeat: Repeat) {
        self.configure(SettingsChange {
            repeat: Some(repeat),
            ..SettingsChange::default()
        });
    }

    fn mode(&mut self, mode: QueueMode) {
        self.configure(SettingsChange {
            mode: Some(mode),
            ..SettingsChange::default()
        });
    }

    fn add(&mut self, from: u8, name: &str, duration_ms: u64) -> ItemId {
        let items = vec![demo(name, duration_ms)];
        let done = self.say(from, RoomCommand::Add { items, next: false });
        let added = done.events.iter().find_map(|event| match &event.event {
            Event::Added { items, .. } => Some(items[0].id),
            _ => None,
        });
        added.expect("it was added")
    }

    fn wait(&mut self, ms: i64) -> Vec<Event> {
        let until = self.now + ms;
        let mut events = Vec::new();
        while let Some(due) = self.room.next_deadline().filter(|due| *due <= at(until)) {
            self.now = (due.unix_ms() - START).max(self.now);
            let done = self.tell(Command::Tick).expect("time passes");
            events.extend(done.events.into_iter().map(|event| event.event));
        }
        self.now = until;
        events
    }

    fn playback(&self) -> Playback {
        self.room.snapshot().state.playback
    }

    fn on(&self) -> Option<ItemId> {
        self.playback().item()
    }

    fn start_at(&self) -> i64 {
        match self.playback() {
            Playback::Playing { start_at, .. } => start_at.unix_ms() - START,
            other => panic!("it plays, but: {other:?}"),
        }
    }

    fn queue(&self) -> Vec<ItemId> {
        let state = self.room.snapshot().state;
        state.queue.iter().map(|item| item.id).collect()
    }

    fn titles(&self) -> Vec<String> {
        let state = self.room.snapshot().state;
        state.queue.into_iter().map(|item| item.title).collect()
    }

    fn seq(&self) -> u64 {
        self.room.position().seq
    }
}
