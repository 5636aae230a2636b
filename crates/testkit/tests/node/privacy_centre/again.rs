//! What people type into a form stays in it when the form is refused.

use super::*;
use crate::accounts::fill_outbox;
use crate::database::tamper;

const TYPED: &str = "My <words> & wishes";
/// The same where the page says it.
const SHOWN: &str = "My &#60;words&#62; &#38; wishes";
const CODE: &str = "13572468";
/// One character more than a request may have.
const TOO_LONG: usize = 2_001;

async fn start_with_mail() -> TestApp {
    TestApp::start_with(|settings| {
        settings.accounts.password_cost = 4;
        settings.accounts.proof_of_work_cost = 1;
        write_letters(settings);
    })
    .await
}

/// What a form without an account holds.
fn asking(email: &str) -> [(&str, &str); 3] {
    [("kind", "erasure"), ("message", TYPED), ("email", email)]
}

/// Looks whether a refused request is there again, with the reference of the refusal and words in this language.
fn asks_again(answer: &Answer, status: u16, words: &str, email: &str) {
    let body = &answer.body;
    assert_eq!(answer.status, status, "{body}");
    assert_eq!(answer.header("cache-control"), Some("no-store"));
    let message = format!("{SHOWN}</textarea>");
    let email = format!("value=\"{email}\"");
    let kind = "value=\"erasure\" selected";
    for part in [words, "UNI-", &message, &email, kind] {
        assert!(body.contains(part), "{part} is missing: {body}");
    }
    assert!(!body.contains("<words>"), "it is no markup");
}

/// The name of the step that waits for a mailed code.
fn ticket(page: &str) -> String {
    let (_, rest) = page.split_once("name=\"ticket\" value=\"").unwrap();
    rest.split('"').next().unwrap().to_owned()
}

#[tokio::test]
async fn a_guests_refused_request_stays_in_its_form() {
    let app = start_with_mail().await;
    let mut guest = browser(&app);
    for (act, words) in [
        ("ask", "This is not an e-mail address."),
        ("ask?lang=ru", "Это не адрес электронной почты."),
        ("ask?lang=ar", "هذا ليس عنوان بريد إلكتروني."),
    ] {
        let refused = send(&mut guest, act, &asking("nowhere")).await;
        asks_again(&refused, 422, words, "nowhere");
    }
    let email = "guest@example.org";
    let mut refused = None;
    for _ in 0..10 {
        tick(&app);
        let answer = send(&mut guest, "ask?lang=ru", &asking(email)).await;
        if answer.status != 200 {
            refused = Some(answer);
            break;
        }
    }
    let refused = refused.expect("letters to one address are few");
    asks_again(&refused, 429, "Слишком много попыток.", email);
    assert!(refused.header("retry-after").is_some());

    fill_outbox(&app).await;
    let mut other = browser(&app);
    let email = "other@example.org";
    let refused = send(&mut other, "ask", &asking(email)).await;
    asks_again(&refused, 503, "More letters wait to be sent", email);
    assert!(refused.header("retry-after").is_some());
    app.stop().await;
}

#[tokio::test]
async fn a_server_without_mail_gives_a_guest_their_words_back() {
    let app = start().await;
    let mut guest = browser(&app);
    let refused = send(&mut guest, "ask", &asking("")).await;
    asks_again(&refused, 422, "This server sends no mail", "");
    app.stop().await;
}

#[tokio::test]
async fn a_members_refused_request_stays_in_its_form() {
    let app = start().await;
    let mut ada = member(&app, "ada@example.org").await;
    let long = "ü".repeat(TOO_LONG);
    let asked = [("kind", "review"), ("message", long.as_str())];
    for (act, words, told) in [
        ("ask", "You are signed in as", ["2,001", "2,000"]),
        ("ask?lang=ru", "Вы вошли как", ["2\u{a0}001", "2\u{a0}000"]),
        ("ask?lang=ar", "dir=\"rtl\"", ["2,001", "2,000"]),
    ] {
        let refused = send(&mut ada, act, &asked).await;
        assert_eq!(refused.status, 422, "{}", refused.body);
        for part in [
            words,
            told[0],
            told[1],
            &long,
            "value=\"review\" selected",
            "href=\"#requests\"",
        ] {
            assert!(refused.body.contains(part), "{part} is missing");
        }
        assert!(!refused.body.contains("name=\"email\""));
    }
    tamper(&app, "ALTER TABLE requests RENAME TO out_of_reach").await;
    let asked = [("kind", "review"), ("message", TYPED)];
    let refused = send(&mut ada, "ask?lang=ru", &asked).await;
    assert_eq!(refused.status, 500, "{}", refused.body);
    let form = "action=\"/privacy/me/ask?lang=ru\"";
    for part in [SHOWN, "value=\"review\" selected", form] {
        assert!(refused.body.contains(part), "{part}: {}", refused.body);
    }
    assert!(!refused.body.contains("name=\"email\""));
    tamper(&app, "ALTER TABLE out_of_reach RENAME TO requests").await;
    app.stop().await;
}

#[tokio::test]
async fn a_request_is_as_long_as_its_field_says() {
    let app = start().await;
    let mut ada = member(&app, "ada@example.org").await;
    // A form sends each line end as two characters.
    let lines = ["ü".repeat(999), "ü".repeat(1_000)];
    let whole = lines.join("\r\n");
    let taken = send(&mut ada, "ask", &[("kind", "review"), ("message", &whole)]).await;
    assert_eq!(leads_to(&taken), "/privacy/me?done=asked#requests");
    let store = app.store().await;
    let kept = store.requests(0, 10).await.unwrap().remove(0).message;
    store.close().await;
    assert_eq!(kept.unwrap().expose(), &lines.join("\n"));
    app.stop().await;
}

#[tokio::test]
async fn a_refused_correction_stays_in_its_form() {
    let app = start().await;
    let mut ada = member(&app, "ada@example.org").await;
    let mut ben = member(&app, "ben@example.org").await;
    let name = "Ada & Bob";
    let wanted = [
        ("user_name", name),
        ("country", "PT"),
        ("language", "ru"),
        ("theme", "dark"),
        ("history_days", "90"),
    ];
    let taken = send(&mut ada, "correct", &wanted).await;
    assert_eq!(leads_to(&taken), "/privacy/me?done=corrected#correct");
    let stays = |answer: &Answer, status: u16, words: &str| {
        assert_eq!(answer.status, status, "{}", answer.body);
        for part in [
            words,
            "UNI-",
            "value=\"Ada &#38; Bob\"",
            "value=\"PT\"",
            "value=\"ru\" selected",
            "value=\"dark\" selected",
            "value=\"90\" selected",
        ] {
            assert!(answer.body.contains(part), "{part}: {}", answer.body);
        }
    };
    let refused = send(&mut ben, "correct", &wanted).await;
    stays(&refused, 409, "Somebody else has this name.");
    assert!(refused.body.contains("You are signed in as"));
    let refused = send(&mut ben, "correct?lang=ru", &wanted).await;
    stays(&refused, 409, "Это имя занято.");

    let mut guest = browser(&app);
    let refused = send(&mut guest, "correct?lang=ar", &wanted).await;
    stays(&refused, 401, "لم تسجّل الدخول.");
    assert!(refused.body.contains("dir=\"rtl\""));
    tamper(&app, "ALTER TABLE sessions RENAME TO out_of_reach").await;
    let refused = send(&mut ben, "correct", &wanted).await;
    stays(&refused, 500, "Something failed on our side.");
    tamper(&app, "ALTER TABLE out_of_reach RENAME TO sessions").await;
    app.stop().await;
}

#[tokio::test]
async fn what_another_site_has_sent_is_put_into_no_form() {
    let app = start_with_mail().await;
    let mut ada = member(&app, "ada@example.org").await;
    let wanted = [
        ("user_name", "canary"),
        ("country", ""),
        ("language", ""),
        ("theme", ""),
        ("history_days", "0"),
    ];
    let foreign = send_from(&mut ada, "correct", &wanted, "cross-site").await;
    assert_eq!(foreign.status, 403);
    assert!(!foreign.body.contains("canary"), "{}", foreign.body);
    let asked = [("kind", "other"), ("message", "canary")];
    let foreign = send_from(&mut ada, "ask", &asked, "cross-site").await;
    assert_eq!(foreign.status, 403);
    assert!(!foreign.body.contains("canary"), "{}", foreign.body);
    app.stop().await;
}

#[tokio::test]
async fn a_wrong_code_can_be_typed_again_and_when_its_step_is_over_the_request_is_still_there() {
    let app = start_with_mail().await;
    let mut guest = browser(&app);
    let email = "guest@example.org";
    let begun = send(&mut guest, "ask", &asking(email)).await;
    let step = ticket(&begun.body);
    let [kind, message, address] = asking(email);
    let typed = [("ticket", &*step), ("code", CODE), kind, message, address];
    let wrong = send(&mut guest, "ask/code", &typed).await;
    assert_eq!(wrong.status, 403, "{}", wrong.body);
    assert_eq!(ticket(&wrong.body), step);
    let held = format!("type=\"hidden\" name=\"message\" value=\"{SHOWN}\"");
    assert!(wrong.body.contains(&held), "{}", wrong.body);
    assert!(!wrong.body.contains(CODE), "no code is said again");
    let mut over = None;
    for _ in 0..10 {
        tick(&app);
        let answer = send(&mut guest, "ask/code?lang=ru", &typed).await;
        assert!(!answer.body.contains(CODE), "no code is said again");
        if answer.status == 410 {
            over = Some(answer);
            break;
        }
    }
    let over = over.expect("a code is tried five times");
    asks_again(&over, 410, "Этот шаг уже закончен.", email);
    app.stop().await;
}

#[tokio::test]
async fn who_leaves_or_allows_something_and_is_refused_finds_all_but_the_password() {
    let app = start_with_mail().await;
    let mut ada = member(&app, "ada@example.org").await;
    wait_past_the_proof(&app);
    let wrong = ("password", "guess-canary");
    let meant = [("when", "later"), ("word", "Erase "), wrong];
    let refused = send(&mut ada, "leave", &meant).await;
    assert_eq!(refused.status, 403, "{}", refused.body);
    assert!(refused.body.contains("required value=\"Erase \""));
    assert!(!refused.body.contains("guess-canary"));
    let allowed = [("scope", "history"), ("hours", "24"), wrong];
    let refused = send(&mut ada, "grant?lang=ru", &allowed).await;
    assert_eq!(refused.status, 403, "{}", refused.body);
    for part in ["value=\"history\" selected", "value=\"24\" selected"] {
        assert!(refused.body.contains(part), "{part}: {}", refused.body);
    }
    assert!(!refused.body.contains("guess-canary"));

    let begun = send(&mut ada, "code", &[]).await;
    let step = ticket(&begun.body);
    let right = code(&app, "ada@example.org").await;
    let proof = [("ticket", step.as_str()), ("code", right.as_str())];
    let slip = [("when", "later"), ("word", "eras"), proof[0], proof[1]];
    let refused = send(&mut ada, "leave", &slip).await;
    assert_eq!(refused.status, 400, "{}", refused.body);
    assert!(refused.body.contains("required value=\"eras\""));
    assert!(!refused.body.contains(&right), "no code is said again");
    assert_eq!(ticket(&refused.body), step, "the code is not used up");
    let meant = [("when", "later"), ("word", "erase"), proof[0], proof[1]];
    let planned = send(&mut ada, "leave", &meant).await;
    assert_eq!(leads_to(&planned), "/privacy/me?done=planned#leave");
    app.stop().await;
}
