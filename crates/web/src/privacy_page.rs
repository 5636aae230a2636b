//! The policy as a page for people, drawn from the data inventory: what it says is what the program does.

mod rows;

use app::{App, PublishedPolicy};
use askama::Template;
use axum::extract::State;
use axum::http::header;
use axum::response::{Html, IntoResponse, Response};
use base::Timestamp;
use privacy::{Policy, rfc3339};

use crate::links::Tongue;
use crate::shell::Shell;
use crate::texts::Language;
use crate::{Settings, Web};
use rows::{Addressed, Kept, Section};

/// What people have a right to.
const RIGHTS: [&str; 8] = [
    "privacy-right-access",
    "privacy-right-correction",
    "privacy-right-erasure",
    "privacy-right-restriction",
    "privacy-right-portability",
    "privacy-right-objection",
    "privacy-right-withdrawal",
    "privacy-right-complaint",
];

#[derive(Template)]
#[template(path = "privacy.html")]
struct PolicyPage {
    shell: Shell,
    t: Language,
    title: String,
    /// Who answers for this server.
    by: String,
    version: String,
    since: Option<String>,
    swept: Option<String>,
    purposes: Vec<Section>,
    /// The purposes for which nothing is kept that is about a person.
    impersonal: String,
    cookies: Vec<Kept>,
    stored: Vec<Kept>,
    hosts: Vec<Addressed>,
    players: Vec<Addressed>,
    rights: [&'static str; 8],
    versions: Vec<Version>,
}

/// A policy that was published once.
struct Version {
    version: String,
    day: String,
    is_wording: bool,
    added: Vec<String>,
    removed: Vec<String>,
}

/// What the database knows about the policy. The policy itself is told without it too.
#[derive(Default)]
struct Dated {
    published: Vec<PublishedPolicy>,
    swept_at: Option<Timestamp>,
}

/// `GET /privacy`
pub(crate) async fn show(State(web): State<Web>, tongue: Tongue) -> Response {
    let app = &web.inner.app;
    let dated = Dated {
        published: app.policies().await.unwrap_or_default(),
        swept_at: app
            .last_retention()
            .await
            .ok()
            .flatten()
            .map(|run| run.ran_at),
    };
    let page = draw(&web.inner.settings, app.policy_version(), dated, tongue);
    let headers = [
        (header::CACHE_CONTROL, "no-cache"),
        (header::VARY, "accept-language"),
    ];
    (headers, Html(page)).into_response()
}

fn draw(settings: &Settings, version: &str, dated: Dated, tongue: Tongue) -> String {
    let t = tongue.language;
    let inventory = App::inventory();
    let policy = Policy::of(inventory);
    let since = dated.published.iter().find(|one| one.version == version);
    let page = PolicyPage {
        shell: Shell::new("/privacy", t, tongue.is_asked),
        t,
        title: t.say("privacy-document-title"),
        by: match settings.public_origin() {
            Some((_, host, _)) => t.with("privacy-by-host", "host", host),
            None => t.say("privacy-by-someone"),
        },
        version: version.to_owned(),
        since: since.map(|one| day(one.published_at)),
        swept: dated
            .swept_at
            .map(|at| t.with("privacy-swept", "when", day(at))),
        purposes: rows::sections(&policy, t),
        impersonal: rows::impersonal(&policy, t),
        cookies: rows::kept(&policy, "cookie", t),
        stored: rows::kept(&policy, "browser", t),
        hosts: rows::hosts(inventory, t),
        players: rows::players(inventory, t),
        rights: RIGHTS,
        versions: versions(dated.published),
    };
    page.render().expect("a page is written into memory")
}

fn versions(published: Vec<PublishedPolicy>) -> Vec<Version> {
    let first = published.len().saturating_sub(1);
    let all = published.into_iter().enumerate().map(|(place, one)| {
        let (added, removed) = (one.differences.added, one.differences.removed);
        Version {
            version: one.version,
            day: day(one.published_at),
            is_wording: place < first && added.is_empty() && removed.is_empty(),
            added,
            removed,
        }
    });
    all.collect()
}

/// The day of a moment, in UTC: `2026-11-22`.
fn day(moment: Timestamp) -> String {
    rfc3339(moment).chars().take(10).collect()
}

#[cfg(test)]
mod tests;
