//! One post: a file with a head of `name: value` lines between two lines of `---`, and Markdown below.

use std::fmt;

use privacy::from_rfc3339;

use super::markdown;

/// The longest file, in bytes.
pub(super) const FILE_BYTES_MAX: u64 = 256 * 1024;
/// The longest name of a post in addresses.
const SLUG_CHARS_MAX: usize = 80;
const TITLE_CHARS_MAX: usize = 200;
const SUMMARY_CHARS_MAX: usize = 500;
/// The longest tag of a language (BCP 47).
const TAG_CHARS_MAX: usize = 35;

/// A post, ready to be shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Post {
    /// Its name in addresses: the file's, without its ending.
    pub(super) slug: String,
    pub(super) title: String,
    /// The day that it bears.
    pub(super) date: Day,
    /// The day of its last change; that of the post unless the head says another.
    pub(super) updated: Day,
    /// What it is about, in a sentence or two. Empty: it has none.
    pub(super) summary: String,
    /// The tag of its language, if the head says one.
    pub(super) language: Option<String>,
    /// Its text.
    pub(super) html: String,
}

/// Why a file is no post.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum BadPost {
    /// Its name cannot stand in an address.
    BadName,
    /// It is a link, a folder, or cannot be read.
    Unreadable,
    /// It is too long, or its page would be.
    TooLong,
    /// The files whose names come after its own are as long together as all may be.
    NoRoom,
    /// It is not UTF-8.
    NotText,
    /// It does not begin with a head.
    NoHead,
    /// The head has a line that is not understood, or one twice.
    BadLine,
    /// The head lacks a title, or it is too long.
    BadTitle,
    /// The head lacks a date, or it is none.
    BadDate,
    /// The summary is too long.
    BadSummary,
    /// The language is no tag.
    BadLanguage,
}

impl fmt::Display for BadPost {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::BadName => "the name may have small letters, digits and dashes only",
            Self::Unreadable => "it cannot be read as a file",
            Self::TooLong => "it is too long",
            Self::NoRoom => "all files together are too long",
            Self::NotText => "it is not UTF-8",
            Self::NoHead => "it does not begin with a head between two lines of ---",
            Self::BadLine => "its head has a line that is not understood, or one twice",
            Self::BadTitle => "its head lacks a title, or the title is too long",
            Self::BadDate => "its head lacks a date such as 2026-11-22",
            Self::BadSummary => "its summary is too long",
            Self::BadLanguage => "its language is no tag such as en",
        })
    }
}

/// A day of the calendar, as `2026-11-22`. Later days are greater.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Day(String);

impl Day {
    fn parse(text: &str) -> Option<Self> {
        let day = Self(text.to_owned());
        from_rfc3339(&day.moment()).map(|_| day)
    }

    /// As it is written.
    pub(super) fn as_str(&self) -> &str {
        &self.0
    }

    /// Its first moment, by RFC 3339.
    pub(super) fn moment(&self) -> String {
        format!("{}T00:00:00Z", self.0)
    }
}

/// What the head says, line by line.
#[derive(Default)]
struct Head<'t> {
    title: Option<&'t str>,
    date: Option<&'t str>,
    updated: Option<&'t str>,
    summary: Option<&'t str>,
    language: Option<&'t str>,
}

impl Post {
    /// Reads the file that is called `slug`.
    pub(super) fn read(slug: &str, text: &str) -> Result<Self, BadPost> {
        if !is_slug(slug) {
            return Err(BadPost::BadName);
        }
        let (head, body) = split(text).ok_or(BadPost::NoHead)?;
        let head = Head::read(head)?;
        let title = head.title.filter(|title| fits(title, TITLE_CHARS_MAX));
        let date = head.date.and_then(Day::parse).ok_or(BadPost::BadDate)?;
        let updated = match head.updated {
            Some(text) => Day::parse(text).ok_or(BadPost::BadDate)?,
            None => date.clone(),
        };
        let summary = head.summary.unwrap_or_default();
        if summary.chars().count() > SUMMARY_CHARS_MAX {
            return Err(BadPost::BadSummary);
        }
        if head.language.is_some_and(|tag| !is_tag(tag)) {
            return Err(BadPost::BadLanguage);
        }
        Ok(Self {
            slug: slug.to_owned(),
            title: title.ok_or(BadPost::BadTitle)?.to_owned(),
            updated: updated.max(date.clone()),
            date,
            summary: summary.to_owned(),
            language: head.language.map(str::to_owned),
            html: markdown::render(body)?,
        })
    }
}

impl<'t> Head<'t> {
    fn read(lines: &'t str) -> Result<Self, BadPost> {
        let mut head = Self::default();
        for line in lines.lines().filter(|line| !line.trim().is_empty()) {
            let (name, value) = line.split_once(':').ok_or(BadPost::BadLine)?;
            let place = match name.trim() {
                "title" => &mut head.title,
                "date" => &mut head.date,
                "updated" => &mut head.updated,
                "summary" => &mut head.summary,
                "language" => &mut head.language,
                _ => return Err(BadPost::BadLine),
            };
            if place.replace(unquoted(value.trim())).is_some() {
                return Err(BadPost::BadLine);
            }
        }
        Ok(head)
    }
}

/// The lines between the first two of `---`, and what is below.
fn split(text: &str) -> Option<(&str, &str)> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let rest = text
        .strip_prefix("---\n")
        .or_else(|| text.strip_prefix("---\r\n"))?;
    let mut start = 0;
    for line in rest.split_inclusive('\n') {
        if line.trim_end() == "---" {
            return Some((&rest[..start], &rest[start + line.len()..]));
        }
        start += line.len();
    }
    None
}

fn unquoted(value: &str) -> &str {
    let inner = value
        .strip_prefix('"')
        .and_then(|rest| rest.strip_suffix('"'));
    inner.unwrap_or(value)
}

fn fits(text: &str, chars_max: usize) -> bool {
    !text.is_empty() && text.chars().count() <= chars_max
}

/// Whether a post may be called this in addresses.
pub(super) fn is_slug(name: &str) -> bool {
    let is_letter = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    fits(name, SLUG_CHARS_MAX) && name.bytes().all(is_letter)
}

fn is_tag(text: &str) -> bool {
    let is_letter = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
    let begins = text.bytes().take(2).all(|byte| byte.is_ascii_alphabetic());
    text.len() >= 2 && text.len() <= TAG_CHARS_MAX && begins && text.bytes().all(is_letter)
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &str = "---\ntitle: Hello: world\ndate: 2026-11-22\n---\n";

    #[test]
    fn a_file_with_a_head_is_a_post() {
        let text = "---\r\ntitle: \"Hello: world\"\r\ndate: 2024-02-29\r\nupdated: 2026-11-22\r\n\
            summary: What is new.\r\nlanguage: pt-BR\r\n---\r\n# One\r\n";
        let post = Post::read("hello-1", text).unwrap();
        assert_eq!(
            (&*post.title, post.date.as_str()),
            ("Hello: world", "2024-02-29")
        );
        assert_eq!(post.updated.moment(), "2026-11-22T00:00:00Z");
        assert_eq!(post.language.as_deref(), Some("pt-BR"));
        assert_eq!(post.html, "<h2>One</h2>\n");
        let plain = Post::read("hello", HEAD).unwrap();
        assert_eq!((plain.updated, plain.language), (plain.date, None));
    }

    #[test]
    fn what_is_no_post_says_why() {
        let with =
            |line: &str| HEAD.replace("date: 2026-11-22\n", &format!("date: 2026-11-22\n{line}\n"));
        for (text, why) in [
            ("# No head".to_owned(), BadPost::NoHead),
            ("---\ntitle: a\n".to_owned(), BadPost::NoHead),
            (HEAD.replace("title: Hello: world\n", ""), BadPost::BadTitle),
            (HEAD.replace("Hello", &"a".repeat(200)), BadPost::BadTitle),
            (HEAD.replace("2026-11-22", "2026-02-29"), BadPost::BadDate),
            (HEAD.replace("2026-11-22", "22.11.2026"), BadPost::BadDate),
            (HEAD.replace("2026-11-22", "2026-13-01"), BadPost::BadDate),
            (HEAD.replace("2026-11-22", "+026-11-22"), BadPost::BadDate),
            (with("updated: soon"), BadPost::BadDate),
            (with("layout: raw"), BadPost::BadLine),
            (with("title: again"), BadPost::BadLine),
            (with("no colon"), BadPost::BadLine),
            (
                with(&format!("summary: {}", "a".repeat(501))),
                BadPost::BadSummary,
            ),
            (with("language: \"en\" onload=x"), BadPost::BadLanguage),
        ] {
            assert_eq!(Post::read("hello", &text).map(|_| ()), Err(why), "{text}");
        }
        for name in [
            "",
            "..",
            "../secret",
            "a/b",
            "A",
            "a.b",
            "a b",
            "ä",
            "%2e%2e",
        ] {
            assert_eq!(
                Post::read(name, HEAD).map(|_| ()),
                Err(BadPost::BadName),
                "{name}"
            );
        }
    }
}
