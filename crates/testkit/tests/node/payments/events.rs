//! What the service tells: once, twice, late, forged, in any order. Only what it answers when it is asked counts.

use testkit::files::files_with;
use testkit::payments::{CANARY, Mood, WEBHOOK_SECRET, signature};

use super::*;
use crate::database::tamper;

/// Promises S6, S19: of everything that the service says, name, address, mail and card, nothing is in any file.
#[tokio::test]
async fn from_the_payment_service_come_a_name_and_a_state_and_nothing_else() {
    let shop = Shop::open().await;
    let mut ada = shop.member("ada@example.org").await;
    shop.sold(&mut ada, "month").await;
    let bought = shop.service.live().remove(0);
    for status in ["past_due", "active"] {
        let event = shop
            .service
            .change(&bought.id, status, shop.now_s() + 1_000);
        shop.tell(&event).await;
    }
    for kind in [
        "charge.succeeded",
        "invoice.payment_failed",
        "customer.updated",
    ] {
        let event = shop.service.event(kind, &bought.customer);
        assert!(event.body.contains(CANARY));
        assert_eq!(shop.tell(&event).await.status, 200, "{kind}");
    }
    ada.send("GET", "/account/plan").await;
    assert!(
        !files_with(shop.app.folder(), &bought.customer).is_empty(),
        "the scan finds what is kept"
    );
    assert_eq!(files_with(shop.app.folder(), CANARY), Vec::<String>::new());
}

#[tokio::test]
async fn what_is_told_twice_or_backwards_counts_once() {
    let shop = Shop::open().await;
    let mut ada = shop.member("ada@example.org").await;
    buy(&mut ada, "month").await;
    let page = shop.service.open_pages().remove(0);
    let mut events = shop.service.pay(&page, shop.now_s());
    events.reverse();
    shop.tell_all(&events).await;
    shop.tell_all(&events).await;
    until_plan(&shop, &mut ada, "pro").await;
    let asked = || {
        let asked = shop.service.asked();
        asked
            .iter()
            .filter(|one| *one == "GET /v1/subscriptions")
            .count()
    };
    shop.tell_all(&events).await;
    // What is new is asked for; what was heard before is not.
    let bought = shop.service.live().remove(0);
    let ended = shop.service.change(&bought.id, "canceled", shop.now_s());
    shop.tell(&ended).await;
    until_plan(&shop, &mut ada, "free").await;
    assert!(asked() <= events.len() + 1, "{} questions", asked());
}

#[tokio::test]
async fn an_event_that_is_forged_or_of_another_time_changes_nothing() {
    let shop = Shop::open().await;
    let mut ada = shop.member("ada@example.org").await;
    buy(&mut ada, "month").await;
    let page = shop.service.open_pages().remove(0);
    let event = shop.service.pay(&page, shop.now_s()).remove(0);
    let now = shop.now_s();
    let right = signature(WEBHOOK_SECRET, now, &event.body);
    let forged = signature("whsec_other", now, &event.body);
    let refused = [
        String::new(),
        format!("t={now},v1={forged}"),
        format!("t={},v1={right}", now + 1),
        format!("t={now},v0={right}"),
        event.signed(now - 301),
        event.signed(now + 400),
        event.signed(now - 86_400),
        "x".repeat(5_000),
    ];
    for signature in refused {
        let answer = shop.tell_signed(&event, &signature).await;
        assert_eq!(answer.status, 400, "{signature}");
    }
    assert_eq!(plan(&mut ada).await, "free");
    let two = format!("t={now},v1={forged},v1={right}");
    assert_eq!(
        shop.tell_signed(&event, &two).await.status,
        200,
        "while a secret is replaced"
    );
    until_plan(&shop, &mut ada, "pro").await;
}

/// What could not be kept is not said to be heard, and half of it is not kept either: sent again, it counts.
#[tokio::test]
async fn an_event_that_the_store_fails_to_keep_is_asked_for_again_and_then_counts() {
    let shop = Shop::open().await;
    let mut ada = shop.member("ada@example.org").await;
    buy(&mut ada, "month").await;
    let page = shop.service.open_pages().remove(0);
    let event = shop.service.pay(&page, shop.now_s()).remove(0);
    let asked = || {
        let asked = shop.service.asked();
        let questions = asked.iter().filter(|one| *one == "GET /v1/subscriptions");
        questions.count()
    };
    let before = asked();
    for (stuck, freed) in [
        (
            "CREATE TRIGGER stuck BEFORE INSERT ON payment_events BEGIN SELECT RAISE(ABORT, 'stuck'); END",
            "DROP TRIGGER stuck",
        ),
        (
            "CREATE TRIGGER stuck BEFORE UPDATE ON payment_customers BEGIN SELECT RAISE(ABORT, 'stuck'); END",
            "DROP TRIGGER stuck",
        ),
        (
            "ALTER TABLE payment_events RENAME TO out_of_reach",
            "ALTER TABLE out_of_reach RENAME TO payment_events",
        ),
    ] {
        tamper(&shop.app, stuck).await;
        let answer = shop.tell(&event).await;
        assert_eq!(answer.status, 503, "{stuck}: {}", answer.body);
        assert!(answer.body.contains("Send it again later."), "{stuck}");
        tamper(&shop.app, freed).await;
    }
    assert_eq!(asked(), before, "nothing was heard");
    assert_eq!(shop.tell(&event).await.status, 200);
    until(async || asked() > before).await;
    until_plan(&shop, &mut ada, "pro").await;
}

/// The orders in which `count` things can come.
fn orders(count: usize) -> Vec<Vec<usize>> {
    (0..count).fold(vec![Vec::new()], |all, next| {
        let with_next = |order: &Vec<usize>| {
            let order = order.clone();
            (0..=order.len()).map(move |place| {
                let mut longer = order.clone();
                longer.insert(place, next);
                longer
            })
        };
        all.iter().flat_map(with_next).collect()
    })
}

/// Promise S6: each order of five changes of a subscription, each event twice and signed, through the door. The plan is
/// what the service's own books say, whatever came last; and nothing that must not be kept is.
#[tokio::test]
async fn in_each_order_of_events_at_the_door_the_plan_is_what_the_service_has() {
    let shop = Shop::open().await;
    let mut ada = shop.member("ada@example.org").await;
    shop.service.is(Mood::Down);
    assert_eq!(buy(&mut ada, "month").await.status, 502, "a refusal too");
    shop.service.is(Mood::Well);
    shop.sold(&mut ada, "month").await;
    let account = shop.account("ada@example.org").await;
    let store = shop.app.store().await;
    let until_known = async |id: &str, status: &str| {
        until(async || {
            let payments = store.payments_of(account).await.unwrap();
            let mut known = payments.subscriptions();
            known.any(|(name, told)| name == id && told.subscription.status.as_str() == status)
        })
        .await;
    };
    let mut last = shop.service.live().remove(0);
    let all = orders(5);
    assert_eq!(all.len(), 120);
    for (number, order) in all.iter().enumerate() {
        let end = last.period_end_s;
        shop.tell(&shop.service.change(&last.id, "canceled", end))
            .await;
        until_known(&last.id, "canceled").await;
        shop.service.retire(&last.id);
        let begin = shop.now_s();
        shop.service.add_subscription(&last.customer, begin, end);
        last = shop.service.live().remove(0);
        let ends_as = ["active", "canceled", "unpaid"][number % 3];
        let life = ["incomplete", "active", "past_due", "active", ends_as];
        let mut events = Vec::new();
        for &place in order {
            // Nothing is told before it has happened.
            while events.len() <= place {
                events.push(shop.service.change(&last.id, life[events.len()], end));
            }
            for _ in 0..2 {
                assert_eq!(shop.tell(&events[place]).await.status, 200, "{order:?}");
            }
        }
        until_known(&last.id, ends_as).await;
        let wanted = if ends_as == "active" { "pro" } else { "free" };
        assert_eq!(plan(&mut ada).await, wanted, "{order:?}");
        // No faster than the service may be asked.
        shop.app.clock.advance(Duration::from_secs(1));
    }
    store.close().await;
    assert!(!files_with(shop.app.folder(), &last.customer).is_empty());
    assert_eq!(files_with(shop.app.folder(), CANARY), Vec::<String>::new());
}

#[tokio::test]
async fn an_event_of_nobody_here_or_of_no_interest_is_taken_and_not_kept() {
    let shop = Shop::open().await;
    let mut ada = shop.member("ada@example.org").await;
    buy(&mut ada, "month").await;
    let customer = shop.service.customers().remove(0);
    let asked = shop.service.asked().len();
    for event in [
        shop.service
            .event("customer.subscription.updated", "cus_of_nobody"),
        shop.service.event("charge.succeeded", &customer),
        shop.service.event("brand.new.kind", &customer),
    ] {
        assert_eq!(shop.tell(&event).await.status, 200);
        assert_eq!(
            files_with(shop.app.folder(), &event.id),
            Vec::<String>::new()
        );
    }
    assert_eq!(
        shop.service.asked().len(),
        asked,
        "nobody is asked about them"
    );
    let mut long = shop.service.event("invoice.paid", &customer);
    long.body.push_str(&" ".repeat(300 * 1024));
    assert_eq!(shop.tell(&long).await.status, 413);
}

#[tokio::test]
async fn news_that_are_a_day_late_or_never_come_lead_to_the_same_plan() {
    let shop = Shop::open().await;
    let mut ada = shop.member("ada@example.org").await;
    buy(&mut ada, "month").await;
    let page = shop.service.open_pages().remove(0);
    let unheard = shop.service.pay(&page, shop.now_s());
    shop.app.clock.advance(HOUR);
    until_plan(&shop, &mut ada, "pro").await;
    let bought = shop.service.live().remove(0);
    let _unheard = shop.service.change(&bought.id, "canceled", shop.now_s());
    shop.app.clock.advance(HOUR + Duration::from_secs(60));
    until_plan(&shop, &mut ada, "free").await;
    shop.app.clock.advance(DAY);
    let before = shop.service.asked().len();
    shop.tell_all(&unheard).await;
    until(async || shop.service.asked().len() > before).await;
    assert_eq!(
        plan(&mut ada).await,
        "free",
        "a late word of a beginning undoes no end"
    );
}

#[tokio::test]
async fn a_question_that_fails_is_asked_again_until_it_is_answered() {
    let shop = Shop::open().await;
    let mut ada = shop.member("ada@example.org").await;
    buy(&mut ada, "month").await;
    let page = shop.service.open_pages().remove(0);
    let events = shop.service.pay(&page, shop.now_s());
    shop.service.is(Mood::Down);
    let before = shop.service.asked().len();
    shop.tell_all(&events).await;
    until(async || shop.service.asked().len() >= before + 3).await;
    assert_eq!(plan(&mut ada).await, "free");
    shop.service.is(Mood::Well);
    shop.app.clock.advance(Duration::from_secs(120));
    until_plan(&shop, &mut ada, "pro").await;
}

#[tokio::test]
async fn a_payment_that_failed_leaves_days_of_grace_and_a_way_to_pay() {
    let shop = Shop::open().await;
    let mut ada = shop.member("ada@example.org").await;
    shop.sold(&mut ada, "month").await;
    shop.next_payment_fails(&ada).await;
    assert_eq!(plan(&mut ada).await, "pro");
    let card = send_form(&mut ada, "/account/plan/pages", "for=card").await;
    assert!(there(&card).contains("/p/cus_"));
    shop.app.clock.advance(DAY * 7 - HOUR);
    assert_eq!(plan(&mut ada).await, "pro");
    shop.app.clock.advance(HOUR);
    assert_eq!(
        plan(&mut ada).await,
        "free",
        "though the period that is not paid goes on"
    );
}

#[tokio::test]
async fn of_two_subscriptions_one_is_ended() {
    let shop = Shop::open().await;
    let mut ada = shop.member("ada@example.org").await;
    shop.sold(&mut ada, "month").await;
    let customer = shop.service.customers().remove(0);
    shop.service
        .add_subscription(&customer, shop.now_s(), shop.now_s() + 400 * 86_400);
    assert_eq!(shop.service.live().len(), 2);
    let event = shop
        .service
        .event("customer.subscription.created", &customer);
    shop.tell(&event).await;
    until(async || shop.service.live().len() == 1).await;
    assert_eq!(plan(&mut ada).await, "pro");
}

#[tokio::test]
async fn a_customer_that_the_operator_deletes_has_nothing_any_more() {
    let shop = Shop::open().await;
    let mut ada = shop.member("ada@example.org").await;
    shop.sold(&mut ada, "month").await;
    let customer = shop.service.customers().remove(0);
    assert!(!files_with(shop.app.folder(), &customer).is_empty());
    let gone = shop.service.delete_customer(&customer);
    shop.tell(&gone).await;
    until_plan(&shop, &mut ada, "free").await;
    until(async || files_with(shop.app.folder(), &customer).is_empty()).await;
    assert_eq!(buy(&mut ada, "month").await.status, 200, "and may buy anew");
}
