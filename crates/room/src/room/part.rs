//! What a room holds of one person, for them to see and take along.

use base::{ItemId, PersonId, Personal};
use protocol::room::{ChatLine, ItemView, Rank};
use serde::Serialize;

use super::{Principal, Room};

/// What a room holds of one person.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Part {
    /// What the room is called.
    pub title: Option<String>,
    /// What they are called here.
    pub name: Option<Personal<String>>,
    /// Where they stand.
    pub rank: Option<Rank>,
    /// What they have said and is still kept.
    pub lines: Vec<ChatLine>,
    /// What they wished for and is still in the queue or was played lately.
    pub items: Vec<ItemView>,
    /// The items that they voted for.
    pub votes: Vec<ItemId>,
}

impl Room {
    /// What the room holds of `principal`, and of nobody else.
    #[must_use]
    pub fn part_of(&self, principal: &Principal) -> Part {
        let persons = self.people.persons_of(principal);
        let is_theirs = |person: &PersonId| persons.contains(person);
        let queue = &self.queue;
        let all = queue.current.iter().chain(&queue.items);
        let all = all.chain(&queue.suggestions).chain(&queue.history);
        let theirs = all.clone().filter(|item| is_theirs(&item.added_by));
        let voted = all.filter(|item| item.votes.iter().any(is_theirs));
        let here = persons.iter().find(|person| self.people.contains(**person));
        let view = here.and_then(|person| self.people.view(*person));
        Part {
            title: self.settings.title.clone(),
            rank: view.as_ref().map(|view| view.rank),
            name: view.and_then(|view| view.name),
            lines: self.chat.lines_of(principal, &persons),
            items: theirs.clone().map(|item| item.view()).collect(),
            votes: voted.map(|item| item.id).collect(),
        }
    }
}
