//! Short links: a token of the platform's own, and a redirect. Some tokens lead where no short link may.

use super::catalogue::Catalogue;
use super::exchange::{Ask, Reply};

/// A token `loopback` and so on: what hides behind it.
const TRAPS: &[(&str, &str)] = &[
    ("loopback", "http://127.0.0.1/secret"),
    ("loopback6", "http://[::1]/secret"),
    ("private", "https://10.0.0.1/secret"),
    ("metadata", "http://169.254.169.254/latest/meta-data"),
    ("foreign", "https://evil.example/track/1"),
    (
        "lookalike",
        "https://open.spotify.com.evil.example/track/0aTiUssEOy0Mt69bsavj6K",
    ),
    (
        "userinfo",
        "https://open.spotify.com@evil.example/track/0aTiUssEOy0Mt69bsavj6K",
    ),
    ("file", "file:///etc/passwd"),
];

/// `spotify.link/{id}`, `link.deezer.com/s/{id}` and the like lead to the track with that id.
pub(super) fn answer(ask: &Ask, _: &Catalogue) -> Reply {
    let parts = ask.parts();
    let Some(token) = parts.last() else {
        return Reply::text(404, "text/html", "<html>not found</html>");
    };
    if let Some((_, target)) = TRAPS.iter().find(|(name, _)| name == token) {
        return Reply::redirect(target);
    }
    let host = &ask.host;
    match *token {
        "loop" => Reply::redirect(&format!("https://{host}{}", ask.path)),
        "nowhere" => Reply::text(404, "text/html", "<html>not found</html>"),
        "page" => Reply::text(200, "text/html", "<html>open the app</html>"),
        _ => match token
            .strip_prefix("chain")
            .and_then(|rest| rest.parse::<u32>().ok())
        {
            Some(steps) => Reply::redirect(&format!("https://{host}/{}", chained(steps))),
            None => Reply::redirect(&target(host, token)),
        },
    }
}

/// `chain3` takes three more redirects to nowhere.
fn chained(steps: u32) -> String {
    match steps.checked_sub(1) {
        Some(left) => format!("chain{left}"),
        None => "nowhere".to_owned(),
    }
}

fn target(host: &str, token: &str) -> String {
    match host {
        "link.deezer.com" => {
            let target = format!(
                "https%3A%2F%2Fwww.deezer.com%2Ftrack%2F{token}%3Fhost%3D0%26utm_source%3Ddeezer"
            );
            format!("https://www.deezer.com/open_app?page=track&dest={target}")
        }
        "deezer.page.link" | "dzr.page.link" => {
            format!("https://www.deezer.com/track/{token}?utm_source=deezer")
        }
        "on.soundcloud.com" | "soundcloud.app.goo.gl" => {
            let path = token.replacen('_', "/", 1);
            format!("https://soundcloud.com/{path}?ref=clipboard&utm_medium=text")
        }
        _ => format!("https://open.spotify.com/track/{token}?si=0123456789abcdef"),
    }
}

/// A page for people, where a redirect may end.
pub(super) fn page(_: &Ask, _: &Catalogue) -> Reply {
    Reply::text(
        200,
        "text/html",
        "<html><body>a page for people</body></html>",
    )
}
