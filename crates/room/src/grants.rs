//! Who may do what: a table of ranks and presets, a room's own table, and what a person was given beyond it.

use std::collections::{BTreeMap, BTreeSet};

use protocol::room::{Grant, Preset, QueueMode, Rank, RoomSettings};

/// Everything that can be granted.
pub(crate) const ALL: [Grant; 16] = [
    Grant::Control,
    Grant::Skip,
    Grant::VoteSkip,
    Grant::Add,
    Grant::Suggest,
    Grant::Approve,
    Grant::Arrange,
    Grant::Vote,
    Grant::Chat,
    Grant::React,
    Grant::Moderate,
    Grant::Kick,
    Grant::Invite,
    Grant::Promote,
    Grant::Configure,
    Grant::Cast,
];

/// Ranks whose grants a room may set. Hosts and owners may do everything.
const SET_BY_TABLE: [Rank; 4] = [Rank::Guest, Rank::Listener, Rank::Dj, Rank::Moderator];

/// What a person stands on: their rank as it counts now, and what they were given beyond it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Standing<'p> {
    /// The rank as it counts: whoever stands in for the owner counts as a host.
    pub rank: Rank,
    /// What they may do beyond it.
    pub extra: &'p BTreeSet<Grant>,
}

impl Standing<'_> {
    /// Whether this is enough for `grant` in a room run like this. Where the queue is curated, only those add to it who
    /// also decide what is in it; the others suggest.
    #[must_use]
    pub(crate) fn may(&self, grant: Grant, settings: &RoomSettings) -> bool {
        let is_for_curators = grant == Grant::Add && settings.mode == QueueMode::Curated;
        let mut curating = [Grant::Approve, Grant::Arrange].into_iter();
        self.has(grant, settings)
            && (!is_for_curators || curating.any(|grant| self.has(grant, settings)))
    }

    /// Whether `grant` is theirs, whatever the queue's mode makes of it.
    #[must_use]
    pub(crate) fn has(&self, grant: Grant, settings: &RoomSettings) -> bool {
        let by_rank = || settings.grants.get(&self.rank);
        self.rank >= Rank::Host
            || self.extra.contains(&grant)
            || by_rank().is_some_and(|grants| grants.contains(&grant))
    }

    /// All that may be done on it, each once and in one order.
    #[must_use]
    pub(crate) fn grants(&self, settings: &RoomSettings) -> Vec<Grant> {
        let all = ALL.into_iter();
        all.filter(|&grant| self.may(grant, settings)).collect()
    }
}

/// What each rank may do in a room that starts from `preset`. A higher rank may do all that a lower one may.
#[must_use]
pub(crate) fn table(preset: Preset) -> BTreeMap<Rank, Vec<Grant>> {
    let mut so_far = BTreeSet::new();
    SET_BY_TABLE
        .into_iter()
        .map(|rank| {
            so_far.extend(beyond_the_rank_below(preset, rank));
            (rank, so_far.iter().copied().collect())
        })
        .collect()
}

/// What `rank` may do that the rank below it may not.
fn beyond_the_rank_below(preset: Preset, rank: Rank) -> &'static [Grant] {
    use Grant::{
        Add, Approve, Arrange, Cast, Chat, Control, Invite, Kick, Moderate, React, Skip, Suggest,
        Vote, VoteSkip,
    };
    match (preset, rank) {
        (Preset::Party, Rank::Guest) => &[Add, Suggest, Vote, VoteSkip, Chat, React],
        (Preset::Party, Rank::Listener) => &[Control],
        (Preset::Party, Rank::Dj) => &[Skip, Arrange, Approve, Cast],
        (Preset::Radio, Rank::Guest) => &[Suggest, VoteSkip, Chat, React],
        (Preset::Radio, Rank::Listener) => &[Vote],
        (Preset::Radio, Rank::Dj) => &[Add, Control, Skip, Arrange, Approve, Cast],
        (Preset::Classroom, Rank::Guest) => &[Suggest, React],
        (Preset::Classroom, Rank::Listener) => &[Chat, Vote],
        (Preset::Classroom, Rank::Dj) => &[Add, Control, Skip, Arrange, Cast],
        (Preset::Party | Preset::Radio, Rank::Moderator) => &[Moderate, Kick, Invite],
        (Preset::Classroom, Rank::Moderator) => &[Approve, Moderate, Kick, Invite],
        (_, Rank::Host | Rank::Owner) => &[],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings;

    const PRESETS: [Preset; 3] = [Preset::Party, Preset::Radio, Preset::Classroom];

    fn may(preset: Preset, rank: Rank, grant: Grant) -> bool {
        let extra = BTreeSet::new();
        let extra = &extra;
        Standing { rank, extra }.may(grant, &settings::start(preset, None))
    }

    #[test]
    fn a_higher_rank_may_do_all_that_a_lower_one_may() {
        for preset in PRESETS {
            for pair in SET_BY_TABLE.windows(2) {
                let more = |grant| !may(preset, pair[0], grant) || may(preset, pair[1], grant);
                assert!(ALL.into_iter().all(more), "{preset:?} {pair:?}");
            }
        }
    }

    #[test]
    fn owners_and_hosts_may_do_everything_whatever_the_table_says() {
        let mut settings = settings::start(Preset::Classroom, None);
        settings.grants.clear();
        let extra = &BTreeSet::new();
        for rank in [Rank::Host, Rank::Owner] {
            assert_eq!(Standing { rank, extra }.grants(&settings), ALL);
        }
        let rank = Rank::Moderator;
        assert!(Standing { rank, extra }.grants(&settings).is_empty());
        let extra = &BTreeSet::from([Grant::Skip]);
        assert_eq!(Standing { rank, extra }.grants(&settings), [Grant::Skip]);
    }

    #[test]
    fn a_guest_may_what_the_preset_is_for() {
        use Grant::{Add, Chat, Control, React, Suggest, Vote, VoteSkip};
        let of_a_guest = |preset| {
            let all = ALL.into_iter();
            all.filter(|&grant| may(preset, Rank::Guest, grant))
                .collect::<Vec<_>>()
        };
        assert_eq!(
            of_a_guest(Preset::Party),
            [VoteSkip, Add, Suggest, Vote, Chat, React]
        );
        assert_eq!(of_a_guest(Preset::Radio), [VoteSkip, Suggest, Chat, React]);
        assert_eq!(of_a_guest(Preset::Classroom), [Suggest, React]);
        assert!(!may(Preset::Party, Rank::Guest, Control));
    }

    #[test]
    fn where_the_queue_is_curated_only_who_decides_what_is_in_it_adds_to_it() {
        for preset in PRESETS {
            let mut settings = settings::start(preset, None);
            settings.mode = QueueMode::Curated;
            let may = |rank, extra: &[Grant]| {
                let extra = &extra.iter().copied().collect();
                Standing { rank, extra }.may(Grant::Add, &settings)
            };
            for rank in [Rank::Guest, Rank::Listener] {
                assert!(!may(rank, &[]) && !may(rank, &[Grant::Add]), "{preset:?}");
                assert!(may(rank, &[Grant::Add, Grant::Approve]), "{preset:?}");
            }
            for rank in [Rank::Dj, Rank::Moderator, Rank::Host, Rank::Owner] {
                assert!(may(rank, &[]), "{preset:?} {rank:?}");
            }
        }
    }

    #[test]
    fn nobody_below_a_host_configures_or_promotes_unless_somebody_says_so() {
        for (preset, rank) in PRESETS.into_iter().zip(SET_BY_TABLE) {
            assert!(!may(preset, rank, Grant::Configure) && !may(preset, rank, Grant::Promote));
        }
    }
}
