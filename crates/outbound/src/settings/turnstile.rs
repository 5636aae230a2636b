//! What an operator can set about the check against robots by another service.

use base::Secret;
use serde::{Deserialize, Serialize};

use super::{BadSettings, hidden, secret};

/// The service's keys are not longer; today's have 22 and 35 characters.
const KEY_BYTES_MAX: usize = 100;
/// What the service's keys for tests begin with: they pass everybody or nobody, wherever they are used.
const TEST_KEYS: [&str; 3] = ["1x0000000000", "2x0000000000", "3x0000000000"];

/// The operator's account at Cloudflare Turnstile. Without keys nobody is asked, and devices do a sum.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct TurnstileSettings {
    /// Whether people may be checked there, if they want that. Unset: yes if a key is set.
    pub enabled: Option<bool>,
    /// The key that pages show, as the service's dashboard names it.
    pub site_key: Option<String>,
    /// The key that goes with it and stays here.
    #[serde(serialize_with = "hidden", deserialize_with = "secret")]
    pub secret_key: Option<Secret<String>>,
}

impl TurnstileSettings {
    /// Whether people may be checked there.
    #[must_use]
    pub fn is_on(&self) -> bool {
        let has_key = self.site_key.is_some() || self.secret_key.is_some();
        self.enabled.unwrap_or(has_key)
    }

    /// What keeps people from being checked although it is switched on.
    pub(crate) fn check(&self) -> Result<(), BadSettings> {
        if !self.is_on() {
            return Ok(());
        }
        let (Some(site_key), Some(secret_key)) = (&self.site_key, &self.secret_key) else {
            return Err(BadSettings::NoTurnstileKey);
        };
        let both = [site_key.as_str(), secret_key.expose()];
        if !both.into_iter().all(is_key) {
            return Err(BadSettings::TurnstileKey);
        }
        let is_test = |key: &str| TEST_KEYS.iter().any(|start| key.starts_with(start));
        match both.into_iter().any(is_test) {
            true => Err(BadSettings::TurnstileTestKey),
            false => Ok(()),
        }
    }
}

/// It stands in a page as it is.
fn is_key(text: &str) -> bool {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
    (1..=KEY_BYTES_MAX).contains(&text.len()) && text.bytes().all(is_plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(json: serde_json::Value) -> TurnstileSettings {
        serde_json::from_value(json).unwrap()
    }

    #[test]
    fn both_keys_switch_it_on_and_neither_leaves_it_off() {
        assert!(!TurnstileSettings::default().is_on());
        assert_eq!(TurnstileSettings::default().check(), Ok(()));
        let both = serde_json::json!({"site_key": "0x4AAA", "secret_key": "0x4BBB"});
        assert!(read(both.clone()).is_on() && read(both.clone()).check().is_ok());
        for one in ["site_key", "secret_key"] {
            let mut half = both.clone();
            half.as_object_mut().unwrap().remove(one);
            assert_eq!(read(half).check(), Err(BadSettings::NoTurnstileKey));
        }
        let mut off = both;
        off["enabled"] = serde_json::json!(false);
        assert!(!read(off).is_on());
        let bare = read(serde_json::json!({"enabled": true}));
        assert_eq!(bare.check(), Err(BadSettings::NoTurnstileKey));
    }

    #[test]
    fn a_key_that_passes_everybody_or_breaks_out_of_a_page_is_refused() {
        let with = |site: &str, secret: &str| {
            read(serde_json::json!({"site_key": site, "secret_key": secret})).check()
        };
        let test = "1x0000000000000000000000000000000AA";
        assert_eq!(with("0x4AAA", test), Err(BadSettings::TurnstileTestKey));
        let test = "3x00000000000000000000FF";
        assert_eq!(with(test, "0x4BBB"), Err(BadSettings::TurnstileTestKey));
        for site in ["", "\"><script>", "0x 4", &"x".repeat(101)] {
            assert_eq!(
                with(site, "0x4BBB"),
                Err(BadSettings::TurnstileKey),
                "{site}"
            );
        }
    }

    #[test]
    fn written_settings_hold_no_secret() {
        let settings = read(serde_json::json!({"site_key": "0x4AAA", "secret_key": "canary"}));
        let written = serde_json::to_string(&settings).unwrap() + &format!("{settings:?}");
        assert!(written.contains("[set]") && !written.contains("canary"));
    }
}
