//! One question to the payment service, asked again with the same key while it is busy.

use std::time::Duration;

use serde::de::DeserializeOwned;
use tokio::time::Instant;

use super::answers::Refusal;
use super::{PaymentFailure, Till};
use crate::http::{BodyLimit, Reply, Request};
use crate::register::{self, Purpose};
use crate::{Failure, Outbound};

pub(crate) const HOST: &str = "api.stripe.com";
/// What the answers look like: moving to another version is a change of this program.
const VERSION: &str = "2025-03-31.basil";
/// Everything that one step asks of the service, together. Who waits for a page waits no longer.
const WITHIN: Duration = Duration::from_secs(12);
/// One answer.
const ANSWER_MAX: Duration = Duration::from_secs(5);
/// The largest answer that is read.
const BYTES_MAX: usize = 256 * 1024;
/// The pauses before the second and third try.
const PAUSES: [Duration; 2] = [Duration::from_millis(300), Duration::from_millis(1_200)];

impl Outbound {
    /// Asks, and asks again when the service is busy, slow or out of reach: its calls are made so that this is safe.
    pub(super) async fn ask_till<T: DeserializeOwned>(
        &self,
        till: &Till,
        request: Request,
    ) -> Result<T, PaymentFailure> {
        let request = request
            .header("Stripe-Version", VERSION)
            .authorization("Bearer", &till.key)
            .limit(BodyLimit::Whole(BYTES_MAX));
        if !register::allows(&request.url, Purpose::Payments) {
            return Err(Failure::ForeignHost.into());
        }
        let deadline = Instant::now() + WITHIN;
        let mut pauses = PAUSES.into_iter();
        loop {
            let until = deadline.min(Instant::now() + ANSWER_MAX);
            let reply = self.fetch(&till.budget, request.clone(), until).await;
            let outcome = reply
                .map_err(PaymentFailure::from)
                .and_then(|reply| read(&reply));
            let Err(failure) = outcome else {
                return outcome;
            };
            let pause = pauses.next().filter(|_| passes(failure));
            match pause.filter(|pause| Instant::now() + *pause < deadline) {
                Some(pause) => tokio::time::sleep(pause).await,
                None => return Err(failure),
            }
        }
    }
}

/// Whether the same may be answered in a moment: a conflict is the same question still under way.
const fn passes(failure: PaymentFailure) -> bool {
    match failure {
        PaymentFailure::Failed(failure) => {
            matches!(failure, Failure::TimedOut | Failure::Unreachable)
        }
        PaymentFailure::Refused(status) => matches!(status, 409 | 429 | 500..=599),
        _ => false,
    }
}

fn read<T: DeserializeOwned>(reply: &Reply) -> Result<T, PaymentFailure> {
    match reply.status {
        200..=299 => serde_json::from_slice(&reply.body).map_err(|_| Failure::BadAnswer.into()),
        401 | 403 => Err(PaymentFailure::Key),
        404 => Err(PaymentFailure::Missing),
        status => {
            // Of a refusal only its code counts: its text may repeat what we sent.
            let refusal: Option<Refusal> = serde_json::from_slice(&reply.body).ok();
            Err(match refusal {
                Some(refusal) if refusal.is_missing() => PaymentFailure::Missing,
                Some(refusal) if status == 400 && refusal.is_of_key() => PaymentFailure::OtherWords,
                _ => PaymentFailure::Refused(status),
            })
        }
    }
}
