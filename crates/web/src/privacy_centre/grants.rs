//! Letting whoever runs the server look at one kind of one's data: what is allowed, the looks that followed, and the forms.

use app::{GrantView, columns_of_grant};
use axum::extract::State;
use axum::response::Response;
use base::EntryId;
use privacy::{GrantLength, GrantScope, GrantState};
use serde::Deserialize;

use super::Step;
use super::acts::{GRANTED, REVOKED, finished, led_back};
use super::again::{Typed, again};
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
    pub(super) is_chosen: bool,
}

/// How long it lasts.
pub(super) struct Length {
    pub(super) hours: u32,
    pub(super) text: String,
    pub(super) is_chosen: bool,
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

/// What may be allowed, with the scope and the hours that are chosen already.
pub(super) fn offer(chosen: Option<(&str, &str)>, t: Language) -> Offer {
    let (chosen_scope, chosen_hours) = chosen.unwrap_or_default();
    let scopes = GrantScope::ALL.map(|scope| Scope {
        name: scope.as_str(),
        title: title(scope, t),
        columns: columns_of_grant(scope).collect(),
        is_chosen: scope.as_str() == chosen_scope,
    });
    let lengths = GrantLength::ALL.map(|length| Length {
        hours: length.hours(),
        text: t.with("centre-grant-hours", "count", u64::from(length.hours())),
        is_chosen: length.hours().to_string() == chosen_hours,
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
) -> Response {
    let Allowance {
        scope,
        hours,
        proof,
    } = allowance;
    let ticket = proof.step();
    let refusal = match allow(&web, &person, &scope, &hours, proof).await {
        Ok(()) => return led_back(GRANTED, person.looker.tongue),
        Err(refusal) => refusal,
    };
    let step = Step::proof_after(&refusal, ticket);
    let typed = Typed::Allowance { scope, hours };
    again(&web, &person.looker, refusal, typed, step).await
}

async fn allow(
    web: &Web,
    person: &Person,
    scope: &str,
    hours: &str,
    proof: Proof,
) -> Result<(), Refusal> {
    let scope: GrantScope = scope.parse().map_err(|_| Refusal::Unreadable)?;
    let length: GrantLength = hours.parse().map_err(|_| Refusal::Unreadable)?;
    person.prove(web, proof).await?;
    let given = web.inner.app.give_grant(&person.session, scope, length);
    Ok(given.await?)
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
