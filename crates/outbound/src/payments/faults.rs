//! What the operator's account at the payment service has to sell, and what is wrong with it, as far as it can be asked.

use std::collections::BTreeMap;

use super::answers::PriceTold;
use super::{PaymentFailure, Period, Price};
use crate::Outbound;

/// Something that keeps people from buying, or lets them buy the wrong thing. Each message says what to do.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PaymentFault {
    /// The service could not be asked.
    #[error("the payment service can't be asked now; try again later")]
    NotAsked,
    /// The key is not taken.
    #[error("the payment service does not take outbound.payments.secret_key; make a new key there")]
    Key,
    /// A price is not there.
    #[error(
        "outbound.payments.price_{0} names no price that this key can see: it is of another account, or of the other \
         mode (test or live)"
    )]
    NoPrice(Period),
    /// A price is of the other mode than the key.
    #[error("outbound.payments.price_{0} and the key are not of the same mode (test or live)")]
    OtherMode(Period),
    /// A price is not sold any more.
    #[error("outbound.payments.price_{0} is archived; activate it there, or name another")]
    Archived(Period),
    /// A price is not for this period.
    #[error("outbound.payments.price_{0} must be a price that is paid every {0}")]
    OtherPeriod(Period),
    /// Both prices must be of one currency.
    #[error(
        "outbound.payments: a month costs {month} and a year {year}; both must be of one currency, and only the month is \
         sold until they are"
    )]
    OtherCurrency {
        /// Of the price for a month.
        month: String,
        /// Of the price for a year.
        year: String,
    },
}

/// What the payment service tells of the prices that are set, by one question for each.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PriceReading {
    /// What can be sold, and for how much.
    pub prices: BTreeMap<Period, Price>,
    /// What is wrong.
    pub faults: Vec<PaymentFault>,
}

impl PriceReading {
    /// One in which nothing can be sold.
    fn nothing_for(fault: PaymentFault) -> Self {
        Self {
            prices: BTreeMap::new(),
            faults: vec![fault],
        }
    }

    /// Whether the service has told what there is; else what was told before holds.
    #[must_use]
    pub fn is_told(&self) -> bool {
        !self.faults.contains(&PaymentFault::NotAsked)
    }

    /// Leaves the month alone where a year costs another kind of money.
    fn of_one_currency(mut self) -> Self {
        let currency = |period| self.prices.get(&period).map(|price| price.currency.clone());
        let both = currency(Period::Month).zip(currency(Period::Year));
        if let Some((month, year)) = both.filter(|(month, year)| month != year) {
            self.prices.remove(&Period::Year);
            let fault = PaymentFault::OtherCurrency { month, year };
            self.faults.push(fault);
        }
        self
    }
}

impl Outbound {
    /// Asks the payment service what can be sold of what is set, and what is wrong. Neither where nothing is sold.
    pub async fn read_prices(&self) -> PriceReading {
        let mut reading = PriceReading::default();
        for period in Period::ALL {
            if self.price_name(period).is_none() {
                continue;
            }
            match self.price_told(period).await {
                Ok(told) => {
                    let faults = self.faults_of(period, &told);
                    if faults.is_empty() {
                        reading.prices.insert(period, told.read());
                    }
                    reading.faults.extend(faults);
                }
                Err(PaymentFailure::Key) => return PriceReading::nothing_for(PaymentFault::Key),
                Err(PaymentFailure::Missing) => reading.faults.push(PaymentFault::NoPrice(period)),
                Err(_) => return PriceReading::nothing_for(PaymentFault::NotAsked),
            }
        }
        reading.of_one_currency()
    }

    fn faults_of(&self, period: Period, told: &PriceTold) -> Vec<PaymentFault> {
        let is_live = !self.sells_for_test_only();
        let faults = [
            (
                told.livemode.is_some_and(|it| it != is_live),
                PaymentFault::OtherMode(period),
            ),
            (told.active == Some(false), PaymentFault::Archived(period)),
            (!told.is_for(period), PaymentFault::OtherPeriod(period)),
        ];
        let faults = faults.into_iter().filter(|(is_so, _)| *is_so);
        faults.map(|(_, fault)| fault).collect()
    }
}
