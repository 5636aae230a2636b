//! What people are asked for, what they can give, and where their name goes.

use serde_json::{Value, json};
use testkit::TestApp;
use testkit::browser::json as read;
use testkit::files::files_with;
use testkit::http::get;

use crate::accounts::{browser, member, start, tick, write_letters};
use crate::pages::PATHS;

/// The fields that forms of pages for people call required.
fn required(page: &str) -> Vec<String> {
    let mut names = Vec::new();
    for tag in ["<input ", "<textarea ", "<select "] {
        for rest in page.split(tag).skip(1) {
            let tag = rest.split('>').next().unwrap_or_default();
            let words = || tag.split([' ', '\n']);
            let name = words().find_map(|word| word.strip_prefix("name=\""));
            if words().any(|word| word == "required") {
                names.push(name.unwrap_or_default().trim_end_matches('"').to_owned());
            }
        }
    }
    names
}

/// Promise T8: no form wants more than what it is for: the text itself, where an answer goes, and a proof of who asks. Nobody
/// must give a name, a picture, a place or a date of birth.
#[tokio::test]
async fn forms_want_only_what_they_are_for() {
    let needed = [
        "code", "contact", "copy", "email", "password", "text", "topic", "word",
    ];
    let app = TestApp::start_with(|settings| {
        settings.accounts.password_cost = 4;
        settings.accounts.proof_of_work_cost = 1;
        write_letters(settings);
    })
    .await;
    let mut guest = browser(&app);
    let mut ada = member(&app, "ada@example.org").await;
    let mut seen = 0;
    for path in PATHS {
        for browser in [&mut guest, &mut ada] {
            let kind = [("accept", "text/html")];
            let page = browser.request("GET", path, &kind, b"").await.body;
            for name in required(&page) {
                seen += 1;
                assert!(needed.contains(&name.as_str()), "{path} wants {name}");
            }
        }
    }
    assert!(seen > 5, "the forms were read: {seen}");
    let document: Value = serde_json::from_str(&web::openapi_document()).unwrap();
    let register = &document["paths"]["/api/v1/account/register"]["post"]["requestBody"];
    let named = register["content"]["application/json"]["schema"]["$ref"].as_str();
    let named = named.and_then(|path| path.rsplit('/').next()).unwrap();
    let wanted = &document["components"]["schemas"][named]["required"];
    let whole = json!(["email", "agreed_version", "is_of_age"]);
    assert_eq!(*wanted, whole, "an address, an agreement and an age");
    app.stop().await;
}

/// Promise Y10: no door is for sound, and the two that take files take none.
#[tokio::test]
async fn sound_cannot_be_uploaded() {
    let document: Value = serde_json::from_str(&web::openapi_document()).unwrap();
    let mut kinds = Vec::new();
    for doors in document["paths"].as_object().unwrap().values() {
        for door in doors.as_object().unwrap().values() {
            if let Some(content) = door["requestBody"]["content"].as_object() {
                kinds.extend(content.keys().map(String::as_str));
            }
        }
    }
    kinds.sort_unstable();
    kinds.dedup();
    assert_eq!(kinds, ["application/json", "image/*"]);
    let app = start().await;
    let mut ada = member(&app, "ada@example.org").await;
    let mut sound = b"RIFF\x24\x00\x00\x00WAVEfmt \x10\x00\x00\x00\x01\x00\x01\x00".to_vec();
    sound.extend(b"canary-of-a-sound ".repeat(16));
    for kind in ["audio/wav", "image/png", "application/octet-stream"] {
        let kind = [("content-type", kind)];
        let put = ada.request("PUT", "/api/v1/account/avatar", &kind, &sound);
        let put = put.await;
        assert!((400..500).contains(&put.status), "{}", put.status);
    }
    tick(&app);
    let mut body =
        b"--x7\r\ncontent-disposition: form-data; name=\"copy\"; filename=\"a.zip\"\r\n\r\n"
            .to_vec();
    body.extend(&sound);
    body.extend(b"\r\n--x7--\r\n");
    let kind = [("content-type", "multipart/form-data; boundary=x7")];
    let brought = ada.request("POST", "/privacy/me/bring", &kind, &body).await;
    assert!((400..500).contains(&brought.status), "{}", brought.status);
    for path in PATHS {
        for method in ["POST", "PUT"] {
            let kind = [("content-type", "audio/wav")];
            ada.request(method, path, &kind, &sound).await;
        }
    }
    assert_eq!(
        files_with(app.folder(), "canary-of-a-sound"),
        Vec::<String>::new()
    );
    app.stop().await;
}

/// Promise T14: the name of a member who has not let themselves be followed is on no page that others see and in no letter
/// to others.
#[tokio::test]
async fn nobodys_name_stands_where_others_are_addressed() {
    let app = start().await;
    let mut ada = member(&app, "ada@example.org").await;
    let named = json!({ "user_name": "Canary Lovelace" });
    let named = ada.send_json("PATCH", "/api/v1/account", &named).await;
    let view: Value = read(&named);
    assert_eq!(view["user_name"], "Canary Lovelace");
    let mut ben = member(&app, "ben@example.org").await;
    for path in PATHS {
        let guests = get(app.address(), path, &[("accept", "text/html")]).await;
        let bens = ben.send("GET", path).await;
        for page in [guests, bens] {
            assert!(!page.body.contains("Canary"), "{path}");
        }
    }
    for (to, letter) in app.letters().await {
        let mut values = letter.values().into_iter();
        let has_name = values.any(|(_, value)| value.contains("Canary"));
        assert!(!has_name || to.as_typed() == "ada@example.org");
    }
    app.stop().await;
}

/// Promise T5: each page of the server links to the source and names its version, and so does the frame that all views of
/// the front end stand in.
#[tokio::test]
async fn every_page_links_to_the_source_of_its_version() {
    let app = TestApp::start().await;
    let version = env!("CARGO_PKG_VERSION");
    let mut drawn = 0;
    for path in PATHS
        .into_iter()
        .filter(|path| !path.starts_with("/embed/"))
    {
        let page = get(app.address(), path, &[("accept", "text/html")]).await;
        let is_page = page
            .header("content-type")
            .is_some_and(|kind| kind.starts_with("text/html"));
        // The front end draws this one by itself.
        let is_bare = page.body.contains("<div id=\"app\"></div>");
        if is_page && !is_bare {
            drawn += 1;
            assert!(page.body.contains("href=\"/source\""), "{path}");
            assert!(page.body.contains(version), "{path}");
        }
    }
    assert!(drawn > 10, "{drawn}");
    let views = concat!(env!("CARGO_MANIFEST_DIR"), "/../../frontend/src");
    let read = |file: &str| std::fs::read_to_string(format!("{views}/{file}")).unwrap();
    let frame = read("components/Shell.svelte");
    assert!(frame.contains("href=\"/source\"") && frame.contains("__VERSION__"));
    assert!(read("App.svelte").contains("<Shell"));
    app.stop().await;
}
