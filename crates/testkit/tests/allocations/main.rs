//! What a question about the time costs in memory. A program of its own: its allocator counts for the whole process.

#![expect(
    clippy::unwrap_used,
    reason = "a test stops at the first thing that fails"
)]

use testkit::{Follow, RoomClient, TestApp, device_key};

#[global_allocator]
static ALLOCATOR: dhat::Alloc = dhat::Alloc;

/// As many as a socket may ask at once.
const PROBES: u64 = 60;

/// Blocks that `PROBES` questions about the time ask for in a room of `people`, at the server and at who asks.
async fn blocks_in_a_room_of(people: u32) -> u64 {
    let app = TestApp::start_with(|settings| {
        settings.rooms.limits.followers_per_client_minute = people;
        settings.rooms.limits.sockets_per_client = people as usize;
    })
    .await;
    let mut asking = RoomClient::create(app.address(), &device_key(0), "party").await;
    let mut others = Vec::new();
    for number in 1..people {
        let follow = Follow {
            code: asking.code(),
            key: device_key(number),
            ..Follow::default()
        };
        others.push(RoomClient::follow(app.address(), &follow).await.unwrap());
    }
    let is_whole = |asking: &RoomClient| asking.state.people.len() == people as usize;
    asking.until(is_whole).await;
    let before = dhat::HeapStats::get().total_blocks;
    for _ in 0..PROBES {
        asking.probe().await;
    }
    dhat::HeapStats::get().total_blocks - before
}

#[tokio::test]
async fn a_time_frame_asks_for_no_more_memory_in_a_full_room() {
    let _counting = dhat::Profiler::builder().testing().build();
    let in_two = blocks_in_a_room_of(2).await;
    let in_many = blocks_in_a_room_of(200).await;
    // One block more for each of the others would be a hundred times as many.
    assert!(
        in_many < 2 * in_two,
        "{PROBES} questions: {in_two} blocks in a room of 2, {in_many} in a room of 200"
    );
}
