//! How a room is run: what it starts from, and who may change it to what.

use std::collections::{BTreeMap, BTreeSet};

use protocol::room::{
    Grant, Preset, QueueMode, ROOM_TITLE_CHARS_MAX, Rank, Repeat, RoomSettings, SettingsChange,
    WaitFor, WhenEmpty, clean,
};

use crate::grants::{self, Standing};
use crate::refusal::Refusal;

/// Items that one person may have in the queue, unless the room says otherwise.
const ITEMS_PER_PERSON: u16 = 100;
/// The longest item in minutes, unless the room says otherwise: a long mix fits, a day does not.
const ITEM_MINUTES: u16 = 240;

/// The settings of a room that starts from `preset`.
#[must_use]
pub fn start(preset: Preset, title: Option<&str>) -> RoomSettings {
    let (mode, when_empty, skip_percent) = match preset {
        Preset::Party => (QueueMode::Votes, WhenEmpty::Freeze, 50),
        Preset::Radio => (QueueMode::Fifo, WhenEmpty::Run, 70),
        Preset::Classroom => (QueueMode::Curated, WhenEmpty::Freeze, 100),
    };
    RoomSettings {
        title: title.and_then(title_of),
        mode,
        repeat: Repeat::None,
        wait_for: WaitFor::Soft,
        when_empty,
        skip_percent,
        allow_duplicates: false,
        items_per_person_max: ITEMS_PER_PERSON,
        item_minutes_max: ITEM_MINUTES,
        slow_mode_s: 0,
        is_locked: false,
        is_listed: false,
        grants: grants::table(preset),
    }
}

/// A title as it is kept; none when nothing is left of it.
fn title_of(text: &str) -> Option<String> {
    let title = clean(text, ROOM_TITLE_CHARS_MAX);
    (!title.is_empty()).then_some(title)
}

/// The settings after `change`, as wished by somebody who stands on `by`.
pub fn changed(
    settings: &RoomSettings,
    change: &SettingsChange,
    by: Standing<'_>,
) -> Result<RoomSettings, Refusal> {
    if !by.may(Grant::Configure, settings) {
        return Err(Refusal::forbidden("needs the grant to configure"));
    }
    check_ranges(change)?;
    let mut next = match change.preset {
        Some(preset) => RoomSettings {
            title: settings.title.clone(),
            is_locked: settings.is_locked,
            is_listed: settings.is_listed,
            ..start(preset, None)
        },
        None => settings.clone(),
    };
    if let Some(title) = &change.title {
        next.title = title_of(title);
    }
    next.mode = change.mode.unwrap_or(next.mode);
    next.repeat = change.repeat.unwrap_or(next.repeat);
    next.wait_for = change.wait_for.unwrap_or(next.wait_for);
    next.when_empty = change.when_empty.unwrap_or(next.when_empty);
    next.skip_percent = change.skip_percent.unwrap_or(next.skip_percent);
    next.allow_duplicates = change.allow_duplicates.unwrap_or(next.allow_duplicates);
    next.items_per_person_max = change
        .items_per_person_max
        .unwrap_or(next.items_per_person_max);
    next.item_minutes_max = change.item_minutes_max.unwrap_or(next.item_minutes_max);
    next.slow_mode_s = change.slow_mode_s.unwrap_or(next.slow_mode_s);
    next.is_locked = change.is_locked.unwrap_or(next.is_locked);
    next.is_listed = change.is_listed.unwrap_or(next.is_listed);
    for (rank, grants) in change.grants.iter().flatten() {
        if *rank >= Rank::Host {
            return Err(Refusal::invalid("hosts and owners may do everything"));
        }
        let each_once: BTreeSet<Grant> = grants.iter().copied().collect();
        next.grants.insert(*rank, each_once.into_iter().collect());
    }
    check_power(settings, &next.grants, by)?;
    Ok(next)
}

fn check_ranges(change: &SettingsChange) -> Result<(), Refusal> {
    let is_within = change.skip_percent.is_none_or(|it| (1..=100).contains(&it))
        && change
            .items_per_person_max
            .is_none_or(|it| (1..=500).contains(&it))
        && change
            .item_minutes_max
            .is_none_or(|it| (1..=1_440).contains(&it))
        && change.slow_mode_s.is_none_or(|it| it <= 3_600);
    if is_within {
        Ok(())
    } else {
        Err(Refusal::invalid("a setting is out of its range"))
    }
}

/// Nobody gives a rank what they may not do themselves, nor changes what their own rank or a higher one may do.
fn check_power(
    settings: &RoomSettings,
    next: &BTreeMap<Rank, Vec<Grant>>,
    by: Standing<'_>,
) -> Result<(), Refusal> {
    for (rank, grants) in next {
        let before = settings.grants.get(rank).map_or(&[][..], Vec::as_slice);
        if before == grants.as_slice() {
            continue;
        }
        if *rank >= by.rank {
            return Err(Refusal::forbidden("only what lower ranks may do"));
        }
        let mut given = grants.iter().filter(|grant| !before.contains(grant));
        if given.any(|&grant| !by.may(grant, settings)) {
            return Err(Refusal::forbidden("only grants that one has"));
        }
    }
    Ok(())
}
