//! The documents that frame a service's own player, and the only ones that may ask another site for anything.
//!
//! A page loads one when the person has pressed its named button, and talks to it in messages. Such a document is of our
//! origin: the services' players refuse to work in one that hides where it is, as a sandbox without an origin does.

use axum::http::{HeaderValue, header};
use axum::response::{Html, IntoResponse, Response};

use crate::assets;
use crate::pages::not_built;

/// A service's player: what its document may ask for. The inventory names the same origins.
struct Player {
    title: &'static str,
    /// Its script is `assets/<script>-<hash>.js`.
    script: &'static str,
    scripts: &'static str,
    frames: &'static str,
}

/// The documented loader comes from the first origin and makes a frame of the second, which sets no cookie before
/// something is played.
const YOUTUBE: Player = Player {
    title: "YouTube",
    script: "embed-youtube",
    scripts: "https://www.youtube.com",
    frames: "https://www.youtube-nocookie.com",
};

/// `GET /embed/youtube`
pub(crate) async fn youtube() -> Response {
    document(&YOUTUBE)
}

fn document(player: &Player) -> Response {
    let Some(script) = assets::built(&format!("{}-", player.script), ".js") else {
        return with_policies(not_built(), player);
    };
    let html = format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<title>{}</title>\n\
         <meta name=\"robots\" content=\"noindex\">\n<script src=\"{script}\" defer></script>\n</head>\n\
         <body><div id=\"player\"></div></body>\n</html>\n",
        player.title,
    );
    with_policies(Html(html).into_response(), player)
}

fn with_policies(mut response: Response, player: &Player) -> Response {
    let Player {
        scripts, frames, ..
    } = player;
    let policy = format!(
        "default-src 'none'; script-src 'self' {scripts}; frame-src {frames}; base-uri 'none'; form-action 'none'; \
         frame-ancestors 'self'"
    );
    let permissions = format!(
        "autoplay=(self \"{frames}\"), encrypted-media=(self \"{frames}\"), fullscreen=(self \"{frames}\"), \
         microphone=(), camera=(), display-capture=(), geolocation=(), payment=(), usb=(), browsing-topics=()"
    );
    let headers = response.headers_mut();
    let text =
        |text: String| HeaderValue::try_from(text).expect("the parts are constants in ASCII");
    headers.insert(header::CONTENT_SECURITY_POLICY, text(policy));
    headers.insert("permissions-policy", text(permissions));
    // Players refuse to play for a site that does not say which it is; the path is nobody's business.
    headers.insert(
        header::REFERRER_POLICY,
        HeaderValue::from_static("strict-origin-when-cross-origin"),
    );
    // It names a script that the next release replaces.
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    response
}
