//! The kinds of letters that there are.

use std::fmt;
use std::str::FromStr;
use std::time::Duration;

const HOUR: Duration = Duration::from_secs(60 * 60);
const DAY: Duration = Duration::from_secs(24 * HOUR.as_secs());
/// How long a letter waits that stays true. Mail servers give up after four to five days (RFC 5321, section 4.5.4.1).
pub(super) const WEEK: Duration = Duration::from_secs(7 * DAY.as_secs());

/// What a letter is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LetterKind {
    /// Proves the address of a new account.
    RegistrationCode,
    /// Somebody tried to register an address that has an account.
    AccountThere,
    /// Leads to where somebody who was invited makes an account.
    Invitation,
    /// Signs in.
    SignInCode,
    /// Proves again who is there.
    ConfirmCode,
    /// Leads to a new password.
    ResetLink,
    /// Proves another address of an account.
    NewAddressCode,
    /// Proves the address of somebody who asks for something about their data, without an account.
    RequestCode,
    /// Tells the old address that there is another one.
    AddressChanged,
    /// A device that was not seen before signed in.
    NewSignIn,
    /// The password is another one.
    PasswordChanged,
    /// There is another way in.
    FactorAdded,
    /// There is one way in less.
    FactorRemoved,
    /// A recovery code was used.
    RecoveryCodeUsed,
    /// An account is to be erased in some days.
    ErasurePlanned,
    /// All of an account is gone.
    Erased,
    /// Asks once more whether mails about a host are wanted.
    FollowConfirm,
    /// A host that the person follows has opened a room.
    RoomOpened,
    /// The copy of the person's data can be fetched.
    ExportReady,
    /// The privacy policy says something new.
    PolicyChanged,
    /// Data about the person was seen, changed or lost.
    Breach,
    /// Data about the person was given to an authority.
    LegalRequest,
    /// Somebody asked by mail for something that only the person may have.
    RequestCheck,
    /// What was asked for is answered.
    RequestAnswered,
    /// What somebody wrote to whoever runs the installation is answered.
    SupportAnswered,
}

impl LetterKind {
    /// Every kind.
    pub const ALL: [Self; 25] = [
        Self::RegistrationCode,
        Self::AccountThere,
        Self::Invitation,
        Self::SignInCode,
        Self::ConfirmCode,
        Self::ResetLink,
        Self::NewAddressCode,
        Self::RequestCode,
        Self::AddressChanged,
        Self::NewSignIn,
        Self::PasswordChanged,
        Self::FactorAdded,
        Self::FactorRemoved,
        Self::RecoveryCodeUsed,
        Self::ErasurePlanned,
        Self::Erased,
        Self::FollowConfirm,
        Self::RoomOpened,
        Self::ExportReady,
        Self::PolicyChanged,
        Self::Breach,
        Self::LegalRequest,
        Self::RequestCheck,
        Self::RequestAnswered,
        Self::SupportAnswered,
    ];

    /// As stored and declared.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::RegistrationCode => "registration-code",
            Self::AccountThere => "account-there",
            Self::Invitation => "invitation",
            Self::SignInCode => "sign-in-code",
            Self::ConfirmCode => "confirm-code",
            Self::ResetLink => "reset-link",
            Self::NewAddressCode => "new-address-code",
            Self::RequestCode => "request-code",
            Self::AddressChanged => "address-changed",
            Self::NewSignIn => "new-sign-in",
            Self::PasswordChanged => "password-changed",
            Self::FactorAdded => "factor-added",
            Self::FactorRemoved => "factor-removed",
            Self::RecoveryCodeUsed => "recovery-code-used",
            Self::ErasurePlanned => "erasure-planned",
            Self::Erased => "erased",
            Self::FollowConfirm => "follow-confirm",
            Self::RoomOpened => "room-opened",
            Self::ExportReady => "export-ready",
            Self::PolicyChanged => "policy-changed",
            Self::Breach => "breach",
            Self::LegalRequest => "legal-request",
            Self::RequestCheck => "request-check",
            Self::RequestAnswered => "request-answered",
            Self::SupportAnswered => "message-answered",
        }
    }

    /// Whether it is sent only to those who have asked for such mails, and can be stopped by one click.
    #[must_use]
    pub const fn is_opt_in(self) -> bool {
        matches!(self, Self::RoomOpened)
    }

    /// What such a letter tells, by name and in order, beside its own words.
    #[must_use]
    pub const fn fields(self) -> &'static [&'static str] {
        match self {
            Self::RegistrationCode
            | Self::SignInCode
            | Self::ConfirmCode
            | Self::NewAddressCode
            | Self::RequestCode => &["code"],
            Self::Invitation | Self::ResetLink | Self::ExportReady => &["address"],
            Self::AddressChanged
            | Self::NewSignIn
            | Self::PasswordChanged
            | Self::FactorAdded
            | Self::FactorRemoved
            | Self::RecoveryCodeUsed => &["device"],
            Self::ErasurePlanned => &["day", "device"],
            Self::Erased => &["receipt"],
            Self::FollowConfirm => &["address", "host"],
            Self::RoomOpened => &["address", "host", "stop"],
            Self::PolicyChanged => &["day"],
            Self::Breach => &["consequences", "contact", "event", "kinds", "measures"],
            Self::LegalRequest => &["authority", "day", "file"],
            Self::RequestCheck => &["day", "proof"],
            Self::RequestAnswered => &["answer", "day"],
            Self::SupportAnswered => &["address", "answer"],
            Self::AccountThere => &[],
        }
    }

    /// How long it is worth sending: a code that is over helps nobody.
    #[must_use]
    pub const fn life(self) -> Duration {
        match self {
            Self::RegistrationCode
            | Self::SignInCode
            | Self::ConfirmCode
            | Self::NewAddressCode
            | Self::RequestCode => Duration::from_secs(10 * 60),
            Self::ResetLink => HOUR,
            // Nobody wants to come into a room of yesterday.
            Self::RoomOpened => Duration::from_secs(2 * HOUR.as_secs()),
            Self::FollowConfirm => DAY,
            // As long as it is good for.
            Self::Invitation => WEEK,
            Self::AccountThere
            | Self::AddressChanged
            | Self::NewSignIn
            | Self::PasswordChanged
            | Self::FactorAdded
            | Self::FactorRemoved
            | Self::RecoveryCodeUsed
            | Self::ErasurePlanned
            | Self::Erased
            | Self::ExportReady
            | Self::PolicyChanged
            | Self::Breach
            | Self::LegalRequest
            | Self::RequestCheck
            | Self::RequestAnswered
            | Self::SupportAnswered => WEEK,
        }
    }
}

impl fmt::Display for LetterKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for LetterKind {
    type Err = BadLetter;

    fn from_str(text: &str) -> Result<Self, BadLetter> {
        let mut kinds = Self::ALL.into_iter();
        kinds.find(|kind| kind.as_str() == text).ok_or(BadLetter)
    }
}

/// What was kept is no letter of this program.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a letter")]
pub struct BadLetter;
