//! How sure, and why, in words. Each match is closed: a new reason has no words until somebody writes them.

use app::{MatchView, Outcome, SearchReason};
use music::{Kind, Level, Piece, Reason};

use crate::texts::Language;

/// Reasons that a row tells; further ones add little.
const REASONS_MAX: usize = 3;

/// How sure the outcome is: `Same recording`.
pub(super) fn certainty(found: &MatchView, kind: Kind, language: Language) -> String {
    match &found.outcome {
        Outcome::Pending => language.say("link-pending"),
        Outcome::Search { .. } => language.say("link-search"),
        Outcome::Found { .. } if found.is_corrected => language.say("link-corrected"),
        Outcome::Found { level, .. } => match level {
            Level::Exact | Level::High => {
                language.with("link-level-exact", "kind", kind_name(kind))
            }
            Level::Likely => language.say("link-level-likely"),
            Level::Unverified | Level::Different => language.say("link-level-unverified"),
        },
    }
}

/// Why, in one to three sentences.
pub(super) fn why(outcome: &Outcome, language: Language) -> String {
    match outcome {
        Outcome::Pending => language.say("link-pending-why"),
        Outcome::Search { why, .. } => language.say(match why {
            SearchReason::NotFound => "link-search-not-found",
            SearchReason::NotAsked => "link-search-not-asked",
            SearchReason::NoAnswer => "link-search-no-answer",
        }),
        Outcome::Found { reasons, .. } => {
            let told = reasons.iter().take(REASONS_MAX);
            let sentences: Vec<String> = told.map(|&one| language.say(reason(one))).collect();
            sentences.join(" ")
        }
    }
}

/// `Track`, `Album`, `Artist` or `Playlist`.
pub(super) fn kind(piece: &Piece, language: Language) -> String {
    language.with("link-kind", "kind", kind_name(piece.kind()))
}

pub(super) const fn kind_name(kind: Kind) -> &'static str {
    match kind {
        // A short link is expanded before it has a page.
        Kind::Track | Kind::Short => "track",
        Kind::Album => "album",
        Kind::Artist => "artist",
        Kind::Playlist => "playlist",
    }
}

const fn reason(reason: Reason) -> &'static str {
    match reason {
        Reason::SameId => "link-reason-same-id",
        Reason::SameIsrc => "link-reason-same-isrc",
        Reason::SameBarcode => "link-reason-same-barcode",
        Reason::SameTitle => "link-reason-same-title",
        Reason::SimilarTitle => "link-reason-similar-title",
        Reason::SameArtist => "link-reason-same-artist",
        Reason::SimilarArtist => "link-reason-similar-artist",
        Reason::SameDuration => "link-reason-same-duration",
        Reason::SameAlbum => "link-reason-same-album",
        Reason::OtherIsrc => "link-reason-other-isrc",
        Reason::OtherTitle => "link-reason-other-title",
        Reason::OtherArtist => "link-reason-other-artist",
        Reason::OtherVersion => "link-reason-other-version",
        Reason::OtherRemixer => "link-reason-other-remixer",
        Reason::OtherPart => "link-reason-other-part",
        Reason::Shortened => "link-reason-shortened",
        Reason::OtherWording => "link-reason-other-wording",
        Reason::DurationDiffers => "link-reason-duration-differs",
        Reason::OtherDuration => "link-reason-other-duration",
        Reason::OtherScript => "link-reason-other-script",
        Reason::NoDuration => "link-reason-no-duration",
        Reason::NoArtist => "link-reason-no-artist",
        Reason::CloseRunnerUp => "link-reason-close-runner-up",
        Reason::Directory => "link-reason-directory",
        Reason::NoTwin => "link-reason-no-twin",
    }
}
