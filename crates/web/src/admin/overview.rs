//! How the installation does, at a glance.

use account::{OperatorAct, RegistrationRule};
use app::{ActView, Health, operator_mark};
use askama::Template;
use axum::extract::State;
use axum::http::header;
use axum::response::{Html, IntoResponse, Response};
use std::time::Duration;

use super::grants::{Running, running};
use super::in_tray::{self, Pile};
use super::jobs;
use super::{Here, disk};
use crate::message_page::{minute, refused};
use crate::shell::{Shell, VERSION};
use crate::texts::Language;
use crate::{Reading, Settings, Web};

/// Retention that was not looked after for this long is a fault of the server.
const RETENTION_LATE: Duration = Duration::from_secs(26 * 60 * 60);

#[derive(Template)]
#[template(path = "admin/overview.html")]
struct Overview {
    shell: Shell,
    t: Language,
    title: String,
    facts: Vec<(String, String)>,
    warnings: Vec<String>,
    piles: Vec<Pile>,
    switches: Vec<(String, bool)>,
    readings: Vec<Reading>,
    grants: Vec<Running>,
    own_mark: String,
    needs_password: bool,
    invites: bool,
    languages: Vec<(&'static str, &'static str)>,
    jobs: Vec<(String, String)>,
    acts: Vec<Line>,
}

/// Something that an operator did.
pub(super) struct Line {
    pub(super) at: String,
    pub(super) what: String,
    pub(super) who: String,
    pub(super) account: String,
}

/// `GET /admin`
pub(super) async fn show(here: Here, State(web): State<Web>) -> Response {
    let app = &web.inner.app;
    let acts = match app.acts(&here.operator).await {
        Ok(acts) => acts,
        Err(refusal) => return refused(refusal, "/admin", here.tongue),
    };
    let health = match app.health(&here.operator).await {
        Ok(health) => health,
        Err(refusal) => return refused(refusal, "/admin", here.tongue),
    };
    let grants = match app.running_grants(&here.operator).await {
        Ok(grants) => grants,
        Err(refusal) => return refused(refusal, "/admin", here.tongue),
    };
    let t = here.language();
    let session = here.operator.session();
    let free = disk::free_space(web.inner.settings.data_folder.clone()).await;
    let page = Overview {
        shell: Shell::new("/admin", t, here.tongue.is_asked),
        t,
        title: t.with("pages-document-title", "title", t.say("admin-title")),
        facts: facts(&health, free, t),
        warnings: warnings(&health, free, t),
        piles: in_tray::piles(&health.in_tray, t),
        switches: switches(&health, &web.inner.settings, t),
        readings: (web.inner.readings)(),
        grants: grants.iter().map(|grant| running(grant, t)).collect(),
        own_mark: operator_mark(session.account()),
        needs_password: !app.has_recent_proof(session),
        invites: health.registration == RegistrationRule::Invited,
        languages: Language::OFFERED
            .into_iter()
            .map(|language| (language.tag(), language.native_name()))
            .collect(),
        jobs: jobs::lines(&app.jobs(&here.operator), t),
        acts: acts.iter().map(|act| line(act, t)).collect(),
    };
    let page = page.render().expect("a page is written into memory");
    ([(header::CACHE_CONTROL, "no-store")], Html(page)).into_response()
}

fn facts(health: &Health, free: Option<u64>, t: Language) -> Vec<(String, String)> {
    let hours = health.now.since(health.started_at).as_secs() / 3_600;
    let number = |count: usize| t.number(u64::try_from(count).unwrap_or(u64::MAX));
    let never = || t.say("admin-never");
    vec![
        (t.say("admin-build"), VERSION.to_owned()),
        (t.say("admin-uptime"), t.with("admin-hours", "count", hours)),
        (t.say("admin-database"), health.database.to_owned()),
        disk::fact(free, t),
        (t.say("admin-rooms"), t.number(health.rooms)),
        (t.say("admin-live-rooms"), number(health.live_rooms)),
        (t.say("admin-sockets"), number(health.sockets)),
        (t.say("admin-mails"), t.number(health.mails)),
        (
            t.say("admin-retention"),
            health.retention_at.map_or_else(never, minute),
        ),
    ]
}

fn warnings(health: &Health, free: Option<u64>, t: Language) -> Vec<String> {
    let is_late = |at| health.now.since(at) > RETENTION_LATE;
    let mut warnings = in_tray::warnings(&health.in_tray, health.now, t);
    warnings.extend(disk::warning(free, t));
    if !health.has_mail_server {
        warnings.push(t.say("admin-no-mail-server"));
    }
    if health.retention_at.is_some_and(is_late) {
        warnings.push(t.say("admin-retention-late"));
    }
    warnings
}

fn switches(health: &Health, settings: &Settings, t: Language) -> Vec<(String, bool)> {
    let upstreams = health.upstreams.iter();
    let upstreams = upstreams.map(|title| (t.with("admin-switch-upstream", "name", *title), true));
    [
        (
            "admin-switch-registration",
            health.registration != RegistrationRule::Closed,
        ),
        (
            "admin-switch-invited",
            health.registration == RegistrationRule::Invited,
        ),
        ("admin-switch-mail", health.has_mail_server),
        ("admin-switch-public", settings.public_origin().is_some()),
        ("admin-switch-metrics", settings.metrics_for_all),
        (
            "admin-switch-spotify",
            !settings.spotify_client_id.is_empty(),
        ),
    ]
    .into_iter()
    .map(|(id, is_on)| (t.say(id), is_on))
    .chain(upstreams)
    .collect()
}

fn line(act: &ActView, t: Language) -> Line {
    Line {
        at: minute(act.at),
        what: t.say(super::accounts::name_of(act.act)),
        who: t.say(match act.is_own {
            Some(true) => "admin-by-you",
            Some(false) => "admin-by-other",
            None => "admin-by-command",
        }),
        account: match (act.account, act.act) {
            (Some(id), _) => id.to_string(),
            (None, OperatorAct::Invite) => t.say("admin-no-account"),
            (None, _) => t.say("admin-gone"),
        },
    }
}
