//! oEmbed (oembed.com), as several services speak it: no key; a title and a picture, and often who made it.

use std::marker::PhantomData;

use music::{Link, Listing, Piece};
use serde::Deserialize;

use super::read::{filled, json, soft};
use super::{Asking, Provider, listing};
use crate::desk::Line;
use crate::http::Request;
use crate::{Failure, Question};

/// What one service makes of it.
pub(super) trait Service: Send + Sync + 'static {
    const HOST: &'static str;
    /// Whether the form of the answer has to be asked for.
    const NAMES_FORMAT: bool = true;

    /// The address by which its door knows `link`; none for links that it does not describe.
    fn address(link: &Link) -> Option<String>;

    fn piece(link: &Link, title: String, author: &str) -> Option<Piece>;

    /// Whether it would know `link` if there was such a thing.
    fn knows_all(_link: &Link) -> bool {
        true
    }
}

/// The door of one service.
pub(super) struct Oembed<S>(PhantomData<S>);

impl<S> Oembed<S> {
    pub(super) const fn new() -> Self {
        Self(PhantomData)
    }
}

impl<S: Service> Provider for Oembed<S> {
    fn answers(&self, question: &Question) -> bool {
        asked::<S>(question).is_some()
    }

    fn ask<'a>(&'a self, question: &'a Question, line: &'a Line<'a>) -> Asking<'a> {
        Box::pin(async move {
            let (link, address) = asked::<S>(question).ok_or(Failure::Unsupported)?;
            let request = Request::get(S::HOST, &["oembed"]);
            let request = match S::NAMES_FORMAT {
                true => request.query("format", "json"),
                false => request,
            };
            let reply = match line.fetch(request.query("url", &address)).await {
                // That is how they say that there is no such thing.
                Err(Failure::Refused { status: 400 }) => return Ok(Vec::new()),
                reply => reply?,
            };
            if reply.is_none() && !S::knows_all(link) {
                return Err(Failure::Unsupported);
            }
            let found: Option<Embed> = json(&reply)?;
            let listing = found.and_then(|embed| embed.listing::<S>(link));
            Ok(listing.into_iter().collect())
        })
    }
}

fn asked<S: Service>(question: &Question) -> Option<(&Link, String)> {
    match question {
        Question::Lookup(link) => S::address(link).map(|address| (link, address)),
        _ => None,
    }
}

#[derive(Deserialize)]
struct Embed {
    title: String,
    #[serde(default, deserialize_with = "soft")]
    author_name: Option<String>,
    #[serde(default, deserialize_with = "soft")]
    thumbnail_url: Option<String>,
}

impl Embed {
    fn listing<S: Service>(self, link: &Link) -> Option<Listing> {
        let author = self.author_name.unwrap_or_default();
        let piece = S::piece(link, filled(Some(self.title))?, author.trim())?;
        Some(listing(link.clone(), piece, self.thumbnail_url))
    }
}
