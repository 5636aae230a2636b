//! `soundcloud.com`: oEmbed without a key.

use music::Platform;
use serde_json::json;

use super::catalogue::Catalogue;
use super::exchange::{Ask, Reply};
use super::track::Track;

pub(super) fn answer(ask: &Ask, catalogue: &Catalogue) -> Reply {
    if ask.path != "/oembed" {
        return Reply::text(200, "text/html", "<html>a page for people</html>");
    }
    let address = ask.param("url").unwrap_or_default();
    let id = address
        .strip_prefix("https://soundcloud.com/")
        .map(|path| path.split('?').next().unwrap_or(path));
    let Some(track) = id.and_then(|id| Track::find(catalogue, Platform::Soundcloud, id)) else {
        return Reply::empty(404);
    };
    let (title, user) = (track.spelling.bracketed(), track.spelling.main_artist());
    Reply::json(&json!({
        "version": 1.0, "type": "rich", "provider_name": "SoundCloud", "provider_url": "https://soundcloud.com",
        "height": 400, "width": "100%", "title": format!("{title} by {user}"), "description": "",
        "thumbnail_url": format!("https://i1.sndcdn.com/artworks-{}-t500x500.jpg", track.picture()),
        "html": "<iframe></iframe>", "author_name": user, "author_url": "https://soundcloud.com/somebody",
    }))
}
