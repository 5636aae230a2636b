//! A member of whom there is something of every kind, each with a mark of its own to be looked for.

use base::{AccountId, EntryId, IdentityId, OsEntropy, PasskeyId, Personal, Secret, SystemClock};
use image::Rgb;
use privacy::GrantScope;
use sqlx::{AssertSqlSafe, SqliteConnection};
use store::{Following, FreeSessionRow, Holder, NewIdentity, NewPasskey, Notice, Store};

use super::scan::Canary;
use super::whole::Scene;
use super::*;
use crate::privacy_centre::shown::look_at;
use crate::privacy_centre::{escaped, send};

/// Columns that are sealed by design: what is in them is looked for as it is sealed.
const SEALED: [(&str, &str); 4] = [
    ("identities", "sealed_token"),
    ("account_totp", "sealed_secret"),
    ("tickets", "sealed_state"),
    ("mails", "sealed_letter"),
];
const HOUR: Duration = Duration::from_secs(60 * 60);

/// A member who lives here.
pub(super) struct Person {
    pub(super) browser: TestBrowser,
    pub(super) id: AccountId,
    pub(super) room: RoomClient,
    /// What the payment service calls them.
    pub(super) customer: String,
    /// What lies about of them, to be found while they are here.
    pub(super) canaries: Vec<Canary>,
    /// What lies nowhere as they know it, since it is kept as a hash or sealed.
    pub(super) hidden: Vec<Canary>,
}

impl Person {
    /// Does everything that leaves something behind. `number` tells their devices and pictures from others'.
    pub(super) async fn settle(scene: &Scene, mark: &str, number: u8) -> Self {
        let email = format!("{mark}-mail@example.org");
        let mut browser = scene.member(&email).await;
        let view: Value = read(&account(&mut browser).await);
        let id: AccountId = view["id"].as_str().unwrap().parse().unwrap();
        let customer = scene.sell(&mut browser).await;
        let mut canaries = vec![
            Canary::text("account", &id.to_string()),
            Canary::text("address", &email),
            Canary::text("customer", &customer),
        ];
        let key = device_key(u32::from(number));
        canaries.extend(show_oneself(&mut browser, mark, &key).await);
        canaries.extend(speak_up(&mut browser, mark).await);
        let store = scene.store().await;
        let face = picture(&mut browser, &noise(number)).await;
        let face = store.avatar(face.parse().unwrap()).await.unwrap().unwrap();
        canaries.push(Canary::picture("avatar", &face));
        canaries.extend(keep_things(&store, mark, id, number).await);
        store.close().await;
        scene.do_as_operator(&email).await;
        let work = browser.work("sign-in").await;
        let begun = json!({ "email": email, "proof_of_work": work });
        let begun = browser.post("/api/v1/account/sign-in/code", &begun).await;
        assert_eq!(begun.status, 202, "{}", begun.body);
        canaries.extend(sealed(&mut scene.database().await, id).await);
        let mut room = room_of(&browser, u32::from(number)).await;
        let words = words(mark, "chat");
        room.granted(json!({ "do": "chat", "text": words })).await;
        let title = format!("{mark}-title");
        configure(&mut room, json!({ "title": title })).await;
        canaries.push(Canary::text("chat", &words));
        canaries.push(Canary::text("room-title", &title));
        let hidden = vec![
            Canary::text("device-key", &key),
            Canary::text("password", PASSWORD),
            Canary::text("upstream-token", &format!("{mark}-token")),
        ];
        Self {
            browser,
            id,
            room,
            customer,
            canaries,
            hidden,
        }
    }

    /// Comes into the room of another, votes and says something there.
    pub(super) async fn visit(&mut self, scene: &Scene, other: &mut Self, mark: &str, number: u8) {
        let store = scene.store().await;
        let (follow, now) = (EntryId::new(&OsEntropy), SystemClock.now());
        let follows = store.follow(follow, self.id, other.id, now).await;
        assert_eq!(follows.unwrap(), Following::Follows(follow));
        store.close().await;
        let follow = Follow {
            code: other.room.code(),
            key: device_key(u32::from(number)),
            ..Follow::default()
        };
        let mut there = RoomClient::follow_as(&self.browser, &follow).await.unwrap();
        let item = there.state.queue[0].id;
        there.granted(json!({ "do": "vote", "item": item })).await;
        let words = words(mark, "abroad");
        there.granted(json!({ "do": "chat", "text": words })).await;
        self.canaries.push(Canary::text("chat-abroad", &words));
        configure(&mut other.room, json!({ "skip_percent": 100 })).await;
    }
}

/// A text that JSON, addresses and pages each write in their own way.
fn words(mark: &str, about: &str) -> String {
    format!("{mark} \"{about}\" é")
}

/// A picture that no other one is like.
fn noise(number: u8) -> image::RgbImage {
    let mut state = u32::from(number) + 1;
    image::RgbImage::from_fn(96, 96, |_, _| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let [a, b, c, _] = state.to_be_bytes();
        Rgb([a, b, c])
    })
}

async fn show_oneself(browser: &mut TestBrowser, mark: &str, key: &str) -> [Canary; 2] {
    let (name, cellar) = (format!("{mark}-name"), format!("{mark}-cellar"));
    for (method, part, body) in [
        (
            "PATCH",
            "",
            json!({ "user_name": name, "history_days": 365 }),
        ),
        ("PUT", "/hosting", json!({ "is_followable": true })),
        ("POST", "/devices", json!({ "keys": [key] })),
        ("POST", "/rooms", json!({ "name": cellar })),
    ] {
        let path = format!("/api/v1/account{part}");
        let done = browser.send_json(method, &path, &body).await;
        assert!(done.status < 300, "{path}: {}", done.body);
    }
    [
        Canary::text("name", &name),
        Canary::text("saved-room", &cellar),
    ]
}

/// Writes to whoever runs the server, and makes use of one's rights.
async fn speak_up(browser: &mut TestBrowser, mark: &str) -> [Canary; 2] {
    let (question, request) = (words(mark, "question"), words(mark, "request"));
    let form = [("content-type", "application/x-www-form-urlencoded")];
    let body = format!("topic=account&text={}", escaped(&question));
    let asked = browser.request("POST", "/support", &form, body.as_bytes());
    let asked = asked.await;
    assert_eq!(asked.status, 303, "{}", asked.body);
    for (act, fields) in [
        ("ask", [("kind", "review"), ("message", request.as_str())]),
        ("grant", [("scope", "profile"), ("hours", "24")]),
        ("consent", [("matter", "youtube"), ("is_given", "false")]),
        ("object", [("purpose", "security"), ("is_on", "true")]),
    ] {
        let done = send(browser, act, &fields).await;
        assert_eq!(done.status, 303, "{act}: {}", done.body);
    }
    [
        Canary::text("support", &question),
        Canary::text("request", &request),
    ]
}

/// What comes of doors that need another service, another device or another person.
async fn keep_things(store: &Store, mark: &str, id: AccountId, number: u8) -> [Canary; 3] {
    let now = SystemClock.now();
    let marked = |about: &str| format!("{mark}-{about}");
    let identity = NewIdentity {
        id: IdentityId::new(&OsEntropy),
        upstream: "google".to_owned(),
        issuer: "https://accounts.google.com".to_owned(),
        subject: Personal::new(marked("subject")),
        token: Some(Secret::new(marked("token"))),
        connected_at: now,
    };
    assert!(store.insert_identity(id, &identity).await.unwrap());
    let passkey = NewPasskey {
        id: PasskeyId::new(&OsEntropy),
        credential_id: vec![number; 32],
        credential: vec![number; 64],
        name: Personal::new(marked("phone")),
        created_at: now,
    };
    store.insert_passkey(id, &passkey).await.unwrap();
    let notice = Notice {
        id: EntryId::new(&OsEntropy),
        kind: "room-opened".to_owned(),
        about: Personal::new(json!({ "host": marked("notice") }).to_string()),
        made_at: now,
        seen_at: None,
    };
    assert!(store.insert_notice(id, &notice).await.unwrap());
    look_at(store, id, now).await;
    let secret = Secret::new(vec![number; 20]);
    assert!(store.offer_totp(id, &secret).await.unwrap());
    let codes = [[number; 32]];
    assert!(store.confirm_totp(id, 1, &codes, now).await.unwrap());
    let free = FreeSessionRow {
        ends_at: now.after(HOUR),
        free_again_at: now.after(HOUR * 2),
    };
    let holder = Holder::Account(id);
    assert!(store.begin_free_session(&holder, free, now).await.unwrap());
    let view = EntryId::new(&OsEntropy);
    let seen = store.note_granted_view(view, (id, GrantScope::Profile), "operator", now);
    assert!(seen.await.unwrap());
    let kept = [
        ("upstream-subject", "subject"),
        ("passkey", "phone"),
        ("notice", "notice"),
    ];
    kept.map(|(name, about)| Canary::text(name, &marked(about)))
}

/// What of somebody is sealed, as it lies in the database.
async fn sealed(database: &mut SqliteConnection, id: AccountId) -> Vec<Canary> {
    let mut canaries = Vec::new();
    for (table, column) in SEALED {
        let sql = format!("SELECT {column} FROM {table} WHERE account_id = $1");
        let rows = sqlx::query_scalar::<_, Vec<u8>>(AssertSqlSafe(sql))
            .bind(id.to_string())
            .fetch_all(&mut *database)
            .await
            .unwrap();
        assert!(!rows.is_empty(), "{table}");
        canaries.extend(rows.iter().map(|row| Canary::bytes(column, row)));
    }
    canaries
}
