//! Carries what the OAuth libraries want to ask, by the one way out.

use std::pin::Pin;
use std::time::Duration;

use account::Upstream;
use base::Secret;
use oauth2::http::{StatusCode, header};
use oauth2::{AsyncHttpClient, HttpRequest, HttpResponse};
use tokio::time::Instant;
use url::Url;

use super::ANSWER_MAX;
use crate::http::{BodyLimit, Reply, Request};
use crate::register::{self, Purpose};
use crate::{Failure, Outbound};

const FORM: &str = "application/x-www-form-urlencoded";

/// The way out to one upstream, until a deadline.
pub(super) struct Carrier<'a> {
    outbound: &'a Outbound,
    upstream: Upstream,
    deadline: Instant,
}

impl<'a> Carrier<'a> {
    pub(super) fn new(outbound: &'a Outbound, upstream: Upstream, within: Duration) -> Self {
        Self {
            outbound,
            upstream,
            deadline: Instant::now() + within,
        }
    }

    /// Sends one request to a host of this upstream. Redirects are not followed.
    pub(super) async fn send(&self, request: Request) -> Result<Reply, Failure> {
        if !register::allows(&request.url, Purpose::SignIn(self.upstream)) {
            return Err(Failure::ForeignHost);
        }
        let budget = self.outbound.desks().budget();
        self.outbound.fetch(budget, request, self.deadline).await
    }

    async fn carry(&self, asked: HttpRequest) -> Result<HttpResponse, Failure> {
        let reply = self.send(request(&asked)?).await?;
        let status = StatusCode::from_u16(reply.status).map_err(|_| Failure::BadAnswer)?;
        let mut response = HttpResponse::new(reply.body);
        *response.status_mut() = status;
        if let Some(kind) = reply.headers.get(header::CONTENT_TYPE) {
            response
                .headers_mut()
                .insert(header::CONTENT_TYPE, kind.clone());
        }
        Ok(response)
    }
}

/// Sends what an OAuth library asks for. The future is boxed so that its type can be named for every lifetime.
impl<'c> AsyncHttpClient<'c> for Carrier<'_> {
    type Error = Failure;
    type Future = Pin<Box<dyn Future<Output = Result<HttpResponse, Failure>> + Send + 'c>>;

    fn call(&'c self, asked: HttpRequest) -> Self::Future {
        Box::pin(self.carry(asked))
    }
}

/// The same request in our own words.
fn request(asked: &HttpRequest) -> Result<Request, Failure> {
    let url = Url::parse(&asked.uri().to_string()).map_err(|_| Failure::ForeignHost)?;
    let mut request = Request::at(url)
        .header("Accept", "application/json")
        .limit(BodyLimit::Whole(ANSWER_MAX));
    if !asked.body().is_empty() {
        let text = String::from_utf8(asked.body().clone()).map_err(|_| Failure::BadAnswer)?;
        request.body = Some((FORM, Secret::new(text)));
    }
    if let Some(authorization) = asked.headers().get(header::AUTHORIZATION) {
        let text = authorization.to_str().map_err(|_| Failure::BadAnswer)?;
        request.authorization = Some(Secret::new(text.to_owned()));
    }
    Ok(request)
}
