//! Links through the doors: pages, forms, the API, event streams and what other programs ask.

mod strangers;

use std::net::SocketAddr;

use music::Platform;
use serde_json::Value;
use testkit::TestApp;
use testkit::http::{Answer, exchange, get};
use testkit::providers::{Behaviour, EVERY_HOST, Providers, Truth};
use unisono::Settings;

const HTML: (&str, &str) = ("accept", "text/html");
const JSON: (&str, &str) = ("content-type", "application/json");
const PERSON: (&str, &str) = ("user-agent", "Mozilla/5.0 (X11; Linux x86_64)");
/// Every link of this music has a page there, and every other service is asked about it.
const HOME: Platform = Platform::Deezer;

/// A node whose way out leads to stand-ins of all providers, and these.
pub(crate) async fn among_providers(change: impl FnOnce(&mut Settings)) -> (TestApp, Providers) {
    let providers = Providers::start().await;
    let kind = Behaviour {
        limits: false,
        ..Behaviour::default()
    };
    providers.behave(EVERY_HOST, kind);
    let mirrors = providers.mirrors();
    let app = TestApp::start_with(|settings| {
        settings.outbound.mirrors = mirrors;
        settings.outbound.unlimited_mirrors = true;
        change(settings);
    })
    .await;
    (app, providers)
}

/// Such a node, and a song to convert there.
struct Stage {
    app: TestApp,
    song: Truth,
    providers: Providers,
}

impl Stage {
    async fn new() -> Self {
        Self::with(|_| {}).await
    }

    async fn with(change: impl FnOnce(&mut Settings)) -> Self {
        let (app, providers) = among_providers(change).await;
        let mut songs = providers.catalogue().songs().into_iter();
        let everywhere = [HOME, Platform::Spotify, Platform::AppleMusic];
        let song = songs
            .find(|song| everywhere.iter().all(|one| song.ids.contains_key(one)))
            .unwrap();
        Self {
            app,
            song,
            providers,
        }
    }

    fn address(&self) -> SocketAddr {
        self.app.address()
    }

    fn link(&self) -> String {
        format!("https://www.deezer.com/track/{}", self.song.ids[&HOME][0])
    }

    /// A link to another song on another service.
    fn link_elsewhere(&self) -> String {
        let songs = self.providers.catalogue().songs().into_iter();
        let mut ids = songs.filter_map(|song| song.ids.get(&Platform::Spotify)?.first().cloned());
        let own = &self.song.ids[&Platform::Spotify];
        let id = ids.find(|id| !own.contains(id)).unwrap();
        format!("https://open.spotify.com/track/{id}")
    }

    /// The page of the song, made by a program.
    async fn page(&self) -> Value {
        let answer = convert(self.address(), &self.link()).await;
        assert_eq!(answer.status, 200, "{}", answer.body);
        serde_json::from_str(&answer.body).unwrap()
    }

    async fn html(&self, path: &str) -> Answer {
        get(self.address(), path, &[HTML, PERSON]).await
    }
}

async fn send(address: SocketAddr, line: &str, headers: &[(&str, &str)], body: &str) -> Answer {
    let mut request = format!("{line} HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\n");
    for (name, value) in headers {
        request.push_str(&format!("{name}: {value}\r\n"));
    }
    request.push_str(&format!("content-length: {}\r\n\r\n{body}", body.len()));
    exchange(address, request.as_bytes()).await
}

async fn convert(address: SocketAddr, text: &str) -> Answer {
    let body = serde_json::json!({ "text": text }).to_string();
    send(address, "POST /api/v1/links", &[JSON], &body).await
}

async fn submit(address: SocketAddr, path: &str, headers: &[(&str, &str)], form: &str) -> Answer {
    let kind = ("content-type", "application/x-www-form-urlencoded");
    let headers: Vec<_> = [kind].into_iter().chain(headers.iter().copied()).collect();
    send(address, &format!("POST {path}"), &headers, form).await
}

fn kind_of(answer: &Answer) -> (u16, String) {
    let problem: Value = serde_json::from_str(&answer.body).unwrap_or_default();
    let detail = problem["detail"].as_str().unwrap_or_default();
    assert!(!detail.is_empty(), "no next step: {}", answer.body);
    let kind = problem["type"].as_str().unwrap_or_default();
    (
        answer.status,
        kind.trim_start_matches("/problems/").to_owned(),
    )
}

#[tokio::test]
async fn each_bad_input_has_an_answer_of_its_own() {
    let stage = Stage::new().await;
    let long = format!("https://www.deezer.com/track/{}", "1".repeat(2048));
    for (text, kind) in [
        ("no link in here", "no-link"),
        ("", "no-link"),
        (long.as_str(), "too-long"),
        ("https://example.org/track/1", "unknown-host"),
        (
            "https://open.spotify.com/episode/4rOoJ6Egrf8K2IrywzwOMk",
            "podcast",
        ),
        ("https://open.spotify.com/user/somebody", "profile"),
        ("https://open.spotify.com/track/short", "bad-id"),
        ("https://www.deezer.com@127.0.0.1/track/1", "disguised"),
        ("https://www.deezer.com/track/1", "nothing"),
    ] {
        let answer = convert(stage.address(), text).await;
        assert_eq!(kind_of(&answer), (422, kind.to_owned()), "{text}");
        let type_of = answer.header("content-type");
        assert_eq!(type_of, Some("application/problem+json"), "{text}");
    }
    let unreadable = send(stage.address(), "POST /api/v1/links", &[JSON], "[]").await;
    assert_eq!(kind_of(&unreadable), (400, "unreadable".to_owned()));
    let huge = convert(stage.address(), &"x".repeat(100_000)).await;
    assert_eq!(kind_of(&huge), (422, "too-long".to_owned()));
    for path in [
        "/api/v1/links/0000000000",
        "/api/v1/links/x",
        "/api/v1/links/0000000000/art",
    ] {
        let missing = get(stage.address(), path, &[]).await;
        assert_eq!(kind_of(&missing), (404, "no-page".to_owned()), "{path}");
    }
}

#[tokio::test]
async fn a_refusal_speaks_the_language_of_who_asks() {
    let stage = Stage::new().await;
    let body = "{\"text\":\"слова\"}";
    let russian = [JSON, ("accept-language", "ru-RU,ru;q=0.9")];
    let answer = send(stage.address(), "POST /api/v1/links", &russian, body).await;
    assert_eq!(answer.header("content-language"), Some("ru"));
    assert!(
        answer.body.contains("В этом тексте нет ссылки."),
        "{}",
        answer.body
    );
    let explained = stage.html("/problems/podcast?lang=ar").await;
    assert_eq!(explained.status, 200);
    assert!(explained.body.contains("dir=\"rtl\""), "{}", explained.body);
}

#[tokio::test]
async fn steps_come_in_order_and_the_last_is_done() {
    let stage = Stage::new().await;
    let body = serde_json::json!({ "text": stage.link() }).to_string();
    let headers = [JSON, ("accept", "text/event-stream")];
    let answer = send(stage.address(), "POST /api/v1/links", &headers, &body).await;
    assert_eq!(answer.header("content-type"), Some("text/event-stream"));
    assert_eq!(answer.header("cache-control"), Some("no-store"));
    let names: Vec<&str> = answer
        .body
        .lines()
        .filter_map(|line| line.strip_prefix("event: "))
        .collect();
    let [first, between @ .., last] = names.as_slice() else {
        panic!("{}", answer.body);
    };
    assert_eq!((*first, *last), ("identified", "done"));
    assert!(
        !between.is_empty() && between.iter().all(|name| *name == "match"),
        "{names:?}"
    );
}

#[tokio::test]
async fn an_open_page_is_sent_its_rows_as_they_are_drawn() {
    let stage = Stage::new().await;
    let id = stage.page().await["id"].as_str().unwrap().to_owned();
    let rows = get(stage.address(), &format!("/l/{id}/events?lang=ru"), &[]).await;
    let data = rows
        .body
        .lines()
        .filter_map(|line| line.strip_prefix("data: "));
    let news: Vec<Value> = data
        .map(|data| serde_json::from_str(data).unwrap())
        .collect();
    let own = news.iter().find(|row| row["platform"] == "deezer").unwrap();
    assert!(
        own["html"].as_str().unwrap().contains("Та же запись"),
        "{own}"
    );
    assert_eq!(own["news"], "Deezer: Та же запись");
    assert!(rows.body.contains("event: done"), "{}", rows.body);
}

#[tokio::test]
async fn a_form_without_script_leads_to_the_page() {
    let stage = Stage::new().await;
    let form = format!("text=Listen%3A+{}", stage.link().replace('/', "%2F"));
    let sent = submit(stage.address(), "/l?lang=ru", &[], &form).await;
    assert_eq!(sent.status, 303, "{}", sent.body);
    let place = sent.header("location").unwrap();
    assert!(
        place.starts_with("/l/") && place.ends_with("?lang=ru"),
        "{place}"
    );
    let page = stage.html(place).await;
    assert!(
        page.body.contains("<html lang=\"ru\" dir=\"ltr\">"),
        "{}",
        page.body
    );
    assert!(page.body.contains(&stage.link()), "{}", page.body);
    let refused = submit(stage.address(), "/l", &[], "text=%22%3E%3Cscript%3E").await;
    assert_eq!(refused.status, 422);
    assert!(
        refused
            .body
            .contains("value=\"&#34;&#62;&#60;script&#62;\""),
        "{}",
        refused.body
    );
}

#[tokio::test]
async fn a_page_is_not_sent_twice_and_is_for_no_search_engine() {
    let stage = Stage::new().await;
    let id = stage.page().await["id"].as_str().unwrap().to_owned();
    let path = format!("/l/{id}");
    let page = stage.html(&path).await;
    let header = |name| page.header(name).unwrap_or_default();
    assert_eq!(header("cache-control"), "public, no-cache");
    assert_eq!(header("vary"), "accept-language, accept-encoding");
    assert_eq!(header("x-robots-tag"), "noindex");
    assert_eq!(header("content-language"), "en");
    let known = ("if-none-match", header("etag"));
    let again = get(stage.address(), &path, &[HTML, known]).await;
    assert_eq!((again.status, again.body.as_str()), (304, ""));
    let head = send(stage.address(), &format!("HEAD {path}"), &[HTML], "").await;
    assert_eq!((head.status, head.body.as_str()), (200, ""));
    let json = get(stage.address(), &format!("/api/v1/links/{id}"), &[]).await;
    assert_eq!(json.header("content-type"), Some("application/json"));
}

/// Promise T20: who asks not to be tracked is not even counted.
#[tokio::test]
async fn only_people_who_do_not_object_are_counted() {
    let stage = Stage::new().await;
    let id = stage.page().await["id"].as_str().unwrap().to_owned();
    let path = format!("/l/{id}");
    for headers in [
        vec![HTML, PERSON, ("sec-gpc", "1")],
        vec![HTML, PERSON, ("dnt", "1")],
        vec![HTML, PERSON, ("sec-purpose", "prefetch")],
        vec![
            HTML,
            ("user-agent", "Mozilla/5.0 (compatible; Somebot/2.0)"),
        ],
        vec![HTML],
        vec![PERSON],
    ] {
        get(stage.address(), &path, &headers).await;
    }
    stage.html(&path).await;
    stage.html(&path).await;
    // The number is written once a minute.
    let app = stage.app;
    app.clock.advance(std::time::Duration::from_secs(120));
    let views = async || {
        let answer = get(app.address(), &format!("/api/v1/links/{id}"), &[]).await;
        let page: Value = serde_json::from_str(&answer.body).unwrap();
        page["views"].as_u64().unwrap()
    };
    for _ in 0..200 {
        if views().await == 2 {
            break;
        }
        tokio::task::yield_now().await;
    }
    assert_eq!(views().await, 2);
}

#[tokio::test]
async fn a_correction_counts_until_it_is_taken_back() {
    let stage = Stage::new().await;
    let id = stage.page().await["id"].as_str().unwrap().to_owned();
    // A link to another piece, as only a person may set it.
    let right = stage.link_elsewhere();
    let right = right.as_str();
    let path = format!("/l/{id}/corrections");
    let form = format!("text={}", right.replace('/', "%2F"));
    let foreign = [("sec-fetch-site", "cross-site")];
    let refused = submit(stage.address(), &path, &foreign, &form).await;
    assert_eq!(refused.status, 403);
    let elsewhere = [("origin", "https://evil.example")];
    let refused = submit(stage.address(), &path, &elsewhere, &form).await;
    assert_eq!(refused.status, 403);
    let own = [("sec-fetch-site", "same-origin")];
    let sent = submit(stage.address(), &path, &own, &form).await;
    assert_eq!(sent.status, 303, "{}", sent.body);
    let page = stage.html(&format!("/l/{id}")).await.body;
    assert!(
        page.contains(right) && page.contains("Set by hand"),
        "{page}"
    );
    let undo = format!("DELETE /api/v1/links/{id}/corrections/spotify");
    let undone = send(stage.address(), &undo, &[], "").await;
    assert_eq!(undone.status, 200, "{}", undone.body);
    assert!(!undone.body.contains(right), "{}", undone.body);
}

#[tokio::test]
async fn corrections_can_be_switched_off() {
    let closed = |settings: &mut Settings| settings.links.corrections = app::Corrections::Nobody;
    let stage = Stage::with(closed).await;
    let id = stage.page().await["id"].as_str().unwrap().to_owned();
    let page = stage.html(&format!("/l/{id}")).await.body;
    assert!(!page.contains("/corrections"), "{page}");
    let line = format!("POST /api/v1/links/{id}/corrections");
    let body = serde_json::json!({ "text": stage.link() }).to_string();
    let refused = send(stage.address(), &line, &[JSON], &body).await;
    assert_eq!(kind_of(&refused), (403, "not-allowed".to_owned()));
}

#[tokio::test]
async fn what_a_phone_shares_goes_to_its_page_or_home() {
    let stage = Stage::new().await;
    let link = stage.link().replace('/', "%2F");
    let id = stage.page().await["id"].as_str().unwrap().to_owned();
    for query in [
        format!("text=Listen%20{link}"),
        format!("url={link}"),
        format!("title={link}&text=A%20song"),
    ] {
        let answer = stage.html(&format!("/share?{query}")).await;
        let place = answer.header("location").unwrap_or_default();
        assert_eq!(
            (answer.status, place),
            (303, format!("/l/{id}").as_str()),
            "{query}"
        );
    }
    let words = stage.html("/share?text=just%20words%20%26%20more").await;
    assert_eq!(
        words.header("location"),
        Some("/?text=just%20words%20%26%20more")
    );
    let podcast = "/share?url=https%3A%2F%2Fopen.spotify.com%2Fepisode%2F4rOoJ6Egrf8K2IrywzwOMk";
    let podcast = stage.html(podcast).await;
    assert_eq!(podcast.status, 422);
    assert!(
        podcast.body.contains("That is a podcast."),
        "{}",
        podcast.body
    );
}

#[tokio::test]
async fn pictures_come_from_here_and_previews_are_described() {
    let stage = Stage::new().await;
    let id = stage.page().await["id"].as_str().unwrap().to_owned();
    for path in [
        format!("/api/v1/links/{id}/art"),
        format!("/l/{id}/card.jpg"),
    ] {
        let picture = get(stage.address(), &path, &[]).await;
        assert_eq!(picture.status, 200, "{path}: {}", picture.body);
        assert_eq!(picture.header("content-type"), Some("image/jpeg"), "{path}");
        let policy = match path.ends_with("card.jpg") {
            true => "cross-origin",
            false => "same-origin",
        };
        let header = picture.header("cross-origin-resource-policy");
        assert_eq!(header, Some(policy), "{path}");
    }
    let page = format!("http%3A%2F%2F{}%2Fl%2F{id}", stage.address());
    let described = get(stage.address(), &format!("/oembed?url={page}"), &[]).await;
    let described: Value = serde_json::from_str(&described.body).unwrap();
    assert_eq!(described["version"], "1.0");
    assert_eq!(described["type"], "link");
    assert_eq!(described["provider_name"], "Unisono");
    let picture = described["thumbnail_url"].as_str().unwrap();
    assert!(picture.ends_with(&format!("/l/{id}/card.jpg")), "{picture}");
    let elsewhere = get(
        stage.address(),
        "/oembed?url=https%3A%2F%2Fevil.example%2Fl%2F1",
        &[],
    )
    .await;
    assert_eq!(kind_of(&elsewhere), (404, "not-here".to_owned()));
}
