//! The sign-in cookie's content: a signed token that only names a session.
//!
//! A JSON Web Token (RFC 7519) with one fixed algorithm, read by the rules of RFC 8725: whatever differs from what
//! is written here is refused.

use base::{Secret, SessionId, Timestamp};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit, Mac};
use serde::{Deserialize, Serialize};
use sha2::Sha256;

const ALGORITHM: &str = "HS256";
/// A type of its own (RFC 8725, section 3.11): no other token of ours can be taken for a session.
const TYPE: &str = "unisono-session+jwt";
const AUDIENCE: &str = "unisono";
/// Longer ones are not ours, and not looked at. Ours are about 300 bytes.
const BYTES_MAX: usize = 1024;
/// How far ahead the clock of another node may be.
const SKEW_S: i64 = 60;

/// A token that names no session of ours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadToken {
    /// It is not written as ours are, or not signed by a key of ours.
    #[error("not a token of this server")]
    Foreign,
    /// It was good once.
    #[error("the token has expired")]
    Expired,
}

/// A key that signs tokens.
#[derive(Clone, Debug)]
pub struct TokenKey {
    /// Its name in the token's header.
    pub id: String,
    /// The key itself.
    pub key: Secret<[u8; 32]>,
}

/// The keys whose tokens are good: one that signs, and those it replaced.
#[derive(Clone, Debug)]
pub struct TokenKeys {
    current: TokenKey,
    older: Vec<TokenKey>,
}

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct Header<'h> {
    alg: &'h str,
    typ: &'h str,
    kid: &'h str,
}

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct Claims<'c> {
    sid: SessionId,
    iat: i64,
    exp: i64,
    aud: &'c str,
}

impl TokenKeys {
    /// Keys whose tokens are still good beside the current one; more are forgotten, the oldest last in the list.
    pub const OLDER_MAX: usize = 4;

    /// Signs with `current`, and still reads what `older` signed: the newest of them first.
    #[must_use]
    pub fn new(current: TokenKey, mut older: Vec<TokenKey>) -> Self {
        older.truncate(Self::OLDER_MAX);
        Self { current, older }
    }

    /// The token of a session.
    #[must_use]
    pub fn sign(
        &self,
        session: SessionId,
        issued: Timestamp,
        expires: Timestamp,
    ) -> Secret<String> {
        let header = Header {
            alg: ALGORITHM,
            typ: TYPE,
            kid: &self.current.id,
        };
        let claims = Claims {
            sid: session,
            iat: issued.unix_s(),
            exp: expires.unix_s(),
            aud: AUDIENCE,
        };
        let input = format!("{}.{}", encode(&header), encode(&claims));
        let signature = mac(self.current.key.expose(), &input)
            .finalize()
            .into_bytes();
        Secret::new(format!("{input}.{}", URL_SAFE_NO_PAD.encode(signature)))
    }

    /// The session that `token` names. Whether it still lives, its row says.
    pub fn read(&self, token: &str, now: Timestamp) -> Result<SessionId, BadToken> {
        if token.len() > BYTES_MAX {
            return Err(BadToken::Foreign);
        }
        let (input, signature) = token.rsplit_once('.').ok_or(BadToken::Foreign)?;
        let (header, claims) = input.split_once('.').ok_or(BadToken::Foreign)?;
        let header = decode(header)?;
        let key = self.key_of(&header)?;
        let signature = decode(signature)?;
        // In constant time; nothing of the claims is looked at before.
        mac(key.key.expose(), input)
            .verify_slice(&signature)
            .map_err(|_| BadToken::Foreign)?;
        let claims = decode(claims)?;
        let claims: Claims<'_> = serde_json::from_slice(&claims).map_err(|_| BadToken::Foreign)?;
        if claims.aud != AUDIENCE || claims.iat > now.unix_s().saturating_add(SKEW_S) {
            return Err(BadToken::Foreign);
        }
        if claims.exp <= now.unix_s() {
            return Err(BadToken::Expired);
        }
        Ok(claims.sid)
    }

    fn key_of(&self, header: &[u8]) -> Result<&TokenKey, BadToken> {
        let header: Header<'_> = serde_json::from_slice(header).map_err(|_| BadToken::Foreign)?;
        if header.alg != ALGORITHM || header.typ != TYPE {
            return Err(BadToken::Foreign);
        }
        let mut keys = std::iter::once(&self.current).chain(&self.older);
        keys.find(|key| key.id == header.kid)
            .ok_or(BadToken::Foreign)
    }
}

/// JWS signing with HMAC and SHA-256 (RFC 7518, section 3.2).
fn mac(key: &[u8], input: &str) -> Hmac<Sha256> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("HMAC takes a key of any length");
    mac.update(input.as_bytes());
    mac
}

fn encode(part: &impl Serialize) -> String {
    let json = serde_json::to_vec(part).expect("texts and numbers are always JSON");
    URL_SAFE_NO_PAD.encode(json)
}

/// Strict: no padding, no other alphabet, no bits left over, so each token has one spelling.
fn decode(part: &str) -> Result<Vec<u8>, BadToken> {
    URL_SAFE_NO_PAD.decode(part).map_err(|_| BadToken::Foreign)
}

#[cfg(test)]
mod tests;
