//! What the store promises about link pages.

use base::{OsEntropy, PageId, Timestamp};
use music::{Context, Kind, Level, Link, Piece, Platform, Reason, Track, Verdict};
use store::{CorrectionRow, MatchRow, PageRow, Store, StoreError};

use crate::home::{Home, at};

crate::on_both_databases! {
    a_page_reads_back_as_it_was_kept,
    one_link_leads_to_one_page,
    a_link_of_another_country_is_another_link_with_apple_alone,
    matches_are_replaced_by_newer_ones,
    a_platform_without_the_piece_is_remembered_as_such,
    a_merged_page_answers_with_the_other_one,
    what_people_set_outlives_a_merge,
    undoing_a_correction_shows_what_was_there,
    forgetting_matched_ways_leaves_pasted_ones,
    openings_are_added_up,
    unopened_pages_go_with_all_that_belongs_to_them,
    only_descriptions_of_spotify_and_youtube_have_to_be_refreshed,
    pages_that_cannot_be_refreshed_let_others_have_their_turn,
    a_shared_name_outlives_the_description_that_it_had,
    pictures_are_bounded_in_number,
    an_unreadable_match_is_damage,
}

const DEEZER: &str = "100000001";
const SPOTIFY: &str = "4Zz0000000000000000aaa";

fn link(platform: Platform, id: &str) -> Link {
    Link::new(platform, Kind::Track, id, Context::default()).unwrap()
}

fn apple(storefront: &str) -> Link {
    let context = Context {
        storefront: Some(storefront.to_owned()),
        album: Some("200000001".to_owned()),
    };
    Link::new(Platform::AppleMusic, Kind::Track, "200000002", context).unwrap()
}

fn page(link: Link, opened: Timestamp) -> PageRow {
    PageRow {
        id: PageId::new(&OsEntropy),
        link,
        piece: Piece::Track(Track {
            title: "Night Ferry".to_owned(),
            artists: vec!["Ada Example".to_owned()],
            ..Track::default()
        }),
        art: Some("https://cdn-images.dzcdn.net/images/cover/h/250x250.jpg".to_owned()),
        views: 0,
        refreshed_at: opened,
        opened_at: opened,
    }
}

fn verdict(level: Level) -> Verdict {
    Verdict {
        level,
        confidence: 0.93,
        reasons: vec![Reason::SameTitle, Reason::SameDuration],
    }
}

fn found(link: Link, seconds: u64) -> MatchRow {
    MatchRow {
        platform: link.platform(),
        found: Some((link, verdict(Level::High))),
        provider: "itunes".to_owned(),
        checked_at: at(seconds),
    }
}

async fn keep(store: &Store, link: Link, opened: u64) -> PageRow {
    let row = page(link, at(opened));
    assert_eq!(store.keep_page(&row).await.unwrap(), row.id);
    row
}

async fn a_page_reads_back_as_it_was_kept(home: Home) {
    let store = home.store().await;
    let row = keep(&store, apple("de"), 5).await;
    let matches = [found(link(Platform::Deezer, DEEZER), 7)];
    store.keep_matches(row.id, &matches).await.unwrap();
    let kept = store.page(row.id).await.unwrap().unwrap();
    assert_eq!((kept.page, kept.matches), (row.clone(), matches.to_vec()));
    assert_eq!(kept.corrections, []);
    let owner = store.page_of_link(&apple("de")).await.unwrap();
    assert_eq!(owner, Some(row.id));
    let absent = store.page(PageId::new(&OsEntropy)).await.unwrap();
    assert!(absent.is_none());
}

async fn one_link_leads_to_one_page(home: Home) {
    let store = home.store().await;
    let first = keep(&store, link(Platform::Deezer, DEEZER), 5).await;
    let second = page(link(Platform::Deezer, DEEZER), at(6));
    assert_eq!(store.keep_page(&second).await.unwrap(), first.id);
    assert!(store.page(second.id).await.unwrap().is_none());
    let spotify = link(Platform::Spotify, SPOTIFY);
    let led = store.lead_to_page(&spotify, first.id, false).await;
    assert_eq!(led.unwrap(), first.id);
    let other = keep(&store, apple("us"), 7).await;
    let led = store.lead_to_page(&spotify, other.id, true).await;
    assert_eq!(led.unwrap(), first.id);
    assert_eq!(store.page_of_link(&spotify).await.unwrap(), Some(first.id));
}

async fn a_link_of_another_country_is_another_link_with_apple_alone(home: Home) {
    let store = home.store().await;
    let german = keep(&store, apple("de"), 5).await;
    assert_eq!(store.page_of_link(&apple("fr")).await.unwrap(), None);
    let nowhere = link(Platform::AppleMusic, "200000002");
    assert_eq!(store.page_of_link(&nowhere).await.unwrap(), None);
    let american = keep(&store, apple("us"), 5).await;
    let led = store.page_of_link(&nowhere).await.unwrap();
    assert_eq!(led, Some(american.id));
    assert_ne!(german.id, american.id);
}

async fn matches_are_replaced_by_newer_ones(home: Home) {
    let store = home.store().await;
    let row = keep(&store, apple("us"), 5).await;
    let spotify = found(link(Platform::Spotify, SPOTIFY), 6);
    let old = found(link(Platform::Deezer, "7"), 6);
    store
        .keep_matches(row.id, &[spotify.clone(), old])
        .await
        .unwrap();
    let new = found(link(Platform::Deezer, DEEZER), 9);
    store
        .keep_matches(row.id, std::slice::from_ref(&new))
        .await
        .unwrap();
    let kept = store.page(row.id).await.unwrap().unwrap();
    assert_eq!(kept.matches, [new, spotify]);
    let gone = PageId::new(&OsEntropy);
    let late = found(link(Platform::Deezer, DEEZER), 9);
    store.keep_matches(gone, &[late]).await.unwrap();
    assert!(store.page(gone).await.unwrap().is_none());
}

async fn a_platform_without_the_piece_is_remembered_as_such(home: Home) {
    let store = home.store().await;
    let row = keep(&store, apple("us"), 5).await;
    let nothing = MatchRow {
        platform: Platform::Spotify,
        found: None,
        provider: String::new(),
        checked_at: at(8),
    };
    store
        .keep_matches(row.id, std::slice::from_ref(&nothing))
        .await
        .unwrap();
    assert_eq!(
        store.page(row.id).await.unwrap().unwrap().matches,
        [nothing]
    );
}

async fn a_merged_page_answers_with_the_other_one(home: Home) {
    let store = home.store().await;
    let first = keep(&store, link(Platform::Deezer, DEEZER), 5).await;
    let second = keep(&store, apple("us"), 6).await;
    store.add_views(&[(second.id, 3)], at(6)).await.unwrap();
    store.merge_page(second.id, first.id).await.unwrap();
    let kept = store.page(second.id).await.unwrap().unwrap();
    assert_eq!((kept.page.id, kept.page.views), (first.id, 3));
    let led = store.page_of_link(&apple("us")).await.unwrap();
    assert_eq!(led, Some(first.id));
    store.add_views(&[(second.id, 2)], at(7)).await.unwrap();
    let kept = store.page(first.id).await.unwrap().unwrap();
    assert_eq!(kept.page.views, 5);
    let third = keep(&store, link(Platform::Spotify, SPOTIFY), 8).await;
    store.merge_page(first.id, third.id).await.unwrap();
    let kept = store.page(second.id).await.unwrap().unwrap();
    assert_eq!((kept.page.id, kept.page.views), (third.id, 5));
}

async fn what_people_set_outlives_a_merge(home: Home) {
    let store = home.store().await;
    let deezer = keep(&store, link(Platform::Deezer, DEEZER), 5).await;
    let apple = keep(&store, apple("us"), 6).await;
    let by_hand = |platform, id: &str| CorrectionRow {
        platform,
        link: link(platform, id),
        verdict: verdict(Level::Unverified),
    };
    let tidal = Platform::Tidal;
    for (page, correction) in [
        (deezer.id, by_hand(tidal, "1")),
        (apple.id, by_hand(tidal, "2")),
        (apple.id, by_hand(Platform::Deezer, "3")),
        (
            apple.id,
            by_hand(Platform::Spotify, "4Zz0000000000000000aab"),
        ),
        (apple.id, by_hand(Platform::Spotify, SPOTIFY)),
    ] {
        store.keep_correction(page, &correction).await.unwrap();
    }
    let found = link(Platform::Spotify, "4Zz0000000000000000aac");
    store.lead_to_page(&found, deezer.id, false).await.unwrap();
    store.merge_page(apple.id, deezer.id).await.unwrap();
    let kept = store.page(apple.id).await.unwrap().unwrap();
    assert_eq!(kept.page.id, deezer.id);
    let spotify = by_hand(Platform::Spotify, SPOTIFY);
    assert_eq!(kept.corrections, [spotify, by_hand(tidal, "1")]);
    assert_eq!(store.page_of_link(&found).await.unwrap(), None);
    let mut steps = 0;
    while store
        .undo_correction(deezer.id, Platform::Spotify)
        .await
        .unwrap()
    {
        steps += 1;
    }
    assert_eq!(steps, 2, "each step can still be taken back");
}

async fn undoing_a_correction_shows_what_was_there(home: Home) {
    let store = home.store().await;
    let row = keep(&store, apple("us"), 5).await;
    let deezer = found(link(Platform::Deezer, DEEZER), 6);
    store
        .keep_matches(row.id, std::slice::from_ref(&deezer))
        .await
        .unwrap();
    let by_hand = |id: &str| CorrectionRow {
        platform: Platform::Deezer,
        link: link(Platform::Deezer, id),
        verdict: verdict(Level::Unverified),
    };
    for id in ["8", "9"] {
        store.keep_correction(row.id, &by_hand(id)).await.unwrap();
    }
    for expected in [vec![by_hand("9")], vec![by_hand("8")], vec![]] {
        let kept = store.page(row.id).await.unwrap().unwrap();
        assert_eq!(kept.corrections, expected);
        assert_eq!(kept.matches, std::slice::from_ref(&deezer));
        let undone = store.undo_correction(row.id, Platform::Deezer).await;
        assert_eq!(undone.unwrap(), !expected.is_empty());
    }
    for id in 1..=20 {
        let correction = by_hand(&id.to_string());
        store.keep_correction(row.id, &correction).await.unwrap();
    }
    let mut steps = 0;
    while store
        .undo_correction(row.id, Platform::Deezer)
        .await
        .unwrap()
    {
        steps += 1;
    }
    assert_eq!(steps, 8);
}

async fn forgetting_matched_ways_leaves_pasted_ones(home: Home) {
    let store = home.store().await;
    let row = keep(&store, link(Platform::Deezer, DEEZER), 5).await;
    let matched = link(Platform::Deezer, "8");
    store.lead_to_page(&matched, row.id, false).await.unwrap();
    store
        .forget_matched_ways(row.id, Platform::Deezer)
        .await
        .unwrap();
    assert_eq!(store.page_of_link(&matched).await.unwrap(), None);
    let pasted = store.page_of_link(&row.link).await.unwrap();
    assert_eq!(pasted, Some(row.id));
}

async fn openings_are_added_up(home: Home) {
    let store = home.store().await;
    let row = keep(&store, apple("us"), 5).await;
    let unknown = PageId::new(&OsEntropy);
    for _ in 0..2 {
        let openings = [(row.id, 20), (unknown, 1)];
        store.add_views(&openings, at(90)).await.unwrap();
    }
    let kept = store.page(row.id).await.unwrap().unwrap().page;
    assert_eq!((kept.views, kept.opened_at), (40, at(90)));
}

async fn unopened_pages_go_with_all_that_belongs_to_them(home: Home) {
    let store = home.store().await;
    let old = keep(&store, link(Platform::Deezer, DEEZER), 5).await;
    let new = keep(&store, apple("us"), 50).await;
    let spotify = found(link(Platform::Spotify, SPOTIFY), 6);
    store.keep_matches(old.id, &[spotify]).await.unwrap();
    store.keep_art(old.id, 300, b"jpeg", at(6)).await.unwrap();
    assert_eq!(store.page_count().await.unwrap(), 2);
    let deleted = store.delete_unopened_pages(at(50), 10).await.unwrap();
    assert_eq!(deleted, [old.id]);
    assert!(store.page(old.id).await.unwrap().is_none());
    assert_eq!(store.art(old.id, 300).await.unwrap(), None);
    assert_eq!(store.page_of_link(&old.link).await.unwrap(), None);
    assert!(store.page(new.id).await.unwrap().is_some());
}

async fn only_descriptions_of_spotify_and_youtube_have_to_be_refreshed(home: Home) {
    let store = home.store().await;
    keep(&store, link(Platform::Deezer, DEEZER), 5).await;
    let spotify = keep(&store, link(Platform::Spotify, SPOTIFY), 5).await;
    let due = store.pages_to_refresh(at(9), at(9), 10).await.unwrap();
    assert_eq!(due, [spotify.id]);
    let refreshed = store.refresh_page(spotify.id, &spotify.piece, None, at(9));
    assert!(refreshed.await.unwrap());
    let due = store.pages_to_refresh(at(9), at(9), 10).await.unwrap();
    assert_eq!(due, []);
    let deleted = store.delete_unrefreshed_pages(at(9), 10).await.unwrap();
    assert_eq!(deleted, []);
    let deleted = store.delete_unrefreshed_pages(at(10), 10).await.unwrap();
    assert_eq!(deleted, [spotify.id]);
    assert_eq!(store.page_count().await.unwrap(), 1);
}

async fn pages_that_cannot_be_refreshed_let_others_have_their_turn(home: Home) {
    let store = home.store().await;
    let dead = keep(&store, link(Platform::Spotify, SPOTIFY), 5).await;
    let video = link(Platform::Youtube, "aaaaaaaaaaa");
    let living = keep(&store, video, 6).await;
    let due = async |tried: u64| store.pages_to_refresh(at(9), at(tried), 1).await.unwrap();
    assert_eq!(due(10).await, [dead.id]);
    store.try_to_refresh(dead.id, at(20)).await.unwrap();
    assert_eq!(due(10).await, [living.id]);
    assert_eq!(due(30).await, [living.id]);
    store.try_to_refresh(living.id, at(21)).await.unwrap();
    assert_eq!(due(10).await, []);
    assert_eq!(due(30).await, [dead.id]);
    store.delete_page(dead.id).await.unwrap();
    assert!(store.page(dead.id).await.unwrap().is_none());
    assert_eq!(due(30).await, [living.id]);
}

async fn a_shared_name_outlives_the_description_that_it_had(home: Home) {
    let store = home.store().await;
    let spotify = keep(&store, link(Platform::Spotify, SPOTIFY), 5).await;
    let deezer = keep(&store, link(Platform::Deezer, DEEZER), 5).await;
    store.merge_page(spotify.id, deezer.id).await.unwrap();
    store.delete_unrefreshed_pages(at(99), 10).await.unwrap();
    let kept = store.page(spotify.id).await.unwrap().unwrap();
    assert_eq!(kept.page.id, deezer.id);
    home.tamper("UPDATE link_pages SET same_as = NULL").await;
    let bare = store.page(spotify.id).await.unwrap().unwrap().page;
    assert_eq!(bare.piece, Piece::Track(Track::default()));
    assert_eq!(bare.art, None);
}

async fn pictures_are_bounded_in_number(home: Home) {
    let store = home.store().await;
    let row = keep(&store, apple("us"), 5).await;
    for width in 1..=5 {
        store
            .keep_art(row.id, width, &[width as u8; 9], at(width.into()))
            .await
            .unwrap();
    }
    assert_eq!(store.bound_art(3).await.unwrap(), 2);
    assert_eq!(store.art(row.id, 2).await.unwrap(), None);
    assert_eq!(store.art(row.id, 3).await.unwrap(), Some(vec![3; 9]));
    store.delete_art(row.id).await.unwrap();
    assert_eq!(store.art(row.id, 5).await.unwrap(), None);
}

async fn an_unreadable_match_is_damage(home: Home) {
    let store = home.store().await;
    let row = keep(&store, apple("us"), 5).await;
    let deezer = found(link(Platform::Deezer, DEEZER), 6);
    store.keep_matches(row.id, &[deezer]).await.unwrap();
    home.tamper("UPDATE link_matches SET item = 'not an id'")
        .await;
    let read = store.page(row.id).await;
    assert!(matches!(read, Err(StoreError::Corrupt(_))));
}
