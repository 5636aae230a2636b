//! The forms into which people type, as they stand or as they were sent.

use app::{AccountView, MESSAGE_CHARS_MAX};
use privacy::RequestKind;

use super::acts::{Asking, Correction};
use crate::texts::Language;

/// Days that history may be kept: those of the account's setting.
const HISTORY_DAYS: [i64; 5] = [0, 30, 90, 365, -1];
/// How pages may look, with the text for each.
const THEMES: [(&str, &str); 3] = [
    ("", "common-theme-system"),
    ("light", "common-theme-light"),
    ("dark", "common-theme-dark"),
];

/// One of several values.
pub(super) struct Selectable {
    pub(super) value: String,
    pub(super) text: String,
    pub(super) is_chosen: bool,
}

/// The form of a request.
pub(super) struct Ask<'a> {
    pub(super) kinds: Vec<Selectable>,
    pub(super) message: &'a str,
    /// Where the answer goes, for those without an account.
    pub(super) email: Option<&'a str>,
    pub(super) message_chars_max: usize,
}

/// The form of what an account says of its owner.
pub(super) struct Correct<'a> {
    pub(super) user_name: &'a str,
    pub(super) country: &'a str,
    pub(super) languages: Vec<Selectable>,
    pub(super) themes: Vec<Selectable>,
    pub(super) days: Vec<Selectable>,
}

/// What is to stand in the form of an account.
#[derive(Clone, Copy)]
pub(super) struct Profile<'a> {
    user_name: &'a str,
    country: &'a str,
    language: &'a str,
    theme: &'a str,
    history_days: i64,
}

impl<'a> From<&'a AccountView> for Profile<'a> {
    fn from(account: &'a AccountView) -> Self {
        Self {
            user_name: account.user_name.as_ref().map_or("", |it| it.expose()),
            country: account.country.as_ref().map_or("", |it| it.expose()),
            language: account.language.as_deref().unwrap_or_default(),
            theme: account.theme.as_deref().unwrap_or_default(),
            history_days: account.history_days,
        }
    }
}

impl<'a> From<&'a Correction> for Profile<'a> {
    fn from(correction: &'a Correction) -> Self {
        Self {
            user_name: correction.user_name.expose(),
            country: correction.country.expose(),
            language: &correction.language,
            theme: &correction.theme,
            history_days: correction.history_days,
        }
    }
}

pub(super) fn correct(profile: Profile<'_>, t: Language) -> Correct<'_> {
    let option = |value: &str, text: String, chosen: &str| Selectable {
        value: value.to_owned(),
        text,
        is_chosen: value == chosen,
    };
    let language = profile.language;
    let none = option("", t.say("centre-language-none"), language);
    let languages =
        Language::OFFERED.map(|one| option(one.tag(), one.native_name().to_owned(), language));
    let days = profile.history_days.to_string();
    Correct {
        user_name: profile.user_name,
        country: profile.country,
        languages: std::iter::once(none).chain(languages).collect(),
        themes: THEMES
            .iter()
            .map(|(value, text)| option(value, t.say(text), profile.theme))
            .collect(),
        days: HISTORY_DAYS
            .iter()
            .map(|one| option(&one.to_string(), history(*one, t), &days))
            .collect(),
    }
}

fn history(days: i64, t: Language) -> String {
    match u64::try_from(days) {
        Ok(0) => t.say("centre-history-off"),
        Ok(days) => t.with("centre-history-days", "days", days),
        Err(_) => t.say("centre-history-account"),
    }
}

/// The form of a request, with an address for the answer where there is none yet.
pub(super) fn ask(asking: Option<&Asking>, has_account: bool, t: Language) -> Ask<'_> {
    let message = asking.map_or("", |it| it.message.expose());
    let email = asking.and_then(|it| it.email.as_ref());
    let email = email.map_or("", |it| it.expose());
    let chosen = asking.map_or("", |it| &it.kind);
    Ask {
        kinds: kinds(chosen, t),
        message,
        email: (!has_account).then_some(email),
        message_chars_max: MESSAGE_CHARS_MAX,
    }
}

fn kinds(chosen: &str, t: Language) -> Vec<Selectable> {
    let kinds = RequestKind::ALL.iter().map(|kind| {
        let value = kind.to_string();
        Selectable {
            is_chosen: value == chosen,
            value,
            text: t.say(&kind_key(*kind)),
        }
    });
    kinds.collect()
}

/// The text that names a kind of request.
pub(super) fn kind_key(kind: RequestKind) -> String {
    format!("centre-kind-{kind}")
}
