//! The texts, from the same catalogues as the front end's.

use std::borrow::Cow;
use std::sync::LazyLock;

pub use fluent_bundle::FluentValue;
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::types::FluentNumber;
use fluent_bundle::{FluentArgs, FluentResource};

use crate::language::{self, Language};

type Bundle = FluentBundle<FluentResource>;

/// Marks around an argument that keep its direction (Unicode isolates). Right in a page, in the way elsewhere.
const ISOLATES: [char; 2] = ['\u{2068}', '\u{2069}'];

/// How many catalogues the server shows.
const SOURCES: usize = 9;

/// The sources that the server shows, in each language.
const ENGLISH: [&str; SOURCES] = [
    include_str!("../../../locales/en/common.ftl"),
    include_str!("../../../locales/en/centre.ftl"),
    include_str!("../../../locales/en/link.ftl"),
    include_str!("../../../locales/en/rooms.ftl"),
    include_str!("../../../locales/en/refusals.ftl"),
    include_str!("../../../locales/en/mail.ftl"),
    include_str!("../../../locales/en/pages.ftl"),
    include_str!("../../../locales/en/privacy.ftl"),
    include_str!("../../../locales/en/pricing.ftl"),
];
const RUSSIAN: [&str; SOURCES] = [
    include_str!("../../../locales/ru/common.ftl"),
    include_str!("../../../locales/ru/centre.ftl"),
    include_str!("../../../locales/ru/link.ftl"),
    include_str!("../../../locales/ru/rooms.ftl"),
    include_str!("../../../locales/ru/refusals.ftl"),
    include_str!("../../../locales/ru/mail.ftl"),
    include_str!("../../../locales/ru/pages.ftl"),
    include_str!("../../../locales/ru/privacy.ftl"),
    include_str!("../../../locales/ru/pricing.ftl"),
];
const ARABIC: [&str; SOURCES] = [
    include_str!("../../../locales/ar/common.ftl"),
    include_str!("../../../locales/ar/centre.ftl"),
    include_str!("../../../locales/ar/link.ftl"),
    include_str!("../../../locales/ar/rooms.ftl"),
    include_str!("../../../locales/ar/refusals.ftl"),
    include_str!("../../../locales/ar/mail.ftl"),
    include_str!("../../../locales/ar/pages.ftl"),
    include_str!("../../../locales/ar/privacy.ftl"),
    include_str!("../../../locales/ar/pricing.ftl"),
];

/// The texts that the policy is told with, in every language: a change of them is a new version of it.
pub const POLICY: [&str; 3] = [
    include_str!("../../../locales/en/privacy.ftl"),
    include_str!("../../../locales/ru/privacy.ftl"),
    include_str!("../../../locales/ar/privacy.ftl"),
];

impl Language {
    /// The text of a message.
    #[must_use]
    pub fn say(self, id: &str) -> String {
        self.format(id, None)
    }

    /// The text of a message with one argument.
    #[must_use]
    pub fn with<'a>(self, id: &str, name: &'a str, value: impl Into<FluentValue<'a>>) -> String {
        let mut arguments = FluentArgs::with_capacity(1);
        arguments.set(name, value);
        self.format(id, Some(&arguments))
    }

    /// The text of a message with text arguments.
    #[must_use]
    pub fn with_all(self, id: &str, values: &[(&str, &str)]) -> String {
        let arguments: FluentArgs<'_> = values.iter().copied().collect();
        self.format(id, Some(&arguments))
    }

    /// A number as people write it in this language (CLDR: grouping by three, in Western digits).
    #[must_use]
    pub fn number(self, number: u64) -> String {
        let separator = match self {
            Self::Russian => '\u{a0}',
            Self::English | Self::Arabic | Self::Pseudo => ',',
        };
        let digits = number.to_string();
        let mut grouped = String::with_capacity(digits.len() + digits.len() / 3);
        for (index, digit) in digits.chars().enumerate() {
            if index > 0 && (digits.len() - index).is_multiple_of(3) {
                grouped.push(separator);
            }
            grouped.push(digit);
        }
        grouped
    }

    /// Several names as one text: `Spotify, Deezer`.
    #[must_use]
    pub fn list(self, names: &[impl AsRef<str>]) -> String {
        let separator = match self {
            Self::Arabic => "، ",
            Self::English | Self::Russian | Self::Pseudo => ", ",
        };
        let names: Vec<&str> = names.iter().map(AsRef::as_ref).collect();
        names.join(separator)
    }

    fn format(self, id: &str, arguments: Option<&FluentArgs<'_>>) -> String {
        let bundle = self.bundle();
        let message = bundle
            .get_message(id)
            .and_then(|message| message.value())
            .expect("a message that the tests found in the catalogues");
        bundle
            .format_pattern(message, arguments, &mut Vec::new())
            .into_owned()
    }

    fn bundle(self) -> &'static Bundle {
        static BUNDLES: LazyLock<[Bundle; 4]> = LazyLock::new(|| {
            [
                bundle(Language::English, ENGLISH),
                bundle(Language::Russian, RUSSIAN),
                bundle(Language::Arabic, ARABIC),
                bundle(Language::Pseudo, ENGLISH),
            ]
        });
        let [english, russian, arabic, pseudo] = &*BUNDLES;
        match self {
            Self::English => english,
            Self::Russian => russian,
            Self::Arabic => arabic,
            Self::Pseudo => pseudo,
        }
    }
}

/// A text for places that show no marks of direction, such as a preview in another program.
#[must_use]
pub fn plain(text: &str) -> String {
    text.replace(ISOLATES, "")
}

/// A name from elsewhere without what would turn or hide the text around it: control characters and marks of direction
/// that reach beyond the name (Unicode TR 36, section 2.4).
#[must_use]
pub fn tame(name: &str) -> String {
    let is_harmless = |letter: &char| {
        let turns = matches!(letter, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
        !turns && !letter.is_control()
    };
    name.chars().filter(is_harmless).collect()
}

fn bundle(language: Language, sources: [&str; SOURCES]) -> Bundle {
    let tag = language.tag().parse().expect("the tags are constants");
    let mut bundle = Bundle::new_concurrent(vec![tag]);
    for source in sources {
        let resource = FluentResource::try_new(source.to_owned())
            .expect("the catalogues are read in the tests");
        bundle
            .add_resource(resource)
            .expect("no message is named twice");
    }
    // The formatter is told no language, so there is one for each way of writing numbers.
    bundle.set_formatter(Some(match language {
        Language::Russian => |value, _| grouped(value, Language::Russian),
        _ => |value, _| grouped(value, Language::English),
    }));
    if language == Language::Pseudo {
        bundle.set_transform(Some(|text| Cow::Owned(language::pseudo(text))));
    }
    bundle
}

fn grouped(value: &FluentValue<'_>, language: Language) -> Option<String> {
    let FluentValue::Number(FluentNumber { value, .. }) = value else {
        return None;
    };
    let is_whole = value.fract() == 0.0 && (0.0..=1e15).contains(value);
    is_whole.then(|| language.number(*value as u64))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_message_is_whole_in_every_language() {
        for id in message_ids(&ENGLISH).filter(|id| !id.starts_with("common-")) {
            for language in Language::ALL {
                for number in 0..=120 {
                    let mut errors = Vec::new();
                    let pattern = language.bundle().get_message(id).unwrap().value().unwrap();
                    let arguments = arguments(number);
                    let text =
                        language
                            .bundle()
                            .format_pattern(pattern, Some(&arguments), &mut errors);
                    assert!(
                        errors.is_empty() && !text.is_empty(),
                        "{id} in {language:?}: {errors:?}"
                    );
                }
            }
        }
    }

    #[test]
    fn the_catalogues_of_all_languages_have_the_same_messages() {
        let of = |sources: &[&'static str; SOURCES]| {
            let mut ids: Vec<&str> = message_ids(sources).collect();
            ids.sort_unstable();
            ids
        };
        assert_eq!(of(&ENGLISH), of(&RUSSIAN));
        assert_eq!(of(&ENGLISH), of(&ARABIC));
    }

    /// What any message may ask for.
    fn arguments(number: u64) -> FluentArgs<'static> {
        let texts = [
            "title",
            "services",
            "album",
            "kind",
            "service",
            "outcome",
            "example",
            "site",
            "code",
            "device",
            "host",
            "room",
            "day",
            "when",
            "where",
            "price",
            "reference",
            "name",
            "event",
            "kinds",
            "consequences",
            "measures",
            "contact",
            "authority",
            "file",
            "answer",
            "moment",
            "purposes",
            "table",
        ];
        let numbers = [
            "count", "most", "seconds", "done", "total", "years", "minutes", "days", "line",
            "settings", "rooms", "pages", "others",
        ];
        let texts = texts.iter().map(|name| (*name, FluentValue::from("x")));
        let numbers = numbers
            .iter()
            .map(|name| (*name, FluentValue::from(number)));
        texts.chain(numbers).collect()
    }

    fn message_ids(sources: &[&'static str; SOURCES]) -> impl Iterator<Item = &'static str> {
        let lines = sources.iter().copied().flat_map(str::lines);
        lines
            .filter_map(|line| line.split_once(" ="))
            .map(|(id, _)| id)
            .filter(|id| id.starts_with(|letter: char| letter.is_ascii_lowercase()))
    }
}
