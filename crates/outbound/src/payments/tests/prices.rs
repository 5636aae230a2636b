//! What can be sold, and what is wrong with the rest.

use super::*;

/// What a price costs, for how long it is paid, and the rest of it.
fn price(currency: &str, interval: &str, rest: &str) -> Act {
    ok(&format!(
        r#"{{"currency":"{currency}","unit_amount":500,{rest},
            "recurring":{{"interval":"{interval}","interval_count":1}}}}"#
    ))
}

const SOUND: &str = r#""active":true,"livemode":false"#;
const ARCHIVED: &str = r#""active":false,"livemode":false"#;
const LIVE: &str = r#""active":true,"livemode":true"#;

/// By one question for each price.
#[tokio::test(start_paused = true)]
async fn what_cannot_be_sold_is_named_and_not_among_the_prices() {
    use Period::{Month, Year};
    let other_currency = PaymentFault::OtherCurrency {
        month: "EUR".to_owned(),
        year: "USD".to_owned(),
    };
    let (month, year) = (
        |rest| price("eur", "month", rest),
        |rest| price("eur", "year", rest),
    );
    let dollars = || price("usd", "year", SOUND);
    for (acts, on_sale, faults) in [
        ([month(SOUND), year(SOUND)], vec![Month, Year], vec![]),
        ([month(SOUND), dollars()], vec![Month], vec![other_currency]),
        (
            // Only what is sold must be of one currency.
            [month(ARCHIVED), dollars()],
            vec![Year],
            vec![PaymentFault::Archived(Month)],
        ),
        (
            [status(404), dollars()],
            vec![Year],
            vec![PaymentFault::NoPrice(Month)],
        ),
        (
            [month(SOUND), year(LIVE)],
            vec![Month],
            vec![PaymentFault::OtherMode(Year)],
        ),
        (
            [year(LIVE), status(404)],
            vec![],
            vec![
                PaymentFault::OtherMode(Month),
                PaymentFault::OtherPeriod(Month),
                PaymentFault::NoPrice(Year),
            ],
        ),
        (
            [month(SOUND), month(SOUND)],
            vec![Month],
            vec![PaymentFault::OtherPeriod(Year)],
        ),
    ] {
        let (outbound, http) = open(acts);
        let reading = outbound.read_prices().await;
        let sold: Vec<Period> = reading.prices.keys().copied().collect();
        assert!(reading.is_told());
        assert_eq!((sold, reading.faults), (on_sale, faults));
        assert_eq!(http.sent.lock().unwrap().len(), 2);
    }
    let told = PaymentFault::OtherPeriod(Year).to_string();
    assert_eq!(
        told,
        "outbound.payments.price_year must be a price that is paid every year"
    );
}

#[tokio::test(start_paused = true)]
async fn a_key_that_is_not_taken_sells_nothing_and_no_answer_tells_nothing() {
    let (outbound, _) = open([status(401)]);
    let refused = outbound.read_prices().await;
    assert_eq!(refused.faults, [PaymentFault::Key]);
    assert!(refused.prices.is_empty() && refused.is_told());
    let down = [status(500), status(500), status(500)];
    let (outbound, _) = open([price("eur", "month", SOUND)].into_iter().chain(down));
    let silent = outbound.read_prices().await;
    assert_eq!(silent.faults, [PaymentFault::NotAsked]);
    assert!(silent.prices.is_empty() && !silent.is_told());
}
