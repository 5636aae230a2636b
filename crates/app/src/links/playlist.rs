//! A playlist elsewhere: its tracks converted one by one, in the order of the list, while people watch.
//!
//! How far a job is lives in memory only: after a restart somebody presses the button again, and what was found
//! already costs nothing.

use std::collections::HashMap;

use base::{ClientKey, PageId};
use music::{Context, Kind, Link, Piece, Platform, Playlist, PlaylistTrack};
use serde::Serialize;
use tokio::sync::watch;
use utoipa::ToSchema;

use super::convert::Payer;
use super::memory::lock;
use super::{LinkRefusal, LinkView, Outcome};
use crate::App;

/// Tracks of one playlist that are converted.
const TRACKS_MAX: usize = 100;
/// Playlists that are converted at once.
const RUNNING_MAX: usize = 2;
/// Jobs that are remembered, those that run among them.
const JOBS_MAX: usize = 64;
/// What somebody is told to wait who comes while other playlists are converted.
const RETRY: std::time::Duration = std::time::Duration::from_secs(60);

/// How far the conversion of a playlist is.
#[derive(Clone, Debug, Default, PartialEq, Serialize, ToSchema)]
pub struct PlaylistProgress {
    /// Tracks that are converted in all.
    pub total: u16,
    /// Tracks that are through.
    pub done: u16,
    /// Whether nothing more will come.
    pub is_over: bool,
    /// The tracks in the order of the list.
    pub lines: Vec<PlaylistLine>,
}

/// One track of a playlist.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct PlaylistLine {
    /// Its place in the list, from 0.
    pub line: u16,
    /// Its page, `/l/{page}`, once there is one.
    pub page: Option<String>,
    /// How far it is.
    pub state: PlaylistLineState,
}

/// How far one track of a playlist is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum PlaylistLineState {
    /// Its turn comes.
    Waiting,
    /// It is on another platform as well.
    Found,
    /// It was looked for, and is nowhere else.
    NotFound,
    /// Nobody answered.
    NoAnswer,
}

/// A look at the conversion of a playlist. Looking away does not stop it.
#[derive(Clone, Debug)]
pub struct PlaylistJob {
    progress: watch::Receiver<PlaylistProgress>,
}

impl PlaylistJob {
    /// How far it is now.
    #[must_use]
    pub fn progress(&self) -> PlaylistProgress {
        self.progress.borrow().clone()
    }

    /// Waits until it is further; none once it is over and that was seen.
    pub async fn changed(&mut self) -> Option<PlaylistProgress> {
        self.progress.changed().await.ok()?;
        Some(self.progress.borrow_and_update().clone())
    }
}

/// The jobs of this process.
#[derive(Default)]
pub(super) struct Jobs(HashMap<PageId, Job>);

struct Job {
    client: ClientKey,
    progress: watch::Receiver<PlaylistProgress>,
}

impl Job {
    fn is_running(&self) -> bool {
        !self.progress.borrow().is_over && self.progress.has_changed().is_ok()
    }

    fn look(&self) -> PlaylistJob {
        let mut progress = self.progress.clone();
        progress.mark_changed();
        PlaylistJob { progress }
    }
}

impl Jobs {
    /// A new job, or the one that runs already.
    fn start(
        &mut self,
        page: PageId,
        client: ClientKey,
        lines: usize,
    ) -> Result<(PlaylistJob, Option<watch::Sender<PlaylistProgress>>), LinkRefusal> {
        if let Some(job) = self.0.get(&page).filter(|job| job.is_running()) {
            return Ok((job.look(), None));
        }
        let running: Vec<&Job> = self.0.values().filter(|job| job.is_running()).collect();
        if running.len() >= RUNNING_MAX || running.iter().any(|job| job.client == client) {
            return Err(LinkRefusal::TooMany { retry_after: RETRY });
        }
        if self.0.len() >= JOBS_MAX {
            self.0.retain(|_, job| job.is_running());
        }
        let (sender, progress) = watch::channel(waiting(lines));
        let job = Job { client, progress };
        let look = job.look();
        self.0.insert(page, job);
        Ok((look, Some(sender)))
    }
}

fn waiting(lines: usize) -> PlaylistProgress {
    let lines = u16::try_from(lines).unwrap_or(u16::MAX);
    let line = |line| PlaylistLine {
        line,
        page: None,
        state: PlaylistLineState::Waiting,
    };
    PlaylistProgress {
        total: lines,
        done: 0,
        is_over: false,
        lines: (0..lines).map(line).collect(),
    }
}

impl App {
    /// Converts the first 100 tracks of the playlist on a page, or joins the conversion that is under way.
    ///
    /// [`LinkRefusal::WrongPlace`] when the page is no playlist.
    pub async fn convert_playlist(
        &self,
        client: ClientKey,
        id: &str,
    ) -> Result<PlaylistJob, LinkRefusal> {
        let page = self.page_by_name(id).await?;
        let Piece::Playlist(playlist) = &page.row.piece else {
            return Err(LinkRefusal::WrongPlace);
        };
        let lines = playlist.tracks.len().min(TRACKS_MAX);
        let started = lock(&self.inner.links.playlists).start(page.id(), client, lines);
        let (job, sender) = started?;
        if let Some(sender) = sender {
            let driver =
                self.clone()
                    .convert_tracks(page.row.link.platform(), playlist.clone(), sender);
            self.inner.tasks.spawn(driver);
        }
        Ok(job)
    }

    /// The conversion of the playlist on a page, if one was started since the server was.
    #[must_use]
    pub fn playlist_job(&self, id: &str) -> Option<PlaylistJob> {
        let id: PageId = id.parse().ok()?;
        lock(&self.inner.links.playlists).0.get(&id).map(Job::look)
    }

    async fn convert_tracks(
        self,
        platform: Platform,
        playlist: Playlist,
        progress: watch::Sender<PlaylistProgress>,
    ) {
        for (line, track) in playlist.tracks.iter().take(TRACKS_MAX).enumerate() {
            let (page, state) = tokio::select! {
                found = self.convert_line(platform, track) => found,
                () = self.inner.stopping.cancelled() => return,
            };
            progress.send_modify(|progress| {
                progress.done += 1;
                progress.lines[line].page = page;
                progress.lines[line].state = state;
            });
        }
        progress.send_modify(|progress| progress.is_over = true);
    }

    async fn convert_line(
        &self,
        platform: Platform,
        track: &PlaylistTrack,
    ) -> (Option<String>, PlaylistLineState) {
        let id = track.id.as_deref();
        let link = id.and_then(|id| Link::new(platform, Kind::Track, id, Context::default()).ok());
        let Some(link) = link else {
            return (None, PlaylistLineState::NotFound);
        };
        match self.convert_link(Payer::Job, link).await {
            Ok(conversion) => {
                let view = conversion.finish().await;
                (Some(view.id.clone()), state_of(&view, platform))
            }
            Err(LinkRefusal::Nothing) => (None, PlaylistLineState::NotFound),
            Err(_) => (None, PlaylistLineState::NoAnswer),
        }
    }
}

fn state_of(view: &LinkView, own: Platform) -> PlaylistLineState {
    use super::SearchReason::NoAnswer;

    let mut others = view.matches.iter().filter(|one| one.platform != own);
    let found = |one: &super::MatchView| matches!(one.outcome, Outcome::Found { .. });
    let silent =
        |one: &super::MatchView| matches!(one.outcome, Outcome::Search { why: NoAnswer, .. });
    if others.clone().any(found) {
        PlaylistLineState::Found
    } else if others.any(silent) {
        PlaylistLineState::NoAnswer
    } else {
        PlaylistLineState::NotFound
    }
}
