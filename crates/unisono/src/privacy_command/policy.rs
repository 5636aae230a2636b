//! `unisono privacy policy`: what the policy of this program changes, and putting it in force.

use app::PolicyChange;
use clap::Subcommand;
use privacy::{Change, Duty};

use super::{Desk, NotDone};

/// What can be done with the policy.
#[derive(Debug, Subcommand)]
pub enum PolicyCommand {
    /// Show what the policy of this program changes, and what members are owed for it.
    Show,
    /// Put it in force and tell members where that is owed. The start of the server does the same; this does it before.
    Publish,
}

impl PolicyCommand {
    pub(super) async fn run(&self, desk: &Desk<'_>) -> Result<String, NotDone> {
        let change = PolicyChange::in_store(desk.store, desk.held, &texts::POLICY).await?;
        let told = tell(&change);
        match self {
            Self::Show => Ok(told),
            Self::Publish if !change.is_new() => Ok(told),
            Self::Publish => match change.publish(desk.store, desk.now, desk.entropy).await? {
                true => Ok(format!("{told}\nIt is in force now.")),
                false => Err(NotDone::OtherPolicy),
            },
        }
    }
}

fn tell(change: &PolicyChange) -> String {
    if !change.is_new() {
        return format!(
            "The policy {} is in force, and it is this program's.",
            change.version
        );
    }
    let before = change.in_force.as_deref().unwrap_or("none");
    let mut lines = vec![
        format!("In force: {before}. This program's: {}.", change.version),
        format!("Class: {}.", class(change)),
    ];
    if change.in_force.is_some() {
        let added = change.differences.added.iter();
        let removed = change.differences.removed.iter();
        lines.extend(added.map(|line| format!("+ {line}")));
        lines.extend(removed.map(|line| format!("- {line}")));
    }
    lines.join("\n")
}

fn class(change: &PolicyChange) -> &'static str {
    match (change.duty, change.differences.change()) {
        _ if change.in_force.is_none() => "the first policy; nobody has to be told of a change",
        (Duty::Consent, _) => {
            "consent. There is a new purpose: members get a letter, and whatever serves it must ask them first"
        }
        (Duty::Notice, _) => "notice. More is held or told: members get a letter",
        (Duty::None, Change::Less) => {
            "editorial. Less is held: the page says so, no letter is owed"
        }
        (Duty::None, _) => "editorial. Only words change: no letter is owed",
    }
}
