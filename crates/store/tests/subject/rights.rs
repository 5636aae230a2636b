//! Requests, objections, consents and sweeps, on both databases.

use base::{AccountId, ConsentId, OsEntropy, Personal, RequestId, Timestamp};
use privacy::RequestKind;
use std::time::Duration;
use store::{
    Answered, CHOICES_KEPT_MAX, ConsentRow, RequestAnswer, RequestRow, RetentionRun, StoreError,
};

use crate::crowd::Crowd;
use crate::home::Home;
use crate::{NOW, on_both_databases};

const DAY: Duration = Duration::from_secs(24 * 60 * 60);

const DONE: RequestAnswer<'static> = RequestAnswer {
    outcome: "done",
    letter: None,
    erases: None,
};

on_both_databases! {
    /// Promises S41, Y46
    a_request_waits_to_be_checked_and_then_answered_once,
    a_report_about_a_child_comes_before_what_is_older,
    requests_without_an_account_are_bounded_together,
    what_was_answered_long_ago_is_swept_by_the_words_of_the_inventory,
    a_request_that_nobody_confirms_is_gone_after_a_month,
    the_last_run_is_remembered,
}

fn request(asked_at: Timestamp) -> RequestRow {
    RequestRow {
        id: RequestId::new(asked_at, &OsEntropy),
        account: None,
        kind: RequestKind::Erasure,
        message: Some(Personal::new("canary words of a person".to_owned())),
        contact: Some(Personal::new("canary@person.example".to_owned())),
        asked_at,
        checked_at: None,
        answered_at: None,
        outcome: None,
    }
}

async fn a_request_waits_to_be_checked_and_then_answered_once(home: Home) {
    let store = home.store().await;
    let asked = request(NOW);
    assert!(store.insert_request(&asked, 1).await.unwrap());
    assert_eq!(
        store.requests(0, 10).await.unwrap(),
        std::slice::from_ref(&asked)
    );
    let answer = async || store.answer_request(asked.id, &DONE, NOW).await.unwrap();
    let early = answer().await;
    assert_eq!(early, Answered::NotOpen, "nobody knows who they are");
    assert!(store.check_request(asked.id, NOW).await.unwrap());
    assert_eq!(answer().await, Answered::Done);
    assert_eq!(answer().await, Answered::NotOpen, "it was answered");
    let kept = store.request(asked.id).await.unwrap().unwrap();
    assert_eq!(
        (kept.contact, kept.outcome.as_deref()),
        (None, Some("done"))
    );
    assert_ne!(home.holds(b"canary@person.example"), Some(true));
    assert_ne!(home.holds(b"canary words of a person"), Some(true));
}

async fn a_report_about_a_child_comes_before_what_is_older(home: Home) {
    let store = home.store().await;
    let [old, mut child] = [request(NOW), request(NOW.after(DAY))];
    child.kind = RequestKind::Child;
    for asked in [&old, &child] {
        assert!(store.insert_request(asked, 2).await.unwrap());
    }
    let waiting = store.requests(0, 10).await.unwrap();
    assert_eq!([waiting[0].id, waiting[1].id], [child.id, old.id]);
    let next = store.requests(1, 10).await.unwrap();
    assert_eq!((next.len(), next[0].id), (1, old.id));
}

async fn requests_without_an_account_are_bounded_together(home: Home) {
    let store = home.store().await;
    let [first, second, third] = [(); 3].map(|()| request(NOW));
    let kept = async |asked| store.insert_request(asked, 2).await.unwrap();
    assert!(kept(&first).await && kept(&second).await);
    assert!(!kept(&third).await, "as many wait as may");
    store.check_request(first.id, NOW).await.unwrap();
    store.answer_request(first.id, &DONE, NOW).await.unwrap();
    assert!(kept(&third).await, "one is answered");
}

async fn what_was_answered_long_ago_is_swept_by_the_words_of_the_inventory(home: Home) {
    let store = home.store().await;
    let [old, new] = [request(NOW), request(NOW)];
    for (asked, at) in [(&old, NOW), (&new, NOW.after(2 * DAY))] {
        assert!(store.insert_request(asked, 1).await.unwrap());
        store.check_request(asked.id, at).await.unwrap();
        store.answer_request(asked.id, &DONE, at).await.unwrap();
    }
    let later = NOW.after(91 * DAY);
    assert_eq!(store.would_sweep(later).await.unwrap()["requests"], 1);
    assert_eq!(store.sweep(later).await.unwrap()["requests"], 1);
    assert!(store.request(old.id).await.unwrap().is_none());
    assert!(store.request(new.id).await.unwrap().is_some());
    assert!(!store.sweep(later).await.unwrap().contains_key("requests"));
}

/// The first table that is due holds its rows fast.
#[tokio::test]
async fn a_table_that_cannot_be_swept_keeps_no_other_from_being_swept() {
    let home = Home::sqlite();
    let store = home.store().await;
    Crowd::settle(&home, 4).await;
    let later = NOW.after(100 * 365 * DAY);
    let due = store.would_sweep(later).await.unwrap();
    let (first, _) = due.first_key_value().unwrap();
    let held = format!(
        "CREATE TRIGGER held BEFORE DELETE ON {first} BEGIN SELECT RAISE(ABORT, 'held fast'); END"
    );
    home.tamper(held).await;
    let swept = store.sweep(later).await;
    assert!(matches!(swept, Err(StoreError::Other(_))), "{swept:?}");
    let left = store.would_sweep(later).await.unwrap();
    assert!(due.len() > 1 && left.keys().eq([first]), "{left:?}");
}

async fn a_request_that_nobody_confirms_is_gone_after_a_month(home: Home) {
    let store = home.store().await;
    let [nobody_s, late, confirmed] = [NOW, NOW.after(DAY), NOW].map(request);
    for asked in [&nobody_s, &late, &confirmed] {
        assert!(store.insert_request(asked, 9).await.unwrap());
    }
    assert!(store.check_request(confirmed.id, NOW).await.unwrap());
    let over = NOW.after(30 * DAY);
    let before = Timestamp::from_unix_ms(over.unix_ms() - 1);
    assert!(!store.sweep(before).await.unwrap().contains_key("requests"));
    assert_eq!(store.would_sweep(over).await.unwrap()["requests"], 1);
    assert_eq!(store.sweep(over).await.unwrap()["requests"], 1);
    assert!(store.request(nobody_s.id).await.unwrap().is_none());
    assert!(store.request(late.id).await.unwrap().is_some());
    // One that somebody is owed an answer to waits for it, for half a year unless it ends with an account.
    let half_a_year = NOW.after(180 * DAY);
    let before = Timestamp::from_unix_ms(half_a_year.unix_ms() - 1);
    assert_eq!(store.sweep(before).await.unwrap()["requests"], 1);
    assert!(store.request(confirmed.id).await.unwrap().is_some());
    assert_eq!(store.sweep(half_a_year).await.unwrap()["requests"], 1);
    assert!(store.request(confirmed.id).await.unwrap().is_none());
    assert_ne!(home.holds(nobody_s.id.to_string().as_bytes()), Some(true));
    let of_member = RequestRow {
        account: Some(member(&home).await),
        checked_at: Some(NOW),
        ..request(NOW)
    };
    assert!(store.insert_request(&of_member, 99).await.unwrap());
    store.sweep(half_a_year).await.unwrap();
    assert!(store.request(of_member.id).await.unwrap().is_some());
}

async fn the_last_run_is_remembered(home: Home) {
    let store = home.store().await;
    let run = RetentionRun {
        ran_at: NOW,
        counts: [("requests".to_owned(), 3)].into(),
    };
    assert_eq!(store.last_retention("all").await.unwrap(), None);
    store.note_retention("all", &run).await.unwrap();
    assert_eq!(store.last_retention("all").await.unwrap(), Some(run));
    of_a_member(&home, &store).await;
}

/// Somebody with an account.
async fn member(home: &Home) -> AccountId {
    let crowd = Crowd::settle(home, 9).await;
    let subject = crowd.person(0).subject();
    subject.account().unwrap().parse().unwrap()
}

/// Objections and consents are the account's.
async fn of_a_member(home: &Home, store: &store::Store) {
    let account = member(home).await;
    store.object(account, "history", NOW).await.unwrap();
    store
        .object(account, "history", NOW.after(DAY))
        .await
        .unwrap();
    let mut objections = store.objections(account).await.unwrap();
    objections.retain(|(purpose, _)| purpose == "history");
    assert_eq!(objections, [("history".to_owned(), NOW)]);
    store.withdraw_objection(account, "history").await.unwrap();
    a_member_who_flips_a_choice_fills_no_table(store, account).await;
    a_member_asks_for_as_much_as_may_wait(store, account).await;
}

async fn a_member_who_flips_a_choice_fills_no_table(store: &store::Store, account: AccountId) {
    let consent = |matter: &str, minute: u32| ConsentRow {
        matter: matter.to_owned(),
        is_given: minute.is_multiple_of(2),
        made_at: NOW.after(minute * Duration::from_secs(60)),
    };
    let given = async |consent: &ConsentRow| {
        let id = ConsentId::new(consent.made_at, &OsEntropy);
        store.insert_consent(id, account, consent).await.unwrap();
    };
    let other = consent("other", 0);
    given(&other).await;
    for minute in 1..=CHOICES_KEPT_MAX + 5 {
        given(&consent("mails", minute)).await;
    }
    let kept = store.consents(account).await.unwrap();
    let mut of_it = kept.iter().filter(|choice| choice.matter == "mails");
    assert_eq!(of_it.clone().count(), CHOICES_KEPT_MAX as usize);
    assert_eq!(of_it.next(), Some(&consent("mails", CHOICES_KEPT_MAX + 5)));
    assert!(kept.contains(&other), "each matter has its own");
}

async fn a_member_asks_for_as_much_as_may_wait(store: &store::Store, account: AccountId) {
    let ask = || RequestRow {
        account: Some(account),
        message: Some(Personal::new("security".to_owned())),
        checked_at: Some(NOW),
        ..request(NOW)
    };
    let waits = async |words| {
        let waits = store.waits_for(account, RequestKind::Erasure, words).await;
        waits.unwrap()
    };
    let first = ask();
    // Those that wait from before are in the way.
    let mut waiting_max = 1;
    while !store.insert_request(&first, waiting_max).await.unwrap() {
        waiting_max += 1;
    }
    assert!(waits("security").await && !waits("other").await);
    assert!(store.insert_request(&ask(), waiting_max + 1).await.unwrap());
    let third = ask();
    assert!(!store.insert_request(&third, waiting_max + 1).await.unwrap());
    store.answer_request(first.id, &DONE, NOW).await.unwrap();
    assert!(store.insert_request(&third, waiting_max + 1).await.unwrap());
}
