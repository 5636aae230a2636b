//! Whether somebody casts.

use std::time::Duration;

use base::{MemberId, Timestamp};

/// How long a caster whose socket is gone keeps its place.
pub const CASTER_GRACE: Duration = Duration::from_secs(90);

/// Who casts in the room. There is never more than one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cast {
    /// Nobody does.
    Waiting,
    /// The caster is connected.
    Live {
        /// Who casts.
        caster: MemberId,
    },
    /// The caster's socket is gone; what plays goes on from device to device.
    Paused {
        /// Who casts.
        caster: MemberId,
        /// Until when its place is kept.
        until: Timestamp,
    },
}

/// Another device casts in this room.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct CasterPresent;

impl Cast {
    /// The member that casts or may come back to it.
    #[must_use]
    pub const fn caster(self) -> Option<MemberId> {
        match self {
            Self::Waiting => None,
            Self::Live { caster } | Self::Paused { caster, .. } => Some(caster),
        }
    }

    /// `caster` takes the place; a caster that is away gives it up.
    pub(crate) fn start(self, caster: MemberId) -> Result<Self, CasterPresent> {
        match self {
            Self::Live { caster: present } if present != caster => Err(CasterPresent),
            _ => Ok(Self::Live { caster }),
        }
    }

    /// The caster's socket is gone.
    pub(crate) fn pause(self, now: Timestamp) -> Self {
        match self {
            Self::Live { caster } => Self::Paused {
                caster,
                until: now.after(CASTER_GRACE),
            },
            other => other,
        }
    }

    /// When the grace ends.
    pub(crate) const fn deadline(self) -> Option<Timestamp> {
        match self {
            Self::Paused { until, .. } => Some(until),
            _ => None,
        }
    }
}
