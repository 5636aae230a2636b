//! A server that is killed in the middle of an erasure: the next start completes it, whatever was done before.

use base::{AccountId, Clock as _, Personal, RoomId, Timestamp};
use outbound::Letter;
use privacy::Subject;
use serde_json::{Value, json};
use sqlx::{Connection as _, SqliteConnection};
use testkit::browser::json as read;
use testkit::files::files_with;
use testkit::{Follow, Remains, RoomClient, device_key};

use super::*;
use crate::accounts::account;
use crate::database;

const ADA: &str = "ada-canary@example.org";
const CANARY: &str = "canary";

/// The last thing that was done before the end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Done {
    /// The ledger knows that it is under way.
    Begun,
    /// Their own room has ended.
    OwnRoomEnded,
    /// They are out of the rooms of others.
    RoomsLeft,
    /// The payment service is to forget them.
    FarewellNoted,
    /// The rows are gone and the letter waits, but the log still holds what they said.
    Committed,
    /// All of it.
    LogEmptied,
}

impl Done {
    /// What keeps the next step from being taken, in words of the database. The last two need none.
    const fn stop(self) -> Option<&'static str> {
        match self {
            Self::Begun => Some("DELETE ON room_states"),
            Self::OwnRoomEnded => Some("UPDATE ON room_states"),
            Self::RoomsLeft => Some("INSERT ON farewells"),
            Self::FarewellNoted => Some("DELETE ON accounts"),
            Self::Committed | Self::LogEmptied => None,
        }
    }
}

/// A member with a room of their own, a seat in somebody else's, and something bought.
struct Scene {
    app: TestApp,
    ada: TestBrowser,
    id: AccountId,
    subject: Subject,
    own: RoomId,
    bens: RoomClient,
    _ada_at_bens: RoomClient,
}

async fn room_of(browser: &TestBrowser, number: u32, title: &str) -> RoomClient {
    let queue = json!({ "preset": "party", "title": title });
    let create = json!({ "device_key": device_key(number), "queue": queue });
    RoomClient::create_as(browser, create).await
}

/// What was said in a room before is in the database once this is granted.
async fn settle(room: &mut RoomClient, title: &str) {
    let change = json!({ "title": title });
    let change = json!({ "do": "configure", "change": change });
    room.granted(change).await;
}

impl Scene {
    async fn new() -> Self {
        let app = start().await;
        let mut ada = member(&app, ADA).await;
        let ben = member(&app, "ben@example.org").await;
        let named = json!({ "user_name": "Ada Canary" });
        ada.send_json("PATCH", "/api/v1/account", &named).await;
        let view: Value = read(&account(&mut ada).await);
        let id: AccountId = view["id"].as_str().unwrap().parse().unwrap();
        let mut own = room_of(&ada, 1, "canary-home").await;
        settle(&mut own, "canary-title").await;
        let mut bens = room_of(&ben, 2, "Kitchen").await;
        let follow = Follow {
            code: bens.code(),
            key: device_key(3),
            name: Some("canary-guest".to_owned()),
            ..Follow::default()
        };
        let mut there = RoomClient::follow_as(&ada, &follow).await.unwrap();
        let said = json!({ "do": "chat", "text": "canary-abroad" });
        there.granted(said).await;
        let said = json!({ "do": "chat", "text": "of Ben" });
        bens.granted(said).await;
        settle(&mut bens, "Hall").await;
        let subject = app.app().subject_of_account(id).await.unwrap();
        let store = app.store().await;
        let customer = Personal::new("cus_1".to_owned());
        let kept = store.keep_customer(id, &customer, app.clock.now()).await;
        assert!(kept.unwrap().is_some());
        let own = store.rooms_opened_by(&subject).await.unwrap()[0];
        store.close().await;
        tick(&app);
        Self {
            app,
            ada,
            id,
            subject,
            own,
            bens,
            _ada_at_bens: there,
        }
    }

    /// Begins an erasure and lets it come as far as `last`; gives what lies on the disk then.
    async fn killed_after(&mut self, last: Done) -> Remains {
        let wish = json!({ "word": "erase", "now": true });
        if last == Done::Committed {
            return self.killed_with_a_full_log(&wish).await;
        }
        if let Some(step) = last.stop() {
            let stop = format!(
                "CREATE TRIGGER stop BEFORE {step} BEGIN SELECT RAISE(ABORT, 'stopped here'); END"
            );
            let mut database = database::open(&self.app).await;
            let made = sqlx::raw_sql(sqlx::AssertSqlSafe(stop));
            made.execute(&mut database).await.unwrap();
            database.close().await.unwrap();
        }
        let left = self.ada.send_json("DELETE", "/api/v1/account", &wish);
        let left = left.await;
        let is_whole = last == Done::LogEmptied;
        assert_eq!(left.status == 200, is_whole, "{}", left.body);
        self.came_as_far_as(last).await;
        let remains = self.app.killed_now();
        if last.stop().is_some() {
            let mut database = open(&remains).await;
            let gone = sqlx::raw_sql("DROP TRIGGER stop");
            gone.execute(&mut database).await.unwrap();
            database.close().await.unwrap();
        }
        remains
    }

    /// A reader keeps the log from being emptied, and the end comes while the server waits for them.
    async fn killed_with_a_full_log(&mut self, wish: &Value) -> Remains {
        let mut reader = database::open(&self.app).await;
        sqlx::raw_sql("BEGIN; SELECT COUNT(*) FROM accounts")
            .execute(&mut reader)
            .await
            .unwrap();
        let mut other = database::open(&self.app).await;
        let (left, remains) = tokio::join!(
            self.ada.send_json("DELETE", "/api/v1/account", wish),
            async {
                loop {
                    let (there,): (i64,) =
                        sqlx::query_as("SELECT COUNT(*) FROM accounts WHERE id = $1")
                            .bind(self.id.to_string())
                            .fetch_one(&mut other)
                            .await
                            .unwrap();
                    if there == 0 {
                        break;
                    }
                    tokio::task::yield_now().await;
                }
                let remains = self.app.killed_now();
                sqlx::raw_sql("COMMIT").execute(&mut reader).await.unwrap();
                remains
            }
        );
        assert_eq!(left.status, 200, "{}", left.body);
        for database in [reader, other] {
            database.close().await.unwrap();
        }
        remains
    }

    /// What was done, and what was not.
    async fn came_as_far_as(&self, last: Done) {
        let store = self.app.store().await;
        let own = store.room(self.own).await.unwrap();
        let has_ended = own.is_none_or(|own| own.closed_at.is_some());
        let mut is_in_rooms = false;
        for name in self.subject.principals() {
            is_in_rooms |= !store.rooms_of(name).await.unwrap().is_empty();
        }
        let account = store.account(self.id).await.unwrap();
        let farewells = store.farewell_count().await.unwrap();
        store.close().await;
        assert_eq!(has_ended, last >= Done::OwnRoomEnded);
        assert_eq!(is_in_rooms, last < Done::RoomsLeft);
        assert_eq!(farewells, u64::from(last >= Done::FarewellNoted));
        assert_eq!(account.is_none(), last >= Done::Committed);
    }
}

async fn open(remains: &Remains) -> SqliteConnection {
    let file = remains.folder().join("data").join("unisono.db");
    let url = format!("sqlite:{}", file.display());
    SqliteConnection::connect(&url).await.unwrap()
}

/// Nothing is left, in any file, but for one letter that waits, sealed, with the receipt of the ledger.
async fn all_is_done(app: &TestApp, scene: &Scene) {
    assert_eq!(files_with(app.folder(), CANARY), Vec::<String>::new());
    let id = scene.id.to_string();
    assert_eq!(files_with(app.folder(), &id), Vec::<String>::new());
    let store = app.store().await;
    assert!(store.counts_of(&scene.subject).await.unwrap().is_empty());
    assert!(store.unfinished_erasures().await.unwrap().is_empty());
    assert_eq!(store.farewell_count().await.unwrap(), 1);
    let ledger = store.ledger_since(Timestamp::default()).await.unwrap();
    store.close().await;
    assert_eq!(ledger.len(), scene.subject.apart().len());
    assert!(ledger.iter().all(|it| it.receipt() == ledger[0].id));
    let letters = app.letters().await.into_iter();
    let receipts = letters.filter_map(|(to, letter)| match letter {
        Letter::Erased { receipt } => Some((to.as_typed().to_owned(), receipt)),
        _ => None,
    });
    let expected = (ADA.to_owned(), ledger[0].id.clone());
    assert_eq!(receipts.collect::<Vec<_>>(), [expected]);
}

/// The room of another goes on without them.
async fn the_other_room_is_whole(app: &TestApp, scene: &Scene) {
    let follow = Follow {
        code: scene.bens.code(),
        key: device_key(4),
        ..Follow::default()
    };
    let room = RoomClient::follow(app.address(), &follow).await.unwrap();
    let lines = room.state.chat.iter();
    let lines: Vec<&str> = lines.map(|line| line.text.expose().as_str()).collect();
    assert_eq!(lines, ["of Ben"]);
}

async fn is_completed_after(last: Done) {
    let mut scene = Scene::new().await;
    let remains = scene.killed_after(last).await;
    let is_there = !files_with(remains.folder(), CANARY).is_empty();
    assert_eq!(is_there, last < Done::LogEmptied, "{last:?}");
    let mut app = remains.start().await;
    all_is_done(&app, &scene).await;
    app = app.restart().await;
    all_is_done(&app, &scene).await;
    the_other_room_is_whole(&app, &scene).await;
    all_is_done(&app, &scene).await;
    app.stop().await;
    scene.app.stop().await;
}

/// Promise Y29
#[tokio::test]
async fn an_erasure_is_completed_that_was_begun_and_no_more() {
    is_completed_after(Done::Begun).await;
}

/// Promise Y29
#[tokio::test]
async fn an_erasure_is_completed_whose_own_rooms_have_ended() {
    is_completed_after(Done::OwnRoomEnded).await;
}

/// Promise Y29
#[tokio::test]
async fn an_erasure_is_completed_that_has_left_all_rooms() {
    is_completed_after(Done::RoomsLeft).await;
}

/// Promise Y29
#[tokio::test]
async fn an_erasure_is_completed_whose_farewell_was_noted() {
    is_completed_after(Done::FarewellNoted).await;
}

/// Promise Y29
#[tokio::test]
async fn an_erasure_is_completed_whose_log_was_not_emptied() {
    is_completed_after(Done::Committed).await;
}

/// Promise Y29
#[tokio::test]
async fn an_erasure_that_was_whole_is_not_done_or_told_of_twice() {
    is_completed_after(Done::LogEmptied).await;
}
