//! What people ask for, and until when they must be answered.

use account::{Act, TicketKind};
use base::{AccountId, Personal, RequestId, TicketId, Timestamp};
use outbound::Letter;
use privacy::{RequestKind, Urgency};
use serde::{Deserialize, Serialize};
use store::RequestRow;

use crate::accounts::{Begun, Caller, read_email};
use crate::typed::typed;
use crate::{AccountRefusal, App, LiveSession};

/// Requests of one member that are shown, and that may wait for an answer at once.
const REQUESTS_MAX: u32 = 20;
/// Requests of all people without an account that may wait for an answer at once. They are no bound for members.
const GUEST_REQUESTS_MAX: u32 = 1_000;
/// The longest message with a request, in characters.
pub const MESSAGE_CHARS_MAX: usize = 2_000;

/// A request, as whoever asked sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequestView {
    /// Its name.
    pub id: RequestId,
    /// What was asked for.
    pub kind: RequestKind,
    /// When.
    pub asked_at: Timestamp,
    /// Until when it must be answered.
    pub due_at: Timestamp,
    /// How much time is left; none is needed once it is answered.
    pub urgency: Option<Urgency>,
    /// When it was answered.
    pub answered_at: Option<Timestamp>,
    /// How.
    pub outcome: Option<String>,
}

impl RequestView {
    fn of(row: RequestRow, now: Timestamp) -> Self {
        let asked_at = row.asked_at;
        Self {
            id: row.id,
            kind: row.kind,
            asked_at,
            due_at: asked_at.after(Urgency::ANSWER_WITHIN),
            urgency: row
                .answered_at
                .is_none()
                .then(|| Urgency::of(asked_at, now)),
            answered_at: row.answered_at,
            outcome: row.outcome,
        }
    }
}

/// What is kept of a request by mail until the address is proved.
#[derive(Serialize, Deserialize)]
struct Unproved {
    kind: String,
    message: String,
    email: String,
}

/// Who asks, and where the answer goes.
pub(super) enum Asker {
    /// A member, who sees it on the page.
    Member(AccountId),
    /// Somebody without an account, who reads mail there.
    Mailbox(Personal<String>),
}

impl App {
    /// What the member has asked for, the latest first.
    pub async fn requests_of(
        &self,
        session: &LiveSession,
    ) -> Result<Vec<RequestView>, AccountRefusal> {
        let rows = self
            .inner
            .store
            .requests_of(session.account(), REQUESTS_MAX)
            .await;
        let rows = rows.map_err(|error| self.account_failure(&error))?;
        let now = self.now();
        Ok(rows
            .into_iter()
            .map(|row| RequestView::of(row, now))
            .collect())
    }

    /// Takes down what a member asks for. Who they are is known.
    pub async fn ask_for(
        &self,
        session: &LiveSession,
        kind: RequestKind,
        message: &Personal<String>,
    ) -> Result<(), AccountRefusal> {
        let message = tidy(message.expose())?;
        self.take_down(Asker::Member(session.account()), kind, message)
            .await
    }

    /// Mails a code to somebody who asks without an account. Nothing is taken down before the code comes back.
    pub async fn begin_request(
        &self,
        caller: &Caller,
        kind: RequestKind,
        email: &Personal<String>,
        message: &Personal<String>,
    ) -> Result<Begun, AccountRefusal> {
        let email = read_email(email.expose())?;
        tidy(message.expose())?;
        let act = Act::OwnMail(self.key_of_address(&email));
        self.admit(caller, act, None).await?;
        let state = Unproved {
            kind: kind.to_string(),
            message: message.expose().clone(),
            email: email.as_typed().to_owned(),
        };
        let (begun, code) = self
            .begin_code_step(TicketKind::Request, None, &state)
            .await?;
        let letter = Letter::RequestCode { code };
        self.post(None, &email, caller.language, letter).await?;
        Ok(begun)
    }

    /// The code came back: the request counts from now.
    pub async fn finish_request(
        &self,
        caller: &Caller,
        ticket: TicketId,
        code: &str,
    ) -> Result<(), AccountRefusal> {
        self.admit(caller, Act::Ticket, None).await?;
        let finished = self
            .finish_code_step::<Unproved>(TicketKind::Request, ticket, code)
            .await?;
        let Unproved {
            kind,
            message,
            email,
        } = finished.state;
        let kind = kind.parse().map_err(|_| AccountRefusal::TicketOver)?;
        let asker = Asker::Mailbox(Personal::new(email));
        self.take_down(asker, kind, tidy(&message)?).await
    }

    /// Takes a request down. Who asks is known, so its time runs from now.
    pub(super) async fn take_down(
        &self,
        asker: Asker,
        kind: RequestKind,
        message: Option<Personal<String>>,
    ) -> Result<(), AccountRefusal> {
        let (account, contact) = match asker {
            Asker::Member(account) => (Some(account), None),
            Asker::Mailbox(address) => (None, Some(address)),
        };
        let waiting_max = match account {
            Some(_) => REQUESTS_MAX,
            None => GUEST_REQUESTS_MAX,
        };
        let now = self.now();
        let request = RequestRow {
            id: RequestId::new(now, self.entropy()),
            account,
            kind,
            message,
            contact,
            asked_at: now,
            checked_at: Some(now),
            answered_at: None,
            outcome: None,
        };
        let kept = self.inner.store.insert_request(&request, waiting_max).await;
        match kept.map_err(|error| self.account_failure(&error))? {
            true => Ok(()),
            false => Err(AccountRefusal::TooMany),
        }
    }
}

/// A message; nothing of an empty one.
fn tidy(message: &str) -> Result<Option<Personal<String>>, AccountRefusal> {
    let message = typed(message);
    let chars = message.chars().count();
    if chars > MESSAGE_CHARS_MAX {
        let chars_max = MESSAGE_CHARS_MAX;
        return Err(AccountRefusal::TextTooLong { chars, chars_max });
    }
    Ok((!message.is_empty()).then(|| Personal::new(message)))
}
