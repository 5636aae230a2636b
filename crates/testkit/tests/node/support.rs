//! Writing to whoever runs the server, without an account and without script, and the pages that say who that is.

use std::path::Path;
use std::time::Duration;

use ::account::EmailAddress;
use app::SUPPORT_CHARS_MAX;
use base::{EntryId, OsEntropy, Personal};
use outbound::Letter;
use serde_json::json;
use store::{GUEST_THREADS_MAX, MEMBER_THREADS_MAX, ThreadMessage, ThreadRow};
use testkit::http::Answer;
use testkit::{TestApp, TestBrowser};
use unisono::support_command::{NoThread, SupportCommand};

use crate::accounts::{account, browser, fill_outbox, letter, member, start};
use crate::database::tamper;

const FORM: (&str, &str) = ("content-type", "application/x-www-form-urlencoded");
const PAGE: (&str, &str) = ("accept", "text/html");
/// What a guest writes.
const GUESTS: &str = "topic=other&text=Hello&contact=guest%40example.org";
/// Longer than it takes until a client may write again as often as ever.
const A_WHILE: Duration = Duration::from_secs(60 * 60);

async fn send(browser: &mut TestBrowser, path: &str, form: &str) -> Answer {
    browser
        .request("POST", path, &[FORM, PAGE], form.as_bytes())
        .await
}

async fn look(browser: &mut TestBrowser, path: &str) -> Answer {
    browser.request("GET", path, &[PAGE], b"").await
}

/// Writes, and gives the address of the thread.
async fn write(browser: &mut TestBrowser, form: &str) -> String {
    let answer = send(browser, "/support", form).await;
    assert_eq!(answer.status, 303, "{}", answer.body);
    answer.header("location").unwrap().to_owned()
}

async fn run(app: &TestApp, command: SupportCommand) -> Result<String, NoThread> {
    let store = app.store().await;
    let done = command.run(&store, base::Clock::now(&app.clock)).await;
    store.close().await;
    done
}

/// Whether any file of the data folder holds these bytes.
fn is_kept(folder: &Path, bytes: &[u8]) -> bool {
    let entries = std::fs::read_dir(folder).unwrap();
    entries.map(|entry| entry.unwrap().path()).any(|path| {
        if path.is_dir() {
            return is_kept(&path, bytes);
        }
        let held = std::fs::read(&path).unwrap_or_default();
        held.windows(bytes.len()).any(|window| window == bytes)
    })
}

/// The reference that a page of a thread shows.
fn reference(page: &str) -> String {
    let start = page.find("UNI-").expect("a reference is shown");
    let end = page[start..].find('<').unwrap();
    page[start..start + end].to_owned()
}

/// Promise T43: it works without an account. Promise T23: and so does deleting what was written.
#[tokio::test]
async fn a_guest_writes_is_answered_by_mail_and_deletes_it_all() {
    let app = start().await;
    let mut guest = browser(&app);
    let form = look(&mut guest, "/support").await;
    assert!(form.body.contains("name=\"contact\"") && !form.body.contains("/assets/index"));
    let address = write(
        &mut guest,
        "topic=fault&text=Nothing+plays%3A+canary-text&contact=guest-canary%40example.org",
    )
    .await;
    let page = look(&mut guest, &address).await;
    assert!(page.body.contains("canary-text") && is_kept(app.folder(), b"canary-text"));
    let reference = reference(&page.body);
    let listed = run(&app, SupportCommand::List).await.unwrap();
    assert!(
        listed.contains(&reference) && !listed.contains("canary"),
        "{listed}"
    );
    let shown = SupportCommand::Show {
        reference: reference.clone(),
    };
    assert!(run(&app, shown).await.unwrap().contains("canary-text"));
    let answer = SupportCommand::Answer {
        reference: reference.clone(),
        text: "Press Listen.".to_owned(),
    };
    run(&app, answer).await.unwrap();
    let Letter::SupportAnswered {
        answer,
        address: link,
    } = letter(&app, "guest-canary@example.org").await
    else {
        panic!("the answer is mailed");
    };
    assert_eq!(answer, "Press Listen.");
    assert!(link.expose().ends_with(&address), "{}", link.expose());

    let mut elsewhere = browser(&app);
    let again = send(&mut elsewhere, &address, "text=Thanks").await;
    assert_eq!(again.status, 303);
    let page = look(&mut elsewhere, &address).await;
    assert!(page.body.contains("Press Listen.") && page.body.contains("Thanks"));
    let gone = send(&mut elsewhere, &format!("{address}/delete"), "").await;
    assert_eq!(gone.status, 200);
    assert_eq!(look(&mut guest, &address).await.status, 404);
    assert!(!is_kept(app.folder(), b"canary-text"), "not a byte is left");
    let close = SupportCommand::Close { reference };
    assert!(matches!(run(&app, close).await, Err(NoThread::Unknown)));
    app.stop().await;
}

/// Promise T22: what a member wrote stands in the copy of their data.
#[tokio::test]
async fn a_member_finds_what_they_wrote_and_takes_it_along() {
    let app = start().await;
    let mut ada = member(&app, "ada@example.org").await;
    let address = write(&mut ada, "topic=account&text=canary-question").await;
    let list = look(&mut ada, "/support").await;
    assert!(list.body.contains(&address) && !list.body.contains("name=\"contact\""));
    let other = look(&mut browser(&app), "/support").await;
    assert!(!other.body.contains(&address));
    let account: serde_json::Value = testkit::browser::json(&account(&mut ada).await);
    let account = account["id"].as_str().unwrap().parse().unwrap();
    let subject = app.app().subject_of_account(account).await.unwrap();
    let store = app.store().await;
    let copies = store.copy_of(&subject).await.unwrap();
    store.close().await;
    assert!(format!("{copies:?}").contains("canary-question"));
    let left = json!({ "word": "erase", "now": true });
    let left = ada.send_json("DELETE", "/api/v1/account", &left).await;
    assert_eq!(left.status, 200, "{}", left.body);
    assert_eq!(look(&mut browser(&app), &address).await.status, 404);
    app.stop().await;
}

#[tokio::test]
async fn what_cannot_be_answered_or_is_too_much_is_refused_and_no_text_is_lost() {
    let app = start().await;
    let mut guest = browser(&app);
    let refused = send(
        &mut guest,
        "/support",
        "topic=fault&text=Kept+text&contact=nowhere",
    )
    .await;
    assert_eq!(refused.status, 422);
    assert!(refused.body.contains("Kept text") && refused.body.contains("nowhere"));
    let refused = send(
        &mut guest,
        "/support",
        "topic=fault&text=+&contact=a%40example.org",
    )
    .await;
    assert_eq!(refused.status, 422);
    let foreign = [FORM, PAGE, ("sec-fetch-site", "cross-site")];
    let body = b"topic=fault&text=x&contact=a%40example.org";
    let refused = guest.request("POST", "/support", &foreign, body).await;
    assert_eq!(refused.status, 403);
    for _ in 0..5 {
        write(&mut guest, "topic=other&text=Hello&contact=a%40example.org").await;
    }
    let refused = send(
        &mut guest,
        "/support",
        "topic=other&text=Hello&contact=a%40example.org",
    )
    .await;
    assert_eq!(refused.status, 429);
    app.stop().await;
}

/// Looks whether a text is still in the field of a page that refuses.
fn still_holds(answer: &Answer, status: u16, words: &str, text: &str) {
    assert_eq!(answer.status, status, "{}", answer.body);
    for part in [words, "UNI-", &format!("{text}</textarea>")] {
        assert!(answer.body.contains(part), "{part}: {}", answer.body);
    }
}

#[tokio::test]
async fn a_refused_text_stays_in_its_field_in_every_language() {
    let app = start().await;
    let mut guest = browser(&app);
    let mut ada = member(&app, "ada@example.org").await;
    let long = "b".repeat(SUPPORT_CHARS_MAX + 1);
    for (language, no_contact, no_message) in [
        ("en", "This is no e-mail address.", "Write something,"),
        (
            "ru",
            "Это не адрес электронной почты.",
            "Напишите что-нибудь,",
        ),
        ("ar", "هذا ليس عنوان بريد إلكتروني.", "اكتب شيئًا،"),
    ] {
        let path = format!("/support?lang={language}");
        let form = "topic=privacy&text=A+%3Cb%3E&contact=nowhere";
        let refused = send(&mut guest, &path, form).await;
        still_holds(&refused, 422, no_contact, "A &#60;b&#62;");
        assert!(refused.body.contains("value=\"nowhere\""));
        assert!(refused.body.contains("value=\"privacy\" selected"));
        let form = format!("topic=privacy&text={long}");
        let refused = send(&mut ada, &path, &form).await;
        still_holds(&refused, 422, no_message, &long);
    }
    let lines = "%0D%0A".repeat(SUPPORT_CHARS_MAX - 2);
    // As many as its field counts.
    write(&mut ada, &format!("topic=account&text=a{lines}b")).await;
    let address = write(&mut ada, "topic=account&text=Hello").await;
    let again = format!("{address}?lang=ru");
    let refused = send(&mut ada, &again, &format!("text={long}")).await;
    still_holds(&refused, 422, "Напишите что-нибудь,", &long);
    let gone = send(&mut ada, &format!("{address}/delete"), "").await;
    assert_eq!(gone.status, 200);
    let refused = send(&mut ada, &again, "text=Kept+text").await;
    still_holds(&refused, 404, "Такой переписки нет.", "Kept text");
    let mut refused = None;
    for _ in 0..10 {
        let answer = send(&mut guest, "/support?lang=ru", GUESTS).await;
        if answer.status != 303 {
            refused = Some(answer);
            break;
        }
    }
    let refused = refused.expect("five in an hour");
    still_holds(&refused, 429, "Вы писали несколько раз за час.", "Hello");
    assert!(refused.header("retry-after").is_some());
    app.stop().await;
}

#[tokio::test]
async fn a_text_stays_in_its_field_when_nothing_can_be_kept_or_read() {
    let app = start().await;
    let mut guest = browser(&app);
    let mut ada = member(&app, "ada@example.org").await;
    let address = write(&mut ada, "topic=account&text=Hello").await;
    app.clock.advance(A_WHILE);
    tamper(&app, "ALTER TABLE support_threads RENAME TO out_of_reach").await;
    let failed = "У нас произошла ошибка.";
    let refused = send(&mut guest, "/support?lang=ru", GUESTS).await;
    still_holds(&refused, 500, failed, "Hello");
    let form = "topic=privacy&text=Kept+text";
    let refused = send(&mut ada, "/support?lang=ru", form).await;
    still_holds(&refused, 500, failed, "Kept text");
    assert!(refused.body.contains("value=\"privacy\" selected"));
    for browser in [&mut ada, &mut guest] {
        let again = send(browser, &format!("{address}?lang=ru"), "text=Kept+text").await;
        still_holds(&again, 500, failed, "Kept text");
        let form = format!("action=\"{address}?lang=ru\"");
        assert!(again.body.contains(&form), "{}", again.body);
    }
    tamper(&app, "ALTER TABLE out_of_reach RENAME TO support_threads").await;
    app.stop().await;
}

#[tokio::test]
async fn an_answer_that_cannot_be_mailed_closes_nothing() {
    let app = start().await;
    let mut guest = browser(&app);
    let address = write(
        &mut guest,
        "topic=fault&text=Hello&contact=guest%40example.org",
    )
    .await;
    let reference = reference(&look(&mut guest, &address).await.body);
    fill_outbox(&app).await;
    let answer = SupportCommand::Answer {
        reference,
        text: "canary-answer".to_owned(),
    };
    let refused = run(&app, answer).await;
    assert!(matches!(refused, Err(NoThread::OutboxFull)));
    let page = look(&mut guest, &address).await;
    assert!(!page.body.contains("canary-answer"));
    let listed = run(&app, SupportCommand::List).await.unwrap();
    assert!(listed.contains("waits"), "{listed}");
    app.stop().await;
}

/// Whatever guests have written, a member is heard.
#[tokio::test]
async fn guests_can_take_no_members_place_and_a_member_has_five() {
    let app = start().await;
    let mut guest = browser(&app);
    let address = write(
        &mut guest,
        "topic=fault&text=Hello&contact=guest%40example.org",
    )
    .await;
    let reference = reference(&look(&mut guest, &address).await.body);
    run(&app, SupportCommand::Close { reference })
        .await
        .unwrap();
    keep_threads(&app, GUEST_THREADS_MAX).await;
    let refused = send(&mut guest, &address, "text=Again").await;
    assert_eq!(refused.status, 503, "it is opened past no bound");
    let form = "topic=fault&text=Hello&contact=guest%40example.org";
    let refused = send(&mut guest, "/support", form).await;
    assert_eq!(refused.status, 503);

    app.clock.advance(A_WHILE);
    let mut ada = member(&app, "ada@example.org").await;
    for _ in 0..MEMBER_THREADS_MAX {
        write(&mut ada, "topic=account&text=Hello").await;
        app.clock.advance(A_WHILE);
    }
    let refused = send(&mut ada, "/support", "topic=account&text=Hello").await;
    assert_eq!(refused.status, 409);
    assert!(refused.body.contains("Write more in one of those"));
    app.stop().await;
}

/// So many threads of guests, none of them answered.
async fn keep_threads(app: &TestApp, count: u32) {
    let store = app.store().await;
    let now = base::Clock::now(&app.clock);
    for number in 0..count {
        let thread = ThreadRow {
            id: EntryId::new(&OsEntropy),
            reference: format!("UNI-FLOOD-{number}"),
            account: None,
            contact: EmailAddress::parse("flood@example.org").ok(),
            topic: "other".to_owned(),
            language: "en".to_owned(),
            origin: "http://localhost".to_owned(),
            opened_at: now,
            closed_at: None,
        };
        let first = ThreadMessage {
            id: EntryId::new(&OsEntropy),
            is_answer: false,
            text: Personal::new("Hello".to_owned()),
            at: now,
        };
        assert!(store.open_thread(&thread, &first).await.unwrap());
    }
    store.close().await;
}

/// Promises S4, Y2, Y55: who answers for the server stands on pages of it, in every language.
#[tokio::test]
async fn whoever_runs_the_server_is_named_in_every_language() {
    let app = TestApp::start_with(|settings| {
        settings.operator.name = "Listening Club".to_owned();
        settings.operator.country = "Portugal".to_owned();
        settings.operator.contact = "club@example.org".to_owned();
    })
    .await;
    let mut guest = browser(&app);
    for language in ["en", "ru", "ar"] {
        for path in ["/contact", "/terms"] {
            let page = look(&mut guest, &format!("{path}?lang={language}")).await;
            assert_eq!(page.status, 200);
            for part in ["Listening Club", "Portugal", "mailto:club@example.org"] {
                assert!(page.body.contains(part), "{part} on {path} in {language}");
            }
        }
        let support = look(&mut guest, &format!("/support?lang={language}")).await;
        for link in ["/terms?lang=", "/contact?lang=", "/privacy?lang="] {
            assert!(support.body.contains(&format!("href=\"{link}{language}")));
        }
    }
    app.stop().await;
}
