//! A request by an authority for somebody's data: two people release it, and the person is told unless a court forbids that.

use base::Timestamp;

/// Who acted, so that two can be told apart: a digest, not a name.
pub type ActorDigest = [u8; 32];

/// How far a request by an authority has come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LegalState {
    /// Somebody has written it down.
    Recorded {
        /// Who.
        by: ActorDigest,
    },
    /// It was refused: nothing was given.
    Refused {
        /// When.
        at: Timestamp,
    },
    /// Somebody else has found it lawful, and the data was given.
    Released {
        /// When.
        at: Timestamp,
        /// Who.
        by: ActorDigest,
    },
}

/// A request by an authority.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LegalRequest {
    /// Whether a court has forbidden to tell the person.
    pub is_sealed: bool,
    /// How far it has come.
    pub state: LegalState,
    /// When the person was told.
    pub told_at: Option<Timestamp>,
}

/// Why a step of such a request cannot be taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LegalRefusal {
    /// Whoever wrote it down must not release it.
    #[error("whoever recorded a request must not release it: a second operator does")]
    SamePerson,
    /// It was decided before.
    #[error("this request was decided before")]
    Decided,
    /// The person may not be told yet.
    #[error("a court has forbidden to tell the person; lift that first")]
    Sealed,
    /// There is nothing to tell yet, or it was told.
    #[error("there is nothing to tell: the request was not released, or the person knows")]
    NothingToTell,
}

impl LegalRequest {
    /// A request that `by` writes down.
    #[must_use]
    pub const fn record(by: ActorDigest, is_sealed: bool) -> Self {
        Self {
            is_sealed,
            state: LegalState::Recorded { by },
            told_at: None,
        }
    }

    /// The same request, released by a second person. Whoever it is about is told next, unless a court forbids that.
    ///
    /// # Errors
    /// It was decided before, or `by` is who wrote it down.
    pub fn release(self, by: ActorDigest, now: Timestamp) -> Result<Self, LegalRefusal> {
        let LegalState::Recorded { by: first } = self.state else {
            return Err(LegalRefusal::Decided);
        };
        if first == by {
            return Err(LegalRefusal::SamePerson);
        }
        Ok(Self {
            state: LegalState::Released { at: now, by },
            ..self
        })
    }

    /// The same request, refused. Whoever wrote it down may do that alone: nothing is given.
    ///
    /// # Errors
    /// It was decided before.
    pub fn refuse(self, now: Timestamp) -> Result<Self, LegalRefusal> {
        match self.state {
            LegalState::Recorded { .. } => Ok(Self {
                state: LegalState::Refused { at: now },
                ..self
            }),
            _ => Err(LegalRefusal::Decided),
        }
    }

    /// The same request, once the court's order of silence is over.
    ///
    /// # Errors
    /// There is no such order.
    pub fn unseal(self) -> Result<Self, LegalRefusal> {
        match self.is_sealed {
            true => Ok(Self {
                is_sealed: false,
                ..self
            }),
            false => Err(LegalRefusal::NothingToTell),
        }
    }

    /// The same request, with the person told at `now`.
    ///
    /// # Errors
    /// A court forbids it, nothing was released, or the person knows.
    pub fn tell(self, now: Timestamp) -> Result<Self, LegalRefusal> {
        let is_released = matches!(self.state, LegalState::Released { .. });
        match (self.is_sealed, is_released, self.told_at) {
            (true, _, _) => Err(LegalRefusal::Sealed),
            (false, true, None) => Ok(Self {
                told_at: Some(now),
                ..self
            }),
            _ => Err(LegalRefusal::NothingToTell),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp::from_unix_ms(1_790_000_000_000);
    const FIRST: ActorDigest = [1; 32];
    const SECOND: ActorDigest = [2; 32];

    /// Promise T30
    #[test]
    fn two_people_release_and_the_person_is_told_once() {
        let request = LegalRequest::record(FIRST, false);
        assert_eq!(
            request.clone().release(FIRST, NOW),
            Err(LegalRefusal::SamePerson)
        );
        let released = request.release(SECOND, NOW).unwrap();
        assert_eq!(released.told_at, None, "nobody has told them yet");
        assert_eq!(
            released.clone().release(FIRST, NOW),
            Err(LegalRefusal::Decided)
        );
        assert_eq!(released.clone().refuse(NOW), Err(LegalRefusal::Decided));
        let told = released.tell(NOW).unwrap();
        assert_eq!(told.told_at, Some(NOW));
        assert_eq!(told.tell(NOW), Err(LegalRefusal::NothingToTell));
    }

    /// Promise T30
    #[test]
    fn a_sealed_request_is_told_once_the_seal_is_lifted() {
        let sealed = LegalRequest::record(FIRST, true);
        let released = sealed.release(SECOND, NOW).unwrap();
        assert_eq!(released.told_at, None);
        assert_eq!(released.clone().tell(NOW), Err(LegalRefusal::Sealed));
        let told = released.unseal().unwrap().tell(NOW).unwrap();
        assert_eq!(told.told_at, Some(NOW));
    }

    #[test]
    fn what_is_refused_gives_and_tells_nothing() {
        let refused = LegalRequest::record(FIRST, false).refuse(NOW).unwrap();
        assert_eq!(
            refused.clone().release(SECOND, NOW),
            Err(LegalRefusal::Decided)
        );
        assert_eq!(refused.tell(NOW), Err(LegalRefusal::NothingToTell));
    }
}
