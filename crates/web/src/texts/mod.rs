//! The texts of pages that the server draws, from the same catalogues as the front end's.

mod language;

use std::borrow::Cow;
use std::sync::LazyLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::types::FluentNumber;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};

pub(crate) use language::Language;

type Bundle = FluentBundle<FluentResource>;

/// Marks around an argument that keep its direction (Unicode isolates). Right in a page, in the way elsewhere.
const ISOLATES: [char; 2] = ['\u{2068}', '\u{2069}'];

/// The sources that the server shows, in each language.
const ENGLISH: [&str; 3] = [
    include_str!("../../../../locales/en/common.ftl"),
    include_str!("../../../../locales/en/link.ftl"),
    include_str!("../../../../locales/en/rooms.ftl"),
];
const RUSSIAN: [&str; 3] = [
    include_str!("../../../../locales/ru/common.ftl"),
    include_str!("../../../../locales/ru/link.ftl"),
    include_str!("../../../../locales/ru/rooms.ftl"),
];
const ARABIC: [&str; 3] = [
    include_str!("../../../../locales/ar/common.ftl"),
    include_str!("../../../../locales/ar/link.ftl"),
    include_str!("../../../../locales/ar/rooms.ftl"),
];

impl Language {
    /// The text of a message.
    pub(crate) fn say(self, id: &str) -> String {
        self.format(id, None)
    }

    /// The text of a message with one argument.
    pub(crate) fn with<'a>(
        self,
        id: &str,
        name: &'a str,
        value: impl Into<FluentValue<'a>>,
    ) -> String {
        let mut arguments = FluentArgs::with_capacity(1);
        arguments.set(name, value);
        self.format(id, Some(&arguments))
    }

    /// The text of a message with text arguments.
    pub(crate) fn with_all(self, id: &str, values: &[(&str, &str)]) -> String {
        let arguments: FluentArgs<'_> = values.iter().copied().collect();
        self.format(id, Some(&arguments))
    }

    /// A number as people write it in this language (CLDR: grouping by three, in Western digits).
    pub(crate) fn number(self, number: u64) -> String {
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
    pub(crate) fn list(self, names: &[impl AsRef<str>]) -> String {
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
pub(crate) fn plain(text: &str) -> String {
    text.replace(ISOLATES, "")
}

/// A name from elsewhere without what would turn or hide the text around it: control characters and marks of direction
/// that reach beyond the name (Unicode TR 36, section 2.4).
pub(crate) fn tame(name: &str) -> String {
    let is_harmless = |letter: &char| {
        let turns = matches!(letter, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
        !turns && !letter.is_control()
    };
    name.chars().filter(is_harmless).collect()
}

fn bundle(language: Language, sources: [&str; 3]) -> Bundle {
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
mod tests;
