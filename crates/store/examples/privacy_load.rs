//! How long the rights of one person take among many: rows are made up in an SQLite file, then one person is copied and
//! erased, and what is over is swept. `privacy_load ACCOUNTS ROWS` prints one figure a line, in milliseconds.
#![expect(
    clippy::print_stdout,
    reason = "a program for the command line answers on it"
)]

use std::error::Error;
use std::path::Path;
use std::time::Instant;

use base::{OsEntropy, ReceiptId, Timestamp};
use privacy::Subject;
use sqlx::{Connection, SqliteConnection};
use store::{Settings, Store};

const NOW: Timestamp = Timestamp::from_unix_ms(1_795_305_600_000);
const DAY_MS: i64 = 24 * 60 * 60 * 1_000;
/// Rows of the person who is copied and erased.
const OWN_ROWS: i64 = 2_000;
/// One row of so many is older than it may be.
const OVER_EVERY: i64 = 20;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let mut sizes = std::env::args().skip(1).map(|it| it.parse::<i64>());
    let accounts = sizes.next().unwrap_or(Ok(10_000))?;
    let rows = sizes.next().unwrap_or(Ok(200_000))?;
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("unisono.db");
    let store = Store::open(&Settings::at(file.display().to_string())).await?;
    let started = Instant::now();
    people(&file, accounts, rows).await?;
    tell("filled", started);

    let subject = Subject::of_account(name(1).parse()?);
    let started = Instant::now();
    let copied: usize = store
        .copy_of(&subject)
        .await?
        .iter()
        .map(|table| table.rows.len())
        .sum();
    tell("copied", started);
    let id = ReceiptId::new(NOW, &OsEntropy);
    let started = Instant::now();
    store.begin_erasure(id, &subject, &[7; 32], NOW).await?;
    let erased: u64 = store.erase(id, &subject, NOW).await?.values().sum();
    tell("erased", started);
    let started = Instant::now();
    let swept: u64 = store.sweep(NOW).await?.values().sum();
    tell("swept", started);
    println!("rows copied {copied}, erased {erased}, swept {swept}");
    store.close().await;
    Ok(())
}

fn tell(what: &str, started: Instant) {
    println!("{what} {}", started.elapsed().as_millis());
}

/// The name of the account with this number.
fn name(number: i64) -> String {
    format!("01900000-0000-7000-8000-{number:012x}")
}

/// Makes up accounts, and what happened to them: the first has its own rows, and all others share the rest.
async fn people(file: &Path, accounts: i64, rows: i64) -> Result<(), sqlx::Error> {
    let mut database = SqliteConnection::connect(&format!("sqlite:{}", file.display())).await?;
    sqlx::query(
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < $1)
         INSERT INTO accounts (id, email, email_folded, rank, agreed_version, agreed_at, created_at, version)
         SELECT printf('01900000-0000-7000-8000-%012x', i), 'p' || i || '@example.org', 'p' || i || '@example.org',
                'member', '1', $2, $2, 1 FROM n",
    )
    .bind(accounts)
    .bind(NOW.unix_ms())
    .execute(&mut database)
    .await?;
    sqlx::query(
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < $1)
         INSERT INTO security_events (id, account_id, kind, device, at)
         SELECT printf('e_%032x', i),
                printf('01900000-0000-7000-8000-%012x', CASE WHEN i <= $2 THEN 1 ELSE 2 + i % ($3 - 1) END),
                'signed-in', 'Firefox on Linux',
                CASE WHEN i > $2 AND i % $4 = 0 THEN $5 - 91 * $6 ELSE $5 - i % 80 * $6 END FROM n",
    )
    .bind(rows)
    .bind(OWN_ROWS)
    .bind(accounts.max(3))
    .bind(OVER_EVERY)
    .bind(NOW.unix_ms())
    .bind(DAY_MS)
    .execute(&mut database)
    .await?;
    database.close().await
}
