//! What is done by the forms of plans.

use app::{Ended, Ending, PaymentRefusal, Period, PortalWish, Purchase};
use askama::Template;
use axum::extract::rejection::FormRejection;
use axum::extract::{Form, FromRequestParts, State};
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;

use super::pages::{Reading, cancel_page};
use super::refused::refused;
use super::{address, page, shell};
use crate::Web;
use crate::accounts::Asking;
use crate::links::Tongue;
use crate::links::page::see_other;
use crate::shell::Shell;
use crate::texts::Language;
use crate::visitor::Visitor;

/// A member who sent a form of ours.
pub(super) struct Buyer {
    session: app::LiveSession,
    tongue: Tongue,
    /// Our own address, as this browser knows it.
    origin: String,
}

impl FromRequestParts<Web> for Buyer {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, web: &Web) -> Result<Self, Response> {
        let asking = Asking::from_request_parts(parts, web).await?;
        let Ok(tongue) = Tongue::from_request_parts(parts, web).await;
        let visitor = Visitor::from_request_parts(parts, web).await;
        let visitor = visitor.map_err(IntoResponse::into_response)?;
        match asking.session(web).await {
            Ok(Some(session)) => Ok(Self {
                session,
                tongue,
                origin: visitor.origin(&web.inner.settings),
            }),
            Ok(None) => Err(see_other(&address("/sign-in", tongue))),
            Err(refused) => Err(refused.into_response()),
        }
    }
}

impl Buyer {
    /// An address of ours that the payment service can send this person to.
    fn back(&self, path: &str) -> String {
        format!("{}{}", self.origin, address(path, self.tongue))
    }
}

#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Often {
    Month,
    Year,
}

/// What somebody wants to buy.
#[derive(Debug, Deserialize)]
pub(super) struct Wanted {
    period: Often,
}

/// `POST /account/plan/buy`: on to the payment service, where it is bought.
pub(super) async fn buy(
    buyer: Buyer,
    State(web): State<Web>,
    form: Result<Form<Wanted>, FormRejection>,
) -> Response {
    let tongue = buyer.tongue;
    let Ok(Form(wanted)) = form else {
        return see_other(&address("/pricing", tongue));
    };
    let period = match wanted.period {
        Often::Month => Period::Month,
        Often::Year => Period::Year,
    };
    let (done, left) = (buyer.back("/account/plan/done"), buyer.back("/pricing"));
    let app = &web.inner.app;
    match app.buy(&buyer.session, period, &done, &left).await {
        Ok(Purchase::There(there)) => forward(there, tongue),
        Ok(Purchase::Done) => see_other(&address("/account/plan/done", tongue)),
        Err(PaymentRefusal::HasPro) => see_other(&address("/account/plan", tongue)),
        Err(refusal) => refused(refusal, tongue),
    }
}

#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum For {
    Everything,
    Card,
}

/// What somebody wants at the payment service.
#[derive(Debug, Deserialize)]
pub(super) struct Sought {
    #[serde(rename = "for")]
    what: For,
}

/// `POST /account/plan/pages`: on to the payment service's own pages for this member.
pub(super) async fn go_to_pages(
    buyer: Buyer,
    State(web): State<Web>,
    form: Result<Form<Sought>, FormRejection>,
) -> Response {
    let tongue = buyer.tongue;
    let wish = match form {
        Ok(Form(Sought { what: For::Card })) => PortalWish::Card,
        _ => PortalWish::Everything,
    };
    let back = buyer.back("/account/plan");
    match web.inner.app.open_portal(&buyer.session, wish, &back).await {
        Ok(there) => forward(there, tongue),
        Err(refusal) => refused(refusal, tongue),
    }
}

/// What was shown to come of ending Pro.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Shown {
    WithPeriod,
    AtOnce,
}

/// What somebody has read before they ended Pro.
#[derive(Debug, Deserialize)]
pub(super) struct Confirmed {
    shown: Shown,
}

/// `POST /account/plan/cancel`: Pro ends as it was shown to; else it is shown how it would.
pub(super) async fn cancel(
    buyer: Buyer,
    State(web): State<Web>,
    form: Result<Form<Confirmed>, FormRejection>,
) -> Response {
    let (session, tongue) = (&buyer.session, buyer.tongue);
    let Ok(Form(confirmed)) = form else {
        return cancel_page(&web, session, tongue, Reading::Again).await;
    };
    let shown = match confirmed.shown {
        Shown::WithPeriod => Ending::WithPeriod,
        Shown::AtOnce => Ending::AtOnce,
    };
    match web.inner.app.end_pro(session, shown).await {
        Ok(Ended::Done) => see_other(&address("/account/plan", tongue)),
        Ok(Ended::NotAsShown) => cancel_page(&web, session, tongue, Reading::Again).await,
        Err(refusal) => refused(refusal, tongue),
    }
}

/// `POST /account/plan/keep`: it goes on after all.
pub(super) async fn keep(buyer: Buyer, State(web): State<Web>) -> Response {
    match web.inner.app.keep_pro(&buyer.session).await {
        Ok(()) => see_other(&address("/account/plan", buyer.tongue)),
        Err(refusal) => refused(refusal, buyer.tongue),
    }
}

#[derive(Template)]
#[template(path = "plans/forward.html")]
struct ForwardPage {
    shell: Shell,
    t: Language,
    title: String,
    there: String,
    host: String,
}

/// The page that leads to the payment service. A redirect of the form itself would need its hosts, which can be the
/// operator's own, in our content policy (CSP 3, `form-action`).
fn forward(there: String, tongue: Tongue) -> Response {
    let t = tongue.language;
    let host = there
        .split("://")
        .nth(1)
        .and_then(|rest| rest.split('/').next());
    let forward = ForwardPage {
        shell: shell("/account/plan", tongue),
        t,
        title: t.say("plans-forward-title"),
        host: host.unwrap_or_default().to_owned(),
        there,
    };
    page(forward.render().expect("a page is written into memory"))
}
