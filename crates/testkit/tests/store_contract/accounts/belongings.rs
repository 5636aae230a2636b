//! Pictures, devices, rooms, history, whom one follows, and what the pages tell.

use std::time::Duration;

use account::HistoryDays;
use base::{AccountId, AvatarId, EntryId, OsEntropy, PageId, Personal, Timestamp};
use store::{
    Change, Following, FreeSessionRow, Holder, NOTICES_MAX, NewRoom, Notice, Profile,
    SecurityEvent, Store,
};

use super::keep;
use super::swept;
use crate::home::{Home, at, new_room};

crate::on_both_databases! {
    an_account_has_one_picture,
    a_device_belongs_to_one_account,
    rooms_of_a_guest_become_the_members,
    the_pause_of_a_guest_comes_along_with_their_rooms,
    what_happened_is_told_newest_first_for_ninety_days,
    notices_are_bounded_and_seen,
    a_host_is_followed_once_and_mails_are_for_those_who_said_so,
    followers_are_told_of_one_room_in_a_while,
    history_is_kept_for_as_long_as_the_member_has_chosen,
    a_shorter_time_forgets_what_is_older_at_once,
    what_is_only_kept_is_forgotten_by_an_objection_alone,
}

const DAY: Duration = Duration::from_secs(86_400);

async fn an_account_has_one_picture(home: Home) {
    let store = home.store().await;
    let account = keep(&store, "a@example.org").await;
    let [first, second] = [(); 2].map(|()| AvatarId::new(&OsEntropy));
    assert!(
        store
            .set_avatar(account, first, b"one", at(1))
            .await
            .unwrap()
    );
    assert!(
        store
            .set_avatar(account, second, b"two", at(2))
            .await
            .unwrap()
    );
    assert_eq!(store.avatar(first).await.unwrap(), None);
    assert_eq!(store.avatar(second).await.unwrap(), Some(b"two".to_vec()));
    assert_eq!(
        store.account(account).await.unwrap().unwrap().avatar,
        Some(second)
    );
    assert!(store.delete_avatar(account).await.unwrap());
    assert!(!store.delete_avatar(account).await.unwrap());
    let nobody = AccountId::new(at(1), &OsEntropy);
    assert!(
        !store
            .set_avatar(nobody, first, b"one", at(1))
            .await
            .unwrap()
    );
}

async fn a_device_belongs_to_one_account(home: Home) {
    let store = home.store().await;
    let account = keep(&store, "a@example.org").await;
    let other = keep(&store, "b@example.org").await;
    let devices = |names: &[&str]| {
        names
            .iter()
            .map(|&name| name.to_owned())
            .collect::<Vec<_>>()
    };
    let link = |account, names: &'static [&str]| {
        let devices = devices(names);
        let store = &store;
        async move { store.link_devices(account, &devices, at(1)).await.unwrap() }
    };
    assert_eq!(link(account, &["one", "two"]).await, 2);
    assert_eq!(link(account, &["two"]).await, 0);
    assert_eq!(link(other, &["two", "three"]).await, 1);
    assert_eq!(store.account_of_device("two").await.unwrap(), Some(account));
    assert_eq!(store.account_of_device("four").await.unwrap(), None);
    assert_eq!(store.devices(other).await.unwrap(), ["three"]);
}

async fn rooms_of_a_guest_become_the_members(home: Home) {
    let store = home.store().await;
    let account = keep(&store, "a@example.org").await;
    let other = keep(&store, "b@example.org").await;
    let room = new_room(60);
    store.insert_room(&room).await.unwrap();
    let key = room.host_key_hash.expose();
    assert_eq!(store.claim_rooms(account, &[9; 32]).await.unwrap(), 0);
    assert_eq!(store.claim_rooms(account, key).await.unwrap(), 1);
    assert_eq!(store.claim_rooms(other, key).await.unwrap(), 0);
    assert_eq!(
        store.rooms_of_account(account, at(1), 10).await.unwrap(),
        [room.id]
    );
    assert_eq!(
        store.rooms_of_account(account, at(60), 10).await.unwrap(),
        []
    );
    store.delete_account(account).await.unwrap();
    assert!(
        store.room(room.id).await.unwrap().is_some(),
        "others may still be in it"
    );
}

async fn the_pause_of_a_guest_comes_along_with_their_rooms(home: Home) {
    let store = home.store().await;
    let [ada, ben, zoe] = [
        keep(&store, "a@example.org").await,
        keep(&store, "b@example.org").await,
        keep(&store, "z@example.org").await,
    ];
    let session = |ends, free_again| FreeSessionRow {
        ends_at: at(ends),
        free_again_at: at(free_again),
    };
    let guest = Holder::Guest("one".to_owned());
    let begun = store.begin_free_session(&guest, session(60, 75), at(0));
    assert!(begun.await.unwrap());
    for (account, own, expected) in [
        (ada, None, session(60, 75)),
        (ben, Some(session(50, 65)), session(60, 75)),
        (zoe, Some(session(90, 105)), session(90, 105)),
    ] {
        let holder = Holder::Account(account);
        if let Some(own) = own {
            let begun = store.begin_free_session(&holder, own, at(0));
            assert!(begun.await.unwrap());
        }
        let room = NewRoom {
            guest: Some("one".to_owned()),
            ..new_room(60)
        };
        store.insert_room(&room).await.unwrap();
        let key = room.host_key_hash.expose();
        assert_eq!(store.claim_rooms(account, key).await.unwrap(), 1);
        let kept = store.free_session(&holder).await.unwrap();
        assert_eq!(kept, Some(expected));
    }
    let gone = AccountId::new(at(0), &OsEntropy);
    let room = new_room(60);
    store.insert_room(&room).await.unwrap();
    let key = room.host_key_hash.expose();
    assert_eq!(store.claim_rooms(gone, key).await.unwrap(), 0);
}

async fn what_happened_is_told_newest_first_for_ninety_days(home: Home) {
    let store = home.store().await;
    let account = keep(&store, "a@example.org").await;
    let event = |seconds| SecurityEvent {
        id: EntryId::new(&OsEntropy),
        kind: "signed-in".to_owned(),
        device: "Firefox on Linux".to_owned(),
        at: at(seconds),
    };
    let (early, late) = (event(0), event(5));
    for event in [&early, &late] {
        store.insert_security_event(account, event).await.unwrap();
    }
    assert_eq!(
        store.security_events(account, 10).await.unwrap(),
        [late.clone(), early]
    );
    assert_eq!(swept(&store, at(0).after(DAY * 90)).await, 1);
    assert_eq!(store.security_events(account, 10).await.unwrap(), [late]);
}

async fn notices_are_bounded_and_seen(home: Home) {
    let store = home.store().await;
    let account = keep(&store, "a@example.org").await;
    let notice = |seconds| Notice {
        id: EntryId::new(&OsEntropy),
        kind: "room-opened".to_owned(),
        about: Personal::new("{}".to_owned()),
        made_at: at(seconds),
        seen_at: None,
    };
    for second in 0..=u64::from(NOTICES_MAX) {
        assert!(store.insert_notice(account, &notice(second)).await.unwrap());
    }
    let kept = store.notices(account, u32::MAX).await.unwrap();
    assert_eq!(kept.len(), NOTICES_MAX as usize);
    assert_eq!(kept[0].made_at, at(u64::from(NOTICES_MAX)));
    assert_eq!(kept.last().unwrap().made_at, at(1));
    assert_eq!(store.see_notices(account, at(2), at(300)).await.unwrap(), 2);
    assert_eq!(store.see_notices(account, at(2), at(300)).await.unwrap(), 0);
    assert_eq!(swept(&store, at(2).after(DAY * 90)).await, 2);
}

async fn a_host_is_followed_once_and_mails_are_for_those_who_said_so(home: Home) {
    let store = home.store().await;
    let member = keep(&store, "a@example.org").await;
    let host = keep(&store, "b@example.org").await;
    let follow = async |host, second| {
        let id = EntryId::new(&OsEntropy);
        store.follow(id, member, host, at(second)).await.unwrap()
    };
    assert_eq!(
        follow(host, 1).await,
        Following::NoHost,
        "they allow nobody"
    );
    assert!(store.allow_followers(host, at(1)).await.unwrap());
    let Following::Follows(id) = follow(host, 1).await else {
        panic!("the host may be followed");
    };
    assert_eq!(follow(host, 2).await, Following::Follows(id));
    assert!(store.allow_followers(member, at(1)).await.unwrap());
    assert_eq!(follow(member, 2).await, Following::NoHost, "not oneself");
    let row = store.follow_of(member, host).await.unwrap().unwrap();
    assert_eq!(
        (row.id, row.followed_at, row.mails_since),
        (id, at(1), None)
    );
    let followers = store.followers(host, at(9), None, 10).await.unwrap();
    assert_eq!((followers.len(), &followers[0].email), (1, &None));
    assert!(store.set_follow_mails(id, Some(at(3))).await.unwrap());
    let followers = store.followers(host, at(9), None, 10).await.unwrap();
    let email = followers[0].email.as_ref().unwrap();
    assert_eq!(email.as_typed(), "a@example.org");
    let after = store
        .followers(host, at(9), Some(member), 10)
        .await
        .unwrap();
    assert!(after.is_empty());
    store.set_restricted(member, Some(at(4))).await.unwrap();
    assert!(
        store
            .followers(host, at(9), None, 10)
            .await
            .unwrap()
            .is_empty()
    );
    assert_eq!(store.follows(member).await.unwrap().len(), 1);
    assert!(!store.unfollow(host, id).await.unwrap(), "it is not theirs");
    assert!(store.unfollow(member, id).await.unwrap());
    assert!(!store.unfollow(member, id).await.unwrap());
    assert!(!store.set_follow_mails(id, None).await.unwrap());
}

async fn followers_are_told_of_one_room_in_a_while(home: Home) {
    let store = home.store().await;
    let member = keep(&store, "a@example.org").await;
    let host = keep(&store, "b@example.org").await;
    let pause = Duration::from_secs(60);
    assert!(store.host(host).await.unwrap().is_none());
    store.allow_followers(host, at(1)).await.unwrap();
    assert!(!store.take_telling(host, pause, at(1)).await.unwrap());
    let id = EntryId::new(&OsEntropy);
    store.follow(id, member, host, at(1)).await.unwrap();
    assert!(!store.take_telling(host, pause, at(1)).await.unwrap());
    let both = tokio::join!(
        store.take_telling(host, pause, at(2)),
        store.take_telling(host, pause, at(2))
    );
    assert!(both.0.unwrap() ^ both.1.unwrap(), "one of two at once");
    assert!(!store.take_telling(host, pause, at(61)).await.unwrap());
    assert!(store.take_telling(host, pause, at(62)).await.unwrap());
    assert_eq!(store.host(host).await.unwrap().unwrap().followers, 1);
    store.set_restricted(host, Some(at(3))).await.unwrap();
    assert!(store.host(host).await.unwrap().is_none());
    assert_eq!(store.forbid_followers(host).await.unwrap(), 1);
    assert!(store.follows(member).await.unwrap().is_empty());
}

/// Pages of two pieces, by their names.
async fn two_pages(home: &Home) -> [PageId; 2] {
    home.tamper(
        "INSERT INTO link_pages (id, platform, kind, item, piece, views, refreshed_at, refresh_tried_at, opened_at)
         VALUES ('0000000001', 'deezer', 'track', '1', '{}', 0, 0, 0, 0),
                ('0000000002', 'deezer', 'track', '2', '{}', 0, 0, 0, 0)",
    )
    .await;
    ["0000000001", "0000000002"].map(|id| id.parse().unwrap())
}

async fn set_history(store: &Store, account: AccountId, history_days: HistoryDays, now: Timestamp) {
    let version = store.account(account).await.unwrap().unwrap().version;
    let profile = Profile {
        history_days,
        ..Profile::default()
    };
    store
        .update_profile_and_history(account, version, &profile, now)
        .await
        .unwrap();
}

/// What the member looked at, the latest first.
async fn pages_of(store: &Store, account: AccountId) -> Vec<PageId> {
    let end = at(0).after(DAY * 9_999);
    let seen = store.looked_at(account, end, 10).await.unwrap();
    seen.iter().map(|seen| seen.page).collect()
}

async fn history_is_kept_for_as_long_as_the_member_has_chosen(home: Home) {
    let store = home.store().await;
    let account = keep(&store, "a@example.org").await;
    let [one, two] = two_pages(&home).await;
    let pages = async || pages_of(&store, account).await;
    assert!(store.keep_looked_at(account, one, at(1)).await.unwrap());
    assert!(store.keep_looked_at(account, two, at(2)).await.unwrap());
    assert!(store.keep_looked_at(account, one, at(3)).await.unwrap());
    let unknown = PageId::new(&OsEntropy);
    assert!(!store.keep_looked_at(account, unknown, at(3)).await.unwrap());
    assert_eq!(pages().await, [one, two]);
    set_history(&store, account, HistoryDays::Account, at(3)).await;
    assert_eq!(swept(&store, at(0).after(DAY * 9_999)).await, 0);
    set_history(&store, account, HistoryDays::Month, at(3)).await;
    assert_eq!(swept(&store, at(2).after(DAY * 30)).await, 1);
    assert_eq!(pages().await, [one]);
    assert_eq!(store.delete_looked_at(account, Some(two)).await.unwrap(), 0);
    assert_eq!(store.delete_looked_at(account, Some(one)).await.unwrap(), 1);
    store.keep_looked_at(account, two, at(4)).await.unwrap();
    assert_eq!(store.delete_looked_at(account, None).await.unwrap(), 1);
    set_history(&store, account, HistoryDays::Off, at(4)).await;
    assert!(!store.keep_looked_at(account, one, at(5)).await.unwrap());
    assert!(pages().await.is_empty());
}

async fn a_shorter_time_forgets_what_is_older_at_once(home: Home) {
    let store = home.store().await;
    let [over, younger] = two_pages(&home).await;
    let now = at(0).after(DAY * 1_000);
    let neighbour = keep(&store, "b@example.org").await;
    set_history(&store, neighbour, HistoryDays::Account, now).await;
    assert!(store.keep_looked_at(neighbour, over, at(0)).await.unwrap());
    for (choice, days) in [
        (HistoryDays::Month, 30),
        (HistoryDays::Quarter, 90),
        (HistoryDays::Year, 365),
    ] {
        let account = keep(&store, &format!("{days}@example.org")).await;
        set_history(&store, account, HistoryDays::Account, now).await;
        // The sweep draws the same line.
        let line = at(0).after(DAY * (1_000 - days));
        let after = line.after(Duration::from_millis(1));
        assert!(store.keep_looked_at(account, over, line).await.unwrap());
        assert!(store.keep_looked_at(account, younger, after).await.unwrap());
        let profile = Profile {
            history_days: choice,
            ..Profile::default()
        };
        let stale = store.update_profile_and_history(account, 0, &profile, now);
        assert_eq!(stale.await.unwrap(), Change::Stale);
        assert_eq!(pages_of(&store, account).await, [younger, over]);
        set_history(&store, account, choice, now).await;
        assert_eq!(pages_of(&store, account).await, [younger], "{days} days");
        assert_eq!(swept(&store, now).await, 0, "nothing is left to sweep");
    }
    assert_eq!(pages_of(&store, neighbour).await, [over]);
}

async fn what_is_only_kept_is_forgotten_by_an_objection_alone(home: Home) {
    let store = home.store().await;
    let account = keep(&store, "a@example.org").await;
    let [one, _] = two_pages(&home).await;
    assert!(store.keep_looked_at(account, one, at(0)).await.unwrap());
    let now = at(0).after(DAY * 1_000);
    assert!(store.set_restricted(account, Some(now)).await.unwrap());
    set_history(&store, account, HistoryDays::Month, now).await;
    assert_eq!(pages_of(&store, account).await, [one]);
    set_history(&store, account, HistoryDays::Off, now).await;
    assert!(pages_of(&store, account).await.is_empty());
}
