//! Following a host: seen in the pages, and by mail for who has said so twice.

use account::{Act, TicketKind, UserName};
use base::{EntryId, Personal, Secret, Timestamp};
use outbound::Letter;
use serde::{Deserialize, Serialize};
use store::{FollowRow, Following, HostRow};
use texts::Language;
use tokio::sync::oneshot;
use utoipa::ToSchema;

use super::{AccountRefusal, Caller, LiveSession};
use crate::room_task::{OwnerAsked, Wish};
use crate::{App, Place};

/// The host of a room, as a member in it sees them.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct HostView {
    /// What they call themselves; left out: nothing.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub name: Option<Personal<String>>,
    /// How the member follows them; left out: not at all.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub follow: Option<FollowView>,
}

/// That a member follows a host.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct FollowView {
    /// Its name, for this member only.
    #[schema(value_type = String)]
    pub id: EntryId,
    /// What the host calls themselves; left out: nothing.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub name: Option<Personal<String>>,
    /// Whether mails are wanted, and were confirmed by the mailed link.
    pub has_mails: bool,
    /// Since when, in Unix milliseconds.
    #[schema(value_type = i64)]
    pub followed_at: Timestamp,
}

impl From<FollowRow> for FollowView {
    fn from(row: FollowRow) -> Self {
        Self {
            id: row.id,
            name: shown(row.host_name.as_ref()),
            has_mails: row.mails_since.is_some(),
            followed_at: row.followed_at,
        }
    }
}

/// Whether others may follow a member, and how many do.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
pub struct Hosting {
    /// Whether they may.
    pub is_followable: bool,
    /// How many do. Who they are is nobody's business.
    pub followers: u64,
}

/// What a step of following needs until it is confirmed.
#[derive(Serialize, Deserialize)]
struct Wanted {
    follow: String,
}

impl App {
    /// The host of the room in which `seat`, a token of a welcome, sits, if they may be followed.
    pub async fn host_here(
        &self,
        session: &LiveSession,
        seat: &Secret<String>,
    ) -> Result<Option<HostView>, AccountRefusal> {
        let Some(host) = self.host_of_seat(session, seat).await? else {
            return Ok(None);
        };
        let follow = self
            .inner
            .store
            .follow_of(session.account(), host.account)
            .await
            .map_err(|error| self.account_failure(&error))?;
        Ok(Some(HostView {
            name: shown(host.name.as_ref()),
            follow: follow.map(FollowView::from),
        }))
    }

    /// Follows that host, without mails.
    pub async fn follow_host(
        &self,
        session: &LiveSession,
        seat: &Secret<String>,
    ) -> Result<FollowView, AccountRefusal> {
        let host = self.host_of_seat(session, seat).await?;
        let host = host.ok_or(AccountRefusal::NotYours)?;
        let id = EntryId::new(self.entropy());
        let followed = self
            .inner
            .store
            .follow(id, session.account(), host.account, self.now())
            .await
            .map_err(|error| self.account_failure(&error))?;
        match followed {
            Following::Follows(id) => Ok(self.own_follow(session, id).await?.into()),
            Following::NoHost => Err(AccountRefusal::NotYours),
            Following::TooMany => Err(AccountRefusal::TooMany),
        }
    }

    /// Whom the member follows, the latest first.
    pub async fn follows(&self, session: &LiveSession) -> Result<Vec<FollowView>, AccountRefusal> {
        let rows = self.inner.store.follows(session.account()).await;
        let rows = rows.map_err(|error| self.account_failure(&error))?;
        Ok(rows.into_iter().map(FollowView::from).collect())
    }

    /// The member wants no more of it.
    pub async fn unfollow(&self, session: &LiveSession, id: EntryId) -> Result<(), AccountRefusal> {
        let gone = self.inner.store.unfollow(session.account(), id).await;
        match gone.map_err(|error| self.account_failure(&error))? {
            true => Ok(()),
            false => Err(AccountRefusal::NotYours),
        }
    }

    /// Asks by mail whether mails about the host are really wanted. Nothing changes until the mailed link is used.
    pub async fn ask_for_mails(
        &self,
        caller: &Caller,
        place: &Place,
        session: &LiveSession,
        id: EntryId,
    ) -> Result<(), AccountRefusal> {
        let follow = self.own_follow(session, id).await?;
        let row = self.account_row(session.account()).await?;
        let email = row.email.ok_or(AccountRefusal::BadEmail)?;
        let act = Act::OwnMail(self.key_of_account(row.id));
        self.admit(caller, act, None).await?;
        let wanted = Wanted {
            follow: id.to_string(),
        };
        let secret = self
            .begin_link_step(TicketKind::Follow, Some(row.id), &wanted)
            .await?;
        let language = row.profile.language.as_deref().unwrap_or(caller.language);
        let letter = Letter::FollowConfirm {
            host: name_in(language, follow.host_name.as_ref()),
            address: Secret::new(format!("{}/f/{}", place.origin, secret.expose())),
        };
        self.post(Some(row.id), &email, language, letter).await
    }

    /// The mailed link was used: mails are wanted.
    pub async fn confirm_mails(
        &self,
        caller: &Caller,
        secret: &Secret<String>,
    ) -> Result<(), AccountRefusal> {
        self.admit(caller, Act::Ticket, None).await?;
        let finished = self
            .finish_link_step::<Wanted>(TicketKind::Follow, secret)
            .await?;
        let id = finished.state.follow.parse();
        let id: EntryId = id.map_err(|_| AccountRefusal::TicketOver)?;
        match self.set_mails(id, Some(self.now())).await? {
            true => Ok(()),
            // Followed no more, meanwhile.
            false => Err(AccountRefusal::TicketOver),
        }
    }

    /// The member wants no mails about the host any more.
    pub async fn end_mails(
        &self,
        session: &LiveSession,
        id: EntryId,
    ) -> Result<(), AccountRefusal> {
        self.own_follow(session, id).await?;
        self.set_mails(id, None).await.map(|_| ())
    }

    /// Somebody used the link in a mail that stops these mails. It works in whatever browser, as often as it is used.
    pub async fn stop_mails(&self, id: EntryId) -> Result<(), AccountRefusal> {
        self.set_mails(id, None).await.map(|_| ())
    }

    /// Whether others may follow the member.
    pub async fn hosting(&self, session: &LiveSession) -> Result<Hosting, AccountRefusal> {
        let host = self.inner.store.host(session.account()).await;
        let host = host.map_err(|error| self.account_failure(&error))?;
        Ok(Hosting {
            is_followable: host.is_some(),
            followers: host.map_or(0, |host| host.followers),
        })
    }

    /// Lets others follow the member, or ends that: then nobody follows them any more.
    pub async fn set_hosting(
        &self,
        session: &LiveSession,
        is_followable: bool,
    ) -> Result<Hosting, AccountRefusal> {
        let (store, account) = (&self.inner.store, session.account());
        let set = match is_followable {
            true => store.allow_followers(account, self.now()).await.map(|_| ()),
            false => store.forbid_followers(account).await.map(|_| ()),
        };
        set.map_err(|error| self.account_failure(&error))?;
        self.hosting(session).await
    }

    async fn set_mails(
        &self,
        id: EntryId,
        since: Option<Timestamp>,
    ) -> Result<bool, AccountRefusal> {
        let set = self.inner.store.set_follow_mails(id, since).await;
        set.map_err(|error| self.account_failure(&error))
    }

    async fn own_follow(
        &self,
        session: &LiveSession,
        id: EntryId,
    ) -> Result<FollowRow, AccountRefusal> {
        let row = self.inner.store.follow_called(id).await;
        let row = row.map_err(|error| self.account_failure(&error))?;
        row.filter(|row| row.account == session.account())
            .ok_or(AccountRefusal::NotYours)
    }

    /// Who has the room in which the seat is, where that is another member who lets others follow them.
    async fn host_of_seat(
        &self,
        session: &LiveSession,
        seat: &Secret<String>,
    ) -> Result<Option<HostRow>, AccountRefusal> {
        let host = self.find_host_of_seat(seat).await?;
        Ok(host.filter(|host| host.account != session.account()))
    }

    async fn find_host_of_seat(
        &self,
        seat: &Secret<String>,
    ) -> Result<Option<HostRow>, AccountRefusal> {
        let failed = |error| self.account_failure(&error);
        let Some(returning) = self.inner.resume.check(seat) else {
            return Ok(None);
        };
        // Whoever is in a room keeps it awake.
        let Some(mailbox) = self.inner.bus.mailbox(returning.room) else {
            return Ok(None);
        };
        let (answer, answered) = oneshot::channel();
        let asked = OwnerAsked {
            seat: returning.member,
            answer,
        };
        let _ = mailbox.send(Wish::Owner(Box::new(asked))).await;
        let Ok(Some(owner)) = answered.await else {
            return Ok(None);
        };
        let store = &self.inner.store;
        let row = store.room(returning.room).await.map_err(failed)?;
        let Some(account) = row.and_then(|row| row.account) else {
            return Ok(None);
        };
        // A room that was given away is another's by now.
        let names = self.names_in_rooms(account).await.map_err(failed)?;
        match names.contains(&owner) {
            true => store.host(account).await.map_err(failed),
            false => Ok(None),
        }
    }

    /// What the host calls themselves, for who has the name of a following.
    pub async fn host_of_follow(
        &self,
        id: EntryId,
        language: Language,
    ) -> Result<Option<String>, AccountRefusal> {
        let row = self.inner.store.follow_called(id).await;
        let row = row.map_err(|error| self.account_failure(&error))?;
        Ok(row.map(|row| name_in(language.tag(), row.host_name.as_ref())))
    }
}

fn shown(name: Option<&UserName>) -> Option<Personal<String>> {
    name.map(|name| Personal::new(name.as_str().to_owned()))
}

/// What a host is called in a text: their name, or that they have none.
pub(super) fn name_in(language: &str, name: Option<&UserName>) -> String {
    let language = Language::asked(Some(language)).unwrap_or(Language::English);
    name.map_or_else(
        || language.say("mail-host-nameless"),
        |name| name.as_str().to_owned(),
    )
}
