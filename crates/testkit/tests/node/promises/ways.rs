//! The way between people and a public server.

use testkit::TestApp;
use testkit::http::get;

use crate::pages::PATHS;

const PROBES: [&str; 3] = ["/healthz", "/readyz", "/metrics"];

/// Promises S45, T34, Y34: who comes in the clear is sent to the https address, whatever they wanted, and gets nothing else;
/// programs are refused, so that they notice.
#[tokio::test]
async fn a_public_server_answers_nobody_in_the_clear() {
    let app = TestApp::start_with(|settings| {
        settings.public_url = Some("https://u.example/".to_owned());
        settings.trusted_proxies = vec!["127.0.0.1/32".parse().unwrap()];
    })
    .await;
    let ask = async |path: &str, way: &str| {
        let headers = [
            ("host", "u.example"),
            ("x-forwarded-proto", way),
            ("x-forwarded-for", "203.0.113.9"),
        ];
        get(app.address(), path, &headers).await
    };
    for path in PATHS.into_iter().filter(|path| !PROBES.contains(path)) {
        let open = ask(path, "http").await;
        assert!(open.header("set-cookie").is_none(), "{path}");
        if path.starts_with("/api/") {
            assert_eq!(open.status, 403, "{path}");
            continue;
        }
        let there = format!("https://u.example{path}");
        assert_eq!(open.status, 307, "{path}");
        assert_eq!(open.header("location"), Some(there.as_str()));
        assert!(open.body.is_empty(), "{path}: {}", open.body);
    }
    assert_eq!(ask("/healthz", "http").await.status, 200);
    for path in ["/", "/privacy", "/api/v1/about"] {
        assert_eq!(ask(path, "https").await.status, 200, "{path}");
    }
    app.stop().await;
}
