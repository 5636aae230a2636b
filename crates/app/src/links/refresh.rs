//! Descriptions asked for anew, as services want it, and what is forgotten in time.

use std::time::Duration;

use base::{PageId, Timestamp};
use futures_util::stream::{self, StreamExt};
use outbound::Question;
use store::{BATCH_MAX, StoreError};

use super::drive::REFRESH_WITHIN;
use super::page::{DESCRIPTION_LIFE, day_of};
use crate::App;

/// How long a page is kept that nobody opens.
const PAGE_LIFE: Duration = Duration::from_secs(365 * 24 * 60 * 60);
/// How long a description of Spotify or YouTube is kept when it cannot be asked for anew: their terms say 30 days.
const DESCRIPTION_KEPT: Duration = Duration::from_secs(30 * 24 * 60 * 60);
/// Descriptions asked for anew in one round, which begins at most once a minute: in the week between
/// [`DESCRIPTION_LIFE`] and [`DESCRIPTION_KEPT`] that is 600,000.
const REFRESHES_MAX: u32 = 60;
/// How many of them at once. The providers' own budgets bound them further.
const REFRESHES_AT_ONCE: usize = 4;
/// How long a description is left alone after it was asked for in vain.
const TRIED_REST: Duration = Duration::from_secs(60 * 60);

/// What came of asking for a description again.
pub(super) enum Refreshed {
    /// The platform described it, or could not be asked.
    Kept,
    /// The platform says that there is no such thing.
    Nothing,
}

impl App {
    /// Asks a page's own platform for its description again. A platform that does not answer changes nothing.
    pub(super) async fn refresh(self, id: PageId) -> Refreshed {
        let mut refreshed = Refreshed::Kept;
        let Ok(Some(page)) = self.page_by_id(id).await else {
            return refreshed;
        };
        let links = &self.inner.links;
        let question = Question::Lookup(page.row.link.clone());
        for provider in links.doors.describers(&page.row.link) {
            let asked = links.outbound.ask(provider, &question, REFRESH_WITHIN);
            let answer = tokio::select! {
                answer = asked => answer,
                () = self.inner.stopping.cancelled() => return Refreshed::Kept,
            };
            let Ok(listings) = answer else { continue };
            if listings.is_empty() {
                refreshed = Refreshed::Nothing;
            }
            let described = listings
                .into_iter()
                .find_map(|listing| Some((listing.piece?, listing.art)));
            let Some((piece, art)) = described else {
                continue;
            };
            let now = self.now();
            let art = art.or_else(|| page.row.art.clone());
            let store = &self.inner.store;
            let written = async {
                store.refresh_page(id, &piece, art.as_deref(), now).await?;
                match art == page.row.art {
                    true => Ok(()),
                    false => store.delete_art(id).await,
                }
            };
            let written = written.await;
            match written {
                Ok(_) => drop(
                    links
                        .memory
                        .change(id, |page| page.describe(piece, art, now)),
                ),
                Err(error) => drop(self.broken(&error)),
            }
            return Refreshed::Kept;
        }
        refreshed
    }

    /// Asks for descriptions anew that are due, and deletes the pages of which their platforms say that there is
    /// nothing.
    pub(crate) async fn refresh_descriptions(&self, now: Timestamp) -> Result<(), StoreError> {
        let store = &self.inner.store;
        let (old, tried) = (before(now, DESCRIPTION_LIFE), before(now, TRIED_REST));
        let due = store.pages_to_refresh(old, tried, REFRESHES_MAX).await?;
        let turns = due.into_iter().map(|page| async move {
            store.try_to_refresh(page, now).await?;
            if let Refreshed::Nothing = self.clone().refresh(page).await {
                store.delete_page(page).await?;
                self.inner.links.forget_pages(&[page]);
            }
            Ok::<(), StoreError>(())
        });
        let mut turns = stream::iter(turns).buffer_unordered(REFRESHES_AT_ONCE);
        while let Some(turn) = turns.next().await {
            turn?;
        }
        Ok(())
    }

    /// Writes counted openings, and forgets what is old or too much.
    pub(crate) async fn keep_links(&self, now: Timestamp) -> Result<(), StoreError> {
        let (store, links) = (&self.inner.store, &self.inner.links);
        let openings = links.memory.take_openings();
        let day = day_of(now);
        for batch in openings.chunks(BATCH_MAX as usize) {
            store.add_views(batch, day).await?;
            for &(page, count) in batch {
                drop(links.memory.change(page, |page| page.add_views(count, day)));
            }
        }
        let unopened = store.delete_unopened_pages(before(now, PAGE_LIFE), BATCH_MAX);
        links.forget_pages(&unopened.await?);
        let stale = store.delete_unrefreshed_pages(before(now, DESCRIPTION_KEPT), BATCH_MAX);
        links.forget_pages(&stale.await?);
        let pages = store.page_count().await?;
        let surplus = pages.saturating_sub(links.settings.pages.into());
        if surplus > 0 {
            let surplus = u32::try_from(surplus).unwrap_or(BATCH_MAX);
            let deleted = store.delete_unopened_pages(now, surplus).await?;
            links.forget_pages(&deleted);
        }
        store.bound_art(links.settings.pictures).await?;
        Ok(())
    }
}

/// The moment that was `life` before `now`.
fn before(now: Timestamp, life: Duration) -> Timestamp {
    let life_ms = i64::try_from(life.as_millis()).unwrap_or(i64::MAX);
    Timestamp::from_unix_ms(now.unix_ms().saturating_sub(life_ms))
}
