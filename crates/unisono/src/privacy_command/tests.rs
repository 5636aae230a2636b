use std::path::Path;
use std::time::Duration;

use base::{EntryId, OsEntropy, RequestId, Secret};
use outbound::Letter;
use privacy::{Ground, RequestKind};
use sqlx::{Connection as _, Executor as _};
use store::{NewAccount, PolicyOrdinal, PolicyRow, RequestRow, SecurityEvent};

use super::*;

mod registers;

const DAY: Duration = Duration::from_secs(24 * 60 * 60);
const START: Timestamp = Timestamp::from_unix_ms(1_795_305_600_000);

struct Home {
    folder: tempfile::TempDir,
    store: Store,
}

impl Home {
    async fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let settings = store::Settings {
            sealing_key: Some(Secret::new([7; 32])),
            ..store::Settings::at(folder.path().join("unisono.db").display().to_string())
        };
        let store = Store::open(&settings).await.unwrap();
        Self { folder, store }
    }

    async fn member(&self, email: &str, rank: account::Rank, language: &str) -> AccountId {
        let id = AccountId::new(START, &OsEntropy);
        let new = NewAccount {
            id,
            email: Some(EmailAddress::parse(email).unwrap()),
            rank,
            language: Some(language.to_owned()),
            agreed_version: "1".to_owned(),
            password_hash: Some(Secret::new("$2b$04$made.up.hash".to_owned())),
            passkey: None,
            identity: None,
            invitation: None,
            created_at: START,
        };
        self.store.create_account(&new).await.unwrap();
        id
    }

    /// A member without an address: they sign in by a passkey alone.
    async fn silent_member(&self) -> AccountId {
        let id = AccountId::new(START, &OsEntropy);
        let new = NewAccount {
            id,
            email: None,
            rank: account::Rank::Member,
            language: None,
            agreed_version: "1".to_owned(),
            password_hash: None,
            passkey: None,
            identity: None,
            invitation: None,
            created_at: START,
        };
        self.store.create_account(&new).await.unwrap();
        id
    }

    async fn database(&self) -> sqlx::SqliteConnection {
        let url = self.path("unisono.db");
        sqlx::SqliteConnection::connect(&url).await.unwrap()
    }

    /// Takes all room that the outbox has.
    async fn fill_outbox(&self) {
        let fill = format!(
            "WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < {})
             INSERT INTO mails (id, template, language, sealed_letter, attempts, next_at, created_at, expires_at)
             SELECT 'filler ' || n, 'erased', 'en', x'00', 0, 0, 0, 0 FROM numbers",
            store::MAILS_MAX
        );
        let mut database = self.database().await;
        database.execute(sqlx::AssertSqlSafe(fill)).await.unwrap();
        database.close().await.unwrap();
    }

    async fn empty_outbox(&self) {
        let mut database = self.database().await;
        let fillers = "DELETE FROM mails WHERE id LIKE 'filler %'";
        database.execute(fillers).await.unwrap();
        database.close().await.unwrap();
    }

    /// Does a command at a moment after the start.
    async fn run(&self, after: Duration, arguments: &[&str]) -> Result<String, NotDone> {
        #[derive(clap::Parser)]
        struct Line {
            #[command(subcommand)]
            command: PrivacyCommand,
        }
        let words = std::iter::once("privacy").chain(arguments.iter().copied());
        let line = <Line as clap::Parser>::try_parse_from(words).unwrap();
        let grounds = [("US".to_owned(), Ground::Clauses)].into();
        let desk = Desk {
            store: &self.store,
            held: app::App::inventory(),
            grounds: &grounds,
            site: "listen.example",
            now: START.after(after),
            entropy: &OsEntropy,
        };
        line.command.run(&desk).await
    }

    fn file(&self, name: &str, text: &str) -> String {
        let file = self.folder.path().join(name);
        std::fs::write(&file, text).unwrap();
        file.display().to_string()
    }

    fn path(&self, name: &str) -> String {
        self.folder.path().join(name).display().to_string()
    }

    /// The letters that wait: to whom, in which language, and what.
    async fn letters(&self) -> Vec<(String, String, Letter)> {
        let mails = self.store.mails(100).await.unwrap();
        let read = mails.into_iter().map(|mail| {
            let read = Letter::from_outbox(&mail.template, mail.letter.expose());
            let (to, letter) = read.unwrap();
            (to.as_typed().to_owned(), mail.language, letter)
        });
        read.collect()
    }
}

fn first_word(line: &str) -> String {
    line.split(' ').next().unwrap().to_owned()
}

const MAIL: &str = "From: Ada <ada@example.org>\nDate: Sat, 21 Nov 2026 00:00:00 +0000\nSubject: Please\n\nDelete me.\n";

/// Takes a request of Ada's for erasure in and checks it; gives its id.
async fn asked_to_erase(home: &Home) -> String {
    let mail = home.file("mail.eml", MAIL);
    let opened = home
        .run(DAY, &["requests", "open", &mail, "--kind", "erasure"])
        .await
        .unwrap();
    let id = first_word(&opened);
    assert!(opened.contains("asked on 2026-11-21"), "{opened}");
    let early = home
        .run(DAY, &["requests", "answer", &id, "--outcome", "x"])
        .await;
    assert!(matches!(early, Err(NotDone::NotOpen)));
    let (to, language, Letter::RequestCheck { proof, .. }) = home.letters().await.remove(0) else {
        panic!("the sender is asked");
    };
    assert_eq!((to.as_str(), language.as_str()), ("ada@example.org", "ru"));
    let wrong = home
        .run(DAY, &["requests", "check", &id, "0000000000"])
        .await;
    assert!(matches!(wrong, Err(NotDone::WrongCode)));
    home.run(DAY, &["requests", "check", &id, proof.expose()])
        .await
        .unwrap();
    id
}

/// Promise S34
#[tokio::test]
async fn an_erasure_asked_for_by_mail_begins_once_the_sender_has_shown_who_they_are() {
    let home = Home::new().await;
    let ada = home
        .member("ada@example.org", account::Rank::Member, "ru")
        .await;
    let id = asked_to_erase(&home).await;
    let account = home.store.account(ada).await.unwrap().unwrap();
    assert_eq!(account.erase_at, None);
    let answer = ["requests", "answer", &id, "--outcome", "It is erased."];
    let answer = [&answer[..], &["--erase-account"]].concat();
    home.run(2 * DAY, &answer).await.unwrap();
    let account = home.store.account(ada).await.unwrap().unwrap();
    assert_eq!(account.erase_at, Some(START.after(2 * DAY)));
    let letters = home.letters().await;
    let answered = letters
        .iter()
        .any(|(_, _, letter)| matches!(letter, Letter::RequestAnswered { .. }));
    assert!(answered);
    let twice = home.run(2 * DAY, &answer).await;
    assert!(matches!(twice, Err(NotDone::NotOpen)));
}

#[tokio::test]
async fn an_answer_that_does_not_say_so_erases_no_account() {
    let home = Home::new().await;
    let ada = home
        .member("ada@example.org", account::Rank::Member, "ru")
        .await;
    let id = asked_to_erase(&home).await;
    let answer = [
        "requests",
        "answer",
        &id,
        "--outcome",
        "The message is gone.",
    ];
    let told = home.run(2 * DAY, &answer).await.unwrap();
    assert!(!told.contains("erased"), "{told}");
    let account = home.store.account(ada).await.unwrap().unwrap();
    assert_eq!(account.erase_at, None);
}

#[tokio::test]
async fn an_answer_that_was_cut_off_has_begun_nothing_and_can_be_given_again() {
    let home = Home::new().await;
    let ada = home
        .member("ada@example.org", account::Rank::Member, "ru")
        .await;
    let id = asked_to_erase(&home).await;
    let mut database = home.database().await;
    let cut_off = "CREATE TRIGGER cut_off BEFORE UPDATE OF answered_at ON requests
                   BEGIN SELECT RAISE(ABORT, 'cut off'); END";
    database.execute(cut_off).await.unwrap();
    let copy = home.path("copy.zip");
    let answer = ["requests", "answer", &id, "--outcome", "It is erased."];
    let answer = [&answer[..], &["--erase-account", "--copy", &copy]].concat();
    let letters = home.letters().await.len();
    let failed = home.run(2 * DAY, &answer).await;
    assert!(matches!(failed, Err(NotDone::Store(_))), "{failed:?}");
    let account = home.store.account(ada).await.unwrap().unwrap();
    assert_eq!(account.erase_at, None);
    assert_eq!(home.letters().await.len(), letters, "nobody was written to");
    let files = std::fs::read_dir(home.folder.path()).unwrap();
    let names = files.map(|file| file.unwrap().file_name().into_string().unwrap());
    assert!(!names.into_iter().any(|name| name.contains("copy")));
    database.execute("DROP TRIGGER cut_off").await.unwrap();
    home.run(3 * DAY, &answer).await.unwrap();
    assert_eq!(home.letters().await.len(), letters + 1);
    assert!(std::fs::read(&copy).unwrap().starts_with(b"PK"));
    let account = home.store.account(ada).await.unwrap().unwrap();
    assert_eq!(account.erase_at, Some(START.after(3 * DAY)));
    database.close().await.unwrap();
}

#[tokio::test]
async fn nobody_without_an_account_is_told_that_one_is_erased() {
    let home = Home::new().await;
    let mail = home.file("mail.eml", MAIL);
    let opened = home.run(DAY, &["requests", "open", &mail]).await.unwrap();
    let id = first_word(&opened);
    let (_, _, Letter::RequestCheck { proof, .. }) = home.letters().await.remove(0) else {
        panic!("the sender is asked");
    };
    home.run(DAY, &["requests", "check", &id, proof.expose()])
        .await
        .unwrap();
    let answer = [
        "requests",
        "answer",
        &id,
        "--outcome",
        "x",
        "--erase-account",
    ];
    let none = home.run(DAY, &answer).await;
    assert!(matches!(none, Err(NotDone::NoAccount)));
    assert_eq!(home.letters().await.len(), 1, "nothing is written");
}

/// Promises S41, Y46
#[tokio::test]
async fn the_queue_warns_on_day_20_and_is_red_on_day_28() {
    let home = Home::new().await;
    let mail = home.file("mail.eml", MAIL);
    home.run(Duration::ZERO, &["requests", "open", &mail])
        .await
        .unwrap();
    // The mail was written a day before the start.
    for (days, word) in [
        (18, "in time"),
        (19, "WARNING"),
        (26, "WARNING"),
        (27, "RED: due at once"),
        (29, "RED: LATE"),
    ] {
        let listed = home.run(days * DAY, &["requests", "list"]).await.unwrap();
        assert!(listed.contains(word), "day {days}: {listed}");
        assert!(!listed.contains("ada@"), "{listed}");
    }
}

#[tokio::test]
async fn a_request_by_a_stranger_is_checked_by_a_letter_and_no_mail_is_refused() {
    let home = Home::new().await;
    let mail = home.file("mail.eml", MAIL);
    let opened = home
        .run(DAY, &["requests", "open", &mail, "--kind", "access"])
        .await
        .unwrap();
    assert!(opened.contains("no account"), "{opened}");
    assert_eq!(home.letters().await.len(), 1);
    let text = home.file("text.txt", "hello");
    let none = home.run(DAY, &["requests", "open", &text]).await;
    assert!(matches!(none, Err(NotDone::NoMail)));
    let kind = home
        .run(DAY, &["requests", "open", &mail, "--kind", "money"])
        .await;
    assert!(kind.unwrap_err().to_string().contains("erasure"));
}

#[tokio::test]
async fn a_mail_whose_sender_cannot_be_asked_is_not_taken_in() {
    let home = Home::new().await;
    let mail = home.file("mail.eml", MAIL);
    let open = ["requests", "open", &mail, "--kind", "erasure"];
    home.fill_outbox().await;
    let full = home.run(DAY, &open).await;
    assert!(matches!(full, Err(NotDone::OutboxFull)), "{full:?}");
    assert_eq!(home.store.requests(0, 10).await.unwrap(), []);
    home.empty_outbox().await;
    home.run(DAY, &open).await.unwrap();
    assert_eq!(home.store.requests(0, 10).await.unwrap().len(), 1);
    assert_eq!(home.letters().await.len(), 1);
}

#[tokio::test]
async fn a_long_queue_is_read_page_by_page() {
    let home = Home::new().await;
    for number in 0..=LISTED_MAX {
        let asked = RequestRow {
            id: RequestId::new(START, &OsEntropy),
            account: None,
            kind: RequestKind::Access,
            message: None,
            contact: None,
            asked_at: START.after(Duration::from_secs(u64::from(number))),
            checked_at: Some(START),
            answered_at: None,
            outcome: None,
        };
        let kept = home.store.insert_request(&asked, LISTED_MAX + 1).await;
        assert!(kept.unwrap());
    }
    let first = home.run(DAY, &["requests", "list"]).await.unwrap();
    assert_eq!(first.lines().count(), LISTED_MAX as usize + 1);
    assert!(first.ends_with("unisono privacy requests list --page 2"));
    let second = ["requests", "list", "--page", "2"];
    let second = home.run(DAY, &second).await.unwrap();
    assert_eq!(second.lines().count(), 1);
    assert!(!first.contains(&first_word(&second)));
    let third = ["requests", "list", "--page", "3"];
    assert_eq!(home.run(DAY, &third).await.unwrap(), "There are no more.");
}

/// Promises T41, Y52
#[tokio::test]
async fn a_policy_that_says_more_is_published_and_begins_letters() {
    let home = Home::new().await;
    let show = home.run(DAY, &["policy", "show"]).await.unwrap();
    assert!(show.contains("the first policy"), "{show}");
    let before = PolicyRow {
        version: "000000000000".to_owned(),
        published_at: START,
        change: "more".to_owned(),
        model: r#"{"rows":[],"asked":[],"players":[],"erasure":{}}"#.to_owned(),
    };
    let first = home
        .store
        .publish_policy(&before, PolicyOrdinal::NONE, None);
    assert!(first.await.unwrap());
    let published = home.run(DAY, &["policy", "publish"]).await.unwrap();
    assert!(
        published.contains("Class: consent") && published.contains("\n+ "),
        "{published}"
    );
    let begun = home.store.announcements(8).await.unwrap();
    assert_eq!(begun.len(), 1);
    assert_eq!((begun[0].kind.as_str(), begun[0].letters), ("policy", 0));
    let again = home.run(2 * DAY, &["policy", "publish"]).await.unwrap();
    assert!(again.contains("is in force"), "{again}");
    assert_eq!(home.store.announcements(8).await.unwrap(), begun);
}

#[tokio::test]
async fn a_policy_that_another_came_before_is_not_said_to_be_published() {
    let home = Home::new().await;
    let mut database = home.database().await;
    // As the database answers whoever comes second.
    let second = "CREATE TRIGGER second BEFORE INSERT ON policies BEGIN SELECT RAISE(IGNORE); END";
    database.execute(second).await.unwrap();
    database.close().await.unwrap();
    let refused = home.run(DAY, &["policy", "publish"]).await;
    assert!(matches!(refused, Err(NotDone::OtherPolicy)), "{refused:?}");
    assert_eq!(home.store.policies(1).await.unwrap(), []);
}

#[tokio::test]
async fn retention_says_what_would_go_and_does_it_when_asked() {
    let home = Home::new().await;
    let ada = home
        .member("ada@example.org", account::Rank::Member, "en")
        .await;
    let event = SecurityEvent {
        id: EntryId::new(&OsEntropy),
        kind: "signed-in".to_owned(),
        device: "Firefox on Linux".to_owned(),
        at: START,
    };
    home.store.insert_security_event(ada, &event).await.unwrap();
    let dry = ["retention", "--dry-run"];
    let young = home.run(89 * DAY, &dry).await.unwrap();
    assert!(young.contains("0 rows would go"), "{young}");
    for _ in 0..2 {
        let old = home.run(91 * DAY, &dry).await.unwrap();
        assert!(
            old.contains("security_events") && old.contains("1 rows would go"),
            "{old}"
        );
    }
    let swept = home.run(91 * DAY, &["retention"]).await.unwrap();
    assert!(swept.contains("1 rows went"), "{swept}");
    let after = home.run(91 * DAY, &dry).await.unwrap();
    assert!(
        after.contains("0 rows would go") && after.contains("2027-02-21"),
        "{after}"
    );
}

/// Promises Y42, Y44
#[tokio::test]
async fn the_table_by_category_says_what_is_collected_why_and_to_whom_it_goes() {
    let home = Home::new().await;
    let text = home.run(DAY, &["categories"]).await.unwrap();
    for part in [
        "1798.110(c)",
        "listen.example",
        "## A. identifiers\n- Collected: ",
        "## E. biometric information\n- Not collected",
        "- Disclosed to: ",
        "mail-server",
        "Nothing of it is sold",
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
    assert!(!text.contains("privacy-"), "a word without a text: {text}");
    let json = home.run(DAY, &["categories", "--json"]).await.unwrap();
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    let rows = json["categories"].as_array().unwrap();
    assert_eq!(rows.len(), 12);
    assert!(rows.iter().all(|row| row["is_sold"] == false));
}

#[tokio::test]
async fn the_record_of_processing_is_made_of_the_inventory() {
    let home = Home::new().await;
    let text = home.run(DAY, &["record"]).await.unwrap();
    for part in [
        "Article 30",
        "listen.example",
        "## Your account",
        "Categories of data",
        "Time limits for erasure",
        "mail-server",
        "US (none is needed: nothing about you is told there; contract clauses",
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
    let json = home.run(DAY, &["record", "--json"]).await.unwrap();
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert!(json["purposes"].as_array().unwrap().len() > 5);
}
