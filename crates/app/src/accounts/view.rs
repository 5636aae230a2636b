//! What an account's owner is told about it. Nobody else is told any of this.

use base::{AccountId, AvatarId, EntryId, Personal, SessionId, TicketId, Timestamp};
use serde::Serialize;
use store::{AccountRow, Profile};
use utoipa::ToSchema;

/// An account, as its owner sees it.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct AccountView {
    /// Its permanent name.
    #[schema(value_type = String)]
    pub id: AccountId,
    /// Where its mails go. Left out: it came by an upstream that told none.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub email: Option<Personal<String>>,
    /// What it wants to be called.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub user_name: Option<Personal<String>>,
    /// Its picture, at `/avatars/{avatar}`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub avatar: Option<AvatarId>,
    /// The language it wants, as a tag.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// The country that its owner told, by ISO 3166-1.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub country: Option<Personal<String>>,
    /// `light` or `dark`; left out: as the system has it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub theme: Option<String>,
    /// `member` or `operator`.
    pub rank: &'static str,
    /// Days that looked-at links are kept: 0, 30, 90, 365, or -1 for as long as the account.
    pub history_days: i64,
    /// Whether its data is only kept, and used for nothing.
    pub is_restricted: bool,
    /// When it will be erased, in Unix milliseconds, if its owner has said so.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<i64>)]
    pub erase_at: Option<Timestamp>,
    /// When it was made, in Unix milliseconds.
    #[schema(value_type = i64)]
    pub created_at: Timestamp,
    /// Whether there are plans here, and a page about the one that it has.
    pub has_plans: bool,
    /// How its owner can sign in.
    pub ways_in: WaysIn,
}

impl AccountView {
    pub(super) fn new(row: AccountRow, ways: store::WaysIn, has_plans: bool) -> Self {
        let Profile {
            user_name,
            language,
            country,
            theme,
            history_days,
        } = row.profile;
        let email = row.email.map(|email| email.as_typed().to_owned());
        Self {
            id: row.id,
            email: email.map(Personal::new),
            user_name: user_name.map(|name| Personal::new(name.as_str().to_owned())),
            avatar: row.avatar,
            language,
            country: country.map(|country| Personal::new(country.expose().to_string())),
            theme,
            rank: row.rank.as_str(),
            history_days: history_days.days(),
            is_restricted: row.restricted_at.is_some(),
            erase_at: row.erase_at,
            created_at: row.created_at,
            has_plans,
            ways_in: WaysIn {
                has_password: ways.has_password,
                passkeys: ways.passkeys,
                has_totp: ways.has_totp,
                recovery_codes_left: ways.recovery_codes_left,
                identities: ways.identities,
            },
        }
    }
}

/// How the owner of an account can sign in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct WaysIn {
    /// Whether there is a password.
    pub has_password: bool,
    /// How many passkeys.
    pub passkeys: u32,
    /// Whether a second factor is asked for after the password.
    pub has_totp: bool,
    /// How many recovery codes are left.
    pub recovery_codes_left: u32,
    /// How many upstreams are linked.
    pub identities: u32,
}

/// A step that was begun. Its code comes by mail.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Begun {
    /// What the step is finished with, by the same browser.
    #[schema(value_type = String)]
    pub ticket: TicketId,
}

/// A second step that must follow the first.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct SecondFactor {
    /// What the step is finished with, by the same browser.
    #[schema(value_type = String)]
    pub ticket: TicketId,
    /// What is accepted: `totp`, `recovery`.
    pub kinds: Vec<&'static str>,
}

/// A signed-in browser, as the owner of the account sees it.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct SessionView {
    /// Its name.
    #[schema(value_type = String)]
    pub id: SessionId,
    /// Family of browser and system.
    pub device: String,
    /// Whether it is the one that asks.
    pub is_this: bool,
    /// When it signed in, in Unix milliseconds.
    #[schema(value_type = i64)]
    pub created_at: Timestamp,
    /// Midnight UTC of the day it was last used, in Unix milliseconds.
    #[schema(value_type = i64)]
    pub last_used_day: Timestamp,
}

/// Something that happened to an account.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct SecurityEventView {
    /// Its name.
    #[schema(value_type = String)]
    pub id: EntryId,
    /// What happened, such as `sign-in` or `password-changed`.
    pub kind: String,
    /// Family of browser and system.
    pub device: String,
    /// When, in Unix milliseconds.
    #[schema(value_type = i64)]
    pub at: Timestamp,
}
