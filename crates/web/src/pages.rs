//! The addresses that show the front end.

use axum::extract::{Query, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, Uri, header};
use axum::response::{Html, IntoResponse, Response};
use serde::Deserialize;

use crate::headers::{CASTING_POLICY, ROOM_POLICY};
use crate::problem::General;
use crate::texts::{Language, wished};
use crate::{Web, assets};

/// `GET /`: Home comes drawn in the visitor's language, so that its first words wait for no script.
pub(crate) async fn home(uri: Uri, headers: HeaderMap) -> Response {
    let mut parameters = uri.query().unwrap_or_default().split('&');
    let asked = parameters.find_map(|pair| pair.strip_prefix("lang="));
    let language = Language::asked(asked).unwrap_or_else(|| wished(&headers));
    let file = format!("home.{}.html", language.tag());
    if let Ok(Query(Kept { text })) = Query::try_from_uri(&uri)
        && let Some(page) = assets::text(&file).and_then(|page| with_text(&page, &text))
    {
        return ([(header::CACHE_CONTROL, "no-store")], Html(page)).into_response();
    }
    let mut page = assets::serve(&file, &headers);
    if page.status() == StatusCode::NOT_FOUND {
        return view(headers).await;
    }
    let varies = HeaderValue::from_static("accept-encoding, accept-language");
    page.headers_mut().insert(header::VARY, varies);
    page
}

/// A text that led nowhere, to be mended in Home's field.
#[derive(Deserialize)]
struct Kept {
    text: String,
}

/// Home with `text` in its field, for browsers without script.
fn with_text(page: &str, text: &str) -> Option<String> {
    const EMPTY: &str = " value=\"\"";
    let field = page.find("<input type=\"text\"")?;
    let end = field + page[field..].find('>')?;
    let value = field + page[field..end].find(EMPTY)?;
    let mut text_escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => text_escaped.push_str("&amp;"),
            '"' => text_escaped.push_str("&quot;"),
            '<' => text_escaped.push_str("&lt;"),
            '>' => text_escaped.push_str("&gt;"),
            _ => text_escaped.push(letter),
        }
    }
    let (before, after) = (&page[..value], &page[value + EMPTY.len()..]);
    Some(format!("{before} value=\"{text_escaped}\"{after}"))
}

/// Every other address that the front end draws.
pub(crate) async fn view(headers: HeaderMap) -> Response {
    assets::index(&headers).unwrap_or_else(not_built)
}

/// `GET /cast`
pub(crate) async fn cast(headers: HeaderMap) -> Response {
    with_policy(view(headers).await, CASTING_POLICY)
}

/// `GET /room`: opens a new one.
pub(crate) async fn room(headers: HeaderMap) -> Response {
    with_policy(view(headers).await, ROOM_POLICY)
}

/// A page with a content policy of its own.
pub(crate) fn with_policy(mut page: Response, policy: &'static str) -> Response {
    let policy = HeaderValue::from_static(policy);
    page.headers_mut()
        .insert(header::CONTENT_SECURITY_POLICY, policy);
    page
}

/// `GET /source`: the source of this very program (AGPL, section 13).
pub(crate) async fn source(State(web): State<Web>) -> Response {
    let address = &web.inner.settings.source_url;
    if let Ok(address) = HeaderValue::from_str(address)
        && !address.is_empty()
    {
        return (StatusCode::SEE_OTHER, [(header::LOCATION, address)]).into_response();
    }
    General::NoSource.into_response()
}

pub(crate) fn not_built() -> Response {
    General::PagesNotBuilt.into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_put_into_the_field_of_home_and_nowhere_else() {
        let page =
            "<a value=\"\"><input type=\"text\" name=\"text\" value=\"\" class=\"code\"/><p>";
        let filled = "<a value=\"\"><input type=\"text\" name=\"text\" \
            value=\"&quot;&gt;&lt;script&gt;&amp;\" class=\"code\"/><p>";
        assert_eq!(with_text(page, "\"><script>&").as_deref(), Some(filled));
        assert_eq!(with_text("<main></main>", "a"), None);
    }
}
