//! One platform in one conversion: what was listed for it, and which of that is best.

use music::{Isrc, Kind, Level, Link, Listing, Piece, Platform, Reason, Verdict, choose};
use outbound::ProviderId;

use super::evidence::{Check, by_directory, cap};
use super::known::{Code, Known};
use super::twin;
use crate::links::SearchReason;
use crate::links::sources::is_directory;

/// Listings of one platform that are weighed in one conversion.
const CANDIDATES_MAX: usize = 64;
/// Links of one platform that are checked because a directory names them.
const CHECKS_MAX: usize = 2;

/// What is found on a platform.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Finding {
    /// Somebody is still being asked.
    Pending,
    /// Here.
    Found(Best),
    /// Nothing that may be shown.
    None(SearchReason),
}

/// The best match on a platform.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Best {
    pub(crate) link: Link,
    pub(crate) verdict: Verdict,
    pub(crate) provider: ProviderId,
    art: Option<String>,
    /// The code of the platform's own listing.
    isrc: Option<Isrc>,
}

/// One platform.
pub(super) struct Place {
    platform: Platform,
    candidates: Vec<Candidate>,
    /// The best of them, and what it was weighed against.
    best: Option<Best>,
    weighed: Option<Weighed>,
    shown: Option<Finding>,
}

/// What a verdict depends on besides the candidates.
#[derive(Clone, PartialEq)]
struct Weighed {
    subject: Option<Piece>,
    code: Option<Code>,
}

struct Candidate {
    listing: Listing,
    provider: ProviderId,
    evidence: Evidence,
}

enum Evidence {
    /// The platform itself lists it.
    Listed,
    /// A directory names it.
    Named(Box<Word>),
}

/// What a directory says of a link, and the platform of that.
struct Word {
    /// The recording that it names the link for, if it says for which.
    recording: Option<Piece>,
    check: Check,
}

impl Candidate {
    /// The code on the platform's own listing; a directory's word brings none.
    fn own_code(&self) -> Option<Isrc> {
        match (&self.evidence, &self.listing.piece) {
            (Evidence::Listed, Some(Piece::Track(track))) => track.isrc,
            _ => None,
        }
    }
}

impl Place {
    pub(super) const fn new(platform: Platform) -> Self {
        Self {
            platform,
            candidates: Vec::new(),
            best: None,
            weighed: None,
            shown: None,
        }
    }

    pub(super) const fn platform(&self) -> Platform {
        self.platform
    }

    /// Takes a listing of this platform, or of its twin. `recording` is what a directory ties it to.
    pub(super) fn add(
        &mut self,
        provider: ProviderId,
        listing: &Listing,
        recording: Option<&Piece>,
    ) {
        let Some(link) = self.own_link(&listing.link) else {
            return;
        };
        let is_named = is_directory(provider);
        if !is_named && listing.piece.is_none() {
            return;
        }
        // A listing says more than a directory, so it takes its place.
        let same = |one: &Candidate| one.listing.link.id() == link.id();
        match self.candidates.iter().position(same) {
            Some(_) if is_named => return,
            Some(index) => drop(self.candidates.remove(index)),
            None if self.candidates.len() >= CANDIDATES_MAX => return,
            None => {}
        }
        let evidence = match is_named {
            true => Evidence::Named(Box::new(Word {
                recording: recording.or(listing.piece.as_ref()).cloned(),
                check: Check::Open,
            })),
            false => Evidence::Listed,
        };
        let listing = Listing {
            link,
            ..listing.clone()
        };
        self.weighed = None;
        self.candidates.push(Candidate {
            listing,
            provider,
            evidence,
        });
    }

    /// `link` as a link of this platform: YouTube and YouTube Music share their tracks' ids.
    fn own_link(&self, link: &Link) -> Option<Link> {
        if link.platform() == self.platform {
            return Some(link.clone());
        }
        let is_twin = twin(link) == Some(self.platform);
        let twin = || {
            Link::new(
                self.platform,
                Kind::Track,
                link.id(),
                link.context().clone(),
            )
        };
        is_twin.then(|| twin().ok()).flatten()
    }

    /// Links that a directory names and that nobody has checked yet.
    pub(super) fn to_check(&self) -> Vec<Link> {
        let is_sure = self
            .best()
            .is_some_and(|best| best.verdict.level >= Level::High);
        let named = self
            .candidates
            .iter()
            .filter_map(|one| match &one.evidence {
                Evidence::Named(word) => Some((&one.listing.link, &word.check)),
                Evidence::Listed => None,
            });
        let spent = named.clone().filter(|(_, check)| **check != Check::Open);
        let left = CHECKS_MAX.saturating_sub(spent.count());
        let open = named.filter(|(_, check)| **check == Check::Open && !is_sure);
        open.map(|(link, _)| link.clone()).take(left).collect()
    }

    /// `link` is being checked, or nobody can be asked.
    pub(super) fn checking(&mut self, link: &Link, is_asked: bool) {
        let check = match is_asked {
            true => Check::UnderWay,
            false => Check::Silent,
        };
        self.check(link, &check);
    }

    /// What came of checking `link`.
    pub(super) fn check(&mut self, link: &Link, said: &Check) {
        self.weighed = None;
        for one in &mut self.candidates {
            if let Evidence::Named(word) = &mut one.evidence
                && one.listing.link == *link
            {
                word.check = said.clone();
            }
        }
    }

    /// The best match that may be shown.
    pub(super) const fn best(&self) -> Option<&Best> {
        self.best.as_ref()
    }

    /// A picture of a listing that is the same piece.
    pub(super) fn sure_art(&self) -> Option<&str> {
        let best = self.best()?;
        let is_sure = best.verdict.level >= Level::High;
        best.art.as_deref().filter(|_| is_sure)
    }

    /// Finds the best match anew if a candidate, or what is known of the piece, has changed.
    pub(super) fn weigh(&mut self, known: &Known) {
        let against = Weighed {
            subject: known.subject().cloned(),
            code: known.borrowed_code(),
        };
        if self.weighed.as_ref() != Some(&against) {
            self.best = self.weigh_all(known);
            self.weighed = Some(against);
        }
    }

    fn weigh_all(&self, known: &Known) -> Option<Best> {
        let subject = known.subject()?;
        let listed = self.best_listed(subject, known);
        let named = self.candidates.iter().filter_map(|one| {
            let Evidence::Named(word) = &one.evidence else {
                return None;
            };
            let verdict = by_directory(subject, word.recording.as_ref(), &word.check)?;
            Some((one, borrowed(verdict, known)))
        });
        let all = listed.into_iter().chain(named);
        let shown = all.filter(|(_, verdict)| verdict.level > Level::Different);
        let best = shown.reduce(|best, next| match rank(&next) > rank(&best) {
            true => next,
            false => best,
        });
        best.map(|(one, verdict)| Best {
            link: one.listing.link.clone(),
            verdict: rounded(verdict),
            provider: one.provider,
            art: one.listing.art.clone(),
            isrc: one.own_code(),
        })
    }

    /// Among the platform's own listings. One that cannot be played there counts only if no other fits.
    fn best_listed(&self, subject: &Piece, known: &Known) -> Option<(&Candidate, Verdict)> {
        let among = |is_playable: bool| {
            let listed: Vec<&Candidate> = self
                .candidates
                .iter()
                .filter(|one| matches!(one.evidence, Evidence::Listed))
                .filter(|one| one.listing.is_playable == is_playable)
                .collect();
            let pieces: Vec<Piece> = listed
                .iter()
                .filter_map(|one| one.listing.piece.clone())
                .collect();
            let choice = choose(subject, &pieces)?;
            let verdict = borrowed(choice.verdict, known);
            Some((*listed.get(choice.index)?, verdict))
        };
        let fits = |(_, verdict): &(&Candidate, Verdict)| verdict.level > Level::Different;
        among(true)
            .filter(fits)
            .or_else(|| among(false).filter(fits))
    }

    /// Remembers what was shown; true when `finding` differs from it.
    pub(super) fn show(&mut self, finding: &Finding) -> bool {
        let is_new = self.shown.as_ref() != Some(finding);
        if is_new {
            self.shown = Some(finding.clone());
        }
        is_new && *finding != Finding::Pending
    }
}

/// Thousandths are more than anybody reads, and they come back from the store as they went in.
fn rounded(verdict: Verdict) -> Verdict {
    Verdict {
        confidence: (verdict.confidence * 1_000.0).round() / 1_000.0,
        ..verdict
    }
}

fn rank(found: &(&Candidate, Verdict)) -> (Level, f64) {
    (found.1.level, found.1.confidence)
}

/// What was found by a borrowed code is no surer than the match that brought the code.
fn borrowed(verdict: Verdict, known: &Known) -> Verdict {
    match known.borrowed_code() {
        Some(code) if verdict.reasons.contains(&Reason::SameIsrc) && lends(known) => {
            cap(verdict, code.level)
        }
        _ => verdict,
    }
}

/// Whether the piece is a track whose own platform gives no code.
fn lends(known: &Known) -> bool {
    matches!(known.piece(), Some(Piece::Track(track)) if track.isrc.is_none())
}

/// The code of the surest listing that has one, if the piece's own platform gave none.
pub(super) fn code_of(places: &[Place], known: &Known) -> Option<Code> {
    if !lends(known) {
        return None;
    }
    let codes = places.iter().filter_map(|place| {
        let best = place.best()?;
        Some(Code {
            isrc: best.isrc.filter(|_| best.verdict.level >= Level::High)?,
            level: best.verdict.level,
            from: place.platform(),
        })
    });
    codes.reduce(|best, next| if next.level > best.level { next } else { best })
}
