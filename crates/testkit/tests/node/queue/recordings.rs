//! Recordings: what the server knows of them counts, whatever a client says.

use music::Platform;
use protocol::room::{RejectCode, Source};
use serde_json::json;
use testkit::TestApp;
use testkit::providers::Providers;

use super::scene::{refusal, room, settle};

#[tokio::test]
async fn a_recording_is_filled_in_from_its_link_page_and_an_unknown_page_is_refused() {
    let providers = Providers::start().await;
    let mirrors = providers.mirrors();
    let app = TestApp::start_with(|settings| settings.outbound.mirrors.extend(mirrors)).await;
    let songs = providers.catalogue().songs();
    let has = |one: &&testkit::providers::Truth| one.ids.contains_key(&Platform::Deezer);
    let song = songs.iter().find(has).unwrap();
    let id = &song.ids[&Platform::Deezer][0];
    let link = format!("https://www.deezer.com/track/{id}");
    let address = base::ClientAddress::new("192.0.2.1".parse().unwrap());
    let client = app.app().client_key(address);
    let page = app.app().convert(client, &link).await.unwrap();
    let page = page.finish().await;
    let mut host = room(&app).await;
    let forged = json!({ "platform": "deezer", "url": "https://example.com/" });
    let item =
        json!({ "source": "recording", "page": page.id, "links": [forged], "title": "Forged" });
    host.granted(json!({ "do": "add", "items": [item] })).await;
    settle(&mut host).await;
    let added = &host.state.queue[0];
    assert_eq!(added.artist.as_deref(), Some(&*song.artist));
    assert_ne!(added.title, "Forged");
    assert!(added.duration_ms.is_some(), "{added:?}");
    let Source::Recording { links, .. } = &added.source else {
        panic!("a recording, not {:?}", added.source);
    };
    assert!(
        links
            .iter()
            .any(|link| link.platform == "deezer" && link.url.contains(id.as_str()))
    );
    assert!(links.iter().all(|link| !link.url.contains("example.com")));
    let unknown = json!({ "source": "recording", "page": "0123456789" });
    let refused = host
        .command(json!({ "do": "add", "items": [unknown] }))
        .await;
    assert_eq!(refusal(&refused), Some(RejectCode::Invalid));
    settle(&mut host).await;
    assert_eq!(host.state.queue.len(), 1);
}
