//! Taking everything along, and leaving for good.

mod life;
mod scan;
mod whole;

use std::path::Path;
use std::time::Duration;

use base::{Clock as _, Timestamp};
use sqlx::{AssertSqlSafe, Connection as _, PgConnection};
use testkit::files::files_with;
use testkit::postgres::Postgres;
use testkit::{Follow, RoomClient, device_key};

use super::*;
use crate::database;
use crate::privacy_centre::shown::looked_at;
use crate::two_nodes::node_at;

fn wish(now: bool) -> Value {
    json!({ "word": "erase", "now": now })
}

#[tokio::test]
async fn who_leaves_at_once_is_gone_and_gets_a_receipt() {
    leave_at_once(start().await).await;
}

#[tokio::test]
async fn who_leaves_at_once_is_gone_and_gets_a_receipt_on_postgresql() {
    let postgres = Postgres::start().unwrap();
    leave_at_once(node_at(&postgres).await).await;
}

async fn leave_at_once(app: TestApp) {
    let mut ada = member(&app, "ada-canary@example.org").await;
    let mut ben = member(&app, "ben@example.org").await;
    ada.send_json(
        "PATCH",
        "/api/v1/account",
        &json!({ "user_name": "Ada Canary" }),
    )
    .await;
    let typo = json!({ "word": "delete", "now": true });
    let refused = ada.send_json("DELETE", "/api/v1/account", &typo).await;
    assert_eq!(refused.status, 400);
    tick(&app);
    let left = ada
        .send_json("DELETE", "/api/v1/account", &wish(true))
        .await;
    assert_eq!(left.status, 200, "{}", left.body);
    let left: Value = read(&left);
    assert_eq!(left["erased"]["counts"]["accounts"], 1);
    assert!(ada.cookies.is_empty());
    assert_eq!(account(&mut ada).await.status, 401);
    let answer = sign_in(&mut ada, "ada-canary@example.org", PASSWORD).await;
    assert_eq!(kind(&answer), "wrong-credentials", "sign-in knows nobody");
    assert_eq!(account(&mut ben).await.status, 200);
    assert!(matches!(
        letter(&app, "ada-canary@example.org").await,
        Letter::Erased { .. }
    ));
    app.stop().await;
}

/// Sets a picture; gives the name that it is kept by.
async fn picture(browser: &mut TestBrowser, picture: &image::RgbImage) -> String {
    let mut png = std::io::Cursor::new(Vec::new());
    picture.write_to(&mut png, image::ImageFormat::Png).unwrap();
    let kind = [("content-type", "image/png")];
    let path = "/api/v1/account/avatar";
    let set = browser.request("PUT", path, &kind, png.get_ref()).await;
    let view: Value = read(&set);
    view["avatar"].as_str().unwrap().to_owned()
}

/// Says who one is, asks for help and looks at a page; gives what can be looked for.
async fn tell_of_oneself(app: &TestApp, ada: &mut TestBrowser) -> Vec<String> {
    let named = json!({ "user_name": "canary-name" });
    ada.send_json("PATCH", "/api/v1/account", &named).await;
    let form = [("content-type", "application/x-www-form-urlencoded")];
    let question = b"topic=account&text=canary-question";
    let asked = ada.request("POST", "/support", &form, question).await;
    assert_eq!(asked.status, 303, "{}", asked.body);
    let view: Value = read(&account(ada).await);
    let id = view["id"].as_str().unwrap().to_owned();
    looked_at(app, id.parse().unwrap()).await;
    let fixed = ["ada-canary@example.org", "canary-name", "canary-question"];
    let fixed = fixed.map(str::to_owned).into_iter();
    fixed
        .chain([id, picture(ada, &image::RgbImage::new(40, 20)).await])
        .collect()
}

/// A room of somebody's own, with a queue in it.
async fn room_of(browser: &TestBrowser, number: u32) -> RoomClient {
    let queue = json!({ "preset": "party", "title": "Kitchen" });
    let create = json!({ "device_key": device_key(number), "queue": queue });
    let mut room = RoomClient::create_as(browser, create).await;
    configure(&mut room, json!({ "mode": "votes" })).await;
    let item = json!({ "source": "demo", "name": "moss", "title": "Moss", "duration_ms": 180_000 });
    let seq = room.granted(json!({ "do": "add", "items": [item] })).await;
    room.reach(seq).await;
    room
}

/// What was said in the room before is in the database once this is granted.
async fn configure(room: &mut RoomClient, change: Value) {
    room.granted(json!({ "do": "configure", "change": change }))
        .await;
}

/// Where an installation keeps anything: its files, and the rows of its database where another program keeps those. In the
/// files of PostgreSQL a row stays until its place is needed, as the policy says there.
struct Places<'a> {
    folder: &'a Path,
    postgres: Option<&'a Postgres>,
}

impl Places<'_> {
    /// Every file and every table that holds `canary`.
    async fn with(&self, canary: &str) -> Vec<String> {
        let mut found = files_with(self.folder, canary);
        let Some(postgres) = self.postgres else {
            return found;
        };
        let mut database = PgConnection::connect(&postgres.url()).await.unwrap();
        let tables = "SELECT tablename FROM pg_tables WHERE schemaname = 'public'";
        let tables = sqlx::query_scalar::<_, String>(tables);
        for table in tables.fetch_all(&mut database).await.unwrap() {
            let rows = format!("SELECT COUNT(*) FROM {table} AS it WHERE it::TEXT LIKE $1");
            let rows = sqlx::query_scalar::<_, i64>(AssertSqlSafe(rows));
            let rows = rows.bind(format!("%{canary}%")).fetch_one(&mut database);
            if rows.await.unwrap() > 0 {
                found.push(table);
            }
        }
        found
    }

    /// Nothing holds any of this.
    async fn hold_none(&self, canaries: &[String]) {
        for canary in canaries {
            assert_eq!(self.with(canary).await, Vec::<String>::new(), "{canary}");
        }
    }
}

/// Promise Y29: whoever looks through every file finds none of what a member left at any door, at once and later, and
/// the room of another is whole.
#[tokio::test]
async fn who_leaves_is_in_no_file_any_more_and_the_rooms_of_others_stay() {
    leave_rooms_behind(start().await, None).await;
}

/// Promise Y29
#[tokio::test]
async fn who_leaves_is_in_no_row_of_postgresql_any_more_and_the_rooms_of_others_stay() {
    let postgres = Postgres::start().unwrap();
    leave_rooms_behind(node_at(&postgres).await, Some(&postgres)).await;
}

async fn leave_rooms_behind(app: TestApp, postgres: Option<&Postgres>) {
    let folder = app.folder().to_owned();
    let places = Places {
        folder: &folder,
        postgres,
    };
    let mut ada = member(&app, "ada-canary@example.org").await;
    let ben = member(&app, "ben@example.org").await;
    let mut canaries = tell_of_oneself(&app, &mut ada).await;
    let mut own = room_of(&ada, 1).await;
    own.granted(json!({ "do": "chat", "text": "canary-at-home" }))
        .await;
    configure(&mut own, json!({ "title": "canary-title" })).await;
    let mut bens = room_of(&ben, 2).await;
    bens.granted(json!({ "do": "chat", "text": "of Ben" }))
        .await;
    let follow = Follow {
        code: bens.code(),
        key: device_key(3),
        name: Some("canary-guest".to_owned()),
        ..Follow::default()
    };
    let mut there = RoomClient::follow_as(&ada, &follow).await.unwrap();
    let moss = there.state.queue[0].id;
    there.granted(json!({ "do": "vote", "item": moss })).await;
    there
        .granted(json!({ "do": "chat", "text": "canary-abroad" }))
        .await;
    configure(&mut bens, json!({ "title": "Hall" })).await;
    let of_rooms = ["canary-at-home", "canary-title", "canary-abroad"];
    canaries.extend(of_rooms.map(str::to_owned));
    for canary in &canaries {
        let found = places.with(canary).await;
        assert!(!found.is_empty(), "the scan reads: {canary}");
    }
    tick(&app);
    let left = ada
        .send_json("DELETE", "/api/v1/account", &wish(true))
        .await;
    assert_eq!(left.status, 200, "{}", left.body);
    canaries.push("canary".to_owned());
    places.hold_none(&canaries).await;
    own.closed().await;
    let seq = bens.granted(json!({ "do": "chat", "text": "alone" })).await;
    configure(&mut bens, json!({ "title": "Cellar" })).await;
    bens.reach(seq).await;
    places.hold_none(&canaries).await;
    assert_eq!(bens.titles(), ["Moss"]);
    let lines = bens
        .state
        .chat
        .iter()
        .map(|line| line.text.expose().as_str());
    assert_eq!(lines.collect::<Vec<_>>(), ["of Ben", "alone"]);
    // The last letter waits sealed.
    let last = letter(&app, "ada-canary@example.org").await;
    assert!(matches!(last, Letter::Erased { .. }));
    app.stop().await;
}

/// A backup reads for minutes. Who leaves meanwhile hears that it is done, and a minute after the backup it is to the byte.
#[tokio::test]
async fn who_leaves_during_a_backup_is_gone_and_in_no_file_a_minute_after_it() {
    const MINUTE: Duration = Duration::from_secs(60);
    let app = start().await;
    let mut ada = member(&app, "ada@example.org").await;
    let canaries = tell_of_oneself(&app, &mut ada).await;
    let left_over = || {
        let mut canaries = canaries.iter();
        canaries.any(|canary| !files_with(app.folder(), canary).is_empty())
    };
    let mut backup = database::open(&app).await;
    let reading = sqlx::raw_sql("BEGIN; SELECT COUNT(*) FROM accounts");
    reading.execute(&mut backup).await.unwrap();
    tick(&app);
    let left = ada
        .send_json("DELETE", "/api/v1/account", &wish(true))
        .await;
    assert_eq!(left.status, 200, "{}", left.body);
    assert!(left_over(), "the log is held");
    backup.close().await.unwrap();
    for _ in 0..200 {
        if !left_over() {
            app.stop().await;
            return;
        }
        app.clock.advance(MINUTE);
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    panic!("something of theirs is still there");
}

/// Waits until an account is erased that is to be, once `span` is over.
async fn goes_after(app: &TestApp, browser: &mut TestBrowser, span: Duration) {
    const MINUTE: Duration = Duration::from_secs(60);
    app.clock.advance(span + MINUTE * 2);
    for _ in 0..200 {
        if account(browser).await.status == 401 {
            return;
        }
        app.clock.advance(MINUTE);
        tokio::task::yield_now().await;
    }
    panic!("the account is still there");
}

#[tokio::test]
async fn who_leaves_later_may_come_back_for_seven_days() {
    let app = start().await;
    let mut ada = member(&app, "ada@example.org").await;
    let mut ben = member(&app, "ben@example.org").await;
    for browser in [&mut ada, &mut ben] {
        let left = browser
            .send_json("DELETE", "/api/v1/account", &wish(false))
            .await;
        let left: Value = read(&left);
        assert!(left["planned"]["erase_at"].is_i64());
    }
    assert_eq!(ada.send("POST", "/api/v1/account/stay").await.status, 204);
    goes_after(&app, &mut ben, Duration::from_secs(7 * 24 * 60 * 60)).await;
    assert!(matches!(
        letter(&app, "ben@example.org").await,
        Letter::Erased { .. }
    ));
    assert_eq!(account(&mut ada).await.status, 200);
    app.stop().await;
}

/// Who signed in at a time that is still to come signs in anew; nothing is lost, and no date comes nearer.
#[tokio::test]
async fn a_clock_that_is_set_back_erases_nobody_early_and_what_is_due_goes_in_its_time() {
    const DAY: Duration = Duration::from_secs(24 * 60 * 60);
    let app = start().await;
    let mut ada = member(&app, "ada@example.org").await;
    let mut ben = member(&app, "ben@example.org").await;
    let later = wish(false);
    let left = ben.send_json("DELETE", "/api/v1/account", &later).await;
    let planned: Value = read(&left);
    let began = app.clock.now();
    let month = Duration::from_millis(u64::try_from(began.unix_ms()).unwrap()) - DAY * 30;
    app.clock.set(Timestamp::default().after(month));
    assert_eq!(
        account(&mut ada).await.status,
        401,
        "signed in in the future"
    );
    let again = sign_in(&mut ada, "ada@example.org", PASSWORD).await;
    assert_eq!(again.status, 200, "{}", again.body);
    assert_eq!(ada.send("GET", "/api/v1/account/copy").await.status, 200);
    app.clock.set(began);
    let view: Value = read(&account(&mut ben).await);
    assert_eq!(view["erase_at"], planned["planned"]["erase_at"]);
    goes_after(&app, &mut ben, DAY * 7).await;
    let again = sign_in(&mut ada, "ada@example.org", PASSWORD).await;
    assert_eq!(again.status, 200, "{}", again.body);
    app.stop().await;
}

#[tokio::test]
async fn a_copy_holds_what_its_owner_gave_and_nothing_of_others() {
    let app = start().await;
    let mut ada = member(&app, "ada@example.org").await;
    member(&app, "ben@example.org").await;
    ada.send_json("PATCH", "/api/v1/account", &json!({ "user_name": "Ada L" }))
        .await;
    let copy = ada.send("GET", "/api/v1/account/copy").await;
    assert_eq!(
        (copy.status, copy.header("content-type")),
        (200, Some("application/zip"))
    );
    assert!(copy.body.starts_with("PK"));
    app.clock.advance(Duration::from_secs(601));
    let stale = ada.send("GET", "/api/v1/account/copy").await;
    assert_eq!(kind(&stale), "prove-it-again");
    app.stop().await;
}
