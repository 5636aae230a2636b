//! Guests who were erased since a backup, by every name that it has of them.

use base::RoomId;
use privacy::Subject;
use store::{FreeSessionRow, Holder, Insertion, NewRoom};

use super::*;

/// A guest with a room of each of these keys, and a free session.
async fn guest(store: &Store, name: &str, keys: &[u8]) -> Subject {
    let mut subject = Subject::default().with_principal(name.to_owned());
    for key_number in keys {
        let key = Secret::new([*key_number; 32]);
        subject = subject.with_device_key(&key);
        let room = NewRoom {
            id: RoomId::new(START, &OsEntropy),
            code: format!("K7M4Q{}", key_number + 1).parse().unwrap(),
            password_hash: None,
            host_key_hash: key,
            account: None,
            guest: None,
            is_saved: false,
            ask_first: false,
            created_at: START,
            expires_at: START.after(DAY),
            queue: None,
        };
        let kept = store.insert_room(&room).await.unwrap();
        assert_eq!(kept, Insertion::Inserted);
    }
    let session = FreeSessionRow {
        ends_at: START.after(DAY),
        free_again_at: START.after(DAY),
    };
    let holder = Holder::Guest(name.to_owned());
    let begun = store.begin_free_session(&holder, session, START).await;
    assert!(begun.unwrap());
    subject
}

/// Erases a guest as the server does, with a line in the ledger for each name.
async fn erase(home: &Home, store: &Store, subject: &Subject, now: Timestamp) {
    let mut digests = Vec::new();
    for name in subject.apart() {
        let digest = app::ledger_digest(store, &name, &OsEntropy).await;
        digests.push(digest.unwrap());
    }
    let receipt = ReceiptId::new(now, &OsEntropy);
    let begun = store.begin_erasure(receipt, subject, &digests[0], now);
    begun.await.unwrap();
    let erased = store.erase_and_tell(receipt, subject, (&digests[1..], None), now);
    erased.await.unwrap();
    make::write_ledger(&home.settings, store, now)
        .await
        .unwrap();
}

/// Who has two keys and rooms of their own is one person, and erased by all of it.
#[tokio::test]
async fn a_guest_who_was_erased_is_not_brought_back_by_a_second_key_or_a_room() {
    let (home, ada) = Home::new().await;
    let store = home.store().await;
    let cleo = guest(&store, "cleo", &[1, 2]).await;
    let dana = guest(&store, "dana", &[3]).await;
    let counts = store.counts_of(&cleo).await.unwrap();
    assert_eq!((counts["rooms"], counts["free_sessions"]), (2, 1));
    store.close().await;
    let data = home.back_up(Duration::ZERO).await;
    let store = home.store().await;
    erase(&home, &store, &cleo, START.after(DAY)).await;
    store.close().await;
    let restored = home.restore(&home.restoring(&data), 2 * DAY).await;
    assert_eq!(restored.unwrap().erased_again, 1);
    home.complete_erasures(2 * DAY).await;
    let store = home.store().await;
    for name in cleo.apart() {
        let left = store.counts_of(&name).await.unwrap();
        assert!(left.is_empty(), "{left:?}");
    }
    assert_eq!(store.counts_of(&dana).await.unwrap()["rooms"], 1);
    store.close().await;
    assert!(home.has(ada).await);
}

/// By the second name alone: the backup is from before the first one was there.
#[tokio::test]
async fn a_guest_is_found_by_any_name_that_a_backup_has() {
    let (home, _) = Home::new().await;
    let store = home.store().await;
    let key = guest(&store, "cleo", &[1]).await;
    store.close().await;
    let data = home.back_up(Duration::ZERO).await;
    let store = home.store().await;
    let later = Subject::default().with_principal("later".to_owned());
    erase(&home, &store, &later.joined(key), START.after(DAY)).await;
    store.close().await;
    let restored = home.restore(&home.restoring(&data), 2 * DAY).await;
    assert_eq!(restored.unwrap().erased_again, 1);
}
