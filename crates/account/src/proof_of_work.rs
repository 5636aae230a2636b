//! Work that a browser does before we do: ALTCHA's protocol, version 2, in which the server picks the answer.
//!
//! The solver derives keys from counters, upwards from 0, until one begins as asked. The server derived that key once
//! and signed it, so that it derives none to check one.

use std::time::Duration;

use base::{Entropy, Secret, Timestamp};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

const ALGORITHM: &str = "PBKDF2/SHA-256";
/// One block of SHA-256.
const KEY_BYTES: usize = 32;
/// Half of the key is shown as the goal; nobody finds 128 bits but by the counter.
const PREFIX_HEX: usize = KEY_BYTES;
/// How long there is to solve and send.
const LIFE: Duration = Duration::from_secs(10 * 60);
/// Longer answers are not ours, and not looked at. Ours are about 900 bytes.
const BYTES_MAX: usize = 4 * 1024;
/// No challenge is harder, and no solver goes further.
const COUNTER_MAX: u32 = 1 << 16;
const COST_MAX: u32 = 100_000;

/// About a million rounds, of one core: measured, 0.3 s of native code and about 1 s of a browser's.
pub const WORK_DEFAULT: Difficulty = Difficulty {
    cost: 1_000,
    counter_min: 500,
    counter_max: 1_500,
};

/// Why a proof of work does not count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadProof {
    /// It is not written as the protocol says, or not ours.
    #[error("not an answer to a challenge of this server")]
    Foreign,
    /// It was ours, and is too old.
    #[error("the challenge has expired")]
    Expired,
    /// It was made for something else.
    #[error("the work was done for another purpose")]
    OtherPurpose,
    /// The work was not done.
    #[error("the answer is wrong")]
    Wrong,
}

/// What a proof of work is for. One for another purpose does not count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Purpose {
    /// Registering.
    Register,
    /// Signing in, and what mails a code or a link.
    SignIn,
}

impl Purpose {
    /// As pages and checks name it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Register => "register",
            Self::SignIn => "sign-in",
        }
    }
}

/// How much work is asked for: `cost` times a counter that is drawn evenly.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Difficulty {
    /// Rounds of PBKDF2 for each counter.
    pub cost: u32,
    /// The lowest counter.
    pub counter_min: u32,
    /// The highest counter.
    pub counter_max: u32,
}

impl Difficulty {
    /// That many times the work, for the solver only: the server still derives one key.
    #[must_use]
    pub const fn times(self, factor: u32) -> Self {
        Self {
            cost: self.cost,
            counter_min: self.counter_min.saturating_mul(factor),
            counter_max: self.counter_max.saturating_mul(factor),
        }
    }

    fn draw(self, entropy: &dyn Entropy) -> u32 {
        let least = self.counter_min.min(COUNTER_MAX);
        let most = self.counter_max.clamp(least, COUNTER_MAX);
        let drawn = u128::from_be_bytes(entropy.bytes16()) % u128::from(most - least + 1);
        least + u32::try_from(drawn).unwrap_or(0)
    }
}

/// What signs challenges and their answers.
#[derive(Clone, Debug)]
pub struct WorkKeys {
    challenge: Secret<Vec<u8>>,
    answer: Secret<Vec<u8>>,
}

/// A challenge as sent: a JSON object of the protocol.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Challenge {
    parameters: Parameters,
    signature: String,
}

/// In the order of their names, which is the order that is signed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Parameters {
    algorithm: String,
    cost: u32,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    data: Option<Data>,
    /// Unix seconds.
    expires_at: i64,
    key_length: usize,
    key_prefix: String,
    key_signature: String,
    nonce: String,
    salt: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Data {
    p: Purpose,
}

#[derive(Serialize, Deserialize)]
struct Payload {
    challenge: Challenge,
    solution: Solution,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Solution {
    counter: u32,
    derived_key: String,
}

/// A proof that counted. Whoever took it takes no other of this name until it ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SpentProof {
    /// What to remember.
    pub hash: [u8; 32],
    /// Until when.
    pub ends: Timestamp,
}

impl WorkKeys {
    /// Keys that every node makes of the same secret.
    #[must_use]
    pub fn derive(secret: &Secret<[u8; 32]>) -> Self {
        let key = |name: &str| Secret::new(mac(secret.expose(), name.as_bytes()).to_vec());
        Self {
            challenge: key("unisono/1 proof of work: challenge"),
            answer: key("unisono/1 proof of work: answer"),
        }
    }

    /// A new challenge for `purpose`.
    #[must_use]
    pub fn challenge(
        &self,
        purpose: Purpose,
        difficulty: Difficulty,
        now: Timestamp,
        entropy: &dyn Entropy,
    ) -> Challenge {
        let (nonce, salt) = (entropy.bytes16(), entropy.bytes16());
        let cost = difficulty.cost.clamp(1, COST_MAX);
        let key = derive(&nonce, &salt, difficulty.draw(entropy), cost);
        let parameters = Parameters {
            algorithm: ALGORITHM.to_owned(),
            cost,
            data: Some(Data { p: purpose }),
            expires_at: now.after(LIFE).unix_s(),
            key_length: KEY_BYTES,
            key_prefix: hex(&key)[..PREFIX_HEX].to_owned(),
            key_signature: hex(&mac(self.answer.expose(), &key)),
            nonce: hex(&nonce),
            salt: hex(&salt),
        };
        let signature = hex(&mac(self.challenge.expose(), &canonical(&parameters)));
        Challenge {
            parameters,
            signature,
        }
    }

    /// Reads the form field that a solver sends. What counts must be remembered, so that it counts once.
    pub fn verify(
        &self,
        payload: &str,
        purpose: Purpose,
        now: Timestamp,
    ) -> Result<SpentProof, BadProof> {
        let payload = read(payload)?;
        let parameters = &payload.challenge.parameters;
        let signature = unhex(&payload.challenge.signature)?;
        check(self.challenge.expose(), &canonical(parameters), &signature)
            .ok_or(BadProof::Foreign)?;
        if parameters.expires_at <= now.unix_s() {
            return Err(BadProof::Expired);
        }
        if parameters.data != Some(Data { p: purpose }) {
            return Err(BadProof::OtherPurpose);
        }
        let key = unhex(&payload.solution.derived_key)?;
        let key_signature = unhex(&parameters.key_signature)?;
        check(self.answer.expose(), &key, &key_signature).ok_or(BadProof::Wrong)?;
        Ok(SpentProof {
            hash: Sha256::digest(parameters.nonce.as_bytes()).into(),
            ends: Timestamp::from_unix_ms(parameters.expires_at.saturating_mul(1_000)),
        })
    }
}

impl Challenge {
    /// Does the work, for programs that have no browser. None when there is no answer to find.
    #[must_use]
    pub fn solve(&self) -> Option<String> {
        let parameters = &self.parameters;
        let nonce: [u8; 16] = unhex(&parameters.nonce).ok()?.try_into().ok()?;
        let salt: [u8; 16] = unhex(&parameters.salt).ok()?.try_into().ok()?;
        let (counter, key) = (0..=COUNTER_MAX)
            .map(|counter| {
                (
                    counter,
                    hex(&derive(&nonce, &salt, counter, parameters.cost)),
                )
            })
            .find(|(_, key)| key.starts_with(&parameters.key_prefix))?;
        let payload = Payload {
            challenge: self.clone(),
            solution: Solution {
                counter,
                derived_key: key,
            },
        };
        let json = serde_json::to_vec(&payload).expect("texts and numbers are always JSON");
        Some(STANDARD.encode(json))
    }
}

fn read(payload: &str) -> Result<Payload, BadProof> {
    if payload.len() > BYTES_MAX {
        return Err(BadProof::Foreign);
    }
    let json = STANDARD.decode(payload).map_err(|_| BadProof::Foreign)?;
    serde_json::from_slice(&json).map_err(|_| BadProof::Foreign)
}

/// JSON with its keys in order and no spaces.
fn canonical(parameters: &Parameters) -> Vec<u8> {
    serde_json::to_vec(parameters).expect("texts and numbers are always JSON")
}

/// PBKDF2 with HMAC-SHA-256 (RFC 8018, section 5.2) for its first block, which is the whole key.
fn derive(nonce: &[u8; 16], salt: &[u8; 16], counter: u32, cost: u32) -> [u8; KEY_BYTES] {
    let mut password = [0; 20];
    password[..16].copy_from_slice(nonce);
    password[16..].copy_from_slice(&counter.to_be_bytes());
    pbkdf2(&password, salt, cost)
}

fn pbkdf2(password: &[u8], salt: &[u8], cost: u32) -> [u8; KEY_BYTES] {
    let keyed = Hmac::<Sha256>::new_from_slice(password).expect("HMAC takes a key of any length");
    let round = |parts: &[&[u8]]| -> [u8; KEY_BYTES] {
        let mut mac = keyed.clone();
        parts.iter().for_each(|part| mac.update(part));
        mac.finalize().into_bytes().into()
    };
    let mut last = round(&[salt, &1_u32.to_be_bytes()]);
    let mut key = last;
    for _ in 1..cost {
        last = round(&[&last]);
        for (byte, more) in key.iter_mut().zip(last) {
            *byte ^= more;
        }
    }
    key
}

fn mac(key: &[u8], message: &[u8]) -> [u8; KEY_BYTES] {
    keyed(key, message).finalize().into_bytes().into()
}

/// In constant time.
fn check(key: &[u8], message: &[u8], signature: &[u8]) -> Option<()> {
    keyed(key, message).verify_slice(signature).ok()
}

fn keyed(key: &[u8], message: &[u8]) -> Hmac<Sha256> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("HMAC takes a key of any length");
    mac.update(message);
    mac
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn unhex(text: &str) -> Result<Vec<u8>, BadProof> {
    let is_hex = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
    if !text.len().is_multiple_of(2) || !text.bytes().all(is_hex) {
        return Err(BadProof::Foreign);
    }
    let pair = |at: usize| u8::from_str_radix(&text[at..at + 2], 16);
    let bytes: Result<Vec<u8>, _> = (0..text.len()).step_by(2).map(pair).collect();
    bytes.map_err(|_| BadProof::Foreign)
}

#[cfg(test)]
mod tests;
