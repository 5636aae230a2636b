//! Matches set by hand. They lie over what was found, so that taking one away shows what was there.

use base::PageId;
use music::Platform;

use crate::db::{execute, transaction};
use crate::{CorrectionRow, Store, StoreError};

/// Corrections of one platform on one page that can be taken back one after the other; older ones are forgotten.
const STEPS_MAX: i64 = 8;

impl Store {
    /// Lays a match set by hand over what is there.
    pub async fn keep_correction(
        &self,
        page: PageId,
        correction: &CorrectionRow,
    ) -> Result<(), StoreError> {
        let verdict = serde_json::to_string(&correction.verdict)
            .expect("a verdict has string keys and finite numbers only");
        let link = &correction.link;
        let platform = correction.platform.name();
        transaction!(self.db, |open| {
            sqlx::query(
                "INSERT INTO link_corrections (page, platform, step, item, storefront, album, verdict)
                 SELECT $1, $2, COALESCE(MAX(step), 0) + 1, $3, $4, $5, $6
                 FROM link_corrections WHERE page = $1 AND platform = $2",
            )
            .bind(page.to_string())
            .bind(platform)
            .bind(link.id())
            .bind(&link.context().storefront)
            .bind(&link.context().album)
            .bind(&verdict)
            .execute(&mut *open)
            .await?;
            sqlx::query(
                "DELETE FROM link_corrections WHERE page = $1 AND platform = $2 AND step <=
                   (SELECT MAX(step) FROM link_corrections WHERE page = $1 AND platform = $2) - $3",
            )
            .bind(page.to_string())
            .bind(platform)
            .bind(STEPS_MAX)
            .execute(&mut *open)
            .await?;
        });
        Ok(())
    }

    /// Takes the newest match set by hand away; false when there is none.
    pub async fn undo_correction(
        &self,
        page: PageId,
        platform: Platform,
    ) -> Result<bool, StoreError> {
        let undone = execute!(
            self.db,
            "DELETE FROM link_corrections WHERE page = $1 AND platform = $2 AND step =
               (SELECT MAX(step) FROM link_corrections WHERE page = $1 AND platform = $2)",
            page.to_string(),
            platform.name(),
        )?;
        Ok(undone > 0)
    }
}
