//! Which language a person gets, and what goes with it.

/// A language of pages and mails.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Language {
    /// English.
    English,
    /// Russian.
    Russian,
    /// Arabic.
    Arabic,
    /// English with longer, accented words: shows what breaks when a translation is long.
    Pseudo,
}

/// How many wishes of an `Accept-Language` are looked at.
const WISHES_MAX: usize = 16;

impl Language {
    /// The languages that are offered to people.
    pub const OFFERED: [Self; 3] = [Self::English, Self::Russian, Self::Arabic];
    /// Every language, with the one that shows what breaks.
    pub const ALL: [Self; 4] = [Self::English, Self::Russian, Self::Arabic, Self::Pseudo];

    /// Its tag (BCP 47).
    #[must_use]
    pub const fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Russian => "ru",
            Self::Arabic => "ar",
            Self::Pseudo => "en-XA",
        }
    }

    /// `dir` of a page in it.
    #[must_use]
    pub const fn direction(self) -> &'static str {
        match self {
            Self::Arabic => "rtl",
            Self::English | Self::Russian | Self::Pseudo => "ltr",
        }
    }

    /// What its speakers call it.
    #[must_use]
    pub const fn native_name(self) -> &'static str {
        match self {
            Self::English | Self::Pseudo => "English",
            Self::Russian => "Русский",
            Self::Arabic => "العربية",
        }
    }

    /// The name that Open Graph has for it.
    #[must_use]
    pub const fn locale(self) -> &'static str {
        match self {
            Self::English | Self::Pseudo => "en_US",
            Self::Russian => "ru_RU",
            Self::Arabic => "ar_AR",
        }
    }

    /// The language with this tag, or its primary language, if we speak it.
    #[must_use]
    pub fn asked(wish: Option<&str>) -> Option<Self> {
        wish.and_then(meet)
    }

    /// The language that a browser wishes for most by its `Accept-Language`, of those that we speak; else English.
    #[must_use]
    pub fn wished(wishes: &str) -> Self {
        let mut best = (0, Self::English);
        for wish in wishes.split(',').take(WISHES_MAX) {
            let (tag, parameters) = wish.split_once(';').unwrap_or((wish, ""));
            let weight = weight(parameters);
            // The first of equals wins, so that the order counts where the weights do not tell.
            if let Some(language) = meet(tag.trim()).filter(|_| weight > best.0) {
                best = (weight, language);
            }
        }
        best.1
    }
}

/// A wish is met by its exact tag or its primary language (RFC 4647, lookup).
fn meet(wish: &str) -> Option<Language> {
    if wish.eq_ignore_ascii_case(Language::Pseudo.tag()) {
        return Some(Language::Pseudo);
    }
    let primary = wish.split('-').next().unwrap_or(wish);
    Language::OFFERED
        .into_iter()
        .find(|language| language.tag().eq_ignore_ascii_case(primary))
}

/// `q=0.8` in thousandths; 1,000 where nothing is said (RFC 9110, section 12.4.2).
fn weight(parameters: &str) -> u32 {
    let Some(quality) = parameters.trim().strip_prefix("q=") else {
        return 1000;
    };
    let quality: f32 = quality.trim().parse().unwrap_or(0.0);
    (quality.clamp(0.0, 1.0) * 1000.0) as u32
}

/// Accents `text` and repeats vowels until it is 40 % longer.
pub(super) fn pseudo(text: &str) -> String {
    const GROWTH_PERCENT: u32 = 40;
    let mut owed = 0;
    let mut longer = String::with_capacity(text.len() * 2);
    for letter in text.chars() {
        let accented = accented(letter);
        longer.push(accented);
        owed += GROWTH_PERCENT;
        while owed >= 100 && "aeiouyAEIOUY".contains(letter) {
            longer.push(accented);
            owed -= 100;
        }
    }
    longer
}

fn accented(letter: char) -> char {
    const PLAIN: &str = "abcdegilnorstuwyzACDEGILNORSTUWYZ";
    const ACCENTED: &str = "áƀçðéğíłñöŕšţúŵýžÁÇÐÉĞÍŁÑÖŔŠŢÚŴÝŽ";
    let place = PLAIN.chars().position(|plain| plain == letter);
    place
        .and_then(|place| ACCENTED.chars().nth(place))
        .unwrap_or(letter)
}
