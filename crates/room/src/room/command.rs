//! What goes into a room and what comes out of it.

use std::fmt;
use std::ops::Not;
use std::str::FromStr;
use std::time::Duration;

use base::{MemberId, PersonId, Personal, Secret, Timestamp};
use protocol::Form;
use protocol::room::{Answer, Event, LeftBecause, RejectCode, RoomEvent, RoomSaid};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::refusal::Refusal;
use crate::seed::{Chance, Seed};

/// Who somebody is beyond this room: the SHA-256 of a device key with a purpose prefix, or of an account's name.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Principal(pub [u8; 32]);

impl fmt::Display for Principal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // In one piece: who escapes what is written, as JSON does, begins anew with each.
        const DIGITS: &[u8; 16] = b"0123456789abcdef";
        let digits = |byte: &u8| {
            [
                DIGITS[usize::from(byte >> 4)],
                DIGITS[usize::from(byte & 15)],
            ]
        };
        let text: String = self.0.iter().flat_map(digits).map(char::from).collect();
        f.write_str(&text)
    }
}

impl fmt::Debug for Principal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[principal]")
    }
}

/// Text that is not a principal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a principal: 64 hexadecimal digits")]
pub struct BadPrincipal;

impl FromStr for Principal {
    type Err = BadPrincipal;

    fn from_str(text: &str) -> Result<Self, BadPrincipal> {
        if text.len() != 64 || !text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return Err(BadPrincipal);
        }
        let mut bytes = [0; 32];
        for (place, byte) in bytes.iter_mut().enumerate() {
            let digits = &text[place * 2..place * 2 + 2];
            *byte = u8::from_str_radix(digits, 16).map_err(|_| BadPrincipal)?;
        }
        Ok(Self(bytes))
    }
}

impl Serialize for Principal {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Principal {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<str>::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

/// What a room is told.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "command", rename_all = "kebab-case")]
pub enum Command {
    /// Somebody takes a seat. Whoever drives the room has checked by which names they may be known; which of them it is
    /// here, and whether they may come, the room decides.
    Enter {
        /// Who they are by the key that they showed, whatever number of seats they have.
        principal: Principal,
        /// Who else they may be, as the member that they are: their own name first, then those of their devices.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        also: Vec<Principal>,
        /// The seat's name.
        seat: MemberId,
        /// The kind of device.
        form: Form,
        /// What they want to be called.
        name: Option<Personal<String>>,
        /// They showed the key of whoever opened the room.
        is_owner: bool,
        /// They did not say the room's password, so they must be known here or invited.
        #[serde(default, skip_serializing_if = "Not::not")]
        lacks_password: bool,
        /// The secret of an invite that they came by.
        #[serde(serialize_with = "reveal", default)]
        invite: Option<Secret<String>>,
    },
    /// Somebody wishes for something.
    Said {
        /// From which seat.
        seat: MemberId,
        /// What.
        said: RoomSaid,
    },
    /// The sockets of seats are closed, all at once.
    SeatsGone {
        /// Whose.
        seats: Vec<MemberId>,
    },
    /// A live cast began.
    CastStarted {
        /// The seat that casts.
        seat: MemberId,
    },
    /// The live cast is over.
    CastStopped,
    /// Somebody takes all that is theirs out of the room.
    Erase {
        /// Who they are.
        principal: Principal,
    },
    /// The room was loaded after a crash: every socket is gone.
    Restarted,
    /// Time has passed.
    Tick,
}

/// A tape holds the secrets of invites, because without them it could not be replayed.
fn reveal<S: Serializer>(secret: &Option<Secret<String>>, to: S) -> Result<S::Ok, S::Error> {
    secret.as_ref().map(Secret::expose).serialize(to)
}

/// What a command led to.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Done {
    /// What everybody is to hear, in order.
    pub events: Vec<RoomEvent>,
    /// For something said: the answer to the sender. It is a `reject` when only time had its effects: then `events` are
    /// those, and the command changed nothing.
    pub answer: Option<Answer>,
    /// Who it was.
    pub person: Option<PersonId>,
    /// Whose [`protocol::room::Mine`] is another now.
    pub mine_changed: Vec<PersonId>,
    /// Seats that must go.
    pub dismissed: Vec<(MemberId, LeftBecause)>,
    /// Something is otherwise that nobody hears of, and is to survive a crash all the same.
    pub must_last: bool,
    /// What was told so far names somebody who is erased: it is told to nobody any more.
    pub is_unsaid: bool,
    /// The command was carried out before: the answer is the same, and nothing happened.
    pub is_repeat: bool,
    /// Somebody came who must say the password first; until then there is no such room for them.
    pub is_to_stranger: bool,
}

/// Why a command was not carried out. Nothing changed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{reason}")]
pub struct Rejected {
    /// Why, for programs.
    pub code: RejectCode,
    /// Why, in English, for developers.
    pub reason: &'static str,
    /// When the same command makes sense again.
    pub retry_after: Option<Duration>,
    /// It is said to somebody who must say the password first; until then there is no such room for them.
    pub is_to_stranger: bool,
    /// The last event there was.
    pub seq: u64,
}

impl Rejected {
    pub(super) const fn new(refusal: Refusal, seq: u64) -> Self {
        Self {
            code: refusal.code,
            reason: refusal.reason,
            retry_after: refusal.retry_after,
            is_to_stranger: refusal.is_to_stranger,
            seq,
        }
    }
}

impl From<Rejected> for Answer {
    fn from(rejected: Rejected) -> Self {
        let in_ms = |wait: Duration| u64::try_from(wait.as_millis()).unwrap_or(u64::MAX);
        Self::Reject {
            code: rejected.code,
            message: rejected.reason.to_owned(),
            seq: rejected.seq,
            retry_after_ms: rejected.retry_after.map(in_ms),
        }
    }
}

/// One command's way through the room: when it is, who acts, and what has come of it so far.
pub(crate) struct Turn {
    pub now: Timestamp,
    pub chance: Chance,
    pub by: Option<PersonId>,
    pub done: Done,
    /// Something was due and happened, whatever becomes of the command.
    pub has_acted: bool,
    mine_changed: Vec<PersonId>,
}

impl Turn {
    pub(super) fn new(now: Timestamp, seed: Seed) -> Self {
        Self {
            now,
            chance: Chance::new(seed),
            by: None,
            done: Done::default(),
            has_acted: false,
            mine_changed: Vec::new(),
        }
    }

    /// Numbers an event and keeps it to be told.
    pub(crate) fn tell(&mut self, seq: &mut u64, event: Event) {
        *seq += 1;
        self.done.events.push(RoomEvent {
            seq: *seq,
            at: self.now,
            by: self.by,
            event,
        });
    }

    pub(crate) fn mine_changed(&mut self, person: PersonId) {
        self.mine_changed.push(person);
    }

    pub(super) fn finish(mut self) -> Done {
        self.done.must_last |= self.has_acted;
        self.mine_changed.sort_unstable();
        self.mine_changed.dedup();
        self.done.mine_changed = self.mine_changed;
        self.done
    }
}
