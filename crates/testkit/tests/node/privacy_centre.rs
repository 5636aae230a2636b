//! The privacy centre by its plain forms, as a browser without script sends them.

mod again;
mod bringing;
mod choosing;
mod copies;
mod correcting;
mod cut_off;
mod forms;
mod guest;
mod killed;
mod notice;
mod publications;
mod requests;
pub(crate) mod shown;
mod told;

use testkit::http::Answer;
use testkit::{TestApp, TestBrowser};

use crate::accounts::{PASSWORD, browser, code, member, start, tick, write_letters};

const PATH: &str = "/privacy/me";

/// What the page shows to this browser.
async fn page(browser: &mut TestBrowser) -> String {
    let answer = browser.send("GET", PATH).await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    answer.body
}

/// Sends a form of the page.
pub(crate) async fn send(browser: &mut TestBrowser, act: &str, fields: &[(&str, &str)]) -> Answer {
    send_from(browser, act, fields, "same-origin").await
}

async fn send_from(
    browser: &mut TestBrowser,
    act: &str,
    fields: &[(&str, &str)],
    site: &str,
) -> Answer {
    let pairs = fields.iter();
    let body: Vec<String> = pairs
        .map(|(name, value)| format!("{name}={}", escaped(value)))
        .collect();
    let headers = [
        ("content-type", "application/x-www-form-urlencoded"),
        ("sec-fetch-site", site),
    ];
    let path = format!("{PATH}/{act}");
    browser
        .request("POST", &path, &headers, body.join("&").as_bytes())
        .await
}

pub(crate) fn escaped(text: &str) -> String {
    let bytes = text.bytes().map(|byte| match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' => char::from(byte).to_string(),
        other => format!("%{other:02X}"),
    });
    bytes.collect()
}

/// Where an answer leads, without the origin.
fn leads_to(answer: &Answer) -> &str {
    assert_eq!(answer.status, 303, "{}", answer.body);
    answer.header("location").unwrap()
}

/// So late that whoever signed in before must show again who they are.
fn wait_past_the_proof(app: &TestApp) {
    app.clock.advance(std::time::Duration::from_secs(601));
}
