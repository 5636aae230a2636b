//! What holds of people in a room.

mod keeping_order;
mod owner;
mod tapes;

use std::time::Duration;

use protocol::room::{PlayerClass, PlayerReport, Preset, SettingsChange};

use super::door::{BANNED_MAX, KICKED_MAX, REMEMBERED_FOR};
use super::*;
use crate::invites::Wish;
use crate::refusal::Refusal;
use crate::seed::{Chance, Seed};
use crate::settings;
use base::Secret;
use protocol::room::{LeftBecause, RejectCode};

const OWNER: u8 = 1;

fn at(seconds: u64) -> Timestamp {
    Timestamp::from_unix_ms(1_700_000_000_000).after(Duration::from_secs(seconds))
}

fn principal(who: u8) -> Principal {
    Principal([who; 32])
}

fn seat(who: u8, tab: u8) -> MemberId {
    MemberId::from_bits(u64::from(who) * 256 + u64::from(tab))
}

/// People in a room, with what the room would pass in.
#[derive(Clone)]
struct Scene {
    people: People,
    settings: RoomSettings,
    seeds: u64,
}

impl Scene {
    /// A room with its owner in it.
    fn new() -> Self {
        let mut scene = Self {
            people: People::default(),
            settings: settings::start(Preset::Party, None),
            seeds: 0,
        };
        scene.come(OWNER, 0);
        scene
    }

    fn chance(&mut self) -> Chance {
        self.seeds += 1;
        Chance::new(Seed([self.seeds; 3]))
    }

    fn try_enter(
        &mut self,
        (who, tab): (u8, u8),
        invite: Option<&Secret<String>>,
        now: Timestamp,
    ) -> Result<(PersonId, Changes), Refusal> {
        let entry = Entry {
            principal: principal(who),
            seat: seat(who, tab),
            form: Form::Phone,
            name: None,
            is_owner: who == OWNER,
            lacks_password: false,
            invite,
        };
        let mut chance = self.chance();
        self.people.enter(&entry, &self.settings, now, &mut chance)
    }

    fn come(&mut self, who: u8, seconds: u64) -> PersonId {
        self.try_enter((who, 0), None, at(seconds)).unwrap().0
    }

    fn refused(&mut self, who: u8, seconds: u64) -> Refusal {
        let before = self.people.clone();
        let refusal = self.try_enter((who, 0), None, at(seconds)).unwrap_err();
        assert_eq!(before, self.people);
        refusal
    }

    fn make(&mut self, who: u8, rank: Rank) -> PersonId {
        let (owner, person) = (self.id(OWNER), self.come(who, 0));
        self.people
            .grant((owner, person), Some(rank), None, &self.settings)
            .unwrap();
        person
    }

    fn id(&self, who: u8) -> PersonId {
        self.people.by_principal[&principal(who)]
    }

    fn rank(&self, person: PersonId) -> Rank {
        self.people.view(person).unwrap().rank
    }

    fn drop_and_forget(&mut self, who: u8, seconds: u64) {
        self.people.seats_gone(&[seat(who, 0)], at(seconds));
        self.people.tick(at(seconds + 120));
    }

    fn invite(&mut self, rank: Rank, uses: u32) -> Secret<String> {
        let lasts = Duration::from_secs(3600);
        let by = (self.id(OWNER), Rank::Owner);
        let mut chance = self.chance();
        let wish = Wish { rank, uses, lasts };
        let made = self.people.invites.make(wish, by, at(0), &mut chance);
        made.unwrap().1
    }
}

impl Changes {
    fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

fn code<T: std::fmt::Debug>(outcome: Result<T, Refusal>) -> RejectCode {
    outcome.unwrap_err().code
}

#[test]
fn several_tabs_are_one_person() {
    let mut scene = Scene::new();
    let first = scene.come(2, 0);
    let (second, changes) = scene.try_enter((2, 1), None, at(1)).unwrap();
    assert_eq!(first, second);
    assert!(changes.left.is_empty());
    assert_eq!(scene.people.connected_count(), 2);
    assert_eq!(scene.people.view(first).unwrap().seats.len(), 2);
    scene.people.seats_gone(&[seat(2, 0)], at(2));
    assert!(scene.people.is_connected(first));
    assert_eq!(scene.people.person_of(seat(2, 1)), Some(first));
    assert_eq!(scene.people.person_of(seat(2, 0)), None);
}

#[test]
fn a_reconnect_within_the_grace_keeps_the_person_and_their_rank() {
    let mut scene = Scene::new();
    let dj = scene.make(2, Rank::Dj);
    scene.people.seats_gone(&[seat(2, 0)], at(10));
    assert_eq!(scene.people.next_deadline(), Some(at(130)));
    assert!(scene.people.tick(at(129)).is_empty());
    assert_eq!(scene.come(2, 129), dj);
    assert_eq!(scene.rank(dj), Rank::Dj);
    assert_eq!(scene.people.next_deadline(), None);
}

#[test]
fn who_does_not_come_back_in_time_leaves_the_list_and_is_remembered_for_a_day() {
    let mut scene = Scene::new();
    let dj = scene.make(2, Rank::Dj);
    scene.people.seats_gone(&[seat(2, 0)], at(0));
    let changes = scene.people.tick(at(120));
    assert_eq!(changes.left, [(dj, LeftBecause::Away)]);
    assert!(!scene.people.contains(dj));
    let mut later = scene.clone();
    assert_eq!(scene.come(2, 1_000), dj);
    assert_eq!(scene.rank(dj), Rank::Dj);
    let forgotten_at = later.people.next_deadline().unwrap();
    assert_eq!(forgotten_at, at(120).after(REMEMBERED_FOR));
    later.people.tick(forgotten_at);
    let stranger = later.come(2, 24 * 3600 + 121);
    assert_ne!(stranger, dj);
    assert_eq!(later.rank(stranger), Rank::Guest);
}

#[test]
fn who_leaves_gives_up_place_and_rank() {
    let mut scene = Scene::new();
    let dj = scene.make(2, Rank::Dj);
    scene.try_enter((2, 1), None, at(0)).unwrap();
    let changes = scene.people.leave(dj);
    assert_eq!(changes.left, [(dj, LeftBecause::Left)]);
    assert_eq!(changes.dismissed.len(), 2);
    let again = scene.come(2, 1);
    assert_ne!(again, dj);
    assert_eq!(scene.rank(again), Rank::Guest);
}

#[test]
fn a_room_and_a_person_have_bounds() {
    let mut scene = Scene::new();
    for tab in 1..=u8::try_from(SEATS_MAX).unwrap() {
        let outcome = scene.try_enter((OWNER, tab), None, at(0));
        assert_eq!(outcome.is_ok(), usize::from(tab) < SEATS_MAX);
    }
    assert!(scene.try_enter((OWNER, 3), None, at(0)).is_ok());
    let someone = scene.people.persons[&scene.id(OWNER)].clone();
    for number in 0..PERSONS_MAX as u64 - 1 {
        let person = PersonId::from_bits(number);
        scene.people.persons.insert(person, someone.clone());
    }
    assert_eq!(scene.refused(2, 0).code, RejectCode::Limit);
    let stolen = scene.try_enter((3, 0), None, at(0));
    assert_eq!(code(stolen), RejectCode::Limit);
}

#[test]
fn in_a_full_room_the_guest_who_is_away_longest_makes_room() {
    let mut scene = Scene::new();
    let dj = scene.make(2, Rank::Dj);
    let (first, second) = (scene.come(3, 0), scene.come(4, 0));
    let someone = scene.people.persons[&first].clone();
    for number in scene.people.persons.len()..PERSONS_MAX {
        let person = PersonId::from_bits(number as u64);
        scene.people.persons.insert(person, someone.clone());
    }
    assert_eq!(scene.refused(5, 1).code, RejectCode::Limit);
    for (who, seconds) in [(2, 1), (4, 2), (3, 3)] {
        scene.people.seats_gone(&[seat(who, 0)], at(seconds));
    }
    let (_, changes) = scene.try_enter((5, 0), None, at(4)).unwrap();
    assert_eq!(changes.left, [(second, LeftBecause::Away)]);
    let (_, changes) = scene.try_enter((6, 0), None, at(5)).unwrap();
    assert_eq!(changes.left, [(first, LeftBecause::Away)]);
    assert_eq!(scene.refused(7, 6).code, RejectCode::Limit);
    assert!(
        scene.people.contains(dj),
        "who may do more keeps their place"
    );
}

#[test]
fn nobody_takes_the_seat_of_another() {
    let mut scene = Scene::new();
    let entry = Entry {
        principal: principal(2),
        seat: seat(OWNER, 0),
        form: Form::Phone,
        name: None,
        is_owner: false,
        lacks_password: false,
        invite: None,
    };
    let mut chance = scene.chance();
    let outcome = scene
        .people
        .enter(&entry, &scene.settings, at(0), &mut chance);
    assert_eq!(code(outcome), RejectCode::Invalid);
}

#[test]
fn a_report_is_told_when_it_matters_and_no_more_than_each_five_seconds() {
    let mut scene = Scene::new();
    let owner = scene.id(OWNER);
    let report = |error_ms| PlayerReport {
        class: PlayerClass::OwnAudio,
        service: None,
        error_ms: Some(error_ms),
    };
    let shown = |scene: &Scene| scene.people.view(owner).unwrap().player.unwrap().error_ms;
    assert!(!scene.people.report(owner, report(10), at(0)).is_empty());
    assert!(scene.people.report(owner, report(12), at(60)).is_empty());
    assert!(!scene.people.report(owner, report(40), at(60)).is_empty());
    assert!(scene.people.report(owner, report(90), at(61)).is_empty());
    assert_eq!(shown(&scene), Some(40));
    assert_eq!(scene.people.next_deadline(), Some(at(65)));
    assert_eq!(scene.people.tick(at(65)).shown, [owner].into());
    assert_eq!(
        (shown(&scene), scene.people.next_deadline()),
        (Some(90), None)
    );
    scene.people.report(owner, report(10), at(66));
    scene.people.report(owner, report(90), at(67));
    assert_eq!(scene.people.next_deadline(), None);
}

#[test]
fn who_misses_two_starts_in_a_row_is_not_waited_for_until_ready_once() {
    let mut scene = Scene::new();
    let owner = scene.id(OWNER);
    assert!(scene.people.missed([owner]).is_empty());
    assert!(scene.people.was_ready(owner).is_empty());
    assert!(scene.people.missed([owner]).is_empty());
    assert_eq!(scene.people.missed([owner]).shown, [owner].into());
    assert_eq!(scene.people.awaited().len(), 0);
    assert!(scene.people.missed([owner]).is_empty());
    assert_eq!(scene.people.was_ready(owner).shown, [owner].into());
    assert_eq!(scene.people.awaited().len(), 1);
}

#[test]
fn after_a_restart_everybody_has_two_minutes_to_come_back() {
    let mut scene = Scene::new();
    let (owner, guest) = (scene.id(OWNER), scene.come(2, 0));
    scene.people.seats_gone(&[seat(2, 0)], at(0));
    let text = serde_json::to_string(&scene.people).unwrap();
    scene.people = serde_json::from_str(&text).unwrap();
    let changes = scene.people.restarted(at(1_000));
    assert_eq!(changes.shown, [owner].into());
    assert!(scene.people.tick(at(1_000)).is_empty());
    assert_eq!(scene.people.connected_count(), 0);
    assert_eq!(
        (scene.come(OWNER, 1_119), scene.come(2, 1_119)),
        (owner, guest)
    );
}

#[test]
fn names_are_cleaned_and_an_empty_one_takes_the_name_away() {
    let mut scene = Scene::new();
    let owner = scene.id(OWNER);
    let name = |text: &str| Personal::new(text.to_owned());
    assert!(
        !scene
            .people
            .rename(owner, &name(" A\u{202e}na\n"))
            .is_empty()
    );
    assert_eq!(scene.people.name(owner), Some(&name("Ana")));
    assert!(scene.people.rename(owner, &name("Ana")).is_empty());
    scene.people.rename(owner, &name("\u{200b} "));
    assert_eq!(scene.people.name(owner), None);
}
