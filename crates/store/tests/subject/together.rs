//! Rooms in which the five listen together: what people do there by chance, as the store keeps it, and how one of them is
//! taken out.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use base::{ItemId, MemberId, Personal, Timestamp};
use privacy::Subject;
use protocol::Form;
use protocol::room::{CommandId, NewItem, Preset, Rank, RoomCommand, RoomEvent, RoomSaid, Source};
use room::{Command, Principal, Room, Seed};
use store::{Committed, EventRow, RoomCommit, Store};

use crate::NOW;
use crate::crowd::{Chance, Crowd, PEOPLE, Person, insertion};

/// What happens in one room.
const ACTS: u64 = 30;
/// Between two acts, so that nobody writes too fast.
const PAUSE: Duration = Duration::from_secs(5);
/// When somebody is erased. The rooms know by then what time alone does to them.
const THEN: Timestamp = Timestamp::from_unix_ms(NOW.unix_ms() + 600_000);

/// A room, and what was told in it.
struct Evening<'c> {
    crowd: &'c Crowd,
    chance: &'c Chance,
    room: Room,
    now: Timestamp,
    events: Vec<RoomEvent>,
    /// Everybody who ever came in.
    came: BTreeSet<String>,
    said: u64,
}

/// What the store keeps of the room `id` that `host` has opened.
pub(crate) fn room_of(host: &Person, id: &str, crowd: &Crowd, chance: &Chance) -> String {
    let title = format!("{}title-{id}", host.canary());
    let mut evening = Evening {
        crowd,
        chance,
        room: Room::open(Some(title), Preset::Party, 1),
        now: NOW,
        events: Vec::new(),
        came: BTreeSet::new(),
        said: 0,
    };
    evening.tell(evening.entry(host.number, true));
    // One of them may never come.
    for guest in 0..PEOPLE {
        if guest != host.number && chance.below(4) > 0 {
            evening.tell(evening.entry(guest, false));
        }
    }
    for _ in 0..ACTS {
        evening.happen(id);
    }
    evening.now = THEN;
    evening.tell(Command::Tick);
    evening.kept(id)
}

impl Evening<'_> {
    fn tell(&mut self, command: Command) {
        let seed = Seed([(); 3].map(|()| self.chance.below(u64::MAX)));
        // What may not be done now is not done.
        if let Ok(done) = self.room.apply(command, self.now, seed) {
            self.events.extend(done.events);
            self.came.extend(names(&self.room));
        }
        self.now = self.now.after(PAUSE);
    }

    fn say(&mut self, person: usize, command: RoomCommand) {
        self.said += 1;
        let said = RoomSaid {
            cmd_id: CommandId(self.said.to_string()),
            if_item: None,
            if_seq: None,
            command,
        };
        let seat = seat(person);
        self.tell(Command::Said { seat, said });
    }

    fn entry(&self, person: usize, is_owner: bool) -> Command {
        Command::Enter {
            principal: self.crowd.person(person).principal.parse().unwrap(),
            also: Vec::new(),
            seat: seat(person),
            form: Form::Phone,
            name: Some(self.words(person, "name")),
            is_owner,
            lacks_password: false,
            invite: None,
        }
    }

    /// Words of somebody that were never said before.
    fn words(&self, person: usize, what: &str) -> Personal<String> {
        let canary = self.crowd.person(person).canary();
        let number = self.chance.below(1_000_000_000);
        Personal::new(format!("{canary}{what}-{number}"))
    }

    /// One of the five does something.
    fn happen(&mut self, id: &str) {
        let person = self.chance.below(PEOPLE as u64) as usize;
        let seat = seat(person);
        match self.chance.below(12) {
            0 => self.tell(self.entry(person, false)),
            1 => self.tell(Command::SeatsGone { seats: vec![seat] }),
            2 => self.say(person, RoomCommand::Leave),
            3 => {
                let name = self.words(person, "name");
                self.say(person, RoomCommand::Rename { name });
            }
            4 | 5 => {
                let text = self.words(person, "line");
                self.say(person, RoomCommand::Chat { text });
            }
            6 | 7 => self.say(person, self.wish(id)),
            8 => self.say(person, RoomCommand::Skip),
            9 => {
                let (rank, uses, expires_in_s) = (Rank::Guest, 3, 86_400);
                let invite = RoomCommand::Invite {
                    rank,
                    uses,
                    expires_in_s,
                };
                self.say(person, invite);
            }
            _ => {
                if let Some(item) = self.any_item() {
                    self.say(person, RoomCommand::Vote { item });
                }
            }
        }
    }

    /// A wish stays when whoever had it goes: it is a piece of music.
    fn wish(&self, id: &str) -> RoomCommand {
        let name = format!("tide-{}", self.chance.below(1_000_000_000));
        let item = NewItem {
            title: Some(format!("wish-{}-{id}-{name}", self.crowd.seed)),
            source: Source::Address {
                url: format!("https://example.org/{name}.ogg"),
            },
            artist: None,
            duration_ms: Some(60_000),
        };
        RoomCommand::Add {
            items: vec![item],
            next: false,
        }
    }

    fn any_item(&self) -> Option<ItemId> {
        let queue = self.room.snapshot().state.queue;
        let place = self.chance.below(queue.len().max(1) as u64);
        queue.get(place as usize).map(|item| item.id)
    }

    /// The rows that the store has of it.
    fn kept(&self, id: &str) -> String {
        let room = |more: &[(&str, String)]| {
            let columns = more
                .iter()
                .map(|(name, value)| ((*name).to_owned(), value.clone()));
            let id = ("room_id".to_owned(), quoted(id));
            columns.chain([id]).collect::<BTreeMap<_, _>>()
        };
        let now = THEN.unix_ms().to_string();
        let state = [
            ("version", "1".to_owned()),
            ("state", quoted(&json(&self.room))),
            ("updated_at", now.clone()),
        ];
        let mut sql = insertion("room_states", &room(&state));
        for event in &self.events {
            let event = [
                ("seq", event.seq.to_string()),
                ("body", quoted(&json(event))),
                ("made_at", now.clone()),
            ];
            sql += &insertion("room_events", &room(&event));
        }
        let here = names(&self.room);
        for principal in &self.came {
            let gone_at = match here.contains(principal) {
                true => "NULL".to_owned(),
                false => now.clone(),
            };
            let person = [("principal", quoted(principal)), ("gone_at", gone_at)];
            sql += &insertion("room_people", &room(&person));
        }
        for invite in self.room.invites() {
            let invite = [("fingerprint", quoted(invite))];
            sql += &insertion("room_invites", &room(&invite));
        }
        sql
    }
}

fn seat(person: usize) -> MemberId {
    MemberId::from_bits(person as u64 + 1)
}

fn quoted(text: &str) -> String {
    format!("'{text}'")
}

fn json(of: &impl serde::Serialize) -> String {
    serde_json::to_string(of).unwrap()
}

fn names(room: &Room) -> BTreeSet<String> {
    room.principals().map(Principal::to_string).collect()
}

/// Rooms that somebody has opened end, and those of others forget them: what is done before anything is erased.
pub(crate) async fn take_out(store: &Store, subject: &Subject) {
    for room in store.rooms_opened_by(subject).await.unwrap() {
        store.close_room(room, THEN).await.unwrap();
    }
    for principal in subject.principals() {
        for id in store.rooms_telling_of(principal).await.unwrap() {
            let row = store.room_state(id).await.unwrap().unwrap();
            let mut room: Room = serde_json::from_str(row.state.expose()).unwrap();
            let before = names(&room);
            let principal = principal.parse().unwrap();
            let erased = room.apply(Command::Erase { principal }, THEN, Seed([1; 3]));
            let event = |event: &RoomEvent| EventRow {
                seq: event.seq,
                body: Personal::new(json(event)),
            };
            let events: Vec<EventRow> = erased.unwrap().events.iter().map(event).collect();
            let gone: Vec<String> = before.difference(&names(&room)).cloned().collect();
            let invites: Vec<String> = room.invites().map(str::to_owned).collect();
            let commit = RoomCommit {
                expected: row.version,
                state: &json(&room),
                events: &events,
                untold: room.position().seq,
                come: &[],
                gone: &gone,
                invites: Some(&invites),
                forget_at: room.forgets_at(),
                now: THEN,
            };
            let committed = store.commit_room(id, commit).await.unwrap();
            assert!(matches!(committed, Committed::Committed { .. }));
        }
    }
}

/// What is wished for, or was played, in the rooms of these states.
pub(crate) fn wishes<'s>(states: impl Iterator<Item = &'s [u8]>) -> BTreeSet<String> {
    let of_room = |state: &[u8]| {
        let room: Room = serde_json::from_slice(state).unwrap();
        let state = room.snapshot().state;
        let items = state.current.into_iter().chain(state.queue);
        let items = items.chain(state.suggestions).chain(state.history);
        items.map(|item| item.title).collect::<Vec<_>>()
    };
    states.flat_map(of_room).collect()
}
