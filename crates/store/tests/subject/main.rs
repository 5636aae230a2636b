//! All of one subject, in every table that the inventory declares, on both databases: copied, erased, and gone to the
//! byte. Rows are made from the inventory, so a new table is tried by its entry alone.

#![expect(
    clippy::unwrap_used,
    reason = "a test stops at the first thing that fails"
)]

#[path = "../../../testkit/src/postgres.rs"]
#[expect(unreachable_pub, reason = "the file belongs to another crate as well")]
mod postgres;

mod crowd;
mod home;
mod life;
mod new_table;
mod rights;
mod together;

use std::collections::BTreeSet;

use base::{EntryId, OsEntropy, Personal, ReceiptId, Timestamp};
use privacy::{Deed, Subject};
use sqlx::{Connection as _, SqliteConnection};
use store::{ACCOUNTS, Begun, Cell, Notice, Store, plans};

use crowd::Crowd;
use home::Home;

const NOW: Timestamp = Timestamp::from_unix_ms(1_795_000_000_000);

/// Makes one test for each claim and database.
macro_rules! on_both_databases {
    ($($(#[$doc:meta])* $claim:ident,)*) => {
        mod sqlite {
            $($(#[$doc])* #[tokio::test] async fn $claim() {
                super::$claim(crate::Home::sqlite()).await;
            })*
        }
        mod postgresql {
            $($(#[$doc])* #[tokio::test] async fn $claim() {
                super::$claim(crate::Home::postgresql()).await;
            })*
        }
    };
}
pub(crate) use on_both_databases;

on_both_databases! {
    /// Promises S35, Y35
    a_copy_holds_all_that_may_be_given_and_nothing_of_others,
    an_erasure_that_was_cut_off_is_known_at_the_next_start,
    two_erasures_of_one_person_are_one,
    /// Promise T38
    an_erased_row_is_gone_at_once_and_the_others_stay,
}

/// Takes one subject out of their rooms, and erases them.
async fn erase(store: &Store, subject: &Subject) -> store::Counts {
    together::take_out(store, subject).await;
    erase_rows_alone(store, subject).await
}

/// Erases one subject as the ledger wants it.
async fn erase_rows_alone(store: &Store, subject: &Subject) -> store::Counts {
    let id = ReceiptId::new(NOW, &OsEntropy);
    let begun = store.begin_erasure(id, subject, &[7; 32], NOW).await;
    assert_eq!(begun.unwrap(), Begun::New);
    store.erase(id, subject, NOW).await.unwrap()
}

async fn a_copy_holds_all_that_may_be_given_and_nothing_of_others(home: Home) {
    let store = home.store().await;
    let crowd = Crowd::settle(&home, 4).await;
    let person = crowd.person(1);
    let copies = store.copy_of(&person.subject()).await.unwrap();
    let tables: BTreeSet<&str> = copies
        .iter()
        .map(|copy| &*copy.table.holding.table)
        .collect();
    let planned = plans()
        .export
        .tables
        .iter()
        .map(|table| &*table.holding.table);
    assert_eq!(tables, planned.collect());
    for copy in &copies {
        let table = &copy.table.holding.table;
        for row in &copy.rows {
            for (column, cell) in copy.table.columns.iter().zip(row) {
                let Cell::Text(text) = cell else {
                    continue;
                };
                // What several people share is taken apart by whoever knows what it is. A room is of whoever opened it
                // and of whose device has its key.
                let names_room = table.starts_with("room_") && column.name == "room_id";
                let is_shared = column.is_shared || table == "rooms" || names_room;
                let is_theirs = is_shared || person.owns(text);
                assert!(is_theirs, "{table}.{}: {text}", column.name);
            }
        }
    }
    let mut copies = copies.iter();
    let of_room = copies.find(|copy| copy.table.holding.table == "room_states");
    let columns = of_room.unwrap().table.columns.iter();
    // And not when the others did something there last.
    assert!(columns.map(|it| &*it.name).eq(["room_id", "state"]));
    let schema = store.copy_schema().await.unwrap();
    assert_eq!(schema["$defs"].as_object().unwrap().len(), tables.len());
}

async fn an_erased_row_is_gone_at_once_and_the_others_stay(home: Home) {
    let store = home.store().await;
    let crowd = Crowd::settle(&home, 5).await;
    let account = crowd
        .person(1)
        .subject()
        .account()
        .unwrap()
        .parse()
        .unwrap();
    let subject = Subject::of_account(account);
    let notice = |canary: &str| Notice {
        id: EntryId::new(&OsEntropy),
        kind: "room-opened".to_owned(),
        about: Personal::new(format!("{{\"host\":\"{canary}\"}}")),
        made_at: NOW,
        seen_at: None,
    };
    let [gone, kept] = ["canary that goes", "canary that stays"].map(notice);
    for notice in [&gone, &kept] {
        assert!(store.insert_notice(account, notice).await.unwrap());
    }
    let before = store.counts_of(&subject).await.unwrap();
    let id = gone.id.to_string();
    let erased = store.erase_rows("notices", &subject, Some(&id)).await;
    assert_eq!(erased.unwrap(), Some(1));
    let mut after = store.counts_of(&subject).await.unwrap();
    *after.get_mut("notices").unwrap() += 1;
    assert_eq!(after, before);
    assert_ne!(home.holds(b"canary that goes"), Some(true));
    assert_ne!(home.holds(b"canary that stays"), Some(false));
}

/// Tries to empty the log after which no trace may be left.
const TRIES_MAX: u32 = 50;

/// Promises S37, T37: a backup reads for minutes, and nobody who leaves meanwhile hears of a failure.
#[tokio::test]
async fn who_reads_stops_no_erasure_and_the_log_is_emptied_when_they_are_done() {
    let home = Home::sqlite();
    let store = home.store().await;
    let crowd = Crowd::settle(&home, 3).await;
    let gone = crowd.person(3);
    let mut reader = SqliteConnection::connect(&home.url()).await.unwrap();
    let reading = sqlx::raw_sql("BEGIN; SELECT COUNT(*) FROM accounts");
    reading.execute(&mut reader).await.unwrap();
    let erased = erase(&store, &gone.subject()).await;
    assert!(erased.contains_key(ACCOUNTS));
    let is_left = || {
        let traces = gone.traces();
        let mut traces = traces.iter();
        traces.any(|trace| home.holds(trace) == Some(true))
    };
    assert!(is_left(), "the log is held");
    reader.close().await.unwrap();
    // SQLite may still see the reader for a moment.
    for _ in 0..TRIES_MAX {
        store.empty_log().await.unwrap();
        if !is_left() {
            return;
        }
    }
    panic!("a trace is left");
}

async fn an_erasure_that_was_cut_off_is_known_at_the_next_start(home: Home) {
    let store = home.store().await;
    let crowd = Crowd::settle(&home, 5).await;
    let subject = crowd.person(0).subject();
    let id = ReceiptId::new(NOW, &OsEntropy);
    store
        .begin_erasure(id, &subject, &[1; 32], NOW)
        .await
        .unwrap();
    store.close().await;
    let store = home.store().await;
    let unfinished = store.unfinished_erasures().await.unwrap();
    assert_eq!((unfinished.len(), unfinished[0].id), (1, id));
    store.erase(id, &unfinished[0].subject, NOW).await.unwrap();
    assert!(store.unfinished_erasures().await.unwrap().is_empty());
    assert!(store.counts_of(&subject).await.unwrap().is_empty());
    let ledger = store.ledger_since(NOW).await.unwrap();
    assert_eq!((ledger.len(), &ledger[0].subject[..]), (1, &[1; 32][..]));
}

async fn two_erasures_of_one_person_are_one(home: Home) {
    let store = home.store().await;
    let crowd = Crowd::settle(&home, 6).await;
    let subject = crowd.person(0).subject();
    let [first, second] = [(); 2].map(|()| ReceiptId::new(NOW, &OsEntropy));
    let begin = async |id| {
        store
            .begin_erasure(id, &subject, &[2; 32], NOW)
            .await
            .unwrap()
    };
    assert_eq!(
        (begin(first).await, begin(second).await),
        (Begun::New, Begun::UnderWay)
    );
    store.erase(first, &subject, NOW).await.unwrap();
    assert_eq!(
        begin(second).await,
        Begun::New,
        "who comes back may go again"
    );
}

/// Nothing is kept without a reason, and what is rewritten is one document.
#[test]
fn every_table_of_a_subject_is_erased() {
    for step in &plans().erasure.steps {
        let is_kept = matches!(step.deed, Deed::Keep(_));
        assert!(!is_kept, "{}", step.holding.table);
    }
}
