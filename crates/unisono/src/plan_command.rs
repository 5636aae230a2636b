//! `unisono plans`: what the free plan is limited to, Pro given by hand, and how many have what.

use account::EmailAddress;
use account::plans::{BadOffer, Offer, Plan};
use base::{AccountId, Timestamp};
use clap::Subcommand;
use outbound::{Outbound, PaymentFault};
use store::{Store, StoreError};

use crate::Settings;

/// Accounts that are read at once.
const PAGE: u32 = 500;

/// What can be done about plans.
#[derive(Debug, Subcommand)]
pub enum PlanCommand {
    /// Explain what is set: each limit, what is out of its bounds, and what is missing before anything can be sold. Where
    /// something is sold, the payment service is asked whether its prices fit.
    Check,
    /// What needs the database.
    #[command(flatten)]
    Kept(KeptPlanCommand),
}

/// What can be done about the plans that accounts have.
#[derive(Debug, Subcommand)]
pub enum KeptPlanCommand {
    /// Give Pro to an account until a day, without any payment.
    Gift {
        /// The address of the account, exactly.
        address: String,
        /// The last day of it, as 2027-01-31. It ends with that day, UTC.
        #[arg(long)]
        until: String,
    },
    /// Take a gift back.
    End {
        /// The address of the account, exactly.
        address: String,
    },
    /// Count accounts by their plan.
    Counts,
}

/// Why nothing was done. Each message says what to do.
#[derive(Debug, thiserror::Error)]
pub enum NoPlan {
    /// No account has this address.
    #[error("no account has this address; it must be exact")]
    Unknown,
    /// The day is none, or is over.
    #[error("--until takes a day to come, as 2027-01-31")]
    BadDay,
    /// What is set is out of its bounds.
    #[error("plans.{0}; correct the part [plans]")]
    Offer(#[from] BadOffer),
    /// The database failed.
    #[error("the database failed: {0}; run: unisono doctor")]
    Store(#[from] StoreError),
}

/// What is set, and what keeps it from being sold.
#[derive(Clone, Debug)]
pub struct Checked {
    explained: String,
    faults: Vec<PaymentFault>,
}

impl Checked {
    /// Explains what is set, and asks the payment service where something is sold. It needs no database.
    pub async fn of(settings: &Settings, outbound: &Outbound) -> Self {
        Self {
            explained: explain(settings),
            faults: outbound.read_prices().await.faults,
        }
    }

    /// Whether nothing is wrong.
    #[must_use]
    pub const fn is_sound(&self) -> bool {
        self.faults.is_empty()
    }

    /// For a person: what is wrong stands last.
    #[must_use]
    pub fn text(&self) -> String {
        let faults = self.faults.iter();
        let faults = faults.map(|fault| format!("\nwrong: {fault}"));
        faults.fold(self.explained.clone(), |text, fault| text + &fault)
    }
}

impl KeptPlanCommand {
    /// Does it, and gives what to print.
    pub async fn run(
        &self,
        store: &Store,
        settings: &Settings,
        now: Timestamp,
    ) -> Result<String, NoPlan> {
        match self {
            Self::Gift { address, until } => {
                let account = find(store, address).await?;
                let ends = end_of(until).filter(|&ends| now < ends);
                let ends = ends.ok_or(NoPlan::BadDay)?;
                give(store, account, Some(ends), now).await?;
                Ok(format!("{account} has Pro until the end of {until}, UTC."))
            }
            Self::End { address } => {
                let account = find(store, address).await?;
                give(store, account, None, now).await?;
                Ok(format!(
                    "{account} has no gift any more. What was bought stays."
                ))
            }
            Self::Counts => counts(store, settings, now).await,
        }
    }
}

async fn find(store: &Store, address: &str) -> Result<AccountId, NoPlan> {
    let address = EmailAddress::parse(address).map_err(|_| NoPlan::Unknown)?;
    let row = store.account_by_email(&address).await?;
    row.map(|row| row.id).ok_or(NoPlan::Unknown)
}

async fn give(
    store: &Store,
    account: AccountId,
    ends: Option<Timestamp>,
    now: Timestamp,
) -> Result<(), NoPlan> {
    match store.give_pro(account, ends, now).await? {
        true => Ok(()),
        false => Err(NoPlan::Unknown),
    }
}

/// The last moment of a day that is written as in ISO 8601.
fn end_of(day: &str) -> Option<Timestamp> {
    let mut parts = day.split('-').map(|part| part.parse::<i64>().ok());
    let (year, month, day) = (parts.next()??, parts.next()??, parts.next()??);
    let is_date = (1970..=9999).contains(&year) && (1..=12).contains(&month);
    if !is_date || parts.next().is_some() || !(1..=days_of(year, month)).contains(&day) {
        return None;
    }
    let years = 1970..year;
    let months = 1..month;
    let days = years
        .map(|year| if is_leap(year) { 366 } else { 365 })
        .sum::<i64>()
        + months.map(|month| days_of(year, month)).sum::<i64>()
        + day;
    const DAY_MS: i64 = 24 * 60 * 60 * 1_000;
    Some(Timestamp::from_unix_ms(days * DAY_MS))
}

const fn is_leap(year: i64) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

const fn days_of(year: i64, month: i64) -> i64 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if is_leap(year) => 29,
        2 => 28,
        _ => 31,
    }
}

async fn counts(store: &Store, settings: &Settings, now: Timestamp) -> Result<String, NoPlan> {
    let grace = settings.offer()?.grace();
    let (mut pro, mut accounts) = (0_u64, 0_u64);
    let mut after = None;
    loop {
        let page = store.accounts(after, PAGE).await?;
        let Some(last) = page.last() else {
            break;
        };
        after = Some(last.id);
        accounts += page.len() as u64;
    }
    let mut after = None;
    loop {
        let page = store.payers_after(after, PAGE).await?;
        let Some(&last) = page.last() else {
            break;
        };
        after = Some(last);
        for account in page {
            let payments = store.payments_of(account).await?;
            pro += u64::from(payments.plan(now, grace) == Plan::Pro);
        }
    }
    let free = accounts.saturating_sub(pro);
    let counts = format!("Pro   {pro}\nfree  {free}");
    Ok(match store.farewell_count().await? {
        0 => counts,
        left => format!("{counts}\nleft  {left}, whom the payment service is still to forget"),
    })
}

/// What is set, in sentences.
fn explain(settings: &Settings) -> String {
    let Ok(Offer::Plans {
        free,
        saved_rooms_max,
        grace,
    }) = settings.offer()
    else {
        return "There are no plans: everybody has everything, and no page speaks of payment."
            .to_owned();
    };
    let minutes = |span: std::time::Duration| span.as_secs() / 60;
    format!(
        "free  a session lasts {} min, the next may begin {} min after it; {} devices in a room; no saved rooms\n\
         Pro   no end and no limit of devices; {saved_rooms_max} saved rooms with codes of one's own choice\n\
         A payment that failed leaves {} days.\n{}",
        minutes(free.session),
        minutes(free.cooldown),
        free.devices_max,
        grace.as_secs() / (24 * 60 * 60),
        payments(settings),
    )
}

/// What is sold, or what is missing before anything can be.
fn payments(settings: &Settings) -> String {
    let payments = &settings.outbound.payments;
    let prices = [
        ("by the month", &payments.price_month),
        ("by the year", &payments.price_year),
    ];
    let sold: Vec<&str> = prices
        .iter()
        .filter_map(|(period, price)| price.as_ref().map(|_| *period))
        .collect();
    if payments.is_on() {
        return format!("Pro is sold {}.", sold.join(" and "));
    }
    let lacks = [
        ("secret_key", payments.secret_key.is_none()),
        ("webhook_secret", payments.webhook_secret.is_none()),
        ("price_month or price_year", sold.is_empty()),
    ];
    let lacks: Vec<&str> = lacks
        .iter()
        .filter_map(|(setting, is_missing)| is_missing.then_some(*setting))
        .collect();
    let why = match lacks.is_empty() {
        true => "is switched off by enabled".to_owned(),
        false => format!("lacks {}", lacks.join(", ")),
    };
    format!("Nothing can be bought: [outbound.payments] {why}. Pro is given by: unisono plans gift")
}

#[cfg(test)]
mod tests {
    use account::plans::PlanSettings;

    use super::*;

    #[test]
    fn a_day_ends_with_its_last_moment() {
        for (day, end) in [
            ("1970-01-01", Some(86_400_000)),
            ("2024-02-29", Some(1_709_251_200_000)),
            ("2026-11-22", Some(1_795_392_000_000)),
            ("2023-02-29", None),
            ("2026-13-01", None),
            ("tomorrow", None),
            ("2026-11-22-1", None),
        ] {
            assert_eq!(end_of(day).map(Timestamp::unix_ms), end, "{day}");
        }
    }

    #[test]
    fn each_limit_is_explained() {
        let none = explain(&Settings::default());
        assert!(none.starts_with("There are no plans"), "{none}");
        let with = |plans| Settings {
            plans: Some(plans),
            ..Settings::default()
        };
        let told = explain(&with(PlanSettings::default()));
        for limit in [
            "60 min",
            "15 min",
            "5 devices",
            "20 saved rooms",
            "7 days",
            "lacks secret_key",
        ] {
            assert!(told.contains(limit), "{limit} in {told}");
        }
    }
}
