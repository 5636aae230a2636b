//! What accounts are called at the payment service, and whether it is to be asked about them.

use base::{AccountId, Personal, Timestamp};

use crate::accounts::fits;
use crate::db::{execute, execute_returning, fetch_optional, transaction};
use crate::{BATCH_MAX, Store, StoreError};

/// An account that the payment service is to be asked about.
#[derive(Clone, Debug)]
pub struct CustomerRow {
    /// Whose it is.
    pub account: AccountId,
    /// What the payment service calls it.
    pub customer: Personal<String>,
    /// How often it was wished so far that the service be asked.
    pub wished: i64,
    /// How often it was asked since the last answer, the turn under way included.
    pub attempts: u32,
}

/// What became of an event of the payment service.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Heard {
    /// It counts: its customer is to be asked about.
    New,
    /// It counted before.
    Again,
    /// It is about nobody here, and was not kept.
    Stranger,
}

impl Store {
    /// What the payment service calls an account.
    pub async fn customer_of(
        &self,
        account: AccountId,
    ) -> Result<Option<Personal<String>>, StoreError> {
        let row = fetch_optional!(
            self.db,
            (String,),
            "SELECT customer FROM payment_customers WHERE account_id = $1",
            account.to_string(),
        )?;
        Ok(row.map(|(customer,)| Personal::new(customer)))
    }

    /// Keeps what the payment service calls an account, unless another name is kept already. Gives the one that is kept;
    /// none when the account is gone.
    pub async fn keep_customer(
        &self,
        account: AccountId,
        customer: &Personal<String>,
        now: Timestamp,
    ) -> Result<Option<Personal<String>>, StoreError> {
        execute!(
            self.db,
            "INSERT INTO payment_customers (account_id, customer, wished, met, attempts, next_at, asked_at)
             SELECT id, $2, 0, 0, 0, $3, $3 FROM accounts WHERE id = $1
             ON CONFLICT DO NOTHING",
            account.to_string(),
            customer.expose(),
            now.unix_ms(),
        )?;
        self.customer_of(account).await
    }

    /// Notes an event of the payment service about one of its customers, so that it counts once.
    pub async fn hear_payment_event(
        &self,
        event: &str,
        customer: &Personal<String>,
        now: Timestamp,
    ) -> Result<Heard, StoreError> {
        let is_new = transaction!(self.db, |open| {
            let inserted = sqlx::query(
                "INSERT INTO payment_events (id, received_at)
                 SELECT $1, $2 FROM payment_customers WHERE customer = $3
                 ON CONFLICT (id) DO NOTHING",
            )
            .bind(event)
            .bind(now.unix_ms())
            .bind(customer.expose())
            .execute(&mut *open)
            .await?
            .rows_affected();
            if inserted > 0 {
                sqlx::query(
                    "UPDATE payment_customers SET wished = wished + 1, attempts = 0, next_at = $2 WHERE customer = $1",
                )
                .bind(customer.expose())
                .bind(now.unix_ms())
                .execute(&mut *open)
                .await?;
            }
            inserted > 0
        });
        if is_new {
            return Ok(Heard::New);
        }
        let known = fetch_optional!(
            self.db,
            (i64,),
            "SELECT CAST(1 AS BIGINT) FROM payment_customers WHERE customer = $1",
            customer.expose(),
        )?;
        Ok(known.map_or(Heard::Stranger, |_| Heard::Again))
    }

    /// Wishes that the payment service be asked about an account now; false when it is no customer.
    pub async fn wish_to_ask(
        &self,
        account: AccountId,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let wished = execute!(
            self.db,
            "UPDATE payment_customers SET wished = wished + 1, attempts = 0, next_at = $2 WHERE account_id = $1",
            account.to_string(),
            now.unix_ms(),
        )?;
        Ok(wished > 0)
    }

    /// Wishes that the payment service be asked about those who pay, or are about to, and were not asked about since
    /// `often`, and about everybody who was not since `seldom`. Gives how many they are, of at most `limit`.
    pub async fn wish_to_ask_all(
        &self,
        often: Timestamp,
        seldom: Timestamp,
        now: Timestamp,
        limit: u32,
    ) -> Result<u64, StoreError> {
        execute!(
            self.db,
            "UPDATE payment_customers SET wished = wished + 1, attempts = 0, next_at = $3
             WHERE wished = met AND account_id IN
               (SELECT account_id FROM payment_customers AS c
                WHERE wished = met AND asked_at <= $1
                  AND (asked_at <= $2
                       OR EXISTS (SELECT 1 FROM checkouts AS k WHERE k.account_id = c.account_id)
                       OR EXISTS (SELECT 1 FROM subscriptions AS s WHERE s.account_id = c.account_id
                                  AND s.status NOT IN ('canceled', 'incomplete_expired')))
                ORDER BY asked_at LIMIT $4)",
            often.unix_ms(),
            seldom.unix_ms(),
            now.unix_ms(),
            i64::from(limit.min(BATCH_MAX)),
        )
    }

    /// Takes up to `limit` accounts that the payment service is to be asked about, the longest waiting first. Nobody
    /// else gets them before `until` unless something new is heard of them.
    pub async fn take_customers_to_ask(
        &self,
        now: Timestamp,
        until: Timestamp,
        limit: u32,
    ) -> Result<Vec<CustomerRow>, StoreError> {
        // The outer condition is checked again when another node takes the same row first.
        let rows = execute_returning!(
            self.db,
            (String, String, i64, i64),
            "UPDATE payment_customers SET attempts = attempts + 1, next_at = $2
             WHERE wished > met AND next_at <= $1 AND account_id IN
               (SELECT account_id FROM payment_customers WHERE wished > met AND next_at <= $1
                ORDER BY next_at LIMIT $3)
             RETURNING account_id, customer, wished, attempts",
            now.unix_ms(),
            until.unix_ms(),
            i64::from(limit.min(BATCH_MAX)),
        )?;
        rows.into_iter()
            .map(|(account, customer, wished, attempts)| {
                Ok(CustomerRow {
                    account: fits("payment_customers.account_id", account.parse())?,
                    customer: Personal::new(customer),
                    wished,
                    attempts: u32::try_from(attempts).unwrap_or(u32::MAX),
                })
            })
            .collect()
    }

    /// Says when the payment service is asked about an account again, unless something new was heard of it.
    pub async fn put_off_asking(
        &self,
        row: &CustomerRow,
        next_at: Timestamp,
    ) -> Result<(), StoreError> {
        execute!(
            self.db,
            "UPDATE payment_customers SET next_at = $3 WHERE account_id = $1 AND wished = $2",
            row.account.to_string(),
            row.wished,
            next_at.unix_ms(),
        )?;
        Ok(())
    }
}
