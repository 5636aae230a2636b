//! The documents around players of others: what they may ask for, and that no other page may.

use store::inventory;
use testkit::TestApp;
use testkit::http::{Answer, get};
use testkit::turnstile::Turnstile;

use crate::pages::PATHS;

fn directive<'a>(answer: &'a Answer, name: &str) -> Vec<&'a str> {
    let policy = answer.header("content-security-policy").unwrap();
    let found = policy.split("; ").find_map(|part| part.strip_prefix(name));
    found.map_or_else(Vec::new, |sources| sources.split_whitespace().collect())
}

const CLIENT_ID: &str = "0123456789abcdef0123456789abcdef";

/// A node whose operator has an application of their own at Spotify.
async fn with_spotify() -> TestApp {
    TestApp::start_with(|settings| settings.players.spotify_client_id = CLIENT_ID.to_owned()).await
}

/// Promise Y41: what the person is asked about is what the browser then allows, and no more.
#[tokio::test]
async fn the_frame_of_a_player_names_the_hosts_of_the_inventory_and_no_others() {
    let check = Turnstile::start().await;
    let app = TestApp::start_with(|settings| {
        settings.players.spotify_client_id = CLIENT_ID.to_owned();
        check.serve_node(settings);
    })
    .await;
    for (service, embed) in &inventory().embed {
        let answer = get(app.address(), &format!("/embed/{service}"), &[]).await;
        let scripts = directive(&answer, "script-src");
        assert_eq!(scripts[0], "'self'", "{service}");
        assert_eq!(scripts[1..], embed.scripts, "{service}");
        assert_eq!(directive(&answer, "frame-src"), embed.frames, "{service}");
        let connects = directive(&answer, "connect-src");
        let asked: &[&str] = if connects == ["'none'"] {
            &[]
        } else {
            &connects
        };
        assert_eq!(asked, embed.connects, "{service}");
        assert_eq!(directive(&answer, "default-src"), ["'none'"], "{service}");
        assert_eq!(
            directive(&answer, "frame-ancestors"),
            ["'self'"],
            "{service}"
        );
        let policy = answer.header("content-security-policy").unwrap();
        assert_eq!(
            policy.matches("https:").count(),
            embed.scripts.len() + embed.frames.len() + embed.connects.len(),
            "{policy}"
        );
        assert!(!policy.contains("unsafe"), "{policy}");
    }
}

#[tokio::test]
async fn the_frame_says_where_it_is_keeps_nothing_and_is_asked_for_anew() {
    let app = TestApp::start().await;
    let answer = get(app.address(), "/embed/youtube", &[]).await;
    let named = |name| answer.header(name);
    assert_eq!(
        named("referrer-policy"),
        Some("strict-origin-when-cross-origin")
    );
    assert_eq!(named("cache-control"), Some("no-cache"));
    assert_eq!(named("set-cookie"), None);
    let allowed = named("permissions-policy").unwrap();
    assert!(
        allowed.contains("autoplay=(self \"https://www.youtube-nocookie.com\")"),
        "{allowed}"
    );
}

/// Promise S20: a page reaches no other host, and shows frames of this server only.
#[tokio::test]
async fn no_page_names_the_host_of_a_player() {
    let app = with_spotify().await;
    let hosts: Vec<&String> = inventory()
        .embed
        .values()
        .flat_map(|embed| [&embed.scripts, &embed.frames, &embed.connects])
        .flatten()
        .collect();
    assert!(!hosts.is_empty());
    for path in PATHS.iter().filter(|path| !path.starts_with("/embed/")) {
        let answer = get(app.address(), path, &[("accept", "text/html")]).await;
        let policy = answer.header("content-security-policy").unwrap();
        assert!(
            !hosts.iter().any(|host| policy.contains(host.as_str())),
            "{path}"
        );
        assert_eq!(directive(&answer, "frame-src"), ["'self'"], "{path}");
        assert_eq!(directive(&answer, "frame-ancestors"), ["'none'"], "{path}");
    }
}

#[tokio::test]
async fn without_the_operators_word_there_is_no_spotify_player() {
    let app = TestApp::start().await;
    for path in ["/embed/spotify", "/embed/spotify/back"] {
        let answer = get(app.address(), path, &[]).await;
        assert_eq!(answer.status, 404, "{path}");
        let policy = answer.header("content-security-policy").unwrap();
        assert!(!policy.contains("https:"), "{path}: {policy}");
    }
    let about = get(app.address(), "/api/v1/about", &[]).await;
    assert!(about.body.contains("\"players\":[\"youtube\"]"));
}

#[tokio::test]
async fn with_it_the_frame_knows_the_client_and_neither_page_keeps_anything() {
    let app = with_spotify().await;
    let about = get(app.address(), "/api/v1/about", &[]).await;
    assert!(about.body.contains("\"players\":[\"youtube\",\"spotify\"]"));
    let frame = get(app.address(), "/embed/spotify", &[]).await;
    assert_eq!(frame.header("set-cookie"), None);
    assert_eq!(frame.header("cache-control"), Some("no-cache"));
    let back = get(app.address(), "/embed/spotify/back?code=c&state=s", &[]).await;
    assert_eq!(back.header("set-cookie"), None);
    assert_eq!(back.header("referrer-policy"), Some("no-referrer"));
    if frame.status == 503 {
        // The front end is not built here.
        return;
    }
    assert!(frame.body.contains(CLIENT_ID));
    assert_eq!(back.header("cache-control"), Some("no-store"));
    assert_eq!(directive(&back, "default-src"), ["'none'"]);
    assert_eq!(directive(&back, "script-src"), ["'self'"]);
    assert_eq!(directive(&back, "frame-ancestors"), ["'none'"]);
    assert!(!back.body.contains("code=c"));
}
