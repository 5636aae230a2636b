//! How one conversion goes: what to ask whom next, and what to show. A pure state machine.
//!
//! Identify first. Then everybody who can find the piece elsewhere is asked at once, in the order of
//! [`sources`](super::sources). Each answer may bring a code, and with it new questions and better verdicts.

mod asking;
mod evidence;
mod known;
mod place;
#[cfg(test)]
mod tests;

use std::time::Duration;

use music::{Kind, Link, Listing, Piece, Platform};
use outbound::{Failure, ProviderId, Question};

use super::sources::Doors;
use super::{LinkRefusal, SearchReason};
use asking::{Ask, AskState, Role};
use known::Known;
use place::Place;

pub(crate) use asking::AskId;
pub(crate) use place::Finding;

/// How long it may take to learn what the link points at.
pub(crate) const IDENTIFY_WITHIN: Duration = Duration::from_millis(2_500);
/// How long a person waits for everything.
pub(crate) const ALL_WITHIN: Duration = Duration::from_secs(4);
/// How long slow providers go on behind the scenes, from the start of the conversion.
pub(crate) const BACKGROUND_WITHIN: Duration = Duration::from_secs(15);
/// How long one provider's silence keeps the next from being asked, or a directory waiting for a code.
const PATIENCE: Duration = Duration::from_secs(1);
/// Questions in one conversion, over all providers.
const ASKS_MAX: usize = 32;

/// What the driver is to do.
#[derive(Debug, PartialEq)]
pub(crate) enum Output {
    /// Ask this, and bring the answer to [`Plan::hear`].
    Ask(AskId, ProviderId, Question),
    /// The piece is known, or known better than before.
    Identified,
    /// This platform's finding is another one than before.
    Found(Platform),
    /// Nothing more is shown. Questions under way may still be answered.
    Done {
        /// Whether asking again later shows nothing more.
        is_complete: bool,
    },
    /// The link leads to no page.
    Refused(LinkRefusal),
}

/// How far a conversion is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    /// It is not known yet what the link points at.
    Identifying,
    /// A person waits for findings.
    Matching,
    /// Nobody waits any more; answers are for the next one.
    Background,
    /// Nothing is under way and nothing will be asked.
    Over,
}

/// One conversion.
pub(crate) struct Plan {
    link: Link,
    doors: Doors,
    known: Known,
    asks: Vec<Ask>,
    places: Vec<Place>,
    stage: Stage,
    elapsed: Duration,
    /// When the piece became known, from the start.
    identified_at: Duration,
}

impl Plan {
    /// A conversion of a link that nothing is known of.
    pub(crate) fn identify(link: Link, doors: Doors) -> (Self, Vec<Output>) {
        let mut plan = Self::new(link, doors, Known::default(), Stage::Identifying);
        plan.wait_for(&Platform::TARGETS);
        let mut outputs = plan.ask_what_it_is();
        plan.go_on(&mut outputs);
        (plan, outputs)
    }

    /// A conversion of a piece that is known, to the platforms that are missing.
    pub(crate) fn complete(
        link: Link,
        piece: Piece,
        art: Option<String>,
        missing: &[Platform],
        doors: Doors,
    ) -> (Self, Vec<Output>) {
        let known = Known::described(piece, art);
        let mut plan = Self::new(link, doors, known, Stage::Matching);
        plan.wait_for(missing);
        let mut outputs = Vec::new();
        plan.go_on(&mut outputs);
        (plan, outputs)
    }

    fn new(link: Link, doors: Doors, known: Known, stage: Stage) -> Self {
        Self {
            link,
            doors,
            known,
            asks: Vec::new(),
            places: Vec::new(),
            stage,
            elapsed: Duration::ZERO,
            identified_at: Duration::ZERO,
        }
    }

    /// Playlists are lists of tracks, which are converted one by one; the list itself is nowhere else.
    fn wait_for(&mut self, platforms: &[Platform]) {
        let own = self.link.platform();
        let wanted = platforms.iter().copied().filter(|&platform| {
            self.link.kind() != Kind::Playlist
                && platform != own
                && twin(&self.link) != Some(platform)
        });
        self.places = wanted.map(Place::new).collect();
    }

    /// What is converted.
    pub(crate) const fn link(&self) -> &Link {
        &self.link
    }

    /// What is known of the piece, once it is identified.
    pub(crate) fn piece(&self) -> Option<&Piece> {
        self.known.piece()
    }

    /// Whether the piece's own platform described it in this conversion.
    pub(crate) fn is_described_now(&self) -> bool {
        self.known.is_described_now()
    }

    /// Address of a picture.
    pub(crate) fn art(&self) -> Option<&str> {
        self.known.art()
    }

    /// The platforms that are asked for, with what is found.
    pub(crate) fn findings(&self) -> impl Iterator<Item = (Platform, Finding)> + '_ {
        self.places
            .iter()
            .map(|place| (place.platform(), self.finding(place)))
    }

    /// Whether nothing is under way and nothing will be asked.
    pub(crate) fn is_over(&self) -> bool {
        self.stage == Stage::Over
    }

    /// When [`Plan::tick`] is to be called, from the start of the conversion.
    pub(crate) fn wake_at(&self) -> Duration {
        let moments = [
            (Stage::Identifying, PATIENCE),
            (Stage::Identifying, IDENTIFY_WITHIN),
            (Stage::Matching, self.identified_at + PATIENCE),
            (Stage::Matching, IDENTIFY_WITHIN),
            (Stage::Matching, ALL_WITHIN),
        ];
        let coming = moments
            .into_iter()
            .filter(|&(stage, moment)| stage == self.stage && moment > self.elapsed);
        coming
            .map(|(_, moment)| moment)
            .min()
            .unwrap_or(BACKGROUND_WITHIN)
    }

    /// Whether those who are asked now have been given the time to answer before others are asked as well.
    fn is_patient(&self) -> bool {
        self.elapsed < self.identified_at + PATIENCE
    }

    /// Time has passed.
    pub(crate) fn tick(&mut self, elapsed: Duration) -> Vec<Output> {
        self.elapsed = self.elapsed.max(elapsed);
        let mut outputs = Vec::new();
        self.go_on(&mut outputs);
        outputs
    }

    /// A provider answered, or did not.
    pub(crate) fn hear(
        &mut self,
        id: AskId,
        answer: Result<Vec<Listing>, Failure>,
        elapsed: Duration,
    ) -> Vec<Output> {
        self.elapsed = self.elapsed.max(elapsed);
        let mut outputs = Vec::new();
        let ask = &mut self.asks[id.index()];
        ask.state = match &answer {
            Ok(listings) => AskState::Answered {
                is_empty: listings.is_empty(),
            },
            Err(_) => AskState::Failed,
        };
        let (provider, role) = (ask.provider, ask.role.clone());
        match role {
            Role::Describe => self.take_description(provider, answer, &mut outputs),
            Role::Check(link) => self.take_check(&link, answer),
            Role::Find => self.take_listings(provider, answer.unwrap_or_default()),
            Role::Relate => self.take_relations(answer.unwrap_or_default(), &mut outputs),
        }
        self.go_on(&mut outputs);
        outputs
    }

    fn take_description(
        &mut self,
        provider: ProviderId,
        answer: Result<Vec<Listing>, Failure>,
        outputs: &mut Vec<Output>,
    ) {
        let is_nothing = answer.as_ref().is_ok_and(Vec::is_empty);
        let listings = answer.unwrap_or_default();
        let described = listings.into_iter().find_map(|listing| {
            let piece = listing
                .piece
                .filter(|piece| piece.kind() == self.link.kind())?;
            Some((piece, listing.art))
        });
        match described {
            Some((piece, art)) => {
                if self.known.describe(piece, art) {
                    outputs.push(Output::Identified);
                }
            }
            // The platform's own word that there is nothing is not doubted.
            None if is_nothing => {}
            None => outputs.extend(self.ask_next_describer(provider)),
        }
    }

    /// A directory says what the link itself points at, and where else that is.
    fn take_relations(&mut self, listings: Vec<Listing>, outputs: &mut Vec<Output>) {
        let described = listings.iter().find_map(|listing| listing.piece.as_ref());
        if let Some(piece) = described.filter(|piece| piece.kind() == self.link.kind())
            && self.known.complete_by_directory(piece)
        {
            outputs.push(Output::Identified);
        }
        self.take_listings(ProviderId::Musicbrainz, listings);
    }

    fn take_listings(&mut self, provider: ProviderId, listings: Vec<Listing>) {
        let kind = self.link.kind();
        let mut recording: Option<Piece> = None;
        for listing in listings {
            if listing.link.platform() == Platform::Musicbrainz {
                recording.clone_from(&listing.piece);
            }
            if listing.link.kind() != kind {
                continue;
            }
            for place in &mut self.places {
                place.add(provider, &listing, recording.as_ref());
            }
        }
        self.weigh();
        if let Some(code) = place::code_of(&self.places, &self.known) {
            self.known.learn_code(code);
        }
    }

    fn weigh(&mut self) {
        for place in &mut self.places {
            place.weigh(&self.known);
        }
    }

    fn take_check(&mut self, link: &Link, answer: Result<Vec<Listing>, Failure>) {
        let checked = evidence::Check::of(answer);
        for place in &mut self.places {
            place.check(link, &checked);
        }
    }

    /// Asks what is to be asked now, shows what is new, and notices the end.
    fn go_on(&mut self, outputs: &mut Vec<Output>) {
        if self.stage == Stage::Identifying {
            self.leave_identifying(outputs);
        }
        self.weigh();
        let art = self.places.iter().find_map(Place::sure_art);
        if self.stage == Stage::Matching && art.is_some_and(|art| self.known.offer_art(art)) {
            outputs.push(Output::Identified);
        }
        if matches!(self.stage, Stage::Matching | Stage::Background) {
            outputs.extend(self.ask_where_it_is());
            outputs.extend(self.ask_to_check());
            // What nobody can check counts as it is.
            self.weigh();
        }
        self.show_news(outputs);
        let is_quiet = !self.asks.iter().any(Ask::is_under_way);
        match self.stage {
            Stage::Matching if is_quiet => {
                let is_complete = !self
                    .findings()
                    .any(|(_, finding)| finding == Finding::None(SearchReason::NoAnswer));
                outputs.push(Output::Done { is_complete });
                self.stage = Stage::Over;
            }
            Stage::Matching if self.elapsed >= ALL_WITHIN => {
                self.stage = Stage::Background;
                self.show_news(outputs);
                outputs.push(Output::Done { is_complete: false });
            }
            Stage::Background if is_quiet || self.elapsed >= BACKGROUND_WITHIN => {
                self.stage = Stage::Over;
            }
            _ => {}
        }
    }

    fn leave_identifying(&mut self, outputs: &mut Vec<Output>) {
        if self.known.piece().is_some() {
            self.stage = Stage::Matching;
            self.identified_at = self.elapsed;
            return;
        }
        if self.elapsed >= PATIENCE
            && let Some(slow) = self
                .asks
                .iter()
                .rev()
                .find(|ask| ask.role == Role::Describe)
        {
            outputs.extend(self.ask_next_describer(slow.provider));
        }
        let is_quiet = !self.asks.iter().any(Ask::is_under_way);
        if is_quiet || self.elapsed >= IDENTIFY_WITHIN {
            let says_no = self.asks.iter().any(Ask::says_that_there_is_nothing);
            self.stage = Stage::Over;
            outputs.push(Output::Refused(match says_no {
                true => LinkRefusal::Nothing,
                false => LinkRefusal::Unidentified,
            }));
        }
    }

    fn show_news(&mut self, outputs: &mut Vec<Output>) {
        if self.stage == Stage::Identifying || self.stage == Stage::Over {
            return;
        }
        for index in 0..self.places.len() {
            let finding = self.finding(&self.places[index]);
            if self.places[index].show(&finding) {
                outputs.push(Output::Found(self.places[index].platform()));
            }
        }
    }

    fn finding(&self, place: &Place) -> Finding {
        let Some(piece) = self.known.piece() else {
            return Finding::Pending;
        };
        if let Some(best) = place.best() {
            return Finding::Found(best.clone());
        }
        let asked = || {
            self.asks
                .iter()
                .filter(|ask| ask.may_serve(place.platform()))
        };
        let can_find = || self.doors.can_find(place.platform(), &self.link, piece);
        let waits = self.stage == Stage::Matching
            && (asked().any(Ask::is_under_way)
                || (self.is_hesitating() || self.expects_code()) && can_find());
        if waits {
            return Finding::Pending;
        }
        Finding::None(
            if asked().any(|ask| ask.is_under_way() || ask.state == AskState::Failed) {
                SearchReason::NoAnswer
            } else if asked().next().is_some() {
                SearchReason::NotFound
            } else if can_find() {
                SearchReason::NoAnswer
            } else {
                SearchReason::NotAsked
            },
        )
    }
}

/// The other player for the same YouTube id.
pub(crate) fn twin(link: &Link) -> Option<Platform> {
    match (link.kind(), link.platform()) {
        (Kind::Track, Platform::Youtube) => Some(Platform::YoutubeMusic),
        (Kind::Track, Platform::YoutubeMusic) => Some(Platform::Youtube),
        _ => None,
    }
}
