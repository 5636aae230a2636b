//! Files of the front end, embedded in the binary, with their brotli copies.

use axum::body::Body;
use axum::http::{HeaderMap, HeaderValue, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use rust_embed::{EmbeddedFile, RustEmbed};

use crate::packed::takes;
use crate::pages;
use crate::problem::{self, General};

// A clone without a built front end still builds: the pages then say how to make it.
#[derive(RustEmbed)]
#[folder = "../../frontend/dist/"]
#[allow_missing = true]
struct Dist;

/// `GET /{file}`: a file of the front end; for a browser that follows an unknown address, the page that says so.
pub(crate) async fn file(uri: Uri, mut headers: HeaderMap) -> Response {
    let path = uri.path().trim_start_matches('/');
    let is_file = !path.is_empty() && !path.ends_with(".br") && Dist::get(path).is_some();
    if is_file {
        return serve(path, &headers);
    }
    if problem::wants_page(uri.path(), &headers) {
        // There is no older copy of nothing.
        headers.remove(header::IF_NONE_MATCH);
        let mut page = pages::view(headers).await;
        if page.status().is_success() {
            *page.status_mut() = StatusCode::NOT_FOUND;
        }
        return page;
    }
    General::NothingHere.into_response()
}

/// `GET /favicon.ico`: for programs that ask for it without having read a page, which names the icons there are.
pub(crate) async fn favicon(headers: HeaderMap) -> Response {
    serve("icons/mark-180.png", &headers)
}

/// An existing file: its brotli copy where there is one and the client takes it.
pub(crate) fn serve(path: &str, request: &HeaderMap) -> Response {
    let takes_brotli = takes(request, "br");
    let copy = Dist::get(&format!("{path}.br")).filter(|_| takes_brotli);
    let is_brotli = copy.is_some();
    let Some(file) = copy.or_else(|| Dist::get(path)) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let etag = etag(&file);
    if request.get(header::IF_NONE_MATCH) == Some(&etag) {
        return (StatusCode::NOT_MODIFIED, [(header::ETAG, etag)]).into_response();
    }
    let mut response = Response::new(Body::from(file.data));
    let headers = response.headers_mut();
    headers.insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static(content_type(path)),
    );
    headers.insert(
        header::CACHE_CONTROL,
        HeaderValue::from_static(cache_control(path)),
    );
    headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    headers.insert(header::ETAG, etag);
    if is_brotli {
        headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static("br"));
    }
    response
}

fn etag(file: &EmbeddedFile) -> HeaderValue {
    let hash = file.metadata.sha256_hash();
    let short: String = hash[..8].iter().map(|byte| format!("{byte:02x}")).collect();
    HeaderValue::try_from(format!("\"{short}\"")).expect("hexadecimal digits fit a header")
}

/// The text of an existing file.
pub(crate) fn text(path: &str) -> Option<String> {
    Dist::get(path).map(|file| String::from_utf8_lossy(&file.data).into_owned())
}

/// Names under `assets/` hold a hash of their content, so they never change.
fn cache_control(path: &str) -> &'static str {
    if path.starts_with("assets/") {
        "public, max-age=31536000, immutable"
    } else {
        "no-cache"
    }
}

fn content_type(path: &str) -> &'static str {
    match path.rsplit_once('.').map_or("", |(_, ending)| ending) {
        "html" => "text/html; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "json" => "application/json",
        "webmanifest" => "application/manifest+json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "txt" => "text/plain; charset=utf-8",
        "flac" => "audio/flac",
        "wasm" => "application/wasm",
        _ => "application/octet-stream",
    }
}

/// The address of a built file whose name is `start`, a hash and `ending`.
pub(crate) fn built(start: &str, ending: &str) -> Option<String> {
    let file = Dist::iter().find(|file| {
        let name = file.strip_prefix("assets/");
        name.is_some_and(|name| name.starts_with(start) && name.ends_with(ending))
    });
    file.map(|file| format!("/{file}"))
}

/// The rules of the built style sheets that say where the faces of the texts are.
pub(crate) fn font_faces() -> String {
    const RULE: &str = "@font-face";
    let mut faces = String::new();
    for file in Dist::iter().filter(|file| file.ends_with(".css")) {
        let Some(sheet) = Dist::get(&file) else {
            continue;
        };
        let sheet = String::from_utf8_lossy(&sheet.data);
        for rule in sheet.split(RULE).skip(1) {
            // A rule of this kind holds no other one.
            if let Some((body, _)) = rule.split_once('}') {
                faces.extend([RULE, body, "}"]);
            }
        }
    }
    faces
}

/// The front end's one HTML file, if it has been built.
pub(crate) fn index(request: &HeaderMap) -> Option<Response> {
    Dist::get("index.html").map(|_| serve("index.html", request))
}
