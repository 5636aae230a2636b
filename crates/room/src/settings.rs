//! How a room is run: what it starts from, and who may change it to what.

use std::collections::{BTreeMap, BTreeSet};

use protocol::room::{
    Grant, Preset, QueueMode, ROOM_TITLE_CHARS_MAX, Rank, Repeat, RoomSettings, SettingsChange,
    WaitFor, WhenEmpty, check_settings, clean,
};

use crate::grants::{self, Standing};
use crate::refusal::Refusal;

/// Items that one person may have in the queue, unless the room says otherwise.
const ITEMS_PER_PERSON: u16 = 100;
/// The longest item in minutes, unless the room says otherwise: a long mix fits, a day does not.
const ITEM_MINUTES: u16 = 240;

/// The settings of a room that starts from `preset`.
#[must_use]
pub(crate) fn start(preset: Preset, title: Option<&str>) -> RoomSettings {
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
pub(crate) fn changed(
    settings: &RoomSettings,
    change: &SettingsChange,
    by: Standing<'_>,
) -> Result<RoomSettings, Refusal> {
    if !by.may(Grant::Configure, settings) {
        return Err(Refusal::forbidden("needs the grant to configure"));
    }
    check_settings(change).map_err(|_| Refusal::invalid("a setting is out of its range"))?;
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
        let each_once: BTreeSet<Grant> = grants.iter().copied().collect();
        next.grants.insert(*rank, each_once.into_iter().collect());
    }
    check_power(settings, &next.grants, by)?;
    Ok(next)
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
        if given.any(|&grant| !by.has(grant, settings)) {
            return Err(Refusal::forbidden("only grants that one has"));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use protocol::room::RejectCode;

    fn change(settings: &RoomSettings, change: &SettingsChange) -> Result<RoomSettings, Refusal> {
        let (rank, extra) = (Rank::Owner, &BTreeSet::new());
        changed(settings, change, Standing { rank, extra })
    }

    #[test]
    fn what_is_absent_stays() {
        let settings = start(Preset::Radio, Some("Night\u{202e} shift"));
        assert_eq!(settings.title.as_deref(), Some("Night shift"));
        assert_eq!(change(&settings, &SettingsChange::default()), Ok(settings));
    }

    #[test]
    fn a_preset_sets_the_rules_and_the_other_fields_come_on_top() {
        let mut settings = start(Preset::Party, Some("Friday"));
        (settings.is_locked, settings.is_listed) = (true, true);
        let wish = SettingsChange {
            preset: Some(Preset::Classroom),
            skip_percent: Some(60),
            grants: Some([(Rank::Guest, vec![Grant::Chat, Grant::Add, Grant::Chat])].into()),
            ..SettingsChange::default()
        };
        let next = change(&settings, &wish).unwrap();
        let mut expected = start(Preset::Classroom, Some("Friday"));
        (expected.is_locked, expected.is_listed) = (true, true);
        expected.skip_percent = 60;
        expected
            .grants
            .insert(Rank::Guest, vec![Grant::Add, Grant::Chat]);
        assert_eq!(next, expected);
    }

    #[test]
    fn an_empty_title_takes_it_away() {
        let settings = start(Preset::Party, Some("Friday"));
        let wish = SettingsChange {
            title: Some(" \u{200b}".to_owned()),
            ..SettingsChange::default()
        };
        assert_eq!(change(&settings, &wish).unwrap().title, None);
    }

    #[test]
    fn what_is_out_of_range_is_refused() {
        let settings = start(Preset::Party, None);
        let bad = [
            SettingsChange {
                skip_percent: Some(0),
                ..SettingsChange::default()
            },
            SettingsChange {
                slow_mode_s: Some(3_601),
                ..SettingsChange::default()
            },
            SettingsChange {
                grants: Some([(Rank::Host, vec![])].into()),
                ..SettingsChange::default()
            },
        ];
        for wish in bad {
            let refused = change(&settings, &wish).unwrap_err();
            assert_eq!(refused.code, RejectCode::Invalid);
        }
    }
}
