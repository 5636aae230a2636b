//! Steps that were begun and must be finished in time. Each is finished once, whoever comes second.

use account::TicketKind;
use base::{AccountId, Personal, TicketId, Timestamp};

use super::fits;
use crate::db::{execute, execute_returning, fetch_optional, transaction};
use crate::sealed::Place;
use crate::{Store, StoreError};

const SEALED_STATE: &str = "tickets.sealed_state";

/// A step that is about to be begun.
#[derive(Clone, Debug)]
pub struct NewTicket {
    /// Its name, known only to the browser that begins it.
    pub id: TicketId,
    /// What it finishes.
    pub kind: TicketKind,
    /// Whose it is, where that is known.
    pub account: Option<AccountId>,
    /// The hash of the code or of the link's secret; none where no secret is sent.
    pub secret_hash: Option<[u8; 32]>,
    /// What the step needs, as JSON.
    pub state: Personal<String>,
    /// When it begins.
    pub created_at: Timestamp,
    /// When it is over.
    pub expires_at: Timestamp,
}

/// What becomes of older tickets of the same kind and account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Older {
    /// They stay good.
    Stay,
    /// They die.
    Die,
}

/// A step that was begun.
#[derive(Clone, Debug)]
pub struct TicketRow {
    /// Its name.
    pub id: TicketId,
    /// What it finishes.
    pub kind: TicketKind,
    /// Whose it is, where that is known.
    pub account: Option<AccountId>,
    /// The hash of the code or of the link's secret; none where no secret is sent.
    pub secret_hash: Option<[u8; 32]>,
    /// What the step needs, as JSON.
    pub state: Personal<String>,
    /// How often it was tried to finish it, this time included.
    pub tries: u32,
    /// When it was begun.
    pub created_at: Timestamp,
    /// When it is over.
    pub expires_at: Timestamp,
}

type Columns = (
    String,
    String,
    Option<String>,
    Vec<u8>,
    Vec<u8>,
    i64,
    i64,
    i64,
);

impl Store {
    fn ticket_row(&self, columns: Columns) -> Result<TicketRow, StoreError> {
        let (id, kind, account, secret_hash, sealed, tries, created_at, expires_at) = columns;
        let state = self.sealer.open(place(&id), &sealed)?;
        let account = account.map(|account| account.parse()).transpose();
        let secret_hash = match secret_hash.len() {
            0 => None,
            _ => Some(fits("tickets.secret_hash", secret_hash.try_into())?),
        };
        Ok(TicketRow {
            id: fits("tickets.id", id.parse())?,
            kind: fits("tickets.kind", kind.parse())?,
            account: fits("tickets.account_id", account)?,
            secret_hash,
            state: Personal::new(fits(SEALED_STATE, String::from_utf8(state))?),
            tries: u32::try_from(tries).unwrap_or(u32::MAX),
            created_at: Timestamp::from_unix_ms(created_at),
            expires_at: Timestamp::from_unix_ms(expires_at),
        })
    }

    /// Begins a step.
    pub async fn insert_ticket(&self, ticket: &NewTicket, older: Older) -> Result<(), StoreError> {
        let id = ticket.id.to_string();
        let account = ticket.account.map(|account| account.to_string());
        let sealed = self
            .sealer
            .seal(place(&id), ticket.state.expose().as_bytes())?;
        let hash = ticket.secret_hash.as_ref();
        transaction!(self.db, |open| {
            if older == Older::Die {
                sqlx::query(
                    "DELETE FROM tickets WHERE kind = $1 AND account_id IS NOT DISTINCT FROM $2",
                )
                .bind(ticket.kind.as_str())
                .bind(&account)
                .execute(&mut *open)
                .await?;
            }
            sqlx::query(
                "INSERT INTO tickets (id, kind, account_id, secret_hash, sealed_state, tries, created_at, expires_at)
                 VALUES ($1, $2, $3, $4, $5, 0, $6, $7)",
            )
            .bind(&id)
            .bind(ticket.kind.as_str())
            .bind(&account)
            .bind(hash.map_or(&[][..], |hash| hash.as_slice()))
            .bind(&sealed)
            .bind(ticket.created_at.unix_ms())
            .bind(ticket.expires_at.unix_ms())
            .execute(&mut *open)
            .await?;
        });
        Ok(())
    }

    /// Counts a try to finish the step and gives what it needs; none when it is not there, over, or tried too often.
    pub async fn try_ticket(
        &self,
        id: TicketId,
        kind: TicketKind,
        now: Timestamp,
    ) -> Result<Option<TicketRow>, StoreError> {
        let rows = execute_returning!(
            self.db,
            Columns,
            "UPDATE tickets SET tries = tries + 1 WHERE id = $1 AND kind = $2 AND expires_at > $3 AND tries < $4
             RETURNING id, kind, account_id, secret_hash, sealed_state, tries, created_at, expires_at",
            id.to_string(),
            kind.as_str(),
            now.unix_ms(),
            i64::from(kind.tries_max()),
        )?;
        let first = rows.into_iter().next();
        first.map(|columns| self.ticket_row(columns)).transpose()
    }

    /// What the step needs, without counting a try; none when it is not there or over.
    pub async fn ticket(
        &self,
        id: TicketId,
        kind: TicketKind,
        now: Timestamp,
    ) -> Result<Option<TicketRow>, StoreError> {
        fetch_optional!(
            self.db,
            Columns,
            "SELECT id, kind, account_id, secret_hash, sealed_state, tries, created_at, expires_at
             FROM tickets WHERE id = $1 AND kind = $2 AND expires_at > $3",
            id.to_string(),
            kind.as_str(),
            now.unix_ms(),
        )?
        .map(|columns| self.ticket_row(columns))
        .transpose()
    }

    /// The step whose link has the secret with this hash; none when there is none such or it is over.
    pub async fn ticket_by_secret(
        &self,
        kind: TicketKind,
        secret_hash: &[u8; 32],
        now: Timestamp,
    ) -> Result<Option<TicketRow>, StoreError> {
        fetch_optional!(
            self.db,
            Columns,
            "SELECT id, kind, account_id, secret_hash, sealed_state, tries, created_at, expires_at
             FROM tickets WHERE secret_hash = $2 AND kind = $1 AND expires_at > $3",
            kind.as_str(),
            secret_hash.as_slice(),
            now.unix_ms(),
        )?
        .map(|columns| self.ticket_row(columns))
        .transpose()
    }

    /// Finishes the step: it is gone, and whoever gets it back may go on. Of two who race one wins.
    pub async fn finish_ticket(
        &self,
        id: TicketId,
        kind: TicketKind,
        now: Timestamp,
    ) -> Result<Option<TicketRow>, StoreError> {
        let rows = execute_returning!(
            self.db,
            Columns,
            "DELETE FROM tickets WHERE id = $1 AND kind = $2 AND expires_at > $3
             RETURNING id, kind, account_id, secret_hash, sealed_state, tries, created_at, expires_at",
            id.to_string(),
            kind.as_str(),
            now.unix_ms(),
        )?;
        let first = rows.into_iter().next();
        first.map(|columns| self.ticket_row(columns)).transpose()
    }

    /// Lets all steps of this kind die that the account has begun.
    pub async fn delete_tickets(
        &self,
        account: AccountId,
        kind: TicketKind,
    ) -> Result<u64, StoreError> {
        execute!(
            self.db,
            "DELETE FROM tickets WHERE account_id = $1 AND kind = $2",
            account.to_string(),
            kind.as_str(),
        )
    }
}

const fn place(ticket: &str) -> Place<'_> {
    Place {
        column: SEALED_STATE,
        row: ticket,
    }
}
