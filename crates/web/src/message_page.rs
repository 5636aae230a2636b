//! Short pages for people: what happened, what is next, and at most one button.

use std::time::Duration;

use app::AccountRefusal;
use askama::Template;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use base::Timestamp;

use crate::accounts::Refusal;
use crate::links::Tongue;
use crate::problem::{General, Noted, whole_seconds};
use crate::shell::Shell;
use crate::texts::Language;

/// What a short page says.
pub(crate) struct Message {
    heading: String,
    next: String,
    noted: Option<Noted>,
    wait: Option<Duration>,
    action: Option<String>,
    back: (&'static str, String),
}

#[derive(Template)]
#[template(path = "message.html")]
struct MessagePage {
    shell: Shell,
    t: Language,
    title: String,
    heading: String,
    next: String,
    reference: Option<String>,
    action: Option<String>,
    back: (&'static str, String),
}

impl Message {
    /// A page that says this, and leads to the start page.
    pub(crate) fn new(t: Language, heading: String, next: String) -> Self {
        Self {
            heading,
            next,
            noted: None,
            wait: None,
            action: None,
            back: ("/", t.say("pages-home")),
        }
    }

    /// Why something was not done.
    pub(crate) fn refusal(refusal: &Refusal, t: Language) -> Self {
        Self {
            noted: Some(refusal.noted()),
            wait: refusal.wait(),
            ..Self::new(t, refusal.title(t), refusal.next(t))
        }
    }

    /// The same with a button, which posts to the page's own address.
    pub(crate) fn with_action(self, action: String) -> Self {
        let action = Some(action);
        Self { action, ..self }
    }

    /// The same with a link to somewhere else.
    pub(crate) fn leading_to(self, address: &'static str, name: String) -> Self {
        let back = (address, name);
        Self { back, ..self }
    }

    /// The same for a refusal, with how it is found again.
    pub(crate) fn noted(self, noted: Noted) -> Self {
        let noted = Some(noted);
        Self { noted, ..self }
    }

    /// The same for what may be tried again after `wait`.
    pub(crate) fn after(self, wait: Duration) -> Self {
        let wait = Some(wait);
        Self { wait, ..self }
    }

    /// The page at `path`. Nobody keeps it on the way. One that refuses has a reference.
    pub(crate) fn page(self, status: StatusCode, path: &str, tongue: Tongue) -> Response {
        let t = tongue.language;
        let refuses = status.is_client_error() || status.is_server_error();
        let noted = self
            .noted
            .or_else(|| refuses.then(|| Noted::new(General::of(status).name(), None)));
        let page = MessagePage {
            shell: Shell::new(path, t, tongue.is_asked),
            t,
            title: t.with("pages-document-title", "title", self.heading.as_str()),
            heading: self.heading,
            next: self.next,
            reference: noted.map(|noted| noted.reference.to_string()),
            action: self.action,
            back: self.back,
        };
        let page = page.render().expect("a page is written into memory");
        let mut response = (status, Html(page)).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        if let Some(wait) = self.wait {
            headers.insert(header::RETRY_AFTER, whole_seconds(wait).into());
        }
        if let Some(noted) = noted {
            response.extensions_mut().insert(noted);
        }
        response
    }
}

/// Why an account's step was not taken, as a page.
pub(crate) fn refused(refusal: AccountRefusal, path: &str, tongue: Tongue) -> Response {
    let refusal = Refusal::from(refusal);
    Message::refusal(&refusal, tongue.language).page(refusal.status(), path, tongue)
}

/// A moment in UTC, to the minute: `2026-11-22 15:04`.
pub(crate) fn minute(moment: Timestamp) -> String {
    let text: String = privacy::rfc3339(moment).chars().take(16).collect();
    text.replace('T', " ")
}
