//! Playlists, short links, and links of one recording that come one after the other.

use app::{LinkRefusal, PlaylistLineState};
use music::{Kind, Piece, Platform};

use crate::scene::{Scene, link_of};

/// The playlist that the stand-in for Deezer has.
const PLAYLIST: &str = "https://www.deezer.com/playlist/9000000001";

#[tokio::test]
async fn a_playlist_shows_its_lines_at_once_and_converts_them_one_by_one() {
    let scene = Scene::start().await;
    let app = scene.app.app();
    let client = scene.client("192.0.2.1");
    let page = scene.page(PLAYLIST).await;
    let Piece::Playlist(playlist) = &page.piece else {
        panic!("{page:?}");
    };
    assert!(!playlist.tracks.is_empty());
    assert_eq!(page.matches.len(), 1);
    assert!(app.playlist_job(&page.id).is_none());
    let mut job = app.convert_playlist(client, &page.id).await.unwrap();
    let waiting = job.progress();
    assert_eq!(usize::from(waiting.total), playlist.tracks.len().min(100));
    let again = app.convert_playlist(client, &page.id).await.unwrap();
    assert_eq!(again.progress().total, waiting.total, "it is joined");
    let mut last = waiting;
    while let Some(progress) = job.changed().await {
        assert!(progress.done >= last.done);
        last = progress;
        if last.done >= 3 {
            break;
        }
    }
    let through: Vec<_> = last.lines.iter().take(3).collect();
    for line in through {
        assert_ne!(line.state, PlaylistLineState::Waiting, "{last:?}");
        if let Some(page) = &line.page {
            let view = app.link_page(page).await.unwrap();
            assert_eq!(view.piece.kind(), Kind::Track);
        }
    }
    assert!(app.playlist_job(&page.id).is_some(), "it survives a reload");
}

#[tokio::test]
async fn only_a_playlist_is_converted_track_by_track() {
    let scene = Scene::start().await;
    let song = scene.song(&[Platform::Deezer]);
    let page = scene.page(&link_of(&song, Platform::Deezer)).await;
    let client = scene.client("192.0.2.1");
    let started = scene.app.app().convert_playlist(client, &page.id).await;
    assert_eq!(started.err(), Some(LinkRefusal::WrongPlace));
}

#[tokio::test]
async fn links_of_one_recording_lead_to_one_page_in_whatever_order_they_come() {
    let scene = Scene::start().await;
    let song = scene.song(&[Platform::Deezer, Platform::AppleMusic]);
    let apple = scene.page(&link_of(&song, Platform::AppleMusic)).await;
    let deezer = scene.page(&link_of(&song, Platform::Deezer)).await;
    assert_eq!(apple.id, deezer.id);
    let by_name = scene.app.app().link_page(&apple.id).await.unwrap();
    assert_eq!(by_name.id, apple.id);
}
