//! What is bought and given, and what the payment service is still to be asked or told.

use account::plans::{Payments, Plan, Status, Subscription};
use base::{AccountId, Personal, Timestamp};
use store::{Heard, NewCheckout, Store};

use crate::accounts::keep;
use crate::home::{Home, at};

const GRACE: std::time::Duration = std::time::Duration::from_secs(7 * 24 * 60 * 60);
const DAY: u64 = 24 * 60 * 60;

crate::on_both_databases! {
    an_event_counts_once_and_wishes_that_the_service_be_asked,
    what_the_service_told_is_kept_whatever_came_last,
    a_customer_that_is_lost_takes_what_it_bought_along,
    a_question_that_failed_waits_unless_something_new_is_heard,
    everybody_is_asked_about_in_time,
    a_gift_is_given_and_taken_back,
    one_purchase_is_under_way_at_a_time,
    a_farewell_waits_until_it_was_said,
    what_was_bought_goes_with_its_account,
}

fn name(text: &str) -> Personal<String> {
    Personal::new(text.to_owned())
}

fn told(status: Status, period_end: Timestamp) -> Subscription {
    Subscription {
        status,
        period_end,
        ends_with_period: false,
        price: "price_m".to_owned(),
    }
}

/// An account that the payment service calls `customer`.
async fn customer(store: &Store, customer: &str) -> AccountId {
    let account = keep(store, &format!("{customer}@example.org")).await;
    let kept = store.keep_customer(account, &name(customer), at(0)).await;
    assert_eq!(kept.unwrap(), Some(name(customer)));
    account
}

async fn learn(
    store: &Store,
    account: AccountId,
    asked_s: u64,
    subscription: Subscription,
) -> Option<Payments> {
    let answers = [("sub_1".to_owned(), subscription)];
    store
        .learn_payments(account, 0, at(asked_s), &answers)
        .await
        .unwrap()
}

async fn an_event_counts_once_and_wishes_that_the_service_be_asked(home: Home) {
    let store = home.store().await;
    let account = customer(&store, "cus_1").await;
    let hear = async |event: &str, customer: &str| {
        let customer = name(customer);
        let heard = store.hear_payment_event(event, &customer, at(1));
        heard.await.unwrap()
    };
    assert_eq!(hear("evt_1", "cus_1").await, Heard::New);
    assert_eq!(hear("evt_1", "cus_1").await, Heard::Again);
    assert_eq!(hear("evt_2", "cus_2").await, Heard::Stranger);
    let due = store
        .take_customers_to_ask(at(1), at(100), 10)
        .await
        .unwrap();
    assert_eq!((due.len(), due[0].account, due[0].wished), (1, account, 1));
    let nobody = store.take_customers_to_ask(at(99), at(200), 10).await;
    assert!(nobody.unwrap().is_empty(), "somebody is at it");
    assert_eq!(hear("evt_3", "cus_1").await, Heard::New);
    let answers = [("sub_1".to_owned(), told(Status::Active, at(30 * DAY)))];
    let learnt = store.learn_payments(account, due[0].wished, at(1), &answers);
    assert_eq!(learnt.await.unwrap().unwrap().plan(at(2), GRACE), Plan::Pro);
    let again = store
        .take_customers_to_ask(at(1), at(100), 10)
        .await
        .unwrap();
    assert_eq!(again[0].wished, 2, "the later event was not answered");
    store.learn_payments(account, 2, at(2), &[]).await.unwrap();
    let none = store
        .take_customers_to_ask(at(100_000), at(100_001), 10)
        .await;
    assert!(none.unwrap().is_empty());
    let month = at(0).after(std::time::Duration::from_secs(31 * DAY));
    assert_eq!(crate::accounts::swept(&store, month).await, 2, "events go");
}

async fn what_the_service_told_is_kept_whatever_came_last(home: Home) {
    let store = home.store().await;
    let account = customer(&store, "cus_1").await;
    learn(&store, account, 20, told(Status::PastDue, at(10))).await;
    let late = learn(&store, account, 10, told(Status::Active, at(90))).await;
    let kept = late.unwrap();
    let (id, snapshot) = kept.subscriptions().next().unwrap();
    assert_eq!(
        (id, &snapshot.subscription),
        ("sub_1", &told(Status::PastDue, at(10)))
    );
    assert_eq!(store.payments_of(account).await.unwrap(), kept);
    let stranger = keep(&store, "stranger@example.org").await;
    let none = learn(&store, stranger, 1, told(Status::Active, at(90))).await;
    assert!(none.is_none(), "nobody is told of what they did not buy");
    assert_eq!(
        store.payments_of(stranger).await.unwrap(),
        Payments::default()
    );
}

async fn a_customer_that_is_lost_takes_what_it_bought_along(home: Home) {
    let store = home.store().await;
    let account = customer(&store, "cus_1").await;
    learn(&store, account, 1, told(Status::Active, at(90))).await;
    let lost = store.lose_customer(&name("cus_1")).await.unwrap();
    assert_eq!(lost, Some(account));
    let payments = store.payments_of(account).await.unwrap();
    assert!(!payments.has_standing() && payments.subscriptions().count() == 1);
    assert_eq!(store.lose_customer(&name("cus_1")).await.unwrap(), None);
    let late = learn(&store, account, 2, told(Status::Active, at(90))).await;
    assert!(late.is_none());
    let again = store.keep_customer(account, &name("cus_2"), at(3)).await;
    assert_eq!(again.unwrap(), Some(name("cus_2")));
    let first = store.keep_customer(account, &name("cus_3"), at(3)).await;
    assert_eq!(first.unwrap(), Some(name("cus_2")), "the first one stays");
}

async fn a_question_that_failed_waits_unless_something_new_is_heard(home: Home) {
    let store = home.store().await;
    let account = customer(&store, "cus_1").await;
    assert!(store.wish_to_ask(account, at(0)).await.unwrap());
    let take = async |now| {
        let taken = store.take_customers_to_ask(at(now), at(now + 10), 10).await;
        taken.unwrap()
    };
    let row = take(0).await.remove(0);
    store.put_off_asking(&row, at(60)).await.unwrap();
    assert!(take(59).await.is_empty());
    let row = take(60).await.remove(0);
    assert_eq!(row.attempts, 2);
    let customer = name("cus_1");
    let heard = store.hear_payment_event("evt_1", &customer, at(61));
    assert_eq!(heard.await.unwrap(), Heard::New);
    store.put_off_asking(&row, at(600)).await.unwrap();
    assert_eq!(
        take(61).await[0].attempts,
        1,
        "what is new is asked at once"
    );
}

async fn everybody_is_asked_about_in_time(home: Home) {
    let store = home.store().await;
    let payer = customer(&store, "cus_1").await;
    let gone = customer(&store, "cus_2").await;
    learn(&store, payer, 10, told(Status::Active, at(90 * DAY))).await;
    let over = [("sub_2".to_owned(), told(Status::Canceled, at(1)))];
    store.learn_payments(gone, 0, at(10), &over).await.unwrap();
    let wish = async |often: u64, seldom: u64| {
        let wished = store.wish_to_ask_all(at(often), at(seldom), at(20), 10);
        wished.await.unwrap()
    };
    assert_eq!(wish(9, 0).await, 0);
    assert_eq!(wish(10, 0).await, 1, "who pays");
    assert_eq!(
        wish(10, 10).await,
        1,
        "and everybody else, seldom; who is waited for already is not"
    );
    assert_eq!(wish(10, 10).await, 0);
}

async fn a_gift_is_given_and_taken_back(home: Home) {
    let store = home.store().await;
    let account = keep(&store, "a@example.org").await;
    let plan = async || store.payments_of(account).await.unwrap().plan(at(1), GRACE);
    assert!(store.give_pro(account, Some(at(10)), at(0)).await.unwrap());
    assert_eq!(plan().await, Plan::Pro);
    assert_eq!(store.payers_after(None, 10).await.unwrap(), [account]);
    assert!(
        store
            .payers_after(Some(account), 10)
            .await
            .unwrap()
            .is_empty()
    );
    assert!(store.give_pro(account, Some(at(1)), at(0)).await.unwrap());
    assert_eq!(plan().await, Plan::Free);
    assert!(store.give_pro(account, None, at(0)).await.unwrap());
    assert!(store.payers_after(None, 10).await.unwrap().is_empty());
    let nobody = AccountId::new(at(0), &base::OsEntropy);
    assert!(!store.give_pro(nobody, Some(at(10)), at(0)).await.unwrap());
    assert!(!store.give_pro(nobody, None, at(0)).await.unwrap());
}

async fn one_purchase_is_under_way_at_a_time(home: Home) {
    let store = home.store().await;
    let account = keep(&store, "a@example.org").await;
    let new = |key: &str| NewCheckout {
        account,
        idempotency_key: key.to_owned(),
        price: "price_m".to_owned(),
        begun_at: at(0),
    };
    let (new_one, new_other) = (new("one"), new("other"));
    let (one, other) = tokio::join!(
        store.begin_checkout(&new_one),
        store.begin_checkout(&new_other),
    );
    let (one, other) = (one.unwrap().unwrap(), other.unwrap().unwrap());
    assert_eq!(one, other, "two pages begin the same");
    let key = &one.idempotency_key;
    let note = async |key: &str, page| {
        let noted = store.note_checkout_page(account, key, page, at(100));
        noted.await.unwrap()
    };
    assert!(note(key, "cs_1").await);
    assert!(!note("older", "cs_0").await);
    store.end_checkout(account, "older").await.unwrap();
    store.give_up_checkout(account, key).await.unwrap();
    let row = store.checkout(account).await.unwrap().unwrap();
    assert_eq!(row.page.as_deref(), Some("cs_1"));
    let swept = async |now| crate::accounts::swept(&store, at(now)).await;
    assert_eq!(swept(DAY + 1).await, 0, "its page is as old as that");
    assert_eq!(swept(DAY + 101).await, 1);
    store.begin_checkout(&new("third")).await.unwrap();
    store.give_up_checkout(account, "other").await.unwrap();
    assert!(store.checkout(account).await.unwrap().is_some());
    store.give_up_checkout(account, "third").await.unwrap();
    assert!(store.checkout(account).await.unwrap().is_none());
    store.begin_checkout(&new("fourth")).await.unwrap();
    store.end_checkout(account, "fourth").await.unwrap();
    assert!(store.checkout(account).await.unwrap().is_none());
    store.begin_checkout(&new("fifth")).await.unwrap();
    assert_eq!(swept(DAY + 1).await, 1);
    let nobody = NewCheckout {
        account: AccountId::new(at(0), &base::OsEntropy),
        ..new("nobody")
    };
    assert!(store.begin_checkout(&nobody).await.unwrap().is_none());
}

async fn a_farewell_waits_until_it_was_said(home: Home) {
    let store = home.store().await;
    for _ in 0..2 {
        store.begin_farewell(&name("cus_1"), at(0)).await.unwrap();
    }
    let take = async |now| {
        let taken = store.take_due_farewells(at(now), at(now + 10), 10).await;
        taken.unwrap()
    };
    let row = take(0).await.remove(0);
    assert_eq!((row.customer.clone(), row.attempts), (name("cus_1"), 1));
    assert!(take(9).await.is_empty());
    store.put_off_farewell(&row.customer, at(60)).await.unwrap();
    assert!(take(59).await.is_empty());
    assert_eq!(take(60).await[0].attempts, 2);
    store.end_farewell(&row.customer).await.unwrap();
    assert_eq!(store.farewell_count().await.unwrap(), 0);
}

async fn what_was_bought_goes_with_its_account(home: Home) {
    let store = home.store().await;
    let account = customer(&store, "cus_1").await;
    learn(&store, account, 1, told(Status::Active, at(90))).await;
    store.give_pro(account, Some(at(10)), at(0)).await.unwrap();
    assert!(store.delete_account(account).await.unwrap());
    assert_eq!(
        store.payments_of(account).await.unwrap(),
        Payments::default()
    );
    assert!(store.customer_of(account).await.unwrap().is_none());
}

/// Every order of `rest` after `so_far`.
fn orders(so_far: &mut Vec<usize>, rest: &mut Vec<usize>, all: &mut Vec<Vec<usize>>) {
    if rest.is_empty() {
        all.push(so_far.clone());
    }
    for index in 0..rest.len() {
        so_far.push(rest.remove(index));
        orders(so_far, rest, all);
        rest.insert(index, so_far.pop().unwrap());
    }
}

/// All 720 orders in which what is told in a subscription's life can come, each through the tables: what is kept in the
/// end is the same as in the order in which it happened.
#[tokio::test]
async fn every_order_of_six_events_leads_to_the_same_plan() {
    let store = Home::sqlite();
    let store = store.store().await;
    let life = [
        (0, told(Status::Incomplete, at(30 * DAY))),
        (1, told(Status::Active, at(30 * DAY))),
        (30 * DAY, told(Status::PastDue, at(30 * DAY))),
        (33 * DAY, told(Status::Active, at(60 * DAY))),
        (40 * DAY, told(Status::Active, at(45 * DAY))),
        (45 * DAY, told(Status::Canceled, at(45 * DAY))),
    ];
    let account = customer(&store, "cus_0").await;
    for (asked_s, subscription) in life.clone() {
        learn(&store, account, asked_s, subscription).await;
    }
    let truth = store.payments_of(account).await.unwrap();
    let mut all = Vec::new();
    orders(&mut Vec::new(), &mut (0..life.len()).collect(), &mut all);
    assert_eq!(all.len(), 720);
    for (number, order) in all.iter().enumerate() {
        let sub = format!("sub_of_{number}");
        let called = format!("cus_of_{number}");
        let account = customer(&store, &called).await;
        for &place in order {
            let (asked_s, subscription) = life[place].clone();
            let event = format!("evt_{number}_{place}");
            let called = name(&called);
            let heard = store.hear_payment_event(&event, &called, at(asked_s));
            assert_eq!(heard.await.unwrap(), Heard::New);
            let answers = [(sub.clone(), subscription)];
            let learnt = store.learn_payments(account, 6, at(asked_s), &answers);
            learnt.await.unwrap().unwrap();
        }
        let kept = store.payments_of(account).await.unwrap();
        let told = |payments: &Payments| payments.subscriptions().next().unwrap().1.clone();
        assert_eq!(told(&kept), told(&truth), "{order:?}");
    }
}
