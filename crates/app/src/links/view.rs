//! What a person sees of a link: the piece, and service by service where else it is.

use music::{Level, Piece, Platform, Reason, Reject};
use serde::Serialize;
use utoipa::ToSchema;

/// One step of a conversion, in the order in which they are known. Each step replaces the earlier one of its kind
/// (and of its platform): a late ISRC corrects an early match.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum LinkEvent {
    /// What the link points at.
    Identified {
        /// The page so far; every platform that is still being asked is `pending`.
        page: LinkView,
    },
    /// One platform's outcome.
    Match {
        /// The outcome.
        found: MatchView,
    },
    /// Nothing more will come in this stream.
    Done {
        /// Whether slow providers go on in the background; asking again later may show more.
        is_complete: bool,
    },
}

/// The page of one piece.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct LinkView {
    /// Its name in `/l/{id}`: 10 characters of the Crockford alphabet in lower case.
    pub id: String,
    /// What it is.
    #[schema(value_type = Object)]
    pub piece: Piece,
    /// Whether `/api/v1/links/{id}/art` has a picture.
    pub has_art: bool,
    /// Where it is, in the order of [`Platform::TARGETS`]; the pasted link's own platform is among them as `exact`.
    pub matches: Vec<MatchView>,
    /// How often the page was opened: a bare number.
    pub views: u64,
    /// Another number whenever anything above is another. No two views of one process share it.
    #[serde(skip)]
    pub version: u64,
}

/// Where a piece is on one platform, or how to look for it there.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct MatchView {
    /// The platform.
    #[schema(value_type = String)]
    pub platform: Platform,
    /// What is known.
    pub outcome: Outcome,
    /// Whether a person set this by hand. It can be undone.
    pub is_corrected: bool,
}

/// What is known of a piece on one platform.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum Outcome {
    /// Still being asked.
    Pending,
    /// A link, with how sure it is and why.
    Found {
        /// The canonical address.
        url: String,
        /// The address that opens the platform's own app, where there is one.
        app: Option<String>,
        /// How sure: `exact`, `high`, `likely` or `unverified`.
        #[schema(value_type = String)]
        level: Level,
        /// 0 to 1.
        confidence: f64,
        /// Why, strongest first.
        #[schema(value_type = Vec<String>)]
        reasons: Vec<Reason>,
    },
    /// No match that may be shown; a search to open instead.
    Search {
        /// The platform's own search page.
        url: String,
        /// Why there is no link.
        why: SearchReason,
    },
}

/// Why a platform has a search instead of a link.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum SearchReason {
    /// It was asked, and lists nothing that is the same.
    NotFound,
    /// Nobody here may ask it: no open door, or the operator has set no key.
    NotAsked,
    /// It did not answer, or its budget is used up. Asking again later may help.
    NoAnswer,
}

/// Why a text leads to no page. Each names its next step on the page.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum LinkRefusal {
    /// The text is no link that can be converted.
    #[error("{0}")]
    Text(Reject),
    /// The platform says that there is no such thing.
    #[error("the link points at nothing")]
    Nothing,
    /// The words to search for are none, or too many.
    #[error("search for 1 to 200 characters")]
    Words,
    /// No service that can be searched answered.
    #[error("no service answered")]
    Silence,
    /// What the link points at cannot be found out now.
    #[error("the link could not be identified")]
    Unidentified,
    /// A short link that leads elsewhere than to music.
    #[error("the short link leads nowhere we know")]
    ShortLink,
    /// This client asks too much.
    #[error("too many links; wait")]
    TooMany {
        /// How long.
        retry_after: std::time::Duration,
    },
    /// No page has this name.
    #[error("there is no such page")]
    NoPage,
    /// Corrections are not open to this person here.
    #[error("corrections are switched off")]
    NotAllowed,
    /// The link given as a correction is of another platform or kind.
    #[error("the link does not fit that place")]
    WrongPlace,
    /// The store failed; the reference is in the log.
    #[error("the server failed")]
    Broken {
        /// Reference that the log line also holds.
        reference: base::ReferenceId,
    },
}
