//! The doors to following a host, to being followed, and to what the pages tell of it.

use app::{AccountRefusal, FollowView, HostView, Hosting, NoticeView};
use axum::extract::{Path, State};
use axum::response::Response;
use base::{EntryId, Secret, Timestamp};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{Asking, Body, Refused, SignedIn, done, private};
use crate::Web;
use crate::problem::Problem;

/// In which room somebody sits.
#[derive(Deserialize, ToSchema)]
pub(crate) struct Seat {
    /// The token of a welcome: it shows that its holder was let into the room.
    #[schema(value_type = String, max_length = 256)]
    seat: Secret<String>,
}

/// Who has the room.
#[derive(Serialize, ToSchema)]
pub(crate) struct Here {
    /// Left out: nobody who may be followed.
    #[serde(skip_serializing_if = "Option::is_none")]
    host: Option<HostView>,
}

/// Whether mails are wanted.
#[derive(Deserialize, ToSchema)]
pub(crate) struct Mails {
    /// Yes asks by mail once more; no ends them at once.
    is_wanted: bool,
}

/// Whether others may follow the member.
#[derive(Deserialize, ToSchema)]
pub(crate) struct Followable {
    /// Whether they may. No ends it for those who do.
    is_followable: bool,
}

/// Up to when notices were seen.
#[derive(Deserialize, ToSchema)]
pub(crate) struct Seen {
    /// When the newest of them was made, in Unix milliseconds.
    #[schema(value_type = i64)]
    until: Timestamp,
}

/// `POST /api/v1/account/follows/host`: who has the room that somebody sits in, if they may be followed. Who is not
/// signed in can follow nobody, and is told of nobody.
#[utoipa::path(
    post,
    operation_id = "account_follows_host",
    path = "/api/v1/account/follows/host",
    request_body = Seat,
    responses((status = 200, body = Here))
)]
pub(crate) async fn host(
    asking: Asking,
    State(web): State<Web>,
    Body(Seat { seat }): Body<Seat>,
) -> Result<Response, Refused> {
    let Some(session) = asking.session(&web).await? else {
        return Ok(private(&Here { host: None }));
    };
    let host = web.inner.app.host_here(&session, &seat).await;
    host.map(|host| private(&Here { host }))
        .map_err(|refusal| asking.refuse(refusal))
}

/// `POST /api/v1/account/follows`: follows that host, without mails.
#[utoipa::path(
    post,
    operation_id = "account_follows_begin",
    path = "/api/v1/account/follows",
    request_body = Seat,
    responses(
        (status = 200, body = FollowView),
        (status = 401, body = Problem),
        (status = 404, body = Problem),
        (status = 409, body = Problem)
    )
)]
pub(crate) async fn begin(
    person: SignedIn,
    State(web): State<Web>,
    Body(Seat { seat }): Body<Seat>,
) -> Result<Response, Refused> {
    let follow = web.inner.app.follow_host(&person.session, &seat).await;
    follow
        .map(|follow| private(&follow))
        .map_err(|refusal| person.refuse(refusal))
}

/// `GET /api/v1/account/follows`
#[utoipa::path(
    get,
    operation_id = "account_follows_list",
    path = "/api/v1/account/follows",
    responses((status = 200, body = Vec<FollowView>), (status = 401, body = Problem))
)]
pub(crate) async fn list(person: SignedIn, State(web): State<Web>) -> Result<Response, Refused> {
    let follows = web.inner.app.follows(&person.session).await;
    follows
        .map(|follows| private(&follows))
        .map_err(|refusal| person.refuse(refusal))
}

/// `DELETE /api/v1/account/follows/{id}`
#[utoipa::path(
    delete,
    operation_id = "account_follows_end",
    path = "/api/v1/account/follows/{id}",
    params(("id" = String, Path, description = "The following's name")),
    responses((status = 204), (status = 401, body = Problem), (status = 404, body = Problem))
)]
pub(crate) async fn end(
    person: SignedIn,
    State(web): State<Web>,
    Path(id): Path<String>,
) -> Result<Response, Refused> {
    let id = named(&person, &id)?;
    let ended = web.inner.app.unfollow(&person.session, id).await;
    ended
        .map(|()| done())
        .map_err(|refusal| person.refuse(refusal))
}

/// `POST /api/v1/account/follows/{id}/mails`: asks by mail whether mails are really wanted, or ends them.
#[utoipa::path(
    post,
    operation_id = "account_follows_mails",
    path = "/api/v1/account/follows/{id}/mails",
    params(("id" = String, Path, description = "The following's name")),
    request_body = Mails,
    responses((status = 204), (status = 401, body = Problem), (status = 404, body = Problem))
)]
pub(crate) async fn mails(
    person: SignedIn,
    State(web): State<Web>,
    Path(id): Path<String>,
    Body(Mails { is_wanted }): Body<Mails>,
) -> Result<Response, Refused> {
    let id = named(&person, &id)?;
    let (app, asking, session) = (&web.inner.app, &person.asking, &person.session);
    let set = match is_wanted {
        true => {
            app.ask_for_mails(&asking.caller, &asking.place, session, id)
                .await
        }
        false => app.end_mails(session, id).await,
    };
    set.map(|()| done())
        .map_err(|refusal| person.refuse(refusal))
}

/// `GET /api/v1/account/hosting`: whether others may follow the member.
#[utoipa::path(
    get,
    operation_id = "account_hosting",
    path = "/api/v1/account/hosting",
    responses((status = 200, body = Hosting), (status = 401, body = Problem))
)]
pub(crate) async fn hosting(person: SignedIn, State(web): State<Web>) -> Result<Response, Refused> {
    let hosting = web.inner.app.hosting(&person.session).await;
    hosting
        .map(|hosting| private(&hosting))
        .map_err(|refusal| person.refuse(refusal))
}

/// `PUT /api/v1/account/hosting`
#[utoipa::path(
    put,
    operation_id = "account_set_hosting",
    path = "/api/v1/account/hosting",
    request_body = Followable,
    responses((status = 200, body = Hosting), (status = 401, body = Problem))
)]
pub(crate) async fn set_hosting(
    person: SignedIn,
    State(web): State<Web>,
    Body(Followable { is_followable }): Body<Followable>,
) -> Result<Response, Refused> {
    let set = web.inner.app.set_hosting(&person.session, is_followable);
    set.await
        .map(|hosting| private(&hosting))
        .map_err(|refusal| person.refuse(refusal))
}

/// `GET /api/v1/account/notices`
#[utoipa::path(
    get,
    operation_id = "account_notices",
    path = "/api/v1/account/notices",
    responses((status = 200, body = Vec<NoticeView>), (status = 401, body = Problem))
)]
pub(crate) async fn notices(person: SignedIn, State(web): State<Web>) -> Result<Response, Refused> {
    let notices = web.inner.app.notices(&person.session).await;
    notices
        .map(|notices| private(&notices))
        .map_err(|refusal| person.refuse(refusal))
}

/// `POST /api/v1/account/notices/seen`
#[utoipa::path(
    post,
    operation_id = "account_notices_seen",
    path = "/api/v1/account/notices/seen",
    request_body = Seen,
    responses((status = 204), (status = 401, body = Problem))
)]
pub(crate) async fn see(
    person: SignedIn,
    State(web): State<Web>,
    Body(Seen { until }): Body<Seen>,
) -> Result<Response, Refused> {
    let seen = web.inner.app.see_notices(&person.session, until).await;
    seen.map(|()| done())
        .map_err(|refusal| person.refuse(refusal))
}

/// `DELETE /api/v1/account/notices`
#[utoipa::path(
    delete,
    operation_id = "account_notices_forget",
    path = "/api/v1/account/notices",
    responses((status = 204), (status = 401, body = Problem))
)]
pub(crate) async fn forget(person: SignedIn, State(web): State<Web>) -> Result<Response, Refused> {
    let gone = web.inner.app.forget_notices(&person.session).await;
    gone.map(|()| done())
        .map_err(|refusal| person.refuse(refusal))
}

fn named(person: &SignedIn, id: &str) -> Result<EntryId, Refused> {
    id.parse()
        .map_err(|_| person.refuse(AccountRefusal::NotYours))
}
