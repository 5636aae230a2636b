//! The style sheet of the pages that the server draws: the front end's tokens, ground rules and faces, then their own.

use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};
use std::sync::LazyLock;

use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::Response;

use crate::assets;
use crate::packed::Packed;

const PARTS: [&str; 9] = [
    include_str!("../../../frontend/src/tokens.css"),
    include_str!("../../../frontend/src/base.css"),
    include_str!("../templates/pages.css"),
    include_str!("../templates/rooms.css"),
    include_str!("../templates/privacy.css"),
    include_str!("../templates/plans.css"),
    include_str!("../templates/admin.css"),
    include_str!("../templates/blog.css"),
    include_str!("../templates/status.css"),
];

struct Sheet {
    address: String,
    text: Packed,
}

static SHEET: LazyLock<Sheet> = LazyLock::new(|| {
    let text = assets::font_faces() + &PARTS.concat();
    let mut hash = DefaultHasher::new();
    text.hash(&mut hash);
    Sheet {
        address: format!("/pages/{:016x}.css", hash.finish()),
        text: Packed::new(text),
    }
});

/// Where it is: the name changes with the content.
pub(crate) fn address() -> &'static str {
    &SHEET.address
}

/// `GET /pages/{file}`: the style sheet of this version, whichever version is asked for.
pub(crate) async fn sheet(request: HeaderMap) -> Response {
    let mut response = SHEET.text.answer(&request);
    let fixed = [
        (header::CONTENT_TYPE, "text/css; charset=utf-8"),
        (header::CACHE_CONTROL, "public, max-age=31536000, immutable"),
    ];
    for (name, value) in fixed {
        let value = HeaderValue::from_static(value);
        response.headers_mut().insert(name, value);
    }
    response
}
