//! What holds on SQLite alone: its files, a full disk, a killed process, and bytes that are gone.

#![expect(
    clippy::unwrap_used,
    reason = "a test stops at the first thing that fails"
)]

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::time::Duration;

use base::{OsEntropy, Personal, RoomId, Secret, Timestamp};
use protocol::RoomCode;
use sqlx::{Connection, SqliteConnection};
use store::{Insertion, NewRoom, Settings, Store, StoreError};
use tempfile::TempDir;

const SAID: &str = "a line that somebody wrote in the chat";
const PASSWORD_HASH: &str = "canary-password-hash";
const HOST_KEY_HASH: [u8; 32] = *b"canary-host-key-hash-of-32-bytes";

struct Home {
    folder: TempDir,
}

impl Home {
    fn new() -> Self {
        Self {
            folder: tempfile::tempdir().unwrap(),
        }
    }

    fn file(&self) -> PathBuf {
        self.folder.path().join("data/unisono.db")
    }

    fn settings(&self) -> Settings {
        Settings {
            wait_ms: 2_000,
            ..Settings::at(self.file().display().to_string())
        }
    }

    async fn store(&self) -> Store {
        Store::open(&self.settings()).await.unwrap()
    }

    async fn connection(&self) -> SqliteConnection {
        SqliteConnection::connect(&self.file().display().to_string())
            .await
            .unwrap()
    }

    /// The files of the database as they lie on the disk right now, by name.
    fn files(&self) -> Vec<(String, Vec<u8>)> {
        let entries = fs::read_dir(self.file().parent().unwrap()).unwrap();
        let paths = entries.map(|entry| entry.unwrap().path());
        paths
            .map(|path| {
                (
                    path.file_name().unwrap().display().to_string(),
                    fs::read(&path).unwrap(),
                )
            })
            .collect()
    }

    /// Copies the files of a running database, as a process that is killed at this moment leaves them.
    fn killed_now(&self) -> Self {
        let copy = Self::new();
        fs::create_dir(copy.file().parent().unwrap()).unwrap();
        for (name, bytes) in self.files() {
            // A killed process takes its shared memory with it.
            if !name.ends_with("-shm") {
                fs::write(copy.file().with_file_name(name), bytes).unwrap();
            }
        }
        copy
    }

    /// The files that hold `canary`.
    fn holding(&self, canary: &[u8]) -> Vec<String> {
        let holds = |bytes: &[u8]| bytes.windows(canary.len()).any(|window| window == canary);
        let files = self.files().into_iter();
        files
            .filter(|(_, bytes)| holds(bytes))
            .map(|(name, _)| name)
            .collect()
    }
}

fn at(seconds: u64) -> Timestamp {
    Timestamp::from_unix_ms(1_790_000_000_000).after(Duration::from_secs(seconds))
}

/// A room with long, recognisable bytes in every column that has text.
fn canary_room() -> NewRoom {
    NewRoom {
        id: RoomId::new(at(0), &OsEntropy),
        code: RoomCode::random(12, &OsEntropy),
        password_hash: Some(Secret::new(PASSWORD_HASH.to_owned())),
        host_key_hash: Secret::new(HOST_KEY_HASH),
        account: None,
        guest: None,
        is_saved: false,
        ask_first: false,
        created_at: at(0),
        expires_at: at(60),
        queue: Some(Personal::new(SAID.to_owned())),
    }
}

async fn keep(store: &Store, room: &NewRoom) {
    assert_eq!(store.insert_room(room).await.unwrap(), Insertion::Inserted);
}

fn canaries(room: &NewRoom) -> [Vec<u8>; 5] {
    [
        room.code.as_str().into(),
        room.id.to_string().into(),
        SAID.into(),
        PASSWORD_HASH.into(),
        HOST_KEY_HASH.into(),
    ]
}

#[tokio::test]
async fn the_files_are_for_their_owner_alone() {
    let home = Home::new();
    let store = home.store().await;
    keep(&store, &canary_room()).await;
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(home.file().parent().unwrap()), 0o700);
    let names: Vec<String> = home.files().into_iter().map(|file| file.0).collect();
    assert!(names.contains(&"unisono.db-wal".to_owned()));
    for name in names {
        assert_eq!(mode(&home.file().with_file_name(&name)), 0o600, "{name}");
    }
}

#[tokio::test]
async fn a_file_that_others_could_read_is_closed_to_them() {
    let home = Home::new();
    home.store().await.close().await;
    fs::set_permissions(home.file(), fs::Permissions::from_mode(0o644)).unwrap();
    home.store().await.close().await;
    assert_eq!(
        fs::metadata(home.file()).unwrap().permissions().mode() & 0o777,
        0o600
    );
}

#[tokio::test]
async fn no_byte_of_a_deleted_room_remains() {
    let home = Home::new();
    let store = home.store().await;
    let (gone, stays) = (canary_room(), canary_room());
    keep(&store, &gone).await;
    keep(&store, &stays).await;
    for canary in canaries(&gone) {
        assert_ne!(
            home.holding(&canary),
            Vec::<String>::new(),
            "the scan should find what is there"
        );
    }
    store.close_room(gone.id, at(10)).await.unwrap();
    assert_eq!(store.delete_closed_rooms(at(11), 10).await.unwrap(), 1);
    for canary in [
        gone.code.as_str().as_bytes(),
        gone.id.to_string().as_bytes(),
    ] {
        assert_eq!(home.holding(canary), Vec::<String>::new());
    }
    assert_ne!(
        home.holding(stays.code.as_str().as_bytes()),
        Vec::<String>::new()
    );

    store.expire_rooms(at(60), 10).await.unwrap();
    assert_eq!(store.delete_closed_rooms(at(61), 10).await.unwrap(), 1);
    for canary in canaries(&stays) {
        assert_eq!(home.holding(&canary), Vec::<String>::new());
    }
}

#[tokio::test]
async fn a_deletion_that_was_killed_is_completed_at_the_next_start() {
    let home = Home::new();
    let store = home.store().await;
    let room = canary_room();
    keep(&store, &room).await;
    sqlx::raw_sql("PRAGMA secure_delete = ON; DELETE FROM rooms")
        .execute(&mut home.connection().await)
        .await
        .unwrap();
    let killed = home.killed_now();
    assert_ne!(
        killed.holding(PASSWORD_HASH.as_bytes()),
        Vec::<String>::new()
    );
    let reopened = killed.store().await;
    for canary in canaries(&room) {
        assert_eq!(killed.holding(&canary), Vec::<String>::new());
    }
    assert!(reopened.room(room.id).await.unwrap().is_none());
}

#[tokio::test]
async fn a_killed_process_loses_no_room() {
    let home = Home::new();
    let store = home.store().await;
    let rooms: Vec<NewRoom> = (0..50).map(|_| canary_room()).collect();
    for room in &rooms {
        keep(&store, room).await;
    }
    let killed = home.killed_now();
    let reopened = killed.store().await;
    for room in &rooms {
        assert_eq!(
            reopened.room(room.id).await.unwrap().unwrap().code,
            room.code
        );
    }
}

#[tokio::test]
async fn a_full_disk_is_said_and_breaks_nothing() {
    let home = Home::new();
    let settings = Settings {
        sqlite_pages_max: Some(256),
        ..home.settings()
    };
    let store = Store::open(&settings).await.unwrap();
    let mut kept = Vec::new();
    let refusal = loop {
        let room = canary_room();
        match store.insert_room(&room).await {
            Ok(_) => kept.push(room),
            Err(refusal) => break refusal,
        }
        assert!(
            kept.len() < 10_000,
            "256 pages should not hold that many rooms"
        );
    };
    assert!(matches!(refusal, StoreError::Full), "{refusal}");
    for room in &kept {
        assert!(store.room(room.id).await.unwrap().is_some());
        store.close_room(room.id, at(10)).await.unwrap();
    }
    while store.delete_closed_rooms(at(11), 500).await.unwrap() > 0 {}
    keep(&store, &canary_room()).await;
}

#[tokio::test]
async fn a_writer_that_does_not_let_go_makes_the_others_busy() {
    let home = Home::new();
    let store = home.store().await;
    let mut other = home.connection().await;
    sqlx::query("BEGIN IMMEDIATE")
        .execute(&mut other)
        .await
        .unwrap();
    let refused = store.insert_room(&canary_room()).await;
    assert!(matches!(refused, Err(StoreError::Busy)), "{refused:?}");
    store.ping().await.unwrap();
    sqlx::query("ROLLBACK").execute(&mut other).await.unwrap();
    keep(&store, &canary_room()).await;
}

/// Tries to empty the log after which the trace must be gone.
const TRIES_MAX: u32 = 50;

#[tokio::test]
async fn a_reader_does_not_stop_the_sweep() {
    let home = Home::new();
    let store = home.store().await;
    let room = canary_room();
    keep(&store, &room).await;
    let mut reader = home.connection().await;
    sqlx::raw_sql("BEGIN; SELECT COUNT(*) FROM rooms")
        .execute(&mut reader)
        .await
        .unwrap();
    store.close_room(room.id, at(10)).await.unwrap();
    assert_eq!(store.delete_closed_rooms(at(11), 10).await.unwrap(), 1);
    sqlx::raw_sql("COMMIT").execute(&mut reader).await.unwrap();
    reader.close().await.unwrap();
    // SQLite may still see the reader for a moment; the log is emptied again each minute.
    let mut left = Vec::new();
    for _ in 0..TRIES_MAX {
        store.empty_log().await.unwrap();
        left = home.holding(room.code.as_str().as_bytes());
        if left.is_empty() {
            break;
        }
    }
    assert_eq!(left, Vec::<String>::new());
}

#[tokio::test]
async fn a_file_that_is_no_database_is_refused() {
    let home = Home::new();
    fs::create_dir(home.file().parent().unwrap()).unwrap();
    fs::write(
        home.file(),
        "just some text, long enough to be taken for a header of a file",
    )
    .unwrap();
    let refused = Store::open(&home.settings()).await.unwrap_err();
    assert!(matches!(refused, StoreError::Corrupt(_)), "{refused}");
}

#[tokio::test]
async fn a_folder_that_cannot_be_made_is_unavailable() {
    let home = Home::new();
    fs::write(
        home.file().parent().unwrap(),
        "a file where the folder should be",
    )
    .unwrap();
    let refused = Store::open(&home.settings()).await.unwrap_err();
    assert!(matches!(refused, StoreError::Unavailable(_)), "{refused}");
}
