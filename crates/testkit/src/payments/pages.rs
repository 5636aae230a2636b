//! The pages where somebody pays, as far as a journey needs them.

use std::sync::Arc;

use axum::Router;
use axum::extract::{Path, RawQuery, State};
use axum::http::{StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::{get, post};
use base::{Clock, SystemClock};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use super::Shared;
use super::desk::decoded;
use super::event::Event;

/// How often each event is sent: what is told twice counts once.
const TIMES_SENT: usize = 2;

pub(super) fn router() -> Router<Arc<Shared>> {
    Router::new()
        .route("/c/pay/{id}", get(show))
        .route("/c/pay/{id}/pay", post(pay))
        .route("/c/pay/{id}/decline", post(decline))
        .route("/p/{customer}", get(portal))
}

async fn show(State(shared): State<Arc<Shared>>, Path(id): Path<String>) -> Response {
    let page = shared.ledger().pages.get(&id).cloned();
    match page {
        Some(page) if page.status == "open" => form(&id, &page.back, ""),
        _ => (StatusCode::NOT_FOUND, "this page is closed").into_response(),
    }
}

fn form(id: &str, back: &str, note: &str) -> Response {
    let back = back.replace('&', "&amp;");
    Html(format!(
        "<!doctype html><html lang=\"en\"><link rel=\"icon\" href=\"data:,\"><title>Pay</title><main><h1>Pay</h1><p role=\"status\">{note}</p>\
         <form method=\"post\" action=\"/c/pay/{id}/pay\"><button>Pay</button></form>\
         <form method=\"post\" action=\"/c/pay/{id}/decline\"><button>Pay with a declined card</button></form>\
         <a href=\"{back}\">Back</a></main></html>"
    ))
    .into_response()
}

async fn pay(State(shared): State<Arc<Shared>>, Path(id): Path<String>) -> Response {
    let (events, done) = {
        let mut ledger = shared.ledger();
        let done = ledger.pages.get(&id).map(|page| page.done.clone());
        (ledger.pay(&id, SystemClock.now().unix_s()), done)
    };
    let Some(done) = done.filter(|_| !events.is_empty()) else {
        return (StatusCode::NOT_FOUND, "this page is closed").into_response();
    };
    let shared = Arc::clone(&shared);
    tokio::spawn(async move {
        for _ in 0..TIMES_SENT {
            for event in &events {
                send(&shared, event).await;
            }
        }
    });
    (StatusCode::SEE_OTHER, [(header::LOCATION, done)]).into_response()
}

async fn decline(State(shared): State<Arc<Shared>>, Path(id): Path<String>) -> Response {
    let back = shared.ledger().pages.get(&id).map(|page| page.back.clone());
    form(&id, &back.unwrap_or_default(), "Your card was declined.")
}

async fn portal(Path(customer): Path<String>, RawQuery(query): RawQuery) -> Response {
    let back = query
        .as_deref()
        .and_then(|query| query.strip_prefix("back="));
    let back = decoded(back.unwrap_or_default());
    Html(format!(
        "<!doctype html><html lang=\"en\"><link rel=\"icon\" href=\"data:,\"><title>Receipts</title><main><h1>Receipts of {customer}</h1>\
         <a href=\"{back}\">Back</a></main></html>"
    ))
    .into_response()
}

/// Sends an event to where events are sent, as a plain request: nobody waits for what comes of it.
async fn send(shared: &Shared, event: &Event) {
    let Some(place) = shared
        .webhook
        .as_deref()
        .and_then(|url| url.strip_prefix("http://"))
    else {
        return;
    };
    let (authority, path) = place.split_once('/').unwrap_or((place, ""));
    let Ok(mut stream) = TcpStream::connect(authority).await else {
        return;
    };
    let (signature, body) = (event.signed(SystemClock.now().unix_s()), &event.body);
    let request = format!(
        "POST /{path} HTTP/1.1\r\nhost: {authority}\r\nconnection: close\r\ncontent-type: application/json\r\n\
         stripe-signature: {signature}\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    );
    let mut answer = Vec::new();
    if stream.write_all(request.as_bytes()).await.is_ok() {
        let _ = stream.read_to_end(&mut answer).await;
    }
}
