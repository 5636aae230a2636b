//! The way back from an upstream.

use account::Upstream;
use app::{Arrival, Arrived, Caller, LiveSession, SignIn};
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, Uri, header};
use axum::response::Response;
use base::{Secret, TicketId};

use super::{Here, address, forget, pairs, redirect, remember, step};
use crate::Web;
use crate::accounts::cookie;
use crate::accounts::refusal::Refusal;
use crate::accounts::register::set_session;
use crate::links::Tongue;
use crate::visitor::Visitor;

/// `GET /auth/callback/{upstream}`: signs in, links, or asks to agree first. Another site sends people here, so neither
/// its address nor its kindness is asked about: what counts is the step that this very browser has begun.
pub(crate) async fn back(
    visitor: Visitor,
    here: Here,
    Tongue { language, .. }: Tongue,
    State(web): State<Web>,
    upstream: Result<Path<String>, PathRejection>,
    uri: Uri,
    headers: HeaderMap,
) -> Response {
    let agent = headers.get(header::USER_AGENT);
    let agent = agent.and_then(|agent| agent.to_str().ok());
    let held = cookie::read(&headers, cookie::SESSION);
    let caller = Caller::new(visitor.key, agent.unwrap_or_default(), language.tag());
    let caller = caller.holding(held.clone());
    let named = upstream.ok().and_then(|Path(name)| name.parse().ok());
    let (Some(upstream), Some(ticket)) = (named, step(&headers)) else {
        return refuse(&app::AccountRefusal::TicketOver.into(), None);
    };
    let session = match held {
        Some(token) => web.inner.app.session(&token).await.ok().flatten(),
        None => None,
    };
    let pairs = pairs(&uri);
    let coming = Coming {
        web: &web,
        caller: &caller,
        session: session.as_ref(),
        ticket,
    };
    let arrived = match upstream {
        Upstream::TelegramWidget => coming.by_widget(pairs).await,
        _ => {
            coming
                .by_code(upstream, pairs, &address(&here, upstream))
                .await
        }
    };
    match arrived {
        Ok(arrived) => welcome(arrived, upstream),
        Err(refusal) => refuse(&refusal.into(), session.as_ref()),
    }
}

struct Coming<'a> {
    web: &'a Web,
    caller: &'a Caller,
    session: Option<&'a LiveSession>,
    ticket: TicketId,
}

impl Coming<'_> {
    async fn by_code(
        &self,
        upstream: Upstream,
        pairs: Vec<(String, String)>,
        back_to: &str,
    ) -> Result<Arrived, app::AccountRefusal> {
        let app = &self.web.inner.app;
        app.arrive(
            self.caller,
            self.session,
            upstream,
            self.ticket,
            pairs,
            back_to,
        )
        .await
    }

    async fn by_widget(
        &self,
        mut pairs: Vec<(String, String)>,
    ) -> Result<Arrived, app::AccountRefusal> {
        // Ours, in the address that the widget was given; the rest is what the bot has signed.
        let at = pairs.iter().position(|(name, _)| name == "state");
        let state = at.map(|at| Secret::new(pairs.remove(at).1));
        let app = &self.web.inner.app;
        app.arrive_by_widget(self.caller, self.session, self.ticket, state, &pairs)
            .await
    }
}

fn welcome(arrived: Arrived, upstream: Upstream) -> Response {
    let Arrived { arrival, to } = arrived;
    match arrival {
        Arrival::SignIn(sign_in) => signed_in(*sign_in, &to),
        Arrival::Linked => {
            let mut response = redirect(&to);
            forget(&mut response);
            response
        }
        Arrival::MustAgree(ticket) => {
            let mut response = redirect(&format!("/register?upstream={upstream}#to={to}"));
            remember(&mut response, ticket);
            response
        }
    }
}

fn signed_in(sign_in: SignIn, to: &str) -> Response {
    let mut response = match sign_in {
        SignIn::Done(session) => {
            let mut response = redirect(to);
            set_session(&mut response, &session);
            response
        }
        // After the `#`: what follows stays in the browser, which alone may finish the step.
        SignIn::SecondFactor(factor) => {
            let kinds = factor.kinds.join(",");
            redirect(&format!(
                "/sign-in#ticket={}&kinds={kinds}&to={to}",
                factor.ticket
            ))
        }
    };
    forget(&mut response);
    response
}

/// Back to a page of ours, which says what was refused, and under which reference.
fn refuse(refusal: &Refusal, session: Option<&LiveSession>) -> Response {
    let page = match session {
        Some(_) => "/account",
        None => "/sign-in",
    };
    let (name, noted) = (refusal.name(), refusal.noted());
    let reference = noted.reference;
    let mut response = redirect(&format!("{page}?problem={name}&reference={reference}"));
    response.extensions_mut().insert(noted);
    forget(&mut response);
    response
}
