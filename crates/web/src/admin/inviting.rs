//! Letting somebody in, where only the invited may make an account.

use app::AccountRefusal;
use askama::Template;
use axum::extract::rejection::FormRejection;
use axum::extract::{Form, State};
use axum::http::{StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use base::Secret;
use serde::Deserialize;

use super::Here;
use super::accounts::unreadable;
use crate::Web;
use crate::message_page::Message;
use crate::shell::Shell;
use crate::texts::Language;

/// Who is invited, and what shows that it is the operator who asks.
#[derive(Deserialize)]
pub(super) struct Wanted {
    email: Secret<String>,
    /// The language of the letter; none: the link is shown and nothing is mailed.
    #[serde(default)]
    mail_in: String,
    #[serde(default)]
    password: Option<Secret<String>>,
}

#[derive(Template)]
#[template(path = "admin/invited.html")]
struct InvitedPage<'a> {
    shell: Shell,
    t: Language,
    title: String,
    link: &'a str,
}

/// `POST /admin/invite`. The link is shown once and kept nowhere.
pub(super) async fn invite(
    here: Here,
    State(web): State<Web>,
    form: Result<Form<Wanted>, FormRejection>,
) -> Response {
    let Ok(Form(wanted)) = form else {
        return unreadable(&here);
    };
    let t = here.language();
    match carry_out(&here, &web, wanted).await {
        Ok(Some(link)) => draw(&here, link.expose()),
        Ok(None) => {
            let mailed = Message::new(t, t.say("admin-invited"), t.say("admin-invited-mailed"));
            here.tell(StatusCode::OK, mailed)
        }
        Err(refusal) => here.refuse(refusal),
    }
}

async fn carry_out(
    here: &Here,
    web: &Web,
    wanted: Wanted,
) -> Result<Option<Secret<String>>, AccountRefusal> {
    let mail_in = match wanted.mail_in.as_str() {
        "" => None,
        tag => Some(Language::asked(Some(tag)).ok_or(AccountRefusal::BadSetting)?),
    };
    here.prove(web, wanted.password).await?;
    let (app, place) = (&web.inner.app, &here.asking.place);
    app.invite(place, &here.operator, wanted.email.expose(), mail_in)
        .await
}

fn draw(here: &Here, link: &str) -> Response {
    let t = here.language();
    let page = InvitedPage {
        shell: Shell::new("/admin", t, here.tongue.is_asked),
        t,
        title: t.with("pages-document-title", "title", t.say("admin-invited")),
        link,
    };
    let page = page.render().expect("a page is written into memory");
    ([(header::CACHE_CONTROL, "no-store")], Html(page)).into_response()
}
