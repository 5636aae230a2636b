//! Short links: where they lead is asked once, however many paste the same one.

use std::time::Duration;

use music::{Kind, Link};
use outbound::Failure;
use tokio::sync::{OwnedSemaphorePermit, watch};

use super::convert::Payer;
use super::memory::{Way, lock};
use super::{LinkRefusal, LinkView};
use crate::App;

/// How long the host of a short link may take to say where it leads.
const EXPAND_WITHIN: Duration = Duration::from_secs(3);

/// Where a short link leads, once that is known. Its sender is gone when nobody is asking any more.
pub(super) type Expansion = watch::Receiver<Option<Result<Link, LinkRefusal>>>;

impl App {
    /// Where a short link leads. Whoever starts the question pays for it.
    pub(super) async fn expand(&self, payer: Payer, link: &Link) -> Result<Link, LinkRefusal> {
        if let Some(target) = self.inner.links.memory.target(&Way::of(link)) {
            return Ok(target);
        }
        let mut expansion = self.board_expansion(payer, link)?;
        let led = expansion.wait_for(Option::is_some).await;
        led.ok()
            .and_then(|led| led.clone())
            .unwrap_or(Err(LinkRefusal::Unidentified))
    }

    /// Lets `link` lead to the page of `view` from now on.
    pub(super) async fn lead(&self, link: &Link, view: &LinkView) -> Result<(), LinkRefusal> {
        let Ok(page) = view.id.parse() else {
            return Ok(());
        };
        let led = self.inner.store.lead_to_page(link, page, true).await;
        let owner = led.map_err(|error| self.broken(&error))?;
        self.inner.links.memory.lead(Way::of(link), owner);
        Ok(())
    }

    fn board_expansion(&self, payer: Payer, link: &Link) -> Result<Expansion, LinkRefusal> {
        let (links, way) = (&self.inner.links, Way::of(link));
        let mut expansions = lock(&links.expansions);
        let under_way = expansions.get(&way);
        if let Some(expansion) = under_way.filter(|one| one.has_changed().is_ok()) {
            return Ok(expansion.clone());
        }
        // Another one may have ended since the target was looked for.
        if let Some(target) = links.memory.target(&way) {
            return Ok(watch::Sender::new(Some(Ok(target))).subscribe());
        }
        if let Some(refusal) = links.memory.refusal(&way, self.now()) {
            return Err(refusal);
        }
        let permit = self.permit()?;
        self.charge(payer)?;
        let (sender, expansion) = watch::channel(None);
        expansions.insert(way, expansion.clone());
        let asking = self.clone().ask_where(link.clone(), sender, permit);
        self.inner.tasks.spawn(asking);
        Ok(expansion)
    }

    /// Asks the host of a short link, and tells all who wait.
    async fn ask_where(
        self,
        link: Link,
        sender: watch::Sender<Option<Result<Link, LinkRefusal>>>,
        _permit: OwnedSemaphorePermit,
    ) {
        let (links, way) = (&self.inner.links, Way::of(&link));
        let led = tokio::select! {
            expanded = links.outbound.expand(&link, EXPAND_WITHIN) => judged(expanded),
            () = self.inner.stopping.cancelled() => Err(LinkRefusal::Unidentified),
        };
        match &led {
            Ok(target) => links.memory.remember_target(way.clone(), target.clone()),
            Err(refusal) => links
                .memory
                .refuse(way.clone(), refusal.clone(), self.now()),
        }
        lock(&links.expansions).remove(&way);
        sender.send_replace(Some(led));
    }
}

fn judged(expanded: Result<Link, Failure>) -> Result<Link, LinkRefusal> {
    match expanded {
        Ok(target) if target.kind() != Kind::Short => Ok(target),
        Ok(_)
        | Err(
            Failure::ForeignHost | Failure::RedirectLoop | Failure::BadAnswer | Failure::NotMusic,
        ) => Err(LinkRefusal::ShortLink),
        Err(Failure::Refused { status: 404 | 410 }) => Err(LinkRefusal::Nothing),
        Err(_) => Err(LinkRefusal::Unidentified),
    }
}
