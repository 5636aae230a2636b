//! What whoever runs an installation keeps for people's rights: registers, rounds of letters, the ledger, sums and failures.

use std::collections::BTreeSet;
use std::time::Duration;

use account::{EmailAddress, Rank};
use base::{
    AccountId, AnnouncementId, BreachId, EntryId, LegalRequestId, OsEntropy, Personal, ReceiptId,
    Timestamp,
};
use privacy::{Breach, BreachFacts, BreachNature, LegalRequest, LegalState, Subject};
use store::{
    AnnouncementStep, Begun, DayCount, LedgerLine, LegalRow, MAILS_MAX, NewAccount, NewMail,
    Stepped, Store,
};

use crate::home::{Home, at};
use crate::on_both_databases;

on_both_databases! {
    a_breach_is_kept_as_it_is_now,
    a_step_and_its_letters_are_kept_together_or_not_at_all,
    a_request_by_an_authority_is_kept_and_forgets_whom_it_was_about,
    a_round_of_letters_is_begun_once_and_each_step_is_taken_once,
    a_ledger_is_taken_in_once,
    the_last_letter_waits_once_and_goes_with_nobody,
    sums_are_added_and_failures_are_shown,
}

const NOW: Timestamp = Timestamp::from_unix_ms(1_795_305_600_000);

pub(crate) async fn member(store: &Store) -> AccountId {
    let id = AccountId::new(NOW, &OsEntropy);
    let new = NewAccount {
        id,
        email: Some(EmailAddress::parse(&format!("{id}@example.org")).unwrap()),
        rank: Rank::Member,
        language: None,
        agreed_version: "1".to_owned(),
        password_hash: None,
        passkey: None,
        identity: None,
        invitation: None,
        created_at: NOW,
    };
    store.create_account(&new).await.unwrap();
    id
}

fn mail(account: AccountId) -> NewMail {
    NewMail {
        id: EntryId::new(&OsEntropy),
        account: Some(account),
        template: "policy-changed".to_owned(),
        language: "en".to_owned(),
        letter: Personal::new("{}".to_owned()),
        created_at: NOW,
        expires_at: at(900),
    }
}

pub(crate) fn legal_row(account: AccountId) -> LegalRow {
    LegalRow {
        id: LegalRequestId::new(NOW, &OsEntropy),
        account: Some(account),
        authority: "Court".to_owned(),
        file: "7 Js".to_owned(),
        recorded_at: at(0),
        recorded_by: [1; 32],
        request: LegalRequest::record([1; 32], true),
    }
}

async fn a_breach_is_kept_as_it_is_now(home: Home) {
    let store = home.store().await;
    let id = BreachId::new(NOW, &OsEntropy);
    let mut breach = Breach::new(at(0), BreachFacts::default());
    store.keep_breach(id, &breach).await.unwrap();
    assert_eq!(store.breach(id).await.unwrap(), Some(breach.clone()));
    breach.facts.nature = BTreeSet::from([BreachNature::Integrity]);
    breach.authority_told_at = Some(at(1));
    breach.late_reason = Some("late".to_owned());
    breach.people_told_at = Some(at(2));
    store.keep_breach(id, &breach).await.unwrap();
    assert_eq!(store.breaches(10).await.unwrap(), [(id, breach)]);
    let other = BreachId::new(NOW, &OsEntropy);
    assert_eq!(store.breach(other).await.unwrap(), None);
}

async fn a_step_and_its_letters_are_kept_together_or_not_at_all(home: Home) {
    let store = home.store().await;
    let account = member(&store).await;
    let id = BreachId::new(NOW, &OsEntropy);
    let breach = Breach::new(at(0), BreachFacts::default());
    store.keep_breach(id, &breach).await.unwrap();
    let many: Vec<NewMail> = (0..=MAILS_MAX).map(|_| mail(account)).collect();
    let told = async |letters| store.tell_of_breach(id, letters, at(1)).await.unwrap();
    assert_eq!(told(&many).await, Stepped::OutboxFull);
    assert_eq!(
        store.breach(id).await.unwrap().unwrap().people_told_at,
        None
    );
    assert_eq!(store.mail_count().await.unwrap(), 0);
    assert_eq!(told(&many[..2]).await, Stepped::Done);
    assert_eq!(told(&many[2..3]).await, Stepped::Changed);
    let breach = store.breach(id).await.unwrap().unwrap();
    assert_eq!(breach.people_told_at, Some(at(1)));
    assert_eq!(store.mail_count().await.unwrap(), 2);
}

async fn a_request_by_an_authority_is_kept_and_forgets_whom_it_was_about(home: Home) {
    let store = home.store().await;
    let account = member(&store).await;
    let row = legal_row(account);
    store.record_legal_request(&row).await.unwrap();
    let refused = row.request.clone().refuse(at(1)).unwrap();
    let request = row.request.clone().release([2; 32], at(1)).unwrap();
    let step = async |next, letter| {
        let step = store.step_legal_request(&row, next, letter);
        step.await.unwrap()
    };
    let letters = [mail(account), mail(account)];
    let first = step(&request, Some(&letters[0])).await;
    assert_eq!(first, Stepped::Done);
    let late = step(&refused, Some(&letters[1])).await;
    assert_eq!(late, Stepped::Changed, "of two at once one decides");
    assert_eq!(store.mail_count().await.unwrap(), 1);
    let released = LegalRow { request, ..row };
    let kept = store.legal_request(released.id).await.unwrap().unwrap();
    assert_eq!(
        (kept.account, &kept.request),
        (Some(account), &released.request)
    );
    assert!(matches!(kept.request.state, LegalState::Released { .. }));
    let subject = Subject::of_account(account);
    let receipt = ReceiptId::new(NOW, &OsEntropy);
    store
        .begin_erasure(receipt, &subject, &[7; 32], NOW)
        .await
        .unwrap();
    store.erase(receipt, &subject, NOW).await.unwrap();
    let left = store.legal_requests(10).await.unwrap();
    assert_eq!((left.len(), left[0].account), (1, None));
}

async fn a_round_of_letters_is_begun_once_and_each_step_is_taken_once(home: Home) {
    let store = home.store().await;
    let account = member(&store).await;
    for is_new in [true, false] {
        let id = AnnouncementId::new(NOW, &OsEntropy);
        let begun = store.begin_announcement(id, "policy", "v2", NOW).await;
        assert_eq!(begun.unwrap(), is_new);
    }
    let round = store.announcements(8).await.unwrap().remove(0);
    assert_eq!(
        (round.letters, round.passed, round.completed_at),
        (0, None, None)
    );
    let step = |passed| AnnouncementStep {
        mails: vec![mail(account)],
        passed,
        at: NOW,
    };
    let first = step(Some(account));
    assert!(store.step_announcement(&round, &first).await.unwrap());
    let again = step(Some(account));
    assert!(!store.step_announcement(&round, &again).await.unwrap());
    assert_eq!(store.mail_count().await.unwrap(), 1, "not written twice");
    let round = store.announcements(8).await.unwrap().remove(0);
    assert!(store.step_announcement(&round, &step(None)).await.unwrap());
    let round = store.announcements(8).await.unwrap().remove(0);
    let whole = (round.letters, round.passed, round.completed_at);
    assert_eq!(whole, (2, None, Some(NOW)));
}

async fn the_last_letter_waits_once_and_goes_with_nobody(home: Home) {
    let store = home.store().await;
    let account = member(&store).await;
    assert!(store.put_mail(&mail(account)).await.unwrap());
    let subject = Subject::of_account(account);
    let mut letters = Vec::new();
    for _ in 0..2 {
        let letter = NewMail {
            account: None,
            ..mail(account)
        };
        let receipt = ReceiptId::new(NOW, &OsEntropy);
        let begun = store.begin_erasure(receipt, &subject, &[7; 32], NOW).await;
        assert_eq!(begun.unwrap(), Begun::New);
        let erased = store.erase_and_tell(receipt, &subject, (&[[8; 32]], Some(&letter)), NOW);
        erased.await.unwrap();
        letters.push(letter.id);
    }
    let waiting = store.mails(8).await.unwrap();
    assert_eq!(waiting.len(), 1, "the second found nobody to erase");
    assert_eq!((waiting[0].id, waiting[0].account), (letters[0], None));
    let gone = store.sweep(waiting[0].expires_at.after(Duration::from_secs(1)));
    assert_eq!(gone.await.unwrap()["mails"], 1, "nor does it wait for ever");
}

async fn a_ledger_is_taken_in_once(home: Home) {
    let store = home.store().await;
    let account = member(&store).await;
    let subject = Subject::of_account(account);
    let receipt = ReceiptId::new(NOW, &OsEntropy);
    store
        .begin_erasure(receipt, &subject, &[9; 32], at(0))
        .await
        .unwrap();
    assert_eq!(store.ledger_since(at(0)).await.unwrap(), []);
    store.erase(receipt, &subject, at(5)).await.unwrap();
    let lines = store.ledger_since(at(5)).await.unwrap();
    assert_eq!(lines.len(), 1);
    assert_eq!((lines[0].completed_at, lines[0].subject.len()), (at(5), 32));
    assert_eq!(store.ledger_since(at(6)).await.unwrap(), []);
    store.take_in_ledger(&lines).await.unwrap();
    let mut more = lines.clone();
    more[0].id = ReceiptId::new(NOW, &OsEntropy).to_string();
    store.take_in_ledger(&more).await.unwrap();
    assert_eq!(store.ledger_since(at(5)).await.unwrap().len(), 2);
    of_any_length(&store, &lines[0]).await;
    assert_eq!(store.people_in_rooms("", 10).await.unwrap(), [""; 0]);
    store.begin_anew(at(0)).await.unwrap();
    assert_eq!(store.mail_count().await.unwrap(), 0);
}

/// The ledger is read whole, the newest lines too, and a change shows without reading it.
async fn of_any_length(store: &Store, model: &LedgerLine) {
    let line = |number: u64| LedgerLine {
        id: ReceiptId::new(NOW, &OsEntropy).to_string(),
        // Many end at once, so that pages part them.
        completed_at: at(100 + number / 700),
        ..model.clone()
    };
    let lines: Vec<LedgerLine> = (0..2_100).map(line).collect();
    store.take_in_ledger(&lines).await.unwrap();
    let mut wanted: Vec<&str> = lines.iter().map(|line| line.id.as_str()).collect();
    let read = store.ledger_since(at(100)).await.unwrap();
    let mut ids: Vec<&str> = read.iter().map(|line| line.id.as_str()).collect();
    assert!(read.is_sorted_by_key(|line| line.completed_at));
    wanted.sort_unstable();
    ids.sort_unstable();
    assert_eq!(ids, wanted);
    let before = store.ledger_mark(at(100)).await.unwrap();
    assert_eq!(store.ledger_mark(at(100)).await.unwrap(), before);
    let left = store.ledger_mark(at(101)).await.unwrap();
    let late = (0..700).map(|_| LedgerLine {
        completed_at: at(200),
        ..line(0)
    });
    let late: Vec<LedgerLine> = late.collect();
    store.take_in_ledger(&late).await.unwrap();
    assert_ne!(store.ledger_mark(at(101)).await.unwrap(), left);
    assert_ne!(
        store.ledger_mark(at(101)).await.unwrap(),
        before,
        "as many have left as have come"
    );
}

async fn sums_are_added_and_failures_are_shown(home: Home) {
    let store = home.store().await;
    let count = |count| DayCount {
        day: at(0),
        what: "page".to_owned(),
        family: "Firefox on Linux".to_owned(),
        count,
    };
    store.add_counts(&[count(2)]).await.unwrap();
    store.add_counts(&[count(3)]).await.unwrap();
    assert_eq!(store.counts_since(at(0), 10).await.unwrap(), [count(5)]);
    assert_eq!(store.counts_since(at(1), 10).await.unwrap(), []);
    for is_new in [true, false] {
        let kept = store.keep_error("UNI-1", "it failed", at(0)).await;
        assert_eq!(kept.unwrap(), is_new);
    }
    let first = store.show_error("UNI-1", at(1)).await.unwrap().unwrap();
    let again = store.show_error("UNI-1", at(2)).await.unwrap().unwrap();
    assert_eq!((first.shown_at, again.shown_at), (None, Some(at(1))));
    assert_eq!(store.show_error("UNI-2", at(1)).await.unwrap(), None);
    let days = |days: u64| at(days * 86_400);
    store.sweep(days(29)).await.unwrap();
    assert_eq!(store.errors(10).await.unwrap().len(), 1);
    store.sweep(days(31)).await.unwrap();
    assert_eq!(store.errors(10).await.unwrap(), []);
}
