//! What a phone shares to the installed page (Web Share Target).

use app::LinkRefusal;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use music::Reject;
use serde::Deserialize;

use super::asked::Parameters;
use super::page::{go_to_page, refused, see_other};
use super::refusal::Refusal;
use super::{Tongue, is_smuggled};
use crate::Web;
use crate::visitor::Visitor;

/// What was shared. Android puts the link into `text`, often with words around it.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Shared {
    url: String,
    text: String,
    title: String,
}

/// `GET /share`: goes to the page of the shared link, or to Home with the text when there is none in it.
pub(crate) async fn receive(
    visitor: Visitor,
    tongue: Tongue,
    State(web): State<Web>,
    headers: HeaderMap,
    Parameters(shared): Parameters<Shared>,
) -> Response {
    if is_smuggled(&headers) {
        return refused(&Refusal::Foreign, "", tongue);
    }
    match sort_out(&shared) {
        Found::Link(text) => go_to_page(&web, visitor.key, text, tongue).await,
        Found::Refused(text, reject) => refused(&LinkRefusal::Text(reject).into(), text, tongue),
        Found::Words(text) => see_other(&home_with(text)),
    }
}

/// What is in a shared text.
#[derive(Debug, PartialEq)]
enum Found<'a> {
    /// A link that can be converted.
    Link(&'a str),
    /// A link of a music service that has no page here, and why.
    Refused(&'a str, Reject),
    /// Something else.
    Words(&'a str),
}

fn sort_out(shared: &Shared) -> Found<'_> {
    let texts = [&shared.url, &shared.text, &shared.title].map(|text| text.trim());
    let mut best = Found::Words(
        texts
            .into_iter()
            .find(|text| !text.is_empty())
            .unwrap_or(""),
    );
    for text in texts.into_iter().filter(|text| !text.is_empty()) {
        match music::parse(text) {
            Ok(_) => return Found::Link(text),
            Err(Reject::NoLink | Reject::UnknownHost) => {}
            Err(reject) if matches!(best, Found::Words(_)) => best = Found::Refused(text, reject),
            Err(_) => {}
        }
    }
    best
}

/// Home, with the text in its field: `/?text=...`.
fn home_with(text: &str) -> String {
    /// Characters that are kept; more than Home's field takes would only be cut there.
    const KEPT_MAX: usize = 2048;
    let mut address = "/?text=".to_owned();
    for byte in text.chars().take(KEPT_MAX).collect::<String>().bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
                address.push(char::from(byte));
            }
            _ => address.push_str(&format!("%{byte:02X}")),
        }
    }
    address
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shared(url: &str, text: &str, title: &str) -> Shared {
        let (url, text, title) = (url.to_owned(), text.to_owned(), title.to_owned());
        Shared { url, text, title }
    }

    #[test]
    fn the_link_is_found_wherever_the_phone_put_it() {
        let link = "https://www.deezer.com/track/3135556";
        let around = format!("Listen to this {link}");
        for shared in [
            shared(link, "", ""),
            shared("", &around, "A song"),
            shared("", "A song", link),
            shared("https://example.org/", &around, ""),
        ] {
            assert!(matches!(sort_out(&shared), Found::Link(text) if text.contains(link)));
        }
    }

    #[test]
    fn a_link_that_has_no_page_says_why_and_words_go_home() {
        let episode = "https://open.spotify.com/episode/4rOoJ6Egrf8K2IrywzwOMk";
        let podcast = shared("", episode, "");
        assert_eq!(sort_out(&podcast), Found::Refused(episode, Reject::Podcast));
        assert_eq!(
            sort_out(&shared("", "just words", "")),
            Found::Words("just words")
        );
        assert_eq!(
            home_with("just words & ä"),
            "/?text=just%20words%20%26%20%C3%A4"
        );
    }
}
