//! What accounts have bought or were given.

use std::collections::BTreeSet;

use account::plans::{Payments, Snapshot, Status, Subscription};
use base::{AccountId, Personal, Timestamp};

use crate::accounts::fits;
use crate::db::{execute, fetch, fetch_optional, transaction};
use crate::{BATCH_MAX, Store, StoreError};

/// The columns of `subscriptions` in the order of every SELECT below, but for the account.
type Columns = (String, String, i64, bool, String, i64);

/// Writes what an account has bought anew, inside an open transaction of either database.
macro_rules! keep_all {
    ($open:ident, $account:expr, $known:expr, $learnt:expr) => {
        for (id, snapshot) in $learnt.subscriptions() {
            let subscription = &snapshot.subscription;
            sqlx::query(
                "INSERT INTO subscriptions
                   (id, account_id, status, period_end, ends_with_period, price, asked_at)
                 VALUES ($1, $2, $3, $4, $5, $6, $7)
                 ON CONFLICT (id) DO UPDATE
                 SET status = EXCLUDED.status, period_end = EXCLUDED.period_end,
                     ends_with_period = EXCLUDED.ends_with_period, price = EXCLUDED.price,
                     asked_at = EXCLUDED.asked_at
                 WHERE subscriptions.account_id = EXCLUDED.account_id",
            )
            .bind(id)
            .bind($account)
            .bind(subscription.status.as_str())
            .bind(subscription.period_end.unix_ms())
            .bind(subscription.ends_with_period)
            .bind(&subscription.price)
            .bind(snapshot.asked_at.unix_ms())
            .execute(&mut *$open)
            .await?;
        }
        let kept: BTreeSet<&str> = $learnt.subscriptions().map(|(id, _)| id).collect();
        for forgotten in $known.iter().filter(|id| !kept.contains(id.as_str())) {
            sqlx::query("DELETE FROM subscriptions WHERE id = $1")
                .bind(forgotten)
                .execute(&mut *$open)
                .await?;
        }
    };
}

impl Store {
    /// What an account has bought or was given; nothing for one that is not there.
    pub async fn payments_of(&self, account: AccountId) -> Result<Payments, StoreError> {
        let account = account.to_string();
        let rows = fetch!(
            fetch_all,
            self.db,
            Columns,
            "SELECT id, status, period_end, ends_with_period, price, asked_at FROM subscriptions WHERE account_id = $1",
            &account,
        )?;
        let gift = fetch_optional!(
            self.db,
            (i64,),
            "SELECT ends_at FROM gifts WHERE account_id = $1",
            &account,
        )?;
        let gift = gift.map(|(ends,)| Timestamp::from_unix_ms(ends));
        Ok(Payments::read(rows.into_iter().map(told), gift))
    }

    /// Gives Pro until `ends`, or takes such a gift back; false when there is no such account.
    pub async fn give_pro(
        &self,
        account: AccountId,
        ends: Option<Timestamp>,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let account = account.to_string();
        let Some(ends) = ends else {
            execute!(self.db, "DELETE FROM gifts WHERE account_id = $1", &account,)?;
            let known = fetch_optional!(
                self.db,
                (i64,),
                "SELECT CAST(1 AS BIGINT) FROM accounts WHERE id = $1",
                &account,
            )?;
            return Ok(known.is_some());
        };
        let given = execute!(
            self.db,
            "INSERT INTO gifts (account_id, ends_at, given_at)
             SELECT id, $2, $3 FROM accounts WHERE id = $1
             ON CONFLICT (account_id) DO UPDATE SET ends_at = EXCLUDED.ends_at, given_at = EXCLUDED.given_at",
            &account,
            ends.unix_ms(),
            now.unix_ms(),
        )?;
        Ok(given > 0)
    }

    /// Up to `limit` accounts that have bought or were given something, in the order of their names, after `after`.
    pub async fn payers_after(
        &self,
        after: Option<AccountId>,
        limit: u32,
    ) -> Result<Vec<AccountId>, StoreError> {
        let after = after.map_or_else(String::new, |after| after.to_string());
        let rows = fetch!(
            fetch_all,
            self.db,
            (String,),
            "SELECT account_id FROM
               (SELECT account_id FROM subscriptions UNION SELECT account_id FROM gifts) AS payers
             WHERE account_id > $1 ORDER BY account_id LIMIT $2",
            after,
            i64::from(limit.min(BATCH_MAX)),
        )?;
        let ids = rows.into_iter().map(|(id,)| id.parse());
        fits("accounts.id", ids.collect())
    }

    /// Takes in what the payment service told of the customer that an account is, and that its first `met` wishes to
    /// ask are met. Gives what the account has now; none when it is no such customer any more.
    pub async fn learn_payments(
        &self,
        account: AccountId,
        met: i64,
        asked_at: Timestamp,
        answers: &[(String, Subscription)],
    ) -> Result<Option<Payments>, StoreError> {
        let name = account.to_string();
        let is_customer = transaction!(self.db, |open| {
            // Whoever changes the customer's row first is first, on every node.
            let is_customer = sqlx::query(
                "UPDATE payment_customers
                 SET met = CASE WHEN met < $2 THEN $2 ELSE met END, attempts = 0,
                     asked_at = CASE WHEN asked_at < $3 THEN $3 ELSE asked_at END
                 WHERE account_id = $1",
            )
            .bind(&name)
            .bind(met)
            .bind(asked_at.unix_ms())
            .execute(&mut *open)
            .await?
            .rows_affected()
                > 0;
            if is_customer {
                let rows: Vec<Columns> = sqlx::query_as(
                    "SELECT id, status, period_end, ends_with_period, price, asked_at FROM subscriptions
                     WHERE account_id = $1",
                )
                .bind(&name)
                .fetch_all(&mut *open)
                .await?;
                let known: BTreeSet<String> = rows.iter().map(|row| row.0.clone()).collect();
                let learnt = Payments::read(rows.into_iter().map(told), None);
                let learnt = answers.iter().fold(learnt, |learnt, (id, subscription)| {
                    let subscription = subscription.clone();
                    learnt.learn(
                        id.clone(),
                        Snapshot {
                            asked_at,
                            subscription,
                        },
                    )
                });
                keep_all!(open, &name, &known, &learnt);
            }
            is_customer
        });
        match is_customer {
            true => self.payments_of(account).await.map(Some),
            false => Ok(None),
        }
    }

    /// Forgets a customer that the payment service does not know any more, to the byte: all that it bought is over.
    /// Gives whose it was.
    pub async fn lose_customer(
        &self,
        customer: &Personal<String>,
    ) -> Result<Option<AccountId>, StoreError> {
        let lost: Option<(String,)> = transaction!(self.db, |open| {
            let lost: Option<(String,)> = sqlx::query_as(
                "DELETE FROM payment_customers WHERE customer = $1 RETURNING account_id",
            )
            .bind(customer.expose())
            .fetch_optional(&mut *open)
            .await?;
            if let Some((account,)) = &lost {
                sqlx::query("UPDATE subscriptions SET status = $2 WHERE account_id = $1")
                    .bind(account)
                    .bind(Status::Canceled.as_str())
                    .execute(&mut *open)
                    .await?;
                sqlx::query("DELETE FROM checkouts WHERE account_id = $1")
                    .bind(account)
                    .execute(&mut *open)
                    .await?;
            }
            lost
        });
        let Some((account,)) = lost else {
            return Ok(None);
        };
        self.empty_log_if_free().await;
        fits("payment_customers.account_id", account.parse()).map(Some)
    }
}

fn told(columns: Columns) -> (String, Snapshot) {
    let (id, status, period_end, ends_with_period, price, asked_at) = columns;
    let Ok(status) = status.parse();
    let subscription = Subscription {
        status,
        period_end: Timestamp::from_unix_ms(period_end),
        ends_with_period,
        price,
    };
    let asked_at = Timestamp::from_unix_ms(asked_at);
    (
        id,
        Snapshot {
            asked_at,
            subscription,
        },
    )
}
