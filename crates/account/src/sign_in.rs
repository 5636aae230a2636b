//! What a first proof leads to, and what the second.

use crate::Proof;

/// A first proof that was good.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FirstProof {
    /// The password.
    Password,
    /// A code from a mail.
    Code,
    /// A passkey, which is two factors in one: the device, and the person who unlocks it.
    Passkey,
    /// A sign-in at an upstream.
    Upstream,
}

/// A second proof that was good.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SecondProof {
    /// A code of the authenticator app.
    Totp,
    /// A recovery code.
    Recovery,
}

/// What of an account decides whether a proof is enough.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    /// An operator has locked it.
    pub is_locked: bool,
    /// Its owner has an authenticator app.
    pub has_totp: bool,
}

/// Where signing in stands after the first proof.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use]
pub enum SignIn {
    /// Whoever it is may come in.
    Signed(Proof),
    /// The second factor is asked for.
    NeedsSecondFactor(AwaitsSecond),
    /// Whoever it is may not come in.
    Locked,
}

/// A first proof that is not enough by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use]
pub struct AwaitsSecond {
    first: FirstProof,
}

impl SignIn {
    /// Begins with a first proof. That the account is locked is told only to whoever proved to be its owner.
    pub const fn begin(first: FirstProof, standing: Standing) -> Self {
        if standing.is_locked {
            return Self::Locked;
        }
        match first {
            FirstProof::Passkey => Self::Signed(Proof::Passkey),
            _ if standing.has_totp => Self::NeedsSecondFactor(AwaitsSecond { first }),
            FirstProof::Password => Self::Signed(Proof::Password),
            FirstProof::Code => Self::Signed(Proof::Code),
            FirstProof::Upstream => Self::Signed(Proof::Upstream),
        }
    }
}

impl AwaitsSecond {
    /// Goes on from the state that a ticket kept; none when that names no first proof that needs a second.
    #[must_use]
    pub fn read(first: &str) -> Option<Self> {
        let firsts = [FirstProof::Password, FirstProof::Code, FirstProof::Upstream];
        let mut states = firsts.into_iter().map(|first| Self { first });
        states.find(|state| state.as_str() == first)
    }

    /// For a ticket to keep.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self.first {
            FirstProof::Password => Proof::Password.as_str(),
            FirstProof::Code => Proof::Code.as_str(),
            FirstProof::Upstream => Proof::Upstream.as_str(),
            FirstProof::Passkey => Proof::Passkey.as_str(),
        }
    }

    /// Ends with a second proof. The account may have been locked since the first.
    pub const fn prove(self, second: SecondProof, standing: Standing) -> SignIn {
        if standing.is_locked {
            return SignIn::Locked;
        }
        SignIn::Signed(match (self.first, second) {
            (FirstProof::Password, SecondProof::Totp) => Proof::PasswordAndTotp,
            (FirstProof::Password, SecondProof::Recovery) => Proof::PasswordAndRecovery,
            (FirstProof::Code, SecondProof::Totp) => Proof::CodeAndTotp,
            (FirstProof::Code, SecondProof::Recovery) => Proof::CodeAndRecovery,
            (FirstProof::Upstream, SecondProof::Totp) => Proof::UpstreamAndTotp,
            (FirstProof::Upstream, SecondProof::Recovery) => Proof::UpstreamAndRecovery,
            (FirstProof::Passkey, _) => Proof::Passkey,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const OPEN: Standing = Standing {
        is_locked: false,
        has_totp: false,
    };
    const GUARDED: Standing = Standing {
        has_totp: true,
        ..OPEN
    };
    const LOCKED: Standing = Standing {
        is_locked: true,
        ..GUARDED
    };
    const FIRSTS: [FirstProof; 4] = [
        FirstProof::Password,
        FirstProof::Code,
        FirstProof::Passkey,
        FirstProof::Upstream,
    ];

    #[test]
    fn without_an_authenticator_app_one_proof_is_enough() {
        for (first, proof) in FIRSTS.into_iter().zip([
            Proof::Password,
            Proof::Code,
            Proof::Passkey,
            Proof::Upstream,
        ]) {
            assert_eq!(SignIn::begin(first, OPEN), SignIn::Signed(proof));
        }
    }

    #[test]
    fn with_one_every_proof_but_a_passkey_needs_a_second() {
        let begun = |first| SignIn::begin(first, GUARDED);
        assert_eq!(begun(FirstProof::Passkey), SignIn::Signed(Proof::Passkey));
        for first in [FirstProof::Password, FirstProof::Code, FirstProof::Upstream] {
            let SignIn::NeedsSecondFactor(state) = begun(first) else {
                panic!("{first:?} alone is enough");
            };
            assert_eq!(AwaitsSecond::read(state.as_str()), Some(state));
            let SignIn::Signed(proof) = state.prove(SecondProof::Totp, GUARDED) else {
                panic!("two proofs are not enough");
            };
            assert!(
                proof.as_str().starts_with(state.as_str()) && proof.as_str().ends_with("-and-totp")
            );
        }
    }

    #[test]
    fn nobody_comes_into_a_locked_account_by_any_way() {
        for first in FIRSTS {
            assert_eq!(SignIn::begin(first, LOCKED), SignIn::Locked);
        }
        let state = AwaitsSecond::read("password").unwrap();
        assert_eq!(state.prove(SecondProof::Recovery, LOCKED), SignIn::Locked);
    }

    #[test]
    fn no_ticket_can_say_that_a_passkey_awaits_a_second_proof() {
        for text in ["passkey", "", "password-and-totp", "setup"] {
            assert_eq!(AwaitsSecond::read(text), None, "{text}");
        }
    }
}
