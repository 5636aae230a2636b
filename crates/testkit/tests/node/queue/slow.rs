//! Who reads slowly: the others hear everything at once, and it catches up by a snapshot.

use serde_json::json;
use testkit::{RoomClient, TestApp};

use super::scene::{as_person, guest, room, settle, track};

/// Those who make things happen, in turn, so that nobody wishes for more than one person may.
const LIVELY: u32 = 9;
/// Long titles of one person: far more bytes than the kernel keeps for a socket that does not read.
const LONG_TITLES: usize = 40;
/// Events that then wait for the slow one: more than may.
const NAMES: u32 = 112;

async fn lively(app: &TestApp, code: &str) -> Vec<RoomClient> {
    let mut lively = Vec::new();
    for number in 3..3 + LIVELY {
        lively.push(guest(app, code, number).await);
    }
    lively
}

/// Fills the kernel's part of the way to the slow one, then ours. `quick` hears all of it as it happens.
async fn overfill(lively: &mut [RoomClient], quick: &mut RoomClient) -> u64 {
    let title = "\u{1d11e}".repeat(190);
    let mut names =
        ('a'..='z').flat_map(|one| ('a'..='z').map(move |other| format!("{one}{other}")));
    let mut seq = 0;
    for one in &mut *lively {
        let items: Vec<_> = names
            .by_ref()
            .take(LONG_TITLES)
            .map(|name| {
                let mut item = track(&title, 60);
                item["name"] = json!(name);
                item
            })
            .collect();
        let added = one.granted(json!({ "do": "add", "items": items })).await;
        one.reach(added).await;
        // So that what the room keeps stays short, and what follows is done before the slow one counts as gone.
        let items: Vec<_> = one.state.queue.iter().map(|item| item.id).collect();
        seq = one.granted(json!({ "do": "remove", "items": items })).await;
        quick.reach(seq).await;
    }
    for number in 0..NAMES {
        let one = &mut lively[number as usize % LIVELY as usize];
        let name = format!("Name {number}");
        seq = one.granted(json!({ "do": "rename", "name": name })).await;
        quick.reach(seq).await;
    }
    seq
}

#[tokio::test]
async fn who_reads_slowly_holds_up_nobody_and_catches_up_by_a_snapshot() {
    let app = TestApp::start().await;
    let mut host = room(&app).await;
    let mut quick = guest(&app, &host.code(), 1).await;
    let slow = as_person(&host.code(), 2);
    let slow = RoomClient::follow_narrowly(app.address(), &slow).await;
    let mut slow = slow.expect("a seat");
    let mut lively = lively(&app, &host.code()).await;
    settle(&mut slow).await;
    let seq = overfill(&mut lively, &mut quick).await;
    assert_eq!(quick.snapshots, 1, "the quick one never fell behind");
    slow.reach(seq).await;
    assert_eq!(slow.snapshots, 2, "the slow one got the whole state");
    settle(&mut slow).await;
    host.reach(slow.position.seq).await;
    assert_eq!(slow.state, host.state);
}
