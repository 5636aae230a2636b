//! `unisono restore`: a backup takes the place of the data, without those who were erased since.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::fs;
use std::io::{self, BufRead as _, BufReader};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};

use base::{Entropy, ReceiptId, Secret, Timestamp};
use clap::Args;
use privacy::{Subject, rfc3339};
use store::{BATCH_MAX, LedgerLine, Store};

use super::folder::{self, Pair, unusable};
use super::leftovers::{destroy_database, with_log};
use super::package::{self, About};
use super::turn::Turn;
use super::{NoBackup, lock, make};
use crate::private_folder;
use crate::settings::Settings;
use crate::store_part;

/// Where the database is put together before it takes its place.
const DRAFT: &str = "unisono.db.restoring";

/// What is restored, and from where.
#[derive(Args, Clone, Debug)]
pub struct RestoreCommand {
    /// The backup: a file that ends in .backup.age. Its key, which ends in .key.age, is looked for beside it.
    pub backup: PathBuf,
    /// The file with your secret key of age.
    #[arg(long)]
    pub identity: PathBuf,
    /// The key of the backup, where it lies elsewhere.
    #[arg(long)]
    pub key: Option<PathBuf>,
    /// The ledger of erasures, where it does not lie beside the backup.
    #[arg(long)]
    pub ledger: Option<PathBuf>,
    /// Go on without the ledger. Who was erased since the backup comes back, and must be erased again.
    #[arg(long)]
    pub without_ledger: bool,
    /// Put the backup in the place of the data that is here.
    #[arg(long)]
    pub replace: bool,
}

/// What was restored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Restored {
    /// When the data was as it is now.
    pub made_at: Timestamp,
    /// People who were erased since, and are erased again before the server answers anybody.
    pub erased_again: usize,
}

impl Restored {
    /// What to print.
    #[must_use]
    pub fn text(&self) -> String {
        format!(
            "The data is as it was at {}. {} people were erased since: they are erased again when the server starts, before it \
             answers anybody. Everybody has to sign in again.",
            rfc3339(self.made_at),
            self.erased_again
        )
    }
}

impl RestoreCommand {
    /// Does it. Where anything is wrong, the data that is here stays as it is.
    pub async fn run(
        &self,
        settings: &Settings,
        now: Timestamp,
        entropy: &dyn Entropy,
    ) -> Result<Restored, NoBackup> {
        let Some(place) = settings.store().sqlite_file() else {
            return Err(NoBackup::Postgres);
        };
        private_folder::make(&settings.data_dir)
            .map_err(|error| unusable(&settings.data_dir, error))?;
        let _turn = Turn::take(settings)?;
        if place.exists() {
            if !self.replace {
                return Err(NoBackup::There(place));
            }
            if store::is_in_use(&place).await? {
                return Err(NoBackup::Running);
            }
        }
        let draft = draft_of(&place);
        let restored = self.restore(settings, &place, &draft, now, entropy).await;
        destroy_database(&draft).and(restored)
    }

    async fn restore(
        &self,
        settings: &Settings,
        place: &Path,
        draft: &Path,
        now: Timestamp,
        entropy: &dyn Entropy,
    ) -> Result<Restored, NoBackup> {
        let about = self.unlock(draft, now)?;
        let key = about.sealing_key();
        if let Some(set) = &settings.sealing_key
            && store_part::read_key(set.expose()) != store_part::read_key(key.expose())
        {
            return Err(NoBackup::OtherSealingKey);
        }
        let mut ledger = self.read_ledger()?;
        if place.exists() {
            // Whatever is wrong with the data that is replaced, its ledger is worth a try and no more.
            ledger.extend(
                live_ledger(settings, now, entropy)
                    .await
                    .unwrap_or_default(),
            );
        }
        let erased_again = prepare(draft, &key, &ledger, now, entropy).await?;
        put_in_place(settings, draft, place, &key)?;
        Ok(Restored {
            made_at: about.made_at,
            erased_again,
        })
    }

    /// Opens the backup into `draft`.
    fn unlock(&self, draft: &Path, now: Timestamp) -> Result<About, NoBackup> {
        let key = self.key.clone();
        let key = key.unwrap_or_else(|| Pair::key_of(&self.backup));
        let day = lock::day_key(&key, &self.identity)?;
        let file = fs::File::open(&self.backup).map_err(|error| unusable(&self.backup, error))?;
        let each = std::iter::once(&day as &dyn age::Identity);
        let open = lock::opened(file, &self.backup, each)?;
        let mut over = None;
        let unpacked = package::unpack(open, |about| {
            if about.over_at() <= now {
                over = Some(about.over_at());
                return Err(io::Error::other("over"));
            }
            new_file(draft)
        });
        match (unpacked, over) {
            (_, Some(at)) => Err(NoBackup::Over(rfc3339(at))),
            (Err(error), _) if error.kind() == io::ErrorKind::StorageFull => {
                Err(unusable(draft, error))
            }
            (Err(_), _) => Err(NoBackup::Damaged(self.backup.clone())),
            (Ok(about), _) => Ok(about),
        }
    }

    fn read_ledger(&self) -> Result<Vec<LedgerLine>, NoBackup> {
        let file = self.ledger.clone();
        let file = file.unwrap_or_else(|| self.backup.with_file_name(folder::LEDGER));
        let open = match fs::File::open(&file) {
            Err(_) if self.without_ledger => return Ok(Vec::new()),
            Err(_) => return Err(NoBackup::NoLedger(file)),
            Ok(open) => open,
        };
        let lines = BufReader::new(open).lines();
        let read = lines.map(|line| serde_json::from_str(&line.ok()?).ok());
        let read: Option<Vec<LedgerLine>> = read.collect();
        read.ok_or(NoBackup::Damaged(file))
    }
}

/// Where a restore puts the database together, beside the one whose place it takes.
pub(super) fn draft(settings: &Settings) -> Option<PathBuf> {
    settings.store().sqlite_file().as_deref().map(draft_of)
}

fn draft_of(place: &Path) -> PathBuf {
    place.with_file_name(DRAFT)
}

/// The ledger of the data that is about to be replaced.
async fn live_ledger(
    settings: &Settings,
    now: Timestamp,
    entropy: &dyn Entropy,
) -> Option<Vec<LedgerLine>> {
    let store = store_part::open(settings, entropy).await.ok()?;
    let lines = store.ledger_since(make::oldest_backup(now)).await;
    store.close().await;
    lines.ok()
}

/// Brings the restored data up to date: its schema, its ledger, and who has to be erased again. Gives how many those are.
async fn prepare(
    draft: &Path,
    key: &Secret<String>,
    ledger: &[LedgerLine],
    now: Timestamp,
    entropy: &dyn Entropy,
) -> Result<usize, NoBackup> {
    let settings = store::Settings {
        sealing_key: store_part::read_key(key.expose()),
        ..store::Settings::at(draft.display().to_string())
    };
    let store = Store::open(&settings).await?;
    let prepared = async {
        // By their names and not by the time: a clock may have been set back between the backup and an erasure.
        let known = store
            .ledger_since(Timestamp::from_unix_ms(i64::MIN))
            .await?;
        let known: HashSet<&str> = known.iter().map(|line| line.id.as_str()).collect();
        let later = ledger
            .iter()
            .filter(|line| !known.contains(line.id.as_str()));
        let erased = later.map(|line| (line.subject.as_slice(), line.receipt()));
        let erased: HashMap<&[u8], &str> = erased.collect();
        store.take_in_ledger(ledger).await?;
        store.begin_anew(now).await?;
        erase_again(&store, &erased, now, entropy).await
    };
    let prepared = prepared.await;
    store.close().await;
    Ok(prepared?)
}

/// Begins to erase everybody whom the ledger knows, each once by all names that they have here. The start of the server
/// completes it before it answers anybody. `erased` has the receipt for each digest.
async fn erase_again(
    store: &Store,
    erased: &HashMap<&[u8], &str>,
    now: Timestamp,
    entropy: &dyn Entropy,
) -> Result<usize, store::StoreError> {
    let mut found = Found {
        store,
        erased,
        entropy,
        people: BTreeMap::new(),
    };
    found.look_at_accounts().await?;
    found.look_at_guests().await?;
    for subject in found.people.values() {
        let digest = app::ledger_digest(store, subject, entropy).await?;
        let id = ReceiptId::new(now, entropy);
        store.begin_erasure(id, subject, &digest, now).await?;
    }
    Ok(found.people.len())
}

/// Who is in the restored data although they were erased since, by their receipts.
struct Found<'a> {
    store: &'a Store,
    erased: &'a HashMap<&'a [u8], &'a str>,
    entropy: &'a dyn Entropy,
    people: BTreeMap<&'a str, Subject>,
}

impl Found<'_> {
    async fn look_at_accounts(&mut self) -> Result<(), store::StoreError> {
        let mut after = None;
        loop {
            let accounts = self.store.accounts(after, BATCH_MAX).await?;
            for row in &accounts {
                let subject = app::subject_in(self.store, row.id).await?;
                self.look_at(subject).await?;
            }
            after = accounts.last().map(|row| row.id);
            if accounts.len() < BATCH_MAX as usize {
                return Ok(());
            }
        }
    }

    /// By every name that tables have of people without an account.
    async fn look_at_guests(&mut self) -> Result<(), store::StoreError> {
        let store = self.store;
        let mut after = String::new();
        loop {
            let people = store.people_in_rooms(&after, BATCH_MAX).await?;
            for person in &people {
                self.look_at(named(person)).await?;
            }
            let Some(last) = people.into_iter().next_back() else {
                break;
            };
            after = last;
        }
        let mut after = String::new();
        loop {
            let holders = store.free_holders(&after, BATCH_MAX).await?;
            for holder in &holders {
                self.look_at(named(holder)).await?;
            }
            let Some(last) = holders.into_iter().next_back() else {
                break;
            };
            after = last;
        }
        let mut after = Vec::new();
        loop {
            let keys = store.host_keys(&after, BATCH_MAX).await?;
            for key in &keys {
                let subject = Subject::default().with_device_key(key);
                self.look_at(subject).await?;
            }
            let Some(last) = keys.last() else {
                return Ok(());
            };
            after = last.expose().to_vec();
        }
    }

    /// Takes `subject` down if they were erased, with the other names of the same erasure.
    async fn look_at(&mut self, subject: Subject) -> Result<(), store::StoreError> {
        let digest = app::ledger_digest(self.store, &subject, self.entropy).await?;
        if let Some(receipt) = self.erased.get(digest.as_slice()) {
            let known = self.people.entry(receipt).or_default();
            *known = std::mem::take(known).joined(subject);
        }
        Ok(())
    }
}

fn named(principal: &str) -> Subject {
    Subject::default().with_principal(principal.to_owned())
}

/// The restored database takes its place, the key first: a start between the two says that the key is another one.
fn put_in_place(
    settings: &Settings,
    draft: &Path,
    place: &Path,
    key: &Secret<String>,
) -> Result<(), NoBackup> {
    if settings.sealing_key.is_none() {
        let file = settings.data_dir.join(store_part::KEY_FILE);
        folder::put(&file, |open| {
            use std::io::Write as _;
            writeln!(open, "{}", key.expose()).map_err(|error| unusable(&file, error))
        })?;
    }
    for log in with_log(place).into_iter().skip(1) {
        folder::destroy(&log).map_err(|error| unusable(&log, error))?;
    }
    fs::rename(draft, place).map_err(|error| unusable(place, error))
}

fn new_file(file: &Path) -> io::Result<fs::File> {
    folder::destroy(file)?;
    fs::OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(file)
}
