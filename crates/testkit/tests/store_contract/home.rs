//! Where a test's data lives, and short words for the rooms that tests keep.

use std::time::Duration;

use base::{Entropy, OsEntropy, RoomId, Secret, Timestamp};
use protocol::RoomCode;
use sqlx::Connection;
use store::{Insertion, NewRoom, Settings, Store};
use tempfile::TempDir;
use testkit::postgres::Postgres;

/// An empty database of one kind, gone when the test ends.
pub(crate) enum Home {
    Sqlite(TempDir),
    Postgresql(Box<Postgres>),
}

impl Home {
    pub(crate) fn sqlite() -> Self {
        Self::Sqlite(tempfile::tempdir().unwrap())
    }

    pub(crate) fn postgresql() -> Self {
        Self::Postgresql(Box::new(
            Postgres::start().unwrap_or_else(|error| panic!("{error}")),
        ))
    }

    pub(crate) fn settings(&self) -> Settings {
        let url = match self {
            Self::Sqlite(folder) => {
                format!("sqlite:{}", folder.path().join("unisono.db").display())
            }
            Self::Postgresql(server) => server.url(),
        };
        Settings {
            sealing_key: Some(Secret::new([7; 32])),
            ..Settings::at(url)
        }
    }

    pub(crate) async fn store(&self) -> Store {
        Store::open(&self.settings()).await.unwrap()
    }

    /// Does behind the store's back what no method of it does.
    pub(crate) async fn tamper(&self, sql: &'static str) {
        let url = self.settings().url;
        if let Self::Sqlite(_) = self {
            let mut connection = sqlx::SqliteConnection::connect(url.expose()).await.unwrap();
            sqlx::raw_sql(sql).execute(&mut connection).await.unwrap();
            connection.close().await.unwrap();
        } else {
            let mut connection = self.postgresql_connection().await;
            sqlx::raw_sql(sql).execute(&mut connection).await.unwrap();
        }
    }

    /// A connection of its own to the PostgreSQL server.
    pub(crate) async fn postgresql_connection(&self) -> sqlx::PgConnection {
        let url = self.settings().url;
        sqlx::PgConnection::connect(url.expose()).await.unwrap()
    }
}

/// The moment `seconds` after the start of the test's time.
pub(crate) fn at(seconds: u64) -> Timestamp {
    Timestamp::from_unix_ms(1_790_000_000_000).after(Duration::from_secs(seconds))
}

/// A room with a random code that opens at 0 s and ends at `expires` seconds.
pub(crate) fn new_room(expires: u64) -> NewRoom {
    NewRoom {
        id: RoomId::new(at(0), &OsEntropy),
        code: RoomCode::random(6, &OsEntropy),
        password_hash: Some(Secret::new("$2b$04$made.up.hash".to_owned())),
        host_key_hash: Secret::new(OsEntropy.bytes32()),
        account: None,
        guest: None,
        is_saved: false,
        ask_first: false,
        created_at: at(0),
        expires_at: at(expires),
        queue: None,
    }
}

/// Keeps such a room and names it.
pub(crate) async fn keep_room(store: &Store, expires: u64) -> RoomId {
    let room = new_room(expires);
    assert_eq!(store.insert_room(&room).await.unwrap(), Insertion::Inserted);
    room.id
}
