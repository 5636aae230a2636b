//! Kinds of players, by how exactly they can be told where to be.

/// How a member's player can be led, which decides what may be promised.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PlayerClass {
    /// Samples that we hand to the device ourselves.
    OwnAudio,
    /// A media element of the browser.
    MediaElement,
    /// YouTube's embedded player.
    Youtube,
    /// A player that is led through a service, such as Spotify's.
    Remote,
}

impl PlayerClass {
    /// All of them, the most exact first.
    pub const ALL: [Self; 4] = [
        Self::OwnAudio,
        Self::MediaElement,
        Self::Youtube,
        Self::Remote,
    ];

    /// Its name on the wire and in golden vectors.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::OwnAudio => "own-audio",
            Self::MediaElement => "media-element",
            Self::Youtube => "youtube",
            Self::Remote => "remote",
        }
    }

    /// The finest figure that the page may claim for it: the 95th percentile of the error, in milliseconds.
    #[must_use]
    pub const fn claim_ms(self) -> i64 {
        match self {
            Self::OwnAudio => 15,
            Self::MediaElement => 40,
            Self::Youtube => 300,
            Self::Remote => 1_000,
        }
    }
}
