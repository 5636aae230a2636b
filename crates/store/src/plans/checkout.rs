//! Purchases under way: one for each account.

use base::{AccountId, Timestamp};

use crate::db::{execute, fetch_optional};
use crate::{Store, StoreError};

/// A purchase that is about to begin.
#[derive(Clone, Debug)]
pub struct NewCheckout {
    /// Whose.
    pub account: AccountId,
    /// What makes the payment service begin it once, however often it is asked.
    pub idempotency_key: String,
    /// The payment service's name of the price.
    pub price: String,
    /// When.
    pub begun_at: Timestamp,
}

/// A purchase under way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CheckoutRow {
    /// What makes the payment service begin it once, however often it is asked.
    pub idempotency_key: String,
    /// The payment service's name of the price.
    pub price: String,
    /// The payment service's name of its page, once there is one.
    pub page: Option<String>,
    /// Since when.
    pub begun_at: Timestamp,
}

impl Store {
    /// The purchase that an account has under way.
    pub async fn checkout(&self, account: AccountId) -> Result<Option<CheckoutRow>, StoreError> {
        let row = fetch_optional!(
            self.db,
            (String, String, Option<String>, i64),
            "SELECT idempotency_key, price, page, begun_at FROM checkouts WHERE account_id = $1",
            account.to_string(),
        )?;
        Ok(
            row.map(|(idempotency_key, price, page, begun_at)| CheckoutRow {
                idempotency_key,
                price,
                page,
                begun_at: Timestamp::from_unix_ms(begun_at),
            }),
        )
    }

    /// Keeps that a purchase begins, unless the account has one under way. Gives the one that is under way.
    pub async fn begin_checkout(
        &self,
        checkout: &NewCheckout,
    ) -> Result<Option<CheckoutRow>, StoreError> {
        execute!(
            self.db,
            "INSERT INTO checkouts (account_id, idempotency_key, price, begun_at)
             SELECT id, $2, $3, $4 FROM accounts WHERE id = $1
             ON CONFLICT DO NOTHING",
            checkout.account.to_string(),
            &checkout.idempotency_key,
            &checkout.price,
            checkout.begun_at.unix_ms(),
        )?;
        self.checkout(checkout.account).await
    }

    /// Keeps what the payment service calls the page of a purchase, and that it began with this page: it is forgotten no
    /// sooner than the service closes the page. False when this purchase is over meanwhile.
    pub async fn note_checkout_page(
        &self,
        account: AccountId,
        idempotency_key: &str,
        page: &str,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let noted = execute!(
            self.db,
            "UPDATE checkouts SET page = $3, begun_at = $4 WHERE account_id = $1 AND idempotency_key = $2",
            account.to_string(),
            idempotency_key,
            page,
            now.unix_ms(),
        )?;
        Ok(noted > 0)
    }

    /// The purchase called `idempotency_key` is over, whatever became of it.
    pub async fn end_checkout(
        &self,
        account: AccountId,
        idempotency_key: &str,
    ) -> Result<(), StoreError> {
        execute!(
            self.db,
            "DELETE FROM checkouts WHERE account_id = $1 AND idempotency_key = $2",
            account.to_string(),
            idempotency_key,
        )?;
        Ok(())
    }

    /// The purchase called `idempotency_key` is given up, unless it has a page by now.
    pub async fn give_up_checkout(
        &self,
        account: AccountId,
        idempotency_key: &str,
    ) -> Result<(), StoreError> {
        execute!(
            self.db,
            "DELETE FROM checkouts WHERE account_id = $1 AND idempotency_key = $2 AND page IS NULL",
            account.to_string(),
            idempotency_key,
        )?;
        Ok(())
    }
}
