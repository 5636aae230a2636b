//! Mails that wait, and proofs of work that were used.

use base::{EntryId, OsEntropy, Personal};
use store::{NewMail, StoreError};

use super::keep;
use super::swept;
use crate::home::{Home, at};

crate::on_both_databases! {
    a_mail_waits_until_it_is_sent,
    a_mail_is_taken_by_one_at_a_time,
    a_mail_that_is_no_use_any_more_is_not_taken_and_goes,
    a_letter_is_sealed,
    a_proof_is_spent_once,
}

fn mail() -> NewMail {
    NewMail {
        id: EntryId::new(&OsEntropy),
        account: None,
        template: "sign-in-code".to_owned(),
        language: "ru".to_owned(),
        letter: Personal::new("canary-letter".to_owned()),
        created_at: at(0),
        expires_at: at(600),
    }
}

async fn a_mail_waits_until_it_is_sent(home: Home) {
    let store = home.store().await;
    let account = keep(&store, "a@example.org").await;
    let mail = NewMail {
        account: Some(account),
        ..mail()
    };
    assert!(store.put_mail(&mail).await.unwrap());
    assert_eq!(store.mail_count().await.unwrap(), 1);
    let row = store.mail(mail.id).await.unwrap().unwrap();
    assert_eq!(
        (row.account, row.attempts, row.next_at),
        (Some(account), 0, at(0))
    );
    assert_eq!(
        (row.template.as_str(), row.language.as_str()),
        ("sign-in-code", "ru")
    );
    assert_eq!(row.letter, mail.letter);
    assert_eq!(store.mails(10).await.unwrap().len(), 1);
    assert!(store.delete_mail(mail.id).await.unwrap());
    assert!(!store.delete_mail(mail.id).await.unwrap());
    assert!(!store.put_off_mail(mail.id, at(9)).await.unwrap());
    store.put_mail(&mail).await.unwrap();
    store.delete_account(account).await.unwrap();
    assert_eq!(
        store.mail_count().await.unwrap(),
        0,
        "it goes with its account"
    );
}

async fn a_mail_is_taken_by_one_at_a_time(home: Home) {
    let store = home.store().await;
    let mail = mail();
    store.put_mail(&mail).await.unwrap();
    let (one, other) = tokio::join!(
        store.take_due_mails(at(1), at(100), 10),
        store.take_due_mails(at(1), at(100), 10),
    );
    assert_eq!(one.unwrap().len() + other.unwrap().len(), 1);
    assert!(
        store
            .take_due_mails(at(99), at(200), 10)
            .await
            .unwrap()
            .is_empty()
    );
    let again = store.take_due_mails(at(100), at(200), 10).await.unwrap();
    assert_eq!(again[0].attempts, 2, "whoever took it first has died");
    assert!(store.put_off_mail(mail.id, at(150)).await.unwrap());
    assert!(
        store
            .take_due_mails(at(149), at(300), 10)
            .await
            .unwrap()
            .is_empty()
    );
    assert_eq!(
        store
            .take_due_mails(at(150), at(300), 10)
            .await
            .unwrap()
            .len(),
        1
    );
}

async fn a_mail_that_is_no_use_any_more_is_not_taken_and_goes(home: Home) {
    let store = home.store().await;
    store.put_mail(&mail()).await.unwrap();
    assert!(
        store
            .take_due_mails(at(600), at(700), 10)
            .await
            .unwrap()
            .is_empty()
    );
    assert_eq!(swept(&store, at(600)).await, 1);
    assert_eq!(store.mail_count().await.unwrap(), 0);
}

async fn a_letter_is_sealed(home: Home) {
    let store = home.store().await;
    store.put_mail(&mail()).await.unwrap();
    home.tamper("UPDATE mails SET id = 'e_00000000000000000000000000000000'")
        .await;
    let moved = store.mails(10).await;
    assert!(matches!(moved, Err(StoreError::Corrupt(_))));
}

async fn a_proof_is_spent_once(home: Home) {
    let store = home.store().await;
    let (one, other) = tokio::join!(
        store.spend_proof(&[1; 32], at(10)),
        store.spend_proof(&[1; 32], at(10))
    );
    assert!(one.unwrap() != other.unwrap());
    assert!(store.spend_proof(&[2; 32], at(20)).await.unwrap());
    assert_eq!(swept(&store, at(10)).await, 1);
    assert!(!store.spend_proof(&[2; 32], at(20)).await.unwrap());
}
