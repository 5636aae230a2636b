use std::time::Duration;

use base::Secret;
use music::{Kind, Platform};

use crate::providers::recorded::*;
use crate::{Failure, ProviderId, Settings};

const TOKEN: &str = r#"{"access_token":"t","token_type":"Bearer","expires_in":86400}"#;
/// Two tracks with the same code; what is included is in another order.
const TRACKS: &str = r#"{
  "data":[
    {"id":"1","type":"tracks","attributes":{"title":"Night Ferry","version":null,"isrc":"GBAAA0500123","duration":"PT3M34S","explicit":false},
     "relationships":{"artists":{"data":[{"id":"11","type":"artists"},{"id":"12","type":"artists"}]},"albums":{"data":[{"id":"21","type":"albums"}]}}},
    {"id":"2","type":"tracks","attributes":{"title":"Night Ferry","version":"Live"},
     "relationships":{"artists":{"data":[{"id":"12","type":"artists"}]},"albums":{"data":[]}}}],
  "included":[
    {"id":"12","type":"artists","attributes":{"name":"Bo Guest"}},
    {"id":"31","type":"artworks","attributes":{"files":[{"href":"https://resources.tidal.com/images/a/640x640.jpg"}]}},
    {"id":"21","type":"albums","attributes":{"title":"Harbour","releaseDate":"2005-03-01"},"relationships":{"coverArt":{"data":[{"id":"31","type":"artworks"}]}}},
    {"id":"11","type":"artists","attributes":{"name":"Ada Example"}}]}"#;

fn settings() -> Settings {
    let mut settings = Settings::default();
    settings.providers.tidal.client_id = Some("id".to_owned());
    settings.providers.tidal.client_secret = Some(Secret::new("secret".to_owned()));
    settings
}

#[tokio::test(start_paused = true)]
async fn what_is_included_is_joined_by_id_and_not_by_place() {
    let answered = ask_with(
        &settings(),
        ProviderId::Tidal,
        &isrc(),
        [ok(TOKEN), ok(TRACKS)],
    )
    .await;
    let asked = &answered.http.addresses()[1];
    assert!(
        asked.starts_with("https://openapi.tidal.com/v2/tracks?filter%5Bisrc%5D=GBAAA0500123"),
        "{asked}"
    );
    assert!(asked.ends_with("&countryCode=US"), "{asked}");
    assert_eq!(
        answered.links(),
        ["https://tidal.com/track/1", "https://tidal.com/track/2"]
    );
    let track = answered.track();
    assert_eq!(track.artists, ["Ada Example", "Bo Guest"]);
    assert_eq!(track.album.as_deref(), Some("Harbour"));
    assert_eq!(track.duration, Some(Duration::from_secs(214)));
    let art = answered.first().art.as_deref();
    assert_eq!(
        art,
        Some("https://resources.tidal.com/images/a/640x640.jpg")
    );
}

#[tokio::test(start_paused = true)]
async fn a_search_names_its_hits_and_describes_them_apart() {
    let found = r#"{"data":[{"id":"2","type":"tracks"},{"id":"1","type":"tracks"},{"id":"9","type":"tracks"}],
      "included":[{"id":"1","type":"tracks","attributes":{"title":"One"}},{"id":"2","type":"tracks","attributes":{"title":"Two"}}]}"#;
    let answered = ask_with(
        &settings(),
        ProviderId::Tidal,
        &search(),
        [ok(TOKEN), ok(found)],
    )
    .await;
    let asked = &answered.http.addresses()[1];
    assert!(
        asked.contains("/v2/searchResults/") && asked.contains("/relationships/tracks?"),
        "{asked}"
    );
    assert_eq!(
        answered.links(),
        ["https://tidal.com/track/2", "https://tidal.com/track/1"]
    );
}

#[tokio::test(start_paused = true)]
async fn one_album_is_one_resource_and_a_missing_one_is_nothing() {
    let album = r#"{"data":{"id":"21","type":"albums","attributes":{"title":"Harbour","barcodeId":"0600","numberOfItems":11}}}"#;
    let question = lookup(Platform::Tidal, Kind::Album, "21");
    let answered = ask_with(
        &settings(),
        ProviderId::Tidal,
        &question,
        [ok(TOKEN), ok(album)],
    )
    .await;
    assert_eq!(answered.links(), ["https://tidal.com/album/21"]);
    let none = ask_with(
        &settings(),
        ProviderId::Tidal,
        &question,
        [ok(TOKEN), status(404)],
    )
    .await;
    assert_eq!(none.outcome, Ok(Vec::new()));
    let bad = ask_with(&settings(), ProviderId::Tidal, &question, [ok("{}")]).await;
    assert_eq!(bad.outcome, Err(Failure::BadAnswer));
}
