//! What doors say no to whatever they lead to. The layer around all of them puts it into the reader's words.

use std::time::Duration;

use axum::Extension;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use base::ReferenceId;

use super::{Facts, whole_seconds, worded};
use crate::texts::{Language, plain};

/// A refusal that belongs to no family of doors.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum General {
    /// There is nothing at this address.
    NothingHere,
    /// An address that is there, but not for this method. The header `Allow` names those that it is for.
    WrongMethod,
    /// The address or the body cannot be read.
    Unreadable,
    /// The request did not come to its end in time.
    TooSlow,
    /// The body is longer than anything that is read here.
    TooLarge,
    /// The body is of another kind than the one that is read here.
    WrongKind,
    /// Anything else that was not taken.
    NotTaken,
    /// Something failed that should not.
    OurFailure,
    /// It cannot be done now.
    Unavailable,
    /// The name that was asked for is not ours.
    OtherName,
    /// The request came in the clear.
    OnlyHttps,
    /// A proxy that is not known passed it on.
    UnknownProxy,
    /// A proxy that does not say how it was asked.
    SilentProxy,
    /// Numbers are shown to this machine alone.
    MetricsClosed,
    /// The database does not answer.
    NoDatabase,
    /// What has had its time is still there.
    RetentionOverdue,
    /// Nothing but sockets is here.
    OnlySockets,
    /// A page of another site asks for a socket.
    ForeignSocket,
    /// Whoever asks shows no seat in this room.
    NotInRoom,
    /// The seat may not do that.
    RoomForbids,
    /// The room was asked too often.
    RoomAskedTooOften {
        /// How long to wait.
        wait: Duration,
    },
    /// A password that an open room cannot have.
    BadNewRoomPassword,
    /// There is no other format.
    OnlyJson,
    /// Nobody is named to tell of weaknesses.
    NoSecurityContact,
    /// Nobody says where the source of this program is.
    NoSource,
    /// No browser makes passkeys for this address.
    NoPasskeysHere,
    /// The front end is missing.
    PagesNotBuilt,
    /// There is no payment service.
    NothingSold,
    /// An event without a signature that holds.
    UnsignedEvent,
    /// An event that did not come whole.
    EventCutOff,
    /// An event that could not be kept.
    EventNotKept,
}

macro_rules! facts {
    ($name:literal, $status:ident) => {
        worded!("door-refused-", $name, $status)
    };
}

/// One of each, to explain them by name. What has a number of its own explains itself.
const EVERY: [General; 30] = [
    General::NothingHere,
    General::WrongMethod,
    General::Unreadable,
    General::TooSlow,
    General::TooLarge,
    General::WrongKind,
    General::NotTaken,
    General::OurFailure,
    General::Unavailable,
    General::OtherName,
    General::OnlyHttps,
    General::UnknownProxy,
    General::SilentProxy,
    General::MetricsClosed,
    General::NoDatabase,
    General::RetentionOverdue,
    General::OnlySockets,
    General::ForeignSocket,
    General::NotInRoom,
    General::RoomForbids,
    General::BadNewRoomPassword,
    General::OnlyJson,
    General::NoSecurityContact,
    General::NoSource,
    General::NoPasskeysHere,
    General::PagesNotBuilt,
    General::NothingSold,
    General::UnsignedEvent,
    General::EventCutOff,
    General::EventNotKept,
];

impl General {
    /// What an answer of this status means when nothing else says it.
    pub(crate) fn of(status: StatusCode) -> Self {
        match status {
            StatusCode::BAD_REQUEST | StatusCode::UNPROCESSABLE_ENTITY => Self::Unreadable,
            StatusCode::NOT_FOUND => Self::NothingHere,
            StatusCode::METHOD_NOT_ALLOWED => Self::WrongMethod,
            StatusCode::REQUEST_TIMEOUT => Self::TooSlow,
            StatusCode::PAYLOAD_TOO_LARGE => Self::TooLarge,
            StatusCode::UNSUPPORTED_MEDIA_TYPE => Self::WrongKind,
            StatusCode::SERVICE_UNAVAILABLE => Self::Unavailable,
            _ if status.is_client_error() => Self::NotTaken,
            _ => Self::OurFailure,
        }
    }

    /// What the problem called `name` means, and what to do.
    pub(crate) fn explained(name: &str, language: Language) -> Option<[String; 2]> {
        let refusal = EVERY.into_iter().find(|refusal| refusal.name() == name)?;
        Some([refusal.title(language), refusal.next(language)])
    }

    /// The same, under the reference of what failed, which is in the log.
    pub(crate) fn under(self, failed: ReferenceId) -> Response {
        (Extension(failed), self).into_response()
    }

    /// The last part of the problem's type.
    pub(crate) fn name(self) -> &'static str {
        self.facts().name
    }

    /// What happened.
    pub(super) fn title(self, language: Language) -> String {
        plain(&language.say(self.facts().title))
    }

    /// What to do next.
    pub(super) fn next(self, language: Language) -> String {
        let next = self.facts().next;
        plain(&match self.wait() {
            Some(wait) => language.with(next, "seconds", whole_seconds(wait)),
            None => language.say(next),
        })
    }

    pub(super) const fn wait(self) -> Option<Duration> {
        match self {
            Self::RoomAskedTooOften { wait } => Some(wait),
            _ => None,
        }
    }

    fn facts(self) -> Facts {
        match self {
            Self::NothingHere => facts!("nothing-here", NOT_FOUND),
            Self::WrongMethod => facts!("wrong-method", METHOD_NOT_ALLOWED),
            Self::Unreadable => facts!("unreadable-request", BAD_REQUEST),
            Self::TooSlow => facts!("too-slow-request", REQUEST_TIMEOUT),
            Self::TooLarge => facts!("too-large", PAYLOAD_TOO_LARGE),
            Self::WrongKind => facts!("wrong-media-type", UNSUPPORTED_MEDIA_TYPE),
            Self::NotTaken => facts!("not-taken", BAD_REQUEST),
            Self::OurFailure => facts!("our-failure", INTERNAL_SERVER_ERROR),
            Self::Unavailable => facts!("unavailable", SERVICE_UNAVAILABLE),
            Self::OtherName => facts!("other-name", MISDIRECTED_REQUEST),
            Self::OnlyHttps => facts!("only-https", FORBIDDEN),
            Self::UnknownProxy => facts!("unknown-proxy", FORBIDDEN),
            Self::SilentProxy => facts!("silent-proxy", FORBIDDEN),
            Self::MetricsClosed => facts!("metrics-closed", FORBIDDEN),
            Self::NoDatabase => facts!("no-database", SERVICE_UNAVAILABLE),
            Self::RetentionOverdue => facts!("retention-overdue", SERVICE_UNAVAILABLE),
            Self::OnlySockets => facts!("only-sockets", UPGRADE_REQUIRED),
            Self::ForeignSocket => facts!("foreign-socket", FORBIDDEN),
            Self::NotInRoom => facts!("not-in-room", UNAUTHORIZED),
            Self::RoomForbids => facts!("room-forbids", FORBIDDEN),
            Self::RoomAskedTooOften { .. } => facts!("room-asked-too-often", TOO_MANY_REQUESTS),
            Self::BadNewRoomPassword => facts!("bad-new-room-password", BAD_REQUEST),
            Self::OnlyJson => facts!("only-json", NOT_IMPLEMENTED),
            Self::NoSecurityContact => facts!("no-security-contact", NOT_FOUND),
            Self::NoSource => facts!("no-source", NOT_FOUND),
            Self::NoPasskeysHere => facts!("no-passkeys-here", NOT_FOUND),
            Self::PagesNotBuilt => facts!("front-end-missing", SERVICE_UNAVAILABLE),
            Self::NothingSold => facts!("nothing-sold", NOT_FOUND),
            Self::UnsignedEvent => facts!("unsigned-event", BAD_REQUEST),
            Self::EventCutOff => facts!("event-cut-off", PAYLOAD_TOO_LARGE),
            Self::EventNotKept => facts!("event-not-kept", SERVICE_UNAVAILABLE),
        }
    }
}

impl IntoResponse for General {
    fn into_response(self) -> Response {
        (self.facts().status, Extension(self)).into_response()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn each_has_a_name_that_no_other_refusal_has_and_words_in_every_language() {
        let wait = Duration::from_millis(1_500);
        let mut seen = BTreeSet::new();
        for refusal in EVERY
            .into_iter()
            .chain([General::RoomAskedTooOften { wait }])
        {
            let name = refusal.name();
            assert!(seen.insert(name), "{name}");
            for language in [Language::English, Language::Russian, Language::Arabic] {
                assert!(crate::accounts::explained(name, language).is_none());
                assert_ne!(refusal.title(language), refusal.next(language));
            }
        }
    }

    #[test]
    fn a_bare_status_has_a_meaning_of_the_same_class() {
        for code in 400..600 {
            let status = StatusCode::from_u16(code).unwrap();
            let meant = General::of(status).facts().status;
            assert_eq!(meant.is_client_error(), status.is_client_error(), "{code}");
        }
    }
}
