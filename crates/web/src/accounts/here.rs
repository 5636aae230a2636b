//! The address at which a browser knows this server: what passkeys are made for, and where upstreams send people back to.

use account::Site;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};

use super::refusal::Refusal;
use crate::Web;
use crate::links::Tongue;
use crate::visitor::Visitor;

/// This server, as the browser that asks has written it; the public address where there is one.
pub(crate) struct Here {
    pub(crate) origin: String,
}

impl FromRequestParts<Web> for Here {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, web: &Web) -> Result<Self, Response> {
        let visitor = Visitor::from_request_parts(parts, web).await;
        let visitor = visitor.map_err(IntoResponse::into_response)?;
        Ok(Self {
            origin: visitor.origin(&web.inner.settings),
        })
    }
}

/// The same, where browsers make passkeys for it.
pub(crate) struct PasskeySite(pub(crate) Site);

impl FromRequestParts<Web> for PasskeySite {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, web: &Web) -> Result<Self, Response> {
        let here = Here::from_request_parts(parts, web).await?;
        let Ok(Tongue { language, .. }) = Tongue::from_request_parts(parts, web).await;
        match Site::of(&here.origin) {
            Some(site) => Ok(Self(site)),
            None => Err(Refusal::HttpsNeeded.problem(language)),
        }
    }
}
