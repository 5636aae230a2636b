//! Drives a conversion: asks what its plan wants asked, shows what it finds, and keeps it.

use std::sync::Arc;
use std::time::Duration;

use base::PageId;
use music::{Link, Listing, Platform, score};
use outbound::{Failure, ProviderId, Question};
use store::{PageRow, StoreError};
use tokio::sync::OwnedSemaphorePermit;
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep_until};

use super::flights::Trip;
use super::memory::Way;
use super::page::{Page, day_of, outcome_of};
use super::plan::{AskId, BACKGROUND_WITHIN, Output, Plan, twin};
use super::{LinkEvent, LinkRefusal, LinkView, MatchView};
use crate::App;

/// The answer to one question.
type Answer = (AskId, Result<Vec<Listing>, Failure>);

/// One conversion, with what its plan does not know: the page, the clock and those who watch.
struct Drive {
    app: App,
    plan: Plan,
    trip: Trip,
    /// Known once the piece is.
    page: Option<Arc<Page>>,
    /// Platforms that are asked for.
    asked: Vec<Platform>,
    /// Questions under way; dropping them lets go of the providers.
    asking: JoinSet<Answer>,
    started: Instant,
    /// One of the conversions that people wait for, then one of those in the background.
    permit: Option<OwnedSemaphorePermit>,
}

impl App {
    /// Converts a link that nothing is known of.
    pub(super) async fn identify(self, link: Link, trip: Trip, permit: OwnedSemaphorePermit) {
        let (plan, outputs) = Plan::identify(link, self.inner.links.doors.clone());
        let asked = Platform::TARGETS.to_vec();
        let drive = Drive::new(self, plan, trip, None, asked, permit);
        drive.run(outputs).await;
    }

    /// Asks for what is missing on a page.
    pub(super) async fn complete_page(
        self,
        page: Arc<Page>,
        missing: Vec<Platform>,
        trip: Trip,
        permit: OwnedSemaphorePermit,
    ) {
        let (row, doors) = (&page.row, self.inner.links.doors.clone());
        let (link, piece) = (row.link.clone(), row.piece.clone());
        let (plan, outputs) = Plan::complete(link, piece, row.art.clone(), &missing, doors);
        let (app, id) = (self.clone(), page.id());
        let is_due = page.is_description_due(self.now());
        let drive = Drive::new(self, plan, trip, Some(page), missing, permit);
        drive.run(outputs).await;
        // Afterwards, because what the conversion knows is older than what this brings.
        if is_due {
            app.refresh(id).await;
        }
    }
}

impl Drive {
    fn new(
        app: App,
        plan: Plan,
        trip: Trip,
        page: Option<Arc<Page>>,
        asked: Vec<Platform>,
        permit: OwnedSemaphorePermit,
    ) -> Self {
        Self {
            app,
            plan,
            trip,
            page,
            asked,
            asking: JoinSet::new(),
            started: Instant::now(),
            permit: Some(permit),
        }
    }

    async fn run(mut self, mut outputs: Vec<Output>) {
        let stopping = self.app.inner.stopping.clone();
        let opened = loop {
            if let Err(refusal) = self.carry_out(outputs).await {
                break Err(refusal);
            }
            if self.plan.is_over() || self.permit.is_none() {
                break Ok(());
            }
            let wake_at = self.plan.wake_at();
            outputs = tokio::select! {
                Some(Ok((id, answer))) = self.asking.join_next() => {
                    self.plan.hear(id, answer, self.started.elapsed())
                }
                () = sleep_until(self.started + wake_at) => {
                    self.plan.tick(self.started.elapsed().max(wake_at))
                }
                () = stopping.cancelled() => break Ok(()),
            };
        };
        let kept = match opened {
            Ok(()) => self.keep().await,
            Err(refusal) => Err(refusal),
        };
        if let Err(refusal) = kept {
            self.trip.flight().refuse(refusal);
        }
    }

    async fn carry_out(&mut self, outputs: Vec<Output>) -> Result<(), LinkRefusal> {
        for output in outputs {
            match output {
                Output::Ask(id, provider, question) => self.ask(id, provider, question),
                Output::Identified => self.identified().await?,
                Output::Found(platform) => self.show(platform),
                Output::Done { is_complete } => {
                    self.keep().await?;
                    self.go_to_background();
                    if let Some(page) = &self.page {
                        let done = LinkEvent::Done { is_complete };
                        self.trip.flight().show(done, page.view());
                    }
                }
                Output::Refused(refusal) => {
                    let way = Way::of(self.plan.link());
                    let memory = &self.app.inner.links.memory;
                    memory.refuse(way, refusal.clone(), self.app.now());
                    return Err(refusal);
                }
            }
        }
        Ok(())
    }

    fn ask(&mut self, id: AskId, provider: ProviderId, question: Question) {
        let outbound = self.app.inner.links.outbound.clone();
        let within = BACKGROUND_WITHIN.saturating_sub(self.started.elapsed());
        self.asking
            .spawn(async move { (id, outbound.ask(provider, &question, within).await) });
    }

    /// Gives the piece a page, or the page its fuller piece, and shows it.
    async fn identified(&mut self) -> Result<(), LinkRefusal> {
        let Some(piece) = self.plan.piece().cloned() else {
            return Ok(());
        };
        let art = self.plan.art().map(str::to_owned);
        let now = self.app.now();
        let page = match &self.page {
            None => self.open_page(piece, art).await?,
            Some(page) => {
                // What others add makes the platform's own words no younger.
                let described_at = match self.plan.is_described_now() {
                    true => now,
                    false => page.row.refreshed_at,
                };
                let store = &self.app.inner.store;
                let written = store
                    .refresh_page(page.id(), &piece, art.as_deref(), described_at)
                    .await;
                if !written.map_err(|error| self.app.broken(&error))? {
                    return Err(self.app.gone(page.id()));
                }
                let memory = &self.app.inner.links.memory;
                let describe = |page: &mut Page| page.describe(piece, art, described_at);
                let changed = memory.change(page.id(), describe);
                changed.map_or_else(|| Arc::clone(page), |(_, page)| page)
            }
        };
        let is_new = self.page.is_none();
        self.page = Some(Arc::clone(&page));
        if is_new {
            self.trip.announce(page.id());
        }
        let view = self.view(&page);
        self.trip.flight().show_page(view);
        Ok(())
    }

    async fn open_page(
        &self,
        piece: music::Piece,
        art: Option<String>,
    ) -> Result<Arc<Page>, LinkRefusal> {
        let app = &self.app;
        let (links, store, now) = (&app.inner.links, &app.inner.store, app.now());
        let link = self.plan.link().clone();
        let row = PageRow {
            id: PageId::new(app.entropy()),
            link: link.clone(),
            piece,
            art,
            views: 0,
            refreshed_at: now,
            opened_at: day_of(now),
        };
        let opened = async {
            let id = store.keep_page(&row).await?;
            if let Some(twin) = twin_of(&link) {
                let owner = store.lead_to_page(&twin, id, true).await?;
                links.memory.lead(Way::of(&twin), owner);
            }
            Ok::<PageId, StoreError>(id)
        };
        let id = opened.await.map_err(|error| app.broken(&error))?;
        let page = match id == row.id {
            true => links.memory.keep(Page::fresh(row, &links.doors)),
            // Another node was quicker.
            false => app.page_by_id(id).await?.ok_or(LinkRefusal::NoPage)?,
        };
        links.memory.lead(Way::of(&link), page.id());
        Ok(page)
    }

    /// The page with what the plan has found so far.
    fn view(&self, page: &Page) -> LinkView {
        // People may have set something since.
        let current = self.app.inner.links.memory.page(page.id());
        let page = current.as_deref().unwrap_or(page);
        let mut view = page.view_while_asking(&self.asked);
        for (platform, finding) in self.plan.findings() {
            put(&mut view, self.match_view(page, platform, &finding));
        }
        view
    }

    fn match_view(
        &self,
        page: &Page,
        platform: Platform,
        finding: &super::plan::Finding,
    ) -> MatchView {
        MatchView {
            platform,
            outcome: outcome_of(finding, platform, &page.row),
            is_corrected: false,
        }
    }

    /// Shows what is known of `platform` now: what was found, unless somebody has set something since.
    fn show(&self, platform: Platform) {
        let Some(page) = &self.page else { return };
        let view = self.view(page);
        let mut found = view.matches.iter();
        let Some(found) = found.find(|one| one.platform == platform).cloned() else {
            return;
        };
        let flight = self.trip.flight();
        flight.show(LinkEvent::Match { found }, Arc::new(view));
    }

    /// Nobody waits any more: makes room for others, and goes on only if there is room behind the scenes.
    fn go_to_background(&mut self) {
        let background = Arc::clone(&self.app.inner.links.background);
        self.permit = background.try_acquire_owned().ok();
    }

    /// Keeps what is found, and lets sure matches lead to the page as well.
    async fn keep(&mut self) -> Result<(), LinkRefusal> {
        let Some(page) = &self.page else {
            return Ok(());
        };
        let app = &self.app;
        let memory = &app.inner.links.memory;
        let now = app.now();
        let findings: Vec<_> = self.plan.findings().collect();
        let id = page.id();
        let Some((rows, page)) = memory.change(id, |page| page.learn(findings.into_iter(), now))
        else {
            return Ok(());
        };
        let kept = async {
            app.inner.store.keep_matches(id, &rows).await?;
            let mut others = Vec::new();
            for link in page.sure_links() {
                let owner = app.inner.store.lead_to_page(link, id, false).await?;
                memory.lead(Way::of(link), owner);
                if owner != id {
                    others.push(owner);
                }
            }
            Ok::<_, StoreError>(others)
        };
        let others = match kept.await {
            Ok(others) => others,
            Err(error) => return Err(app.gone_or_broken(id, &error).await),
        };
        self.page = Some(page);
        for other in others {
            if self.merge_into(other).await? {
                break;
            }
        }
        Ok(())
    }

    /// A link that leads to `other` is surely this piece: if the pieces agree, both pages are one from now on.
    async fn merge_into(&mut self, other: PageId) -> Result<bool, LinkRefusal> {
        let app = &self.app;
        let Some(page) = &self.page else {
            return Ok(false);
        };
        // What somebody sets meanwhile waits, and is set on the page that both have become.
        let _turn = app.inner.links.correcting.lock().await;
        let (page, other) = (
            app.page_by_id(page.id()).await?,
            app.page_by_id(other).await?,
        );
        let (Some(page), Some(other)) = (page, other) else {
            return Ok(false);
        };
        let verdict = score(&other.row.piece, &page.row.piece);
        if other.id() == page.id() || verdict.level < music::Level::High {
            return Ok(false);
        }
        let (memory, now) = (&app.inner.links.memory, app.now());
        let learnt = memory.change(other.id(), |other| other.learn_from(&page, now));
        let Some((rows, merged)) = learnt else {
            return Ok(false);
        };
        let kept = async {
            app.inner.store.keep_matches(merged.id(), &rows).await?;
            app.inner.store.merge_page(page.id(), merged.id()).await
        };
        kept.await.map_err(|error| app.broken(&error))?;
        memory.merge(page.id(), merged.id());
        for link in merged.covered_links() {
            memory.forget_way(&Way::of(link), merged.id());
        }
        self.trip.leave(page.id());
        self.page = Some(merged);
        Ok(true)
    }
}

/// The same video in the other player.
fn twin_of(link: &Link) -> Option<Link> {
    let platform = twin(link)?;
    Link::new(platform, link.kind(), link.id(), link.context().clone()).ok()
}

/// Puts what is known of a platform into a view, unless a person set it by hand or it is a link and this is none.
fn put(view: &mut LinkView, found: MatchView) {
    use super::Outcome;

    let place = view
        .matches
        .iter_mut()
        .find(|one| one.platform == found.platform && !one.is_corrected);
    let Some(place) = place else { return };
    let keeps = matches!(place.outcome, Outcome::Found { .. })
        && !matches!(found.outcome, Outcome::Found { .. });
    if !keeps {
        *place = found;
    }
}

/// How long a description that is asked for anew may take.
pub(super) const REFRESH_WITHIN: Duration = Duration::from_secs(10);
