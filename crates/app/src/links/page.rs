//! A page in memory: what is kept of it, and the view that is made of that.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use base::{PageId, Timestamp};
use music::{Kind, Level, Link, Piece, Platform, Reason, Verdict, score, search_url};
use store::{CorrectionRow, KeptPage, MatchRow, PageRow};

use super::plan::{Finding, twin};
use super::sources::Doors;
use super::{LinkView, MatchView, Outcome, SearchReason};

const HOUR: Duration = Duration::from_secs(60 * 60);
const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// How long a match is taken as it is.
const FOUND_LIFE: Duration = Duration::from_secs(30 * 24 * 60 * 60);
/// How long a platform is not asked again after it had nothing.
pub(crate) const NOTHING_LIFE: Duration = HOUR;
/// How long a provider is left alone after it gave no answer.
const SILENCE_LIFE: Duration = Duration::from_secs(60);
/// How long a description is taken as it is: Spotify and YouTube want it asked for anew within 30 days.
pub(crate) const DESCRIPTION_LIFE: Duration = Duration::from_secs(23 * 24 * 60 * 60);

static VERSIONS: AtomicU64 = AtomicU64::new(1);

/// A number that no other view of this process has.
pub(super) fn next_version() -> u64 {
    VERSIONS.fetch_add(1, Ordering::Relaxed)
}

/// A page in memory.
#[derive(Clone)]
pub(crate) struct Page {
    pub(crate) row: PageRow,
    matches: BTreeMap<Platform, MatchRow>,
    corrections: BTreeMap<Platform, CorrectionRow>,
    /// When platforms gave no answer.
    silent: BTreeMap<Platform, Timestamp>,
    /// Platforms that nobody here can ask.
    unasked: Vec<Platform>,
    view: Arc<LinkView>,
}

impl Page {
    /// A page as it is kept.
    pub(crate) fn from_kept(kept: KeptPage, doors: &Doors) -> Self {
        let matches = kept.matches.into_iter();
        let corrections = kept.corrections.into_iter();
        Self::new(
            kept.page,
            matches.map(|row| (row.platform, row)).collect(),
            corrections.map(|row| (row.platform, row)).collect(),
            doors,
        )
    }

    /// A page that was just made.
    pub(crate) fn fresh(row: PageRow, doors: &Doors) -> Self {
        Self::new(row, BTreeMap::new(), BTreeMap::new(), doors)
    }

    fn new(
        row: PageRow,
        matches: BTreeMap<Platform, MatchRow>,
        corrections: BTreeMap<Platform, CorrectionRow>,
        doors: &Doors,
    ) -> Self {
        let unasked = Platform::TARGETS
            .into_iter()
            .filter(|&platform| !doors.can_find(platform, &row.link, &row.piece));
        let mut page = Self {
            unasked: unasked.collect(),
            view: Arc::new(empty_view(&row)),
            row,
            matches,
            corrections,
            silent: BTreeMap::new(),
        };
        page.draw();
        page
    }

    pub(crate) const fn id(&self) -> PageId {
        self.row.id
    }

    pub(crate) fn view(&self) -> Arc<LinkView> {
        Arc::clone(&self.view)
    }

    /// The page while the platforms `asked` are being asked.
    pub(crate) fn view_while_asking(&self, asked: &[Platform]) -> LinkView {
        let mut view = LinkView::clone(&self.view);
        view.version = next_version();
        for one in &mut view.matches {
            let is_open = matches!(one.outcome, Outcome::Search { .. });
            if is_open && asked.contains(&one.platform) {
                one.outcome = Outcome::Pending;
            }
        }
        view
    }

    /// `view`, which a conversion showed, with what people set as it is now; none when that is the same.
    pub(crate) fn laid_over(&self, view: &LinkView) -> Option<LinkView> {
        let mut laid = view.clone();
        for place in &mut laid.matches {
            let now = self.view.matches.iter();
            let mut now = now.filter(|one| one.is_corrected || place.is_corrected);
            if let Some(now) = now.find(|one| one.platform == place.platform) {
                *place = now.clone();
            }
        }
        laid.version = next_version();
        (laid.matches != view.matches).then_some(laid)
    }

    /// The platforms that are worth asking at `now`.
    pub(crate) fn missing(&self, now: Timestamp) -> Vec<Platform> {
        let mut platforms = self.platforms();
        platforms.retain(|&platform| self.is_due(platform, now));
        platforms
    }

    /// Whether the description is so old that it is asked for anew.
    pub(crate) fn is_description_due(&self, now: Timestamp) -> bool {
        now.since(self.row.refreshed_at) >= DESCRIPTION_LIFE
    }

    fn is_due(&self, platform: Platform, now: Timestamp) -> bool {
        let is_given = self.is_own(platform)
            || self.corrections.contains_key(&platform)
            || self.unasked.contains(&platform);
        let rests = |since: Timestamp, life| now.since(since) < life;
        let is_silent = self
            .silent
            .get(&platform)
            .is_some_and(|&since| rests(since, SILENCE_LIFE));
        let is_known = self.matches.get(&platform).is_some_and(|row| {
            let life = match row.found {
                Some(_) => FOUND_LIFE,
                None => NOTHING_LIFE,
            };
            rests(row.checked_at, life)
        });
        !is_given && !is_silent && !is_known
    }

    /// Whether `platform` plays the very link that led here.
    fn is_own(&self, platform: Platform) -> bool {
        let link = &self.row.link;
        link.platform() == platform || twin(link) == Some(platform)
    }

    /// The platforms on the page: a playlist is on its own only.
    fn platforms(&self) -> Vec<Platform> {
        let own = self.row.link.platform();
        match self.row.link.kind() {
            Kind::Playlist => vec![own],
            _ if Platform::TARGETS.contains(&own) => Platform::TARGETS.to_vec(),
            _ => std::iter::once(own).chain(Platform::TARGETS).collect(),
        }
    }

    /// Takes over what was found; gives the rows that are worth keeping.
    pub(crate) fn learn(
        &mut self,
        findings: impl Iterator<Item = (Platform, Finding)>,
        now: Timestamp,
    ) -> Vec<MatchRow> {
        let mut rows = Vec::new();
        for (platform, finding) in findings {
            let (found, provider) = match finding {
                Finding::Found(best) => {
                    let provider = best.provider.name().to_owned();
                    (Some((best.link, best.verdict)), provider)
                }
                Finding::None(SearchReason::NotFound) => (None, String::new()),
                Finding::None(SearchReason::NoAnswer) | Finding::Pending => {
                    self.silent.insert(platform, now);
                    continue;
                }
                Finding::None(SearchReason::NotAsked) => continue,
            };
            self.silent.remove(&platform);
            let row = MatchRow {
                platform,
                found,
                provider,
                checked_at: now,
            };
            self.matches.insert(platform, row.clone());
            rows.push(row);
        }
        self.draw();
        rows
    }

    /// Takes over what a page of the same recording knows and this one does not; gives the new rows.
    pub(crate) fn learn_from(&mut self, other: &Self, now: Timestamp) -> Vec<MatchRow> {
        let own = MatchRow {
            platform: other.row.link.platform(),
            found: Some((
                other.row.link.clone(),
                score(&self.row.piece, &other.row.piece),
            )),
            provider: String::new(),
            checked_at: now,
        };
        let all = std::iter::once(&own).chain(other.matches.values());
        let mut rows = Vec::new();
        for row in all {
            let knows = self
                .matches
                .get(&row.platform)
                .is_some_and(|known| known.found.is_some());
            if !knows && row.found.is_some() && !self.is_own(row.platform) {
                self.matches.insert(row.platform, row.clone());
                rows.push(row.clone());
            }
        }
        for (&platform, row) in &other.corrections {
            if platform != self.row.link.platform() {
                let place = self.corrections.entry(platform);
                place.or_insert_with(|| row.clone());
            }
        }
        self.draw();
        rows
    }

    /// Takes over a newer description.
    pub(crate) fn describe(&mut self, piece: Piece, art: Option<String>, now: Timestamp) {
        self.row.piece = piece;
        self.row.art = art;
        self.row.refreshed_at = now;
        self.draw();
    }

    /// Lays a match set by hand over what was found, or takes it away.
    pub(crate) fn correct(&mut self, platform: Platform, correction: Option<CorrectionRow>) {
        match correction {
            Some(correction) => self.corrections.insert(platform, correction),
            None => self.corrections.remove(&platform),
        };
        self.draw();
    }

    /// The correction that counts on `platform`: its own, or that of the other player of YouTube, whose ids are the
    /// same, where nothing else is known.
    pub(crate) fn correction_on(&self, platform: Platform) -> Option<CorrectionRow> {
        if let Some(own) = self.corrections.get(&platform) {
            return Some(own.clone());
        }
        if self.is_own(platform) || self.matched_links(platform).next().is_some() {
            return None;
        }
        let mut corrections = self.corrections.values();
        let row = corrections.find(|row| twin(&row.link) == Some(platform))?;
        let (kind, context) = (row.link.kind(), row.link.context().clone());
        let link = Link::new(platform, kind, row.link.id(), context).ok()?;
        Some(CorrectionRow {
            link,
            ..row.clone()
        })
    }

    /// What was found on `platform`, whether or not a correction lies over it.
    pub(crate) fn matched_links(&self, platform: Platform) -> impl Iterator<Item = &Link> {
        let found = self
            .matches
            .get(&platform)
            .and_then(|row| row.found.as_ref());
        found.into_iter().map(|(link, _)| link)
    }

    /// What was found where a correction lies over it: such links do not lead here any more.
    pub(crate) fn covered_links(&self) -> impl Iterator<Item = &Link> {
        let platforms = self.corrections.keys();
        platforms.flat_map(|&platform| self.matched_links(platform))
    }

    /// Sure matches that were found, by which their links lead here too.
    pub(crate) fn sure_links(&self) -> impl Iterator<Item = &Link> {
        let found = self.matches.values().filter_map(|row| row.found.as_ref());
        let kept = found.filter(|(link, _)| !self.corrections.contains_key(&link.platform()));
        kept.filter(|(_, verdict)| verdict.level >= Level::High)
            .map(|(link, _)| link)
    }

    /// Adds to the number of times it was opened.
    pub(crate) fn add_views(&mut self, count: u64, day: Timestamp) {
        self.row.views += count;
        self.row.opened_at = day;
        self.draw();
    }

    fn draw(&mut self) {
        let platforms = self.platforms();
        self.view = Arc::new(LinkView {
            matches: platforms
                .into_iter()
                .map(|one| self.match_view(one))
                .collect(),
            ..empty_view(&self.row)
        });
    }

    fn match_view(&self, platform: Platform) -> MatchView {
        let own = || self.own_link(platform).map(|link| found(&link, &same_id()));
        let corrected = self.correction_on(platform);
        let is_corrected = corrected.is_some();
        let by_hand = corrected.map(|row| found(&row.link, &row.verdict));
        let matched = || {
            let row = self.matches.get(&platform)?;
            row.found
                .as_ref()
                .map(|(link, verdict)| found(link, verdict))
        };
        let outcome = by_hand.or_else(own).or_else(matched);
        MatchView {
            platform,
            outcome: outcome.unwrap_or_else(|| self.search(platform)),
            is_corrected,
        }
    }

    fn own_link(&self, platform: Platform) -> Option<Link> {
        let link = &self.row.link;
        if link.platform() == platform {
            return Some(link.clone());
        }
        let is_twin = twin(link) == Some(platform);
        let twin = || Link::new(platform, link.kind(), link.id(), link.context().clone()).ok();
        is_twin.then(twin).flatten()
    }

    fn search(&self, platform: Platform) -> Outcome {
        let why = if self.unasked.contains(&platform) {
            SearchReason::NotAsked
        } else if self.matches.contains_key(&platform) {
            SearchReason::NotFound
        } else {
            SearchReason::NoAnswer
        };
        search(platform, &self.row, why)
    }
}

/// What a finding of a conversion under way looks like.
pub(super) fn outcome_of(finding: &Finding, platform: Platform, row: &PageRow) -> Outcome {
    match finding {
        Finding::Pending => Outcome::Pending,
        Finding::Found(best) => found(&best.link, &best.verdict),
        Finding::None(why) => search(platform, row, *why),
    }
}

fn search(platform: Platform, row: &PageRow, why: SearchReason) -> Outcome {
    let storefront = row.link.context().storefront.as_deref();
    let url = search_url(platform, &row.piece, storefront).unwrap_or_default();
    Outcome::Search { url, why }
}

fn found(link: &Link, verdict: &Verdict) -> Outcome {
    Outcome::Found {
        url: link.canonical(),
        app: link.app_uri(),
        level: verdict.level,
        confidence: verdict.confidence,
        reasons: verdict.reasons.clone(),
    }
}

fn same_id() -> Verdict {
    Verdict {
        level: Level::Exact,
        confidence: 1.0,
        reasons: vec![Reason::SameId],
    }
}

fn empty_view(row: &PageRow) -> LinkView {
    LinkView {
        id: row.id.to_string(),
        piece: row.piece.clone(),
        has_art: row.art.is_some(),
        matches: Vec::new(),
        views: row.views,
        version: next_version(),
    }
}

/// The start of the day of `now`: when a page was opened is kept no finer.
pub(crate) fn day_of(now: Timestamp) -> Timestamp {
    let day_ms = i64::try_from(DAY.as_millis()).unwrap_or(i64::MAX);
    Timestamp::from_unix_ms(now.unix_ms().div_euclid(day_ms) * day_ms)
}
