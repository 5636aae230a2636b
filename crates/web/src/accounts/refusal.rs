//! Why a step of an account was not taken, as a problem response in the reader's language.

use std::time::Duration;

use account::WeakPassword;
use app::AccountRefusal;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};

use crate::problem::Problem;
use crate::texts::{Language, plain};

/// Everything that these doors say no to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Refusal {
    /// The use case refused.
    Account(AccountRefusal),
    /// A page of another site asks.
    Foreign,
    /// The body has not the shape that it must have.
    Unreadable,
    /// The body is of another kind than the one that is read here.
    WrongKind,
    /// The body is longer than anything that is read here.
    TooLong,
    /// The body did not come to its end in time.
    TooSlow,
    /// Cookies that sign somebody in are not kept by browsers on this way here.
    HttpsNeeded,
}

impl From<AccountRefusal> for Refusal {
    fn from(refusal: AccountRefusal) -> Self {
        Self::Account(refusal)
    }
}

/// Name, status and texts of a refusal. The name is the last part of the problem's type.
struct Facts {
    name: &'static str,
    status: StatusCode,
    title: &'static str,
    next: &'static str,
}

macro_rules! facts {
    ($name:literal, $status:ident) => {
        Facts {
            name: $name,
            status: StatusCode::$status,
            title: concat!("account-refused-", $name),
            next: concat!("account-refused-", $name, "-next"),
        }
    };
}

impl Refusal {
    /// The refusal with its texts, for an answer in `language`.
    pub(crate) fn problem(&self, language: Language) -> Response {
        let facts = self.facts();
        let mut problem = Problem::new(
            facts.status,
            &plain(&language.say(facts.title)),
            &plain(&self.next(&facts, language)),
        )
        .of_kind(facts.name);
        if let Self::Account(AccountRefusal::Failed(reference)) = self {
            problem = problem.with_reference(Some(*reference));
        }
        problem.why = self.why();
        let mut response = problem.into_response();
        let headers = response.headers_mut();
        headers.insert(
            header::CONTENT_LANGUAGE,
            HeaderValue::from_static(language.tag()),
        );
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        if let Some(wait) = self.wait() {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds(wait)));
        }
        response
    }

    /// The name of its kind, as in the problem's type.
    pub(crate) fn name(&self) -> &'static str {
        self.facts().name
    }

    fn next(&self, facts: &Facts, language: Language) -> String {
        if let Some(wait) = self.wait() {
            return language.with(facts.next, "seconds", seconds(wait));
        }
        match self {
            Self::Account(AccountRefusal::NotOfAge { minimum }) => {
                language.with(facts.next, "years", u64::from(*minimum))
            }
            _ => language.say(facts.next),
        }
    }

    fn wait(&self) -> Option<Duration> {
        match self {
            Self::Account(
                AccountRefusal::TooManyTries { wait } | AccountRefusal::Busy { wait },
            ) => Some(*wait),
            _ => None,
        }
    }

    /// Which rule a password breaks.
    fn why(&self) -> Option<String> {
        let Self::Account(AccountRefusal::WeakPassword(weak)) = self else {
            return None;
        };
        let why = match weak {
            WeakPassword::TooShort => "too-short",
            WeakPassword::TooLong => "too-long",
            WeakPassword::Common => "common",
            WeakPassword::NamesYou => "names-you",
            WeakPassword::TooGuessable => "too-guessable",
        };
        Some(why.to_owned())
    }

    fn facts(&self) -> Facts {
        match self {
            Self::Account(refusal) => account_facts(refusal),
            Self::Foreign => facts!("foreign-page", FORBIDDEN),
            Self::Unreadable => facts!("unreadable-body", BAD_REQUEST),
            Self::WrongKind => facts!("wrong-kind", UNSUPPORTED_MEDIA_TYPE),
            Self::TooLong => facts!("body-too-long", PAYLOAD_TOO_LARGE),
            Self::TooSlow => facts!("body-too-slow", REQUEST_TIMEOUT),
            Self::HttpsNeeded => facts!("https-needed", FORBIDDEN),
        }
    }
}

fn account_facts(refusal: &AccountRefusal) -> Facts {
    match refusal {
        AccountRefusal::BadEmail => facts!("bad-email", UNPROCESSABLE_ENTITY),
        AccountRefusal::WeakPassword(_) => facts!("weak-password", UNPROCESSABLE_ENTITY),
        AccountRefusal::WrongCredentials => facts!("wrong-credentials", FORBIDDEN),
        AccountRefusal::WrongCode => facts!("wrong-code", FORBIDDEN),
        AccountRefusal::TicketOver => facts!("ticket-over", GONE),
        AccountRefusal::TooManyTries { .. } => facts!("too-many-tries", TOO_MANY_REQUESTS),
        AccountRefusal::Busy { .. } => facts!("busy-hashing", SERVICE_UNAVAILABLE),
        AccountRefusal::ProveItAgain => facts!("prove-it-again", FORBIDDEN),
        AccountRefusal::ProofOfWorkNeeded => facts!("proof-of-work-needed", FORBIDDEN),
        AccountRefusal::NotSignedIn => facts!("not-signed-in", UNAUTHORIZED),
        AccountRefusal::NotYours => facts!("not-yours", NOT_FOUND),
        AccountRefusal::NameTaken => facts!("name-taken", CONFLICT),
        AccountRefusal::BadName => facts!("bad-name", UNPROCESSABLE_ENTITY),
        AccountRefusal::BadSetting => facts!("bad-setting", UNPROCESSABLE_ENTITY),
        AccountRefusal::LastWayIn => facts!("last-way-in", CONFLICT),
        AccountRefusal::UpstreamRefused => facts!("upstream-refused", FORBIDDEN),
        AccountRefusal::SignInFirst => facts!("sign-in-first", CONFLICT),
        AccountRefusal::LinkedElsewhere => facts!("linked-elsewhere", CONFLICT),
        AccountRefusal::WrongPasskey => facts!("wrong-passkey", FORBIDDEN),
        AccountRefusal::BadPicture => facts!("bad-picture", UNPROCESSABLE_ENTITY),
        AccountRefusal::NotOfAge { .. } => facts!("not-of-age", FORBIDDEN),
        AccountRefusal::OtherPolicy => facts!("other-policy", CONFLICT),
        AccountRefusal::Locked => facts!("locked", FORBIDDEN),
        AccountRefusal::Closed => facts!("closed", FORBIDDEN),
        AccountRefusal::TooMany => facts!("too-many-kept", CONFLICT),
        AccountRefusal::Failed(_) => facts!("failed", INTERNAL_SERVER_ERROR),
    }
}

/// Whole seconds, rounded up: a client that waits them is let in.
fn seconds(wait: Duration) -> u64 {
    wait.as_secs() + u64::from(wait.subsec_nanos() > 0)
}
