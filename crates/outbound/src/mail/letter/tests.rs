//! Each letter comes through the outbox, and prints no secret.

use super::*;

/// One letter of each kind.
pub(crate) fn every_letter() -> Vec<Letter> {
    let values = |name: &str| {
        Ok(match name {
            "code" | "proof" => "20406080".to_owned(),
            "device" => "Firefox on Linux".to_owned(),
            "host" => "Nadia".to_owned(),
            "receipt" => "r-1234".to_owned(),
            "day" => "2026-11-22".to_owned(),
            "event" | "kinds" | "consequences" | "measures" | "contact" | "authority" | "file"
            | "answer" => format!("the {name} of it"),
            name => format!("https://listen.example/{name}#secret"),
        })
    };
    LetterKind::ALL
        .iter()
        .map(|kind| Letter::of(*kind, values).unwrap())
        .collect()
}

#[test]
fn a_letter_comes_out_of_the_outbox_as_it_went_in() {
    let to = EmailAddress::parse("Some.One@example.org").unwrap();
    for letter in every_letter() {
        let kept = letter.to_outbox(&to);
        let read = Letter::from_outbox(letter.template(), &kept).unwrap();
        assert_eq!((read.0.as_typed(), &read.1), (to.as_typed(), &letter));
        assert_eq!(letter.template().parse(), Ok(letter.kind()));
        let told: Vec<&str> = letter.values().into_keys().collect();
        assert_eq!(told, letter.kind().fields());
    }
}

#[test]
fn what_is_no_letter_is_refused() {
    for (template, text) in [
        ("newsletter", r#"{"to":"a@b.example"}"#),
        ("reset-link", r#"{"to":"a@b.example"}"#),
        ("account-there", r#"{"to":"nobody"}"#),
        ("account-there", "{}"),
        ("account-there", "?"),
    ] {
        let read = Letter::from_outbox(template, text);
        assert_eq!(read, Err(BadLetter), "{template} {text}");
    }
}

#[test]
fn a_letter_does_not_print_what_opens_a_door() {
    for letter in every_letter() {
        let printed = format!("{letter:?}");
        assert!(
            !printed.contains("20406080") && !printed.contains("#secret"),
            "{printed}"
        );
    }
}

#[test]
fn a_code_is_not_sent_once_it_is_over() {
    for letter in every_letter() {
        if letter.values().contains_key("code") {
            assert_eq!(letter.life(), Duration::from_secs(600), "{letter:?}");
        }
        assert!(letter.life() <= kind::WEEK);
    }
}
