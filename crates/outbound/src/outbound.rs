//! The way out, as the rest of the house uses it.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use base::{Clock, Timestamp};
use music::{Kind, Link, Listing};
use tokio::time::Instant;
use url::Url;

use crate::budget::{Allowance, Budget};
use crate::checks::Checks;
use crate::desk::{Desk, Line};
use crate::http::{Http, Reply, Request};
use crate::payments::Till;
use crate::providers::{Provider, build, profile};
use crate::route::Routes;
use crate::upstreams::Desks;
use crate::wire::Wire;
use crate::{
    BadSettings, Collector, Failure, Mailer, Picture, ProviderId, Question, Settings, picture,
    short_link,
};

/// The longest contact that is sent.
const CONTACT_MAX: usize = 200;
/// All hops of a short link together.
const EXPAND_MAX: Duration = Duration::from_secs(3);
/// Hops of short links, over all platforms.
const SHORT_LINKS: Allowance = Allowance::per_second(10);
/// Pictures, over all hosts.
const PICTURES: Allowance = Allowance::per_second(40);

/// The way out. Copies share budgets, breakers and connections.
#[derive(Clone)]
pub struct Outbound {
    inner: Arc<Inner>,
    /// Nothing where letters wait for the operator.
    mailer: Option<Mailer>,
    /// Nothing where failures are told nobody.
    collector: Option<Collector>,
}

struct Inner {
    http: Arc<dyn Http>,
    clock: Arc<dyn Clock>,
    seats: BTreeMap<ProviderId, Seat>,
    /// Nothing while they are switched off.
    short_links: Option<Mutex<Budget>>,
    pictures: Option<Mutex<Budget>>,
    upstreams: Desks,
    /// Nothing where nothing is sold.
    till: Option<Till>,
    /// Nothing where nobody is checked by another service.
    checks: Option<Checks>,
}

struct Seat {
    desk: Desk,
    /// Nothing while it is switched off.
    provider: Option<Box<dyn Provider>>,
}

/// How one provider is doing: bare numbers, for the status page and metrics.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ProviderState {
    /// The provider.
    pub provider: ProviderId,
    /// Whether it may be asked here.
    pub is_on: bool,
    /// When it may be asked again, while it rests.
    pub resting_until: Option<Timestamp>,
    /// How many calls its budget allows at once now.
    pub budget_left: u32,
    /// The same for the calls that it counts apart, where it does.
    pub scarce_left: Option<u32>,
    /// Questions since the start that were let through.
    pub asked: u64,
    /// How many of them it answered; "nothing found" is an answer.
    pub answered: u64,
    /// How many of them it did not.
    pub failed: u64,
    /// How often that was its own fault, or because it does not take our key. Not when our budget or the caller's time was
    /// over, and not when it had no answer to this one question.
    pub faulted: u64,
}

impl Outbound {
    /// Opens the way out. Nothing is sent yet.
    pub fn start(settings: Settings, clock: Arc<dyn Clock>) -> Result<Self, BadSettings> {
        let routes = Routes::read(&settings.mirrors)?;
        let wire = Wire::new(routes, user_agent(settings.contact.as_deref())?);
        Self::over(Arc::new(wire), settings, clock)
    }

    /// The same over any carrier.
    pub(crate) fn over(
        http: Arc<dyn Http>,
        settings: Settings,
        clock: Arc<dyn Clock>,
    ) -> Result<Self, BadSettings> {
        let unlimited = ProviderId::ALL.map(|id| settings.is_unlimited(id));
        let has_till_mirror = settings.mirrors.contains_key(crate::payments::HOST);
        let Settings {
            providers,
            short_links,
            pictures,
            upstreams,
            payments,
            turnstile,
            ..
        } = settings;
        providers.check()?;
        upstreams.check()?;
        payments.check()?;
        turnstile.check()?;
        let seats = ProviderId::ALL.into_iter().zip(unlimited);
        let seats = seats.map(|(id, is_unlimited)| {
            let provider = match providers.is_on(id) {
                true => Some(build(id, &providers)?),
                false => None,
            };
            let desk = Desk::new(match is_unlimited {
                true => profile(id).unlimited(),
                false => profile(id),
            });
            Ok((id, Seat { desk, provider }))
        });
        Ok(Self {
            inner: Arc::new(Inner {
                http,
                seats: seats.collect::<Result<_, BadSettings>>()?,
                clock,
                short_links: short_links.then(|| Mutex::new(Budget::new(SHORT_LINKS))),
                pictures: pictures.then(|| Mutex::new(Budget::new(PICTURES))),
                upstreams: Desks::new(&upstreams),
                till: Till::open(&payments, has_till_mirror),
                checks: Checks::open(&turnstile),
            }),
            mailer: None,
            collector: None,
        })
    }

    /// The same, with a way to the operator's mail server.
    #[must_use]
    pub fn with_mailer(self, mailer: Option<Mailer>) -> Self {
        Self { mailer, ..self }
    }

    /// The way to the operator's mail server, if there is one.
    #[must_use]
    pub const fn mailer(&self) -> Option<&Mailer> {
        self.mailer.as_ref()
    }

    /// The same, with a way to the operator's collector of failures.
    #[must_use]
    pub fn with_collector(self, collector: Option<Collector>) -> Self {
        Self { collector, ..self }
    }

    /// The way to the operator's collector of failures, if there is one.
    #[must_use]
    pub const fn collector(&self) -> Option<&Collector> {
        self.collector.as_ref()
    }

    /// The providers that are switched on.
    #[must_use]
    pub fn providers(&self) -> Vec<ProviderId> {
        let on = self
            .inner
            .seats
            .iter()
            .filter(|(_, seat)| seat.provider.is_some());
        on.map(|(id, _)| *id).collect()
    }

    /// Whether `provider` is on and can answer this question at all.
    #[must_use]
    pub fn answers(&self, provider: ProviderId, question: &Question) -> bool {
        let seat = self.inner.seats.get(&provider);
        let provider = seat.and_then(|seat| seat.provider.as_deref());
        provider.is_some_and(|provider| provider.answers(question))
    }

    /// Asks one provider, and comes back within `within` whatever happens. An empty list says that it has no such thing.
    pub async fn ask(
        &self,
        provider: ProviderId,
        question: &Question,
        within: Duration,
    ) -> Result<Vec<Listing>, Failure> {
        let inner = &*self.inner;
        let seat = inner.seats.get(&provider).ok_or(Failure::Off)?;
        let provider = seat.provider.as_deref().ok_or(Failure::Off)?;
        if !provider.answers(question) {
            return Err(Failure::Unsupported);
        }
        let admission = seat.desk.admit(inner.clock.now())?;
        let line = Line {
            http: &*inner.http,
            clock: &*inner.clock,
            desk: &seat.desk,
            deadline: Instant::now() + within,
        };
        let asking = tokio::time::timeout_at(line.deadline, provider.ask(question, &line));
        let outcome = asking.await.unwrap_or(Err(Failure::TimedOut));
        admission.settle(&outcome, inner.clock.now());
        outcome
    }

    /// Finds where a short link leads, within `within` and 3 seconds.
    pub async fn expand(&self, link: &Link, within: Duration) -> Result<Link, Failure> {
        if link.kind() != Kind::Short {
            return Err(Failure::Unsupported);
        }
        let budget = self.inner.short_links.as_ref().ok_or(Failure::Off)?;
        let mut url = Url::parse(&link.canonical()).map_err(|_| Failure::ForeignHost)?;
        let deadline = Instant::now() + within.min(EXPAND_MAX);
        for _ in 0..short_link::HOPS_MAX {
            let request = short_link::hop(&url, link.platform())?;
            let reply = self.fetch(budget, request, deadline).await?;
            match short_link::read(&reply, &url, link.platform())? {
                short_link::Step::Arrived(link) => return Ok(link),
                short_link::Step::Further(next) => url = next,
            }
        }
        Err(Failure::RedirectLoop)
    }

    /// Fetches a picture from a host that providers keep theirs on.
    pub async fn picture(&self, url: &str, within: Duration) -> Result<Picture, Failure> {
        let budget = self.inner.pictures.as_ref().ok_or(Failure::Off)?;
        let mut url = Url::parse(url).map_err(|_| Failure::ForeignHost)?;
        let deadline = Instant::now() + within;
        for _ in 0..=picture::HOPS_MAX {
            let request = picture::request(&url)?;
            let reply = self.fetch(budget, request, deadline).await?;
            match picture::read(reply, &url)? {
                picture::Step::Arrived(picture) => return Ok(picture),
                picture::Step::Further(next) => url = next,
            }
        }
        Err(Failure::RedirectLoop)
    }

    /// The upstreams.
    pub(crate) fn desks(&self) -> &Desks {
        &self.inner.upstreams
    }

    /// The payment service, where something is sold.
    pub(crate) fn till(&self) -> Option<&Till> {
        self.inner.till.as_ref()
    }

    /// The check against robots, where people may be checked by another service.
    pub(crate) fn checks(&self) -> Option<&Checks> {
        self.inner.checks.as_ref()
    }

    /// Sends one request that belongs to no provider.
    pub(crate) async fn fetch(
        &self,
        budget: &Mutex<Budget>,
        request: Request,
        deadline: Instant,
    ) -> Result<Reply, Failure> {
        let patience = deadline.saturating_duration_since(Instant::now());
        let turn = {
            let mut budget = budget.lock().unwrap_or_else(PoisonError::into_inner);
            budget.take(self.inner.clock.now(), patience)
        };
        tokio::time::sleep(turn.map_err(|retry_after| Failure::Budget { retry_after })?).await;
        let answer = tokio::time::timeout_at(deadline, self.inner.http.fetch(request));
        answer.await.unwrap_or(Err(Failure::TimedOut))
    }

    /// How each provider is doing.
    #[must_use]
    pub fn states(&self) -> Vec<ProviderState> {
        let now = self.inner.clock.now();
        let seats = self.inner.seats.values();
        seats
            .map(|seat| seat.desk.report(seat.provider.is_some(), now))
            .collect()
    }
}

/// The one name that every host is told.
fn user_agent(contact: Option<&str>) -> Result<String, BadSettings> {
    let contact = contact.map_or("no contact set", str::trim);
    let is_plain = contact
        .chars()
        .all(|c| matches!(c, ' '..='~') && !matches!(c, '(' | ')'));
    if contact.is_empty() || contact.len() > CONTACT_MAX || !is_plain {
        return Err(BadSettings::Contact);
    }
    Ok(format!("Unisono/{} ({contact})", env!("CARGO_PKG_VERSION")))
}

#[cfg(test)]
mod tests;
