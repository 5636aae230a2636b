//! What a bracket or a suffix of a title says: who else plays, or which version of the song it is.

/// In what way a recording differs from the plain one of the same song.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kind {
    Live,
    Acoustic,
    Remix,
    Extended,
    Dub,
    Instrumental,
    Karaoke,
    Cover,
    Demo,
    Faster,
    Slower,
    Spatial,
    Voices,
    Orchestral,
    Piano,
    Recorded,
    Reprise,
    /// Faded into its neighbours, as in a set of a disc jockey.
    Mixed,
    Language,
    /// A version with a name that says no more: `Taylor's Version`.
    Named,
    /// Cut for the radio or the single. Often the only one there is, so it weighs little.
    Short,
}

/// One version tag and the words beside it: the remixer, the place, the year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Tag {
    pub(crate) kind: Kind,
    pub(crate) name: Vec<String>,
    /// All words of its segment in one string.
    pub(crate) text: String,
}

/// What a segment of a title means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Meaning {
    /// Other artists; where their names begin, in bytes.
    Features(usize),
    /// The recording differs.
    Tags(Vec<Tag>),
    /// Says nothing of the recording: `Remastered 2011`, `From "Shrek"`.
    Neutral,
    /// Marked as explicit, or as cleaned.
    Explicit(bool),
    /// None of these: a part of the name.
    Words,
}

const FEATURES: &[&str] = &["featuring", "feat", "ft", "with", "w/", "+"];

/// Where names of other artists begin when `segment` announces them.
pub(crate) fn features(segment: &str) -> Option<usize> {
    let trimmed = segment.trim_start();
    let start = segment.len() - trimmed.len();
    FEATURES.iter().find_map(|word| {
        let rest = trimmed.strip_prefix(word)?;
        let names = rest.trim_start_matches([' ', '.', ':']);
        let is_word = rest.is_empty() || names.len() < rest.len() || word.ends_with(['/', '+']);
        is_word.then_some(start + trimmed.len() - names.len())
    })
}

/// Words that name a version wherever they stand in a segment.
const ANYWHERE: &[(&str, Kind)] = &[
    ("remix", Kind::Remix),
    ("remixed", Kind::Remix),
    ("rmx", Kind::Remix),
    ("bootleg", Kind::Remix),
    ("rework", Kind::Remix),
    ("reworked", Kind::Remix),
    ("refix", Kind::Remix),
    ("mashup", Kind::Remix),
    ("vip", Kind::Remix),
    ("ремикс", Kind::Remix),
    ("instrumental", Kind::Instrumental),
    ("instrumentals", Kind::Instrumental),
    ("инструментал", Kind::Instrumental),
    ("минус", Kind::Instrumental),
    ("karaoke", Kind::Karaoke),
    ("караоке", Kind::Karaoke),
    ("acoustic", Kind::Acoustic),
    ("akustik", Kind::Acoustic),
    ("acustico", Kind::Acoustic),
    ("acustica", Kind::Acoustic),
    ("acoustique", Kind::Acoustic),
    ("unplugged", Kind::Acoustic),
    ("акустика", Kind::Acoustic),
    ("nightcore", Kind::Faster),
    ("sped", Kind::Faster),
    ("slowed", Kind::Slower),
    ("8d", Kind::Spatial),
    ("acapella", Kind::Voices),
    ("acappella", Kind::Voices),
    ("orchestral", Kind::Orchestral),
    ("symphonic", Kind::Orchestral),
    ("rerecorded", Kind::Recorded),
    ("extended", Kind::Extended),
    ("tribute", Kind::Cover),
    ("кавер", Kind::Cover),
    ("концерт", Kind::Live),
];

/// Neighbouring words that name a version wherever they stand.
const PHRASES: &[(&str, &str, Kind)] = &[
    ("speed", "up", Kind::Faster),
    ("a", "cappella", Kind::Voices),
    ("a", "capella", Kind::Voices),
    ("re", "recorded", Kind::Recorded),
    ("re", "recording", Kind::Recorded),
    ("long", "version", Kind::Extended),
    ("full", "length", Kind::Extended),
    ("en", "vivo", Kind::Live),
    ("ao", "vivo", Kind::Live),
    ("dal", "vivo", Kind::Live),
    ("en", "directo", Kind::Live),
    ("en", "direct", Kind::Live),
    ("en", "concert", Kind::Live),
    ("in", "concert", Kind::Live),
    ("na", "zywo", Kind::Live),
    ("continuous", "mix", Kind::Mixed),
    ("dj", "mix", Kind::Mixed),
    ("cover", "of", Kind::Cover),
    ("cover", "version", Kind::Cover),
];

/// Words that name a version only at the end, or before one of [`CLOSING`]: they are common in titles.
const LAST: &[(&str, Kind)] = &[
    ("live", Kind::Live),
    ("session", Kind::Live),
    ("sessions", Kind::Live),
    ("cover", Kind::Cover),
    ("demo", Kind::Demo),
    ("demos", Kind::Demo),
    ("dub", Kind::Dub),
    ("piano", Kind::Piano),
    ("mixed", Kind::Mixed),
    ("reprise", Kind::Reprise),
    ("flip", Kind::Remix),
];

/// Words after `live` that make it a tag and not a verb.
const AFTER_LIVE: &[&str] = &[
    "at",
    "in",
    "from",
    "on",
    "version",
    "session",
    "sessions",
    "acoustic",
    "edit",
    "performance",
    "recording",
    "video",
    "aus",
    "im",
    "en",
    "a",
    "mix",
    "bonus",
    "bbc",
    "lounge",
];

const CLOSING: &[&str] = &[
    "version",
    "mix",
    "edit",
    "take",
    "track",
    "recording",
    "performance",
];

const LANGUAGES: &[&str] = &[
    "arabic",
    "chinese",
    "deutsch",
    "deutsche",
    "dutch",
    "english",
    "espanol",
    "espanola",
    "francais",
    "francaise",
    "french",
    "german",
    "hindi",
    "ingles",
    "italian",
    "italiano",
    "italiana",
    "japanese",
    "korean",
    "mandarin",
    "portugues",
    "portuguese",
    "russian",
    "spanish",
    "swedish",
];

const VERSION: &[&str] = &["version", "versione", "versao", "fassung", "версия", "ver"];

/// Beside `version`, `mix` and `edit` these say that it is the common recording.
const ORDINARY: &[&str] = &[
    "album",
    "original",
    "main",
    "lp",
    "deluxe",
    "amazon",
    "itunes",
    "explicit",
    "remastered",
    "remaster",
    "digital",
    "bonus",
    "track",
    "stereo",
    "mono",
    "soundtrack",
    "standard",
    "official",
    "audio",
    "film",
    "movie",
    "expanded",
    "international",
    "uk",
    "us",
    "new",
    "the",
    "anniversary",
    "edition",
    "full",
];

/// Beside `version`, `mix` and `edit` these say that it was shortened.
const SHORTENED: &[&str] = &[
    "radio", "single", "short", "video", "7", "clean", "edited", "airplay",
];

/// Anywhere in a segment without a version, these make it a remark about the release.
const REMARKS: &[&str] = &[
    "remaster",
    "remastered",
    "remasterizado",
    "remasterise",
    "remasters",
    "official",
    "audio",
    "video",
    "lyric",
    "lyrics",
    "visualizer",
    "visualiser",
    "clip",
    "hd",
    "hq",
    "4k",
    "deluxe",
    "bonus",
    "edition",
    "anniversary",
    "soundtrack",
    "ost",
    "original",
    "mono",
    "stereo",
    "reissue",
    "expanded",
    "prod",
    "produced",
    "digital",
    "booklet",
    "premiere",
    "ep",
    "lp",
    "single",
    "album",
    "hidden",
];

/// Says what the words of a bracket or suffix mean.
pub(crate) fn meaning(segment: &str, words: &[String]) -> Meaning {
    if let Some(start) = features(segment) {
        return Meaning::Features(start);
    }
    if matches!(words, [first, _, ..] if matches!(first.as_str(), "from" | "aus" | "из")) {
        return Meaning::Neutral;
    }
    let tags = tags(words);
    if !tags.is_empty() {
        return Meaning::Tags(tags);
    }
    match words {
        [one] if matches!(one.as_str(), "explicit" | "dirty") => return Meaning::Explicit(true),
        [one] if matches!(one.as_str(), "clean" | "edited" | "censored") => {
            return Meaning::Explicit(false);
        }
        [one] if is_year(one) => return Meaning::Neutral,
        [first, second, ..]
            if second == "from"
                && matches!(first.as_str(), "taken" | "music" | "theme" | "song") =>
        {
            return Meaning::Neutral;
        }
        _ => {}
    }
    let is_remark =
        |word: &String| REMARKS.contains(&word.as_str()) || VERSION.contains(&word.as_str());
    if words.iter().any(is_remark) {
        return Meaning::Neutral;
    }
    Meaning::Words
}

pub(crate) fn is_year(word: &str) -> bool {
    word.len() == 4
        && word.bytes().all(|byte| byte.is_ascii_digit())
        && (word.starts_with("19") || word.starts_with("20"))
}

/// The version tags in the words of a segment.
pub(crate) fn tags(words: &[String]) -> Vec<Tag> {
    if words.is_empty() {
        return Vec::new();
    }
    let mut kinds: Vec<Kind> = Vec::new();
    let mut is_name = vec![true; words.len()];
    for (index, word) in words.iter().enumerate() {
        let before = index.checked_sub(1).map_or("", |last| words[last].as_str());
        let after = words.get(index + 1).map_or("", String::as_str);
        let closes = after.is_empty() || CLOSING.contains(&after);
        let found = look_up(ANYWHERE, word)
            .or_else(|| {
                PHRASES
                    .iter()
                    .find(|row| row.0 == word && row.1 == after)
                    .map(|row| row.2)
            })
            .or_else(|| look_up(LAST, word).filter(|_| closes))
            .or_else(|| {
                (word == "live"
                    && before.is_empty()
                    && (AFTER_LIVE.contains(&after) || is_year(after)))
                .then_some(Kind::Live)
            })
            .or_else(|| (word == "live" && before == "recorded").then_some(Kind::Live));
        if let Some(kind) = found {
            is_name[index] = false;
            if PHRASES.iter().any(|row| row.0 == word && row.1 == after) {
                is_name[index + 1] = false;
            }
            if !kinds.contains(&kind) {
                kinds.push(kind);
            }
        }
    }
    let mut name: Vec<String> = words
        .iter()
        .zip(&is_name)
        .filter(|(word, is_name)| **is_name && !is_filler(word))
        .map(|(word, _)| word.clone())
        .collect();
    if kinds.is_empty() {
        kinds.extend(by_form(words, &mut name));
    }
    kinds
        .into_iter()
        .map(|kind| Tag {
            kind,
            name: name.clone(),
            text: words.concat(),
        })
        .collect()
}

/// `X version`, `X mix` and `X edit` are named by what X is.
fn by_form(words: &[String], name: &mut Vec<String>) -> Option<Kind> {
    let has = |set: &[&str]| words.iter().any(|word| set.contains(&word.as_str()));
    let is_version = has(VERSION);
    let is_mix = words
        .last()
        .is_some_and(|last| matches!(last.as_str(), "mix" | "edit" | "микс"))
        || (is_version && has(&["mix", "edit"]));
    if !is_version && !is_mix {
        let is_language = matches!(words, [one] if LANGUAGES.contains(&one.as_str()));
        return is_language.then_some(Kind::Language);
    }
    name.retain(|word| {
        let is_reissue = is_version && has(ORDINARY) && is_year(word);
        !is_reissue && !ORDINARY.contains(&word.as_str())
    });
    let is_shortened = has(SHORTENED) || (name.is_empty() && has(&["edit"]));
    name.retain(|word| !SHORTENED.contains(&word.as_str()));
    match name.as_slice() {
        [] if is_shortened => Some(Kind::Short),
        [] => None,
        _ if has(LANGUAGES) => Some(Kind::Language),
        _ if is_mix => Some(Kind::Remix),
        _ => Some(Kind::Named),
    }
}

fn is_filler(word: &str) -> bool {
    VERSION.contains(&word)
        || matches!(
            word,
            "mix"
                | "edit"
                | "the"
                | "by"
                | "of"
                | "in"
                | "at"
                | "from"
                | "on"
                | "up"
                | "take"
                | "микс"
        )
}

fn look_up(table: &[(&str, Kind)], word: &str) -> Option<Kind> {
    table.iter().find(|row| row.0 == word).map(|row| row.1)
}
