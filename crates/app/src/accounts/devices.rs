//! What a guest did on a device becomes the member's, once the member says that the device is theirs.

use std::time::Duration;

use account::{HistoryDays, UserName};
use base::{Personal, Secret, Timestamp};
use serde::{Deserialize, Serialize};
use store::{AccountRow, Brought, Change, LookedAt};
use utoipa::ToSchema;

use super::{AccountRefusal, LiveSession};
use crate::App;
use crate::access::{device_key_hash, person_of_device};

/// Keys that one browser keeps: one for each room that it was in or opened, and a few more.
const KEYS_MAX: usize = 64;
/// A device key has 32 hexadecimal digits; nothing longer is looked at.
const KEY_CHARS_MAX: usize = 64;
/// Links that one browser lists.
const PAGES_MAX: usize = 100;
const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// What a browser keeps of a guest.
#[derive(Deserialize, ToSchema)]
pub struct KeptOfGuest {
    /// The keys of rooms that it was in: at most 64.
    #[schema(value_type = Vec<String>)]
    pub keys: Vec<Secret<String>>,
    /// The links that it lists: at most 100.
    #[serde(default)]
    pub pages: Vec<KeptPage>,
    /// What the guest is called in rooms.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub name: Option<Personal<String>>,
}

/// A page of a link that a guest looked at.
#[derive(Deserialize, ToSchema)]
pub struct KeptPage {
    /// Its name in `/l/{id}`. One that is nowhere is passed over.
    pub id: String,
    /// When it was looked at last, in Unix milliseconds. A moment that lies ahead counts as now.
    #[schema(value_type = i64)]
    pub at: Timestamp,
}

/// What became the member's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct BroughtAlong {
    /// Open rooms that the member owns on every device from now on.
    pub rooms: u64,
    /// Pages that are in the member's history now, or later than before.
    pub pages: u64,
    /// Whether the guest's name is the member's now; not when the member has one, or the name is somebody's or none.
    pub has_name: bool,
}

impl App {
    /// Makes what a browser keeps of a guest the account's. What was brought before is not brought again.
    pub async fn bring_along(
        &self,
        session: &LiveSession,
        kept: &KeptOfGuest,
    ) -> Result<BroughtAlong, AccountRefusal> {
        let KeptOfGuest { keys, pages, name } = kept;
        let is_too_long = keys.iter().any(|key| key.expose().len() > KEY_CHARS_MAX);
        if keys.len() > KEYS_MAX || is_too_long || pages.len() > PAGES_MAX {
            return Err(AccountRefusal::TooMany);
        }
        let row = self.account_row(session.account()).await?;
        Ok(BroughtAlong {
            rooms: self.bring_rooms(session, keys).await?,
            has_name: self.bring_name(&row, name.as_ref()).await?,
            pages: self.bring_pages(&row, pages).await?,
        })
    }

    /// Links the devices that hold `keys` to the account, and gives how many open rooms became its own.
    async fn bring_rooms(
        &self,
        session: &LiveSession,
        keys: &[Secret<String>],
    ) -> Result<u64, AccountRefusal> {
        let (account, store) = (session.account(), &self.inner.store);
        let failed = |error| self.account_failure(&error);
        let principals: Vec<String> = keys
            .iter()
            .map(|key| person_of_device(key).to_string())
            .collect();
        let linked = store.link_devices(account, &principals, self.now()).await;
        linked.map_err(failed)?;
        let mut rooms = 0;
        for key in keys {
            let hash = device_key_hash(key);
            rooms += store
                .claim_rooms(account, hash.expose())
                .await
                .map_err(failed)?;
        }
        Ok(rooms)
    }

    /// Calls an account without a name what its guest was called, if nobody else is; gives whether it is called so now.
    async fn bring_name(
        &self,
        row: &AccountRow,
        name: Option<&Personal<String>>,
    ) -> Result<bool, AccountRefusal> {
        let name = name.and_then(|name| UserName::parse(name.expose()).ok());
        if name.is_none() || row.profile.user_name.is_some() {
            return Ok(false);
        }
        let mut profile = row.profile.clone();
        profile.user_name = name;
        let store = &self.inner.store;
        let named = store.update_profile(row.id, row.version, &profile).await;
        let named = named.map_err(|error| self.account_failure(&error))?;
        Ok(named == Change::Changed)
    }

    /// Adds pages to the history of who keeps one, as far back as they keep it; gives how many.
    async fn bring_pages(
        &self,
        row: &AccountRow,
        pages: &[KeptPage],
    ) -> Result<u64, AccountRefusal> {
        let now = self.now();
        let pages = pages.iter().filter_map(|page| page.looked_at(now));
        let choice = row.profile.history_days;
        let looked_at: Vec<LookedAt> = pages.filter(|it| keeps(choice, it.at, now)).collect();
        if looked_at.is_empty() {
            return Ok(0);
        }
        let brought = Brought {
            looked_at,
            ..Brought::default()
        };
        let taken_in = self.inner.store.take_in(row.id, &brought, now).await;
        let taken_in = taken_in.map_err(|error| self.account_failure(&error))?;
        let taken_in = taken_in.ok_or(AccountRefusal::NotSignedIn)?;
        Ok(taken_in.looked_at)
    }
}

impl KeptPage {
    /// What can be remembered of it: no clock of a browser reaches before 1970 or beyond now.
    fn looked_at(&self, now: Timestamp) -> Option<LookedAt> {
        let page = self.id.parse().ok()?;
        let at = self.at.max(Timestamp::default()).min(now);
        Some(LookedAt { page, at })
    }
}

/// Whether who has made this choice still keeps at `now` what they looked at at `at`.
fn keeps(choice: HistoryDays, at: Timestamp, now: Timestamp) -> bool {
    u32::try_from(choice.days()).map_or(true, |days| now.since(at) < DAY * days)
}
