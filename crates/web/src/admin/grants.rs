//! Looking at what a member has allowed, for as long as they have. Each look is noted before anything is shown.

use app::{Held, RunningGrant};
use askama::Template;
use axum::extract::rejection::FormRejection;
use axum::extract::{Form, State};
use axum::http::{StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use base::{AccountId, Secret};
use privacy::GrantScope;
use serde::Deserialize;

use super::Here;
use super::accounts::unreadable;
use crate::Web;
use crate::message_page::{Message, minute};
use crate::privacy_centre::grants::title;
use crate::privacy_centre::held::{Reason, reasons};
use crate::shell::Shell;
use crate::texts::Language;

/// A grant that runs.
pub(super) struct Running {
    pub(super) account: String,
    pub(super) scope: &'static str,
    pub(super) title: String,
    pub(super) ends: String,
}

pub(super) fn running(grant: &RunningGrant, t: Language) -> Running {
    Running {
        account: grant.account.to_string(),
        scope: grant.scope.as_str(),
        title: title(grant.scope, t),
        ends: minute(grant.ends_at),
    }
}

/// What is to be looked at, and what shows that it is the operator who asks.
#[derive(Deserialize)]
pub(super) struct Wanted {
    account: String,
    scope: String,
    #[serde(default)]
    password: Option<Secret<String>>,
}

#[derive(Template)]
#[template(path = "admin/granted.html")]
struct GrantedPage {
    shell: Shell,
    t: Language,
    title: String,
    account: String,
    scope: String,
    reasons: Vec<Reason>,
}

/// `POST /admin/look`: what a running grant of this account and kind shows. A form, so that nothing looks by following a
/// link.
pub(super) async fn look(
    here: Here,
    State(web): State<Web>,
    form: Result<Form<Wanted>, FormRejection>,
) -> Response {
    let Ok(Form(wanted)) = form else {
        return unreadable(&here);
    };
    let account: Result<AccountId, _> = wanted.account.parse();
    let scope: Result<GrantScope, _> = wanted.scope.parse();
    let (Ok(account), Ok(scope)) = (account, scope) else {
        return unreadable(&here);
    };
    let looked = match here.prove(&web, wanted.password).await {
        Ok(()) => {
            let app = &web.inner.app;
            app.look_by_grant(&here.operator, account, scope).await
        }
        Err(refusal) => Err(refusal),
    };
    match looked {
        Ok(Some(held)) => draw(&here, account, scope, &held),
        Ok(None) => not_granted(&here),
        Err(refusal) => here.refuse(refusal),
    }
}

fn draw(here: &Here, account: AccountId, scope: GrantScope, held: &[Held]) -> Response {
    let t = here.language();
    let page = GrantedPage {
        shell: Shell::new("/admin", t, here.tongue.is_asked),
        t,
        title: t.with("pages-document-title", "title", t.say("admin-granted")),
        account: account.to_string(),
        scope: title(scope, t),
        reasons: reasons(held, t),
    };
    let page = page.render().expect("a page is written into memory");
    ([(header::CACHE_CONTROL, "no-store")], Html(page)).into_response()
}

fn not_granted(here: &Here) -> Response {
    let t = here.language();
    let (said, next) = (t.say("admin-not-granted"), t.say("admin-not-granted-next"));
    here.tell(StatusCode::FORBIDDEN, Message::new(t, said, next))
}
