//! Two members and a guest at every door of the API: what is Ada's stays Ada's. The doors are read from the description of
//! the API, so a new one is tried without being named here.

use std::collections::BTreeSet;

use base::{AccountId, Clock, IdentityId, OsEntropy, PageId, Personal, Secret, Timestamp};
use music::{Context, Kind, Link, Piece, Platform, Track};
use store::{NewIdentity, PageRow};
use testkit::authenticator::SoftAuthenticator;
use testkit::{RoomClient, device_key};

use super::*;

const ORIGIN: &str = "https://u.example";
const ADA: &str = "ada-canary@example.org";
const BEN: &str = "ben@example.org";
/// More than a body may have, little enough for every buffer on the way.
const TOO_MUCH: usize = 17 * 1024;
/// Longer than it takes until mails may be asked for again.
const PAUSE: std::time::Duration = std::time::Duration::from_secs(11 * 60);

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
        Some("integer" | "number") => json!(1),
        Some("boolean") => json!(true),
        Some("array") => json!([sample(document, &schema["items"], name, ada)]),
        _ => {
            let fields = schema["properties"].as_object().into_iter().flatten();
            let fields = fields.map(|(name, of)| (name.clone(), sample(document, of, name, ada)));
            Value::Object(fields.collect())
        }
    }
}

/// What Ada has here.
struct Ada {
    browser: TestBrowser,
    account: String,
    /// A step that she has begun.
    ticket: String,
    /// The names by which her things can be asked for.
    names: BTreeSet<String>,
    /// What nobody else may ever read.
    secrets: Vec<String>,
    /// Kept open, so that the room is there.
    _room: RoomClient,
}

async fn start_with_passkeys() -> TestApp {
    TestApp::start_with(|settings| {
        settings.accounts.password_cost = 4;
        settings.accounts.proof_of_work_cost = 1;
        settings.public_url = Some(ORIGIN.to_owned());
    })
    .await
}

/// An account with one of everything.
async fn ada(app: &TestApp) -> Ada {
    let mut browser = member(app, ADA).await;
    let changes = json!({ "user_name": "Canary Lovelace", "history_days": 365 });
    let changed: Value = read(
        &browser
            .send_json("PATCH", "/api/v1/account", &changes)
            .await,
    );
    let account = changed["id"].as_str().unwrap().to_owned();
    let page = keep_things(app, account.parse().unwrap()).await;
    let mut device = SoftAuthenticator::new(ORIGIN);
    let begun: Value = read(&browser.post("/api/v1/account/passkeys", &json!({})).await);
    let credential = device.create(&begun["options"]).unwrap();
    let body =
        json!({ "ticket": begun["ticket"], "credential": credential, "name": "Canary phone" });
    let made = browser.post("/api/v1/account/passkeys/verify", &body).await;
    assert_eq!(made.status, 200, "{}", made.body);
    let mut png = std::io::Cursor::new(Vec::new());
    image::DynamicImage::new_rgb8(4, 4)
        .write_to(&mut png, image::ImageFormat::Png)
        .unwrap();
    let kind = [("content-type", "image/png")];
    browser
        .request("PUT", "/api/v1/account/avatar", &kind, &png.into_inner())
        .await;
    let totp: Value = read(&browser.post("/api/v1/account/totp", &json!({})).await);
    let room = RoomClient::create(app.address(), &device_key(0), "party").await;
    let mut names = BTreeSet::from([
        account.clone(),
        room.welcome.room.code.to_string(),
        page.clone(),
    ]);
    for door in doors(&document()) {
        if door.method == "GET" && door.is_guarded && !door.has_parameter() {
            let answer = browser.send("GET", &door.path).await;
            if let Ok(value) = serde_json::from_str(&answer.body) {
                harvest(&value, &mut names);
            }
        }
    }
    let session: Value = read(&browser.send("GET", "/api/v1/account/sessions").await);
    let secrets = vec![
        ADA.to_owned(),
        "Canary".to_owned(),
        browser.cookies["__Host-unisono"].clone(),
        session[0]["id"].as_str().unwrap().to_owned(),
        totp["secret"].as_str().unwrap().to_owned(),
        "canary-subject".to_owned(),
    ];
    Ada {
        browser,
        account,
        ticket: totp["ticket"].as_str().unwrap().to_owned(),
        names,
        secrets,
        _room: room,
    }
}

/// An upstream that is linked, and a page that was looked at.
async fn keep_things(app: &TestApp, account: AccountId) -> String {
    let store = app.store().await;
    let identity = NewIdentity {
        id: IdentityId::new(&OsEntropy),
        upstream: "google".to_owned(),
        issuer: "https://accounts.google.com".to_owned(),
        subject: Personal::new("canary-subject".to_owned()),
        token: Some(Secret::new("canary-token".to_owned())),
        connected_at: Timestamp::from_unix_ms(1),
    };
    assert!(store.insert_identity(account, &identity).await.unwrap());
    let page = PageId::new(&OsEntropy);
    let now = app.clock.now();
    let row = PageRow {
        id: page,
        link: Link::new(Platform::Deezer, Kind::Track, "3135556", Context::default()).unwrap(),
        piece: Piece::Track(Track {
            title: "Night Ferry".to_owned(),
            artists: vec!["Somebody".to_owned()],
            ..Track::default()
        }),
        art: None,
        views: 0,
        refreshed_at: now,
        opened_at: now,
    };
    store.keep_page(&row).await.unwrap();
    assert!(store.keep_looked_at(account, page, now).await.unwrap());
    store.close().await;
    page.to_string()
}

/// Every name in `value` that something can be asked for by.
fn harvest(value: &Value, names: &mut BTreeSet<String>) {
    match value {
        Value::Object(fields) => {
            for (key, value) in fields {
                if let (Some(name), "id" | "avatar" | "page" | "code") =
                    (value.as_str(), key.as_str())
                {
                    names.insert(name.to_owned());
                }
                harvest(value, names);
            }
        }
        Value::Array(values) => values.iter().for_each(|value| harvest(value, names)),
        _ => {}
    }
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

/// What of an account must stay as it was.
async fn whole(ada: &mut Ada) -> Vec<Value> {
    let mut parts = Vec::new();
    for part in ["", "/sessions", "/passkeys", "/identities", "/history"] {
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
    assert!(ada.names.len() >= 6, "{:?}", ada.names);
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
