//! The addresses that show the front end.

use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};

use crate::headers::CASTING_POLICY;
use crate::texts::Language;
use crate::{Web, assets};

/// `GET /`: Home comes drawn in the visitor's language, so that its first words wait for no script.
pub(crate) async fn home(uri: Uri, headers: HeaderMap) -> Response {
    let mut parameters = uri.query().unwrap_or_default().split('&');
    let asked = parameters.find_map(|pair| pair.strip_prefix("lang="));
    let language = Language::asked(asked).unwrap_or_else(|| Language::wished(&headers));
    let mut page = assets::serve(&format!("home.{}.html", language.tag()), &headers);
    if page.status() == StatusCode::NOT_FOUND {
        return view(headers).await;
    }
    let varies = HeaderValue::from_static("accept-encoding, accept-language");
    page.headers_mut().insert(header::VARY, varies);
    page
}

/// Every other address that the front end draws.
pub(crate) async fn view(headers: HeaderMap) -> Response {
    assets::index(&headers).unwrap_or_else(not_built)
}

/// `GET /cast`
pub(crate) async fn cast(headers: HeaderMap) -> Response {
    let mut response = view(headers).await;
    let policy = HeaderValue::from_static(CASTING_POLICY);
    response
        .headers_mut()
        .insert(header::CONTENT_SECURITY_POLICY, policy);
    response
}

/// `GET /source`: the source of this very program (AGPL, section 13).
pub(crate) async fn source(State(web): State<Web>) -> Response {
    let address = &web.inner.settings.source_url;
    if let Ok(address) = HeaderValue::from_str(address)
        && !address.is_empty()
    {
        return (StatusCode::SEE_OTHER, [(header::LOCATION, address)]).into_response();
    }
    concat!(
        "Unisono ",
        env!("CARGO_PKG_VERSION"),
        " is free software under the AGPL, version 3 or later.\n",
        "Whoever runs this server owes you its source: ask them for it.\n\n",
        "If you run it, set UNISONO_SOURCE_URL to the address of the source.\n",
    )
    .into_response()
}

fn not_built() -> Response {
    let text = "The pages have not been built. Start Unisono with: cargo xtask serve\n";
    (StatusCode::SERVICE_UNAVAILABLE, text).into_response()
}
