//! The schema, step by step: each file runs once, on both databases.

use crate::StoreError;
use crate::db::Db;

/// One step of the schema. Steps that were released are never changed.
struct Migration {
    version: i64,
    sql: &'static str,
}

const MIGRATIONS: &[Migration] = &[
    Migration {
        version: 1,
        sql: include_str!("../migrations/0001_rooms.sql"),
    },
    Migration {
        version: 2,
        sql: include_str!("../migrations/0002_links.sql"),
    },
    Migration {
        version: 3,
        sql: include_str!("../migrations/0003_room_queues.sql"),
    },
    Migration {
        version: 4,
        sql: include_str!("../migrations/0004_accounts.sql"),
    },
    Migration {
        version: 5,
        sql: include_str!("../migrations/0005_room_doors.sql"),
    },
    Migration {
        version: 6,
        sql: include_str!("../migrations/0006_privacy.sql"),
    },
    Migration {
        version: 7,
        sql: include_str!("../migrations/0007_follows.sql"),
    },
    Migration {
        version: 8,
        sql: include_str!("../migrations/0008_operator.sql"),
    },
    Migration {
        version: 9,
        sql: include_str!("../migrations/0009_requests.sql"),
    },
    Migration {
        version: 10,
        sql: include_str!("../migrations/0010_payments.sql"),
    },
    Migration {
        version: 11,
        sql: include_str!("../migrations/0011_plans.sql"),
    },
    Migration {
        version: 12,
        sql: include_str!("../migrations/0012_operator_acts.sql"),
    },
    Migration {
        version: 13,
        sql: include_str!("../migrations/0013_counts_and_errors.sql"),
    },
    Migration {
        version: 14,
        sql: include_str!("../migrations/0014_support.sql"),
    },
    Migration {
        version: 15,
        sql: include_str!("../migrations/0015_policies_seen.sql"),
    },
    Migration {
        version: 16,
        sql: include_str!("../migrations/0016_support_grants.sql"),
    },
    Migration {
        version: 17,
        sql: include_str!("../migrations/0017_revocations.sql"),
    },
    Migration {
        version: 18,
        sql: include_str!("../migrations/0018_publications.sql"),
    },
    Migration {
        version: 19,
        sql: include_str!("../migrations/0019_room_leavers.sql"),
    },
    Migration {
        version: 20,
        sql: include_str!("../migrations/0020_status.sql"),
    },
];

/// Names the lock that lets one node migrate while the others wait: the bytes of `unisono`.
const POSTGRES_LOCK: i64 = 0x75_6e69_736f_6e6f;

/// Runs the missing steps inside an open transaction of either database.
macro_rules! apply {
    ($transaction:ident) => {{
        sqlx::query("CREATE TABLE IF NOT EXISTS migrations (version BIGINT PRIMARY KEY)")
            .execute(&mut *$transaction)
            .await?;
        let applied: Vec<(i64,)> = sqlx::query_as("SELECT version FROM migrations")
            .fetch_all(&mut *$transaction)
            .await?;
        for step in missing_beside(&applied)? {
            sqlx::raw_sql(step.sql).execute(&mut *$transaction).await?;
            sqlx::query("INSERT INTO migrations (version) VALUES ($1)")
                .bind(step.version)
                .execute(&mut *$transaction)
                .await?;
        }
    }};
}

/// Applies what the database lacks, in one transaction.
pub(crate) async fn run(db: &Db) -> Result<(), StoreError> {
    // The statements are the same; only how a transaction excludes other writers differs.
    match db {
        Db::Sqlite { write, .. } => {
            let mut transaction = write.begin_with("BEGIN IMMEDIATE").await?;
            apply!(transaction);
            transaction.commit().await?;
        }
        Db::Postgres(pool) => {
            let mut transaction = pool.begin().await?;
            sqlx::query("SELECT pg_advisory_xact_lock($1)")
                .bind(POSTGRES_LOCK)
                .execute(&mut *transaction)
                .await?;
            apply!(transaction);
            transaction.commit().await?;
        }
    }
    Ok(())
}

/// The steps that are not among `applied`, in order; an error when the database is ahead of this program.
fn missing_beside(
    applied: &[(i64,)],
) -> Result<impl Iterator<Item = &'static Migration>, StoreError> {
    let known = MIGRATIONS.last().map_or(0, |newest| newest.version);
    let found = applied.iter().map(|(version,)| *version).max().unwrap_or(0);
    if found > known {
        return Err(StoreError::TooNew { found, known });
    }
    Ok(MIGRATIONS
        .iter()
        .filter(move |step| !applied.contains(&(step.version,))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_that_came_late_is_taken_and_a_newer_program_is_known() {
        let versions = |applied: &[i64]| {
            let applied: Vec<(i64,)> = applied.iter().map(|version| (*version,)).collect();
            let missing =
                missing_beside(&applied).map(|steps| steps.map(|step| step.version).collect());
            missing.map_err(|error| error.to_string())
        };
        let newest = MIGRATIONS.len() as i64;
        let all: Vec<i64> = (1..=newest).collect();
        assert_eq!(versions(&[]), Ok(all.clone()));
        let but_one: Vec<i64> = all
            .iter()
            .copied()
            .filter(|version| *version != newest - 1)
            .collect();
        assert_eq!(versions(&but_one), Ok(vec![newest - 1]));
        assert!(versions(&[newest + 1]).is_err());
    }

    /// What a database of before holds when its clock was set back: the policy of the later hour counts as the later one,
    /// and who agreed to a version has agreed to it.
    #[tokio::test]
    async fn policies_get_an_ordinal_and_who_has_seen_them_keeps_that() {
        use sqlx::Connection as _;
        let mut database = sqlx::SqliteConnection::connect("sqlite::memory:")
            .await
            .unwrap();
        let (before, after) = MIGRATIONS.split_at(17);
        for step in before {
            sqlx::raw_sql(step.sql)
                .execute(&mut database)
                .await
                .unwrap();
        }
        sqlx::raw_sql(
            "INSERT INTO policies VALUES ('a', 10, 'more', '{}'), ('b', 30, 'more', '{}'), ('c', 20, 'less', '{}');
             INSERT INTO accounts (id, rank, agreed_version, agreed_at, created_at, version)
             VALUES ('1', 'member', 'c', 35, 35, 1), ('2', 'member', 'lost', 25, 25, 1), ('3', 'member', 'lost', 5, 5, 1);
             INSERT INTO policies_seen VALUES ('1', 30), ('2', 29), ('3', 9);
             INSERT INTO announcements (id, kind, matter, begun_at, letters)
             VALUES ('4', 'policy', 'b', 30, 0), ('5', 'policy', 'lost', 31, 0), ('6', 'breach', 'b', 32, 0)",
        )
        .execute(&mut database)
        .await
        .unwrap();
        for step in after {
            sqlx::raw_sql(step.sql)
                .execute(&mut database)
                .await
                .unwrap();
        }
        for (sql, expected) in [
            (
                "SELECT version || ordinal FROM policies ORDER BY ordinal",
                "a1 c2 b3",
            ),
            (
                "SELECT id || ':' || agreed_ordinal FROM accounts ORDER BY id",
                "1:2 2:2 3:0",
            ),
            (
                "SELECT account_id || ':' || ordinal FROM policies_seen ORDER BY account_id",
                "1:3 2:2",
            ),
            (
                "SELECT kind || ':' || matter FROM announcements ORDER BY id",
                "policy:3 policy:lost breach:b",
            ),
        ] {
            let rows: Vec<(String,)> = sqlx::query_as(sql).fetch_all(&mut database).await.unwrap();
            let rows: Vec<&str> = rows.iter().map(|(row,)| &**row).collect();
            assert_eq!(rows.join(" "), expected, "{sql}");
        }
    }

    #[test]
    fn versions_count_up_from_one() {
        assert!(
            MIGRATIONS
                .iter()
                .map(|step| step.version)
                .eq(1..=MIGRATIONS.len() as i64)
        );
    }
}
