//! Whose room it is, whoever is here.

use super::*;

#[test]
fn when_the_owner_drops_the_next_by_rank_stands_in_after_two_minutes() {
    let mut scene = Scene::new();
    let owner = scene.id(OWNER);
    let guest = scene.come(2, 0);
    let moderator = scene.make(3, Rank::Moderator);
    scene.people.seats_gone(&[seat(OWNER, 0)], at(0));
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
    scene.people.seats_gone(&[seat(2, 0)], at(10));
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
fn who_gave_the_room_away_may_cast_as_long_as_their_rank_allows() {
    let mut scene = Scene::new();
    let heir = scene.make(2, Rank::Guest);
    let first = scene.id(OWNER);
    let may_cast = |scene: &Scene, who, seconds| {
        let (people, settings) = (&scene.people, &scene.settings);
        people.may_from_elsewhere(&principal(who), Grant::Cast, settings, at(seconds))
    };
    assert!(may_cast(&scene, OWNER, 0) && !may_cast(&scene, 2, 0));
    scene.people.transfer(first, heir).unwrap();
    assert!(may_cast(&scene, OWNER, 0) && may_cast(&scene, 2, 0));
    let settings = scene.settings.clone();
    let to_guest = |scene: &mut Scene| {
        let guest = Some(Rank::Guest);
        scene.people.grant((heir, first), guest, None, &settings)
    };
    to_guest(&mut scene).unwrap();
    assert!(!may_cast(&scene, OWNER, 0));
    scene.drop_and_forget(2, 1);
    assert!(may_cast(&scene, 2, 90_000), "the owner, wherever they are");
}

#[test]
fn who_may_cast_may_do_so_for_a_day_after_they_were_here() {
    let mut scene = Scene::new();
    scene.make(2, Rank::Dj);
    scene.drop_and_forget(2, 0);
    let may_cast = |seconds| {
        let (people, settings) = (&scene.people, &scene.settings);
        people.may_from_elsewhere(&principal(2), Grant::Cast, settings, at(seconds))
    };
    assert!(may_cast(24 * 3_600) && !may_cast(24 * 3_600 + 120));
}
