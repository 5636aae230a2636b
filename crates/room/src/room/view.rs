//! How the room looks from outside.

use base::{MemberId, PersonId, Secret, Timestamp};
use protocol::room::{Grant, ItemView, Mine, Playback, Position, RoomState, Snapshot};
use sha2::{Digest, Sha256};

use super::queue::Kept;
use super::{Principal, Room};

/// What strangers may know of a room in the public directory.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listing {
    /// What the room is called.
    pub title: Option<String>,
    /// How many are here.
    pub people: usize,
    /// Title and artist of what is on.
    pub on: Option<(String, Option<String>)>,
    /// Whether a live cast is on.
    pub has_cast: bool,
}

/// A room's list of songs.
#[derive(Clone, Debug, PartialEq)]
pub struct SongList {
    /// What the room is called.
    pub title: Option<String>,
    /// What has played, the earliest first.
    pub played: Vec<ItemView>,
    /// What is on.
    pub on: Option<ItemView>,
    /// What follows, in order.
    pub queue: Vec<ItemView>,
}

impl Room {
    /// How far the room's events are.
    #[must_use]
    pub const fn position(&self) -> Position {
        Position {
            epoch: self.epoch,
            seq: self.seq,
        }
    }

    /// A fingerprint of the whole state: the first 16 hexadecimal digits of its JSON's SHA-256.
    #[must_use]
    pub fn hash(&self) -> String {
        let json = serde_json::to_vec(self).expect("a room has a JSON form");
        let bytes: [u8; 32] = Sha256::digest(json).into();
        bytes[..8]
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect()
    }

    /// What plays.
    #[must_use]
    pub const fn playback(&self) -> Playback {
        self.deck.playback
    }

    /// Everything that all may see.
    #[must_use]
    pub fn snapshot(&self) -> Snapshot {
        let views = |items: &[Kept]| items.iter().map(|item| item.view()).collect();
        let state = RoomState {
            settings: self.settings.clone(),
            playback: self.deck.playback,
            current: self.queue.current.as_ref().map(|item| item.view()),
            queue: views(&self.queue.items),
            suggestions: views(&self.queue.suggestions),
            history: self.queue.history.iter().map(|item| item.view()).collect(),
            skip: self.skip,
            people: self.people.views(),
            chat: self.chat.shown(),
            cast: self.cast,
            banned: self.people.banned(),
        };
        Snapshot {
            position: self.position(),
            hash: self.hash(),
            state,
        }
    }

    /// What is so for this person only.
    #[must_use]
    pub fn mine(&self, person: PersonId) -> Option<Mine> {
        let grants = self.people.grants_of(person, &self.settings)?;
        let invites = if grants.contains(&Grant::Invite) {
            self.people.invites.views()
        } else {
            Vec::new()
        };
        let all = self.queue.current.iter().chain(&self.queue.items);
        let voted = all.filter(|item| item.votes.contains(&person));
        Some(Mine {
            person,
            grants,
            votes: voted.map(|item| item.id).collect(),
            has_voted_skip: self.skip_votes.contains(&person),
            invites,
        })
    }

    /// Whose seat it is.
    #[must_use]
    pub fn person_of(&self, seat: MemberId) -> Option<PersonId> {
        self.people.person_of(seat)
    }

    /// Whether whoever sits there may do that.
    #[must_use]
    pub fn may(&self, seat: MemberId, grant: Grant) -> bool {
        self.people
            .person_of(seat)
            .is_some_and(|person| self.people.may(person, grant, &self.settings))
    }

    /// A person's seats that are connected.
    pub fn seats_of(&self, person: PersonId) -> impl Iterator<Item = MemberId> {
        self.people.seats_of(person)
    }

    /// Whether this principal needs no password: they were let in before, or have the secret of an invite that is good.
    #[must_use]
    pub fn expects(
        &self,
        principal: &Principal,
        invite: Option<&Secret<String>>,
        now: Timestamp,
    ) -> bool {
        self.people.expects(principal, invite, now)
    }

    /// Whether this principal was let in before and has not gone for good.
    #[must_use]
    pub fn knows(&self, principal: &Principal, now: Timestamp) -> bool {
        self.people.knows(principal, now)
    }

    /// By which of their names somebody goes here, who showed the key of `shown` and is `also` these as a member: as a
    /// guest if the room has met them as one, else as the person that it knows, else as the member.
    #[must_use]
    pub fn recognise(
        &self,
        shown: Option<Principal>,
        also: &[Principal],
        now: Timestamp,
    ) -> Option<Principal> {
        self.people.recognise(shown, also, now)
    }

    /// Whose room it is, whether or not they are here.
    #[must_use]
    pub fn owner(&self) -> Option<&Principal> {
        self.people.owner()
    }

    /// Whether this principal is in the room or expected back.
    #[must_use]
    pub fn is_here(&self, principal: &Principal) -> bool {
        self.people.is_here(principal)
    }

    /// Whether this principal may cast: also from a page of its own, while they are remembered.
    #[must_use]
    pub fn may_cast(&self, principal: &Principal, now: Timestamp) -> bool {
        let people = &self.people;
        people.may_from_elsewhere(principal, Grant::Cast, &self.settings, now)
    }

    /// Everybody whose data the state holds, some of them more than once: who is here, whose room it is, who is
    /// remembered, who is not let in, and whose lines are kept.
    pub fn principals(&self) -> impl Iterator<Item = &Principal> {
        self.people.held().chain(self.chat.authors())
    }

    /// Whether anybody has a seat that is connected, as far as the room was told.
    #[must_use]
    pub fn is_anybody_connected(&self) -> bool {
        self.people.connected().next().is_some()
    }

    /// Whether nobody is here or expected back.
    #[must_use]
    pub fn is_left(&self) -> bool {
        self.people.principals().next().is_none()
    }

    /// Whether the room was ended.
    #[must_use]
    pub const fn is_over(&self) -> bool {
        self.is_over
    }

    /// Whether the room is in the public directory.
    #[must_use]
    pub const fn is_listed(&self) -> bool {
        self.settings.is_listed && !self.is_over
    }

    /// What the public directory may say of a room that anybody can come into; nothing of who is there.
    #[must_use]
    pub fn listing(&self) -> Option<Listing> {
        let people = self.people.connected_count();
        let is_open = self.is_listed() && !self.settings.is_locked && people > 0;
        is_open.then(|| {
            let current = self.queue.current.as_ref();
            Listing {
                title: self.settings.title.clone(),
                people,
                on: current.map(|item| (item.title.clone(), item.artist.clone())),
                has_cast: self.cast.is_some(),
            }
        })
    }

    /// What the room has played and will play, for people to take home.
    #[must_use]
    pub fn export(&self) -> SongList {
        let queue = &self.queue;
        SongList {
            title: self.settings.title.clone(),
            played: queue.history.iter().rev().map(|it| it.view()).collect(),
            on: queue.current.as_ref().map(|it| it.view()),
            queue: queue.items.iter().map(|it| it.view()).collect(),
        }
    }

    /// When something of people is kept no longer, whoever is here: lines of the chat, and who is remembered.
    #[must_use]
    pub fn forgets_at(&self) -> Option<Timestamp> {
        let due = [self.people_due, self.chat.next_deadline()];
        due.into_iter().flatten().min()
    }

    /// Fingerprints of the secrets of the open invites.
    pub fn invites(&self) -> impl Iterator<Item = &str> {
        self.people.invites.fingerprints()
    }

    /// When the room wants to be told that time has passed.
    #[must_use]
    pub fn next_deadline(&self) -> Option<Timestamp> {
        self.next_due().map(|(at, _)| at)
    }
}
