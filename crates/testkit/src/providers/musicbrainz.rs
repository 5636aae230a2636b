//! `musicbrainz.org`: recordings with their codes and where they stream. Refuses whoever does not say who it is.

use music::Platform;
use serde_json::{Value, json};

use super::catalogue::{Catalogue, Group, GroupKind, Recording, Spelling};
use super::exchange::{Ask, Reply};
use super::musicbrainz_search::{found_artists, found_recordings, found_releases};
use super::track::Track;

const HERE: Platform = Platform::Musicbrainz;

pub(super) fn answer(ask: &Ask, catalogue: &Catalogue) -> Reply {
    if !is_named(ask.header("user-agent").unwrap_or_default()) {
        return Reply::with_json(
            403,
            &json!({"error": "Please send a meaningful User-Agent."}),
        );
    }
    let parts = ask.parts();
    let found = match parts.as_slice() {
        ["ws", "2", "isrc", code] => by_isrc(ask, catalogue, code),
        ["ws", "2", "recording", mbid] => catalogue
            .with_mbid(mbid)
            .map(|number| recording(ask, catalogue, number)),
        ["ws", "2", "url"] => by_url(ask, catalogue),
        ["ws", "2", "recording"] => Some(found_recordings(ask, catalogue)),
        ["ws", "2", "release"] | ["ws", "2", "release-group"] => {
            Some(found_releases(ask, catalogue))
        }
        ["ws", "2", "artist"] => Some(found_artists(ask, catalogue)),
        ["ws", "2", "release", mbid] | ["ws", "2", "release-group", mbid] => {
            group(catalogue, GroupKind::Album, mbid).map(release)
        }
        ["ws", "2", "artist", mbid] => group(catalogue, GroupKind::Artist, mbid).map(artist),
        _ => None,
    };
    match found {
        Some(value) => Reply::json(&value),
        None => Reply::with_json(
            404,
            &json!({"error": "Not Found", "help": "For usage, please see the documentation"}),
        ),
    }
}

/// `Name/version ( contact )`: a name alone is what libraries send by themselves.
fn is_named(agent: &str) -> bool {
    agent.contains('/') && agent.contains('(') && agent.contains(')') && !agent.contains("Mozilla")
}

fn by_isrc(ask: &Ask, catalogue: &Catalogue, code: &str) -> Option<Value> {
    let numbers = catalogue.recordings_with_isrc(code).into_iter();
    let known = numbers.filter(|number| catalogue.is_in_musicbrainz(*number));
    let recordings: Vec<Value> = known
        .map(|number| recording(ask, catalogue, number))
        .collect();
    (!recordings.is_empty()).then(|| json!({"isrc": code, "recordings": recordings}))
}

/// A recording with what `inc` asks for.
fn recording(ask: &Ask, catalogue: &Catalogue, number: usize) -> Value {
    let asks_for = |part: &str| {
        ask.param("inc")
            .unwrap_or_default()
            .split(['+', ' '])
            .any(|word| word == part)
    };
    let known = &catalogue.recordings[number];
    let mut value = brief(known);
    value["first-release-date"] = json!(known.year.to_string());
    if asks_for("artist-credits") {
        value["artist-credit"] = credit(known);
    }
    if asks_for("isrcs") {
        value["isrcs"] = json!(known.isrc.iter().collect::<Vec<_>>());
    }
    if asks_for("releases") {
        value["releases"] = json!([{"id": album_mbid(catalogue, known), "title": known.album, "date": known.year.to_string()}]);
    }
    if asks_for("url-rels") {
        value["relations"] = relations(catalogue, number);
    }
    value
}

/// What every answer says of a recording.
pub(super) fn brief(known: &Recording) -> Value {
    let ms = u64::try_from(known.length.as_millis()).unwrap_or(u64::MAX);
    json!({
        "id": known.mbid, "title": Spelling::of(known, HERE).bracketed(), "length": ms, "video": false,
        "disambiguation": "",
    })
}

pub(super) fn credit(known: &Recording) -> Value {
    let artists = Spelling::of(known, HERE).artists;
    let last = artists.len().saturating_sub(1);
    let each = artists.iter().enumerate().map(|(place, name)| {
        let join = match place {
            _ if place == last => "",
            0 => " feat. ",
            _ => " & ",
        };
        let id = super::catalogue::ids::uuid(name);
        json!({"name": name, "joinphrase": join, "artist": {"id": id, "name": name, "sort-name": name}})
    });
    each.collect()
}

pub(super) fn album_mbid(catalogue: &Catalogue, known: &Recording) -> Option<String> {
    let artist = known.artists.first()?;
    Some(
        catalogue
            .group_named(GroupKind::Album, &known.album, artist)?
            .mbid
            .clone(),
    )
}

/// Addresses where the recording streams. One in twelve has ended: nobody is there any more.
fn relations(catalogue: &Catalogue, number: usize) -> Value {
    let platforms = [
        Platform::Spotify,
        Platform::Deezer,
        Platform::AppleMusic,
        Platform::Tidal,
        Platform::YoutubeMusic,
    ];
    let listings = platforms
        .into_iter()
        .flat_map(|platform| catalogue.listings_of(number, platform));
    let known = listings.filter(|listing| catalogue.is_in_relations(*listing));
    let live = known.map(|listing| {
        let track = Track::new(catalogue, listing);
        relation(
            &address(&track),
            if track.listing.platform == Platform::Tidal {
                "streaming"
            } else {
                "free streaming"
            },
            false,
        )
    });
    let is_old = catalogue.recordings[number].year.is_multiple_of(12);
    let ended = is_old.then(|| {
        relation(
            "https://open.spotify.com/track/0000000000000000000000",
            "free streaming",
            true,
        )
    });
    ended.into_iter().chain(live).collect()
}

fn relation(resource: &str, kind: &str, is_ended: bool) -> Value {
    let id = super::catalogue::ids::uuid(resource);
    json!({
        "type": kind, "target-type": "url", "direction": "forward", "ended": is_ended,
        "url": {"id": id, "resource": resource},
    })
}

/// The address as MusicBrainz keeps it.
fn address(track: &Track) -> String {
    let id = track.id();
    match track.listing.platform {
        Platform::Spotify => format!("https://open.spotify.com/track/{id}"),
        Platform::Deezer => format!("https://www.deezer.com/track/{id}"),
        Platform::AppleMusic => format!("https://music.apple.com/us/song/{id}"),
        Platform::Tidal => format!("https://tidal.com/track/{id}"),
        _ => format!("https://music.youtube.com/watch?v={id}"),
    }
}

fn by_url(ask: &Ask, catalogue: &Catalogue) -> Option<Value> {
    let resource = ask.param("resource")?;
    let id = resource.rsplit(['/', '=']).next()?;
    let platform = platform_of(resource)?;
    let listing = catalogue
        .listing(platform, id)
        .filter(|listing| catalogue.is_in_relations(*listing))?;
    let track = Track::new(catalogue, listing);
    // Another spelling of the same address is another address there.
    if address(&track) != resource && !resource.contains("youtube.com/watch") {
        return None;
    }
    let relation = json!({
        "type": "free streaming", "target-type": "recording", "direction": "backward", "ended": false,
        "recording": brief(track.recording),
    });
    Some(
        json!({"id": super::catalogue::ids::uuid(resource), "resource": resource, "relations": [relation]}),
    )
}

fn platform_of(address: &str) -> Option<Platform> {
    let hosts = [
        ("https://open.spotify.com/track/", Platform::Spotify),
        ("https://www.deezer.com/track/", Platform::Deezer),
        ("https://music.apple.com/", Platform::AppleMusic),
        ("https://tidal.com/track/", Platform::Tidal),
        ("https://music.youtube.com/watch?v=", Platform::YoutubeMusic),
        ("https://www.youtube.com/watch?v=", Platform::Youtube),
    ];
    hosts
        .into_iter()
        .find(|(start, _)| address.starts_with(start))
        .map(|(_, platform)| platform)
}

fn group<'c>(catalogue: &'c Catalogue, kind: GroupKind, mbid: &str) -> Option<&'c Group> {
    catalogue
        .groups
        .iter()
        .find(|group| group.kind == kind && group.mbid == mbid)
}

pub(super) fn release(group: &Group) -> Value {
    json!({
        "id": group.mbid, "title": group.title, "barcode": group.upc, "status": "Official",
        "artist-credit": [{"name": group.artist, "joinphrase": "", "artist": {"name": group.artist}}],
        "track-count": group.recordings.len(),
    })
}

pub(super) fn artist(group: &Group) -> Value {
    json!({"id": group.mbid, "name": group.title, "sort-name": group.title, "type": "Group", "aliases": []})
}
