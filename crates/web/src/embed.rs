//! The documents that frame a service's own player, and the only ones that may ask another site for anything.
//!
//! A page loads one when the person has pressed its named button, and talks to it in messages. Such a document is of our
//! origin: the services' players refuse to work in one that hides where it is, as a sandbox without an origin does.

use axum::Router;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::get;

use crate::accounts::session_of;
use crate::pages::not_built;
use crate::texts::wished;
use crate::{Settings, Web, assets};

/// A service's player: what its document may ask for. The inventory names the same origins.
struct Player {
    title: &'static str,
    /// Its script is `assets/<script>-<hash>.js`.
    script: &'static str,
    scripts: &'static str,
    frames: &'static str,
    /// What its script may ask itself; `'none'` for nothing.
    connects: &'static str,
    /// Whether it plays something, and may sound and fill the screen for that.
    plays: bool,
}

/// The documented loader comes from the first origin and makes a frame of the second, which sets no cookie before
/// something is played.
const YOUTUBE: Player = Player {
    title: "YouTube",
    script: "embed-youtube",
    scripts: "https://www.youtube.com",
    frames: "https://www.youtube-nocookie.com",
    connects: "'none'",
    plays: true,
};

/// The documented script makes a frame of the same origin, and what plays is in there. Ours asks who the person is and
/// tells the player what to play.
const SPOTIFY: Player = Player {
    title: "Spotify",
    script: "embed-spotify",
    scripts: "https://sdk.scdn.co",
    frames: "https://sdk.scdn.co",
    connects: "https://api.spotify.com https://accounts.spotify.com",
    plays: true,
};

/// The check against robots, in a frame of its own like the players: the page with the form stays as strict as all others.
const TURNSTILE: Player = Player {
    title: "Turnstile",
    script: "embed-turnstile",
    scripts: "https://challenges.cloudflare.com",
    frames: "https://challenges.cloudflare.com",
    connects: "'none'",
    plays: false,
};

/// What the check is called at our doors.
pub(crate) const CHECK: &str = "turnstile";

/// What a person comes back to from signing in at Spotify. It asks nobody for anything.
const BACK_POLICY: &str = "default-src 'none'; script-src 'self'; base-uri 'none'; form-action 'none'; \
    frame-ancestors 'none'";

/// The services whose player rooms have here.
pub(crate) fn offered(settings: &Settings) -> Vec<&'static str> {
    if settings.spotify_client_id.is_empty() {
        vec!["youtube"]
    } else {
        vec!["youtube", "spotify"]
    }
}

/// The routes that are there only where the operator has chosen them.
pub(crate) fn chosen(web: &Web) -> Router<Web> {
    let mut router = Router::new();
    if !web.inner.settings.spotify_client_id.is_empty() {
        router = router
            .route("/embed/spotify", get(spotify))
            .route("/embed/spotify/back", get(spotify_back));
    }
    if web.inner.app.check_site_key().is_some() {
        router = router.route("/embed/turnstile", get(turnstile));
    }
    router
}

/// `GET /embed/youtube`
pub(crate) async fn youtube(State(web): State<Web>, headers: HeaderMap) -> Response {
    match refused(&web, &headers, "youtube").await {
        Some(refusal) => with_policies(refusal, &YOUTUBE),
        None => document(&YOUTUBE, ""),
    }
}

/// `GET /embed/spotify`
async fn spotify(State(web): State<Web>, headers: HeaderMap) -> Response {
    if let Some(refusal) = refused(&web, &headers, "spotify").await {
        return with_policies(refusal, &SPOTIFY);
    }
    // Letters and digits only, as the settings are checked.
    document(&SPOTIFY, &web.inner.settings.spotify_client_id)
}

/// `GET /embed/turnstile`
async fn turnstile(State(web): State<Web>) -> Response {
    // Letters, digits and dashes only, as the settings are checked.
    let key = web.inner.app.check_site_key().unwrap_or_default();
    document(&TURNSTILE, key)
}

/// `GET /embed/spotify/back`: hands what Spotify answered to the frame that asked. It is not looked at here.
async fn spotify_back(headers: HeaderMap) -> Response {
    let Some(script) = assets::built("back-spotify-", ".js") else {
        return not_built();
    };
    let language = wished(&headers);
    let html = format!(
        "<!doctype html>\n<html lang=\"{}\" dir=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n<title>Spotify</title>\n\
         <meta name=\"robots\" content=\"noindex\">\n<script src=\"{script}\" defer></script>\n</head>\n\
         <body><p>{}</p></body>\n</html>\n",
        language.tag(),
        language.direction(),
        language.say("rooms-window-done"),
    );
    let mut response = Html(html).into_response();
    let headers = response.headers_mut();
    headers.insert(
        header::CONTENT_SECURITY_POLICY,
        HeaderValue::from_static(BACK_POLICY),
    );
    // The address of it holds a code.
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(
        header::VARY,
        HeaderValue::from_static("accept-encoding, accept-language"),
    );
    response
}

/// Says no to a member who has refused this player.
async fn refused(web: &Web, headers: &HeaderMap, name: &str) -> Option<Response> {
    let session = session_of(web, headers).await.ok()??;
    if !web.inner.app.refuses_player(&session, name).await {
        return None;
    }
    let language = wished(headers);
    let html = format!(
        "<!doctype html>\n<html lang=\"{}\" dir=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n<title>Unisono</title>\n\
         <meta name=\"robots\" content=\"noindex\">\n</head>\n<body><p>{}</p></body>\n</html>\n",
        language.tag(),
        language.direction(),
        language.say("centre-player-refused"),
    );
    Some((StatusCode::FORBIDDEN, Html(html)).into_response())
}

fn document(player: &Player, client: &str) -> Response {
    let Some(script) = assets::built(&format!("{}-", player.script), ".js") else {
        return with_policies(not_built(), player);
    };
    let html = format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<title>{}</title>\n\
         <meta name=\"robots\" content=\"noindex\">\n<script src=\"{script}\" defer></script>\n</head>\n\
         <body data-client=\"{client}\"><div id=\"player\"></div></body>\n</html>\n",
        player.title,
    );
    with_policies(Html(html).into_response(), player)
}

fn with_policies(mut response: Response, player: &Player) -> Response {
    let Player {
        scripts,
        frames,
        connects,
        plays,
        ..
    } = player;
    let policy = format!(
        "default-src 'none'; script-src 'self' {scripts}; frame-src {frames}; connect-src {connects}; base-uri 'none'; form-action 'none'; \
         frame-ancestors 'self'"
    );
    let own = match plays {
        true => format!("(self \"{frames}\")"),
        false => "()".to_owned(),
    };
    let permissions = format!(
        "autoplay={own}, encrypted-media={own}, fullscreen={own}, \
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
