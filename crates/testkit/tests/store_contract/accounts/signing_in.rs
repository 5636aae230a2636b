//! Sessions, steps that were begun, and second factors.

use std::time::Duration;

use account::{Proof, Rank, Session, TicketKind};
use base::{AccountId, OsEntropy, Personal, Secret, SessionId, TicketId};
use store::{NewTicket, Older, SESSIONS_MAX, Store};

use super::keep;
use super::swept;
use crate::home::{Home, at};

crate::on_both_databases! {
    a_session_is_read_with_what_its_account_allows,
    a_session_ends_for_its_own_account_alone,
    a_new_password_ends_all_other_sessions_and_every_step,
    the_oldest_session_ends_for_one_too_many,
    sessions_expire,
    a_step_is_tried_no_more_often_than_it_may_be,
    a_step_is_over_when_its_time_is,
    of_two_that_finish_a_step_one_wins,
    a_newer_reset_kills_the_older,
    a_steps_state_is_sealed,
    a_time_step_is_used_once_and_never_goes_back,
    a_confirmed_secret_is_not_replaced_by_an_offered_one,
    a_recovery_code_works_once,
}

fn session(account: AccountId, seconds: u64) -> Session {
    Session::begin(
        SessionId::new(&OsEntropy),
        account,
        Proof::Password,
        at(seconds),
    )
}

pub(super) async fn keep_session(store: &Store, account: AccountId, seconds: u64) -> SessionId {
    let session = session(account, seconds);
    let ended = store.insert_session(&session, "Firefox on Linux").await;
    assert_eq!(ended.unwrap(), Some(vec![]));
    session.id
}

fn ticket(kind: TicketKind, account: Option<AccountId>) -> NewTicket {
    NewTicket {
        id: TicketId::new(&OsEntropy),
        kind,
        account,
        secret_hash: None,
        state: Personal::new("canary-state".to_owned()),
        created_at: at(0),
        expires_at: at(600),
    }
}

async fn a_session_is_read_with_what_its_account_allows(home: Home) {
    let store = home.store().await;
    let account = keep(&store, "a@example.org").await;
    let session = session(account, 0);
    store
        .insert_session(&session, "Firefox on Linux")
        .await
        .unwrap();
    let live = store.session(session.id).await.unwrap().unwrap();
    assert_eq!((live.session, live.rank), (session, Rank::Member));
    assert_eq!((live.locked_at, live.restricted_at), (None, None));
    store.set_restricted(account, Some(at(3))).await.unwrap();
    let live = store.session(session.id).await.unwrap().unwrap();
    assert_eq!(live.restricted_at, Some(at(3)));
    let renamed = SessionId::new(&OsEntropy);
    let proved = store.prove_session(session.id, renamed, Proof::Passkey, at(9));
    assert!(proved.await.unwrap());
    assert!(store.session(session.id).await.unwrap().is_none());
    let day = session.last_used_day.after(Duration::from_secs(86_400));
    store.touch_session(renamed, day).await.unwrap();
    store
        .touch_session(renamed, session.last_used_day)
        .await
        .unwrap();
    let rows = store.sessions(account).await.unwrap();
    assert_eq!(rows[0].device, "Firefox on Linux");
    let now = rows[0].session;
    assert_eq!(
        (now.proved_by, now.proved_at, now.last_used_day),
        (Proof::Passkey, at(9), day)
    );
    let nobody = AccountId::new(at(1), &OsEntropy);
    let kept = store.insert_session(&self::session(nobody, 0), "").await;
    assert_eq!(kept.unwrap(), None);
}

async fn a_session_ends_for_its_own_account_alone(home: Home) {
    let store = home.store().await;
    let account = keep(&store, "a@example.org").await;
    let other = keep(&store, "b@example.org").await;
    let mine = keep_session(&store, account, 0).await;
    let theirs = keep_session(&store, other, 0).await;
    assert!(!store.delete_session(account, theirs).await.unwrap());
    assert!(store.delete_session(account, mine).await.unwrap());
    assert!(!store.delete_session(account, mine).await.unwrap());
    assert!(store.session(mine).await.unwrap().is_none());
    let proved = store.prove_session(mine, SessionId::new(&OsEntropy), Proof::Code, at(1));
    assert!(!proved.await.unwrap());
    let second = keep_session(&store, account, 1).await;
    let third = keep_session(&store, account, 2).await;
    assert_eq!(
        store.delete_sessions(account, Some(third)).await.unwrap(),
        [second]
    );
    assert_eq!(store.delete_sessions(account, None).await.unwrap(), [third]);
    assert!(store.session(theirs).await.unwrap().is_some());
}

async fn a_new_password_ends_all_other_sessions_and_every_step(home: Home) {
    let store = home.store().await;
    let account = keep(&store, "a@example.org").await;
    let kept = keep_session(&store, account, 0).await;
    let ended = keep_session(&store, account, 1).await;
    let other = keep(&store, "b@example.org").await;
    let mut tickets: Vec<NewTicket> = TicketKind::ALL
        .map(|kind| ticket(kind, Some(account)))
        .into();
    tickets.push(ticket(TicketKind::Reset, Some(other)));
    for ticket in &tickets {
        store.insert_ticket(ticket, Older::Die).await.unwrap();
    }
    let hash = Secret::new("$2b$04$another".to_owned());
    let gone = store.set_password(account, &hash, Some(kept), at(5)).await;
    assert_eq!(gone.unwrap(), Some(vec![ended]));
    assert_eq!(
        store.password_hash(account).await.unwrap(),
        Some(hash.clone())
    );
    let mut left = Vec::new();
    for ticket in &tickets {
        let found = store.ticket(ticket.id, ticket.kind, at(1)).await.unwrap();
        left.extend(found.map(|row| (row.kind, row.account)));
    }
    assert_eq!(left, [(TicketKind::Reset, Some(other))], "somebody else's");
    let gone = store.set_password(account, &hash, None, at(6)).await;
    assert_eq!(gone.unwrap(), Some(vec![kept]));
    let nobody = AccountId::new(at(1), &OsEntropy);
    assert_eq!(
        store
            .set_password(nobody, &hash, None, at(6))
            .await
            .unwrap(),
        None
    );
}

async fn the_oldest_session_ends_for_one_too_many(home: Home) {
    let store = home.store().await;
    let account = keep(&store, "a@example.org").await;
    let oldest = keep_session(&store, account, 0).await;
    for second in 1..u64::from(SESSIONS_MAX) {
        keep_session(&store, account, second).await;
    }
    let ended = store
        .insert_session(&session(account, 99), "Safari on iPhone")
        .await;
    assert_eq!(ended.unwrap(), Some(vec![oldest]));
    assert_eq!(
        store.sessions(account).await.unwrap().len(),
        SESSIONS_MAX as usize
    );
}

async fn sessions_expire(home: Home) {
    let store = home.store().await;
    let account = keep(&store, "a@example.org").await;
    let first = keep_session(&store, account, 0).await;
    keep_session(&store, account, 10).await;
    let end = at(0).after(Session::LIFE);
    assert_eq!(store.expire_sessions(at(0)).await.unwrap(), []);
    assert_eq!(store.expire_sessions(end).await.unwrap(), [first]);
    assert_eq!(store.sessions(account).await.unwrap().len(), 1);
}

async fn a_step_is_tried_no_more_often_than_it_may_be(home: Home) {
    let store = home.store().await;
    let kind = TicketKind::Register;
    let ticket = NewTicket {
        secret_hash: Some([4; 32]),
        ..ticket(kind, None)
    };
    store.insert_ticket(&ticket, Older::Stay).await.unwrap();
    let wrong_kind = store
        .try_ticket(ticket.id, TicketKind::Confirm, at(1))
        .await;
    assert!(wrong_kind.unwrap().is_none());
    for number in 1..=kind.tries_max() {
        let row = store
            .try_ticket(ticket.id, kind, at(1))
            .await
            .unwrap()
            .unwrap();
        assert_eq!((row.tries, row.secret_hash), (number, Some([4; 32])));
        assert_eq!(row.state.expose(), "canary-state");
    }
    assert!(
        store
            .try_ticket(ticket.id, kind, at(1))
            .await
            .unwrap()
            .is_none()
    );
}

async fn a_step_is_over_when_its_time_is(home: Home) {
    let store = home.store().await;
    let kind = TicketKind::SecondFactor;
    let ticket = ticket(kind, None);
    store.insert_ticket(&ticket, Older::Stay).await.unwrap();
    assert!(
        store
            .ticket(ticket.id, kind, at(599))
            .await
            .unwrap()
            .is_some()
    );
    assert!(
        store
            .ticket(ticket.id, kind, at(600))
            .await
            .unwrap()
            .is_none()
    );
    assert!(
        store
            .try_ticket(ticket.id, kind, at(600))
            .await
            .unwrap()
            .is_none()
    );
    assert!(
        store
            .finish_ticket(ticket.id, kind, at(600))
            .await
            .unwrap()
            .is_none()
    );
    assert_eq!(swept(&store, at(599)).await, 0);
    assert_eq!(swept(&store, at(600)).await, 1);
}

async fn of_two_that_finish_a_step_one_wins(home: Home) {
    let store = home.store().await;
    let kind = TicketKind::Register;
    let ticket = ticket(kind, None);
    store.insert_ticket(&ticket, Older::Stay).await.unwrap();
    let (one, other) = tokio::join!(
        store.finish_ticket(ticket.id, kind, at(1)),
        store.finish_ticket(ticket.id, kind, at(1)),
    );
    assert!(one.unwrap().is_some() != other.unwrap().is_some());
}

async fn a_newer_reset_kills_the_older(home: Home) {
    let store = home.store().await;
    let account = keep(&store, "a@example.org").await;
    let other = keep(&store, "b@example.org").await;
    let kind = TicketKind::Reset;
    let reset = |account, number| NewTicket {
        secret_hash: Some([number; 32]),
        ..ticket(kind, Some(account))
    };
    store
        .insert_ticket(&reset(account, 1), Older::Die)
        .await
        .unwrap();
    store
        .insert_ticket(&reset(other, 2), Older::Die)
        .await
        .unwrap();
    store
        .insert_ticket(&reset(account, 3), Older::Die)
        .await
        .unwrap();
    let by = async |number: u8| {
        store
            .ticket_by_secret(kind, &[number; 32], at(1))
            .await
            .unwrap()
    };
    assert!(by(1).await.is_none());
    assert!(by(2).await.is_some());
    assert_eq!(by(3).await.unwrap().account, Some(account));
    assert_eq!(store.delete_tickets(account, kind).await.unwrap(), 1);
    assert!(by(3).await.is_none());
}

async fn a_steps_state_is_sealed(home: Home) {
    let store = home.store().await;
    let ticket = ticket(TicketKind::Register, None);
    store.insert_ticket(&ticket, Older::Stay).await.unwrap();
    home.tamper("UPDATE tickets SET id = 't_00000000000000000000000000000000'")
        .await;
    let moved = "t_00000000000000000000000000000000".parse().unwrap();
    assert!(
        store
            .ticket(moved, TicketKind::Register, at(1))
            .await
            .is_err()
    );
}

async fn a_time_step_is_used_once_and_never_goes_back(home: Home) {
    let store = home.store().await;
    let account = keep(&store, "a@example.org").await;
    assert!(!store.advance_totp(account, 7).await.unwrap());
    let secret = Secret::new(b"canary-secret".to_vec());
    assert!(store.offer_totp(account, &secret).await.unwrap());
    assert!(
        !store.advance_totp(account, 7).await.unwrap(),
        "it is not confirmed"
    );
    assert!(
        store
            .confirm_totp(account, 7, &[[1; 32], [2; 32]], at(1))
            .await
            .unwrap()
    );
    assert!(!store.confirm_totp(account, 8, &[], at(2)).await.unwrap());
    for (step, is_new) in [(7, false), (6, false), (8, true), (8, false), (9, true)] {
        assert_eq!(
            store.advance_totp(account, step).await.unwrap(),
            is_new,
            "{step}"
        );
    }
    let row = store.totp(account).await.unwrap().unwrap();
    assert_eq!(
        (row.secret, row.confirmed_at, row.last_step),
        (secret, Some(at(1)), 9)
    );
    let (one, other) = tokio::join!(
        store.advance_totp(account, 10),
        store.advance_totp(account, 10)
    );
    assert!(one.unwrap() != other.unwrap());
}

async fn a_confirmed_secret_is_not_replaced_by_an_offered_one(home: Home) {
    let store = home.store().await;
    let account = keep(&store, "a@example.org").await;
    let [first, second, third] = [1, 2, 3].map(|byte| Secret::new(vec![byte; 20]));
    assert!(store.offer_totp(account, &first).await.unwrap());
    assert!(store.offer_totp(account, &second).await.unwrap());
    assert!(!store.ways_in(account).await.unwrap().has_totp);
    store
        .confirm_totp(account, 1, &[[1; 32]], at(1))
        .await
        .unwrap();
    assert!(!store.offer_totp(account, &third).await.unwrap());
    assert_eq!(store.totp(account).await.unwrap().unwrap().secret, second);
    let ways = store.ways_in(account).await.unwrap();
    assert!(ways.has_totp && ways.recovery_codes_left == 1);
    assert!(store.remove_totp(account).await.unwrap());
    assert!(!store.remove_totp(account).await.unwrap());
    assert_eq!(store.ways_in(account).await.unwrap().recovery_codes_left, 0);
}

async fn a_recovery_code_works_once(home: Home) {
    let store = home.store().await;
    let account = keep(&store, "a@example.org").await;
    store
        .replace_recovery_codes(account, &[[1; 32], [2; 32]])
        .await
        .unwrap();
    let (one, other) = tokio::join!(
        store.use_recovery_code(account, &[1; 32]),
        store.use_recovery_code(account, &[1; 32]),
    );
    assert!(one.unwrap() != other.unwrap());
    assert!(!store.use_recovery_code(account, &[3; 32]).await.unwrap());
    store
        .replace_recovery_codes(account, &[[4; 32]])
        .await
        .unwrap();
    assert!(!store.use_recovery_code(account, &[2; 32]).await.unwrap());
    assert!(store.use_recovery_code(account, &[4; 32]).await.unwrap());
}
