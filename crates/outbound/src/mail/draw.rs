//! A letter in somebody's language, as plain text and as HTML. It loads nothing and follows nobody.

use askama::Template;
use texts::{Language, plain, tame};

use super::letter::{Letter, LetterKind};

/// A letter as it is read.
#[derive(Clone, PartialEq, Eq)]
pub struct Drawn {
    /// Its subject, on one line.
    pub subject: String,
    /// The part for every reader.
    pub text: String,
    /// The part for readers that show more.
    pub html: String,
}

/// Which messages a letter is made of.
struct Plan {
    subject: &'static str,
    body: &'static str,
    /// What the link is called.
    action: Option<&'static str>,
    notes: &'static [&'static str],
}

#[derive(Template)]
#[template(path = "mail.html")]
struct Page<'a> {
    language: Language,
    subject: &'a str,
    body: &'a str,
    code: Option<&'a str>,
    action: Option<(&'a str, &'a str)>,
    notes: &'a [String],
    why: &'a str,
    stop: Option<(&'a str, &'a str)>,
}

impl Letter {
    /// The letter in `language`, from the installation that calls itself `site`.
    #[must_use]
    pub fn draw(&self, language: Language, site: &str) -> Drawn {
        let plan = plan(self.kind());
        let values = self.values();
        // Names come from people and programs: none may begin a header, or turn the text around it.
        let named: Vec<(&str, String)> = ["device", "host"]
            .into_iter()
            .filter_map(|name| Some((name, tame(values.get(name)?))))
            .chain([("site", tame(site))])
            .collect();
        let named: Vec<(&str, &str)> = named
            .iter()
            .map(|(name, text)| (*name, text.as_str()))
            .collect();
        let say = |id| language.with_all(id, &named);
        let subject = plain(&say(plan.subject));
        let body = say(plan.body);
        let code = values
            .get("code")
            .or_else(|| values.get("receipt"))
            .copied();
        let action = plan.action.map(say);
        let action = action.as_deref().zip(values.get("address").copied());
        let notes: Vec<String> = plan.notes.iter().map(|id| say(id)).collect();
        let why = say(match self.kind().is_opt_in() {
            true => "mail-why-asked",
            false => "mail-why",
        });
        let stop = values
            .get("stop")
            .map(|address| (say("mail-stop"), *address));
        let stop = stop
            .as_ref()
            .map(|(text, address)| (text.as_str(), *address));
        let page = Page {
            language,
            subject: &subject,
            body: &body,
            code,
            action,
            notes: &notes,
            why: &why,
            stop,
        };
        Drawn {
            text: page.text(),
            html: page.render().expect("the template writes into memory"),
            subject,
        }
    }
}

impl Page<'_> {
    fn text(&self) -> String {
        let mut parts = vec![plain(self.body)];
        parts.extend(self.code.map(str::to_owned));
        parts.extend(self.action.map(|(_, address)| address.to_owned()));
        parts.extend(self.notes.iter().map(|note| plain(note)));
        parts.push(format!("-- \n{}", plain(self.why)));
        parts.extend(
            self.stop
                .map(|(text, address)| format!("{}: {address}", plain(text))),
        );
        let mut text = parts.join("\n\n");
        text.push('\n');
        text
    }
}

const fn plan(kind: LetterKind) -> Plan {
    let (subject, body, notes): (_, _, &[&str]) = match kind {
        LetterKind::RegistrationCode => (
            "mail-registration-code-subject",
            "mail-registration-code",
            &["mail-code-life", "mail-registration-code-note"],
        ),
        LetterKind::AccountThere => (
            "mail-account-there-subject",
            "mail-account-there",
            &["mail-account-there-note"],
        ),
        LetterKind::SignInCode => (
            "mail-sign-in-code-subject",
            "mail-sign-in-code",
            &["mail-code-life", "mail-sign-in-code-note"],
        ),
        LetterKind::ConfirmCode => (
            "mail-confirm-code-subject",
            "mail-confirm-code",
            &["mail-code-life", "mail-confirm-code-note"],
        ),
        LetterKind::ResetLink => (
            "mail-reset-link-subject",
            "mail-reset-link",
            &["mail-reset-link-note"],
        ),
        LetterKind::NewAddressCode => (
            "mail-new-address-code-subject",
            "mail-new-address-code",
            &["mail-code-life", "mail-new-address-code-note"],
        ),
        LetterKind::AddressChanged => (
            "mail-address-changed-subject",
            "mail-address-changed",
            &["mail-address-changed-note"],
        ),
        LetterKind::NewSignIn => (
            "mail-new-sign-in-subject",
            "mail-new-sign-in",
            &["mail-not-you"],
        ),
        LetterKind::PasswordChanged => (
            "mail-password-changed-subject",
            "mail-password-changed",
            &["mail-not-you"],
        ),
        LetterKind::FactorAdded => (
            "mail-factor-added-subject",
            "mail-factor-added",
            &["mail-not-you"],
        ),
        LetterKind::FactorRemoved => (
            "mail-factor-removed-subject",
            "mail-factor-removed",
            &["mail-not-you"],
        ),
        LetterKind::RecoveryCodeUsed => (
            "mail-recovery-code-used-subject",
            "mail-recovery-code-used",
            &["mail-not-you"],
        ),
        LetterKind::Erased => ("mail-erased-subject", "mail-erased", &["mail-erased-note"]),
        LetterKind::FollowConfirm => (
            "mail-follow-confirm-subject",
            "mail-follow-confirm",
            &["mail-follow-confirm-note"],
        ),
        LetterKind::RoomOpened => ("mail-room-opened-subject", "mail-room-opened", &[]),
        LetterKind::ExportReady => (
            "mail-export-ready-subject",
            "mail-export-ready",
            &["mail-export-ready-note"],
        ),
    };
    let action = match kind {
        LetterKind::ResetLink => Some("mail-reset-link-action"),
        LetterKind::FollowConfirm => Some("mail-follow-confirm-action"),
        LetterKind::RoomOpened => Some("mail-room-opened-action"),
        LetterKind::ExportReady => Some("mail-export-ready-action"),
        _ => None,
    };
    Plan {
        subject,
        body,
        action,
        notes,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mail::letter::tests::every_letter;

    const SITE: &str = "listen.example";

    #[test]
    fn every_letter_tells_what_it_holds_in_every_language_and_both_forms() {
        for letter in every_letter() {
            for language in Language::ALL {
                let drawn = letter.draw(language, SITE);
                assert!(!drawn.subject.is_empty() && !drawn.subject.contains(['\r', '\n']));
                for (name, value) in letter.values() {
                    assert!(drawn.text.contains(value), "{name}: {}", drawn.text);
                    assert!(drawn.html.contains(value), "{name}: {}", drawn.html);
                }
                assert!(!drawn.text.contains(['\u{2068}', '\u{2069}']));
            }
        }
    }

    /// Promise S14
    #[test]
    fn a_letter_loads_nothing_and_leads_nowhere_but_to_this_site() {
        for letter in every_letter() {
            let html = letter.draw(Language::English, SITE).html;
            for loading in [
                "<img",
                "<script",
                "<link",
                "<style",
                "url(",
                "src=",
                "@import",
                "background=",
            ] {
                assert!(!html.contains(loading), "{loading}: {html}");
            }
            let links = html.split("href=\"").skip(1);
            for link in links {
                assert!(link.starts_with("https://listen.example/"), "{link}");
            }
        }
    }

    #[test]
    fn arabic_reads_from_right_to_left() {
        let letter = Letter::AccountThere;
        let html = letter.draw(Language::Arabic, SITE).html;
        assert!(html.contains("<html lang=\"ar\" dir=\"rtl\">"), "{html}");
    }

    #[test]
    fn a_name_neither_begins_a_header_nor_becomes_part_of_the_page() {
        let letter = Letter::FollowConfirm {
            host: "Nadia\r\nBcc: x@y.example<b>\u{202e}".to_owned(),
            address: base::Secret::new("https://listen.example/f".to_owned()),
        };
        let drawn = letter.draw(Language::English, SITE);
        assert!(
            !drawn.subject.contains(['\r', '\n', '\u{202e}']),
            "{}",
            drawn.subject
        );
        assert!(!drawn.html.contains("<b>"), "{}", drawn.html);
    }
}
