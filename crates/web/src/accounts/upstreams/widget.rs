//! The page of Telegram's older widget: the one page of accounts with a script of another site, shown only to who has just
//! asked for it, and only where the operator has switched it on.

use app::AccountRefusal;
use axum::http::{HeaderValue, header};
use axum::response::{Html, IntoResponse, Response};
use base::Secret;

use crate::Web;
use crate::accounts::Asking;
use crate::problem::General;

/// The script makes a frame of the second origin, and sends the browser to our own address once the person agreed there.
const POLICY: &str = "default-src 'none'; script-src https://telegram.org; frame-src https://oauth.telegram.org; \
    style-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// Where the page is for who links the widget to their account.
pub(super) fn address(state: &Secret<String>) -> String {
    format!("/auth/telegram-widget/link?state={}", state.expose())
}

/// The page, whose widget brings the browser back to `back_to` with `state`.
pub(super) fn page(web: &Web, asking: &Asking, back_to: &str, state: &Secret<String>) -> Response {
    let is_state = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    let Some(bot) = web.inner.app.widget_bot() else {
        return General::NothingHere.into_response();
    };
    if !state.expose().bytes().all(is_state) {
        return asking.refuse(AccountRefusal::TicketOver).into_response();
    }
    let language = asking.language;
    let (tag, state) = (language.tag(), state.expose());
    let title = language.say("account-upstream-widget");
    // The bot's name is letters and digits, as the settings are checked; the origin is a host that is ours.
    let html = format!(
        "<!doctype html>\n<html lang=\"{tag}\" dir=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width\">\n<meta name=\"robots\" content=\"noindex\">\n\
         <title>Telegram</title>\n</head>\n<body><main><h1>{title}</h1>\n\
         <script async src=\"https://telegram.org/js/telegram-widget.js?22\" data-telegram-login=\"{bot}\" \
         data-size=\"large\" data-auth-url=\"{back_to}?state={state}\"></script>\n\
         <p><a href=\"/sign-in\">{}</a></p></main></body>\n</html>\n",
        language.direction(),
        language.say("account-upstream-back"),
    );
    let mut response = Html(html).into_response();
    let headers = response.headers_mut();
    headers.insert(
        header::CONTENT_SECURITY_POLICY,
        HeaderValue::from_static(POLICY),
    );
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}
