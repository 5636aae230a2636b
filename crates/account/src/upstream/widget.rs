//! Telegram's older widget: fields about a person, signed with the key of the operator's bot.

use std::time::Duration;

use base::{Personal, Secret, Timestamp};
use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};

/// The fields there are. Any other would be data that nobody signed.
const FIELDS: [&str; 7] = [
    "auth_date",
    "first_name",
    "hash",
    "id",
    "last_name",
    "photo_url",
    "username",
];
/// How long an answer counts.
pub const WIDGET_LIFE: Duration = Duration::from_secs(5 * 60);
/// How far Telegram's clock may be ahead of ours.
const SKEW: Duration = Duration::from_secs(60);
/// Digits of the longest id: 52 bits.
const ID_MAX: usize = 16;

/// What is believed of an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WidgetAnswer {
    /// Who it is about.
    pub subject: Personal<String>,
    /// The signature: whoever has seen it once takes no other like it until `ends`.
    pub signature: [u8; 32],
    /// When the answer counts no more.
    pub ends: Timestamp,
}

/// Why an answer of the widget is not believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadWidget {
    /// A field is unknown, missing, there twice, or has not its form.
    #[error("the fields are not those of the widget")]
    Fields,
    /// Somebody else signed it.
    #[error("the signature does not hold")]
    Signature,
    /// It is too old, or from the future.
    #[error("the answer is out of date")]
    Time,
}

/// Checks the answer of the widget, as the pairs that came, decoded from the address and otherwise untouched.
pub fn check_widget(
    pairs: &[(String, String)],
    bot_token: &Secret<String>,
    now: Timestamp,
) -> Result<WidgetAnswer, BadWidget> {
    let mut sorted: Vec<(&str, &str)> = pairs
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    sorted.sort_unstable();
    let is_known = sorted.iter().all(|(name, _)| FIELDS.contains(name));
    let is_twice = sorted.windows(2).any(|pair| pair[0].0 == pair[1].0);
    if !is_known || is_twice {
        return Err(BadWidget::Fields);
    }
    let field = |wanted| {
        let mut found = sorted.iter().filter(|(name, _)| *name == wanted);
        found
            .next()
            .map(|(_, value)| *value)
            .ok_or(BadWidget::Fields)
    };
    let signature = from_hex(field("hash")?).ok_or(BadWidget::Fields)?;
    let lines: Vec<String> = sorted
        .iter()
        .filter(|(name, _)| *name != "hash")
        .map(|(name, value)| format!("{name}={value}"))
        .collect();
    mac(bot_token, &lines.join("\n"))
        .verify_slice(&signature)
        .map_err(|_| BadWidget::Signature)?;
    let signed_at = signed_at(field("auth_date")?).ok_or(BadWidget::Fields)?;
    let ends = signed_at.after(WIDGET_LIFE);
    if signed_at > now.after(SKEW) || ends < now {
        return Err(BadWidget::Time);
    }
    let id = field("id")?;
    let is_id = (1..=ID_MAX).contains(&id.len()) && id.bytes().all(|byte| byte.is_ascii_digit());
    if !is_id {
        return Err(BadWidget::Fields);
    }
    Ok(WidgetAnswer {
        subject: Personal::new(id.to_owned()),
        signature,
        ends,
    })
}

/// The key is the hash of the bot's token; the scheme of mini apps has another.
fn mac(bot_token: &Secret<String>, text: &str) -> Hmac<Sha256> {
    let key = Sha256::digest(bot_token.expose());
    let mut mac = Hmac::<Sha256>::new_from_slice(&key).expect("HMAC takes a key of any length");
    mac.update(text.as_bytes());
    mac
}

fn signed_at(seconds: &str) -> Option<Timestamp> {
    let seconds: i64 = seconds.parse().ok()?;
    seconds.checked_mul(1_000).map(Timestamp::from_unix_ms)
}

fn from_hex(text: &str) -> Option<[u8; 32]> {
    let is_hex = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
    if text.len() != 64 || !text.bytes().all(is_hex) {
        return None;
    }
    let mut bytes = [0; 32];
    for (byte, at) in bytes.iter_mut().zip((0..64).step_by(2)) {
        *byte = u8::from_str_radix(&text[at..at + 2], 16).ok()?;
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const SIGNED_S: i64 = 1_763_760_000;
    const HASH: &str = "058e70821cd86c6efac6b7be8a7f79e4c454f1c3f63415c29a9618d002c20a95";

    fn token() -> Secret<String> {
        Secret::new("123456789:TEST-token-for-vectors-only".to_owned())
    }

    fn ada() -> Vec<(String, String)> {
        let auth_date = SIGNED_S.to_string();
        let fields = [
            ("id", "424242"),
            ("first_name", "Ada"),
            ("username", "ada_l"),
            ("auth_date", &auth_date),
            ("hash", HASH),
        ];
        let pair = |(name, value): (&str, &str)| (name.to_owned(), value.to_owned());
        fields.into_iter().map(pair).collect()
    }

    fn signed(fields: &[(&str, &str)]) -> Vec<(String, String)> {
        let mut lines: Vec<String> = fields.iter().map(|(n, v)| format!("{n}={v}")).collect();
        lines.sort_unstable();
        let hash = mac(&token(), &lines.join("\n")).finalize().into_bytes();
        let hash: String = hash.iter().map(|byte| format!("{byte:02x}")).collect();
        let mut pairs: Vec<_> = fields
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect();
        pairs.push(("hash".to_owned(), hash));
        pairs
    }

    fn check_at(pairs: &[(String, String)], seconds: i64) -> Result<WidgetAnswer, BadWidget> {
        check_widget(pairs, &token(), Timestamp::from_unix_ms(seconds * 1_000))
    }

    #[test]
    fn a_published_answer_is_believed_and_says_who_only() {
        let answer = check_at(&ada(), SIGNED_S).unwrap();
        assert_eq!(answer.subject.expose(), "424242");
        assert_eq!(answer.ends.unix_s(), SIGNED_S + 300);
        assert_eq!(answer.signature.first(), Some(&0x05));
    }

    #[test]
    fn an_answer_counts_for_five_minutes_and_never_before_its_time() {
        assert!(check_at(&ada(), SIGNED_S + 300).is_ok());
        assert_eq!(check_at(&ada(), SIGNED_S + 301), Err(BadWidget::Time));
        assert!(check_at(&ada(), SIGNED_S - 60).is_ok());
        assert_eq!(check_at(&ada(), SIGNED_S - 61), Err(BadWidget::Time));
    }

    #[test]
    fn a_changed_field_or_another_bots_key_is_noticed() {
        for place in 0..4 {
            let mut pairs = ada();
            pairs[place].1.push('1');
            assert_eq!(
                check_at(&pairs, SIGNED_S),
                Err(BadWidget::Signature),
                "{place}"
            );
        }
        let other = Secret::new("1:other".to_owned());
        let now = Timestamp::from_unix_ms(SIGNED_S * 1_000);
        assert_eq!(check_widget(&ada(), &other, now), Err(BadWidget::Signature));
    }

    #[test]
    fn fields_that_are_unknown_missing_or_doubled_are_refused() {
        let mut more = ada();
        more.push(("is_admin".to_owned(), "1".to_owned()));
        let mut twice = ada();
        twice.push(("id".to_owned(), "1".to_owned()));
        let mut unsigned = ada();
        unsigned.pop();
        for pairs in [more, twice, unsigned, Vec::new()] {
            assert_eq!(check_at(&pairs, SIGNED_S), Err(BadWidget::Fields));
        }
        let at = SIGNED_S.to_string();
        for fields in [
            &[("auth_date", at.as_str())][..],
            &[("id", "1")],
            &[("id", "-1"), ("auth_date", at.as_str())],
            &[("id", "12345678901234567"), ("auth_date", at.as_str())],
            &[("id", "1"), ("auth_date", "soon")],
        ] {
            let pairs = signed(fields);
            assert_eq!(
                check_at(&pairs, SIGNED_S),
                Err(BadWidget::Fields),
                "{fields:?}"
            );
        }
    }

    proptest! {
        #[test]
        fn a_name_may_hold_anything(name in "\\PC*[=\n]?\\PC*") {
            let at = SIGNED_S.to_string();
            let pairs = signed(&[("id", "1"), ("first_name", &name), ("auth_date", &at)]);
            prop_assert!(check_at(&pairs, SIGNED_S).is_ok());
        }

        #[test]
        fn nothing_that_comes_makes_it_panic(pairs: Vec<(String, String)>, seconds in -1_000_000_000_000i64..1_000_000_000_000) {
            prop_assert!(check_at(&pairs, seconds).is_err());
        }
    }
}
