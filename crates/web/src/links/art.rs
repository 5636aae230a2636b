//! Pictures of pieces, from here.

use app::{ArtSize, LinkRefusal};
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, Uri, header};
use axum::response::Response;

use super::api::set_kind;
use super::asked::Named;
use super::refusal::Refusal;
use super::{Tongue, cache, parameter};
use crate::Web;
use crate::problem::Problem;

/// `GET /api/v1/links/{id}/art`: the picture, from here and made anew, so that nobody else learns who looks.
#[utoipa::path(
    get,
    path = "/api/v1/links/{id}/art",
    params(
        ("id" = String, Path, description = "Name of the page."),
        ("size" = Option<u32>, Query, description = "Width in pixels: above 300 the large picture of 640 comes, else the small one of 300.")
    ),
    responses((status = 200, content_type = "image/jpeg", body = Vec<u8>), (status = 404, body = Problem))
)]
pub(crate) async fn art(
    tongue: Tongue,
    State(web): State<Web>,
    Named(id): Named,
    uri: Uri,
    headers: HeaderMap,
) -> Response {
    match web.inner.app.link_art(&id, size(&uri)).await {
        Ok(art) => {
            let etag = cache::etag(&art.jpeg);
            let mut response = cache::fresh(Bytes::from_owner(art.jpeg), &etag, &headers);
            set_kind(&mut response, "image/jpeg");
            let week = HeaderValue::from_static("public, max-age=604800");
            response.headers_mut().insert(header::CACHE_CONTROL, week);
            response
        }
        Err(LinkRefusal::Nothing) => Refusal::NoPicture.problem(tongue.language),
        Err(refusal) => Refusal::from(refusal).problem(tongue.language),
    }
}

fn size(uri: &Uri) -> ArtSize {
    let wish: Option<u16> = parameter(uri, "size").and_then(|size| size.parse().ok());
    match wish {
        Some(width) if width > ArtSize::Small.width() => ArtSize::Large,
        _ => ArtSize::Small,
    }
}
