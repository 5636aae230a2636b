//! What is known of the piece so far, and how surely.

use music::{Isrc, Level, Piece, Platform, Track, score};

/// A code that another platform's listing of the piece carries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Code {
    pub(super) isrc: Isrc,
    /// How sure it is that the listing is the piece: nothing found by the code is surer.
    pub(super) level: Level,
    /// Where the listing is.
    pub(super) from: Platform,
}

/// What is known of the piece.
#[derive(Debug, Default)]
pub(super) struct Known {
    piece: Option<Piece>,
    art: Option<String>,
    code: Option<Code>,
    /// The piece with the code of another listing filled in.
    coded: Option<Piece>,
    described: Described,
}

/// Whether the piece's own platform has described it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Described {
    #[default]
    Never,
    /// Before this conversion.
    Earlier,
    Now,
}

impl Known {
    /// The piece as its own platform described it earlier.
    pub(super) fn described(piece: Piece, art: Option<String>) -> Self {
        Self {
            piece: Some(piece),
            art,
            described: Described::Earlier,
            ..Self::default()
        }
    }

    pub(super) fn piece(&self) -> Option<&Piece> {
        self.piece.as_ref()
    }

    /// Whether the piece's own platform described it in this conversion.
    pub(super) fn is_described_now(&self) -> bool {
        self.described == Described::Now
    }

    pub(super) fn art(&self) -> Option<&str> {
        self.art.as_deref()
    }

    /// The piece to compare others with.
    pub(super) fn subject(&self) -> Option<&Piece> {
        self.coded.as_ref().or(self.piece.as_ref())
    }

    /// The code to ask for.
    pub(super) fn isrc(&self) -> Option<Isrc> {
        match self.subject() {
            Some(Piece::Track(track)) => track.isrc,
            _ => None,
        }
    }

    /// Whether there is neither a code of a recording nor one of a release.
    pub(super) fn code_is_unknown(&self) -> bool {
        self.isrc().is_none() && self.upc().is_none()
    }

    /// The bar code to ask for.
    pub(super) fn upc(&self) -> Option<&str> {
        match self.piece() {
            Some(Piece::Album(album)) => album.upc.as_deref(),
            _ => None,
        }
    }

    /// A code that is only as sure as the match that brought it.
    pub(super) fn borrowed_code(&self) -> Option<Code> {
        self.code
    }

    /// Whether it is known whose piece it is; without that a search finds anything.
    pub(super) fn names_artist(&self) -> bool {
        match self.piece() {
            Some(Piece::Track(track)) => !track.artists.is_empty(),
            Some(Piece::Album(album)) => !album.artists.is_empty(),
            Some(Piece::Artist(_)) => true,
            Some(Piece::Playlist(_)) | None => false,
        }
    }

    /// The piece's own platform describes it. True when that says something new.
    pub(super) fn describe(&mut self, piece: Piece, art: Option<String>) -> bool {
        if self.described != Described::Never {
            return false;
        }
        let by_directory = self.piece.replace(piece);
        self.art = art;
        self.described = Described::Now;
        if let Some(more) = by_directory {
            self.complete_by_directory(&more);
        }
        self.fill_code();
        true
    }

    /// A directory describes what the link points at. True when that says something new.
    pub(super) fn complete_by_directory(&mut self, more: &Piece) -> bool {
        let Some(own) = &mut self.piece else {
            self.piece = Some(more.clone());
            return true;
        };
        if score(own, more).level == Level::Different {
            return false;
        }
        let before = own.clone();
        match (&mut *own, more) {
            (Piece::Track(own), Piece::Track(more)) => fill_track(own, more),
            (Piece::Album(own), Piece::Album(more)) => {
                if own.artists.is_empty() {
                    own.artists.clone_from(&more.artists);
                }
                fill(&mut own.upc, more.upc.as_ref());
                fill(&mut own.released, more.released.as_ref());
            }
            _ => {}
        }
        let is_new = *own != before;
        self.fill_code();
        is_new
    }

    /// A listing elsewhere carries a code.
    pub(super) fn learn_code(&mut self, code: Code) {
        if self.code.is_none_or(|known| code.level > known.level) {
            self.code = Some(code);
            self.fill_code();
        }
    }

    fn fill_code(&mut self) {
        let (Some(Piece::Track(track)), Some(code)) = (&self.piece, self.code) else {
            return;
        };
        self.coded = track.isrc.is_none().then(|| {
            Piece::Track(Track {
                isrc: Some(code.isrc),
                ..track.clone()
            })
        });
    }

    /// Takes a picture from a listing that is the same piece, if there is none.
    pub(super) fn offer_art(&mut self, art: &str) -> bool {
        let is_wanted = self.art.is_none();
        if is_wanted {
            self.art = Some(art.to_owned());
        }
        is_wanted
    }
}

fn fill_track(own: &mut Track, more: &Track) {
    if own.artists.is_empty() {
        own.artists.clone_from(&more.artists);
    }
    fill(&mut own.album, more.album.as_ref());
    fill(&mut own.duration, more.duration.as_ref());
    fill(&mut own.isrc, more.isrc.as_ref());
    fill(&mut own.released, more.released.as_ref());
}

fn fill<T: Clone>(own: &mut Option<T>, more: Option<&T>) {
    if own.is_none() {
        *own = more.cloned();
    }
}
