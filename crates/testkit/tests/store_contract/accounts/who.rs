//! Accounts, and by what they are signed in to.

use account::{Country, HistoryDays, Rank, SpentProof, UserName};
use base::{AccountId, IdentityId, OsEntropy, PasskeyId, Personal, Secret};
use store::{
    Change, Creation, NewAccount, NewIdentity, NewPasskey, PASSKEYS_MAX, PasskeyInsertion, Profile,
    Removal, Store, StoreError,
};

use super::{email, keep, new_account};
use crate::home::{Home, at};

crate::on_both_databases! {
    an_account_reads_back_as_it_was_made,
    an_address_belongs_to_one_account_however_it_is_written,
    an_account_is_made_with_all_its_ways_in_or_not_at_all,
    an_invitation_is_used_up_by_the_one_account_that_it_makes,
    a_profile_changes_on_the_version_it_was_decided_on,
    no_two_user_names_fold_to_the_same,
    a_new_address_ends_what_was_sent_to_the_old_one,
    the_last_operator_stays_one,
    locking_ends_sessions_and_steps,
    accounts_are_listed_in_the_order_in_which_they_came,
    an_erasure_is_due_when_its_time_has_come_and_can_be_taken_back,
    the_last_way_in_stays,
    of_two_that_remove_the_last_two_ways_in_one_is_refused,
    a_password_is_rehashed_only_while_it_is_the_same,
    a_passkey_moves_on_only_from_the_version_that_was_checked,
    an_account_has_a_bounded_number_of_passkeys,
    a_subject_of_an_issuer_is_linked_once,
    an_identitys_token_is_sealed,
    another_sealing_key_does_not_open_the_store,
}

fn passkey(name: u8) -> NewPasskey {
    NewPasskey {
        id: PasskeyId::new(&OsEntropy),
        credential_id: vec![name; 16],
        credential: b"{}".to_vec(),
        name: Personal::new("phone".to_owned()),
        created_at: at(0),
    }
}

pub(super) fn identity(subject: &str) -> NewIdentity {
    NewIdentity {
        id: IdentityId::new(&OsEntropy),
        upstream: "google".to_owned(),
        issuer: "https://accounts.google.com".to_owned(),
        subject: Personal::new(subject.to_owned()),
        token: Some(Secret::new("canary-token".to_owned())),
        connected_at: at(0),
    }
}

/// An account that came by an upstream that told no address.
async fn keep_without_address(store: &Store) -> (AccountId, NewIdentity) {
    let identity = identity("7");
    let new = NewAccount {
        email: None,
        password_hash: None,
        identity: Some(identity.clone()),
        ..new_account("unused@example.org")
    };
    assert_eq!(store.create_account(&new).await.unwrap(), Creation::Created);
    (new.id, identity)
}

async fn an_account_reads_back_as_it_was_made(home: Home) {
    let store = home.store().await;
    let new = new_account("Some.One@Example.org");
    assert_eq!(store.create_account(&new).await.unwrap(), Creation::Created);
    let row = store.account(new.id).await.unwrap().unwrap();
    assert_eq!(
        row.email.as_ref().unwrap().as_typed(),
        "Some.One@Example.org"
    );
    assert_eq!((row.rank, row.version), (Rank::Member, 1));
    assert_eq!(row.profile.language.as_deref(), Some("en"));
    assert_eq!(row.profile.history_days, HistoryDays::Year);
    assert_eq!((row.created_at, row.agreed_at), (at(0), at(0)));
    assert!(row.locked_at.is_none() && row.erase_at.is_none() && row.avatar.is_none());
    let ways = store.ways_in(new.id).await.unwrap();
    assert!(ways.has_email && ways.has_password && !ways.has_totp);
    assert_eq!(
        (ways.passkeys, ways.identities, ways.recovery_codes_left),
        (0, 0, 0)
    );
    assert!(
        store
            .account(AccountId::new(at(1), &OsEntropy))
            .await
            .unwrap()
            .is_none()
    );
}

async fn an_address_belongs_to_one_account_however_it_is_written(home: Home) {
    let store = home.store().await;
    let first = keep(&store, "some.one@example.org").await;
    let second = store
        .create_account(&new_account("SOME.ONE@EXAMPLE.ORG"))
        .await;
    assert_eq!(second.unwrap(), Creation::EmailTaken);
    let found = store.account_by_email(&email("Some.One@example.ORG")).await;
    assert_eq!(found.unwrap().unwrap().id, first);
    let none = store.account_by_email(&email("other@example.org")).await;
    assert!(none.unwrap().is_none());
}

async fn an_account_is_made_with_all_its_ways_in_or_not_at_all(home: Home) {
    let store = home.store().await;
    let whole = NewAccount {
        passkey: Some(passkey(1)),
        identity: Some(identity("1")),
        ..new_account("a@example.org")
    };
    assert_eq!(
        store.create_account(&whole).await.unwrap(),
        Creation::Created
    );
    let ways = store.ways_in(whole.id).await.unwrap();
    assert_eq!((ways.passkeys, ways.identities), (1, 1));
    for taken in [
        NewAccount {
            passkey: Some(passkey(1)),
            ..new_account("b@example.org")
        },
        NewAccount {
            identity: Some(identity("1")),
            ..new_account("b@example.org")
        },
    ] {
        let made = store.create_account(&taken).await.unwrap();
        assert_eq!(made, Creation::WayInTaken);
        assert!(store.account(taken.id).await.unwrap().is_none());
    }
}

async fn an_invitation_is_used_up_by_the_one_account_that_it_makes(home: Home) {
    let store = home.store().await;
    keep(&store, "taken@example.org").await;
    let invitation = SpentProof {
        hash: [7; 32],
        ends: at(60),
    };
    let invited = |address| NewAccount {
        invitation: Some(invitation),
        ..new_account(address)
    };
    let taken = store.create_account(&invited("taken@example.org")).await;
    assert_eq!(taken.unwrap(), Creation::EmailTaken);
    assert!(!store.is_proof_spent(&invitation.hash).await.unwrap());
    let guests = [invited("a@example.org"), invited("b@example.org")];
    let [first, second] = &guests;
    let (first, second) = tokio::join!(store.create_account(first), store.create_account(second));
    let mut made = [first.unwrap(), second.unwrap()];
    made.sort_by_key(|made| *made != Creation::Created);
    assert_eq!(made, [Creation::Created, Creation::InvitationUsed]);
    let mut there = 0;
    for guest in &guests {
        there += usize::from(store.account(guest.id).await.unwrap().is_some());
    }
    assert_eq!(there, 1);
    assert!(store.is_proof_spent(&invitation.hash).await.unwrap());
}

async fn a_profile_changes_on_the_version_it_was_decided_on(home: Home) {
    let store = home.store().await;
    let id = keep(&store, "a@example.org").await;
    let profile = Profile {
        user_name: Some(UserName::parse("Nadia").unwrap()),
        language: Some("ar".to_owned()),
        country: Some(Personal::new(Country::parse("DE").unwrap())),
        theme: Some("dark".to_owned()),
        history_days: HistoryDays::Off,
    };
    let change = |version| store.update_profile(id, version, &profile);
    assert_eq!(change(1).await.unwrap(), Change::Changed);
    assert_eq!(change(1).await.unwrap(), Change::Stale);
    let row = store.account(id).await.unwrap().unwrap();
    assert_eq!((row.profile, row.version), (profile.clone(), 2));
}

async fn no_two_user_names_fold_to_the_same(home: Home) {
    let store = home.store().await;
    let named = |name| Profile {
        user_name: Some(UserName::parse(name).unwrap()),
        ..Profile::default()
    };
    let first = keep(&store, "a@example.org").await;
    let second = keep(&store, "b@example.org").await;
    let change = store.update_profile(first, 1, &named("Nadia")).await;
    assert_eq!(change.unwrap(), Change::Changed);
    let change = store.update_profile(second, 1, &named("NADIA")).await;
    assert_eq!(change.unwrap(), Change::Taken);
    let change = store.update_profile(first, 2, &named("nadia")).await;
    assert_eq!(change.unwrap(), Change::Changed, "its own name");
}

async fn a_new_address_ends_what_was_sent_to_the_old_one(home: Home) {
    use account::TicketKind;
    use base::TicketId;
    use store::{NewTicket, Older};

    let store = home.store().await;
    let id = keep(&store, "a@example.org").await;
    keep(&store, "b@example.org").await;
    let reset = NewTicket {
        id: TicketId::new(&OsEntropy),
        kind: TicketKind::Reset,
        account: Some(id),
        secret_hash: Some([1; 32]),
        state: Personal::new("{}".to_owned()),
        created_at: at(0),
        expires_at: at(3600),
    };
    store.insert_ticket(&reset, Older::Die).await.unwrap();
    let taken = store.set_email(id, 1, &email("B@example.org")).await;
    assert_eq!(taken.unwrap(), Change::Taken);
    let stale = store.set_email(id, 9, &email("c@example.org")).await;
    assert_eq!(stale.unwrap(), Change::Stale);
    let by_secret = || store.ticket_by_secret(TicketKind::Reset, &[1; 32], at(1));
    assert!(by_secret().await.unwrap().is_some());
    let changed = store.set_email(id, 1, &email("c@example.org")).await;
    assert_eq!(changed.unwrap(), Change::Changed);
    assert!(by_secret().await.unwrap().is_none());
    let old = store.account_by_email(&email("a@example.org")).await;
    assert!(old.unwrap().is_none());
}

async fn the_last_operator_stays_one(home: Home) {
    let store = home.store().await;
    assert!(!store.has_operator().await.unwrap());
    let first = keep(&store, "a@example.org").await;
    assert!(store.set_rank(first, Rank::Operator).await.unwrap());
    assert!(store.has_operator().await.unwrap());
    assert!(!store.set_rank(first, Rank::Member).await.unwrap());
    assert!(store.has_operator().await.unwrap());
    let second = keep(&store, "b@example.org").await;
    assert!(store.set_rank(second, Rank::Operator).await.unwrap());
    assert!(store.set_rank(first, Rank::Member).await.unwrap());
    assert_eq!(
        store.account(first).await.unwrap().unwrap().rank,
        Rank::Member
    );
}

async fn locking_ends_sessions_and_steps(home: Home) {
    let store = home.store().await;
    let id = keep(&store, "a@example.org").await;
    super::signing_in::keep_session(&store, id, 0).await;
    assert!(store.set_locked(id, Some(at(5))).await.unwrap());
    assert!(store.sessions(id).await.unwrap().is_empty());
    let row = store.account(id).await.unwrap().unwrap();
    assert_eq!(row.locked_at, Some(at(5)));
    assert!(store.set_locked(id, None).await.unwrap());
    assert!(store.set_restricted(id, Some(at(6))).await.unwrap());
    let row = store.account(id).await.unwrap().unwrap();
    assert_eq!((row.locked_at, row.restricted_at), (None, Some(at(6))));
    assert!(store.set_agreed(id, "2", at(7)).await.unwrap());
    let row = store.account(id).await.unwrap().unwrap();
    assert_eq!((row.agreed_version.as_str(), row.agreed_at), ("2", at(7)));
}

async fn accounts_are_listed_in_the_order_in_which_they_came(home: Home) {
    let store = home.store().await;
    let mut ids = Vec::new();
    for name in ["a", "b", "c"] {
        ids.push(keep(&store, &format!("{name}@example.org")).await);
    }
    ids.sort_unstable();
    let page = store.accounts(None, 2).await.unwrap();
    assert_eq!(page.iter().map(|row| row.id).collect::<Vec<_>>(), ids[..2]);
    let rest = store.accounts(Some(ids[1]), 2).await.unwrap();
    assert_eq!(rest.iter().map(|row| row.id).collect::<Vec<_>>(), ids[2..]);
}

async fn an_erasure_is_due_when_its_time_has_come_and_can_be_taken_back(home: Home) {
    let store = home.store().await;
    let id = keep(&store, "a@example.org").await;
    assert!(store.set_erase_at(id, Some(at(10))).await.unwrap());
    assert_eq!(store.accounts_to_erase(at(9), 10).await.unwrap(), []);
    assert_eq!(store.accounts_to_erase(at(10), 10).await.unwrap(), [id]);
    assert!(store.set_erase_at(id, None).await.unwrap());
    assert_eq!(store.accounts_to_erase(at(10), 10).await.unwrap(), []);
    assert!(store.delete_account(id).await.unwrap());
    assert!(!store.delete_account(id).await.unwrap());
    assert!(store.password_hash(id).await.unwrap().is_none());
}

async fn the_last_way_in_stays(home: Home) {
    let store = home.store().await;
    // Where codes can be mailed, an address is a way in; elsewhere it needs the password.
    let id = keep(&store, "a@example.org").await;
    assert_eq!(
        store.remove_password(id, false).await.unwrap(),
        Removal::LastWayIn
    );
    assert!(store.password_hash(id).await.unwrap().is_some());
    assert_eq!(
        store.remove_password(id, true).await.unwrap(),
        Removal::Removed
    );
    assert_eq!(
        store.remove_password(id, true).await.unwrap(),
        Removal::NotThere
    );

    let (id, identity) = keep_without_address(&store).await;
    let last = store.remove_identity(id, identity.id, true, at(1));
    assert_eq!(last.await.unwrap(), Removal::LastWayIn);
    assert_eq!(store.revocation_count().await.unwrap(), 0);
    let passkey = passkey(2);
    let inserted = store.insert_passkey(id, &passkey).await.unwrap();
    assert_eq!(inserted, PasskeyInsertion::Inserted);
    let removed = store.remove_identity(id, identity.id, true, at(1));
    assert_eq!(removed.await.unwrap(), Removal::Removed);
    let last = store.remove_passkey(id, passkey.id, true).await.unwrap();
    assert_eq!(last, Removal::LastWayIn);
    let other = PasskeyId::new(&OsEntropy);
    let none = store.remove_passkey(id, other, true).await.unwrap();
    assert_eq!(none, Removal::NotThere);
    assert_eq!(store.passkeys(id).await.unwrap().len(), 1);
}

async fn of_two_that_remove_the_last_two_ways_in_one_is_refused(home: Home) {
    let store = home.store().await;
    let (id, identity) = keep_without_address(&store).await;
    let passkey = passkey(3);
    store.insert_passkey(id, &passkey).await.unwrap();
    let (one, other) = tokio::join!(
        store.remove_identity(id, identity.id, true, at(1)),
        store.remove_passkey(id, passkey.id, true),
    );
    let is_identity_gone = one.unwrap() == Removal::Removed;
    let is_passkey_gone = other.unwrap() == Removal::Removed;
    assert!(is_identity_gone != is_passkey_gone);
    let ways = store.ways_in(id).await.unwrap();
    assert_eq!(ways.passkeys + ways.identities, 1);
}

async fn a_password_is_rehashed_only_while_it_is_the_same(home: Home) {
    let store = home.store().await;
    let id = keep(&store, "a@example.org").await;
    let [old, new] =
        ["$2b$04$made.up.hash", "$2b$05$made.up.hash"].map(|hash| Secret::new(hash.to_owned()));
    assert!(store.rehash_password(id, &old, &new).await.unwrap());
    assert!(!store.rehash_password(id, &old, &new).await.unwrap());
    assert_eq!(store.password_hash(id).await.unwrap(), Some(new));
}

async fn a_passkey_moves_on_only_from_the_version_that_was_checked(home: Home) {
    let store = home.store().await;
    let id = keep(&store, "a@example.org").await;
    let passkey = passkey(4);
    store.insert_passkey(id, &passkey).await.unwrap();
    let known = store
        .insert_passkey(
            id,
            &NewPasskey {
                id: PasskeyId::new(&OsEntropy),
                ..passkey.clone()
            },
        )
        .await;
    assert_eq!(known.unwrap(), PasskeyInsertion::Known);
    let row = store
        .passkey_by_credential(&passkey.credential_id)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(
        (row.id, row.account, row.version, row.last_used_day),
        (passkey.id, id, 1, None)
    );
    assert!(store.use_passkey(row.id, 1, b"{2}", at(0)).await.unwrap());
    assert!(!store.use_passkey(row.id, 1, b"{3}", at(0)).await.unwrap());
    let name = Personal::new("tablet".to_owned());
    assert!(store.rename_passkey(id, row.id, &name).await.unwrap());
    let other = keep(&store, "b@example.org").await;
    assert!(!store.rename_passkey(other, row.id, &name).await.unwrap());
    let row = store.passkeys(id).await.unwrap().remove(0);
    assert_eq!(
        (row.credential.as_slice(), row.version, row.last_used_day),
        (&b"{2}"[..], 2, Some(at(0)))
    );
    assert_eq!(row.name, name);
}

async fn an_account_has_a_bounded_number_of_passkeys(home: Home) {
    let store = home.store().await;
    let id = keep(&store, "a@example.org").await;
    for number in 0..PASSKEYS_MAX as u8 {
        let inserted = store.insert_passkey(id, &passkey(number)).await.unwrap();
        assert_eq!(inserted, PasskeyInsertion::Inserted);
    }
    let more = store.insert_passkey(id, &passkey(99)).await.unwrap();
    assert_eq!(more, PasskeyInsertion::TooMany);
    let nobody = AccountId::new(at(1), &OsEntropy);
    let more = store.insert_passkey(nobody, &passkey(99)).await.unwrap();
    assert_eq!(more, PasskeyInsertion::NoAccount);
}

async fn a_subject_of_an_issuer_is_linked_once(home: Home) {
    let store = home.store().await;
    let first = keep(&store, "a@example.org").await;
    let second = keep(&store, "b@example.org").await;
    assert!(store.insert_identity(first, &identity("1")).await.unwrap());
    assert!(!store.insert_identity(second, &identity("1")).await.unwrap());
    let elsewhere = NewIdentity {
        issuer: "https://oauth.telegram.org".to_owned(),
        token: None,
        ..identity("1")
    };
    assert!(store.insert_identity(second, &elsewhere).await.unwrap());
    let subject = Personal::new("1".to_owned());
    let found = store
        .identity_by_subject(&elsewhere.issuer, &subject)
        .await
        .unwrap()
        .unwrap();
    assert_eq!((found.account, found.token), (second, None));
    assert_eq!(store.identities(first).await.unwrap().len(), 1);
}

async fn an_identitys_token_is_sealed(home: Home) {
    let store = home.store().await;
    let id = keep(&store, "a@example.org").await;
    store.insert_identity(id, &identity("1")).await.unwrap();
    let read = store.identities(id).await.unwrap().remove(0);
    assert_eq!(read.token, Some(Secret::new("canary-token".to_owned())));
    home.tamper("UPDATE identities SET id = 'u_00000000000000000000000000000000'")
        .await;
    let moved = store.identities(id).await;
    assert!(
        matches!(moved, Err(StoreError::Corrupt(_))),
        "it opens in its own row alone"
    );
}

async fn another_sealing_key_does_not_open_the_store(home: Home) {
    home.store().await.close().await;
    let other = store::Settings {
        sealing_key: Some(Secret::new([8; 32])),
        ..home.settings()
    };
    let opened = Store::open(&other).await;
    assert!(matches!(opened, Err(StoreError::OtherSealingKey)));
    let none = store::Settings {
        sealing_key: None,
        ..home.settings()
    };
    let opened = Store::open(&none).await.unwrap();
    let id = keep(&opened, "a@example.org").await;
    let unsealed = opened.insert_identity(id, &identity("1")).await;
    assert!(matches!(unsealed, Err(StoreError::NoSealingKey)));
}
