//! How the service does, as a page for people and as JSON for programs.
//!
//! Both tell what lies in memory, so that they are there while the database is away.

use app::{Part, PartState, PartView, StatusView};
use askama::Template;
use axum::extract::State;
use axum::http::header;
use axum::response::{Html, IntoResponse, Response};
use base::Timestamp;

use crate::Web;
use crate::links::Tongue;
use crate::links::api::json;
use crate::message_page::minute;
use crate::shell::Shell;
use crate::texts::Language;

/// A day on which fewer of a hundred checks went well is drawn hollow.
const HARDLY_PERCENT: u8 = 50;

/// `GET /api/v1/status`: how each part of the service does, now and on the last 90 days.
#[utoipa::path(
    get,
    path = "/api/v1/status",
    operation_id = "status",
    responses((status = 200, body = StatusView))
)]
pub(crate) async fn twin(State(web): State<Web>) -> Response {
    json(&web.inner.app.status())
}

#[derive(Template)]
#[template(path = "status.html")]
struct Page {
    shell: Shell,
    t: Language,
    title: String,
    overall: String,
    looked: Option<String>,
    groups: Vec<Group>,
    incidents: Vec<Line>,
}

struct Group {
    title: String,
    parts: Vec<Row>,
}

/// One part.
struct Row {
    name: String,
    /// A name that is the same in every language.
    is_brand: bool,
    state: &'static str,
    says: String,
    /// Nothing where there was no check.
    bar: Option<Bar>,
    notes: Vec<String>,
}

struct Bar {
    says: String,
    days: Vec<&'static str>,
}

/// A day with trouble.
struct Line {
    day: String,
    name: String,
    share: String,
}

/// `GET /status`
pub(crate) async fn show(State(web): State<Web>, tongue: Tongue) -> Response {
    let page = draw(&web.inner.app.status(), tongue);
    let headers = [
        (header::CACHE_CONTROL, "no-store"),
        (header::VARY, "accept-language"),
    ];
    (headers, Html(page)).into_response()
}

fn draw(view: &StatusView, tongue: Tongue) -> String {
    let t = tongue.language;
    let (links, own): (Vec<&PartView>, Vec<&PartView>) =
        view.parts.iter().partition(|part| part.platform.is_some());
    let group = |title, parts: Vec<&PartView>| Group {
        title: t.say(title),
        parts: parts.into_iter().map(|part| row(part, t)).collect(),
    };
    let incidents = view.incidents.iter().map(|one| Line {
        day: one.day.clone(),
        name: name_of(one.part, t),
        share: t.with("status-share-day", "count", one.percent),
    });
    let page = Page {
        shell: Shell::new("/status", t, tongue.is_asked),
        t,
        title: t.with("pages-document-title", "title", t.say("status-title")),
        overall: t.say(overall(view)),
        looked: view.checked_at.map(|at| moment("status-looked", at, t)),
        groups: vec![group("status-own", own), group("status-links", links)],
        incidents: incidents.collect(),
    };
    page.render().expect("a page is written into memory")
}

fn overall(view: &StatusView) -> &'static str {
    let is_ill = |part: &PartView| matches!(part.state, PartState::Troubled | PartState::Down);
    match view.checked_at {
        None => "status-not-yet",
        Some(_) if view.parts.iter().any(is_ill) => "status-trouble",
        Some(_) => "status-well",
    }
}

fn row(part: &PartView, t: Language) -> Row {
    let share = |percent| t.with("status-share", "count", percent);
    let mut notes = Vec::new();
    notes.extend(part.checked_at.map(|at| moment("status-checked", at, t)));
    notes.extend(part.percent.map(share));
    let (state, says) = state_of(part, t);
    Row {
        name: name_of(part.part, t),
        is_brand: part.platform.is_some(),
        state,
        says,
        bar: part.percent.map(|_| bar(&part.days, t)),
        notes,
    }
}

fn name_of(part: Part, t: Language) -> String {
    match part {
        Part::Web => t.say("status-part-web"),
        Part::Rooms => t.say("status-part-rooms"),
        Part::Relay => t.say("status-part-relay"),
        Part::Mail => t.say("status-part-mail"),
        Part::Links(platform) => platform.label().to_owned(),
    }
}

/// The state as a word for the style sheet, and as a sentence.
fn state_of(part: &PartView, t: Language) -> (&'static str, String) {
    let since = part.since.map(minute).unwrap_or_default();
    match part.state {
        PartState::Works => ("works", t.say("status-works")),
        PartState::Troubled => ("troubled", t.with("status-troubled", "when", since)),
        PartState::Down => ("down", t.with("status-down", "when", since)),
        PartState::NotSetUp => ("off", t.say("status-not-set-up")),
        PartState::Unknown => ("unknown", t.say("status-unknown")),
    }
}

fn bar(days: &[Option<u8>], t: Language) -> Bar {
    let kinds: Vec<&str> = days.iter().copied().map(kind_of).collect();
    let told = [
        (WELL, "status-days-well"),
        (SOME, "status-days-some"),
        (HARDLY, "status-days-hardly"),
        (NONE, "status-days-none"),
    ];
    let told = told.into_iter().filter_map(|(kind, id)| {
        let count = kinds.iter().filter(|day| **day == kind).count();
        (count > 0).then(|| t.with(id, "count", count))
    });
    let told: Vec<String> = told.collect();
    Bar {
        says: t.with("status-bar", "kinds", t.list(&told)),
        days: kinds,
    }
}

/// All checks of the day went well.
const WELL: &str = "well";
/// Some did not.
const SOME: &str = "some";
/// Most did not.
const HARDLY: &str = "hardly";
/// There was none.
const NONE: &str = "none";

const fn kind_of(percent: Option<u8>) -> &'static str {
    match percent {
        None => NONE,
        Some(100..) => WELL,
        Some(HARDLY_PERCENT..) => SOME,
        Some(_) => HARDLY,
    }
}

fn moment(id: &str, at: Timestamp, t: Language) -> String {
    t.with(id, "when", minute(at))
}

#[cfg(test)]
mod tests {
    use super::*;
    use app::Incident;
    use music::Platform;

    const NOON: Timestamp = Timestamp::from_unix_ms(1_795_348_800_000);

    fn part(part: Part, state: PartState, days: [Option<u8>; 4]) -> PartView {
        let is_ill = matches!(state, PartState::Troubled | PartState::Down);
        PartView {
            part,
            platform: part.platform(),
            state,
            since: is_ill.then_some(NOON),
            checked_at: days[3].map(|_| NOON),
            percent: days[3],
            days: days.to_vec(),
        }
    }

    fn view() -> StatusView {
        let deezer = Part::Links(Platform::Deezer);
        StatusView {
            checked_at: Some(NOON),
            first_day: "2026-11-19".to_owned(),
            parts: vec![
                part(
                    Part::Web,
                    PartState::Works,
                    [None, Some(100), Some(100), Some(100)],
                ),
                part(Part::Mail, PartState::NotSetUp, [None; 4]),
                part(
                    deezer,
                    PartState::Down,
                    [None, Some(100), Some(99), Some(49)],
                ),
            ],
            incidents: vec![Incident {
                day: "2026-11-22".to_owned(),
                part: deezer,
                platform: deezer.platform(),
                percent: 49,
            }],
        }
    }

    fn page(view: &StatusView, language: Language) -> String {
        let is_asked = true;
        crate::texts::plain(&draw(view, Tongue { language, is_asked }))
    }

    #[test]
    fn each_state_is_a_sentence_in_each_language_and_tells_since_when() {
        for (language, words) in [
            (
                Language::English,
                ["Some of it has trouble", "Not set up here", "Down since"],
            ),
            (
                Language::Russian,
                ["Кое-что сейчас", "Здесь не настроено", "Не работает с"],
            ),
            (
                Language::Arabic,
                ["بعضها يواجه", "غير مُعدّ هنا", "متوقف منذ"],
            ),
        ] {
            let page = page(&view(), language);
            for part in words {
                assert!(page.contains(part), "{part}: {page}");
            }
            assert!(page.contains("2026-11-22 12:00"), "{page}");
            assert!(page.contains("Deezer"), "{page}");
        }
    }

    #[test]
    fn a_bar_says_in_words_what_it_draws() {
        let page = page(&view(), Language::English);
        let boxes = r#"<i data-day="none"></i><i data-day="well"></i><i data-day="some"></i><i data-day="hardly"></i>"#;
        assert!(page.contains(boxes), "{page}");
        let says = "The last 90 days: 1 day without trouble, 1 day with some trouble, 1 day on which hardly anything worked, 1 day without checks";
        assert!(
            page.contains(&format!("role=\"img\" aria-label=\"{says}\"")),
            "{page}"
        );
        assert_eq!(page.matches("role=\"img\"").count(), 2, "none for mail");
    }

    #[test]
    fn nobody_is_told_that_all_is_well_before_anything_was_looked_at() {
        let mut view = view();
        view.parts.truncate(2);
        let english = |view: &StatusView| page(view, Language::English);
        assert!(english(&view).contains("No trouble is known"));
        view.checked_at = None;
        assert!(!english(&view).contains("No trouble is known"));
    }
}
