//! The letters that there are. What is not in this list is never sent.

mod kind;

use std::collections::BTreeMap;
use std::time::Duration;

use account::EmailAddress;
use base::Secret;

pub use kind::{BadLetter, LetterKind};

/// A letter with what it tells. Whoever reads it may use it, so it does not print.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Letter {
    /// Proves the address of a new account.
    RegistrationCode {
        /// What is typed in.
        code: Secret<String>,
    },
    /// Somebody tried to register an address that has an account.
    AccountThere,
    /// Leads to where somebody who was invited makes an account.
    Invitation {
        /// The page, with the invitation.
        address: Secret<String>,
    },
    /// Signs in.
    SignInCode {
        /// What is typed in.
        code: Secret<String>,
    },
    /// Proves again who is there.
    ConfirmCode {
        /// What is typed in.
        code: Secret<String>,
    },
    /// Leads to a new password.
    ResetLink {
        /// The page, with its secret.
        address: Secret<String>,
    },
    /// Proves another address of an account.
    NewAddressCode {
        /// What is typed in.
        code: Secret<String>,
    },
    /// Proves the address of somebody who asks for something about their data, without an account.
    RequestCode {
        /// What is typed in.
        code: Secret<String>,
    },
    /// Tells the old address that there is another one.
    AddressChanged {
        /// The family of the device that did it.
        device: String,
    },
    /// A device that was not seen before signed in.
    NewSignIn {
        /// Its family.
        device: String,
    },
    /// The password is another one.
    PasswordChanged {
        /// The family of the device that did it.
        device: String,
    },
    /// There is another way in.
    FactorAdded {
        /// The family of the device that did it.
        device: String,
    },
    /// There is one way in less.
    FactorRemoved {
        /// The family of the device that did it.
        device: String,
    },
    /// A recovery code was used.
    RecoveryCodeUsed {
        /// The family of the device that did it.
        device: String,
    },
    /// An account is to be erased in some days.
    ErasurePlanned {
        /// The day.
        day: String,
        /// The family of the device that did it.
        device: String,
    },
    /// All of an account is gone.
    Erased {
        /// What stands for the erasure in the ledger.
        receipt: String,
    },
    /// Asks once more whether mails about a host are wanted.
    FollowConfirm {
        /// What the host calls itself.
        host: String,
        /// The page, with its secret.
        address: Secret<String>,
    },
    /// A host that the person follows has opened a room.
    RoomOpened {
        /// What the host calls itself.
        host: String,
        /// The room.
        address: Secret<String>,
        /// The page that stops these mails, with its secret.
        stop: Secret<String>,
    },
    /// The copy of the person's data can be fetched.
    ExportReady {
        /// The page where.
        address: Secret<String>,
    },
    /// The privacy policy says something new.
    PolicyChanged {
        /// From when.
        day: String,
    },
    /// Data about the person was seen, changed or lost: what GDPR, Article 34(2), wants to be told.
    Breach {
        /// What happened, in whole sentences.
        event: String,
        /// The kinds of data.
        kinds: String,
        /// What is likely to follow.
        consequences: String,
        /// What was done and is planned against it.
        measures: String,
        /// Who is asked for more.
        contact: String,
    },
    /// Data about the person was given to an authority.
    LegalRequest {
        /// Which one.
        authority: String,
        /// What it calls its request.
        file: String,
        /// When.
        day: String,
    },
    /// Somebody asked by mail for something that only the person may have.
    RequestCheck {
        /// What is mailed back.
        proof: Secret<String>,
        /// When it was asked for.
        day: String,
    },
    /// What was asked for is answered.
    RequestAnswered {
        /// How, in whole sentences.
        answer: String,
        /// When it was asked for.
        day: String,
    },
    /// What somebody wrote to whoever runs the installation is answered.
    SupportAnswered {
        /// What the answer says.
        answer: String,
        /// The page of the thread, whose name is its secret.
        address: Secret<String>,
    },
}

/// What a letter tells, by name.
type Values<'a> = BTreeMap<&'static str, &'a str>;

impl Letter {
    /// What it is about.
    #[must_use]
    pub const fn kind(&self) -> LetterKind {
        match self {
            Self::RegistrationCode { .. } => LetterKind::RegistrationCode,
            Self::AccountThere => LetterKind::AccountThere,
            Self::Invitation { .. } => LetterKind::Invitation,
            Self::SignInCode { .. } => LetterKind::SignInCode,
            Self::ConfirmCode { .. } => LetterKind::ConfirmCode,
            Self::ResetLink { .. } => LetterKind::ResetLink,
            Self::NewAddressCode { .. } => LetterKind::NewAddressCode,
            Self::RequestCode { .. } => LetterKind::RequestCode,
            Self::AddressChanged { .. } => LetterKind::AddressChanged,
            Self::NewSignIn { .. } => LetterKind::NewSignIn,
            Self::PasswordChanged { .. } => LetterKind::PasswordChanged,
            Self::FactorAdded { .. } => LetterKind::FactorAdded,
            Self::FactorRemoved { .. } => LetterKind::FactorRemoved,
            Self::RecoveryCodeUsed { .. } => LetterKind::RecoveryCodeUsed,
            Self::ErasurePlanned { .. } => LetterKind::ErasurePlanned,
            Self::Erased { .. } => LetterKind::Erased,
            Self::FollowConfirm { .. } => LetterKind::FollowConfirm,
            Self::RoomOpened { .. } => LetterKind::RoomOpened,
            Self::ExportReady { .. } => LetterKind::ExportReady,
            Self::PolicyChanged { .. } => LetterKind::PolicyChanged,
            Self::Breach { .. } => LetterKind::Breach,
            Self::LegalRequest { .. } => LetterKind::LegalRequest,
            Self::RequestCheck { .. } => LetterKind::RequestCheck,
            Self::RequestAnswered { .. } => LetterKind::RequestAnswered,
            Self::SupportAnswered { .. } => LetterKind::SupportAnswered,
        }
    }

    /// The name of its kind, as stored and declared.
    #[must_use]
    pub const fn template(&self) -> &'static str {
        self.kind().as_str()
    }

    /// How long it is worth sending.
    #[must_use]
    pub const fn life(&self) -> Duration {
        self.kind().life()
    }

    /// Recipient and values as JSON, for the outbox.
    #[must_use]
    pub fn to_outbox(&self, to: &EmailAddress) -> String {
        let mut values = self.values();
        values.insert("to", to.as_typed());
        serde_json::to_string(&values).expect("texts by name are always JSON")
    }

    /// Reads what [`Letter::to_outbox`] wrote.
    pub fn from_outbox(template: &str, text: &str) -> Result<(EmailAddress, Self), BadLetter> {
        let mut values: BTreeMap<String, String> =
            serde_json::from_str(text).map_err(|_| BadLetter)?;
        let mut take = |name| values.remove(name).ok_or(BadLetter);
        let to = EmailAddress::parse(&take("to")?).map_err(|_| BadLetter)?;
        let letter = Self::of(template.parse()?, take)?;
        Ok((to, letter))
    }

    fn of(
        kind: LetterKind,
        mut take: impl FnMut(&'static str) -> Result<String, BadLetter>,
    ) -> Result<Self, BadLetter> {
        let mut secret = |name| take(name).map(Secret::new);
        Ok(match kind {
            LetterKind::RegistrationCode => Self::RegistrationCode {
                code: secret("code")?,
            },
            LetterKind::AccountThere => Self::AccountThere,
            LetterKind::Invitation => Self::Invitation {
                address: secret("address")?,
            },
            LetterKind::SignInCode => Self::SignInCode {
                code: secret("code")?,
            },
            LetterKind::ConfirmCode => Self::ConfirmCode {
                code: secret("code")?,
            },
            LetterKind::ResetLink => Self::ResetLink {
                address: secret("address")?,
            },
            LetterKind::NewAddressCode => Self::NewAddressCode {
                code: secret("code")?,
            },
            LetterKind::ExportReady => Self::ExportReady {
                address: secret("address")?,
            },
            LetterKind::FollowConfirm => Self::FollowConfirm {
                address: secret("address")?,
                host: take("host")?,
            },
            LetterKind::RoomOpened => Self::RoomOpened {
                address: secret("address")?,
                stop: secret("stop")?,
                host: take("host")?,
            },
            LetterKind::ErasurePlanned => Self::ErasurePlanned {
                day: take("day")?,
                device: take("device")?,
            },
            LetterKind::Erased => Self::Erased {
                receipt: take("receipt")?,
            },
            LetterKind::AddressChanged
            | LetterKind::NewSignIn
            | LetterKind::PasswordChanged
            | LetterKind::FactorAdded
            | LetterKind::FactorRemoved
            | LetterKind::RecoveryCodeUsed => return Self::of_change(kind, take("device")?),
            LetterKind::RequestCode
            | LetterKind::PolicyChanged
            | LetterKind::Breach
            | LetterKind::LegalRequest
            | LetterKind::RequestCheck
            | LetterKind::RequestAnswered
            | LetterKind::SupportAnswered => return Self::of_duty(kind, take),
        })
    }

    /// Letters about what a device did to an account.
    fn of_change(kind: LetterKind, device: String) -> Result<Self, BadLetter> {
        Ok(match kind {
            LetterKind::AddressChanged => Self::AddressChanged { device },
            LetterKind::NewSignIn => Self::NewSignIn { device },
            LetterKind::PasswordChanged => Self::PasswordChanged { device },
            LetterKind::FactorAdded => Self::FactorAdded { device },
            LetterKind::FactorRemoved => Self::FactorRemoved { device },
            LetterKind::RecoveryCodeUsed => Self::RecoveryCodeUsed { device },
            _ => return Err(BadLetter),
        })
    }

    /// Letters that whoever runs the installation owes.
    fn of_duty(
        kind: LetterKind,
        mut take: impl FnMut(&'static str) -> Result<String, BadLetter>,
    ) -> Result<Self, BadLetter> {
        Ok(match kind {
            LetterKind::RequestCode => Self::RequestCode {
                code: take("code").map(Secret::new)?,
            },
            LetterKind::PolicyChanged => Self::PolicyChanged { day: take("day")? },
            LetterKind::Breach => Self::Breach {
                event: take("event")?,
                kinds: take("kinds")?,
                consequences: take("consequences")?,
                measures: take("measures")?,
                contact: take("contact")?,
            },
            LetterKind::LegalRequest => Self::LegalRequest {
                authority: take("authority")?,
                file: take("file")?,
                day: take("day")?,
            },
            LetterKind::RequestCheck => Self::RequestCheck {
                proof: Secret::new(take("proof")?),
                day: take("day")?,
            },
            LetterKind::RequestAnswered => Self::RequestAnswered {
                answer: take("answer")?,
                day: take("day")?,
            },
            LetterKind::SupportAnswered => Self::SupportAnswered {
                answer: take("answer")?,
                address: Secret::new(take("address")?),
            },
            _ => return Err(BadLetter),
        })
    }

    /// What it tells, by name: the fields that its declaration lists.
    #[must_use]
    pub fn values(&self) -> Values<'_> {
        match self {
            Self::AccountThere => Values::new(),
            Self::RegistrationCode { code }
            | Self::SignInCode { code }
            | Self::ConfirmCode { code }
            | Self::NewAddressCode { code }
            | Self::RequestCode { code } => Values::from([("code", code.expose().as_str())]),
            Self::Invitation { address }
            | Self::ResetLink { address }
            | Self::ExportReady { address } => {
                Values::from([("address", address.expose().as_str())])
            }
            Self::AddressChanged { device }
            | Self::NewSignIn { device }
            | Self::PasswordChanged { device }
            | Self::FactorAdded { device }
            | Self::FactorRemoved { device }
            | Self::RecoveryCodeUsed { device } => Values::from([("device", device.as_str())]),
            Self::ErasurePlanned { day, device } => {
                Values::from([("day", day.as_str()), ("device", device.as_str())])
            }
            Self::Erased { receipt } => Values::from([("receipt", receipt.as_str())]),
            Self::FollowConfirm { host, address } => Values::from([
                ("host", host.as_str()),
                ("address", address.expose().as_str()),
            ]),
            Self::RoomOpened {
                host,
                address,
                stop,
            } => Values::from([
                ("host", host.as_str()),
                ("address", address.expose().as_str()),
                ("stop", stop.expose().as_str()),
            ]),
            Self::PolicyChanged { .. }
            | Self::Breach { .. }
            | Self::LegalRequest { .. }
            | Self::RequestCheck { .. }
            | Self::RequestAnswered { .. }
            | Self::SupportAnswered { .. } => self.values_of_duty(),
        }
    }

    /// The same of letters that whoever runs the installation owes; none of others.
    fn values_of_duty(&self) -> Values<'_> {
        match self {
            Self::PolicyChanged { day } => Values::from([("day", day.as_str())]),
            Self::Breach {
                event,
                kinds,
                consequences,
                measures,
                contact,
            } => Values::from([
                ("event", event.as_str()),
                ("kinds", kinds.as_str()),
                ("consequences", consequences.as_str()),
                ("measures", measures.as_str()),
                ("contact", contact.as_str()),
            ]),
            Self::LegalRequest {
                authority,
                file,
                day,
            } => Values::from([
                ("authority", authority.as_str()),
                ("file", file.as_str()),
                ("day", day.as_str()),
            ]),
            Self::RequestCheck { proof, day } => {
                Values::from([("proof", proof.expose().as_str()), ("day", day.as_str())])
            }
            Self::RequestAnswered { answer, day } => {
                Values::from([("answer", answer.as_str()), ("day", day.as_str())])
            }
            Self::SupportAnswered { answer, address } => Values::from([
                ("answer", answer.as_str()),
                ("address", address.expose().as_str()),
            ]),
            _ => Values::new(),
        }
    }
}

#[cfg(test)]
pub(super) mod tests;
