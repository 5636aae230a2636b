//! What goes out: a title, an artist, a code, a duration or an id, and never who asks.

use music::Platform;
use serde_json::{Value, json};
use testkit::files::files_with;
use testkit::http::{exchange, get};

use crate::stage::{Stage, address};

/// Stands in everything that the asking browser says of itself.
const CANARY: &str = "canary-7f3a";

/// Headers that our own client sends; no other may go out.
const HEADERS: &[&str] = &[
    "accept",
    "accept-encoding",
    "content-length",
    "content-type",
    "host",
    "user-agent",
];

/// Parameters of providers' addresses.
const PARAMETERS: &[&str] = &[
    "country", "entity", "fmt", "format", "id", "inc", "limit", "media", "q", "query", "resource",
    "term", "url",
];

async fn paste(stage: &Stage, text: &str) -> Value {
    let body = json!({ "text": text }).to_string();
    let headers = [
        format!("user-agent: Browser/{CANARY}"),
        format!("cookie: session={CANARY}"),
        format!("referer: https://{CANARY}.example/"),
        format!("accept-language: {CANARY}"),
        format!("authorization: Bearer {CANARY}"),
        format!("x-request-id: {CANARY}"),
        "x-forwarded-for: 203.0.113.77".to_owned(),
        "forwarded: for=203.0.113.77".to_owned(),
        "x-real-ip: 203.0.113.77".to_owned(),
        "content-type: application/json".to_owned(),
    ];
    let address = stage.node.address();
    let request = format!(
        "POST /api/v1/links?name={CANARY} HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\n{}\r\ncontent-length: {}\r\n\r\n{body}",
        headers.join("\r\n"),
        body.len()
    );
    let answer = exchange(address, request.as_bytes()).await;
    assert_eq!(answer.status, 200, "{answer:?}");
    serde_json::from_str(&answer.body).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_of_who_asks_goes_out() {
    let stage = Stage::open().await;
    let song = stage.song("Night Ferry");
    for platform in [Platform::Spotify, Platform::AppleMusic] {
        let text = format!(
            "{CANARY} look {}?si={CANARY}&utm_source={CANARY}",
            address(&song, platform)
        );
        assert!(paste(&stage, &text).await["id"].is_string());
        stage
            .node
            .clock
            .advance(std::time::Duration::from_secs(120));
    }
    let requests = stage.providers.requests();
    assert!(requests.len() > 5, "{requests:#?}");
    let agent = requests[0].header("user-agent").unwrap();
    assert!(
        agent.starts_with("Unisono/") && agent.contains('('),
        "{agent}"
    );
    for request in &requests {
        let text = request.text();
        assert!(
            !text.contains(CANARY) && !text.contains("203.0.113.77"),
            "{text}"
        );
        assert_eq!(request.header("user-agent"), Some(agent));
        for (name, _) in &request.headers {
            assert!(HEADERS.contains(&name.as_str()), "{name}: {text}");
        }
        for (name, _) in &request.query {
            assert!(PARAMETERS.contains(&name.as_str()), "{name}: {text}");
        }
    }
}

/// Promises Y7, Y20: of what somebody pasted the plain link is kept, and of what services answer the words that pages show.
#[tokio::test(flavor = "multi_thread")]
async fn no_tracking_part_and_no_answer_is_kept_as_it_came() {
    let stage = Stage::open().await;
    let song = stage.song("Night Ferry");
    for platform in [Platform::Deezer, Platform::AppleMusic] {
        let link = address(&song, platform);
        let text = format!("{link}?si={CANARY}&utm_source={CANARY}#{CANARY}");
        let view = stage.convert(&text).await.unwrap();
        assert!(!view.id.is_empty());
    }
    let agent = [("user-agent", "Unisono/1.0 (https://listen.example)")];
    let path = format!("/api.deezer.com/track/{}", song.ids[&Platform::Deezer][0]);
    let answer = get(stage.providers.address(), &path, &agent).await;
    let raw = "explicit_content_lyrics";
    assert!(answer.body.contains(raw), "{}", answer.body);
    let folder = stage.node.folder();
    assert!(
        !files_with(folder, "Night Ferry").is_empty(),
        "the title is kept"
    );
    for gone in [CANARY, "utm_source", raw, "trackExplicitness", "previewUrl"] {
        assert_eq!(files_with(folder, gone), Vec::<String>::new(), "{gone}");
    }
}
