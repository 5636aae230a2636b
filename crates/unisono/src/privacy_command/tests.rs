use std::path::Path;
use std::time::Duration;

use base::{EntryId, OsEntropy, Secret};
use outbound::Letter;
use sqlx::{Connection as _, Executor as _};
use store::{NewAccount, PolicyRow, SecurityEvent};

use super::*;

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
            created_at: START,
        };
        self.store.create_account(&new).await.unwrap();
        id
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
        let desk = Desk {
            store: &self.store,
            held: app::App::inventory(),
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
async fn an_erasure_that_could_not_be_answered_is_under_way_and_the_request_stays_open() {
    let home = Home::new().await;
    let ada = home
        .member("ada@example.org", account::Rank::Member, "ru")
        .await;
    let id = asked_to_erase(&home).await;
    let url = home.path("unisono.db");
    let mut database = sqlx::SqliteConnection::connect(&url).await.unwrap();
    let cut_off = "CREATE TRIGGER cut_off BEFORE UPDATE OF answered_at ON requests
                   BEGIN SELECT RAISE(ABORT, 'cut off'); END";
    database.execute(cut_off).await.unwrap();
    let answer = ["requests", "answer", &id, "--outcome", "It is erased."];
    let answer = [&answer[..], &["--erase-account"]].concat();
    let failed = home.run(2 * DAY, &answer).await;
    assert!(matches!(failed, Err(NotDone::Store(_))), "{failed:?}");
    let account = home.store.account(ada).await.unwrap().unwrap();
    assert_eq!(account.erase_at, Some(START.after(2 * DAY)));
    database.execute("DROP TRIGGER cut_off").await.unwrap();
    home.run(3 * DAY, &answer).await.unwrap();
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

fn facts(people: u64) -> String {
    format!(
        "nature = [\"confidentiality\"]\ncategories = [\"contact\"]\npeople = {people}\nrecords = 1\n\
         contact = \"privacy@listen.example\"\nis_high_risk = true\n[event]\nen = \"It was read.\"\nar = \"قُرئت.\"\n\
         [consequences]\nen = \"Others may write.\"\n[measures]\nen = \"It is closed.\"\n"
    )
}

/// Promise Y54
#[tokio::test]
async fn a_breach_has_72_hours_then_a_reason_and_people_are_told_in_their_language() {
    let home = Home::new().await;
    home.member("ada@example.org", account::Rank::Member, "ar")
        .await;
    home.member("ben@example.org", account::Rank::Member, "ru")
        .await;
    let unknown = home.file("unknown.toml", "categories = [\"shoes\"]");
    let refused = home.run(DAY, &["breach", "open", &unknown]).await;
    assert!(refused.unwrap_err().to_string().contains("shoes"));
    let form = home.run(DAY, &["breach", "template"]).await.unwrap();
    let form = home.file("form.toml", &form);
    let aware = ["--aware", "2026-11-22T00:00:00Z"];
    let opened = home
        .run(DAY, &[&["breach", "open", &form][..], &aware].concat())
        .await
        .unwrap();
    assert!(opened.contains("48 h 0 min left"), "{opened}");
    let id = first_word(&opened);
    let told = home.run(DAY, &["breach", "told", &id]).await;
    assert!(told.unwrap_err().to_string().contains("consequences"));
    let known = home.file("known.toml", &facts(2));
    home.run(DAY, &["breach", "update", &id, &known])
        .await
        .unwrap();
    let late = home.run(3 * DAY, &["breach", "told", &id]).await;
    assert!(matches!(
        late,
        Err(NotDone::Breach(BreachRefusal::LateReason))
    ));
    let because = ["breach", "told", &id, "--late-because", "nobody was here"];
    home.run(3 * DAY, &because).await.unwrap();
    let letter = home.run(4 * DAY, &["breach", "letter", &id]).await.unwrap();
    for part in [
        "nobody was here",
        "2026-11-25T00:00:00Z",
        "It was read.",
        "listen.example",
    ] {
        assert!(letter.contains(part), "{part}: {letter}");
    }
    let names = home.file("names.txt", "ada@example.org\nben@example.org\n");
    let people = ["breach", "tell-people", &id, "--accounts", &names];
    let told = home.run(4 * DAY, &people).await.unwrap();
    assert!(
        told.contains("people told at 2026-11-26T00:00:00Z"),
        "{told}"
    );
    let letters = home.letters().await;
    let event = |to: &str| {
        let found = letters.iter().find(|(one, _, _)| one == to).unwrap();
        let (_, language, Letter::Breach { event, .. }) = found else {
            panic!("a letter about the breach");
        };
        (language.as_str(), event.as_str())
    };
    assert_eq!(event("ada@example.org"), ("ar", "قُرئت."));
    assert_eq!(event("ben@example.org"), ("ru", "It was read."));
    let again = home.run(4 * DAY, &people).await;
    assert!(matches!(again, Err(NotDone::Breach(BreachRefusal::Done))));
}

/// Promise T30
#[tokio::test]
async fn a_request_by_an_authority_takes_two_operators_and_the_person_is_told() {
    let home = Home::new().await;
    home.member("ada@example.org", account::Rank::Member, "en")
        .await;
    for operator in ["one@example.org", "two@example.org"] {
        home.member(operator, account::Rank::Operator, "en").await;
    }
    let record = |by: &'static str| {
        let words = ["--authority", "Court of X", "--file", "7 Js 12/26", "--by"];
        [
            &["legal", "record", "ada@example.org"][..],
            &words,
            &[by][..],
        ]
        .concat()
    };
    let member = home.run(DAY, &record("ada@example.org")).await;
    assert!(matches!(member, Err(NotDone::NoOperator)));
    let recorded = home.run(DAY, &record("one@example.org")).await.unwrap();
    let id = first_word(&recorded);
    let copy = home.path("copy.zip");
    let release = |by| ["legal", "release", &id, "--by", by, "--to", &copy];
    let alone = home.run(DAY, &release("one@example.org")).await;
    assert!(matches!(
        alone,
        Err(NotDone::Legal(LegalRefusal::SamePerson))
    ));
    assert!(!Path::new(&copy).exists());
    let released = home.run(DAY, &release("two@example.org")).await.unwrap();
    assert!(released.contains("person told on 2026-11-23"), "{released}");
    assert!(std::fs::read(&copy).unwrap().starts_with(b"PK"));
    let letters = home.letters().await;
    assert!(
        matches!(&letters[..], [(to, _, Letter::LegalRequest { .. })] if to == "ada@example.org")
    );
    let sealed = [record("one@example.org"), vec!["--sealed"]].concat();
    let id = first_word(&home.run(DAY, &sealed).await.unwrap());
    let copy = home.path("other.zip");
    let release = [
        "legal",
        "release",
        &id,
        "--by",
        "two@example.org",
        "--to",
        &copy,
    ];
    home.run(DAY, &release).await.unwrap();
    assert_eq!(home.letters().await.len(), 1, "a court forbids it");
    home.run(2 * DAY, &["legal", "unseal", &id]).await.unwrap();
    assert_eq!(home.letters().await.len(), 2);
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
    home.store.publish_policy(&before).await.unwrap();
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
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
    let json = home.run(DAY, &["record", "--json"]).await.unwrap();
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert!(json["purposes"].as_array().unwrap().len() > 5);
}
