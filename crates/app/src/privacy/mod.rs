//! What people have a right to: to see what is held about them, to take it along, to limit it, and to have it gone.

mod announcing;
mod archive;
mod asking;
mod authority;
mod bringing;
mod choosing;
mod copy;
mod copy_page;
mod erasing;
mod guest;
mod held;
mod ledger;
mod noticing;
mod operating;
mod policy;
mod proving;
mod unpacking;
mod words;

use std::time::Duration;

use base::{AccountId, ReferenceId};
use store::StoreError;

pub use announcing::{begin_announcement, breach_letter, language_of, mail_to};
pub use asking::{MESSAGE_CHARS_MAX, RequestView};
pub use authority::authority_letter;
pub(crate) use bringing::Brings;
pub use bringing::{BROUGHT_BYTES_MAX, BringRefusal, BroughtView};
pub use choosing::{ConsentView, ObjectionView};
pub use erasing::Receipt;
pub(crate) use erasing::Told;
pub use guest::GuestCopy;
pub(crate) use guest::GuestsAsked;
pub(crate) use held::held_in;
pub use held::{Held, HeldRow, HeldTable, HeldValue, Holdings, Shown, Unshown};
pub use ledger::{ledger_digest, ledger_key};
pub(crate) use noticing::Notices;
pub use noticing::PolicyNotice;
pub use operating::{copy_of_account, subject_in};
pub use policy::{
    Others, PolicyChange, PublishedPolicy, inventory_of, keep_retention, last_retention,
};
pub use privacy::Subject;
pub use proving::{actor_digest, is_code, request_code};
pub use store::PolicyOrdinal;

use crate::{AccountRefusal, App};

/// Why a right could not be exercised now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RightsRefusal {
    /// Everything of theirs is being erased just now.
    #[error("everything of this person is being erased just now")]
    BeingErased,
    /// There is no such account.
    #[error("there is no such account")]
    NoAccount,
    /// Nobody was named.
    #[error("nobody was named")]
    Nobody,
    /// Asked too often.
    #[error("asked too often")]
    TooMany {
        /// How long to wait.
        wait: Duration,
    },
    /// A failure of ours, named by its reference.
    #[error("something failed here; its reference is {0}")]
    Failed(ReferenceId),
}

impl From<RightsRefusal> for AccountRefusal {
    fn from(refusal: RightsRefusal) -> Self {
        match refusal {
            RightsRefusal::Failed(reference) => Self::Failed(reference),
            RightsRefusal::BeingErased => Self::BeingErased,
            RightsRefusal::TooMany { wait } => Self::TooManyTries { wait },
            RightsRefusal::NoAccount => Self::NotSignedIn,
            RightsRefusal::Nobody => Self::NotYours,
        }
    }
}

impl App {
    /// A member, with the devices that they have said are theirs.
    pub async fn subject_of_account(&self, account: AccountId) -> Result<Subject, RightsRefusal> {
        let subject = subject_in(&self.inner.store, account).await;
        subject.map_err(|error| self.rights_failure(&error))
    }

    /// A failure of ours: logged here, once, and named to the person by its reference.
    fn rights_failure(&self, error: &StoreError) -> RightsRefusal {
        let reference = self.reference();
        tracing::error!(%reference, %error, "the store failed");
        RightsRefusal::Failed(reference)
    }
}
