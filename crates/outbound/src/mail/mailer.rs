//! Hands letters to the operator's mail server (RFC 5321), encrypted unless it is this very machine.

use std::fs;
use std::time::Duration;

use account::EmailAddress;
use base::{Secret, Timestamp};
use lettre::message::Mailbox;
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Certificate, Tls, TlsParameters};
use lettre::transport::smtp::extension::ClientId;
use lettre::{AsyncSmtpTransport, AsyncTransport, Tokio1Executor};
use texts::Language;
use tokio::time::timeout;

use super::letter::Letter;
use super::message::Parts;
use crate::settings::{BadMailSettings, MailSettings, MailTls};

/// One command and its answer. RFC 5321 allows servers minutes; who is so slow is tried again later.
const ANSWER_MAX: Duration = Duration::from_secs(30);
/// All of one letter.
const LETTER_MAX: Duration = Duration::from_secs(90);

/// Why a letter was not taken. No text of the server is in it: those repeat addresses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotSent {
    /// The server will never take it: there is no such mailbox, or it is closed to us.
    #[error("the mail server refused the recipient with {0}")]
    Refused(u16),
    /// The server asks to be tried again, or something here must be put right first.
    #[error("the mail server answered {0}")]
    Later(u16),
    /// The server can't be reached, or broke off.
    #[error("the mail server can't be reached")]
    Unreachable,
    /// No encrypted connection could be made, and there is no other.
    #[error("the mail server could not be spoken to in secret")]
    NotSecret,
    /// The letter can't be written as a message.
    #[error("the letter can't be written")]
    Unwritable,
}

impl NotSent {
    /// Whether trying again is no use.
    #[must_use]
    pub const fn is_final(self) -> bool {
        matches!(self, Self::Refused(_) | Self::Unwritable)
    }
}

/// The way to the operator's mail server.
#[derive(Clone)]
pub struct Mailer {
    server: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
    site: String,
}

impl Mailer {
    /// Opens the way, if the settings name a server. Nothing is sent yet. Letters call the installation `site`.
    pub fn start(settings: &MailSettings, site: &str) -> Result<Option<Self>, BadMailSettings> {
        settings.check()?;
        if settings.host.is_empty() {
            return Ok(None);
        }
        let from: Mailbox = settings.from.parse().map_err(|_| BadMailSettings::From)?;
        let name = ClientId::Domain(from.email.domain().to_owned());
        let mut server = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(&settings.host)
            .tls(tls(settings)?)
            .port(settings.port())
            .hello_name(name)
            .timeout(Some(ANSWER_MAX));
        if let Some(password) = &settings.password {
            let user = settings.user.clone();
            server = server.credentials(Credentials::new(user, password.expose().clone()));
        }
        Ok(Some(Self {
            server: server.build(),
            from,
            site: site.to_owned(),
        }))
    }

    /// Hands one letter over. `unique` makes the name of the message.
    pub async fn send(
        &self,
        letter: &Letter,
        to: &EmailAddress,
        language: Language,
        at: Timestamp,
        unique: Secret<[u8; 16]>,
    ) -> Result<(), NotSent> {
        let parts = Parts {
            from: &self.from,
            site: &self.site,
            to,
            letter,
            language,
            at,
            unique: *unique.expose(),
        };
        let message = parts.message()?;
        match timeout(LETTER_MAX, self.server.send(message)).await {
            Ok(Ok(_)) => Ok(()),
            Ok(Err(error)) => Err(sorted(&error)),
            Err(_) => Err(NotSent::Unreachable),
        }
    }
}

/// Without TLS there is no authentication either: settings that would have it so are refused.
fn tls(settings: &MailSettings) -> Result<Tls, BadMailSettings> {
    let parameters = || {
        let mut builder = TlsParameters::builder(settings.host.clone());
        if let Some(file) = &settings.certificate {
            let pem = fs::read(file).map_err(|_| BadMailSettings::Certificate)?;
            let certificate =
                Certificate::from_pem(&pem).map_err(|_| BadMailSettings::Certificate)?;
            builder = builder.add_root_certificate(certificate);
        }
        builder.build().map_err(|_| BadMailSettings::Tls)
    };
    Ok(match settings.tls {
        MailTls::Starttls => Tls::Required(parameters()?),
        MailTls::Implicit => Tls::Wrapper(parameters()?),
        MailTls::None => Tls::None,
    })
}

fn sorted(error: &lettre::transport::smtp::Error) -> NotSent {
    match error.status().map(u16::from) {
        Some(code) if is_of_recipient(code) => NotSent::Refused(code),
        Some(code) => NotSent::Later(code),
        None if error.is_tls() || error.is_client() => NotSent::NotSecret,
        None => NotSent::Unreachable,
    }
}

/// No such mailbox, not here, over its quota for good, no such name, not accepted (RFC 5321, section 4.2.3; RFC 7504).
/// Other refusals, such as of our own password, are the operator's to put right.
const fn is_of_recipient(code: u16) -> bool {
    matches!(code, 550..=553 | 556)
}
