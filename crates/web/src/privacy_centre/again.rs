//! A form that was refused, drawn again with what was typed into it. No password and no code is among that.

use app::AccountRefusal;
use axum::response::{IntoResponse, Response};
use base::TicketId;

use super::acts::{Asking, Correction};
use super::asked::{Looker, Sorry};
use super::{Step, draw, drawn, private};
use crate::Web;
use crate::accounts::Refusal;
use crate::links::Tongue;
use crate::problem::{Noted, in_words};
use crate::texts::Language;

/// What was sent in a form, but for what proves who somebody is.
pub(super) enum Typed {
    Asking(Asking),
    Correction(Correction),
    /// The word that shows that nobody leaves by a slip.
    Leaving(String),
    /// The kind of rows that was to go, and the same word for it.
    Kind {
        table: String,
        word: String,
    },
    Allowance {
        scope: String,
        hours: String,
    },
}

/// A form that was refused, and why.
pub(super) struct Again {
    refusal: Refusal,
    noted: Noted,
    typed: Typed,
}

/// Why a form was refused, in words.
pub(super) struct Refused {
    pub(super) title: String,
    pub(super) next: String,
    pub(super) reference: String,
    /// Where on the page the form is.
    pub(super) place: &'static str,
}

/// The page with the form as it was sent. Where the page cannot be drawn, the form alone.
pub(super) async fn again(
    web: &Web,
    looker: &Looker,
    refusal: impl Into<Refusal>,
    typed: Typed,
    step: Step,
) -> Response {
    let again = Again::new(refusal.into(), typed);
    match drawn(web, looker, &step, Some(&again)).await {
        Ok(page) => again.answer(page, looker.tongue),
        Err(_) => again.alone(looker.tongue),
    }
}

impl Sorry {
    /// The same with the form that was sent. What another site has sent is not put into a form of ours.
    pub(super) fn with(self, typed: Typed) -> Response {
        match self.refusal {
            Refusal::Foreign => self.into_response(),
            refusal => Again::new(refusal, typed).alone(self.tongue),
        }
    }
}

impl Again {
    fn new(refusal: Refusal, typed: Typed) -> Self {
        Self {
            noted: refusal.noted(),
            refusal,
            typed,
        }
    }

    pub(super) fn asking(&self) -> Option<&Asking> {
        match &self.typed {
            Typed::Asking(asking) => Some(asking),
            _ => None,
        }
    }

    pub(super) fn correction(&self) -> Option<&Correction> {
        match &self.typed {
            Typed::Correction(correction) => Some(correction),
            _ => None,
        }
    }

    pub(super) fn word(&self) -> Option<&str> {
        match &self.typed {
            Typed::Leaving(word) => Some(word),
            _ => None,
        }
    }

    /// The kind of rows that was to go, and the word for it.
    pub(super) fn kind(&self) -> Option<(&str, &str)> {
        match &self.typed {
            Typed::Kind { table, word } => Some((table, word)),
            _ => None,
        }
    }

    /// The scope and the hours that were chosen.
    pub(super) fn allowance(&self) -> Option<(&str, &str)> {
        match &self.typed {
            Typed::Allowance { scope, hours } => Some((scope, hours)),
            _ => None,
        }
    }

    pub(super) fn refused(&self, t: Language) -> Refused {
        Refused {
            title: self.refusal.title(t),
            next: self.refusal.next(t),
            reference: self.noted.reference.to_string(),
            place: match self.typed {
                Typed::Asking(_) => "requests",
                Typed::Correction(_) => "correct",
                Typed::Leaving(_) => "leave",
                Typed::Kind { .. } => "held",
                Typed::Allowance { .. } => "grants",
            },
        }
    }

    fn alone(&self, tongue: Tongue) -> Response {
        self.answer(draw::alone(self, tongue), tongue)
    }

    fn answer(&self, page: String, tongue: Tongue) -> Response {
        let mut response = private(page);
        *response.status_mut() = self.refusal.status();
        response.extensions_mut().insert(self.noted);
        in_words(response, tongue.language, self.refusal.wait())
    }
}

impl Step {
    /// The code of `ticket`, if it can still be typed. Any other refusal has used it up, or may have.
    pub(super) fn proof_after(refusal: &Refusal, ticket: Option<TicketId>) -> Self {
        let is_unused = matches!(
            refusal,
            Refusal::WordNotTyped
                | Refusal::Unreadable
                | Refusal::Account(AccountRefusal::WrongCode | AccountRefusal::ProveItAgain)
        );
        match ticket.filter(|_| is_unused) {
            Some(ticket) => Self::Proof(ticket),
            None => Self::None,
        }
    }

    /// The code of a request, if it can still be typed; else what was asked for is sent once more.
    pub(super) fn request_after(
        refusal: &AccountRefusal,
        ticket: TicketId,
        asking: &Asking,
    ) -> Self {
        match refusal {
            AccountRefusal::WrongCode | AccountRefusal::TooManyTries { .. } => {
                Self::Request(ticket, asking.clone())
            }
            _ => Self::None,
        }
    }
}
