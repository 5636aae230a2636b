//! The same where several nodes share one database.

use account::plans::Plan;
use protocol::ErrorCode;
use testkit::payments::{Event, PaymentService};
use testkit::postgres::Postgres;

use super::super::accounts::member;
use super::super::two_nodes::node_with;
use super::*;

async fn node_at(postgres: &Postgres, service: &PaymentService) -> TestApp {
    node_with(postgres, |settings| {
        settings.plans = Some(PlanSettings {
            free_devices: 2,
            ..PlanSettings::default()
        });
        service.serve_node(settings);
    })
    .await
}

/// Somebody buys, and pays. Gives what the payment service tells of it.
async fn bought(browser: &mut TestBrowser, app: &TestApp, service: &PaymentService) -> Event {
    let form = [("content-type", "application/x-www-form-urlencoded")];
    let buys = browser.request("POST", "/account/plan/buy", &form, b"period=month");
    assert_eq!(buys.await.status, 200);
    let page = service.open_pages().remove(0);
    let now = base::Clock::now(&app.clock);
    service.pay(&page, now.unix_s()).remove(0)
}

/// Promise S13: what one node is told of a payment counts in the rooms of another two seconds later, and not a
/// millisecond before: until then nothing is read.
#[tokio::test]
async fn what_one_node_hears_of_a_payment_counts_within_two_seconds_on_another() {
    let service = PaymentService::start().await;
    let postgres = Postgres::start().unwrap();
    let hears = node_at(&postgres, &service).await;
    let holds = node_at(&postgres, &service).await;
    let mut ada = member(&holds, "ada@example.org").await;
    let account = account_of(&holds, "ada@example.org").await;
    let event = bought(&mut ada, &holds, &service).await;
    let (_caster, room) = opened_by(&holds, &ada, opening(1)).await;
    let _listener = opened(&holds, join(&code(&room))).await;
    let full = refused(&holds, join(&code(&room))).await;
    assert_eq!(full.code, ErrorCode::DeviceLimit);

    let now = base::Clock::now(&hears.clock);
    let signature = event.signed(now.unix_s());
    let headers = [("stripe-signature", signature.as_str())];
    let mut nobody = TestBrowser::new(hears.address());
    let told = nobody.request(
        "POST",
        "/api/v1/payments/webhook",
        &headers,
        event.body.as_bytes(),
    );
    assert_eq!(told.await.status, 200);
    let store = hears.store().await;
    while !store.payments_of(account).await.unwrap().has_standing() {
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    store.close().await;
    assert_eq!(hears.app().plan_of(account).await.unwrap(), Plan::Pro);

    holds.clock.advance(Duration::from_millis(1_999));
    let believed = refused(&holds, join(&code(&room))).await;
    assert_eq!(believed.code, ErrorCode::DeviceLimit);
    holds.clock.advance(Duration::from_millis(1));
    opened(&holds, join(&code(&room))).await;
    hears.stop().await;
    holds.stop().await;
}
