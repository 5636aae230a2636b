//! What answers a request of somebody's, all of it or nothing.

use base::{AccountId, EntryId, OsEntropy, Personal, RequestId};
use privacy::RequestKind;
use store::{Answered, NewMail, RequestAnswer, RequestRow};

use crate::home::{Home, at};
use crate::on_both_databases;
use crate::operator::member;

/// Takes more than all room that the outbox has, with copies of the one letter in it.
const FILL: &str = "INSERT INTO mails (id, template, language, sealed_letter, attempts, next_at, created_at, expires_at)
    WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < 10000)
    SELECT 'filler ' || n, 'erased', 'en', one.sealed_letter, 0, 0, 0, 0
    FROM numbers, (SELECT sealed_letter FROM mails LIMIT 1) AS one";
const EMPTY: &str = "DELETE FROM mails WHERE id LIKE 'filler %'";

on_both_databases! {
    an_answer_its_letter_and_its_erasure_are_kept_together_or_not_at_all,
}

fn mail() -> NewMail {
    NewMail {
        id: EntryId::new(&OsEntropy),
        account: None,
        template: "request-answered".to_owned(),
        language: "en".to_owned(),
        letter: Personal::new("{}".to_owned()),
        created_at: at(1),
        expires_at: at(900),
    }
}

pub(crate) fn erasure_asked(account: AccountId) -> RequestRow {
    RequestRow {
        id: RequestId::new(at(0), &OsEntropy),
        account: Some(account),
        kind: RequestKind::Erasure,
        message: Some(Personal::new("please".to_owned())),
        contact: None,
        asked_at: at(0),
        checked_at: Some(at(0)),
        answered_at: None,
        outcome: None,
    }
}

async fn an_answer_its_letter_and_its_erasure_are_kept_together_or_not_at_all(home: Home) {
    let store = home.store().await;
    let ada = member(&store).await;
    let asked = erasure_asked(ada);
    assert!(store.insert_request(&asked, 1).await.unwrap());
    assert!(store.put_mail(&mail()).await.unwrap());
    let letter = mail();
    let answer = async |erases| {
        let whole = RequestAnswer {
            outcome: "It is erased.",
            letter: Some(&letter),
            erases: Some(erases),
        };
        let answered = store.answer_request(asked.id, &whole, at(2)).await;
        answered.unwrap()
    };
    let nothing_is_done = async || {
        let kept = store.request(asked.id).await.unwrap().unwrap();
        let erase_at = store.account(ada).await.unwrap().unwrap().erase_at;
        let letter = store.mail(letter.id).await.unwrap();
        kept == asked && erase_at.is_none() && letter.is_none()
    };
    let nobody = AccountId::new(at(0), &OsEntropy);
    assert_eq!(answer(nobody).await, Answered::NoAccount);
    assert!(nothing_is_done().await);
    home.tamper(FILL).await;
    assert_eq!(answer(ada).await, Answered::OutboxFull);
    assert!(nothing_is_done().await);
    home.tamper(EMPTY).await;
    assert_eq!(answer(ada).await, Answered::Done);
    let kept = store.request(asked.id).await.unwrap().unwrap();
    assert_eq!((kept.message, kept.answered_at), (None, Some(at(2))));
    let erase_at = store.account(ada).await.unwrap().unwrap().erase_at;
    assert_eq!(erase_at, Some(at(2)));
    assert!(store.mail(letter.id).await.unwrap().is_some());
    assert_eq!(answer(ada).await, Answered::NotOpen);
}
