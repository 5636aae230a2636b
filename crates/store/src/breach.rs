//! The register of breaches.

use base::{BreachId, Timestamp};
use privacy::Breach;

use crate::accounts::{all_sealed, write_mails};
use crate::db::{execute, fetch, fetch_optional, transaction};
use crate::{MAILS_MAX, NewMail, Stepped, Store, StoreError};

type Columns = (
    String,
    i64,
    String,
    Option<i64>,
    Option<String>,
    Option<i64>,
);

fn row(columns: Columns) -> Result<(BreachId, Breach), StoreError> {
    let (id, aware, facts, authority_told, late_reason, people_told) = columns;
    let damaged = || StoreError::Corrupt("a breach cannot be read".to_owned());
    let breach = Breach {
        aware_at: Timestamp::from_unix_ms(aware),
        facts: serde_json::from_str(&facts).map_err(|_| damaged())?,
        authority_told_at: authority_told.map(Timestamp::from_unix_ms),
        late_reason,
        people_told_at: people_told.map(Timestamp::from_unix_ms),
    };
    Ok((id.parse().map_err(|_| damaged())?, breach))
}

impl Store {
    /// Keeps a breach as it is now. Nothing is ever taken out of the register.
    pub async fn keep_breach(&self, id: BreachId, breach: &Breach) -> Result<(), StoreError> {
        execute!(
            self.db,
            "INSERT INTO breaches (id, aware_at, facts, authority_told_at, late_reason, people_told_at)
             VALUES ($1, $2, $3, $4, $5, $6)
             ON CONFLICT (id) DO UPDATE SET facts = EXCLUDED.facts, authority_told_at = EXCLUDED.authority_told_at,
                                            late_reason = EXCLUDED.late_reason, people_told_at = EXCLUDED.people_told_at",
            id.to_string(),
            breach.aware_at.unix_ms(),
            serde_json::to_string(&breach.facts).expect("facts have a JSON form"),
            breach.authority_told_at.map(Timestamp::unix_ms),
            breach.late_reason.as_deref(),
            breach.people_told_at.map(Timestamp::unix_ms),
        )?;
        Ok(())
    }

    /// Notes that telling the people of a breach has begun, and puts the letters to them into the outbox.
    pub async fn tell_of_breach(
        &self,
        id: BreachId,
        letters: &[NewMail],
        now: Timestamp,
    ) -> Result<Stepped, StoreError> {
        let mails = all_sealed(&self.sealer, letters)?;
        let room = i64::from(MAILS_MAX).saturating_sub_unsigned(mails.len() as u64);
        let is_noted = transaction!(self.db, |open| {
            let noted = sqlx::query(
                "UPDATE breaches SET people_told_at = $2
                 WHERE id = $1 AND people_told_at IS NULL AND (SELECT COUNT(*) FROM mails) <= $3",
            )
            .bind(id.to_string())
            .bind(now.unix_ms())
            .bind(room)
            .execute(&mut *open)
            .await?
            .rows_affected();
            if noted > 0 {
                write_mails!(open, &mails);
            }
            noted > 0
        });
        if is_noted {
            return Ok(Stepped::Done);
        }
        let breach = self.breach(id).await?;
        match breach.is_some_and(|breach| breach.people_told_at.is_none()) {
            true => Ok(Stepped::OutboxFull),
            false => Ok(Stepped::Changed),
        }
    }

    /// The breach called `id`.
    pub async fn breach(&self, id: BreachId) -> Result<Option<Breach>, StoreError> {
        let found = fetch_optional!(
            self.db,
            Columns,
            "SELECT id, aware_at, facts, authority_told_at, late_reason, people_told_at FROM breaches WHERE id = $1",
            id.to_string(),
        )?;
        Ok(found.map(row).transpose()?.map(|(_, breach)| breach))
    }

    /// Up to `limit` breaches, the latest first.
    pub async fn breaches(&self, limit: u32) -> Result<Vec<(BreachId, Breach)>, StoreError> {
        let rows = fetch!(
            fetch_all,
            self.db,
            Columns,
            "SELECT id, aware_at, facts, authority_told_at, late_reason, people_told_at FROM breaches
             ORDER BY aware_at DESC, id LIMIT $1",
            i64::from(limit),
        )?;
        rows.into_iter().map(row).collect()
    }

    /// Up to `limit` breaches that the authority was not told of, the latest first.
    pub(crate) async fn untold_breaches(&self, limit: u32) -> Result<Vec<Breach>, StoreError> {
        let rows = fetch!(
            fetch_all,
            self.db,
            Columns,
            "SELECT id, aware_at, facts, authority_told_at, late_reason, people_told_at FROM breaches
             WHERE authority_told_at IS NULL ORDER BY aware_at DESC, id LIMIT $1",
            i64::from(limit),
        )?;
        rows.into_iter()
            .map(|columns| Ok(row(columns)?.1))
            .collect()
    }
}
