//! What the forms of the centre do. Each leads back to its place on the page, or says why it was not done.

use app::{AccountRefusal, Leaving, ProfileChange};
use axum::extract::State;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use base::Personal;
use privacy::RequestKind;
use serde::Deserialize;

use super::asked::{Filled, Person, Proof, Sender, Sorry};
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
fn led_back(done: Done, tongue: Tongue) -> Response {
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
    page(&web, person.looker, Step::Proof(begun.ticket)).await
}

/// `POST /privacy/me/copy`: everything of the account, as an archive.
pub(super) async fn copy(
    person: Person,
    State(web): State<Web>,
    Filled(proof): Filled<Proof>,
) -> Result<Response, Sorry> {
    person.prove(&web, proof).await?;
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
) -> Result<Response, Sorry> {
    let tongue = person.looker.tongue;
    let word = tongue.language.say("centre-leave-word");
    if leave.word.trim().to_lowercase() != word.to_lowercase() {
        return Err(person.sorry(Refusal::WordNotTyped));
    }
    person.prove(&web, leave.proof).await?;
    let is_now = leave.when == "now";
    let (caller, session) = (&person.looker.caller, &person.session);
    let leaving = web.inner.app.leave(caller, session, is_now).await;
    match leaving.map_err(|refusal| person.sorry(refusal))? {
        Leaving::Planned { .. } => Ok(led_back(PLANNED, tongue)),
        Leaving::Erased(receipt) => {
            let mut response = private(draw::gone(&receipt, tongue));
            let headers = response.headers_mut();
            headers.append(header::SET_COOKIE, clear_session());
            let cleared = HeaderValue::from_static("\"cache\", \"storage\"");
            headers.insert("clear-site-data", cleared);
            Ok(response)
        }
    }
}

/// `POST /privacy/me/stay`: takes the wish to leave back.
pub(super) async fn stay(person: Person, State(web): State<Web>) -> Result<Response, Sorry> {
    let stayed = web.inner.app.stay(&person.session).await;
    finished(&person, stayed, STAYED)
}

/// A row, or a kind of rows.
#[derive(Deserialize)]
pub(super) struct Part {
    table: String,
    #[serde(default)]
    item: Option<String>,
}

/// `POST /privacy/me/erase`: one row goes, or all of a kind.
pub(super) async fn erase_part(
    person: Person,
    State(web): State<Web>,
    Filled(part): Filled<Part>,
) -> Result<Response, Sorry> {
    let app = &web.inner.app;
    let erased = app.erase_part(&person.session, &part.table, part.item.as_deref());
    finished(&person, erased.await.map(|_| ()), ERASED)
}

/// What is to be put right.
#[derive(Deserialize)]
pub(super) struct Correction {
    user_name: Personal<String>,
    country: Personal<String>,
    language: String,
    theme: String,
    history_days: i64,
}

/// `POST /privacy/me/correct`: what the account says of its owner.
pub(super) async fn correct(
    person: Person,
    State(web): State<Web>,
    Filled(correction): Filled<Correction>,
) -> Result<Response, Sorry> {
    let change = ProfileChange {
        user_name: Some(correction.user_name),
        language: Some(correction.language),
        country: Some(correction.country),
        theme: Some(correction.theme),
        history_days: Some(correction.history_days),
    };
    let changed = web.inner.app.change_profile(&person.session, change).await;
    finished(&person, changed.map(|_| ()), CORRECTED)
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
#[derive(Deserialize)]
pub(super) struct Asking {
    kind: String,
    message: Personal<String>,
    /// Where the answer goes, for those without an account.
    #[serde(default)]
    email: Option<Personal<String>>,
}

/// `POST /privacy/me/ask`: takes a request down; without an account, once the mailed code came back.
pub(super) async fn ask(
    Sender(looker): Sender,
    State(web): State<Web>,
    Filled(asking): Filled<Asking>,
) -> Result<Response, Sorry> {
    let app = &web.inner.app;
    let kind: Result<RequestKind, _> = asking.kind.parse();
    let kind = kind.map_err(|_| looker.sorry(AccountRefusal::BadSetting))?;
    if let Some(session) = &looker.session {
        let asked = app.ask_for(session, kind, &asking.message).await;
        asked.map_err(|refusal| looker.sorry(refusal))?;
        return Ok(led_back(ASKED, looker.tongue));
    }
    let email = asking.email.unwrap_or_default();
    let begun = app.begin_request(&looker.caller, kind, &email, &asking.message);
    let begun = begun.await.map_err(|refusal| looker.sorry(refusal))?;
    page(&web, looker, Step::Request(begun.ticket)).await
}

/// The code that came by mail.
#[derive(Deserialize)]
pub(super) struct Code {
    ticket: String,
    code: String,
}

/// `POST /privacy/me/ask/code`: the request counts.
pub(super) async fn finish_asking(
    Sender(looker): Sender,
    State(web): State<Web>,
    Filled(Code { ticket, code }): Filled<Code>,
) -> Result<Response, Sorry> {
    let ticket = ticket.parse();
    let ticket = ticket.map_err(|_| looker.sorry(AccountRefusal::TicketOver))?;
    let asked = web.inner.app.finish_request(&looker.caller, ticket, &code);
    asked.await.map_err(|refusal| looker.sorry(refusal))?;
    Ok(led_back(ASKED, looker.tongue))
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
