//! Whatever is refused says what happened, what is next and how it is found, in the language of whoever asked.

use std::collections::BTreeSet;
use std::time::Duration;

use futures_util::stream::{FuturesUnordered, StreamExt};
use testkit::http::get;

use super::*;

const LANGUAGES: [&str; 3] = ["en", "ru", "ar"];
const JSON: (&str, &str) = ("content-type", "application/json");
const SIGN_IN: &str = "/api/v1/account/sign-in";
const ACCOUNT: &str = "/api/v1/account";

/// Whether `text` is written in `language`. Names of settings and headers are Latin everywhere.
fn is_in(language: &str, text: &str) -> bool {
    let cyrillic = text.chars().any(|it| ('а'..='я').contains(&it));
    let arabic = text.chars().any(|it| ('ء'..='ي').contains(&it));
    (cyrillic, arabic) == (language == "ru", language == "ar")
}

fn is_reference(text: &str) -> bool {
    let groups: Vec<&str> = text.split('-').collect();
    let is_group = |group: &&str| {
        let is_digit = |it: u8| it.is_ascii_digit() || it.is_ascii_uppercase();
        group.len() == 4 && group.bytes().all(is_digit)
    };
    groups.len() == 5 && groups[0] == "UNI" && groups[1..].iter().all(is_group)
}

/// A walk over refusals in one language.
struct Walk<'a> {
    app: &'a TestApp,
    language: &'static str,
    references: &'a mut BTreeSet<String>,
}

impl Walk<'_> {
    /// A browser that has never been here, with an address of its own.
    fn stranger(&self, number: u8) -> (TestBrowser, String) {
        let place = LANGUAGES.iter().position(|one| *one == self.language);
        let from = format!("198.51.{}.{number}", place.unwrap());
        (browser(self.app), from)
    }

    /// Checks that `answer` is a whole refusal of this kind.
    fn check(&mut self, answer: &Answer, status: u16, code: &str) {
        let place = format!("{code} in {}: {}", self.language, answer.body);
        assert_eq!(
            (answer.status, kind(answer).as_str()),
            (status, code),
            "{place}"
        );
        let media = answer.header("content-type");
        assert_eq!(media, Some("application/problem+json"), "{place}");
        let language = answer.header("content-language");
        assert_eq!(language, Some(self.language), "{place}");
        assert_eq!(answer.header("cache-control"), Some("no-store"), "{place}");
        let problem: Value = read(answer);
        assert_eq!(problem["status"], status, "{place}");
        for field in ["title", "detail"] {
            let text = problem[field].as_str().unwrap();
            assert!(text.len() > 5 && is_in(self.language, text), "{place}");
        }
        assert_ne!(problem["title"], problem["detail"], "{place}");
        let reference = problem["reference"].as_str().unwrap().to_owned();
        assert!(is_reference(&reference), "{place}");
        assert!(
            self.references.insert(reference),
            "of this answer alone: {place}"
        );
    }

    /// Sends `body` and expects this refusal.
    async fn refuses(
        &mut self,
        (browser, from): &mut (TestBrowser, String),
        (method, path): (&str, &str),
        headers: &[(&str, &str)],
        body: &[u8],
        (status, code): (u16, &str),
    ) -> Answer {
        let own = [
            ("accept-language", self.language),
            ("x-forwarded-for", from.as_str()),
        ];
        let headers = [&own, headers].concat();
        let answer = browser.request(method, path, &headers, body).await;
        self.check(&answer, status, code);
        answer
    }

    /// The same with a body of JSON.
    async fn refuses_json(
        &mut self,
        who: &mut (TestBrowser, String),
        at: (&str, &str),
        body: &Value,
        refusal: (u16, &str),
    ) {
        let body = body.to_string();
        self.refuses(who, at, &[JSON], body.as_bytes(), refusal)
            .await;
    }
}

/// A node behind a proxy that names who asks.
async fn start_behind_proxy(password_cost: u32) -> TestApp {
    TestApp::start_with(|settings| {
        settings.accounts.password_cost = password_cost;
        settings.accounts.proof_of_work_cost = 1;
        settings.trusted_proxies = vec!["127.0.0.1/32".parse().unwrap()];
    })
    .await
}

#[tokio::test]
async fn whatever_a_program_is_refused_has_a_code_words_a_next_step_and_a_reference() {
    let app = start_behind_proxy(4).await;
    let mut references = BTreeSet::new();
    for language in LANGUAGES {
        let mut walk = Walk {
            app: &app,
            language,
            references: &mut references,
        };
        walk.doors().await;
        walk.bodies().await;
        walk.ways_in().await;
        walk.of_a_member().await;
    }
    assert!(references.len() > 100, "{}", references.len());
    app.stop().await;
}

impl Walk<'_> {
    /// What every door can say.
    async fn doors(&mut self) {
        let mut who = self.stranger(1);
        for (method, path, status, code) in [
            ("GET", "/api/v1/nowhere", 404, "nothing-here"),
            ("GET", "/nowhere.js", 404, "nothing-here"),
            ("GET", "/avatars/nobody", 404, "nothing-here"),
            (
                "GET",
                "/avatars/a_00000000000000000000000000000000",
                404,
                "nothing-here",
            ),
            ("PUT", "/api/v1/about", 405, "wrong-method"),
            ("DELETE", "/api/v1/account/sign-in", 405, "wrong-method"),
            ("GET", "/api/v1/socket", 426, "only-sockets"),
            ("GET", "/metrics", 403, "metrics-closed"),
            ("GET", "/oembed?format=xml", 501, "only-json"),
            (
                "GET",
                "/.well-known/security.txt",
                404,
                "no-security-contact",
            ),
            ("GET", "/api/v1/rooms/K7M4QX/list", 401, "not-in-room"),
            ("GET", "/api/v1/links/x", 404, "no-page"),
            ("GET", "/api/v1/links/0000000000/art", 404, "no-page"),
            ("POST", "/api/v1/payments/webhook", 404, "nothing-sold"),
            ("GET", "/auth/nowhere", 404, "not-yours"),
            ("GET", ACCOUNT, 401, "not-signed-in"),
            ("PUT", "/api/v1/account/avatar", 401, "not-signed-in"),
            ("GET", "/u/%FF", 400, "unreadable-request"),
            ("GET", "/support/%FF", 400, "unreadable-request"),
        ] {
            let at = (method, path);
            let answer = self.refuses(&mut who, at, &[], b"", (status, code)).await;
            match status {
                405 => assert!(answer.header("allow").is_some(), "{path}"),
                401 if code == "not-in-room" => {
                    assert_eq!(answer.header("www-authenticate"), Some("Bearer"));
                }
                _ => {}
            }
        }
        let evil = [("host", "evil.example"), ("accept-language", self.language)];
        let answer = get(self.app.address(), "/", &evil).await;
        self.check(&answer, 421, "other-name");
    }

    /// Bodies that are none.
    async fn bodies(&mut self) {
        let mut who = self.stranger(2);
        let sign_in = ("POST", SIGN_IN);
        let form = [("content-type", "application/x-www-form-urlencoded")];
        let long = vec![b' '; 17 * 1024];
        let foreign = [JSON, ("sec-fetch-site", "cross-site")];
        for (headers, body, status, code) in [
            (&[JSON][..], &b"{"[..], 400, "unreadable-body"),
            (&[JSON], b"[]", 400, "unreadable-body"),
            (&[JSON], &long, 413, "body-too-long"),
            (&form, b"email=a&password=b", 415, "wrong-kind"),
            (&[], b"{}", 415, "wrong-kind"),
            (&foreign, b"{}", 403, "foreign-page"),
        ] {
            self.refuses(&mut who, sign_in, headers, body, (status, code))
                .await;
        }
        let links = ("POST", "/api/v1/links");
        for (headers, body, status, code) in [
            (&[JSON][..], &b"{"[..], 400, "unreadable"),
            (&[JSON], b"{\"text\":\"x\"}", 422, "no-link"),
            (&form, b"text=x", 415, "not-json"),
            (&foreign, b"{}", 403, "foreign"),
        ] {
            self.refuses(&mut who, links, headers, body, (status, code))
                .await;
        }
    }

    /// Trying to come in.
    async fn ways_in(&mut self) {
        let mut who = self.stranger(3);
        let sign_in = ("POST", SIGN_IN);
        let body = json!({ "email": "x", "password": "y" });
        self.refuses_json(&mut who, sign_in, &body, (422, "bad-email"))
            .await;
        let email = format!("nobody-{}@example.org", self.language);
        let body = json!({ "email": email, "password": "not a password of anybody" });
        for _ in 0..3 {
            self.refuses_json(&mut who, sign_in, &body, (403, "wrong-credentials"))
                .await;
        }
        self.refuses_json(&mut who, sign_in, &body, (403, "proof-of-work-needed"))
            .await;
        let body = json!({ "ticket": "t_00000000000000000000000000000000", "code": "12345678" });
        let at = ("POST", "/api/v1/account/sign-in/code/verify");
        self.refuses_json(&mut who, at, &body, (410, "ticket-over"))
            .await;
        self.throttled().await;
        self.registering().await;
    }

    async fn throttled(&mut self) {
        let mut who = self.stranger(4);
        let body = json!({ "ticket": "t_00000000000000000000000000000000", "code": "12345678" });
        let body = body.to_string();
        let own = [
            JSON,
            ("accept-language", self.language),
            ("x-forwarded-for", who.1.as_str()),
        ];
        let path = "/api/v1/account/sign-in/code/verify";
        for _ in 0..100 {
            let answer = who.0.request("POST", path, &own, body.as_bytes()).await;
            if answer.status == 429 {
                self.check(&answer, 429, "too-many-tries");
                assert!(answer.header("retry-after").is_some());
                return;
            }
        }
        panic!("nobody is throttled");
    }

    async fn registering(&mut self) {
        let mut who = self.stranger(5);
        let at = ("POST", "/api/v1/account/register");
        let whole = json!({
            "email": format!("new-{}@example.org", self.language),
            "password": PASSWORD,
            "agreed_version": policy_version(self.app).await,
            "is_of_age": true,
        });
        for (field, value, status, code) in [
            ("is_of_age", json!(false), 403, "not-of-age"),
            ("agreed_version", json!("another"), 409, "other-policy"),
            ("password", json!("short"), 422, "weak-password"),
        ] {
            let mut body = whole.clone();
            body[field] = value;
            body["proof_of_work"] = json!(who.0.work("register").await);
            self.refuses_json(&mut who, at, &body, (status, code)).await;
        }
    }

    /// What those are refused who are signed in.
    async fn of_a_member(&mut self) {
        let email = format!("ada-{}@example.org", self.language);
        let mut ada = (member(self.app, &email).await, "127.0.0.1".to_owned());
        for (body, code) in [
            (json!({ "user_name": "a".repeat(99) }), "bad-name"),
            (json!({ "theme": "plaid" }), "bad-setting"),
        ] {
            let at = ("PATCH", ACCOUNT);
            self.refuses_json(&mut ada, at, &body, (422, code)).await;
        }
        let picture = [("content-type", "image/png")];
        let avatar = ("PUT", "/api/v1/account/avatar");
        self.refuses(&mut ada, avatar, &picture, b"GIF89a", (422, "bad-picture"))
            .await;
        let gone = "/api/v1/account/sessions/nobody";
        self.refuses(&mut ada, ("DELETE", gone), &[], b"", (404, "not-yours"))
            .await;
        let word = json!({ "word": "yes", "now": true });
        self.refuses_json(
            &mut ada,
            ("DELETE", ACCOUNT),
            &word,
            (400, "word-not-typed"),
        )
        .await;
        self.app.clock.advance(Duration::from_secs(11 * 60));
        let copy = ("GET", "/api/v1/account/copy");
        self.refuses(&mut ada, copy, &[], b"", (403, "prove-it-again"))
            .await;
    }
}

#[tokio::test]
async fn a_full_outbox_is_told_as_such_and_not_as_many_who_sign_in() {
    let app = start_behind_proxy(4).await;
    let mut ada = (
        member(&app, "ada@example.org").await,
        "127.0.0.1".to_owned(),
    );
    fill_outbox(&app).await;
    let mut references = BTreeSet::new();
    for language in LANGUAGES {
        let mut walk = Walk {
            app: &app,
            language,
            references: &mut references,
        };
        let body = json!({ "email": format!("ada-{language}@new.example") }).to_string();
        let at = ("POST", "/api/v1/account/email");
        let refusal = (503, "busy-letters");
        let answer = walk
            .refuses(&mut ada, at, &[JSON], body.as_bytes(), refusal)
            .await;
        assert_eq!(answer.header("retry-after"), Some("60"));
    }
    app.stop().await;
}

#[tokio::test]
async fn people_get_a_page_with_a_next_step_and_a_reference_where_programs_get_a_problem() {
    let app = start().await;
    for language in LANGUAGES {
        let own = [("accept", "text/html"), ("accept-language", language)];
        for (path, status) in [
            ("/auth/nowhere", 404),
            ("/oembed?format=xml", 501),
            ("/support/%FF", 400),
            ("/support/nobody", 404),
            ("/f/nobody", 200),
            ("/l?text=x", 422),
        ] {
            let answer = get(app.address(), path, &own).await;
            assert_eq!(answer.status, status, "{path}");
            let kind = answer.header("content-type").unwrap();
            assert!(kind.starts_with("text/html"), "{path}");
            let lang = format!("lang=\"{language}\"");
            assert!(answer.body.contains(&lang), "{path}: {}", answer.body);
            let found = answer.body.find("UNI-").map(|at| &answer.body[at..at + 23]);
            assert_eq!(found.is_some_and(is_reference), status != 200, "{path}");
        }
    }
    app.stop().await;
}

/// As many as are checked at once, those that may wait, and enough beyond them.
const TOO_MANY: u8 = 60;

#[tokio::test]
async fn beyond_the_passwords_that_may_wait_people_are_told_when_to_come_back_and_pages_answer() {
    // Many times as slow as asking: all have asked before a few were answered.
    let app = start_behind_proxy(13).await;
    let mut asking: FuturesUnordered<_> = (0..TOO_MANY)
        .map(|number| {
            let (mut browser, from) = (browser(&app), format!("203.0.113.{number}"));
            let body = json!({ "email": format!("n{number}@example.org"), "password": PASSWORD });
            async move {
                let headers = [JSON, ("x-forwarded-for", from.as_str())];
                let body = body.to_string();
                browser
                    .request("POST", SIGN_IN, &headers, body.as_bytes())
                    .await
            }
        })
        .collect();
    let busy = loop {
        let answer = asking.next().await.expect("not all of them have a place");
        if answer.status != 403 {
            break answer;
        }
        assert_eq!(kind(&answer), "wrong-credentials");
    };
    let mut references = BTreeSet::new();
    let mut walk = Walk {
        app: &app,
        language: "en",
        references: &mut references,
    };
    walk.check(&busy, 503, "busy-hashing");
    assert_eq!(busy.header("retry-after"), Some("15"));
    let proxied = [("x-forwarded-for", "198.51.100.9")];
    for path in ["/healthz", "/support", "/l?text=x"] {
        let answer = get(app.address(), path, &proxied).await;
        assert!(answer.status < 500, "{path}: {}", answer.status);
    }
    drop(asking);
    app.stop().await;
}
