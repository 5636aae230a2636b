//! What an owner changes about their account.

use std::time::Duration;

use account::{Act, Country, EmailAddress, HistoryDays, TicketKind, UserName};
use base::{Personal, TicketId};
use outbound::Letter;
use serde::{Deserialize, Serialize};
use store::Change;

use super::news::News;
use super::{AccountRefusal, AccountView, Begun, BusyAt, Caller, LiveSession, read_email};
use crate::App;

/// Languages that pages and mails are in.
const LANGUAGES: [&str; 3] = ["en", "ru", "ar"];
/// How pages may look.
const THEMES: [&str; 2] = ["light", "dark"];
/// Tries while the same account is changed elsewhere at the same moment.
const TRIES_MAX: u32 = 4;
/// What a person is told to wait when somebody else was quicker each time.
const CHANGES_RETRY: Duration = Duration::from_secs(1);

/// What is to change. None stays as it is; an empty text empties it.
#[derive(Clone, Debug, Default)]
pub struct ProfileChange {
    /// What the account wants to be called.
    pub user_name: Option<Personal<String>>,
    /// The language of pages and mails, as a tag.
    pub language: Option<String>,
    /// The country, by ISO 3166-1, for who wants to tell it.
    pub country: Option<Personal<String>>,
    /// `light` or `dark`.
    pub theme: Option<String>,
    /// Days that looked-at links are kept.
    pub history_days: Option<i64>,
}

/// What is kept of a change of address until its code comes back. None: the new address is somebody's.
#[derive(Serialize, Deserialize)]
struct NewEmail {
    email: Option<String>,
}

impl ProfileChange {
    /// The profile of somebody who has said this and nothing else; what is not understood here was not said.
    pub(crate) fn understood(&self) -> store::Profile {
        let mut profile = store::Profile::default();
        match self.apply(&mut profile) {
            Ok(()) => profile,
            Err(_) => store::Profile::default(),
        }
    }

    fn apply(&self, profile: &mut store::Profile) -> Result<(), AccountRefusal> {
        if let Some(name) = &self.user_name {
            profile.user_name =
                optional(name.expose(), UserName::parse).map_err(|_| AccountRefusal::BadName)?;
        }
        if let Some(country) = &self.country {
            let country = optional(country.expose(), Country::parse);
            let country = country.map_err(|_| AccountRefusal::BadSetting)?;
            profile.country = country.map(Personal::new);
        }
        if let Some(language) = &self.language {
            profile.language = one_of(language, &LANGUAGES)?;
        }
        if let Some(theme) = &self.theme {
            profile.theme = one_of(theme, &THEMES)?;
        }
        if let Some(days) = self.history_days {
            let days = HistoryDays::try_from(days);
            profile.history_days = days.map_err(|_| AccountRefusal::BadSetting)?;
        }
        Ok(())
    }
}

impl App {
    /// The account of a session.
    pub async fn account(&self, session: &LiveSession) -> Result<AccountView, AccountRefusal> {
        self.account_view(session.account()).await
    }

    /// Changes what its owner may change at any time.
    pub async fn change_profile(
        &self,
        session: &LiveSession,
        change: ProfileChange,
    ) -> Result<AccountView, AccountRefusal> {
        for _ in 0..TRIES_MAX {
            let row = self.account_row(session.account()).await?;
            let mut profile = row.profile;
            change.apply(&mut profile)?;
            let (store, version) = (&self.inner.store, row.version);
            let changed = match change.history_days {
                Some(_) => {
                    let now = self.now();
                    store
                        .update_profile_and_history(row.id, version, &profile, now)
                        .await
                }
                None => store.update_profile(row.id, version, &profile).await,
            };
            match changed.map_err(|error| self.account_failure(&error))? {
                Change::Changed => {
                    if let Some(days) = change.history_days {
                        self.history_was_chosen(row.id, days).await?;
                    }
                    return self.account_view(row.id).await;
                }
                Change::Taken => return Err(AccountRefusal::NameTaken),
                Change::Stale => {}
            }
        }
        Err(AccountRefusal::Busy {
            at: BusyAt::Changes,
            wait: CHANGES_RETRY,
        })
    }

    /// Mails a code to a new address. Nothing tells whether it is somebody's.
    pub async fn begin_new_email(
        &self,
        caller: &Caller,
        session: &LiveSession,
        email: &str,
    ) -> Result<Begun, AccountRefusal> {
        let email = read_email(email)?;
        let act = Act::OwnMail(self.key_of_address(&email));
        self.admit(caller, act, None).await?;
        let known = self.known(&email).await?;
        let state = NewEmail {
            email: known.is_none().then(|| email.as_typed().to_owned()),
        };
        let account = session.account();
        let (begun, code) = self
            .begin_code_step(TicketKind::NewEmail, Some(account), &state)
            .await?;
        match known {
            Some((owner, proved)) if owner != account => {
                self.post(Some(owner), &proved, caller.language, Letter::AccountThere)
                    .await?;
            }
            Some(_) => {}
            None => {
                let letter = Letter::NewAddressCode { code };
                self.post(Some(account), &email, caller.language, letter)
                    .await?;
            }
        }
        Ok(begun)
    }

    /// The code came back: the new address counts, and the old one is told.
    pub async fn finish_new_email(
        &self,
        caller: &Caller,
        session: &LiveSession,
        ticket: TicketId,
        code: &str,
    ) -> Result<AccountView, AccountRefusal> {
        self.admit(caller, Act::Ticket, None).await?;
        let finished = self
            .finish_code_step::<NewEmail>(TicketKind::NewEmail, ticket, code)
            .await?;
        let account = session.account();
        if finished.account != Some(account) {
            return Err(AccountRefusal::TicketOver);
        }
        let email = finished.state.email.ok_or(AccountRefusal::WrongCode)?;
        let email = read_email(&email)?;
        for _ in 0..TRIES_MAX {
            let row = self.account_row(account).await?;
            let set = self
                .inner
                .store
                .set_email(account, row.version, &email)
                .await;
            match set.map_err(|error| self.account_failure(&error))? {
                Change::Changed => {
                    self.tell_old_address(caller, row.email.as_ref()).await;
                    self.tell(caller, account, News::EmailChanged).await;
                    return self.account_view(account).await;
                }
                Change::Taken => return Err(AccountRefusal::TicketOver),
                Change::Stale => {}
            }
        }
        // The code is used up, so it is asked for anew.
        Err(AccountRefusal::TicketOver)
    }

    /// To the address, not to the account: that one has another address by now.
    async fn tell_old_address(&self, caller: &Caller, old: Option<&EmailAddress>) {
        let Some(old) = old else {
            return;
        };
        let device = caller.device.to_string();
        let letter = Letter::AddressChanged { device };
        self.post_after(None, old, caller.language, letter).await;
    }
}

/// What `parse` makes of a text, and nothing of an empty one.
fn optional<T, E>(text: &str, parse: impl Fn(&str) -> Result<T, E>) -> Result<Option<T>, E> {
    match text.trim() {
        "" => Ok(None),
        text => parse(text).map(Some),
    }
}

fn one_of(text: &str, known: &[&str]) -> Result<Option<String>, AccountRefusal> {
    match text {
        "" => Ok(None),
        text if known.contains(&text) => Ok(Some(text.to_owned())),
        _ => Err(AccountRefusal::BadSetting),
    }
}
