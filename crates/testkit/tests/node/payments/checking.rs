//! What `unisono plans check` says where something is sold.

use outbound::Outbound;
use std::sync::Arc;
use unisono::Settings;
use unisono::plan_command::Checked;

use testkit::payments::{Mood, PRICE_MONTH};

use super::*;

async fn check(service: &PaymentService, change: impl FnOnce(&mut Settings)) -> (bool, String) {
    let mut settings = Settings::default();
    service.serve_node(&mut settings);
    change(&mut settings);
    let outbound = Outbound::start(settings.outbound.clone(), Arc::new(base::SystemClock));
    let checked = Checked::of(&settings, &outbound.unwrap()).await;
    (checked.is_sound(), checked.text())
}

#[tokio::test]
async fn the_payment_service_is_asked_whether_its_prices_fit() {
    let service = PaymentService::start().await;
    let (is_sound, told) = check(&service, |_| {}).await;
    assert!(is_sound, "{told}");
    assert!(told.ends_with("Pro is sold by the month and by the year."));
    let swapped = |settings: &mut Settings| {
        let payments = &mut settings.outbound.payments;
        payments.price_month = Some("price_of_nobody".to_owned());
        payments.price_year = Some(PRICE_MONTH.to_owned());
    };
    let (is_sound, told) = check(&service, swapped).await;
    assert!(!is_sound);
    let wrong: Vec<&str> = told
        .lines()
        .filter(|line| line.starts_with("wrong: "))
        .collect();
    assert_eq!(wrong.len(), 2, "{told}");
    assert!(wrong[0].contains("price_month names no price"));
    assert!(wrong[1].contains("price_year must be a price that is paid every year"));
    let other_key = |settings: &mut Settings| {
        settings.outbound.payments.secret_key = Some(base::Secret::new("sk_test_old".to_owned()));
    };
    let (is_sound, told) = check(&service, other_key).await;
    assert!(!is_sound && told.contains("does not take outbound.payments.secret_key"));
    service.is(Mood::Down);
    let (is_sound, told) = check(&service, |_| {}).await;
    assert!(!is_sound && told.contains("can't be asked now"), "{told}");
}

#[tokio::test]
async fn where_nothing_is_sold_nobody_is_asked() {
    let service = PaymentService::start().await;
    let nothing = |settings: &mut Settings| settings.outbound.payments.secret_key = None;
    let (is_sound, told) = check(&service, nothing).await;
    assert!(is_sound, "{told}");
    assert_eq!(service.asked(), Vec::<String>::new());
}
