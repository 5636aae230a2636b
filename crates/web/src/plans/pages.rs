//! Pages about somebody's own plan.

use account::plans::Term;
use app::{Period, PlanView, PurchaseState};
use askama::Template;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::Response;
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
    is_in_grace: bool,
    ends: bool,
    renews: bool,
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
        is_in_grace: matches!(term, Term::Grace(_)),
        ends: matches!(term, Term::Ends(_)) && !view.is_given,
        renews: matches!(term, Term::Renews(_) | Term::Grace(_)),
        view,
        sells,
    };
    plan.render().expect("a page is written into memory")
}

fn facts(view: &PlanView, t: Language) -> Vec<String> {
    let when = |text, moment| t.with(text, "when", day(moment));
    let mut facts = vec![match (view.term, view.is_given) {
        (Term::Over, _) => t.say("plans-free"),
        (_, true) => t.say("plans-given"),
        (_, false) => t.say("plans-pro"),
    }];
    match view.term {
        Term::Over => {}
        Term::Renews(moment) => facts.push(when("plans-renews", moment)),
        Term::Ends(moment) => facts.push(when("plans-ends", moment)),
        Term::Grace(moment) => facts.push(when("plans-grace", moment)),
    }
    match view.period.filter(|_| matches!(view.term, Term::Renews(_))) {
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
    is_at_once: bool,
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
    let view = match web.inner.app.plan_view(&session).await {
        Ok(view) => view,
        Err(refusal) => return refused(refusal, tongue),
    };
    let t = tongue.language;
    let when = match view.term {
        Term::Renews(moment) => t.with("plans-cancel-when", "when", day(moment)),
        Term::Grace(_) => t.say("plans-cancel-now"),
        Term::Ends(_) | Term::Over => return see_other(&address("/account/plan", tongue)),
    };
    let cancel = CancelPage {
        shell: shell("/account/plan/cancel", tongue),
        t,
        title: t.say("plans-cancel-title"),
        when,
        is_at_once: matches!(view.term, Term::Grace(_)),
    };
    page(cancel.render().expect("a page is written into memory"))
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
