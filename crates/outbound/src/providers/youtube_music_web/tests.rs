use std::time::Duration;

use crate::providers::recorded::*;
use crate::{Failure, ProviderId, Settings};

fn settings() -> Settings {
    let mut settings = Settings::default();
    settings.providers.youtube_music_web.enabled = Some(true);
    settings
}

fn row(id: &str, kind: &str) -> serde_json::Value {
    let run = |text: &str, id: &str| serde_json::json!({"text": text, "navigationEndpoint": {"browseEndpoint": {"browseId": id}}});
    let bare = |text: &str| serde_json::json!({"text": text});
    let column = |runs: Vec<serde_json::Value>| serde_json::json!({"musicResponsiveListItemFlexColumnRenderer": {"text": {"runs": runs}}});
    serde_json::json!({"musicResponsiveListItemRenderer": {
        "playlistItemData": {"videoId": id},
        "overlay": {"play": {"watchEndpoint": {"watchEndpointMusicSupportedConfigs":
            {"watchEndpointMusicConfig": {"musicVideoType": kind}}}}},
        "flexColumns": [
            column(vec![bare("Night Ferry")]),
            column(vec![run("Ada Example", "UCada"), bare(" \u{2022} "), run("Harbour", "MPREb_x"), bare(" \u{2022} "), bare("3:34")]),
        ]
    }})
}

fn page(rows: &[serde_json::Value]) -> String {
    serde_json::json!({"contents": {"tabbedSearchResultsRenderer": {"tabs": [{"tabRenderer": {"content":
        {"sectionListRenderer": {"contents": [{"other": {}}, {"musicShelfRenderer": {"contents": rows}}]}}}}]}}})
    .to_string()
}

#[tokio::test(start_paused = true)]
async fn album_tracks_come_before_videos() {
    let rows = [
        row("BBBBBBBBBBB", "MUSIC_VIDEO_TYPE_UGC"),
        row("AAAAAAAAAAA", "MUSIC_VIDEO_TYPE_ATV"),
        serde_json::json!({"musicResponsiveListItemRenderer": {}}),
    ];
    let answered = ask_with(
        &settings(),
        ProviderId::YoutubeMusicWeb,
        &search(),
        [ok(&page(&rows))],
    )
    .await;
    assert_eq!(
        answered.http.addresses(),
        ["https://music.youtube.com/youtubei/v1/search?alt=json"]
    );
    let links = answered.links();
    assert_eq!(
        links,
        [
            "https://music.youtube.com/watch?v=AAAAAAAAAAA",
            "https://music.youtube.com/watch?v=BBBBBBBBBBB"
        ]
    );
    let track = answered.track();
    assert_eq!(track.artists, ["Ada Example"]);
    assert_eq!(track.album.as_deref(), Some("Harbour"));
    assert_eq!(track.duration, Some(Duration::from_secs(214)));
}

#[tokio::test(start_paused = true)]
async fn a_page_of_another_form_is_a_bad_answer_and_without_a_switch_nothing_is_asked() {
    let changed = ask_with(
        &settings(),
        ProviderId::YoutubeMusicWeb,
        &search(),
        [ok("{}")],
    )
    .await;
    assert_eq!(changed.outcome, Err(Failure::BadAnswer));
    let off = ask(ProviderId::YoutubeMusicWeb, &search(), []).await;
    assert_eq!(off.outcome, Err(Failure::Off));
}
