//! Ending and keeping Pro, and the service's own pages.

use serde_json::json;

use super::*;

#[tokio::test]
async fn pro_is_ended_in_two_presses_that_say_what_will_happen_and_kept_in_one() {
    let shop = Shop::open().await;
    let mut ada = shop.member("ada@example.org").await;
    shop.sold(&mut ada, "month").await;
    let end = "2026-12-22";
    let page = ada.send("GET", "/account/plan").await;
    assert!(page.body.contains(end) && page.body.contains("/account/plan/cancel"));
    let asked = ada.send("GET", "/account/plan/cancel").await;
    assert!(asked.body.contains(end) && asked.body.contains("Nothing is paid after that"));
    assert!(
        !shop.service.live()[0].ends_with_period,
        "asking ends nothing"
    );
    let ended = end_pro(&mut ada, "with-period").await;
    assert_eq!(ended.header("location"), Some("/account/plan"));
    assert!(shop.service.live()[0].ends_with_period);
    let page = ada.send("GET", "/account/plan").await;
    assert!(
        page.body.contains("It ends on") && page.body.contains(end),
        "{}",
        page.body
    );
    assert_eq!(plan(&mut ada).await, "pro", "what is paid stays");
    shop.app.clock.advance(Duration::from_millis(1));
    send_form(&mut ada, "/account/plan/keep", "").await;
    assert!(!shop.service.live()[0].ends_with_period);
    shop.app.clock.advance(Duration::from_millis(1));
    end_pro(&mut ada, "with-period").await;
    let bought = shop.service.live().remove(0);
    let sooner = shop
        .service
        .change(&bought.id, "active", shop.now_s() + 3_600);
    shop.tell(&sooner).await;
    shop.app.clock.advance(HOUR * 2);
    until_plan(&shop, &mut ada, "free").await;
}

/// What failed is not asked for again: neither now nor at the end of a period that nobody pays for.
#[tokio::test]
async fn who_ends_pro_after_a_payment_failed_ends_it_at_once() {
    let shop = Shop::open().await;
    let mut ada = shop.member("ada@example.org").await;
    shop.sold(&mut ada, "month").await;
    shop.next_payment_fails(&ada).await;
    let asked = ada.send("GET", "/account/plan/cancel").await;
    assert!(asked.body.contains("it ends at once") && !asked.body.contains("change your mind"));
    shop.app.clock.advance(Duration::from_millis(1));
    let ended = end_pro(&mut ada, "at-once").await;
    assert_eq!(ended.header("location"), Some("/account/plan"));
    assert!(shop.service.live().is_empty());
    assert_eq!(plan(&mut ada).await, "free");
    assert_eq!(buy(&mut ada, "month").await.status, 200, "and may buy anew");
}

#[tokio::test]
async fn what_was_paid_a_moment_before_is_not_ended_at_once() {
    let shop = Shop::open().await;
    let mut ada = shop.member("ada@example.org").await;
    shop.sold(&mut ada, "month").await;
    shop.next_payment_fails(&ada).await;
    let bought = shop.service.live().remove(0);
    let _unheard = shop
        .service
        .change(&bought.id, "active", bought.period_end_s);
    shop.app.clock.advance(Duration::from_millis(1));
    let again = end_pro(&mut ada, "at-once").await;
    assert!(again.status == 409 && again.body.contains("Pro stays yours until"));
    assert!(!shop.service.live()[0].ends_with_period, "nothing is ended");
    shop.app.clock.advance(Duration::from_millis(1));
    end_pro(&mut ada, "with-period").await;
    assert!(shop.service.live()[0].ends_with_period);
    assert_eq!(plan(&mut ada).await, "pro");
}

#[tokio::test]
async fn who_has_read_that_pro_stays_does_not_end_it_at_once() {
    let shop = Shop::open().await;
    let mut ada = shop.member("ada@example.org").await;
    shop.sold(&mut ada, "month").await;
    let read = ada.send("GET", "/account/plan/cancel").await;
    assert!(read.body.contains("name=\"shown\" value=\"with-period\""));
    shop.next_payment_fails(&ada).await;
    for shown in ["shown=with-period", "shown=whatever", ""] {
        shop.app.clock.advance(Duration::from_millis(1));
        let again = send_form(&mut ada, "/account/plan/cancel", shown).await;
        assert_eq!(again.status, 409, "{shown}");
        for part in [
            "Something has changed",
            "it ends at once",
            "name=\"shown\" value=\"at-once\"",
        ] {
            assert!(again.body.contains(part), "{shown}: {part}");
        }
    }
    assert_eq!(shop.service.live().len(), 1, "nothing is ended");
    assert_eq!(plan(&mut ada).await, "pro");
    shop.app.clock.advance(Duration::from_millis(1));
    end_pro(&mut ada, "at-once").await;
    assert!(shop.service.live().is_empty());
}

/// The payment service goes on trying, so there is something to end, and nothing to buy twice.
#[tokio::test]
async fn what_is_unpaid_after_the_days_of_grace_can_be_ended_and_is_not_sold_again() {
    let shop = Shop::open().await;
    let mut ada = shop.member("ada@example.org").await;
    shop.sold(&mut ada, "month").await;
    shop.next_payment_fails(&ada).await;
    shop.app.clock.advance(DAY * 8);
    assert_eq!(plan(&mut ada).await, "free");
    let page = ada.send("GET", "/account/plan").await.body;
    for part in ["/account/plan/cancel", "Give another card", "so Pro rests"] {
        assert!(page.contains(part), "{part}");
    }
    assert!(!page.contains("See what Pro is"), "they can't buy it twice");
    let prices = ada.send("GET", "/pricing").await.body;
    assert!(prices.contains("/account/plan\"") && !prices.contains("/account/plan/buy"));
    let asked = ada.send("GET", "/account/plan/cancel").await;
    assert!(asked.status == 200 && asked.body.contains("ends at once"));
    let ended = end_pro(&mut ada, "at-once").await;
    assert_eq!(ended.header("location"), Some("/account/plan"));
    assert!(shop.service.live().is_empty());
    let page = ada.send("GET", "/account/plan").await.body;
    assert!(page.contains("See what Pro is") && !page.contains("/account/plan/cancel"));
    assert_eq!(buy(&mut ada, "month").await.status, 200, "and may buy anew");
}

/// Each stands at the service, and a payment for it may come yet: whoever bought beside it would pay twice.
#[tokio::test]
async fn what_the_service_calls_unpaid_or_paused_can_be_ended_and_is_not_sold_again() {
    let shop = Shop::open().await;
    for status in ["unpaid", "paused"] {
        let mut ada = shop.member(&format!("{status}@example.org")).await;
        shop.sold(&mut ada, "month").await;
        let bought = shop.service.live().remove(0);
        let event = shop.service.change(&bought.id, status, bought.period_end_s);
        shop.tell(&event).await;
        until_plan(&shop, &mut ada, "free").await;
        let page = ada.send("GET", "/account/plan").await.body;
        for part in ["/account/plan/cancel", "Give another card", "so Pro rests"] {
            assert!(page.contains(part), "{status}: {part}");
        }
        assert!(!page.contains("See what Pro is"), "{status}: it is bought");
        let prices = ada.send("GET", "/pricing").await.body;
        assert!(prices.contains("/account/plan\"") && !prices.contains("/account/plan/buy"));
        let again = buy(&mut ada, "year").await;
        assert_eq!(again.header("location"), Some("/account/plan"), "{status}");
        assert!(shop.service.open_pages().is_empty(), "{status}");
        let asked = ada.send("GET", "/account/plan/cancel").await;
        assert!(asked.status == 200 && asked.body.contains("ends at once"));
        let ended = end_pro(&mut ada, "at-once").await;
        assert_eq!(ended.header("location"), Some("/account/plan"));
        assert!(shop.service.live().is_empty(), "{status}");
        assert_eq!(buy(&mut ada, "month").await.status, 200, "and may buy anew");
        shop.service.expire(&shop.service.open_pages()[0]);
    }
}

/// What is owed is ended, however long it would have gone on; what is paid stays.
#[tokio::test]
async fn beside_what_is_paid_nothing_that_is_owed_is_left_standing() {
    let shop = Shop::open().await;
    let mut ada = shop.member("ada@example.org").await;
    shop.sold(&mut ada, "month").await;
    let paid = shop.service.live().remove(0);
    let (now_s, year_s) = (shop.now_s(), 365 * 86_400);
    shop.service
        .add_subscription(&paid.customer, now_s, now_s + year_s);
    let owed = shop.service.live().into_iter().find(|it| it.id != paid.id);
    let owed = owed.expect("two are there").id;
    let event = shop.service.change(&owed, "paused", now_s + year_s);
    shop.tell(&event).await;
    until(async || shop.service.live().len() == 1).await;
    assert_eq!(shop.service.live()[0].id, paid.id);
    assert_eq!(plan(&mut ada).await, "pro");
}

#[tokio::test]
async fn receipts_are_on_the_service_s_own_pages() {
    let shop = Shop::open().await;
    let mut ada = shop.member("ada@example.org").await;
    let nothing = send_form(&mut ada, "/account/plan/pages", "for=everything").await;
    assert_eq!(nothing.status, 409);
    shop.sold(&mut ada, "year").await;
    let forward = send_form(&mut ada, "/account/plan/pages?lang=ru", "for=everything").await;
    let there = there(&forward);
    assert!(there.contains("/p/cus_"), "{there}");
    assert!(
        there.ends_with("/account/plan?lang=ru"),
        "and back in the same language"
    );
    let mut ben = shop.member("ben@example.org").await;
    let nothing = end_pro(&mut ben, "at-once").await;
    assert!(nothing.status == 409 && nothing.body.contains("There is nothing to manage"));
}

/// Promise Y45: who takes a copy, corrects, forgets or plans to leave has the same plan as before.
#[tokio::test]
async fn using_a_right_changes_no_plan() {
    let shop = Shop::open().await;
    let mut ada = shop.member("ada@example.org").await;
    shop.sold(&mut ada, "month").await;
    let before = ada.send("GET", "/account/plan").await.body;
    assert_eq!(ada.send("GET", "/api/v1/account/copy").await.status, 200);
    let uses = [
        ("PATCH", "/api/v1/account", json!({ "user_name": "Ada L" })),
        ("DELETE", "/api/v1/account/history", json!({})),
        (
            "DELETE",
            "/api/v1/account",
            json!({ "word": "erase", "now": false }),
        ),
        ("POST", "/api/v1/account/stay", json!({})),
    ];
    for (method, path, body) in uses {
        let answer = ada.send_json(method, path, &body).await;
        assert!(answer.status < 300, "{path}: {}", answer.body);
    }
    assert_eq!(ada.send("GET", "/account/plan").await.body, before);
}

#[tokio::test]
async fn a_gift_is_shown_as_one_and_nothing_of_it_can_be_ended() {
    let shop = Shop::open().await;
    let mut ada = shop.member("ada@example.org").await;
    let account = shop.account("ada@example.org").await;
    let store = shop.app.store().await;
    let ends = shop.app.clock.now().after(DAY * 10);
    store
        .give_pro(account, Some(ends), shop.app.clock.now())
        .await
        .unwrap();
    store.close().await;
    let page = ada.send("GET", "/account/plan").await;
    assert!(page.body.contains("You were given Pro.") && page.body.contains("2026-12-02"));
    assert!(
        !page.body.contains("/account/plan/cancel") && !page.body.contains("/account/plan/keep")
    );
    let asked = ada.send("GET", "/account/plan/cancel").await;
    assert_eq!(asked.header("location"), Some("/account/plan"));
}
