//! Everything that accounts say no to.

use std::time::Duration;

use account::WeakPassword;
use base::ReferenceId;

/// What there is too much of at the moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BusyAt {
    /// Passwords that are made or checked.
    Passwords,
    /// Letters that wait to be sent.
    Letters,
    /// Changes of the same account by others.
    Changes,
}

/// Why a step of an account was not taken. Nothing in it says whether an address is known here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AccountRefusal {
    /// The text is no e-mail address.
    BadEmail,
    /// The password would be guessed.
    WeakPassword(WeakPassword),
    /// Address and password do not fit, or there is no such account.
    WrongCredentials,
    /// The passkey's answer does not hold, or it is none of ours.
    WrongPasskey,
    /// The code is another one, or was used.
    WrongCode,
    /// The step took too long, was tried too often, was finished already, or was begun elsewhere.
    TicketOver,
    /// Too many tries.
    TooManyTries {
        /// How long to wait.
        wait: Duration,
    },
    /// As much is being done as can be.
    Busy {
        /// Of what there is too much.
        at: BusyAt,
        /// How long to wait.
        wait: Duration,
    },
    /// The person must prove again who they are.
    ProveItAgain,
    /// A proof of work is asked for, or the one that came does not hold.
    ProofOfWorkNeeded,
    /// Nobody is signed in.
    NotSignedIn,
    /// There is no such thing, or it is somebody else's.
    NotYours,
    /// It is the operator's own account, to which only another operator does this.
    OwnAccount,
    /// Somebody else has this name.
    NameTaken,
    /// An account has this address already; said to nobody but who sets the server up.
    AddressTaken,
    /// The name cannot be used: it is empty, too long or holds what does not print.
    BadName,
    /// The value of a setting is not one of those there are.
    BadSetting,
    /// The text is longer than it may be.
    TextTooLong {
        /// How long it is, in characters.
        chars: usize,
        /// How long it may be.
        chars_max: usize,
    },
    /// Without it nobody could sign in to this account any more.
    LastWayIn,
    /// The upstream said no, or what it said cannot be trusted; the log says under this reference which.
    UpstreamRefused(ReferenceId),
    /// An account has the address that the upstream vouches for. Who owns it signs in there and links the upstream.
    SignInFirst,
    /// Who the person is at the upstream is linked to another account.
    LinkedElsewhere,
    /// The picture cannot be used.
    BadPicture,
    /// Only for people of the age that the operator has set.
    NotOfAge {
        /// That age in years.
        minimum: u8,
    },
    /// The policy that was agreed to is not the one in force.
    OtherPolicy,
    /// The operator has locked this account.
    Locked,
    /// The operator takes no new accounts.
    Closed,
    /// Only whom the operator has invited may make an account.
    InvitedOnly,
    /// Invitations open nothing here: everybody may make an account, or nobody.
    NotByInvitation,
    /// The invitation was used, is too old, or is for another address.
    InvitationOver,
    /// As many of these are kept as there may be.
    TooMany,
    /// Everything of theirs is being erased just now.
    BeingErased,
    /// We failed; the log has the same reference.
    Failed(ReferenceId),
}
