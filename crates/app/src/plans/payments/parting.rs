//! Whoever leaves is forgotten at the payment service too, however long that takes to be told.

use std::time::Duration;

use base::AccountId;
use privacy::Subject;
use store::{FarewellRow, StoreError};

use super::PAUSES;
use crate::App;

/// How long nobody else tells of a farewell that is being told.
const LEASE: Duration = Duration::from_secs(5 * 60);
/// Farewells that are taken out at once.
const BATCH: u32 = 20;

impl App {
    /// Notes that the payment service is to forget whoever is being erased. To be called before their rows go.
    pub(crate) async fn begin_farewell(&self, subject: &Subject) -> Result<(), StoreError> {
        let account = subject
            .account()
            .and_then(|id| id.parse::<AccountId>().ok());
        let Some(account) = account else {
            return Ok(());
        };
        if let Some(customer) = self.inner.store.customer_of(account).await? {
            let now = self.now();
            self.inner.store.begin_farewell(&customer, now).await?;
        }
        Ok(())
    }

    /// Tells the payment service of the farewells that are due.
    pub(super) async fn say_farewells(&self) -> Result<(), StoreError> {
        let now = self.now();
        let store = &self.inner.store;
        let due = store
            .take_due_farewells(now, now.after(LEASE), BATCH)
            .await?;
        for farewell in due {
            self.say_farewell(&farewell).await?;
        }
        Ok(())
    }

    async fn say_farewell(&self, farewell: &FarewellRow) -> Result<(), StoreError> {
        let customer = &farewell.customer;
        let outbound = self.inner.links.outbound();
        match outbound.forget_customer(customer.expose()).await {
            Ok(()) => self.inner.store.end_farewell(customer).await,
            Err(error) => {
                let reference = self.reference();
                tracing::warn!(%reference, %error, "the payment service has not forgotten somebody who left; telling it again later");
                let next_at = PAUSES.next(farewell.attempts, self.now());
                self.inner.store.put_off_farewell(customer, next_at).await
            }
        }
    }
}
