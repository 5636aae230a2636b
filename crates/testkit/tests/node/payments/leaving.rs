//! Who leaves is forgotten at the payment service too, also when that is down at the time.

use std::path::Path;

use serde_json::{Value, json};
use testkit::browser::json as read;
use testkit::payments::Mood;

use super::*;

pub(super) async fn leave(browser: &mut TestBrowser) {
    let wish = json!({ "word": "erase", "now": true });
    let left = browser.send_json("DELETE", "/api/v1/account", &wish).await;
    assert_eq!(left.status, 200, "{}", left.body);
    let left: Value = read(&left);
    assert_eq!(
        left["erased"]["counts"]["payment_customers"], 1,
        "the ledger's line counts it"
    );
}

fn is_kept(folder: &Path, text: &str) -> bool {
    let mut files = std::fs::read_dir(folder.join("data")).unwrap();
    files.any(|file| {
        let bytes = std::fs::read(file.unwrap().path()).unwrap_or_default();
        bytes
            .windows(text.len())
            .any(|part| part == text.as_bytes())
    })
}

/// Promise S33
#[tokio::test]
async fn who_leaves_is_forgotten_at_the_payment_service() {
    let shop = Shop::open().await;
    let mut ada = shop.member("ada@example.org").await;
    shop.sold(&mut ada, "month").await;
    let customer = shop.service.customers().remove(0);
    assert!(is_kept(shop.app.folder(), &customer));
    leave(&mut ada).await;
    until(async || shop.service.customers().is_empty()).await;
    assert!(
        shop.service
            .asked()
            .contains(&format!("DELETE /v1/customers/{customer}"))
    );
    assert!(shop.service.live().is_empty(), "and pays no more");
    until(async || !is_kept(shop.app.folder(), &customer)).await;
}

/// Promise S33: nobody has to be there, and neither node nor service needs to be up when it happens.
#[tokio::test]
async fn a_service_that_is_down_hears_of_it_when_it_is_back() {
    let shop = Shop::open().await;
    let mut ada = shop.member("ada@example.org").await;
    shop.sold(&mut ada, "month").await;
    let customer = shop.service.customers().remove(0);
    shop.service.is(Mood::Down);
    leave(&mut ada).await;
    let asked = format!("DELETE /v1/customers/{customer}");
    until(async || shop.service.asked().contains(&asked)).await;
    let Shop { app, service } = shop;
    let app = app.restart().await;
    assert_eq!(service.customers(), std::slice::from_ref(&customer));
    service.is(Mood::Well);
    until(async || {
        app.clock.advance(Duration::from_secs(60));
        service.customers().is_empty()
    })
    .await;
    until(async || !is_kept(app.folder(), &customer)).await;
    app.stop().await;
}

#[tokio::test]
async fn who_never_bought_is_not_spoken_of() {
    let shop = Shop::open().await;
    let mut ada = shop.member("ada@example.org").await;
    let wish = json!({ "word": "erase", "now": true });
    let left = ada.send_json("DELETE", "/api/v1/account", &wish).await;
    assert_eq!(left.status, 200);
    let told = shop.service.asked();
    assert!(
        told.iter().all(|one| one.starts_with("GET /v1/prices/")),
        "{told:?}"
    );
}
