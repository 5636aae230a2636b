//! What is kept of links for a bounded time and in a bounded number: pages, and pictures of them.

use base::{PageId, Timestamp};

use crate::db::{execute, execute_returning, fetch, fetch_one, fetch_optional};
use crate::link_row::damaged;
use crate::{BATCH_MAX, Store, StoreError};

impl Store {
    /// How many pages are kept.
    pub async fn page_count(&self) -> Result<u64, StoreError> {
        let (count,) = fetch_one!(self.db, (i64,), "SELECT COUNT(*) FROM link_pages")?;
        Ok(count.unsigned_abs())
    }

    /// Deletes up to `limit` pages that nobody opened since `before`, the longest unopened first, and names them.
    pub async fn delete_unopened_pages(
        &self,
        before: Timestamp,
        limit: u32,
    ) -> Result<Vec<PageId>, StoreError> {
        let rows = execute_returning!(
            self.db,
            (String,),
            "DELETE FROM link_pages WHERE id IN
               (SELECT id FROM link_pages WHERE opened_at < $1 ORDER BY opened_at LIMIT $2)
             RETURNING id",
            before.unix_ms(),
            i64::from(limit.min(BATCH_MAX)),
        )?;
        page_ids(rows)
    }

    /// Up to `limit` pages of Spotify and YouTube whose description is from before `before` and was not asked for anew
    /// since `tried_before`, the longest untried first.
    ///
    /// Their terms want descriptions asked for anew, or deleted, within 30 days.
    pub async fn pages_to_refresh(
        &self,
        before: Timestamp,
        tried_before: Timestamp,
        limit: u32,
    ) -> Result<Vec<PageId>, StoreError> {
        let rows = fetch!(
            fetch_all,
            self.db,
            (String,),
            "SELECT id FROM link_pages
             WHERE refreshed_at < $1 AND refresh_tried_at < $2 AND same_as IS NULL
               AND platform IN ('spotify', 'youtube', 'youtube_music')
             ORDER BY refresh_tried_at LIMIT $3",
            before.unix_ms(),
            tried_before.unix_ms(),
            i64::from(limit.min(BATCH_MAX)),
        )?;
        page_ids(rows)
    }

    /// Notes that the description of a page is being asked for anew, so that other pages have their turn.
    pub async fn try_to_refresh(&self, id: PageId, now: Timestamp) -> Result<(), StoreError> {
        execute!(
            self.db,
            "UPDATE link_pages SET refresh_tried_at = $2 WHERE id = $1",
            id.to_string(),
            now.unix_ms(),
        )?;
        Ok(())
    }

    /// Deletes a page.
    pub async fn delete_page(&self, id: PageId) -> Result<(), StoreError> {
        execute!(
            self.db,
            "DELETE FROM link_pages WHERE id = $1",
            id.to_string()
        )?;
        Ok(())
    }

    /// Deletes up to `limit` pages of Spotify and YouTube whose description is from before `before`, and names them.
    pub async fn delete_unrefreshed_pages(
        &self,
        before: Timestamp,
        limit: u32,
    ) -> Result<Vec<PageId>, StoreError> {
        let rows = execute_returning!(
            self.db,
            (String,),
            "DELETE FROM link_pages WHERE id IN
               (SELECT id FROM link_pages
                WHERE refreshed_at < $1 AND same_as IS NULL AND platform IN ('spotify', 'youtube', 'youtube_music')
                ORDER BY refreshed_at LIMIT $2)
             RETURNING id",
            before.unix_ms(),
            i64::from(limit.min(BATCH_MAX)),
        )?;
        page_ids(rows)
    }

    /// The picture of a page at one width.
    pub async fn art(&self, page: PageId, width: u16) -> Result<Option<Vec<u8>>, StoreError> {
        let row = fetch_optional!(
            self.db,
            (Vec<u8>,),
            "SELECT jpeg FROM link_art WHERE page = $1 AND width = $2",
            page.to_string(),
            i64::from(width),
        )?;
        Ok(row.map(|(jpeg,)| jpeg))
    }

    /// Keeps the picture of a page at one width, if the page is kept.
    pub async fn keep_art(
        &self,
        page: PageId,
        width: u16,
        jpeg: &[u8],
        now: Timestamp,
    ) -> Result<(), StoreError> {
        execute!(
            self.db,
            "INSERT INTO link_art (page, width, jpeg, made_at)
             SELECT id, $2, $3, $4 FROM link_pages WHERE id = $1
             ON CONFLICT (page, width) DO UPDATE SET jpeg = EXCLUDED.jpeg, made_at = EXCLUDED.made_at",
            page.to_string(),
            i64::from(width),
            jpeg,
            now.unix_ms(),
        )?;
        Ok(())
    }

    /// Forgets the pictures of a page: the provider has another one.
    pub async fn delete_art(&self, page: PageId) -> Result<(), StoreError> {
        execute!(
            self.db,
            "DELETE FROM link_art WHERE page = $1",
            page.to_string()
        )?;
        Ok(())
    }

    /// Deletes the oldest pictures beyond `pictures_max`, up to a batch.
    pub async fn bound_art(&self, pictures_max: u32) -> Result<u64, StoreError> {
        let deleted = execute_returning!(
            self.db,
            (String,),
            "DELETE FROM link_art WHERE made_at <=
               (SELECT made_at FROM link_art ORDER BY made_at DESC LIMIT 1 OFFSET $1)
             RETURNING page",
            i64::from(pictures_max),
        )?;
        Ok(deleted.len() as u64)
    }
}

fn page_ids(rows: Vec<(String,)>) -> Result<Vec<PageId>, StoreError> {
    let ids = rows.into_iter().map(|(id,)| id.parse());
    ids.collect::<Result<_, _>>().map_err(|_| damaged("id"))
}
