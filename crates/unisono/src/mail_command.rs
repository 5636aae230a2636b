//! `unisono mail`: the letters that wait. Where no mail server is set, the operator hands them over.

use std::time::Duration;

use base::{EntryId, Timestamp};
use clap::Subcommand;
use outbound::Letter;
use store::{MailRow, Store, StoreError};
use texts::Language;

/// Letters that one list shows.
const LISTED_MAX: u32 = 200;

/// What can be done with letters that wait.
#[derive(Debug, Subcommand)]
pub enum MailCommand {
    /// List the letters that wait, without what they say.
    List,
    /// Show one letter: to whom it goes, and what it says.
    Show {
        /// Its name, as the list shows it.
        id: String,
    },
}

/// Why there is no answer. Each message says what to do.
#[derive(Debug, thiserror::Error)]
pub enum NoMail {
    /// The database does not answer.
    #[error("the outbox can't be read: {0}; run: unisono doctor")]
    Store(#[from] StoreError),
    /// There is no such letter.
    #[error(
        "no letter of this name waits: it was sent, or its time is over; see: unisono mail list"
    )]
    NotThere,
    /// Another release wrote it.
    #[error("this letter can't be read: another release of the program wrote it")]
    Unreadable,
}

impl MailCommand {
    /// Does it, and gives what to print.
    pub async fn run(
        &self,
        store: &Store,
        site: &str,
        has_server: bool,
        now: Timestamp,
    ) -> Result<String, NoMail> {
        match self {
            Self::List => {
                let rows = store.mails(LISTED_MAX).await?;
                Ok(list(&rows, store.mail_count().await?, has_server, now))
            }
            Self::Show { id } => {
                let id: EntryId = id.parse().map_err(|_| NoMail::NotThere)?;
                let row = store.mail(id).await?.ok_or(NoMail::NotThere)?;
                show(&row, site)
            }
        }
    }
}

fn list(rows: &[MailRow], count: u64, has_server: bool, now: Timestamp) -> String {
    let mut lines = vec![match (count, has_server) {
        (0, _) => "No letter waits.".to_owned(),
        (count, true) => format!("{count} letters wait to be sent."),
        (count, false) => format!(
            "{count} letters wait. No mail server is set: set mail.host and public_url, or show each and hand it over."
        ),
    }];
    lines.extend(rows.iter().map(|row| {
        format!(
            "{}  {:<18} {:<5} tried {} times, kept for {}",
            row.id,
            row.template,
            row.language,
            row.attempts,
            span(row.expires_at.since(now))
        )
    }));
    lines.join("\n")
}

fn show(row: &MailRow, site: &str) -> Result<String, NoMail> {
    let read = Letter::from_outbox(&row.template, row.letter.expose());
    let (to, letter) = read.map_err(|_| NoMail::Unreadable)?;
    let language = Language::asked(Some(&row.language)).unwrap_or(Language::English);
    let drawn = letter.draw(language, site);
    Ok(format!(
        "To: {}\nSubject: {}\n\n{}",
        to.as_typed(),
        drawn.subject,
        drawn.text
    ))
}

/// A span as people say it, rounded down.
fn span(span: Duration) -> String {
    let minutes = span.as_secs() / 60;
    match minutes {
        0..=119 => format!("{minutes} min"),
        120..=2_879 => format!("{} hours", minutes / 60),
        _ => format!("{} days", minutes / 1_440),
    }
}

#[cfg(test)]
mod tests {
    use account::EmailAddress;
    use base::{Entropy, OsEntropy, Personal, Secret};
    use store::NewMail;

    use super::*;

    async fn store_with_letter(folder: &std::path::Path) -> (Store, EntryId) {
        let settings = store::Settings {
            sealing_key: Some(Secret::new(OsEntropy.bytes32())),
            ..store::Settings::at(folder.join("unisono.db").display().to_string())
        };
        let store = Store::open(&settings).await.unwrap();
        let id = EntryId::new(&OsEntropy);
        let letter = Letter::SignInCode {
            code: Secret::new("20406080".to_owned()),
        };
        let to = EmailAddress::parse("canary@example.org").unwrap();
        let mail = NewMail {
            id,
            account: None,
            template: letter.template().to_owned(),
            language: "en".to_owned(),
            letter: Personal::new(letter.to_outbox(&to)),
            created_at: Timestamp::from_unix_ms(0),
            expires_at: Timestamp::from_unix_ms(600_000),
        };
        assert!(store.put_mail(&mail).await.unwrap());
        (store, id)
    }

    #[tokio::test]
    async fn the_list_names_letters_and_only_show_tells_what_they_say() {
        let folder = tempfile::tempdir().unwrap();
        let (store, id) = store_with_letter(folder.path()).await;
        let now = Timestamp::from_unix_ms(60_000);
        let run =
            async |command: MailCommand| command.run(&store, "listen.example", false, now).await;
        let listed = run(MailCommand::List).await.unwrap();
        assert!(
            listed.contains(&id.to_string()) && listed.contains("kept for 9 min"),
            "{listed}"
        );
        assert!(
            !listed.contains("canary") && !listed.contains("20406080"),
            "{listed}"
        );
        let shown = run(MailCommand::Show { id: id.to_string() }).await.unwrap();
        for told in ["To: canary@example.org", "20406080", "listen.example"] {
            assert!(shown.contains(told), "{told} in {shown}");
        }
        let other = EntryId::new(&OsEntropy).to_string();
        let none = run(MailCommand::Show { id: other }).await;
        assert!(matches!(none, Err(NoMail::NotThere)));
    }

    #[test]
    fn spans_are_told_in_the_largest_fitting_measure() {
        let minutes = |count: u64| span(Duration::from_secs(count * 60));
        assert_eq!(minutes(9), "9 min");
        assert_eq!(minutes(150), "2 hours");
        assert_eq!(minutes(7 * 1_440), "7 days");
    }
}
