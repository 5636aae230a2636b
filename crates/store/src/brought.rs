//! Takes in what a member brings along from another installation: all of it in one transaction, and nothing twice.

use account::{Country, UserName};
use base::{AccountId, AvatarId, Personal, Timestamp};

use crate::accounts::{hold_account, put_avatar};
use crate::db::transaction;
use crate::{LOOKED_AT_MAX, LookedAt, SavedRoom, Store, StoreError};

/// What a member brings along. What is empty changes nothing.
#[derive(Debug, Default)]
pub struct Brought {
    /// What they want to be called.
    pub user_name: Option<UserName>,
    /// The language of their pages and mails.
    pub language: Option<String>,
    /// Where they say they live.
    pub country: Option<Personal<Country>>,
    /// How their pages look.
    pub theme: Option<String>,
    /// Their picture, with its new name.
    pub avatar: Option<(AvatarId, Vec<u8>)>,
    /// Their saved rooms, each with a new name and code.
    pub rooms: Vec<SavedRoom>,
    /// How many saved rooms they may have.
    pub rooms_max: usize,
    /// The pages that they looked at.
    pub looked_at: Vec<LookedAt>,
}

/// What was taken in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TakenIn {
    /// Whether the name is theirs here, too; not when it is somebody's.
    pub has_name: bool,
    /// Rooms that are saved here now and were not before.
    pub rooms: u64,
    /// Pages that are in their history now, or later than before.
    pub looked_at: u64,
}

/// Changes what an account says of its owner; gives whether the name is theirs.
macro_rules! change_profile {
    ($open:ident, $id:expr, $brought:expr) => {{
        let mut name = $brought.user_name.as_ref();
        if let Some(wished) = name {
            let (others,): (i64,) = sqlx::query_as(
                "SELECT COUNT(*) FROM accounts WHERE user_name_folded = $1 AND id <> $2",
            )
            .bind(wished.folded())
            .bind($id)
            .fetch_one(&mut *$open)
            .await?;
            name = name.filter(|_| others == 0);
        }
        sqlx::query(
            "UPDATE accounts SET user_name = COALESCE($2, user_name),
                                 user_name_folded = COALESCE($3, user_name_folded),
                                 language = COALESCE($4, language), country = COALESCE($5, country),
                                 theme = COALESCE($6, theme), version = version + 1
             WHERE id = $1",
        )
        .bind($id)
        .bind(name.map(UserName::as_str))
        .bind(name.map(UserName::folded))
        .bind($brought.language.as_deref())
        .bind($brought.country.as_ref().map(|it| it.expose().as_str()))
        .bind($brought.theme.as_deref())
        .execute(&mut *$open)
        .await?;
        name.is_some()
    }};
}

/// Saves the rooms that are not saved yet, as far as there is room; gives how many.
macro_rules! save_rooms {
    ($open:ident, $id:expr, $brought:expr) => {{
        let mut saved = 0;
        for room in &$brought.rooms {
            saved += sqlx::query(
                "INSERT INTO saved_rooms (id, account_id, name, code, password_hash, has_queue, ask_first, saved_at)
                 SELECT $1, $2, $3, $4, NULL, $5, $6, $7
                 WHERE (SELECT COUNT(*) FROM saved_rooms WHERE account_id = $2) < $8
                   AND NOT EXISTS (SELECT 1 FROM saved_rooms
                                   WHERE account_id = $2 AND name = $3 AND saved_at / 1000 = $7 / 1000)
                   AND NOT EXISTS (SELECT 1 FROM rooms WHERE code = $4)
                 ON CONFLICT (code) DO NOTHING",
            )
            .bind(room.id.to_string())
            .bind($id)
            .bind(room.name.expose())
            .bind(room.code.as_str())
            .bind(room.has_queue)
            .bind(room.ask_first)
            .bind(room.saved_at.unix_ms())
            .bind(i64::try_from($brought.rooms_max).unwrap_or(i64::MAX))
            .execute(&mut *$open)
            .await?
            .rows_affected();
        }
        saved
    }};
}

/// Adds to the history of who keeps one the pages that there are here; gives how many. The oldest go beyond
/// [`LOOKED_AT_MAX`].
macro_rules! remember {
    ($open:ident, $id:expr, $brought:expr) => {{
        let mut kept = 0;
        for looked in &$brought.looked_at {
            kept += sqlx::query(
                "INSERT INTO looked_at (account_id, page, at)
                 SELECT a.id, p.id, $3 FROM accounts AS a, link_pages AS p
                 WHERE a.id = $1 AND a.history_days <> 0 AND a.restricted_at IS NULL AND p.id = $2
                 ON CONFLICT (account_id, page) DO UPDATE SET at = EXCLUDED.at
                 WHERE looked_at.at < EXCLUDED.at",
            )
            .bind($id)
            .bind(looked.page.to_string())
            .bind(looked.at.unix_ms())
            .execute(&mut *$open)
            .await?
            .rows_affected();
        }
        sqlx::query(
            "DELETE FROM looked_at WHERE account_id = $1 AND at <=
               (SELECT at FROM looked_at WHERE account_id = $1 ORDER BY at DESC LIMIT 1 OFFSET $2)",
        )
        .bind($id)
        .bind(i64::from(LOOKED_AT_MAX))
        .execute(&mut *$open)
        .await?;
        kept
    }};
}

impl Store {
    /// Takes in what a member brings along; none when the account is gone. A room is known again by its name and the second
    /// in which it was saved, a page of their history by its name.
    pub async fn take_in(
        &self,
        account: AccountId,
        brought: &Brought,
        now: Timestamp,
    ) -> Result<Option<TakenIn>, StoreError> {
        let id = account.to_string();
        transaction!(self.db, |open| {
            if !hold_account!(open, &id) {
                return Ok(None);
            }
            let has_name = change_profile!(open, &id, brought);
            if let Some((name, jpeg)) = &brought.avatar {
                put_avatar!(open, &id, name, jpeg, now);
            }
            Ok(Some(TakenIn {
                has_name,
                rooms: save_rooms!(open, &id, brought),
                looked_at: remember!(open, &id, brought),
            }))
        })
    }
}
