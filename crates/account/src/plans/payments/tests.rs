use proptest::prelude::*;

use super::super::Status;
use super::*;

const DAY: Duration = Duration::from_secs(24 * 60 * 60);
const GRACE: Duration = Duration::from_secs(7 * 24 * 60 * 60);

fn at(days: u32) -> Timestamp {
    Timestamp::from_unix_ms(1_763_760_000_000).after(DAY * days)
}

fn told(day: u32, status: Status, period_end: u32) -> Snapshot {
    Snapshot {
        asked_at: at(day),
        subscription: Subscription {
            status,
            period_end: at(period_end),
            ends_with_period: false,
            price: "price_1".to_owned(),
        },
    }
}

/// Six answers, one for each event of a subscription's life, up to its end.
fn life() -> [Snapshot; 6] {
    [
        told(0, Status::Incomplete, 30),
        told(1, Status::Active, 30),
        told(30, Status::PastDue, 30),
        told(33, Status::Active, 60),
        // From a year to a month: the paid time may end sooner than it did.
        told(40, Status::Active, 45),
        told(45, Status::Canceled, 45),
    ]
}

fn learned<'s>(snapshots: impl IntoIterator<Item = &'s Snapshot>) -> Payments {
    let none = Payments::default();
    snapshots.into_iter().fold(none, |payments, snapshot| {
        payments.learn("sub_1".to_owned(), snapshot.clone())
    })
}

/// Every order of `rest` after `so_far`.
fn permutations(
    so_far: &mut Vec<Snapshot>,
    rest: &mut Vec<Snapshot>,
    see: &mut impl FnMut(&[Snapshot]),
) {
    if rest.is_empty() {
        see(so_far);
    }
    for index in 0..rest.len() {
        so_far.push(rest.remove(index));
        permutations(so_far, rest, see);
        rest.insert(index, so_far.pop().expect("it was pushed above"));
    }
}

#[test]
fn every_order_of_a_life_s_answers_gives_the_same_plan() {
    for length in 1..=6 {
        let life = life()[..length].to_vec();
        let truth = learned(&life);
        let mut seen = 0;
        permutations(&mut Vec::new(), &mut life.clone(), &mut |order| {
            seen += 1;
            assert_eq!(learned(order), truth, "{order:?}");
        });
        assert_eq!(seen, (1..=length).product::<usize>());
        let (_, kept) = truth.subscriptions().next().unwrap();
        assert_eq!(kept, life.last().unwrap());
    }
}

#[test]
fn each_step_of_a_life_has_its_plan() {
    let plans: Vec<Plan> = life()
        .iter()
        .map(|snapshot| learned([snapshot]).plan(snapshot.asked_at, GRACE))
        .collect();
    assert_eq!(
        plans,
        [
            Plan::Free,
            Plan::Pro,
            Plan::Pro,
            Plan::Pro,
            Plan::Pro,
            Plan::Free
        ]
    );
}

#[test]
fn an_end_is_for_ever_whatever_comes_later() {
    let ended = told(10, Status::Canceled, 30);
    let late = told(11, Status::Active, 30);
    assert_eq!(learned([&ended, &late]).plan(at(12), GRACE), Plan::Free);
}

#[test]
fn of_two_subscriptions_bought_at_once_one_is_to_be_cancelled() {
    let payments = learned([&told(0, Status::Active, 30)])
        .learn("sub_2".to_owned(), told(0, Status::Active, 31))
        .learn("sub_0".to_owned(), told(0, Status::Canceled, 90));
    assert!(payments.has_standing());
    assert_eq!(payments.surplus(), ["sub_1"]);
    let settled = payments.learn("sub_1".to_owned(), told(1, Status::Canceled, 30));
    assert!(settled.surplus().is_empty());
    assert_eq!(settled.plan(at(2), GRACE), Plan::Pro);
}

#[test]
fn what_is_unpaid_or_paused_is_not_to_be_bought_again_and_gives_way_to_what_is_paid() {
    for status in [Status::PastDue, Status::Unpaid, Status::Paused] {
        let payments = learned([&told(0, status, 90)]);
        assert!(payments.has_standing(), "{status:?}");
        assert!(payments.surplus().is_empty(), "{status:?}: there is one");
        let both = payments.learn("sub_0".to_owned(), told(0, Status::Active, 30));
        assert_eq!(both.main().unwrap().0, "sub_0", "{status:?}: it is paid");
        assert_eq!(both.surplus(), ["sub_1"], "{status:?}");
        assert_eq!(both.plan(at(1), GRACE), Plan::Pro);
    }
}

#[test]
fn what_lasts_counts_before_what_runs_out() {
    let payments = learned([&told(0, Status::PastDue, 1)])
        .learn("sub_2".to_owned(), told(0, Status::Active, 3))
        .with_gift(Some(at(100)));
    assert_eq!(payments.term(at(2), GRACE), Term::Renews(at(3)));
}

fn any_snapshot() -> impl Strategy<Value = (String, Snapshot)> {
    let statuses = [
        Status::Incomplete,
        Status::Active,
        Status::PastDue,
        Status::Unpaid,
        Status::Paused,
        Status::Canceled,
        Status::Unknown,
    ];
    let places = 0..statuses.len();
    (0_u8..3, 0_u32..5, places, 0_u32..60).prop_map(move |(id, day, status, end)| {
        (format!("sub_{id}"), told(day, statuses[status], end))
    })
}

proptest! {
    #[test]
    fn answers_in_any_order_and_any_number_converge(
        (answers, shuffled) in proptest::collection::vec(any_snapshot(), 0..12)
            .prop_flat_map(|answers| (Just(answers.clone()), Just(answers).prop_shuffle())),
    ) {
        let truth = Payments::read(answers.clone(), None);
        let other = Payments::read(shuffled.into_iter().chain(answers), None);
        prop_assert_eq!(other, truth);
    }

    #[test]
    fn of_all_that_stand_one_is_to_stay_and_it_is_paid_if_any_is(
        answers in proptest::collection::vec(any_snapshot(), 0..12),
    ) {
        let payments = Payments::read(answers, None);
        let standing = payments.subscriptions().map(|(_, snapshot)| snapshot.subscription.status);
        let standing: Vec<Status> = standing.filter(|status| status.stands()).collect();
        prop_assert_eq!(payments.surplus().len(), standing.len().saturating_sub(1));
        if let Some((id, main)) = payments.main() {
            prop_assert!(!payments.surplus().contains(&id));
            let all_owed = standing.iter().all(|status| status.is_owed());
            prop_assert_eq!(main.subscription.status.is_owed(), all_owed);
        }
    }

    #[test]
    fn no_more_than_a_few_subscriptions_are_kept_and_no_live_one_is_lost(count in 0_u32..60) {
        let ended = (0..count).map(|id| (format!("sub_{id}"), told(id, Status::Canceled, id)));
        let live = ("sub_live".to_owned(), told(0, Status::Active, 30));
        let payments = Payments::read(std::iter::once(live).chain(ended), None);
        prop_assert!(payments.subscriptions().count() <= SUBSCRIPTIONS_MAX);
        prop_assert_eq!(payments.plan(at(1), GRACE), Plan::Pro);
    }
}
