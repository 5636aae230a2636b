//! A copy of one server, taken in by another: wholly, once, or not at all.

use base::{AccountId, Clock, PageId, Timestamp};
use music::{Piece, Track};
use serde_json::{Value, json};
use store::PageRow;
use testkit::browser::json as read;
use testkit::postgres::Postgres;

use super::shown::id;
use super::*;
use crate::two_nodes::node_at;

/// The columns that are taken in, as the inventory says: table by table, as lines of a copy.
type Lines = Vec<(String, Vec<Value>)>;

pub(super) async fn copy(app: &TestApp, browser: &mut TestBrowser) -> Vec<u8> {
    let account = id(browser).await;
    let subject = app.app().subject_of_account(account).await.unwrap();
    let language = texts::Language::English;
    app.app().export(&subject, language).await.unwrap()
}

/// Sends the form with a file, as a browser without script does.
async fn bring(browser: &mut TestBrowser, zip: &[u8], password: Option<&str>) -> Answer {
    let mut body = Vec::new();
    if let Some(password) = password {
        body.extend(b"--x7\r\ncontent-disposition: form-data; name=\"password\"\r\n\r\n");
        body.extend(password.as_bytes());
        body.extend(b"\r\n");
    }
    body.extend(
        b"--x7\r\ncontent-disposition: form-data; name=\"copy\"; filename=\"a.zip\"\r\n\r\n",
    );
    body.extend(zip);
    body.extend(b"\r\n--x7--\r\n");
    let kind = [("content-type", "multipart/form-data; boundary=x7")];
    let path = "/privacy/me/bring?lang=en";
    let mut answer = browser.request("POST", path, &kind, &body).await;
    answer.body = answer.body.replace(['\u{2068}', '\u{2069}'], "");
    answer
}

/// What is held of whoever is signed in, of the columns that are taken in.
async fn imported(app: &TestApp, account: AccountId) -> Lines {
    let store = app.store().await;
    let subject = app.app().subject_of_account(account).await.unwrap();
    let mut lines = Lines::new();
    for copy in store.copy_of(&subject).await.unwrap() {
        let places: Vec<usize> = copy.table.imported().map(|(place, _)| place).collect();
        if places.is_empty() {
            continue;
        }
        let rows = copy.rows.iter().map(|row| {
            let cells = places.iter().map(|place| match &row[*place] {
                store::Cell::Empty => Value::Null,
                store::Cell::Text(text) => json!(text),
                store::Cell::Boolean(is_so) => json!(is_so),
                // Moments travel to the second.
                store::Cell::Integer(number) => json!(number / 1_000),
                store::Cell::Bytes(bytes) => json!(!bytes.is_empty()),
            });
            cells.collect::<Value>()
        });
        let mut rows: Vec<Value> = rows.collect();
        rows.sort_by_key(ToString::to_string);
        lines.push((copy.table.holding.table.clone(), rows));
    }
    store.close().await;
    lines
}

async fn keep_page(app: &TestApp, id: PageId) {
    let store = app.store().await;
    let now = app.clock.now();
    let page = PageRow {
        id,
        link: music::parse("https://www.deezer.com/track/3135556").unwrap(),
        piece: Piece::Track(Track::default()),
        art: None,
        views: 0,
        refreshed_at: now,
        opened_at: now,
    };
    assert_eq!(store.keep_page(&page).await.unwrap(), id);
    store.close().await;
}

/// A member of whom there is something in every column that is taken in.
pub(super) async fn somebody(app: &TestApp, page: PageId) -> TestBrowser {
    let mut ada = member(app, "ada@example.org").await;
    let settings =
        json!({ "user_name": "Ada Vale", "language": "ru", "country": "NO", "theme": "dark" });
    let changed = ada.send_json("PATCH", "/api/v1/account", &settings).await;
    assert_eq!(changed.status, 200, "{}", changed.body);
    let mut png = std::io::Cursor::new(Vec::new());
    let picture = image::DynamicImage::new_rgb8(40, 20);
    picture.write_to(&mut png, image::ImageFormat::Png).unwrap();
    let kind = [("content-type", "image/png")];
    let set = ada
        .request("PUT", "/api/v1/account/avatar", &kind, png.get_ref())
        .await;
    assert_eq!(set.status, 200, "{}", set.body);
    for (name, has_queue) in [("Kitchen", true), ("Hall", false)] {
        let wish = json!({ "name": name, "has_queue": has_queue, "ask_first": !has_queue });
        let saved = ada.post("/api/v1/account/rooms", &wish).await;
        assert!(saved.status < 300, "{}", saved.body);
    }
    keep_page(app, page).await;
    let account = id(&mut ada).await;
    let store = app.store().await;
    let now = app.clock.now();
    assert!(store.keep_looked_at(account, page, now).await.unwrap());
    store.close().await;
    ada
}

/// Two servers that know the same page, a copy of somebody on one, and the same person on the other with nothing yet.
async fn two_servers() -> (TestApp, Vec<u8>, Lines, TestApp, TestBrowser) {
    let (from, to) = tokio::join!(start(), start());
    two_servers_of(from, to).await
}

async fn two_servers_of(
    from: TestApp,
    to: TestApp,
) -> (TestApp, Vec<u8>, Lines, TestApp, TestBrowser) {
    let page = PageId::new(&base::OsEntropy);
    let mut ada = somebody(&from, page).await;
    let account = id(&mut ada).await;
    let (zip, held) = (copy(&from, &mut ada).await, imported(&from, account).await);
    // Nothing is taken in that says it was tomorrow.
    to.clock.advance(std::time::Duration::from_secs(60));
    keep_page(&to, page).await;
    let there = member(&to, "ada.v@example.org").await;
    (from, zip, held, to, there)
}

/// Promises S39, Y39: every column that the inventory marks arrives with the value that it had, and nothing else does; the
/// same copy again adds nothing.
#[tokio::test]
async fn a_copy_of_one_server_is_taken_in_by_another_with_equal_values_and_once() {
    let (from, to) = tokio::join!(start(), start());
    bring_from_to(from, to).await;
}

/// Promises S39, Y39: from either database into the other.
#[tokio::test]
async fn a_copy_from_sqlite_is_taken_in_on_postgresql_and_back() {
    let postgres = Postgres::start().unwrap();
    bring_from_to(start().await, node_at(&postgres).await).await;
    let postgres = Postgres::start().unwrap();
    bring_from_to(node_at(&postgres).await, start().await).await;
}

async fn bring_from_to(from: TestApp, to: TestApp) {
    let (from, zip, held, to, mut there) = two_servers_of(from, to).await;
    let account = id(&mut there).await;
    let tables: Vec<&str> = held.iter().map(|(table, _)| table.as_str()).collect();
    let every: Vec<String> = {
        let store = to.store().await;
        let tables = store.imported_tables().await.unwrap();
        store.close().await;
        let names = tables.iter().map(|(table, _)| &table.holding.table);
        names.cloned().collect()
    };
    assert_eq!(tables, every, "something of each is in the copy");
    let brought = bring(&mut there, &zip, None).await;
    assert_eq!(brought.status, 200, "{}", brought.body);
    let counts = "Values of your profile: 5. Saved rooms: 2. Pages of your history: 1.";
    assert!(brought.body.contains(counts), "{}", brought.body);
    assert_eq!(imported(&to, account).await, held);
    let view: Value = read(&there.send("GET", "/api/v1/account").await);
    assert_eq!(view["email"], "ada.v@example.org", "who they are stays");
    assert_eq!(id(&mut there).await, account);

    let again = bring(&mut there, &zip, None).await;
    assert!(
        again
            .body
            .contains("Saved rooms: 0. Pages of your history: 0.")
    );
    let mut twin = there.clone();
    let (one, other) = tokio::join!(bring(&mut there, &zip, None), bring(&mut twin, &zip, None));
    assert_eq!((one.status, other.status), (200, 200));
    assert_eq!(imported(&to, account).await, held, "nothing is there twice");
    from.stop().await;
    to.stop().await;
}

/// Two forms at the same moment, before anything is there: each row comes once.
#[tokio::test]
async fn of_two_who_bring_the_same_at_once_neither_doubles_it() {
    let (from, zip, held, to, mut there) = two_servers().await;
    let account = id(&mut there).await;
    let mut twin = there.clone();
    let (one, other) = tokio::join!(bring(&mut there, &zip, None), bring(&mut twin, &zip, None));
    assert_eq!((one.status, other.status), (200, 200), "{}", one.body);
    assert_eq!(imported(&to, account).await, held);
    from.stop().await;
    to.stop().await;
}

/// An archive that was changed where it says `word`.
fn one_bit_flipped(zip: &[u8], word: &[u8]) -> Vec<u8> {
    let place = zip.windows(word.len()).position(|it| it == word).unwrap();
    let mut flipped = zip.to_vec();
    flipped[place] ^= 1;
    flipped
}

#[tokio::test]
async fn a_copy_that_is_damaged_changes_nothing_and_says_what_is_wrong() {
    let (from, zip, _, to, mut there) = two_servers().await;
    let account = id(&mut there).await;
    let before = imported(&to, account).await;
    let about = |form: &str, rows: Value| json!({ "form": form, "rows": rows }).to_string();
    let one = about("unisono-copy/1", json!({ "saved_rooms": 1 }));
    let room =
        r#"{"name":"Attic","has_queue":1,"ask_first":true,"saved_at":"2026-11-21T11:07:00Z"}"#;
    let whole = room.replace(":1,", ":true,");
    let kept = stored(
        &[("about.json", &one), ("data/saved_rooms.jsonl", &whole)],
        None,
    );
    let flipped = one_bit_flipped(&kept, b"Attic");
    let other_form = stored(&[("about.json", &about("unisono-copy/2", json!({})))], None);
    let no_lines = stored(&[("about.json", &one)], None);
    let bad_line = stored(
        &[("about.json", &one), ("data/saved_rooms.jsonl", room)],
        None,
    );
    let bomb = stored(&[("about.json", &one)], Some(u32::MAX - 1));
    let profile = r#"{"user_name":null,"language":null,"country":null,"theme":"dark"}"#;
    let two_people = stored(
        &[
            (
                "about.json",
                &about("unisono-copy/1", json!({ "accounts": 2 })),
            ),
            ("data/accounts.jsonl", &format!("{profile}\n{profile}")),
        ],
        None,
    );
    let damaged: [(&[u8], u16, &str); 9] = [
        (&zip[..zip.len() / 2], 400, "The copy is not whole"),
        (b"not a copy", 400, "This file is no copy from Unisono"),
        (
            &stored(&[("a.txt", "hello")], None),
            400,
            "no copy from Unisono",
        ),
        (&flipped, 400, "The copy is not whole"),
        (&other_form, 400, "another version of Unisono"),
        (&no_lines, 400, "The copy is not whole"),
        (&bad_line, 400, "Line 1 of “saved_rooms”"),
        (&bomb, 413, "unfolds to more"),
        (&two_people, 413, "unfolds to more"),
    ];
    for (zip, status, words) in damaged {
        let answer = bring(&mut there, zip, None).await;
        assert_eq!(answer.status, status, "{words}: {}", answer.body);
        assert!(answer.body.contains(words), "{words}: {}", answer.body);
    }
    assert_eq!(imported(&to, account).await, before);
    let answer = bring(&mut there, &kept, None).await;
    assert!(answer.body.contains("Saved rooms: 1."), "{}", answer.body);
    from.stop().await;
    to.stop().await;
}

#[tokio::test]
async fn who_brings_a_copy_shows_who_they_are_and_takes_nobodys_name() {
    let (from, zip, _, to, mut there) = two_servers().await;
    let mut other = member(&to, "other@example.org").await;
    let name = json!({ "user_name": "ADA vale" });
    other.send_json("PATCH", "/api/v1/account", &name).await;
    wait_past_the_proof(&to);
    assert_eq!(bring(&mut there, &zip, None).await.status, 403);
    assert_eq!(bring(&mut there, &zip, Some("no")).await.status, 403);
    let brought = bring(&mut there, &zip, Some(PASSWORD)).await;
    let counts = "Values of your profile: 4. Saved rooms: 2. Pages of your history: 1.";
    assert!(brought.body.contains(counts), "{}", brought.body);
    assert!(
        brought.body.contains("cannot be here: 1."),
        "{}",
        brought.body
    );
    let mut guest = browser(&to);
    assert_eq!(bring(&mut guest, &zip, Some(PASSWORD)).await.status, 401);
    let shown = page(&mut there).await;
    assert!(shown.contains("enctype=\"multipart/form-data\""));
    let mut last = 0;
    for _ in 0..10 {
        last = bring(&mut there, b"", Some(PASSWORD)).await.status;
    }
    assert_eq!(last, 429, "not without end");
    from.stop().await;
    to.stop().await;
}

#[tokio::test]
async fn nothing_is_taken_in_while_everything_is_being_erased() {
    let (from, zip, _, to, mut there) = two_servers().await;
    let account = id(&mut there).await;
    let store = to.store().await;
    let subject = to.app().subject_of_account(account).await.unwrap();
    let digest = app::ledger_digest(&store, &subject, &base::OsEntropy);
    let (digest, now): (_, Timestamp) = (digest.await.unwrap(), to.clock.now());
    let receipt = base::ReceiptId::new(now, &base::OsEntropy);
    let begun = store.begin_erasure(receipt, &subject, &digest, now).await;
    begun.unwrap();
    store.close().await;
    let answer = bring(&mut there, &zip, None).await;
    assert_eq!(answer.status, 409);
    assert!(
        answer.body.contains("being erased just now"),
        "{}",
        answer.body
    );
    from.stop().await;
    to.stop().await;
}

/// A ZIP archive without compression, whose files claim to unfold to `claim` bytes.
fn stored(files: &[(&str, &str)], claim: Option<u32>) -> Vec<u8> {
    let (mut bytes, mut directory) = (Vec::new(), Vec::new());
    for (name, content) in files {
        let offset = bytes.len() as u32;
        let length = content.len() as u32;
        let mut about = [20_u16, 0, 0, 0, 33].map(u16::to_le_bytes).concat();
        for word in [crc(content.as_bytes()), length, claim.unwrap_or(length)] {
            about.extend(word.to_le_bytes());
        }
        about.extend((name.len() as u32).to_le_bytes());
        bytes.extend(
            [
                b"PK\x03\x04",
                about.as_slice(),
                name.as_bytes(),
                content.as_bytes(),
            ]
            .concat(),
        );
        directory.extend([b"PK\x01\x02\x14\0", about.as_slice(), &[0; 10]].concat());
        directory.extend(offset.to_le_bytes());
        directory.extend(name.as_bytes());
    }
    let (offset, length) = (bytes.len() as u32, directory.len() as u32);
    bytes.extend(directory);
    bytes.extend(b"PK\x05\x06\0\0\0\0");
    bytes.extend([files.len() as u16; 2].map(u16::to_le_bytes).concat());
    bytes.extend([length, offset].map(u32::to_le_bytes).concat());
    bytes.extend([0; 2]);
    bytes
}

/// The check sum of archives (ISO 3309).
fn crc(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |sum, byte| {
        (0..8).fold(sum ^ u32::from(*byte), |sum, _| {
            (sum >> 1) ^ (0xedb8_8320 & (sum & 1).wrapping_neg())
        })
    })
}
