//! One account, as an operator sees and handles it: found by its exact address or id, without name, picture or content.

use account::{AccountAct, OperatorAct};
use app::{AccountRefusal, AccountState};
use askama::Template;
use axum::extract::rejection::FormRejection;
use axum::extract::{Form, State};
use axum::http::{StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use base::{AccountId, Secret};
use serde::Deserialize;

use super::Here;
use crate::Web;
use crate::accounts::Refusal;
use crate::message_page::{Message, minute};
use crate::problem::in_words;
use crate::shell::Shell;
use crate::texts::Language;

/// The word that must be typed to erase somebody.
const ERASE_WORD: &str = "erase";

/// What is looked for.
#[derive(Deserialize)]
pub(super) struct Wanted {
    account: Secret<String>,
}

/// What is to be done, and what shows that it is the operator who asks.
#[derive(Deserialize)]
pub(super) struct Deed {
    account: String,
    act: String,
    #[serde(default)]
    word: String,
    #[serde(default)]
    password: Option<Secret<String>>,
}

#[derive(Template)]
#[template(path = "admin/account.html")]
struct AccountPage {
    shell: Shell,
    t: Language,
    title: String,
    id: String,
    facts: Vec<(String, String)>,
    acts: Vec<(&'static str, String)>,
    is_own: bool,
    needs_password: bool,
    told: Option<String>,
    /// The reference of what was refused.
    reference: Option<String>,
}

/// The name of a text that says what is done.
pub(super) const fn name_of(act: OperatorAct) -> &'static str {
    match act {
        OperatorAct::Account(AccountAct::Lock) => "admin-act-lock",
        OperatorAct::Account(AccountAct::Unlock) => "admin-act-unlock",
        OperatorAct::Account(AccountAct::SignOut) => "admin-act-sign-out",
        OperatorAct::Account(AccountAct::SendCopy) => "admin-act-send-copy",
        OperatorAct::Account(AccountAct::Erase) => "admin-act-erase",
        OperatorAct::Invite => "admin-act-invite",
    }
}

/// `POST /admin/account`: the account of an exact address or id. A form, so that no address of a page holds either.
pub(super) async fn find(
    here: Here,
    State(web): State<Web>,
    form: Result<Form<Wanted>, FormRejection>,
) -> Response {
    let Ok(Form(Wanted { account })) = form else {
        return unreadable(&here);
    };
    show(&here, &web, account.expose(), None).await
}

/// `POST /admin/account/act`
pub(super) async fn act(
    here: Here,
    State(web): State<Web>,
    form: Result<Form<Deed>, FormRejection>,
) -> Response {
    let Ok(Form(deed)) = form else {
        return unreadable(&here);
    };
    let (Some(act), Ok(account)) = (
        AccountAct::named(&deed.act),
        deed.account.parse::<AccountId>(),
    ) else {
        return unreadable(&here);
    };
    let t = here.language();
    let is_meant = act != AccountAct::Erase || deed.word.trim() == ERASE_WORD;
    let done = match is_meant {
        true => carry_out(&here, &web, (act, account), deed.password).await,
        false => Err(Refusal::WordNotTyped),
    };
    match done {
        Ok(()) if act == AccountAct::Erase => {
            let done = Message::new(t, t.say("admin-done"), t.say("admin-erased-next"));
            here.tell(StatusCode::OK, done)
        }
        Err(refusal @ Refusal::Account(AccountRefusal::Failed(_))) => here.refuse(refusal),
        done => show(&here, &web, &deed.account, Some(done)).await,
    }
}

async fn carry_out(
    here: &Here,
    web: &Web,
    deed: (AccountAct, AccountId),
    password: Option<Secret<String>>,
) -> Result<(), Refusal> {
    here.prove(web, password).await?;
    let (app, asking) = (&web.inner.app, &here.asking);
    let done = app.act(&asking.caller, &asking.place, &here.operator, deed);
    Ok(done.await?)
}

/// The page of an account. `done`: what became of the last act.
async fn show(here: &Here, web: &Web, text: &str, done: Option<Result<(), Refusal>>) -> Response {
    let t = here.language();
    let app = &web.inner.app;
    let state = match app.find_account(&here.operator, text).await {
        Ok(Some(state)) => state,
        Ok(None) => {
            let nobody = Message::new(t, t.say("admin-nobody"), t.say("admin-nobody-next"));
            return here.tell(StatusCode::NOT_FOUND, nobody);
        }
        Err(refusal) => return here.refuse(refusal),
    };
    let refusal = done.as_ref().and_then(|done| done.as_ref().err());
    let noted = refusal.map(Refusal::noted);
    let page = AccountPage {
        shell: Shell::new("/admin", t, here.tongue.is_asked),
        t,
        title: t.with("pages-document-title", "title", t.say("admin-account")),
        id: state.id.to_string(),
        facts: facts(&state, t),
        acts: acts(&state, t),
        is_own: state.is_own,
        needs_password: !app.has_recent_proof(here.operator.session()),
        told: done.as_ref().map(|done| match done {
            Ok(()) => t.say("admin-done"),
            Err(refusal) => format!("{} {}", refusal.title(t), refusal.next(t)),
        }),
        reference: noted.map(|noted| noted.reference.to_string()),
    };
    let page = page.render().expect("a page is written into memory");
    let mut response = ([(header::CACHE_CONTROL, "no-store")], Html(page)).into_response();
    if let (Some(refusal), Some(noted)) = (refusal, noted) {
        *response.status_mut() = refusal.status();
        response.extensions_mut().insert(noted);
        response = in_words(response, t, refusal.wait());
    }
    response
}

fn facts(state: &AccountState, t: Language) -> Vec<(String, String)> {
    let yes = |is: bool| t.say(if is { "admin-yes" } else { "admin-no" });
    let since = |at: Option<_>| at.map_or_else(|| t.say("admin-no"), minute);
    let sessions = u64::try_from(state.sessions).unwrap_or(u64::MAX);
    vec![
        (t.say("admin-rank"), state.rank.as_str().to_owned()),
        (t.say("admin-made"), minute(state.created_at)),
        (t.say("admin-has-address"), yes(state.has_email)),
        (t.say("admin-sessions"), t.number(sessions)),
        (t.say("admin-locked"), since(state.locked_at)),
        (t.say("admin-restricted"), since(state.restricted_at)),
        (t.say("admin-erase-at"), since(state.erase_at)),
    ]
}

/// What can be done to it as it is, but for erasing it.
fn acts(state: &AccountState, t: Language) -> Vec<(&'static str, String)> {
    let of_lock = match state.locked_at {
        Some(_) => AccountAct::Unlock,
        None => AccountAct::Lock,
    };
    let copy = state.has_email.then_some(AccountAct::SendCopy);
    [Some(of_lock), Some(AccountAct::SignOut), copy]
        .into_iter()
        .flatten()
        .map(|act| (act.as_str(), t.say(name_of(act.into()))))
        .collect()
}

pub(super) fn unreadable(here: &Here) -> Response {
    let t = here.language();
    let (said, next) = (t.say("admin-unreadable"), t.say("admin-unreadable-next"));
    here.tell(StatusCode::BAD_REQUEST, Message::new(t, said, next))
}
