//! Following a host, and hearing of their rooms.

use testkit::{Follow, RoomClient, device_key};

use super::*;

const SIX_HOURS: u64 = 6 * 60 * 60;

/// A member who may be followed.
async fn host(app: &TestApp) -> TestBrowser {
    let mut host = member(app, "host-canary@example.org").await;
    let named = json!({ "user_name": "Nadia" });
    host.send_json("PATCH", "/api/v1/account", &named).await;
    let set = json!({ "is_followable": true });
    let answer = host.send_json("PUT", "/api/v1/account/hosting", &set).await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    host
}

async fn open(app: &TestApp, host: &TestBrowser, number: u32) -> RoomClient {
    tick(app);
    let queue = json!({ "preset": "party", "title": "Kitchen" });
    let create = json!({ "device_key": device_key(number), "queue": queue });
    RoomClient::create_as(host, create).await
}

async fn come(fan: &TestBrowser, room: &RoomClient, number: u32) -> RoomClient {
    let follow = Follow {
        code: room.code(),
        key: device_key(number),
        ..Follow::default()
    };
    RoomClient::follow_as(fan, &follow).await.unwrap()
}

fn seat(client: &RoomClient) -> Value {
    json!({ "seat": client.welcome.resume.expose() })
}

/// Follows the host of the room that `fan` sits in; gives the following's name.
async fn begin_to_follow(fan: &mut TestBrowser, seat: &Value) -> String {
    let answer = fan.post("/api/v1/account/follows", seat).await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    let follow: Value = read(&answer);
    follow["id"].as_str().unwrap().to_owned()
}

/// Asks for mails and presses the mailed link.
async fn want_mails(app: &TestApp, fan: &mut TestBrowser, email: &str, follow: &str) {
    tick(app);
    let path = format!("/api/v1/account/follows/{follow}/mails");
    let answer = fan.post(&path, &json!({ "is_wanted": true })).await;
    assert_eq!(answer.status, 204, "{}", answer.body);
    let Letter::FollowConfirm { host, address } = letter(app, email).await else {
        panic!("it is asked once more");
    };
    assert_eq!(host, "Nadia");
    let path = path_of(address.expose());
    let mut elsewhere = browser(app);
    assert_eq!(elsewhere.send("GET", &path).await.status, 200);
    assert!(!has_mails(fan).await, "to look at a link changes nothing");
    assert_eq!(elsewhere.send("POST", &path).await.status, 200);
    assert!(has_mails(fan).await);
    assert_eq!(elsewhere.send("POST", &path).await.status, 410, "once");
}

async fn has_mails(fan: &mut TestBrowser) -> bool {
    let follows: Value = read(&fan.send("GET", "/api/v1/account/follows").await);
    follows[0]["has_mails"].as_bool().unwrap()
}

async fn notices(fan: &mut TestBrowser) -> Vec<Value> {
    read(&fan.send("GET", "/api/v1/account/notices").await)
}

/// The notices, once there are so many.
async fn notices_when(fan: &mut TestBrowser, count: usize) -> Vec<Value> {
    for _ in 0..500 {
        let notices = notices(fan).await;
        if notices.len() == count {
            return notices;
        }
        tokio::time::sleep(std::time::Duration::from_millis(10)).await;
    }
    panic!("there are never {count} notices");
}

fn path_of(address: &str) -> String {
    let (_, rest) = address.split_once("://").unwrap();
    rest[rest.find('/').unwrap()..].to_owned()
}

async fn room_letters(app: &TestApp) -> Vec<(String, String, String)> {
    let letters = app.letters().await.into_iter();
    let opened = letters.filter_map(|(to, letter)| match letter {
        Letter::RoomOpened {
            host,
            address,
            stop,
        } => Some((
            to.as_typed().to_owned(),
            format!("{host} {}", address.expose()),
            stop.expose().clone(),
        )),
        _ => None,
    });
    opened.collect()
}

/// Promise T12: mails about rooms come only to who has said so twice, and stop by one click.
#[tokio::test]
async fn a_follower_is_told_of_a_room_and_mailed_only_after_saying_so_twice() {
    let app = start().await;
    let host = host(&app).await;
    let (mut fan, mut quiet) = (
        member(&app, "fan@example.org").await,
        member(&app, "quiet@example.org").await,
    );
    let room = open(&app, &host, 1).await;
    let (in_room, also) = (come(&fan, &room, 2).await, come(&quiet, &room, 3).await);
    let shown = fan
        .post("/api/v1/account/follows/host", &seat(&in_room))
        .await;
    assert_eq!(shown.body, "{\"host\":{\"name\":\"Nadia\"}}");
    let nobody = browser(&app)
        .post("/api/v1/account/follows/host", &seat(&in_room))
        .await;
    assert_eq!(nobody.body, "{}", "who is not signed in follows nobody");
    let follow = begin_to_follow(&mut fan, &seat(&in_room)).await;
    begin_to_follow(&mut quiet, &seat(&also)).await;
    want_mails(&app, &mut fan, "fan@example.org", &follow).await;

    let second = open(&app, &host, 4).await;
    let told = notices_when(&mut quiet, 1).await;
    assert_eq!(told[0]["host"], "Nadia");
    assert_eq!(told[0]["code"], second.code());
    notices_when(&mut fan, 1).await;
    let letters = room_letters(&app).await;
    assert_eq!(letters.len(), 1, "{letters:?}");
    let (to, text, stop) = &letters[0];
    assert_eq!(to, "fan@example.org");
    assert!(
        text.starts_with("Nadia ") && text.ends_with(&second.code()),
        "{text}"
    );

    // As a mail program does it: no cookie, no page before it (RFC 8058).
    let mut program = browser(&app);
    let form = [
        ("content-type", "application/x-www-form-urlencoded"),
        ("sec-fetch-site", "cross-site"),
    ];
    let body = b"List-Unsubscribe=One-Click";
    let stopped = program.request("POST", &path_of(stop), &form, body).await;
    assert_eq!(stopped.status, 200);
    assert!(!has_mails(&mut fan).await);
    app.stop().await;
}

#[tokio::test]
async fn followers_hear_of_one_room_in_six_hours_and_of_none_with_a_password() {
    let app = start().await;
    let host = host(&app).await;
    let mut fan = member(&app, "fan@example.org").await;
    let room = open(&app, &host, 1).await;
    let in_room = come(&fan, &room, 2).await;
    begin_to_follow(&mut fan, &seat(&in_room)).await;
    let queue = json!({ "preset": "party" });
    let secret = json!({ "device_key": device_key(3), "password": "between us", "queue": queue });
    tick(&app);
    RoomClient::create_as(&host, secret).await;
    let fourth = open(&app, &host, 4).await;
    notices_when(&mut fan, 1).await;
    open(&app, &host, 5).await;
    app.clock.advance(std::time::Duration::from_secs(SIX_HOURS));
    let sixth = open(&app, &host, 6).await;
    let told = notices_when(&mut fan, 2).await;
    let codes = told.iter().map(|it| it["code"].as_str().unwrap());
    assert_eq!(codes.collect::<Vec<_>>(), [sixth.code(), fourth.code()]);
    let until = json!({ "until": told[0]["made_at"] });
    let seen = fan.post("/api/v1/account/notices/seen", &until).await;
    assert_eq!(seen.status, 204);
    assert!(
        notices(&mut fan)
            .await
            .iter()
            .all(|it| it["is_seen"] == true)
    );
    assert_eq!(
        fan.send("DELETE", "/api/v1/account/notices").await.status,
        204
    );
    assert!(notices(&mut fan).await.is_empty());
    app.stop().await;
}

/// Promise T11: neither learns the other's address, nor does anybody in the room.
#[tokio::test]
async fn nobody_is_followed_who_has_not_said_so_and_no_address_is_shown() {
    let app = start().await;
    let mut host = host(&app).await;
    let mut fan = member(&app, "fan-canary@example.org").await;
    let room = open(&app, &host, 1).await;
    let in_room = come(&fan, &room, 2).await;
    let follow = begin_to_follow(&mut fan, &seat(&in_room)).await;
    let hosts_view = host.send("GET", "/api/v1/account/hosting").await;
    assert!(
        hosts_view.body.contains("\"followers\":1"),
        "{}",
        hosts_view.body
    );
    let answers = [
        fan.post("/api/v1/account/follows/host", &seat(&in_room))
            .await,
        fan.send("GET", "/api/v1/account/follows").await,
        hosts_view,
        browser(&app).send("GET", &format!("/u/{follow}")).await,
    ];
    for answer in answers {
        assert_eq!(answer.status, 200);
        assert!(!answer.body.contains("canary"), "{}", answer.body);
    }
    assert!(!format!("{:?}", in_room.state).contains("canary"));

    let set = json!({ "is_followable": false });
    host.send_json("PUT", "/api/v1/account/hosting", &set).await;
    assert_eq!(fan.send("GET", "/api/v1/account/follows").await.body, "[]");
    let refused = fan.post("/api/v1/account/follows", &seat(&in_room)).await;
    assert_eq!(kind(&refused), "not-yours");
    let forged = json!({ "seat": "made.up.p.token" });
    let refused = fan.post("/api/v1/account/follows", &forged).await;
    assert_eq!(kind(&refused), "not-yours");
    app.stop().await;
}
