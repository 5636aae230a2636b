//! What can be tried, and how often.

use std::time::Duration;

use base::Rate;

use super::AccountKey;

const MINUTE: Duration = Duration::from_secs(60);

/// Something that is tried, with the account it is tried on where that is known.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Act {
    /// Signing in by password, on an address.
    Password(AccountKey),
    /// Proving again by password, in a session of the account: strangers cannot use this up.
    Prove(AccountKey),
    /// The second factor, on an account whose first proof was good.
    SecondFactor(AccountKey),
    /// A code or link of a ticket, which counts its own tries.
    Ticket,
    /// A mail that anybody can ask for, to an address: a code, a reset link.
    Mail(AccountKey),
    /// A mail that somebody asks for by a form that works without script: who is signed in, on their account, which
    /// strangers cannot use up; or who asks for a right, or a new address, where it counts with the mails that anybody
    /// asks for.
    OwnMail(AccountKey),
    /// Registering, with an address.
    Register(AccountKey),
    /// A passkey's answer. It cannot be guessed, so an account has no limit here: its owner always gets in.
    Passkey,
    /// A sign-in at an upstream. It cannot be guessed either.
    Upstream,
}

/// Acts that are counted together.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Family {
    Password,
    Prove,
    SecondFactor,
    Ticket,
    Mail,
    Passkey,
    Upstream,
}

/// How often something may be tried.
#[derive(Clone, Copy)]
pub(super) struct Limits {
    /// On one account, by everybody together.
    pub account: Option<Rate>,
    /// By one client, on everything together.
    pub client: Rate,
    /// How much of it before each further try needs a proof of work. None: work is never asked for.
    pub free_of_work: Option<Free>,
}

/// Tries that need no proof of work.
#[derive(Clone, Copy)]
pub(super) struct Free {
    pub account: u32,
    pub client: u32,
}

impl Act {
    /// Sized so that ten wrong passwords in a row pass, and a guesser of one account has 298 tries a day:
    /// of a million guesses, which the worst allowed password stands, that is nine years.
    pub(super) const fn limits(self) -> Limits {
        match self {
            Self::Password(_) => Limits {
                account: Some(rate(10, 5)),
                client: rate(20, 1),
                free_of_work: Some(Free {
                    account: 3,
                    client: 5,
                }),
            },
            // Whoever is here has signed in, and forms that ask again work without script, which proofs of work need.
            Self::Prove(_) => Limits {
                account: Some(rate(10, 5)),
                client: rate(20, 1),
                free_of_work: None,
            },
            // One code in 333,000 fits; 106 tries a day, and the password is known already.
            Self::SecondFactor(_) => Limits {
                account: Some(rate(10, 15)),
                client: rate(20, 1),
                free_of_work: None,
            },
            Self::Mail(_) | Self::Register(_) => Limits {
                account: Some(rate(5, 10)),
                client: rate(10, 5),
                free_of_work: Some(self.free_mails()),
            },
            Self::OwnMail(_) => Limits {
                account: Some(rate(5, 10)),
                client: rate(10, 5),
                free_of_work: None,
            },
            Self::Ticket | Self::Upstream => Limits {
                account: None,
                client: rate(30, 1),
                free_of_work: None,
            },
            // No guess fits, and every look at the page for signing in asks for one: many share a client's key.
            Self::Passkey => Limits {
                account: None,
                client: rate(300, 1),
                free_of_work: None,
            },
        }
    }

    /// Registering always needs work: it makes us write to somebody who may have asked for nothing.
    const fn free_mails(self) -> Free {
        match self {
            Self::Register(_) => Free {
                account: 0,
                client: 0,
            },
            _ => Free {
                account: 1,
                client: 2,
            },
        }
    }

    pub(super) const fn family(self) -> Family {
        match self {
            Self::Password(_) => Family::Password,
            Self::Prove(_) => Family::Prove,
            Self::SecondFactor(_) => Family::SecondFactor,
            Self::Ticket => Family::Ticket,
            Self::Mail(_) | Self::OwnMail(_) | Self::Register(_) => Family::Mail,
            Self::Passkey => Family::Passkey,
            Self::Upstream => Family::Upstream,
        }
    }

    pub(super) const fn account(self) -> Option<AccountKey> {
        match self {
            Self::Password(key)
            | Self::Prove(key)
            | Self::SecondFactor(key)
            | Self::Mail(key)
            | Self::OwnMail(key)
            | Self::Register(key) => Some(key),
            Self::Ticket | Self::Passkey | Self::Upstream => None,
        }
    }

    /// Whether a success clears the account. A mail that went out is no success to start over after.
    pub(super) const fn is_forgiven(self) -> bool {
        !matches!(self, Self::Mail(_) | Self::OwnMail(_) | Self::Register(_))
    }
}

/// `burst` at once, and then one each so many minutes.
const fn rate(burst: u32, minutes: u32) -> Rate {
    Rate {
        burst,
        every: Duration::from_secs(MINUTE.as_secs() * minutes as u64),
    }
}
