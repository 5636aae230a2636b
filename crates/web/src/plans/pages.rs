//! Pages about somebody's own plan.

use account::plans::Term;
use app::{BoughtView, Ending, LiveSession, Period, PlanView, PurchaseState};
use askama::Template;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use privacy::day;
use serde::Deserialize;

use super::refused::refused;
use super::{address, page, session_of, shell};
use crate::Web;
use crate::links::Tongue;
use crate::links::asked::Parameters;
use crate::links::page::see_other;
use crate::shell::Shell;
use crate::texts::Language;

/// Seconds between two looks of the page that waits, the first one first. Then a person presses a button.
const PAUSES_S: [u32; 10] = [1, 1, 2, 3, 4, 6, 8, 10, 15, 20];
/// Looks after which the payment service is asked, and not only listened to.
const LOOKS_BEFORE_ASKING: usize = 2;

#[derive(Template)]
#[template(path = "plans/plan.html")]
struct PlanPage {
    shell: Shell,
    t: Language,
    title: String,
    /// What there is, and until when.
    facts: Vec<String>,
    is_unpaid: bool,
    ends: bool,
    can_end: bool,
    /// Whether Pro can be bought: neither here nor about to be.
    lacks_pro: bool,
    view: PlanView,
    sells: bool,
}

/// `GET /account/plan`
pub(super) async fn show(State(web): State<Web>, tongue: Tongue, headers: HeaderMap) -> Response {
    let app = &web.inner.app;
    let Some(session) = session_of(&web, &headers).await else {
        return see_other(&address(otherwise(&web), tongue));
    };
    match app.plan_view(&session).await {
        Ok(view) => page(draw(view, app.sells(), tongue)),
        Err(refusal) => refused(refusal, tongue),
    }
}

pub(super) fn draw(view: PlanView, sells: bool, tongue: Tongue) -> String {
    let t = tongue.language;
    let term = view.term;
    let plan = PlanPage {
        shell: shell("/account/plan", tongue),
        t,
        title: t.say("plans-document-title"),
        facts: facts(&view, t),
        is_unpaid: is_unpaid(&view),
        ends: matches!(term, Term::Ends(_)) && !view.is_given,
        can_end: view.bought.is_some_and(|bought| bought.ending.is_some()),
        lacks_pro: term == Term::Over && view.bought.is_none(),
        view,
        sells,
    };
    plan.render().expect("a page is written into memory")
}

fn is_unpaid(view: &PlanView) -> bool {
    let is_unpaid = |bought: BoughtView| bought.ending == Some(Ending::AtOnce);
    view.bought.is_some_and(is_unpaid)
}

fn facts(view: &PlanView, t: Language) -> Vec<String> {
    let when = |text, moment| t.with(text, "when", day(moment));
    let mut facts = vec![match (view.term, view.is_given) {
        (Term::Over, _) => t.say("plans-free"),
        (_, true) => t.say("plans-given"),
        (_, false) => t.say("plans-pro"),
    }];
    match view.term {
        Term::Over if is_unpaid(view) => facts.push(t.say("plans-unpaid")),
        Term::Over => {}
        Term::Renews(moment) => facts.push(when("plans-renews", moment)),
        Term::Ends(moment) => facts.push(when("plans-ends", moment)),
        Term::Grace(moment) => facts.push(when("plans-grace", moment)),
    }
    let renews = matches!(view.term, Term::Renews(_));
    let bought = view.bought.filter(|_| renews);
    match bought.and_then(|bought| bought.period) {
        Some(Period::Month) => facts.push(t.say("plans-paid-month")),
        Some(Period::Year) => facts.push(t.say("plans-paid-year")),
        None => {}
    }
    facts
}

#[derive(Template)]
#[template(path = "plans/cancel.html")]
struct CancelPage {
    shell: Shell,
    t: Language,
    title: String,
    when: String,
    /// The word for it in the form.
    shown: &'static str,
    is_at_once: bool,
    is_again: bool,
}

/// Whether it is shown before somebody confirms, or since something else was true when they did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reading {
    First,
    Again,
}

/// `GET /account/plan/cancel`: what will happen and when, before it does.
pub(super) async fn ask_to_cancel(
    State(web): State<Web>,
    tongue: Tongue,
    headers: HeaderMap,
) -> Response {
    let Some(session) = session_of(&web, &headers).await else {
        return see_other(&address(otherwise(&web), tongue));
    };
    cancel_page(&web, &session, tongue, Reading::First).await
}

/// What comes of ending Pro, to be confirmed.
pub(super) async fn cancel_page(
    web: &Web,
    session: &LiveSession,
    tongue: Tongue,
    reading: Reading,
) -> Response {
    let view = match web.inner.app.plan_view(session).await {
        Ok(view) => view,
        Err(refusal) => return refused(refusal, tongue),
    };
    let bought = view.bought;
    let ending = bought.and_then(|bought| Some((bought.ending?, bought.paid_until)));
    let Some((ending, paid_until)) = ending else {
        return see_other(&address("/account/plan", tongue));
    };
    let t = tongue.language;
    let (shown, when) = match (ending, view.term) {
        (Ending::WithPeriod, _) => {
            let when = t.with("plans-cancel-when", "when", day(paid_until));
            ("with-period", when)
        }
        (Ending::AtOnce, Term::Grace(_)) => ("at-once", t.say("plans-cancel-now")),
        // The plan does not hang on it: it is over, or was given.
        (Ending::AtOnce, _) => ("at-once", t.say("plans-cancel-unpaid")),
    };
    let cancel = CancelPage {
        shell: shell("/account/plan/cancel", tongue),
        t,
        title: t.say("plans-cancel-title"),
        when,
        shown,
        is_at_once: ending == Ending::AtOnce,
        is_again: reading == Reading::Again,
    };
    let answer = page(cancel.render().expect("a page is written into memory"));
    match reading {
        Reading::First => answer,
        Reading::Again => (StatusCode::CONFLICT, answer).into_response(),
    }
}

/// How often the page that waits has looked.
#[derive(Debug, Deserialize)]
pub(super) struct Looked {
    #[serde(default)]
    looks: usize,
}

#[derive(Template)]
#[template(path = "plans/done.html")]
struct DonePage {
    shell: Shell,
    t: Language,
    title: String,
    state: PurchaseState,
    /// Whether the page looks again by itself; else a person is to press a button.
    looks_again: bool,
    again: String,
}

/// `GET /account/plan/done`: back from the payment service. Having been there proves nothing: Pro begins with its word.
pub(super) async fn done(
    State(web): State<Web>,
    tongue: Tongue,
    Parameters(Looked { looks }): Parameters<Looked>,
    headers: HeaderMap,
) -> Response {
    let app = &web.inner.app;
    let Some(session) = session_of(&web, &headers).await else {
        return see_other(&address(otherwise(&web), tongue));
    };
    let is_late = looks >= LOOKS_BEFORE_ASKING;
    match app.purchase_state(&session, is_late).await {
        Ok(state) => {
            let mut response = page(draw_done(state, looks, tongue));
            let next = next_look(state, looks, tongue);
            if let Some(next) = next.and_then(|next| HeaderValue::try_from(next).ok()) {
                response.headers_mut().insert(header::REFRESH, next);
            }
            response
        }
        Err(refusal) => refused(refusal, tongue),
    }
}

/// When the page that waits looks again by itself, and where.
fn next_look(state: PurchaseState, looks: usize, tongue: Tongue) -> Option<String> {
    let pause = PAUSES_S
        .get(looks)
        .filter(|_| state == PurchaseState::Waits)?;
    Some(format!("{pause}; url={}", look(looks + 1, tongue)))
}

fn look(looks: usize, tongue: Tongue) -> String {
    let language = shell("", tongue).query.replace('?', "&");
    format!("/account/plan/done?looks={looks}{language}")
}

pub(super) fn draw_done(state: PurchaseState, looks: usize, tongue: Tongue) -> String {
    let t = tongue.language;
    let shell = shell("/account/plan/done", tongue);
    let title = match state {
        PurchaseState::Paid => "plans-done-paid",
        PurchaseState::Waits => "plans-done-waits",
        PurchaseState::None => "plans-done-none",
    };
    let done = DonePage {
        looks_again: next_look(state, looks, tongue).is_some(),
        again: look(LOOKS_BEFORE_ASKING, tongue),
        title: t.say(title),
        shell,
        t,
        state,
    };
    done.render().expect("a page is written into memory")
}

/// Where somebody goes who is not signed in.
fn otherwise(web: &Web) -> &'static str {
    match web.inner.app.sells() {
        true => "/sign-in",
        false => "/pricing",
    }
}
