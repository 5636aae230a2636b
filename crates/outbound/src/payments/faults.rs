//! What is wrong with the operator's account at the payment service, as far as it can be asked.

use super::answers::PriceTold;
use super::{PaymentFailure, Period};
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

impl PaymentFault {
    /// Whether it keeps Pro from being sold by this period. What could not be asked is as it was.
    #[must_use]
    pub fn bars(&self, period: Period) -> bool {
        match self {
            Self::NotAsked => false,
            Self::Key => true,
            Self::NoPrice(of)
            | Self::OtherMode(of)
            | Self::Archived(of)
            | Self::OtherPeriod(of) => *of == period,
            Self::OtherCurrency { .. } => period == Period::Year,
        }
    }
}

impl Outbound {
    /// Asks the payment service whether what is set can be sold. Nothing is wrong where nothing is sold.
    pub async fn payments_faults(&self) -> Vec<PaymentFault> {
        let mut faults = Vec::new();
        let mut currencies = Vec::new();
        for period in Period::ALL {
            if self.price_name(period).is_none() {
                continue;
            }
            match self.price_told(period).await {
                Ok(told) => {
                    faults.extend(self.faults_of(period, &told));
                    currencies.push(told.read().currency);
                }
                Err(PaymentFailure::Key) => return vec![PaymentFault::Key],
                Err(PaymentFailure::Missing) => faults.push(PaymentFault::NoPrice(period)),
                Err(_) => return vec![PaymentFault::NotAsked],
            }
        }
        if let [month, year] = &currencies[..]
            && month != year
        {
            faults.push(PaymentFault::OtherCurrency {
                month: month.clone(),
                year: year.clone(),
            });
        }
        faults
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
