//! What links in mails lead to: saying once more that mails are wanted, and stopping them. Both work without script and
//! without being signed in. A link that is only looked at changes nothing: programs look at mails before people do.

use app::{AccountRefusal, Caller};
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use base::{EntryId, Secret};

use crate::Web;
use crate::links::Tongue;
use crate::links::asked::FromHere;
use crate::message_page::{Message, refused};

/// `GET /f/{secret}`: asks once more whether mails are wanted.
pub(crate) async fn ask_once_more(tongue: Tongue, Path(secret): Path<String>) -> Response {
    let t = tongue.language;
    let heading = t.say("pages-mails-confirm");
    Message::new(t, heading, t.say("pages-mails-confirm-next"))
        .with_action(t.say("pages-mails-confirm-action"))
        .page(StatusCode::OK, &format!("/f/{secret}"), tongue)
}

/// `POST /f/{secret}`: mails are wanted.
pub(crate) async fn confirm(
    visitor: FromHere,
    tongue: Tongue,
    State(web): State<Web>,
    Path(secret): Path<String>,
) -> Response {
    let t = tongue.language;
    let caller = Caller::new(visitor.key, "", t.tag());
    let secret = Secret::new(secret);
    let (status, message) = match web.inner.app.confirm_mails(&caller, &secret).await {
        Ok(()) => {
            let heading = t.say("pages-mails-confirmed");
            let next = t.say("pages-mails-confirmed-next");
            (StatusCode::OK, Message::new(t, heading, next))
        }
        Err(AccountRefusal::TicketOver) => {
            let heading = t.say("pages-mails-over");
            let next = t.say("pages-mails-over-next");
            (StatusCode::GONE, Message::new(t, heading, next))
        }
        Err(refusal) => return refused(refusal, "/", tongue),
    };
    message
        .leading_to("/account", t.say("pages-account"))
        .page(status, "/account", tongue)
}

/// `GET /u/{id}`: asks whether the mails of this kind are to stop.
pub(crate) async fn ask_to_stop(
    tongue: Tongue,
    State(web): State<Web>,
    Path(id): Path<String>,
) -> Response {
    let t = tongue.language;
    let host = match id.parse::<EntryId>() {
        Ok(id) => web.inner.app.host_of_follow(id, t).await,
        Err(_) => Ok(None),
    };
    match host {
        Ok(Some(host)) => {
            let next = t.with("pages-mails-stop-next", "host", host);
            Message::new(t, t.say("pages-mails-stop"), next)
                .with_action(t.say("pages-mails-stop-action"))
                .page(StatusCode::OK, &format!("/u/{id}"), tongue)
        }
        Ok(None) => stopped(tongue),
        Err(refusal) => refused(refusal, "/", tongue),
    }
}

/// `POST /u/{id}`: stops them. Programs that show mails send this themselves, for one click (RFC 8058), so it asks for
/// no cookie and no page of ours before it; whoever has the name has the mail.
pub(crate) async fn stop(
    tongue: Tongue,
    State(web): State<Web>,
    Path(id): Path<String>,
) -> Response {
    let stop = match id.parse::<EntryId>() {
        Ok(id) => web.inner.app.stop_mails(id).await,
        Err(_) => Ok(()),
    };
    match stop {
        Ok(()) => stopped(tongue),
        Err(refusal) => refused(refusal, "/", tongue),
    }
}

/// The same for a following that is over: nothing says which names there are.
fn stopped(tongue: Tongue) -> Response {
    let t = tongue.language;
    let next = t.say("pages-mails-stopped-next");
    Message::new(t, t.say("pages-mails-stopped"), next)
        .leading_to("/account", t.say("pages-account"))
        .page(StatusCode::OK, "/account", tongue)
}
