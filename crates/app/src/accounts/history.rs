//! The links that a member looked at, on any of their devices, for as long as they have chosen.

use base::{PageId, Personal, Timestamp};
use music::Piece;
use serde::Serialize;
use utoipa::ToSchema;

use super::{AccountRefusal, LiveSession};
use crate::App;

/// Pages that are listed, the latest first.
const LISTED_MAX: u32 = 100;

/// A page of a link that a member looked at.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct LookedAtView {
    /// Its name in `/l/{id}`.
    #[schema(value_type = String)]
    pub id: PageId,
    /// The piece's title.
    #[schema(value_type = String)]
    pub title: Personal<String>,
    /// Who made it.
    #[schema(value_type = String)]
    pub by: Personal<String>,
    /// When it was looked at last, in Unix milliseconds.
    #[schema(value_type = i64)]
    pub at: Timestamp,
}

impl App {
    /// Keeps that a member looked at a page, unless they have switched that off or their account is only stored.
    ///
    /// It is a convenience: nobody waits for it, and a failure is only logged.
    pub async fn remember_page(&self, session: &LiveSession, page: &str) {
        let Ok(page) = page.parse::<PageId>() else {
            return;
        };
        if !session.keeps_history() {
            return;
        }
        let kept = self
            .inner
            .store
            .keep_looked_at(session.account(), page, self.now())
            .await;
        if let Err(error) = kept {
            let _ = self.account_failure(&error);
        }
    }

    /// What a member looked at, the latest first.
    pub async fn history(
        &self,
        session: &LiveSession,
    ) -> Result<Vec<LookedAtView>, AccountRefusal> {
        let end = Timestamp::from_unix_ms(i64::MAX);
        let rows = self
            .inner
            .store
            .looked_at(session.account(), end, LISTED_MAX)
            .await
            .map_err(|error| self.account_failure(&error))?;
        let mut views = Vec::with_capacity(rows.len());
        for row in rows {
            // A page that nobody opened for a year is gone, and its line with it.
            if let Ok(view) = self.link_page(&row.page.to_string()).await {
                let (title, artists) = named(&view.piece);
                views.push(LookedAtView {
                    id: row.page,
                    title: Personal::new(title.to_owned()),
                    by: Personal::new(artists.join(", ")),
                    at: row.at,
                });
            }
        }
        Ok(views)
    }

    /// Forgets everything that a member looked at.
    pub async fn forget_history(&self, session: &LiveSession) -> Result<(), AccountRefusal> {
        let store = &self.inner.store;
        let forgotten = store.delete_looked_at(session.account(), None).await;
        forgotten.map_err(|error| self.account_failure(&error))?;
        Ok(())
    }
}

/// What a piece is called, and who made it.
fn named(piece: &Piece) -> (&str, &[String]) {
    match piece {
        Piece::Track(track) => (&track.title, &track.artists),
        Piece::Album(release) => (&release.title, &release.artists),
        Piece::Artist(artist) => (&artist.name, &[]),
        Piece::Playlist(playlist) => (&playlist.title, &[]),
    }
}
