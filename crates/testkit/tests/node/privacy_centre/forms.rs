//! Taking everything along, and leaving, by forms.

use super::*;

/// Promises S35, Y35: the copy is one press away, by password where the last proof is old.
#[tokio::test]
async fn a_copy_is_downloaded_without_script() {
    let app = start().await;
    let mut ada = member(&app, "ada@example.org").await;
    let copy = send(&mut ada, "copy", &[]).await;
    assert_eq!(
        (copy.status, copy.header("content-type")),
        (200, Some("application/zip"))
    );
    wait_past_the_proof(&app);
    assert!(page(&mut ada).await.contains("name=\"password\""));
    assert_eq!(send(&mut ada, "copy", &[]).await.status, 403);
    let wrong = send(&mut ada, "copy", &[("password", "no")]).await;
    assert_eq!(wrong.status, 403);
    let copy = send(&mut ada, "copy", &[("password", PASSWORD)]).await;
    assert!(copy.status == 200 && copy.body.starts_with("PK"));
    assert!(page(&mut ada).await.contains("A copy was taken along"));
    app.stop().await;
}

#[tokio::test]
async fn the_page_in_a_copy_is_in_the_language_of_the_page_that_gives_it() {
    let app = start().await;
    let mut ada = member(&app, "ada@example.org").await;
    let account = shown::id(&mut ada).await;
    let subject = app.app().subject_of_account(account).await.unwrap();
    for language in texts::Language::OFFERED {
        let made = app.app().export(&subject, language).await.unwrap();
        let act = format!("copy?lang={}", language.tag());
        let given = send(&mut ada, &act, &[]).await;
        assert_eq!(given.status, 200, "{}", given.body);
        assert!(
            given.body == String::from_utf8_lossy(&made),
            "not the copy in {language:?}"
        );
    }
    app.stop().await;
}

#[tokio::test]
async fn a_mailed_code_shows_who_it_is_as_well() {
    let app = TestApp::start_with(|settings| {
        settings.accounts.password_cost = 4;
        settings.accounts.proof_of_work_cost = 1;
        write_letters(settings);
    })
    .await;
    let mut ada = member(&app, "ada@example.org").await;
    wait_past_the_proof(&app);
    let asked = send(&mut ada, "code", &[]).await;
    assert_eq!(asked.status, 200, "{}", asked.body);
    let (_, rest) = asked.body.split_once("name=\"ticket\" value=\"").unwrap();
    let ticket = rest.split('"').next().unwrap().to_owned();
    let code = code(&app, "ada@example.org").await;
    let proof = [("ticket", ticket.as_str()), ("code", code.as_str())];
    assert!(send(&mut ada, "copy", &proof).await.body.starts_with("PK"));
    app.stop().await;
}

/// Promises S37, T4, T15: a word, a password and one press; nobody asks why.
#[tokio::test]
async fn everything_is_erased_at_once_without_script() {
    let app = start().await;
    let mut ada = member(&app, "ada-canary@example.org").await;
    wait_past_the_proof(&app);
    let slip = [("when", "now"), ("word", "delete"), ("password", PASSWORD)];
    assert_eq!(send(&mut ada, "leave", &slip).await.status, 400);
    let unproved = [("when", "now"), ("word", "erase")];
    assert_eq!(send(&mut ada, "leave", &unproved).await.status, 403);
    let meant = [("when", "now"), ("word", "Erase "), ("password", PASSWORD)];
    let gone = send(&mut ada, "leave", &meant).await;
    assert_eq!(gone.status, 200, "{}", gone.body);
    assert!(gone.body.contains("Everything of you is erased."));
    assert!(gone.body.contains("<code dir=\"ltr\">accounts</code>: 1"));
    assert!(gone.header("clear-site-data").is_some());
    assert!(ada.cookies.is_empty());
    assert!(page(&mut ada).await.contains("You are not signed in."));
    app.stop().await;
}

#[tokio::test]
async fn leaving_in_seven_days_can_be_taken_back_without_script() {
    let app = start().await;
    let mut ada = member(&app, "ada@example.org").await;
    let later = send(&mut ada, "leave", &[("when", "later"), ("word", "erase")]).await;
    assert_eq!(leads_to(&later), "/privacy/me?done=planned#leave");
    let planned = page(&mut ada).await;
    assert!(planned.contains("Everything will be erased on"));
    let stayed = send(&mut ada, "stay", &[]).await;
    assert_eq!(leads_to(&stayed), "/privacy/me?done=stayed#leave");
    assert!(
        !page(&mut ada)
            .await
            .contains("Everything will be erased on")
    );
    app.stop().await;
}

#[tokio::test]
async fn what_was_done_is_said_in_the_language_that_was_asked_for() {
    let app = start().await;
    let mut ada = member(&app, "ada@example.org").await;
    let restricted = send(&mut ada, "restrict?lang=ru", &[("is_on", "true")]).await;
    let address = leads_to(&restricted).to_owned();
    assert_eq!(address, "/privacy/me?lang=ru&done=restricted#restrict");
    let page = ada.send("GET", address.split('#').next().unwrap()).await;
    assert!(page.body.contains("ни для чего не используются"));
    app.stop().await;
}

#[tokio::test]
async fn a_form_on_another_site_does_nothing() {
    let app = start().await;
    let mut ada = member(&app, "ada@example.org").await;
    let meant = [("when", "now"), ("word", "erase")];
    let foreign = send_from(&mut ada, "leave", &meant, "cross-site").await;
    assert_eq!(foreign.status, 403);
    assert!(page(&mut ada).await.contains("ada@example.org"));
    app.stop().await;
}

#[tokio::test]
async fn of_two_who_erase_at_once_one_does_it_and_the_other_hears_why_not() {
    let app = start().await;
    let mut ada = member(&app, "ada@example.org").await;
    let mut twin = ada.clone();
    let mut third = ada.clone();
    let meant = [("when", "now"), ("word", "erase")];
    let (one, other, copy) = tokio::join!(
        send(&mut ada, "leave", &meant),
        send(&mut twin, "leave", &meant),
        send(&mut third, "copy", &[]),
    );
    let mut answers = [one.status, other.status];
    answers.sort_unstable();
    assert_eq!(answers[0], 200, "{}", one.body);
    assert!([401, 409].contains(&answers[1]), "{}", other.body);
    assert!([200, 401, 409].contains(&copy.status), "{}", copy.body);
    app.stop().await;
}

#[tokio::test]
async fn nothing_is_copied_while_it_is_being_erased() {
    let app = start().await;
    let mut ada = member(&app, "ada@example.org").await;
    let store = app.store().await;
    let account: serde_json::Value =
        testkit::browser::json(&ada.send("GET", "/api/v1/account").await);
    let account = account["id"].as_str().unwrap().parse().unwrap();
    let subject = app.app().subject_of_account(account).await.unwrap();
    let digest = app::ledger_digest(&store, &subject, &base::OsEntropy)
        .await
        .unwrap();
    let id = base::ReceiptId::new(base::Clock::now(&app.clock), &base::OsEntropy);
    let now = base::Clock::now(&app.clock);
    store
        .begin_erasure(id, &subject, &digest, now)
        .await
        .unwrap();
    let copy = send(&mut ada, "copy", &[]).await;
    assert_eq!(copy.status, 409);
    assert!(copy.body.contains("being erased just now"), "{}", copy.body);
    let again = send(&mut ada, "leave", &[("when", "now"), ("word", "erase")]).await;
    assert_eq!(again.status, 409);
    // Whoever began it is not heard of again, so the server does it.
    while store.account(account).await.unwrap().is_some() {
        app.clock.advance(std::time::Duration::from_secs(60));
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    store.close().await;
    app.stop().await;
}
