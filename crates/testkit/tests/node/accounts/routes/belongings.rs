//! What Ada has here: one of everything that others could take, change or read.

use std::collections::{BTreeMap, BTreeSet};

use base::{AccountId, Clock, EntryId, IdentityId, OsEntropy, PageId, Personal, Secret, Timestamp};
use music::{Context, Kind, Link, Piece, Platform, Track};
use store::{Following, NewIdentity, Notice, PageRow, Store};
use testkit::authenticator::SoftAuthenticator;
use testkit::{RoomClient, device_key};

use super::*;

/// Her address.
pub(super) const ADA: &str = "ada-canary@example.org";
const NADIA: &str = "nadia@example.org";

/// What Ada has here.
pub(super) struct Ada {
    pub(super) browser: TestBrowser,
    pub(super) account: String,
    /// A step that she has begun.
    pub(super) ticket: String,
    /// The names by which her things can be asked for.
    pub(super) names: BTreeSet<String>,
    /// In which table there is something by such a name.
    pub(super) tables: BTreeMap<String, String>,
    /// The names that are keys as well: whoever has the address of a page that begins so may go in.
    keys: [(&'static str, String); 2],
    /// The code of her room.
    pub(super) code: String,
    /// What nobody else may ever read.
    pub(super) secrets: Vec<String>,
    /// Kept open, so that the room is there.
    _room: RoomClient,
}

impl Ada {
    /// The names by which others ask for her things at `door`.
    pub(super) fn names_for(&self, door: &Door) -> Vec<&str> {
        if !door.takes_name() {
            return vec![""];
        }
        let is_key = |name: &&str| {
            let mut keys = self.keys.iter();
            keys.any(|(page, key)| door.path.starts_with(page) && key == name)
        };
        let names = self.names.iter().map(String::as_str);
        names.filter(|name| !is_key(name)).collect()
    }
}

/// An account with one of everything.
pub(super) async fn ada(app: &TestApp) -> Ada {
    let mut browser = member(app, ADA).await;
    let changes = json!({ "user_name": "Canary Lovelace", "history_days": 365 });
    let changed: Value = read(
        &browser
            .send_json("PATCH", "/api/v1/account", &changes)
            .await,
    );
    let account = changed["id"].as_str().unwrap().to_owned();
    let host = followable(app).await;
    let (page, follow) = keep_things(app, account.parse().unwrap(), host).await;
    let wish = json!({ "name": "Canary cellar", "password": "Canary between us" });
    let saved = browser.post("/api/v1/account/rooms", &wish).await;
    assert_eq!(saved.status, 201, "{}", saved.body);
    hold_a_key(&mut browser).await;
    show_a_face(&mut browser).await;
    let totp: Value = read(&browser.post("/api/v1/account/totp", &json!({})).await);
    let thread = speak_up(&mut browser).await;
    let queue = json!({ "preset": "party", "title": "Canary kitchen" });
    let create = json!({ "device_key": device_key(0), "queue": queue });
    let room = RoomClient::create_as(&browser, create).await;
    let (mut names, tables) = named(app, &mut browser, &account).await;
    names.extend([&account, &room.code(), &page, &thread, &follow].map(String::clone));
    let session: Value = read(&browser.send("GET", "/api/v1/account/sessions").await);
    let secrets = vec![
        ADA.to_owned(),
        "Canary".to_owned(),
        browser.cookies["__Host-unisono"].clone(),
        session[0]["id"].as_str().unwrap().to_owned(),
        totp["secret"].as_str().unwrap().to_owned(),
        "canary-subject".to_owned(),
        follow.clone(),
        thread.clone(),
        "canary-token".to_owned(),
    ];
    Ada {
        browser,
        account,
        ticket: totp["ticket"].as_str().unwrap().to_owned(),
        names,
        tables,
        keys: [("/support/", thread), ("/u/", follow)],
        code: room.code(),
        secrets,
        _room: room,
    }
}

/// Writes to whoever runs the server, asks for something and lets them look; gives the name of what was written.
async fn speak_up(browser: &mut TestBrowser) -> String {
    let headers = [FORM, ("accept", "text/html")];
    let mut thread = String::new();
    for (path, fields) in [
        ("/privacy/me/ask", "kind=review&message=Canary+worry"),
        ("/privacy/me/grant", "scope=profile&hours=24"),
        ("/support", "topic=fault&text=Canary+question"),
    ] {
        let answer = browser.request("POST", path, &headers, fields.as_bytes());
        let answer = answer.await;
        assert_eq!(answer.status, 303, "{path}: {}", answer.body);
        let leads = answer.header("location").unwrap();
        thread = leads.rsplit('/').next().unwrap().to_owned();
    }
    thread
}

/// The names of all that the account has, by its rows and as its owner is shown them, and the tables of those rows.
async fn named(
    app: &TestApp,
    browser: &mut TestBrowser,
    account: &str,
) -> (BTreeSet<String>, BTreeMap<String, String>) {
    let (mut names, mut tables) = (BTreeSet::new(), BTreeMap::new());
    for row in rows(app, account).await {
        let Some(item) = row.item else { continue };
        names.insert(item.clone());
        tables.insert(item, row.table);
    }
    for door in doors(&document()) {
        if door.method == "GET" && door.is_guarded && !door.has_parameter() {
            let answer = browser.send("GET", &door.path).await;
            if let Ok(value) = serde_json::from_str(&answer.body) {
                harvest(&value, &mut names);
            }
        }
    }
    (names, tables)
}

/// Gives an account a passkey.
async fn hold_a_key(browser: &mut TestBrowser) {
    let mut device = SoftAuthenticator::new(ORIGIN);
    let begun: Value = read(&browser.post("/api/v1/account/passkeys", &json!({})).await);
    let credential = device.create(&begun["options"]).unwrap();
    let body =
        json!({ "ticket": begun["ticket"], "credential": credential, "name": "Canary phone" });
    let made = browser.post("/api/v1/account/passkeys/verify", &body).await;
    assert_eq!(made.status, 200, "{}", made.body);
}

/// Gives an account a picture.
async fn show_a_face(browser: &mut TestBrowser) {
    let mut png = std::io::Cursor::new(Vec::new());
    image::DynamicImage::new_rgb8(4, 4)
        .write_to(&mut png, image::ImageFormat::Png)
        .unwrap();
    let kind = [("content-type", "image/png")];
    browser
        .request("PUT", "/api/v1/account/avatar", &kind, &png.into_inner())
        .await;
}

/// A member who may be followed.
async fn followable(app: &TestApp) -> AccountId {
    let mut host = member(app, NADIA).await;
    let set = json!({ "is_followable": true });
    let answer = host.send_json("PUT", "/api/v1/account/hosting", &set).await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    let host: Value = read(&account(&mut host).await);
    host["id"].as_str().unwrap().parse().unwrap()
}

/// An upstream that is linked, a page that was looked at, a host who is followed, and news of a room of theirs; gives the
/// names of the page and of the following.
async fn keep_things(app: &TestApp, account: AccountId, host: AccountId) -> (String, String) {
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
    let follow = keep_news(&store, account, host, now).await;
    store.close().await;
    (page.to_string(), follow.to_string())
}

async fn keep_news(store: &Store, account: AccountId, host: AccountId, now: Timestamp) -> EntryId {
    let follow = EntryId::new(&OsEntropy);
    let following = store.follow(follow, account, host, now).await.unwrap();
    assert_eq!(following, Following::Follows(follow));
    assert!(store.set_follow_mails(follow, Some(now)).await.unwrap());
    let notice = Notice {
        id: EntryId::new(&OsEntropy),
        kind: "room-opened".to_owned(),
        about: Personal::new(json!({ "follow": follow, "room": "over" }).to_string()),
        made_at: now,
        seen_at: None,
    };
    assert!(store.insert_notice(account, &notice).await.unwrap());
    follow
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
