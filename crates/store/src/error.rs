//! What can go wrong with the database, sorted by what the caller can do about it.

use crate::check::Difference;

/// Why the store did not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The disk, or the allowance on it, is used up: free some space, nothing is broken.
    #[error("the disk of the database is full")]
    Full,
    /// Another writer kept the database for too long: try again.
    #[error("the database is busy")]
    Busy,
    /// The database can't be reached.
    #[error("the database is unavailable: {0}")]
    Unavailable(String),
    /// The row was changed by somebody else since it was read: read it again and decide anew.
    #[error("the row was changed meanwhile")]
    Conflict,
    /// Something else has this name already.
    #[error("there is such a row already")]
    Duplicate,
    /// No key was set to seal with.
    #[error("no sealing key is set")]
    NoSealingKey,
    /// The database was sealed with another key.
    #[error(
        "the database was sealed with another key: bring back the file sealing.key, or set sealing_key to what all nodes share"
    )]
    OtherSealingKey,
    /// The file or a row of it is not what this program writes.
    #[error("the database is damaged: {0}")]
    Corrupt(String),
    /// A newer release of the program wrote the database.
    #[error(
        "the database has version {found} and this program knows versions up to {known}: start the newer program"
    )]
    TooNew {
        /// The version that the database records.
        found: i64,
        /// The newest version that this program has.
        known: i64,
    },
    /// Tables and inventory name different things.
    #[error("the database differs from the data inventory: {}", listed(.0))]
    Undeclared(Vec<Difference>),
    /// Rows of this table still belonged to somebody after all of theirs was erased, so nothing was.
    #[error("rows of {0} would be left, so nothing was erased")]
    NotErased(String),
    /// The address in the settings names no database that this program speaks to.
    #[error("the database address is neither a file path nor a postgres:// address")]
    Address,
    /// Only an SQLite database is copied by this program.
    #[error("this is no SQLite database")]
    NotSqlite,
    /// Anything else, in the database's own words.
    #[error("the database refused: {0}")]
    Other(String),
}

fn listed(differences: &[Difference]) -> String {
    let lines: Vec<String> = differences.iter().map(ToString::to_string).collect();
    lines.join("; ")
}

impl From<sqlx::Error> for StoreError {
    // Only `Display` is kept: the debug form of a PostgreSQL error holds the values of the row.
    fn from(error: sqlx::Error) -> Self {
        use sqlx::Error;
        match &error {
            Error::Database(refusal) => of_code(
                refusal.code().as_deref().unwrap_or_default(),
                refusal.message(),
            ),
            Error::PoolTimedOut | Error::PoolClosed | Error::WorkerCrashed => {
                Self::Unavailable(error.to_string())
            }
            Error::Io(_) | Error::Tls(_) | Error::Protocol(_) => {
                Self::Unavailable(error.to_string())
            }
            Error::ColumnDecode { .. } | Error::Decode(_) => Self::Corrupt(error.to_string()),
            _ => Self::Other(error.to_string()),
        }
    }
}

/// Sorts an error by its code: SQLite's result codes are numbers (sqlite.org/rescode.html), PostgreSQL's
/// SQLSTATEs have five characters (its manual, appendix A).
fn of_code(code: &str, message: &str) -> StoreError {
    let message = message.to_owned();
    let sqlstate = code.len() == 5;
    if sqlstate {
        return match (&code[..2], code) {
            (_, "53100") => StoreError::Full,
            (_, "40001" | "40P01" | "55P03") => StoreError::Busy,
            ("08" | "53" | "57" | "28" | "3D", _) => StoreError::Unavailable(message),
            (_, "23505") => StoreError::Duplicate,
            ("XX", _) => StoreError::Corrupt(message),
            _ => StoreError::Other(message),
        };
    }
    /// The shared-memory file beside the database could not grow.
    const IOERR_SHMSIZE: u32 = 4874;
    const CONSTRAINT_PRIMARYKEY: u32 = 1555;
    const CONSTRAINT_UNIQUE: u32 = 2067;
    match code.parse::<u32>() {
        Ok(IOERR_SHMSIZE) => StoreError::Full,
        Ok(CONSTRAINT_PRIMARYKEY | CONSTRAINT_UNIQUE) => StoreError::Duplicate,
        // The lower byte is the primary code.
        Ok(extended) => match extended & 0xff {
            13 => StoreError::Full,
            5 | 6 => StoreError::Busy,
            8 | 10 | 14 => StoreError::Unavailable(message),
            11 | 26 => StoreError::Corrupt(message),
            _ => StoreError::Other(message),
        },
        Err(_) => StoreError::Other(message),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_of_both_databases_are_sorted_alike() {
        for full in ["13", "4874", "53100"] {
            assert!(matches!(of_code(full, ""), StoreError::Full), "{full}");
        }
        for busy in ["5", "517", "6", "40001", "40P01"] {
            assert!(matches!(of_code(busy, ""), StoreError::Busy), "{busy}");
        }
        for away in ["14", "10", "08006", "57P01", "53300", "28P01", "3D000"] {
            assert!(
                matches!(of_code(away, ""), StoreError::Unavailable(_)),
                "{away}"
            );
        }
        for damaged in ["11", "26", "XX001"] {
            assert!(
                matches!(of_code(damaged, ""), StoreError::Corrupt(_)),
                "{damaged}"
            );
        }
        for taken in ["1555", "2067", "23505"] {
            assert!(
                matches!(of_code(taken, ""), StoreError::Duplicate),
                "{taken}"
            );
        }
        for other in ["1", "787", "42601", "23503", "", "?"] {
            assert!(
                matches!(of_code(other, ""), StoreError::Other(_)),
                "{other}"
            );
        }
    }
}
