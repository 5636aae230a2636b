//! What an owner changes, and what others never see of it.

use super::*;

// Promises Y3, Y4
#[tokio::test]
async fn names_are_optional_tamed_and_nobody_elses() {
    let app = start().await;
    let mut ada = member(&app, "ada@example.org").await;
    let mut ben = member(&app, "ben@example.org").await;
    let path = "/api/v1/account";
    let named = ada
        .send_json("PATCH", path, &json!({ "user_name": "  Ada   L " }))
        .await;
    let view: Value = read(&named);
    assert_eq!(view["user_name"], "Ada L");
    let taken = ben
        .send_json("PATCH", path, &json!({ "user_name": "ada l" }))
        .await;
    assert_eq!(kind(&taken), "name-taken");
    for bad in ["\u{202e}evil", "a\u{200b}b", "x".repeat(41).as_str()] {
        let answer = ben
            .send_json("PATCH", path, &json!({ "user_name": bad }))
            .await;
        assert_eq!(kind(&answer), "bad-name", "{bad:?}");
    }
    for (name, value) in [
        ("country", json!("XX")),
        ("language", json!("tlh")),
        ("theme", json!("neon")),
        ("history_days", json!(31)),
    ] {
        let answer = ben.send_json("PATCH", path, &json!({ name: value })).await;
        assert_eq!(kind(&answer), "bad-setting", "{name}");
    }
    let emptied = ada
        .send_json("PATCH", path, &json!({ "user_name": "" }))
        .await;
    let view: Value = read(&emptied);
    assert_eq!(view.get("user_name"), None);
    app.stop().await;
}

#[tokio::test]
async fn another_address_counts_once_its_code_is_back_and_the_old_one_is_told() {
    let app = start().await;
    let mut ada = member(&app, "ada@example.org").await;
    tick(&app);
    let begun = ada
        .post(
            "/api/v1/account/email",
            &json!({ "email": "ada@new.example" }),
        )
        .await;
    assert_eq!(begun.status, 202, "{}", begun.body);
    let ticket: Value = read(&begun);
    let body = json!({ "ticket": ticket["ticket"], "code": code(&app, "ada@new.example").await });
    let changed = ada.post("/api/v1/account/email/verify", &body).await;
    let view: Value = read(&changed);
    assert_eq!(view["email"], "ada@new.example");
    assert!(matches!(
        letter(&app, "ada@example.org").await,
        Letter::AddressChanged { .. }
    ));
    let mut other = browser(&app);
    assert_eq!(
        sign_in(&mut other, "ada@example.org", PASSWORD)
            .await
            .status,
        403
    );
    assert_eq!(
        sign_in(&mut other, "ada@new.example", PASSWORD)
            .await
            .status,
        200
    );
    app.stop().await;
}

// Promise T26
#[tokio::test]
async fn a_picture_is_made_anew_and_goes_with_the_next_one() {
    let app = start().await;
    let mut ada = member(&app, "ada@example.org").await;
    let mut png = std::io::Cursor::new(Vec::new());
    image::DynamicImage::new_rgb8(40, 20)
        .write_to(&mut png, image::ImageFormat::Png)
        .unwrap();
    let mut file = png.into_inner();
    file.extend_from_slice(b"canary-of-a-place");
    let path = "/api/v1/account/avatar";
    let set = ada
        .request("PUT", path, &[("content-type", "image/png")], &file)
        .await;
    let view: Value = read(&set);
    let first = format!("/avatars/{}", view["avatar"].as_str().unwrap());
    let shown = ada.send("GET", &first).await;
    assert_eq!(
        (shown.status, shown.header("content-type")),
        (200, Some("image/jpeg"))
    );
    assert!(!shown.body.contains("canary"));
    ada.request("PUT", path, &[("content-type", "image/png")], &file)
        .await;
    assert_eq!(
        ada.send("GET", &first).await.status,
        404,
        "the old name is dead"
    );
    let bad = ada
        .request("PUT", path, &[("content-type", "image/png")], b"GIF89a...")
        .await;
    assert_eq!(kind(&bad), "bad-picture");
    let removed: Value = read(&ada.send("DELETE", path).await);
    assert_eq!(removed.get("avatar"), None);
    app.stop().await;
}

#[tokio::test]
async fn what_happened_is_shown_to_the_owner_by_kind_device_and_time() {
    let app = start().await;
    let mut ada = member(&app, "ada@example.org").await;
    let mut phone =
        browser(&app).called("Mozilla/5.0 (Linux; Android 16) Chrome/140.0 Mobile Safari/537.36");
    tick(&app);
    sign_in(&mut phone, "ada@example.org", PASSWORD).await;
    let events: Vec<Value> = read(&ada.send("GET", "/api/v1/account/events").await);
    assert_eq!(events[0]["kind"], "signed-in-on-new-device");
    assert!(events[0]["device"].as_str().unwrap().contains("Android"));
    assert!(matches!(
        letter(&app, "ada@example.org").await,
        Letter::NewSignIn { .. }
    ));
    app.stop().await;
}
