//! Two members and a guest at every door: what is Ada's stays Ada's. The doors of the API are read from its description and
//! all others from the table of routes, so that a new one is tried, or missed by name.
//!
//! What goes over a room's socket is tried in `queue/harm.rs` and `queue/strangers.rs`, lists and passwords of rooms by
//! their seats in `room_doors.rs`, and grants by those who have one in `grants.rs`.

mod belongings;
mod door;
mod rows;

use std::collections::BTreeSet;

use ::account::Proof;
use base::SessionId;
use store::Store;
use testkit::postgres::Postgres;

use super::*;
use crate::two_nodes::node_with;
use belongings::{ADA, Ada, ada};
use door::{Body, Door, document, doors, pages_and_forms, sample};
use rows::rows;

const ORIGIN: &str = "https://u.example";
const BEN: &str = "ben@example.org";
/// The first moment of the year 2100, in Unix ms: after all that is here.
const FAR_AHEAD_MS: i64 = 4_102_444_800_000;
const FORM: (&str, &str) = ("content-type", "application/x-www-form-urlencoded");
/// Forms that do what they are for when Ben sends them, and so would do it to what is Ada's.
const DONE_BY_BEN: [&str; 5] = [
    "/privacy/me/correct",
    "/privacy/me/erase",
    "/privacy/me/grant",
    "/privacy/me/object",
    "/support",
];
/// More than a body may have, little enough for every buffer on the way.
const TOO_MUCH: usize = 17 * 1024;
/// Longer than it takes until mails may be asked for again, by nothing but their address.
const PAUSE: std::time::Duration = std::time::Duration::from_secs(60 * 60);

async fn start_with_passkeys() -> TestApp {
    TestApp::start_with(|settings| {
        settings.accounts.password_cost = 4;
        settings.accounts.proof_of_work_cost = 1;
        offer_passkeys(settings);
    })
    .await
}

fn offer_passkeys(settings: &mut unisono::Settings) {
    settings.public_url = Some(ORIGIN.to_owned());
}

/// Somebody who is not Ada.
struct Other<'a> {
    app: &'a TestApp,
    store: &'a Store,
    document: &'a Value,
    ada: &'a Ada,
    browser: TestBrowser,
    is_member: bool,
    /// The paths of forms that were taken.
    taken: BTreeSet<String>,
}

impl Other<'_> {
    /// Goes through `door`, once by each name of Ada's, and says what was wrong with it.
    async fn try_door(&mut self, door: &Door) -> Vec<String> {
        let mut faults = Vec::new();
        for name in self.ada.names_for(door) {
            let path = door.filled(name);
            let mut answer = self.ask(door, name).await;
            if answer.status == 429 {
                self.app.clock.advance(PAUSE);
                answer = self.ask(door, name).await;
            }
            let about = format!("{} {path} ({name})", door.method);
            let said = answer.headers.join("\n") + &answer.body;
            let told = self.ada.secrets.iter();
            let told = told.filter(|secret| !door.types(secret));
            let told = told.filter(|secret| *secret != name && said.contains(*secret));
            faults.extend(told.map(|secret| format!("{about} tells {secret}")));
            let fault = self.fault(door, &answer);
            faults.extend(fault.map(|fault| format!("{about} {fault}: {}", answer.body)));
            if matches!(door.body, Body::Form(_)) && answer.status == 303 {
                self.taken.insert(door.path.clone());
            }
        }
        faults
    }

    /// What is wrong with the way in which something was answered.
    fn fault(&self, door: &Door, answer: &Answer) -> Option<String> {
        let status = answer.status;
        let is_refusal = matches!(status, 401 | 403 | 404);
        let fault = if status >= 500 {
            "fails"
        } else if status == 429 {
            "was not tried"
        } else if door.is_guarded && !self.is_member && !is_refusal {
            "answers a guest"
        } else if door.is_guarded && door.has_parameter() && !is_refusal {
            "answers another"
        } else if door.path.starts_with("/admin") && status != 404 {
            "shows that it is there"
        } else if self.is_member && answer.body.contains("prove-it-again") {
            "was not reached"
        } else {
            return None;
        };
        Some(format!("{fault} with {status}"))
    }

    async fn ask(&mut self, door: &Door, name: &str) -> Answer {
        if self.is_member {
            self.prove().await;
        }
        let path = door.filled(name);
        match &door.body {
            Body::Json(schema) => {
                let body = sample(self.document, schema, "", self.ada);
                self.browser.send_json(&door.method, &path, &body).await
            }
            Body::Picture => {
                let kind = [("content-type", "image/png")];
                self.browser
                    .request(&door.method, &path, &kind, b"no picture")
                    .await
            }
            Body::Form(fields) => {
                let table = self.ada.tables.get(name).map_or("sessions", String::as_str);
                let body = fields.replace("{table}", table).replace("{}", name);
                let origin = format!("http://{}", self.app.address());
                let headers = [FORM, ("accept", "text/html"), ("origin", &origin)];
                self.browser
                    .request(&door.method, &path, &headers, body.as_bytes())
                    .await
            }
            Body::None => self.browser.send(&door.method, &path).await,
        }
    }

    /// Proves who this is, so that no door is closed but by whose things they are. Signs in again first, where the door
    /// before was the one that signs out or takes a way in.
    async fn prove(&mut self) {
        let mut answer = self.browser.send("GET", "/api/v1/account/sessions").await;
        if answer.status != 200 {
            self.sign_in().await;
            answer = self.browser.send("GET", "/api/v1/account/sessions").await;
        }
        let sessions: Value = read(&answer);
        let mut sessions = sessions.as_array().unwrap().iter();
        let own = sessions.find(|session| session["is_this"] == true);
        let id: SessionId = own.unwrap()["id"].as_str().unwrap().parse().unwrap();
        let now = self.app.clock.now();
        let proved = self.store.prove_session(id, id, Proof::Password, now);
        assert!(proved.await.unwrap());
    }

    async fn sign_in(&mut self) {
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
    try_every_route(start_with_passkeys().await).await;
}

// Promises T11, Y33
#[tokio::test]
async fn every_route_keeps_what_is_anothers_from_others_on_postgresql() {
    let postgres = Postgres::start().unwrap();
    try_every_route(node_with(&postgres, offer_passkeys).await).await;
}

async fn try_every_route(app: TestApp) {
    let mut ada = ada(&app).await;
    let before = whole(&mut ada).await;
    for (part, kept) in PARTS.iter().zip(&before).skip(1) {
        let things = kept.get("rooms").unwrap_or(kept).as_array().unwrap();
        assert!(!things.is_empty(), "nothing of {part} could be lost");
        let is_tried = |of: &Value| ada.names.contains(of["id"].as_str().unwrap());
        assert!(things.iter().all(is_tried), "{part}: {kept}");
    }
    let rows_before = rows(&app, &ada.account).await;
    let document = document();
    let mut doors = doors(&document);
    doors.extend(pages_and_forms(&document));
    let store = app.store().await;
    let mut faults = Vec::new();
    let ben = member(&app, BEN).await;
    for (browser, is_member) in [(ben, true), (browser(&app), false)] {
        let mut other = Other {
            app: &app,
            store: &store,
            document: &document,
            ada: &ada,
            browser,
            is_member,
            taken: BTreeSet::new(),
        };
        for door in &doors {
            faults.extend(other.try_door(door).await);
        }
        let missing = DONE_BY_BEN.iter();
        let missing = missing.filter(|path| is_member && !other.taken.contains(**path));
        faults.extend(missing.map(|path| format!("{path} was not taken")));
    }
    store.close().await;
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    for (now, before) in whole(&mut ada).await.iter().zip(&before) {
        assert_eq!(now, before);
    }
    assert_eq!(rows(&app, &ada.account).await, rows_before);
    let still = sign_in(&mut browser(&app), ADA, PASSWORD).await;
    assert_eq!(still.status, 200, "{}", still.body);
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
        if !matches!(door.body, Body::Json(_)) || !door.path.starts_with("/api/v1/account") {
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
