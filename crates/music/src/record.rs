//! A record of a catalogue nobody checked: values stand in wrong columns, are cut, misspelt or missing.

use std::collections::BTreeMap;
use std::time::Duration;

use crate::columns::put_back;
use crate::joined::split_joined;
use crate::mend::{drop_echo, mend};
use crate::normal::{fold, words};
use crate::reading::{Fields, Reading, take_apart, year};

/// One song in such a catalogue.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Record {
    /// The column for the title.
    pub title: String,
    /// The column for the artists, joined somehow.
    pub artist: String,
    /// The column for the album.
    pub album: String,
    /// How long it plays.
    pub duration: Option<Duration>,
    /// Its code, when it has the shape of one.
    pub isrc: Option<crate::Isrc>,
    /// When it came out, in any style.
    pub released: String,
    /// All other columns by name.
    pub extra: BTreeMap<String, String>,
}

impl Record {
    fn fields(&self) -> Fields {
        let extra = |names: &[&str]| {
            let is_named = |column: &&String| {
                names
                    .iter()
                    .any(|name| column.to_lowercase().contains(name))
            };
            self.extra
                .keys()
                .find(is_named)
                .map_or("", |column| self.extra[column].as_str())
        };
        let is_empty = |column: &&String| self.extra[*column].trim().is_empty();
        let lacks_rights = self.extra.keys().filter(is_empty).any(|column| {
            RIGHTS_COLUMNS
                .iter()
                .any(|name| column.to_lowercase().contains(name))
        });
        let cut = cut(&self.title, lacks_rights);
        let mut fields = Fields {
            title: known(cut.name).to_owned(),
            album: known(&self.album).to_owned(),
            duration: self
                .duration
                .or_else(|| duration(extra(&["length", "duration", "time"])))
                .or(cut.duration),
            isrc: self.isrc,
            year: [
                self.released.as_str(),
                extra(&["released", "year", "date"]),
                cut.date,
            ]
            .into_iter()
            .find_map(year),
            number: extra(&["number"]).trim().parse().ok(),
            ..Fields::default()
        };
        fields.artists.extend(
            Some(known(&self.artist))
                .filter(|artist| !artist.is_empty())
                .map(str::to_owned),
        );
        if fields.title.is_empty() && self.artist.contains(" - ") {
            fields.title = fields.artists.pop().unwrap_or_default();
        }
        take_number(&mut fields);
        // Columns that are there and empty have lent their values to the title.
        fields.is_joined = cut.is_joined || self.extra.keys().filter(is_empty).count() > 1;
        if fields.is_joined {
            fields.title = without_genres(&fields.title).to_owned();
        }
        fields
    }
}

/// Reads two records side by side.
pub(crate) fn pair_records(left: &Record, right: &Record) -> (Reading, Reading) {
    let (mut left, mut right) = (left.fields(), right.fields());
    drop_echo(&mut left);
    drop_echo(&mut right);
    if !(left.is_joined || right.is_joined) {
        put_back(&mut left, &mut right);
    }
    mend(&left, &mut right);
    take_apart(&mut left, &mut right);
    split_joined(&mut left, &mut right);
    (Reading::of(&left), Reading::of(&right))
}

/// The value, or nothing where a catalogue has a word for nothing.
fn known(value: &str) -> &str {
    let value = value.trim();
    let bare = value
        .trim_matches(['[', ']', '(', ')', '<', '>', '.'])
        .to_lowercase();
    let is_nothing = matches!(
        bare.as_str(),
        "" | "null"
            | "none"
            | "nan"
            | "n/a"
            | "na"
            | "unk"
            | "unknown"
            | "?"
            | "-"
            | "untitled"
            | "no title"
            | "not available"
    );
    if is_nothing { "" } else { value }
}

/// A length in milliseconds, seconds, minutes with a fraction, `3:33` or `3m 33sec`.
fn duration(text: &str) -> Option<Duration> {
    /// A bare number from here on counts milliseconds: no track plays for three hours.
    const MILLISECONDS_MIN: f64 = 10_000.0;
    let text = known(text);
    let numbers: Vec<f64> = text
        .split(|letter: char| !letter.is_ascii_digit() && letter != '.')
        .filter_map(|run| run.trim_matches('.').parse().ok())
        .collect();
    let seconds = match numbers.as_slice() {
        [hours, minutes, seconds] => hours * 3600.0 + minutes * 60.0 + seconds,
        [minutes, seconds] => minutes * 60.0 + seconds,
        [number] if *number >= MILLISECONDS_MIN => number / 1000.0,
        [number] if text.contains('.') => number * 60.0,
        [number] => *number,
        _ => return None,
    };
    Duration::try_from_secs_f64(seconds)
        .ok()
        .filter(|duration| *duration > Duration::ZERO)
}

/// A title column, cut where values of other columns begin.
struct Cut<'a> {
    name: &'a str,
    duration: Option<Duration>,
    date: &'a str,
    /// Whether something was cut off.
    is_joined: bool,
}

/// Parts of the names of columns that say who holds rights.
const RIGHTS_COLUMNS: &[&str] = &["copyright", "rights", "label", "publisher"];

/// Cuts a title at the first price, line of rights, playing time or date: titles hold none of these.
fn cut(title: &str, lacks_rights: bool) -> Cut<'_> {
    let tokens: Vec<(usize, &str)> = title
        .split(' ')
        .filter(|token| !token.is_empty())
        .map(|token| (token.as_ptr() as usize - title.as_ptr() as usize, token))
        .collect();
    let mut cut = Cut {
        name: title,
        duration: None,
        date: "",
        is_joined: false,
    };
    for (index, (at, token)) in tokens.iter().enumerate().skip(1) {
        let rest: Vec<&str> = tokens[index..].iter().map(|token| token.1).collect();
        let is_time = is_time(token);
        let is_date = is_date(&rest);
        if is_time && cut.duration.is_none() {
            cut.duration = duration(token);
        }
        if is_date && cut.date.is_empty() {
            let length = if rest[0].contains('-') {
                1
            } else {
                rest.len().min(4)
            };
            let last = rest[length - 1];
            cut.date = &title[*at..tokens[index + length - 1].0 + last.len()];
        }
        if !cut.is_joined
            && (is_time || is_date || is_price(&rest) || is_rights(&rest, lacks_rights))
        {
            cut.name = title[..*at].trim_end();
            cut.is_joined = true;
        }
    }
    cut
}

fn is_time(token: &str) -> bool {
    let Some((minutes, seconds)) = token.split_once(':') else {
        return false;
    };
    let is_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    (1..=2).contains(&minutes.len())
        && seconds.len() == 2
        && is_digits(minutes)
        && is_digits(seconds)
}

fn is_price(rest: &[&str]) -> bool {
    let is_amount =
        |text: &str| text.len() >= 3 && text.contains('.') && text.parse::<f64>().is_ok();
    match rest {
        ["$" | "€" | "£", amount, ..] => is_amount(amount),
        ["Album", "Only", ..] => true,
        [one, ..] => one.strip_prefix(['$', '€', '£']).is_some_and(is_amount),
        [] => false,
    }
}

const MONTHS: &[&str] = &[
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
];

fn is_date(rest: &[&str]) -> bool {
    let is_month = |text: &str| {
        text.get(..3)
            .is_some_and(|start| MONTHS.contains(&start.to_lowercase().as_str()))
    };
    let is_number = |text: &str| text.trim_end_matches(',').parse::<u16>().is_ok();
    match rest {
        [month, day, ",", year, ..] if is_month(month) && is_number(day) && is_number(year) => true,
        [month, day, year, ..]
            if is_month(month) && day.ends_with(',') && is_number(day) && is_number(year) =>
        {
            true
        }
        [one, ..] => {
            let parts: Vec<&str> = one.split('-').collect();
            matches!(parts.as_slice(), [day, month, year] if is_number(day) && is_month(month) && is_number(year))
                || matches!(parts.as_slice(), [year, month, day] if year.len() == 4 && [year, month, day].into_iter().all(|part| is_number(part)))
        }
        [] => false,
    }
}

/// Words that name who holds rights.
const COMPANIES: &[&str] = &[
    "records",
    "recordings",
    "recording",
    "music",
    "llc",
    "inc",
    "ltd",
    "limited",
    "entertainment",
    "group",
    "license",
    "licence",
    "exclusive",
    "rights",
    "productions",
    "sony",
    "universal",
    "warner",
    "polydor",
    "bmg",
    "emi",
    "label",
    "labels",
    "corporation",
    "gmbh",
];

/// How many words after a year are looked at for the name of a company.
const COMPANY_WORDS_MAX: usize = 10;

fn is_rights(rest: &[&str], is_wanted: bool) -> bool {
    match rest {
        ["(", "C" | "c" | "P" | "p", ")", ..] | ["‰", ..] => true,
        [sign, ..]
            if sign.starts_with(['©', '℗'])
                || sign.eq_ignore_ascii_case("(c)")
                || sign.eq_ignore_ascii_case("(p)") =>
        {
            true
        }
        [first, rest @ ..] => {
            let is_year = crate::version::is_year(first);
            let is_company = |word: &&str| {
                COMPANIES.contains(&word.trim_matches(['.', ',']).to_lowercase().as_str())
            };
            is_year
                && (is_wanted && !rest.is_empty()
                    || rest.iter().take(COMPANY_WORDS_MAX).any(is_company))
        }
        [] => false,
    }
}

/// Takes a track number from the front of a title.
pub(crate) fn take_number(fields: &mut Fields) {
    let (number, name) = without_number(&fields.title);
    if let Some(number) = number {
        fields.title = name.to_owned();
        fields.number = fields.number.or(Some(number));
    }
}

/// Splits a track number from a name: `002-Wonderwall`, `7. Wonderwall`, but not `1-800-273-8255`.
pub(crate) fn without_number(text: &str) -> (Option<u16>, &str) {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let (number, rest) = text.split_at(digits);
    let name = rest
        .trim_start()
        .trim_start_matches(['-', '.', ')', '_'])
        .trim_start();
    let is_marked = !name.is_empty() && name.len() < rest.trim_start().len();
    let is_padded = digits == 3 && number.starts_with('0');
    let is_number =
        digits <= 3 && is_marked && (is_padded || name.starts_with(char::is_alphabetic));
    match number.parse() {
        Ok(number) if is_number => (Some(number), name),
        _ => (None, text),
    }
}

/// Words of the names of genres. In a joined title they follow the names.
const GENRES: &[&str] = &[
    "adult",
    "alternative",
    "americana",
    "bluegrass",
    "blues",
    "bop",
    "christian",
    "christmas",
    "classical",
    "contemporary",
    "country",
    "cowboy",
    "dance",
    "dancehall",
    "disco",
    "dubstep",
    "east",
    "coast",
    "electronic",
    "electronica",
    "folk",
    "funk",
    "gangsta",
    "garage",
    "gospel",
    "grunge",
    "hard",
    "hardcore",
    "hip",
    "hop",
    "holiday",
    "honky",
    "tonk",
    "house",
    "indie",
    "international",
    "jazz",
    "latin",
    "latino",
    "lo",
    "fi",
    "metal",
    "miscellaneous",
    "modern",
    "music",
    "neo",
    "original",
    "pop",
    "punk",
    "r",
    "b",
    "rap",
    "reggae",
    "rnb",
    "rock",
    "score",
    "singer",
    "songwriter",
    "soul",
    "soundtrack",
    "soundtracks",
    "south",
    "southern",
    "dirty",
    "teen",
    "techno",
    "traditional",
    "trance",
    "underground",
    "urban",
    "vocal",
    "west",
    "world",
    "french",
    "and",
    "hiphop",
];

/// A joined title without the names of genres and what follows them. The first word always stays.
fn without_genres(title: &str) -> &str {
    let tokens: Vec<&str> = title.split(' ').filter(|token| !token.is_empty()).collect();
    let start = |token: &str| token.as_ptr() as usize - title.as_ptr() as usize;
    let is_genre = |token: &str| {
        let words = words(&fold(token));
        words.iter().all(|word| GENRES.contains(&word.as_str()))
            && token.starts_with(char::is_alphabetic)
    };
    // Two genres joined by a sign are no name: `Dance & Electronic`, `Hip-Hop/Rap`.
    let several = (1..tokens.len()).find(|at| {
        let joined = matches!(&tokens[*at..], [one, "," | "&" | "/", other, ..] if is_genre(one) && is_genre(other));
        joined || (tokens[*at].contains(['/', '&']) && tokens[*at].len() > 1 && is_genre(tokens[*at]))
    });
    let mut end = several.unwrap_or(tokens.len());
    while end > 1 && (is_genre(tokens[end - 1]) || matches!(tokens[end - 1], "," | "/" | "&" | "-"))
    {
        end -= 1;
    }
    tokens
        .get(end)
        .map_or(title, |token| title[..start(token)].trim_end())
}
