//! What holds of people in a room.

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
        Chance::new(Seed(self.seeds))
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
        self.people.seat_gone(seat(who, 0), at(seconds));
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
    scene.people.seat_gone(seat(2, 0), at(2));
    assert!(scene.people.is_connected(first));
    assert_eq!(scene.people.person_of(seat(2, 1)), Some(first));
    assert_eq!(scene.people.person_of(seat(2, 0)), None);
}

#[test]
fn a_reconnect_within_the_grace_keeps_the_person_and_their_rank() {
    let mut scene = Scene::new();
    let dj = scene.make(2, Rank::Dj);
    scene.people.seat_gone(seat(2, 0), at(10));
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
    scene.people.seat_gone(seat(2, 0), at(0));
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
fn when_the_owner_drops_the_next_by_rank_stands_in_after_two_minutes() {
    let mut scene = Scene::new();
    let owner = scene.id(OWNER);
    let guest = scene.come(2, 0);
    let moderator = scene.make(3, Rank::Moderator);
    scene.people.seat_gone(seat(OWNER, 0), at(0));
    scene.people.tick(at(119));
    assert_eq!(scene.rank(moderator), Rank::Moderator);
    let changes = scene.people.tick(at(120));
    assert_eq!(changes.left, [(owner, LeftBecause::Away)]);
    assert!(changes.mine.contains(&moderator) && !changes.mine.contains(&guest));
    assert_eq!(scene.rank(moderator), Rank::Host);
    assert!(
        scene
            .people
            .may(moderator, Grant::Configure, &scene.settings)
    );
    assert!(!scene.people.may_archive(moderator));
}

#[test]
fn when_the_owner_leaves_the_earliest_of_equals_stands_in_at_once() {
    let mut scene = Scene::new();
    let (first, second) = (scene.come(2, 0), scene.come(3, 0));
    let changes = scene.people.leave(scene.id(OWNER));
    assert_eq!(changes.mine, [first].into());
    assert_eq!(
        (scene.rank(first), scene.rank(second)),
        (Rank::Host, Rank::Guest)
    );
    let changes = scene.people.leave(first);
    assert_eq!(changes.mine, [second].into());
    assert_eq!(scene.rank(second), Rank::Host);
}

#[test]
fn the_owner_regains_the_room_on_return() {
    let mut scene = Scene::new();
    let owner = scene.id(OWNER);
    let guest = scene.come(2, 0);
    scene.people.leave(owner);
    assert_eq!(scene.rank(guest), Rank::Host);
    assert_eq!(scene.come(OWNER, 90_000), owner);
    assert_eq!(scene.rank(owner), Rank::Owner);
    assert_eq!(scene.rank(guest), Rank::Guest);
}

#[test]
fn who_stands_in_has_a_grace_of_their_own() {
    let mut scene = Scene::new();
    let (first, second) = (scene.come(2, 0), scene.come(3, 0));
    scene.people.leave(scene.id(OWNER));
    scene.people.seat_gone(seat(2, 0), at(10));
    assert_eq!(scene.rank(first), Rank::Host);
    scene.people.tick(at(130));
    assert_eq!(scene.rank(second), Rank::Host);
}

#[test]
fn nobody_may_send_the_owner_away_even_while_they_are_away() {
    let mut scene = Scene::new();
    let owner = scene.id(OWNER);
    let guest = scene.come(2, 0);
    scene.drop_and_forget(OWNER, 0);
    assert_eq!(scene.rank(guest), Rank::Host);
    let banned = scene.people.ban(guest, owner, &scene.settings);
    assert_eq!(code(banned), RejectCode::Forbidden);
    assert_eq!(scene.come(OWNER, 500), owner);
}

#[test]
fn a_room_that_was_given_away_stays_given_away() {
    let mut scene = Scene::new();
    let (old, new) = (scene.id(OWNER), scene.come(2, 0));
    assert_eq!(code(scene.people.transfer(new, new)), RejectCode::Forbidden);
    assert_eq!(code(scene.people.transfer(old, old)), RejectCode::Invalid);
    let changes = scene.people.transfer(old, new).unwrap();
    assert_eq!(changes.mine, [old, new].into());
    assert_eq!(
        (scene.rank(old), scene.rank(new)),
        (Rank::Host, Rank::Owner)
    );
    scene.people.leave(old);
    let back = scene.come(OWNER, 10);
    assert_eq!(scene.rank(back), Rank::Guest);
}

#[test]
fn a_kick_lasts_ten_minutes_and_takes_the_rank() {
    let mut scene = Scene::new();
    let (owner, dj) = (scene.id(OWNER), scene.make(2, Rank::Dj));
    let changes = scene
        .people
        .kick(owner, dj, &scene.settings, at(0))
        .unwrap();
    assert_eq!(changes.left, [(dj, LeftBecause::Kicked)]);
    assert_eq!(changes.dismissed, [(seat(2, 0), LeftBecause::Kicked)]);
    let refusal = scene.refused(2, 599);
    assert_eq!(refusal.code, RejectCode::Banned);
    assert_eq!(refusal.retry_after, Some(Duration::from_secs(1)));
    let back = scene.come(2, 600);
    assert_eq!(scene.rank(back), Rank::Guest);
}

#[test]
fn a_ban_sticks_until_it_is_pardoned() {
    let mut scene = Scene::new();
    let (owner, guest) = (scene.id(OWNER), scene.come(2, 0));
    scene.people.ban(owner, guest, &scene.settings).unwrap();
    assert_eq!(scene.people.banned(), 1);
    let refusal = scene.refused(2, 1_000_000);
    assert_eq!(
        (refusal.code, refusal.retry_after),
        (RejectCode::Banned, None)
    );
    scene.people.tick(at(2_000_000));
    scene.refused(2, 2_000_000);
    scene.people.pardon(owner, &scene.settings).unwrap();
    assert_eq!(scene.people.banned(), 0);
    scene.come(2, 2_000_000);
}

#[test]
fn who_dropped_out_is_banned_all_the_same() {
    let mut scene = Scene::new();
    let (owner, guest) = (scene.id(OWNER), scene.come(2, 0));
    scene.drop_and_forget(2, 0);
    let changes = scene.people.ban(owner, guest, &scene.settings).unwrap();
    assert!(changes.left.is_empty());
    scene.refused(2, 200);
}

#[test]
fn the_oldest_ban_is_forgotten_when_there_are_too_many() {
    let mut door = Door::default();
    let number = |number: usize| {
        let mut bytes = [0; 32];
        bytes[..8].copy_from_slice(&(number as u64).to_be_bytes());
        Principal(bytes)
    };
    (0..=BANNED_MAX).for_each(|it| door.ban(number(it)));
    assert!(door.check(&number(0), at(0)).is_ok());
    assert!(door.check(&number(1), at(0)).is_err());
    (0..=KICKED_MAX).for_each(|it| door.kick(number(1_000 + it), at(it as u64)));
    assert!(door.check(&number(1_000), at(300)).is_ok());
    assert!(door.check(&number(1_001), at(300)).is_err());
}

#[test]
fn a_ban_ends_the_invite_one_came_by_and_those_one_made() {
    let mut scene = Scene::new();
    let token = scene.invite(Rank::Moderator, 5);
    let (troll, changes) = scene.try_enter((2, 0), Some(&token), at(0)).unwrap();
    assert!(changes.invites);
    assert_eq!(scene.rank(troll), Rank::Moderator);
    let wish = Wish {
        rank: Rank::Guest,
        uses: 9,
        lasts: Duration::from_secs(60),
    };
    let by = (troll, Rank::Moderator);
    let mut chance = scene.chance();
    scene
        .people
        .invites
        .make(wish, by, at(0), &mut chance)
        .unwrap();
    assert_eq!(scene.people.invites.views().len(), 2);
    let owner = scene.id(OWNER);
    let changes = scene.people.ban(owner, troll, &scene.settings).unwrap();
    assert!(changes.invites);
    assert!(scene.people.invites.views().is_empty());
}

#[test]
fn a_locked_room_takes_the_known_and_the_invited_only() {
    let mut scene = Scene::new();
    scene.come(2, 0);
    scene.settings.is_locked = true;
    scene.drop_and_forget(2, 0);
    assert_eq!(scene.refused(3, 130).code, RejectCode::Forbidden);
    scene.come(2, 130);
    let token = scene.invite(Rank::Guest, 1);
    let (invited, _) = scene.try_enter((3, 0), Some(&token), at(130)).unwrap();
    assert_eq!(scene.rank(invited), Rank::Guest);
    assert!(scene.people.invites.views().is_empty());
    let again = scene.try_enter((4, 0), Some(&token), at(130));
    assert_eq!(code(again), RejectCode::Forbidden);
    scene.people.leave(scene.id(OWNER));
    scene.come(OWNER, 130);
}

#[test]
fn an_invite_raises_once_and_never_lowers() {
    let mut scene = Scene::new();
    let token = scene.invite(Rank::Dj, 5);
    let (person, _) = scene.try_enter((2, 0), Some(&token), at(0)).unwrap();
    let uses = |scene: &Scene| scene.people.invites.views()[0].uses_left;
    assert_eq!((scene.rank(person), uses(&scene)), (Rank::Dj, 4));
    let owner = scene.id(OWNER);
    let lowered = Some(Rank::Listener);
    scene
        .people
        .grant((owner, person), lowered, None, &scene.settings)
        .unwrap();
    scene.try_enter((2, 1), Some(&token), at(1)).unwrap();
    assert_eq!((scene.rank(person), uses(&scene)), (Rank::Listener, 4));
    let host = scene.make(3, Rank::Host);
    scene.try_enter((3, 1), Some(&token), at(1)).unwrap();
    scene.try_enter((OWNER, 1), Some(&token), at(1)).unwrap();
    assert_eq!(
        (scene.rank(host), scene.rank(owner)),
        (Rank::Host, Rank::Owner)
    );
    assert_eq!(uses(&scene), 4);
}

#[test]
fn ranks_are_given_below_ones_own_and_grants_that_one_has() {
    let mut scene = Scene::new();
    let owner = scene.id(OWNER);
    let (host, other_host) = (scene.make(2, Rank::Host), scene.make(3, Rank::Host));
    let (dj, guest) = (scene.make(4, Rank::Dj), scene.come(5, 0));
    let settings = scene.settings.clone();
    let mut grant = |by, to, rank, extra: Option<&[Grant]>| {
        scene.people.grant((by, to), rank, extra, &settings)
    };
    assert_eq!(
        code(grant(host, guest, Some(Rank::Host), None)),
        RejectCode::Forbidden
    );
    assert_eq!(
        code(grant(host, other_host, Some(Rank::Guest), None)),
        RejectCode::Forbidden
    );
    assert_eq!(
        code(grant(host, owner, Some(Rank::Guest), None)),
        RejectCode::Forbidden
    );
    assert_eq!(
        code(grant(host, host, Some(Rank::Guest), None)),
        RejectCode::Forbidden
    );
    assert_eq!(
        code(grant(dj, guest, Some(Rank::Guest), None)),
        RejectCode::Forbidden
    );
    assert_eq!(code(grant(host, guest, None, None)), RejectCode::Invalid);
    grant(host, dj, None, Some(&[Grant::Promote, Grant::Promote])).unwrap();
    assert_eq!(
        code(grant(dj, guest, None, Some(&[Grant::Kick]))),
        RejectCode::Forbidden
    );
    grant(dj, guest, Some(Rank::Listener), Some(&[Grant::Skip])).unwrap();
    let view = scene.people.view(guest).unwrap();
    assert_eq!((view.rank, view.extra), (Rank::Listener, vec![Grant::Skip]));
    assert!(scene.people.may(guest, Grant::Skip, &settings));
    assert_eq!(scene.people.view(dj).unwrap().extra, [Grant::Promote]);
}

#[test]
fn a_lower_rank_ends_the_invites_that_one_may_not_make_any_more() {
    let mut scene = Scene::new();
    let (owner, host) = (scene.id(OWNER), scene.make(2, Rank::Host));
    let lasts = Duration::from_secs(60);
    for rank in [Rank::Guest, Rank::Moderator] {
        let mut chance = scene.chance();
        let wish = Wish {
            rank,
            uses: 1,
            lasts,
        };
        scene
            .people
            .invites
            .make(wish, (host, Rank::Host), at(0), &mut chance)
            .unwrap();
    }
    let changes = scene
        .people
        .grant((owner, host), Some(Rank::Dj), None, &scene.settings);
    assert!(changes.unwrap().invites);
    let left = scene.people.invites.views();
    assert_eq!(
        left.iter().map(|it| it.rank).collect::<Vec<_>>(),
        [Rank::Guest]
    );
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
fn nobody_takes_the_seat_of_another() {
    let mut scene = Scene::new();
    let entry = Entry {
        principal: principal(2),
        seat: seat(OWNER, 0),
        form: Form::Phone,
        name: None,
        is_owner: false,
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
    assert_eq!(scene.people.awaited().count(), 0);
    assert!(scene.people.missed([owner]).is_empty());
    assert_eq!(scene.people.was_ready(owner).shown, [owner].into());
    assert_eq!(scene.people.awaited().count(), 1);
}

#[test]
fn after_a_restart_everybody_has_two_minutes_to_come_back() {
    let mut scene = Scene::new();
    let (owner, guest) = (scene.id(OWNER), scene.come(2, 0));
    scene.people.seat_gone(seat(2, 0), at(0));
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

#[test]
fn settings_give_no_rank_what_their_changer_may_not_do() {
    let mut scene = Scene::new();
    let (owner, dj) = (scene.id(OWNER), scene.make(2, Rank::Dj));
    let extra = Some(&[Grant::Configure][..]);
    let settings = scene.settings.clone();
    scene
        .people
        .grant((owner, dj), None, extra, &settings)
        .unwrap();
    let change = |rank, grants: &[Grant]| SettingsChange {
        grants: Some([(rank, grants.to_vec())].into()),
        ..SettingsChange::default()
    };
    let by = |person, change| {
        settings::changed(&settings, &change, scene.people.standing(person).unwrap())
    };
    assert_eq!(
        code(by(dj, change(Rank::Dj, &[Grant::Skip]))),
        RejectCode::Forbidden
    );
    assert_eq!(
        code(by(dj, change(Rank::Guest, &[Grant::Kick]))),
        RejectCode::Forbidden
    );
    assert!(by(dj, change(Rank::Guest, &[Grant::Skip])).is_ok());
    assert!(by(owner, change(Rank::Moderator, &[])).is_ok());
    let guest = scene.come(3, 0);
    let refused = settings::changed(
        &settings,
        &SettingsChange::default(),
        scene.people.standing(guest).unwrap(),
    );
    assert_eq!(code(refused), RejectCode::Forbidden);
}
