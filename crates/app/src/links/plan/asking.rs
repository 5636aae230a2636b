//! What to ask whom next.

use music::{Level, Link, Platform};
use outbound::{ProviderId, Question};

use super::place::Place;
use super::{ASKS_MAX, IDENTIFY_WITHIN, Output, Plan, Stage};
use crate::links::sources::{brings_code, finders, finds, is_thin};

/// Names one question of one conversion.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct AskId(usize);

impl AskId {
    pub(super) const fn index(self) -> usize {
        self.0
    }
}

/// A question that was asked.
pub(super) struct Ask {
    pub(super) provider: ProviderId,
    question: Question,
    pub(super) role: Role,
    pub(super) state: AskState,
}

/// What an answer is for.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Role {
    /// To learn what the link points at, from its own platform.
    Describe,
    /// To learn what the link points at, and where else that is, from a directory.
    Relate,
    /// To find the piece elsewhere.
    Find,
    /// To check what a directory says of this link.
    Check(Link),
}

/// How far a question is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum AskState {
    UnderWay,
    Answered { is_empty: bool },
    Failed,
}

impl Ask {
    pub(super) fn is_under_way(&self) -> bool {
        self.state == AskState::UnderWay
    }

    /// Whether the link's own platform answered that there is no such thing.
    pub(super) fn says_that_there_is_nothing(&self) -> bool {
        self.role == Role::Describe && self.state == (AskState::Answered { is_empty: true })
    }

    /// Whether the answer can bring a link of `platform`.
    pub(super) fn may_serve(&self, platform: Platform) -> bool {
        match &self.role {
            Role::Describe => false,
            Role::Relate | Role::Find => finds(self.provider, platform),
            Role::Check(link) => link.platform() == platform,
        }
    }
}

impl Plan {
    fn ask(&mut self, provider: ProviderId, question: Question, role: Role) -> Option<Output> {
        let is_new = !self
            .asks
            .iter()
            .any(|ask| ask.provider == provider && ask.question == question);
        if !is_new || self.asks.len() >= ASKS_MAX {
            return None;
        }
        let id = AskId(self.asks.len());
        self.asks.push(Ask {
            provider,
            question: question.clone(),
            role,
            state: AskState::UnderWay,
        });
        Some(Output::Ask(id, provider, question))
    }

    /// The link's own platform; and a directory at the same time when that alone says little.
    pub(super) fn ask_what_it_is(&mut self) -> Vec<Output> {
        let describers = self.doors.describers(&self.link);
        let first = describers.first().copied();
        let mut outputs = Vec::new();
        if let Some(provider) = first {
            let question = Question::Lookup(self.link.clone());
            outputs.extend(self.ask(provider, question, Role::Describe));
        }
        if first.is_none_or(is_thin) {
            outputs.extend(self.ask_for_relations());
        }
        outputs
    }

    fn ask_for_relations(&mut self) -> Option<Output> {
        let question = Question::Linked(self.link.clone());
        let provider = ProviderId::Musicbrainz;
        if !self.doors.answers(provider, &question) {
            return None;
        }
        self.ask(provider, question, Role::Relate)
    }

    pub(super) fn ask_next_describer(&mut self, failed: ProviderId) -> Vec<Output> {
        let describers = self.doors.describers(&self.link);
        let next = describers
            .iter()
            .skip_while(|&&provider| provider != failed)
            .nth(1);
        let question = Question::Lookup(self.link.clone());
        let mut outputs = Vec::new();
        if let Some(&provider) = next {
            outputs.extend(self.ask(provider, question, Role::Describe));
        }
        if next.is_none_or(|&provider| is_thin(provider)) {
            outputs.extend(self.ask_for_relations());
        }
        outputs
    }

    /// Whether searching waits for somebody to say whose piece it is.
    pub(super) fn is_hesitating(&self) -> bool {
        self.stage == Stage::Matching
            && self.elapsed < IDENTIFY_WITHIN
            && !self.known.names_artist()
            && self.known.isrc().is_none()
            && self
                .asks
                .iter()
                .any(|ask| ask.is_under_way() && matches!(ask.role, Role::Describe | Role::Relate))
    }

    /// Everybody whose turn it is, on every platform that has nothing sure yet.
    pub(super) fn ask_where_it_is(&mut self) -> Vec<Output> {
        let mut outputs = Vec::new();
        if self.is_hesitating() {
            return outputs;
        }
        let mut after_others = Vec::new();
        for index in 0..self.places.len() {
            let platform = self.places[index].platform();
            for provider in self.whose_turn(platform) {
                match provider {
                    ProviderId::Musicbrainz => after_others.push(platform),
                    _ => outputs.extend(self.ask_provider(provider, platform)),
                }
            }
        }
        // Its budget is one question a second, so it is asked once, when it is clear whether there is a code.
        for platform in after_others {
            outputs.extend(self.ask_directory(platform));
        }
        outputs
    }

    /// The rows of finders up to the first that is not through yet, or beyond it when that takes too long.
    fn whose_turn(&self, platform: Platform) -> Vec<ProviderId> {
        let level = self.level_on(platform);
        let mut turn = Vec::new();
        for row in finders(platform) {
            turn.extend_from_slice(row);
            let is_through = !row.iter().any(|&provider| {
                self.is_asked_now(provider) || self.next_question(provider, level).is_some()
            });
            if level >= Level::High || (!is_through && self.is_patient()) {
                break;
            }
        }
        turn
    }

    fn level_on(&self, platform: Platform) -> Level {
        self.places
            .iter()
            .find(|place| place.platform() == platform)
            .and_then(Place::best)
            .map_or(Level::Different, |best| best.verdict.level)
    }

    fn is_asked_now(&self, provider: ProviderId) -> bool {
        self.asks
            .iter()
            .any(|ask| ask.provider == provider && ask.is_under_way())
    }

    fn ask_provider(&mut self, provider: ProviderId, platform: Platform) -> Option<Output> {
        let question = self.next_question(provider, self.level_on(platform))?;
        self.ask(provider, question, Role::Find)
    }

    /// What `provider` is still to be asked where the best match so far is at `level`: by code first, then by text.
    fn next_question(&self, provider: ProviderId, level: Level) -> Option<Question> {
        let is_free = |question: &Question| {
            let asked = |ask: &Ask| ask.provider == provider && ask.question == *question;
            self.doors.answers(provider, question) && !self.asks.iter().any(asked)
        };
        let by_code = self
            .code_question(provider)
            .filter(|question| level < Level::Exact && is_free(question));
        if by_code.is_some() {
            return by_code;
        }
        if level >= Level::High || self.is_asked_now(provider) {
            return None;
        }
        if provider == ProviderId::Musicbrainz {
            let relations = Question::Linked(self.link.clone());
            let is_wanted = self.known.code_is_unknown() && !self.expects_code();
            return Some(relations).filter(|question| is_wanted && is_free(question));
        }
        // Without the code that was borrowed later, so that a search is made once.
        let search = Question::Search(self.known.piece()?.clone());
        Some(search).filter(is_free)
    }

    fn code_question(&self, provider: ProviderId) -> Option<Question> {
        let is_where_the_code_is_from = self
            .known
            .borrowed_code()
            .is_some_and(|code| finds(provider, code.from) && brings_code(provider));
        if is_where_the_code_is_from {
            return None;
        }
        let isrc = self.known.isrc().map(Question::Isrc);
        isrc.or_else(|| self.known.upc().map(|upc| Question::Upc(upc.to_owned())))
    }

    /// Whether somebody is being asked whose listings carry codes.
    pub(super) fn expects_code(&self) -> bool {
        let is_wanted = self.known.isrc().is_none() && self.is_patient();
        is_wanted
            && self
                .asks
                .iter()
                .any(|ask| ask.is_under_way() && brings_code(ask.provider))
    }

    fn ask_directory(&mut self, platform: Platform) -> Option<Output> {
        let question = self.next_question(ProviderId::Musicbrainz, self.level_on(platform))?;
        let role = match question {
            Question::Linked(_) => Role::Relate,
            _ => Role::Find,
        };
        self.ask(ProviderId::Musicbrainz, question, role)
    }

    /// Asks platforms themselves about links that a directory names.
    pub(super) fn ask_to_check(&mut self) -> Vec<Output> {
        let mut outputs = Vec::new();
        for index in 0..self.places.len() {
            for link in self.places[index].to_check() {
                let describer = self.doors.describers(&link).first().copied();
                let asked = describer.and_then(|provider| {
                    let question = Question::Lookup(link.clone());
                    self.ask(provider, question, Role::Check(link.clone()))
                });
                self.places[index].checking(&link, asked.is_some());
                outputs.extend(asked);
            }
        }
        outputs
    }
}
