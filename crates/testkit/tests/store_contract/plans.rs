//! Free sessions and saved rooms.

use base::{AccountId, EntryId, OsEntropy, Personal, Secret};
use protocol::RoomCode;
use store::{FreeSessionRow, Holder, Insertion, NewRoom, SavedRoom, Saving, StoredPassword};

use crate::accounts::keep;
use crate::home::{Home, at, new_room};

crate::on_both_databases! {
    a_free_session_begins_once_until_the_next_may,
    of_two_that_begin_at_once_one_counts,
    a_member_who_is_gone_begins_none,
    a_session_goes_with_its_pause,
    a_saved_room_reads_back_and_is_its_owners_alone,
    a_saved_code_is_given_to_nobody_else,
    of_two_who_save_one_code_one_gets_it,
    no_more_rooms_are_saved_than_allowed,
    a_copy_holds_saved_rooms_and_the_free_session,
    what_stands_for_a_guest_goes_when_the_room_is_closed,
}

fn session(ends: u64, free_again: u64) -> FreeSessionRow {
    FreeSessionRow {
        ends_at: at(ends),
        free_again_at: at(free_again),
    }
}

fn guest(name: &str) -> Holder {
    Holder::Guest(name.to_owned())
}

fn saved(code: &str, seconds: u64) -> SavedRoom {
    SavedRoom {
        id: EntryId::new(&OsEntropy),
        name: Personal::new("Friday".to_owned()),
        code: code.parse().unwrap(),
        password_hash: Some(Secret::new("$2b$04$made.up.hash".to_owned())),
        has_queue: true,
        ask_first: false,
        saved_at: at(seconds),
    }
}

async fn a_free_session_begins_once_until_the_next_may(home: Home) {
    let store = home.store().await;
    let holder = guest("one");
    assert_eq!(store.free_session(&holder).await.unwrap(), None);
    let begin = async |row, now| {
        store
            .begin_free_session(&holder, row, at(now))
            .await
            .unwrap()
    };
    assert!(begin(session(60, 75), 0).await);
    for now in [1, 60, 74] {
        assert!(!begin(session(160, 175), now).await, "at {now} s");
    }
    assert_eq!(
        store.free_session(&holder).await.unwrap(),
        Some(session(60, 75))
    );
    assert!(begin(session(135, 150), 75).await);
    assert_eq!(
        store.free_session(&holder).await.unwrap(),
        Some(session(135, 150))
    );
    assert_eq!(store.free_session(&guest("two")).await.unwrap(), None);
}

async fn of_two_that_begin_at_once_one_counts(home: Home) {
    let (one, other) = (home.store().await, home.store().await);
    let holder = guest("one");
    let (first, second) = tokio::join!(
        one.begin_free_session(&holder, session(60, 75), at(0)),
        other.begin_free_session(&holder, session(61, 76), at(1)),
    );
    assert_ne!(first.unwrap(), second.unwrap());
}

async fn a_member_who_is_gone_begins_none(home: Home) {
    let store = home.store().await;
    let member = Holder::Account(keep(&store, "a@example.org").await);
    let begun = store.begin_free_session(&member, session(60, 75), at(0));
    assert!(begun.await.unwrap());
    let gone = Holder::Account(AccountId::new(at(0), &OsEntropy));
    let begun = store.begin_free_session(&gone, session(60, 75), at(0));
    assert!(!begun.await.unwrap());
}

async fn a_session_goes_with_its_pause(home: Home) {
    let store = home.store().await;
    let holder = guest("one");
    let begun = store.begin_free_session(&holder, session(60, 75), at(0));
    assert!(begun.await.unwrap());
    store.sweep(at(74)).await.unwrap();
    assert!(store.free_session(&holder).await.unwrap().is_some());
    let swept = store.sweep(at(75)).await.unwrap();
    assert_eq!(swept.get("free_sessions"), Some(&1));
    assert_eq!(store.free_session(&holder).await.unwrap(), None);
}

async fn a_saved_room_reads_back_and_is_its_owners_alone(home: Home) {
    let store = home.store().await;
    let [ada, ben] = [
        keep(&store, "a@example.org").await,
        keep(&store, "b@example.org").await,
    ];
    let (second, first) = (saved("SECXND", 2), saved("F1RST0", 1));
    for room in [&second, &first] {
        assert_eq!(store.save_room(ada, room, 20).await.unwrap(), Saving::Saved);
    }
    let rooms = store.saved_rooms(ada).await.unwrap();
    let codes: Vec<RoomCode> = rooms.iter().map(|room| room.code).collect();
    assert_eq!(codes, [first.code, second.code], "the oldest first");
    assert_eq!(rooms[0].password_hash, first.password_hash);
    assert!(rooms[0].has_queue && !rooms[0].ask_first);
    let name = Personal::new("Sunday".to_owned());
    let other = StoredPassword::Hash(Secret::new("$2b$04$another".to_owned()));
    let change = async |whose, name, password: &StoredPassword| {
        let changed = store.change_saved_room(whose, first.id, name, password);
        changed.await.unwrap()
    };
    assert!(!change(ben, Some(&name), &other).await);
    assert!(change(ada, Some(&name), &StoredPassword::Same).await);
    let rooms = store.saved_rooms(ada).await.unwrap();
    assert_eq!(rooms[0].name.expose(), "Sunday");
    assert_eq!(rooms[0].password_hash, first.password_hash);
    for (password, kept) in [(&other, true), (&StoredPassword::None, false)] {
        assert!(change(ada, None, password).await);
        let rooms = store.saved_rooms(ada).await.unwrap();
        assert_eq!(rooms[0].name.expose(), "Sunday");
        assert_eq!(rooms[0].password_hash.is_some(), kept);
        assert_ne!(rooms[0].password_hash, first.password_hash);
    }
    assert!(!store.delete_saved_room(ben, first.id).await.unwrap());
    assert!(store.delete_saved_room(ada, first.id).await.unwrap());
    assert_eq!(store.saved_rooms(ada).await.unwrap().len(), 1);
    store.delete_account(ada).await.unwrap();
    assert!(store.saved_rooms(ada).await.unwrap().is_empty());
}

async fn a_saved_code_is_given_to_nobody_else(home: Home) {
    let store = home.store().await;
    let [ada, ben] = [
        keep(&store, "a@example.org").await,
        keep(&store, "b@example.org").await,
    ];
    let room = saved("FR1DAY", 1);
    assert_eq!(
        store.save_room(ada, &room, 20).await.unwrap(),
        Saving::Saved
    );
    let drawn = NewRoom {
        code: room.code,
        ..new_room(60)
    };
    assert_eq!(
        store.insert_room(&drawn).await.unwrap(),
        Insertion::CodeTaken
    );
    let mine = NewRoom {
        account: Some(ada),
        is_saved: true,
        ..drawn
    };
    assert_eq!(store.insert_room(&mine).await.unwrap(), Insertion::Inserted);
    let twice = NewRoom {
        id: new_room(60).id,
        ..mine.clone()
    };
    assert_eq!(
        store.insert_room(&twice).await.unwrap(),
        Insertion::CodeTaken,
        "it is open"
    );
    store.close_room(mine.id, at(10)).await.unwrap();
    assert_eq!(
        store.insert_room(&twice).await.unwrap(),
        Insertion::Inserted,
        "it rests for strangers only"
    );
    // The code of a room that somebody has open can be saved by them alone.
    let open = NewRoom {
        account: Some(ben),
        ..new_room(60)
    };
    store.insert_room(&open).await.unwrap();
    let his = SavedRoom {
        code: open.code,
        ..saved("XXXXXX", 2)
    };
    assert_eq!(
        store.save_room(ada, &his, 20).await.unwrap(),
        Saving::CodeTaken
    );
    assert_eq!(store.save_room(ben, &his, 20).await.unwrap(), Saving::Saved);
}

async fn of_two_who_save_one_code_one_gets_it(home: Home) {
    let (one, other) = (home.store().await, home.store().await);
    let [ada, ben] = [
        keep(&one, "a@example.org").await,
        keep(&one, "b@example.org").await,
    ];
    let (hers, his) = (saved("PARTY1", 1), saved("PARTY1", 1));
    let (first, second) = tokio::join!(
        one.save_room(ada, &hers, 20),
        other.save_room(ben, &his, 20)
    );
    let mut results = [first.unwrap(), second.unwrap()];
    results.sort_by_key(|saving| *saving == Saving::CodeTaken);
    assert_eq!(results, [Saving::Saved, Saving::CodeTaken]);
}

async fn no_more_rooms_are_saved_than_allowed(home: Home) {
    let store = home.store().await;
    let ada = keep(&store, "a@example.org").await;
    for (code, saving) in [
        ("F1RST0", Saving::Saved),
        ("SECXND", Saving::Saved),
        ("TH1RD0", Saving::TooMany),
    ] {
        assert_eq!(
            store.save_room(ada, &saved(code, 1), 2).await.unwrap(),
            saving
        );
    }
}

async fn what_stands_for_a_guest_goes_when_the_room_is_closed(home: Home) {
    let store = home.store().await;
    let room = NewRoom {
        guest: Some("one".to_owned()),
        ..new_room(60)
    };
    store.insert_room(&room).await.unwrap();
    let kept = store.room(room.id).await.unwrap().unwrap();
    assert_eq!(kept.guest.as_deref(), Some("one"));
    store.close_room(room.id, at(10)).await.unwrap();
    assert_eq!(store.room(room.id).await.unwrap().unwrap().guest, None);
    let other = NewRoom {
        guest: Some("two".to_owned()),
        ..new_room(60)
    };
    store.insert_room(&other).await.unwrap();
    store.expire_rooms(at(60), 10).await.unwrap();
    assert_eq!(store.room(other.id).await.unwrap().unwrap().guest, None);
}

async fn a_copy_holds_saved_rooms_and_the_free_session(home: Home) {
    let store = home.store().await;
    let ada = keep(&store, "a@example.org").await;
    let room = saved("FR1DAY", 1);
    store.save_room(ada, &room, 20).await.unwrap();
    let holder = Holder::Account(ada);
    let begun = store.begin_free_session(&holder, session(60, 75), at(0));
    assert!(begun.await.unwrap());
    let copies = store.copy_of(&privacy::Subject::of_account(ada)).await;
    let copies = copies.unwrap();
    for table in ["saved_rooms", "free_sessions"] {
        let copy = copies
            .iter()
            .find(|copy| copy.table.holding.table == table)
            .unwrap();
        assert_eq!(copy.rows.len(), 1, "{table}");
    }
    let counts = store.counts_of(&privacy::Subject::of_account(ada)).await;
    assert_eq!(counts.unwrap().get("saved_rooms"), Some(&1));
}
