//! The plan without a network: answers are given by hand.

use std::collections::VecDeque;
use std::time::Duration;

use music::{Context, Isrc, Kind, Level, Link, Listing, Piece, Platform, Reason, Track};
use outbound::{Failure, ProviderId, Question};

use super::{ALL_WITHIN, AskId, Finding, IDENTIFY_WITHIN, Output, Plan};
use crate::links::sources::{Doors, describers, is_thin};
use crate::links::{LinkRefusal, SearchReason};

const KEYLESS: [ProviderId; 7] = [
    ProviderId::Deezer,
    ProviderId::Itunes,
    ProviderId::Musicbrainz,
    ProviderId::Listenbrainz,
    ProviderId::SpotifyOembed,
    ProviderId::YoutubeOembed,
    ProviderId::SoundcloudOembed,
];
const DEEZER: &str = "100000001";
const SPOTIFY: &str = "4Zz0000000000000000aaa";
const VIDEO: &str = "AAAAAAAAAAA";

/// What providers answer, as the real ones do.
fn answers(provider: ProviderId, question: &Question) -> bool {
    match question {
        Question::Lookup(link) => describers(link.platform()).contains(&provider),
        Question::Linked(_) => provider == ProviderId::Musicbrainz,
        Question::Isrc(_) => {
            !is_thin(provider) && !matches!(provider, ProviderId::Itunes | ProviderId::Listenbrainz)
        }
        Question::Upc(_) => provider == ProviderId::Deezer,
        Question::Search(_) => !is_thin(provider) && provider != ProviderId::Musicbrainz,
    }
}

fn link(platform: Platform, id: &str) -> Link {
    Link::new(platform, Kind::Track, id, Context::default()).unwrap()
}

fn isrc() -> Isrc {
    "GBAAA0500123".parse().unwrap()
}

fn ferry() -> Track {
    Track {
        title: "Night Ferry".to_owned(),
        artists: vec!["Ada Example".to_owned()],
        album: Some("Harbour".to_owned()),
        duration: Some(Duration::from_secs(214)),
        ..Track::default()
    }
}

fn with_code() -> Track {
    Track {
        isrc: Some(isrc()),
        ..ferry()
    }
}

fn titled(title: &str) -> Track {
    Track {
        title: title.to_owned(),
        ..Track::default()
    }
}

fn listing(link: Link, track: Track) -> Listing {
    Listing {
        link,
        piece: Some(Piece::Track(track)),
        art: None,
        is_playable: true,
    }
}

fn named(link: Link) -> Listing {
    Listing {
        piece: None,
        ..listing(link, Track::default())
    }
}

/// A MusicBrainz recording.
fn recording(track: Track) -> Listing {
    let id = "11111111-2222-4333-8444-555555555555";
    listing(link(Platform::Musicbrainz, id), track)
}

/// A conversion whose questions wait for answers.
struct Scene {
    plan: Plan,
    asked: VecDeque<(AskId, ProviderId, Question)>,
    shown: Vec<Output>,
    now: Duration,
}

impl Scene {
    fn of(link: Link) -> Self {
        Self::with(link, &KEYLESS)
    }

    fn with(link: Link, on: &[ProviderId]) -> Self {
        let (plan, outputs) = Plan::identify(link, Doors::new(on.to_vec(), answers));
        let mut scene = Self {
            plan,
            asked: VecDeque::new(),
            shown: Vec::new(),
            now: Duration::ZERO,
        };
        scene.take(outputs);
        scene
    }

    fn take(&mut self, outputs: Vec<Output>) {
        for output in outputs {
            match output {
                Output::Ask(id, provider, question) => {
                    self.asked.push_back((id, provider, question));
                }
                other => self.shown.push(other),
            }
        }
    }

    /// Who is being asked.
    fn asks(&self) -> Vec<ProviderId> {
        self.asked
            .iter()
            .map(|(_, provider, _)| *provider)
            .collect()
    }

    fn is_asked(&self, provider: ProviderId, question: &Question) -> bool {
        self.asked
            .iter()
            .any(|(_, who, what)| *who == provider && what == question)
    }

    /// The oldest question to `provider` is answered.
    fn answer(&mut self, provider: ProviderId, answer: Result<Vec<Listing>, Failure>) {
        let place = self.asked.iter().position(|(_, who, _)| *who == provider);
        let place = place.unwrap_or_else(|| panic!("{provider:?} is not asked: {:?}", self.asks()));
        let (id, ..) = self.asked.remove(place).unwrap();
        let outputs = self.plan.hear(id, answer, self.now);
        self.take(outputs);
    }

    /// Everybody who is asked from now on has nothing.
    fn answer_rest_with_nothing(&mut self) {
        while let Some((id, ..)) = self.asked.pop_front() {
            let outputs = self.plan.hear(id, Ok(Vec::new()), self.now);
            self.take(outputs);
        }
    }

    fn wait(&mut self, until: Duration) {
        self.now = until;
        let outputs = self.plan.tick(until);
        self.take(outputs);
    }

    fn finding(&self, platform: Platform) -> Finding {
        let mut findings = self.plan.findings();
        findings.find(|(one, _)| *one == platform).unwrap().1
    }

    fn level(&self, platform: Platform) -> Option<Level> {
        match self.finding(platform) {
            Finding::Found(best) => Some(best.verdict.level),
            _ => None,
        }
    }
}

#[test]
fn a_link_with_a_code_asks_everybody_at_once_and_by_the_code() {
    let mut scene = Scene::of(link(Platform::Deezer, DEEZER));
    assert_eq!(scene.asks(), [ProviderId::Deezer]);
    let own = listing(link(Platform::Deezer, DEEZER), with_code());
    scene.answer(ProviderId::Deezer, Ok(vec![own]));
    assert_eq!(scene.shown.first(), Some(&Output::Identified));
    assert!(scene.is_asked(ProviderId::Musicbrainz, &Question::Isrc(isrc())));
    let search = Question::Search(Piece::Track(with_code()));
    assert!(scene.is_asked(ProviderId::Itunes, &search));
    assert!(scene.is_asked(ProviderId::Listenbrainz, &search));
    assert_eq!(scene.asks().len(), 3);
}

#[test]
fn a_directory_is_checked_before_its_word_is_shown() {
    let mut scene = Scene::of(link(Platform::Deezer, DEEZER));
    let own = listing(link(Platform::Deezer, DEEZER), with_code());
    scene.answer(ProviderId::Deezer, Ok(vec![own]));
    let spotify = link(Platform::Spotify, SPOTIFY);
    let relations = vec![recording(with_code()), named(spotify.clone())];
    scene.answer(ProviderId::Musicbrainz, Ok(relations));
    assert_eq!(scene.finding(Platform::Spotify), Finding::Pending);
    assert!(scene.is_asked(
        ProviderId::SpotifyOembed,
        &Question::Lookup(spotify.clone())
    ));
    let said = listing(spotify, titled("Night Ferry"));
    scene.answer(ProviderId::SpotifyOembed, Ok(vec![said]));
    assert_eq!(scene.level(Platform::Spotify), Some(Level::High));
}

#[test]
fn a_directory_that_names_another_version_is_not_believed() {
    let mut scene = Scene::of(link(Platform::Deezer, DEEZER));
    let own = listing(link(Platform::Deezer, DEEZER), with_code());
    scene.answer(ProviderId::Deezer, Ok(vec![own]));
    let spotify = link(Platform::Spotify, SPOTIFY);
    scene.answer(ProviderId::Listenbrainz, Ok(vec![named(spotify.clone())]));
    let said = listing(spotify, titled("Night Ferry (Live at the Harbour)"));
    scene.answer(ProviderId::SpotifyOembed, Ok(vec![said]));
    scene.answer_rest_with_nothing();
    let nothing = Finding::None(SearchReason::NotFound);
    assert_eq!(scene.finding(Platform::Spotify), nothing);
}

#[test]
fn words_of_a_directory_without_a_check_are_unverified() {
    let mut scene = Scene::of(link(Platform::Deezer, DEEZER));
    let own = listing(link(Platform::Deezer, DEEZER), with_code());
    scene.answer(ProviderId::Deezer, Ok(vec![own]));
    let spotify = link(Platform::Spotify, SPOTIFY);
    scene.answer(ProviderId::Listenbrainz, Ok(vec![named(spotify)]));
    scene.answer(ProviderId::SpotifyOembed, Err(Failure::TimedOut));
    assert_eq!(scene.level(Platform::Spotify), Some(Level::Unverified));
}

#[test]
fn the_last_answer_counts_also_when_nobody_can_check_it() {
    let mut scene = Scene::of(link(Platform::Deezer, DEEZER));
    let own = listing(link(Platform::Deezer, DEEZER), with_code());
    scene.answer(ProviderId::Deezer, Ok(vec![own]));
    for provider in [ProviderId::Itunes, ProviderId::Listenbrainz] {
        scene.answer(provider, Ok(Vec::new()));
    }
    let tidal = named(link(Platform::Tidal, "123"));
    scene.answer(
        ProviderId::Musicbrainz,
        Ok(vec![recording(with_code()), tidal]),
    );
    assert_eq!(scene.asks(), []);
    assert!(scene.level(Platform::Tidal).is_some());
}

#[test]
fn an_equal_code_on_another_song_is_not_shown_as_sure() {
    let mut scene = Scene::with(
        link(Platform::AppleMusic, "200000002"),
        &[ProviderId::AppleMusic, ProviderId::Deezer],
    );
    let own = listing(link(Platform::AppleMusic, "200000002"), with_code());
    scene.answer(ProviderId::AppleMusic, Ok(vec![own]));
    let other = Track {
        title: "Quite Another Song".to_owned(),
        artists: vec!["Somebody Else".to_owned()],
        duration: Some(Duration::from_secs(90)),
        ..with_code()
    };
    let deezer = listing(link(Platform::Deezer, DEEZER), other);
    scene.answer(ProviderId::Deezer, Ok(vec![deezer]));
    assert!(scene.level(Platform::Deezer) <= Some(Level::Unverified));
    assert_eq!(
        scene.asks(),
        [ProviderId::Deezer],
        "then it is asked by text"
    );
}

#[test]
fn a_late_code_upgrades_a_match_that_was_found_by_text() {
    let mut scene = Scene::of(link(Platform::Spotify, SPOTIFY));
    let both = [ProviderId::SpotifyOembed, ProviderId::Musicbrainz];
    assert_eq!(scene.asks(), both);
    let spotify = link(Platform::Spotify, SPOTIFY);
    let own = listing(spotify, titled("Night Ferry"));
    scene.answer(ProviderId::SpotifyOembed, Ok(vec![own]));
    assert_eq!(scene.shown.first(), Some(&Output::Identified));
    assert_eq!(
        scene.asks(),
        [ProviderId::Musicbrainz],
        "a title alone finds anything"
    );
    scene.wait(IDENTIFY_WITHIN);
    let deezer = listing(link(Platform::Deezer, DEEZER), with_code());
    scene.answer(ProviderId::Deezer, Ok(vec![deezer.clone()]));
    assert!(scene.level(Platform::Deezer) < Some(Level::High));
    scene.answer(ProviderId::Musicbrainz, Ok(vec![recording(with_code())]));
    assert_eq!(scene.level(Platform::Deezer), Some(Level::Exact));
    let again = scene
        .shown
        .iter()
        .filter(|one| **one == Output::Found(Platform::Deezer));
    assert_eq!(again.count(), 2, "shown, and corrected in the same stream");
}

#[test]
fn a_borrowed_code_makes_nothing_surer_than_its_lender() {
    let mut scene = Scene::with(
        link(Platform::AppleMusic, "200000002"),
        &[ProviderId::Itunes, ProviderId::Deezer, ProviderId::Tidal],
    );
    let own = listing(link(Platform::AppleMusic, "200000002"), ferry());
    scene.answer(ProviderId::Itunes, Ok(vec![own]));
    let deezer = listing(link(Platform::Deezer, DEEZER), with_code());
    scene.answer(ProviderId::Deezer, Ok(vec![deezer]));
    assert_eq!(scene.level(Platform::Deezer), Some(Level::High));
    assert!(!scene.is_asked(ProviderId::Deezer, &Question::Isrc(isrc())));
    scene.answer(ProviderId::Tidal, Ok(Vec::new()));
    assert!(scene.is_asked(ProviderId::Tidal, &Question::Isrc(isrc())));
    let tidal = listing(link(Platform::Tidal, "7"), with_code());
    scene.answer(ProviderId::Tidal, Ok(vec![tidal]));
    let Finding::Found(best) = scene.finding(Platform::Tidal) else {
        panic!("it was found");
    };
    assert_eq!(best.verdict.level, Level::High);
    assert!(best.verdict.reasons.contains(&Reason::SameIsrc));
}

#[test]
fn one_failure_hides_no_other_answer_and_says_so() {
    let mut scene = Scene::of(link(Platform::Deezer, DEEZER));
    let own = listing(link(Platform::Deezer, DEEZER), with_code());
    scene.answer(ProviderId::Deezer, Ok(vec![own]));
    scene.answer(ProviderId::Musicbrainz, Err(Failure::Unreachable));
    scene.answer(ProviderId::Listenbrainz, Ok(Vec::new()));
    let apple = listing(link(Platform::AppleMusic, "200000002"), ferry());
    scene.answer(ProviderId::Itunes, Ok(vec![apple]));
    assert_eq!(scene.level(Platform::AppleMusic), Some(Level::High));
    for (platform, why) in [
        (Platform::Youtube, SearchReason::NoAnswer),
        (Platform::Spotify, SearchReason::NoAnswer),
        (Platform::YandexMusic, SearchReason::NotAsked),
    ] {
        assert_eq!(scene.finding(platform), Finding::None(why), "{platform:?}");
    }
    assert_eq!(
        scene.shown.last(),
        Some(&Output::Done { is_complete: false })
    );
}

#[test]
fn a_person_waits_four_seconds_and_slow_answers_still_count() {
    let mut scene = Scene::of(link(Platform::Deezer, DEEZER));
    let own = listing(link(Platform::Deezer, DEEZER), with_code());
    scene.answer(ProviderId::Deezer, Ok(vec![own]));
    scene.wait(ALL_WITHIN);
    assert_eq!(
        scene.shown.last(),
        Some(&Output::Done { is_complete: false })
    );
    let open = |finding| finding == Finding::Pending;
    assert!(!scene.plan.findings().any(|(_, finding)| open(finding)));
    assert!(!scene.plan.is_over());
    let apple = listing(link(Platform::AppleMusic, "200000002"), ferry());
    scene.answer(ProviderId::Itunes, Ok(vec![apple]));
    assert_eq!(scene.level(Platform::AppleMusic), Some(Level::High));
    scene.answer_rest_with_nothing();
    assert!(scene.plan.is_over());
    let done = scene
        .shown
        .iter()
        .filter(|one| matches!(one, Output::Done { .. }));
    assert_eq!(done.count(), 1);
}

#[test]
fn a_link_to_nothing_and_one_that_nobody_describes_are_told_apart() {
    let mut scene = Scene::of(link(Platform::Deezer, DEEZER));
    scene.answer(ProviderId::Deezer, Ok(Vec::new()));
    assert_eq!(scene.shown, [Output::Refused(LinkRefusal::Nothing)]);
    let mut scene = Scene::of(link(Platform::Deezer, DEEZER));
    scene.answer(ProviderId::Deezer, Err(Failure::Unreachable));
    scene.answer_rest_with_nothing();
    assert_eq!(scene.shown, [Output::Refused(LinkRefusal::Unidentified)]);
    let mut scene = Scene::of(link(Platform::Deezer, DEEZER));
    scene.wait(IDENTIFY_WITHIN);
    assert_eq!(scene.shown, [Output::Refused(LinkRefusal::Unidentified)]);
}

#[test]
fn the_two_players_of_youtube_share_what_is_found() {
    let mut scene = Scene::of(link(Platform::Youtube, VIDEO));
    let platforms: Vec<Platform> = scene.plan.findings().map(|(one, _)| one).collect();
    assert!(
        !platforms.contains(&Platform::YoutubeMusic),
        "it is known by its id"
    );
    scene.answer_rest_with_nothing();
    let mut scene = Scene::of(link(Platform::Deezer, DEEZER));
    let own = listing(link(Platform::Deezer, DEEZER), with_code());
    scene.answer(ProviderId::Deezer, Ok(vec![own]));
    let relations = vec![
        recording(with_code()),
        named(link(Platform::Youtube, VIDEO)),
    ];
    scene.answer(ProviderId::Musicbrainz, Ok(relations));
    let said = || listing(link(Platform::Youtube, VIDEO), ferry());
    scene.answer(ProviderId::YoutubeOembed, Ok(vec![said()]));
    scene.answer(ProviderId::YoutubeOembed, Ok(vec![said()]));
    for platform in [Platform::Youtube, Platform::YoutubeMusic] {
        assert_eq!(scene.level(platform), Some(Level::High), "{platform:?}");
    }
}

#[test]
fn a_keyless_door_opens_when_the_keyed_one_fails() {
    let keyed = [ProviderId::SpotifyWeb, ProviderId::SpotifyOembed];
    let mut scene = Scene::with(link(Platform::Spotify, SPOTIFY), &keyed);
    assert_eq!(scene.asks(), [ProviderId::SpotifyWeb]);
    scene.answer(
        ProviderId::SpotifyWeb,
        Err(Failure::Refused { status: 401 }),
    );
    assert_eq!(scene.asks(), [ProviderId::SpotifyOembed]);
}

#[test]
fn a_silent_keyed_door_does_not_keep_the_keyless_one_shut() {
    let keyed = [ProviderId::SpotifyWeb, ProviderId::SpotifyOembed];
    let mut scene = Scene::with(link(Platform::Spotify, SPOTIFY), &keyed);
    let patience = scene.plan.wake_at();
    assert!(patience < IDENTIFY_WITHIN);
    scene.wait(patience);
    assert_eq!(scene.asks(), keyed);
}

#[test]
fn what_a_directory_adds_is_no_new_description_by_the_platform() {
    let mut scene = Scene::of(link(Platform::Spotify, SPOTIFY));
    scene.answer(
        ProviderId::SpotifyOembed,
        Ok(vec![listing(
            link(Platform::Spotify, SPOTIFY),
            titled("Night Ferry"),
        )]),
    );
    assert!(scene.plan.is_described_now());
    let piece = Piece::Track(titled("Night Ferry"));
    let doors = Doors::new(KEYLESS.to_vec(), answers);
    let missing = [Platform::Soundcloud];
    let spotify = link(Platform::Spotify, SPOTIFY);
    let (plan, outputs) = Plan::complete(spotify, piece, None, &missing, doors);
    scene.plan = plan;
    scene.asked.clear();
    scene.shown.clear();
    scene.take(outputs);
    scene.answer(
        ProviderId::Musicbrainz,
        Ok(vec![listing(link(Platform::Spotify, SPOTIFY), ferry())]),
    );
    assert!(
        scene.shown.contains(&Output::Identified),
        "{:?}",
        scene.shown
    );
    assert!(!scene.plan.is_described_now());
}
