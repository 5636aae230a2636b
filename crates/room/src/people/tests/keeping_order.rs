//! Kicks, bans, invites and ranks: only those above, and for as long as it should be.

use super::*;

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

#[test]
fn a_ban_ends_every_invite_that_raised_somebody_also_of_who_dropped_out() {
    for is_here in [true, false] {
        let mut scene = Scene::new();
        let tokens = [scene.invite(Rank::Dj, 5), scene.invite(Rank::Moderator, 5)];
        for (tab, token) in (0..).zip(&tokens) {
            scene.try_enter((2, tab), Some(token), at(0)).unwrap();
        }
        let (owner, guest) = (scene.id(OWNER), scene.id(2));
        if !is_here {
            scene.people.seats_gone(&[seat(2, 1)], at(0));
            scene.drop_and_forget(2, 0);
        }
        let changes = scene.people.ban(owner, guest, &scene.settings).unwrap();
        assert!(changes.invites);
        for token in &tokens {
            assert_eq!(scene.people.invites.find(token, at(121)), None);
        }
    }
}
