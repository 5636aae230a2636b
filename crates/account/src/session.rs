//! A browser that is signed in.

use std::fmt;
use std::str::FromStr;
use std::time::Duration;

use base::{AccountId, SessionId, Timestamp};

const DAY: Duration = Duration::from_secs(24 * 60 * 60);
const DAY_MS: i64 = 24 * 60 * 60 * 1_000;

/// Text that names no proof.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a proof of who somebody is")]
pub struct UnknownProof;

/// How somebody proved who they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Proof {
    /// The password alone.
    Password,
    /// A code from a mail.
    Code,
    /// A passkey, with the person's presence verified.
    Passkey,
    /// A sign-in at an upstream.
    Upstream,
    /// The password, then a code of the authenticator app.
    PasswordAndTotp,
    /// The password, then a recovery code.
    PasswordAndRecovery,
    /// A code from a mail, then one of the authenticator app.
    CodeAndTotp,
    /// A code from a mail, then a recovery code.
    CodeAndRecovery,
    /// A sign-in at an upstream, then a code of the authenticator app.
    UpstreamAndTotp,
    /// A sign-in at an upstream, then a recovery code.
    UpstreamAndRecovery,
    /// The link that the first start prints.
    Setup,
}

impl Proof {
    /// Every proof.
    pub const ALL: [Self; 11] = [
        Self::Password,
        Self::Code,
        Self::Passkey,
        Self::Upstream,
        Self::PasswordAndTotp,
        Self::PasswordAndRecovery,
        Self::CodeAndTotp,
        Self::CodeAndRecovery,
        Self::UpstreamAndTotp,
        Self::UpstreamAndRecovery,
        Self::Setup,
    ];

    /// As stored.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Password => "password",
            Self::Code => "code",
            Self::Passkey => "passkey",
            Self::Upstream => "upstream",
            Self::PasswordAndTotp => "password-and-totp",
            Self::PasswordAndRecovery => "password-and-recovery",
            Self::CodeAndTotp => "code-and-totp",
            Self::CodeAndRecovery => "code-and-recovery",
            Self::UpstreamAndTotp => "upstream-and-totp",
            Self::UpstreamAndRecovery => "upstream-and-recovery",
            Self::Setup => "setup",
        }
    }
}

impl fmt::Display for Proof {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Proof {
    type Err = UnknownProof;

    fn from_str(text: &str) -> Result<Self, UnknownProof> {
        let mut proofs = Self::ALL.into_iter();
        proofs
            .find(|proof| proof.as_str() == text)
            .ok_or(UnknownProof)
    }
}

/// A browser that is signed in, as its row says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Session {
    /// Its name, which the browser's token holds.
    pub id: SessionId,
    /// Whose it is.
    pub account: AccountId,
    /// How the person last proved who they are.
    pub proved_by: Proof,
    /// When they did.
    pub proved_at: Timestamp,
    /// When they signed in.
    pub created_at: Timestamp,
    /// When it ends, however much it is used.
    pub expires_at: Timestamp,
    /// Midnight UTC of the day of the last use: no finer trace is kept.
    pub last_used_day: Timestamp,
}

impl Session {
    /// A session ends after this time, however much it is used.
    pub const LIFE: Duration = Duration::from_secs(30 * 24 * 60 * 60);
    /// A session that nobody uses for so long ends, counted from the end of the day of its last use.
    pub const UNUSED_LIFE: Duration = Duration::from_secs(14 * 24 * 60 * 60);
    /// What can cost somebody the account asks for a proof no older than this.
    pub const PROOF_LIFE: Duration = Duration::from_secs(10 * 60);

    /// A session that begins with a proof.
    #[must_use]
    pub fn begin(id: SessionId, account: AccountId, proved_by: Proof, now: Timestamp) -> Self {
        Self {
            id,
            account,
            proved_by,
            proved_at: now,
            created_at: now,
            expires_at: now.after(Self::LIFE),
            last_used_day: day_of(now),
        }
    }

    /// Whether it may still be used.
    #[must_use]
    pub fn is_alive(&self, now: Timestamp) -> bool {
        let unused_until = self.last_used_day.after(DAY).after(Self::UNUSED_LIFE);
        now < self.expires_at && now < unused_until
    }

    /// Whether the person has proved who they are recently enough for what can cost the account.
    #[must_use]
    pub fn has_recent_proof(&self, now: Timestamp) -> bool {
        // On either side: where the clock was set back, an old proof lies ahead.
        let between = now.since(self.proved_at).max(self.proved_at.since(now));
        self.is_alive(now) && between <= Self::PROOF_LIFE
    }

    /// The session after the person proved once more who they are.
    #[must_use]
    pub const fn proved_again(self, proved_by: Proof, now: Timestamp) -> Self {
        Self {
            proved_by,
            proved_at: now,
            ..self
        }
    }

    /// The day to write down for a use at `now`; none when it is written already, as for all but one use a day.
    #[must_use]
    pub fn day_to_note(&self, now: Timestamp) -> Option<Timestamp> {
        let today = day_of(now);
        (today > self.last_used_day).then_some(today)
    }
}

/// Midnight UTC before `moment`: as fine as the use of a session or a passkey is written down.
#[must_use]
pub const fn day_of(moment: Timestamp) -> Timestamp {
    let ms = moment.unix_ms();
    Timestamp::from_unix_ms(ms - ms.rem_euclid(DAY_MS))
}

#[cfg(test)]
mod tests {
    use super::*;
    use base::OsEntropy;

    fn at(seconds: u64) -> Timestamp {
        Timestamp::from_unix_ms(1_763_760_000_000).after(Duration::from_secs(seconds))
    }

    fn session() -> Session {
        let account = AccountId::new(at(0), &OsEntropy);
        Session::begin(SessionId::new(&OsEntropy), account, Proof::Password, at(0))
    }

    /// Promise S25.
    #[test]
    fn a_session_ends_after_thirty_days() {
        let end = 30 * 24 * 60 * 60;
        let used = Session {
            last_used_day: at(end - 1),
            ..session()
        };
        assert!(used.is_alive(at(end - 1)));
        assert!(!used.is_alive(at(end)));
    }

    #[test]
    fn a_session_that_nobody_uses_ends_two_weeks_after_the_day_of_its_last_use() {
        let session = session();
        let unused_until = session.last_used_day.after(15 * DAY);
        let before = Timestamp::from_unix_ms(unused_until.unix_ms() - 1);
        assert!(session.is_alive(before));
        assert!(!session.is_alive(unused_until));
        assert!(unused_until < session.expires_at);
    }

    #[test]
    fn a_proof_is_recent_for_ten_minutes() {
        let session = session();
        assert!(session.has_recent_proof(at(600)));
        assert!(!session.has_recent_proof(at(601)));
        let before = Timestamp::from_unix_ms(at(0).unix_ms() - 601_000);
        assert!(!session.has_recent_proof(before), "the clock was set back");
        let again = session.proved_again(Proof::Passkey, at(700));
        assert!(again.has_recent_proof(at(1300)) && again.proved_by == Proof::Passkey);
        assert_eq!(
            again.expires_at, session.expires_at,
            "it does not live longer for it"
        );
    }

    #[test]
    fn a_use_is_noted_once_a_day_and_no_finer() {
        let session = session();
        assert_eq!(session.last_used_day.unix_ms() % DAY_MS, 0);
        assert_eq!(session.day_to_note(at(60)), None);
        let tomorrow = session.day_to_note(at(24 * 60 * 60)).unwrap();
        assert_eq!(
            tomorrow.since(session.last_used_day),
            Duration::from_secs(24 * 60 * 60)
        );
    }

    #[test]
    fn each_proof_has_a_name_of_its_own() {
        for proof in Proof::ALL {
            assert_eq!(proof.as_str().parse(), Ok(proof));
        }
        assert_eq!("totp".parse::<Proof>(), Err(UnknownProof));
    }
}
