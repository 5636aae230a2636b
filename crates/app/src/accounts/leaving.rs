//! Taking everything along, and leaving for good.

use std::collections::BTreeMap;

use base::{AccountId, ReceiptId, Timestamp};
use serde::Serialize;
use texts::Language;
use utoipa::ToSchema;

use super::news::News;
use super::pace::Written;
use super::{AccountRefusal, Caller, LiveSession};
use crate::privacy::Told;
use crate::{App, Receipt};

/// What became of the wish to leave.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Leaving {
    /// Everything is gone.
    Erased(ErasureReceipt),
    /// Everything will be gone at this moment, in Unix milliseconds, unless the owner takes it back.
    Planned {
        /// When.
        #[schema(value_type = i64)]
        erase_at: Timestamp,
    },
}

/// What shows that an erasure was done. It names nobody.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ErasureReceipt {
    /// Its name in the ledger.
    #[schema(value_type = String)]
    pub id: ReceiptId,
    /// When it was done, in Unix milliseconds.
    #[schema(value_type = i64)]
    pub at: Timestamp,
    /// How many rows of which table.
    pub counts: BTreeMap<String, u64>,
}

impl App {
    /// A ZIP archive of everything of the account that may be given to its owner, with a page in the language of the page
    /// on which they ask for it.
    pub async fn take_along(
        &self,
        caller: &Caller,
        session: &LiveSession,
    ) -> Result<Vec<u8>, AccountRefusal> {
        let account = session.account();
        let pace = &self.inner.accounts.pace;
        pace.take(account, Written::CopyTaken, self.now())?;
        let subject = self.subject_of_account(account).await?;
        let language = Language::asked(Some(caller.language)).unwrap_or(Language::English);
        let copy = self.export(&subject, language).await?;
        self.tell(caller, account, News::CopyTaken).await;
        Ok(copy)
    }

    /// Erases the account with everything of it: now, or in seven days unless its owner takes that back.
    pub async fn leave(
        &self,
        caller: &Caller,
        session: &LiveSession,
        is_now: bool,
    ) -> Result<Leaving, AccountRefusal> {
        let account = session.account();
        if !is_now {
            let erase_at = self.plan_erasure(caller, account).await?;
            return Ok(Leaving::Planned { erase_at });
        }
        let receipt = self.erase_account(account, caller.language).await?;
        Ok(Leaving::Erased(ErasureReceipt {
            id: receipt.id,
            at: receipt.at,
            counts: receipt.counts,
        }))
    }

    /// Plans the erasure, and tells the owner, who may be another one than whoever plans it. One that is planned stays as it
    /// is.
    async fn plan_erasure(
        &self,
        caller: &Caller,
        account: AccountId,
    ) -> Result<Timestamp, AccountRefusal> {
        if let Some(planned) = self.account_row(account).await?.erase_at {
            return Ok(planned);
        }
        let pace = &self.inner.accounts.pace;
        pace.take(account, Written::ErasurePlanned, self.now())?;
        let at = self.erase_later(account).await?;
        let news = News::ErasurePlanned { at };
        self.tell(caller, account, news).await;
        Ok(at)
    }

    /// Erases an account at once, with what it has elsewhere; the receipt to its owner waits in the outbox from then on.
    pub(crate) async fn erase_account(
        &self,
        account: AccountId,
        language: &str,
    ) -> Result<Receipt, AccountRefusal> {
        let row = self.account_row(account).await?;
        let failed = |error| self.account_failure(&error);
        let store = &self.inner.store;
        let sessions = store.sessions(account).await.map_err(failed)?;
        let subject = self.subject_of_account(account).await?;
        let owner = Told {
            owner: &row,
            language,
        };
        let receipt = self.erase_and_tell(&subject, Some(owner)).await?;
        let ended: Vec<_> = sessions.iter().map(|row| row.session.id).collect();
        self.close_sockets_of(&ended);
        Ok(receipt)
    }

    /// The owner takes back the wish to leave.
    pub async fn stay(&self, caller: &Caller, session: &LiveSession) -> Result<(), AccountRefusal> {
        let account = session.account();
        if self.account_row(account).await?.erase_at.is_none() {
            return Ok(());
        }
        self.keep_account(account).await?;
        self.tell(caller, account, News::ErasureTakenBack).await;
        Ok(())
    }
}
