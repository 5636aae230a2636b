//! Amounts of money in words.

use app::Price;

use crate::texts::Language;

/// Currencies without a smaller unit, and those with a thousand of them (ISO 4217, as the payment service counts).
const WHOLE: [&str; 16] = [
    "BIF", "CLP", "DJF", "GNF", "JPY", "KMF", "KRW", "MGA", "PYG", "RWF", "UGX", "VND", "VUV",
    "XAF", "XOF", "XPF",
];
const THOUSANDTHS: [&str; 5] = ["BHD", "JOD", "KWD", "OMR", "TND"];

/// `4.50 EUR`; nothing where the amount depends on more.
pub(super) fn written(price: &Price, language: Language) -> Option<String> {
    let digits: u32 = match price.currency.as_str() {
        currency if WHOLE.contains(&currency) => 0,
        currency if THOUSANDTHS.contains(&currency) => 3,
        _ => 2,
    };
    let amount = price.amount?;
    let unit = 10_u64.pow(digits);
    let whole = language.number(amount / unit);
    let rest = amount % unit;
    let point = if language == Language::Russian {
        ','
    } else {
        '.'
    };
    let rest = match rest {
        0 => String::new(),
        rest => format!("{point}{rest:0width$}", width = digits as usize),
    };
    Some(format!("{whole}{rest}\u{a0}{}", price.currency))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn price(amount: u64, currency: &str, language: Language) -> Option<String> {
        let currency = currency.to_owned();
        let amount = Some(amount);
        written(&Price { amount, currency }, language)
    }

    #[test]
    fn each_currency_has_its_own_smallest_unit() {
        let english = |amount, currency| price(amount, currency, Language::English).unwrap();
        assert_eq!(english(500, "EUR"), "5\u{a0}EUR");
        assert_eq!(english(123_450, "USD"), "1,234.50\u{a0}USD");
        assert_eq!(english(500, "JPY"), "500\u{a0}JPY");
        assert_eq!(english(1_005, "KWD"), "1.005\u{a0}KWD");
        assert_eq!(english(5, "EUR"), "0.05\u{a0}EUR");
        let russian = price(1_234_599, "RUB", Language::Russian).unwrap();
        assert_eq!(russian, "12\u{a0}345,99\u{a0}RUB");
        let unknown = Price {
            amount: None,
            currency: "EUR".to_owned(),
        };
        assert_eq!(written(&unknown, Language::English), None);
    }
}
