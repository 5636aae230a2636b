//! `payments [--port N] [--webhook URL]`: the payment service on 127.0.0.1. Prints one line of JSON with its address and a
//! settings file for a node that shall be paid by it.
#![expect(clippy::print_stdout, reason = "the address is its output")]

use std::error::Error;

use serde_json::json;
use testkit::payments::{PRICE_MONTH, PRICE_YEAR, PaymentService, SECRET_KEY, WEBHOOK_SECRET};

const USAGE: &str = "payments [--port N] [--webhook URL]";

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let (mut port, mut webhook) = (0, None);
    let mut arguments = std::env::args().skip(1);
    while let Some(name) = arguments.next() {
        let value = arguments.next().ok_or(USAGE)?;
        match name.as_str() {
            "--port" => port = value.parse()?,
            "--webhook" => webhook = Some(value),
            _ => return Err(USAGE.into()),
        }
    }
    let mut service = PaymentService::start_at(port, webhook).await;
    let address = format!("http://{}", service.address());
    let settings = format!(
        "[outbound.payments]\nsecret_key = \"{SECRET_KEY}\"\nwebhook_secret = \"{WEBHOOK_SECRET}\"\n\
         price_month = \"{PRICE_MONTH}\"\nprice_year = \"{PRICE_YEAR}\"\n\n\
         [outbound.mirrors]\n\"api.stripe.com\" = \"{address}\"\n"
    );
    println!("{}", json!({ "address": address, "settings": settings }));
    service.serve().await;
    Ok(())
}
