//! Why a text led to no page: a problem response for programs, a page for people, both from one text.

use app::LinkRefusal;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use base::ReferenceId;
use music::Reject;

use crate::problem::{self, Facts, Noted, Problem, whole_seconds};
use crate::texts::{Language, plain};

/// Everything that these doors say no to.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Refusal {
    /// The use case refused.
    Link(LinkRefusal),
    /// The form came from another site.
    Foreign,
    /// The body of a request has not the shape that it must have.
    Unreadable,
    /// The body of a request is of another kind than JSON, as forms of other sites can send it.
    NotJson,
    /// The body of a request did not come to its end in time.
    TooSlow,
    /// The parameters of an address cannot be read.
    Address,
    /// As many event streams are open as there may be.
    Busy,
    /// There is no picture of this piece.
    NoPicture,
    /// An address that is no page of this server.
    NotHere {
        /// What such an address looks like.
        example: String,
    },
}

impl From<LinkRefusal> for Refusal {
    fn from(refusal: LinkRefusal) -> Self {
        Self::Link(refusal)
    }
}

macro_rules! facts {
    ($name:literal, $status:ident) => {
        problem::worded!("link-refused-", $name, $status)
    };
}

/// One refusal of each kind, to explain them by name.
const EVERY: [Refusal; 25] = [
    text(Reject::NoLink),
    text(Reject::TooLong),
    text(Reject::UnknownHost),
    text(Reject::Podcast),
    text(Reject::Station),
    text(Reject::Profile),
    text(Reject::OtherPage),
    text(Reject::Video),
    text(Reject::BadId),
    text(Reject::Disguised),
    Refusal::Link(LinkRefusal::Nothing),
    Refusal::Link(LinkRefusal::Words),
    Refusal::Link(LinkRefusal::Silence),
    Refusal::Link(LinkRefusal::Unidentified),
    Refusal::Link(LinkRefusal::ShortLink),
    Refusal::Link(LinkRefusal::NoPage),
    Refusal::Link(LinkRefusal::NotAllowed),
    Refusal::Link(LinkRefusal::WrongPlace),
    Refusal::Foreign,
    Refusal::Unreadable,
    Refusal::NotJson,
    Refusal::TooSlow,
    Refusal::Address,
    Refusal::Busy,
    Refusal::NoPicture,
];

const fn text(reject: Reject) -> Refusal {
    Refusal::Link(LinkRefusal::Text(reject))
}

impl Refusal {
    /// The refusal that a problem's type names. Those with a number or an address of their own explain themselves.
    pub(crate) fn named(name: &str) -> Option<Self> {
        EVERY
            .into_iter()
            .find(|refusal| refusal.facts().name == name)
    }

    /// The HTTP status.
    pub(crate) fn status(&self) -> StatusCode {
        self.facts().status
    }

    /// What happened, for a person.
    pub(crate) fn title(&self, language: Language) -> String {
        language.say(self.facts().title)
    }

    /// What to do next.
    pub(crate) fn next(&self, language: Language) -> String {
        let next = self.facts().next;
        match self {
            Self::Link(LinkRefusal::TooMany { retry_after }) => {
                language.with(next, "seconds", whole_seconds(*retry_after))
            }
            Self::NotHere { example } => language.with(next, "example", example.as_str()),
            _ => language.say(next),
        }
    }

    /// How it is found again.
    pub(crate) fn noted(&self) -> Noted {
        Noted::new(self.facts().name, self.failed())
    }

    /// The reference of what failed on our side.
    fn failed(&self) -> Option<ReferenceId> {
        match self {
            Self::Link(LinkRefusal::Broken { reference }) => Some(*reference),
            _ => None,
        }
    }

    /// The same as a problem response (RFC 9457).
    pub(crate) fn problem(&self, language: Language) -> Response {
        let facts = self.facts();
        let title = plain(&self.title(language));
        let next = plain(&self.next(language));
        let problem = Problem::new(facts.name, facts.status, &title, &next);
        let problem = problem.under(self.failed());
        self.with_headers(problem.into_response(), language)
    }

    /// Adds what belongs to every answer that refuses.
    pub(crate) fn with_headers(&self, response: Response, language: Language) -> Response {
        let wait = match self {
            Self::Link(LinkRefusal::TooMany { retry_after }) => Some(*retry_after),
            _ => None,
        };
        problem::in_words(response, language, wait)
    }

    fn facts(&self) -> Facts {
        match self {
            Self::Link(refusal) => link_facts(refusal),
            Self::Foreign => facts!("foreign", FORBIDDEN),
            Self::Unreadable => facts!("unreadable", BAD_REQUEST),
            Self::NotJson => facts!("not-json", UNSUPPORTED_MEDIA_TYPE),
            Self::TooSlow => facts!("too-slow", REQUEST_TIMEOUT),
            Self::Address => facts!("address", BAD_REQUEST),
            Self::Busy => facts!("busy", SERVICE_UNAVAILABLE),
            Self::NoPicture => facts!("no-picture", NOT_FOUND),
            Self::NotHere { .. } => facts!("not-here", NOT_FOUND),
        }
    }
}

fn link_facts(refusal: &LinkRefusal) -> Facts {
    match refusal {
        LinkRefusal::Text(reject) => text_facts(*reject),
        LinkRefusal::Nothing => facts!("nothing", UNPROCESSABLE_ENTITY),
        LinkRefusal::Words => facts!("words", UNPROCESSABLE_ENTITY),
        LinkRefusal::Silence => facts!("silence", SERVICE_UNAVAILABLE),
        LinkRefusal::Unidentified => facts!("unidentified", SERVICE_UNAVAILABLE),
        LinkRefusal::ShortLink => facts!("short-link", UNPROCESSABLE_ENTITY),
        LinkRefusal::TooMany { .. } => facts!("too-many", TOO_MANY_REQUESTS),
        LinkRefusal::NoPage => facts!("no-page", NOT_FOUND),
        LinkRefusal::NotAllowed => facts!("not-allowed", FORBIDDEN),
        LinkRefusal::WrongPlace => facts!("wrong-place", UNPROCESSABLE_ENTITY),
        LinkRefusal::Broken { .. } => facts!("broken", INTERNAL_SERVER_ERROR),
    }
}

fn text_facts(reject: Reject) -> Facts {
    match reject {
        Reject::NoLink => facts!("no-link", UNPROCESSABLE_ENTITY),
        Reject::TooLong => facts!("too-long", UNPROCESSABLE_ENTITY),
        Reject::UnknownHost => facts!("unknown-host", UNPROCESSABLE_ENTITY),
        Reject::Podcast => facts!("podcast", UNPROCESSABLE_ENTITY),
        Reject::Station => facts!("station", UNPROCESSABLE_ENTITY),
        Reject::Profile => facts!("profile", UNPROCESSABLE_ENTITY),
        Reject::OtherPage => facts!("other-page", UNPROCESSABLE_ENTITY),
        Reject::Video => facts!("video", UNPROCESSABLE_ENTITY),
        Reject::BadId => facts!("bad-id", UNPROCESSABLE_ENTITY),
        Reject::Disguised => facts!("disguised", UNPROCESSABLE_ENTITY),
    }
}
