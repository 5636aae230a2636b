//! Who may not do something is refused with a reason, and nobody else notices: the whole vocabulary, command by command.

use std::time::Duration;

use base::{ItemId, MemberId, PersonId, Personal, Timestamp};
use protocol::Form;
use protocol::room::{
    Answer, CommandId, Event, Grant, NewItem, Preset, Rank, Reaction, RejectCode, RoomCommand,
    RoomSaid, SettingsChange, Source,
};
use room::{Command, Done, Principal, Rejected, Room, Seed};

const OWNER: u8 = 1;
const GUEST: u8 = 2;
const OTHER: u8 = 3;

/// A room where something plays and somebody is there to lose by it.
#[derive(Clone)]
struct Scene {
    room: Room,
    told: u64,
}

impl Scene {
    fn new(preset: Preset) -> Self {
        let mut scene = Self {
            room: Room::open(None, preset, 1),
            told: 0,
        };
        for who in [OWNER, GUEST, OTHER] {
            scene.enter(who);
        }
        let items = ["rain", "wind", "sea"].map(demo).to_vec();
        scene.must(OWNER, RoomCommand::Add { items, next: false });
        scene.must(OWNER, RoomCommand::Play);
        let item = demo("hill");
        scene.must(OTHER, RoomCommand::Suggest { item });
        scene.must(OWNER, chat("hello"));
        scene
    }

    fn enter(&mut self, who: u8) {
        let entered = self.tell(Command::Enter {
            principal: Principal([who; 32]),
            also: Vec::new(),
            seat: seat(who),
            form: Form::Phone,
            name: None,
            is_owner: who == OWNER,
            lacks_password: false,
            invite: None,
        });
        entered.expect("there is a place");
    }

    fn tell(&mut self, command: Command) -> Result<Done, Rejected> {
        self.told += 1;
        let now = Timestamp::from_unix_ms(1_800_000_000_000);
        self.room.apply(command, now, Seed([self.told; 3]))
    }

    fn say(&mut self, who: u8, command: RoomCommand) -> Result<Done, Rejected> {
        let said = RoomSaid {
            cmd_id: CommandId(format!("c{}", self.told)),
            if_item: None,
            if_seq: None,
            command,
        };
        let seat = seat(who);
        self.tell(Command::Said { seat, said })
    }

    fn must(&mut self, who: u8, command: RoomCommand) -> Done {
        let done = self.say(who, command).expect("it may be wished for");
        assert!(matches!(done.answer, Some(Answer::Ok { .. })));
        done
    }

    fn person(&self, who: u8) -> PersonId {
        self.room.person_of(seat(who)).expect("they are here")
    }

    /// Takes every grant from guests.
    fn strip_guests(&mut self) {
        let change = Box::new(SettingsChange {
            grants: Some([(Rank::Guest, vec![])].into()),
            ..SettingsChange::default()
        });
        self.must(OWNER, RoomCommand::Configure { change });
    }

    fn give_guest(&mut self, grant: Grant) {
        let grant = RoomCommand::Grant {
            person: self.person(GUEST),
            rank: None,
            extra: Some(vec![grant]),
        };
        self.must(OWNER, grant);
    }
}

fn seat(who: u8) -> MemberId {
    MemberId::from_bits(u64::from(who))
}

fn demo(name: &str) -> NewItem {
    NewItem {
        source: Source::Demo { name: name.into() },
        title: None,
        artist: None,
        duration_ms: Some(60_000),
    }
}

fn chat(text: &str) -> RoomCommand {
    RoomCommand::Chat {
        text: Personal::new(text.to_owned()),
    }
}

/// Every command that needs a grant, with the grants of which any is enough. None is where the list is empty: that takes
/// a rank above somebody's.
fn commands(scene: &Scene) -> Vec<(RoomCommand, &'static [Grant])> {
    let mut all = about_the_queue(scene);
    all.extend(about_people(scene));
    all
}

fn about_the_queue(scene: &Scene) -> Vec<(RoomCommand, &'static [Grant])> {
    use RoomCommand as C;
    let state = scene.room.snapshot().state;
    let on = state.playback.item().expect("something is on");
    let waiting: Vec<ItemId> = state.queue.iter().map(|item| item.id).collect();
    let (first, last) = (waiting[0], waiting[waiting.len() - 1]);
    let suggested = state.suggestions[0].id;
    let approve = C::Approve {
        item: suggested,
        allow: true,
    };
    let add = C::Add {
        items: vec![demo("lake")],
        next: false,
    };
    let put = C::Move {
        item: last,
        before: Some(first),
    };
    vec![
        (C::Play, &[Grant::Control]),
        (C::Pause, &[Grant::Control]),
        (C::Seek { position_ms: 5.0 }, &[Grant::Control]),
        (C::Skip, &[Grant::Skip]),
        (C::Previous, &[Grant::Skip]),
        (C::PlayNow { item: last }, &[Grant::Skip]),
        (add, &[Grant::Add]),
        (C::Remove { items: waiting }, &[Grant::Arrange]),
        (put, &[Grant::Arrange]),
        (C::Clear, &[Grant::Arrange]),
        (C::Shuffle, &[Grant::Arrange]),
        (C::Vote { item: first }, &[Grant::Vote]),
        (C::VoteSkip { item: on }, &[Grant::VoteSkip]),
        (C::Suggest { item: demo("lake") }, &[Grant::Suggest]),
        (approve, &[Grant::Approve]),
    ]
}

fn about_people(scene: &Scene) -> Vec<(RoomCommand, &'static [Grant])> {
    use RoomCommand as C;
    let seq = scene.room.snapshot().state.chat[0].seq;
    let person = scene.person(OTHER);
    let reaction = Reaction::Heart;
    let invite = C::Invite {
        rank: Rank::Guest,
        uses: 1,
        expires_in_s: 60,
    };
    let promote = C::Grant {
        person,
        rank: Some(Rank::Listener),
        extra: None,
    };
    let configure = C::Configure {
        change: Box::new(SettingsChange {
            slow_mode_s: Some(5),
            ..SettingsChange::default()
        }),
    };
    vec![
        (C::React { reaction }, &[Grant::React]),
        (chat("hi"), &[Grant::Chat]),
        (C::Unsay { seq }, &[Grant::Moderate]),
        (promote, &[]),
        (C::Kick { person }, &[]),
        (C::Ban { person }, &[]),
        (C::Pardon, &[Grant::Kick]),
        (C::Transfer { person }, &[]),
        (invite, &[]),
        (configure, &[Grant::Configure]),
        (C::Archive, &[]),
    ]
}

#[test]
fn a_guest_without_the_grant_is_refused_each_command_and_nobody_notices() {
    let mut scene = Scene::new(Preset::Party);
    scene.strip_guests();
    for (command, _) in commands(&scene) {
        let mut tried = scene.clone();
        let refused = tried.say(GUEST, command.clone());
        let refused = refused.expect_err(&format!("{command:?}"));
        assert_eq!(refused.code, RejectCode::Forbidden, "{command:?}");
        assert!(!refused.reason.is_empty());
        assert_eq!(refused.seq, scene.room.position().seq);
        assert_eq!(tried.room, scene.room, "{command:?}");
        assert_eq!(tried.room.hash(), scene.room.hash());
    }
}

#[test]
fn the_grant_alone_is_enough_and_no_other_grant_is() {
    let mut scene = Scene::new(Preset::Party);
    scene.strip_guests();
    let all = scene
        .room
        .mine(scene.person(OWNER))
        .expect("they are here")
        .grants;
    assert_eq!(all.len(), 16);
    for (command, enough) in commands(&scene) {
        for &grant in &all {
            let mut tried = scene.clone();
            tried.give_guest(grant);
            let refused = tried.say(GUEST, command.clone()).err();
            let is_forbidden = refused.is_some_and(|it| it.code == RejectCode::Forbidden);
            assert_eq!(
                is_forbidden,
                !enough.contains(&grant),
                "{command:?} with {grant:?}"
            );
        }
    }
}

#[test]
fn whoever_has_no_seat_is_refused_everything() {
    let scene = Scene::new(Preset::Party);
    for (command, _) in commands(&scene) {
        let mut tried = scene.clone();
        let refused = tried.say(9, command).expect_err("nobody sits there");
        assert_eq!(refused.code, RejectCode::Forbidden);
        assert_eq!(tried.room, scene.room);
    }
}

#[test]
fn the_owner_may_do_all_of_it() {
    for preset in [Preset::Party, Preset::Radio, Preset::Classroom] {
        let scene = Scene::new(preset);
        for (command, _) in commands(&scene) {
            let mut tried = scene.clone();
            let refused = tried.say(OWNER, command.clone()).err();
            let is_forbidden = refused.is_some_and(|it| it.code == RejectCode::Forbidden);
            assert!(!is_forbidden, "{command:?} in {preset:?}");
        }
    }
}

/// Promise T9.
#[test]
fn a_guest_comes_in_listens_joins_in_and_goes_with_nothing_but_a_device() {
    let mut scene = Scene::new(Preset::Party);
    let items = vec![demo("lake")];
    scene.must(GUEST, RoomCommand::Add { items, next: false });
    scene.must(GUEST, chat("hi"));
    let person = scene.person(GUEST);
    let done = scene.must(GUEST, RoomCommand::Leave);
    let has_left =
        |event: &Event| matches!(event, Event::PersonLeft { person: left, .. } if *left == person);
    assert!(done.events.iter().any(|event| has_left(&event.event)));
    // The line is theirs to take back for as long as it is kept. Then nothing says that their device was ever here.
    let device = Principal([GUEST; 32]);
    assert!(scene.room.principals().any(|held| *held == device));
    let next_day = Timestamp::from_unix_ms(1_800_000_000_000).after(Duration::from_secs(25 * 3600));
    let seed = Seed([99; 3]);
    let passed = scene.room.apply(Command::Tick, next_day, seed);
    passed.expect("time passes");
    let kept = serde_json::to_string(&scene.room).expect("a room is kept as JSON");
    assert!(!kept.contains(&device.to_string()));
}
