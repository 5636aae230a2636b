use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

use super::*;
use crate::http::Fetching;
use crate::providers::recorded::{Act, Recorded, answer, ok, status};

const CANARY: &str = "ada@example.org";

/// The recorded other side, as a carrier of the collector's own.
struct Shared(Arc<Recorded>);

impl Http for Shared {
    fn fetch(&self, request: Request) -> Fetching<'_> {
        self.0.fetch(request)
    }
}

fn collector(acts: impl IntoIterator<Item = Act>) -> (Collector, Arc<Recorded>) {
    let http = Recorded::playing(acts);
    let dsn = Dsn::read("https://keycanary@glitchtip.example/sub/7").unwrap();
    (Collector::over(Box::new(Shared(http.clone())), &dsn), http)
}

fn at(seconds: u64) -> Timestamp {
    Timestamp::from_unix_ms(1_763_760_000_000).after(Duration::from_secs(seconds))
}

fn note() -> FailureNote {
    FailureNote {
        reference: "UNI-7F3K-92QD-MX0A-V5RT".to_owned(),
        what: Scrubbed::of(&format!(
            "a letter to {CANARY} was not taken from 203.0.113.7"
        )),
        at: at(0),
    }
}

/// Promises C5, T29: the collector is told what failed and its reference, and nothing of who was there.
#[tokio::test]
async fn the_collector_is_told_what_failed_and_nothing_of_who_was_there() {
    let (collector, http) = collector([ok(r#"{"id":"1"}"#)]);
    assert_eq!(collector.tell(&note(), at(0)).await, Ok(()));
    let sent = http.sent.lock().unwrap();
    let [request] = &sent[..] else {
        panic!("one request")
    };
    let address = "https://glitchtip.example/sub/api/7/envelope/";
    assert_eq!(request.url.as_str(), address);
    let (name, key) = request.key.as_ref().unwrap();
    let version = env!("CARGO_PKG_VERSION");
    let auth =
        format!("Sentry sentry_version=7, sentry_key=keycanary, sentry_client=unisono/{version}");
    assert_eq!((*name, key.expose()), ("X-Sentry-Auth", &auth));
    let (kind, body) = request.body.as_ref().unwrap();
    assert_eq!(*kind, "application/x-sentry-envelope");
    let body = body.expose();
    assert!(body.contains("a letter to [removed] was not taken from [removed]"));
    assert!(body.contains("UNI-7F3K-92QD-MX0A-V5RT"));
    for person in [CANARY, "203.0.113.7", "server_name", "user", "request"] {
        assert!(!body.contains(person), "{person}");
    }
    assert!(!format!("{request:?}").contains("canary"));
}

#[tokio::test]
async fn after_a_failure_it_is_left_alone_and_nothing_is_sent_again() {
    for (act, said) in [
        (status(500), NotTold::Refused { status: 500 }),
        (status(302), NotTold::Refused { status: 302 }),
        (status(401), NotTold::Key),
        (status(404), NotTold::Missing),
        (status(429), NotTold::TooMany),
        (Act::Fail(Failure::Unreachable), NotTold::Unreachable),
        (Act::Fail(Failure::TooLarge), NotTold::Unreachable),
    ] {
        let (collector, http) = collector([act, ok("")]);
        assert_eq!(collector.tell(&note(), at(0)).await, Err(said));
        let resting = collector.tell(&note(), at(59)).await;
        assert_eq!(resting, Err(NotTold::Resting));
        assert_eq!(http.addresses().len(), 1);
        assert_eq!(collector.tell(&note(), at(60)).await, Ok(()));
        let counts = CollectorCounts { told: 1, lost: 2 };
        assert_eq!(collector.counts(), counts);
    }
}

#[tokio::test]
async fn a_rest_that_it_asks_for_is_kept_also_after_it_took_one() {
    let limits = "x-sentry-rate-limits";
    for (act, outcome, rest) in [
        (
            answer(429, &[("retry-after", "7")], ""),
            Err(NotTold::TooMany),
            10,
        ),
        (
            answer(429, &[("retry-after", "300")], ""),
            Err(NotTold::TooMany),
            300,
        ),
        (
            answer(429, &[(limits, "120:error:key")], ""),
            Err(NotTold::TooMany),
            120,
        ),
        (answer(200, &[(limits, "90::organization")], ""), Ok(()), 90),
        (
            answer(429, &[(limits, "999999::key")], ""),
            Err(NotTold::TooMany),
            3_600,
        ),
    ] {
        let (collector, _) = collector([act, ok("")]);
        assert_eq!(collector.tell(&note(), at(0)).await, outcome);
        let resting = collector.tell(&note(), at(rest - 1)).await;
        assert_eq!(resting, Err(NotTold::Resting));
        assert_eq!(collector.tell(&note(), at(rest)).await, Ok(()));
    }
    let (collector, _) = collector([answer(200, &[(limits, "90:transaction:key")], ""), ok("")]);
    for _ in 0..2 {
        assert_eq!(collector.tell(&note(), at(0)).await, Ok(()));
    }
}

#[tokio::test(start_paused = true)]
async fn silence_costs_no_more_than_its_time() {
    let (collector, _) = collector([Act::Hang]);
    let began = tokio::time::Instant::now();
    let outcome = collector.tell(&note(), at(0)).await;
    assert_eq!(outcome, Err(NotTold::Unreachable));
    assert_eq!(began.elapsed(), WITHIN);
    assert_eq!(collector.tell(&note(), at(5)).await, Err(NotTold::Resting));
}

#[tokio::test(start_paused = true)]
async fn a_storm_of_failures_is_told_at_a_measured_pace() {
    let (collector, http) = collector((0..20).map(|_| ok("")));
    let began = tokio::time::Instant::now();
    for _ in 0..20 {
        let now = at(0).after(began.elapsed());
        assert_eq!(collector.tell(&note(), now).await, Ok(()));
    }
    assert!(began.elapsed() >= Duration::from_secs(2));
    assert_eq!(http.addresses().len(), 20);
}

/// Over a real connection: the key and the content type are there, no answer is too large, and none is read whole.
#[tokio::test]
async fn an_answer_without_end_is_not_read() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let heard = tokio::spawn(async move {
        let (mut socket, _) = listener.accept().await.unwrap();
        let mut heard = vec![0; 8_192];
        let length = socket.read(&mut heard).await.unwrap();
        let head = b"HTTP/1.1 200 OK\r\ncontent-type: text/html\r\n\r\n";
        socket.write_all(head).await.unwrap();
        // Until the other side has had enough.
        while socket.write_all(&[b'x'; 4_096]).await.is_ok() {}
        String::from_utf8_lossy(&heard[..length]).into_owned()
    });
    let dsn = format!("http://secret@{address}/7");
    let settings: ErrorSettings =
        serde_json::from_value(serde_json::json!({ "dsn": dsn })).unwrap();
    let collector = Collector::start(&settings).unwrap().unwrap();
    assert_eq!(collector.tell(&note(), at(0)).await, Ok(()));
    drop(collector);
    let heard = heard.await.unwrap();
    assert!(heard.starts_with("POST /api/7/envelope/ HTTP/1.1\r\n"));
    let version = env!("CARGO_PKG_VERSION");
    for line in [
        format!("user-agent: unisono/{version}"),
        "content-type: application/x-sentry-envelope".to_owned(),
        format!(
            "x-sentry-auth: Sentry sentry_version=7, sentry_key=secret, sentry_client=unisono/{version}"
        ),
    ] {
        assert!(heard.lines().any(|one| one == line), "{line}: {heard}");
    }
    let none = Collector::start(&ErrorSettings::default()).unwrap();
    assert!(none.is_none());
}
