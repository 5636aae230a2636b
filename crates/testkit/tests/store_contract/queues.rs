//! What the store promises about rooms with a queue.

use std::collections::BTreeSet;

use base::{Personal, RoomId};
use store::{Committed, EVENTS_MAX, EventRow, NewRoom, RoomCommit, StateRow, Store};

use crate::home::{Home, at, new_room};

crate::on_both_databases! {
    a_room_opens_with_its_first_state,
    a_room_without_a_queue_has_no_state,
    state_events_and_people_take_effect_together,
    who_left_is_found_for_as_long_as_what_was_told_of_them_is_kept,
    who_left_is_forgotten_with_the_last_event_from_before_that,
    who_left_while_the_clock_was_set_back_is_found_as_long,
    who_comes_back_is_known_again,
    a_commit_on_an_old_version_changes_nothing_and_names_what_is_kept,
    of_many_writers_each_version_has_one,
    the_latest_events_are_kept_and_no_more,
    events_that_are_told_to_nobody_any_more_are_gone,
    events_of_another_room_are_not_given_out,
    a_closed_room_keeps_nothing_that_people_said,
    an_expired_room_keeps_nothing_that_people_said,
    events_are_gone_after_a_day,
    all_rooms_of_one_device_are_found,
    rooms_are_found_by_the_invites_that_are_open_now,
    rooms_that_should_have_forgotten_are_named_the_longest_overdue_first,
}

async fn keep_queue(store: &Store) -> RoomId {
    let room = NewRoom {
        queue: Some(Personal::new("{\"n\":0}".to_owned())),
        ..new_room(60)
    };
    store.insert_room(&room).await.unwrap();
    room.id
}

fn event(seq: u64) -> EventRow {
    EventRow {
        seq,
        body: Personal::new(format!("{{\"seq\":{seq}}}")),
    }
}

fn commit(expected: i64) -> RoomCommit<'static> {
    RoomCommit {
        expected,
        state: "{\"n\":1}",
        events: &[],
        untold: 0,
        come: &[],
        gone: &[],
        invites: None,
        forget_at: None,
        now: at(1),
    }
}

fn row(version: i64, state: &str) -> StateRow {
    StateRow {
        version,
        state: Personal::new(state.to_owned()),
    }
}

async fn seqs(store: &Store, room: RoomId, after: u64) -> Vec<u64> {
    let events = store.room_events(room, after).await.unwrap();
    events.iter().map(|event| event.seq).collect()
}

async fn a_room_opens_with_its_first_state(home: Home) {
    let store = home.store().await;
    let room = keep_queue(&store).await;
    assert!(store.room(room).await.unwrap().unwrap().has_queue);
    let kept = store.room_state(room).await.unwrap();
    assert_eq!(kept, Some(row(1, "{\"n\":0}")));
}

async fn a_room_without_a_queue_has_no_state(home: Home) {
    let store = home.store().await;
    let room = new_room(60);
    store.insert_room(&room).await.unwrap();
    assert!(!store.room(room.id).await.unwrap().unwrap().has_queue);
    assert_eq!(store.room_state(room.id).await.unwrap(), None);
    let refused = store.commit_room(room.id, commit(1)).await.unwrap();
    assert_eq!(refused, Committed::Conflict { row: None });
}

async fn state_events_and_people_take_effect_together(home: Home) {
    let store = home.store().await;
    let room = keep_queue(&store).await;
    let (events, come) = ([event(1), event(2)], ["aa".to_owned(), "bb".to_owned()]);
    let committed = store.commit_room(
        room,
        RoomCommit {
            events: &events,
            come: &come,
            ..commit(1)
        },
    );
    assert_eq!(
        committed.await.unwrap(),
        Committed::Committed { version: 2 }
    );
    assert_eq!(
        store.room_state(room).await.unwrap(),
        Some(row(2, "{\"n\":1}"))
    );
    assert_eq!(store.room_events(room, 0).await.unwrap(), events);
    assert_eq!(seqs(&store, room, 1).await, [2]);
    let gone = RoomCommit {
        gone: &come[..1],
        ..commit(2)
    };
    store.commit_room(room, gone).await.unwrap();
    assert_eq!(store.rooms_of("aa").await.unwrap(), []);
    assert_eq!(store.rooms_of("bb").await.unwrap(), [room]);
}

async fn who_left_is_found_for_as_long_as_what_was_told_of_them_is_kept(home: Home) {
    let store = home.store().await;
    let rooms = [used_queue(&store).await, used_queue(&store).await];
    let who = ["aa".to_owned()];
    for room in rooms {
        let gone = RoomCommit {
            gone: &who,
            ..commit(2)
        };
        store.commit_room(room, gone).await.unwrap();
    }
    let telling = async || store.rooms_telling_of("aa").await.unwrap();
    assert_eq!(store.rooms_of("aa").await.unwrap(), []);
    assert_eq!(BTreeSet::from_iter(telling().await), rooms.into());
    // Nothing that happened there is told any more, although nothing more happened.
    let untold = RoomCommit {
        untold: 1,
        ..commit(3)
    };
    store.commit_room(rooms[0], untold).await.unwrap();
    assert_eq!(seqs(&store, rooms[0], 0).await, [0; 0]);
    assert_eq!(telling().await, [rooms[1]]);
    store.delete_old_events(at(1), 10).await.unwrap();
    assert_eq!(telling().await, [rooms[1]]);
    store.delete_old_events(at(2), 10).await.unwrap();
    assert_eq!(telling().await, []);
}

/// The first event and what follows: one comes, leaves, and others go on.
async fn who_left_is_forgotten_with_the_last_event_from_before_that(home: Home) {
    let store = home.store().await;
    let rooms = [used_queue(&store).await, used_queue(&store).await];
    let who = ["aa".to_owned()];
    for room in rooms {
        let events = [event(2)];
        let gone = RoomCommit {
            events: &events,
            gone: &who,
            now: at(3),
            ..commit(2)
        };
        store.commit_room(room, gone).await.unwrap();
    }
    // The second event is the oldest in one room, and the third in the other.
    for (room, last) in rooms.into_iter().zip([1, 2]) {
        let last = last + u64::from(EVENTS_MAX);
        let events: Vec<EventRow> = (3..=last).map(event).collect();
        let more = RoomCommit {
            events: &events,
            now: at(4),
            ..commit(3)
        };
        store.commit_room(room, more).await.unwrap();
        assert_eq!(seqs(&store, room, 0).await.len(), EVENTS_MAX as usize);
    }
    assert_eq!(store.rooms_telling_of("aa").await.unwrap(), rooms[..1]);
}

async fn who_left_while_the_clock_was_set_back_is_found_as_long(home: Home) {
    let store = home.store().await;
    let room = used_queue(&store).await;
    let who = ["aa".to_owned()];
    let events = [event(2), event(3)];
    let gone = RoomCommit {
        gone: &who,
        now: at(0),
        ..commit(2)
    };
    store.commit_room(room, gone).await.unwrap();
    let more = RoomCommit {
        events: &events[..1],
        untold: 0,
        now: at(2),
        ..commit(3)
    };
    store.commit_room(room, more).await.unwrap();
    assert_eq!(store.rooms_telling_of("aa").await.unwrap(), [room]);
    let first_is_gone = RoomCommit {
        events: &events[1..],
        untold: 1,
        now: at(2),
        ..commit(4)
    };
    store.commit_room(room, first_is_gone).await.unwrap();
    assert_eq!(store.rooms_telling_of("aa").await.unwrap(), []);
}

async fn who_comes_back_is_known_again(home: Home) {
    let store = home.store().await;
    let room = used_queue(&store).await;
    let who = ["aa".to_owned()];
    let gone = RoomCommit {
        gone: &who,
        ..commit(2)
    };
    store.commit_room(room, gone).await.unwrap();
    let back = RoomCommit {
        come: &who,
        ..commit(3)
    };
    store.commit_room(room, back).await.unwrap();
    store.delete_old_events(at(9), 10).await.unwrap();
    assert_eq!(store.rooms_of("aa").await.unwrap(), [room]);
}

async fn a_commit_on_an_old_version_changes_nothing_and_names_what_is_kept(home: Home) {
    let store = home.store().await;
    let room = keep_queue(&store).await;
    store.commit_room(room, commit(1)).await.unwrap();
    let (events, come) = ([event(7)], ["cc".to_owned()]);
    let late = RoomCommit {
        state: "late",
        events: &events,
        come: &come,
        ..commit(1)
    };
    let refused = store.commit_room(room, late).await.unwrap();
    let kept = Some(row(2, "{\"n\":1}"));
    assert_eq!(refused, Committed::Conflict { row: kept });
    assert_eq!(seqs(&store, room, 0).await, [0; 0]);
    assert_eq!(store.rooms_of("cc").await.unwrap(), []);
}

/// Four nodes add to one number, each in its own time, and none of what they add is lost.
async fn of_many_writers_each_version_has_one(home: Home) {
    const EACH: u64 = 20;
    let first = home.store().await;
    let room = keep_queue(&first).await;
    let mut writers = tokio::task::JoinSet::new();
    for _ in 0..4 {
        let node = home.store().await;
        writers.spawn(async move {
            let mut row = node.room_state(room).await.unwrap().unwrap();
            let mut written = 0;
            while written < EACH {
                let count: u64 = row
                    .state
                    .expose()
                    .replace("{\"n\":0}", "0")
                    .parse()
                    .unwrap();
                let next = (count + 1).to_string();
                let events = [event(count + 1)];
                let commit = RoomCommit {
                    state: &next,
                    events: &events,
                    ..commit(row.version)
                };
                match node.commit_room(room, commit).await.unwrap() {
                    Committed::Committed { version } => {
                        written += 1;
                        row = StateRow {
                            version,
                            state: Personal::new(next),
                        };
                    }
                    Committed::Conflict { row: now } => row = now.unwrap(),
                }
            }
        });
    }
    writers.join_all().await;
    assert_eq!(
        first.room_state(room).await.unwrap(),
        Some(row(81, "80")),
        "one version for each commit"
    );
    assert!(seqs(&first, room, 0).await.into_iter().eq(1..=80));
}

async fn the_latest_events_are_kept_and_no_more(home: Home) {
    let store = home.store().await;
    let room = keep_queue(&store).await;
    let many: Vec<EventRow> = (1..=u64::from(EVENTS_MAX) + 3).map(event).collect();
    let commit = RoomCommit {
        events: &many,
        ..commit(1)
    };
    store.commit_room(room, commit).await.unwrap();
    let kept = seqs(&store, room, 0).await;
    assert_eq!((kept.len(), kept[0]), (EVENTS_MAX as usize, 4));
}

async fn events_that_are_told_to_nobody_any_more_are_gone(home: Home) {
    let store = home.store().await;
    let (room, other) = (keep_queue(&store).await, keep_queue(&store).await);
    let events: Vec<EventRow> = (1..=5).map(event).collect();
    for (room, untold) in [(room, 3), (other, 0)] {
        let commit = RoomCommit {
            events: &events,
            untold,
            ..commit(1)
        };
        store.commit_room(room, commit).await.unwrap();
    }
    assert_eq!(seqs(&store, room, 0).await, [4, 5]);
    assert_eq!(seqs(&store, other, 0).await, [1, 2, 3, 4, 5]);
}

async fn events_of_another_room_are_not_given_out(home: Home) {
    let store = home.store().await;
    let (room, other) = (keep_queue(&store).await, keep_queue(&store).await);
    let events = [event(1)];
    let commit = RoomCommit {
        events: &events,
        ..commit(1)
    };
    store.commit_room(room, commit).await.unwrap();
    assert_eq!(seqs(&store, other, 0).await, [0; 0]);
}

/// A room with an event and a person.
async fn used_queue(store: &Store) -> RoomId {
    let room = keep_queue(store).await;
    let (events, come) = ([event(1)], ["aa".to_owned()]);
    let commit = RoomCommit {
        events: &events,
        come: &come,
        ..commit(1)
    };
    store.commit_room(room, commit).await.unwrap();
    room
}

async fn assert_forgotten(store: &Store, room: RoomId) {
    assert_eq!(store.room_state(room).await.unwrap(), None);
    assert_eq!(seqs(store, room, 0).await, [0; 0]);
    assert_eq!(store.rooms_of("aa").await.unwrap(), []);
}

async fn a_closed_room_keeps_nothing_that_people_said(home: Home) {
    let store = home.store().await;
    let room = used_queue(&store).await;
    assert!(store.close_room(room, at(5)).await.unwrap());
    assert_forgotten(&store, room).await;
}

/// Promise C12: what is kept of guests goes with the room, twelve hours after its last use.
async fn an_expired_room_keeps_nothing_that_people_said(home: Home) {
    let store = home.store().await;
    let room = used_queue(&store).await;
    assert_eq!(store.expire_rooms(at(60), 10).await.unwrap(), [room]);
    assert_forgotten(&store, room).await;
}

async fn events_are_gone_after_a_day(home: Home) {
    let store = home.store().await;
    let room = used_queue(&store).await;
    assert_eq!(store.delete_old_events(at(1), 10).await.unwrap(), 0);
    assert_eq!(store.delete_old_events(at(2), 10).await.unwrap(), 1);
    assert_eq!(seqs(&store, room, 0).await, [0; 0]);
    assert!(store.room_state(room).await.unwrap().is_some());
}

async fn all_rooms_of_one_device_are_found(home: Home) {
    let store = home.store().await;
    let mut rooms = vec![used_queue(&store).await, used_queue(&store).await];
    keep_queue(&store).await;
    rooms.sort_unstable();
    assert_eq!(store.rooms_of("aa").await.unwrap(), rooms);
}

async fn rooms_are_found_by_the_invites_that_are_open_now(home: Home) {
    let store = home.store().await;
    let (room, _other) = (keep_queue(&store).await, keep_queue(&store).await);
    let open = |invites: Option<&'static [String]>, version| RoomCommit {
        invites,
        ..commit(version)
    };
    let both: &'static [String] = Vec::leak(vec!["f1".to_owned(), "f2".to_owned()]);
    store.commit_room(room, open(Some(both), 1)).await.unwrap();
    store.commit_room(room, open(None, 2)).await.unwrap();
    assert_eq!(store.rooms_inviting("f1").await.unwrap(), [room]);
    store
        .commit_room(room, open(Some(&both[1..]), 3))
        .await
        .unwrap();
    assert_eq!(store.rooms_inviting("f1").await.unwrap(), []);
    assert_eq!(store.rooms_inviting("f2").await.unwrap(), [room]);
    store.close_room(room, at(5)).await.unwrap();
    assert_eq!(store.rooms_inviting("f2").await.unwrap(), []);
}

async fn rooms_that_should_have_forgotten_are_named_the_longest_overdue_first(home: Home) {
    let store = home.store().await;
    let mut rooms = Vec::new();
    for seconds in [7, 5, 9] {
        let room = keep_queue(&store).await;
        let forget_at = Some(at(seconds));
        let commit = RoomCommit {
            forget_at,
            ..commit(1)
        };
        store.commit_room(room, commit).await.unwrap();
        rooms.push(room);
    }
    keep_queue(&store).await;
    let due = store.rooms_to_forget(at(7), 10).await.unwrap();
    assert_eq!(due, [rooms[1], rooms[0]]);
    assert_eq!(store.rooms_to_forget(at(7), 1).await.unwrap(), [rooms[1]]);
}
