//! Matches set by hand: one press, and one press to take it back.

use std::sync::Arc;
use std::time::Duration;

use base::{ClientKey, PageId, SharedThrottle};
use music::{Kind, Level, Link, Piece, Platform, Reason, Verdict, score};
use outbound::Question;
use store::CorrectionRow;

use super::convert::Payer;
use super::memory::Way;
use super::page::Page;
use super::plan::twin;
use super::{Corrections, LinkRefusal, LinkView};
use crate::App;

/// How long the platform may take to describe the link that somebody sets.
const LOOK_WITHIN: Duration = Duration::from_millis(2_500);

impl App {
    /// Whether people may correct matches here.
    #[must_use]
    pub fn corrections_are_open(&self) -> bool {
        self.inner.links.settings.corrections == Corrections::Everyone
    }

    /// Sets where the piece of a page is on `platform`. This counts on this server from now on.
    pub async fn correct_link(
        &self,
        client: ClientKey,
        id: &str,
        platform: Platform,
        text: &str,
    ) -> Result<Arc<LinkView>, LinkRefusal> {
        let page = self.correctable(id).await?;
        let mut link = music::parse(text).map_err(LinkRefusal::Text)?;
        if link.kind() == Kind::Short {
            link = self.expand(Payer::Client(client), &link).await?;
        }
        let link = fitting(link, platform, &page)?;
        self.allow(&self.inner.links.corrections_by_client, client)?;
        let described = self.look_at(&link).await?;
        let _turn = self.inner.links.correcting.lock().await;
        // While the platform was asked, the page may have turned out to be another one.
        let page = self.current(&page).await?;
        let link = fitting(link, platform, &page)?;
        let correction = CorrectionRow {
            platform,
            verdict: by_hand(&page.row.piece, described.as_ref()),
            link,
        };
        let (store, id) = (&self.inner.store, page.id());
        let kept = async {
            store.keep_correction(id, &correction).await?;
            store.forget_matched_ways(id, platform).await
        };
        if let Err(error) = kept.await {
            return Err(self.gone_or_broken(id, &error).await);
        }
        for link in page.matched_links(platform) {
            self.inner.links.memory.forget_way(&Way::of(link), id);
        }
        self.changed(id, |page| page.correct(platform, Some(correction)))
            .await
    }

    /// Takes the newest correction of `platform` back: what was there before is shown again.
    pub async fn undo_correction(
        &self,
        client: ClientKey,
        id: &str,
        platform: Platform,
    ) -> Result<Arc<LinkView>, LinkRefusal> {
        let page = self.correctable(id).await?;
        self.allow(&self.inner.links.undos_by_client, client)?;
        let _turn = self.inner.links.correcting.lock().await;
        let page = self.current(&page).await?;
        let shown = page.correction_on(platform);
        let platform = shown.map_or(platform, |row| row.platform);
        let undone = self.inner.store.undo_correction(page.id(), platform).await;
        undone.map_err(|error| self.broken(&error))?;
        let kept = self.inner.store.page(page.id()).await;
        let Some(kept) = kept.map_err(|error| self.broken(&error))? else {
            return Err(self.gone(page.id()));
        };
        let mut corrections = kept.corrections;
        corrections.retain(|one| one.platform == platform);
        let earlier = corrections.pop();
        self.changed(page.id(), |page| page.correct(platform, earlier))
            .await
    }

    /// The page called `id`, if it may be corrected.
    async fn correctable(&self, id: &str) -> Result<Arc<Page>, LinkRefusal> {
        match self.corrections_are_open() {
            true => self.page_by_name(id).await,
            false => Err(LinkRefusal::NotAllowed),
        }
    }

    /// `page` as it is now.
    async fn current(&self, page: &Page) -> Result<Arc<Page>, LinkRefusal> {
        let current = self.page_by_id(page.id()).await?;
        current.ok_or(LinkRefusal::NoPage)
    }

    fn allow(
        &self,
        allowance: &SharedThrottle<ClientKey>,
        client: ClientKey,
    ) -> Result<(), LinkRefusal> {
        let taken = allowance.take(client, self.now());
        taken.map_err(|retry_after| LinkRefusal::TooMany { retry_after })
    }

    /// What a platform says of `link`; nothing when nobody here may ask it.
    async fn look_at(&self, link: &Link) -> Result<Option<Piece>, LinkRefusal> {
        let links = &self.inner.links;
        let describers = links.doors.describers(link);
        let question = Question::Lookup(link.clone());
        for &provider in &describers {
            match links.outbound.ask(provider, &question, LOOK_WITHIN).await {
                Ok(listings) if listings.is_empty() => return Err(LinkRefusal::Nothing),
                Ok(listings) => return Ok(listings.into_iter().find_map(|one| one.piece)),
                Err(_) => {}
            }
        }
        match describers.is_empty() {
            true => Ok(None),
            false => Err(LinkRefusal::Unidentified),
        }
    }

    async fn changed(
        &self,
        id: PageId,
        change: impl FnOnce(&mut Page),
    ) -> Result<Arc<LinkView>, LinkRefusal> {
        // It may have left memory meanwhile; then the store's word, which is newer, is read instead.
        if let Some(((), page)) = self.inner.links.memory.change(id, change) {
            return Ok(page.view());
        }
        let page = self.page_by_id(id).await?.ok_or(LinkRefusal::NoPage)?;
        Ok(page.view())
    }
}

/// `link` as a link of `platform` that fits the page: YouTube and YouTube Music share their tracks' ids.
fn fitting(link: Link, platform: Platform, page: &Page) -> Result<Link, LinkRefusal> {
    let is_own = page.row.link.platform() == platform;
    if link.kind() != page.row.link.kind() || link.kind() == Kind::Playlist || is_own {
        return Err(LinkRefusal::WrongPlace);
    }
    if link.platform() == platform {
        return Ok(link);
    }
    let is_twin = twin(&link) == Some(platform);
    let twin = Link::new(platform, link.kind(), link.id(), link.context().clone());
    twin.ok().filter(|_| is_twin).ok_or(LinkRefusal::WrongPlace)
}

/// What the matcher says of a link that a person set. A person may know better, so the worst is "unverified".
fn by_hand(piece: &Piece, described: Option<&Piece>) -> Verdict {
    let verdict = described.map(|described| score(piece, described));
    match verdict {
        Some(verdict) if verdict.level > Level::Different => verdict,
        Some(verdict) => Verdict {
            level: Level::Unverified,
            ..verdict
        },
        None => Verdict {
            level: Level::Unverified,
            confidence: UNSEEN,
            reasons: Vec::<Reason>::new(),
        },
    }
}

/// How sure a link is that a person set and that nobody could look at.
const UNSEEN: f64 = 0.5;
