//! The language of an answer: the catalogues are in the crate `texts`.

use axum::http::{HeaderMap, header};

pub(crate) use texts::{Language, plain, tame};

/// The language that a browser wishes for most, of those that we speak; else English.
pub(crate) fn wished(headers: &HeaderMap) -> Language {
    let wishes = headers.get(header::ACCEPT_LANGUAGE);
    let wishes = wishes.and_then(|wishes| wishes.to_str().ok());
    Language::wished(wishes.unwrap_or_default())
}
