//! The bounds of what is said in a room with a queue. Whoever gets past them may still be refused by the room's rules.

use super::settings::SettingsChange;
use super::{
    ADD_MAX, CHAT_CHARS_MAX, CommandId, GRANTS_MAX, Grant, NewItem, ROOM_TITLE_CHARS_MAX, Rank,
    RoomCommand, RoomSaid, SERVICE_CHARS_MAX, SERVICE_LINKS_MAX, Source, TITLE_CHARS_MAX,
    URL_BYTES_MAX,
};
use crate::client::{BadMessage, NAME_CHARS_MAX, bounded};

/// The longest item in ms: a day.
pub const DURATION_MS_MAX: u64 = 24 * 3600 * 1000;
/// The longest file in bytes: 512 MiB.
pub const FILE_BYTES_MAX: u64 = 512 * 1024 * 1024;
/// The longest media type in bytes.
const MEDIA_TYPE_BYTES_MAX: usize = 64;
/// The longest name of a demo loop in bytes.
const DEMO_NAME_BYTES_MAX: usize = 32;
/// How many may come by one invite.
const INVITE_USES_MAX: u64 = 1_000;
/// The shortest life of an invite in seconds.
const INVITE_S_MIN: u64 = 60;
/// The longest life of an invite in seconds: 30 days.
const INVITE_S_MAX: u64 = 30 * 24 * 3600;

type Checked = Result<(), BadMessage>;

/// Checks every bound of a command.
pub(crate) fn said(said: &RoomSaid) -> Checked {
    command_id(&said.cmd_id)?;
    command(&said.command)
}

/// Checks the name of a command.
pub(crate) fn command_id(CommandId(name): &CommandId) -> Checked {
    bounded("cmd_id", name.len(), CommandId::BYTES_MAX)?;
    let is_visible = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_graphic());
    formed("cmd_id", is_visible, "1 to 32 visible ASCII characters")
}

/// Checks the title that a room begins with.
pub(crate) fn room_title(title: Option<&String>) -> Checked {
    characters("title", title, ROOM_TITLE_CHARS_MAX)
}

fn command(command: &RoomCommand) -> Checked {
    match command {
        RoomCommand::Report { player } => {
            characters("service", player.service.as_ref(), SERVICE_CHARS_MAX)
        }
        RoomCommand::Measured { duration_ms, .. } => duration(*duration_ms),
        RoomCommand::Seek { position_ms } => {
            formed("position_ms", position_ms.is_finite(), "a finite number")
        }
        RoomCommand::Add { items, .. } => {
            count("items", items.len())?;
            items.iter().try_for_each(item)
        }
        RoomCommand::Remove { items } => count("items", items.len()),
        RoomCommand::Suggest { item: new } => item(new),
        RoomCommand::Chat { text } => {
            formed("text", !text.expose().is_empty(), "1 to 500 characters")?;
            characters("text", Some(text.expose()), CHAT_CHARS_MAX)
        }
        RoomCommand::Rename { name } => characters("name", Some(name.expose()), NAME_CHARS_MAX),
        RoomCommand::Grant { rank, extra, .. } => {
            rank.map_or(Ok(()), given)?;
            extra.as_deref().map_or(Ok(()), grants)
        }
        RoomCommand::Invite {
            rank,
            uses,
            expires_in_s,
        } => {
            given(*rank)?;
            within("uses", u64::from(*uses), 1, INVITE_USES_MAX)?;
            let life = u64::from(*expires_in_s);
            within("expires_in_s", life, INVITE_S_MIN, INVITE_S_MAX)
        }
        RoomCommand::Configure { change } => settings(change),
        _ => Ok(()),
    }
}

/// Checks every bound of a change of settings.
///
/// # Errors
/// The first bound that it breaks.
pub fn settings(change: &SettingsChange) -> Checked {
    characters("title", change.title.as_ref(), ROOM_TITLE_CHARS_MAX)?;
    let numbers = [
        ("skip_percent", change.skip_percent.map(u64::from), 1, 100),
        (
            "items_per_person_max",
            change.items_per_person_max.map(u64::from),
            1,
            500,
        ),
        (
            "item_minutes_max",
            change.item_minutes_max.map(u64::from),
            1,
            1_440,
        ),
        ("slow_mode_s", change.slow_mode_s.map(u64::from), 0, 3_600),
    ];
    for (field, value, min, max) in numbers {
        value.map_or(Ok(()), |value| within(field, value, min, max))?;
    }
    for (rank, list) in change.grants.iter().flatten() {
        formed("grants", *rank < Rank::Host, "about ranks below host")?;
        grants(list)?;
    }
    Ok(())
}

fn item(item: &NewItem) -> Checked {
    characters("title", item.title.as_ref(), TITLE_CHARS_MAX)?;
    characters("artist", item.artist.as_ref(), TITLE_CHARS_MAX)?;
    item.duration_ms.map_or(Ok(()), duration)?;
    source(&item.source)
}

fn source(source: &Source) -> Checked {
    match source {
        Source::Recording { links, .. } => {
            bounded("links", links.len(), SERVICE_LINKS_MAX)?;
            links.iter().try_for_each(|link| {
                characters("platform", Some(&link.platform), SERVICE_CHARS_MAX)?;
                address(&link.url)
            })
        }
        Source::File {
            sha256,
            bytes,
            media_type,
        } => {
            let is_hex = |byte: u8| matches!(byte, b'0'..=b'9' | b'a'..=b'f');
            let is_digest = sha256.len() == 64 && sha256.bytes().all(is_hex);
            formed("sha256", is_digest, "64 lower-case hexadecimal digits")?;
            within("bytes", *bytes, 1, FILE_BYTES_MAX)?;
            bounded("media_type", media_type.len(), MEDIA_TYPE_BYTES_MAX)?;
            formed(
                "media_type",
                is_sound(media_type),
                "audio/ or video/ and a name",
            )
        }
        Source::Address { url } => address(url),
        Source::Demo { name } => {
            bounded("demo", name.len(), DEMO_NAME_BYTES_MAX)?;
            let is_letter = |byte: u8| byte.is_ascii_lowercase() || byte == b'-';
            let is_name = !name.is_empty() && name.bytes().all(is_letter);
            formed("demo", is_name, "lower-case letters and hyphens")
        }
    }
}

/// A media type without parameters (RFC 6838, section 4.2), in lower case as browsers write it. Of a film the sound is
/// heard.
fn is_sound(media_type: &str) -> bool {
    let is_name = |byte: u8| {
        byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"!#$&-^_.+".contains(&byte)
    };
    let name = ["audio/", "video/"]
        .iter()
        .find_map(|kind| media_type.strip_prefix(kind));
    name.is_some_and(|name| !name.is_empty() && name.bytes().all(is_name))
}

/// An `https:` address as browsers write it: ASCII, with a host, without a name or password of anybody.
fn address(url: &str) -> Checked {
    bounded("url", url.len(), URL_BYTES_MAX)?;
    let rest = url.strip_prefix("https://").unwrap_or_default();
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let host = authority.split(':').next().unwrap_or_default();
    let is_plain = url.bytes().all(|byte| byte.is_ascii_graphic()) && !url.contains('\\');
    let is_address = !host.is_empty() && !authority.contains('@') && is_plain;
    formed("url", is_address, "an https address")
}

/// A rank that can be given: the room itself is given by `transfer`.
fn given(rank: Rank) -> Checked {
    formed("rank", rank < Rank::Owner, "below owner")
}

fn grants(list: &[Grant]) -> Checked {
    bounded("grants", list.len(), GRANTS_MAX)
}

fn count(field: &'static str, items: usize) -> Checked {
    within(field, items as u64, 1, ADD_MAX as u64)
}

fn duration(ms: u64) -> Checked {
    within("duration_ms", ms, 1, DURATION_MS_MAX)
}

fn characters(field: &'static str, text: Option<&String>, max: usize) -> Checked {
    bounded(field, text.map_or(0, |text| text.chars().count()), max)
}

const fn within(field: &'static str, value: u64, min: u64, max: u64) -> Checked {
    if min <= value && value <= max {
        Ok(())
    } else {
        Err(BadMessage::OutOfRange { field, min, max })
    }
}

const fn formed(field: &'static str, is_so: bool, form: &'static str) -> Checked {
    if is_so {
        Ok(())
    } else {
        Err(BadMessage::Malformed { field, form })
    }
}

#[cfg(test)]
mod tests;
