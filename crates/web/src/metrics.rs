//! Counters for the operator: how much, never who.

use account::DeviceFamily;
use app::Counted;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, Method, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use prometheus::{IntCounter, IntCounterVec, IntGauge, Opts, Registry, TextEncoder};

use crate::Web;
use crate::problem::General;
use crate::visitor::Visitor;

/// One number of another part.
#[derive(Clone, Debug)]
pub struct Reading {
    /// Its name in the exposition format.
    pub name: String,
    /// What it counts.
    pub help: &'static str,
    /// The number.
    pub value: u64,
}

/// Reads the numbers of other parts at each scrape.
pub type Readings = Box<dyn Fn() -> Vec<Reading> + Send + Sync>;

pub(crate) struct Metrics {
    registry: Registry,
    responses: IntCounterVec,
    messages: IntCounter,
}

impl Metrics {
    pub(crate) fn new() -> Self {
        const UNIQUE: &str = "the names are constants and differ";
        let registry = Registry::new();
        let responses = Opts::new(
            "unisono_http_responses_total",
            "Answers by class of status.",
        );
        let responses = IntCounterVec::new(responses, &["class"]).expect(UNIQUE);
        let messages = IntCounter::new(
            "unisono_socket_messages_total",
            "Messages heard on sockets.",
        )
        .expect(UNIQUE);
        registry
            .register(Box::new(responses.clone()))
            .expect(UNIQUE);
        registry.register(Box::new(messages.clone())).expect(UNIQUE);
        Self {
            registry,
            responses,
            messages,
        }
    }

    pub(crate) fn count_message(&self) {
        self.messages.inc();
    }
}

/// Counts each answer by its class, unless the visitor asked not to be counted.
pub(crate) async fn count(State(web): State<Web>, request: Request, next: Next) -> Response {
    if objects_to_counting(request.headers()) {
        return next.run(request).await;
    }
    let asked = Asked::of(&request);
    let response = next.run(request).await;
    if let Some(counted) = asked.answered_by(&response) {
        web.inner.app.count(counted);
    }
    let class = match response.status().as_u16() / 100 {
        1 => "1xx",
        2 => "2xx",
        3 => "3xx",
        4 => "4xx",
        _ => "5xx",
    };
    web.inner
        .metrics
        .responses
        .with_label_values(&[class])
        .inc();
    response
}

/// What the sums of days tell apart in a request.
struct Asked {
    is_page: bool,
    is_conversion: bool,
    family: DeviceFamily,
}

impl Asked {
    fn of(request: &Request) -> Self {
        let agent = request.headers().get(header::USER_AGENT);
        let agent = agent.and_then(|agent| agent.to_str().ok());
        let is_sent = request.method() == Method::POST;
        Self {
            is_page: request.method() == Method::GET,
            is_conversion: is_sent && ["/api/v1/links", "/l"].contains(&request.uri().path()),
            family: DeviceFamily::of(agent.unwrap_or_default()),
        }
    }

    /// What is counted for an answer; nothing for one that shows no page and looks no link up.
    fn answered_by(&self, response: &Response) -> Option<Counted> {
        let kind = response.headers().get(header::CONTENT_TYPE);
        let is_html = kind.is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"));
        let (status, is_fine) = (response.status(), response.status().is_success());
        if self.is_conversion && (is_fine || status.is_redirection()) {
            return Some(Counted::Conversion);
        }
        (self.is_page && is_fine && is_html).then_some(Counted::Page(self.family))
    }
}

/// Global Privacy Control (`Sec-GPC`, W3C) or its forerunner `DNT`.
pub(crate) fn objects_to_counting(headers: &HeaderMap) -> bool {
    ["sec-gpc", "dnt"]
        .iter()
        .any(|name| headers.get(*name).is_some_and(|value| value == "1"))
}

/// `GET /metrics`, for this machine only unless the settings open it.
pub(crate) async fn scrape(visitor: Visitor, State(web): State<Web>) -> Response {
    let inner = &web.inner;
    if !visitor.is_this_machine && !inner.settings.metrics_for_all {
        return General::MetricsClosed.into_response();
    }
    let mut families = inner.metrics.registry.gather();
    let gauges = Registry::new();
    let own = |name: &str, help, number: usize| Reading {
        name: format!("unisono_{name}"),
        help,
        value: u64::try_from(number).unwrap_or(u64::MAX),
    };
    let own = [
        own(
            "rooms",
            "Rooms open in this process.",
            inner.app.open_rooms(),
        ),
        own(
            "sockets",
            "Open signalling sockets.",
            inner.app.open_sockets(),
        ),
    ];
    for Reading { name, help, value } in own.into_iter().chain((inner.readings)()) {
        if let Ok(gauge) = IntGauge::new(name, help) {
            gauge.set(i64::try_from(value).unwrap_or(i64::MAX));
            // A name that is there already is skipped: the scrape still answers.
            let _ = gauges.register(Box::new(gauge));
        }
    }
    families.extend(gauges.gather());
    TextEncoder::new()
        .encode_to_string(&families)
        .unwrap_or_default()
        .into_response()
}
