//! `unisono support`: what people wrote to whoever runs this, and answering it, whether or not the server runs.

use app::NotAnswered;
use base::{OsEntropy, Timestamp};
use clap::Subcommand;
use store::{Store, StoreError, ThreadRow};

/// Threads that one list shows.
const LISTED_MAX: u32 = 200;

/// What can be done with what people wrote. A thread is named by its reference.
#[derive(Subcommand)]
pub enum SupportCommand {
    /// List the threads, those that wait first, without what they say.
    List,
    /// Show what a thread says.
    Show {
        /// Its reference, as the list shows it.
        reference: String,
    },
    /// Answer a thread: the answer is mailed to whoever wrote, and the thread is closed.
    Answer {
        /// Its reference.
        reference: String,
        /// The answer, in whole sentences.
        text: String,
    },
    /// Close a thread without an answer.
    Close {
        /// Its reference.
        reference: String,
    },
}

/// Why nothing was done. Each message says what to do.
#[derive(Debug, thiserror::Error)]
pub enum NoThread {
    /// No thread has this reference.
    #[error(
        "no thread has this reference; whoever wrote it may have deleted it; see: unisono support list"
    )]
    Unknown,
    /// It is closed already.
    #[error("this thread is closed already")]
    Closed,
    /// It holds as much as one may.
    #[error("this thread holds as much as one may; ask whoever wrote to begin another")]
    Full,
    /// The outbox takes no more, so the answer cannot be mailed.
    #[error("the outbox is full, so nothing was answered or closed; see: unisono mail list")]
    OutboxFull,
    /// The answer says nothing.
    #[error("the answer is empty")]
    Empty,
    /// The database failed.
    #[error("the database failed: {0}; run: unisono doctor")]
    Store(#[from] StoreError),
}

impl SupportCommand {
    /// Does it, and gives what to print.
    pub async fn run(&self, store: &Store, now: Timestamp) -> Result<String, NoThread> {
        match self {
            Self::List => Ok(list(&store.threads(LISTED_MAX).await?, now)),
            Self::Show { reference } => show(store, &find(store, reference).await?).await,
            Self::Answer { reference, text } if text.trim().is_empty() => {
                find(store, reference).await?;
                Err(NoThread::Empty)
            }
            Self::Answer { reference, text } => {
                let thread = find(store, reference).await?;
                let answered = app::answer_support(store, &thread, text.trim(), now, &OsEntropy);
                match answered.await {
                    Ok(()) => Ok(format!("{reference} is answered and closed.")),
                    Err(NotAnswered::ThreadFull) => Err(NoThread::Full),
                    Err(NotAnswered::OutboxFull) => Err(NoThread::OutboxFull),
                    Err(NotAnswered::Store(error)) => Err(error.into()),
                }
            }
            Self::Close { reference } => {
                let thread = find(store, reference).await?;
                match store.close_thread(thread.id, now).await? {
                    true => Ok(format!("{reference} is closed.")),
                    false => Err(NoThread::Closed),
                }
            }
        }
    }
}

async fn find(store: &Store, reference: &str) -> Result<ThreadRow, NoThread> {
    let found = store.thread_by_reference(reference.trim()).await?;
    found.ok_or(NoThread::Unknown)
}

fn list(rows: &[ThreadRow], now: Timestamp) -> String {
    if rows.is_empty() {
        return "Nobody has written.".to_owned();
    }
    let lines = rows.iter().map(|row| {
        let hours = now.since(row.opened_at).as_secs() / 3_600;
        let state = match row.closed_at {
            Some(_) => "closed",
            None => "waits",
        };
        let by = match row.account {
            Some(_) => "a member",
            None => "a guest",
        };
        format!(
            "{}  {state:<6}  {:<8}  {:<5}  {by}, {hours} hours ago",
            row.reference, row.topic, row.language
        )
    });
    let lines: Vec<String> = lines.collect();
    lines.join("\n")
}

async fn show(store: &Store, row: &ThreadRow) -> Result<String, NoThread> {
    let messages = store.thread_messages(row.id).await?;
    let parts = messages.iter().map(|message| {
        let who = match message.is_answer {
            true => "You",
            false => "They",
        };
        let day: String = privacy::rfc3339(message.at).chars().take(10).collect();
        format!("{who}, on {day}:\n{}", message.text.expose())
    });
    let head = format!("{}  {}  {}", row.reference, row.topic, row.language);
    let parts: Vec<String> = std::iter::once(head).chain(parts).collect();
    Ok(parts.join("\n\n"))
}
