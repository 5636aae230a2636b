//! What an operator can set about mail.

use std::net::IpAddr;
use std::path::PathBuf;

use base::Secret;
use lettre::message::Mailbox;
use serde::{Deserialize, Serialize};

use super::{hidden, secret};

/// The mail server that letters are handed to. Without one they wait in the outbox, where the operator can read them.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct MailSettings {
    /// Its name. Empty: there is none.
    pub host: String,
    /// Its port. Unset: 587, or 465 with `tls = "implicit"`, or 25 with `tls = "none"`.
    pub port: Option<u16>,
    /// How the connection is encrypted.
    pub tls: MailTls,
    /// The user that it asks for. Empty: it asks for none.
    pub user: String,
    /// That user's password.
    #[serde(serialize_with = "hidden", deserialize_with = "secret")]
    pub password: Option<Secret<String>>,
    /// Who letters are from, such as `Unisono <noreply@listen.example>`.
    pub from: String,
    /// A certificate (PEM) that vouches for the server, beyond those that the system trusts.
    pub certificate: Option<PathBuf>,
}

/// How the connection to the mail server is encrypted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum MailTls {
    /// By STARTTLS, without which nothing is sent (RFC 3207).
    #[default]
    Starttls,
    /// From the first byte on (RFC 8314).
    Implicit,
    /// Not at all: only for a server on this machine.
    None,
}

/// Mail settings that can't be used. Each message says what to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadMailSettings {
    /// Nobody is named that letters are from.
    #[error("mail.from must be an address such as Unisono <noreply@listen.example>")]
    From,
    /// The host is no host's name.
    #[error("mail.host must be the name of a mail server, such as smtp.listen.example")]
    Host,
    /// The connection would be readable on its way.
    #[error(
        "mail.tls = \"none\" is for a mail server on this machine only; use \"starttls\" or \"implicit\""
    )]
    Readable,
    /// The password would be sent in the clear.
    #[error("mail.user and mail.password need mail.tls = \"starttls\" or \"implicit\"")]
    ReadablePassword,
    /// One of user and password is missing.
    #[error("mail.user and mail.password go together")]
    HalfUser,
    /// The certificate can't be read.
    #[error("mail.certificate must be a file with a certificate in PEM")]
    Certificate,
    /// TLS does not start.
    #[error("TLS for mail does not start: are mail.host and the system's certificates right?")]
    Tls,
}

impl MailSettings {
    /// The port as set, or the usual one.
    #[must_use]
    pub fn port(&self) -> u16 {
        self.port.unwrap_or(match self.tls {
            MailTls::Starttls => 587,
            MailTls::Implicit => 465,
            MailTls::None => 25,
        })
    }

    /// Whether a server can be reached by these.
    pub fn check(&self) -> Result<(), BadMailSettings> {
        if self.user.is_empty() != self.password.is_none() {
            return Err(BadMailSettings::HalfUser);
        }
        if self.host.is_empty() {
            return Ok(());
        }
        if url::Host::parse(&self.host).is_err() && self.host.parse::<IpAddr>().is_err() {
            return Err(BadMailSettings::Host);
        }
        let has_name = self.from.parse::<Mailbox>().is_ok();
        if !has_name || self.from.contains(['\r', '\n']) {
            return Err(BadMailSettings::From);
        }
        if self.tls == MailTls::None {
            let address = self.host.parse::<IpAddr>();
            let is_here = self.host == "localhost" || address.is_ok_and(|ip| ip.is_loopback());
            if !is_here {
                return Err(BadMailSettings::Readable);
            }
            if self.password.is_some() {
                return Err(BadMailSettings::ReadablePassword);
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings(host: &str, tls: MailTls) -> MailSettings {
        MailSettings {
            host: host.to_owned(),
            tls,
            from: "Unisono <noreply@listen.example>".to_owned(),
            ..MailSettings::default()
        }
    }

    #[test]
    fn nothing_is_sent_in_the_clear_beyond_this_machine() {
        for host in ["localhost", "127.0.0.1", "::1"] {
            assert_eq!(settings(host, MailTls::None).check(), Ok(()), "{host}");
        }
        for host in ["smtp.listen.example", "192.168.0.2", "localhost.example"] {
            let refused = Err(BadMailSettings::Readable);
            assert_eq!(settings(host, MailTls::None).check(), refused, "{host}");
            assert_eq!(settings(host, MailTls::Starttls).check(), Ok(()), "{host}");
        }
    }

    #[test]
    fn a_password_is_never_sent_in_the_clear_and_never_shown() {
        let with_password = MailSettings {
            user: "unisono".to_owned(),
            password: Some(Secret::new("canary".to_owned())),
            ..settings("localhost", MailTls::None)
        };
        let refused = Err(BadMailSettings::ReadablePassword);
        assert_eq!(with_password.check(), refused);
        let shown = serde_json::to_string(&with_password).unwrap() + &format!("{with_password:?}");
        assert!(!shown.contains("canary"), "{shown}");
        let without_user = MailSettings {
            user: String::new(),
            ..with_password
        };
        assert_eq!(without_user.check(), Err(BadMailSettings::HalfUser));
    }

    #[test]
    fn letters_are_from_somebody() {
        for from in ["", "noreply", "a@b.example\r\nBcc: c@d.example"] {
            let settings = MailSettings {
                from: from.to_owned(),
                ..settings("smtp.listen.example", MailTls::Starttls)
            };
            assert_eq!(settings.check(), Err(BadMailSettings::From), "{from}");
        }
        assert_eq!(MailSettings::default().check(), Ok(()), "no server is fine");
    }
}
