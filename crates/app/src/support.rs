//! Writing to whoever runs the installation: with or without an account, and without script.

use std::time::Duration;

use account::EmailAddress;
use base::{
    AccountId, ClientKey, Entropy, EntryId, Personal, Rate, ReferenceId, Secret, SharedThrottle,
    Timestamp,
};
use outbound::Letter;
use store::{Added, Store, StoreError, ThreadMessage, ThreadRow};

use crate::accounts::LiveSession;
use crate::accounts::new_mail;
use crate::typed::typed;
use crate::{App, Place};

/// The longest message in characters.
pub const SUPPORT_CHARS_MAX: usize = 4_000;
/// How often one client may write.
const WRITTEN: Rate = Rate::per(5, Duration::from_secs(60 * 60));
/// Clients whose writing is remembered.
const CLIENTS_MAX: usize = 10_000;
/// Threads of a member that are listed, the newest.
const LISTED_MAX: u32 = 50;

/// What a message may be about.
pub const SUPPORT_TOPICS: [&str; 5] = ["fault", "account", "privacy", "abuse", "other"];

/// Who wrote how often.
pub(crate) struct Written(SharedThrottle<ClientKey>);

impl Default for Written {
    fn default() -> Self {
        Self(SharedThrottle::new(WRITTEN, CLIENTS_MAX))
    }
}

/// What somebody writes.
pub struct Writing {
    /// One of [`SUPPORT_TOPICS`].
    pub topic: String,
    /// What it says.
    pub text: Personal<String>,
    /// Where the answer goes, for who is not signed in.
    pub contact: Option<Personal<String>>,
}

/// A thread, as whoever has its name sees it.
#[derive(Clone, Debug)]
pub struct SupportThread {
    /// Its name, which is all it takes to see and to delete it.
    pub id: EntryId,
    /// What may be quoted.
    pub reference: String,
    /// What it is about.
    pub topic: String,
    /// When it began.
    pub opened_at: Timestamp,
    /// Whether it waits for an answer.
    pub is_open: bool,
    /// What it says, in order; empty in lists.
    pub messages: Vec<SupportMessage>,
}

/// One message of a thread.
#[derive(Clone, Debug)]
pub struct SupportMessage {
    /// Whether the operator wrote it.
    pub is_answer: bool,
    /// What it says.
    pub text: Personal<String>,
    /// When.
    pub at: Timestamp,
}

/// Why a message was not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SupportRefusal {
    /// It is empty or too long, or about nothing that is known.
    #[error("the message is empty or too long")]
    BadMessage,
    /// Without an account an address is needed, and this is none.
    #[error("this is no e-mail address")]
    BadContact,
    /// This client wrote too often.
    #[error("too many messages")]
    TooMany {
        /// How long to wait.
        wait: Duration,
    },
    /// As many of guests wait for an answer as may.
    #[error("too many messages wait")]
    Full,
    /// As many of this member wait for an answer as may.
    #[error("too many messages of this member wait")]
    YoursWait,
    /// There is no such thread, or it is gone.
    #[error("there is no such thread")]
    NoThread,
    /// A failure of ours, named by its reference.
    #[error("something failed here; its reference is {0}")]
    Failed(ReferenceId),
}

impl App {
    /// Begins a thread. Its answer goes to the member's address, or to the one that was told.
    pub async fn write_to_support(
        &self,
        client: ClientKey,
        place: &Place,
        language: &str,
        session: Option<&LiveSession>,
        writing: Writing,
    ) -> Result<SupportThread, SupportRefusal> {
        let text = checked(&writing.text)?;
        let topic = SUPPORT_TOPICS.iter().find(|topic| **topic == writing.topic);
        let topic = topic.ok_or(SupportRefusal::BadMessage)?;
        let contact = match (session, &writing.contact) {
            (Some(_), _) => None,
            (None, Some(text)) => Some(
                EmailAddress::parse(text.expose().trim())
                    .map_err(|_| SupportRefusal::BadContact)?,
            ),
            (None, None) => return Err(SupportRefusal::BadContact),
        };
        self.count_writing(client)?;
        let now = self.now();
        let thread = ThreadRow {
            id: EntryId::new(self.entropy()),
            reference: self.reference().to_string(),
            account: session.map(LiveSession::account),
            contact,
            topic: (*topic).to_owned(),
            language: language.to_owned(),
            origin: place.origin.clone(),
            opened_at: now,
            closed_at: None,
        };
        let first = message(text, false, now, self.entropy());
        let kept = self.inner.store.open_thread(&thread, &first).await;
        match kept.map_err(|error| self.support_failure(&error))? {
            true => Ok(shown(thread, vec![first])),
            false => Err(too_many_wait(thread.account)),
        }
    }

    /// Adds to a thread, which then waits for an answer again.
    pub async fn write_again(
        &self,
        client: ClientKey,
        id: EntryId,
        text: &Personal<String>,
    ) -> Result<(), SupportRefusal> {
        let text = checked(text)?;
        self.count_writing(client)?;
        let message = message(text, false, self.now(), self.entropy());
        let added = self.inner.store.add_to_thread(id, &message, None).await;
        match added.map_err(|error| self.support_failure(&error))? {
            Added::Kept => Ok(()),
            // No letter comes with a message, so the outbox is not asked.
            Added::NoRoom | Added::OutboxFull => Err(SupportRefusal::NoThread),
            Added::TooManyWait { account } => Err(too_many_wait(account)),
        }
    }

    /// The thread of this name.
    pub async fn support_thread(&self, id: EntryId) -> Result<SupportThread, SupportRefusal> {
        let failed = |error: StoreError| self.support_failure(&error);
        let store = &self.inner.store;
        let thread = store.thread(id).await.map_err(failed)?;
        let thread = thread.ok_or(SupportRefusal::NoThread)?;
        let messages = store.thread_messages(id).await.map_err(failed)?;
        Ok(shown(thread, messages))
    }

    /// The member's threads, the newest first.
    pub async fn support_threads(
        &self,
        session: &LiveSession,
    ) -> Result<Vec<SupportThread>, SupportRefusal> {
        let threads = self.inner.store.threads_of(session.account(), LISTED_MAX);
        let threads = threads
            .await
            .map_err(|error| self.support_failure(&error))?;
        let views = threads.into_iter();
        Ok(views.map(|thread| shown(thread, Vec::new())).collect())
    }

    /// Deletes a thread for whoever has its name.
    pub async fn delete_support(&self, id: EntryId) -> Result<(), SupportRefusal> {
        let deleted = self.inner.store.delete_thread(id).await;
        deleted
            .map(|_| ())
            .map_err(|error| self.support_failure(&error))
    }

    fn count_writing(&self, client: ClientKey) -> Result<(), SupportRefusal> {
        let written = &self.inner.written.0;
        written
            .take(client, self.now())
            .map_err(|wait| SupportRefusal::TooMany { wait })
    }

    fn support_failure(&self, error: &StoreError) -> SupportRefusal {
        let reference = self.reference();
        tracing::error!(%reference, %error, "the store failed");
        SupportRefusal::Failed(reference)
    }
}

/// Why an answer was neither kept nor mailed.
#[derive(Debug, thiserror::Error)]
pub enum NotAnswered {
    /// The thread is gone, or holds as much as one may.
    #[error("the thread is gone or full")]
    ThreadFull,
    /// The outbox takes no more letters.
    #[error("the outbox is full")]
    OutboxFull,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Answers a thread: the answer is mailed to whoever wrote, and kept. What cannot be mailed is not kept either.
pub async fn answer_support(
    store: &Store,
    thread: &ThreadRow,
    text: &str,
    now: Timestamp,
    entropy: &dyn Entropy,
) -> Result<(), NotAnswered> {
    let of_account = match thread.account {
        Some(account) => store.account(account).await?,
        None => None,
    };
    let to = thread
        .contact
        .clone()
        .or_else(|| of_account.and_then(|row| row.email));
    let mail = to.map(|to| {
        let letter = Letter::SupportAnswered {
            answer: text.to_owned(),
            address: Secret::new(format!("{}/support/{}", thread.origin, thread.id)),
        };
        let language = &thread.language;
        new_mail(thread.account, &to, language, &letter, (now, entropy))
    });
    let answer = message(text.to_owned(), true, now, entropy);
    let added = store.add_to_thread(thread.id, &answer, mail.as_ref());
    match added.await? {
        Added::Kept => Ok(()),
        Added::OutboxFull => Err(NotAnswered::OutboxFull),
        Added::NoRoom | Added::TooManyWait { .. } => Err(NotAnswered::ThreadFull),
    }
}

const fn too_many_wait(account: Option<AccountId>) -> SupportRefusal {
    match account {
        Some(_) => SupportRefusal::YoursWait,
        None => SupportRefusal::Full,
    }
}

fn checked(text: &Personal<String>) -> Result<String, SupportRefusal> {
    let text = typed(text.expose());
    let is_fit = !text.is_empty() && text.chars().count() <= SUPPORT_CHARS_MAX;
    is_fit.then_some(text).ok_or(SupportRefusal::BadMessage)
}

fn message(text: String, is_answer: bool, at: Timestamp, entropy: &dyn Entropy) -> ThreadMessage {
    ThreadMessage {
        id: EntryId::new(entropy),
        is_answer,
        text: Personal::new(text),
        at,
    }
}

fn shown(thread: ThreadRow, messages: Vec<ThreadMessage>) -> SupportThread {
    let messages = messages.into_iter().map(|message| SupportMessage {
        is_answer: message.is_answer,
        text: message.text,
        at: message.at,
    });
    SupportThread {
        id: thread.id,
        reference: thread.reference,
        topic: thread.topic,
        opened_at: thread.opened_at,
        is_open: thread.closed_at.is_none(),
        messages: messages.collect(),
    }
}
