//! What outlives a restart: rooms, link pages and node secrets, in SQLite or PostgreSQL by one SQL text.
//!
//! Each statement is one literal in the dialect both databases share. The data inventory lies beside the
//! schema, and a store whose tables differ from it does not open.
//!
//! This crate does not know HTTP, sockets, clocks or who may do what.

mod accounts;
mod act;
mod announcement;
mod answer;
mod breach;
mod brought;
mod check;
mod count;
mod db;
mod direct;
mod error;
mod grant;
mod in_tray;
mod inventory;
mod ledger;
mod legal;
mod link;
mod link_correction;
mod link_retention;
mod link_row;
mod migration;
mod plans;
mod policy;
mod queue;
mod register;
mod rights;
mod room;
mod room_standing;
mod sealed;
mod secret;
mod settings;
mod snapshot;
mod status;
mod subject;
mod support;
mod sweep;

pub use accounts::{
    AccountRow, Change, Creation, DEVICES_MAX, FOLLOWERS_MAX, FOLLOWS_MAX, FollowRow, Follower,
    Following, HostRow, IdentityRow, LOOKED_AT_MAX, LiveSession, LookedAt, MAILS_MAX, MailRow,
    NOTICES_MAX, NewAccount, NewIdentity, NewMail, NewPasskey, NewTicket, Notice, Older,
    PASSKEYS_MAX, PasskeyInsertion, PasskeyRow, Profile, Removal, RevocationRow, SESSIONS_MAX,
    SecurityEvent, SessionRow, TicketRow, TotpRow, WaysIn,
};
pub use act::ActRow;
pub use announcement::{AnnouncementRow, AnnouncementStep};
pub use answer::{Answered, RequestAnswer};
pub use brought::{Brought, TakenIn};
pub use check::Difference;
pub use count::{DayCount, ErrorRow};
pub use error::StoreError;
pub use grant::{GRANT_VIEWS_MAX, GRANTS_MAX, GrantRow, GrantedView};
pub use in_tray::{InTray, Waiting};
pub use inventory::inventory;
pub use ledger::{LedgerLine, LedgerMark, LedgerPlace};
pub use legal::LegalRow;
pub use link::{CorrectionRow, KeptPage, MatchRow, PageRow};
pub use plans::{
    CheckoutRow, CustomerRow, FarewellRow, FreeSessionRow, Heard, Holder, NewCheckout,
    SAVED_ROOMS_MAX, SavedRoom, Saving, StoredPassword,
};
pub use policy::{PolicyOrdinal, PolicyRow, Publication};
pub use privacy::{
    AtRest, BadWord, Basis, Category, Egress, Email, Embed, Erase, Inventory, NameKind, Owner,
    Purpose, Retention, Rule, Source, StorageKind, Table, Visibility,
};
pub use queue::{Committed, EVENTS_MAX, EventRow, RoomCommit, StateRow};
pub use register::Stepped;
pub use rights::{Asked, CHOICES_KEPT_MAX, ConsentRow, RequestRow};
pub use room::{BATCH_MAX, Insertion, NewRoom, RoomRow};
pub use room_standing::RoomStanding;
pub use settings::Settings;
pub use snapshot::is_in_use;
pub use status::StatusDay;
pub use subject::{ACCOUNTS, Begun, Cell, Counts, Left, Rewritten, TableCopy, Unfinished, plans};
pub use support::{
    Added, GUEST_THREADS_MAX, MEMBER_THREADS_MAX, THREAD_MESSAGES_MAX, ThreadMessage, ThreadRow,
};
pub use sweep::RetentionRun;

use db::Db;
use privacy::Plans;
use sealed::Sealer;

/// The database of one installation. Clones share its connections.
#[derive(Clone)]
pub struct Store {
    db: Db,
    sealer: Sealer,
    inventory: &'static Inventory,
    plans: &'static Plans,
}

impl Store {
    /// Connects, brings the schema up to date and compares it with the inventory.
    pub async fn open(settings: &Settings) -> Result<Self, StoreError> {
        Self::open_by(settings, inventory(), plans()).await
    }

    /// The same by another inventory, or by other plans, than this program's: so it is shown what an entry alone leads to,
    /// and that a plan which forgets something is noticed.
    pub async fn open_by(
        settings: &Settings,
        inventory: &'static Inventory,
        plans: &'static Plans,
    ) -> Result<Self, StoreError> {
        let db = Db::connect(settings).await?;
        migration::run(&db).await?;
        let sealer = Sealer::new(settings.sealing_key.as_ref());
        let store = Self {
            db,
            sealer,
            inventory,
            plans,
        };
        store.check_inventory().await?;
        store.check_sealing_key().await?;
        // A deletion that was killed before the log was emptied is completed here.
        store.empty_log().await?;
        Ok(store)
    }

    /// Fails when the database was sealed with another key: what is sealed could not be opened, and what is sealed
    /// from now on could not be opened by others.
    async fn check_sealing_key(&self) -> Result<(), StoreError> {
        let Some(fingerprint) = self.sealer.fingerprint() else {
            return Ok(());
        };
        let known = self
            .node_secret("sealing-key-fingerprint", fingerprint.clone())
            .await?;
        if known != fingerprint {
            return Err(StoreError::OtherSealingKey);
        }
        Ok(())
    }

    /// Whether the database answers.
    pub async fn ping(&self) -> Result<(), StoreError> {
        db::fetch_one!(self.db, (i64,), "SELECT CAST(1 AS BIGINT)")?;
        Ok(())
    }

    /// Which database it is.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        match self.db {
            Db::Sqlite { .. } => "SQLite",
            Db::Postgres(_) => "PostgreSQL",
        }
    }

    /// Finishes what is under way and lets go of the database.
    pub async fn close(&self) {
        self.db.close().await;
    }

    /// Takes what was deleted out of SQLite's write-ahead log, which `secure_delete` does not reach.
    ///
    /// Whoever reads for long, a backup for one, holds the log; a call after that completes the work, and so one is made
    /// each minute. PostgreSQL keeps dead rows until its tables are written anew, which `rewrite_erased` does when the
    /// operator asks for it.
    pub async fn empty_log(&self) -> Result<(), StoreError> {
        self.db.empty_log().await
    }

    /// The same right after a deletion. That took effect whatever becomes of the log, so it does not fail with it: what
    /// fails here fails again within the minute, where the operator hears of it.
    pub(crate) async fn empty_log_if_free(&self) {
        let _ = self.empty_log().await;
    }
}

impl std::fmt::Debug for Store {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self.db {
            Db::Sqlite { .. } => "Store(SQLite)",
            Db::Postgres(_) => "Store(PostgreSQL)",
        })
    }
}
