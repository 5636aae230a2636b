//! Every byte of what lies anywhere, for a value in whatever form it may be written.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE_NO_PAD};

/// Bytes that lie somewhere, by the name of the place.
pub(super) type Place = (String, Vec<u8>);

/// Fewer bytes than these come about by chance.
const FORM_BYTES_MIN: usize = 6;
/// How much of a long value is looked for at once: so much lies together wherever a database breaks it.
const PIECE_BYTES: usize = 48;
/// The bytes with which a picture begins, which are alike in all pictures.
const PICTURE_HEAD_BYTES: usize = 1024;
/// Pieces of a picture that are looked for, and how far apart they begin.
const PICTURE_PIECES: usize = 12;
const PICTURE_STEP_BYTES: usize = 256;

/// What is looked for.
pub(super) struct Canary {
    /// Which value it is.
    pub(super) name: &'static str,
    /// How it may be written: as it is, as hexadecimal digits, in base64, in JSON, in an address.
    forms: BTreeSet<Vec<u8>>,
}

impl Canary {
    pub(super) fn text(name: &'static str, text: &str) -> Self {
        let mut forms = forms_of(text.as_bytes());
        let quoted = serde_json::to_string(text).unwrap();
        let quoted = &quoted[1..quoted.len() - 1];
        let ascii = quoted.chars().map(|letter| match letter {
            ' '..='~' => letter.to_string(),
            other => format!("\\u{:04x}", u32::from(other)),
        });
        forms.extend([quoted.into(), ascii.collect::<String>().into()]);
        Self { name, forms }
    }

    /// A value that is no text, by its beginning.
    pub(super) fn bytes(name: &'static str, bytes: &[u8]) -> Self {
        let forms = forms_of(&bytes[..bytes.len().min(PIECE_BYTES)]);
        Self { name, forms }
    }

    /// A picture, by pieces of it.
    pub(super) fn picture(name: &'static str, bytes: &[u8]) -> Self {
        let pieces = bytes[PICTURE_HEAD_BYTES..].chunks_exact(PICTURE_STEP_BYTES);
        let forms = pieces
            .take(PICTURE_PIECES)
            .flat_map(|piece| forms_of(&piece[..PIECE_BYTES]))
            .collect();
        Self { name, forms }
    }
}

fn forms_of(bytes: &[u8]) -> BTreeSet<Vec<u8>> {
    let hex = |digit: fn(&u8) -> String| bytes.iter().map(digit).collect::<String>();
    let escaped = bytes.iter().map(|byte| match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' => char::from(*byte).into(),
        other => format!("%{other:02X}"),
    });
    let mut forms = BTreeSet::from([
        bytes.to_vec(),
        hex(|byte| format!("{byte:02x}")).into(),
        hex(|byte| format!("{byte:02X}")).into(),
        escaped.collect::<String>().into(),
    ]);
    // What of the digits depends on nothing but the value, wherever in the encoded bytes it begins.
    for before in 0..3 {
        let padded = [&[0; 3][..before], bytes].concat();
        let digits = (before * 8).div_ceil(6)..padded.len() * 8 / 6;
        for engine in [STANDARD_NO_PAD, URL_SAFE_NO_PAD] {
            forms.insert(engine.encode(&padded)[digits.clone()].into());
        }
    }
    let is_told_apart = |form: &Vec<u8>| form.len() >= FORM_BYTES_MIN;
    assert!(forms.iter().all(is_told_apart), "too short to look for");
    forms
}

/// Every file under `folder`. One that went meanwhile has nothing in it.
pub(super) fn files(folder: &Path) -> Vec<Place> {
    let mut places = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            places.extend(files(&path));
        } else if let Ok(bytes) = std::fs::read(&path) {
            places.push((path.display().to_string(), bytes));
        }
    }
    places
}

/// Which of the canaries are anywhere, and where.
pub(super) fn found<'a>(
    canaries: impl IntoIterator<Item = &'a Canary>,
    places: &[Place],
) -> BTreeMap<&'static str, BTreeSet<String>> {
    // By the two bytes that a form begins with, so that each place is read once.
    let mut starts: Vec<Vec<(&str, &[u8])>> = vec![Vec::new(); 1 << 16];
    for canary in canaries {
        for form in &canary.forms {
            starts[start_of(form)].push((canary.name, form));
        }
    }
    let mut found: BTreeMap<_, BTreeSet<String>> = BTreeMap::new();
    for (place, bytes) in places {
        for at in 0..bytes.len().saturating_sub(1) {
            for (name, form) in &starts[start_of(&bytes[at..])] {
                if bytes[at..].starts_with(form) {
                    found.entry(*name).or_default().insert(place.clone());
                }
            }
        }
    }
    found
}

fn start_of(bytes: &[u8]) -> usize {
    usize::from(u16::from_be_bytes([bytes[0], bytes[1]]))
}

/// The scan reads what it is to read: each form of a text, wherever it begins.
#[test]
fn a_value_is_found_in_every_form_and_no_other_is() {
    let text = "Zoë \"canary\" 1";
    let canary = [Canary::text("it", text)];
    let encoded = (0..3).map(|before| {
        let padded = [&b"xyz"[..before], text.as_bytes(), b"after"].concat();
        STANDARD_NO_PAD.encode(padded)
    });
    let written = [
        format!("before {text} after"),
        serde_json::json!({ "text": text }).to_string(),
        r#"{"text":"Zo\u00eb \"canary\" 1"}"#.to_owned(),
        "5a6fc3ab202263616e617279222031".to_owned(),
        "text=Zo%C3%AB%20%22canary%22%201".to_owned(),
    ];
    for written in written.into_iter().chain(encoded) {
        let places = [(written.clone(), written.into_bytes())];
        assert_eq!(found(&canary, &places).len(), 1, "{}", places[0].0);
    }
    let other = [("other".to_owned(), b"Zoe \"canary\" 1, canary".to_vec())];
    assert!(found(&canary, &other).is_empty());
}
