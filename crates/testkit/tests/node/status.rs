//! How the service does, as everybody sees it: the page, its twin for programs, and what is kept for both.

use std::time::Duration;

use base::{Clock, EntryId, OsEntropy, Personal, Secret, Timestamp};
use music::Platform;
use outbound::Letter;
use serde_json::Value;
use store::{NewMail, StatusDay};
use testkit::http::get;
use testkit::providers::{Behaviour, Fault};
use testkit::{TestApp, TestBrowser};

use crate::accounts::write_letters;
use crate::links::among_providers;

const DAY_MS: i64 = 24 * 60 * 60 * 1_000;

async fn twin(app: &TestApp) -> Value {
    let answer = get(app.address(), "/api/v1/status", &[]).await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    serde_json::from_str(&answer.body).unwrap()
}

async fn page(app: &TestApp, language: &str) -> String {
    let path = format!("/status?lang={language}");
    let answer = get(app.address(), &path, &[("accept", "text/html")]).await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    texts::plain(&answer.body)
}

/// The part of this kind, of this music service.
fn part<'a>(twin: &'a Value, kind: &str, platform: Option<Platform>) -> &'a Value {
    let mut parts = twin["parts"].as_array().unwrap().iter();
    let name = platform.map(Platform::name);
    let found = parts.find(|one| one["part"] == kind && one["platform"].as_str() == name);
    found.unwrap_or_else(|| panic!("no {kind}: {twin}"))
}

/// Lets time pass until it is so; a test that waits in vain is ended by its runner.
async fn until(app: &TestApp, is_so: impl Fn(&Value) -> bool) -> Value {
    loop {
        let twin = twin(app).await;
        if is_so(&twin) {
            return twin;
        }
        app.clock.advance(Duration::from_secs(10));
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}

async fn put_letter(app: &TestApp) {
    let store = app.store().await;
    let letter = Letter::SignInCode {
        code: Secret::new("20406080".to_owned()),
    };
    let to = account::EmailAddress::parse("canary@example.org").unwrap();
    let now = app.clock.now();
    let mail = NewMail {
        id: EntryId::new(&OsEntropy),
        account: None,
        template: letter.template().to_owned(),
        language: "en".to_owned(),
        letter: Personal::new(letter.to_outbox(&to)),
        created_at: now,
        expires_at: now.after(Duration::from_secs(7 * 24 * 60 * 60)),
    };
    assert!(store.put_mail(&mail).await.unwrap());
    store.close().await;
}

fn minute(ms: &Value) -> String {
    let moment = privacy::rfc3339(Timestamp::from_unix_ms(ms.as_i64().unwrap()));
    moment[..16].replace('T', " ")
}

#[tokio::test]
async fn who_sends_no_mail_and_has_no_relay_elsewhere_sees_what_works_and_what_is_not_set_up() {
    let app = TestApp::start().await;
    let works = |twin: &Value, own: &str| part(twin, own, None)["state"] == "works";
    let own = ["web", "rooms", "relay"];
    let told = until(&app, |twin| own.iter().all(|one| works(twin, one))).await;
    assert_eq!(part(&told, "mail", None)["state"], "not_set_up");
    let unofficial = part(&told, "links", Some(Platform::YandexMusic));
    assert_eq!(unofficial["state"], "not_set_up");
    let unasked = part(&told, "links", Some(Platform::Deezer));
    assert_eq!(unasked["state"], "unknown", "nobody is asked for this");
    assert_eq!(unasked["checked_at"], Value::Null);
    assert_eq!(told["incidents"], Value::Array(Vec::new()));
    let app = app
        .restart_with(|settings| settings.relay.enabled = false)
        .await;
    let told = until(&app, |twin| twin["checked_at"].is_i64()).await;
    assert_eq!(part(&told, "relay", None)["state"], "not_set_up");
    let kept = part(&told, "relay", None)["percent"].as_u64();
    assert!(kept.is_some(), "what was met before is kept: {told}");
    app.stop().await;
}

#[tokio::test]
async fn mail_that_nobody_takes_is_trouble_with_a_beginning_and_later_down() {
    let app = TestApp::start_with(write_letters).await;
    let told = until(&app, |twin| twin["checked_at"].is_i64()).await;
    assert_eq!(part(&told, "mail", None)["state"], "unknown");
    let before = app.clock.now().unix_ms();
    put_letter(&app).await;
    let told = until(&app, |twin| part(twin, "mail", None)["state"] == "troubled").await;
    let since = part(&told, "mail", None)["since"].clone();
    assert!(since.as_i64().unwrap() >= before, "{told}");
    let words = format!("Has had trouble since {} (UTC)", minute(&since));
    let shown = page(&app, "en").await;
    assert!(shown.contains(&words), "{words}: {shown}");
    assert!(shown.contains("Some of it has trouble"), "{shown}");
    let told = until(&app, |twin| part(twin, "mail", None)["state"] == "down").await;
    assert_eq!(part(&told, "mail", None)["since"], since);
    let own = part(&told, "mail", None);
    assert_eq!(own["percent"], 0);
    let incident = &told["incidents"][0];
    assert_eq!(
        (&incident["part"], &incident["percent"]),
        (&own["part"], &own["percent"])
    );
    for (language, words) in [
        ("en", "Down since"),
        ("ru", "Не работает с"),
        ("ar", "متوقف منذ"),
    ] {
        let shown = page(&app, language).await;
        let words = format!("{words} {} (UTC)", minute(&since));
        assert!(shown.contains(&words), "{words}: {shown}");
        assert!(shown.contains(&format!("<html lang=\"{language}\"")));
    }
    agree(&app).await;
    app.stop().await;
}

/// The page shows each state as often as its twin tells it, and the same day of trouble.
async fn agree(app: &TestApp) {
    let told = twin(app).await;
    let shown = page(app, "en").await;
    for (told_as, drawn_as) in [
        ("works", "works"),
        ("troubled", "troubled"),
        ("down", "down"),
        ("not_set_up", "off"),
        ("unknown", "unknown"),
    ] {
        let parts = told["parts"].as_array().unwrap().iter();
        let count = parts.filter(|one| one["state"] == told_as).count();
        let drawn = format!("data-state=\"{drawn_as}\"");
        assert_eq!(shown.matches(&drawn).count(), count, "{told_as}: {told}");
    }
    let day = told["incidents"][0]["day"].as_str().unwrap();
    let line = format!("<bdi dir=\"ltr\">{day}</bdi> · <bdi>Mail</bdi>");
    assert!(shown.contains(&line), "{line}: {shown}");
}

#[tokio::test]
async fn a_music_service_that_fails_has_trouble_and_the_others_do_not() {
    let (app, providers) = among_providers(|_| {}).await;
    let mut links = providers
        .catalogue()
        .songs()
        .into_iter()
        .filter_map(|song| song.ids.get(&Platform::Deezer)?.first().cloned())
        .map(|id| format!("https://www.deezer.com/track/{id}"));
    let mut browser = TestBrowser::new(app.address());
    // Whether others know the piece is another matter.
    let mut convert = async || {
        let body = serde_json::json!({ "text": links.next().unwrap() });
        browser.post("/api/v1/links", &body).await;
    };
    convert().await;
    let deezer = Some(Platform::Deezer);
    until(&app, |twin| part(twin, "links", deezer)["state"] == "works").await;
    let fault = Fault::Status {
        status: 500,
        retry_after: None,
    };
    providers.behave("api.deezer.com", Behaviour::broken(fault));
    convert().await;
    let told = until(&app, |twin| part(twin, "links", deezer)["since"].is_i64()).await;
    let share = part(&told, "links", deezer)["percent"].as_u64().unwrap();
    assert!((1..100).contains(&share), "{told}");
    assert_eq!(part(&told, "web", None)["state"], "works");
    let shown = page(&app, "en").await;
    let since = minute(&part(&told, "links", deezer)["since"]);
    assert!(shown.contains(&since), "{since}: {shown}");
    app.stop().await;
}

#[tokio::test]
async fn what_is_older_than_ninety_days_is_neither_shown_nor_kept() {
    let app = TestApp::start().await;
    let store = app.store().await;
    let today = app.clock.now().unix_ms().div_euclid(DAY_MS);
    let day = |ago: i64| StatusDay {
        day: Timestamp::from_unix_ms((today - ago) * DAY_MS),
        part: "mail".to_owned(),
        good: 1,
        bad: 1,
    };
    store.add_status(&[day(89), day(91)]).await.unwrap();
    let told = until(&app, |twin| part(twin, "mail", None)["days"][0].is_u64()).await;
    let days = part(&told, "mail", None)["days"].as_array().unwrap();
    let kept: Vec<&Value> = days.iter().filter(|day| !day.is_null()).collect();
    assert_eq!((days.len(), kept), (90, vec![&Value::from(50)]));
    loop {
        let rows = store.status_since(Timestamp::default()).await.unwrap();
        let of_mail = rows.into_iter().filter(|row| row.part == "mail");
        let left: Vec<StatusDay> = of_mail.collect();
        if left == [day(89)] {
            break;
        }
        app.clock.advance(Duration::from_secs(60));
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    store.close().await;
    app.stop().await;
}
