//! People who have an account, for who measures whether a server tells them from those who have none.
//!
//! `account_load FOLDER COUNT` makes up COUNT accounts in the database of the data folder FOLDER: those of the addresses
//! `person-0000@example.org`, `person-0002@example.org` and so on. All have the password of the account that is there.

use std::error::Error;
use std::path::Path;

use sqlx::{Connection, SqliteConnection};

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let [folder, count] = &words[..] else {
        return Err("account_load FOLDER COUNT".into());
    };
    let file = Path::new(folder).join("unisono.db");
    people(&file, count.parse()?).await?;
    Ok(())
}

async fn people(file: &Path, count: i64) -> Result<(), sqlx::Error> {
    let mut database = SqliteConnection::connect(&format!("sqlite:{}", file.display())).await?;
    sqlx::query(
        "WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < $1)
         INSERT INTO accounts (id, email, email_folded, rank, agreed_version, agreed_at, created_at, version)
         SELECT printf('01900000-0000-7000-8000-%012x', i), printf('person-%04d@example.org', 2 * i),
                printf('person-%04d@example.org', 2 * i), 'member', agreed_version, agreed_at, created_at, 1
         FROM n, (SELECT agreed_version, agreed_at, created_at FROM accounts LIMIT 1)",
    )
    .bind(count)
    .execute(&mut database)
    .await?;
    sqlx::query(
        "INSERT INTO account_passwords (account_id, hash, changed_at)
         SELECT accounts.id, hash, changed_at FROM accounts, (SELECT hash, changed_at FROM account_passwords LIMIT 1)
         WHERE email LIKE 'person-%'",
    )
    .execute(&mut database)
    .await?;
    // What was just filled in is on the disk before anything is measured.
    sqlx::query("PRAGMA wal_checkpoint(TRUNCATE)")
        .execute(&mut database)
        .await?;
    database.close().await
}
