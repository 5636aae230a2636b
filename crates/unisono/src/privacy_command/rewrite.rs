//! `unisono privacy rewrite`: what was erased goes out of the files of PostgreSQL too.

use std::time::Duration;

use store::{Left, Rewritten};

use super::{Desk, NotDone};

/// How long others are waited for, at each table.
const PATIENCE: Duration = Duration::from_secs(5);

pub(super) async fn run(desk: &Desk<'_>) -> Result<String, NotDone> {
    match desk.store.rewrite_erased(PATIENCE).await? {
        None => Ok(
            "This is SQLite, which keeps nothing of what is erased: nothing has to be written anew."
                .to_owned(),
        ),
        Some(done) if done.left.is_empty() && !done.is_still_seen => Ok(lines(&done)),
        Some(done) => Err(NotDone::NotRewritten(lines(&done))),
    }
}

fn lines(done: &Rewritten) -> String {
    let left = |why| {
        let of_it = done.left.iter().filter(|(_, left)| *left == why);
        let names: Vec<&str> = of_it.map(|(table, _)| table.as_str()).collect();
        (!names.is_empty()).then(|| names.join(", "))
    };
    let in_use = left(Left::InUse).map(|names| {
        format!(
            "Left as they are, because others use them: {names}. Run it again when fewer are there."
        )
    });
    let not_owned = left(Left::NotOwned).map(|names| {
        format!(
            "Left as they are, because they do not belong to the user of Unisono: {names}. Let it own the database, as \
             docs/security.md says under Rights, and run it again."
        )
    });
    let seen = done.is_still_seen.then(|| {
        "A transaction that began before this one, such as a backup by pg_dump, keeps what it may still see: run it again \
         when that has ended."
            .to_owned()
    });
    let log = match done.is_checkpointed {
        true => {
            "PostgreSQL writes over its own log in time. Logs that you archive and backups keep what was erased until \
                 you delete them."
        }
        false => {
            "PostgreSQL writes over its own log in time, after its next checkpoint: the user of Unisono may not ask for \
                  one. Logs that you archive and backups keep what was erased until you delete them."
        }
    };
    let lines = [
        Some(format!(
            "Tables that were written anew: {}.",
            done.tables.len()
        )),
        in_use,
        not_owned,
        seen,
        Some(log.to_owned()),
    ];
    let lines: Vec<String> = lines.into_iter().flatten().collect();
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_left_is_named_with_what_to_do_about_it() {
        let done = Rewritten {
            tables: vec!["accounts".to_owned()],
            left: vec![
                ("rooms".to_owned(), Left::InUse),
                ("pg_catalog.pg_statistic".to_owned(), Left::NotOwned),
            ],
            is_still_seen: true,
            is_checkpointed: false,
        };
        let told = lines(&done);
        for part in [
            "written anew: 1.",
            "others use them: rooms. Run it again",
            "user of Unisono: pg_catalog.pg_statistic. Let it own",
            "pg_dump",
            "may not ask for one",
        ] {
            assert!(told.contains(part), "{part}: {told}");
        }
        let whole = Rewritten {
            is_checkpointed: true,
            tables: done.tables,
            ..Rewritten::default()
        };
        assert_eq!(lines(&whole).lines().count(), 2);
    }
}
