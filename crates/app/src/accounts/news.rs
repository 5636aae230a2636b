//! What happened to an account: written down for its owner to see, and mailed where it could be somebody else's doing.

use account::EmailAddress;
use base::{AccountId, Entropy, EntryId, Personal, Timestamp};
use outbound::Letter;
use privacy::{Purpose, day};
use store::{NewMail, SecurityEvent, inventory};

use super::{AccountRefusal, BusyAt, Caller, LiveSession, SecurityEventView};
use crate::App;

/// Things that happened, which an owner is shown.
pub(super) const SHOWN_MAX: u32 = 100;

/// What happened to an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum News {
    SignedIn,
    SignedInOnNewDevice,
    PasswordChanged,
    PasswordRemoved,
    PasskeyAdded,
    PasskeyRemoved,
    TotpAdded,
    TotpRemoved,
    RecoveryCodesMade,
    RecoveryCodeUsed,
    EmailChanged,
    UpstreamLinked,
    UpstreamRemoved,
    SessionsEnded,
    CopyTaken,
    Restricted,
    RestrictionLifted,
    ErasurePlanned { at: Timestamp },
    ErasureTakenBack,
}

impl News {
    /// As stored.
    const fn as_str(self) -> &'static str {
        match self {
            Self::SignedIn => "signed-in",
            Self::SignedInOnNewDevice => "signed-in-on-new-device",
            Self::PasswordChanged => "password-changed",
            Self::PasswordRemoved => "password-removed",
            Self::PasskeyAdded => "passkey-added",
            Self::PasskeyRemoved => "passkey-removed",
            Self::TotpAdded => "totp-added",
            Self::TotpRemoved => "totp-removed",
            Self::RecoveryCodesMade => "recovery-codes-made",
            Self::RecoveryCodeUsed => "recovery-code-used",
            Self::EmailChanged => "email-changed",
            Self::UpstreamLinked => "upstream-linked",
            Self::UpstreamRemoved => "upstream-removed",
            Self::SessionsEnded => "sessions-ended",
            Self::CopyTaken => "copy-taken",
            Self::Restricted => "restricted",
            Self::RestrictionLifted => "restriction-lifted",
            Self::ErasurePlanned { .. } => "erasure-planned",
            Self::ErasureTakenBack => "erasure-taken-back",
        }
    }

    /// The mail about it. Everyday things have none.
    fn letter(self, device: &str) -> Option<Letter> {
        let device = device.to_owned();
        match self {
            Self::SignedIn
            | Self::SessionsEnded
            | Self::CopyTaken
            | Self::Restricted
            | Self::RestrictionLifted
            | Self::ErasureTakenBack => None,
            Self::SignedInOnNewDevice => Some(Letter::NewSignIn { device }),
            Self::ErasurePlanned { at } => Some(Letter::ErasurePlanned {
                day: day(at),
                device,
            }),
            Self::PasswordChanged => Some(Letter::PasswordChanged { device }),
            Self::RecoveryCodeUsed => Some(Letter::RecoveryCodeUsed { device }),
            Self::PasskeyAdded
            | Self::TotpAdded
            | Self::RecoveryCodesMade
            | Self::UpstreamLinked => Some(Letter::FactorAdded { device }),
            Self::PasswordRemoved
            | Self::PasskeyRemoved
            | Self::TotpRemoved
            | Self::UpstreamRemoved => Some(Letter::FactorRemoved { device }),
            // Both addresses get one of their own.
            Self::EmailChanged => None,
        }
    }
}

/// Whether letters of a kind are not sent to who wants nothing of theirs to be used (GDPR, Article 18): those that only
/// tell news. What protects the account, and what the person themselves asked for a moment ago, is sent.
fn is_withheld(template: &str) -> bool {
    let declared = inventory().email.get(template);
    declared.is_some_and(|email| email.purpose == Purpose::Notices)
}

impl App {
    /// Writes down what happened, and mails it to the owner where a stranger could have done it.
    ///
    /// It has happened by now: when it cannot be told, that is logged, and nobody hears that it failed.
    pub(crate) async fn tell(&self, caller: &Caller, account: AccountId, news: News) {
        if let Err(refusal) = self.try_to_tell(caller, account, news).await {
            self.note_untold(&refusal);
        }
    }

    async fn try_to_tell(
        &self,
        caller: &Caller,
        account: AccountId,
        news: News,
    ) -> Result<(), AccountRefusal> {
        let device = caller.device.to_string();
        let event = SecurityEvent {
            id: EntryId::new(self.entropy()),
            kind: news.as_str().to_owned(),
            device: device.clone(),
            at: self.now(),
        };
        let noted = self
            .inner
            .store
            .insert_security_event(account, &event)
            .await;
        noted.map_err(|error| self.account_failure(&error))?;
        let Some(letter) = news.letter(&device) else {
            return Ok(());
        };
        let row = self.account_row(account).await?;
        let language = row.profile.language.as_deref().unwrap_or(caller.language);
        match &row.email {
            Some(email) => self.post(Some(account), email, language, letter).await,
            None => Ok(()),
        }
    }

    /// Posts a letter about something that has happened already.
    pub(super) async fn post_after(
        &self,
        account: Option<AccountId>,
        to: &EmailAddress,
        language: &str,
        letter: Letter,
    ) {
        if let Err(refusal) = self.post(account, to, language, letter).await {
            self.note_untold(&refusal);
        }
    }

    /// Failures of the store are in the log by now.
    fn note_untold(&self, refusal: &AccountRefusal) {
        if matches!(refusal, AccountRefusal::Busy { .. }) {
            let reference = self.reference();
            tracing::warn!(%reference, "the outbox is full, so an owner was not told what happened");
        }
    }

    /// Puts a letter into the outbox.
    pub(crate) async fn post(
        &self,
        account: Option<AccountId>,
        to: &EmailAddress,
        language: &str,
        letter: Letter,
    ) -> Result<(), AccountRefusal> {
        if let Some(account) = account
            && is_withheld(letter.template())
            && self.account_row(account).await?.restricted_at.is_some()
        {
            return Ok(());
        }
        let mail = self.mail(account, to, language, &letter);
        let put = self.inner.store.put_mail(&mail).await;
        match put.map_err(|error| self.account_failure(&error))? {
            true => {
                self.inner.accounts.mail_waits.notify_one();
                Ok(())
            }
            false => Err(AccountRefusal::Busy {
                at: BusyAt::Letters,
                wait: super::OUTBOX_RETRY,
            }),
        }
    }

    /// Posts a letter that anybody can ask for, if `asked` is the address of an account. If it is not, the same is written
    /// and nothing kept, so that the time of the answer tells nobody which it was; nor does a full outbox.
    pub(super) async fn post_if_known(
        &self,
        known: Option<(AccountId, EmailAddress)>,
        asked: &EmailAddress,
        caller: &Caller,
        letter: Letter,
    ) -> Result<(), AccountRefusal> {
        let Some((account, proved)) = known else {
            let mail = self.mail(None, asked, caller.language, &letter);
            let written = self.inner.store.put_mail_for_nobody(&mail).await;
            written.map_err(|error| self.account_failure(&error))?;
            self.inner.accounts.mail_waits.notify_one();
            return Ok(());
        };
        self.post_after(Some(account), &proved, caller.language, letter)
            .await;
        Ok(())
    }

    fn mail(
        &self,
        account: Option<AccountId>,
        to: &EmailAddress,
        language: &str,
        letter: &Letter,
    ) -> NewMail {
        new_mail(account, to, language, letter, (self.now(), self.entropy()))
    }

    /// What happened to the account of a session, the newest first.
    pub async fn security_events(
        &self,
        session: &LiveSession,
    ) -> Result<Vec<SecurityEventView>, AccountRefusal> {
        let events = self
            .inner
            .store
            .security_events(session.account(), SHOWN_MAX)
            .await;
        let events = events.map_err(|error| self.account_failure(&error))?;
        let views = events.into_iter().map(|event| SecurityEventView {
            id: event.id,
            kind: event.kind,
            device: event.device,
            at: event.at,
        });
        Ok(views.collect())
    }
}

/// A letter as the outbox takes it.
#[must_use]
pub fn new_mail(
    account: Option<AccountId>,
    to: &EmailAddress,
    language: &str,
    letter: &Letter,
    (now, entropy): (Timestamp, &dyn Entropy),
) -> NewMail {
    NewMail {
        id: EntryId::new(entropy),
        account,
        template: letter.template().to_owned(),
        language: language.to_owned(),
        letter: Personal::new(letter.to_outbox(to)),
        created_at: now,
        expires_at: now.after(letter.life()),
    }
}

#[cfg(test)]
mod tests {
    use outbound::LetterKind;

    use super::*;

    #[test]
    fn who_is_restricted_still_hears_what_protects_the_account_and_no_news() {
        let is_sent = |kind: LetterKind| !is_withheld(kind.as_str());
        use LetterKind::{ConfirmCode, Erased, ErasurePlanned, NewSignIn, PasswordChanged};
        use LetterKind::{ResetLink, RoomOpened};
        assert!(
            [ConfirmCode, Erased, ErasurePlanned]
                .into_iter()
                .all(is_sent)
        );
        assert!(
            [NewSignIn, PasswordChanged, ResetLink]
                .into_iter()
                .all(is_sent)
        );
        assert!(!is_sent(RoomOpened));
    }
}
