//! Link pages as they are kept: the piece, the links that lead to it, and where it is on each platform.

use base::{PageId, Timestamp};
use music::{Link, Piece, Platform, Track, Verdict};

use crate::db::{execute, execute_returning, fetch, fetch_optional, transaction};
use crate::link_row::{
    CorrectionColumns, MatchColumns, PageColumns, correction_row, damaged, item, json, kind_name,
    match_row, storefront,
};
use crate::{Store, StoreError};

/// A page of one piece.
#[derive(Clone, Debug, PartialEq)]
pub struct PageRow {
    /// Its name.
    pub id: PageId,
    /// The link that led here first.
    pub link: Link,
    /// What it is.
    pub piece: Piece,
    /// Address of its picture at a provider.
    pub art: Option<String>,
    /// How often it was opened.
    pub views: u64,
    /// When its description was last asked for.
    pub refreshed_at: Timestamp,
    /// The day on which it was last opened.
    pub opened_at: Timestamp,
}

/// What one platform has of a page's piece.
#[derive(Clone, Debug, PartialEq)]
pub struct MatchRow {
    /// The platform.
    pub platform: Platform,
    /// Where it is there and how sure that is; none when the platform was asked and has nothing.
    pub found: Option<(Link, Verdict)>,
    /// Name of the provider that said so.
    pub provider: String,
    /// When.
    pub checked_at: Timestamp,
}

/// A match set by hand.
#[derive(Clone, Debug, PartialEq)]
pub struct CorrectionRow {
    /// The platform.
    pub platform: Platform,
    /// Where the piece is there.
    pub link: Link,
    /// What the matcher says of it.
    pub verdict: Verdict,
}

/// Everything that is kept of one page.
#[derive(Clone, Debug, PartialEq)]
pub struct KeptPage {
    /// The page itself.
    pub page: PageRow,
    /// What was found, at most one for each platform.
    pub matches: Vec<MatchRow>,
    /// What was set by hand and counts now, at most one for each platform.
    pub corrections: Vec<CorrectionRow>,
}

impl Store {
    /// The page that `link` leads to.
    pub async fn page_of_link(&self, link: &Link) -> Result<Option<PageId>, StoreError> {
        let row = fetch_optional!(
            self.db,
            (String,),
            "SELECT page FROM link_ways WHERE platform = $1 AND kind = $2 AND item = $3 AND storefront = $4",
            link.platform().name(),
            kind_name(link.kind()),
            item(link),
            storefront(link),
        )?;
        row.map(|(id,)| id.parse().map_err(|_| damaged("page")))
            .transpose()
    }

    /// The page called `id`, or the one that it turned out to be.
    pub async fn page(&self, id: PageId) -> Result<Option<KeptPage>, StoreError> {
        let row = fetch_optional!(
            self.db,
            PageColumns,
            "SELECT id, platform, kind, item, storefront, album, piece, art, views, refreshed_at, opened_at
             FROM link_pages
             WHERE id = COALESCE((SELECT same_as FROM link_pages WHERE id = $1), $1)",
            id.to_string(),
        )?;
        let Some(row) = row else { return Ok(None) };
        let page = PageRow::try_from(row)?;
        let kind = page.link.kind();
        let matches = fetch!(
            fetch_all,
            self.db,
            MatchColumns,
            "SELECT platform, item, storefront, album, verdict, provider, checked_at
             FROM link_matches WHERE page = $1 ORDER BY platform",
            page.id.to_string(),
        )?;
        let corrections = fetch!(
            fetch_all,
            self.db,
            CorrectionColumns,
            "SELECT c.platform, c.item, c.storefront, c.album, c.verdict
             FROM link_corrections AS c
             WHERE c.page = $1 AND c.step =
               (SELECT MAX(o.step) FROM link_corrections AS o WHERE o.page = c.page AND o.platform = c.platform)
             ORDER BY c.platform",
            page.id.to_string(),
        )?;
        let matches = matches.into_iter().map(|row| match_row(row, kind));
        let corrections = corrections.into_iter().map(|row| correction_row(row, kind));
        Ok(Some(KeptPage {
            matches: matches.collect::<Result<_, _>>()?,
            corrections: corrections.collect::<Result<_, _>>()?,
            page,
        }))
    }

    /// Keeps a new page and its link, and names it; when the link has a page already, names that one.
    pub async fn keep_page(&self, page: &PageRow) -> Result<PageId, StoreError> {
        let link = &page.link;
        let id = page.id.to_string();
        let owner: (String,) = transaction!(self.db, |open| {
            sqlx::query(
                "INSERT INTO link_pages (id, platform, kind, item, storefront, album, piece, art, views, refreshed_at,
                                         refresh_tried_at, opened_at)
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $10, $11)",
            )
            .bind(&id)
            .bind(link.platform().name())
            .bind(kind_name(link.kind()))
            .bind(link.id())
            .bind(&link.context().storefront)
            .bind(&link.context().album)
            .bind(json(&page.piece))
            .bind(&page.art)
            .bind(page.views.cast_signed())
            .bind(page.refreshed_at.unix_ms())
            .bind(page.opened_at.unix_ms())
            .execute(&mut *open)
            .await?;
            // The no-op update lets RETURNING name the page that has the link, whoever came first.
            let owner: (String,) = sqlx::query_as(
                "INSERT INTO link_ways (platform, kind, item, storefront, page, is_pasted)
                 VALUES ($1, $2, $3, $4, $5, TRUE)
                 ON CONFLICT (platform, kind, item, storefront) DO UPDATE SET is_pasted = TRUE
                 RETURNING page",
            )
            .bind(link.platform().name())
            .bind(kind_name(link.kind()))
            .bind(link.id())
            .bind(storefront(link))
            .bind(&id)
            .fetch_one(&mut *open)
            .await?;
            if owner.0 != id {
                sqlx::query("DELETE FROM link_pages WHERE id = $1")
                    .bind(&id)
                    .execute(&mut *open)
                    .await?;
            }
            owner
        });
        owner.0.parse().map_err(|_| damaged("page"))
    }

    /// Lets `link` lead to `page` too, unless it leads somewhere already; names the page it leads to.
    pub async fn lead_to_page(
        &self,
        link: &Link,
        page: PageId,
        is_pasted: bool,
    ) -> Result<PageId, StoreError> {
        let row = execute_returning!(
            self.db,
            (String,),
            "INSERT INTO link_ways (platform, kind, item, storefront, page, is_pasted)
             VALUES ($1, $2, $3, $4, $5, $6)
             ON CONFLICT (platform, kind, item, storefront)
             DO UPDATE SET is_pasted = (link_ways.is_pasted OR EXCLUDED.is_pasted)
             RETURNING page",
            link.platform().name(),
            kind_name(link.kind()),
            item(link),
            storefront(link),
            page.to_string(),
            is_pasted,
        )?;
        let owner = row.first().ok_or_else(|| damaged("way"))?;
        owner.0.parse().map_err(|_| damaged("page"))
    }

    /// Takes back that links of `platform` lead to `page`, except those that people pasted.
    pub async fn forget_matched_ways(
        &self,
        page: PageId,
        platform: Platform,
    ) -> Result<(), StoreError> {
        execute!(
            self.db,
            "DELETE FROM link_ways WHERE page = $1 AND platform = $2 AND NOT is_pasted",
            page.to_string(),
            platform.name(),
        )?;
        Ok(())
    }

    /// Writes a newer description of a page.
    pub async fn refresh_page(
        &self,
        id: PageId,
        piece: &Piece,
        art: Option<&str>,
        refreshed_at: Timestamp,
    ) -> Result<bool, StoreError> {
        let changed = execute!(
            self.db,
            "UPDATE link_pages SET piece = $2, art = $3, refreshed_at = $4 WHERE id = $1",
            id.to_string(),
            json(piece),
            art,
            refreshed_at.unix_ms(),
        )?;
        Ok(changed > 0)
    }

    /// Writes what platforms said about a page's piece, in place of what they said before.
    pub async fn keep_matches(&self, page: PageId, rows: &[MatchRow]) -> Result<(), StoreError> {
        transaction!(self.db, |open| {
            for row in rows {
                let found = row.found.as_ref();
                let context = found.map(|(link, _)| link.context());
                sqlx::query(
                    "INSERT INTO link_matches (page, platform, item, storefront, album, verdict, provider, checked_at)
                     SELECT id, $2, $3, $4, $5, $6, $7, $8 FROM link_pages WHERE id = $1
                     ON CONFLICT (page, platform) DO UPDATE SET
                       item = EXCLUDED.item, storefront = EXCLUDED.storefront, album = EXCLUDED.album,
                       verdict = EXCLUDED.verdict, provider = EXCLUDED.provider, checked_at = EXCLUDED.checked_at",
                )
                .bind(page.to_string())
                .bind(row.platform.name())
                .bind(found.map(|(link, _)| link.id()))
                .bind(context.and_then(|context| context.storefront.as_deref()))
                .bind(context.and_then(|context| context.album.as_deref()))
                .bind(found.map(|(_, verdict)| json(verdict)))
                .bind(&row.provider)
                .bind(row.checked_at.unix_ms())
                .execute(&mut *open)
                .await?;
            }
        });
        Ok(())
    }

    /// `page` turned out to be `into`: its links lead there from now on, and so does its name, and what people set.
    pub async fn merge_page(&self, page: PageId, into: PageId) -> Result<(), StoreError> {
        let (page, into) = (page.to_string(), into.to_string());
        transaction!(self.db, |open| {
            sqlx::query("UPDATE link_ways SET page = $2 WHERE page = $1")
                .bind(&page)
                .bind(&into)
                .execute(&mut *open)
                .await?;
            // What a person set outlives the page, except where the other one has a word of its own.
            sqlx::query(
                "UPDATE link_corrections SET page = $2
                 WHERE page = $1
                   AND platform NOT IN (SELECT platform FROM link_corrections WHERE page = $2)
                   AND platform <> (SELECT platform FROM link_pages WHERE id = $2)",
            )
            .bind(&page)
            .bind(&into)
            .execute(&mut *open)
            .await?;
            sqlx::query(
                "DELETE FROM link_ways WHERE page = $1 AND NOT is_pasted
                   AND platform IN (SELECT platform FROM link_corrections WHERE page = $1)",
            )
            .bind(&into)
            .execute(&mut *open)
            .await?;
            sqlx::query(
                "UPDATE link_pages SET views = views + (SELECT views FROM link_pages WHERE id = $1) WHERE id = $2",
            )
            .bind(&page)
            .bind(&into)
            .execute(&mut *open)
            .await?;
            // Its name stays as long as people use it; the description does not, for services want theirs forgotten.
            sqlx::query(
                "UPDATE link_pages SET same_as = $2, views = 0, piece = $3, art = NULL
                 WHERE id = $1 OR same_as = $1",
            )
            .bind(&page)
            .bind(&into)
            .bind(json(&Piece::Track(Track::default())))
            .execute(&mut *open)
            .await?;
        });
        Ok(())
    }

    /// Adds to the number of times that pages were opened, the last one on the day that began at `day`.
    pub async fn add_views(
        &self,
        views: &[(PageId, u64)],
        day: Timestamp,
    ) -> Result<(), StoreError> {
        transaction!(self.db, |open| {
            for (page, count) in views {
                sqlx::query(
                    "UPDATE link_pages SET views = views + $2, opened_at = $3
                     WHERE id = $1 OR id = (SELECT same_as FROM link_pages WHERE id = $1)",
                )
                .bind(page.to_string())
                .bind(count.cast_signed())
                .bind(day.unix_ms())
                .execute(&mut *open)
                .await?;
            }
        });
        Ok(())
    }
}
