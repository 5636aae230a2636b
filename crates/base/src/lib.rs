//! The words everything else is said in: identifiers, time, chance, secrets, what may be said, and limits.
//!
//! Nothing here reads a clock or draws randomness by itself: [`Clock`] and [`Entropy`] are passed in,
//! and only the binary and the tests choose which.
//!
//! This crate does not know rooms, sockets, storage or HTTP.

mod address;
mod entropy;
mod id;
mod reference;
mod scrub;
mod secret;
mod throttle;
mod time;

pub use address::{AddressKeys, ClientAddress, ClientKey};
pub use entropy::{Entropy, OsEntropy};
pub use id::{
    AccountId, AnnouncementId, AvatarId, BadId, BreachId, ConsentId, EntryId, IdentityId, InviteId,
    ItemId, LegalRequestId, MemberId, PageId, PasskeyId, PersonId, ReceiptId, RequestId, RoomId,
    SessionId, TicketId,
};
pub use reference::ReferenceId;
pub use scrub::Scrubbed;
pub use secret::{Personal, Secret};
pub use throttle::{Bucket, Rate, SharedThrottle, Throttle};
pub use time::{Clock, Reading, SystemClock, Timestamp};
