//! What is kept about people, why, and what follows from that: all of it derived from one inventory.
//!
//! This crate does not know a database, a file, the network, a clock or who asks.

mod breach;
mod copy;
mod grant;
mod import;
mod inventory;
mod legal;
mod moment;
mod plan;
mod policy;
mod record;
mod request;
mod subject;
mod transfer;

pub use breach::{BREACH_HOURS_MAX, Breach, BreachFacts, BreachNature, BreachRefusal, TELL_WITHIN};
pub use copy::{Form, Kind};
pub use grant::{BadGrant, GrantLength, GrantScope, GrantState};
pub use import::{BadLine, Taken, TakenRow};
pub use inventory::{
    AtRest, BadInventory, BadWord, Basis, Category, Egress, Email, Embed, Erase, FurtherUse,
    Inventory, NameKind, Owner, Purpose, Retention, Rule, Source, StorageKind, Sweep, Table,
    Visibility,
};
pub use legal::{ActorDigest, LegalRefusal, LegalRequest, LegalState};
pub use moment::{day, from_rfc3339, rfc3339};
pub use plan::{
    BadPlan, Deed, ErasurePlan, ErasureStep, ExportColumn, ExportPlan, ExportTable, Holding, Join,
    Path, Plans, RetentionPlan, SweepStep,
};
pub use policy::{Asked, Change, Differences, Duty, Player, Policy, PolicyRow, text_key, word};
pub use record::{CcpaRow, RecordEntry, ccpa, record};
pub use request::{BadRequestKind, RequestKind, Urgency};
pub use subject::{Name, Subject};
pub use transfer::{Ground, Grounds, Safeguard, is_country};
