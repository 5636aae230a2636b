//! A new password for who forgot the old one: a link, an hour, once.

use account::{Act, TicketKind};
use base::Secret;
use outbound::Letter;

use super::factors::words_of;
use super::news::News;
use super::{AccountRefusal, Caller, Effort, read_email};
use crate::{App, Place};

impl App {
    /// Mails a link that sets a new password. Nothing tells whether the address is known.
    pub async fn begin_reset(
        &self,
        caller: &Caller,
        place: &Place,
        email: &str,
        effort: Option<Effort>,
    ) -> Result<(), AccountRefusal> {
        let email = read_email(email)?;
        let act = Act::Mail(self.key_of_address(&email));
        self.admit(caller, act, effort.as_ref()).await?;
        let known = self.known(&email).await?;
        let account = known.as_ref().map(|known| known.0);
        // For an unknown address a link is made as well, and goes nowhere.
        let secret = self
            .begin_link_step(TicketKind::Reset, account, &())
            .await?;
        let address = format!("{}/reset#{}", place.origin, secret.expose());
        let letter = Letter::ResetLink {
            address: Secret::new(address),
        };
        self.post_if_known(known, &email, caller, letter).await
    }

    /// Sets the new password by the link, and ends every session.
    pub async fn finish_reset(
        &self,
        caller: &Caller,
        token: &Secret<String>,
        password: Secret<String>,
    ) -> Result<(), AccountRefusal> {
        self.admit(caller, Act::Ticket, None).await?;
        let step = self.link_step(TicketKind::Reset, token).await?;
        let account = step.account.ok_or(AccountRefusal::TicketOver)?;
        let row = self.account_row(account).await?;
        let hashing = &self.inner.accounts.hashing;
        // Before the link is used up: a weak password must not cost it.
        hashing.approve(&password, &words_of(&row)).await?;
        let hash = hashing.make(password, self.entropy()).await?;
        self.finish_link_step::<()>(TicketKind::Reset, token)
            .await?;
        let hash = Secret::new(hash.as_str().to_owned());
        let ended = self
            .inner
            .store
            .set_password(account, &hash, None, self.now())
            .await
            .map_err(|error| self.account_failure(&error))?;
        let ended = ended.ok_or(AccountRefusal::TicketOver)?;
        self.close_sockets_of(&ended);
        self.tell(caller, account, News::PasswordChanged).await;
        Ok(())
    }
}
