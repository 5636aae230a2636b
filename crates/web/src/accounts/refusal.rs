//! Why a step of an account was not taken, as a problem response in the reader's language.

use std::time::Duration;

use account::WeakPassword;
use app::{AccountRefusal, BusyAt, SavingRefusal};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use base::ReferenceId;

use crate::problem::{self, Facts, Noted, Problem, whole_seconds};
use crate::texts::{Language, plain};

/// Everything that these doors say no to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Refusal {
    /// The use case refused.
    Account(AccountRefusal),
    /// A room is not saved.
    Saving(SavingRefusal),
    /// The word that shows that somebody means it was not typed.
    WordNotTyped,
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

impl From<SavingRefusal> for Refusal {
    fn from(refusal: SavingRefusal) -> Self {
        match refusal {
            SavingRefusal::NotYours => Self::Account(AccountRefusal::NotYours),
            SavingRefusal::TooManyTries { wait } => {
                Self::Account(AccountRefusal::TooManyTries { wait })
            }
            SavingRefusal::Failed(reference) => Self::Account(AccountRefusal::Failed(reference)),
            refusal => Self::Saving(refusal),
        }
    }
}

macro_rules! facts {
    ($name:literal, $status:ident) => {
        problem::worded!("account-refused-", $name, $status)
    };
}

/// One refusal of each kind, to explain them by name. Those with a number or a reference of their own explain
/// themselves.
const EVERY: [Refusal; 40] = [
    Refusal::Account(AccountRefusal::BadEmail),
    Refusal::Account(AccountRefusal::WeakPassword(WeakPassword::TooShort)),
    Refusal::Account(AccountRefusal::WrongCredentials),
    Refusal::Account(AccountRefusal::WrongCode),
    Refusal::Account(AccountRefusal::TicketOver),
    Refusal::Account(AccountRefusal::ProveItAgain),
    Refusal::Account(AccountRefusal::ProofOfWorkNeeded),
    Refusal::Account(AccountRefusal::NotSignedIn),
    Refusal::Account(AccountRefusal::NotYours),
    Refusal::Account(AccountRefusal::NameTaken),
    Refusal::Account(AccountRefusal::AddressTaken),
    Refusal::Account(AccountRefusal::BadName),
    Refusal::Account(AccountRefusal::BadSetting),
    Refusal::Account(AccountRefusal::LastWayIn),
    Refusal::Account(AccountRefusal::OwnAccount),
    Refusal::Account(AccountRefusal::SignInFirst),
    Refusal::Account(AccountRefusal::LinkedElsewhere),
    Refusal::Account(AccountRefusal::WrongPasskey),
    Refusal::Account(AccountRefusal::BadPicture),
    Refusal::Account(AccountRefusal::OtherPolicy),
    Refusal::Account(AccountRefusal::Locked),
    Refusal::Account(AccountRefusal::Closed),
    Refusal::Account(AccountRefusal::InvitedOnly),
    Refusal::Account(AccountRefusal::NotByInvitation),
    Refusal::Account(AccountRefusal::InvitationOver),
    Refusal::Account(AccountRefusal::TooMany),
    Refusal::Account(AccountRefusal::BeingErased),
    Refusal::WordNotTyped,
    Refusal::Saving(SavingRefusal::NotInPlan),
    Refusal::Saving(SavingRefusal::TooMany),
    Refusal::Saving(SavingRefusal::BadName),
    Refusal::Saving(SavingRefusal::BadCode),
    Refusal::Saving(SavingRefusal::BadPassword),
    Refusal::Saving(SavingRefusal::CodeTaken),
    Refusal::Foreign,
    Refusal::Unreadable,
    Refusal::WrongKind,
    Refusal::TooLong,
    Refusal::TooSlow,
    Refusal::HttpsNeeded,
];

impl Refusal {
    /// The refusal that a problem's type names.
    pub(crate) fn named(name: &str) -> Option<Self> {
        EVERY.into_iter().find(|refusal| refusal.name() == name)
    }

    /// The refusal with its texts, for an answer in `language`.
    pub(crate) fn problem(&self, language: Language) -> Response {
        let facts = self.facts();
        let title = plain(&self.title(language));
        let next = plain(&self.next(language));
        let problem = Problem::new(facts.name, facts.status, &title, &next);
        let mut problem = problem.under(self.logged());
        problem.why = self.why();
        problem::in_words(problem.into_response(), language, self.wait())
    }

    /// What happened, for a person.
    pub(crate) fn title(&self, language: Language) -> String {
        language.say(self.facts().title)
    }

    /// The name of its kind, as in the problem's type.
    pub(crate) fn name(&self) -> &'static str {
        self.facts().name
    }

    /// The status of an answer that refuses so.
    pub(crate) fn status(&self) -> StatusCode {
        self.facts().status
    }

    /// What to do next.
    pub(crate) fn next(&self, language: Language) -> String {
        let next = self.facts().next;
        if let Some(wait) = self.wait() {
            return language.with(next, "seconds", whole_seconds(wait));
        }
        match self {
            Self::Account(AccountRefusal::NotOfAge { minimum }) => {
                language.with(next, "years", u64::from(*minimum))
            }
            Self::Account(AccountRefusal::TextTooLong { chars, chars_max }) => {
                let [count, total] = [chars, chars_max]
                    .map(|chars| language.number(u64::try_from(*chars).unwrap_or(u64::MAX)));
                language.with_all(next, &[("count", &count), ("total", &total)])
            }
            _ => language.say(next),
        }
    }

    /// How it is found again.
    pub(crate) fn noted(&self) -> Noted {
        Noted::new(self.name(), self.logged())
    }

    /// The reference under which the log has the cause.
    fn logged(&self) -> Option<ReferenceId> {
        match self {
            Self::Account(
                AccountRefusal::Failed(reference) | AccountRefusal::UpstreamRefused(reference),
            ) => Some(*reference),
            _ => None,
        }
    }

    /// How long to wait before trying again.
    pub(crate) fn wait(&self) -> Option<Duration> {
        match self {
            Self::Account(
                AccountRefusal::TooManyTries { wait } | AccountRefusal::Busy { wait, .. },
            ) => Some(*wait),
            _ => None,
        }
    }

    /// Which rule a password breaks.
    fn why(&self) -> Option<String> {
        let Self::Account(AccountRefusal::WeakPassword(weak)) = self else {
            return None;
        };
        Some(weak.as_str().to_owned())
    }

    fn facts(&self) -> Facts {
        match self {
            Self::Account(refusal) => account_facts(refusal),
            Self::Saving(refusal) => saving_facts(refusal),
            Self::WordNotTyped => facts!("word-not-typed", BAD_REQUEST),
            Self::Foreign => facts!("foreign-page", FORBIDDEN),
            Self::Unreadable => facts!("unreadable-body", BAD_REQUEST),
            Self::WrongKind => facts!("wrong-kind", UNSUPPORTED_MEDIA_TYPE),
            Self::TooLong => facts!("body-too-long", PAYLOAD_TOO_LARGE),
            Self::TooSlow => facts!("body-too-slow", REQUEST_TIMEOUT),
            Self::HttpsNeeded => facts!("https-needed", FORBIDDEN),
        }
    }
}

fn saving_facts(refusal: &SavingRefusal) -> Facts {
    match refusal {
        SavingRefusal::NotInPlan => facts!("plan-saves-no-rooms", FORBIDDEN),
        SavingRefusal::TooMany => facts!("plan-saves-no-more-rooms", CONFLICT),
        SavingRefusal::BadName => facts!("bad-room-name", UNPROCESSABLE_ENTITY),
        SavingRefusal::BadCode => facts!("bad-room-code", UNPROCESSABLE_ENTITY),
        SavingRefusal::BadPassword => facts!("bad-room-password", UNPROCESSABLE_ENTITY),
        SavingRefusal::CodeTaken => facts!("room-code-taken", CONFLICT),
        SavingRefusal::NotYours => facts!("not-yours", NOT_FOUND),
        SavingRefusal::TooManyTries { .. } => facts!("too-many-tries", TOO_MANY_REQUESTS),
        SavingRefusal::Failed(_) => facts!("failed", INTERNAL_SERVER_ERROR),
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
        AccountRefusal::Busy { at, .. } => match at {
            BusyAt::Passwords => facts!("busy-hashing", SERVICE_UNAVAILABLE),
            BusyAt::Letters => facts!("busy-letters", SERVICE_UNAVAILABLE),
            BusyAt::Changes => facts!("busy-changes", SERVICE_UNAVAILABLE),
        },
        AccountRefusal::ProveItAgain => facts!("prove-it-again", FORBIDDEN),
        AccountRefusal::ProofOfWorkNeeded => facts!("proof-of-work-needed", FORBIDDEN),
        AccountRefusal::NotSignedIn => facts!("not-signed-in", UNAUTHORIZED),
        AccountRefusal::NotYours => facts!("not-yours", NOT_FOUND),
        AccountRefusal::NameTaken => facts!("name-taken", CONFLICT),
        AccountRefusal::AddressTaken => facts!("address-taken", CONFLICT),
        AccountRefusal::BadName => facts!("bad-name", UNPROCESSABLE_ENTITY),
        AccountRefusal::BadSetting => facts!("bad-setting", UNPROCESSABLE_ENTITY),
        AccountRefusal::TextTooLong { .. } => facts!("text-too-long", UNPROCESSABLE_ENTITY),
        AccountRefusal::LastWayIn => facts!("last-way-in", CONFLICT),
        AccountRefusal::OwnAccount => facts!("own-account", CONFLICT),
        AccountRefusal::UpstreamRefused(_) => facts!("upstream-refused", FORBIDDEN),
        AccountRefusal::SignInFirst => facts!("sign-in-first", CONFLICT),
        AccountRefusal::LinkedElsewhere => facts!("linked-elsewhere", CONFLICT),
        AccountRefusal::WrongPasskey => facts!("wrong-passkey", FORBIDDEN),
        AccountRefusal::BadPicture => facts!("bad-picture", UNPROCESSABLE_ENTITY),
        AccountRefusal::NotOfAge { .. } => facts!("not-of-age", FORBIDDEN),
        AccountRefusal::OtherPolicy => facts!("other-policy", CONFLICT),
        AccountRefusal::Locked => facts!("locked", FORBIDDEN),
        AccountRefusal::Closed => facts!("closed", FORBIDDEN),
        AccountRefusal::InvitedOnly => facts!("invited-only", FORBIDDEN),
        AccountRefusal::NotByInvitation => facts!("not-by-invitation", CONFLICT),
        AccountRefusal::InvitationOver => facts!("invitation-over", FORBIDDEN),
        AccountRefusal::TooMany => facts!("too-many-kept", CONFLICT),
        AccountRefusal::BeingErased => facts!("being-erased", CONFLICT),
        AccountRefusal::Failed(_) => facts!("failed", INTERNAL_SERVER_ERROR),
    }
}

#[cfg(test)]
mod tests {
    use base::OsEntropy;

    use super::*;

    #[test]
    fn each_kind_has_a_name_and_words_of_its_own_in_every_language() {
        let wait = Duration::from_millis(1_500);
        let numbered = [
            AccountRefusal::TooManyTries { wait },
            AccountRefusal::Busy {
                at: BusyAt::Passwords,
                wait,
            },
            AccountRefusal::Busy {
                at: BusyAt::Letters,
                wait,
            },
            AccountRefusal::Busy {
                at: BusyAt::Changes,
                wait,
            },
            AccountRefusal::NotOfAge { minimum: 16 },
            AccountRefusal::TextTooLong {
                chars: 2_001,
                chars_max: 2_000,
            },
            AccountRefusal::UpstreamRefused(ReferenceId::new(&OsEntropy)),
            AccountRefusal::Failed(ReferenceId::new(&OsEntropy)),
        ]
        .map(Refusal::Account);
        let mut seen = std::collections::BTreeSet::new();
        for refusal in EVERY.into_iter().chain(numbered) {
            assert!(seen.insert(refusal.name()), "{}", refusal.name());
            for language in [Language::English, Language::Russian, Language::Arabic] {
                assert_ne!(refusal.title(language), refusal.next(language));
            }
        }
    }

    #[test]
    fn a_name_explains_its_own_kind() {
        for refusal in EVERY {
            assert_eq!(Refusal::named(refusal.name()), Some(refusal));
        }
        assert_eq!(Refusal::named("failed"), None);
    }
}
