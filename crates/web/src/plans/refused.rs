//! Pages that say why a step of a payment was not taken.

use std::time::Duration;

use app::PaymentRefusal;
use axum::http::StatusCode;
use axum::response::Response;

use super::address;
use crate::links::Tongue;
use crate::links::page::see_other;
use crate::message_page::Message;
use crate::problem::{Noted, whole_seconds};

/// Where whoever was refused goes on.
const PLAN: &str = "/account/plan";

/// The page for `refusal`; where nothing is sold, the one that says so.
pub(super) fn refused(refusal: PaymentRefusal, tongue: Tongue) -> Response {
    let (status, title, next, failed) = match refusal {
        PaymentRefusal::NothingSold | PaymentRefusal::BadEvent => {
            return see_other(&address("/pricing", tongue));
        }
        PaymentRefusal::NoAccount => return see_other(&address("/sign-in", tongue)),
        PaymentRefusal::HasPro => (
            StatusCode::CONFLICT,
            "plans-refused-has-pro",
            "plans-refused-has-pro-next",
            None,
        ),
        PaymentRefusal::NothingBought => (
            StatusCode::CONFLICT,
            "plans-refused-nothing-bought",
            "plans-refused-nothing-bought-next",
            None,
        ),
        PaymentRefusal::TooOften { wait } => return too_often(wait, tongue),
        PaymentRefusal::ServiceAway(reference) => (
            StatusCode::BAD_GATEWAY,
            "plans-refused-service-away",
            "plans-refused-service-away-next",
            Some(reference),
        ),
        PaymentRefusal::Failed(reference) => (
            StatusCode::INTERNAL_SERVER_ERROR,
            "plans-refused-failed",
            "plans-refused-failed-next",
            Some(reference),
        ),
    };
    let t = tongue.language;
    let name = title.trim_start_matches("plans-refused-");
    Message::new(t, t.say(title), t.say(next))
        .noted(Noted::new(name, failed))
        .leading_to(PLAN, t.say("plans-title"))
        .page(status, PLAN, tongue)
}

fn too_often(wait: Duration, tongue: Tongue) -> Response {
    let (t, seconds) = (tongue.language, whole_seconds(wait));
    let next = t.with("plans-refused-too-often-next", "seconds", seconds);
    Message::new(t, t.say("plans-refused-too-often"), next)
        .noted(Noted::new("too-often", None))
        .after(wait)
        .leading_to(PLAN, t.say("plans-title"))
        .page(StatusCode::TOO_MANY_REQUESTS, PLAN, tongue)
}
