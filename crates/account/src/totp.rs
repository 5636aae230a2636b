//! Codes of an authenticator app: RFC 6238 with SHA-1, 30 seconds and 6 digits, which every app knows.

use base::{Entropy, Secret, Timestamp};
use hmac::{Hmac, KeyInit, Mac};
use sha1::Sha1;
use subtle::ConstantTimeEq;

use crate::digits;

const STEP_S: i64 = 30;
const DIGITS: usize = 6;
/// RFC 6238, section 5.2: one step to either side, for clocks that differ and people who type.
const WINDOW: i64 = 1;
/// RFC 4648, section 6.
const BASE32: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/// A code that the app would not show now, or that was used before.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not the code of this moment")]
pub struct WrongCode;

/// Bytes that are no secret of an authenticator app.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a secret of an authenticator app")]
pub struct BadTotpSecret;

/// What an account shares with its owner's authenticator app.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TotpSecret(Secret<[u8; 20]>);

impl TotpSecret {
    /// A new secret of 160 bits, as RFC 4226, section 4, advises.
    #[must_use]
    pub fn new(entropy: &dyn Entropy) -> Self {
        let mut bytes = [0; 20];
        entropy.fill(&mut bytes);
        Self(Secret::new(bytes))
    }

    /// A secret that was kept.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, BadTotpSecret> {
        let bytes = bytes.try_into().map_err(|_| BadTotpSecret)?;
        Ok(Self(Secret::new(bytes)))
    }

    /// As kept, under seal.
    #[must_use]
    pub const fn as_bytes(&self) -> &[u8; 20] {
        self.0.expose()
    }

    /// For typing into an app: 32 letters and digits.
    #[must_use]
    pub fn base32(&self) -> Secret<String> {
        let mut text = String::with_capacity(32);
        for chunk in self.as_bytes().chunks(5) {
            let bits = chunk
                .iter()
                .fold(0_u64, |bits, &byte| (bits << 8) | u64::from(byte));
            for place in (0..8).rev() {
                let digit = usize::try_from((bits >> (place * 5)) & 31).unwrap_or(0);
                text.push(char::from(BASE32[digit]));
            }
        }
        Secret::new(text)
    }

    /// For an app's camera: the link that a QR code holds. `account` is what the app shows beside the issuer.
    #[must_use]
    pub fn uri(&self, issuer: &str, account: &str) -> Secret<String> {
        let (issuer, account) = (escaped(issuer), escaped(account));
        let secret = self.base32();
        Secret::new(format!(
            "otpauth://totp/{issuer}:{account}?secret={}&issuer={issuer}&algorithm=SHA1&digits={DIGITS}&period={STEP_S}",
            secret.expose()
        ))
    }

    /// The time step of a right code. No step is taken twice, nor one before the last: keep what is returned.
    pub fn verify(&self, code: &str, now: Timestamp, last_step: i64) -> Result<i64, WrongCode> {
        let code = digits::read(code, DIGITS).ok_or(WrongCode)?;
        let step = now.unix_s().div_euclid(STEP_S);
        let mut found = None;
        // Each is compared, so that time does not tell which.
        for step in step - WINDOW..=step + WINDOW {
            let fits = bool::from(self.code(step).as_bytes().ct_eq(code.as_bytes()));
            if fits && step > last_step {
                found = found.or(Some(step));
            }
        }
        found.ok_or(WrongCode)
    }

    /// The code of one time step (RFC 4226, section 5.3).
    fn code(&self, step: i64) -> String {
        let mut mac =
            Hmac::<Sha1>::new_from_slice(self.as_bytes()).expect("HMAC takes a key of any length");
        mac.update(&step.to_be_bytes());
        let digest: [u8; 20] = mac.finalize().into_bytes().into();
        let offset = usize::from(digest[19] & 0xf);
        let word = digest[offset..offset + 4]
            .iter()
            .fold(0_u32, |word, &byte| (word << 8) | u32::from(byte));
        format!("{:06}", (word & 0x7fff_ffff) % 1_000_000)
    }
}

/// Percent-encoding of all but unreserved characters (RFC 3986, section 2.3).
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~') {
            escaped.push(char::from(byte));
        } else {
            escaped.push_str(&format!("%{byte:02X}"));
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use base::OsEntropy;
    use proptest::prelude::*;

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_unix_ms(seconds * 1_000)
    }

    fn standard() -> TotpSecret {
        TotpSecret::from_bytes(b"12345678901234567890").unwrap()
    }

    /// RFC 6238, appendix B, the rows of SHA-1; of eight digits the last six.
    #[test]
    fn codes_are_those_of_the_standard() {
        for (seconds, code) in [
            (59, "287082"),
            (1_111_111_109, "081804"),
            (1_111_111_111, "050471"),
            (1_234_567_890, "005924"),
            (2_000_000_000, "279037"),
            (20_000_000_000, "353130"),
        ] {
            let step = seconds / 30;
            assert_eq!(
                standard().verify(code, at(seconds), 0),
                Ok(step),
                "{seconds}"
            );
        }
    }

    #[test]
    fn a_code_is_good_one_step_early_and_one_step_late() {
        let (secret, step) = (standard(), 40_000_000);
        let code = secret.code(step);
        for (moment, is_good) in [
            (-31, false),
            (-30, true),
            (0, true),
            (59, true),
            (60, false),
        ] {
            let answer = secret.verify(&code, at(step * 30 + moment), 0);
            assert_eq!(answer.is_ok(), is_good, "{moment}");
        }
    }

    #[test]
    fn no_step_is_taken_twice_nor_one_before_it() {
        let (secret, step) = (standard(), 40_000_000);
        let now = at(step * 30);
        let last = secret.verify(&secret.code(step), now, 0).unwrap();
        assert_eq!(secret.verify(&secret.code(step), now, last), Err(WrongCode));
        assert_eq!(
            secret.verify(&secret.code(step - 1), now, last),
            Err(WrongCode)
        );
        assert_eq!(
            secret.verify(&secret.code(step + 1), now, last),
            Ok(step + 1)
        );
    }

    #[test]
    fn a_code_may_be_typed_in_groups() {
        let now = at(59);
        for code in ["287 082", "287-082", "٢٨٧٠٨٢"] {
            assert_eq!(standard().verify(code, now, 0), Ok(1), "{code}");
        }
        for code in ["", "28708", "2870822", "94287082", "28708a"] {
            assert_eq!(standard().verify(code, now, 0), Err(WrongCode), "{code}");
        }
    }

    /// RFC 4648's alphabet over the bytes of the standard's secret, as apps expect it.
    #[test]
    fn an_app_reads_the_secret_from_a_link() {
        assert_eq!(
            standard().base32().expose(),
            "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
        );
        assert_eq!(
            standard()
                .uri("Unisono at home", "ada@example.com")
                .expose(),
            "otpauth://totp/Unisono%20at%20home:ada%40example.com?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Unisono%20at%20home&algorithm=SHA1&digits=6&period=30"
        );
    }

    proptest! {
        #[test]
        fn the_code_of_each_moment_is_good_then_and_not_two_minutes_later(seconds in 0_i64..4_000_000_000) {
            let secret = TotpSecret::new(&OsEntropy);
            let code = secret.code(seconds / 30);
            prop_assert_eq!(secret.verify(&code, at(seconds), -1), Ok(seconds / 30));
            let later = at(seconds).after(Duration::from_secs(120));
            // One chance in 300,000 that another step's code is the same.
            let is_same = (-1..=1).any(|by| secret.code((seconds + 120) / 30 + by) == code);
            prop_assert_eq!(secret.verify(&code, later, -1).is_ok(), is_same);
        }
    }
}
