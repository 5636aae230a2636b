//! What people can do here: one function for each thing, and the tasks behind live rooms.
//!
//! [`App`] is the one entrance. A door (the web, a native peer, a test) turns what it hears into one of its calls.
//!
//! This crate does not know HTTP, SQL text or WebSocket frames.

mod access;
mod accounts;
mod admin;
mod counting;
mod directory;
mod due;
mod gate;
mod grants;
mod inside;
mod job_list;
mod jobs;
mod links;
mod mail;
mod outbox;
mod pixels;
mod place;
mod plans;
mod privacy;
mod queue_room;
mod relay_desk;
mod resume;
mod room_list;
mod room_task;
mod rooms;
mod settings;
mod status;
mod support;
mod timer;
mod turns;
mod typed;

use std::sync::atomic::AtomicBool;
use std::sync::atomic::Ordering::Relaxed;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use account::plans::Offer;
use base::{
    AddressKeys, ClientAddress, ClientKey, Entropy, Reading, ReferenceId, Secret, Timestamp,
};
use bus::LocalBus;
use outbound::Outbound;
use store::{Store, StoreError};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

pub use accounts::{
    AccountRefusal, AccountSettings, AccountView, AgreementAsked, Arrival, Arrived, Begun,
    BroughtAlong, BusyAt, Caller, Departure, Effort, ErasureReceipt, FollowView, HostView, Hosting,
    IdentityView, KeptOfGuest, KeptPage, Leaving, LiveSession, LookedAtView, NewSession,
    NoticeView, PasskeyBegun, PasskeyView, ProfileChange, ProofOffered, Registration,
    RenewedSession, SecondFactor, SecurityEventView, SessionView, SessionWatch, SignIn, TotpBegun,
    TotpDone, UpstreamView, WaysIn, invitation_key, invitation_link, new_mail,
};
pub use admin::{AccountState, ActView, Health, InTray, Operator, Waiting};
pub use counting::Counted;
pub use directory::{ListedRoom, ListedRooms, OnNow};
pub use gate::SocketPass;
pub use grants::{GrantLook, GrantView, RunningGrant, columns_of_grant, operator_mark};
pub use inside::NotServed;
pub use job_list::{Job, JobRun, JobState};
pub use links::{
    Art, ArtSize, Conversion, Corrections, FoundTrack, LinkEvent, LinkRefusal, LinkSettings,
    LinkView, MatchView, Outcome, PlaylistJob, PlaylistLine, PlaylistLineState, PlaylistProgress,
    SearchReason,
};
pub use outbox::{Full, Outbox, Over, Wire};
pub use place::Place;
pub use plans::{
    BoughtView, Ended, Ending, NewSavedRoom, PaymentRefusal, Period, PlanView, PortalWish, Price,
    Purchase, PurchaseState, SavedRoomChange, SavedRoomView, SavedRoomsView, SavingRefusal,
};
pub use privacy::{
    BROUGHT_BYTES_MAX, BringRefusal, BroughtView, ConsentView, GuestCopy, Held, HeldRow, HeldTable,
    HeldValue, Holdings, MESSAGE_CHARS_MAX, ObjectionView, PolicyNotice, PublishedPolicy, Receipt,
    RequestView, RightsRefusal, Shown, Subject, Unshown,
};
pub use privacy::{
    Others, PolicyChange, PolicyOrdinal, actor_digest, authority_letter, begin_announcement,
    breach_letter, copy_of_account, inventory_of, is_code, keep_retention, language_of,
    last_retention, ledger_digest, ledger_key, mail_to, request_code, subject_in,
};
pub use relay_desk::{RelayCheck, RelayDesk, RelayDoor};
pub use room_list::RoomList;
pub use rooms::Seat;
pub use settings::{Limits, Settings};
pub use status::{Incident, Part, PartState, PartView, StatusView};
pub use support::{
    NotAnswered, SUPPORT_CHARS_MAX, SUPPORT_TOPICS, SupportMessage, SupportRefusal, SupportThread,
    Writing, answer_support,
};
pub use timer::Timer;

/// Name of the key in the store under which resume tokens are signed.
const RESUME_KEY_NAME: &str = "resume-token";
/// Name of the key in the store under which challenges for a proof of work are signed.
const WORK_KEY_NAME: &str = "proof-of-work";

/// How long after the last run of retention a server still counts as well: a day, and time to notice.
const RETENTION_WITHIN: Duration = Duration::from_secs(26 * 60 * 60);

/// Why a server is not ready.
#[derive(Debug, thiserror::Error)]
pub enum NotReady {
    /// The database does not answer.
    #[error("the database does not answer: {0}")]
    Store(#[from] StoreError),
    /// What has had its time was not deleted for more than a day.
    #[error("retention was not looked after for 26 hours")]
    RetentionOverdue,
}

/// Everything the use cases share. Cheap to clone.
#[derive(Clone)]
pub struct App {
    inner: Arc<Inner>,
}

struct Inner {
    settings: Settings,
    clock: Arc<dyn Timer>,
    entropy: Arc<dyn Entropy>,
    store: Store,
    bus: LocalBus<room_task::Wish>,
    relay: RelayDesk,
    resume: resume::ResumeTokens,
    address_keys: AddressKeys,
    gate: Arc<Mutex<gate::Gate>>,
    tries: gate::TryQueues,
    passwords: access::Passwords,
    links: links::Links,
    accounts: accounts::Accounts,
    plans: plans::Plans,
    till: plans::Till,
    sums: counting::Sums,
    status: status::Status,
    directory: Arc<directory::Directory>,
    seats_asked: inside::Asked,
    guests_asked: privacy::GuestsAsked,
    notices: privacy::Notices,
    brings: privacy::Brings,
    written: support::Written,
    jobs: job_list::JobList,
    tasks: TaskTracker,
    stopping: CancellationToken,
    /// The server is about to close all sockets.
    lets_go: AtomicBool,
    started_at: Timestamp,
}

impl App {
    /// Reads what must survive a restart from the store and is then ready for callers.
    pub async fn start(
        (settings, links, accounts, offer): (Settings, LinkSettings, AccountSettings, Offer),
        store: Store,
        relay: RelayDesk,
        outbound: Outbound,
        clock: Arc<dyn Timer>,
        entropy: Arc<dyn Entropy>,
    ) -> Result<Self, StoreError> {
        let resume_key = store
            .node_secret(RESUME_KEY_NAME, Secret::new(entropy.bytes32()))
            .await?;
        let work_key = store
            .node_secret(WORK_KEY_NAME, Secret::new(entropy.bytes32()))
            .await?;
        let invitation_key = invitation_key(&store, entropy.as_ref()).await?;
        let keys = (&work_key, invitation_key);
        let inner = Inner {
            accounts: accounts::Accounts::new(accounts, keys, entropy.as_ref()),
            address_keys: AddressKeys::new(clock.now(), entropy.as_ref()),
            gate: Arc::new(Mutex::new(gate::Gate::new(settings.limits))),
            tries: gate::TryQueues::default(),
            passwords: access::Passwords::new(settings.password_cost),
            plans: plans::Plans::new(offer),
            links: links::Links::new(links, outbound),
            sums: counting::Sums::default(),
            status: status::Status::default(),
            directory: Arc::default(),
            till: plans::Till::default(),
            seats_asked: inside::Asked::default(),
            guests_asked: privacy::GuestsAsked::default(),
            notices: privacy::Notices::default(),
            brings: privacy::Brings::default(),
            written: support::Written::default(),
            bus: LocalBus::default(),
            resume: resume::ResumeTokens::new(resume_key),
            jobs: job_list::JobList::default(),
            tasks: TaskTracker::new(),
            stopping: CancellationToken::new(),
            lets_go: AtomicBool::new(false),
            started_at: clock.now(),
            settings,
            clock,
            entropy,
            store,
            relay,
        };
        let app = Self {
            inner: Arc::new(inner),
        };
        // Before anybody is answered, so that nobody whom a restore has brought back is. Of one that fails the account is
        // locked instead: staying down would keep all others from being erased as well, and retention from being kept.
        app.complete_erasures(app.now(), Duration::ZERO).await?;
        app.publish_policy(&texts::POLICY).await?;
        app.inner.tasks.spawn(jobs::keep_retention(app.clone()));
        app.inner.tasks.spawn(status::keep_status(app.clone()));
        app.inner.tasks.spawn(jobs::keep_announcing(app.clone()));
        app.inner.tasks.spawn(jobs::keep_descriptions(app.clone()));
        app.inner.tasks.spawn(accounts::watch_sessions(app.clone()));
        app.inner.tasks.spawn(rooms::watch_rooms(app.clone()));
        app.inner.tasks.spawn(mail::keep_mail(app.clone()));
        let revocations = accounts::keep_revocations(app.clone());
        app.inner.tasks.spawn(revocations);
        app.inner.tasks.spawn(plans::keep_payments(app.clone()));
        app.inner.tasks.spawn(plans::keep_prices(app.clone()));
        Ok(app)
    }

    /// The key that stands for a client today. The address goes no further.
    pub fn client_key(&self, address: ClientAddress) -> ClientKey {
        self.inner
            .address_keys
            .key(address, self.now(), self.entropy())
    }

    /// A fresh reference that a failure's answer and its log line share.
    pub fn reference(&self) -> ReferenceId {
        ReferenceId::new(self.entropy())
    }

    /// How many rooms are open in this process.
    pub fn open_rooms(&self) -> usize {
        self.inner.bus.len()
    }

    /// How many sockets are open.
    pub fn open_sockets(&self) -> usize {
        self.gate().open_sockets()
    }

    /// Whether the store answers, and what has had its time is deleted.
    pub async fn ready(&self) -> Result<(), NotReady> {
        self.inner.store.ping().await?;
        let last = last_retention(&self.inner.store).await?;
        match last.is_some_and(|run| self.now().since(run.ran_at) > RETENTION_WITHIN) {
            true => Err(NotReady::RetentionOverdue),
            false => Ok(()),
        }
    }

    /// Sockets are closed from now on because the server stops, not because people go: to be said before the first is.
    pub fn let_go(&self) {
        self.inner.lets_go.store(true, Relaxed);
    }

    /// Asks every task to end and waits for it. Rooms stay in the store.
    pub async fn stop(&self) {
        self.inner.stopping.cancel();
        self.inner.tasks.close();
        self.inner.tasks.wait().await;
        if let Err(error) = self.keep_counts().await {
            let reference = self.reference();
            tracing::warn!(%reference, %error, "the last sums were not kept");
        }
    }

    /// The room's clock, as fine as it is.
    pub fn read_clock(&self) -> Reading {
        self.inner.clock.read()
    }

    /// The time.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.inner.clock.now()
    }

    fn entropy(&self) -> &dyn Entropy {
        self.inner.entropy.as_ref()
    }

    fn gate(&self) -> std::sync::MutexGuard<'_, gate::Gate> {
        self.inner
            .gate
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}
