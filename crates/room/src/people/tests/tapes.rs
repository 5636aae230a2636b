//! What holds of people on any tape of their doings.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::*;

/// One doing of one of eight, to another of them.
#[derive(Clone, Copy, Debug)]
enum Doing {
    Come { tab: u8, with_invite: bool },
    Drop { tab: u8 },
    Leave,
    Kick,
    Ban,
    Grant(Rank),
    Extra(Grant),
    Transfer,
    Restart,
    Wait,
}

fn doing() -> impl Strategy<Value = Doing> {
    let ranks = [
        Rank::Guest,
        Rank::Listener,
        Rank::Dj,
        Rank::Moderator,
        Rank::Host,
        Rank::Owner,
    ];
    prop_oneof![
        6 => (0_u8..3, any::<bool>()).prop_map(|(tab, with_invite)| Doing::Come { tab, with_invite }),
        4 => (0_u8..3).prop_map(|tab| Doing::Drop { tab }),
        1 => Just(Doing::Leave),
        1 => Just(Doing::Kick),
        1 => Just(Doing::Ban),
        3 => proptest::sample::select(ranks.to_vec()).prop_map(Doing::Grant),
        2 => proptest::sample::select(crate::grants::ALL.to_vec()).prop_map(Doing::Extra),
        1 => Just(Doing::Transfer),
        1 => Just(Doing::Restart),
        2 => Just(Doing::Wait),
    ]
}

fn carry_out(
    scene: &mut Scene,
    (who, whom, doing): (u8, u8, Doing),
    token: &Secret<String>,
    now: u64,
) -> Result<Changes, Refusal> {
    let find = |scene: &Scene, who| scene.people.by_principal.get(&principal(who)).copied();
    let settings = scene.settings.clone();
    if let Doing::Come { tab, with_invite } = doing {
        let entered = scene.try_enter((who, tab), with_invite.then_some(token), at(now));
        return entered.map(|(_, changes)| changes);
    }
    let gone = Refusal::stale("not here");
    let (by, to) = (
        find(scene, who).ok_or(gone)?,
        find(scene, whom).ok_or(gone)?,
    );
    let people = &mut scene.people;
    match doing {
        Doing::Drop { tab } => Ok(people.seats_gone(&[seat(who, tab)], at(now))),
        Doing::Leave => Ok(people.leave(by)),
        Doing::Kick => people.kick(by, to, &settings, at(now)),
        Doing::Ban => people.ban(by, to, &settings),
        Doing::Grant(rank) => people.grant((by, to), Some(rank), None, &settings),
        Doing::Extra(grant) => people.grant((by, to), None, Some(&[grant]), &settings),
        Doing::Transfer => people.transfer(by, to),
        Doing::Restart => Ok(people.restarted(at(now))),
        Doing::Wait | Doing::Come { .. } => Ok(people.tick(at(now))),
    }
}

fn views(scene: &Scene) -> BTreeMap<PersonId, PersonView> {
    let all = scene.people.views().into_iter();
    all.map(|view| (view.id, view)).collect()
}

proptest! {
    #[test]
    fn any_tape_keeps_the_order_of_the_house(
        tape in proptest::collection::vec((1_u8..9, 1_u8..9, doing(), 0_u64..90), 0..80),
    ) {
        let mut scene = Scene::new();
        let token = scene.invite(Rank::Dj, 4);
        let mut banned = BTreeSet::new();
        let mut now = 0;
        for (who, whom, doing, pause) in tape {
            now += pause;
            let due = scene.people.tick(at(now));
            prop_assert!(scene.people.next_deadline().is_none_or(|deadline| deadline > at(now)));
            drop(due);
            let before = scene.clone();
            let outcome = carry_out(&mut scene, (who, whom, doing), &token, now);
            let Ok(changes) = outcome else {
                prop_assert_eq!(&before.people, &scene.people);
                continue;
            };
            if matches!(doing, Doing::Ban) {
                banned.insert(principal(whom));
            }
            // A banned principal never enters.
            prop_assert!(scene.people.principals().all(|it| !banned.contains(it)));
            // Nobody ranks above or beside the owner.
            let owners = scene.people.persons.values().filter(|it| it.rank == Rank::Owner);
            prop_assert!(owners.clone().count() <= 1);
            let owner = scene.people.owner.as_ref().unwrap();
            prop_assert!(owners.clone().all(|it| it.principal == owner.principal));
            // Whoever is here while the owner is not: somebody stands in.
            let owner_is_here = scene.people.contains(owner.person);
            let has_host = scene.people.acting.is_some();
            prop_assert_eq!(has_host, !owner_is_here && (has_host || scene.people.connected_count() > 0));
            prop_assert!(!(owner_is_here && has_host));
            // Every difference is told, and nothing else.
            let (was, is) = (views(&before), views(&scene));
            for (id, view) in &is {
                prop_assert!(was.get(id) == Some(view) || changes.shown.contains(id));
            }
            let left: BTreeSet<PersonId> = changes.left.iter().map(|(id, _)| *id).collect();
            for id in was.keys() {
                prop_assert_eq!(!is.contains_key(id), left.contains(id));
            }
            // Whoever only drops keeps rank and grants.
            if let Doing::Drop { .. } | Doing::Restart = doing {
                for (id, view) in &was {
                    prop_assert_eq!((view.rank, &view.extra), (is[id].rank, &is[id].extra));
                }
            }
            // What is kept says all there is.
            let text = serde_json::to_string(&scene.people).unwrap();
            prop_assert_eq!(&serde_json::from_str::<People>(&text).unwrap(), &scene.people);
        }
    }
}
