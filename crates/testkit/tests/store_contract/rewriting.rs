//! What PostgreSQL's files hold of the erased, before and after its tables are written anew.

use std::path::{Path, PathBuf};
use std::time::Duration;

use base::{AccountId, EntryId, OsEntropy, Personal, ReceiptId, Secret};
use privacy::Subject;
use sqlx::{Connection as _, Executor as _};
use store::{Left, Notice, Settings, Store, inventory};

use crate::accounts::keep;
use crate::home::{Home, at};

/// Nobody is waited for long in a test.
const PATIENCE: Duration = Duration::from_millis(50);

/// Where the server keeps its data.
fn cluster(home: &Home) -> PathBuf {
    let url = home.settings().url;
    let (_, folder) = url.expose().split_once("host=").unwrap();
    Path::new(folder).join("cluster")
}

/// Whether a file in `folder` holds these bytes. The log is left out: it is written over in its time.
fn holds(folder: &Path, bytes: &[u8]) -> bool {
    let entries = std::fs::read_dir(folder).unwrap();
    let mut entries = entries.map(|entry| entry.unwrap().path());
    entries.any(|path| match path.is_dir() {
        true => !path.ends_with("pg_wal") && holds(&path, bytes),
        // The server works on, and lets go of files.
        false => std::fs::read(path)
            .is_ok_and(|file| file.windows(bytes.len()).any(|window| window == bytes)),
    })
}

/// A member with an address and a notice that hold `canary`.
async fn member(store: &Store, canary: &str) -> AccountId {
    let account = keep(store, &format!("{canary}@example.org")).await;
    let notice = Notice {
        id: EntryId::new(&OsEntropy),
        kind: "room-opened".to_owned(),
        about: Personal::new(format!("{{\"host\":\"{canary}\"}}")),
        made_at: at(0),
        seen_at: None,
    };
    assert!(store.insert_notice(account, &notice).await.unwrap());
    account
}

#[tokio::test]
async fn no_file_of_postgresql_holds_the_erased_once_its_tables_are_written_anew() {
    let home = Home::postgresql();
    let (store, data) = (home.store().await, cluster(&home));
    let gone = member(&store, "canary-that-goes").await;
    for number in 0..3 {
        member(&store, &format!("canary-that-stays-{number}")).await;
    }
    // The planner knows the values as well.
    home.tamper("ANALYZE").await;
    let (id, subject) = (ReceiptId::new(at(1), &OsEntropy), Subject::of_account(gone));
    store
        .begin_erasure(id, &subject, &[7; 32], at(1))
        .await
        .unwrap();
    store.erase(id, &subject, at(2)).await.unwrap();
    // Nothing is in memory alone.
    home.tamper("CHECKPOINT").await;
    let name = gone.to_string();
    let traces = ["canary-that-goes", name.as_str()];
    for trace in traces {
        assert!(holds(&data, trace.as_bytes()), "{trace} in a dead row");
    }
    let done = store.rewrite_erased(PATIENCE).await.unwrap().unwrap();
    assert_eq!(done.left, []);
    assert!(!done.is_still_seen && done.is_checkpointed);
    for trace in traces {
        assert!(!holds(&data, trace.as_bytes()), "{trace}");
    }
    assert!(holds(&data, b"canary-that-stays-1"), "rows of others stay");
    store.close().await;
}

#[tokio::test]
async fn who_uses_a_table_comes_first_and_the_table_is_named() {
    let home = Home::postgresql();
    let store = home.store().await;
    let mut other = home.postgresql_connection().await;
    let mut reading = other.begin().await.unwrap();
    let lock = "LOCK TABLE notices IN ACCESS SHARE MODE";
    reading.execute(lock).await.unwrap();
    let done = store.rewrite_erased(PATIENCE).await.unwrap().unwrap();
    assert_eq!(done.left, [("notices".to_owned(), Left::InUse)]);
    assert!(done.tables.iter().any(|table| table == "accounts"));
    assert!(done.is_still_seen, "it may see what was erased");
    reading.rollback().await.unwrap();
    let done = store.rewrite_erased(PATIENCE).await.unwrap().unwrap();
    assert!(done.left.is_empty() && !done.is_still_seen, "{done:?}");
    store.close().await;
}

#[tokio::test]
async fn what_belongs_to_somebody_else_is_named() {
    let home = Home::postgresql();
    home.store().await.close().await;
    home.tamper("CREATE ROLE plain; GRANT ALL ON SCHEMA public TO plain; GRANT ALL ON ALL TABLES IN SCHEMA public TO plain")
        .await;
    let settings = home.settings();
    let url = format!("{}&options=-c%20role%3Dplain", settings.url.expose());
    let settings = Settings {
        url: Secret::new(url),
        ..settings
    };
    let store = Store::open(&settings).await.unwrap();
    let done = store.rewrite_erased(PATIENCE).await.unwrap().unwrap();
    assert_eq!(done.tables, Vec::<String>::new());
    // Every table, and the statistics of the planner.
    assert_eq!(done.left.len(), inventory().table.len() + 1);
    let mut left = done.left.iter();
    assert!(left.all(|(_, why)| *why == Left::NotOwned));
    assert!(!done.is_checkpointed);
    store.close().await;
}

#[tokio::test]
async fn there_is_nothing_to_write_anew_on_sqlite() {
    let home = Home::sqlite();
    let store = home.store().await;
    assert_eq!(store.rewrite_erased(PATIENCE).await.unwrap(), None);
    store.close().await;
}
