//! `unisono account`: what the admin page does, from the command line, whether or not the server runs.

mod letters;

use account::{AccountAct, EmailAddress, OperatorAct, Rank};
use base::{AccountId, Clock, EntryId, OsEntropy, SystemClock, Timestamp};
use clap::Subcommand;
use store::{AccountRow, ActRow, Store, StoreError};

use crate::settings::Settings;

/// Accounts that `list` shows in one go.
const LISTED_MAX: u32 = 500;

/// What can be done with accounts. An account is named by its exact address or its id.
#[derive(Subcommand)]
pub enum AccountCommand {
    /// List accounts by id, without addresses: the oldest first.
    List {
        /// Begin after this id.
        #[arg(long)]
        after: Option<String>,
    },
    /// Show how an account can be signed in to, and on how many devices it is.
    Show {
        /// Address or id.
        account: String,
    },
    /// Make an account an operator.
    Promote {
        /// Address or id.
        account: String,
    },
    /// Make an operator an ordinary member. The last operator stays one.
    Demote {
        /// Address or id.
        account: String,
    },
    /// Lock an account: it is signed out everywhere and cannot sign in.
    Lock {
        /// Address or id.
        account: String,
    },
    /// Unlock an account.
    Unlock {
        /// Address or id.
        account: String,
    },
    /// Sign an account out everywhere.
    SignOut {
        /// Address or id.
        account: String,
    },
    /// Mail the owner of an account where they fetch the copy of their data. You do not see it.
    SendCopy {
        /// Address or id.
        account: String,
    },
    /// Invite the owner of an address to make an account, where only the invited may: prints a link, or mails it.
    Invite {
        /// Their address. Nothing is kept of it.
        address: String,
        /// Mails the link, in this language: en, ru or ar.
        #[arg(long)]
        mail_in: Option<String>,
    },
    /// Erase an account and everything of it, for good.
    Erase {
        /// Address or id.
        account: String,
    },
}

/// Why nothing was done. Each message says what to do.
#[derive(Debug, thiserror::Error)]
pub enum NoAccount {
    /// No account has this address or id.
    #[error(
        "no account has this address or id; addresses must be exact, ids are listed by: unisono account list"
    )]
    Unknown,
    /// The id after which the list should begin is none.
    #[error("--after takes an id as listed before")]
    BadId,
    /// Somebody must be able to run the installation.
    #[error("this is the last operator; promote another account first")]
    LastOperator,
    /// Whoever runs the installation does not vanish by a slip.
    #[error("this is an operator; make it an ordinary member first: unisono account demote")]
    Operator,
    /// An invitation would open nothing.
    #[error(
        "invitations count where accounts.registration = \"invited\"; set it and start the server again"
    )]
    NotByInvitation,
    /// The link has no beginning.
    #[error("set public_url: a link that is passed on begins with it; or do it at /admin")]
    NoPublicAddress,
    /// The text is no address.
    #[error("this is not an address of electronic mail")]
    BadAddress,
    /// Letters are not written in it.
    #[error("letters are written in: en, ru, ar")]
    BadLanguage,
    /// Nothing can be mailed to the owner.
    #[error("no mail reaches the owner of this account: it has no address")]
    NoAddress,
    /// Too many letters wait.
    #[error("too many letters wait; see: unisono mail list")]
    OutboxFull,
    /// The database failed.
    #[error("the database failed: {0}; run: unisono doctor")]
    Store(#[from] StoreError),
}

impl AccountCommand {
    /// Does it, and says what was done.
    pub async fn run(&self, store: &Store, settings: &Settings) -> Result<String, NoAccount> {
        match self {
            Self::List { after } => list(store, after.as_deref()).await,
            Self::Show { account } => show(store, &find(store, account).await?).await,
            Self::Promote { account } => rank(store, account, Rank::Operator).await,
            Self::Demote { account } => rank(store, account, Rank::Member).await,
            Self::Lock { account } => lock(store, account, Some(SystemClock.now())).await,
            Self::Unlock { account } => lock(store, account, None).await,
            Self::Erase { account } => erase(store, account).await,
            Self::SendCopy { account } => letters::send_copy(store, settings, account).await,
            Self::Invite { address, mail_in } => {
                letters::invite(store, settings, address, mail_in.as_deref()).await
            }
            Self::SignOut { account } => {
                let row = find(store, account).await?;
                note(store, AccountAct::SignOut, Some(row.id)).await?;
                let ended = store.delete_sessions(row.id, None).await?;
                Ok(format!(
                    "{} is signed out on {} devices.",
                    row.id,
                    ended.len()
                ))
            }
        }
    }
}

async fn find(store: &Store, text: &str) -> Result<AccountRow, NoAccount> {
    let found = match (text.parse::<AccountId>(), EmailAddress::parse(text)) {
        (Ok(id), _) => store.account(id).await?,
        (_, Ok(email)) => store.account_by_email(&email).await?,
        _ => None,
    };
    found.ok_or(NoAccount::Unknown)
}

async fn list(store: &Store, after: Option<&str>) -> Result<String, NoAccount> {
    let after = after.map(str::parse).transpose();
    let rows = store
        .accounts(after.map_err(|_| NoAccount::BadId)?, LISTED_MAX)
        .await?;
    if rows.is_empty() {
        return Ok("There are no accounts.".to_owned());
    }
    let lines: Vec<String> = rows.iter().map(line).collect();
    Ok(lines.join("\n"))
}

fn line(row: &AccountRow) -> String {
    let marks = [
        row.locked_at.map(|_| "locked"),
        row.restricted_at.map(|_| "restricted"),
        row.erase_at.map(|_| "to be erased"),
    ];
    let marks: Vec<&str> = marks.into_iter().flatten().collect();
    let line = format!("{}  {:<8}  {}", row.id, row.rank.as_str(), marks.join(", "));
    line.trim_end().to_owned()
}

async fn show(store: &Store, row: &AccountRow) -> Result<String, NoAccount> {
    let ways = store.ways_in(row.id).await?;
    let sessions = store.sessions(row.id).await?.len();
    let yes = |is: bool| if is { "yes" } else { "no" };
    Ok(format!(
        "{}\n  address          {}\n  password         {}\n  passkeys         {}\n  second factor    {}\n  \
         recovery codes   {}\n  linked services  {}\n  signed in on     {sessions} devices",
        line(row),
        yes(ways.has_email),
        yes(ways.has_password),
        ways.passkeys,
        yes(ways.has_totp),
        ways.recovery_codes_left,
        ways.identities,
    ))
}

async fn rank(store: &Store, account: &str, rank: Rank) -> Result<String, NoAccount> {
    let row = find(store, account).await?;
    match store.set_rank(row.id, rank).await? {
        true => Ok(format!("{} is now: {}.", row.id, rank.as_str())),
        false => Err(NoAccount::LastOperator),
    }
}

async fn lock(
    store: &Store,
    account: &str,
    locked_at: Option<Timestamp>,
) -> Result<String, NoAccount> {
    let row = find(store, account).await?;
    let act = match locked_at {
        Some(_) => AccountAct::Lock,
        None => AccountAct::Unlock,
    };
    note(store, act, Some(row.id)).await?;
    if !store.set_locked(row.id, locked_at).await? {
        return Err(NoAccount::Unknown);
    }
    Ok(match locked_at {
        Some(_) => format!("{} is locked and signed out everywhere.", row.id),
        None => format!("{} can sign in again.", row.id),
    })
}

/// The server that runs, or the next that starts, takes it out of rooms first and leaves nothing.
async fn erase(store: &Store, account: &str) -> Result<String, NoAccount> {
    let row = find(store, account).await?;
    if row.rank == Rank::Operator {
        return Err(NoAccount::Operator);
    }
    note(store, AccountAct::Erase, None).await?;
    let now = SystemClock.now();
    store.set_locked(row.id, Some(now)).await?;
    store.set_erase_at(row.id, Some(now)).await?;
    Ok(format!(
        "{} is signed out, and everything of it is erased within a minute, or when the server starts.",
        row.id
    ))
}

/// Writes down what is done, for operators and for the owner of the account. What is erased leaves no name behind, and who is invited has no account.
async fn note(
    store: &Store,
    act: impl Into<OperatorAct>,
    account: Option<AccountId>,
) -> Result<(), NoAccount> {
    let row = ActRow {
        id: EntryId::new(&OsEntropy),
        act: act.into(),
        actor: None,
        account,
        at: SystemClock.now(),
    };
    Ok(store.insert_act(&row).await?)
}

#[cfg(test)]
mod tests {
    use base::Secret;
    use store::NewAccount;

    use super::*;

    pub(super) async fn store_with(folder: &std::path::Path, members: &[(&str, Rank)]) -> Store {
        let file = folder.join("unisono.db").display().to_string();
        let settings = store::Settings {
            sealing_key: Some(Secret::new([7; 32])),
            ..store::Settings::at(file)
        };
        let store = Store::open(&settings).await.unwrap();
        for &(address, rank) in members {
            let now = SystemClock.now();
            let new = NewAccount {
                id: AccountId::new(now, &OsEntropy),
                email: Some(EmailAddress::parse(address).unwrap()),
                rank,
                language: None,
                agreed_version: "1".to_owned(),
                password_hash: Some(Secret::new("$2b$04$made.up.hash".to_owned())),
                passkey: None,
                identity: None,
                invitation: None,
                created_at: now,
            };
            store.create_account(&new).await.unwrap();
        }
        store
    }

    fn of(account: &str) -> String {
        account.to_owned()
    }

    #[tokio::test]
    async fn the_list_shows_no_address_and_show_takes_an_exact_one() {
        let folder = tempfile::tempdir().unwrap();
        let store = store_with(folder.path(), &[("canary@example.org", Rank::Member)]).await;
        let list = AccountCommand::List { after: None }
            .run(&store, &Settings::default())
            .await
            .unwrap();
        assert!(
            list.contains("member") && !list.contains("canary"),
            "{list}"
        );
        let account = of("Canary@EXAMPLE.org");
        let shown = AccountCommand::Show { account }
            .run(&store, &Settings::default())
            .await
            .unwrap();
        assert!(
            shown.contains("password         yes") && !shown.contains("canary"),
            "{shown}"
        );
        let account = of("canary@example");
        let none = AccountCommand::Show { account }
            .run(&store, &Settings::default())
            .await;
        assert!(matches!(none, Err(NoAccount::Unknown)));
        let after = Some(of("canary@example.org"));
        let none = AccountCommand::List { after }
            .run(&store, &Settings::default())
            .await;
        assert!(matches!(none, Err(NoAccount::BadId)));
    }

    #[tokio::test]
    async fn an_account_is_locked_and_unlocked_and_the_last_operator_stays() {
        let folder = tempfile::tempdir().unwrap();
        let members = [
            ("op@example.org", Rank::Operator),
            ("ben@example.org", Rank::Member),
        ];
        let store = store_with(folder.path(), &members).await;
        let run = async |command: AccountCommand| command.run(&store, &Settings::default()).await;
        let ben = || of("ben@example.org");
        let is_locked = async || {
            let shown = run(AccountCommand::Show { account: ben() }).await;
            shown.unwrap().contains("locked")
        };
        run(AccountCommand::Lock { account: ben() }).await.unwrap();
        assert!(is_locked().await);
        run(AccountCommand::Unlock { account: ben() })
            .await
            .unwrap();
        assert!(!is_locked().await);
        let demote = || AccountCommand::Demote {
            account: of("op@example.org"),
        };
        let last = run(demote()).await;
        assert!(matches!(last, Err(NoAccount::LastOperator)));
        run(AccountCommand::Promote { account: ben() })
            .await
            .unwrap();
        assert!(run(demote()).await.unwrap().ends_with("member."));
        let acts = store.acts(10).await.unwrap();
        let of = |act: AccountAct| acts.iter().filter(move |row| row.act == act.into()).count();
        assert_eq!((of(AccountAct::Lock), of(AccountAct::Unlock)), (1, 1));
        let account = "ben@example.org".to_owned();
        let refused = run(AccountCommand::Erase { account }).await;
        assert!(matches!(refused, Err(NoAccount::Operator)));
        let account = "op@example.org".to_owned();
        run(AccountCommand::Erase { account }).await.unwrap();
        let acts = store.acts(10).await.unwrap();
        let erased = acts.iter().find(|row| row.act == AccountAct::Erase.into());
        assert_eq!(erased.unwrap().account, None);
    }
}
