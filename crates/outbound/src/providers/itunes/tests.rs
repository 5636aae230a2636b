use std::time::Duration;

use music::{Kind, Piece, Platform};

use crate::providers::recorded::*;
use crate::{Failure, ProviderId, Question};

const COLLECTION: &str = r#"{"wrapperType":"collection","collectionType":"Album","artistId":11,"collectionId":200000001,
    "artistName":"Ada Example","collectionName":"Harbour","trackCount":11,"releaseDate":"2005-03-01T12:00:00Z",
    "artworkUrl100":"https://is1-ssl.mzstatic.com/image/thumb/a/100x100bb.jpg"}"#;
const SONG: &str = r#"{"wrapperType":"track","kind":"song","artistId":11,"collectionId":200000001,"trackId":200000002,
    "artistName":"Ada Example","collectionName":"Harbour","trackName":"Night Ferry (feat. Bo Guest)",
    "artworkUrl100":"https://is1-ssl.mzstatic.com/image/thumb/a/100x100bb.jpg","releaseDate":"2005-03-01T12:00:00Z",
    "trackExplicitness":"notExplicit","trackTimeMillis":213900,"isStreamable":true}"#;

fn results(items: &[&str]) -> String {
    format!(
        r#"{{"resultCount":{},"results":[{}]}}"#,
        items.len(),
        items.join(",")
    )
}

fn song() -> Question {
    lookup(Platform::AppleMusic, Kind::Track, "200000002")
}

#[tokio::test(start_paused = true)]
async fn a_song_is_found_behind_its_collection() {
    let body = answer(
        200,
        &[("content-type", "text/javascript; charset=utf-8")],
        &results(&[COLLECTION, SONG]),
    );
    let answered = ask(ProviderId::Itunes, &song(), [body]).await;
    assert_eq!(
        answered.http.addresses(),
        ["https://itunes.apple.com/lookup?country=us&entity=song&id=200000002"]
    );
    assert_eq!(
        answered.links(),
        ["https://music.apple.com/us/album/200000001?i=200000002"]
    );
    let found = answered.track();
    assert_eq!(found.title, "Night Ferry (feat. Bo Guest)");
    assert_eq!(found.duration, Some(Duration::from_millis(213_900)));
    assert_eq!(found.released.as_deref(), Some("2005-03-01"));
    assert_eq!((found.isrc, found.is_explicit), (None, Some(false)));
    let art = answered.first().art.as_deref();
    assert_eq!(
        art,
        Some("https://is1-ssl.mzstatic.com/image/thumb/a/600x600bb.jpg")
    );
}

#[tokio::test(start_paused = true)]
async fn a_song_that_is_only_sold_is_not_playable() {
    let sold = SONG.replace(r#""isStreamable":true"#, r#""isStreamable":false"#);
    let answered = ask(ProviderId::Itunes, &search(), [ok(&results(&[&sold]))]).await;
    assert!(!answered.first().is_playable);
    assert!(answered.http.addresses()[0].contains("&media=music&entity=song&limit=25&country=us"));
}

#[tokio::test(start_paused = true)]
async fn the_storefront_of_the_link_is_asked_and_kept() {
    let link = music::parse("https://music.apple.com/de/album/x/200000001").unwrap();
    let answered = ask(
        ProviderId::Itunes,
        &Question::Lookup(link),
        [ok(&results(&[COLLECTION]))],
    )
    .await;
    assert!(answered.http.addresses()[0].contains("country=de&entity=album"));
    assert_eq!(
        answered.links(),
        ["https://music.apple.com/de/album/200000001"]
    );
    let Some(Piece::Album(release)) = &answered.first().piece else {
        panic!("not an album");
    };
    assert_eq!(release.tracks, Some(11));
}

#[tokio::test(start_paused = true)]
async fn nothing_found_is_an_empty_list_and_an_empty_body_is_none() {
    assert_eq!(
        ask(ProviderId::Itunes, &song(), [ok(&results(&[]))])
            .await
            .outcome,
        Ok(Vec::new())
    );
    assert_eq!(
        ask(ProviderId::Itunes, &song(), [ok("")]).await.outcome,
        Err(Failure::BadAnswer)
    );
}

#[tokio::test(start_paused = true)]
async fn after_403_it_rests_for_a_minute() {
    let http = Recorded::playing([status(403), ok(&results(&[SONG]))]);
    let outbound = outbound(&crate::Settings::default(), &http);
    let resting = |seconds| {
        Err(Failure::Resting {
            retry_after: Duration::from_secs(seconds),
        })
    };
    assert_eq!(
        outbound.ask(ProviderId::Itunes, &song(), WITHIN).await,
        resting(60)
    );
    tokio::time::advance(Duration::from_secs(20)).await;
    assert_eq!(
        outbound.ask(ProviderId::Itunes, &song(), WITHIN).await,
        resting(40)
    );
    tokio::time::advance(Duration::from_secs(40)).await;
    assert_eq!(
        outbound
            .ask(ProviderId::Itunes, &song(), WITHIN)
            .await
            .unwrap()
            .len(),
        1
    );
}

#[tokio::test(start_paused = true)]
async fn no_code_and_no_playlist_is_asked_for() {
    let http = Recorded::playing([]);
    let outbound = outbound(&crate::Settings::default(), &http);
    let playlist =
        Question::Lookup(music::parse("https://music.apple.com/us/playlist/x/pl.u-abc").unwrap());
    for question in [isrc(), playlist] {
        assert!(!outbound.answers(ProviderId::Itunes, &question));
        let refused = outbound.ask(ProviderId::Itunes, &question, WITHIN).await;
        assert_eq!(refused, Err(Failure::Unsupported));
    }
}
