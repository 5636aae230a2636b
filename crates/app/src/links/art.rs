//! Pictures of pages: fetched once, made anew, kept small. Nothing of the provider's file is passed on.

use std::sync::Arc;
use std::time::Duration;

use base::PageId;
use outbound::{Failure, Picture};

use super::LinkRefusal;
use super::page::Page;
use crate::{App, pixels};

/// How long the provider may take to send its picture.
const FETCH_WITHIN: Duration = Duration::from_secs(4);
/// Pictures decoded at once, each by one thread.
pub(super) const DECODERS_MAX: usize = 2;

/// A size in which pictures are given out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ArtSize {
    /// 300 pixels wide.
    Small,
    /// 640 pixels wide.
    Large,
}

impl ArtSize {
    const ALL: [Self; 2] = [Self::Small, Self::Large];

    /// Its width in pixels. A smaller picture is not blown up.
    #[must_use]
    pub const fn width(self) -> u16 {
        match self {
            Self::Small => 300,
            Self::Large => 640,
        }
    }
}

/// The picture of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Art {
    /// A JPEG file that was made here.
    pub jpeg: Arc<[u8]>,
}

impl App {
    /// The picture of a page. [`LinkRefusal::Nothing`] when it has none.
    pub async fn link_art(&self, id: &str, size: ArtSize) -> Result<Art, LinkRefusal> {
        let page = self.page_by_name(id).await?;
        if let Some(art) = self.kept_art(page.id(), size).await? {
            return Ok(art);
        }
        // One picture is fetched once, however many look at it.
        let _turn = self.inner.links.art_turns[page.id().spread(ART_TURNS)]
            .lock()
            .await;
        if let Some(art) = self.kept_art(page.id(), size).await? {
            return Ok(art);
        }
        let (memory, now) = (&self.inner.links.memory, self.now());
        if let Some(refusal) = memory.art_refusal(page.id(), now) {
            return Err(refusal);
        }
        let made = self.make_art(&page, size).await;
        if let Err(refusal) = &made {
            memory.refuse_art(page.id(), refusal.clone(), self.now());
        }
        made
    }

    async fn kept_art(&self, id: PageId, size: ArtSize) -> Result<Option<Art>, LinkRefusal> {
        let kept = self.inner.store.art(id, size.width()).await;
        let kept = kept.map_err(|error| self.broken(&error))?;
        Ok(kept.map(|jpeg| Art { jpeg: jpeg.into() }))
    }

    async fn make_art(&self, page: &Page, wanted: ArtSize) -> Result<Art, LinkRefusal> {
        let links = &self.inner.links;
        let address = page.row.art.as_deref().ok_or(LinkRefusal::Nothing)?;
        let fetched = links.outbound.picture(address, FETCH_WITHIN).await;
        let picture = fetched.map_err(|failure| match may_pass(failure) {
            true => LinkRefusal::Unidentified,
            false => LinkRefusal::Nothing,
        })?;
        let permit = Arc::clone(&links.decoders).acquire_owned().await;
        let making = tokio::task::spawn_blocking(move || {
            let _permit = permit;
            make(&picture)
        });
        let made = making.await.ok().flatten().ok_or(LinkRefusal::Nothing)?;
        let now = self.now();
        let mut art = None;
        for (size, jpeg) in made {
            let kept = self
                .inner
                .store
                .keep_art(page.id(), size.width(), &jpeg, now);
            kept.await.map_err(|error| self.broken(&error))?;
            if size == wanted {
                art = Some(Art { jpeg: jpeg.into() });
            }
        }
        art.ok_or(LinkRefusal::Nothing)
    }
}

/// Pages are spread over this many queues for their pictures.
pub(super) const ART_TURNS: usize = 64;

/// Whether the same picture may be had a little later.
const fn may_pass(failure: Failure) -> bool {
    match failure {
        Failure::TimedOut
        | Failure::Unreachable
        | Failure::Budget { .. }
        | Failure::Resting { .. } => true,
        // Its host asks for patience, or has a fault of its own.
        Failure::Refused { status } => matches!(status, 408 | 429 | 500..),
        _ => false,
    }
}

/// The picture in each size, without anything that its file held beside the pixels.
fn make(picture: &Picture) -> Option<Vec<(ArtSize, Vec<u8>)>> {
    let whole = pixels::decode(picture.kind, &picture.bytes)?;
    let sizes = ArtSize::ALL.into_iter();
    sizes
        .map(|size| Some((size, pixels::encode(&whole, size.width().into())?)))
        .collect()
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use image::{DynamicImage, ImageFormat};
    use outbound::PictureType;

    use super::*;
    use crate::pixels::SIDE_MAX;

    fn png(width: u32, height: u32) -> Picture {
        let mut bytes = Cursor::new(Vec::new());
        let image = DynamicImage::new_rgb8(width, height);
        image.write_to(&mut bytes, ImageFormat::Png).unwrap();
        Picture {
            kind: PictureType::Png,
            bytes: bytes.into_inner(),
        }
    }

    fn sizes(picture: &Picture) -> Option<Vec<(u32, u32)>> {
        let made = make(picture)?.into_iter();
        let size = |jpeg: Vec<u8>| {
            let image = image::load_from_memory_with_format(&jpeg, ImageFormat::Jpeg).unwrap();
            (image.width(), image.height())
        };
        Some(made.map(|(_, jpeg)| size(jpeg)).collect())
    }

    #[test]
    fn a_picture_is_made_in_two_sizes_and_never_blown_up() {
        assert_eq!(
            sizes(&png(1_000, 1_000)),
            Some(vec![(300, 300), (640, 640)])
        );
        assert_eq!(sizes(&png(1_280, 640)), Some(vec![(300, 150), (640, 320)]));
        assert_eq!(sizes(&png(100, 80)), Some(vec![(100, 80), (100, 80)]));
    }

    #[test]
    fn a_picture_that_unfolds_to_too_much_is_none() {
        assert_eq!(sizes(&png(SIDE_MAX + 1, 1)), None);
        assert_eq!(sizes(&png(1, SIDE_MAX + 1)), None);
    }

    #[test]
    fn what_is_no_picture_is_none() {
        let lies = Picture {
            kind: PictureType::Jpeg,
            bytes: png(10, 10).bytes,
        };
        assert_eq!(sizes(&lies), None);
        let cut = png(300, 300);
        let half = Picture {
            bytes: cut.bytes[..cut.bytes.len() / 2].to_vec(),
            ..cut
        };
        assert_eq!(sizes(&half), None);
    }
}
