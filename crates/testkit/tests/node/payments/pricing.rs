//! What can't be sold as it is set, and so is not.

use base::Secret;
use testkit::payments::{Mood, PRICE_MONTH, PRICE_YEAR_OLD, PRICE_YEAR_USD};

use super::*;

/// What the price list says where nothing is left to sell.
const NOT_SOLD: &str = "Pro can’t be bought here.";

async fn until_nothing_is_sold(browser: &TestBrowser) {
    until(async || {
        let page = browser.clone().send("GET", "/pricing").await;
        page.body.contains(NOT_SOLD)
    })
    .await;
}

/// Nobody is told to try again what can't work before the operator has put it right.
async fn nothing_can_be_bought(shop: &Shop, browser: &mut TestBrowser) {
    until_nothing_is_sold(browser).await;
    let page = browser.send("GET", "/pricing").await.body;
    assert!(!page.contains("/account/plan/buy") && !page.contains("EUR"));
    for period in ["month", "year"] {
        let refused = buy(browser, period).await;
        assert_eq!(
            (refused.status, refused.header("location")),
            (303, Some("/pricing")),
            "{period}"
        );
    }
    assert!(shop.service.customers().is_empty());
}

#[tokio::test]
async fn prices_that_are_missing_or_swapped_are_neither_shown_nor_sold() {
    let shop = Shop::open_with(|payments| {
        payments.price_month = Some("price_of_nobody".to_owned());
        payments.price_year = Some(PRICE_MONTH.to_owned());
    })
    .await;
    let mut ada = shop.member("ada@example.org").await;
    nothing_can_be_bought(&shop, &mut ada).await;
}

#[tokio::test]
async fn by_a_key_that_is_not_taken_nothing_is_sold() {
    let old = |payments: &mut PaymentSettings| {
        payments.secret_key = Some(Secret::new("sk_test_old".to_owned()));
    };
    let shop = Shop::open_with(old).await;
    let mut ada = shop.member("ada@example.org").await;
    nothing_can_be_bought(&shop, &mut ada).await;
}

/// What is right is sold beside what is not, and stays so while the service can't be asked.
async fn leaves_the_month(price_year: &str) {
    let set = |payments: &mut PaymentSettings| payments.price_year = Some(price_year.to_owned());
    let shop = Shop::open_with(set).await;
    let mut ada = shop.member("ada@example.org").await;
    let only_the_month = async |browser: &TestBrowser| {
        let page = browser.clone().send("GET", "/pricing").await.body;
        page.contains("5\u{a0}EUR") && !page.contains("value=\"year\"")
    };
    until(async || only_the_month(&ada).await).await;
    let asked = || {
        let asked = shop.service.asked();
        let prices = asked.iter().filter(|one| one.contains("/v1/prices/"));
        prices.count()
    };
    let before = asked();
    shop.service.is(Mood::Down);
    until(async || {
        // The pause may begin only now.
        shop.app.clock.advance(Duration::from_secs(6 * 60));
        asked() > before
    })
    .await;
    assert!(only_the_month(&ada).await, "it is as it was told last");
    shop.service.is(Mood::Well);
    let refused = buy(&mut ada, "year").await;
    assert_eq!(refused.header("location"), Some("/pricing"));
    assert_eq!(buy(&mut ada, "month").await.status, 200);
    assert_eq!(shop.service.open_pages().len(), 1);
}

#[tokio::test]
async fn a_missing_price_for_a_year_leaves_the_month() {
    leaves_the_month("price_of_nobody").await;
}

#[tokio::test]
async fn a_price_for_a_year_in_another_currency_leaves_the_month() {
    leaves_the_month(PRICE_YEAR_USD).await;
}

#[tokio::test]
async fn a_price_for_a_year_that_was_archived_leaves_the_month() {
    leaves_the_month(PRICE_YEAR_OLD).await;
}
