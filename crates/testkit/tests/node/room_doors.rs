//! Rooms by HTTP: the public directory, a room's list to take home, and what is shown beside a room's link.

use std::time::Duration;

use serde_json::{Value, json};
use testkit::http::{Answer, exchange, get};
use testkit::{Follow, RoomClient, TestApp, device_key};

async fn configure(host: &mut RoomClient, change: Value) {
    host.granted(json!({ "do": "configure", "change": change }))
        .await;
}

async fn directory(app: &TestApp) -> Value {
    let answer = get(app.address(), "/api/v1/rooms", &[]).await;
    assert_eq!(answer.header("cache-control"), Some("no-store"));
    serde_json::from_str(&answer.body).unwrap()
}

async fn total(app: &TestApp) -> u64 {
    directory(app).await["total"].as_u64().unwrap()
}

async fn guest(app: &TestApp, code: &str, number: u32) -> RoomClient {
    let follow = Follow {
        code: code.to_owned(),
        key: device_key(number),
        name: Some("Secretive Ben".to_owned()),
        ..Follow::default()
    };
    RoomClient::follow(app.address(), &follow).await.unwrap()
}

async fn list(app: &TestApp, code: &str, format: &str, token: &str) -> Answer {
    let path = format!("/api/v1/rooms/{code}/list?format={format}");
    let bearer = format!("Bearer {token}");
    get(app.address(), &path, &[("authorization", &bearer)]).await
}

fn token(client: &RoomClient) -> String {
    client.welcome.resume.expose().clone()
}

/// Two items, the second of which a spreadsheet would run.
async fn fill(host: &mut RoomClient) {
    let items = json!([
        { "source": "address", "url": "https://music.example/low-tide.mp3", "title": "Low, Tide", "artist": "Nora \"N\" Vale", "duration_ms": 183_600 },
        { "source": "file", "sha256": "0".repeat(64), "bytes": 9, "media_type": "audio/flac", "title": "=cmd|'/C calc'!A0" },
    ]);
    host.granted(json!({ "do": "add", "items": items })).await;
}

#[tokio::test]
async fn a_room_is_in_the_directory_when_it_asks_for_it_and_out_at_once_when_it_does_not() {
    let app = TestApp::start().await;
    let mut host = RoomClient::create(app.address(), &device_key(0), "party").await;
    let _ben = guest(&app, &host.code(), 1).await;
    assert_eq!(total(&app).await, 0, "nothing is listed by itself");
    configure(
        &mut host,
        json!({ "is_listed": true, "title": "Friday <b>" }),
    )
    .await;
    let listed = directory(&app).await;
    let expected = json!({
        "rooms": [{
            "code": host.code(), "hue": host.welcome.room.hue, "title": "Friday <b>", "people": 2, "on": null,
            "has_cast": false,
        }],
        "total": 1, "next": null,
    });
    assert_eq!(listed, expected, "and nothing of who is there");
    let page = get(app.address(), "/rooms", &[("accept-language", "ru")]).await;
    assert!(page.body.contains(&format!("/r/{}", host.code())));
    assert!(page.body.contains("Friday &#60;b&#62;") && !page.body.contains("Ben"));
    for hidden in [json!({ "is_locked": true }), json!({ "is_listed": false })] {
        configure(&mut host, hidden).await;
        assert_eq!(total(&app).await, 0);
        configure(&mut host, json!({ "is_locked": false, "is_listed": true })).await;
        assert_eq!(total(&app).await, 1);
    }
    host.granted(json!({ "do": "archive" })).await;
    host.closed().await;
    assert_eq!(total(&app).await, 0);
    let page = get(app.address(), "/rooms", &[]).await;
    assert!(
        page.body.contains("href=\"/room\""),
        "the next step is there"
    );
}

#[tokio::test]
async fn the_directory_says_what_is_on_and_forgets_a_room_that_nobody_is_in() {
    let app = TestApp::start().await;
    let mut host = RoomClient::create(app.address(), &device_key(0), "party").await;
    configure(&mut host, json!({ "is_listed": true, "wait_for": "never" })).await;
    fill(&mut host).await;
    host.granted(json!({ "do": "play" })).await;
    let on = directory(&app).await["rooms"][0]["on"].clone();
    assert_eq!(
        on,
        json!({ "title": "Low, Tide", "artist": "Nora \"N\" Vale" })
    );
    let mut ben = guest(&app, &host.code(), 1).await;
    host.granted(json!({ "do": "leave" })).await;
    ben.until(|ben| ben.state.people.len() == 1).await;
    assert_eq!(total(&app).await, 1);
    ben.send(json!({ "kind": "command", "cmd_id": "last", "command": { "do": "leave" } }))
        .await;
    ben.closed().await;
    assert_eq!(total(&app).await, 0);
}

#[tokio::test]
async fn a_room_with_a_password_is_not_shown_to_those_who_cannot_come_in() {
    let app = TestApp::start().await;
    let create = json!({ "device_key": device_key(0), "password": "open sesame", "queue": { "preset": "party" } });
    let mut host = RoomClient::create_with(app.address(), create).await;
    configure(
        &mut host,
        json!({ "is_listed": true, "title": "Behind a door" }),
    )
    .await;
    assert_eq!(total(&app).await, 0);
    let page = get(app.address(), &format!("/r/{}", host.code()), &[]).await;
    assert!(!page.body.contains("Behind a door"));
}

#[tokio::test]
async fn whoever_is_in_a_room_takes_its_list_home_in_three_forms() {
    let app = TestApp::start().await;
    let mut host = RoomClient::create(app.address(), &device_key(0), "party").await;
    configure(&mut host, json!({ "wait_for": "never", "mode": "fifo" })).await;
    fill(&mut host).await;
    host.granted(json!({ "do": "play" })).await;
    let (code, ben) = (host.code(), guest(&app, &host.code(), 1).await);
    let saved = list(&app, &code, "json", &token(&ben)).await;
    assert_eq!(saved.header("content-type"), Some("application/json"));
    assert!(
        !saved.body.contains("p_"),
        "nobody is named: {}",
        saved.body
    );
    let saved: Value = serde_json::from_str(&saved.body).unwrap();
    assert_eq!(
        (&saved["code"], &saved["title"]),
        (&json!(code), &json!("Kitchen"))
    );
    let standings = saved["items"].as_array().unwrap().iter();
    let standings: Vec<&str> = standings
        .filter_map(|item| item["standing"].as_str())
        .collect();
    assert_eq!(standings, ["on", "queued"]);
    let m3u = list(&app, &code, "m3u", &token(&ben)).await;
    let name = format!("attachment; filename=\"unisono-{code}.m3u8\"");
    assert_eq!(m3u.header("content-disposition"), Some(&*name));
    assert_eq!(
        m3u.body,
        "#EXTM3U\n#PLAYLIST:Kitchen\n#EXTINF:184,Nora \"N\" Vale - Low, Tide\n\
         https://music.example/low-tide.mp3\n# =cmd|'/C calc'!A0\n"
    );
    let csv = list(&app, &code, "csv", &token(&host)).await;
    assert!(csv.header("content-type").unwrap().starts_with("text/csv"));
    assert!(
        csv.body
            .contains("on,\"Low, Tide\",\"Nora \"\"N\"\" Vale\",184,address,https://")
    );
    assert!(
        csv.body
            .contains("queued,\"'=cmd|'/C calc'!A0\",,,file,\r\n")
    );
    assert_eq!(list(&app, &code, "xspf", &token(&host)).await.status, 400);
}

#[tokio::test]
async fn nobody_else_is_given_a_list_and_the_refusal_tells_nothing() {
    let app = TestApp::start().await;
    let mut host = RoomClient::create(app.address(), &device_key(0), "party").await;
    let other = RoomClient::create(app.address(), &device_key(9), "party").await;
    let mut kicked = guest(&app, &host.code(), 1).await;
    let kicked_token = token(&kicked);
    assert_eq!(
        list(&app, &host.code(), "csv", &kicked_token).await.status,
        200
    );
    host.granted(json!({ "do": "kick", "person": kicked.me() }))
        .await;
    kicked.closed().await;
    let unknown = if host.code() == "K7M4QX" {
        "K7M4QY"
    } else {
        "K7M4QX"
    };
    let host_token = token(&host);
    let mut refusals = Vec::new();
    for (code, token) in [
        (host.code(), kicked_token),
        (host.code(), token(&other)),
        (host.code(), "made.up.p.token".to_owned()),
        (unknown.to_owned(), host_token.clone()),
        (other.code(), host_token),
        ("no code at all".replace(' ', "%20"), String::new()),
    ] {
        let refusal = list(&app, &code, "json", &token).await;
        assert_eq!(refusal.status, 401, "{code}");
        assert_eq!(refusal.header("www-authenticate"), Some("Bearer"));
        let mut said: Value = serde_json::from_str(&refusal.body).unwrap();
        // Drawn anew each time.
        assert!(said["reference"].take().is_string());
        refusals.push(said);
    }
    refusals.dedup();
    assert_eq!(refusals.len(), 1, "one answer for all: {refusals:?}");
}

#[tokio::test]
async fn a_list_may_not_be_asked_for_without_end() {
    let app = TestApp::start().await;
    let host = RoomClient::create(app.address(), &device_key(0), "party").await;
    for _ in 0..20 {
        assert_eq!(
            list(&app, &host.code(), "m3u", &token(&host)).await.status,
            200
        );
    }
    let refusal = list(&app, &host.code(), "m3u", &token(&host)).await;
    assert_eq!(
        (refusal.status, refusal.header("retry-after")),
        (429, Some("3"))
    );
    app.clock.advance(Duration::from_secs(3));
    assert_eq!(
        list(&app, &host.code(), "m3u", &token(&host)).await.status,
        200
    );
}

/// What is shown beside a link tells nobody which codes open a room.
#[tokio::test]
async fn the_page_of_a_room_says_the_same_for_every_code_that_is_not_listed() {
    let app = TestApp::start().await;
    let mut host = RoomClient::create(app.address(), &device_key(0), "party").await;
    configure(&mut host, json!({ "title": "Quiet evening" })).await;
    let unknown = if host.code() == "K7M4QX" {
        "K7M4QY"
    } else {
        "K7M4QX"
    };
    let page = async |code: &str| {
        let Answer {
            status,
            mut headers,
            body,
        } = get(app.address(), &format!("/r/{code}"), &[]).await;
        headers.retain(|line| !line.starts_with("date:"));
        (status, headers, body)
    };
    assert_eq!(page(&host.code()).await, page(unknown).await);
    configure(&mut host, json!({ "is_listed": true })).await;
    let listed = page(&host.code()).await;
    let is_built = listed.0 == 200;
    assert_eq!(listed.2.contains("Quiet evening"), is_built);
    let picture = get(app.address(), "/rooms/card.jpg", &[]).await;
    assert_eq!(
        (picture.status, picture.header("content-type")),
        (200, Some("image/jpeg"))
    );
}

async fn set_password(app: &TestApp, client: &RoomClient, password: Value) -> Answer {
    let body = json!({ "password": password }).to_string();
    let (code, token) = (client.code(), token(client));
    let request = format!(
        "PUT /api/v1/rooms/{code}/password HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer {token}\r\n\
         content-type: application/json\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{body}",
        body.len()
    );
    exchange(app.address(), request.as_bytes()).await
}

async fn comes(app: &TestApp, code: &str, number: u32, password: Option<&str>) -> bool {
    let follow = Follow {
        code: code.to_owned(),
        key: device_key(number),
        password: password.map(str::to_owned),
        ..Follow::default()
    };
    RoomClient::follow(app.address(), &follow).await.is_ok()
}

/// Promise S8
#[tokio::test]
async fn an_open_room_is_given_a_password_another_and_none_by_whoever_runs_it() {
    let app = TestApp::start().await;
    let host = RoomClient::create(app.address(), &device_key(0), "party").await;
    let code = host.code();
    let mut ben = guest(&app, &code, 1).await;
    assert_eq!(set_password(&app, &ben, json!("mine")).await.status, 403);
    assert_eq!(set_password(&app, &host, json!("")).await.status, 400);
    assert_eq!(
        set_password(&app, &host, json!("x".repeat(73)))
            .await
            .status,
        400
    );
    assert!(comes(&app, &code, 2, None).await, "nothing of it counts");

    assert_eq!(set_password(&app, &host, json!("tide")).await.status, 204);
    ben.until(|ben| ben.welcome.room.has_password).await;
    assert!(!comes(&app, &code, 3, None).await);
    assert!(comes(&app, &code, 3, Some("tide")).await);
    assert!(
        comes(&app, &code, 1, None).await,
        "who was in may come back"
    );

    assert_eq!(set_password(&app, &host, json!("ebb")).await.status, 204);
    assert!(!comes(&app, &code, 4, Some("tide")).await);
    assert!(comes(&app, &code, 4, Some("ebb")).await);

    assert_eq!(set_password(&app, &host, Value::Null).await.status, 204);
    ben.until(|ben| !ben.welcome.room.has_password).await;
    assert!(comes(&app, &code, 5, None).await);
}
