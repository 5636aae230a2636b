//! Everything that payments say no to.

use std::time::Duration;

use base::{AccountId, ReferenceId};
use outbound::PaymentFailure;

use crate::App;

/// Why a step of a payment was not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PaymentRefusal {
    /// Nothing is sold here, or not for this period, or it is not known yet: the price list says which.
    NothingSold,
    /// They have Pro already, and manage that one.
    HasPro,
    /// There is nothing to manage: they have bought nothing.
    NothingBought,
    /// They take such steps too often.
    TooOften {
        /// How long to wait.
        wait: Duration,
    },
    /// The payment service does not answer now, or not as it should.
    ServiceAway(ReferenceId),
    /// An event is not the payment service's own.
    BadEvent,
    /// The account is gone.
    NoAccount,
    /// A failure of ours, named by its reference.
    Failed(ReferenceId),
}

impl App {
    /// Counts a step for which the payment service is asked.
    pub(super) fn take_payment_step(&self, account: AccountId) -> Result<(), PaymentRefusal> {
        let may = self.inner.plans.pace.take_step(account, self.now());
        may.map_err(|wait| PaymentRefusal::TooOften { wait })
    }

    /// A failure of the payment service: logged here, once, and named to the person by its reference.
    pub(super) fn service_failure(&self, error: PaymentFailure) -> PaymentRefusal {
        if error == PaymentFailure::Off {
            return PaymentRefusal::NothingSold;
        }
        let reference = self.reference();
        tracing::warn!(%reference, %error, "the payment service did not do what a member asked for");
        PaymentRefusal::ServiceAway(reference)
    }
}
