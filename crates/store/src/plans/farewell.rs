//! The outbox of farewells: customers that the payment service is to forget. A row goes with the service's word.

use base::{Personal, Timestamp};

use crate::db::{execute, execute_returning, fetch_one};
use crate::{BATCH_MAX, Store, StoreError};

/// A customer that the payment service is to forget.
#[derive(Clone, Debug)]
pub struct FarewellRow {
    /// What the payment service calls it.
    pub customer: Personal<String>,
    /// How often the service was told, the turn under way included.
    pub attempts: u32,
}

impl Store {
    /// Notes that the payment service is to forget a customer. Noting it again changes nothing.
    pub async fn begin_farewell(
        &self,
        customer: &Personal<String>,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        execute!(
            self.db,
            "INSERT INTO farewells (customer, attempts, next_at, begun_at) VALUES ($1, 0, $2, $2)
             ON CONFLICT (customer) DO NOTHING",
            customer.expose(),
            now.unix_ms(),
        )?;
        Ok(())
    }

    /// Takes up to `limit` farewells whose turn has come. Nobody else gets them before `until`.
    pub async fn take_due_farewells(
        &self,
        now: Timestamp,
        until: Timestamp,
        limit: u32,
    ) -> Result<Vec<FarewellRow>, StoreError> {
        // The outer condition is checked again when another node takes the same row first.
        let rows = execute_returning!(
            self.db,
            (String, i64),
            "UPDATE farewells SET attempts = attempts + 1, next_at = $2
             WHERE next_at <= $1 AND customer IN
               (SELECT customer FROM farewells WHERE next_at <= $1 ORDER BY next_at LIMIT $3)
             RETURNING customer, attempts",
            now.unix_ms(),
            until.unix_ms(),
            i64::from(limit.min(BATCH_MAX)),
        )?;
        let rows = rows.into_iter().map(|(customer, attempts)| FarewellRow {
            customer: Personal::new(customer),
            attempts: u32::try_from(attempts).unwrap_or(u32::MAX),
        });
        Ok(rows.collect())
    }

    /// Says when the next turn of a farewell is.
    pub async fn put_off_farewell(
        &self,
        customer: &Personal<String>,
        next_at: Timestamp,
    ) -> Result<(), StoreError> {
        execute!(
            self.db,
            "UPDATE farewells SET next_at = $2 WHERE customer = $1",
            customer.expose(),
            next_at.unix_ms(),
        )?;
        Ok(())
    }

    /// The payment service has forgotten a customer; so does this database, to the byte.
    pub async fn end_farewell(&self, customer: &Personal<String>) -> Result<(), StoreError> {
        execute!(
            self.db,
            "DELETE FROM farewells WHERE customer = $1",
            customer.expose(),
        )?;
        self.empty_log_if_free().await;
        Ok(())
    }

    /// How many customers the payment service is still to forget.
    pub async fn farewell_count(&self) -> Result<u64, StoreError> {
        let (count,) = fetch_one!(self.db, (i64,), "SELECT COUNT(*) FROM farewells")?;
        Ok(count.unsigned_abs())
    }
}
