//! Letters, handed to a real mail server.

#![expect(
    clippy::unwrap_used,
    reason = "a test stops at the first thing that fails"
)]

mod outbox;
mod post_office;

use std::collections::BTreeMap;

use account::EmailAddress;
use base::{Secret, Timestamp};
use outbound::{Letter, LetterKind, MailSettings, Mailer, NotSent};
use post_office::PostOffice;
use serde_json::Value;
use texts::Language;

const CODE: &str = "20406080";

fn email(text: &str) -> EmailAddress {
    EmailAddress::parse(text).unwrap()
}

fn letter() -> Letter {
    Letter::SignInCode {
        code: Secret::new(CODE.to_owned()),
    }
}

fn mailer(settings: &MailSettings) -> Mailer {
    Mailer::start(settings, "listen.example").unwrap().unwrap()
}

async fn send(
    mailer: &Mailer,
    letter: &Letter,
    to: &str,
    language: Language,
) -> Result<(), NotSent> {
    let now = Timestamp::from_unix_ms(1_790_000_000_000);
    let unique = Secret::new([7; 16]);
    mailer.send(letter, &email(to), language, now, unique).await
}

fn header<'a>(message: &'a Value, name: &str) -> Option<&'a str> {
    let headers = message["headers"].as_array().unwrap();
    let found = headers.iter().find(|pair| pair[0] == name)?;
    found[1].as_str()
}

#[tokio::test]
async fn a_letter_arrives_whole_in_every_language_and_in_secret() {
    let folder = tempfile::tempdir().unwrap();
    let mut office = PostOffice::open(folder.path()).await;
    let mailer = mailer(&office.settings());
    for language in Language::OFFERED {
        send(&mailer, &letter(), "Some.One@Example.org", language)
            .await
            .unwrap();
        let message = office.message().await;
        assert_eq!(message["to"][0], "Some.One@example.org");
        assert_eq!(message["is_secret"], true);
        assert_eq!(message["is_authenticated"], true);
        let drawn = letter().draw(language, "listen.example");
        assert_eq!(header(&message, "Subject"), Some(drawn.subject.as_str()));
        assert_eq!(header(&message, "Content-Language"), Some(language.tag()));
        assert_eq!(header(&message, "Auto-Submitted"), Some("auto-generated"));
        assert_eq!(
            header(&message, "From"),
            Some("Unisono <noreply@listen.example>")
        );
        assert!(
            header(&message, "Date").is_some() && header(&message, "List-Unsubscribe").is_none()
        );
        let id = header(&message, "Message-ID").unwrap();
        assert!(id.ends_with("@listen.example>"), "{id}");
        for (kind, text) in [("text/plain", &drawn.text), ("text/html", &drawn.html)] {
            let arrived = message["parts"][kind].as_str().unwrap();
            assert_eq!(
                arrived.replace("\r\n", "\n").trim_end(),
                text.trim_end(),
                "{kind}"
            );
        }
    }
}

/// Promise T12
#[tokio::test]
async fn a_letter_about_a_room_can_be_stopped_in_the_reader_itself() {
    let folder = tempfile::tempdir().unwrap();
    let mut office = PostOffice::open(folder.path()).await;
    let letter = Letter::RoomOpened {
        host: "Надя".to_owned(),
        address: Secret::new("https://listen.example/r/K7M4QX".to_owned()),
        stop: Secret::new("https://listen.example/u/secret".to_owned()),
    };
    send(
        &mailer(&office.settings()),
        &letter,
        "a@example.org",
        Language::Russian,
    )
    .await
    .unwrap();
    let message = office.message().await;
    let stop = header(&message, "List-Unsubscribe");
    assert_eq!(stop, Some("<https://listen.example/u/secret>"));
    let post = header(&message, "List-Unsubscribe-Post");
    assert_eq!(post, Some("List-Unsubscribe=One-Click"));
    assert!(header(&message, "Subject").unwrap().contains("Надя"));
}

#[tokio::test]
async fn greylisting_is_tried_again_and_a_refusal_is_not() {
    let folder = tempfile::tempdir().unwrap();
    let mut office = PostOffice::open(folder.path()).await;
    let mailer = mailer(&office.settings());
    let to = |to: &'static str| {
        let mailer = &mailer;
        async move { send(mailer, &letter(), to, Language::English).await }
    };
    let put_off = to("grey-canary@example.org").await;
    assert_eq!(put_off, Err(NotSent::Later(450)));
    assert!(!put_off.unwrap_err().is_final());
    assert_eq!(to("grey-canary@example.org").await, Ok(()));
    assert_eq!(office.message().await["to"][0], "grey-canary@example.org");
    let refused = to("nobody-canary@example.org").await;
    assert_eq!(refused, Err(NotSent::Refused(550)));
    assert!(refused.unwrap_err().is_final());
    let told = format!("{refused:?} {}", refused.unwrap_err());
    assert!(!told.contains("canary"), "{told}");
}

#[tokio::test]
async fn nothing_is_sent_to_a_server_that_is_not_who_it_should_be() {
    let folder = tempfile::tempdir().unwrap();
    let office = PostOffice::open(folder.path()).await;
    let send = async |settings: MailSettings| {
        send(
            &mailer(&settings),
            &letter(),
            "a@example.org",
            Language::English,
        )
        .await
    };
    let stranger = MailSettings {
        certificate: None,
        ..office.settings()
    };
    let refused = send(stranger).await.unwrap_err();
    assert!(
        matches!(refused, NotSent::NotSecret | NotSent::Unreachable),
        "{refused:?}"
    );
    let wrong = Some(Secret::new("wrong".to_owned()));
    let refused = send(MailSettings {
        password: wrong,
        ..office.settings()
    })
    .await;
    assert_eq!(
        refused,
        Err(NotSent::Later(535)),
        "the operator can put that right"
    );
    let settings = office.settings();
    office.close().await;
    assert_eq!(send(settings).await, Err(NotSent::Unreachable));
}

/// Promise S14
#[test]
fn the_letters_in_the_code_and_in_the_inventory_are_the_same() {
    assert_eq!(differences(&in_code(), &in_inventory()), [""; 0]);
}

/// A test of the gate above: it can fail.
#[test]
fn a_letter_or_a_value_in_one_that_nobody_declared_is_named() {
    let declared = in_inventory();
    let mut grown = in_code();
    grown.insert("canary-letter".to_owned(), (false, Vec::new()));
    assert_eq!(
        differences(&grown, &declared),
        ["the letter canary-letter is not in the inventory"]
    );
    let mut wider = in_code();
    let (_, values) = wider.get_mut(Letter::AccountThere.template()).unwrap();
    values.push("canary".to_owned());
    assert_eq!(
        differences(&wider, &declared),
        ["the letter account-there is not as it is declared"]
    );
    let mut fewer = in_code();
    fewer.remove(Letter::AccountThere.template());
    assert_eq!(
        differences(&fewer, &declared),
        ["the letter account-there is nowhere in the code"]
    );
}

/// Letters by name: whether each waits for a consent, and the values it is made of.
type Letters = BTreeMap<String, (bool, Vec<String>)>;

fn in_code() -> Letters {
    let letters = LetterKind::ALL.iter().map(|kind| {
        let values = kind.fields().iter().map(|&value| value.to_owned());
        let said = (kind.is_opt_in(), values.collect());
        (kind.as_str().to_owned(), said)
    });
    letters.collect()
}

fn in_inventory() -> Letters {
    let letters = store::inventory().email.iter().map(|(name, entry)| {
        let said = (entry.opt_in, entry.fields.clone());
        (name.clone(), said)
    });
    letters.collect()
}

/// What differs between the letters of the code and those that are declared.
fn differences(used: &Letters, declared: &Letters) -> Vec<String> {
    let of_code = used
        .iter()
        .filter_map(|(name, said)| match declared.get(name) {
            None => Some(format!("the letter {name} is not in the inventory")),
            Some(entry) if entry != said => {
                Some(format!("the letter {name} is not as it is declared"))
            }
            Some(_) => None,
        });
    let unused = declared.keys().filter(|&name| !used.contains_key(name));
    let unused = unused.map(|name| format!("the letter {name} is nowhere in the code"));
    of_code.chain(unused).collect()
}
