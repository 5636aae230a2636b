//! The first address in a text: where it begins and ends, its host, its path and its parameters.

use std::net::Ipv4Addr;

use percent_encoding::percent_decode_str;

use super::door;
use crate::Reject;

/// Ports that a web address may name, because they are the ones meant without naming any.
const PORTS: [&str; 3] = ["", "80", "443"];
/// Characters in the longest host name (RFC 1035, section 3.1) and a port.
const AUTHORITY_MAX: usize = 253 + ":65535".len();
/// Apps whose addresses look like those of the web.
const APP_SCHEMES: [&str; 2] = ["deezer:", "yandexmusic:"];
/// Words after `spotify:`. Any other word is the rest of a sentence about Spotify.
const SPOTIFY_WORDS: [&str; 13] = [
    "track",
    "album",
    "artist",
    "playlist",
    "user",
    "episode",
    "show",
    "search",
    "station",
    "radio",
    "prerelease",
    "concert",
    "local",
];

/// One address, taken apart and decoded.
pub(super) struct Address {
    /// A known host in lower case, or the scheme of an app with its colon.
    pub(super) host: String,
    segments: Vec<String>,
    parameters: Vec<(String, String)>,
}

impl Address {
    /// The first address in `text`: with `http` or `https`, of an app, or without a scheme at a known host.
    pub(super) fn find(text: &str) -> Result<Self, Reject> {
        let mut doubt = None;
        for word in text.split(is_gap).filter(|word| !word.is_empty()) {
            if let Some(found) = first_in(word) {
                return found;
            }
            doubt = doubt.or_else(|| looks_like(word));
        }
        Err(doubt.unwrap_or(Reject::NoLink))
    }

    /// The path, one item a segment, without slashes at its end.
    pub(super) fn path(&self) -> Vec<&str> {
        self.segments.iter().map(String::as_str).collect()
    }

    /// A parameter that has a value; an empty one is as good as none.
    pub(super) fn parameter(&self, name: &str) -> Option<&str> {
        let found = self.parameters.iter().find(|(key, _)| key == name);
        found
            .map(|(_, value)| value.as_str())
            .filter(|value| !value.is_empty())
    }

    /// Takes apart what follows `https://`.
    fn web(text: &str) -> Result<Self, Reject> {
        let end = text.find(['/', '?', '#']).unwrap_or(text.len());
        let (authority, rest) = text.split_at(end);
        Self::new(
            host(authority)?,
            rest.strip_prefix('/').unwrap_or(rest),
            '/',
        )
    }

    fn new(host: String, rest: &str, separator: char) -> Result<Self, Reject> {
        let rest = rest.split('#').next().unwrap_or_default();
        let (path, query) = rest.split_once('?').unwrap_or((rest, ""));
        let path = path.trim_end_matches(separator);
        let segments: Vec<String> = match path {
            "" => Vec::new(),
            path => path.split(separator).map(decoded).collect(),
        };
        // Browsers climb up at these, so the words around them are not what they seem.
        if segments
            .iter()
            .any(|segment| segment == "." || segment == "..")
        {
            return Err(Reject::OtherPage);
        }
        let parameters = query.split('&').map(parameter).collect();
        Ok(Self {
            host,
            segments,
            parameters,
        })
    }
}

/// One parameter. Addresses copied from HTML still write `&amp;` between two of them.
fn parameter(pair: &str) -> (String, String) {
    let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
    let key = key.strip_prefix("amp;").unwrap_or(key);
    (decoded(key), decoded(value))
}

/// The first address that begins somewhere in `word`, if one does.
fn first_in(word: &str) -> Option<Result<Address, Reject>> {
    let mut before = None;
    for (at, letter) in word.char_indices() {
        let rest = &word[at..];
        if let Some(rest) = without(rest, "https://").or_else(|| without(rest, "http://")) {
            let rest = trimmed(rest);
            return Some(if rest.is_empty() {
                Err(Reject::NoLink)
            } else {
                Address::web(rest)
            });
        }
        if before.is_none_or(is_opening) {
            let found = app(rest).or_else(|| schemeless(rest).map(Ok));
            if found.is_some() {
                return found;
            }
        }
        before = Some(letter);
    }
    None
}

fn app(text: &str) -> Option<Result<Address, Reject>> {
    if let Some(rest) = without(text, "spotify:") {
        let (word, _) = rest.split_once(':')?;
        let is_uri = SPOTIFY_WORDS.contains(&word);
        return is_uri.then(|| Address::new("spotify:".to_owned(), trimmed(rest), ':'));
    }
    APP_SCHEMES.into_iter().find_map(|scheme| {
        let rest = without(text, scheme)?.strip_prefix("//")?;
        Some(Address::new(scheme.to_owned(), trimmed(rest), '/'))
    })
}

/// An address at a known host, with a path: a bare name of a service may be part of a sentence.
fn schemeless(text: &str) -> Option<Address> {
    let text = text.strip_prefix("//").unwrap_or(text);
    let (authority, _) = text.split_once('/')?;
    let is_known = authority.len() <= AUTHORITY_MAX && host(authority).is_ok();
    is_known.then(|| Address::web(trimmed(text)).ok())?
}

/// What is wrong with a word that looks like an address and is none we know.
fn looks_like(word: &str) -> Option<Reject> {
    let word = trimmed(word.trim_start_matches(is_opening));
    let (start, _) = word.split_once('/').unwrap_or((word, ""));
    let host = start.rsplit('@').next().unwrap_or_default();
    let (host, _port) = host.split_once(':').unwrap_or((host, ""));
    let last = host.rsplit_once('.').map_or("", |(_, last)| last);
    let is_name = last.chars().count() > 1 && last.chars().all(char::is_alphabetic);
    let is_address = word.contains('/') && (is_name || host.parse::<Ipv4Addr>().is_ok());
    match Address::web(word) {
        Ok(_) => Some(Reject::OtherPage),
        Err(reject) => is_address.then_some(reject),
    }
}

/// The host in an authority (RFC 3986, section 3.2), if it is one of ours and nothing there hides another.
fn host(authority: &str) -> Result<String, Reject> {
    if authority.contains(['@', '\\', '%', '[']) {
        return Err(Reject::Disguised);
    }
    let (host, port) = authority.split_once(':').unwrap_or((authority, ""));
    let host = host.to_ascii_lowercase();
    // Browsers read these as IPv4 addresses, hexadecimal and short forms included (WHATWG URL, "ends in a number").
    let last = host.rsplit('.').next().unwrap_or_default();
    if last.starts_with("0x")
        || (!last.is_empty() && last.bytes().all(|byte| byte.is_ascii_digit()))
    {
        return Err(Reject::Disguised);
    }
    if door(&host).is_none() {
        return Err(Reject::UnknownHost);
    }
    if !PORTS.contains(&port) {
        return Err(Reject::Disguised);
    }
    Ok(host)
}

/// What follows `prefix`, which is compared without regard to case.
fn without<'a>(text: &'a str, prefix: &str) -> Option<&'a str> {
    let (start, rest) = text.split_at_checked(prefix.len())?;
    start.eq_ignore_ascii_case(prefix).then_some(rest)
}

/// The text without the sentence after it, or the second half of a Markdown link.
fn trimmed(text: &str) -> &str {
    let address = text.split_once("](").map_or(text, |(address, _)| address);
    address.trim_end_matches(is_sentence_end)
}

/// Decodes once, after the text was taken apart: an encoded separator does not separate.
fn decoded(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}

/// Whether no address reaches beyond this character: blanks, the delimiters of RFC 3986, appendix C, and characters
/// that nobody sees.
fn is_gap(letter: char) -> bool {
    letter.is_whitespace()
        || letter.is_control()
        || matches!(letter, '<' | '>' | '"')
        || matches!(letter, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

/// Whether an address without a scheme may begin after this character.
fn is_opening(letter: char) -> bool {
    matches!(
        letter,
        '(' | '['
            | '{'
            | '\''
            | '“'
            | '„'
            | '”'
            | '‘'
            | '’'
            | '«'
            | '»'
            | '‹'
            | '「'
            | '『'
            | '【'
            | '《'
            | '（'
    )
}

/// Whether this character at the end of an address belongs to the sentence around it.
fn is_sentence_end(letter: char) -> bool {
    matches!(
        letter,
        '.' | ',' | ';' | ':' | '!' | '?' | ')' | ']' | '}' | '>' | '"' | '\'' | '…'
    ) || matches!(letter, '“' | '”' | '‘' | '’' | '«' | '»' | '›')
        || matches!(
            letter,
            '。' | '、' | '，' | '；' | '：' | '！' | '？' | '）' | '」' | '』' | '】' | '》'
        )
}
