use std::time::Duration;

use base::Secret;
use music::{Kind, Piece, Platform};

use crate::providers::recorded::*;
use crate::{Failure, ProviderId, Settings};

const VIDEO: &str = r#"{"id":"AAAAAAAAAAA","snippet":{"title":"Night Ferry","channelTitle":"Ada Example - Topic",
    "description":"Provided to YouTube by Quay Records\n\nNight Ferry · Ada Example · Bo Guest\n\nHarbour\n\n℗ 2005 Quay\n\nReleased on: 2005-03-01",
    "thumbnails":{"high":{"url":"https://i.ytimg.com/vi/AAAAAAAAAAA/hqdefault.jpg"}}},"contentDetails":{"duration":"PT3M34S"}}"#;

fn settings() -> Settings {
    let mut settings = Settings::default();
    settings.providers.youtube_data.key = Some(Secret::new("K".to_owned()));
    settings
}

fn items(items: &[&str]) -> Act {
    ok(&format!(r#"{{"items":[{}]}}"#, items.join(",")))
}

#[tokio::test(start_paused = true)]
async fn official_audio_says_everything_in_its_description() {
    let question = lookup(Platform::YoutubeMusic, Kind::Track, "AAAAAAAAAAA");
    let answered = ask_with(
        &settings(),
        ProviderId::YoutubeData,
        &question,
        [items(&[VIDEO])],
    )
    .await;
    assert_eq!(
        answered.links(),
        ["https://music.youtube.com/watch?v=AAAAAAAAAAA"]
    );
    let track = answered.track();
    assert_eq!(track.artists, ["Ada Example", "Bo Guest"]);
    assert_eq!(
        (track.album.as_deref(), track.released.as_deref()),
        (Some("Harbour"), Some("2005-03-01"))
    );
    assert_eq!(track.duration, Some(Duration::from_secs(214)));
    let gone = ask_with(
        &settings(),
        ProviderId::YoutubeData,
        &question,
        [items(&[])],
    )
    .await;
    assert_eq!(gone.outcome, Ok(Vec::new()));
}

#[tokio::test(start_paused = true)]
async fn a_search_is_followed_by_the_durations() {
    let hits = items(&[
        r#"{"id":{"kind":"youtube#video","videoId":"AAAAAAAAAAA"}}"#,
        r#"{"id":{"channelId":"UCx"}}"#,
    ]);
    let answered = ask_with(
        &settings(),
        ProviderId::YoutubeData,
        &search(),
        [hits, items(&[VIDEO])],
    )
    .await;
    let asked = answered.http.addresses();
    assert!(
        asked[0].contains("/youtube/v3/search?key=K&part=snippet&maxResults=10&q="),
        "{}",
        asked[0]
    );
    assert!(
        asked[1].ends_with("part=snippet%2CcontentDetails&id=AAAAAAAAAAA"),
        "{}",
        asked[1]
    );
    assert_eq!(
        answered.links(),
        ["https://www.youtube.com/watch?v=AAAAAAAAAAA"]
    );
}

#[tokio::test(start_paused = true)]
async fn no_more_than_ninety_searches_a_day_are_made() {
    let http = Recorded::playing((0..90).map(|_| items(&[])));
    let outbound = outbound(&settings(), &http);
    for _ in 0..90 {
        assert_eq!(
            outbound
                .ask(ProviderId::YoutubeData, &search(), WITHIN)
                .await,
            Ok(Vec::new())
        );
    }
    let refused = outbound
        .ask(ProviderId::YoutubeData, &search(), WITHIN)
        .await;
    assert!(
        matches!(refused, Err(Failure::Budget { retry_after }) if retry_after > Duration::from_secs(80_000))
    );
    let state = outbound
        .states()
        .into_iter()
        .find(|state| state.provider == ProviderId::YoutubeData)
        .unwrap();
    assert_eq!(
        (state.scarce_left, state.asked, state.answered, state.failed),
        (Some(0), 91, 90, 1)
    );
}

#[tokio::test(start_paused = true)]
async fn a_playlist_is_read_page_by_page_up_to_a_hundred() {
    let entry = r#"{"snippet":{"title":"Ada Example - Night Ferry","videoOwnerChannelTitle":"Ada","resourceId":{"videoId":"AAAAAAAAAAA"}}}"#;
    let gone = r#"{"snippet":{"title":"Deleted video"}}"#;
    let head = items(&[r#"{"snippet":{"title":"Ferries"},"contentDetails":{"itemCount":130}}"#]);
    let page = |token: &str| {
        let entries = [&[gone] as &[&str], &[entry; 49]].concat().join(",");
        ok(&format!(
            r#"{{"items":[{entries}],"nextPageToken":"{token}"}}"#
        ))
    };
    let question = lookup(
        Platform::Youtube,
        Kind::Playlist,
        "PLaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
    );
    let acts = [head, page("b"), page("c"), page("d")];
    let answered = ask_with(&settings(), ProviderId::YoutubeData, &question, acts).await;
    let Some(Piece::Playlist(playlist)) = &answered.first().piece else {
        panic!("not a playlist");
    };
    assert_eq!((playlist.tracks.len(), playlist.total), (100, 130));
    assert!(answered.http.addresses()[2].ends_with("&pageToken=b"));
}
