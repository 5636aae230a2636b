//! Why a request fails: what the client is told, and what is counted.

use crate::Refusal;
use crate::credentials::BadUsername;

/// An error response and the reason it is counted under.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Failure {
    pub(super) code: Code,
    pub(super) reason: Refusal,
    /// The attributes that were not understood.
    pub(super) unknown: Vec<u16>,
}

/// The error codes of RFC 8489 (section 14.8) and RFC 8656 (section 19) that we use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Code {
    BadRequest = 400,
    Unauthenticated = 401,
    Forbidden = 403,
    UnknownAttribute = 420,
    AllocationMismatch = 437,
    StaleNonce = 438,
    FamilyNotSupported = 440,
    WrongCredentials = 441,
    UnsupportedTransport = 442,
    FamilyMismatch = 443,
    QuotaReached = 486,
    InsufficientCapacity = 508,
}

impl Code {
    pub(super) const fn phrase(self) -> &'static str {
        match self {
            Self::BadRequest => "Bad Request",
            Self::Unauthenticated => "Unauthenticated",
            Self::Forbidden => "Forbidden",
            Self::UnknownAttribute => "Unknown Attribute",
            Self::AllocationMismatch => "Allocation Mismatch",
            Self::StaleNonce => "Stale Nonce",
            Self::FamilyNotSupported => "Address Family not Supported",
            Self::WrongCredentials => "Wrong Credentials",
            Self::UnsupportedTransport => "Unsupported Transport Protocol",
            Self::FamilyMismatch => "Peer Address Family Mismatch",
            Self::QuotaReached => "Allocation Quota Reached",
            Self::InsufficientCapacity => "Insufficient Capacity",
        }
    }

    /// Whether the client is invited to sign its request with a fresh nonce.
    pub(super) const fn is_challenge(self) -> bool {
        matches!(self, Self::Unauthenticated | Self::StaleNonce)
    }

    pub(super) const fn because(self, reason: Refusal) -> Failure {
        Failure {
            code: self,
            reason,
            unknown: Vec::new(),
        }
    }
}

pub(super) const MALFORMED: Failure = Code::BadRequest.because(Refusal::Malformed);
pub(super) const FULL: Failure = Code::InsufficientCapacity.because(Refusal::Capacity);
pub(super) const NO_ALLOCATION: Failure = Code::AllocationMismatch.because(Refusal::Mismatch);

impl From<BadUsername> for Failure {
    fn from(bad: BadUsername) -> Self {
        Code::Unauthenticated.because(match bad {
            BadUsername::Malformed => Refusal::Forged,
            BadUsername::Expired => Refusal::Expired,
        })
    }
}
