//! `unisono privacy requests`: what people have asked for, by mail or on their page, and how it was answered.

use std::path::PathBuf;
use std::time::Duration;

use account::EmailAddress;
use base::{EntryId, Personal, RequestId, Timestamp};
use clap::Subcommand;
use outbound::Letter;
use privacy::{RequestKind, Urgency, day};
use store::{AccountRow, Answered, Asked, NewMail, RequestAnswer, RequestRow};
use texts::Language;

use super::mail_file::{self, Sender};
use super::{Copied, Desk, LISTED_MAX, NotDone, read_text, said};

/// A mail may have lain for so long before somebody read it. An older date is not believed.
const LAIN_MAX: Duration = Duration::from_secs(90 * 24 * 60 * 60);

/// What can be done with requests.
#[derive(Debug, Subcommand)]
pub enum RequestsCommand {
    /// List requests: those without an answer first, the oldest first.
    List {
        /// Which page of the list.
        #[arg(long, default_value_t = 1)]
        page: u32,
    },
    /// Show what somebody wrote with a request, and where the answer goes.
    Show {
        /// The request.
        id: String,
    },
    /// Take in a request that came by mail, and ask its sender whether it was them.
    Open {
        /// The mail as a file with its headers; `-` reads it from standard input.
        mail: PathBuf,
        /// What is asked for: access, correction, erasure, restriction, portability, objection, review, child or other.
        #[arg(long, default_value = "other")]
        kind: String,
    },
    /// Note that the sender has answered with the code of the letter.
    Check {
        /// The request.
        id: String,
        /// The code.
        code: String,
    },
    /// Answer a request: the person gets a letter. Nothing is erased by it unless --erase-account says so.
    Answer {
        /// The request.
        id: String,
        /// What the letter says, in whole sentences.
        #[arg(long)]
        outcome: String,
        /// Writes a copy of everything of the account to this file, for an access or portability request.
        #[arg(long)]
        copy: Option<PathBuf>,
        /// Erases the account of whoever asks, with everything of it. A part of it is erased on their page, not here.
        #[arg(long)]
        erase_account: bool,
    },
}

/// What an answer is made of.
struct Answer<'a> {
    outcome: &'a str,
    copy: Option<&'a PathBuf>,
    erases_account: bool,
}

impl RequestsCommand {
    pub(super) async fn run(&self, desk: &Desk<'_>) -> Result<String, NotDone> {
        match self {
            Self::List { page } => list(desk, *page).await,
            Self::Show { id } => Ok(show(&find(desk, id).await?, desk.now)),
            Self::Open { mail, kind } => {
                let sender = mail_file::sender(&read_text(mail)?).ok_or(NotDone::NoMail)?;
                open(desk, &sender, read_kind(kind)?).await
            }
            Self::Check { id, code } => check(desk, id.parse()?, code).await,
            Self::Answer {
                id,
                outcome,
                copy,
                erase_account,
            } => {
                let answer = Answer {
                    outcome: said("--outcome", outcome)?,
                    copy: copy.as_ref(),
                    erases_account: *erase_account,
                };
                give(desk, &find(desk, id).await?, &answer).await
            }
        }
    }
}

fn read_kind(text: &str) -> Result<RequestKind, NotDone> {
    text.parse().map_err(|_| {
        let kinds: Vec<&str> = RequestKind::ALL.iter().map(|it| it.as_str()).collect();
        NotDone::BadKind(kinds.join(", "))
    })
}

async fn find(desk: &Desk<'_>, id: &str) -> Result<RequestRow, NotDone> {
    let found = desk.store.request(id.parse()?).await?;
    Ok(found.ok_or(base::BadId)?)
}

async fn list(desk: &Desk<'_>, page: u32) -> Result<String, NotDone> {
    let passed = page.saturating_sub(1).saturating_mul(LISTED_MAX);
    // One more than is shown tells whether there are more.
    let rows = desk.store.requests(passed, LISTED_MAX + 1).await?;
    if rows.is_empty() {
        return Ok(match passed {
            0 => "Nobody has asked for anything.".to_owned(),
            _ => "There are no more.".to_owned(),
        });
    }
    let shown = rows.iter().take(LISTED_MAX as usize);
    let mut lines: Vec<String> = shown.map(|row| line(row, desk.now)).collect();
    if rows.len() > LISTED_MAX as usize {
        let next = page.saturating_add(1);
        lines.push(format!(
            "There are more: unisono privacy requests list --page {next}"
        ));
    }
    Ok(lines.join("\n"))
}

fn line(row: &RequestRow, now: Timestamp) -> String {
    let state = match (row.answered_at, row.checked_at) {
        (Some(at), _) => format!("answered on {}", day(at)),
        (None, checked) => {
            let due = row.asked_at.after(Urgency::ANSWER_WITHIN);
            let checked = match checked {
                Some(_) => "checked",
                None => "NOT CHECKED",
            };
            let hurry = match Urgency::of(row.asked_at, now) {
                Urgency::Calm => "in time",
                Urgency::Soon => "WARNING: soon due",
                Urgency::Now => "RED: due at once",
                Urgency::Late => "RED: LATE",
            };
            format!("due on {}  {hurry}  {checked}", day(due))
        }
    };
    let from = match row.account {
        Some(account) => account.to_string(),
        None => "no account".to_owned(),
    };
    format!(
        "{}  {:<12} asked on {}  {state}  {from}",
        row.id,
        row.kind.as_str(),
        day(row.asked_at)
    )
}

fn show(row: &RequestRow, now: Timestamp) -> String {
    let said = |text: &Option<Personal<String>>, none: &str| {
        text.as_ref()
            .map_or_else(|| none.to_owned(), |it| it.expose().clone())
    };
    let contact = said(&row.contact, "the address of the account");
    let message = said(&row.message, "(no words)");
    format!("{}\nAnswer to: {contact}\n\n{message}", line(row, now))
}

async fn open(desk: &Desk<'_>, sender: &Sender, kind: RequestKind) -> Result<String, NotDone> {
    let owner = desk.store.account_by_email(&sender.address).await?;
    let is_believed = |sent: &Timestamp| *sent <= desk.now && desk.now.since(*sent) <= LAIN_MAX;
    let request = RequestRow {
        id: RequestId::new(desk.now, desk.entropy),
        account: owner.as_ref().map(|owner| owner.id),
        kind,
        message: None,
        contact: Some(Personal::new(sender.address.as_typed().to_owned())),
        // The clock runs from when it was sent, not from when it was taken in.
        asked_at: sender.sent_at.filter(is_believed).unwrap_or(desk.now),
        checked_at: None,
        answered_at: None,
        outcome: None,
    };
    let code = app::request_code(desk.store, request.id, desk.entropy).await?;
    let letter = Letter::RequestCheck {
        proof: code,
        day: day(request.asked_at),
    };
    let asks = mail(desk, owner.as_ref(), &sender.address, &letter);
    match desk.store.take_in_request(&request, &asks).await? {
        Asked::Done => {}
        Asked::NoAccount => return Err(NotDone::NoAccount),
        Asked::NoRoom => return Err(NotDone::OutboxFull),
    }
    Ok(format!(
        "{}\nA letter with a code goes to its sender. When they answer with it: unisono privacy requests check {} CODE",
        line(&request, desk.now),
        request.id
    ))
}

async fn check(desk: &Desk<'_>, id: RequestId, code: &str) -> Result<String, NotDone> {
    let right = app::request_code(desk.store, id, desk.entropy).await?;
    if !app::is_code(&right, code) {
        return Err(NotDone::WrongCode);
    }
    match desk.store.check_request(id, desk.now).await? {
        true => Ok(format!("{id} comes from who it says.")),
        false => Err(NotDone::NotOpen),
    }
}

async fn give(
    desk: &Desk<'_>,
    request: &RequestRow,
    answer: &Answer<'_>,
) -> Result<String, NotDone> {
    if request.checked_at.is_none() || request.answered_at.is_some() {
        return Err(NotDone::NotOpen);
    }
    let owner = match request.account {
        Some(id) => desk.store.account(id).await?,
        None => None,
    };
    if owner.is_none() && (answer.erases_account || answer.copy.is_some()) {
        return Err(NotDone::NoAccount);
    }
    let copy = match (answer.copy, &owner) {
        (Some(file), Some(owner)) => {
            let archive = app::copy_of_account(desk.store, owner.id, desk.now).await?;
            Some(Copied::draft(file, &archive)?)
        }
        _ => None,
    };
    let letter = letter_of(desk, request, owner.as_ref(), answer.outcome);
    let erases = owner.filter(|_| answer.erases_account);
    let whole = RequestAnswer {
        outcome: answer.outcome,
        letter: letter.as_ref(),
        erases: erases.as_ref().map(|owner| owner.id),
    };
    let answered = desk.store.answer_request(request.id, &whole, desk.now);
    match answered.await? {
        Answered::Done => {}
        Answered::NotOpen => return Err(NotDone::NotOpen),
        Answered::NoAccount => return Err(NotDone::NoAccount),
        Answered::OutboxFull => return Err(NotDone::OutboxFull),
    }
    let mut done = vec![format!("{} is answered.", request.id)];
    let told = match letter {
        Some(_) => "A letter says so.",
        None => "There is no address that could be written to.",
    };
    done.push(told.to_owned());
    done.extend(erases.map(|_| {
        "Everything of the account is erased within a minute, or when the server starts.".to_owned()
    }));
    let done = done.join("\n");
    match copy {
        Some(copy) => copy.put(done),
        None => Ok(done),
    }
}

/// The letter with the answer, where there is an address.
fn letter_of(
    desk: &Desk<'_>,
    request: &RequestRow,
    owner: Option<&AccountRow>,
    outcome: &str,
) -> Option<NewMail> {
    let contact = request.contact.as_ref().map(|it| it.expose().as_str());
    let contact = contact.and_then(|text| EmailAddress::parse(text).ok());
    let address = contact.or_else(|| owner.and_then(|owner| owner.email.clone()))?;
    let letter = Letter::RequestAnswered {
        answer: outcome.to_owned(),
        day: day(request.asked_at),
    };
    Some(mail(desk, owner, &address, &letter))
}

/// A letter to an address, in the language of the account if there is one. It outlives the account's erasure, and is deleted
/// once it is sent.
fn mail(
    desk: &Desk<'_>,
    owner: Option<&AccountRow>,
    to: &EmailAddress,
    letter: &Letter,
) -> NewMail {
    let language = owner.map_or(Language::English, app::language_of);
    NewMail {
        id: EntryId::new(desk.entropy),
        account: None,
        template: letter.template().to_owned(),
        language: language.tag().to_owned(),
        letter: Personal::new(letter.to_outbox(to)),
        created_at: desk.now,
        expires_at: desk.now.after(letter.life()),
    }
}
