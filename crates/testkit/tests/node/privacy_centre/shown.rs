//! What the page shows of somebody, and of nobody else.

use base::{AccountId, Clock as _, EntryId, OsEntropy, PageId, Personal, Timestamp};
use music::{Link, Piece, Track};
use serde_json::{Value, json};
use store::{Cell, Notice, PageRow, Store};
use testkit::browser::json as read;
use testkit::{RoomClient, TestBrowser, device_key};

use super::*;

/// Who this browser is.
pub(super) async fn id(browser: &mut TestBrowser) -> AccountId {
    let account: Value = read(&browser.send("GET", "/api/v1/account").await);
    account["id"].as_str().unwrap().parse().unwrap()
}

/// A link page that the member looked at.
pub(crate) async fn looked_at(app: &TestApp, account: AccountId) -> PageId {
    let store = app.store().await;
    let page = look_at(&store, account, app.clock.now()).await;
    store.close().await;
    page
}

/// The same in a store.
pub(crate) async fn look_at(store: &Store, account: AccountId, now: Timestamp) -> PageId {
    let link: Link = music::parse("https://www.deezer.com/track/3135556").unwrap();
    let page = PageRow {
        id: PageId::new(&OsEntropy),
        link,
        piece: Piece::Track(Track {
            title: "Night Ferry".to_owned(),
            artists: vec!["Nora Vale".to_owned()],
            ..Track::default()
        }),
        art: None,
        views: 0,
        refreshed_at: now,
        opened_at: now,
    };
    let page = store.keep_page(&page).await.unwrap();
    assert!(store.keep_looked_at(account, page, now).await.unwrap());
    page
}

/// A notice with something to look for.
pub(super) async fn notice(app: &TestApp, account: AccountId, canary: &str) -> String {
    let store = app.store().await;
    let id = EntryId::new(&OsEntropy);
    let notice = Notice {
        id,
        kind: "room-opened".to_owned(),
        about: Personal::new(json!({ "host": canary }).to_string()),
        made_at: app.clock.now(),
        seen_at: None,
    };
    assert!(store.insert_notice(account, &notice).await.unwrap());
    store.close().await;
    id.to_string()
}

/// As a page writes it.
fn drawn(text: &str) -> String {
    let marks = [
        ('&', "&#38;"),
        ('<', "&#60;"),
        ('>', "&#62;"),
        ('"', "&#34;"),
        ('\'', "&#39;"),
    ];
    let mut drawn = String::new();
    for letter in text.chars() {
        match marks.iter().find(|(mark, _)| *mark == letter) {
            Some((_, escaped)) => drawn.push_str(escaped),
            None => drawn.push(letter),
        }
    }
    drawn
}

pub(super) async fn seed(app: &TestApp, name: &str) -> (TestBrowser, RoomClient) {
    let mut browser = member(app, &format!("{name}-canary@example.org")).await;
    let profile = [
        ("user_name", format!("{name} <canary>")),
        ("country", "NO".to_owned()),
        ("language", "en".to_owned()),
        ("theme", "dark".to_owned()),
        ("history_days", "90".to_owned()),
    ];
    let profile: Vec<(&str, &str)> = profile
        .iter()
        .map(|(key, it)| (*key, it.as_str()))
        .collect();
    assert_eq!(send(&mut browser, "correct", &profile).await.status, 303);
    let account = id(&mut browser).await;
    looked_at(app, account).await;
    notice(app, account, &format!("{name}-notice-canary")).await;
    let message = format!("{name}-message-canary");
    let asked = [("kind", "review"), ("message", message.as_str())];
    assert_eq!(send(&mut browser, "ask", &asked).await.status, 303);
    for act in [
        ("consent", [("matter", "youtube"), ("is_given", "false")]),
        ("object", [("purpose", "security"), ("is_on", "true")]),
    ] {
        assert_eq!(send(&mut browser, act.0, &act.1).await.status, 303);
    }
    let queue = json!({ "preset": "party", "title": format!("{name}-room-canary") });
    let create = json!({ "device_key": device_key(name.len() as u32), "queue": queue });
    let mut room = RoomClient::create_as(&browser, create).await;
    let words = format!("{name}-words-canary");
    room.granted(json!({ "do": "chat", "text": words })).await;
    (browser, room)
}

/// Promises S35, Y35, T33, T42: each value that the copy holds stands on the page, and nothing of anybody else.
#[tokio::test]
async fn every_value_that_is_kept_of_a_member_is_on_the_page_and_no_other() {
    let app = start().await;
    let (mut ada, _ada_room) = seed(&app, "ada").await;
    let (_ben, _ben_room) = seed(&app, "benjamin").await;
    let page = page(&mut ada).await;
    let subject = app
        .app()
        .subject_of_account(id(&mut ada).await)
        .await
        .unwrap();
    let store = app.store().await;
    let copies = store.copy_of(&subject).await.unwrap();
    store.close().await;
    let mut seen = 0;
    for copy in &copies {
        for (column, cell) in copy
            .rows
            .iter()
            .flat_map(|row| copy.table.columns.iter().zip(row))
        {
            let Cell::Text(text) = cell else { continue };
            if column.rule.is_personal() && !column.is_shared {
                seen += 1;
                let place = format!("{}.{}", copy.table.holding.table, column.name);
                assert!(page.contains(&drawn(text)), "{place}");
            }
        }
    }
    assert!(seen > 25, "{seen}");
    for canary in ["notice", "message", "room", "words"] {
        assert!(page.contains(&format!("ada-{canary}-canary")), "{canary}");
    }
    assert!(!page.contains("benjamin"), "nothing of anybody else");
    app.stop().await;
}

#[tokio::test]
async fn the_page_shows_no_hash_no_key_and_nothing_without_its_reason() {
    let app = start().await;
    let mut ada = member(&app, "ada@example.org").await;
    let page = page(&mut ada).await;
    assert!(
        !page.contains("$2b$"),
        "the hash of the password is only named"
    );
    assert!(page.contains("account_passwords.hash") && page.contains("only a fingerprint"));
    let articles = page.matches("<dt class=\"quiet\">What for</dt>").count();
    let allowed = page.matches("<dt class=\"quiet\">Allowed by</dt>").count();
    let until = page.matches("<dt class=\"quiet\">How long</dt>").count();
    assert!(articles > 4 && articles == allowed && articles == until);
    app.stop().await;
}

#[tokio::test]
async fn the_page_reads_in_every_language_and_is_kept_by_nobody() {
    let app = start().await;
    let mut ada = member(&app, "ada@example.org").await;
    for (language, title) in [
        ("en", "Your data"),
        ("ru", "Ваши данные"),
        ("ar", "بياناتك"),
    ] {
        for browser in [&mut ada, &mut browser(&app)] {
            let answer = browser
                .send("GET", &format!("{PATH}?lang={language}"))
                .await;
            assert_eq!(answer.status, 200);
            assert_eq!(answer.header("cache-control"), Some("no-store"));
            assert!(answer.body.contains(&format!("<h1>{title}</h1>")));
        }
    }
    app.stop().await;
}

/// Promise S36: wherever the inventory says that something can be corrected, it says where, and that place is there.
#[tokio::test]
async fn whatever_can_be_corrected_names_an_editor_that_is_there() {
    let app = start().await;
    let mut ada = member(&app, "ada@example.org").await;
    let page = page(&mut ada).await;
    let views = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../frontend/src/views/account"
    );
    let views = std::fs::read_dir(views)
        .unwrap()
        .map(|entry| std::fs::read_to_string(entry.unwrap().path()).unwrap_or_default());
    let account: String = views.collect();
    let mut editors = 0;
    for (place, rule) in app::App::inventory().rules() {
        assert_eq!(rule.rectify, rule.editor.is_some(), "{place}");
        let Some(editor) = &rule.editor else { continue };
        editors += 1;
        let (path, mark) = editor.split_once('#').unwrap_or((editor, ""));
        let answer = ada.send("GET", &path.replace("{code}", "K7M4QX")).await;
        assert_eq!(answer.status, 200, "{place}: {path}");
        let is_there = match path {
            "/privacy/me" => page.contains(&format!("id=\"{mark}\"")),
            "/account" => account.contains(&format!("<Section name=\"{mark}\"")),
            _ => mark.is_empty(),
        };
        assert!(is_there, "{place}: {editor}");
    }
    assert!(editors > 15, "{editors}");
    app.stop().await;
}

/// One row goes, then all of its kind, and nothing else.
#[tokio::test]
async fn a_row_and_a_kind_of_rows_go_apart_from_everything_else() {
    let app = start().await;
    let mut ada = member(&app, "ada@example.org").await;
    let mut ben = member(&app, "ben@example.org").await;
    let account = id(&mut ada).await;
    let notices = ["one-canary", "two-canary", "three-canary"];
    let mut ids = Vec::new();
    for canary in notices {
        ids.push(notice(&app, account, canary).await);
    }
    let bens = id(&mut ben).await;
    notice(&app, bens, "bens-canary").await;
    let one = [("table", "notices"), ("item", ids[0].as_str())];
    let by_another = send(&mut ben, "erase", &one).await;
    assert_eq!(by_another.status, 303);
    assert!(
        page(&mut ada).await.contains("one-canary"),
        "only one's own"
    );
    assert_eq!(
        leads_to(&send(&mut ada, "erase", &one).await),
        "/privacy/me?done=erased#held"
    );
    let left = page(&mut ada).await;
    assert!(!left.contains("one-canary") && left.contains("two-canary"));
    let kind = [("table", "notices"), ("word", "erase")];
    assert_eq!(
        leads_to(&send(&mut ada, "erase", &kind).await),
        "/privacy/me?done=erased#held"
    );
    let left = page(&mut ada).await;
    assert!(!left.contains("-canary") && left.contains("ada@example.org"));
    assert!(page(&mut ben).await.contains("bens-canary"));
    for table in ["accounts", "security_events", "nothing"] {
        let kind = [("table", table), ("word", "erase")];
        let refused = send(&mut ada, "erase", &kind).await;
        assert_eq!(refused.status, 404, "{table}");
    }
    app.stop().await;
}

/// A slip, or whoever sits down at an open page, takes no kind of rows away: it wants the word and a late proof.
#[tokio::test]
async fn a_kind_of_rows_goes_by_no_single_press() {
    let app = start().await;
    let mut ada = member(&app, "ada@example.org").await;
    let account = id(&mut ada).await;
    let one = notice(&app, account, "one-canary").await;
    notice(&app, account, "two-canary").await;
    let table = ("table", "notices");
    let (word, right) = (("word", "Erase "), ("password", PASSWORD));
    let pressed = send(&mut ada, "erase", &[table]).await;
    assert_eq!(pressed.status, 400, "{}", pressed.body);
    wait_past_the_proof(&app);
    for (fields, status) in [
        (&[table, ("word", "eras"), right][..], 400),
        (&[table, word], 403),
        (&[table, word, ("password", "guess-canary")], 403),
    ] {
        tick(&app);
        let refused = send(&mut ada, "erase", fields).await;
        assert_eq!(refused.status, status, "{fields:?}: {}", refused.body);
        let typed = format!("required value=\"{}\"", fields[1].1);
        for part in [typed.as_str(), "class=\"kind\" open", "one-canary"] {
            assert!(refused.body.contains(part), "{part}: {}", refused.body);
        }
        assert!(!refused.body.contains("guess-canary"));
    }
    let row = [table, ("item", one.as_str())];
    assert_eq!(send(&mut ada, "erase", &row).await.status, 303, "one row");
    assert!(page(&mut ada).await.contains("two-canary"));
    tick(&app);
    let meant = send(&mut ada, "erase", &[table, word, right]).await;
    assert_eq!(leads_to(&meant), "/privacy/me?done=erased#held");
    assert!(!page(&mut ada).await.contains("-canary"));
    app.stop().await;
}
