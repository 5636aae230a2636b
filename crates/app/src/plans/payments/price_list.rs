//! What is asked for Pro, as the payment service has it.

use std::time::Duration;

use outbound::{PaymentFault, Period};

use crate::App;

/// How often it is asked for.
const EVERY: Duration = Duration::from_secs(6 * 60 * 60);
/// How soon again when there was no answer, or one to put right there.
const AGAIN: Duration = Duration::from_secs(5 * 60);

/// Keeps the prices up to date, until the server stops. Says in the log what can't be sold as it is set.
pub(crate) async fn keep_prices(app: App) {
    if !app.sells() {
        return;
    }
    loop {
        let pause = match app.ask_for_prices().await {
            true => EVERY,
            false => AGAIN,
        };
        tokio::select! {
            () = app.inner.clock.until(app.now().after(pause)) => {}
            () = app.inner.stopping.cancelled() => return,
        }
    }
}

impl App {
    /// Asks for all prices, and takes those off the shelf that can't be sold; false when one is such, or not known.
    async fn ask_for_prices(&self) -> bool {
        let outbound = self.inner.links.outbound();
        let faults = outbound.payments_faults().await;
        for error in &faults {
            let reference = self.reference();
            tracing::error!(%reference, %error, "what is set can't be sold");
        }
        if !faults.contains(&PaymentFault::NotAsked) {
            let is_barred = |period: &Period| faults.iter().any(|fault| fault.bars(*period));
            let barred = Period::ALL.into_iter().filter(is_barred);
            self.inner.till.shelf().barred = barred.collect();
        }
        let mut all = faults.is_empty();
        for period in Period::ALL {
            if outbound.price_name(period).is_none() {
                continue;
            }
            match outbound.price(period).await {
                Ok(price) => {
                    self.inner.till.shelf().prices.insert(period, price);
                }
                Err(_) => all = false,
            }
        }
        all
    }
}
