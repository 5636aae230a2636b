//! What is said about the time on the wire: binary frames of 25 bytes. `docs/time-frames.md` is for other clients.

use crate::{LocalTime, RoomTime};

/// The length of each time frame, request and answer.
pub const FRAME_BYTES: usize = 25;

/// Bytes that are no time frame of the expected kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a time frame")]
pub struct BadFrame;

/// A client asks what time it is. `sent` is its own business and comes back as it went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TimeRequest {
    /// `t0`: when the client sent this, by its own clock.
    pub sent: LocalTime,
}

/// The server's answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TimeAnswer {
    /// `t0`, as it came.
    pub sent: LocalTime,
    /// `t1`: when the server had the request.
    pub got: RoomTime,
    /// `t2`: when the server let go of the answer.
    pub answered: RoomTime,
    /// Differs after the room's clock began anew, as in another process. Moments of two epochs are not compared.
    pub clock_epoch: u8,
}

impl TimeRequest {
    /// Reads a request: 25 bytes, of which those after `t0` are zero.
    pub fn parse(bytes: &[u8]) -> Result<Self, BadFrame> {
        let (sent, got, answered, clock_epoch) = fields(bytes)?;
        if got != 0 || answered != 0 || clock_epoch != 0 {
            return Err(BadFrame);
        }
        Ok(Self { sent: local(sent)? })
    }

    /// The frame to send.
    #[must_use]
    pub fn to_bytes(self) -> [u8; FRAME_BYTES] {
        frame(self.sent.us(), 0, 0, 0)
    }

    /// The answer to a request that came at `got` and is answered at `answered`.
    #[must_use]
    pub const fn answer(self, got: RoomTime, answered: RoomTime, clock_epoch: u8) -> TimeAnswer {
        TimeAnswer {
            sent: self.sent,
            got,
            answered,
            clock_epoch,
        }
    }
}

impl TimeAnswer {
    /// Reads an answer: 25 bytes, two moments of the room, of which the second is not before the first.
    pub fn parse(bytes: &[u8]) -> Result<Self, BadFrame> {
        let (sent, got, answered, clock_epoch) = fields(bytes)?;
        if !RoomTime::is_moment(got) || !RoomTime::is_moment(answered) || answered < got {
            return Err(BadFrame);
        }
        Ok(Self {
            sent: local(sent)?,
            got: RoomTime::from_us(got),
            answered: RoomTime::from_us(answered),
            clock_epoch,
        })
    }

    /// The frame to send.
    #[must_use]
    pub fn to_bytes(self) -> [u8; FRAME_BYTES] {
        frame(
            self.sent.us(),
            self.got.us(),
            self.answered.us(),
            self.clock_epoch,
        )
    }
}

fn local(us: i64) -> Result<LocalTime, BadFrame> {
    let moment = LocalTime::from_us(us);
    (moment.us() == us).then_some(moment).ok_or(BadFrame)
}

fn fields(bytes: &[u8]) -> Result<(i64, i64, i64, u8), BadFrame> {
    let bytes: &[u8; FRAME_BYTES] = bytes.try_into().map_err(|_| BadFrame)?;
    let number = |at: usize| {
        let mut field = [0; 8];
        field.copy_from_slice(&bytes[at..at + 8]);
        i64::from_be_bytes(field)
    };
    Ok((number(0), number(8), number(16), bytes[24]))
}

fn frame(sent: i64, got: i64, answered: i64, clock_epoch: u8) -> [u8; FRAME_BYTES] {
    let mut bytes = [0; FRAME_BYTES];
    bytes[..8].copy_from_slice(&sent.to_be_bytes());
    bytes[8..16].copy_from_slice(&got.to_be_bytes());
    bytes[16..24].copy_from_slice(&answered.to_be_bytes());
    bytes[24] = clock_epoch;
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const REQUEST: TimeRequest = TimeRequest {
        sent: LocalTime::from_us(1_234),
    };

    #[test]
    fn a_frame_of_another_length_is_refused() {
        let bytes = [0; FRAME_BYTES + 1];
        for length in [0, 1, 24, 26] {
            assert_eq!(TimeRequest::parse(&bytes[..length]), Err(BadFrame));
            assert_eq!(TimeAnswer::parse(&bytes[..length]), Err(BadFrame));
        }
    }

    #[test]
    fn an_answer_is_no_request() {
        let answer = REQUEST.answer(RoomTime::from_us(5), RoomTime::from_us(6), 0);
        assert_eq!(TimeRequest::parse(&answer.to_bytes()), Err(BadFrame));
    }

    #[test]
    fn an_answer_that_left_before_it_came_is_refused() {
        let answer = REQUEST.answer(RoomTime::from_us(6), RoomTime::from_us(5), 9);
        assert_eq!(TimeAnswer::parse(&answer.to_bytes()), Err(BadFrame));
        let answer = REQUEST.answer(RoomTime::from_us(-6), RoomTime::from_us(5), 9);
        assert_eq!(TimeAnswer::parse(&answer.to_bytes()), Err(BadFrame));
    }

    proptest! {
        #[test]
        fn frames_read_back_as_written(sent: i64, got in 0..1_i64 << 52, took in 0_i64..1_000, clock_epoch: u8) {
            let request = TimeRequest { sent: LocalTime::from_us(sent) };
            prop_assert_eq!(TimeRequest::parse(&request.to_bytes()), Ok(request));
            let answer = request.answer(RoomTime::from_us(got), RoomTime::from_us(got + took), clock_epoch);
            prop_assert_eq!(TimeAnswer::parse(&answer.to_bytes()), Ok(answer));
        }

        #[test]
        fn whatever_is_read_is_written_the_same(bytes: [u8; FRAME_BYTES]) {
            if let Ok(answer) = TimeAnswer::parse(&bytes) {
                prop_assert_eq!(answer.to_bytes(), bytes);
            }
            if let Ok(request) = TimeRequest::parse(&bytes) {
                prop_assert_eq!(request.to_bytes(), bytes);
            }
        }
    }
}
