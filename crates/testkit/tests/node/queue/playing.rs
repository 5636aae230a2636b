//! Adding, playing, going on.

use serde_json::json;
use testkit::TestApp;

use super::scene::{add, guest, room};

/// Promise T9: nobody signs up.
#[tokio::test]
async fn what_one_adds_and_plays_another_hears() {
    let app = TestApp::start().await;
    let mut host = room(&app).await;
    assert!(host.welcome.room.has_queue);
    let mut other = guest(&app, &host.code(), 1).await;
    host.granted(add(&["Moss", "Fern"])).await;
    let seq = host.granted(json!({ "do": "play" })).await;
    other.reach(seq).await;
    host.reach(seq).await;
    assert_eq!(other.titles(), ["Fern"]);
    assert_eq!(other.state.current.as_ref().unwrap().title, "Moss");
    assert_eq!(other.state, host.state);
}
