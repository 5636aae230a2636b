//! What people may say about themselves, none of which they have to.

use std::fmt;
use std::str::FromStr;

/// Text that is no country.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a country")]
pub struct BadCountry;

/// A number of days that history cannot be kept for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("history is kept for 0, 30, 90 or 365 days, or as long as the account")]
pub struct BadHistoryDays;

/// Text that is no rank.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a rank")]
pub struct BadRank;

/// What an account may do on this server beyond its own affairs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rank {
    /// Its own affairs only.
    #[default]
    Member,
    /// What the admin page offers.
    Operator,
}

impl Rank {
    /// As stored.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Member => "member",
            Self::Operator => "operator",
        }
    }
}

impl FromStr for Rank {
    type Err = BadRank;

    fn from_str(text: &str) -> Result<Self, BadRank> {
        match text {
            "member" => Ok(Self::Member),
            "operator" => Ok(Self::Operator),
            _ => Err(BadRank),
        }
    }
}

/// How long looked-at links are kept.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum HistoryDays {
    /// They are not kept.
    Off,
    /// Thirty days.
    Month,
    /// Ninety days.
    Quarter,
    /// 365 days.
    #[default]
    Year,
    /// Until the account is erased.
    Account,
}

impl HistoryDays {
    /// Every choice.
    pub const ALL: [Self; 5] = [
        Self::Off,
        Self::Month,
        Self::Quarter,
        Self::Year,
        Self::Account,
    ];

    /// As stored and sent: days, or -1 for as long as the account.
    #[must_use]
    pub const fn days(self) -> i64 {
        match self {
            Self::Off => 0,
            Self::Month => 30,
            Self::Quarter => 90,
            Self::Year => 365,
            Self::Account => -1,
        }
    }
}

impl TryFrom<i64> for HistoryDays {
    type Error = BadHistoryDays;

    fn try_from(days: i64) -> Result<Self, BadHistoryDays> {
        let mut choices = Self::ALL.into_iter();
        choices
            .find(|choice| choice.days() == days)
            .ok_or(BadHistoryDays)
    }
}

/// A country or territory, in two letters (ISO 3166-1). Only its person tells it; no address is ever looked up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Country([u8; 2]);

impl Country {
    /// Reads two letters, capital or small.
    pub fn parse(text: &str) -> Result<Self, BadCountry> {
        let letters: [u8; 2] = text.as_bytes().try_into().map_err(|_| BadCountry)?;
        let letters = letters.map(|letter| letter.to_ascii_uppercase());
        let is_known = COUNTRIES
            .split(' ')
            .any(|known| known.as_bytes() == letters);
        is_known.then_some(Self(letters)).ok_or(BadCountry)
    }

    /// As stored and sent: two capital letters.
    #[must_use]
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).expect("a country is two ASCII letters")
    }
}

impl fmt::Display for Country {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Country {
    type Err = BadCountry;

    fn from_str(text: &str) -> Result<Self, BadCountry> {
        Self::parse(text)
    }
}

/// The officially assigned codes of ISO 3166-1, alpha-2.
const COUNTRIES: &str = "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS \
    BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI \
    FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR \
    IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM \
    MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT \
    PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM \
    TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW";

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn the_list_of_countries_is_whole() {
        let codes: HashSet<&str> = COUNTRIES.split_whitespace().collect();
        assert_eq!(codes.len(), 249);
        assert_eq!(COUNTRIES.split(' ').count(), 249);
    }

    #[test]
    fn a_country_is_two_letters_of_the_list() {
        for text in ["de", "DE", "dE"] {
            assert_eq!(Country::parse(text).unwrap().as_str(), "DE");
        }
        for text in ["", "D", "DEU", "XX", "UK", "EU", "d ", "д", "ZZ"] {
            assert_eq!(Country::parse(text), Err(BadCountry), "{text}");
        }
    }

    #[test]
    fn history_is_kept_for_one_of_five_times() {
        for choice in HistoryDays::ALL {
            assert_eq!(HistoryDays::try_from(choice.days()), Ok(choice));
        }
        for days in [-2, 1, 31, 366, i64::MAX, i64::MIN] {
            assert_eq!(HistoryDays::try_from(days), Err(BadHistoryDays), "{days}");
        }
    }

    #[test]
    fn ranks_are_stored_by_name_and_an_operator_stands_above_a_member() {
        for rank in [Rank::Member, Rank::Operator] {
            assert_eq!(rank.as_str().parse(), Ok(rank));
        }
        assert_eq!("admin".parse::<Rank>(), Err(BadRank));
        assert!(Rank::Operator > Rank::Member);
    }
}
