//! Tells upstreams that our access by links that are gone is over, until they have taken it back.

use std::time::Duration;

use account::Upstream;
use base::Timestamp;
use outbound::Failure;
use store::{RevocationRow, StoreError};

use crate::due::{ATTEMPTS_MAX, BATCH, EVERY, FOR_A_WEEK, next_look, work_off};
use crate::{App, Job};

/// How long nobody else tells of a revocation that is being told: longer than a batch of them takes.
const LEASE: Duration = Duration::from_secs(20 * 60);
/// What is written of a turn is no finer, so that nobody can reckon back from it when a link went.
const GRAIN: Duration = Duration::from_secs(15 * 60);
/// How long a token is kept to be taken back, from the day on which its link went. The inventory says so too, for when
/// nobody is there to tell.
const LIFE: Duration = Duration::from_secs(7 * 24 * 60 * 60);

/// Tells what is due, until the server stops.
pub(crate) async fn keep_revocations(app: App) {
    loop {
        let mut failure = None;
        if let Err(error) = tell_due(&app).await {
            let reference = app.reference();
            tracing::error!(%reference, %error, "revocations could not be read; trying again in a moment");
            failure = Some(reference);
        }
        app.note_run(Job::Revocations, failure, app.now().after(EVERY));
        if !next_look(&app, &app.inner.accounts.revocation_waits).await {
            return;
        }
    }
}

async fn tell_due(app: &App) -> Result<(), StoreError> {
    let store = &app.inner.store;
    let take =
        |now: Timestamp| store.take_due_revocations(now, next_grain(now.after(LEASE)), BATCH);
    work_off(app, take, |row| tell(app, row)).await
}

async fn tell(app: &App, row: RevocationRow) -> Result<(), StoreError> {
    let store = &app.inner.store;
    let Ok(upstream) = row.upstream.parse::<Upstream>() else {
        return store.end_revocation(row.id).await;
    };
    let telling = app.inner.links.outbound().revoke(upstream, &row.token);
    let Some(told) = app.inner.stopping.run_until_cancelled(telling).await else {
        // Whoever starts next goes on at once.
        return store.put_off_revocation(row.id, grain(app.now())).await;
    };
    let Err(error) = told else {
        return store.end_revocation(row.id).await;
    };
    let reference = app.reference();
    match next_turn(error, row.attempts, row.created_at, app.now()) {
        Some(next_at) => {
            tracing::warn!(%reference, %upstream, %error, "an upstream was not told that our access is over; telling it again later");
            store.put_off_revocation(row.id, next_at).await
        }
        None => {
            tracing::warn!(%reference, %upstream, %error, "an upstream was not told that our access is over, and is told no more; its token is deleted here and ends there by itself");
            store.end_revocation(row.id).await
        }
    }
}

/// When to try again after `attempts` that failed; never, where that is no use or the time of the token is over by then.
fn next_turn(
    error: Failure,
    attempts: u32,
    created_at: Timestamp,
    now: Timestamp,
) -> Option<Timestamp> {
    let next_at = next_grain(FOR_A_WEEK.next(attempts, now));
    let is_over = attempts >= ATTEMPTS_MAX || next_at >= created_at.after(LIFE);
    let is_final = matches!(error, Failure::Unsupported);
    (!is_final && !is_over).then_some(next_at)
}

/// The quarter of an hour that `at` is in.
fn grain(at: Timestamp) -> Timestamp {
    let whole_ms = GRAIN.as_millis() as i64;
    Timestamp::from_unix_ms(at.unix_ms() - at.unix_ms().rem_euclid(whole_ms))
}

/// The first one that begins at `at` or later.
fn next_grain(at: Timestamp) -> Timestamp {
    let begun = grain(at);
    if begun < at {
        begun.after(GRAIN)
    } else {
        begun
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const AWAY: Failure = Failure::Refused { status: 503 };

    #[test]
    fn an_upstream_that_is_away_is_told_for_a_week() {
        let created_at = Timestamp::from_unix_ms(0);
        let mut now = created_at;
        let mut turns = Vec::new();
        while let Some(next_at) = next_turn(AWAY, turns.len() as u32 + 1, created_at, now) {
            turns.push(next_at.since(now).as_secs() / 60);
            now = next_at;
        }
        assert_eq!(turns[..6], [15, 15, 30, 75, 270, 720]);
        assert!(turns.len() < ATTEMPTS_MAX as usize);
        let left = created_at.after(LIFE).since(now);
        assert!(
            left > Duration::ZERO && left <= FOR_A_WEEK.longest,
            "{left:?}"
        );
    }

    #[test]
    fn two_links_that_went_in_one_quarter_of_an_hour_are_told_in_the_same_turns() {
        let minute = |minute: u64| Timestamp::default().after(Duration::from_secs(minute * 60));
        let created_at = minute(0);
        for attempts in 1..6 {
            let turns = [900, 901, 907, 914].map(|now| {
                let next_at = next_turn(AWAY, attempts, created_at, minute(now)).unwrap();
                assert!(next_at >= FOR_A_WEEK.next(attempts, minute(now)));
                assert_eq!(next_at, grain(next_at), "and no finer");
                next_at
            });
            assert!(turns[3].since(turns[0]) <= GRAIN);
        }
        assert_eq!(grain(minute(914)), minute(900), "due at once");
    }

    #[test]
    fn an_upstream_that_takes_nothing_back_is_told_once() {
        let now = Timestamp::from_unix_ms(0);
        assert_eq!(next_turn(Failure::Unsupported, 1, now, now), None);
        assert_eq!(next_turn(AWAY, ATTEMPTS_MAX, now, now), None);
        let off = next_turn(Failure::Off, 1, now, now);
        assert!(off.is_some(), "an operator may put that right");
    }

    #[test]
    fn the_inventory_lets_tokens_go_after_the_same_time() {
        let sweep = store::inventory().table["revocations"].sweep.clone();
        let days = u32::try_from(LIFE.as_secs() / (24 * 60 * 60)).unwrap();
        let column = "created_at".to_owned();
        assert_eq!(sweep, Some(privacy::Sweep::Older { column, days }));
    }
}
