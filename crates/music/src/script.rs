//! Writing systems, and Cyrillic in Latin letters: strings of two scripts cannot be compared letter by letter.

/// A writing system, as far as it matters here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Script {
    Latin,
    Cyrillic,
    Greek,
    Arabic,
    Hebrew,
    Indic,
    Thai,
    /// Chinese and Japanese: both mix characters.
    Han,
    Hangul,
}

/// The script of most letters; none when there are only digits and signs.
pub(crate) fn script(folded: &str) -> Option<Script> {
    if folded.is_ascii() {
        return folded
            .bytes()
            .any(|byte| byte.is_ascii_alphabetic())
            .then_some(Script::Latin);
    }
    let mut counts = [0usize; 9];
    for letter in folded.chars() {
        if let Some(script) = script_of(letter) {
            counts[script as usize] += 1;
        }
    }
    let all = [
        Script::Latin,
        Script::Cyrillic,
        Script::Greek,
        Script::Arabic,
        Script::Hebrew,
        Script::Indic,
        Script::Thai,
        Script::Han,
        Script::Hangul,
    ];
    let most = all
        .into_iter()
        .max_by_key(|script| counts[*script as usize])?;
    (counts[most as usize] > 0).then_some(most)
}

fn script_of(letter: char) -> Option<Script> {
    Some(match letter {
        'a'..='z' | '\u{e0}'..='\u{24f}' => Script::Latin,
        '\u{370}'..='\u{3ff}' => Script::Greek,
        '\u{400}'..='\u{52f}' => Script::Cyrillic,
        '\u{590}'..='\u{5ff}' => Script::Hebrew,
        '\u{600}'..='\u{6ff}' => Script::Arabic,
        '\u{900}'..='\u{dff}' => Script::Indic,
        '\u{e00}'..='\u{e7f}' => Script::Thai,
        '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' => Script::Han,
        '\u{1100}'..='\u{11ff}' | '\u{ac00}'..='\u{d7af}' => Script::Hangul,
        _ => return None,
    })
}

/// A rough spelling by sound in Latin letters, the same for the many ways to write Cyrillic in Latin:
/// `Юлия`, `Yuliya` and `Julia` agree.
pub(crate) fn sound(folded: &str) -> String {
    let latin: String = folded.chars().map(latin).collect::<Vec<_>>().concat();
    let mut sound = String::with_capacity(latin.len());
    let mut rest = latin.as_str();
    while let Some(letter) = rest.chars().next() {
        let (from, to) = SPELLINGS
            .iter()
            .copied()
            .find(|(from, _)| rest.starts_with(from))
            .unwrap_or((&rest[..letter.len_utf8()], &rest[..letter.len_utf8()]));
        // Doubled letters are doubled in one spelling and single in another.
        if !to.is_empty() && !sound.ends_with(to) {
            sound.push_str(to);
        }
        rest = &rest[from.len()..];
    }
    sound
}

/// Letters and groups that transliterations write differently, longest first.
const SPELLINGS: &[(&str, &str)] = &[
    ("shch", "s"),
    ("sch", "s"),
    ("iya", "ia"),
    ("iia", "ia"),
    ("ija", "ia"),
    ("sh", "s"),
    ("ch", "c"),
    ("zh", "z"),
    ("kh", "h"),
    ("ts", "c"),
    ("tz", "c"),
    ("ph", "f"),
    ("yu", "u"),
    ("ju", "u"),
    ("iu", "u"),
    ("ya", "a"),
    ("ja", "a"),
    ("ia", "a"),
    ("yo", "o"),
    ("jo", "o"),
    ("io", "o"),
    ("ye", "e"),
    ("je", "e"),
    ("ie", "e"),
    ("ks", "x"),
    ("y", "i"),
    ("j", "i"),
    ("w", "v"),
    ("q", "k"),
    (" ", ""),
];

/// One Cyrillic letter in Latin ones; accents are gone already, so `й` comes as `и` and `ё` as `е`.
fn latin(letter: char) -> String {
    let text = match letter {
        'а' => "a",
        'б' => "b",
        'в' => "v",
        'г' | 'ґ' => "g",
        'д' => "d",
        'е' | 'э' | 'є' => "e",
        'ж' => "zh",
        'з' => "z",
        'и' | 'і' | 'ї' | 'ы' | 'ј' => "i",
        'к' => "k",
        'л' => "l",
        'м' => "m",
        'н' => "n",
        'о' => "o",
        'п' => "p",
        'р' => "r",
        'с' => "s",
        'т' => "t",
        'у' | 'ў' => "u",
        'ф' => "f",
        'х' => "kh",
        'ц' => "ts",
        'ч' | 'ћ' => "ch",
        'ш' | 'щ' => "sh",
        'ъ' | 'ь' => "",
        'ю' => "yu",
        'я' => "ya",
        'љ' => "l",
        'њ' => "n",
        'џ' => "zh",
        'ђ' => "d",
        _ => return letter.to_string(),
    };
    text.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::normal::fold;

    #[test]
    fn cyrillic_and_its_latin_spellings_sound_alike() {
        for (cyrillic, latin) in [
            ("Группа крови", "Gruppa Krovi"),
            ("Юлия", "Yuliya"),
            ("Земфира", "Zemfira"),
            ("Хочешь", "Khochesh"),
            ("Щука", "Shchuka"),
            ("Чайковский", "Chaikovskiy"),
        ] {
            assert_eq!(sound(&fold(cyrillic)), sound(&fold(latin)), "{cyrillic}");
        }
    }

    #[test]
    fn the_script_is_that_of_most_letters() {
        assert_eq!(script("группа крови"), Some(Script::Cyrillic));
        assert_eq!(script("バイバイ yes"), Some(Script::Han));
        assert_eq!(script("99"), None);
    }
}
