//! What an operator can set about being paid.

use base::Secret;
use serde::{Deserialize, Serialize};

use super::{BadSettings, hidden, secret};
use crate::payments::Period;

/// Names of the payment service are not longer.
const NAME_BYTES_MAX: usize = 255;

/// The operator's account at the payment service. Without a key nothing is sold, and everybody has everything.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct PaymentSettings {
    /// Whether Pro is sold. Unset: yes if the secret key is set.
    pub enabled: Option<bool>,
    /// The secret key, or a restricted one: `sk_...` or `rk_...`.
    #[serde(serialize_with = "hidden", deserialize_with = "secret")]
    pub secret_key: Option<Secret<String>>,
    /// What events are signed with: `whsec_...`, as the service shows it for the address of the webhook.
    #[serde(serialize_with = "hidden", deserialize_with = "secret")]
    pub webhook_secret: Option<Secret<String>>,
    /// The service's name of the price of a month.
    pub price_month: Option<String>,
    /// The service's name of the price of a year.
    pub price_year: Option<String>,
    /// Whether a key for tests may be used at a public address, where anybody could then pay with a made-up card.
    pub allow_test_key: bool,
}

impl PaymentSettings {
    /// Whether Pro is sold.
    #[must_use]
    pub fn is_on(&self) -> bool {
        self.enabled.unwrap_or(self.secret_key.is_some())
    }

    /// Whether cards that pay nothing are taken, and at an address where nobody should be able to use one.
    #[must_use]
    pub fn is_test_in_public(&self, is_public: bool) -> bool {
        let is_test = self.secret_key.as_ref().is_some_and(is_test);
        self.is_on() && is_public && is_test && !self.allow_test_key
    }

    pub(crate) fn price(&self, period: Period) -> Option<&str> {
        match period {
            Period::Month => self.price_month.as_deref(),
            Period::Year => self.price_year.as_deref(),
        }
    }

    /// What keeps Pro from being sold although it is switched on.
    pub(crate) fn check(&self) -> Result<(), BadSettings> {
        if !self.is_on() {
            return Ok(());
        }
        let key = self.secret_key.as_ref().ok_or(BadSettings::NoPaymentKey)?;
        if !is_key(key) {
            return Err(BadSettings::PaymentKey);
        }
        let signs = |secret: &Secret<String>| is_name(secret.expose(), &["whsec_"]);
        if !self.webhook_secret.as_ref().is_some_and(signs) {
            return Err(BadSettings::WebhookSecret);
        }
        let mut prices = Period::ALL.into_iter().filter_map(|it| self.price(it));
        let is_price = |price: &str| is_name(price, &[""]);
        if self.price_month.is_none() && self.price_year.is_none() || !prices.all(is_price) {
            return Err(BadSettings::Price);
        }
        if self.price_month == self.price_year {
            return Err(BadSettings::SamePrice);
        }
        Ok(())
    }
}

/// Whether cards that pay nothing are taken.
pub(crate) fn is_test(key: &Secret<String>) -> bool {
    is_name(key.expose(), &["sk_test_", "rk_test_"])
}

/// A key that can be published is none that can be used here.
fn is_key(key: &Secret<String>) -> bool {
    is_name(
        key.expose(),
        &["sk_test_", "rk_test_", "sk_live_", "rk_live_"],
    )
}

fn is_name(text: &str, starts: &[&str]) -> bool {
    let mut starts = starts.iter();
    text.len() <= NAME_BYTES_MAX
        && text.bytes().all(|byte| byte.is_ascii_graphic())
        && starts.any(|start| text.len() > start.len() && text.starts_with(start))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(change: &serde_json::Value) -> PaymentSettings {
        let mut json = serde_json::json!({
            "secret_key": "sk_test_canary", "webhook_secret": "whsec_canary",
            "price_month": "price_m", "price_year": "price_y",
        });
        let all = json.as_object_mut().unwrap();
        all.extend(change.as_object().unwrap().clone());
        all.retain(|_, value| !value.is_null());
        serde_json::from_value(json).unwrap()
    }

    #[test]
    fn a_key_switches_selling_on_and_nothing_else_does() {
        assert!(!PaymentSettings::default().is_on());
        assert_eq!(PaymentSettings::default().check(), Ok(()));
        let whole = read(&serde_json::json!({}));
        assert!(whole.is_on() && whole.check().is_ok());
        assert!(!read(&serde_json::json!({"enabled": false})).is_on());
        let bare = read(&serde_json::json!({"enabled": true, "secret_key": null}));
        assert_eq!(bare.check(), Err(BadSettings::NoPaymentKey));
    }

    #[test]
    fn what_is_missing_or_no_such_thing_is_named() {
        let cases = [
            (
                serde_json::json!({"secret_key": "pk_live_x"}),
                BadSettings::PaymentKey,
            ),
            (
                serde_json::json!({"secret_key": "sk_live_"}),
                BadSettings::PaymentKey,
            ),
            (
                serde_json::json!({"webhook_secret": null}),
                BadSettings::WebhookSecret,
            ),
            (
                serde_json::json!({"webhook_secret": "sk_test_x"}),
                BadSettings::WebhookSecret,
            ),
            (
                serde_json::json!({"price_month": null, "price_year": null}),
                BadSettings::Price,
            ),
            (
                serde_json::json!({"price_month": "a b"}),
                BadSettings::Price,
            ),
            (
                serde_json::json!({"price_month": "price_y"}),
                BadSettings::SamePrice,
            ),
        ];
        for (change, fault) in cases {
            assert_eq!(read(&change).check(), Err(fault), "{change}");
        }
        assert!(
            read(&serde_json::json!({"price_year": null}))
                .check()
                .is_ok()
        );
    }

    #[test]
    fn a_key_for_tests_is_no_key_for_the_public() {
        assert!(read(&serde_json::json!({})).is_test_in_public(true));
        assert!(!read(&serde_json::json!({})).is_test_in_public(false));
        assert!(!read(&serde_json::json!({"allow_test_key": true})).is_test_in_public(true));
        assert!(!read(&serde_json::json!({"secret_key": "rk_live_x"})).is_test_in_public(true));
    }

    #[test]
    fn written_settings_hold_no_secret() {
        let settings = read(&serde_json::json!({}));
        let written = serde_json::to_string(&settings).unwrap() + &format!("{settings:?}");
        assert!(written.contains("[set]") && !written.contains("canary"));
    }
}
