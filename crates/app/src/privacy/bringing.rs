//! Takes in the copy that somebody brings from another installation: what is their own and makes sense here, in one
//! transaction. Which columns that are is said by the inventory; what each of them means here, by the code below.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use account::UserName;
use base::{AccountId, AvatarId, EntryId, PageId, Personal, Rate, SharedThrottle, Timestamp};
use bytes::Bytes;
use privacy::{BadLine, ExportTable, Kind, Taken, TakenRow};
use protocol::RoomCode;
use serde::Deserialize;
use store::{Brought, LookedAt, SAVED_ROOMS_MAX, SavedRoom, StoreError};
use tokio::sync::Semaphore;

use super::copy::FORM;
use super::unpacking::{BadArchive, Files};
use crate::plans::{SAVED_CODE_LENGTH, good_name};
use crate::{AccountRefusal, App, LiveSession, ProfileChange};

/// The longest archive that is taken in, in bytes.
pub const BROUGHT_BYTES_MAX: usize = 16 * 1024 * 1024;
/// How often one account may bring something.
const BRINGS: Rate = Rate::per(10, Duration::from_secs(60 * 60));
/// Accounts whose bringing is remembered.
const ACCOUNTS_MAX: usize = 10_000;
/// Archives that are unfolded at once.
const AT_ONCE: usize = 1;
/// Lines of one table that are taken in: more than an account has of anything that is.
const LINES_MAX: usize = 4_096;

/// Of these an account has one line at most.
const ONE_LINE: [&str; 2] = ["accounts", "account_avatars"];

/// Who brought how often, and whose turn it is.
pub(crate) struct Brings {
    asked: SharedThrottle<AccountId>,
    turn: Arc<Semaphore>,
}

impl Default for Brings {
    fn default() -> Self {
        Self {
            asked: SharedThrottle::new(BRINGS, ACCOUNTS_MAX),
            turn: Arc::new(Semaphore::new(AT_ONCE)),
        }
    }
}

/// Why nothing of a copy was taken in.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BringRefusal {
    /// It is no ZIP archive, or none that holds a copy.
    #[error("this is no copy")]
    NoCopy,
    /// It is not whole: its end is missing, or something in it was changed.
    #[error("the copy is not whole")]
    NotWhole,
    /// It unfolds to more than any copy has.
    #[error("the copy unfolds to too much")]
    TooLarge,
    /// It is of another form than the one that is read here.
    #[error("the copy is of another form")]
    OtherForm,
    /// A line in it is not as its schema says.
    #[error(transparent)]
    BadLine(#[from] BadLine),
    /// Its picture cannot be used.
    #[error("the picture cannot be used")]
    BadPicture,
    /// Who brings it may not, or we failed.
    #[error("an account cannot take it in")]
    Account(AccountRefusal),
}

impl From<AccountRefusal> for BringRefusal {
    fn from(refusal: AccountRefusal) -> Self {
        Self::Account(refusal)
    }
}

impl From<BadArchive> for BringRefusal {
    fn from(bad: BadArchive) -> Self {
        match bad {
            BadArchive::NoArchive => Self::NoCopy,
            BadArchive::Damaged => Self::NotWhole,
            BadArchive::TooLarge => Self::TooLarge,
        }
    }
}

/// What was taken in of a copy.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct BroughtView {
    /// Values of the profile.
    pub settings: u64,
    /// Saved rooms.
    pub rooms: u64,
    /// Pages of the history.
    pub looked_at: u64,
    /// What is here already, or cannot be here.
    pub left_out: u64,
}

/// What a copy says of itself.
#[derive(Deserialize)]
struct About {
    form: String,
    /// How many lines each table has.
    rows: BTreeMap<String, usize>,
}

/// The rows of a copy that are taken in, and the files that they name.
#[derive(Default)]
struct Unpacked {
    tables: BTreeMap<String, Vec<TakenRow>>,
    files: BTreeMap<String, Vec<u8>>,
}

impl App {
    /// Whether a member may bring something now.
    pub fn may_bring(&self, session: &LiveSession) -> Result<(), AccountRefusal> {
        let asked = &self.inner.brings.asked;
        let taken = asked.take(session.account(), self.now());
        taken.map_err(|wait| AccountRefusal::TooManyTries { wait })
    }

    /// Takes in the copy that a member brings. A copy that is damaged changes nothing; one that was taken in before adds
    /// nothing.
    pub async fn take_in(
        &self,
        session: &LiveSession,
        zip: Bytes,
    ) -> Result<BroughtView, BringRefusal> {
        let (account, store) = (session.account(), &self.inner.store);
        let failed = |error: StoreError| BringRefusal::Account(self.account_failure(&error));
        let subject = self.subject_of_account(account).await;
        let subject = subject.map_err(AccountRefusal::from)?;
        let digest = self.ledger_digest(&subject).await.map_err(failed)?;
        if store.is_being_erased(&digest).await.map_err(failed)? {
            return Err(AccountRefusal::BeingErased.into());
        }
        let tables = store.imported_tables().await.map_err(failed)?;
        let turn = Arc::clone(&self.inner.brings.turn).acquire_owned().await;
        // The turn goes along, since unfolding goes on when whoever asked hangs up, and comes back with what takes memory.
        let unpacking = tokio::task::spawn_blocking(move || (turn, unpack(&zip, &tables)));
        let (_turn, unpacked) = unpacking.await.map_err(|_| BringRefusal::NotWhole)?;
        let unpacked = unpacked?;
        let (brought, offered) = self.understand(account, unpacked).await?;
        let taken_in = store.take_in(account, &brought, self.now()).await;
        let taken_in = taken_in
            .map_err(failed)?
            .ok_or(AccountRefusal::NotSignedIn)?;
        let others = [
            brought.language.is_some(),
            brought.country.is_some(),
            brought.theme.is_some(),
            brought.avatar.is_some(),
            taken_in.has_name,
        ];
        let settings = others.into_iter().filter(|is_taken| *is_taken).count() as u64;
        let (rooms, looked_at) = (taken_in.rooms, taken_in.looked_at);
        Ok(BroughtView {
            settings,
            rooms,
            looked_at,
            left_out: offered.saturating_sub(settings + rooms + looked_at),
        })
    }

    /// What the rows of a copy mean here, and how many values and rows they are.
    async fn understand(
        &self,
        account: AccountId,
        mut unpacked: Unpacked,
    ) -> Result<(Brought, u64), BringRefusal> {
        let mut brought = Brought::default();
        let mut offered = 0;
        for row in unpacked.rows("accounts") {
            offered += row.len() as u64;
            take_profile(&mut brought, &row);
        }
        for row in unpacked.rows("account_avatars") {
            offered += 1;
            let jpeg = unpacked.picture(&row)?;
            let jpeg = self.squared(Bytes::from(jpeg)).await;
            let jpeg = jpeg.ok_or(BringRefusal::BadPicture)?;
            brought.avatar = Some((AvatarId::new(self.entropy()), jpeg));
        }
        let rooms = unpacked.rows("saved_rooms");
        offered += rooms.len() as u64;
        let rooms = rooms.iter().filter_map(|row| self.room(row));
        brought.rooms = rooms.take(SAVED_ROOMS_MAX as usize).collect();
        let looked_at = unpacked.rows("looked_at");
        offered += looked_at.len() as u64;
        let now = self.now();
        let looked_at = looked_at.iter().filter_map(looked);
        brought.looked_at = looked_at.filter(|it| it.at <= now).collect();
        let entitlements = self.entitlements(Some(account)).await;
        let entitlements = entitlements.map_err(|error| self.account_failure(&error))?;
        brought.rooms_max = entitlements.saved_rooms_max;
        Ok((brought, offered))
    }

    /// A saved room with a name and code of its own: whose code the old one is here is nobody's to ask.
    fn room(&self, row: &TakenRow) -> Option<SavedRoom> {
        Some(SavedRoom {
            id: EntryId::new(self.entropy()),
            name: good_name(text(row, "name")?).ok()?,
            code: RoomCode::random(SAVED_CODE_LENGTH, self.entropy()),
            password_hash: None,
            has_queue: is_so(row, "has_queue")?,
            ask_first: is_so(row, "ask_first")?,
            saved_at: moment(row, "saved_at").filter(|at| *at <= self.now())?,
        })
    }
}

impl Unpacked {
    fn rows(&mut self, table: &str) -> Vec<TakenRow> {
        self.tables.remove(table).unwrap_or_default()
    }

    fn picture(&mut self, row: &TakenRow) -> Result<Vec<u8>, BringRefusal> {
        let Some(Taken::File(name)) = row.get("jpeg") else {
            return Err(BringRefusal::BadPicture);
        };
        self.files.remove(name).ok_or(BringRefusal::NotWhole)
    }
}

/// Reads of an archive what is taken in.
fn unpack(
    zip: &[u8],
    tables: &[(&'static ExportTable, Vec<Kind>)],
) -> Result<Unpacked, BringRefusal> {
    let mut files = Files::open(zip)?;
    let about = files.read("about.json")?.ok_or(BringRefusal::NoCopy)?;
    let about: About = serde_json::from_slice(&about).map_err(|_| BringRefusal::NoCopy)?;
    if about.form != FORM {
        return Err(BringRefusal::OtherForm);
    }
    let mut unpacked = Unpacked::default();
    for (table, kinds) in tables {
        let name = &table.holding.table;
        let lines = files
            .read(&format!("data/{name}.jsonl"))?
            .unwrap_or_default();
        let lines = String::from_utf8(lines).map_err(|_| BringRefusal::NotWhole)?;
        let rows = table.take_in(&lines, kinds)?;
        // Lines that are missing were there once.
        if rows.len() != about.rows.get(name).copied().unwrap_or_default() {
            return Err(BringRefusal::NotWhole);
        }
        let most = match ONE_LINE.contains(&name.as_str()) {
            true => 1,
            false => LINES_MAX,
        };
        if rows.len() > most {
            return Err(BringRefusal::TooLarge);
        }
        for file in rows.iter().flat_map(BTreeMap::values) {
            if let Taken::File(file) = file {
                let content = files.read(file)?.ok_or(BringRefusal::NotWhole)?;
                unpacked.files.insert(file.clone(), content);
            }
        }
        unpacked.tables.insert(name.clone(), rows);
    }
    Ok(unpacked)
}

/// What a line says of its owner. What this installation does not know, such as a language, is left as it is here.
fn take_profile(brought: &mut Brought, row: &TakenRow) {
    brought.user_name = text(row, "user_name").and_then(|name| UserName::parse(name).ok());
    let [language, theme, country] = ["language", "theme", "country"].map(|name| text(row, name));
    let change = ProfileChange {
        language: language.map(str::to_owned),
        ..ProfileChange::default()
    };
    brought.language = change.understood().language;
    let change = ProfileChange {
        theme: theme.map(str::to_owned),
        ..ProfileChange::default()
    };
    brought.theme = change.understood().theme;
    let change = ProfileChange {
        country: country.map(|country| Personal::new(country.to_owned())),
        ..ProfileChange::default()
    };
    brought.country = change.understood().country;
}

fn looked(row: &TakenRow) -> Option<LookedAt> {
    let page: PageId = text(row, "page")?.parse().ok()?;
    let at = moment(row, "at")?;
    Some(LookedAt { page, at })
}

fn text<'a>(row: &'a TakenRow, column: &str) -> Option<&'a str> {
    match row.get(column)? {
        Taken::Text(text) => Some(text),
        _ => None,
    }
}

fn moment(row: &TakenRow, column: &str) -> Option<Timestamp> {
    match row.get(column)? {
        Taken::Moment(at) => Some(*at),
        _ => None,
    }
}

fn is_so(row: &TakenRow, column: &str) -> Option<bool> {
    match row.get(column)? {
        Taken::Boolean(is_so) => Some(*is_so),
        _ => None,
    }
}
