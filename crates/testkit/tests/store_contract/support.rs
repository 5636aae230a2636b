//! What people write to whoever runs an installation: bounded, and gone when its time is over.

use account::EmailAddress;
use base::{AccountId, EntryId, OsEntropy, Personal, Timestamp};
use store::{
    Added, MEMBER_THREADS_MAX, NewMail, Store, THREAD_MESSAGES_MAX, ThreadMessage, ThreadRow,
};

use crate::home::{Home, at};
use crate::on_both_databases;
use crate::operator::member;

on_both_databases! {
    a_thread_goes_ninety_days_after_its_answer_and_a_guests_also_when_it_waited_so_long,
    no_thread_is_opened_again_past_the_bound,
    an_answer_and_its_letter_are_kept_together_or_not_at_all,
}

const DAY: u64 = 24 * 60 * 60;

pub(crate) async fn open(
    store: &Store,
    account: Option<AccountId>,
    now: Timestamp,
) -> Option<EntryId> {
    let id = EntryId::new(&OsEntropy);
    let guest = EmailAddress::parse("guest@example.org").unwrap();
    let thread = ThreadRow {
        id,
        reference: id.to_string(),
        account,
        contact: account.is_none().then_some(guest),
        topic: "other".to_owned(),
        language: "en".to_owned(),
        origin: "http://localhost".to_owned(),
        opened_at: now,
        closed_at: None,
    };
    let first = message(false, now);
    let is_kept = store.open_thread(&thread, &first).await.unwrap();
    is_kept.then_some(id)
}

fn message(is_answer: bool, at: Timestamp) -> ThreadMessage {
    ThreadMessage {
        id: EntryId::new(&OsEntropy),
        is_answer,
        text: Personal::new("Hello".to_owned()),
        at,
    }
}

async fn a_thread_goes_ninety_days_after_its_answer_and_a_guests_also_when_it_waited_so_long(
    home: Home,
) {
    let store = home.store().await;
    let ada = member(&store).await;
    let guests = open(&store, None, at(0)).await.unwrap();
    let opened_again = open(&store, None, at(0)).await.unwrap();
    let adas = open(&store, Some(ada), at(0)).await.unwrap();
    let answered = open(&store, Some(ada), at(0)).await.unwrap();
    for (thread, is_answer, day) in [
        (opened_again, true, 1),
        (opened_again, false, 80),
        (answered, true, 1),
    ] {
        let message = message(is_answer, at(day * DAY));
        let added = store.add_to_thread(thread, &message, None).await.unwrap();
        assert_eq!(added, Added::Kept);
    }
    let left = async || {
        let mut left = Vec::new();
        for thread in [guests, opened_again, adas, answered] {
            left.push(store.thread(thread).await.unwrap().is_some());
        }
        left
    };
    store.sweep(at(90 * DAY - 1)).await.unwrap();
    assert_eq!(left().await, [true, true, true, true]);
    store.sweep(at(90 * DAY)).await.unwrap();
    assert_eq!(left().await, [false, true, true, true]);
    store.sweep(at(91 * DAY)).await.unwrap();
    assert_eq!(left().await, [false, true, true, false]);
    store.sweep(at(170 * DAY)).await.unwrap();
    assert_eq!(left().await, [false, false, true, false]);
}

async fn no_thread_is_opened_again_past_the_bound(home: Home) {
    let store = home.store().await;
    let (ada, ben) = (member(&store).await, member(&store).await);
    let first = open(&store, Some(ada), at(0)).await.unwrap();
    let answer = message(true, at(1));
    let added = store.add_to_thread(first, &answer, None).await.unwrap();
    assert_eq!(added, Added::Kept);
    let mut waiting = Vec::new();
    for _ in 0..MEMBER_THREADS_MAX {
        waiting.push(open(&store, Some(ada), at(2)).await.unwrap());
    }
    assert_eq!(open(&store, Some(ada), at(3)).await, None);
    assert!(open(&store, Some(ben), at(3)).await.is_some());
    assert!(open(&store, None, at(3)).await.is_some());
    let again = |at| message(false, at);
    let refused = store
        .add_to_thread(first, &again(at(4)), None)
        .await
        .unwrap();
    assert_eq!(refused, Added::TooManyWait { account: Some(ada) });
    let more = store.add_to_thread(waiting[0], &again(at(4)), None).await;
    assert_eq!(more.unwrap(), Added::Kept, "it waits already");
    store.close_thread(waiting[1], at(5)).await.unwrap();
    let added = store
        .add_to_thread(first, &again(at(6)), None)
        .await
        .unwrap();
    assert_eq!(added, Added::Kept);
    assert!(store.delete_thread(waiting[2]).await.unwrap());
    let gone = store.add_to_thread(waiting[2], &again(at(7)), None).await;
    assert_eq!(gone.unwrap(), Added::NoRoom);
}

async fn an_answer_and_its_letter_are_kept_together_or_not_at_all(home: Home) {
    let store = home.store().await;
    let thread = open(&store, None, at(0)).await.unwrap();
    let letter = || NewMail {
        id: EntryId::new(&OsEntropy),
        account: None,
        template: "support-answered".to_owned(),
        language: "en".to_owned(),
        letter: Personal::new("{}".to_owned()),
        created_at: at(1),
        expires_at: at(DAY),
    };
    let kept = async |is_answer, letter: Option<NewMail>| {
        let message = message(is_answer, at(1));
        let added = store.add_to_thread(thread, &message, letter.as_ref());
        added.await.unwrap()
    };
    assert_eq!(kept(true, Some(letter())).await, Added::Kept);
    assert_eq!(store.mail_count().await.unwrap(), 1);
    for _ in 2..THREAD_MESSAGES_MAX {
        assert_eq!(kept(false, None).await, Added::Kept);
    }
    assert_eq!(kept(true, Some(letter())).await, Added::NoRoom);
    assert_eq!(
        store.mail_count().await.unwrap(),
        1,
        "nobody is told of what is kept nowhere"
    );
}
