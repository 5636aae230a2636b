//! Who may use the relay: the names of the members of live rooms, and where those members said they are.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use base::{MemberId, RoomId};

/// The rooms' part of the relay's rules. It has no Debug, because it holds addresses.
pub struct Directory {
    names: HashMap<Box<str>, Place>,
    rooms: HashMap<RoomId, HashMap<MemberId, Known>>,
    changed: Changed,
    changes: Arc<AtomicU64>,
}

/// Whose a name is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) struct Place {
    pub(crate) room: RoomId,
    pub(crate) member: MemberId,
}

/// Oldest first, both.
#[derive(Default)]
struct Known {
    names: Vec<Box<str>>,
    candidates: Vec<IpAddr>,
}

/// Which rooms lost someone since the server last asked.
pub(crate) enum Changed {
    Rooms(Vec<RoomId>),
    Everything,
}

impl Directory {
    /// Rooms with at least one name.
    pub const ROOMS_MAX: usize = 65_536;
    /// Members of one room.
    pub const MEMBERS_MAX: usize = 64;
    /// Names of one member; a new one replaces the oldest.
    pub const NAMES_PER_MEMBER_MAX: usize = 4;
    /// Addresses remembered for one member; a new one replaces the oldest.
    pub const CANDIDATES_PER_MEMBER_MAX: usize = 32;
    /// Rooms listed one by one for the server; beyond, it looks at everything again.
    const CHANGED_MAX: usize = 1024;

    /// A directory without anybody in it.
    #[must_use]
    pub fn new() -> Self {
        Self {
            names: HashMap::new(),
            rooms: HashMap::new(),
            changed: Changed::Rooms(Vec::new()),
            changes: Arc::new(AtomicU64::new(0)),
        }
    }

    /// Lets `name` use the relay for `member` of `room`, and says whether there was space for it.
    pub fn admit(&mut self, name: &str, room: RoomId, member: MemberId) -> bool {
        let place = Place { room, member };
        if let Some(holder) = self.names.get(name) {
            return *holder == place;
        }
        let Some(known) = self.known(place) else {
            return false;
        };
        known.names.push(name.into());
        let replaced =
            (known.names.len() > Self::NAMES_PER_MEMBER_MAX).then(|| known.names.remove(0));
        self.names.insert(name.into(), place);
        if let Some(oldest) = replaced {
            self.names.remove(&oldest);
            self.mark(room);
        }
        true
    }

    /// Remembers that `member` of `room` offered `candidate`, so that the others' relays may reach it.
    pub fn saw_candidate(&mut self, room: RoomId, member: MemberId, candidate: SocketAddr) {
        let Some(known) = self.known(Place { room, member }) else {
            return;
        };
        let address = candidate.ip().to_canonical();
        if known.candidates.contains(&address) {
            return;
        }
        known.candidates.push(address);
        if known.candidates.len() > Self::CANDIDATES_PER_MEMBER_MAX {
            known.candidates.remove(0);
        }
    }

    /// Ends what `member` of `room` may do, at once.
    pub fn dismiss(&mut self, room: RoomId, member: MemberId) {
        let Some(members) = self.rooms.get_mut(&room) else {
            return;
        };
        if let Some(known) = members.remove(&member) {
            for name in &known.names {
                self.names.remove(name);
            }
        }
        if members.is_empty() {
            self.rooms.remove(&room);
        }
        self.mark(room);
    }

    /// Ends what every member of `room` may do, at once.
    pub fn close(&mut self, room: RoomId) {
        let members = self.rooms.remove(&room).into_iter().flatten();
        for name in members.flat_map(|(_, known)| known.names) {
            self.names.remove(&name);
        }
        self.mark(room);
    }

    /// Whose `name` is, while its room lives.
    pub(crate) fn place(&self, name: &str) -> Option<Place> {
        self.names.get(name).copied()
    }

    /// Whether someone else in the room offered a candidate at `address`.
    pub(crate) fn another_is_at(&self, place: Place, address: IpAddr) -> bool {
        self.rooms
            .get(&place.room)
            .into_iter()
            .flatten()
            .any(|(member, known)| *member != place.member && known.candidates.contains(&address))
    }

    /// A count that grows with every dismissal, readable without the lock around the directory.
    pub(crate) fn changes(&self) -> Arc<AtomicU64> {
        Arc::clone(&self.changes)
    }

    /// Takes the list of rooms that lost someone.
    pub(crate) fn take_changed(&mut self) -> Changed {
        std::mem::replace(&mut self.changed, Changed::Rooms(Vec::new()))
    }

    fn known(&mut self, place: Place) -> Option<&mut Known> {
        let are_rooms_full = self.rooms.len() >= Self::ROOMS_MAX;
        let members = match self.rooms.entry(place.room) {
            Entry::Vacant(_) if are_rooms_full => return None,
            room => room.or_default(),
        };
        let is_room_full = members.len() >= Self::MEMBERS_MAX;
        match members.entry(place.member) {
            Entry::Vacant(_) if is_room_full => None,
            member => Some(member.or_default()),
        }
    }

    fn mark(&mut self, room: RoomId) {
        match &mut self.changed {
            Changed::Rooms(rooms) if rooms.contains(&room) => {}
            Changed::Rooms(rooms) if rooms.len() < Self::CHANGED_MAX => rooms.push(room),
            Changed::Rooms(_) => self.changed = Changed::Everything,
            Changed::Everything => {}
        }
        self.changes.fetch_add(1, Ordering::Release);
    }
}

impl Default for Directory {
    fn default() -> Self {
        Self::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use base::{OsEntropy, Timestamp};

    fn room() -> RoomId {
        RoomId::new(Timestamp::default(), &OsEntropy)
    }

    fn member() -> MemberId {
        MemberId::new(&OsEntropy)
    }

    #[test]
    fn a_dismissed_member_has_no_name_left() {
        let mut directory = Directory::new();
        let (room, member) = (room(), member());
        assert!(directory.admit("one", room, member));
        assert!(directory.admit("two", room, member));
        directory.dismiss(room, member);
        assert!(directory.place("one").is_none());
        assert!(directory.place("two").is_none());
        assert!(directory.rooms.is_empty());
    }

    #[test]
    fn closing_a_room_leaves_others_alone() {
        let mut directory = Directory::new();
        let (mine, theirs, member) = (room(), room(), member());
        directory.admit("mine", mine, member);
        directory.admit("theirs", theirs, member);
        directory.close(mine);
        assert!(directory.place("mine").is_none());
        assert!(directory.place("theirs").is_some());
    }

    #[test]
    fn a_name_cannot_be_taken_over_by_another_member() {
        let mut directory = Directory::new();
        let (room, first) = (room(), member());
        assert!(directory.admit("name", room, first));
        assert!(!directory.admit("name", room, member()));
        assert!(directory.place("name").unwrap().member == first);
    }

    #[test]
    fn a_member_has_few_names_and_the_newest_are_kept() {
        let mut directory = Directory::new();
        let (room, member) = (room(), member());
        for number in 0..10 {
            assert!(directory.admit(&format!("name-{number}"), room, member));
        }
        assert_eq!(directory.names.len(), Directory::NAMES_PER_MEMBER_MAX);
        assert!(directory.place("name-9").is_some());
        assert!(directory.place("name-0").is_none());
    }

    #[test]
    fn candidates_count_for_others_in_the_same_room_only() {
        let mut directory = Directory::new();
        let (room, here, there) = (room(), member(), member());
        let other_room = self::room();
        directory.saw_candidate(room, there, "198.51.100.7:4000".parse().unwrap());
        let address = "198.51.100.7".parse().unwrap();
        let seen_by = |room, member| directory.another_is_at(Place { room, member }, address);
        assert!(seen_by(room, here));
        assert!(!seen_by(room, there));
        assert!(!seen_by(other_room, here));
    }

    #[test]
    fn members_candidates_and_changes_are_bounded() {
        let mut directory = Directory::new();
        let (room, member) = (room(), member());
        for last in 0..=255 {
            directory.saw_candidate(room, member, ([198, 51, 100, last], 1).into());
            directory.admit(&format!("{last}"), room, self::member());
        }
        assert_eq!(directory.rooms[&room].len(), Directory::MEMBERS_MAX);
        let known = &directory.rooms[&room][&member].candidates;
        assert_eq!(known.len(), Directory::CANDIDATES_PER_MEMBER_MAX);
        for _ in 0..=Directory::CHANGED_MAX {
            directory.close(self::room());
        }
        assert!(matches!(directory.take_changed(), Changed::Everything));
        assert!(matches!(directory.take_changed(), Changed::Rooms(rooms) if rooms.is_empty()));
    }
}
