//! Accounts as they are kept, and everything that belongs to them: one file for each family of tables.
//!
//! Each method is one statement or one transaction. What a copy of the database must not give away is sealed.

mod account;
mod avatar;
mod device;
mod event;
mod follow;
mod host;
mod identity;
mod looked_at;
mod mail;
mod notice;
mod passkey;
mod password;
mod proof;
mod recovery;
mod revocation;
mod session;
mod standing;
mod ticket;
mod totp;
mod ways_in;

pub use account::{AccountRow, Change, Creation, NewAccount, Profile};
pub(crate) use avatar::put_avatar;
pub use device::DEVICES_MAX;
pub use event::SecurityEvent;
pub use follow::{FOLLOWERS_MAX, FOLLOWS_MAX, FollowRow, Follower, Following};
pub use host::HostRow;
pub use identity::{IdentityRow, NewIdentity};
pub use looked_at::{LOOKED_AT_MAX, LookedAt};
pub use mail::{MAILS_MAX, MailRow, NewMail};
pub(crate) use mail::{all_sealed, write_mails};
pub use notice::{NOTICES_MAX, Notice};
pub use passkey::{NewPasskey, PASSKEYS_MAX, PasskeyInsertion, PasskeyRow};
pub use revocation::RevocationRow;
pub(crate) use revocation::{REVOCATIONS_MAX, outlive_links, write_revocation};
pub use session::{LiveSession, SESSIONS_MAX, SessionRow};
pub use ticket::{NewTicket, Older, TicketRow};
pub use totp::TotpRow;
pub(crate) use ways_in::hold_account;
pub use ways_in::{Removal, WaysIn};

use crate::StoreError;

pub(crate) fn damaged(place: &'static str) -> StoreError {
    StoreError::Corrupt(format!("{place} can't be read"))
}

/// What was read, or that its place holds what this program does not write.
pub(crate) fn fits<T, E>(place: &'static str, read: Result<T, E>) -> Result<T, StoreError> {
    read.map_err(|_| damaged(place))
}
