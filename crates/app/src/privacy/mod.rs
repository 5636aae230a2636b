//! What people have a right to: to see what is held about them, to take it along, to limit it, and to have it gone.

mod archive;
mod copy;
mod erasing;
mod ledger;
mod policy;

use base::{AccountId, ReferenceId};
use sha2::{Digest, Sha256};
use store::StoreError;

pub use erasing::Receipt;
pub use policy::PublishedPolicy;
pub use privacy::Subject;

use crate::App;

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
    /// A failure of ours, named by its reference.
    #[error("something failed here; its reference is {0}")]
    Failed(ReferenceId),
}

impl App {
    /// A member, with the devices that they have said are theirs.
    pub async fn subject_of_account(&self, account: AccountId) -> Result<Subject, RightsRefusal> {
        let devices = self.inner.store.devices_of(account).await;
        let devices = devices.map_err(|error| self.rights_failure(&error))?;
        let own = principal_of_account(account);
        let subject = Subject::of_account(account).with_principal(own);
        Ok(devices.into_iter().fold(subject, Subject::with_principal))
    }

    /// A failure of ours: logged here, once, and named to the person by its reference.
    fn rights_failure(&self, error: &StoreError) -> RightsRefusal {
        let reference = self.reference();
        tracing::error!(%reference, %error, "the store failed");
        RightsRefusal::Failed(reference)
    }
}

/// What stands for an account in rooms.
fn principal_of_account(account: AccountId) -> String {
    let digest = Sha256::new()
        .chain_update(b"unisono/1 account\0")
        .chain_update(account.to_string().as_bytes());
    room::Principal(digest.finalize().into()).to_string()
}
