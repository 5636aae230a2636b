//! What the store promises about one room.

use base::{OsEntropy, Personal, RoomId};
use protocol::RoomCode;
use store::{BATCH_MAX, Insertion, NewRoom, RoomRow, RoomStanding, StoreError};

use crate::accounts::keep;
use crate::home::{Home, at, keep_room, new_room};

crate::on_both_databases! {
    a_room_reads_back_as_it_was_kept,
    an_unknown_room_is_none,
    a_code_stays_taken_until_its_room_is_deleted,
    only_rooms_whose_time_is_not_over_count_as_live,
    prolonging_never_shortens,
    a_setting_is_changed_only_on_the_version_it_was_decided_on,
    closing_happens_once_and_forgets_the_password,
    a_closed_room_changes_no_more,
    rooms_expire_oldest_first_and_no_more_than_asked,
    one_sweep_is_bounded,
    only_rooms_closed_before_the_limit_are_deleted,
    a_damaged_row_is_told_apart_from_an_absent_one,
    how_open_rooms_stand_is_read_page_by_page,
}

fn assert_same(row: &RoomRow, room: &NewRoom) {
    assert_eq!((row.id, row.code), (room.id, room.code));
    assert_eq!(row.password_hash, room.password_hash);
    assert_eq!(row.host_key_hash, room.host_key_hash);
    assert_eq!(row.ask_first, room.ask_first);
    assert_eq!(
        (row.created_at, row.expires_at),
        (room.created_at, room.expires_at)
    );
    assert_eq!((row.closed_at, row.version), (None, 1));
}

async fn a_room_reads_back_as_it_was_kept(home: Home) {
    let store = home.store().await;
    let with_password = new_room(60);
    let without = NewRoom {
        password_hash: None,
        ask_first: true,
        ..new_room(90)
    };
    for room in [&with_password, &without] {
        assert_eq!(store.insert_room(room).await.unwrap(), Insertion::Inserted);
    }
    for room in [&with_password, &without] {
        assert_same(&store.room(room.id).await.unwrap().unwrap(), room);
        assert_same(&store.room_by_code(room.code).await.unwrap().unwrap(), room);
    }
}

async fn an_unknown_room_is_none(home: Home) {
    let store = home.store().await;
    keep_room(&store, 60).await;
    let id = RoomId::new(at(0), &OsEntropy);
    assert!(store.room(id).await.unwrap().is_none());
    assert!(
        store
            .room_by_code(RoomCode::random(7, &OsEntropy))
            .await
            .unwrap()
            .is_none()
    );
    assert!(!store.prolong_room(id, at(99)).await.unwrap());
    assert!(!store.close_room(id, at(99)).await.unwrap());
}

async fn a_code_stays_taken_until_its_room_is_deleted(home: Home) {
    let store = home.store().await;
    let first = new_room(60);
    let second = NewRoom {
        code: first.code,
        ..new_room(60)
    };
    assert_eq!(
        store.insert_room(&first).await.unwrap(),
        Insertion::Inserted
    );
    assert_eq!(
        store.insert_room(&second).await.unwrap(),
        Insertion::CodeTaken
    );
    store.close_room(first.id, at(10)).await.unwrap();
    assert_eq!(
        store.insert_room(&second).await.unwrap(),
        Insertion::CodeTaken
    );
    assert_eq!(store.delete_closed_rooms(at(11), 10).await.unwrap(), 1);
    assert_eq!(
        store.insert_room(&second).await.unwrap(),
        Insertion::Inserted
    );
    assert_same(
        &store.room_by_code(first.code).await.unwrap().unwrap(),
        &second,
    );
}

async fn only_rooms_whose_time_is_not_over_count_as_live(home: Home) {
    let store = home.store().await;
    for expires in [10, 20, 30] {
        keep_room(&store, expires).await;
    }
    let closed = keep_room(&store, 40).await;
    store.close_room(closed, at(1)).await.unwrap();
    for (now, live) in [(9, 3), (10, 2), (20, 1), (30, 0)] {
        assert_eq!(
            store.live_room_count(at(now)).await.unwrap(),
            live,
            "at {now} s"
        );
    }
}

async fn prolonging_never_shortens(home: Home) {
    let store = home.store().await;
    let id = keep_room(&store, 60).await;
    for (asked, holds) in [(90, 90), (70, 90), (91, 91)] {
        assert!(store.prolong_room(id, at(asked)).await.unwrap());
        assert_eq!(store.room(id).await.unwrap().unwrap().expires_at, at(holds));
    }
}

async fn a_setting_is_changed_only_on_the_version_it_was_decided_on(home: Home) {
    let store = home.store().await;
    let id = keep_room(&store, 60).await;
    assert_eq!(store.set_ask_first(id, 1, true).await.unwrap(), 2);
    let stale = store.set_ask_first(id, 1, false).await;
    assert!(matches!(stale, Err(StoreError::Conflict)));
    let row = store.room(id).await.unwrap().unwrap();
    assert_eq!((row.ask_first, row.version), (true, 2));
}

async fn closing_happens_once_and_forgets_the_password(home: Home) {
    let store = home.store().await;
    let id = keep_room(&store, 60).await;
    assert!(store.room(id).await.unwrap().unwrap().is_open(at(5)));
    assert!(store.close_room(id, at(5)).await.unwrap());
    assert!(!store.close_room(id, at(6)).await.unwrap());
    let row = store.room(id).await.unwrap().unwrap();
    assert_eq!(row.closed_at, Some(at(5)));
    assert!(row.password_hash.is_none() && !row.is_open(at(5)));
}

async fn a_closed_room_changes_no_more(home: Home) {
    let store = home.store().await;
    let id = keep_room(&store, 60).await;
    store.close_room(id, at(5)).await.unwrap();
    assert!(!store.prolong_room(id, at(99)).await.unwrap());
    let changed = store.set_ask_first(id, 1, true).await;
    assert!(matches!(changed, Err(StoreError::Conflict)));
    assert_eq!(store.expire_rooms(at(99), 10).await.unwrap(), []);
    let row = store.room(id).await.unwrap().unwrap();
    assert_eq!((row.expires_at, row.ask_first), (at(60), false));
}

async fn rooms_expire_oldest_first_and_no_more_than_asked(home: Home) {
    let store = home.store().await;
    let late = keep_room(&store, 30).await;
    let early = keep_room(&store, 10).await;
    let middle = keep_room(&store, 20).await;
    assert_eq!(store.expire_rooms(at(9), 10).await.unwrap(), []);
    assert_eq!(store.expire_rooms(at(20), 1).await.unwrap(), [early]);
    assert_eq!(store.expire_rooms(at(20), 10).await.unwrap(), [middle]);
    assert_eq!(store.expire_rooms(at(20), 10).await.unwrap(), []);
    let row = store.room(middle).await.unwrap().unwrap();
    assert_eq!(row.closed_at, Some(at(20)));
    assert!(row.password_hash.is_none());
    assert!(store.room(late).await.unwrap().unwrap().is_open(at(20)));
}

async fn one_sweep_is_bounded(home: Home) {
    let store = home.store().await;
    for _ in 0..=BATCH_MAX {
        keep_room(&store, 10).await;
    }
    let first = store.expire_rooms(at(20), u32::MAX).await.unwrap().len();
    let rest = store.expire_rooms(at(20), u32::MAX).await.unwrap().len();
    assert_eq!((first, rest), (BATCH_MAX as usize, 1));
    let first = store.delete_closed_rooms(at(21), u32::MAX).await.unwrap();
    let rest = store.delete_closed_rooms(at(21), u32::MAX).await.unwrap();
    assert_eq!((first, rest), (u64::from(BATCH_MAX), 1));
}

async fn only_rooms_closed_before_the_limit_are_deleted(home: Home) {
    let store = home.store().await;
    let open = keep_room(&store, 10).await;
    let early = keep_room(&store, 90).await;
    let late = keep_room(&store, 90).await;
    store.close_room(early, at(20)).await.unwrap();
    store.close_room(late, at(30)).await.unwrap();
    assert_eq!(store.delete_closed_rooms(at(20), 10).await.unwrap(), 0);
    assert_eq!(store.delete_closed_rooms(at(30), 10).await.unwrap(), 1);
    assert!(store.room(early).await.unwrap().is_none());
    assert!(store.room(late).await.unwrap().is_some());
    assert!(store.room(open).await.unwrap().is_some());
}

async fn a_damaged_row_is_told_apart_from_an_absent_one(home: Home) {
    let store = home.store().await;
    let id = keep_room(&store, 60).await;
    home.tamper("UPDATE rooms SET code = '?'").await;
    let read = store.room(id).await;
    assert!(matches!(read, Err(StoreError::Corrupt(_))));
}

async fn how_open_rooms_stand_is_read_page_by_page(home: Home) {
    let store = home.store().await;
    let account = keep(&store, "a@example.org").await;
    let queue = Some(Personal::new("{}".to_owned()));
    let mut rooms = [
        NewRoom {
            password_hash: None,
            queue,
            ..new_room(60)
        },
        NewRoom {
            account: Some(account),
            ..new_room(60)
        },
        new_room(60),
    ];
    rooms.sort_by_key(|room| room.id.to_string());
    for room in &rooms {
        store.insert_room(room).await.unwrap();
    }
    let closed = keep_room(&store, 60).await;
    store.close_room(closed, at(5)).await.unwrap();
    store.set_restricted(account, Some(at(4))).await.unwrap();
    let stands = |room: &NewRoom| RoomStanding {
        id: room.id,
        has_password: room.password_hash.is_some(),
        is_of_restricted: room.account.is_some(),
        state_version: room.queue.is_some().then_some(1),
    };
    let all = rooms.each_ref().map(stands);
    let (first, rest) = all.split_at(2);
    assert_eq!(store.open_rooms(None, 2).await.unwrap(), first);
    let after = Some(first[1].id);
    assert_eq!(store.open_rooms(after, 2).await.unwrap(), rest);
    for standing in all {
        let read = store.room_standing(standing.id).await;
        assert_eq!(read.unwrap(), Some(standing));
    }
    assert_eq!(store.room_standing(closed).await.unwrap(), None);
}
