//! What the store promises about accounts.

mod belongings;
mod outbox;
mod revoking;
mod signing_in;
mod who;

use account::{EmailAddress, Rank};
use base::{AccountId, OsEntropy, Secret, Timestamp};
use store::{Creation, NewAccount, Store};

use crate::home::at;

pub(crate) fn email(text: &str) -> EmailAddress {
    EmailAddress::parse(text).unwrap()
}

/// A member with this address and a password, made at 0 s.
pub(crate) fn new_account(address: &str) -> NewAccount {
    NewAccount {
        id: AccountId::new(at(0), &OsEntropy),
        email: Some(email(address)),
        rank: Rank::Member,
        language: Some("en".to_owned()),
        agreed_version: "1".to_owned(),
        password_hash: Some(Secret::new("$2b$04$made.up.hash".to_owned())),
        passkey: None,
        identity: None,
        invitation: None,
        created_at: at(0),
    }
}

/// Keeps such an account and names it.
pub(crate) async fn keep(store: &Store, address: &str) -> AccountId {
    let new = new_account(address);
    assert_eq!(store.create_account(&new).await.unwrap(), Creation::Created);
    new.id
}

/// How many rows of all tables were over at `now` and went.
pub(crate) async fn swept(store: &Store, now: Timestamp) -> u64 {
    store.sweep(now).await.unwrap().values().sum()
}
