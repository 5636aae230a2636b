//! `open.spotify.com`: oEmbed with the title and nothing of the artist, and the page that players embed.

use music::Platform;
use serde_json::{Value, json};

use super::catalogue::{Catalogue, GroupKind};
use super::exchange::{Ask, Reply};
use super::spotify_web::PLAYLIST;
use super::track::Track;

const HERE: Platform = Platform::Spotify;

pub(super) fn answer(ask: &Ask, catalogue: &Catalogue) -> Reply {
    let parts = ask.parts();
    match parts.as_slice() {
        ["oembed"] => oembed(ask, catalogue),
        ["embed", "track", id] => embed(catalogue, id),
        ["track", id] => page(catalogue, id),
        _ => Reply::text(404, "text/html", "<html>Page not found</html>"),
    }
}

fn oembed(ask: &Ask, catalogue: &Catalogue) -> Reply {
    let address = ask.param("url").unwrap_or_default();
    let found = address
        .strip_prefix("https://open.spotify.com/")
        .and_then(|path| {
            let path = path.split('?').next().unwrap_or(path);
            let (kind, id) = path.split_once('/')?;
            match kind {
                "track" => Track::find(catalogue, HERE, id)
                    .map(|track| (track.spelling.dashed(), track.picture())),
                "album" => titled(catalogue, GroupKind::Album, id),
                "artist" => titled(catalogue, GroupKind::Artist, id),
                "playlist" if id == PLAYLIST => {
                    Some(("Evenings".to_owned(), "playlist".to_owned()))
                }
                _ => None,
            }
        });
    let Some((title, picture)) = found else {
        return Reply::text(404, "text/plain", "Not Found");
    };
    Reply::json(&json!({
        "html": "<iframe></iframe>", "iframe_url": "https://open.spotify.com/embed/x", "width": 456, "height": 152,
        "version": "1.0", "provider_name": "Spotify", "provider_url": "https://spotify.com", "type": "rich",
        "title": title, "thumbnail_url": format!("https://image-cdn-ak.spotifycdn.com/image/{picture}"),
        "thumbnail_width": 300, "thumbnail_height": 300,
    }))
}

fn titled(catalogue: &Catalogue, kind: GroupKind, id: &str) -> Option<(String, String)> {
    let group = catalogue.group(kind, HERE, id)?;
    Some((group.title.clone(), "group".to_owned()))
}

fn embed(catalogue: &Catalogue, id: &str) -> Reply {
    let Some(track) = Track::find(catalogue, HERE, id) else {
        return Reply::text(404, "text/html", "<html>Page not found</html>");
    };
    let artists: Value = track
        .spelling
        .artists
        .iter()
        .map(|name| json!({"name": name}))
        .collect();
    let title = track.spelling.dashed();
    let entity = json!({
        "type": "track", "name": title, "title": title, "uri": format!("spotify:track:{id}"), "id": id,
        "artists": artists, "duration": track.length_ms(), "isExplicit": track.recording.explicit == Some(true),
        "releaseDate": {"isoString": format!("{}T00:00:00Z", track.released())},
        "coverArt": {"sources": [{"url": format!("https://image-cdn-ak.spotifycdn.com/image/{}", track.picture())}]},
    });
    let state = json!({"props": {"pageProps": {"state": {"data": {"entity": entity}}}}});
    Reply::text(
        200,
        "text/html; charset=utf-8",
        &format!(
            "<html><script id=\"__NEXT_DATA__\" type=\"application/json\">{state}</script></html>"
        ),
    )
}

fn page(catalogue: &Catalogue, id: &str) -> Reply {
    let Some(track) = Track::find(catalogue, HERE, id) else {
        return Reply::text(404, "text/html", "<html>Page not found</html>");
    };
    let seconds = track.length_s();
    let tags = [
        ("og:title", track.spelling.dashed()),
        (
            "og:description",
            format!(
                "{} · {} · Song · {}",
                track.spelling.artist_line(),
                track.album_title(),
                track.recording.year
            ),
        ),
        ("music:duration", seconds.to_string()),
    ];
    let tags = tags.map(|(name, content)| {
        format!(
            "<meta property=\"{name}\" content=\"{}\">",
            content.replace('"', "&quot;")
        )
    });
    Reply::text(
        200,
        "text/html; charset=utf-8",
        &format!("<html><head>{}</head></html>", tags.concat()),
    )
}
