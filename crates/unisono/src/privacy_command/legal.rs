//! `unisono privacy legal`: what authorities ask for, released by two, and told to the person.

use std::path::{Path, PathBuf};

use account::Rank;
use base::LegalRequestId;
use clap::Subcommand;
use outbound::Letter;
use privacy::{ActorDigest, LegalRequest, LegalState, day};
use store::{LegalRow, NewMail, Stepped};

use super::{Copied, Desk, LISTED_MAX, NotDone, account, said};

/// What can be done with requests by authorities. The register shows what was done; it cannot hold back whoever has a shell.
#[derive(Debug, Subcommand)]
pub enum LegalCommand {
    /// Write a request down.
    Record {
        /// Whom it is about: address or id of an account.
        account: String,
        /// Who asks.
        #[arg(long)]
        authority: String,
        /// The authority's file number.
        #[arg(long)]
        file: String,
        /// Who writes it down: address or id of an operator's account.
        #[arg(long)]
        by: String,
        /// A court forbids to tell the person.
        #[arg(long)]
        sealed: bool,
    },
    /// List requests, the latest first.
    List,
    /// Release a request: a second operator has found it lawful. The person gets a letter unless that is forbidden.
    /// The register says so before the copy is there.
    Release {
        /// The request.
        id: String,
        /// Who releases it: address or id of another operator's account.
        #[arg(long)]
        by: String,
        /// Where the copy for the authority is written.
        #[arg(long)]
        to: PathBuf,
    },
    /// Refuse a request: nothing is given.
    Refuse {
        /// The request.
        id: String,
    },
    /// The court no longer forbids to tell the person: they get the letter.
    Unseal {
        /// The request.
        id: String,
    },
    /// Note that the person, who has no address, was told in another way.
    Told {
        /// The request.
        id: String,
    },
}

impl LegalCommand {
    pub(super) async fn run(&self, desk: &Desk<'_>) -> Result<String, NotDone> {
        match self {
            Self::Record {
                account: about,
                authority,
                file,
                by,
                sealed,
            } => {
                let by = operator(desk, by).await?;
                let row = LegalRow {
                    id: LegalRequestId::new(desk.now, desk.entropy),
                    account: Some(account(desk.store, about).await?.id),
                    authority: said("--authority", authority)?.to_owned(),
                    file: said("--file", file)?.to_owned(),
                    recorded_at: desk.now,
                    recorded_by: by,
                    request: LegalRequest::record(by, *sealed),
                };
                desk.store.record_legal_request(&row).await?;
                Ok(line(&row))
            }
            Self::List => list(desk).await,
            Self::Release { id, by, to } => {
                let row = find(desk, id).await?;
                release(desk, row, operator(desk, by).await?, to).await
            }
            Self::Refuse { id } => {
                let row = find(desk, id).await?;
                let request = row.request.clone().refuse(desk.now)?;
                step(desk, row, request).await
            }
            Self::Unseal { id } => {
                let row = find(desk, id).await?;
                let request = row.request.clone().unseal()?;
                step(desk, row, request).await
            }
            Self::Told { id } => {
                let row = find(desk, id).await?;
                let request = row.request.clone().tell(desk.now)?;
                step(desk, row, request).await
            }
        }
    }
}

/// What tells this operator from others.
async fn operator(desk: &Desk<'_>, text: &str) -> Result<ActorDigest, NotDone> {
    let row = account(desk.store, text).await;
    let row = row.map_err(|error| match error {
        NotDone::NoAccount => NotDone::NoOperator,
        other => other,
    })?;
    match row.rank {
        Rank::Operator => Ok(app::actor_digest(row.id)),
        _ => Err(NotDone::NoOperator),
    }
}

async fn find(desk: &Desk<'_>, id: &str) -> Result<LegalRow, NotDone> {
    let found = desk.store.legal_request(id.parse()?).await?;
    Ok(found.ok_or(base::BadId)?)
}

async fn list(desk: &Desk<'_>) -> Result<String, NotDone> {
    let rows = desk.store.legal_requests(LISTED_MAX).await?;
    if rows.is_empty() {
        return Ok("No authority has asked for anything.".to_owned());
    }
    let lines: Vec<String> = rows.iter().map(line).collect();
    Ok(lines.join("\n"))
}

fn line(row: &LegalRow) -> String {
    let state = match &row.request.state {
        LegalState::Recorded { .. } => "waits for a second operator".to_owned(),
        LegalState::Refused { at } => format!("refused on {}", day(*at)),
        LegalState::Released { at, .. } => format!("released on {}", day(*at)),
    };
    let told = match (row.request.told_at, row.request.is_sealed) {
        (Some(at), _) => format!("person told on {}", day(at)),
        (None, true) => "SEALED by a court".to_owned(),
        (None, false) => "person not told".to_owned(),
    };
    let about = match row.account {
        Some(account) => account.to_string(),
        None => "(account is gone)".to_owned(),
    };
    format!(
        "{}  {}, file {}  recorded on {}  {state}  {told}  {about}",
        row.id,
        row.authority,
        row.file,
        day(row.recorded_at)
    )
}

async fn release(
    desk: &Desk<'_>,
    row: LegalRow,
    by: ActorDigest,
    to: &Path,
) -> Result<String, NotDone> {
    let request = row.request.clone().release(by, desk.now)?;
    let about = row.account.ok_or(NotDone::NoAccount)?;
    let archive = app::copy_of_account(desk.store, about, desk.now).await?;
    // Whole, but not there for anybody until the register says that it was given.
    let copy = Copied::draft(to, &archive)?;
    let lines = step(desk, row, request).await?;
    copy.put(lines)
}

/// Keeps a step, and with it the letter to the person as soon as there is something to tell. Gives what to print.
async fn step(desk: &Desk<'_>, row: LegalRow, request: LegalRequest) -> Result<String, NotDone> {
    let (request, letter) = match request.clone().tell(desk.now) {
        Ok(told) => match letter(desk, &row, &told).await? {
            Some(letter) => (told, Some(letter)),
            None => (request, None),
        },
        Err(_) => (request, None),
    };
    let stepped = desk
        .store
        .step_legal_request(&row, &request, letter.as_ref());
    match stepped.await? {
        Stepped::Done => {}
        Stepped::OutboxFull => return Err(NotDone::OutboxFull),
        Stepped::Changed => return Err(NotDone::Changed),
    }
    let row = LegalRow { request, ..row };
    let line = line(&row);
    Ok(match row.request.tell(desk.now) {
        Ok(_) => format!(
            "{line}\nThe person has no address: tell them in another way, and then: unisono privacy legal told {}",
            row.id
        ),
        Err(_) => line,
    })
}

/// The letter to the person, while there is an account with an address to write to.
async fn letter(
    desk: &Desk<'_>,
    row: &LegalRow,
    told: &LegalRequest,
) -> Result<Option<NewMail>, NotDone> {
    let (LegalState::Released { at, .. }, Some(about)) = (&told.state, row.account) else {
        return Ok(None);
    };
    let letter = Letter::LegalRequest {
        authority: row.authority.clone(),
        file: row.file.clone(),
        day: day(*at),
    };
    let owner = desk.store.account(about).await?;
    Ok(owner.and_then(|owner| app::mail_to(&owner, &letter, desk.now, desk.entropy)))
}
