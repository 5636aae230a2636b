//! The upstreams besides Google, each from its button to the account, out, and in again: Spotify and Yandex by OAuth 2,
//! Telegram by OpenID Connect and by its older widget. And answers that are brought to the address of another upstream.

use std::time::Duration;

use base::{SystemClock, Timestamp};
use ring::{digest, hmac};
use testkit::http::get;
use testkit::issuer::Issuer;

use super::*;

const BASE: &str = "/api/v1/account";
const WISH: &str = "/r/K7M4QX";
const REFUSED: &str = "/sign-in?problem=upstream-refused";
const OVER: &str = "/sign-in?problem=ticket-over";
const BOT_TOKEN: &str = "123456789:only-for-tests";
const WIDGET: &str = "telegram-widget";

/// An upstream, and the process that stands in for it.
struct Place {
    name: &'static str,
    issuer: Issuer,
    /// The path of the page where people say yes.
    page: &'static str,
    /// The hosts that are led to the process.
    hosts: &'static [&'static str],
}

impl Place {
    async fn google() -> Self {
        Self {
            name: "google",
            issuer: Issuer::forging("https://accounts.google.com", "app-1", "s3cret").await,
            page: "/o/oauth2/v2/auth",
            hosts: &["oauth2.googleapis.com", "www.googleapis.com"],
        }
    }

    async fn spotify() -> Self {
        Self {
            name: "spotify",
            issuer: Issuer::plain("https://accounts.spotify.com", "app-1", "s3cret").await,
            page: "/authorize",
            hosts: &["accounts.spotify.com", "api.spotify.com"],
        }
    }

    async fn yandex() -> Self {
        Self {
            name: "yandex",
            issuer: Issuer::plain("https://oauth.yandex.com", "app-1", "s3cret").await,
            page: "/authorize",
            hosts: &["oauth.yandex.com", "login.yandex.ru"],
        }
    }

    /// A provider that is certified. It knows one address to send people back to, which is that of `app`.
    async fn telegram(app: &TestApp) -> Self {
        let back_to = format!("http://{}/auth/callback/telegram", app.address());
        let issuer = "https://oauth.telegram.org";
        Self {
            name: "telegram",
            issuer: Issuer::certified(issuer, "app-1", "s3cret", &back_to).await,
            page: "/o/oauth2/v2/auth",
            hosts: &["oauth.telegram.org"],
        }
    }

    fn page(&self) -> String {
        format!("http://{}{}", self.issuer.address, self.page)
    }

    /// Where the upstream sends a browser back to that comes by `way`, as a path of the node.
    async fn visit(&self, app: &TestApp, way: &str) -> String {
        assert!(way.starts_with(&self.page()), "{way}");
        let back = if self.name == "telegram" {
            self.issuer.walk(way).await
        } else {
            let (_, path) = way.split_once(&self.issuer.address.to_string()).unwrap();
            let answer = get(self.issuer.address, path, &[]).await;
            let back = answer.header("location");
            back.unwrap_or_else(|| panic!("{}", answer.body)).to_owned()
        };
        let path = back.split_once(&app.address().to_string());
        path.unwrap_or_else(|| panic!("{back}")).1.to_owned()
    }

    /// One whole sign-in of `person`; gives where the browser ends.
    async fn sign_in(&self, app: &TestApp, browser: &mut TestBrowser, person: &str) -> String {
        if self.name == "telegram" {
            // A certified provider writes the real time into what it signs.
            app.clock.set(SystemClock.now());
        }
        let way = set_out(browser, self.name).await;
        let now = app.clock.now().unix_s();
        let way = format!("{way}&person={person}&now={now}");
        let back = self.visit(app, &way).await;
        arrive(browser, &back).await
    }

    /// The page of this upstream, asked what another one's `way` asks.
    fn instead_of(&self, way: &str) -> String {
        let (_, question) = way.split_once('?').unwrap();
        let is_its_own = |pair: &&str| !pair.starts_with("scope=") && !pair.starts_with("nonce=");
        let pairs: Vec<&str> = question.split('&').filter(is_its_own).collect();
        format!("{}?{}", self.page(), pairs.join("&"))
    }
}

/// People sign in at these places.
fn trust(settings: &mut unisono::Settings, places: &[&Place]) {
    settings.accounts.password_cost = 4;
    settings.accounts.proof_of_work_cost = 1;
    let mut upstreams = json!({});
    for place in places {
        for host in place.hosts {
            let origin = format!("http://{}", place.issuer.address);
            settings.outbound.mirrors.insert((*host).to_owned(), origin);
        }
        upstreams[place.name] = json!({
            "client_id": "app-1", "client_secret": "s3cret", "authorize_url": place.page(),
        });
    }
    settings.outbound.upstreams = serde_json::from_value(upstreams).unwrap();
}

/// Presses the button; gives where the browser is sent.
async fn set_out(browser: &mut TestBrowser, name: &str) -> String {
    let path = format!("/auth/{name}?to={WISH}");
    let sent = browser.send("GET", &path).await;
    assert_eq!(sent.status, 303, "{}", sent.body);
    sent.header("location").unwrap().to_owned()
}

/// Comes back as a browser does that another site sends; gives where it ends.
async fn arrive(browser: &mut TestBrowser, back: &str) -> String {
    let foreign = [("sec-fetch-site", "cross-site")];
    let answer = browser.request("GET", back, &foreign, b"").await;
    assert_eq!(answer.status, 303, "{}", answer.body);
    leads_to(&answer)
}

/// Comes back, and is nobody afterwards.
async fn arrive_in_vain(browser: &mut TestBrowser, back: &str, end: &str, why: &str) {
    assert_eq!(arrive(browser, back).await, end, "{why}");
    assert!(browser.cookies.is_empty(), "{why}");
    assert_eq!(account(browser).await.status, 401, "{why}");
}

fn asked_to_agree(name: &str) -> String {
    format!("/register?upstream={name}#to={WISH}")
}

/// Somebody who came without an account agrees to have one, and is in it. No upstream here is believed an address.
async fn agree(app: &TestApp, browser: &mut TestBrowser) -> Value {
    assert_eq!(account(browser).await.status, 401, "nobody agreed yet");
    let body = json!({"agreed_version": policy_version(app).await, "is_of_age": true});
    let path = format!("{BASE}/upstreams/agree");
    let made = browser.post(&path, &body).await;
    assert_eq!(made.status, 200, "{}", made.body);
    let made: Value = read(&account(browser).await);
    assert_eq!(made["ways_in"]["identities"], 1);
    assert_eq!(made.get("email"), None);
    made
}

async fn sign_out(browser: &mut TestBrowser) {
    let path = format!("{BASE}/sign-out");
    assert_eq!(browser.send("POST", &path).await.status, 204);
    assert!(browser.cookies.is_empty());
    assert_eq!(account(browser).await.status, 401);
}

/// Ada comes new, leaves and comes again; gives the id of her account.
async fn come_twice(app: &TestApp, place: &Place) -> Value {
    let mut ada = browser(app);
    let end = place.sign_in(app, &mut ada, "ada").await;
    assert_eq!(end, asked_to_agree(place.name));
    let made = agree(app, &mut ada).await;
    sign_out(&mut ada).await;
    assert_eq!(place.sign_in(app, &mut ada, "ada").await, WISH);
    let again: Value = read(&account(&mut ada).await);
    assert_eq!(again["id"], made["id"]);
    made["id"].clone()
}

/// Who is somebody else there is somebody else here, and who says no there is nobody.
async fn others_are_others(app: &TestApp, place: &Place, adas: &Value) {
    let mut eve = browser(app);
    let end = place.sign_in(app, &mut eve, "eve").await;
    assert_eq!(end, asked_to_agree(place.name));
    assert_ne!(&agree(app, &mut eve).await["id"], adas);
    let mut unwilling = browser(app);
    let end = place.sign_in(app, &mut unwilling, "nobody").await;
    assert_eq!(end, REFUSED);
    assert_eq!(account(&mut unwilling).await.status, 401);
}

#[tokio::test]
async fn who_comes_by_spotify_finds_the_same_account_again() {
    let place = Place::spotify().await;
    let app = TestApp::start_with(|settings| trust(settings, &[&place])).await;
    let adas = come_twice(&app, &place).await;
    others_are_others(&app, &place, &adas).await;
    app.stop().await;
}

#[tokio::test]
async fn who_comes_by_yandex_finds_the_same_account_again() {
    let place = Place::yandex().await;
    let app = TestApp::start_with(|settings| trust(settings, &[&place])).await;
    let adas = come_twice(&app, &place).await;
    others_are_others(&app, &place, &adas).await;
    app.stop().await;
}

#[tokio::test]
async fn who_comes_by_telegram_finds_the_same_account_again() {
    let app = TestApp::start().await;
    let place = Place::telegram(&app).await;
    let app = app
        .restart_with(|settings| trust(settings, &[&place]))
        .await;
    come_twice(&app, &place).await;
    app.stop().await;
}

/// What the widget is told to come back to.
async fn see_widget(browser: &mut TestBrowser) -> String {
    let page = browser
        .send("GET", &format!("/auth/{WIDGET}?to={WISH}"))
        .await;
    assert_eq!(page.status, 200, "{}", page.body);
    assert!(page.body.contains("data-telegram-login=\"ada_bot\""));
    let (_, rest) = page.body.split_once("data-auth-url=\"").unwrap();
    let (address, _) = rest.split_once('"').unwrap();
    let here = browser.address().to_string();
    address.split_once(&here).unwrap().1.to_owned()
}

/// What Telegram says of `id`, signed at `moment` with `key`.
fn fields(id: &str, moment: Timestamp, key: &[u8]) -> String {
    let signed_at = moment.unix_s();
    let text = format!("auth_date={signed_at}\nfirst_name=Ада = Л\nid={id}\nusername=ada_l");
    let key = hmac::Key::new(hmac::HMAC_SHA256, key);
    let tag = hmac::sign(&key, text.as_bytes());
    let hash: String = tag.as_ref().iter().map(|b| format!("{b:02x}")).collect();
    let name: String = "Ада = Л".bytes().map(|b| format!("%{b:02X}")).collect();
    format!("&id={id}&first_name={name}&username=ada_l&auth_date={signed_at}&hash={hash}")
}

/// What a bot's answers are signed with.
fn key_of(token: &str) -> Vec<u8> {
    digest::digest(&digest::SHA256, token.as_bytes())
        .as_ref()
        .to_vec()
}

/// A node that has a bot, with the older widget as its switch stands.
async fn with_bot(switch: Option<bool>) -> TestApp {
    TestApp::start_with(|settings| {
        trust(settings, &[]);
        let bot = json!({"bot_name": "ada_bot", "bot_token": BOT_TOKEN, "enabled": switch});
        let upstreams = serde_json::from_value(json!({ WIDGET: bot }));
        settings.outbound.upstreams = upstreams.unwrap();
    })
    .await
}

#[tokio::test]
async fn who_comes_by_the_older_widget_finds_the_same_account_again() {
    let app = with_bot(Some(true)).await;
    let key = key_of(BOT_TOKEN);
    let mut ada = browser(&app);
    let back = see_widget(&mut ada).await;
    let first = fields("424242", app.clock.now(), &key);
    let end = arrive(&mut ada, &format!("{back}{first}")).await;
    assert_eq!(end, asked_to_agree(WIDGET));
    let made = agree(&app, &mut ada).await;
    sign_out(&mut ada).await;

    let back = see_widget(&mut ada).await;
    let replayed = format!("{back}{first}");
    arrive_in_vain(&mut ada, &replayed, REFUSED, "it was taken once").await;

    app.clock.advance(Duration::from_secs(1));
    let back = see_widget(&mut ada).await;
    let second = fields("424242", app.clock.now(), &key);
    assert_eq!(arrive(&mut ada, &format!("{back}{second}")).await, WISH);
    let again: Value = read(&account(&mut ada).await);
    assert_eq!(again["id"], made["id"]);
    app.stop().await;
}

#[tokio::test]
async fn fields_that_the_bot_did_not_sign_just_now_for_this_browser_sign_nobody_in() {
    let app = with_bot(Some(true)).await;
    let key = key_of(BOT_TOKEN);
    let now = app.clock.now();
    let good = fields("424242", now, &key);
    let (unsigned, hash) = good.split_once("&hash=").unwrap();
    // Apps inside Telegram sign by a key that is made otherwise.
    let of_apps = hmac::Key::new(hmac::HMAC_SHA256, b"WebAppData");
    let of_apps = hmac::sign(&of_apps, BOT_TOKEN.as_bytes());
    for (why, forged) in [
        ("somebody else's id", good.replace("424242", "424243")),
        ("no hash", unsigned.to_owned()),
        (
            "a made-up hash",
            format!("{unsigned}&hash={}", "0".repeat(64)),
        ),
        ("half a hash", format!("{unsigned}&hash={}", &hash[..32])),
        ("another bot", fields("424242", now, &key_of("1:other"))),
        (
            "the bot's bare token",
            fields("424242", now, BOT_TOKEN.as_bytes()),
        ),
        ("an app's key", fields("424242", now, of_apps.as_ref())),
        ("a field that nobody signed", format!("{good}&is_admin=1")),
        ("two ids", format!("{good}&id=424243")),
        (
            "from the future",
            fields("424242", now.after(Duration::from_secs(61)), &key),
        ),
    ] {
        let mut browser = browser(&app);
        let back = see_widget(&mut browser).await;
        arrive_in_vain(&mut browser, &format!("{back}{forged}"), REFUSED, why).await;
    }
    let mut ada = browser(&app);
    let mut eve = browser(&app);
    see_widget(&mut ada).await;
    let of_eve = see_widget(&mut eve).await;
    let swapped = format!("{of_eve}{good}");
    arrive_in_vain(&mut ada, &swapped, OVER, "another browser's state").await;
    see_widget(&mut ada).await;
    let bare = format!("/auth/callback/{WIDGET}?{}", &good[1..]);
    arrive_in_vain(&mut ada, &bare, OVER, "no state").await;

    app.clock.advance(Duration::from_secs(5 * 60 + 1));
    let back = see_widget(&mut ada).await;
    let old = format!("{back}{good}");
    arrive_in_vain(&mut ada, &old, REFUSED, "an old hash").await;
    app.stop().await;
}

#[tokio::test]
async fn the_older_widget_is_there_only_while_its_switch_is_on() {
    let door = format!("/auth/{WIDGET}");
    let list = format!("{BASE}/upstreams");
    let app = with_bot(None).await;
    let mut ada = browser(&app);
    assert_eq!(ada.send("GET", &door).await.status, 404);
    assert_eq!(read::<Value>(&ada.send("GET", &list).await), json!([]));

    let app = app
        .restart_with(|settings| {
            settings.outbound.upstreams.telegram_widget.enabled = Some(true);
        })
        .await;
    let on: Value = read(&ada.send("GET", &list).await);
    assert_eq!(on, json!([{"name": WIDGET, "title": "Telegram"}]));
    let back = see_widget(&mut ada).await;

    let app = app
        .restart_with(|settings| {
            settings.outbound.upstreams.telegram_widget.enabled = Some(false);
        })
        .await;
    assert_eq!(ada.send("GET", &door).await.status, 404);
    let good = fields("424242", app.clock.now(), &key_of(BOT_TOKEN));
    let late = format!("{back}{good}");
    arrive_in_vain(&mut ada, &late, REFUSED, "it is off by now").await;
    app.stop().await;
}

/// RFC 9700, 4.4: one of two upstreams would have a code that the other one gave.
#[tokio::test]
async fn an_answer_of_one_upstream_is_worth_nothing_at_the_address_of_another() {
    let google = Place::google().await;
    let mut spotify = Place::spotify().await;
    let app = TestApp::start_with(|settings| trust(settings, &[&google, &spotify])).await;
    let mut ada = browser(&app);
    let of_google = "iss=https%3A%2F%2Faccounts.google.com";
    let (at_google, at_spotify) = ("callback%2Fgoogle", "callback%2Fspotify");

    // Spotify lies: it sends the browser on to Google, with the state that it was given.
    let way = google.instead_of(&set_out(&mut ada, "spotify").await);
    let back = google.visit(&app, &way).await;
    assert!(back.starts_with("/auth/callback/spotify?") && back.contains(of_google));
    arrive_in_vain(&mut ada, &back, REFUSED, "Google's, and it says so").await;
    let way = google.instead_of(&set_out(&mut ada, "spotify").await);
    let way = way.replace(at_spotify, at_google);
    let back = google.visit(&app, &way).await;
    arrive_in_vain(&mut ada, &back, OVER, "she set out for Spotify").await;

    // Google lies likewise. Spotify does not say who answers.
    for (address, further, end, why) in [
        ("spotify", "", OVER, "she set out for Google"),
        ("google", "", REFUSED, "Google does not know this code"),
        (
            "google",
            "&iss=https%3A%2F%2Faccounts.spotify.com",
            REFUSED,
            "it would say that it is Spotify's",
        ),
    ] {
        let way = spotify.instead_of(&set_out(&mut ada, "google").await);
        let way = way.replace(at_google, at_spotify);
        let back = spotify.visit(&app, &way).await;
        let brought = back.replace("/callback/spotify", &format!("/callback/{address}"));
        arrive_in_vain(&mut ada, &format!("{brought}{further}"), end, why).await;
    }

    // Spotify's own answer, to who set out for Spotify, under the name of Google.
    let way = set_out(&mut ada, "spotify").await;
    let back = spotify.visit(&app, &way).await;
    let renamed = format!("{back}&{of_google}");
    arrive_in_vain(&mut ada, &renamed, REFUSED, "the wrong name").await;

    for place in [&google, &spotify] {
        let end = place.sign_in(&app, &mut ada, "eve").await;
        assert_eq!(end, asked_to_agree(place.name), "what is not mixed up");
    }
    let before = spotify.issuer.hears("eve").await;
    assert_eq!(before, Vec::<String>::new(), "it was shown no other code");
    app.stop().await;
}
