//! What every page that the server draws has around its content.

use std::sync::LazyLock;

use crate::texts::Language;
use crate::{assets, blog, styles};

/// The version of the program.
pub(crate) const VERSION: &str = env!("CARGO_PKG_VERSION");

/// The frame of a page.
pub(crate) struct Shell {
    /// The language of the page.
    pub(crate) language: Language,
    /// The path of the page, for the same page in another language.
    pub(crate) path: String,
    /// `?lang=ru` where a language was asked for in the address, so that it is kept from page to page; else empty.
    pub(crate) query: &'static str,
    /// Whether there is a blog to lead to.
    pub(crate) has_blog: bool,
    /// Files of the front end that pages use.
    pub(crate) files: &'static Files,
}

/// Files of the front end, by their names with a hash. Those that have not been built are missing.
pub(crate) struct Files {
    pub(crate) styles: String,
    pub(crate) first_paint: Option<String>,
    pub(crate) display_face: Option<String>,
    pub(crate) link_script: Option<String>,
}

impl Shell {
    /// The frame of the page at `path`.
    pub(crate) fn new(path: &str, language: Language, is_asked: bool) -> Self {
        static FILES: LazyLock<Files> = LazyLock::new(|| Files {
            styles: styles::address().to_owned(),
            first_paint: assets::built("first-paint-", ".js"),
            display_face: assets::built("bricolage-grotesque-ascii-", ".woff2"),
            link_script: assets::built("link-page-", ".js"),
        });
        let query = match language {
            _ if !is_asked => "",
            Language::English => "?lang=en",
            Language::Russian => "?lang=ru",
            Language::Arabic => "?lang=ar",
            Language::Pseudo => "?lang=en-XA",
        };
        Self {
            language,
            path: path.to_owned(),
            query,
            has_blog: blog::is_offered(),
            files: &FILES,
        }
    }
}
