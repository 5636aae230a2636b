//! What the server knows better than who adds it: a recording's title, artist, length, and where it is.

use std::sync::Arc;
use std::time::Duration;

use music::{Level, Piece};
use protocol::room::{
    NewItem, RoomCommand, RoomSaid, SERVICE_LINKS_MAX, ServiceLink, Source, TITLE_CHARS_MAX,
};

use crate::{App, LinkRefusal, LinkView, Outcome};

impl App {
    /// Fills in the recordings of `said` from their link pages; why not, when a page is none of ours.
    pub(crate) async fn fill_in(&self, said: &mut RoomSaid) -> Result<(), &'static str> {
        let items = match &mut said.command {
            RoomCommand::Add { items, .. } => items.as_mut_slice(),
            RoomCommand::Suggest { item } => std::slice::from_mut(item),
            _ => return Ok(()),
        };
        for item in items {
            self.fill_in_item(item).await?;
        }
        Ok(())
    }

    async fn fill_in_item(&self, item: &mut NewItem) -> Result<(), &'static str> {
        let Source::Recording { page, .. } = &item.source else {
            return Ok(());
        };
        let view = self.link_page(&page.to_string()).await;
        let view = view.map_err(|refusal| match refusal {
            LinkRefusal::Broken { .. } => "the link page could not be read; try again",
            _ => "there is no such link page",
        })?;
        describe(item, &view)
    }
}

fn describe(item: &mut NewItem, view: &Arc<LinkView>) -> Result<(), &'static str> {
    let Piece::Track(track) = &view.piece else {
        return Err("the link page is not of a recording");
    };
    let in_ms = |length: Duration| u64::try_from(length.as_millis()).unwrap_or(u64::MAX);
    item.title = Some(shortened(&track.title));
    item.artist = (!track.artists.is_empty()).then(|| shortened(&track.artists.join(", ")));
    item.duration_ms = track.duration.map(in_ms).or(item.duration_ms);
    if let Source::Recording { page, links } = &mut item.source {
        // The page may be called by the name of one that turned out to be the same.
        *page = view.id.parse().unwrap_or(*page);
        *links = service_links(view);
    }
    Ok(())
}

fn shortened(text: &str) -> String {
    text.chars().take(TITLE_CHARS_MAX).collect()
}

/// Where the recording is, as far as anybody is sure: a wrong song is worse than none.
fn service_links(view: &LinkView) -> Vec<ServiceLink> {
    let found = view.matches.iter().filter_map(|one| match &one.outcome {
        Outcome::Found { url, level, .. } if *level >= Level::Likely => Some(ServiceLink {
            platform: one.platform.name().to_owned(),
            url: url.clone(),
        }),
        _ => None,
    });
    found.take(SERVICE_LINKS_MAX).collect()
}
