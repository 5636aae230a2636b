//! YouTube: oEmbed without a key, and the Data API with one. Half of the titles are made for people, not machines.

use music::Platform;
use serde_json::{Value, json};

use super::catalogue::ids::Lots;
use super::catalogue::{Catalogue, Edition};
use super::exchange::{Ask, Reply};
use super::keys;
use super::track::{Track, iso};

/// The id of the one playlist.
const PLAYLIST: &str = "PLfixture0000000000000000000000001";
const LIMIT_MAX: usize = 50;

/// Title and channel of a video.
struct Video {
    title: String,
    channel: String,
}

/// `www.youtube.com`.
pub(super) fn answer(ask: &Ask, catalogue: &Catalogue) -> Reply {
    if ask.path != "/oembed" {
        return Reply::text(200, "text/html", "<html>a page for people</html>");
    }
    let address = ask.param("url").unwrap_or_default();
    let Some(id) = address
        .split("v=")
        .nth(1)
        .map(|rest| rest.split('&').next().unwrap_or(rest))
    else {
        return Reply::text(400, "text/html", "Bad Request");
    };
    let Some(track) = Track::find(catalogue, Platform::Youtube, id) else {
        return Reply::text(404, "text/html", "Not Found");
    };
    let Video { title, channel } = video(&track);
    Reply::json(&json!({
        "title": title, "author_name": channel, "author_url": "https://www.youtube.com/@somebody", "type": "video",
        "version": "1.0", "provider_name": "YouTube", "provider_url": "https://www.youtube.com/", "height": 113,
        "width": 200, "thumbnail_height": 360, "thumbnail_width": 480, "thumbnail_url": thumbnail(id),
        "html": "<iframe></iframe>",
    }))
}

fn thumbnail(id: &str) -> String {
    format!("https://i.ytimg.com/vi/{id}/hqdefault.jpg")
}

/// Two thirds of the album tracks stand on the artist's own "Topic" channel with clean titles.
fn video(track: &Track) -> Video {
    let lots = Lots::of(&["video", &track.recording.seed]);
    let artist = track.spelling.main_artist();
    let title = track.spelling.bracketed();
    if track.listing.edition == Edition::Video {
        let channel = if lots.chance(50) {
            format!("{}VEVO", artist.replace(' ', ""))
        } else {
            artist.to_owned()
        };
        return Video {
            title: format!("{artist} - {title} (Official Video)"),
            channel,
        };
    }
    if lots.chance(66) {
        return Video {
            title,
            channel: format!("{artist} - Topic"),
        };
    }
    Video {
        title: format!("{artist} - {title} (Official Audio)"),
        channel: "Harbour Records".to_owned(),
    }
}

/// `www.googleapis.com`: the Data API.
pub(super) fn data(ask: &Ask, catalogue: &Catalogue) -> Reply {
    if ask.param("key") != Some(keys::YOUTUBE) {
        return Reply::with_json(
            400,
            &json!({"error": {"code": 400, "message": "API key not valid."}}),
        );
    }
    let count = ask.count("maxResults", 5, LIMIT_MAX);
    let items: Vec<Value> = match ask.path.as_str() {
        "/youtube/v3/videos" => {
            let ids = ask
                .param("id")
                .unwrap_or_default()
                .split(',')
                .take(LIMIT_MAX);
            ids.filter_map(|id| Track::find(catalogue, Platform::Youtube, id))
                .map(|track| whole(&track))
                .collect()
        }
        "/youtube/v3/search" => search(ask.param("q").unwrap_or_default(), catalogue, count),
        "/youtube/v3/playlistItems" if ask.param("playlistId") == Some(PLAYLIST) => {
            let tracks = Track::of_playlist(catalogue, Platform::YoutubeMusic);
            tracks.iter().take(count).map(listed).collect()
        }
        "/youtube/v3/playlists" if ask.param("id") == Some(PLAYLIST) => {
            vec![
                json!({"id": PLAYLIST, "snippet": {"title": "Evenings"}, "contentDetails": {"itemCount": 30}}),
            ]
        }
        _ => Vec::new(),
    };
    let page = json!({"totalResults": items.len(), "resultsPerPage": count});
    Reply::json(&json!({"kind": "youtube#listResponse", "pageInfo": page, "items": items}))
}

/// Videos and album tracks, as a search mixes them.
fn search(query: &str, catalogue: &Catalogue, count: usize) -> Vec<Value> {
    let videos = Track::search(catalogue, Platform::Youtube, query, count);
    let tracks = Track::search(catalogue, Platform::YoutubeMusic, query, count);
    let found = tracks
        .iter()
        .zip(1..)
        .map(|(track, place)| (place * 2, track));
    let mut mixed: Vec<_> = found
        .chain(
            videos
                .iter()
                .zip(1..)
                .map(|(track, place)| (place * 2 + 1, track)),
        )
        .collect();
    mixed.sort_by_key(|(place, _)| *place);
    let brief = |track: &Track| {
        json!({
            "kind": "youtube#searchResult", "id": {"kind": "youtube#video", "videoId": track.id()}, "snippet": snippet(track),
        })
    };
    mixed
        .into_iter()
        .take(count)
        .map(|(_, track)| brief(track))
        .collect()
}

fn whole(track: &Track) -> Value {
    json!({
        "kind": "youtube#video", "id": track.id(), "snippet": snippet(track),
        "contentDetails": {"duration": iso(track.length_s()), "definition": "hd"},
    })
}

fn listed(track: &Track) -> Value {
    let mut snippet = snippet(track);
    snippet["resourceId"] = json!({"kind": "youtube#video", "videoId": track.id()});
    snippet["videoOwnerChannelTitle"] = snippet["channelTitle"].clone();
    json!({"kind": "youtube#playlistItem", "snippet": snippet, "contentDetails": {"videoId": track.id()}})
}

fn snippet(track: &Track) -> Value {
    let Video { title, channel } = video(track);
    let description = if channel.ends_with(" - Topic") {
        let artists = track.spelling.artists.join(" · ");
        format!(
            "Provided to YouTube by Harbour Records\n\n{} · {artists}\n\n{}",
            track.spelling.bracketed(),
            track.album_title()
        )
    } else {
        "The official channel. Subscribe!".to_owned()
    };
    // Titles are escaped for HTML there.
    json!({
        "title": title.replace('&', "&amp;").replace('\'', "&#39;").replace('"', "&quot;"), "channelTitle": channel,
        "description": description, "publishedAt": format!("{}T00:00:00Z", track.released()),
        "thumbnails": {"high": {"url": thumbnail(track.id()), "width": 480, "height": 360}},
    })
}
