//! One way to an upstream and back: what is drawn before, and what must come back.

use base::{Entropy, Secret};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};

use super::Upstream;

/// The longest code that is passed on. The longest known has about 512 characters.
const CODE_MAX: usize = 4_096;

/// What is drawn when somebody sets out, and known to this server alone until they are back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attempt {
    /// Names the attempt in the answer (RFC 6749, 10.12).
    pub state: Secret<String>,
    /// Ties an ID token to the attempt (OpenID Connect Core, 3.1.2.1).
    pub nonce: Secret<String>,
    /// Ties the code to the attempt (RFC 7636).
    pub verifier: Secret<String>,
}

/// What an upstream sends the browser back with.
#[derive(Clone, Debug, Default)]
pub struct Returned {
    /// The state, as it was sent.
    pub state: Option<Secret<String>>,
    /// What the token is asked for with.
    pub code: Option<Secret<String>>,
    /// Who answers, where they say so (RFC 9207).
    pub issuer: Option<String>,
    /// Why there is no code.
    pub error: Option<String>,
}

/// Why an answer leads nowhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Denied {
    /// The person said no.
    #[error("the person said no at the upstream")]
    ByPerson,
    /// The upstream said no.
    #[error("the upstream said no")]
    ByUpstream,
    /// The answer belongs to no attempt of this browser.
    #[error("the answer belongs to another attempt")]
    State,
    /// The answer is from somebody else.
    #[error("the answer is from another issuer")]
    Issuer,
    /// The answer says something twice (RFC 6749, 3.1).
    #[error("the answer says something twice")]
    Twice,
    /// There is no code in it, or one that can't be.
    #[error("the answer has no code")]
    NoCode,
}

impl Returned {
    /// What the pairs say of the address to which the browser is sent back.
    pub fn read(pairs: Vec<(String, String)>) -> Result<Self, Denied> {
        let mut returned = Self::default();
        for (name, value) in pairs {
            let was_there = match name.as_str() {
                "state" => returned.state.replace(Secret::new(value)).is_some(),
                "code" => returned.code.replace(Secret::new(value)).is_some(),
                "iss" => returned.issuer.replace(value).is_some(),
                "error" => returned.error.replace(value).is_some(),
                _ => false,
            };
            if was_there {
                return Err(Denied::Twice);
            }
        }
        Ok(returned)
    }
}

impl Attempt {
    /// A new attempt: three times 256 random bits.
    pub fn draw(entropy: &dyn Entropy) -> Self {
        let draw = || Secret::new(URL_SAFE_NO_PAD.encode(entropy.bytes32()));
        Self {
            state: draw(),
            nonce: draw(),
            verifier: draw(),
        }
    }

    /// What the upstream is told of the verifier (RFC 7636, 4.2: S256).
    #[must_use]
    pub fn challenge(&self) -> String {
        URL_SAFE_NO_PAD.encode(Sha256::digest(self.verifier.expose()))
    }

    /// The code in an answer, if it is the answer of `upstream` to this attempt.
    pub fn accept(&self, upstream: Upstream, returned: Returned) -> Result<Secret<String>, Denied> {
        if returned.state.as_ref() != Some(&self.state) {
            return Err(Denied::State);
        }
        // Before anything else of the answer is believed: it may come from another upstream (RFC 9207, 2.4).
        if returned
            .issuer
            .is_some_and(|issuer| issuer != upstream.issuer())
        {
            return Err(Denied::Issuer);
        }
        match returned.error.as_deref() {
            Some("access_denied") => return Err(Denied::ByPerson),
            Some(_) => return Err(Denied::ByUpstream),
            None => {}
        }
        let code = returned.code.filter(|code| {
            let code = code.expose();
            !code.is_empty()
                && code.len() <= CODE_MAX
                && code.bytes().all(|b| (b' '..=b'~').contains(&b))
        });
        code.ok_or(Denied::NoCode)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use base::OsEntropy;

    fn secret(text: &str) -> Option<Secret<String>> {
        Some(Secret::new(text.to_owned()))
    }

    fn answer(attempt: &Attempt) -> Returned {
        Returned {
            state: Some(attempt.state.clone()),
            code: secret("c-1"),
            ..Returned::default()
        }
    }

    fn accept(attempt: &Attempt, returned: Returned) -> Result<Secret<String>, Denied> {
        attempt.accept(Upstream::Google, returned)
    }

    #[test]
    fn the_challenge_is_that_of_the_standard() {
        let verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk".to_owned();
        let attempt = Attempt {
            verifier: Secret::new(verifier),
            ..Attempt::draw(&OsEntropy)
        };
        assert_eq!(
            attempt.challenge(),
            "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"
        );
    }

    #[test]
    fn what_is_drawn_fits_its_use_and_never_comes_twice() {
        let attempt = Attempt::draw(&OsEntropy);
        let drawn = [&attempt.state, &attempt.nonce, &attempt.verifier];
        for one in drawn {
            // RFC 7636, 4.1: 43 to 128 characters that need no escape.
            assert_eq!(one.expose().len(), 43);
            assert_eq!(drawn.iter().filter(|other| **other == one).count(), 1);
        }
        assert_ne!(attempt, Attempt::draw(&OsEntropy));
    }

    #[test]
    fn only_an_answer_to_this_attempt_is_taken() {
        let attempt = Attempt::draw(&OsEntropy);
        assert_eq!(
            accept(&attempt, answer(&attempt)),
            Ok(Secret::new("c-1".to_owned()))
        );
        let other = answer(&Attempt::draw(&OsEntropy));
        assert_eq!(accept(&attempt, other), Err(Denied::State));
        let none = Returned {
            state: None,
            ..answer(&attempt)
        };
        assert_eq!(accept(&attempt, none), Err(Denied::State));
        assert_eq!(
            accept(
                &attempt,
                Returned {
                    state: secret(""),
                    ..answer(&attempt)
                }
            ),
            Err(Denied::State)
        );
    }

    #[test]
    fn an_answer_that_names_another_issuer_is_refused_before_its_code_is_used() {
        let attempt = Attempt::draw(&OsEntropy);
        let from = |issuer: &str| Returned {
            issuer: Some(issuer.to_owned()),
            ..answer(&attempt)
        };
        assert!(accept(&attempt, from("https://accounts.google.com")).is_ok());
        for other in [
            "https://accounts.google.com/",
            "accounts.google.com",
            "https://evil.example",
            "",
        ] {
            assert_eq!(
                accept(&attempt, from(other)),
                Err(Denied::Issuer),
                "{other}"
            );
        }
    }

    #[test]
    fn a_refusal_tells_the_persons_no_from_the_upstreams() {
        let attempt = Attempt::draw(&OsEntropy);
        let refused = |error: &str| Returned {
            error: Some(error.to_owned()),
            ..answer(&attempt)
        };
        assert_eq!(
            accept(&attempt, refused("access_denied")),
            Err(Denied::ByPerson)
        );
        assert_eq!(
            accept(&attempt, refused("server_error")),
            Err(Denied::ByUpstream)
        );
    }

    #[test]
    fn a_code_that_can_be_none_is_not_passed_on() {
        let attempt = Attempt::draw(&OsEntropy);
        let with = |code: Option<Secret<String>>| Returned {
            code,
            ..answer(&attempt)
        };
        let long = "c".repeat(CODE_MAX + 1);
        for code in [None, secret(""), secret("a\nb"), secret(&long)] {
            assert_eq!(accept(&attempt, with(code)), Err(Denied::NoCode));
        }
    }
}
