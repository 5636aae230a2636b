//! The addresses that show the front end.

use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};

use crate::assets;
use crate::headers::CASTING_POLICY;

/// `GET /` and every other address that the front end draws.
pub(crate) async fn home(headers: HeaderMap) -> Response {
    assets::index(&headers).unwrap_or_else(not_built)
}

/// `GET /cast`
pub(crate) async fn cast(headers: HeaderMap) -> Response {
    let mut response = home(headers).await;
    let policy = HeaderValue::from_static(CASTING_POLICY);
    response
        .headers_mut()
        .insert(header::CONTENT_SECURITY_POLICY, policy);
    response
}

fn not_built() -> Response {
    let text = "The pages have not been built. Start Unisono with: cargo xtask serve\n";
    (StatusCode::SERVICE_UNAVAILABLE, text).into_response()
}
