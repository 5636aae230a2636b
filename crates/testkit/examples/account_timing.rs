//! How long the doors of accounts take for an address that has an account, and for one that has none: 200 trials of each,
//! in turn, their medians and the ratio. Whoever watches the time must not learn which it is.
//!
//! `cargo run -p testkit --example account_timing -- [TRIALS] [BCRYPT COST]`
#![expect(clippy::print_stdout, reason = "a measurement talks to its user")]

use std::time::{Duration, Instant};

use serde_json::{Value, json};
use testkit::browser::json as read;
use testkit::{TestApp, TestBrowser};

const TRIALS: usize = 200;
const COST: u32 = 10;
/// Longer than any throttle remembers.
const PAUSE: Duration = Duration::from_secs(2 * 60 * 60);
/// Of the same form as the unknown ones: what a password is checked against is made of the words of an address.
const KNOWN: &str = "nobody-999@example.org";
const PASSWORD: &str = "seven quiet otters hum";

/// What is asked for by address.
#[derive(Clone, Copy)]
enum Door {
    Password,
    Code,
    Reset,
    Register,
}

impl Door {
    const ALL: [Self; 4] = [Self::Password, Self::Code, Self::Reset, Self::Register];

    const fn path(self) -> &'static str {
        match self {
            Self::Password => "/api/v1/account/sign-in",
            Self::Code => "/api/v1/account/sign-in/code",
            Self::Reset => "/api/v1/account/reset",
            Self::Register => "/api/v1/account/register",
        }
    }

    async fn body(self, app: &TestApp, browser: &mut TestBrowser, email: &str) -> Value {
        match self {
            Self::Password => json!({ "email": email, "password": "not the right one" }),
            Self::Code | Self::Reset => json!({ "email": email }),
            Self::Register => registration(app, browser, email).await,
        }
    }
}

async fn registration(app: &TestApp, browser: &mut TestBrowser, email: &str) -> Value {
    json!({
        "email": email,
        "password": PASSWORD,
        "agreed_version": app.app().policy_version(),
        "is_of_age": true,
        "proof_of_work": browser.work("register").await,
    })
}

#[tokio::main]
async fn main() {
    let mut arguments = std::env::args().skip(1).map(|word| word.parse::<usize>());
    let trials = arguments.next().and_then(Result::ok).unwrap_or(TRIALS);
    let cost = arguments.next().and_then(Result::ok);
    let cost = cost
        .and_then(|cost| u32::try_from(cost).ok())
        .unwrap_or(COST);
    let app = TestApp::start_with(|settings| {
        settings.accounts.password_cost = cost;
        settings.accounts.proof_of_work_cost = 1;
    })
    .await;
    let mut browser = TestBrowser::new(app.address());
    make_known(&app, &mut browser).await;
    browser.cookies.clear();
    println!("{trials} trials of each, bcrypt at cost {cost}; medians in ms");
    for door in Door::ALL {
        let (mut known, mut unknown) = (Vec::new(), Vec::new());
        for trial in 0..trials {
            let nobody = format!("nobody-{trial:03}@example.org");
            // Each goes first as often as the other.
            let order = match trial % 2 {
                0 => [(KNOWN, &mut known), (nobody.as_str(), &mut unknown)],
                _ => [(nobody.as_str(), &mut unknown), (KNOWN, &mut known)],
            };
            for (email, times) in order {
                times.push(timed(&app, &mut browser, door, email).await);
            }
        }
        let (known, unknown) = (median(&mut known), median(&mut unknown));
        let ratio = known / unknown;
        println!(
            "{:<32} known {known:>8.3}  unknown {unknown:>8.3}  ratio {ratio:.3}",
            door.path()
        );
    }
    app.stop().await;
}

async fn make_known(app: &TestApp, browser: &mut TestBrowser) {
    let body = registration(app, browser, KNOWN).await;
    let begun: Value = read(&browser.post("/api/v1/account/register", &body).await);
    let letters = app.letters().await;
    let code = letters.into_iter().find_map(|(_, letter)| match letter {
        outbound::Letter::RegistrationCode { code } => Some(code.expose().clone()),
        _ => None,
    });
    let body = json!({ "ticket": begun["ticket"], "code": code });
    let made = browser.post("/api/v1/account/register/verify", &body).await;
    assert_eq!(made.status, 200, "{}", made.body);
}

/// Milliseconds until the answer is whole.
async fn timed(app: &TestApp, browser: &mut TestBrowser, door: Door, email: &str) -> f64 {
    app.clock.advance(PAUSE);
    let body = door.body(app, browser, email).await;
    let begun = Instant::now();
    let answer = browser.post(door.path(), &body).await;
    let took = begun.elapsed();
    assert!(matches!(answer.status, 202 | 403), "{}", answer.body);
    took.as_secs_f64() * 1_000.0
}

fn median(times: &mut [f64]) -> f64 {
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}
