//! What the pages tell members, and whom a host's new room is told.

use std::collections::BTreeMap;
use std::time::Duration;

use base::{AccountId, EntryId, Personal, RoomId, Secret, Timestamp};
use outbound::Letter;
use protocol::RoomCode;
use serde::{Deserialize, Serialize};
use store::{BATCH_MAX, FollowRow, Follower, Notice, StoreError};
use utoipa::ToSchema;

use super::follows::name_in;
use super::{AccountRefusal, LiveSession};
use crate::{App, Place};

/// Notices that are shown, the newest.
const SHOWN_MAX: u32 = 50;
/// Followers hear of a host's rooms no more often than this.
const TELL_AGAIN_AFTER: Duration = Duration::from_secs(6 * 60 * 60);
/// The kind of notice about a room, as stored.
const ROOM_OPENED: &str = "room-opened";

/// Something that the pages tell a member.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct NoticeView {
    /// Its name.
    #[schema(value_type = String)]
    pub id: EntryId,
    /// What it tells: `room-opened`.
    pub kind: String,
    /// What the host calls themselves; left out: nothing, or they are followed no more.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub host: Option<Personal<String>>,
    /// The code of the room, while it is open.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub code: Option<RoomCode>,
    /// When it was made, in Unix milliseconds.
    #[schema(value_type = i64)]
    pub made_at: Timestamp,
    /// Whether the member has seen it.
    pub is_seen: bool,
}

/// A host's room that has just opened.
pub(crate) struct Opened {
    pub(crate) host: AccountId,
    pub(crate) room: RoomId,
    pub(crate) code: RoomCode,
    pub(crate) place: Place,
    pub(crate) at: Timestamp,
}

/// What a notice about a room keeps. Names are looked up when it is read, so that it holds nobody's.
#[derive(Serialize, Deserialize)]
struct About {
    follow: String,
    room: String,
}

impl App {
    /// What the pages tell the member, the newest first.
    pub async fn notices(&self, session: &LiveSession) -> Result<Vec<NoticeView>, AccountRefusal> {
        let views = self.read_notices(session.account()).await;
        views.map_err(|error| self.account_failure(&error))
    }

    /// The member has seen what was made up to `until`.
    pub async fn see_notices(
        &self,
        session: &LiveSession,
        until: Timestamp,
    ) -> Result<(), AccountRefusal> {
        let store = &self.inner.store;
        let seen = store
            .see_notices(session.account(), until, self.now())
            .await;
        seen.map(|_| ())
            .map_err(|error| self.account_failure(&error))
    }

    /// Forgets all that the pages told the member.
    pub async fn forget_notices(&self, session: &LiveSession) -> Result<(), AccountRefusal> {
        let gone = self.inner.store.delete_notices(session.account()).await;
        gone.map(|_| ())
            .map_err(|error| self.account_failure(&error))
    }

    async fn read_notices(&self, account: AccountId) -> Result<Vec<NoticeView>, StoreError> {
        let store = &self.inner.store;
        let follows = store.follows(account).await?;
        let follows: BTreeMap<String, FollowRow> = follows
            .into_iter()
            .map(|row| (row.id.to_string(), row))
            .collect();
        let mut views = Vec::new();
        for notice in store.notices(account, SHOWN_MAX).await? {
            // Of another release.
            let Ok(about) = serde_json::from_str::<About>(notice.about.expose()) else {
                continue;
            };
            let follow = follows.get(&about.follow);
            let host = follow.and_then(|row| row.host_name.as_ref());
            views.push(NoticeView {
                id: notice.id,
                kind: notice.kind,
                host: host.map(|name| Personal::new(name.as_str().to_owned())),
                code: match follow {
                    Some(_) => self.code_while_open(&about.room).await?,
                    None => None,
                },
                made_at: notice.made_at,
                is_seen: notice.seen_at.is_some(),
            });
        }
        Ok(views)
    }

    async fn code_while_open(&self, room: &str) -> Result<Option<RoomCode>, StoreError> {
        let Ok(room) = room.parse() else {
            return Ok(None);
        };
        let row = self.inner.store.room(room).await?;
        Ok(row
            .filter(|row| row.is_open(self.now()))
            .map(|row| row.code))
    }

    /// Tells a host's followers of their room, behind the scenes.
    pub(crate) fn tell_followers(&self, opened: Opened) {
        let app = self.clone();
        self.inner.tasks.spawn(async move {
            if let Err(error) = app.tell_all(&opened).await {
                let reference = app.reference();
                tracing::error!(%reference, %error, "followers could not be told of a room");
            }
        });
    }

    async fn tell_all(&self, opened: &Opened) -> Result<(), StoreError> {
        let store = &self.inner.store;
        let Some(host) = store.host(opened.host).await? else {
            return Ok(());
        };
        let is_told = store.take_telling(opened.host, TELL_AGAIN_AFTER, opened.at);
        if !is_told.await? {
            return Ok(());
        }
        let mut after = None;
        loop {
            let batch = store.followers(opened.host, opened.at, after, BATCH_MAX);
            let batch = batch.await?;
            for follower in &batch {
                self.tell_follower(opened, host.name.as_ref(), follower)
                    .await?;
            }
            after = batch.last().map(|follower| follower.account);
            if batch.len() < BATCH_MAX as usize || self.inner.stopping.is_cancelled() {
                return Ok(());
            }
        }
    }

    async fn tell_follower(
        &self,
        opened: &Opened,
        host: Option<&account::UserName>,
        follower: &Follower,
    ) -> Result<(), StoreError> {
        let about = About {
            follow: follower.follow.to_string(),
            room: opened.room.to_string(),
        };
        let about = serde_json::to_string(&about).expect("two texts have a JSON form");
        let notice = Notice {
            id: EntryId::new(self.entropy()),
            kind: ROOM_OPENED.to_owned(),
            about: Personal::new(about),
            made_at: self.now(),
            seen_at: None,
        };
        let store = &self.inner.store;
        store.insert_notice(follower.account, &notice).await?;
        if let Some(email) = &follower.email {
            let language = follower.language.as_deref().unwrap_or("en");
            let letter = Letter::RoomOpened {
                host: name_in(language, host),
                address: Secret::new(opened.place.link(opened.code)),
                stop: Secret::new(format!("{}/u/{}", opened.place.origin, follower.follow)),
            };
            self.post_after(Some(follower.account), email, language, letter)
                .await;
        }
        Ok(())
    }
}
