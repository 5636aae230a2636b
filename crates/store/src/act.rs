//! What operators did to accounts.

use account::OperatorAct;
use base::{AccountId, EntryId, Timestamp};

use crate::db::{fetch, transaction};
use crate::{BATCH_MAX, Store, StoreError};

/// Something that an operator did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ActRow {
    /// Its name.
    pub id: EntryId,
    /// What was done.
    pub act: OperatorAct,
    /// What tells the operator from others and names nobody; none: the command line.
    pub actor: Option<[u8; 32]>,
    /// To whose account; none: it is gone, or there was none.
    pub account: Option<AccountId>,
    /// When.
    pub at: Timestamp,
}

/// How the device of an operator is shown to the owner of an account: not at all.
const NO_DEVICE: &str = "-";

impl Store {
    /// Writes down what an operator did, for other operators and for the owner of the account.
    pub async fn insert_act(&self, act: &ActRow) -> Result<(), StoreError> {
        let id = act.id.to_string();
        let account = act.account.map(|account| account.to_string());
        transaction!(self.db, |open| {
            sqlx::query(
                "INSERT INTO operator_acts (id, act, actor, account_id, at) VALUES ($1, $2, $3, $4, $5)",
            )
            .bind(&id)
            .bind(act.act.as_str())
            .bind(act.actor.as_ref().map(<[u8; 32]>::as_slice))
            .bind(&account)
            .bind(act.at.unix_ms())
            .execute(&mut *open)
            .await?;
            if let (Some(kind), Some(account)) = (act.act.event(), &account) {
                sqlx::query(
                    "INSERT INTO security_events (id, account_id, kind, device, at) VALUES ($1, $2, $3, $4, $5)",
                )
                .bind(&id)
                .bind(account)
                .bind(kind)
                .bind(NO_DEVICE)
                .bind(act.at.unix_ms())
                .execute(&mut *open)
                .await?;
            }
        });
        Ok(())
    }

    /// Up to `limit` of what operators did, the latest first.
    pub async fn acts(&self, limit: u32) -> Result<Vec<ActRow>, StoreError> {
        let rows = fetch!(
            fetch_all,
            self.db,
            (String, String, Option<Vec<u8>>, Option<String>, i64),
            "SELECT id, act, actor, account_id, at FROM operator_acts ORDER BY at DESC, id LIMIT $1",
            i64::from(limit.min(BATCH_MAX)),
        )?;
        let damaged = |_| StoreError::Corrupt("an operator's act can't be read".to_owned());
        let rows = rows.into_iter().map(|(id, act, actor, account, at)| {
            let act = OperatorAct::named(&act).ok_or(());
            let actor = actor.map(|actor| actor.try_into().map_err(|_| ()));
            let account = account.map(|account| account.parse().map_err(|_| ()));
            Ok(ActRow {
                id: id.parse().map_err(|_| ()).map_err(damaged)?,
                act: act.map_err(damaged)?,
                actor: actor.transpose().map_err(damaged)?,
                account: account.transpose().map_err(damaged)?,
                at: Timestamp::from_unix_ms(at),
            })
        });
        rows.collect()
    }
}
