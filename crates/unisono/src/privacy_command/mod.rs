//! `unisono privacy`: what whoever runs an installation owes to people and authorities, whether or not the server runs.

mod breach;
mod categories;
mod counts;
mod legal;
mod mail_file;
mod policy;
mod record;
mod requests;
mod retention;
mod rewrite;

use std::io;
use std::path::{Path, PathBuf};

use account::EmailAddress;
use base::{AccountId, BadId, Entropy, Timestamp};
use clap::Subcommand;
use privacy::{BreachRefusal, LegalRefusal};
use store::{AccountRow, Store, StoreError};

use crate::draft::{Draft, Unsettled};
use breach::BreachCommand;
use legal::LegalCommand;
use policy::PolicyCommand;
use requests::RequestsCommand;

/// Lines that one list shows.
const LISTED_MAX: u32 = 200;
/// The longest text that is read from a file: a mail with pictures.
const FILE_BYTES_MAX: u64 = 16 * 1024 * 1024;

/// What can be done for the rights of people.
#[derive(Debug, Subcommand)]
pub enum PrivacyCommand {
    /// Delete what has had its time. The server does so every minute.
    Retention {
        /// Only say what would go.
        #[arg(long)]
        dry_run: bool,
    },
    /// Write the tables of PostgreSQL anew, so that its files hold nothing of what was erased. The server may run.
    Rewrite,
    /// Write the record of processing (GDPR, Article 30).
    Record {
        /// As JSON.
        #[arg(long)]
        json: bool,
    },
    /// Write which categories of the CCPA are collected, why, and to whom they are disclosed (California Civil Code
    /// 1798.110(c)).
    Categories {
        /// As JSON.
        #[arg(long)]
        json: bool,
    },
    /// Show how much happened by day, without small sums.
    Counts {
        /// Days to look back.
        #[arg(long, default_value_t = 30)]
        days: u32,
    },
    /// What people have asked for, each with its clock of 30 days.
    #[command(subcommand)]
    Requests(RequestsCommand),
    /// The privacy policy: what changes, and telling members.
    #[command(subcommand)]
    Policy(PolicyCommand),
    /// The register of breaches, with the clock of 72 hours and the letters.
    #[command(subcommand)]
    Breach(BreachCommand),
    /// The register of what authorities ask for.
    #[command(subcommand)]
    Legal(LegalCommand),
}

/// What every command works with.
pub struct Desk<'a> {
    /// The database.
    pub store: &'a Store,
    /// What the installation holds.
    pub held: &'a privacy::Inventory,
    /// What the operator states for recipients in other countries.
    pub grounds: &'a privacy::Grounds,
    /// What the installation calls itself.
    pub site: &'a str,
    /// The present moment.
    pub now: Timestamp,
    /// Chance.
    pub entropy: &'a dyn Entropy,
}

/// Why nothing was done. Each message says what to do.
#[derive(Debug, thiserror::Error)]
pub enum NotDone {
    /// The database failed.
    #[error("the database failed: {0}; run: unisono doctor")]
    Store(#[from] StoreError),
    /// There is nothing of this name.
    #[error("there is nothing of this name; the names are shown by the command: list")]
    BadId(#[from] BadId),
    /// There is no such account.
    #[error("no account has this address or id; addresses must be exact")]
    NoAccount,
    /// Whoever acts is not known here.
    #[error("--by takes the address or id of an operator's account; see: unisono account list")]
    NoOperator,
    /// A file cannot be read or written.
    #[error("{} cannot be used: {error}", file.display())]
    File {
        /// The file.
        file: PathBuf,
        /// What the system said.
        error: io::Error,
    },
    /// A copy could not take its place after all was noted.
    #[error(
        "{done}\nBut {} cannot be used: {error}. The copy lies whole in {}: move it from there",
        place.display(),
        draft.display()
    )]
    CopyNotPut {
        /// What was done.
        done: String,
        /// The place that the copy was to take.
        place: PathBuf,
        /// Where it lies.
        draft: PathBuf,
        /// What the system said.
        error: io::Error,
    },
    /// A file is no mail.
    #[error("this is no mail with a sender; save the mail with its headers")]
    NoMail,
    /// A moment cannot be read.
    #[error("a moment is written like 2026-11-22T10:00:00Z, and lies in the past")]
    BadMoment,
    /// The facts of a breach cannot be read.
    #[error("the facts cannot be read: {0}; see: unisono privacy breach template")]
    BadFacts(String),
    /// The register of breaches says no.
    #[error(transparent)]
    Breach(#[from] BreachRefusal),
    /// The register of authorities says no.
    #[error(transparent)]
    Legal(#[from] LegalRefusal),
    /// The code is another one.
    #[error("this is not the code that was mailed; nothing was changed")]
    WrongCode,
    /// Whoever asks was not checked, or has the answer.
    #[error("this request is answered, or who asks is not checked: unisono privacy requests check")]
    NotOpen,
    /// The outbox takes no more.
    #[error("the outbox is full, so the letter was not written; see: unisono mail list")]
    OutboxFull,
    /// There is no room for as many letters.
    #[error(
        "the outbox has no room for {0} letters, so none was written and nothing was noted; see: unisono mail list, or tell \
         every member, which waits for room"
    )]
    NoRoom(usize),
    /// Nobody of those who were named can be written to.
    #[error("nobody who was named has an address, so nothing was noted; tell them in another way")]
    NobodyToWriteTo,
    /// Somebody else was faster.
    #[error("somebody else has changed this just now; nothing was done. Look at it again: list")]
    Changed,
    /// What must say something says nothing.
    #[error("{0} is empty")]
    Empty(&'static str),
    /// Another policy was put in force since the two were compared.
    #[error("another policy was published in the same moment, so this one was not; run it again")]
    OtherPolicy,
    /// Some tables hold what was erased still.
    #[error("{0}")]
    NotRewritten(String),
    /// A kind of request that is none.
    #[error("a request is one of: {0}")]
    BadKind(String),
}

impl PrivacyCommand {
    /// Does it, and gives what to print.
    pub async fn run(&self, desk: &Desk<'_>) -> Result<String, NotDone> {
        match self {
            Self::Retention { dry_run } => retention::run(desk, *dry_run).await,
            Self::Rewrite => rewrite::run(desk).await,
            Self::Record { json } => Ok(record::write(desk, *json)),
            Self::Categories { json } => Ok(categories::write(desk, *json)),
            Self::Counts { days } => counts::show(desk, *days).await,
            Self::Requests(command) => command.run(desk).await,
            Self::Policy(command) => command.run(desk).await,
            Self::Breach(command) => command.run(desk).await,
            Self::Legal(command) => command.run(desk).await,
        }
    }
}

/// The account with this exact address or id.
async fn account(store: &Store, text: &str) -> Result<AccountRow, NotDone> {
    let found = match (text.parse::<AccountId>(), EmailAddress::parse(text)) {
        (Ok(id), _) => store.account(id).await?,
        (_, Ok(email)) => store.account_by_email(&email).await?,
        _ => None,
    };
    found.ok_or(NotDone::NoAccount)
}

/// A whole text file, or what is typed in where the file is `-`.
fn read_text(file: &Path) -> Result<String, NotDone> {
    use std::io::Read as _;
    let mut bytes = Vec::new();
    let read = match file == Path::new("-") {
        true => io::stdin()
            .lock()
            .take(FILE_BYTES_MAX)
            .read_to_end(&mut bytes),
        false => std::fs::File::open(file)
            .and_then(|open| open.take(FILE_BYTES_MAX).read_to_end(&mut bytes)),
    };
    read.map_err(|error| unusable(file, error))?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// A text that says something, without its margins.
fn said<'a>(name: &'static str, text: &'a str) -> Result<&'a str, NotDone> {
    match text.trim() {
        "" => Err(NotDone::Empty(name)),
        text => Ok(text),
    }
}

/// A copy of what is held about somebody, whole, but not in its place yet. A file that is there is not written over.
struct Copied {
    place: PathBuf,
    draft: Draft,
}

impl Copied {
    fn draft(place: &Path, archive: &[u8]) -> Result<Self, NotDone> {
        // Refused before anything is noted. Whether the place is still free then is asked by taking it.
        if place.symlink_metadata().is_ok() {
            return Err(unusable(place, io::ErrorKind::AlreadyExists.into()));
        }
        let part = place.with_added_extension("part");
        let draft = Draft::begin(place, part.clone());
        let draft = draft.and_then(|draft| draft.with(archive)?.lasting());
        Ok(Self {
            draft: draft.map_err(|error| unusable(&part, error))?,
            place: place.to_owned(),
        })
    }

    /// It takes its place after `done` was noted; gives all of that to print.
    fn put(self, done: String) -> Result<String, NotDone> {
        let Self { place, draft } = self;
        match draft.settle() {
            Ok(()) => Ok(format!("{done}\nThe copy is in {}.", place.display())),
            Err(Unsettled { draft, error }) => Err(NotDone::CopyNotPut {
                done,
                place,
                draft,
                error,
            }),
        }
    }
}

fn unusable(file: &Path, error: io::Error) -> NotDone {
    NotDone::File {
        file: file.to_owned(),
        error,
    }
}

#[cfg(test)]
mod tests;
