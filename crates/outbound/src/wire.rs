//! HTTP itself: TLS to hosts of the register, addresses checked after resolution, bodies bounded.

use std::error::Error;
use std::sync::{Arc, LazyLock, OnceLock};
use std::time::Duration;

use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use reqwest::header::{AUTHORIZATION, CONTENT_TYPE};
use reqwest::{Client, Response, redirect};
use rustls::{ClientConfig, RootCertStore};

use crate::Failure;
use crate::http::{BodyLimit, Fetching, Http, Reply, Request};
use crate::public_address::is_public;
use crate::route::{Route, Routes};

/// Connecting for longer leaves no time for an answer.
const CONNECT_MAX: Duration = Duration::from_secs(2);
/// Idle connections that are kept for each host, and how long.
const IDLE_MAX: usize = 4;
const IDLE_LIFE: Duration = Duration::from_secs(30);

/// The internet.
pub(crate) struct Wire {
    routes: Routes,
    user_agent: String,
    /// Reaches public addresses only, by https only.
    official: OnceLock<Option<Client>>,
    /// Reaches whatever the operator named.
    mirrors: OnceLock<Option<Client>>,
}

impl Wire {
    pub(crate) fn new(routes: Routes, user_agent: String) -> Self {
        Self {
            routes,
            user_agent,
            official: OnceLock::new(),
            mirrors: OnceLock::new(),
        }
    }

    async fn send(&self, request: Request) -> Result<Reply, Failure> {
        let (client, url) = match self.routes.route(&request.url)? {
            Route::Official(url) => {
                let client = self.official.get_or_init(|| {
                    self.client(TLS.clone())
                        .https_only(true)
                        .dns_resolver(PublicOnly)
                        .build()
                        .ok()
                });
                (client, url)
            }
            Route::Mirror(url) => {
                let client = self.mirrors.get_or_init(|| {
                    // Reading the authorities takes a while; mirrors in the same network often need none.
                    let tls = match self.routes.has_https_mirror() {
                        true => TLS.clone(),
                        false => tls(RootCertStore::empty()),
                    };
                    self.client(tls).build().ok()
                });
                (client, url)
            }
        };
        let client = client.as_ref().ok_or(Failure::Unreachable)?;
        let mut builder = match &request.body {
            Some((kind, text)) => client
                .post(url)
                .header(CONTENT_TYPE, *kind)
                .body(text.expose().clone()),
            None if request.is_delete => client.delete(url),
            None => client.get(url),
        };
        if let Some(secret) = &request.authorization {
            builder = builder.header(AUTHORIZATION, secret.expose());
        }
        if let Some(key) = &request.idempotency_key {
            builder = builder.header("Idempotency-Key", key);
        }
        if let Some((name, key)) = &request.key {
            builder = builder.header(*name, key.expose());
        }
        for (name, value) in &request.headers {
            builder = builder.header(*name, *value);
        }
        let response = builder.send().await.map_err(|error| failure(&error))?;
        read(response, request.limit).await
    }

    /// A client that follows nothing, remembers nothing, and reads no proxy from the environment.
    fn client(&self, tls: ClientConfig) -> reqwest::ClientBuilder {
        Client::builder()
            .tls_backend_preconfigured(tls)
            .user_agent(&self.user_agent)
            .redirect(redirect::Policy::none())
            .referer(false)
            .no_proxy()
            .connect_timeout(CONNECT_MAX)
            .pool_max_idle_per_host(IDLE_MAX)
            .pool_idle_timeout(IDLE_LIFE)
    }
}

impl Http for Wire {
    fn fetch(&self, request: Request) -> Fetching<'_> {
        Box::pin(self.send(request))
    }
}

/// TLS with the machine's own certificate authorities, read when the first request leaves.
static TLS: LazyLock<ClientConfig> = LazyLock::new(|| {
    let mut roots = RootCertStore::empty();
    roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
    tls(roots)
});

fn tls(roots: RootCertStore) -> ClientConfig {
    ClientConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .with_safe_default_protocol_versions()
        .expect("ring has the suites of TLS 1.2 and 1.3")
        .with_root_certificates(roots)
        .with_no_client_auth()
}

async fn read(mut response: Response, limit: BodyLimit) -> Result<Reply, Failure> {
    let mut reply = Reply {
        status: response.status().as_u16(),
        headers: response.headers().clone(),
        body: Vec::new(),
    };
    if response.status().is_redirection() {
        return Ok(reply);
    }
    let (BodyLimit::Whole(max) | BodyLimit::Start(max)) = limit;
    let is_whole = matches!(limit, BodyLimit::Whole(_));
    if is_whole
        && response
            .content_length()
            .is_some_and(|length| length > max as u64)
    {
        return Err(Failure::TooLarge);
    }
    while let Some(chunk) = response.chunk().await.map_err(|error| failure(&error))? {
        let room = max - reply.body.len();
        if chunk.len() <= room {
            reply.body.extend_from_slice(&chunk);
        } else if is_whole {
            return Err(Failure::TooLarge);
        } else {
            reply.body.extend_from_slice(&chunk[..room]);
            break;
        }
    }
    Ok(reply)
}

/// The error itself holds the address with its keys, so nothing of it is passed on.
fn failure(error: &reqwest::Error) -> Failure {
    let mut source = error.source();
    while let Some(inner) = source {
        if inner.is::<NotPublic>() {
            return Failure::ForeignHost;
        }
        source = inner.source();
    }
    if error.is_timeout() {
        Failure::TimedOut
    } else {
        Failure::Unreachable
    }
}

/// Resolves names, and refuses one that leads to any address which is not public.
struct PublicOnly;

#[derive(Debug, thiserror::Error)]
#[error("this name leads to an address that is not public")]
struct NotPublic;

impl Resolve for PublicOnly {
    fn resolve(&self, name: Name) -> Resolving {
        Box::pin(async move {
            let found = tokio::net::lookup_host((name.as_str(), 0)).await?;
            let addresses: Vec<_> = found.collect();
            if addresses.iter().any(|address| !is_public(address.ip())) {
                return Err(NotPublic.into());
            }
            Ok::<Addrs, _>(Box::new(addresses.into_iter()))
        })
    }
}

#[cfg(test)]
mod tests;
