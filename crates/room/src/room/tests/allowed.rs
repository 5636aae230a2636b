//! Whether somebody was allowed to make an event, worked out from where they stood and what they said.

use protocol::room::{Grant, LeftBecause, RemovedFor, RoomState};

use super::*;

/// Whether `event` may be the doing of `by`, who told `command` to a room that was like this.
pub(super) fn may_make(room: &Room, by: PersonId, command: &Command, event: &Event) -> bool {
    let who = Who {
        state: room.snapshot().state,
        grants: room.mine(by).map(|mine| mine.grants).unwrap_or_default(),
        by,
    };
    match command {
        Command::Enter { .. } => matches!(event, Event::Person { .. }),
        Command::CastStarted { .. } => {
            let is_theirs = |event| {
                matches!(
                    event,
                    &Event::Cast { cast: Some(_) } | Event::Playback { .. }
                )
            };
            who.may(Grant::Cast) && is_theirs(event)
        }
        Command::Said { said, .. } => who.may_wish(&said.command) && who.made(&said.command, event),
        Command::SeatsGone { .. }
        | Command::CastStopped
        | Command::Erase { .. }
        | Command::Restarted
        | Command::Tick => false,
    }
}

struct Who {
    state: RoomState,
    grants: Vec<Grant>,
    by: PersonId,
}

impl Who {
    fn may(&self, grant: Grant) -> bool {
        self.grants.contains(&grant)
    }

    fn rank(&self, person: PersonId) -> Option<Rank> {
        let mut people = self.state.people.iter();
        people.find(|view| view.id == person).map(|view| view.rank)
    }

    fn is_above(&self, person: PersonId) -> bool {
        self.rank(self.by) > self.rank(person)
    }

    fn is_kept_in_order(&self) -> bool {
        matches!(
            self.state.settings.mode,
            QueueMode::Votes | QueueMode::Turns
        )
    }

    /// Whether they added it.
    fn owns(&self, id: ItemId) -> bool {
        let all = self.state.current.iter().chain(&self.state.queue);
        let mut all = all.chain(&self.state.suggestions);
        all.any(|item| item.id == id && item.added_by == self.by)
    }

    fn may_remove(&self, id: ItemId) -> bool {
        let is_suggested = self.state.suggestions.iter().any(|item| item.id == id);
        let mut played = self.state.current.iter().chain(&self.state.queue);
        let is_there = is_suggested || played.any(|item| item.id == id);
        let grant = if is_suggested {
            Grant::Approve
        } else {
            Grant::Arrange
        };
        !is_there || self.owns(id) || self.may(grant)
    }

    /// Whether they may have this wish.
    fn may_wish(&self, command: &RoomCommand) -> bool {
        use RoomCommand as C;
        let is_silent = self.state.playback == Playback::Idle;
        match command {
            C::Ready { .. } | C::Buffering { .. } | C::Report { .. } => true,
            C::Rename { .. } | C::Leave | C::Undo { .. } => true,
            C::Measured { item, .. } => self.owns(*item) || self.may(Grant::Control),
            C::Play => self.may(Grant::Control) || is_silent && self.may(Grant::Add),
            C::Pause | C::Seek { .. } => self.may(Grant::Control),
            C::Skip | C::Previous | C::PlayNow { .. } => self.may(Grant::Skip),
            C::Add { .. } => self.may(Grant::Add),
            C::Suggest { .. } => self.may(Grant::Suggest),
            C::Approve { .. } => self.may(Grant::Approve),
            C::Remove { items } => items.iter().all(|id| self.may_remove(*id)),
            C::Move { .. } | C::Clear | C::Shuffle => self.may(Grant::Arrange),
            C::Vote { .. } | C::Unvote { .. } => self.may(Grant::Vote),
            C::VoteSkip { .. } => self.may(Grant::VoteSkip),
            C::React { .. } => self.may(Grant::React),
            C::Chat { .. } => self.may(Grant::Chat),
            C::Unsay { seq } => {
                let mut lines = self.state.chat.iter();
                let is_own = lines.any(|line| line.seq == *seq && line.by == self.by);
                is_own || self.may(Grant::Moderate)
            }
            C::Invite { .. } | C::Revoke { .. } => self.may(Grant::Invite),
            C::Configure { .. } => self.may(Grant::Configure),
            C::Archive => self.rank(self.by) >= Some(Rank::Host),
            C::Pardon => self.may(Grant::Kick),
            C::Kick { person } | C::Ban { person } => {
                self.may(Grant::Kick) && self.is_above(*person)
            }
            C::Grant { person, rank, .. } => {
                let is_below = rank.is_none_or(|rank| Some(rank) < self.rank(self.by));
                self.may(Grant::Promote) && self.is_above(*person) && is_below
            }
            C::Transfer { .. } => self.rank(self.by) == Some(Rank::Owner),
        }
    }

    /// Whether the wish may lead to this.
    fn made(&self, command: &RoomCommand, event: &Event) -> bool {
        use RoomCommand as C;
        let undoes = matches!(command, C::Undo { .. });
        let goes = matches!(
            command,
            C::Skip | C::Previous | C::PlayNow { .. } | C::VoteSkip { .. } | C::Archive
        ) || matches!(command, C::Configure { .. } | C::Measured { .. });
        let takes = matches!(command, C::Remove { .. } | C::Clear) || undoes;
        let adds = matches!(command, C::Add { .. } | C::Approve { .. }) || undoes;
        let votes = matches!(command, C::Vote { .. } | C::Unvote { .. });
        let parts = matches!(command, C::Leave | C::Kick { .. } | C::Ban { .. });
        match event {
            Event::Person { person } => self.may_show(command, person.id, person.rank),
            Event::PersonLeft { person, because } => match because {
                LeftBecause::Left => *command == C::Leave && *person == self.by,
                LeftBecause::Kicked => *command == C::Kick { person: *person },
                LeftBecause::Banned => *command == C::Ban { person: *person },
                LeftBecause::Away => false,
            },
            Event::Playback { current, .. } => {
                let steers = matches!(command, C::Play | C::Pause | C::Seek { .. });
                let starts = matches!(command, C::Ready { .. });
                let goes_back = undoes && current.is_some();
                (goes || takes || steers || starts) && (!goes_back || self.may(Grant::Skip))
            }
            Event::Added { .. } => adds || goes,
            Event::Removed { why, .. } => match why {
                RemovedFor::Removed => takes && *command != C::Clear,
                RemovedFor::Played => {
                    goes || undoes || matches!(command, C::Play | C::Remove { .. })
                }
                RemovedFor::Cleared => *command == C::Clear,
                RemovedFor::Refused | RemovedFor::Approved => {
                    matches!(command, C::Approve { .. })
                }
            },
            Event::Changed { .. } => votes || parts || matches!(command, C::Measured { .. }),
            Event::Order { .. } if undoes => self.is_kept_in_order() || self.may(Grant::Arrange),
            Event::Order { .. } => {
                let arranges = matches!(command, C::Move { .. } | C::Shuffle | C::Play);
                arranges || adds || takes || goes || votes || parts
            }
            Event::Suggested { .. } => matches!(command, C::Suggest { .. }),
            Event::SkipVotes { .. } => goes || takes,
            Event::Chat { .. } => matches!(command, C::Chat { .. }),
            Event::Unsaid { line } => *command == C::Unsay { seq: *line },
            Event::Settings { .. } => matches!(command, C::Configure { .. }),
            Event::Cast { cast } => cast.is_none() && *command == C::Archive,
            Event::Undone { undone } => *command == C::Undo { seq: *undone },
            Event::Archived => *command == C::Archive,
        }
    }

    /// Whether the wish may lead to somebody standing there.
    fn may_show(&self, command: &RoomCommand, person: PersonId, rank: Rank) -> bool {
        use RoomCommand as C;
        let own = self.rank(self.by);
        match command {
            // Whom they raise may come to stand in for the owner in their stead.
            C::Grant { person: to, .. } if *to == person => {
                Some(rank) < own || rank == Rank::Host && own == Some(Rank::Host)
            }
            // Somebody else may have to stand in for the owner, or need not any more.
            C::Grant { .. } | C::Leave | C::Kick { .. } | C::Ban { .. } => rank <= Rank::Host,
            C::Transfer { person: to } => *to == person || rank < Rank::Owner,
            _ => person == self.by && Some(rank) == own,
        }
    }
}
