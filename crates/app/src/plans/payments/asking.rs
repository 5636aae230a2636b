//! Asks the payment service for the truth about those whom its events, or the time, have made us doubt.

use std::time::Duration;

use account::plans::{Payments, Subscription};
use base::{AccountId, Timestamp};
use outbound::PaymentFailure;
use store::{BATCH_MAX, CustomerRow, StoreError};

use super::PAUSES;
use crate::due::{BATCH, EVERY, next_look, work_off};
use crate::{App, Job, JobState};

/// Who pays, or is about to, is asked about so often, also when no event comes.
const OFTEN: Duration = Duration::from_secs(60 * 60);
/// Everybody else who ever bought is asked about so often.
const SELDOM: Duration = Duration::from_secs(24 * 60 * 60);
/// How long nobody else asks about somebody: longer than a batch takes.
const LEASE: Duration = Duration::from_secs(5 * 60);

/// Asks and tells the payment service what is due, until the server stops. Where nothing is sold there is nothing to do.
pub(crate) async fn keep_payments(app: App) {
    if !app.sells() {
        app.note_job(Job::Payments, JobState::Off);
        return;
    }
    loop {
        let mut failure = None;
        if let Err(error) = turn(&app).await {
            let reference = app.reference();
            tracing::error!(%reference, %error, "payments could not be looked after; trying again in a moment");
            failure = Some(reference);
        }
        app.note_run(Job::Payments, failure, app.now().after(EVERY));
        if !next_look(&app, &app.inner.till.waits).await {
            return;
        }
    }
}

async fn turn(app: &App) -> Result<(), StoreError> {
    let now = app.now();
    let (often, seldom) = (before(now, OFTEN), before(now, SELDOM));
    let store = &app.inner.store;
    let _ = store.wish_to_ask_all(often, seldom, now, BATCH_MAX).await?;
    ask_due(app).await?;
    app.say_farewells().await
}

async fn ask_due(app: &App) -> Result<(), StoreError> {
    let store = &app.inner.store;
    let take = |now: Timestamp| store.take_customers_to_ask(now, now.after(LEASE), BATCH);
    work_off(app, take, |row| ask(app, row)).await
}

async fn ask(app: &App, row: CustomerRow) -> Result<(), StoreError> {
    let store = &app.inner.store;
    // What is answered is at least as new as the question.
    let asked_at = app.now();
    let outbound = app.inner.links.outbound();
    match outbound.subscriptions_of(row.customer.expose()).await {
        Ok(answers) => {
            app.settle(row.account, row.wished, asked_at, &answers)
                .await?;
        }
        Err(PaymentFailure::Missing) => {
            store.lose_customer(&row.customer).await?;
            app.forget_payments(row.account);
        }
        Err(error) => {
            let reference = app.reference();
            tracing::warn!(%reference, %error, "a plan could not be asked for; trying again later");
            let next_at = PAUSES.next(row.attempts, app.now());
            store.put_off_asking(&row, next_at).await?;
        }
    }
    Ok(())
}

impl App {
    /// Takes in what the payment service has told, and does what follows from it.
    pub(super) async fn settle(
        &self,
        account: AccountId,
        met: i64,
        asked_at: Timestamp,
        answers: &[(String, Subscription)],
    ) -> Result<Payments, StoreError> {
        let store = &self.inner.store;
        let learnt = store
            .learn_payments(account, met, asked_at, answers)
            .await?;
        self.forget_payments(account);
        let Some(payments) = learnt else {
            return Ok(Payments::default());
        };
        if payments.has_standing() {
            self.end_purchase(account).await?;
        }
        for surplus in payments.surplus() {
            let ended = self.inner.links.outbound().cancel_now(surplus).await;
            let reference = self.reference();
            match ended {
                Ok(()) => tracing::warn!(
                    %reference,
                    "somebody had two subscriptions, and one was ended; what was paid for it is to be given back there"
                ),
                Err(error) => {
                    tracing::warn!(%reference, %error, "one of two subscriptions could not be ended; trying again later");
                }
            }
            self.ask_later(account).await?;
        }
        Ok(payments)
    }

    /// Whoever has Pro buys it no more: the page where they could is closed.
    async fn end_purchase(&self, account: AccountId) -> Result<(), StoreError> {
        let store = &self.inner.store;
        let Some(row) = store.checkout(account).await? else {
            return Ok(());
        };
        if let Some(page) = &row.page
            && let Err(error) = self.close_page(page).await
        {
            let reference = self.reference();
            tracing::warn!(%reference, %error, "a page where Pro could be bought twice could not be closed; trying again later");
            return self.ask_later(account).await;
        }
        store.end_checkout(account, &row.idempotency_key).await
    }

    /// Sees to it that nobody can pay on a page any more.
    pub(super) async fn close_page(&self, page: &str) -> Result<(), PaymentFailure> {
        let key = self.idempotency_key();
        match self.inner.links.outbound().close_checkout(page, &key).await {
            // It is refused where the purchase is done or given up already.
            Ok(()) | Err(PaymentFailure::Missing | PaymentFailure::Refused(400)) => Ok(()),
            Err(failure) => Err(failure),
        }
    }

    async fn ask_later(&self, account: AccountId) -> Result<(), StoreError> {
        let next_at = self.now().after(PAUSES.first);
        self.inner.store.wish_to_ask(account, next_at).await?;
        Ok(())
    }
}

fn before(now: Timestamp, span: Duration) -> Timestamp {
    let span_ms = i64::try_from(span.as_millis()).unwrap_or(i64::MAX);
    Timestamp::from_unix_ms(now.unix_ms().saturating_sub(span_ms))
}
