//! Writing to whoever runs this server, and who they are: pages that work without an account and without script.

use std::time::Duration;

use account::RegistrationRule;
use app::{SUPPORT_CHARS_MAX, SUPPORT_TOPICS, SupportRefusal, SupportThread, Writing};
use askama::Template;
use axum::extract::rejection::FormRejection;
use axum::extract::{DefaultBodyLimit, Form, Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Extension, Router};
use base::{EntryId, Personal};
use privacy::day;
use serde::Deserialize;

use crate::links::Tongue;
use crate::links::asked::FromHere;
use crate::message_page::Message;
use crate::problem::{Noted, whole_seconds};
use crate::shell::Shell;
use crate::texts::Language;
use crate::visitor::Visitor;
use crate::{Web, accounts};

/// The longest form in bytes: a message of the longest kind in any script, percent-encoded.
const FORM_BYTES_MAX: usize = 64 * 1024;

/// The routes of these pages.
pub(crate) fn routes() -> Router<Web> {
    Router::new()
        .route("/support", get(show).post(write))
        .route("/support/{id}", get(thread).post(write_again))
        .route("/support/{id}/delete", post(delete))
        .route("/contact", get(contact))
        .route("/terms", get(terms))
        .layer(DefaultBodyLimit::max(FORM_BYTES_MAX))
}

/// What somebody wrote.
#[derive(Deserialize, Default)]
struct Written {
    #[serde(default)]
    topic: String,
    #[serde(default)]
    text: String,
    #[serde(default)]
    contact: String,
}

#[derive(Template)]
#[template(path = "support/form.html")]
struct FormPage {
    shell: Shell,
    t: Language,
    title: String,
    refused: Option<Refused>,
    topics: Vec<(&'static str, String, bool)>,
    text: String,
    contact: String,
    chars_max: usize,
    is_member: bool,
    threads: Vec<Line>,
}

/// One thread in a list.
struct Line {
    address: String,
    reference: String,
    day: String,
    state: String,
}

#[derive(Template)]
#[template(path = "support/thread.html")]
struct ThreadPage {
    shell: Shell,
    t: Language,
    title: String,
    refused: Option<Refused>,
    standing: Option<Standing>,
    messages: Vec<(String, String, String)>,
    text: String,
    chars_max: usize,
}

/// How a thread is called, and whether it waits.
struct Standing {
    reference: String,
    state: String,
}

#[derive(Template)]
#[template(path = "support/operator.html")]
struct OperatorPage {
    shell: Shell,
    t: Language,
    title: String,
    heading: String,
    lead: String,
    paragraphs: Vec<String>,
    name: String,
    country: String,
    contact: String,
    address: String,
}

/// `GET /support`
async fn show(State(web): State<Web>, tongue: Tongue, headers: HeaderMap) -> Response {
    form(&web, tongue, &headers, Written::default(), None).await
}

/// `POST /support`
async fn write(
    from: FromHere,
    visitor: Visitor,
    State(web): State<Web>,
    tongue: Tongue,
    headers: HeaderMap,
    written: Result<Form<Written>, FormRejection>,
) -> Response {
    let t = tongue.language;
    let Ok(Form(written)) = written else {
        return unreadable(tongue);
    };
    let session = accounts::signed_in(&web, &headers).await;
    let contact = written.contact.trim();
    let writing = Writing {
        topic: written.topic.clone(),
        text: Personal::new(written.text.clone()),
        contact: (!contact.is_empty()).then(|| Personal::new(contact.to_owned())),
    };
    let app = &web.inner.app;
    let begun = app.write_to_support(from.key, &visitor.place, t.tag(), session.as_ref(), writing);
    match begun.await {
        Ok(thread) => {
            let address = format!("/support/{}{}", thread.id, query(tongue));
            see_other(&address)
        }
        Err(refusal) => form(&web, tongue, &headers, written, Some(refusal)).await,
    }
}

/// `GET /support/{id}`: what was written, for whoever has the address.
async fn thread(State(web): State<Web>, tongue: Tongue, Path(id): Path<String>) -> Response {
    let found = match id.parse::<EntryId>() {
        Ok(id) => web.inner.app.support_thread(id).await,
        Err(_) => Err(SupportRefusal::NoThread),
    };
    match found {
        Ok(thread) => draw_thread(thread.id, Some(&thread), tongue, None, String::new()),
        Err(refusal) => refused(refusal, tongue),
    }
}

/// `POST /support/{id}`: more is written.
async fn write_again(
    from: FromHere,
    State(web): State<Web>,
    tongue: Tongue,
    headers: HeaderMap,
    Path(id): Path<String>,
    written: Result<Form<Written>, FormRejection>,
) -> Response {
    let (Ok(id), Ok(Form(written))) = (id.parse::<EntryId>(), written) else {
        return unreadable(tongue);
    };
    let app = &web.inner.app;
    let words = Personal::new(written.text.clone());
    let added = app.write_again(from.key, id, &words);
    let refusal = match added.await {
        Ok(()) => return see_other(&format!("/support/{id}{}", query(tongue))),
        Err(refusal) => refusal,
    };
    match app.support_thread(id).await {
        Ok(thread) => draw_thread(id, Some(&thread), tongue, Some(refusal), written.text),
        // What was written for a thread that is gone can begin another one.
        Err(gone @ SupportRefusal::NoThread) => {
            form(&web, tongue, &headers, written, Some(gone)).await
        }
        Err(_) => draw_thread(id, None, tongue, Some(refusal), written.text),
    }
}

/// `POST /support/{id}/delete`
async fn delete(
    _from: FromHere,
    State(web): State<Web>,
    tongue: Tongue,
    Path(id): Path<String>,
) -> Response {
    let Ok(id) = id.parse::<EntryId>() else {
        return refused(SupportRefusal::NoThread, tongue);
    };
    let t = tongue.language;
    match web.inner.app.delete_support(id).await {
        Ok(()) => Message::new(t, t.say("support-deleted"), t.say("support-deleted-next")).page(
            StatusCode::OK,
            "/support",
            tongue,
        ),
        Err(refusal) => refused(refusal, tongue),
    }
}

/// `GET /contact`: who runs this server.
async fn contact(State(web): State<Web>, tongue: Tongue) -> Response {
    let t = tongue.language;
    operator(
        &web,
        tongue,
        "/contact",
        "contact",
        vec![t.say("contact-support")],
    )
}

/// `GET /terms`
async fn terms(State(web): State<Web>, tongue: Tongue) -> Response {
    const PARAGRAPHS: [&str; 6] = [
        "terms-use",
        "terms-music",
        "terms-others",
        "terms-as-is",
        "terms-leaving",
        "terms-source",
    ];
    let t = tongue.language;
    let of_accounts = match web.inner.app.registration() {
        RegistrationRule::Open => None,
        RegistrationRule::Invited => Some("terms-invited"),
        RegistrationRule::Closed => Some("terms-closed"),
    };
    let (first, others) = PARAGRAPHS.split_at(1);
    let paragraphs = first.iter().copied().chain(of_accounts);
    let paragraphs = paragraphs.chain(others.iter().copied());
    let paragraphs = paragraphs.map(|id| t.say(id)).collect();
    operator(&web, tongue, "/terms", "terms", paragraphs)
}

fn operator(
    web: &Web,
    tongue: Tongue,
    path: &str,
    kind: &str,
    paragraphs: Vec<String>,
) -> Response {
    let t = tongue.language;
    let settings = &web.inner.settings;
    let (heading, lead) = match kind {
        "terms" => (t.say("terms-title"), t.say("terms-lead")),
        _ => (t.say("contact-title"), t.say("contact-lead")),
    };
    let block = settings.operator.clone();
    let page = OperatorPage {
        shell: Shell::new(path, t, tongue.is_asked),
        t,
        title: t.with("pages-document-title", "title", heading.as_str()),
        heading,
        lead,
        paragraphs,
        name: block.name,
        country: block.country,
        contact: block.contact,
        address: block.address,
    };
    Html(page.render().expect("a page is written into memory")).into_response()
}

async fn form(
    web: &Web,
    tongue: Tongue,
    headers: &HeaderMap,
    written: Written,
    refusal: Option<SupportRefusal>,
) -> Response {
    let t = tongue.language;
    let session = accounts::signed_in(web, headers).await;
    let threads = match &session {
        Some(session) => web.inner.app.support_threads(session).await,
        None => Ok(Vec::new()),
    };
    let threads = match (threads, refusal) {
        (Ok(threads), _) => threads,
        (Err(unread), None) => return refused(unread, tongue),
        // The text that was written counts for more than the list.
        (Err(_), Some(_)) => Vec::new(),
    };
    let page = FormPage {
        shell: Shell::new("/support", t, tongue.is_asked),
        t,
        title: t.with("pages-document-title", "title", t.say("support-title")),
        refused: refusal.map(|refusal| Refused::new(refusal, t)),
        topics: SUPPORT_TOPICS
            .iter()
            .map(|topic| (*topic, topic_name(topic, t), written.topic == *topic))
            .collect(),
        text: written.text,
        contact: written.contact,
        chars_max: SUPPORT_CHARS_MAX,
        is_member: session.is_some(),
        threads: threads.iter().map(|thread| line(thread, t)).collect(),
    };
    let html = page.render().expect("a page is written into memory");
    answer(page.refused, html)
}

/// The page of a thread; without what was said in it where that could not be read.
fn draw_thread(
    id: EntryId,
    thread: Option<&SupportThread>,
    tongue: Tongue,
    refusal: Option<SupportRefusal>,
    text: String,
) -> Response {
    let t = tongue.language;
    let messages = thread.iter().flat_map(|thread| &thread.messages);
    let messages = messages.map(|message| {
        let who = match message.is_answer {
            true => "support-by-operator",
            false => "support-by-you",
        };
        let text = message.text.expose().clone();
        (t.say(who), day(message.at), text)
    });
    let page = ThreadPage {
        shell: Shell::new(&format!("/support/{id}"), t, tongue.is_asked),
        t,
        title: t.with("pages-document-title", "title", t.say("support-thread")),
        refused: refusal.map(|refusal| Refused::new(refusal, t)),
        messages: messages.collect(),
        standing: thread.map(|thread| Standing {
            reference: thread.reference.clone(),
            state: state(thread, t),
        }),
        text,
        chars_max: SUPPORT_CHARS_MAX,
    };
    let html = page.render().expect("a page is written into memory");
    answer(page.refused, html)
}

/// Nobody keeps these pages on the way.
fn answer(refused: Option<Refused>, page: String) -> Response {
    let page = ([(header::CACHE_CONTROL, "no-store")], Html(page));
    let Some(refused) = refused else {
        return page.into_response();
    };
    let mut response = (refused.status, Extension(refused.noted), page).into_response();
    if let Some(wait) = refused.wait {
        let seconds = whole_seconds(wait).into();
        response.headers_mut().insert(header::RETRY_AFTER, seconds);
    }
    response
}

/// Why something was not taken, beside the text that stays in its field.
struct Refused {
    status: StatusCode,
    told: String,
    noted: Noted,
    wait: Option<Duration>,
}

impl Refused {
    fn new(refusal: SupportRefusal, t: Language) -> Self {
        Self {
            status: status(refusal),
            told: told(refusal, t),
            noted: noted(refusal),
            wait: match refusal {
                SupportRefusal::TooMany { wait } => Some(wait),
                _ => None,
            },
        }
    }
}

fn noted(refusal: SupportRefusal) -> Noted {
    let (name, failed) = match refusal {
        SupportRefusal::BadMessage => ("bad-message", None),
        SupportRefusal::BadContact => ("bad-contact", None),
        SupportRefusal::TooMany { .. } => ("too-many", None),
        SupportRefusal::YoursWait => ("yours-wait", None),
        SupportRefusal::Full => ("full", None),
        SupportRefusal::NoThread => ("no-thread", None),
        SupportRefusal::Failed(reference) => ("failed", Some(reference)),
    };
    Noted::new(name, failed)
}

fn refused(refusal: SupportRefusal, tongue: Tongue) -> Response {
    let t = tongue.language;
    Message::new(t, t.say("support-not-taken"), told(refusal, t))
        .noted(noted(refusal))
        .leading_to("/support", t.say("support-title"))
        .page(status(refusal), "/support", tongue)
}

fn unreadable(tongue: Tongue) -> Response {
    refused(SupportRefusal::BadMessage, tongue)
}

const fn status(refusal: SupportRefusal) -> StatusCode {
    match refusal {
        SupportRefusal::BadMessage | SupportRefusal::BadContact => StatusCode::UNPROCESSABLE_ENTITY,
        SupportRefusal::TooMany { .. } => StatusCode::TOO_MANY_REQUESTS,
        SupportRefusal::YoursWait => StatusCode::CONFLICT,
        SupportRefusal::Full => StatusCode::SERVICE_UNAVAILABLE,
        SupportRefusal::NoThread => StatusCode::NOT_FOUND,
        SupportRefusal::Failed(_) => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

fn told(refusal: SupportRefusal, t: Language) -> String {
    match refusal {
        SupportRefusal::BadMessage => t.say("support-bad-message"),
        SupportRefusal::BadContact => t.say("support-bad-contact"),
        SupportRefusal::TooMany { wait } => t.with(
            "support-too-many",
            "minutes",
            whole_seconds(wait).div_ceil(60),
        ),
        SupportRefusal::YoursWait => t.say("support-yours-wait"),
        SupportRefusal::Full => t.say("support-full"),
        SupportRefusal::NoThread => t.say("support-no-thread"),
        SupportRefusal::Failed(_) => t.say("support-failed"),
    }
}

fn topic_name(topic: &str, t: Language) -> String {
    t.say(match topic {
        "fault" => "support-topic-fault",
        "account" => "support-topic-account",
        "privacy" => "support-topic-privacy",
        "abuse" => "support-topic-abuse",
        _ => "support-topic-other",
    })
}

fn line(thread: &SupportThread, t: Language) -> Line {
    Line {
        address: format!("/support/{}", thread.id),
        reference: thread.reference.clone(),
        day: day(thread.opened_at),
        state: state(thread, t),
    }
}

fn state(thread: &SupportThread, t: Language) -> String {
    t.say(match thread.is_open {
        true => "support-waits",
        false => "support-closed",
    })
}

fn query(tongue: Tongue) -> &'static str {
    Shell::new("", tongue.language, tongue.is_asked).query
}

fn see_other(address: &str) -> Response {
    let headers = [
        (header::LOCATION, address),
        (header::CACHE_CONTROL, "no-store"),
    ];
    (StatusCode::SEE_OTHER, headers).into_response()
}
