use music::Link;
use proptest::prelude::*;

use super::*;
use crate::Settings;
use crate::outbound::Outbound;
use crate::providers::recorded::*;

const TRACK: &str = "https://open.spotify.com/track/4Zz0000000000000000aaa";

fn short(address: &str) -> Link {
    let link = music::parse(address).unwrap();
    assert_eq!(link.kind(), Kind::Short, "{address}");
    link
}

async fn expand(address: &str, acts: impl IntoIterator<Item = Act>) -> Result<String, Failure> {
    let http = Recorded::playing(acts);
    let found = outbound(&Settings::default(), &http)
        .expand(&short(address), WITHIN)
        .await;
    found.map(|link| link.canonical())
}

fn to(location: &str) -> Act {
    answer(302, &[("location", location)], "")
}

#[tokio::test(start_paused = true)]
async fn a_short_link_is_read_from_its_redirect_and_not_followed() {
    let tracked = format!("{TRACK}?si=abc&utm_source=copy");
    assert_eq!(
        expand("https://spotify.link/abc", [to(&tracked)])
            .await
            .as_deref(),
        Ok(TRACK)
    );
    let hops = [
        to("https://www.deezer.com/x"),
        to("/track/12?utm_campaign=y"),
    ];
    let found = expand("https://deezer.page.link/abc", hops).await;
    assert_eq!(found.as_deref(), Ok("https://www.deezer.com/track/12"));
}

#[tokio::test(start_paused = true)]
async fn the_target_may_stand_in_a_parameter() {
    let location = "https://www.deezer.com/redirect?dest=https%3A%2F%2Fwww.deezer.com%2Ftrack%2F12%3Fhost%3D0&x=y";
    let found = expand("https://link.deezer.com/s/abc", [to(location)]).await;
    assert_eq!(found.as_deref(), Ok("https://www.deezer.com/track/12"));
    let foreign = "https://www.deezer.com/redirect?dest=https%3A%2F%2Fevil.example%2Ftrack%2F12";
    let outcome = expand("https://link.deezer.com/s/abc", [to(foreign), status(404)]).await;
    assert_eq!(outcome, Err(Failure::Refused { status: 404 }));
}

#[tokio::test(start_paused = true)]
async fn a_page_in_place_of_a_redirect_is_read() {
    for page in [
        format!(r#"<html><head><meta property="og:url" content="{TRACK}?a=1&amp;b=2"></head>"#),
        format!(r#"<META content='0; URL={TRACK}' http-equiv='Refresh'>"#),
        format!(
            r#"<link rel="stylesheet" href="x"><link data-href="y" rel="canonical" href="{TRACK}"/>"#
        ),
    ] {
        let found = expand("https://spotify.app.link/abc", [ok(&page)]).await;
        assert_eq!(found.as_deref(), Ok(TRACK), "{page}");
    }
    let own = r#"<meta property="og:url" content="https://spotify.app.link/abc">"#;
    assert_eq!(
        expand("https://spotify.app.link/abc", [ok(own)]).await,
        Err(Failure::BadAnswer)
    );
    assert_eq!(
        expand("https://spotify.app.link/abc", [ok("")]).await,
        Err(Failure::BadAnswer)
    );
}

#[tokio::test(start_paused = true)]
async fn no_foreign_or_private_host_is_asked() {
    for foreign in [
        "http://127.0.0.1/",
        "http://169.254.169.254/latest/meta-data",
        "https://localhost/track/1",
        "https://evil.example/",
        "https://open.spotify.com.evil.example/track/4Zz0000000000000000aaa",
        "https://open.spotify.com@evil.example/",
        "file:///etc/passwd",
        "https://www.deezer.com/track/12",
        "https://open.spotify.com:8443/x",
    ] {
        let outcome = expand("https://spotify.link/abc", [to(foreign)]).await;
        assert_eq!(outcome, Err(Failure::ForeignHost), "{foreign}");
    }
}

#[tokio::test(start_paused = true)]
async fn circles_end_and_what_is_no_music_says_so() {
    let circle = (0..5).map(|_| to("https://spotify.link/abc"));
    assert_eq!(
        expand("https://spotify.link/abc", circle).await,
        Err(Failure::RedirectLoop)
    );
    let podcast = to("https://open.spotify.com/episode/4Zz0000000000000000aaa");
    assert_eq!(
        expand("https://spotify.link/abc", [podcast]).await,
        Err(Failure::NotMusic)
    );
}

#[tokio::test(start_paused = true)]
async fn three_seconds_are_enough_for_all_hops() {
    let started = tokio::time::Instant::now();
    let outcome = expand(
        "https://spotify.link/abc",
        [to("https://spotify.link/def"), Act::Hang],
    )
    .await;
    assert_eq!(outcome, Err(Failure::TimedOut));
    assert_eq!(started.elapsed(), std::time::Duration::from_secs(3));
}

#[tokio::test]
async fn only_short_links_are_expanded_and_only_while_switched_on() {
    let settings = Settings {
        short_links: false,
        ..Settings::default()
    };
    let link = short("https://spotify.link/abc");
    let off = Outbound::start(settings, RuntimeClock::start()).unwrap();
    assert_eq!(off.expand(&link, WITHIN).await, Err(Failure::Off));
    let on = Outbound::start(Settings::default(), RuntimeClock::start()).unwrap();
    let whole = music::parse(TRACK).unwrap();
    assert_eq!(on.expand(&whole, WITHIN).await, Err(Failure::Unsupported));
}

proptest! {
    #[test]
    fn no_page_breaks_the_reader(page in "(<(meta|link|x) ?(content|href|rel|property)?=?[\"'a-zé=:/ ]{0,20}>?){0,8}") {
        prop_assert!(addresses(&page).count() <= page.len());
    }
}
