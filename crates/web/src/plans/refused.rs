//! Pages that say why a step of a payment was not taken.

use app::PaymentRefusal;
use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use base::ReferenceId;

use super::{address, page, shell};
use crate::links::Tongue;
use crate::links::page::see_other;
use crate::shell::Shell;
use crate::texts::Language;

#[derive(Template)]
#[template(path = "plans/refused.html")]
struct RefusedPage {
    shell: Shell,
    t: Language,
    title: String,
    next: String,
    reference: Option<ReferenceId>,
    /// Where to go on.
    go: String,
    go_title: String,
}

/// The page for `refusal`; where nothing is sold, the one that says so.
pub(super) fn refused(refusal: PaymentRefusal, tongue: Tongue) -> Response {
    let (status, title, next, reference) = match refusal {
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
    let text = RefusedPage {
        shell: shell("/account/plan", tongue),
        t,
        title: t.say(title),
        next: t.say(next),
        reference,
        go: address("/account/plan", tongue),
        go_title: t.say("plans-title"),
    };
    let mut response = page(text.render().expect("a page is written into memory"));
    *response.status_mut() = status;
    response
}
