//! What an address asks for, and the same answer as elsewhere when it cannot be read.

use std::convert::Infallible;

use app::LinkRefusal;
use axum::extract::{FromRequestParts, Path, Query};
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use base::ClientKey;
use serde::de::DeserializeOwned;

use super::Tongue;
use super::page::refused;
use super::refusal::Refusal;
use crate::Web;
use crate::visitor::Visitor;

/// A name in the path, such as that of a page.
pub(crate) struct Named(pub(crate) String);

impl<S: Send + Sync> FromRequestParts<S> for Named {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Response> {
        let read = Path::<String>::from_request_parts(parts, state).await.ok();
        match read {
            Some(Path(name)) => Ok(Self(name)),
            None => Err(no(parts, state, LinkRefusal::NoPage.into()).await),
        }
    }
}

/// The parameters of an address.
pub(crate) struct Parameters<T>(pub(crate) T);

impl<T: DeserializeOwned + Send, S: Send + Sync> FromRequestParts<S> for Parameters<T> {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Response> {
        let read = Query::<T>::try_from_uri(&parts.uri).ok();
        match read {
            Some(Query(parameters)) => Ok(Self(parameters)),
            None => Err(no(parts, state, Refusal::Address).await),
        }
    }
}

/// Somebody who asks from a page of this server, or by a program that is no browser.
///
/// There is no cookie that another site could borrow; what it could borrow is the visitor's share of the budgets.
pub(crate) struct FromHere {
    pub(crate) key: ClientKey,
}

impl FromRequestParts<Web> for FromHere {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, web: &Web) -> Result<Self, Response> {
        let visitor = Visitor::from_request_parts(parts, web).await;
        let visitor = visitor.map_err(IntoResponse::into_response)?;
        match visitor.asks_from_here(&parts.headers, &web.inner.settings) {
            true => Ok(Self { key: visitor.key }),
            false => Err(no(parts, web, Refusal::Foreign).await),
        }
    }
}

/// A page for people, a problem response for programs and scripts.
async fn no<S: Sync>(parts: &mut Parts, state: &S, refusal: Refusal) -> Response {
    let tongue: Result<Tongue, Infallible> = Tongue::from_request_parts(parts, state).await;
    let Ok(tongue) = tongue;
    let path = parts.uri.path();
    if path.starts_with("/api/") || path == "/oembed" || path.ends_with("/events") {
        refusal.problem(tongue.language)
    } else {
        refused(&refusal, "", tongue)
    }
}
