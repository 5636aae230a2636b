//! Two nodes that have the same room: both decide, the store takes one, and the other decides anew.

use base::{ItemId, MemberId, OsEntropy, PersonId, Secret};
use protocol::room::{
    Answer, CommandId, Event, NewItem, Preset, RejectCode, RoomCommand, RoomSaid, Source,
};
use protocol::{ErrorCode, Form, RoomCode};
use store::{NewRoom, Settings};

use super::*;

/// One database, and the room in it.
struct Home {
    _folder: tempfile::TempDir,
    store: Store,
    room: RoomId,
    said: std::cell::Cell<u64>,
}

fn now() -> Timestamp {
    Timestamp::from_unix_ms(1_800_000_000_000)
}

impl Home {
    async fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("unisono.db");
        let settings = Settings::at(file.display().to_string());
        let store = Store::open(&settings).await.unwrap();
        let state = serde_json::to_string(&Room::open(None, Preset::Party, 1)).unwrap();
        let new = NewRoom {
            id: RoomId::new(now(), &OsEntropy),
            code: RoomCode::random(RoomCode::LENGTH_MIN, &OsEntropy),
            password_hash: None,
            host_key_hash: Secret::new([0; 32]),
            account: None,
            guest: None,
            is_saved: false,
            ask_first: false,
            created_at: now(),
            expires_at: now().after(Duration::from_secs(3_600)),
            queue: Some(Personal::new(state)),
        };
        store.insert_room(&new).await.unwrap();
        Self {
            _folder: folder,
            store,
            room: new.id,
            said: std::cell::Cell::new(0),
        }
    }

    async fn node(&self) -> QueueRoom {
        let loaded = QueueRoom::load(&self.store, self.room).await;
        loaded.unwrap().expect("the room is kept")
    }

    async fn settle(&self, node: &mut QueueRoom, command: Command) -> Result<Settled, NotKept> {
        self.said.set(self.said.get() + 1);
        let seed = Seed([self.said.get(); 3]);
        let at = now();
        let pending = Pending { command, at, seed };
        node.settle(&self.store, &OsEntropy, &[&pending], now())
            .await
    }

    async fn settled(&self, node: &mut QueueRoom, command: Command) -> Settled {
        match self.settle(node, command).await {
            Ok(settled) => settled,
            Err(NotKept::Over) => panic!("the room is over"),
            Err(NotKept::Failed(error)) => panic!("{error}"),
        }
    }
}

fn seat(person: u8) -> MemberId {
    MemberId::from_bits(person.into())
}

fn enter(person: u8) -> Command {
    Command::Enter {
        principal: Principal([person; 32]),
        also: Vec::new(),
        seat: seat(person),
        form: Form::Phone,
        name: None,
        is_owner: person == 1,
        lacks_password: false,
        invite: None,
    }
}

/// The same, signed in as the member `account`, and perhaps without the password.
fn enter_as(person: u8, account: u8, is_without_password: bool) -> Command {
    let mut command = enter(person);
    if let Command::Enter {
        also,
        lacks_password,
        ..
    } = &mut command
    {
        also.push(Principal([account; 32]));
        *lacks_password = is_without_password;
    }
    command
}

fn ban(person: PersonId) -> RoomCommand {
    RoomCommand::Ban { person }
}

fn say(person: u8, name: &str, command: RoomCommand, if_item: Option<ItemId>) -> Command {
    let said = RoomSaid {
        cmd_id: CommandId(name.to_owned()),
        if_item,
        if_seq: None,
        command,
    };
    let seat = seat(person);
    Command::Said { seat, said }
}

fn add(person: u8, name: &str) -> Command {
    let item = NewItem {
        source: Source::Demo { name: name.into() },
        title: None,
        artist: None,
        duration_ms: Some(60_000),
    };
    let items = vec![item];
    say(person, name, RoomCommand::Add { items, next: false }, None)
}

fn seqs<'e>(events: impl IntoIterator<Item = &'e RoomEvent>) -> Vec<u64> {
    events.into_iter().map(|event| event.seq).collect()
}

#[tokio::test]
async fn what_another_node_did_first_is_heard_before_ones_own_and_both_have_the_same_room() {
    let home = Home::new().await;
    let (mut one, mut other) = (home.node().await, home.node().await);
    home.settled(&mut one, enter(1)).await;
    home.settled(&mut one, add(1, "moss")).await;
    let settled = home.settled(&mut other, enter(2)).await;
    assert_eq!(seqs(&settled.before), [1, 2]);
    let own: Vec<u64> = seqs(settled.effects.iter().flat_map(Effect::events));
    assert_eq!(own[0], 3, "without a hole, and no number twice");
    assert_eq!(other.kept.version, 4);
    let missed = Position { epoch: 1, seq: 0 };
    let missed = other.missed(missed).expect("all of it is known here too");
    assert!(seqs(&missed).into_iter().eq(1..=*own.last().unwrap()));
    let settled = home.settled(&mut one, add(1, "fern")).await;
    assert_eq!(seqs(&settled.before), own);
    let settled = home.settled(&mut other, add(2, "reed")).await;
    assert_eq!(settled.before.len(), 1);
    home.settled(&mut one, add(1, "rush")).await;
    let queue = one.room().export().queue;
    let titles: Vec<&str> = queue.iter().map(|item| &*item.title).collect();
    assert_eq!(titles, ["moss", "fern", "reed", "rush"]);
    assert_eq!(home.node().await.room().hash(), one.room().hash());
}

/// Case 1, on two nodes.
#[tokio::test]
async fn what_makes_no_sense_any_more_is_refused_after_the_take_over() {
    let home = Home::new().await;
    let mut one = home.node().await;
    for command in [enter(1), enter(2), add(1, "moss"), add(1, "fern")] {
        home.settled(&mut one, command).await;
    }
    home.settled(&mut one, say(1, "play", RoomCommand::Play, None))
        .await;
    let mut other = home.node().await;
    let on = one.room().playback().item();
    home.settled(&mut one, say(1, "skip", RoomCommand::Skip, on))
        .await;
    let kept = one.kept.clone();
    // The owner's other device is at the other node.
    let again = say(1, "skip there", RoomCommand::Skip, on);
    let settled = home.settled(&mut other, again).await;
    let is_start = |event: &RoomEvent| matches!(event.event, Event::Playback { .. });
    assert!(settled.before.iter().any(is_start), "one skip is heard of");
    let answer = settled.effects[0].done.answer.clone();
    assert!(
        matches!(answer, Some(Answer::Reject { code: RejectCode::Stale, seq, .. }) if seq == one.room().position().seq),
        "{answer:?}"
    );
    assert_eq!(home.store.room_state(home.room).await.unwrap(), Some(kept));
    assert_eq!(other.room().hash(), one.room().hash());
}

#[tokio::test]
async fn a_command_that_was_kept_by_one_node_has_the_same_answer_at_the_other() {
    let home = Home::new().await;
    let (mut one, mut other) = (home.node().await, home.node().await);
    home.settled(&mut one, enter(1)).await;
    home.settled(&mut one, add(1, "moss")).await;
    home.settled(&mut other, enter(2)).await;
    let settled = home.settled(&mut other, add(1, "moss")).await;
    let done = &settled.effects[0].done;
    assert!(done.is_repeat && done.events.is_empty());
    assert!(matches!(done.answer, Some(Answer::Ok { seq: 2, .. })));
}

/// Why the first command of a batch did not let anybody in.
fn refusal(settled: &Settled) -> Option<ErrorCode> {
    settled.effects[0].refusal().map(|failure| failure.code)
}

#[tokio::test]
async fn who_was_sent_away_by_one_node_is_not_let_in_by_another_by_signing_in() {
    let home = Home::new().await;
    let (mut one, mut other) = (home.node().await, home.node().await);
    home.settled(&mut one, enter(1)).await;
    home.settled(&mut other, enter(2)).await;
    let guest = home.settled(&mut one, enter(3)).await.effects[0]
        .done
        .person;
    let command = say(1, "ban", ban(guest.unwrap()), None);
    home.settled(&mut one, command).await;
    // What the other node holds knows nothing of the guest, and would take the member in.
    let settled = home.settled(&mut other, enter_as(3, 103, false)).await;
    assert_eq!(refusal(&settled), Some(ErrorCode::Banned));
    assert_eq!(other.room().hash(), one.room().hash());
}

#[tokio::test]
async fn a_ban_of_a_member_holds_where_they_would_have_come_as_a_guest_that_is_gone() {
    let home = Home::new().await;
    let mut one = home.node().await;
    home.settled(&mut one, enter(1)).await;
    home.settled(&mut one, enter(3)).await;
    let mut other = home.node().await;
    home.settled(&mut one, say(3, "leave", RoomCommand::Leave, None))
        .await;
    let member = home
        .settled(&mut one, enter_as(4, 103, false))
        .await
        .effects[0]
        .done
        .person;
    let command = say(1, "ban", ban(member.unwrap()), None);
    home.settled(&mut one, command).await;
    let settled = home.settled(&mut other, enter_as(3, 103, false)).await;
    assert_eq!(refusal(&settled), Some(ErrorCode::Banned));
}

#[tokio::test]
async fn who_needs_the_password_is_decided_on_what_another_node_has_left() {
    let home = Home::new().await;
    let (mut one, mut other) = (home.node().await, home.node().await);
    home.settled(&mut one, enter(1)).await;
    home.settled(&mut other, enter(2)).await;
    home.settled(&mut one, enter(3)).await;
    let gone = Command::SeatsGone {
        seats: vec![seat(3)],
    };
    home.settled(&mut one, gone).await;
    // One node has let them in, so that the other does not ask for it.
    let settled = home.settled(&mut other, enter_as(3, 103, true)).await;
    assert_eq!(refusal(&settled), None);
    home.settled(&mut one, add(1, "moss")).await;
    home.settled(&mut one, say(3, "leave", RoomCommand::Leave, None))
        .await;
    let settled = home.settled(&mut other, enter_as(3, 103, true)).await;
    assert_eq!(refusal(&settled), Some(ErrorCode::NoSuchRoom));
}

#[tokio::test]
async fn a_room_that_was_closed_elsewhere_is_over() {
    let home = Home::new().await;
    let mut one = home.node().await;
    home.settled(&mut one, enter(1)).await;
    home.store.close_room(home.room, now()).await.unwrap();
    let over = home.settle(&mut one, add(1, "moss")).await;
    assert!(matches!(over, Err(NotKept::Over)));
}

#[tokio::test]
async fn whose_data_is_held_and_which_invites_are_open_is_kept_right_whoever_commits() {
    let home = Home::new().await;
    let (mut one, mut other) = (home.node().await, home.node().await);
    home.settled(&mut one, enter(1)).await;
    home.settled(&mut other, enter(2)).await;
    let invite = RoomCommand::Invite {
        rank: protocol::room::Rank::Guest,
        uses: 1,
        expires_in_s: 600,
    };
    let settled = home.settled(&mut one, say(1, "invite", invite, None)).await;
    let Some(Answer::Ok {
        token: Some(token), ..
    }) = &settled.effects[0].done.answer
    else {
        panic!("a token");
    };
    home.settled(&mut other, add(2, "moss")).await;
    for person in [1, 2] {
        let principal = Principal([person; 32]).to_string();
        let rooms = home.store.rooms_of(&principal).await.unwrap();
        assert_eq!(rooms, [home.room]);
    }
    let fingerprint = room::invite_fingerprint(token);
    let inviting = home.store.rooms_inviting(&fingerprint).await.unwrap();
    assert_eq!(inviting, [home.room]);
}

#[tokio::test]
async fn who_came_and_went_at_once_can_still_be_taken_out() {
    let home = Home::new().await;
    let mut node = home.node().await;
    home.settled(&mut node, enter(1)).await;
    let pending = [enter(2), say(2, "leave", RoomCommand::Leave, None)].map(|command| {
        let (at, seed) = (now(), Seed([9; 3]));
        Pending { command, at, seed }
    });
    let at_once: Vec<&Pending> = pending.iter().collect();
    let settled = node.settle(&home.store, &OsEntropy, &at_once, now()).await;
    assert!(settled.is_ok());
    let guest = Principal([2; 32]);
    let telling = async || home.store.rooms_telling_of(&guest.to_string()).await;
    assert_eq!(home.store.rooms_of(&guest.to_string()).await.unwrap(), []);
    assert_eq!(telling().await.unwrap(), [home.room]);
    // Nothing happens by it that anybody hears of.
    home.settled(&mut node, Command::Erase { principal: guest })
        .await;
    assert_eq!(telling().await.unwrap(), []);
    assert_eq!(home.store.room_events(home.room, 0).await.unwrap(), []);
}
