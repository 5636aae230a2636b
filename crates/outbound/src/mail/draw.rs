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
    kind: LetterKind,
    subject: &'static str,
    body: &'static str,
    /// What the link is called.
    action: Option<&'static str>,
    notes: &'static [&'static str],
}

/// The values that stand in sentences.
const WORDED: [&str; 11] = [
    "answer",
    "authority",
    "consequences",
    "contact",
    "day",
    "device",
    "event",
    "file",
    "host",
    "kinds",
    "measures",
];

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
        let named: Vec<(&str, String)> = WORDED
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
            .or_else(|| values.get("proof"))
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

fn plan(kind: LetterKind) -> &'static Plan {
    let mut plans = PLANS.iter();
    plans
        .find(|plan| plan.kind == kind)
        .expect("a test draws a letter of every kind")
}

const PLANS: &[Plan] = &[
    Plan {
        kind: LetterKind::RegistrationCode,
        subject: "mail-registration-code-subject",
        body: "mail-registration-code",
        action: None,
        notes: &["mail-code-life", "mail-registration-code-note"],
    },
    Plan {
        kind: LetterKind::AccountThere,
        subject: "mail-account-there-subject",
        body: "mail-account-there",
        action: None,
        notes: &["mail-account-there-note"],
    },
    Plan {
        kind: LetterKind::Invitation,
        subject: "mail-invitation-subject",
        body: "mail-invitation",
        action: Some("mail-invitation-action"),
        notes: &["mail-invitation-note"],
    },
    Plan {
        kind: LetterKind::SignInCode,
        subject: "mail-sign-in-code-subject",
        body: "mail-sign-in-code",
        action: None,
        notes: &["mail-code-life", "mail-sign-in-code-note"],
    },
    Plan {
        kind: LetterKind::ConfirmCode,
        subject: "mail-confirm-code-subject",
        body: "mail-confirm-code",
        action: None,
        notes: &["mail-code-life", "mail-confirm-code-note"],
    },
    Plan {
        kind: LetterKind::ResetLink,
        subject: "mail-reset-link-subject",
        body: "mail-reset-link",
        action: Some("mail-reset-link-action"),
        notes: &["mail-reset-link-note"],
    },
    Plan {
        kind: LetterKind::RequestCode,
        subject: "mail-request-code-subject",
        body: "mail-request-code",
        action: None,
        notes: &["mail-code-life", "mail-request-code-note"],
    },
    Plan {
        kind: LetterKind::NewAddressCode,
        subject: "mail-new-address-code-subject",
        body: "mail-new-address-code",
        action: None,
        notes: &["mail-code-life", "mail-new-address-code-note"],
    },
    Plan {
        kind: LetterKind::AddressChanged,
        subject: "mail-address-changed-subject",
        body: "mail-address-changed",
        action: None,
        notes: &["mail-address-changed-note"],
    },
    Plan {
        kind: LetterKind::NewSignIn,
        subject: "mail-new-sign-in-subject",
        body: "mail-new-sign-in",
        action: None,
        notes: &["mail-not-you"],
    },
    Plan {
        kind: LetterKind::PasswordChanged,
        subject: "mail-password-changed-subject",
        body: "mail-password-changed",
        action: None,
        notes: &["mail-not-you"],
    },
    Plan {
        kind: LetterKind::FactorAdded,
        subject: "mail-factor-added-subject",
        body: "mail-factor-added",
        action: None,
        notes: &["mail-not-you"],
    },
    Plan {
        kind: LetterKind::FactorRemoved,
        subject: "mail-factor-removed-subject",
        body: "mail-factor-removed",
        action: None,
        notes: &["mail-not-you"],
    },
    Plan {
        kind: LetterKind::RecoveryCodeUsed,
        subject: "mail-recovery-code-used-subject",
        body: "mail-recovery-code-used",
        action: None,
        notes: &["mail-not-you"],
    },
    Plan {
        kind: LetterKind::ErasurePlanned,
        subject: "mail-erasure-planned-subject",
        body: "mail-erasure-planned",
        action: None,
        notes: &["mail-erasure-planned-note"],
    },
    Plan {
        kind: LetterKind::Erased,
        subject: "mail-erased-subject",
        body: "mail-erased",
        action: None,
        notes: &["mail-erased-note"],
    },
    Plan {
        kind: LetterKind::FollowConfirm,
        subject: "mail-follow-confirm-subject",
        body: "mail-follow-confirm",
        action: Some("mail-follow-confirm-action"),
        notes: &["mail-follow-confirm-note"],
    },
    Plan {
        kind: LetterKind::RoomOpened,
        subject: "mail-room-opened-subject",
        body: "mail-room-opened",
        action: Some("mail-room-opened-action"),
        notes: &[],
    },
    Plan {
        kind: LetterKind::ExportReady,
        subject: "mail-export-ready-subject",
        body: "mail-export-ready",
        action: Some("mail-export-ready-action"),
        notes: &["mail-export-ready-note"],
    },
    Plan {
        kind: LetterKind::PolicyChanged,
        subject: "mail-policy-changed-subject",
        body: "mail-policy-changed",
        action: None,
        notes: &["mail-policy-changed-note"],
    },
    Plan {
        kind: LetterKind::Breach,
        subject: "mail-breach-subject",
        body: "mail-breach",
        action: None,
        notes: &[
            "mail-breach-kinds",
            "mail-breach-consequences",
            "mail-breach-measures",
            "mail-breach-contact",
        ],
    },
    Plan {
        kind: LetterKind::LegalRequest,
        subject: "mail-legal-request-subject",
        body: "mail-legal-request",
        action: None,
        notes: &["mail-legal-request-note"],
    },
    Plan {
        kind: LetterKind::RequestCheck,
        subject: "mail-request-check-subject",
        body: "mail-request-check",
        action: None,
        notes: &["mail-request-check-note"],
    },
    Plan {
        kind: LetterKind::RequestAnswered,
        subject: "mail-request-answered-subject",
        body: "mail-request-answered",
        action: None,
        notes: &["mail-request-answered-note"],
    },
    Plan {
        kind: LetterKind::SupportAnswered,
        subject: "mail-support-answered-subject",
        body: "mail-support-answered",
        action: Some("mail-support-answered-action"),
        notes: &["mail-support-answered-note"],
    },
];

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
