//! The page of one piece, and the page that says why there is none.

use std::time::Duration;

use app::{LinkView, MatchView, Outcome, PlaylistLineState, PlaylistProgress};
use askama::Template;
use base::ReferenceId;
use music::{Kind, Level, Piece, Platform};

use super::refusal::Refusal;
use super::{Tongue, words};
use crate::shell::Shell;
use crate::texts::{Language, plain, tame};

/// Tracks of a playlist that its page lists.
const LINES_MAX: usize = 100;

/// How a page is to be drawn: for whom, and where it is.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Manner {
    pub(super) language: Language,
    /// Whether the language was asked for in the address.
    pub(super) is_asked: bool,
    /// The platform to show first.
    pub(super) first: Option<Platform>,
    /// Scheme and authority of addresses that lead here from elsewhere.
    pub(super) origin: String,
    /// Whether people may correct matches here.
    pub(super) may_correct: bool,
}

#[derive(Template)]
#[template(path = "link/page.html")]
struct Page<'a> {
    shell: Shell,
    t: Language,
    title: String,
    headline: String,
    description: String,
    canonical: String,
    oembed: String,
    og_type: &'static str,
    view: &'a LinkView,
    kind: String,
    piece: Told,
    artists: String,
    details: Vec<Detail>,
    rows: Vec<Row<'a>>,
    id: &'a str,
    query: &'static str,
    is_pending: bool,
    can_ask_again: bool,
    may_correct: bool,
    /// Where a new room begins with it.
    room: Option<String>,
    all: Vec<String>,
    text: &'static str,
    progress: Option<String>,
    is_running: bool,
}

/// One platform on the page.
#[derive(Template)]
#[template(path = "link/row.html")]
struct RowAlone<'a> {
    row: Row<'a>,
    t: Language,
    id: &'a str,
    query: &'static str,
}

struct Row<'a> {
    platform: &'static str,
    label: &'static str,
    state: &'static str,
    url: Option<&'a str>,
    app: Option<&'a str>,
    certainty: String,
    why: String,
    is_corrected: bool,
}

struct Detail {
    label: String,
    value: String,
    is_code: bool,
}

/// What the page says of a piece, with marks taken out that would turn the text around them.
#[derive(Default)]
struct Told {
    title: String,
    artists: Vec<String>,
    album: Option<String>,
    year: Option<String>,
    tracks: Option<u64>,
    lines: Vec<Line>,
    more: u64,
}

struct Line {
    title: String,
    artists: Vec<String>,
    /// Its own page, once it has been converted.
    page: Option<String>,
    state: Option<String>,
}

#[derive(Template)]
#[template(path = "link/refusal.html")]
struct RefusalPage<'a> {
    shell: Shell,
    t: Language,
    title: String,
    happened: String,
    next: String,
    reference: Option<String>,
    text: &'a str,
}

/// The page of `view`, as HTML.
pub(super) fn page(
    view: &LinkView,
    progress: Option<&PlaylistProgress>,
    manner: &Manner,
) -> String {
    let language = manner.language;
    let mut piece = told(&view.piece);
    if let Some(progress) = progress {
        mark(&mut piece.lines, progress, language);
    }
    let headline = headline(view, language);
    let canonical = address(&manner.origin, &view.id);
    let shell = Shell::new(&format!("/l/{}", view.id), language, manner.is_asked);
    let mut rows: Vec<Row<'_>> = view
        .matches
        .iter()
        .map(|one| row(one, view.piece.kind(), language))
        .collect();
    let first = manner.first.map(Platform::name);
    // A stable sort: those that are alike stay in the order in which people know them.
    rows.sort_by_key(|row| (Some(row.platform) != first, row.state == "search"));
    let page = Page {
        t: language,
        title: plain(&language.with("link-document-title", "title", headline.as_str())),
        description: description(view, language),
        oembed: oembed_address(&manner.origin, &canonical),
        og_type: og_type(view.piece.kind()),
        view,
        kind: words::kind(&view.piece, language),
        artists: language.list(&piece.artists),
        details: details(&view.piece, language),
        rows,
        id: &view.id,
        query: shell.query,
        is_pending: is_pending(view),
        can_ask_again: view.matches.iter().any(is_worth_asking),
        may_correct: manner.may_correct,
        room: room_address(view, shell.query),
        all: all_links(view, &headline, &canonical),
        text: "",
        progress: progress.map(|progress| progress_words(progress, language)),
        is_running: progress.is_some_and(|progress| !progress.is_over),
        piece,
        headline,
        canonical,
        shell,
    };
    drawn(&page)
}

/// One platform's part of the page, for pages that are open already.
pub(super) fn row_alone(
    found: &MatchView,
    view: &LinkView,
    language: Language,
    is_asked: bool,
) -> String {
    drawn(&RowAlone {
        row: row(found, view.piece.kind(), language),
        t: language,
        id: &view.id,
        query: Shell::new("", language, is_asked).query,
    })
}

/// What has become of one platform, in a sentence to be read out.
pub(super) fn news(found: &MatchView, kind: Kind, language: Language) -> String {
    let outcome = words::certainty(found, kind, language);
    let service = found.platform.label();
    plain(&language.with_all(
        "link-updated",
        &[("service", service), ("outcome", &outcome)],
    ))
}

/// The page that says why there is no other, with `text` to be mended.
pub(super) fn refusal(
    refusal: &Refusal,
    reference: ReferenceId,
    text: &str,
    tongue: Tongue,
) -> String {
    let Tongue { language, is_asked } = tongue;
    let words = [refusal.title(language), refusal.next(language)];
    refusal_in(words, Some(reference.to_string()), text, language, is_asked)
}

/// The page that says what a refusal of these words means: what happened, and what to do.
pub(super) fn refusal_in(
    [happened, next]: [String; 2],
    reference: Option<String>,
    text: &str,
    language: Language,
    is_asked: bool,
) -> String {
    drawn(&RefusalPage {
        shell: Shell::new("/", language, is_asked),
        t: language,
        title: language.say("link-refused-document-title"),
        happened,
        next,
        reference,
        text,
    })
}

/// The address of a page.
pub(super) fn address(origin: &str, id: &str) -> String {
    format!("{origin}/l/{id}")
}

/// Title and artists in one line.
pub(super) fn headline(view: &LinkView, language: Language) -> String {
    let piece = told(&view.piece);
    if piece.artists.is_empty() {
        return piece.title;
    }
    format!("{} · {}", piece.title, language.list(&piece.artists))
}

/// Title and artists apart.
pub(super) fn title_and_artists(piece: &Piece, language: Language) -> (String, String) {
    let piece = told(piece);
    let artists = language.list(&piece.artists);
    (piece.title, artists)
}

/// Where the piece can be listened to, in one sentence.
pub(super) fn description(view: &LinkView, language: Language) -> String {
    let services = services(view);
    if services.is_empty() {
        return language.say("link-description-none");
    }
    plain(&language.with("link-description", "services", language.list(&services)))
}

/// The services that have it, likely at least.
pub(super) fn services(view: &LinkView) -> Vec<&'static str> {
    let found = view.matches.iter().filter(|one| is_link(one));
    found.map(|one| one.platform.label()).collect()
}

/// Whether a platform is still being asked.
pub(super) fn is_pending(view: &LinkView) -> bool {
    let mut matches = view.matches.iter();
    matches.any(|one| one.outcome == Outcome::Pending)
}

fn drawn(template: &impl Template) -> String {
    template
        .render()
        .expect("writing into a text does not fail, and neither do these templates")
}

fn row<'a>(found: &'a MatchView, kind: Kind, language: Language) -> Row<'a> {
    let (state, url, app) = match &found.outcome {
        Outcome::Pending => ("pending", None, None),
        Outcome::Search { url, .. } => ("search", Some(url.as_str()), None),
        Outcome::Found { url, app, .. } => ("found", Some(url.as_str()), app.as_deref()),
    };
    Row {
        platform: found.platform.name(),
        label: found.platform.label(),
        state,
        url,
        app,
        certainty: words::certainty(found, kind, language),
        why: words::why(&found.outcome, language),
        is_corrected: found.is_corrected,
    }
}

/// Whether its link is worth passing on. What a person set counts, however sure the matcher would be.
fn is_link(found: &MatchView) -> bool {
    let is_sure = |level| found.is_corrected || level > Level::Unverified;
    matches!(&found.outcome, Outcome::Found { level, .. } if is_sure(*level))
}

fn is_worth_asking(found: &MatchView) -> bool {
    let why = app::SearchReason::NoAnswer;
    matches!(&found.outcome, Outcome::Search { why: reason, .. } if *reason == why)
}

fn told(piece: &Piece) -> Told {
    let tamed = |names: &[String]| names.iter().map(|name| tame(name)).collect();
    match piece {
        Piece::Track(track) => Told {
            title: tame(&track.title),
            artists: tamed(&track.artists),
            album: track.album.as_deref().map(tame),
            year: year(track.released.as_deref()),
            ..Told::default()
        },
        Piece::Album(release) => Told {
            title: tame(&release.title),
            artists: tamed(&release.artists),
            year: year(release.released.as_deref()),
            tracks: release.tracks.map(u64::from),
            ..Told::default()
        },
        Piece::Artist(artist) => Told {
            title: tame(&artist.name),
            ..Told::default()
        },
        Piece::Playlist(list) => {
            let lines = list.tracks.iter().take(LINES_MAX).map(|line| Line {
                title: tame(&line.track.title),
                artists: tamed(&line.track.artists),
                page: None,
                state: None,
            });
            let lines: Vec<Line> = lines.collect();
            Told {
                title: tame(&list.title),
                tracks: Some(u64::from(list.total)),
                more: u64::from(list.total).saturating_sub(lines.len() as u64),
                lines,
                ..Told::default()
            }
        }
    }
}

/// Shows on each line of a playlist what has become of it.
fn mark(lines: &mut [Line], progress: &PlaylistProgress, language: Language) {
    for (line, done) in lines.iter_mut().zip(&progress.lines) {
        line.page.clone_from(&done.page);
        line.state = match done.state {
            PlaylistLineState::Waiting | PlaylistLineState::Found => None,
            PlaylistLineState::NotFound => Some(language.say("link-playlist-not-found")),
            PlaylistLineState::NoAnswer => Some(language.say("link-playlist-no-answer")),
        };
    }
}

fn progress_words(progress: &PlaylistProgress, language: Language) -> String {
    let [done, total] = [progress.done, progress.total].map(u64::from);
    let [done, total] = [done, total].map(|number| language.number(number));
    language.with_all(
        "link-playlist-progress",
        &[("done", done.as_str()), ("total", total.as_str())],
    )
}

/// The first four digits of `2005-03-01`.
fn year(released: Option<&str>) -> Option<String> {
    let year = released?.get(..4)?;
    year.bytes()
        .all(|byte| byte.is_ascii_digit())
        .then(|| year.to_owned())
}

fn details(piece: &Piece, language: Language) -> Vec<Detail> {
    let code = |id: &str, value: Option<String>| {
        value.map(|value| Detail {
            label: language.say(id),
            value,
            is_code: true,
        })
    };
    let words = |id: &str, value: Option<String>| {
        value.map(|value| Detail {
            label: language.say(id),
            value: tame(&value),
            is_code: false,
        })
    };
    let details = match piece {
        Piece::Track(track) => {
            let explicit = track.is_explicit.filter(|is_explicit| *is_explicit);
            vec![
                code("link-isrc", track.isrc.map(|isrc| isrc.to_string())),
                code("link-duration", track.duration.map(length)),
                words("link-version", track.version.clone()),
                code("link-released", track.released.clone()),
                words(
                    "link-explicit",
                    explicit.map(|_| language.say("link-explicit-yes")),
                ),
            ]
        }
        Piece::Album(release) => vec![
            code("link-upc", release.upc.clone()),
            code("link-released", release.released.clone()),
        ],
        Piece::Artist(artist) => {
            let others = (!artist.aliases.is_empty()).then(|| language.list(&artist.aliases));
            vec![words("link-aliases", others)]
        }
        Piece::Playlist(_) => Vec::new(),
    };
    details.into_iter().flatten().collect()
}

/// `3:07`, or `1:02:03`.
fn length(duration: Duration) -> String {
    let seconds = duration.as_secs();
    let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    match hours {
        0 => format!("{minutes}:{seconds:02}"),
        _ => format!("{hours}:{minutes:02}:{seconds:02}"),
    }
}

/// What "Copy all" copies: the piece, each link that is likely at least, and this page.
fn all_links(view: &LinkView, headline: &str, canonical: &str) -> Vec<String> {
    let found = view.matches.iter().filter(|one| is_link(one));
    let links = found.filter_map(|one| match &one.outcome {
        Outcome::Found { url, .. } => Some(format!("{}: {url}", one.platform.label())),
        Outcome::Pending | Outcome::Search { .. } => None,
    });
    let mut all = vec![headline.to_owned()];
    all.extend(links);
    if all.len() == 1 {
        return Vec::new();
    }
    all.push(canonical.to_owned());
    all
}

/// A room's queue takes recordings: one, or those of a playlist.
fn room_address(view: &LinkView, query: &str) -> Option<String> {
    let has_recordings = matches!(view.piece, Piece::Track(_) | Piece::Playlist(_));
    let language = query.replace('?', "&");
    has_recordings.then(|| format!("/room?link={}{language}", view.id))
}

const fn og_type(kind: Kind) -> &'static str {
    match kind {
        Kind::Track | Kind::Short => "music.song",
        Kind::Album => "music.album",
        Kind::Artist => "profile",
        Kind::Playlist => "music.playlist",
    }
}

fn oembed_address(origin: &str, canonical: &str) -> String {
    // An address of ours holds no letter that a query would have to encode, but for these two.
    let encoded = canonical.replace(':', "%3A").replace('/', "%2F");
    format!("{origin}/oembed?url={encoded}")
}
