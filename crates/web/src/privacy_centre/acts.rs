//! What the forms of the centre do. Each leads back to its place on the page, or says why it was not done.

use app::{AccountRefusal, Leaving, ProfileChange};
use axum::extract::State;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use base::{Personal, TicketId};
use privacy::RequestKind;
use serde::Deserialize;

use super::again::{Typed, again};
use super::asked::{Filled, Looker, Person, Proof, Sender, Sorry};
use super::{Step, back, draw, page, private};
use crate::Web;
use crate::accounts::{Refusal, clear_session};
use crate::links::Tongue;
use crate::links::page::see_other;

/// What was done, as the page says it, and where on the page that is.
#[derive(Clone, Copy)]
pub(super) struct Done {
    pub(super) word: &'static str,
    place: &'static str,
}

const fn done(word: &'static str, place: &'static str) -> Done {
    Done { word, place }
}

const STAYED: Done = done("stayed", "leave");
const PLANNED: Done = done("planned", "leave");
const ERASED: Done = done("erased", "held");
const CORRECTED: Done = done("corrected", "correct");
const RESTRICTED: Done = done("restricted", "restrict");
const LIFTED: Done = done("lifted", "restrict");
const OBJECTED: Done = done("objected", "object");
const WITHDRAWN: Done = done("withdrawn", "object");
const ALLOWED: Done = done("allowed", "consents");
const REFUSED: Done = done("refused", "consents");
const ASKED: Done = done("asked", "requests");
pub(super) const GRANTED: Done = done("granted", "grants");
pub(super) const REVOKED: Done = done("revoked", "grants");

/// Everything that can have been done.
pub(super) const EVERY: [Done; 13] = [
    STAYED, PLANNED, ERASED, CORRECTED, RESTRICTED, LIFTED, OBJECTED, WITHDRAWN, ALLOWED, REFUSED,
    ASKED, GRANTED, REVOKED,
];

/// Leads back to the page, which says what was done.
pub(super) fn led_back(done: Done, tongue: Tongue) -> Response {
    let page = back(tongue);
    let mark = if page.contains('?') { '&' } else { '?' };
    let Done { word, place } = done;
    see_other(&format!("{page}{mark}done={word}#{place}"))
}

/// `POST /privacy/me/code`: mails a code, and shows the page with fields for it.
pub(super) async fn send_code(person: Person, State(web): State<Web>) -> Result<Response, Sorry> {
    let app = &web.inner.app;
    let begun = app
        .begin_proof_code(&person.looker.caller, &person.session)
        .await
        .map_err(|refusal| person.sorry(refusal))?;
    page(&web, &person.looker, Step::Proof(begun.ticket)).await
}

/// `POST /privacy/me/copy`: everything of the account, as an archive.
pub(super) async fn copy(
    person: Person,
    State(web): State<Web>,
    Filled(proof): Filled<Proof>,
) -> Result<Response, Sorry> {
    let proved = person.prove(&web, proof).await;
    proved.map_err(|refusal| person.sorry(refusal))?;
    let app = &web.inner.app;
    let zip = app.take_along(&person.looker.caller, &person.session).await;
    let zip = zip.map_err(|refusal| person.sorry(refusal))?;
    Ok(crate::accounts::leaving::archive(zip))
}

/// The wish to leave.
#[derive(Deserialize)]
pub(super) struct Leave {
    /// `now` or `later`.
    when: String,
    /// What is typed so that nobody leaves by a slip.
    word: String,
    #[serde(flatten)]
    proof: Proof,
}

/// `POST /privacy/me/leave`: erases the account, at once or in seven days.
pub(super) async fn leave(
    person: Person,
    State(web): State<Web>,
    Filled(leave): Filled<Leave>,
) -> Response {
    let tongue = person.looker.tongue;
    let Leave { when, word, proof } = leave;
    let ticket = proof.step();
    let refusal = match take_leave(&web, &person, &when, &word, proof).await {
        Ok(Leaving::Planned { .. }) => return led_back(PLANNED, tongue),
        Ok(Leaving::Erased(receipt)) => return farewell(draw::gone(&receipt, tongue)),
        Err(refusal) => refusal,
    };
    let step = Step::proof_after(&refusal, ticket);
    again(&web, &person.looker, refusal, Typed::Leaving(word), step).await
}

async fn take_leave(
    web: &Web,
    person: &Person,
    when: &str,
    word: &str,
    proof: Proof,
) -> Result<Leaving, Refusal> {
    mean_it(web, person, word, proof).await?;
    let (caller, session) = (&person.looker.caller, &person.session);
    let leaving = web.inner.app.leave(caller, session, when == "now");
    Ok(leaving.await?)
}

/// Goes on once the word was typed, and the person has shown that it is them.
async fn mean_it(web: &Web, person: &Person, word: &str, proof: Proof) -> Result<(), Refusal> {
    let language = person.looker.tongue.language;
    let expected = language.say("centre-leave-word").to_lowercase();
    if word.trim().to_lowercase() != expected {
        return Err(Refusal::WordNotTyped);
    }
    Ok(person.prove(web, proof).await?)
}

/// Shows `page`, and clears what the browser holds.
fn farewell(page: String) -> Response {
    let mut response = private(page);
    let headers = response.headers_mut();
    headers.append(header::SET_COOKIE, clear_session());
    let cleared = HeaderValue::from_static("\"cache\", \"storage\"");
    headers.insert("clear-site-data", cleared);
    response
}

/// `POST /privacy/me/stay`: takes the wish to leave back.
pub(super) async fn stay(person: Person, State(web): State<Web>) -> Result<Response, Sorry> {
    let stayed = web.inner.app.stay(&person.looker.caller, &person.session);
    finished(&person, stayed.await, STAYED)
}

/// A row, or a kind of rows with what shows that all of them are meant.
#[derive(Deserialize)]
pub(super) struct Part {
    table: String,
    #[serde(default)]
    item: Option<String>,
    #[serde(default)]
    word: String,
    #[serde(flatten)]
    proof: Proof,
}

/// `POST /privacy/me/erase`: one row goes, or all of a kind.
pub(super) async fn erase_part(
    person: Person,
    State(web): State<Web>,
    Filled(part): Filled<Part>,
) -> Response {
    let Part {
        table,
        item,
        word,
        proof,
    } = part;
    if let Some(item) = item {
        let app = &web.inner.app;
        let erased = app.erase_part(&person.session, &table, Some(&item)).await;
        return finished(&person, erased.map(|_| ()), ERASED).into_response();
    }
    let ticket = proof.step();
    let refusal = match take_kind(&web, &person, &table, &word, proof).await {
        Ok(()) => return led_back(ERASED, person.looker.tongue),
        Err(refusal) => refusal,
    };
    let step = Step::proof_after(&refusal, ticket);
    let typed = Typed::Kind { table, word };
    again(&web, &person.looker, refusal, typed, step).await
}

async fn take_kind(
    web: &Web,
    person: &Person,
    table: &str,
    word: &str,
    proof: Proof,
) -> Result<(), Refusal> {
    mean_it(web, person, word, proof).await?;
    let erased = web.inner.app.erase_part(&person.session, table, None);
    Ok(erased.await.map(|_| ())?)
}

/// What is to be put right.
#[derive(Deserialize)]
pub(super) struct Correction {
    pub(super) user_name: Personal<String>,
    pub(super) country: Personal<String>,
    pub(super) language: String,
    pub(super) theme: String,
    pub(super) history_days: i64,
}

/// `POST /privacy/me/correct`: what the account says of its owner.
pub(super) async fn correct(
    person: Result<Person, Sorry>,
    State(web): State<Web>,
    Filled(correction): Filled<Correction>,
) -> Response {
    let person = match person {
        Ok(person) => person,
        Err(sorry) => return sorry.with(Typed::Correction(correction)),
    };
    let change = ProfileChange {
        user_name: Some(correction.user_name.clone()),
        language: Some(correction.language.clone()),
        country: Some(correction.country.clone()),
        theme: Some(correction.theme.clone()),
        history_days: Some(correction.history_days),
    };
    match web.inner.app.change_profile(&person.session, change).await {
        Ok(_) => led_back(CORRECTED, person.looker.tongue),
        Err(refusal) => {
            let typed = Typed::Correction(correction);
            again(&web, &person.looker, refusal, typed, Step::None).await
        }
    }
}

/// On or off.
#[derive(Deserialize)]
pub(super) struct Switch {
    is_on: bool,
}

/// `POST /privacy/me/restrict`
pub(super) async fn restrict(
    person: Person,
    State(web): State<Web>,
    Filled(Switch { is_on }): Filled<Switch>,
) -> Result<Response, Sorry> {
    let app = &web.inner.app;
    let restricted = app.restrict(&person.looker.caller, &person.session, is_on);
    finished(
        &person,
        restricted.await,
        if is_on { RESTRICTED } else { LIFTED },
    )
}

/// On or off, for a purpose.
#[derive(Deserialize)]
pub(super) struct Objection {
    purpose: String,
    is_on: bool,
}

/// `POST /privacy/me/object`
pub(super) async fn object(
    person: Person,
    State(web): State<Web>,
    Filled(Objection { purpose, is_on }): Filled<Objection>,
) -> Result<Response, Sorry> {
    let objected = web.inner.app.object(&person.session, &purpose, is_on);
    finished(
        &person,
        objected.await,
        if is_on { OBJECTED } else { WITHDRAWN },
    )
}

/// Yes or no, to a matter.
#[derive(Deserialize)]
pub(super) struct Choice {
    matter: String,
    is_given: bool,
}

/// `POST /privacy/me/consent`
pub(super) async fn consent(
    person: Person,
    State(web): State<Web>,
    Filled(Choice { matter, is_given }): Filled<Choice>,
) -> Result<Response, Sorry> {
    let chosen = web.inner.app.consent(&person.session, &matter, is_given);
    finished(
        &person,
        chosen.await,
        if is_given { ALLOWED } else { REFUSED },
    )
}

/// What somebody asks for.
#[derive(Clone, Deserialize)]
pub(super) struct Asking {
    #[serde(default)]
    pub(super) kind: String,
    #[serde(default)]
    pub(super) message: Personal<String>,
    /// Where the answer goes, for those without an account.
    #[serde(default)]
    pub(super) email: Option<Personal<String>>,
}

/// `POST /privacy/me/ask`: takes a request down; without an account, once the mailed code came back.
pub(super) async fn ask(
    sender: Result<Sender, Sorry>,
    State(web): State<Web>,
    Filled(asking): Filled<Asking>,
) -> Response {
    let looker = match sender {
        Ok(Sender(looker)) => looker,
        Err(sorry) => return sorry.with(Typed::Asking(asking)),
    };
    match take_down(&web, &looker, &asking).await {
        Ok(None) => led_back(ASKED, looker.tongue),
        Ok(Some(ticket)) => page(&web, &looker, Step::Request(ticket, asking))
            .await
            .into_response(),
        Err(refusal) => {
            let typed = Typed::Asking(asking);
            again(&web, &looker, refusal, typed, Step::None).await
        }
    }
}

/// Takes a request down. Without an account it waits for the code of a step.
async fn take_down(
    web: &Web,
    looker: &Looker,
    asking: &Asking,
) -> Result<Option<TicketId>, AccountRefusal> {
    let app = &web.inner.app;
    let kind: Result<RequestKind, _> = asking.kind.parse();
    let kind = kind.map_err(|_| AccountRefusal::BadSetting)?;
    if let Some(session) = &looker.session {
        app.ask_for(session, kind, &asking.message).await?;
        return Ok(None);
    }
    let email = asking.email.clone().unwrap_or_default();
    let begun = app.begin_request(&looker.caller, kind, &email, &asking.message);
    Ok(Some(begun.await?.ticket))
}

/// The code that came by mail, and what was asked for, to be shown again.
#[derive(Deserialize)]
pub(super) struct Code {
    ticket: String,
    code: String,
    #[serde(flatten)]
    asking: Asking,
}

/// `POST /privacy/me/ask/code`: the request counts.
pub(super) async fn finish_asking(
    sender: Result<Sender, Sorry>,
    State(web): State<Web>,
    Filled(Code {
        ticket,
        code,
        asking,
    }): Filled<Code>,
) -> Response {
    let looker = match sender {
        Ok(Sender(looker)) => looker,
        Err(sorry) => return sorry.with(Typed::Asking(asking)),
    };
    let Ok(ticket) = ticket.parse() else {
        let (refusal, typed) = (AccountRefusal::TicketOver, Typed::Asking(asking));
        return again(&web, &looker, refusal, typed, Step::None).await;
    };
    let app = &web.inner.app;
    match app.finish_request(&looker.caller, ticket, &code).await {
        Ok(()) => led_back(ASKED, looker.tongue),
        Err(refusal) => {
            let step = Step::request_after(&refusal, ticket, &asking);
            again(&web, &looker, refusal, Typed::Asking(asking), step).await
        }
    }
}

pub(super) fn finished(
    person: &Person,
    result: Result<(), AccountRefusal>,
    done: Done,
) -> Result<Response, Sorry> {
    result
        .map(|()| led_back(done, person.looker.tongue).into_response())
        .map_err(|refusal| person.sorry(refusal))
}
