//! What is asked for Pro, as the payment service has it.

use std::collections::BTreeMap;
use std::time::Duration;

use base::ReferenceId;
use outbound::{PaymentFault, Period, Price, PriceReading};

use super::PAUSES;
use crate::{App, Job, JobState};

/// How often it is asked for.
const EVERY: Duration = Duration::from_secs(6 * 60 * 60);
/// How soon again when there was no answer, or one to put right there.
const AGAIN: Duration = Duration::from_secs(5 * 60);

/// What is wrong, each with its reference in the log.
type Logged = Vec<(PaymentFault, ReferenceId)>;

/// What the payment service has told of the prices.
#[derive(Default)]
pub(super) struct Shelf {
    /// What can be sold; None before it has told.
    prices: Option<BTreeMap<Period, Price>>,
    /// What is wrong, as far as it is known.
    faults: Vec<PaymentFault>,
}

impl Shelf {
    /// What is on sale, by what was told last; None before that.
    pub(super) const fn prices(&self) -> Option<&BTreeMap<Period, Price>> {
        self.prices.as_ref()
    }

    /// Takes a reading in, and gives what is wrong now and was not before.
    fn take(&mut self, reading: PriceReading) -> Vec<PaymentFault> {
        let before = std::mem::take(&mut self.faults);
        let is_told = reading.is_told();
        let news = reading.faults.iter().filter(|it| !before.contains(it));
        let news: Vec<PaymentFault> = news.cloned().collect();
        if is_told {
            self.prices = Some(reading.prices);
            self.faults = reading.faults;
        } else {
            // Nothing was told, so what is on sale and what was wrong before is as it was.
            self.faults = before;
            self.faults.extend_from_slice(&news);
        }
        news
    }

    /// How long until it is asked for again.
    fn pause(&self) -> Duration {
        match (&self.prices, self.faults.is_empty()) {
            (None, _) => PAUSES.first,
            (Some(_), false) => AGAIN,
            (Some(_), true) => EVERY,
        }
    }
}

/// Keeps the prices up to date, until the server stops. Says in the log, once, what can't be sold as it is set.
pub(crate) async fn keep_prices(app: App) {
    if !app.sells() {
        app.note_job(Job::Prices, JobState::Off);
        return;
    }
    let till = &app.inner.till;
    let mut logged = Logged::default();
    loop {
        let pause = app.ask_for_prices(&mut logged).await;
        let failure = logged.first().map(|(_, reference)| *reference);
        app.note_run(Job::Prices, failure, app.now().after(pause));
        tokio::select! {
            () = till.prices_wait.notified() => {}
            () = app.inner.clock.until(app.now().after(pause)) => {}
            () = app.inner.stopping.cancelled() => return,
        }
    }
}

impl App {
    /// Asks for all prices, and takes those off the shelf that can't be sold. Gives how long that holds.
    async fn ask_for_prices(&self, logged: &mut Logged) -> Duration {
        let reading = self.inner.links.outbound().read_prices().await;
        let (news, pause) = {
            let mut shelf = self.inner.till.shelf();
            let news = shelf.take(reading);
            logged.retain(|(fault, _)| shelf.faults.contains(fault));
            (news, shelf.pause())
        };
        for error in news {
            let reference = self.reference();
            tracing::error!(%reference, %error, "what is set can't be sold");
            logged.push((error, reference));
        }
        pause
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reading(
        prices: impl IntoIterator<Item = Period>,
        faults: impl IntoIterator<Item = PaymentFault>,
    ) -> PriceReading {
        let price = |period| {
            let (amount, currency) = (Some(500), "EUR".to_owned());
            (period, Price { amount, currency })
        };
        PriceReading {
            prices: prices.into_iter().map(price).collect(),
            faults: faults.into_iter().collect(),
        }
    }

    fn on_sale(shelf: &Shelf) -> Option<Vec<Period>> {
        Some(shelf.prices()?.keys().copied().collect())
    }

    #[test]
    fn a_fault_that_stands_is_news_once_and_again_after_it_was_put_right() {
        let archived = PaymentFault::Archived(Period::Year);
        let month = || reading([Period::Month], [archived.clone()]);
        let mut shelf = Shelf::default();
        assert_eq!(shelf.take(month()), std::slice::from_ref(&archived));
        for _ in 0..3 {
            assert_eq!(shelf.take(month()), []);
            assert_eq!(shelf.pause(), AGAIN);
        }
        let swapped = PaymentFault::OtherPeriod(Period::Month);
        let both = reading([], [archived.clone(), swapped.clone()]);
        assert_eq!(shelf.take(both), [swapped]);
        assert_eq!(shelf.take(reading(Period::ALL, [])), []);
        assert_eq!(shelf.pause(), EVERY);
        assert_eq!(shelf.take(month()), std::slice::from_ref(&archived));
    }

    #[test]
    fn what_was_told_last_is_sold_while_the_service_is_silent_and_its_silence_is_news_once() {
        let archived = PaymentFault::Archived(Period::Year);
        let month = || reading([Period::Month], [archived.clone()]);
        let silence = || reading([], [PaymentFault::NotAsked]);
        let mut shelf = Shelf::default();
        shelf.take(month());
        assert_eq!(shelf.take(silence()), [PaymentFault::NotAsked]);
        for _ in 0..3 {
            assert_eq!(shelf.take(silence()), []);
            assert_eq!(on_sale(&shelf), Some(vec![Period::Month]));
            assert_eq!(shelf.pause(), AGAIN);
        }
        assert_eq!(shelf.take(month()), [], "it was wrong all the time");
        assert_eq!(shelf.take(silence()), [PaymentFault::NotAsked]);
    }

    #[test]
    fn nothing_is_sold_before_the_service_has_told_and_it_is_asked_again_soon() {
        let mut shelf = Shelf::default();
        assert_eq!((on_sale(&shelf), shelf.pause()), (None, PAUSES.first));
        shelf.take(reading([], [PaymentFault::NotAsked]));
        assert_eq!((on_sale(&shelf), shelf.pause()), (None, PAUSES.first));
        shelf.take(reading([], [PaymentFault::Key]));
        assert_eq!((on_sale(&shelf), shelf.pause()), (Some(vec![]), AGAIN));
        shelf.take(reading(Period::ALL, []));
        let all = Some(Period::ALL.to_vec());
        assert_eq!((on_sale(&shelf), shelf.pause()), (all, EVERY));
    }
}
