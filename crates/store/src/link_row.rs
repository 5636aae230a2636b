//! Link pages as rows: columns become links, pieces and verdicts here, and nowhere else.

use std::borrow::Cow;

use base::Timestamp;
use music::{Context, Kind, Link, Platform, Verdict};

use crate::{CorrectionRow, MatchRow, PageRow, StoreError};

/// The columns of `link_pages` in the order of every SELECT below.
pub(crate) type PageColumns = (
    String,
    String,
    String,
    String,
    Option<String>,
    Option<String>,
    String,
    Option<String>,
    i64,
    i64,
    i64,
);

/// Platform, item, storefront, album, verdict, provider, time of a match.
pub(crate) type MatchColumns = (
    String,
    Option<String>,
    Option<String>,
    Option<String>,
    Option<String>,
    String,
    i64,
);

/// Platform, item, storefront, album, verdict of a correction.
pub(crate) type CorrectionColumns = (String, String, Option<String>, Option<String>, String);

pub(crate) fn damaged(what: &str) -> StoreError {
    StoreError::Corrupt(format!("a link page has an unreadable {what}"))
}

fn platform_of(name: &str) -> Result<Platform, StoreError> {
    name.parse().map_err(|_| damaged("platform"))
}

fn kind_of(name: &str) -> Result<Kind, StoreError> {
    [
        Kind::Track,
        Kind::Album,
        Kind::Artist,
        Kind::Playlist,
        Kind::Short,
    ]
    .into_iter()
    .find(|&kind| kind_name(kind) == name)
    .ok_or_else(|| damaged("kind"))
}

pub(crate) const fn kind_name(kind: Kind) -> &'static str {
    match kind {
        Kind::Track => "track",
        Kind::Album => "album",
        Kind::Artist => "artist",
        Kind::Playlist => "playlist",
        Kind::Short => "short",
    }
}

fn link_of(
    platform: Platform,
    kind: Kind,
    item: &str,
    storefront: Option<String>,
    album: Option<String>,
) -> Result<Link, StoreError> {
    let context = Context { storefront, album };
    Link::new(platform, kind, item, context).map_err(|_| damaged("item"))
}

fn verdict_of(text: &str) -> Result<Verdict, StoreError> {
    serde_json::from_str(text).map_err(|_| damaged("verdict"))
}

pub(crate) fn json(value: &impl serde::Serialize) -> String {
    serde_json::to_string(value).expect("these types have string keys and finite numbers only")
}

/// The catalogue that tells two equal ids of one platform apart: Apple's differ by country.
pub(crate) fn storefront(link: &Link) -> &str {
    match link.platform() {
        Platform::AppleMusic => link.context().storefront.as_deref().unwrap_or("us"),
        _ => "",
    }
}

/// What tells a link apart on its platform. Tokens of short links belong to a host, so their address is kept.
pub(crate) fn item(link: &Link) -> Cow<'_, str> {
    match link.kind() {
        Kind::Short => Cow::Owned(link.canonical()),
        _ => Cow::Borrowed(link.id()),
    }
}

impl TryFrom<PageColumns> for PageRow {
    type Error = StoreError;

    fn try_from(columns: PageColumns) -> Result<Self, StoreError> {
        let (id, platform, kind, item, front, album, piece, art, views, refreshed, opened) =
            columns;
        let (platform, kind) = (platform_of(&platform)?, kind_of(&kind)?);
        Ok(Self {
            id: id.parse().map_err(|_| damaged("id"))?,
            link: link_of(platform, kind, &item, front, album)?,
            piece: serde_json::from_str(&piece).map_err(|_| damaged("piece"))?,
            art,
            views: views.unsigned_abs(),
            refreshed_at: Timestamp::from_unix_ms(refreshed),
            opened_at: Timestamp::from_unix_ms(opened),
        })
    }
}

pub(crate) fn match_row(columns: MatchColumns, kind: Kind) -> Result<MatchRow, StoreError> {
    let (platform, item, front, album, verdict, provider, checked) = columns;
    let platform = platform_of(&platform)?;
    let found = match (item, verdict) {
        (Some(item), Some(verdict)) => Some((
            link_of(platform, kind, &item, front, album)?,
            verdict_of(&verdict)?,
        )),
        (None, None) => None,
        _ => return Err(damaged("verdict")),
    };
    Ok(MatchRow {
        platform,
        found,
        provider,
        checked_at: Timestamp::from_unix_ms(checked),
    })
}

pub(crate) fn correction_row(
    columns: CorrectionColumns,
    kind: Kind,
) -> Result<CorrectionRow, StoreError> {
    let (platform, item, front, album, verdict) = columns;
    let platform = platform_of(&platform)?;
    Ok(CorrectionRow {
        platform,
        link: link_of(platform, kind, &item, front, album)?,
        verdict: verdict_of(&verdict)?,
    })
}
