//! Two members and a guest at every door of the API: what is Ada's stays Ada's. The doors are read from the description of
//! the API, so a new one is tried without being named here.

mod belongings;

use super::*;
use belongings::{ADA, Ada, ada};

const ORIGIN: &str = "https://u.example";
const BEN: &str = "ben@example.org";
/// The first moment of the year 2100, in Unix ms: after all that is here.
const FAR_AHEAD_MS: i64 = 4_102_444_800_000;
/// More than a body may have, little enough for every buffer on the way.
const TOO_MUCH: usize = 17 * 1024;
/// Longer than it takes until mails may be asked for again, by nothing but their address.
const PAUSE: std::time::Duration = std::time::Duration::from_secs(60 * 60);

/// A way to ask for something.
struct Door {
    method: String,
    path: String,
    /// The kind of the body, and its schema.
    body: Option<(String, Value)>,
    /// Whether the description says that it asks who one is.
    is_guarded: bool,
}

impl Door {
    fn has_parameter(&self) -> bool {
        self.path.contains('{')
    }

    /// The path with `name` in place of each parameter.
    fn filled(&self, name: &str) -> String {
        let mut path = String::new();
        let mut rest = self.path.as_str();
        while let Some((before, after)) = rest.split_once('{') {
            path.push_str(before);
            path.push_str(name);
            rest = after.split_once('}').unwrap().1;
        }
        path + rest
    }
}

fn document() -> Value {
    serde_json::from_str(&web::openapi_document()).unwrap()
}

fn doors(document: &Value) -> Vec<Door> {
    let mut doors = Vec::new();
    for (path, methods) in document["paths"].as_object().unwrap() {
        for (method, about) in methods.as_object().unwrap() {
            let content = about["requestBody"]["content"].as_object();
            let body = content.and_then(|content| content.iter().next());
            doors.push(Door {
                method: method.to_uppercase(),
                path: path.clone(),
                body: body.map(|(kind, about)| (kind.clone(), about["schema"].clone())),
                is_guarded: about["responses"].get("401").is_some(),
            });
        }
    }
    doors
}

/// A value of the form that `schema` asks for, about Ada wherever that can be.
fn sample(document: &Value, schema: &Value, name: &str, ada: &Ada) -> Value {
    if let Some(reference) = schema["$ref"].as_str() {
        let pointer = reference.trim_start_matches('#');
        return sample(document, document.pointer(pointer).unwrap(), name, ada);
    }
    for choice in ["oneOf", "anyOf", "allOf"] {
        let of = schema[choice].as_array().into_iter().flatten();
        if let Some(one) = of.into_iter().find(|one| one["type"] != "null") {
            return sample(document, one, name, ada);
        }
    }
    let kinds = match &schema["type"] {
        Value::Array(kinds) => kinds.clone(),
        kind => vec![kind.clone()],
    };
    match kinds
        .iter()
        .filter_map(Value::as_str)
        .find(|kind| *kind != "null")
    {
        Some("string") => match name {
            "email" => json!(ADA),
            "ticket" => json!(ada.ticket),
            "password" | "current" => json!("not the right one"),
            _ => json!(ada.account),
        },
        Some("integer" | "number") => match name {
            "until" => json!(FAR_AHEAD_MS),
            _ => json!(1),
        },
        Some("boolean") => json!(true),
        Some("array") => json!([sample(document, &schema["items"], name, ada)]),
        _ => {
            let fields = schema["properties"].as_object().into_iter().flatten();
            let fields = fields.map(|(name, of)| (name.clone(), sample(document, of, name, ada)));
            Value::Object(fields.collect())
        }
    }
}

async fn start_with_passkeys() -> TestApp {
    TestApp::start_with(|settings| {
        settings.accounts.password_cost = 4;
        settings.accounts.proof_of_work_cost = 1;
        settings.public_url = Some(ORIGIN.to_owned());
    })
    .await
}

/// Somebody who is not Ada.
struct Other<'a> {
    app: &'a TestApp,
    document: &'a Value,
    ada: &'a Ada,
    browser: TestBrowser,
    is_member: bool,
}

impl Other<'_> {
    /// Goes through `door`, once by each name of Ada's, and says what was wrong with it.
    async fn try_door(&mut self, door: &Door) -> Vec<String> {
        let mut faults = Vec::new();
        let names: Vec<&str> = match door.has_parameter() {
            true => self.ada.names.iter().map(String::as_str).collect(),
            false => vec![""],
        };
        for name in names {
            if self.is_member {
                self.come_back().await;
            }
            let path = door.filled(name);
            let answer = self.ask(door, &path).await;
            let said = answer.headers.join("\n") + &answer.body;
            let status = answer.status;
            let told = self
                .ada
                .secrets
                .iter()
                .filter(|secret| *secret != name && said.contains(*secret));
            faults.extend(told.map(|secret| format!("{} {path} tells {secret}", door.method)));
            if status >= 500 {
                faults.push(format!(
                    "{} {path} fails with {status}: {}",
                    door.method, answer.body
                ));
            }
            if door.is_guarded && !self.is_member && !matches!(status, 401 | 403 | 404) {
                faults.push(format!(
                    "{} {path} answers a guest with {status}",
                    door.method
                ));
            }
            if door.is_guarded && door.has_parameter() && !matches!(status, 401 | 403 | 404) {
                faults.push(format!(
                    "{} {path} answers another with {status}",
                    door.method
                ));
            }
        }
        faults
    }

    async fn ask(&mut self, door: &Door, path: &str) -> Answer {
        match &door.body {
            Some((kind, schema)) if kind == "application/json" => {
                let body = sample(self.document, schema, "", self.ada);
                self.browser.send_json(&door.method, path, &body).await
            }
            Some(_) => {
                let kind = [("content-type", "image/png")];
                self.browser
                    .request(&door.method, path, &kind, b"no picture")
                    .await
            }
            None => self.browser.send(&door.method, path).await,
        }
    }

    /// Signs in again, where the door before was the one that signs out or takes a way in.
    async fn come_back(&mut self) {
        let mut browser = self.browser.clone();
        if account(&mut browser).await.status == 200 {
            return;
        }
        self.app.clock.advance(PAUSE);
        let begun = self
            .browser
            .post("/api/v1/account/sign-in/code", &json!({ "email": BEN }))
            .await;
        assert_eq!(begun.status, 202, "{}", begun.body);
        let ticket: Value = read(&begun);
        let body = json!({ "ticket": ticket["ticket"], "code": code(self.app, BEN).await });
        let done = self
            .browser
            .post("/api/v1/account/sign-in/code/verify", &body)
            .await;
        assert_eq!(done.status, 200, "{}", done.body);
    }
}

/// Where what belongs to an account is read.
const PARTS: [&str; 8] = [
    "",
    "/sessions",
    "/passkeys",
    "/identities",
    "/history",
    "/follows",
    "/notices",
    "/rooms",
];

/// What of an account must stay as it was.
async fn whole(ada: &mut Ada) -> Vec<Value> {
    let mut parts = Vec::new();
    for part in PARTS {
        let answer = ada
            .browser
            .send("GET", &format!("/api/v1/account{part}"))
            .await;
        assert_eq!(answer.status, 200, "{part}: {}", answer.body);
        let mut value: Value = read(&answer);
        if let Some(session) = value.get_mut(0) {
            session["last_used_day"] = Value::Null;
        }
        parts.push(value);
    }
    parts
}

// Promises T11, Y33
#[tokio::test]
async fn every_route_keeps_what_is_anothers_from_others() {
    let app = start_with_passkeys().await;
    let mut ada = ada(&app).await;
    let before = whole(&mut ada).await;
    for (part, kept) in PARTS.iter().zip(&before).skip(1) {
        let things = kept.get("rooms").unwrap_or(kept).as_array().unwrap();
        assert!(!things.is_empty(), "nothing of {part} could be lost");
        let is_tried = |of: &Value| ada.names.contains(of["id"].as_str().unwrap());
        assert!(things.iter().all(is_tried), "{part}: {kept}");
    }
    let document = document();
    let doors = doors(&document);
    let mut faults = Vec::new();
    let ben = member(&app, BEN).await;
    for (browser, is_member) in [(ben, true), (browser(&app), false)] {
        let mut other = Other {
            app: &app,
            document: &document,
            ada: &ada,
            browser,
            is_member,
        };
        for door in &doors {
            faults.extend(other.try_door(door).await);
        }
        for path in crate::pages::PATHS {
            let shown = other.browser.send("GET", path).await;
            let told = ada
                .secrets
                .iter()
                .filter(|secret| shown.body.contains(*secret));
            faults.extend(told.map(|secret| format!("{path} tells {secret}")));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    for (now, before) in whole(&mut ada).await.iter().zip(&before) {
        assert_eq!(now, before);
    }
    app.stop().await;
}

#[tokio::test]
async fn answers_about_an_account_are_kept_by_nobody() {
    let app = start_with_passkeys().await;
    let mut ada = ada(&app).await;
    let mut guest = browser(&app);
    for door in doors(&document()) {
        if door.method != "GET" || !door.is_guarded || door.has_parameter() {
            continue;
        }
        for browser in [&mut ada.browser, &mut guest] {
            let answer = browser.send("GET", &door.path).await;
            assert_eq!(
                answer.header("cache-control"),
                Some("no-store"),
                "{}",
                door.path
            );
        }
    }
    app.stop().await;
}

#[tokio::test]
async fn every_bound_of_a_body_is_kept() {
    let app = start_with_passkeys().await;
    let mut ada = ada(&app).await;
    for door in doors(&document()) {
        let is_json = door
            .body
            .as_ref()
            .is_some_and(|(kind, _)| kind == "application/json");
        if !is_json || !door.path.starts_with("/api/v1/account") {
            continue;
        }
        let body = json!({ "password": "a".repeat(TOO_MUCH) });
        let path = door.filled(&ada.account);
        let answer = ada.browser.send_json(&door.method, &path, &body).await;
        assert!(
            matches!(answer.status, 404 | 410 | 413),
            "{path}: {} {}",
            answer.status,
            answer.body
        );
    }
    app.stop().await;
}

#[tokio::test]
async fn a_field_that_is_not_the_members_cannot_be_set() {
    let app = start_with_passkeys().await;
    let mut ada = ada(&app).await;
    let before: Value = read(&account(&mut ada.browser).await);
    for (field, value) in [
        ("rank", json!("operator")),
        ("email", json!("other@example.org")),
        ("id", json!("other")),
        ("created_at", json!(0)),
        ("ways_in", json!({})),
    ] {
        let change = json!({ field: value });
        let answer = ada
            .browser
            .send_json("PATCH", "/api/v1/account", &change)
            .await;
        assert_eq!(answer.status, 400, "{field}: {}", answer.body);
    }
    let after: Value = read(&account(&mut ada.browser).await);
    assert_eq!(after, before);
    app.stop().await;
}
