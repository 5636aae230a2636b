//! Buying: once, whatever pages are open and whatever goes wrong on the way.

use store::NewCheckout;
use testkit::payments::{Mood, PRICE_MONTH, PRICE_YEAR};

use super::*;

#[tokio::test]
async fn who_pays_has_pro_when_the_service_says_so_and_not_before() {
    let shop = Shop::open().await;
    let mut ada = shop.member("ada@example.org").await;
    assert_eq!(plan(&mut ada).await, "free");
    let forward = buy(&mut ada, "month").await;
    let page = shop.service.open_pages().remove(0);
    let address = format!("http://{}/c/pay/{page}", shop.service.address());
    assert_eq!(there(&forward), address);
    let waits = ada.send("GET", "/account/plan/done").await;
    assert!(
        waits.body.contains("data-purchase=\"waits\""),
        "having been there proves nothing"
    );
    assert_eq!(
        waits.header("refresh"),
        Some("1; url=/account/plan/done?looks=1")
    );
    assert_eq!(plan(&mut ada).await, "free");
    let events = shop.service.pay(&page, shop.now_s());
    shop.tell_all(&events).await;
    until_plan(&shop, &mut ada, "pro").await;
    let paid = ada.send("GET", "/account/plan/done").await;
    assert!(paid.body.contains("data-purchase=\"paid\"") && paid.header("refresh").is_none());
    let again = buy(&mut ada, "year").await;
    assert_eq!(
        (again.status, again.header("location")),
        (303, Some("/account/plan"))
    );
    assert_eq!(
        (shop.service.live().len(), shop.service.open_pages().len()),
        (1, 0)
    );
}

#[tokio::test]
async fn a_page_that_waits_long_has_the_service_asked_and_then_leaves_it_to_the_reader() {
    let shop = Shop::open().await;
    let mut ada = shop.member("ada@example.org").await;
    buy(&mut ada, "month").await;
    let page = shop.service.open_pages().remove(0);
    let _unheard = shop.service.pay(&page, shop.now_s());
    let long = ada.send("GET", "/account/plan/done?looks=99").await;
    assert!(long.body.contains("data-purchase=\"waits\"") && long.header("refresh").is_none());
    assert!(long.body.contains("It takes longer than usual."));
    until_plan(&shop, &mut ada, "pro").await;
    let mut ben = shop.member("ben@example.org").await;
    let none = ben.send("GET", "/account/plan/done").await;
    assert!(none.body.contains("data-purchase=\"none\""));
}

#[tokio::test]
async fn two_tabs_at_once_come_to_one_page() {
    let shop = Shop::open().await;
    for mood in [Mood::Well, Mood::Conflicts, Mood::DoneThenLost] {
        shop.service.is(mood);
        let email = format!("{mood:?}@example.org").to_lowercase();
        let mut one = shop.member(&email).await;
        let mut other = one.clone();
        let before = shop.service.open_pages();
        let (first, second) = tokio::join!(buy(&mut one, "month"), buy(&mut other, "month"));
        assert_eq!(there(&first), there(&second), "{mood:?}");
        let pages = shop.service.open_pages();
        let new: Vec<&String> = pages.iter().filter(|page| !before.contains(page)).collect();
        assert_eq!(new.len(), 1, "{mood:?}");
        assert!(there(&first).ends_with(new[0].as_str()));
        shop.app.clock.advance(Duration::from_secs(10));
    }
    let customers = shop.service.customers().len();
    assert_eq!(
        customers, 3,
        "and each is one customer, however often it was asked for"
    );
}

#[tokio::test]
async fn a_tab_for_a_month_and_one_for_a_year_never_make_two_subscriptions() {
    let shop = Shop::open().await;
    let mut one = shop.member("ada@example.org").await;
    let mut other = one.clone();
    buy(&mut one, "month").await;
    let month = shop.service.open_pages().remove(0);
    buy(&mut other, "year").await;
    let open = shop.service.open_pages();
    assert_eq!(open.len(), 1, "the page for a month is closed");
    assert_ne!(open[0], month);
    assert!(shop.service.pay(&month, shop.now_s()).is_empty());
    let (first, second) = tokio::join!(buy(&mut one, "month"), buy(&mut other, "year"));
    assert!(first.status == 200 || second.status == 200);
    assert!(shop.service.open_pages().len() <= 1);
    let events = shop
        .service
        .pay(&shop.service.open_pages()[0], shop.now_s());
    // Before any word of it has come, another purchase is begun.
    let late = buy(&mut one, "year").await;
    assert_eq!(late.header("location"), Some("/account/plan/done"));
    shop.tell_all(&events).await;
    until_plan(&shop, &mut one, "pro").await;
    assert_eq!(shop.service.live().len(), 1);
}

#[tokio::test]
async fn a_page_that_was_left_is_gone_on_with_or_begun_anew() {
    let shop = Shop::open().await;
    let mut ada = shop.member("ada@example.org").await;
    let first = there(&buy(&mut ada, "year").await);
    let plan_page = ada.send("GET", "/account/plan").await;
    assert!(plan_page.body.contains("A purchase is under way."));
    assert_eq!(
        there(&buy(&mut ada, "year").await),
        first,
        "it is still open"
    );
    shop.service.expire(&shop.service.open_pages()[0]);
    let second = there(&buy(&mut ada, "year").await);
    assert_ne!(second, first);
    assert_eq!(plan(&mut ada).await, "free");
    let events = shop
        .service
        .pay(&shop.service.open_pages()[0], shop.now_s());
    shop.tell_all(&events).await;
    until_plan(&shop, &mut ada, "pro").await;
    assert_eq!(shop.service.live()[0].price, PRICE_YEAR);
    let page = ada.send("GET", "/account/plan").await;
    assert!(page.body.contains("You pay every year."), "{}", page.body);
}

#[tokio::test]
async fn a_service_that_is_away_is_said_to_be_and_costs_nothing() {
    let shop = Shop::open().await;
    let mut ada = shop.member("ada@example.org").await;
    shop.service.is(Mood::Down);
    let away = buy(&mut ada, "month").await;
    assert_eq!(away.status, 502);
    assert!(
        away.body.contains("The payment service does not answer") && away.body.contains("UNI-")
    );
    assert_eq!(plan(&mut ada).await, "free");
    shop.service.is(Mood::Slow(Duration::from_millis(300)));
    assert_eq!(
        buy(&mut ada, "month").await.status,
        200,
        "though the service repeats its failure to whoever asks by the same key"
    );
    assert_eq!(shop.service.open_pages().len(), 1);
    shop.service.expire(&shop.service.open_pages()[0]);
    shop.service.is(Mood::Down);
    assert_eq!(buy(&mut ada, "month").await.status, 502);
    shop.service.is(Mood::Well);
    assert_eq!(buy(&mut ada, "month").await.status, 200);
    assert_eq!(shop.service.open_pages().len(), 1);
}

#[tokio::test]
async fn two_tabs_of_two_languages_come_to_one_page() {
    let shop = Shop::open().await;
    shop.service.is(Mood::Slow(Duration::from_millis(100)));
    let mut one = shop.member("ada@example.org").await;
    let mut other = one.clone();
    let (first, second) = tokio::join!(
        buy(&mut one, "month"),
        send_form(&mut other, "/account/plan/buy?lang=ru", "period=month"),
    );
    assert_eq!(there(&first), there(&second));
    assert_eq!(shop.service.open_pages().len(), 1);
}

/// Whoever began it was stopped before it had a page, and spoke another language.
#[tokio::test]
async fn a_purchase_that_was_left_without_a_page_keeps_nobody_from_buying() {
    let shop = Shop::open().await;
    let mut ada = shop.member("ada@example.org").await;
    let left = NewCheckout {
        account: shop.account("ada@example.org").await,
        idempotency_key: "left".to_owned(),
        price: PRICE_MONTH.to_owned(),
        begun_at: shop.app.clock.now(),
    };
    let store = shop.app.store().await;
    store.begin_checkout(&left).await.unwrap().unwrap();
    store.close().await;
    shop.service.spend_key("left");
    let given_up = buy(&mut ada, "month").await;
    assert_eq!(given_up.status, 502);
    assert!(given_up.body.contains("UNI-"));
    assert_eq!(buy(&mut ada, "month").await.status, 200);
    assert_eq!(shop.service.open_pages().len(), 1);
}

/// Nothing here knew of the page any more when it was paid, and no word of that has come.
#[tokio::test]
async fn who_paid_on_a_page_that_is_forgotten_here_is_sold_no_second_subscription() {
    let shop = Shop::open().await;
    let mut ada = shop.member("ada@example.org").await;
    buy(&mut ada, "month").await;
    let account = shop.account("ada@example.org").await;
    let store = shop.app.store().await;
    let row = store.checkout(account).await.unwrap().unwrap();
    let forgotten = store.end_checkout(account, &row.idempotency_key).await;
    forgotten.unwrap();
    store.close().await;
    let page = shop.service.open_pages().remove(0);
    let _unheard = shop.service.pay(&page, shop.now_s());
    assert_eq!(plan(&mut ada).await, "free");
    let second = buy(&mut ada, "year").await;
    assert_eq!(
        (second.status, second.header("location")),
        (303, Some("/account/plan"))
    );
    assert!(shop.service.open_pages().is_empty());
    assert_eq!(shop.service.live().len(), 1);
    assert_eq!(plan(&mut ada).await, "pro", "as the service has it");
}

#[tokio::test]
async fn a_page_that_nobody_would_know_of_is_closed() {
    let shop = Shop::open().await;
    let mut ada = shop.member("ada@example.org").await;
    let account = shop.account("ada@example.org").await;
    shop.service.is(Mood::Slow(Duration::from_millis(300)));
    let ended_meanwhile = async {
        let asked = "POST /v1/checkout/sessions".to_owned();
        until(async || shop.service.asked().contains(&asked)).await;
        let store = shop.app.store().await;
        let row = store.checkout(account).await.unwrap().unwrap();
        let key = row.idempotency_key;
        store.end_checkout(account, &key).await.unwrap();
        store.close().await;
    };
    let (bought, ()) = tokio::join!(buy(&mut ada, "month"), ended_meanwhile);
    let asked = shop.service.asked();
    let is_closing = |one: &&String| one.ends_with("/expire");
    assert_eq!(asked.iter().filter(is_closing).count(), 1, "{asked:?}");
    let open = shop.service.open_pages();
    assert_eq!(open.len(), 1);
    assert!(there(&bought).ends_with(open[0].as_str()));
}

#[tokio::test]
async fn whoever_has_pro_by_now_can_pay_nowhere_again() {
    let shop = Shop::open().await;
    let mut ada = shop.member("ada@example.org").await;
    buy(&mut ada, "month").await;
    assert_eq!(shop.service.open_pages().len(), 1);
    let customer = shop.service.customers().remove(0);
    let now_s = shop.now_s();
    shop.service
        .add_subscription(&customer, now_s, now_s + 30 * 86_400);
    let event = shop
        .service
        .event("customer.subscription.created", &customer);
    shop.tell(&event).await;
    until(async || shop.service.open_pages().is_empty()).await;
    until_plan(&shop, &mut ada, "pro").await;
    assert_eq!(shop.service.live().len(), 1);
}

#[tokio::test]
async fn who_is_in_a_hurry_is_told_how_long_to_wait_and_the_service_is_left_alone() {
    let shop = Shop::open().await;
    let mut ada = shop.member("ada@example.org").await;
    let mut ben = shop.member("ben@example.org").await;
    for _ in 0..20 {
        assert_eq!(buy(&mut ada, "month").await.status, 200);
    }
    let asked = shop.service.asked().len();
    for path in ["/account/plan/buy", "/account/plan/pages"] {
        let answer = send_form(&mut ada, path, "period=month&for=card").await;
        assert_eq!(
            (answer.status, answer.header("retry-after")),
            (429, Some("3"))
        );
        assert!(
            answer.body.contains("That was too often"),
            "{}",
            answer.body
        );
    }
    let waits = ada.send("GET", "/account/plan/done?looks=99").await;
    assert_eq!(waits.status, 200, "it only looks");
    assert_eq!(shop.service.asked().len(), asked);
    assert_eq!(buy(&mut ben, "month").await.status, 200);
    shop.app.clock.advance(Duration::from_secs(3));
    assert_eq!(buy(&mut ada, "month").await.status, 200);
}

#[tokio::test]
async fn a_customer_that_was_deleted_there_becomes_another_one() {
    let shop = Shop::open().await;
    let mut ada = shop.member("ada@example.org").await;
    buy(&mut ada, "month").await;
    let page = shop.service.open_pages().remove(0);
    shop.service.expire(&page);
    let customer = shop.service.customers().remove(0);
    let _unheard = shop.service.delete_customer(&customer);
    assert_eq!(buy(&mut ada, "month").await.status, 200);
    assert_ne!(shop.service.customers(), [customer]);
    assert_eq!(shop.service.customers().len(), 1);
}

#[tokio::test]
async fn only_a_member_buys_and_only_by_a_page_of_ours() {
    let shop = Shop::open().await;
    let mut stranger = TestBrowser::new(shop.app.address());
    let sent_on = buy(&mut stranger, "month").await;
    assert_eq!(
        (sent_on.status, sent_on.header("location")),
        (303, Some("/sign-in"))
    );
    let mut ada = shop.member("ada@example.org").await;
    let foreign = [
        FORM,
        ("sec-fetch-site", "cross-site"),
        ("origin", "https://evil.example"),
    ];
    for path in [
        "/account/plan/buy",
        "/account/plan/cancel",
        "/account/plan/keep",
        "/account/plan/pages",
    ] {
        let refused = ada.request("POST", path, &foreign, b"period=month").await;
        assert_eq!(refused.status, 403, "{path}");
    }
    let nonsense = buy(&mut ada, "decade").await;
    assert_eq!(nonsense.header("location"), Some("/pricing"));
    assert!(shop.service.customers().is_empty());
}
