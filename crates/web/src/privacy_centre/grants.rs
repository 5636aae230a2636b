//! Letting whoever runs the server look at one kind of one's data: what is allowed, the looks that followed, and the forms.

use app::{GrantView, columns_of_grant};
use axum::extract::State;
use axum::response::Response;
use base::EntryId;
use privacy::{GrantLength, GrantScope, GrantState};
use serde::Deserialize;

use super::acts::{GRANTED, REVOKED, finished};
use super::asked::{Filled, Person, Proof, Sorry};
use crate::Web;
use crate::accounts::Refusal;
use crate::message_page::minute;
use crate::texts::Language;

/// What may be allowed.
pub(super) struct Offer {
    pub(super) scopes: Vec<Scope>,
    pub(super) lengths: Vec<Length>,
}

/// One kind of data, with the columns that a grant of it shows.
pub(super) struct Scope {
    pub(super) name: &'static str,
    pub(super) title: String,
    pub(super) columns: Vec<String>,
}

/// How long it lasts.
pub(super) struct Length {
    pub(super) hours: u32,
    pub(super) text: String,
}

/// What was allowed.
pub(super) struct Given {
    pub(super) id: String,
    pub(super) title: String,
    pub(super) given: String,
    pub(super) ends: String,
    pub(super) standing: String,
    pub(super) is_running: bool,
    pub(super) looks: Vec<Look>,
}

/// A look that followed.
pub(super) struct Look {
    pub(super) at: String,
    pub(super) operator: String,
}

/// The name of what a grant shows.
pub(crate) fn title(scope: GrantScope, t: Language) -> String {
    t.say(&format!("centre-scope-{scope}"))
}

pub(super) fn offer(t: Language) -> Offer {
    let scopes = GrantScope::ALL.map(|scope| Scope {
        name: scope.as_str(),
        title: title(scope, t),
        columns: columns_of_grant(scope).collect(),
    });
    let lengths = GrantLength::ALL.map(|length| Length {
        hours: length.hours(),
        text: t.with("centre-grant-hours", "count", u64::from(length.hours())),
    });
    Offer {
        scopes: scopes.into(),
        lengths: lengths.into(),
    }
}

pub(super) fn given(view: &GrantView, t: Language) -> Given {
    let looks = view.looks.iter().map(|look| Look {
        at: minute(look.at),
        operator: look.operator.clone(),
    });
    Given {
        id: view.id.to_string(),
        title: title(view.scope, t),
        given: minute(view.given_at),
        ends: minute(view.ends_at),
        standing: match view.state {
            GrantState::Running => t.say("centre-grant-running"),
            GrantState::Revoked(at) => t.with("centre-grant-revoked", "moment", minute(at)),
            GrantState::Over => t.say("centre-grant-over"),
        },
        is_running: view.state == GrantState::Running,
        looks: looks.collect(),
    }
}

/// What is allowed, and for how long.
#[derive(Deserialize)]
pub(super) struct Allowance {
    scope: String,
    hours: String,
    #[serde(flatten)]
    proof: Proof,
}

/// `POST /privacy/me/grant`: allows a look, once the person has shown again that it is them.
pub(super) async fn give(
    person: Person,
    State(web): State<Web>,
    Filled(allowance): Filled<Allowance>,
) -> Result<Response, Sorry> {
    let scope: Result<GrantScope, _> = allowance.scope.parse();
    let length: Result<GrantLength, _> = allowance.hours.parse();
    let (Ok(scope), Ok(length)) = (scope, length) else {
        return Err(person.sorry(Refusal::Unreadable));
    };
    person.prove(&web, allowance.proof).await?;
    let given = web.inner.app.give_grant(&person.session, scope, length);
    finished(&person, given.await, GRANTED)
}

/// Which grant.
#[derive(Deserialize)]
pub(super) struct Named {
    grant: String,
}

/// `POST /privacy/me/grant/revoke`: takes it back at once.
pub(super) async fn revoke(
    person: Person,
    State(web): State<Web>,
    Filled(Named { grant }): Filled<Named>,
) -> Result<Response, Sorry> {
    let grant: Result<EntryId, _> = grant.parse();
    let grant = grant.map_err(|_| person.sorry(Refusal::Unreadable))?;
    let revoked = web.inner.app.revoke_grant(&person.session, grant);
    finished(&person, revoked.await, REVOKED)
}
