mod guests;

use std::fs;
use std::path::Path;
use std::time::Duration;

use account::{EmailAddress, Rank};
use age::secrecy::ExposeSecret as _;
use age::x25519::Identity;
use base::{AccountId, OsEntropy, ReceiptId, Secret, Timestamp};
use store::{LedgerLine, LedgerMark, NewAccount, Store};

use super::*;
use crate::store_part;

const START: Timestamp = Timestamp::from_unix_ms(1_795_305_600_000);
const DAY: Duration = Duration::from_secs(24 * 60 * 60);
const CANARY: &str = "ada-canary@example.org";

/// An installation with one member, and the operator's key at home.
struct Home {
    folder: tempfile::TempDir,
    settings: Settings,
}

impl Home {
    async fn new() -> (Self, AccountId) {
        let folder = tempfile::tempdir().unwrap();
        let settings = Settings {
            data_dir: folder.path().join("data"),
            backup: BackupPart::default(),
            ..Settings::default()
        };
        let mut home = Self { folder, settings };
        home.settings.backup.recipients = vec![home.identity("mine.txt")];
        let store = home.store().await;
        let id = AccountId::new(START, &OsEntropy);
        let new = NewAccount {
            id,
            email: Some(EmailAddress::parse(CANARY).unwrap()),
            rank: Rank::Member,
            language: None,
            agreed_version: "1".to_owned(),
            password_hash: Some(Secret::new("$2b$04$made.up.hash".to_owned())),
            passkey: None,
            identity: None,
            invitation: None,
            created_at: START,
        };
        store.create_account(&new).await.unwrap();
        store.close().await;
        (home, id)
    }

    /// Makes a key of an operator in a file of this name, and gives its public half.
    fn identity(&self, name: &str) -> String {
        let identity = Identity::generate();
        let text = format!("# of a test\n{}\n", identity.to_string().expose_secret());
        fs::write(self.folder.path().join(name), text).unwrap();
        identity.to_public().to_string()
    }

    async fn store(&self) -> Store {
        store_part::open(&self.settings, &OsEntropy).await.unwrap()
    }

    async fn back_up(&self, after: Duration) -> PathBuf {
        let store = self.store().await;
        let now = START.after(after);
        let made = back_up(&self.settings, &store, now, &OsEntropy).await;
        store.close().await;
        made.unwrap()
    }

    fn restoring(&self, backup: &Path) -> RestoreCommand {
        RestoreCommand {
            backup: backup.to_owned(),
            identity: self.folder.path().join("mine.txt"),
            key: None,
            ledger: None,
            without_ledger: false,
            replace: true,
        }
    }

    async fn restore(
        &self,
        command: &RestoreCommand,
        after: Duration,
    ) -> Result<Restored, NoBackup> {
        command
            .run(&self.settings, START.after(after), &OsEntropy)
            .await
    }

    async fn has(&self, id: AccountId) -> bool {
        let store = self.store().await;
        let found = store.account(id).await.unwrap().is_some();
        store.close().await;
        found
    }

    /// Erases the member as the server does, with its line in the ledger.
    async fn erase(&self, id: AccountId, after: Duration) {
        let store = self.store().await;
        let now = START.after(after);
        let subject = app::subject_in(&store, id).await.unwrap();
        let digest = app::ledger_digest(&store, &subject, &OsEntropy)
            .await
            .unwrap();
        let receipt = ReceiptId::new(now, &OsEntropy);
        store
            .begin_erasure(receipt, &subject, &digest, now)
            .await
            .unwrap();
        store.erase(receipt, &subject, now).await.unwrap();
        make::write_ledger(&self.settings, &store, now)
            .await
            .unwrap();
        store.close().await;
    }

    /// Completes what was begun, as the start of the server does.
    async fn complete_erasures(&self, after: Duration) {
        let store = self.store().await;
        for begun in store.unfinished_erasures().await.unwrap() {
            let now = START.after(after);
            store.erase(begun.id, &begun.subject, now).await.unwrap();
        }
        store.close().await;
    }

    fn files_with(&self, folder: &Path, text: &str) -> Vec<PathBuf> {
        let entries = fs::read_dir(folder).unwrap();
        let files = entries.map(|entry| entry.unwrap().path());
        let holds = |file: &PathBuf| {
            let bytes = fs::read(file).unwrap();
            bytes
                .windows(text.len())
                .any(|part| part == text.as_bytes())
        };
        files.filter(|it| it.is_file()).filter(holds).collect()
    }
}

/// Promise T35
#[tokio::test]
async fn a_backup_is_locked_to_a_key_that_this_machine_does_not_have() {
    let (home, _) = Home::new().await;
    let data = home.back_up(Duration::ZERO).await;
    let folder = home.settings.backup_folder();
    for entry in fs::read_dir(&folder).unwrap() {
        let file = entry.unwrap().path();
        if file.extension().is_some_and(|end| end == "age") {
            let bytes = fs::read(&file).unwrap();
            assert!(bytes.starts_with(b"age-encryption.org/v1\n"));
        }
    }
    assert_eq!(fs::read_dir(&folder).unwrap().count(), 3);
    let key = fs::read_to_string(home.settings.data_dir.join(store_part::KEY_FILE)).unwrap();
    for text in [CANARY, key.trim(), "AGE-SECRET-KEY"] {
        assert_eq!(home.files_with(&folder, text), Vec::<PathBuf>::new());
    }
    let left = home.files_with(&home.settings.data_dir, CANARY);
    assert!(!left.is_empty(), "the scan finds what is kept");
    assert!(left.iter().all(|file| {
        let name = file.file_name().unwrap().to_string_lossy();
        name == "unisono.db" || name == "unisono.db-wal"
    }));
    assert!(data.is_file());
}

#[tokio::test]
async fn a_wiped_machine_is_as_it_was_after_a_restore() {
    let (home, ada) = Home::new().await;
    let data = home.back_up(Duration::ZERO).await;
    let away = home.folder.path().join("away");
    fs::rename(home.settings.backup_folder(), &away).unwrap();
    fs::remove_dir_all(&home.settings.data_dir).unwrap();
    let command = RestoreCommand {
        replace: false,
        ..home.restoring(&away.join(data.file_name().unwrap()))
    };
    let restored = home.restore(&command, DAY).await.unwrap();
    assert_eq!((restored.made_at, restored.erased_again), (START, 0));
    assert!(home.has(ada).await);
    let twice = home.restore(&command, DAY).await;
    assert!(matches!(twice, Err(NoBackup::There(_))));
}

/// Promise T40
#[tokio::test]
async fn who_was_erased_after_a_backup_is_not_brought_back_by_it() {
    let (home, ada) = Home::new().await;
    let data = home.back_up(Duration::ZERO).await;
    home.erase(ada, DAY).await;
    assert!(!home.has(ada).await);
    let away = home.folder.path().join("away");
    fs::rename(home.settings.backup_folder(), &away).unwrap();
    fs::remove_dir_all(&home.settings.data_dir).unwrap();
    let command = home.restoring(&away.join(data.file_name().unwrap()));
    let restored = home.restore(&command, 2 * DAY).await.unwrap();
    assert_eq!(restored.erased_again, 1);
    let store = home.store().await;
    let begun = store.unfinished_erasures().await.unwrap();
    assert_eq!(
        begun[0].subject.account(),
        Some(ada.to_string().as_str()),
        "the start of a server completes it before it answers"
    );
    store.close().await;
}

/// What the backup knows of the ledger says who was erased since, whatever the clock said.
#[tokio::test]
async fn a_clock_that_was_set_back_after_a_backup_brings_nobody_back() {
    let (home, ada) = Home::new().await;
    let hour = Duration::from_secs(60 * 60);
    let data = home.back_up(2 * hour).await;
    home.erase(ada, hour).await;
    let command = home.restoring(&data);
    let restored = home.restore(&command, 3 * hour).await.unwrap();
    assert_eq!(restored.erased_again, 1);
    assert!(home.has(ada).await, "until the server starts");
    home.complete_erasures(3 * hour).await;
    let later = home.back_up(4 * hour).await;
    let restored = home.restore(&home.restoring(&later), 5 * hour).await;
    assert_eq!(
        restored.unwrap().erased_again,
        0,
        "they are not in this one"
    );
}

#[tokio::test]
async fn without_a_ledger_nothing_is_restored_unless_that_is_wished() {
    let (home, ada) = Home::new().await;
    let data = home.back_up(Duration::ZERO).await;
    home.erase(ada, DAY).await;
    fs::remove_file(home.settings.backup_folder().join(folder::LEDGER)).unwrap();
    let command = home.restoring(&data);
    let none = home.restore(&command, 2 * DAY).await;
    assert!(matches!(none, Err(NoBackup::NoLedger(_))));
    assert!(!home.has(ada).await);
    let command = RestoreCommand {
        without_ledger: true,
        ..command
    };
    let restored = home.restore(&command, 2 * DAY).await.unwrap();
    assert_eq!(
        restored.erased_again, 1,
        "the data that is replaced has a ledger too"
    );
}

#[tokio::test]
async fn a_wrong_key_half_a_file_and_a_running_server_change_nothing() {
    let (home, ada) = Home::new().await;
    let data = home.back_up(Duration::ZERO).await;
    home.identity("other.txt");
    let other = RestoreCommand {
        identity: home.folder.path().join("other.txt"),
        ..home.restoring(&data)
    };
    let wrong = home.restore(&other, DAY).await;
    assert!(matches!(wrong, Err(NoBackup::WrongKey(_))), "{wrong:?}");
    fs::write(home.folder.path().join("other.txt"), "nothing").unwrap();
    let none = home.restore(&other, DAY).await;
    assert!(matches!(none, Err(NoBackup::NoIdentity(_))), "{none:?}");
    let bytes = fs::read(&data).unwrap();
    for length in [0, 10, bytes.len() / 2, bytes.len() - 1] {
        fs::write(&data, &bytes[..length]).unwrap();
        let half = home.restore(&home.restoring(&data), DAY).await;
        assert!(matches!(half, Err(NoBackup::Damaged(_))), "{half:?}");
    }
    fs::write(&data, &bytes).unwrap();
    let server = home.store().await;
    let running = home.restore(&home.restoring(&data), DAY).await;
    assert!(matches!(running, Err(NoBackup::Running)), "{running:?}");
    server.close().await;
    assert!(home.has(ada).await);
    let files = fs::read_dir(&home.settings.data_dir).unwrap();
    let names = files.map(|it| it.unwrap().file_name().to_string_lossy().into_owned());
    assert!(names.into_iter().all(|name| !name.contains("restoring")));
}

#[tokio::test]
async fn of_two_backups_at_once_the_second_says_so_and_harms_nothing() {
    let (home, ada) = Home::new().await;
    let store = home.store().await;
    let turn = turn::Turn::take(&home.settings).unwrap();
    let draft = home.settings.data_dir.join(make::DRAFT);
    fs::write(&draft, "half a copy").unwrap();
    let second = back_up(&home.settings, &store, START, &OsEntropy).await;
    assert!(matches!(second, Err(NoBackup::UnderWay)), "{second:?}");
    assert!(!destroy_leftovers(&home.settings).await.unwrap());
    assert_eq!(fs::read_to_string(&draft).unwrap(), "half a copy");
    drop(turn);
    store.close().await;
    let made = home.back_up(Duration::ZERO).await;
    let bytes = fs::read(&made).unwrap();
    let turn = turn::Turn::take(&home.settings).unwrap();
    let restored = home.restore(&home.restoring(&made), DAY).await;
    assert!(matches!(restored, Err(NoBackup::UnderWay)), "{restored:?}");
    drop(turn);
    let store = home.store().await;
    let again = back_up(&home.settings, &store, START, &OsEntropy).await;
    assert!(matches!(again, Err(NoBackup::Exists(_))), "{again:?}");
    assert_eq!(fs::read(&made).unwrap(), bytes);
    store.close().await;
    assert!(home.has(ada).await);
}

#[tokio::test]
async fn the_ledger_is_written_anew_when_one_line_leaves_and_another_comes() {
    let (home, _) = Home::new().await;
    let store = home.store().await;
    let line = |completed_at: Timestamp| LedgerLine {
        id: ReceiptId::new(completed_at, &OsEntropy).to_string(),
        subject: vec![7; 32],
        begun_at: completed_at,
        completed_at,
        counts: "{}".to_owned(),
    };
    let file = home.settings.backup_folder().join(folder::LEDGER);
    let mut told = None;
    let (first, minute) = (line(START), Duration::from_secs(60));
    store
        .take_in_ledger(std::slice::from_ref(&first))
        .await
        .unwrap();
    let now = START.after(31 * DAY - minute / 2);
    let keep = async |now, told: &mut Option<LedgerMark>| {
        let kept = keep::keep(&home.settings, &store, now, &OsEntropy, told);
        kept.await.unwrap();
        fs::read_to_string(&file).unwrap()
    };
    let written = keep(now, &mut told).await;
    assert!(written.contains(&first.id) && written.lines().count() == 1);
    let second = line(now);
    store
        .take_in_ledger(std::slice::from_ref(&second))
        .await
        .unwrap();
    let written = keep(now.after(minute), &mut told).await;
    assert!(written.contains(&second.id) && written.lines().count() == 1);
    store.close().await;
}

#[tokio::test]
async fn what_a_killed_backup_or_restore_has_left_is_destroyed() {
    let (home, _) = Home::new().await;
    let backups = home.settings.backup_folder();
    fs::create_dir_all(&backups).unwrap();
    let mut left: Vec<PathBuf> = Vec::new();
    let copying = home.settings.data_dir.join(make::DRAFT);
    for draft in [copying, restore::draft(&home.settings).unwrap()] {
        left.extend(leftovers::with_log(&draft));
    }
    left.push(home.settings.data_dir.join("sealing.part"));
    left.extend(["data", "key"].map(|end| {
        let data = folder::Pair::new(&backups, START).data;
        data.with_file_name(format!("unisono-20261122T000000Z.{end}.part"))
    }));
    for file in &left {
        fs::write(file, CANARY).unwrap();
    }
    let own = backups.join("mine.part");
    fs::write(&own, "of somebody else").unwrap();
    assert!(destroy_leftovers(&home.settings).await.unwrap());
    for file in &left {
        assert!(!file.exists(), "{}", file.display());
    }
    assert!(own.exists());
    assert!(home.settings.data_dir.join(store_part::KEY_FILE).exists());
}

#[tokio::test]
async fn a_backup_that_fails_leaves_neither_a_copy_nor_a_key() {
    let (home, _) = Home::new().await;
    let backups = home.settings.backup_folder();
    // The draft of the data cannot be made where a folder is.
    let data = folder::Pair::new(&backups, START).data;
    fs::create_dir_all(folder::draft_of(&data)).unwrap();
    let store = home.store().await;
    let failed = back_up(&home.settings, &store, START, &OsEntropy).await;
    assert!(matches!(failed, Err(NoBackup::File { .. })), "{failed:?}");
    store.close().await;
    let names: Vec<_> = fs::read_dir(&backups).unwrap().collect();
    assert_eq!(names.len(), 1, "the folder of the test alone: {names:?}");
    assert!(!home.settings.data_dir.join(make::DRAFT).exists());
}

/// Promise T39
#[tokio::test]
async fn a_backup_and_its_key_are_gone_after_30_days_and_a_copy_of_the_data_is_worth_nothing() {
    let (home, _) = Home::new().await;
    let data = home.back_up(Duration::ZERO).await;
    let key = folder::Pair::key_of(&data);
    let now = |after: Duration| START.after(after);
    destroy_old(&home, now(30 * DAY - Duration::from_secs(120)));
    assert!(data.is_file() && key.is_file());
    let copy = home.folder.path().join(data.file_name().unwrap());
    fs::copy(&data, &copy).unwrap();
    fs::copy(
        home.settings.backup_folder().join(folder::LEDGER),
        home.folder.path().join(folder::LEDGER),
    )
    .unwrap();
    let over = home.restore(&home.restoring(&data), 30 * DAY).await;
    assert!(matches!(over, Err(NoBackup::Over(_))), "{over:?}");
    destroy_old(&home, now(30 * DAY - Duration::from_secs(60)));
    assert!(!data.exists() && !key.exists());
    let none = home.restore(&home.restoring(&copy), 29 * DAY).await;
    assert!(matches!(none, Err(NoBackup::NoDayKey(_))), "{none:?}");
    let direct = RestoreCommand {
        key: Some(copy.clone()),
        ..home.restoring(&copy)
    };
    let closed = home.restore(&direct, 29 * DAY).await;
    assert!(matches!(closed, Err(NoBackup::WrongKey(_))), "{closed:?}");
}

fn destroy_old(home: &Home, now: Timestamp) {
    keep::destroy_old(&home.settings, now).unwrap();
}

#[tokio::test]
async fn settings_that_no_backup_could_be_made_with_are_named() {
    let part = |recipient: &str, keep_days| BackupPart {
        recipients: vec![recipient.to_owned()],
        keep_days,
        ..BackupPart::default()
    };
    let public = Identity::generate().to_public().to_string();
    assert!(part(&public, 30).check().is_ok());
    for days in [0, 31] {
        let bad = part(&public, days).check();
        assert!(matches!(bad, Err(NoBackup::Days)));
    }
    let bad = part("age1nobody", 30).check();
    assert!(matches!(bad, Err(NoBackup::Recipient(_))));
    let (mut home, _) = Home::new().await;
    home.settings.backup.recipients.clear();
    let store = home.store().await;
    let none = back_up(&home.settings, &store, START, &OsEntropy).await;
    assert!(matches!(none, Err(NoBackup::NoRecipient)));
    store.close().await;
    let url = "postgres://localhost/unisono".to_owned();
    home.settings.database_url = Some(Secret::new(url));
    let command = home.restoring(Path::new("x"));
    let refused = home.restore(&command, DAY).await.unwrap_err();
    assert!(refused.to_string().contains("pg_dump"), "{refused}");
}
