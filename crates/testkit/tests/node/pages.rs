//! Pages, health, metrics, and the headers on all of them.

use std::collections::BTreeSet;

use testkit::TestApp;
use testkit::http::{exchange, get};

use crate::route_table::{route_of, routes};

/// Every route but the socket, which is asked for in another way, and what leads nowhere. The one that signs out comes late,
/// so that who goes through them as a member stays one.
pub(crate) const PATHS: [&str; 145] = [
    "/",
    "/cast",
    "/r/K7M4QX",
    "/gallery",
    "/sign-in",
    "/register",
    "/reset",
    "/account",
    "/setup",
    "/privacy",
    "/privacy/me",
    "/status",
    "/api/v1/status",
    "/f/secret",
    "/u/7k3m9qx2vr",
    "/admin",
    "/support",
    "/support/7k3m9qx2vr",
    "/contact",
    "/terms",
    "/source",
    "/favicon.ico",
    "/healthz",
    "/readyz",
    "/metrics",
    "/.well-known/gpc.json",
    "/.well-known/security.txt",
    "/.well-known/passkey-endpoints",
    "/api/v1/about",
    "/pages/main.css",
    "/embed/youtube",
    "/l",
    "/l/7k3m9qx2vr",
    "/l/7k3m9qx2vr/events",
    "/l/7k3m9qx2vr/corrections",
    "/l/7k3m9qx2vr/tracks",
    "/l/7k3m9qx2vr/card.jpg",
    "/share",
    "/oembed",
    "/problems/podcast",
    "/problems/wrong-code",
    "/api/v1/links",
    "/api/v1/tracks",
    "/api/v1/links/7k3m9qx2vr",
    "/api/v1/links/7k3m9qx2vr/events",
    "/api/v1/links/7k3m9qx2vr/art",
    "/api/v1/links/7k3m9qx2vr/tracks",
    "/api/v1/links/7k3m9qx2vr/corrections",
    "/api/v1/links/7k3m9qx2vr/corrections/deezer",
    "/room",
    "/rooms",
    "/rooms/card.jpg",
    "/api/v1/rooms",
    "/api/v1/rooms/K7M4QX/list",
    "/api/v1/rooms/K7M4QX/password",
    "/blog",
    "/blog/hello",
    "/blog/feed.xml",
    "/pricing",
    "/account/plan",
    "/account/plan/done",
    "/account/plan/cancel",
    "/account/plan/keep",
    "/account/plan/buy",
    "/account/plan/pages",
    "/api/v1/payments/webhook",
    "/support/7k3m9qx2vr/delete",
    "/admin/account",
    "/admin/account/act",
    "/admin/invite",
    "/admin/look",
    "/privacy/me/code",
    "/privacy/me/copy",
    "/privacy/me/leave",
    "/privacy/me/stay",
    "/privacy/me/erase",
    "/privacy/me/correct",
    "/privacy/me/restrict",
    "/privacy/me/object",
    "/privacy/me/consent",
    "/privacy/me/grant",
    "/privacy/me/grant/revoke",
    "/privacy/me/ask",
    "/privacy/me/ask/code",
    "/api/v1/privacy/guest",
    "/api/v1/privacy/guest/copy",
    "/privacy/seen",
    "/api/v1/privacy/notice",
    "/api/v1/privacy/notice/seen",
    "/privacy/me/bring",
    "/api/v1/account/terms",
    "/api/v1/account/proof-of-work",
    "/api/v1/account/register",
    "/api/v1/account/register/verify",
    "/api/v1/account/sign-in",
    "/api/v1/account/sign-in/factor",
    "/api/v1/account/sign-in/code",
    "/api/v1/account/sign-in/code/verify",
    "/api/v1/account/reset",
    "/api/v1/account/reset/complete",
    "/api/v1/account/setup",
    "/settings",
    "/.well-known/change-password",
    "/api/v1/account/sign-in/passkey",
    "/api/v1/account/sign-in/passkey/verify",
    "/api/v1/account/prove/passkey",
    "/api/v1/account/passkeys",
    "/api/v1/account/passkeys/verify",
    "/api/v1/account/passkeys/7k3m9qx2vr",
    "/auth/google",
    "/auth/callback/google",
    "/auth/telegram-widget/link",
    "/api/v1/account/upstreams",
    "/api/v1/account/upstreams/agree",
    "/api/v1/account/identities",
    "/api/v1/account/identities/google",
    "/api/v1/account",
    "/api/v1/account/copy",
    "/api/v1/account/stay",
    "/api/v1/account/prove",
    "/api/v1/account/prove/code",
    "/api/v1/account/password",
    "/api/v1/account/email",
    "/api/v1/account/email/verify",
    "/api/v1/account/totp",
    "/api/v1/account/totp/verify",
    "/api/v1/account/recovery-codes",
    "/api/v1/account/sessions",
    "/api/v1/account/sessions/7k3m9qx2vr",
    "/api/v1/account/events",
    "/api/v1/account/history",
    "/api/v1/account/devices",
    "/api/v1/account/rooms",
    "/api/v1/account/rooms/7k3m9qx2vr",
    "/api/v1/account/follows",
    "/api/v1/account/follows/host",
    "/api/v1/account/follows/7k3m9qx2vr",
    "/api/v1/account/follows/7k3m9qx2vr/mails",
    "/api/v1/account/hosting",
    "/api/v1/account/notices",
    "/api/v1/account/notices/seen",
    "/api/v1/account/avatar",
    "/avatars/7k3m9qx2vr",
    "/api/v1/account/sign-out",
    "/nowhere",
];
/// Those that are there only where the operator has chosen them; tests of their own look at them.
const CHOSEN: [&str; 3] = ["/embed/spotify", "/embed/spotify/back", "/embed/turnstile"];
const SOCKET: &str = "/api/v1/socket";

/// A new route must be listed here, so that it is looked at like the others; one that is gone must not.
#[test]
fn every_route_is_known_to_these_tests() {
    let routes = routes();
    let listed = PATHS.iter().chain(&CHOSEN).chain([&SOCKET]);
    let listed = listed.filter_map(|path| route_of(&routes, path));
    let listed: BTreeSet<&str> = listed.map(|route| route.path.as_str()).collect();
    let there = routes.iter().map(|route| route.path.as_str()).collect();
    assert_eq!(listed, there);
    let mut strays = PATHS.to_vec();
    strays.retain(|path| route_of(&routes, path).is_none());
    assert_eq!(strays, ["/nowhere"]);
}

/// Promises T3, S29: a guest gets no cookie, from any route; one that is taken away is none. Promise S20: nothing from elsewhere, but for the frames of
/// players, which tests of their own look at.
#[tokio::test]
async fn no_answer_sets_a_cookie_or_allows_another_origin() {
    let app = TestApp::start().await;
    for path in PATHS {
        let answer = get(app.address(), path, &[("accept", "text/html")]).await;
        let mut set = answer.headers.iter();
        let is_kept = |line: &String| line.starts_with("set-cookie:") && !line.ends_with("=0");
        assert!(!set.any(is_kept), "{path}");
        assert!(
            answer.header("access-control-allow-origin").is_none(),
            "{path}"
        );
        if path.starts_with("/embed/") {
            continue;
        }
        let policy = answer.header("content-security-policy").expect(path);
        assert!(!policy.contains("unsafe"), "{path}: {policy}");
        let scripts = policy
            .split("; ")
            .find(|part| part.starts_with("script-src"));
        assert_eq!(scripts, Some("script-src 'self'"), "{path}");
        let foreign: Vec<&str> = policy
            .split([' ', ';'])
            .filter(|word| word.starts_with("http"))
            .collect();
        let allowed: &[&str] = match path {
            "/cast" => &["https:", "http:"],
            "/room" | "/r/K7M4QX" => &["https:"],
            _ => &[],
        };
        assert_eq!(foreign, allowed, "{path}: {policy}");
        let media = policy
            .split("; ")
            .find(|part| part.starts_with("media-src"));
        assert!(
            foreign.is_empty() || media.is_some_and(|part| part.ends_with(&foreign.join(" "))),
            "only sound comes from elsewhere: {path}: {policy}"
        );
        assert_eq!(answer.header("x-content-type-options"), Some("nosniff"));
        assert_eq!(answer.header("referrer-policy"), Some("no-referrer"));
    }
}

/// RFC 9110, section 15.5.2: a 401 says how to sign in. None says it by a scheme for which browsers ask for a password.
#[tokio::test]
async fn who_is_not_signed_in_is_told_how_and_is_asked_for_no_password() {
    let app = TestApp::start().await;
    let mut refused = 0;
    for path in PATHS {
        let answer = get(app.address(), path, &[]).await;
        let challenge = answer.header("www-authenticate");
        assert_eq!(challenge.is_some(), answer.status == 401, "{path}");
        if let Some(challenge) = challenge {
            let known = ["Cookie realm=\"unisono\"", "Bearer"];
            assert!(known.contains(&challenge), "{path}: {challenge}");
            refused += 1;
        }
    }
    assert!(refused > 9, "{refused}");
}

#[tokio::test]
async fn there_is_an_icon_for_who_has_read_no_page() {
    let app = TestApp::start().await;
    let icon = get(app.address(), "/favicon.ico", &[]).await;
    let kind = icon.header("content-type");
    assert_eq!((icon.status, kind), (200, Some("image/png")));
}

#[tokio::test]
async fn unknown_addresses_are_404_for_people_and_programs() {
    let app = TestApp::start().await;
    let person = get(app.address(), "/nowhere", &[("accept", "text/html")]).await;
    let program = get(app.address(), "/api/v1/nowhere", &[]).await;
    assert_eq!((person.status, program.status), (404, 404));
    assert_eq!(
        program.header("content-type"),
        Some("application/problem+json")
    );
}

#[tokio::test]
async fn a_foreign_name_is_not_answered() {
    let app = TestApp::start().await;
    let answer = get(app.address(), "/", &[("host", "evil.example")]).await;
    assert_eq!(answer.status, 421);
    assert!(answer.body.contains("UNISONO_PUBLIC_URL"));
}

#[tokio::test]
async fn metrics_are_for_this_machine() {
    let proxied = |settings: &mut unisono::Settings| {
        settings.trusted_proxies = vec!["127.0.0.1/32".parse().unwrap()];
    };
    let own = TestApp::start().await;
    let answer = get(own.address(), "/metrics", &[]).await;
    assert!(answer.body.contains("unisono_sockets 0"));
    // A proxy on this machine that is set up by halves.
    for mark in ["x-real-ip", "x-forwarded-host", "cf-connecting-ip"] {
        let answer = get(own.address(), "/metrics", &[(mark, "203.0.113.9")]).await;
        assert_eq!(answer.status, 403, "{mark}");
    }
    let behind_proxy = TestApp::start_with(proxied).await;
    let answer = get(
        behind_proxy.address(),
        "/metrics",
        &[("x-forwarded-for", "203.0.113.9")],
    )
    .await;
    assert_eq!(answer.status, 403);
}

/// Promise T20: who asks not to be tracked is not even counted.
#[tokio::test]
async fn a_visitor_who_objects_is_not_counted() {
    let app = TestApp::start().await;
    let counted = async || {
        let quietly = [("dnt", "1")];
        let text = get(app.address(), "/metrics", &quietly).await.body;
        let line = text
            .lines()
            .find(|line| line.contains("class=\"2xx\""))
            .map(str::to_owned);
        line.and_then(|line| line.rsplit(' ').next()?.parse::<u64>().ok())
            .unwrap_or(0)
    };
    get(app.address(), "/healthz", &[]).await;
    let before = counted().await;
    for signal in ["sec-gpc", "dnt"] {
        get(app.address(), "/healthz", &[(signal, "1")]).await;
    }
    assert_eq!((before, counted().await), (1, 1));
    get(app.address(), "/healthz", &[("dnt", "0")]).await;
    assert_eq!(counted().await, 2);
    let declared = get(app.address(), "/.well-known/gpc.json", &[]).await;
    assert!(declared.body.contains("\"gpc\":true"), "{}", declared.body);
}

#[tokio::test]
async fn the_source_is_offered_to_everybody() {
    let app = TestApp::start().await;
    let answer = get(app.address(), "/source", &[]).await;
    assert_eq!(answer.status, 404);
    assert!(
        answer.body.contains("/problems/no-source"),
        "{}",
        answer.body
    );
    for (language, words) in [
        ("en", "owes you the source"),
        ("ru", "обязан дать вам исходный код"),
        ("ar", "أن يعطيك الشيفرة المصدرية"),
    ] {
        let path = format!("/source?lang={language}");
        let page = get(app.address(), &path, &[("accept", "text/html")]).await;
        for part in [words, "UNISONO_SOURCE_URL", "UNI-"] {
            assert!(page.body.contains(part), "{part}: {}", page.body);
        }
    }
    let address = "https://source.example/unisono";
    let app = TestApp::start_with(|settings| settings.source_url = address.to_owned()).await;
    let answer = get(app.address(), "/source", &[]).await;
    assert_eq!(
        (answer.status, answer.header("location")),
        (303, Some(address))
    );
}

#[tokio::test]
async fn the_opener_policy_is_sent_where_browsers_take_it() {
    let app = TestApp::start().await;
    let policy = async |host: &str| {
        let answer = get(app.address(), "/", &[("host", host)]).await;
        answer
            .header("cross-origin-opener-policy")
            .map(str::to_owned)
    };
    assert_eq!(policy("localhost").await.as_deref(), Some("same-origin"));
    assert_eq!(policy("192.168.1.20").await, None);
}

#[tokio::test]
async fn every_answer_of_text_says_how_it_is_written() {
    let app = TestApp::start().await;
    for path in PATHS {
        let answer = get(app.address(), path, &[("accept", "text/html")]).await;
        if answer.body.is_empty() {
            continue;
        }
        let kind = answer.header("content-type").expect(path);
        let is_text =
            kind.starts_with("text/") || kind.contains("xml") || kind.contains("javascript");
        assert!(
            !is_text || kind.to_lowercase().contains("charset=utf-8"),
            "{path}: {kind}"
        );
    }
}

#[tokio::test]
async fn browsers_are_told_to_stay_on_https() {
    let app = TestApp::start_with(|settings| {
        settings.public_url = Some("https://u.example".to_owned());
        settings.trusted_proxies = vec!["127.0.0.1/32".parse().unwrap()];
    })
    .await;
    let policy = async |path: &str, host: &str, way: &str| {
        let headers = [("host", host), ("x-forwarded-proto", way)];
        let answer = get(app.address(), path, &headers).await;
        answer
            .header("strict-transport-security")
            .map(str::to_owned)
    };
    for path in ["/", "/api/v1/about", "/nowhere", "/api/v1/account"] {
        let told = policy(path, "u.example", "https").await.expect(path);
        assert_eq!(told, "max-age=63072000; includeSubDomains");
    }
    assert_eq!(
        policy("/", "u.example", "http").await,
        None,
        "browsers do not hear it there"
    );
    assert_eq!(
        policy("/", "localhost", "https").await,
        None,
        "other programs live there too"
    );
}

#[tokio::test]
async fn no_address_answers_trace() {
    let app = TestApp::start().await;
    for path in ["/", "/nowhere", "/healthz", "/api/v1/account"] {
        let request = format!(
            "TRACE {path} HTTP/1.1\r\nhost: {}\r\nx-canary: canary\r\nconnection: close\r\n\r\n",
            app.address()
        );
        let answer = exchange(app.address(), request.as_bytes()).await;
        assert!(answer.status >= 400, "{path}: {}", answer.status);
        assert!(!answer.body.contains("canary"), "{path}");
    }
}

/// Promise S47
#[tokio::test]
async fn whom_to_tell_of_a_weakness_stands_at_its_place_with_a_date() {
    let app = TestApp::start().await;
    let nobody = get(app.address(), "/.well-known/security.txt", &[]).await;
    assert_eq!(nobody.status, 404);
    assert!(nobody.body.contains("UNISONO_SECURITY_CONTACT"));
    let app = TestApp::start_with(|settings| {
        settings.public_url = Some("https://u.example/".to_owned());
        settings.security_contact = "mailto:security@u.example".to_owned();
    })
    .await;
    let answer = get(
        app.address(),
        "/.well-known/security.txt",
        &[("host", "u.example")],
    )
    .await;
    let lines: Vec<&str> = answer.body.lines().collect();
    assert_eq!(lines[0], "Contact: mailto:security@u.example");
    assert_eq!(
        lines[1], "Expires: 2027-02-20T00:00:00Z",
        "ninety days after the clock's day"
    );
    assert_eq!(
        lines[3],
        "Canonical: https://u.example/.well-known/security.txt"
    );
}

#[tokio::test]
async fn password_managers_find_where_passwords_and_passkeys_are_changed() {
    let app = TestApp::start_with(|settings| {
        settings.public_url = Some("https://u.example".to_owned());
    })
    .await;
    let host = [("host", "u.example")];
    let change = get(app.address(), "/.well-known/change-password", &host).await;
    assert_eq!(
        (change.status, change.header("location")),
        (303, Some("/account#password"))
    );
    let settings = get(app.address(), "/settings", &host).await;
    assert_eq!(settings.header("location"), Some("/account"));
    let places = get(app.address(), "/.well-known/passkey-endpoints", &host).await;
    let places: serde_json::Value = serde_json::from_str(&places.body).unwrap();
    assert_eq!(places["enroll"], "https://u.example/account#passkeys");
    assert_eq!(places["manage"], places["enroll"]);
    let app = TestApp::start().await;
    let bare = get(
        app.address(),
        "/.well-known/passkey-endpoints",
        &[("host", "192.168.1.20")],
    )
    .await;
    assert_eq!(bare.status, 404, "browsers make none at a bare address");
}
