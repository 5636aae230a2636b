//! The policy as a page for people, drawn from the data inventory: what it says is what the program does.

mod rows;

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use app::{PolicyOrdinal, PublishedPolicy};
use askama::Template;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use base::Timestamp;
use privacy::{Inventory, Policy, day};

use crate::links::Tongue;
use crate::shell::Shell;
use crate::texts::Language;
use crate::{Settings, Web, blog};
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

/// What no program can keep, so that whoever runs the server answers for it, each with what the program gives them for it.
const DUTIES: [(&str, &str); 7] = [
    ("privacy-duty-sale", "unisono backup"),
    ("privacy-duty-looking", "/privacy/me#grants"),
    ("privacy-duty-authorities", "unisono privacy legal"),
    ("privacy-duty-transfers", "unisono privacy record"),
    ("privacy-duty-breaches", "unisono privacy breach"),
    ("privacy-duty-logs", "unisono errors"),
    ("privacy-duty-answers", "unisono privacy requests"),
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
    /// What the files of the database keep of what is gone.
    dead_rows: Option<String>,
    purposes: Vec<Section>,
    /// The purposes for which nothing is kept that is about a person.
    impersonal: String,
    cookies: Vec<Kept>,
    stored: Vec<Kept>,
    hosts: Vec<Addressed>,
    players: Vec<Addressed>,
    checks: Vec<Addressed>,
    rights: [&'static str; 8],
    /// Where the data is processed.
    hosting: String,
    duties: [(&'static str, &'static str); 7],
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

/// What is told: what is held here, under which version.
struct Told<'a> {
    inventory: &'a Inventory,
    version: &'a str,
    keeps_dead_rows: bool,
    dated: Dated,
}

/// What the database knows about the policy. The policy itself is told without it too.
#[derive(Default)]
struct Dated {
    published: Vec<PublishedPolicy>,
    swept_at: Option<Timestamp>,
}

/// What a drawn page depends on beside the language: all else stays while the program runs.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Stamp {
    in_force: Option<PolicyOrdinal>,
    swept_on: Option<String>,
    is_blog_offered: bool,
}

/// The page as it was drawn last, for each language and way to ask for it.
#[derive(Default)]
pub(crate) struct PolicyPages(Mutex<HashMap<(Language, bool), (Stamp, Bytes)>>);

impl PolicyPages {
    fn lock(&self) -> MutexGuard<'_, HashMap<(Language, bool), (Stamp, Bytes)>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn find(&self, tongue: Tongue, stamp: &Stamp) -> Option<Bytes> {
        let drawn = self.lock();
        let (of, page) = drawn.get(&(tongue.language, tongue.is_asked))?;
        (of == stamp).then(|| page.clone())
    }

    fn keep(&self, tongue: Tongue, stamp: Stamp, page: Bytes) {
        let of = (tongue.language, tongue.is_asked);
        self.lock().insert(of, (stamp, page));
    }
}

/// `GET /privacy`
pub(crate) async fn show(State(web): State<Web>, tongue: Tongue) -> Response {
    let app = &web.inner.app;
    let swept_at = app.last_retention().await.ok().flatten();
    let swept_at = swept_at.map(|run| run.ran_at);
    let stamp = Stamp {
        in_force: app.policy_in_force().await.ok(),
        swept_on: swept_at.map(day),
        is_blog_offered: blog::is_offered(),
    };
    let pages = &web.inner.policy_pages;
    let page = match pages.find(tongue, &stamp) {
        Some(page) => page,
        None => {
            let dated = Dated {
                published: app.policies().await.unwrap_or_default(),
                swept_at,
            };
            let told = Told {
                inventory: app.inventory_here(),
                version: app.policy_version(),
                keeps_dead_rows: app.keeps_dead_rows(),
                dated,
            };
            let page = Bytes::from(draw(&web.inner.settings, told, tongue));
            pages.keep(tongue, stamp, page.clone());
            page
        }
    };
    let headers = [
        (header::CONTENT_TYPE, "text/html; charset=utf-8"),
        (header::CACHE_CONTROL, "no-cache"),
        (header::VARY, "accept-language"),
    ];
    (headers, page).into_response()
}

fn draw(settings: &Settings, told: Told<'_>, tongue: Tongue) -> String {
    let t = tongue.language;
    let Told {
        inventory,
        version,
        keeps_dead_rows,
        dated,
    } = told;
    let operator = &settings.operator;
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
        dead_rows: keeps_dead_rows.then(|| t.say("privacy-dead-rows")),
        purposes: rows::sections(&policy, t),
        impersonal: rows::impersonal(&policy, inventory, t),
        cookies: rows::kept(&policy, "cookie", t),
        stored: rows::kept(&policy, "browser", t),
        hosts: rows::hosts(inventory, &operator.grounds, t),
        players: rows::players(inventory, &operator.grounds, t),
        checks: rows::checks(inventory, &operator.grounds, t),
        rights: RIGHTS,
        hosting: match operator.hosting.trim() {
            "" => t.say("privacy-processed-unknown"),
            hosting => t.with("privacy-processed", "where", hosting),
        },
        duties: DUTIES,
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

#[cfg(test)]
mod tests;
