//! What is sold, who has it, and what it allows: rules only. Payments are read elsewhere, and nothing here knows a card.
//!
//! What somebody may do depends on the offer and their plan, and on nothing else about them.

mod free_session;
mod newcomers;
mod offer;
mod payments;
mod subscription;

pub use free_session::{FreeSession, Notice, Resting, Running};
pub use newcomers::Newcomers;
pub use offer::{BadOffer, Entitlements, FreeLimits, Offer, Plan, PlanSettings};
pub use payments::{Payments, Snapshot};
pub use subscription::{Status, Subscription, Term};
