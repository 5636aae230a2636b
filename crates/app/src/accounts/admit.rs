//! Whether somebody may try something now: how often, and with how much work.

use account::{AccountKey, Act, Challenge, Difficulty, EmailAddress, Hold, Purpose, WORK_DEFAULT};
use base::AccountId;

use super::{AccountRefusal, Caller, Effort};
use crate::App;

impl App {
    /// A challenge that costs a robot more than a person.
    pub fn proof_of_work(&self, purpose: Purpose) -> Challenge {
        let accounts = &self.inner.accounts;
        let now = self.now();
        let calm = Difficulty {
            cost: accounts.settings.proof_of_work_cost,
            ..WORK_DEFAULT
        };
        let difficulty = accounts.throttles().difficulty(calm, now);
        accounts
            .work
            .challenge(purpose, difficulty, now, self.entropy())
    }

    /// Lets `caller` try `act`, or says what to do first.
    pub(crate) async fn admit(
        &self,
        caller: &Caller,
        act: Act,
        effort: Option<&Effort>,
    ) -> Result<(), AccountRefusal> {
        if let Some(effort) = effort {
            self.spend_effort(caller, effort, Purpose::SignIn).await?;
        }
        self.admit_with(caller, act, effort.is_some())
    }

    /// The same, once what was shown against robots is looked at.
    pub(super) fn admit_with(
        &self,
        caller: &Caller,
        act: Act,
        has_worked: bool,
    ) -> Result<(), AccountRefusal> {
        let mut throttles = self.inner.accounts.throttles();
        let admitted = throttles.may_try(act, caller.client, has_worked, self.now());
        admitted.map_err(|hold| match hold {
            Hold::Wait(wait) => AccountRefusal::TooManyTries { wait },
            Hold::Work => AccountRefusal::ProofOfWorkNeeded,
        })
    }

    /// What `caller` was let try went well.
    pub(crate) fn succeeded(&self, caller: &Caller, act: Act) {
        self.inner
            .accounts
            .throttles()
            .count_success(act, caller.client);
    }

    pub(crate) fn key_of_address(&self, email: &EmailAddress) -> AccountKey {
        self.inner.accounts.throttles().of_address(email)
    }

    pub(super) fn key_of_account(&self, account: AccountId) -> AccountKey {
        self.inner.accounts.throttles().of_account(account)
    }
}
