//! Pages, health, metrics, and the headers on all of them.

use std::path::Path;

use testkit::TestApp;
use testkit::http::get;

pub(crate) const PATHS: [&str; 42] = [
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
    "/source",
    "/healthz",
    "/readyz",
    "/metrics",
    "/.well-known/gpc.json",
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
    "/nowhere",
];

/// A new route must be listed here, so that it is looked at like the others.
#[test]
fn every_route_is_known_to_these_tests() {
    let sources = Path::new(env!("CARGO_MANIFEST_DIR")).join("../web/src");
    let source = ["lib.rs", "links/mod.rs", "rooms/mod.rs"]
        .map(|file| std::fs::read_to_string(sources.join(file)).unwrap())
        .concat()
        .replace("(\n            \"", "(\"");
    let routes = source
        .split(".route(\"")
        .skip(1)
        .filter_map(|rest| rest.split('"').next());
    for route in routes {
        let names = [
            ("{code}", "K7M4QX"),
            ("{id}", "7k3m9qx2vr"),
            ("{file}", "main.css"),
            ("{name}", "podcast"),
            ("{platform}", "deezer"),
        ];
        let path = names.iter().fold(route.to_owned(), |path, (name, value)| {
            path.replace(name, value)
        });
        let is_socket = path == "/api/v1/socket";
        assert!(
            is_socket || PATHS.contains(&path.as_str()),
            "{route} is not in PATHS"
        );
    }
}

/// Promises T3, S29: a guest gets no cookie, from any route. Promise S20: nothing from elsewhere, but for the frames of
/// players, which tests of their own look at.
#[tokio::test]
async fn no_answer_sets_a_cookie_or_allows_another_origin() {
    let app = TestApp::start().await;
    for path in PATHS {
        let answer = get(app.address(), path, &[("accept", "text/html")]).await;
        assert!(answer.header("set-cookie").is_none(), "{path}");
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
    assert!(
        answer.body.contains("UNISONO_SOURCE_URL"),
        "{}",
        answer.body
    );
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
