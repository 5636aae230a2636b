//! The signalling socket: one task each, from the upgrade to the close.

mod conversation;
mod peer;
mod upgrade;
mod wires;

use std::time::Duration;

use app::{Counted, Seat, SessionWatch, SocketPass};
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};
use protocol::frame::Frame;
use protocol::{ClientMessage, ErrorCode, Failure};
use tokio::time::{Instant, timeout_at};

use crate::problem::{General, Problem};
use crate::visitor::Visitor;
use crate::{Web, accounts};
use conversation::{Conversation, End};
use peer::{Lost, Peer, Said, error_frame, invalid};
use upgrade::Upgrade;

/// How long a new socket may stay silent.
const FIRST_MESSAGE: Duration = Duration::from_secs(10);
/// How long a person may take to type another code after a refusal.
const NEXT_TRY: Duration = Duration::from_secs(120);
/// Messages before a socket must have found its room.
const TRIES_MAX: u32 = 40;
/// Close codes (RFC 6455, section 7.4.1, and 4000 to 4999 for our own).
mod close {
    pub(super) const NORMAL: u16 = 1000;
    pub(super) const PROTOCOL: u16 = 1002;
    pub(super) const NOT_TEXT: u16 = 1007;
    pub(super) const POLICY: u16 = 1008;
    pub(super) const TOO_BIG: u16 = 1009;
    pub(super) const RESTART: u16 = 1012;
    pub(super) const TRY_LATER: u16 = 1013;
    pub(super) const REPLACED: u16 = 4001;
    pub(super) const SIGNED_OUT: u16 = 4002;
}

/// `GET /api/v1/socket`: see `docs/signalling.md`.
#[utoipa::path(
    get,
    path = "/api/v1/socket",
    description = "WebSocket. The client sends ClientMessage, the server ServerMessage, each as one text frame.",
    responses((status = 101), (status = 403, body = Problem))
)]
pub(crate) async fn open(
    visitor: Visitor,
    State(web): State<Web>,
    headers: HeaderMap,
    upgrade: Upgrade,
) -> Response {
    if !visitor.is_own_origin(&headers, &web.inner.settings) {
        return General::ForeignSocket.into_response();
    }
    let pass = web.inner.app.open_socket(visitor.key);
    let watch = accounts::watch(&web, &headers).await;
    let (answer, coming) = upgrade.accept();
    tokio::spawn(async move {
        let until_closed = web.inner.sockets.token();
        let Some(peer) = Box::pin(coming).await else {
            return;
        };
        match pass {
            Ok(pass) => {
                let newcomer = Newcomer {
                    peer,
                    web,
                    visitor,
                    pass: pass.signed_in(watch.as_ref()),
                };
                attend(Box::new(newcomer), watch).await;
            }
            // A page can read a message, but not the answer to a refused upgrade.
            Err(failure) => Box::pin(turn_away(peer, failure)).await,
        }
        drop(until_closed);
    });
    answer
}

async fn turn_away(peer: Peer, failure: Failure) {
    if peer.say(error_frame(failure)).is_ok() {
        peer.close(close::TRY_LATER, "no room for this socket")
            .await;
    }
}

const SIGNED_OUT: End = End::Close(close::SIGNED_OUT, "signed out");

/// A socket that has not found its room yet.
struct Newcomer {
    peer: Peer,
    web: Web,
    visitor: Visitor,
    pass: SocketPass,
}

/// Thousands of sockets are idle in here, so what happens once is boxed and gone before the wait.
async fn attend(newcomer: Box<Newcomer>, watch: Option<SessionWatch>) {
    let Some(mut conversation) = Box::pin(meet(newcomer, watch.as_ref())).await else {
        return;
    };
    let end = match watch {
        None => conversation.hold().await,
        Some(watch) => Box::pin(hold_while_signed_in(&mut conversation, &watch)).await,
    };
    Box::pin(conversation.close(end)).await;
}

/// A socket of a signed-in browser ends with its session.
async fn hold_while_signed_in(conversation: &mut Conversation, watch: &SessionWatch) -> End {
    tokio::select! {
        end = conversation.hold() => end,
        () = watch.ended() => SIGNED_OUT,
    }
}

/// Waits for the end of the session, where there is one.
async fn signed_out(watch: Option<&SessionWatch>) {
    match watch {
        Some(watch) => watch.ended().await,
        None => std::future::pending().await,
    }
}

async fn meet(newcomer: Box<Newcomer>, watch: Option<&SessionWatch>) -> Option<Box<Conversation>> {
    let Newcomer {
        mut peer,
        web,
        visitor,
        mut pass,
    } = *newcomer;
    let found = tokio::select! {
        found = find_seat(&mut peer, &web, visitor, &pass) => found,
        () = signed_out(watch) => Err(SIGNED_OUT),
    };
    match found {
        Ok(seat) => {
            pass.settle();
            Some(Box::new(Conversation::new(peer, seat, web, pass)))
        }
        Err(End::Gone) => None,
        Err(End::Left(code)) => {
            peer.part(code).await;
            None
        }
        Err(End::Close(code, reason)) => {
            peer.close(code, reason).await;
            None
        }
    }
}

/// Listens until a `create` or `join` succeeds.
async fn find_seat(
    peer: &mut Peer,
    web: &Web,
    visitor: Visitor,
    pass: &SocketPass,
) -> Result<Seat, End> {
    let mut until = Instant::now() + FIRST_MESSAGE;
    for _ in 0..TRIES_MAX {
        let heard = tokio::select! {
            heard = timeout_at(until, peer.hear()) => heard,
            () = web.inner.stopping.cancelled() => {
                return Err(End::Close(close::RESTART, "the server restarts"));
            }
        };
        let Ok(said) = heard else {
            return Err(End::Close(close::POLICY, "nothing was said in time"));
        };
        let wish = match said {
            Said::Message(wish) => wish.map_err(|unread| unread.why),
            Said::Time(_) => Err(invalid("create or join comes first")),
            Said::Ping(pong) => {
                tell(peer, pong).await?;
                continue;
            }
            Said::Nothing => continue,
            Said::Close(code) => return Err(End::Left(code)),
            Said::Fault(code, reason) => return Err(End::Close(code, reason)),
            Said::Gone => return Err(End::Gone),
        };
        let (place, outbox) = (visitor.place.clone(), peer.outbox());
        let app = &web.inner.app;
        let seated = match wish {
            Ok(ClientMessage::Create(create)) => {
                let created = app.create_room(create, place, pass, outbox).await;
                if created.is_ok() && visitor.may_be_counted {
                    app.count(Counted::Cast);
                }
                created
            }
            Ok(ClientMessage::Join(join)) => app.join_room(join, place, pass, outbox).await,
            Ok(_) => Err(invalid("create or join comes first")),
            Err(failure) => Err(failure),
        };
        match seated {
            Ok(seat) => return Ok(seat),
            Err(failure) => refuse(peer, failure).await?,
        }
        until = Instant::now() + NEXT_TRY;
    }
    Err(End::Close(close::POLICY, "too many tries"))
}

/// Says no; an error when that ends the socket.
async fn refuse(peer: &mut Peer, failure: Failure) -> Result<(), End> {
    let is_final = failure.code == ErrorCode::Version;
    tell(peer, error_frame(failure)).await?;
    if is_final {
        return Err(End::Close(close::POLICY, "another version"));
    }
    Ok(())
}

/// Sends `frame`, and goes on once the peer has taken it.
async fn tell(peer: &mut Peer, frame: Frame) -> Result<(), End> {
    peer.say(frame).map_err(|Lost| End::Gone)?;
    peer.wait_until_out().await.map_err(|Lost| End::Gone)
}
