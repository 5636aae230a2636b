//! Accounts: making one, signing in, proving it again, changing and leaving it.
//!
//! No account exists before its owner has proved the address: registering begins a *step* (a ticket in the store), and
//! only the mailed code makes the account. Every step that must be finished in time is such a ticket, see `steps`.

mod admit;
mod avatar;
mod caller;
mod devices;
mod effort;
mod factors;
mod follows;
mod hashing;
mod history;
mod invitations;
mod keeping;
mod keys;
mod leaving;
pub(crate) mod news;
mod notices;
mod open_sessions;
mod operator;
pub(crate) mod pace;
mod passkeys;
mod profile;
mod refusal;
mod register;
mod reset;
mod sessions;
mod settings;
mod sign_in;
mod steps;
mod upstreams;
mod view;
mod webauthn;

use std::sync::{Mutex, MutexGuard, PoisonError};

use std::time::Duration;

use account::plans::Offer;
use account::{EmailAddress, InvitationKey, Throttles, WorkKeys};
use base::{AccountId, ClientKey, Entropy, ReferenceId, Secret, SharedThrottle};
use store::{AccountRow, StoreError};
use tokio::sync::Notify;

pub use caller::Caller;
pub use devices::{BroughtAlong, KeptOfGuest, KeptPage};
pub use effort::Effort;
use effort::{CHECKERS_MAX, CHECKS};
pub use factors::{TotpBegun, TotpDone};
pub use follows::{FollowView, HostView, Hosting};
pub use history::LookedAtView;
pub use invitations::{invitation_key, invitation_link};
pub(crate) use keeping::watch_sessions;
pub use leaving::{ErasureReceipt, Leaving};
pub use news::new_mail;
pub use notices::NoticeView;
pub(crate) use notices::Opened;
pub use open_sessions::SessionWatch;
pub use passkeys::{PasskeyBegun, PasskeyView};
pub use profile::ProfileChange;
pub use refusal::{AccountRefusal, BusyAt};
pub use register::Registration;
pub use sessions::{LiveSession, NewSession, RenewedSession};
pub use settings::AccountSettings;
pub use sign_in::{ProofOffered, SignIn};
pub(crate) use upstreams::keep_revocations;
pub use upstreams::{AgreementAsked, Arrival, Arrived, Departure, IdentityView, UpstreamView};
pub use view::{AccountView, Begun, SecondFactor, SecurityEventView, SessionView, WaysIn};

use crate::App;
use crate::turns::Turns;
use hashing::Hashing;
use keys::SessionKeys;
use open_sessions::OpenSessions;
use pace::Pace;

/// What a person is told to wait when the outbox is full, or the same row was changed too often at once.
const OUTBOX_RETRY: Duration = Duration::from_secs(60);
/// Pictures that are decoded at once: each may take 64 MiB for a moment.
const PICTURES_AT_ONCE: usize = 2;

/// What the use cases of accounts share.
pub(crate) struct Accounts {
    pub(crate) settings: AccountSettings,
    keys: SessionKeys,
    pub(crate) work: WorkKeys,
    invitation_key: InvitationKey,
    pub(crate) hashing: Hashing,
    pub(crate) open: OpenSessions,
    throttles: Mutex<Throttles>,
    checks: SharedThrottle<ClientKey>,
    pictures: Turns,
    pub(crate) pace: Pace,
    /// A mail was put into the outbox.
    pub(crate) mail_waits: Notify,
    /// A link to an upstream is gone, which is to be told.
    pub(crate) revocation_waits: Notify,
}

impl Accounts {
    pub(crate) fn new(
        settings: AccountSettings,
        (work_key, invitation_key): (&Secret<[u8; 32]>, InvitationKey),
        entropy: &dyn Entropy,
    ) -> Self {
        Self {
            hashing: Hashing::new(settings.password_cost),
            throttles: Mutex::new(Throttles::new(entropy)),
            checks: SharedThrottle::new(CHECKS, CHECKERS_MAX),
            open: OpenSessions::default(),
            keys: SessionKeys::default(),
            work: WorkKeys::derive(work_key),
            invitation_key,
            pictures: Turns::new(PICTURES_AT_ONCE),
            pace: Pace::default(),
            mail_waits: Notify::new(),
            revocation_waits: Notify::new(),
            settings,
        }
    }

    fn throttles(&self) -> MutexGuard<'_, Throttles> {
        self.throttles
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }
}

impl App {
    /// A failure of ours: logged here, once, and named to the person by its reference.
    pub(crate) fn account_failure(&self, error: &StoreError) -> AccountRefusal {
        let reference: ReferenceId = self.reference();
        tracing::error!(%reference, %error, "the store failed");
        AccountRefusal::Failed(reference)
    }

    /// Whether a code can be mailed, so that an address is a way in.
    #[must_use]
    pub fn mails_codes(&self) -> bool {
        self.inner.links.outbound().mailer().is_some()
    }

    /// The account of a session, which may be gone by now.
    async fn account_row(&self, id: AccountId) -> Result<AccountRow, AccountRefusal> {
        let row = self.inner.store.account(id).await;
        let row = row.map_err(|error| self.account_failure(&error))?;
        row.ok_or(AccountRefusal::NotSignedIn)
    }

    /// What the owner of an account is told about it.
    async fn account_view(&self, id: AccountId) -> Result<AccountView, AccountRefusal> {
        let row = self.account_row(id).await?;
        let ways_in = self.inner.store.ways_in(id).await;
        let ways_in = ways_in.map_err(|error| self.account_failure(&error))?;
        let has_plans = *self.offer() != Offer::Everything;
        Ok(AccountView::new(row, ways_in, has_plans))
    }
}

pub(crate) fn read_email(text: &str) -> Result<EmailAddress, AccountRefusal> {
    EmailAddress::parse(text).map_err(|_| AccountRefusal::BadEmail)
}
