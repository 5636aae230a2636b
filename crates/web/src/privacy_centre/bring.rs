//! Bringing a copy along from another installation: a form with a file, without script.

use app::{AccountRefusal, BringRefusal, BroughtView};
use axum::body::Bytes;
use axum::extract::{FromRequest, Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use base::Secret;

use super::PATH;
use super::asked::{Person, Proof, Sorry};
use super::multipart::{Part, parts};
use crate::Web;
use crate::accounts::{Refusal, not_received};
use crate::links::Tongue;
use crate::message_page::Message;

/// Why nothing was taken in, as a page that leads back.
pub(super) enum NotBrought {
    Sorry(Sorry),
    Copy(BringRefusal, Tongue),
}

impl From<Sorry> for NotBrought {
    fn from(sorry: Sorry) -> Self {
        Self::Sorry(sorry)
    }
}

impl IntoResponse for NotBrought {
    fn into_response(self) -> Response {
        match self {
            Self::Sorry(sorry) => sorry.into_response(),
            Self::Copy(refusal, tongue) => not_taken(&refusal, tongue),
        }
    }
}

/// `POST /privacy/me/bring`: takes in a copy, wholly or not at all.
pub(super) async fn bring(
    person: Person,
    State(web): State<Web>,
    request: Request,
) -> Result<Response, NotBrought> {
    let app = &web.inner.app;
    let tongue = person.looker.tongue;
    app.may_bring(&person.session)
        .map_err(|refusal| person.sorry(refusal))?;
    let kind = kind_of(request.headers());
    let body = Bytes::from_request(request, &web).await;
    let body = body.map_err(|rejection| person.sorry(not_received(&rejection)))?;
    let fields = parts(&kind, &body).ok_or_else(|| person.sorry(Refusal::Unreadable))?;
    let proved = person.prove(&web, proof(&fields)).await;
    proved.map_err(|refusal| person.sorry(refusal))?;
    let copy = fields.iter().find(|field| field.name == "copy");
    let copy = copy.ok_or_else(|| person.sorry(Refusal::Unreadable))?;
    let taken_in = app.take_in(&person.session, body.slice_ref(copy.content));
    match taken_in.await {
        Ok(brought) => Ok(taken(brought, tongue)),
        Err(refusal) => Err(NotBrought::Copy(refusal, tongue)),
    }
}

fn kind_of(headers: &HeaderMap) -> String {
    let kind = headers.get(header::CONTENT_TYPE);
    let kind = kind.and_then(|kind| kind.to_str().ok());
    kind.unwrap_or_default().to_owned()
}

fn proof(fields: &[Part<'_>]) -> Proof {
    let text = |name: &str| {
        let field = fields.iter().find(|field| field.name == name)?;
        String::from_utf8(field.content.to_vec()).ok()
    };
    Proof {
        password: text("password").map(Secret::new),
        ticket: text("ticket"),
        code: text("code"),
    }
}

fn taken(brought: BroughtView, tongue: Tongue) -> Response {
    let t = tongue.language;
    let counts = [
        ("settings", brought.settings),
        ("rooms", brought.rooms),
        ("pages", brought.looked_at),
        ("others", brought.left_out),
    ];
    let counts = counts.map(|(name, count)| (name, t.number(count)));
    let counts: Vec<(&str, &str)> = counts.iter().map(|(name, it)| (*name, &**it)).collect();
    let next = t.with_all("centre-bring-counts", &counts);
    let message = Message::new(t, t.say("centre-bring-done"), next);
    let message = message.leading_to(PATH, t.say("centre-back"));
    message.page(StatusCode::OK, PATH, tongue)
}

fn not_taken(refusal: &BringRefusal, tongue: Tongue) -> Response {
    let t = tongue.language;
    let (status, next) = match refusal {
        BringRefusal::NoCopy => (StatusCode::BAD_REQUEST, t.say("centre-bring-no-copy")),
        BringRefusal::NotWhole => (StatusCode::BAD_REQUEST, t.say("centre-bring-not-whole")),
        BringRefusal::TooLarge => {
            let next = t.say("centre-bring-too-large");
            (StatusCode::PAYLOAD_TOO_LARGE, next)
        }
        BringRefusal::OtherForm => (StatusCode::BAD_REQUEST, t.say("centre-bring-other-form")),
        BringRefusal::BadPicture => (StatusCode::BAD_REQUEST, t.say("centre-bring-bad-picture")),
        BringRefusal::BadLine(bad) => {
            let line = bad.line.to_string();
            let place = [("table", bad.table.as_str()), ("line", line.as_str())];
            let next = t.with_all("centre-bring-bad-line", &place);
            (StatusCode::BAD_REQUEST, next)
        }
        BringRefusal::Account(refusal) => return sorry(refusal.clone(), tongue),
    };
    let message = Message::new(t, t.say("centre-bring-refused"), next);
    let message = message.leading_to(PATH, t.say("centre-back"));
    message.page(status, PATH, tongue)
}

fn sorry(refusal: AccountRefusal, tongue: Tongue) -> Response {
    let refusal = Refusal::Account(refusal);
    Sorry { refusal, tongue }.into_response()
}
