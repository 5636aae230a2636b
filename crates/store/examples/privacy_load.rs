//! How long the rights of one person take among many.
//!
//! `privacy_load fill FOLDER ACCOUNTS ROWS` makes up people in the database of the data folder FOLDER, copies one and erases
//! them, and prints one figure a line, in milliseconds. `privacy_load wait FOLDER` ends when the server that has the folder
//! has swept what was over, and prints how many rows that were.
#![expect(
    clippy::print_stdout,
    reason = "a program for the command line answers on it"
)]

use std::collections::BTreeMap;
use std::error::Error;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use base::{Clock, OsEntropy, ReceiptId, SystemClock, Timestamp};
use privacy::Subject;
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions, Connection, SqliteConnection};
use store::{Settings, Store};

const DAY_MS: i64 = 24 * 60 * 60 * 1_000;
/// Rows of the person who is copied and erased.
const OWN_ROWS: i64 = 2_000;
/// One row of so many is older than it may be, for they come in the order in which it happened.
const OVER_EVERY: i64 = 20;
/// Seldom enough to be no load.
const LOOK_EVERY: Duration = Duration::from_millis(100);

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match words[..] {
        ["fill", folder, accounts, rows] => {
            fill(&database(folder), accounts.parse()?, rows.parse()?).await
        }
        ["wait", folder] => wait(&database(folder)).await,
        _ => Err("privacy_load fill FOLDER ACCOUNTS ROWS, or privacy_load wait FOLDER".into()),
    }
}

fn database(folder: &str) -> PathBuf {
    Path::new(folder).join("unisono.db")
}

async fn fill(file: &Path, accounts: i64, rows: i64) -> Result<(), Box<dyn Error>> {
    let now = SystemClock.now();
    let store = Store::open(&Settings::at(file.display().to_string())).await?;
    let started = Instant::now();
    people(file, (accounts, rows), now).await?;
    tell("filled", started);

    let subject = Subject::of_account(name(1).parse()?);
    let started = Instant::now();
    let copied = store.copy_of(&subject).await?;
    let copied: usize = copied.iter().map(|table| table.rows.len()).sum();
    tell("copied", started);
    let id = ReceiptId::new(now, &OsEntropy);
    let started = Instant::now();
    store.begin_erasure(id, &subject, &[7; 32], now).await?;
    let erased: u64 = store.erase(id, &subject, now).await?.values().sum();
    tell("erased", started);
    println!("rows {copied}");
    store.close().await;
    match i64::try_from(copied)?.min(i64::try_from(erased)?) >= OWN_ROWS {
        true => Ok(()),
        false => Err(format!("{copied} rows were copied and {erased} erased").into()),
    }
}

async fn wait(file: &Path) -> Result<(), Box<dyn Error>> {
    let begun = SystemClock.now().unix_ms();
    let options = SqliteConnectOptions::new().filename(file).read_only(true);
    let mut database = options.connect().await?;
    loop {
        let run: Option<(String,)> =
            sqlx::query_as("SELECT counts FROM retention_runs WHERE ran_at >= $1")
                .bind(begun)
                .fetch_optional(&mut database)
                .await?;
        if let Some((counts,)) = run {
            let counts: BTreeMap<String, u64> = serde_json::from_str(&counts)?;
            println!("swept {}", counts.values().sum::<u64>());
            return Ok(());
        }
        tokio::time::sleep(LOOK_EVERY).await;
    }
}

fn tell(what: &str, started: Instant) {
    println!("{what} {}", started.elapsed().as_millis());
}

/// The name of the account with this number.
fn name(number: i64) -> String {
    format!("01900000-0000-7000-8000-{number:012x}")
}

/// Makes up accounts, and what happened to them: the first has its own rows, and all others share the rest.
async fn people(
    file: &Path,
    (accounts, rows): (i64, i64),
    now: Timestamp,
) -> Result<(), sqlx::Error> {
    let mut database = SqliteConnection::connect(&format!("sqlite:{}", file.display())).await?;
    sqlx::query(
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < $1)
         INSERT INTO accounts (id, email, email_folded, rank, agreed_version, agreed_at, created_at, version)
         SELECT printf('01900000-0000-7000-8000-%012x', i), 'p' || i || '@example.org', 'p' || i || '@example.org',
                'member', '1', $2, $2, 1 FROM n",
    )
    .bind(accounts)
    .bind(now.unix_ms())
    .execute(&mut database)
    .await?;
    sqlx::query(
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < $1)
         INSERT INTO security_events (id, account_id, kind, device, at)
         SELECT printf('e_%032x', i),
                printf('01900000-0000-7000-8000-%012x', CASE WHEN i <= $2 THEN 1 ELSE 2 + i % ($3 - 1) END),
                'signed-in', 'Firefox on Linux',
                CASE WHEN i <= $2 THEN $5 ELSE $5 - (90 * $6) / ($1 - $1 / $4) * ($1 - i) END FROM n",
    )
    .bind(rows)
    .bind(OWN_ROWS)
    .bind(accounts.max(3))
    .bind(OVER_EVERY)
    .bind(now.unix_ms())
    .bind(DAY_MS)
    .execute(&mut database)
    .await?;
    // What was just filled in is on the disk before anything is measured.
    sqlx::query("PRAGMA wal_checkpoint(TRUNCATE)")
        .execute(&mut database)
        .await?;
    database.close().await
}
