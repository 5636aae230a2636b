//! A table that this program has never heard of: what people have a right to follows from its entry in the inventory, and
//! without one nothing starts.

use std::sync::LazyLock;
use std::time::Duration;

use privacy::{Change, Form, Grounds, Inventory, Kind, Plans, Policy, RecordEntry, record};
use store::{Cell, Store, StoreError, inventory};

use crate::crowd::Crowd;
use crate::home::Home;
use crate::{NOW, erase, on_both_databases};

const TABLE: &str =
    "CREATE TABLE letters (id TEXT PRIMARY KEY, account_id TEXT NOT NULL, body TEXT, sent_at BIGINT NOT NULL);
     CREATE INDEX letters_by_account ON letters (account_id);";

/// All that its author writes beside the table.
const ENTRY: &str = r#"
    [table.letters]
    owner = "account_id"
    erase = "delete"
    item = "id"
    sweep = "older(sent_at, 30d)"
    [table.letters.column.id]
    category = "message"
    purpose = "notices"
    basis = "consent"
    source = "generated"
    retention = "30d"
    visibility = "self"
    export = true
    rectify = false
    recipients = []
    at_rest = "plain"
    [table.letters.column.account_id]
    category = "account"
    purpose = "notices"
    basis = "consent"
    source = "generated"
    retention = "30d"
    visibility = "never"
    export = false
    rectify = false
    recipients = []
    at_rest = "plain"
    [table.letters.column.body]
    category = "message"
    purpose = "notices"
    basis = "consent"
    source = "provided"
    retention = "30d"
    visibility = "self"
    export = true
    rectify = true
    editor = "/letters/{id}"
    recipients = []
    at_rest = "plain"
    may_contain_special = true
    [table.letters.column.sent_at]
    category = "message"
    purpose = "notices"
    basis = "consent"
    source = "observed"
    retention = "30d"
    visibility = "self"
    export = true
    rectify = false
    recipients = []
    at_rest = "plain"
"#;

/// This program's inventory with that entry, and what follows from it.
static EXTENDED: LazyLock<(Inventory, Plans)> = LazyLock::new(|| {
    let mut inventory = inventory().clone();
    let entry = Inventory::read(&[("letters.toml", ENTRY)]).unwrap();
    inventory.table.extend(entry.table);
    let plans = Plans::of(&inventory).unwrap();
    (inventory, plans)
});

on_both_databases! {
    what_people_have_a_right_to_follows_from_the_entry_of_a_new_table,
}

async fn what_people_have_a_right_to_follows_from_the_entry_of_a_new_table(home: Home) {
    home.store().await.close().await;
    home.tamper(TABLE.to_owned()).await;
    nothing_starts_without_the_entry(&home).await;
    let (inventory, plans) = &*EXTENDED;
    let store = home.store_by(inventory, plans).await;
    let crowd = write_letters(&home).await;
    it_is_in_the_copy_and_in_the_form(&store, &crowd).await;
    it_is_swept_and_erased(&home, &store, &crowd).await;
    if let Some(done) = store.rewrite_erased(Duration::from_secs(1)).await.unwrap() {
        assert!(done.tables.iter().any(|table| table == "letters"));
    }
}

async fn nothing_starts_without_the_entry(home: &Home) {
    let refused = Store::open(&store::Settings::at(home.url())).await;
    let Err(StoreError::Undeclared(found)) = refused else {
        panic!("it starts: {refused:?}");
    };
    let found: Vec<String> = found.iter().map(ToString::to_string).collect();
    let columns = ["account_id", "body", "id", "sent_at"];
    let told = columns.map(|column| format!("letters.{column} is not in the inventory"));
    assert_eq!(found, told);
}

/// Two of the first of five people, of which one is old, and one of the second.
async fn write_letters(home: &Home) -> Crowd {
    let crowd = Crowd::settle(home, 1).await;
    let mut sql = String::new();
    for (id, person, days) in [("new", 0, 1), ("old", 0, 31), ("other", 1, 1)] {
        let person = crowd.person(person);
        let (subject, body) = (person.subject(), person.canary() + "letter");
        let account = subject.account().unwrap();
        let sent_at = NOW.unix_ms() - days * 24 * 3_600_000;
        sql += &format!("INSERT INTO letters VALUES ('{id}', '{account}', '{body}', {sent_at});");
    }
    home.tamper(sql).await;
    crowd
}

async fn it_is_in_the_copy_and_in_the_form(store: &Store, crowd: &Crowd) {
    let person = crowd.person(0);
    let copies = store.copy_of(&person.subject()).await.unwrap();
    let mut copies = copies.iter();
    let copy = copies.find(|copy| copy.table.holding.table == "letters");
    let copy = copy.unwrap();
    let names = copy.table.columns.iter().map(|column| &*column.name);
    assert!(names.eq(["body", "id", "sent_at"]));
    let body = Cell::Text(person.canary() + "letter");
    assert!(copy.rows.len() == 2 && copy.rows.iter().all(|row| row[0] == body));
    let schema = store.copy_schema().await.unwrap();
    let properties = &schema["$defs"]["letters"]["properties"];
    assert_eq!(properties["sent_at"]["format"], "date-time");
    // What the centre draws of a value, and where it leads to have it corrected, is read from these.
    let body = &copy.table.columns[0];
    assert_eq!(body.form(Kind::Text), Form::Text);
    assert_eq!(body.rule.editor.as_deref(), Some("/letters/{id}"));
}

async fn it_is_swept_and_erased(home: &Home, store: &Store, crowd: &Crowd) {
    let [first, second] = [0, 1].map(|number| crowd.person(number).subject());
    let of_second = async |item| {
        let erased = store.erase_rows("letters", &second, Some(item)).await;
        erased.unwrap()
    };
    let letters = async || {
        home.lines("SELECT id FROM letters ORDER BY id".to_owned())
            .await
    };
    assert_eq!(store.would_sweep(NOW).await.unwrap()["letters"], 1);
    assert_eq!(store.sweep(NOW).await.unwrap()["letters"], 1);
    assert_eq!(letters().await, ["new", "other"]);
    assert_eq!(of_second("new").await, Some(0), "it is another's");
    let erased = erase(store, &first).await;
    assert_eq!(erased["letters"], 1);
    assert_eq!(letters().await, ["other"]);
    let [canary, ..] = crowd.person(0).traces();
    assert_ne!(home.holds(&canary), Some(true));
    assert_eq!(of_second("other").await, Some(1));
}

#[test]
fn what_is_published_follows_from_the_entry_of_a_new_table() {
    let [before, after] = [inventory(), &EXTENDED.0].map(Policy::of);
    let mut rows = after.rows.iter();
    let row = rows.find(|row| row.names.contains("table.letters.body"));
    let row = row.unwrap();
    let told = [&row.purpose, &row.category, &row.basis, &row.retention];
    assert_eq!(told, ["notices", "message", "consent", "30d"]);
    assert_eq!(after.erasure["letters"], "delete");
    assert_eq!(after.since(&before).change(), Change::More);
    let notices = |policy: &Policy| {
        let entries: Vec<RecordEntry> = record(policy, &Grounds::new());
        let mut entries = entries.into_iter();
        entries.find(|entry| entry.purpose == "notices").unwrap()
    };
    let [before, after] = [&before, &after].map(notices);
    let categories: Vec<&String> = after.categories.difference(&before.categories).collect();
    assert_eq!(categories, ["message"]);
    assert!(after.retention.contains("30d"));
}
