//! Requests that no page of this server sends.

use testkit::providers::Fault;

use super::*;

#[tokio::test]
async fn another_site_cannot_ask_in_the_name_of_its_visitors() {
    let stage = Stage::new().await;
    let id = stage.page().await["id"].as_str().unwrap().to_owned();
    let body = serde_json::json!({ "text": stage.link() }).to_string();
    let line = "POST /api/v1/links";
    let plain = [("content-type", "text/plain")];
    let answer = send(stage.address(), line, &plain, &body).await;
    assert_eq!(kind_of(&answer), (415, "not-json".to_owned()));
    for foreign in [
        ("origin", "https://evil.example"),
        ("sec-fetch-site", "cross-site"),
    ] {
        let answer = send(stage.address(), line, &[JSON, foreign], &body).await;
        assert_eq!(kind_of(&answer), (403, "foreign".to_owned()), "{foreign:?}");
        for path in [
            format!("/l/{id}/events"),
            format!("/api/v1/links/{id}/events"),
        ] {
            let answer = get(stage.address(), &path, &[foreign]).await;
            assert_eq!(answer.status, 403, "{path} {foreign:?}");
        }
    }
    let own = [JSON, ("sec-fetch-site", "same-origin")];
    let answer = send(stage.address(), line, &own, &body).await;
    assert_eq!(answer.status, 200, "{}", answer.body);
}

#[tokio::test]
async fn a_body_that_never_ends_is_given_up() {
    let stage = Stage::new().await;
    for (path, kind) in [
        ("/api/v1/links", "application/json"),
        ("/l", "application/x-www-form-urlencoded"),
    ] {
        let address = stage.address();
        let request = format!(
            "POST {path} HTTP/1.1\r\nhost: {address}\r\ncontent-type: {kind}\r\ncontent-length: 100\r\n\r\ntext="
        );
        let answer = exchange(address, request.as_bytes()).await;
        assert_eq!(answer.status, 408, "{path}: {}", answer.body);
    }
}

#[tokio::test]
async fn addresses_that_cannot_be_read_are_refused_like_others() {
    let stage = Stage::new().await;
    for path in ["/l?text=a&text=b", "/share?text=a&text=b"] {
        let answer = stage.html(path).await;
        let kind = answer.header("content-type").unwrap_or_default();
        assert_eq!((answer.status, kind), (400, "text/html; charset=utf-8"));
        assert!(
            answer.body.contains("That address cannot be read."),
            "{path}"
        );
    }
    let twice = get(stage.address(), "/oembed?url=a&url=b", &[]).await;
    assert_eq!(kind_of(&twice), (400, "address".to_owned()));
    let page = stage.html("/l/%ff").await;
    assert_eq!(page.status, 404);
    assert!(
        page.body.contains("There is no such page."),
        "{}",
        page.body
    );
    for path in ["/api/v1/links/%ff", "/api/v1/links/%ff/art"] {
        let answer = get(stage.address(), path, &[]).await;
        assert_eq!(kind_of(&answer), (404, "no-page".to_owned()), "{path}");
    }
    let wrong = send(stage.address(), "DELETE /api/v1/links", &[], "").await;
    assert_eq!(kind_of(&wrong), (405, "wrong-method".to_owned()));
    assert_eq!(wrong.header("allow"), Some("POST"));
}

#[tokio::test]
async fn steps_come_to_those_alone_who_take_them() {
    let stage = Stage::new().await;
    let body = serde_json::json!({ "text": stage.link() }).to_string();
    for (accept, kind) in [
        ("Text/Event-Stream", "text/event-stream"),
        ("text/html, text/event-stream; q=0.5", "text/event-stream"),
        (
            "application/json, text/event-stream;q=0",
            "application/json",
        ),
        ("*/*", "application/json"),
    ] {
        let headers = [JSON, ("accept", accept)];
        let answer = send(stage.address(), "POST /api/v1/links", &headers, &body).await;
        assert_eq!(answer.header("content-type"), Some(kind), "{accept}");
    }
}

#[tokio::test]
async fn looking_at_the_headers_alone_asks_no_service() {
    let stage = Stage::new().await;
    let link = stage.link().replace('/', "%2F");
    for path in [format!("/l?text={link}"), format!("/share?url={link}")] {
        let answer = send(stage.address(), &format!("HEAD {path}"), &[HTML], "").await;
        assert_eq!(answer.status, 204, "{path}");
    }
    assert!(stage.providers.requests().is_empty());
}

#[tokio::test]
async fn a_card_that_lacks_its_picture_is_painted_again() {
    let stage = Stage::new().await;
    let id = stage.page().await["id"].as_str().unwrap().to_owned();
    let age = async || {
        let card = get(stage.address(), &format!("/l/{id}/card.jpg"), &[]).await;
        assert_eq!(card.status, 200, "{}", card.body);
        card.header("cache-control").map(str::to_owned)
    };
    let fault = Fault::Status {
        status: 503,
        retry_after: None,
    };
    stage.providers.behave(EVERY_HOST, Behaviour::broken(fault));
    assert_eq!(age().await.as_deref(), Some("public, max-age=60"));
    let well = Behaviour {
        limits: false,
        ..Behaviour::default()
    };
    stage.providers.behave(EVERY_HOST, well);
    stage.app.clock.advance(std::time::Duration::from_secs(600));
    assert_eq!(age().await.as_deref(), Some("public, max-age=3600"));
}
