//! `unisono privacy breach`: the register, the clock of 72 hours, and the letters.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::Duration;

use base::{AccountId, BreachId, Timestamp};
use clap::Subcommand;
use privacy::{BREACH_HOURS_MAX, Breach, BreachFacts, rfc3339};
use store::{AccountRow, NewMail, Stepped};
use texts::Language;

use super::{Desk, LISTED_MAX, NotDone, account, read_text};

/// What can be done with breaches.
#[derive(Debug, Subcommand)]
pub enum BreachCommand {
    /// Print an empty form for the facts of a breach.
    Template,
    /// Write a breach down: the clock of 72 hours runs from when somebody here became aware of it.
    Open {
        /// The facts as known so far, in the form of the template; `-` reads them from standard input.
        facts: PathBuf,
        /// When somebody became aware of it, such as 2026-11-22T10:00:00Z. Default: now.
        #[arg(long)]
        aware: Option<String>,
    },
    /// Replace the facts by what is known now.
    Update {
        /// The breach.
        id: String,
        /// The facts; `-` reads them from standard input.
        facts: PathBuf,
    },
    /// List breaches, the latest first, with what is left of their 72 hours.
    List,
    /// Print the letter to the authority.
    Letter {
        /// The breach.
        id: String,
        /// Its language: en, ru or ar.
        #[arg(long, default_value = "en")]
        language: String,
    },
    /// Note that the letter was handed to the authority, now.
    Told {
        /// The breach.
        id: String,
        /// Why that is later than 72 hours; then the authority must be told it.
        #[arg(long)]
        late_because: Option<String>,
    },
    /// Tell people, each in their language: every member, or those that a file names.
    TellPeople {
        /// The breach.
        id: String,
        /// A file with the id or address of one account a line.
        #[arg(long)]
        accounts: Option<PathBuf>,
    },
}

/// The form that an operator fills in.
const TEMPLATE: &str = r#"# What is known of the breach (GDPR, Article 33(3)). It names nobody whose data it is.

# What it took: confidentiality, integrity, availability.
nature = []
# Kinds of data: contact, credential, profile, identity, activity, message, room, chosen-name, choice, account, ...
categories = []
# About how many people, and how many records.
# people = 0
# records = 0
# Whom authorities and people can ask.
contact = ""
# Whether a high risk for people is likely: then they must be told (Article 34).
is_high_risk = false
# Why a risk for people is unlikely, if it is: then the authority need not be told, and this stays written down
# (Article 33(1) and (5)).
no_risk_because = ""

# What happened, in whole sentences, in each language that you can write.
[event]
en = ""

# What is likely to follow for people.
[consequences]
en = ""

# What was done against it, and what people can do.
[measures]
en = ""
"#;

impl BreachCommand {
    pub(super) async fn run(&self, desk: &Desk<'_>) -> Result<String, NotDone> {
        match self {
            Self::Template => Ok(TEMPLATE.to_owned()),
            Self::Open { facts, aware } => {
                let aware_at = aware.as_deref().map(|text| moment(text, desk.now));
                let aware_at = aware_at.transpose()?.unwrap_or(desk.now);
                let breach = Breach::new(aware_at, read_facts(&read_text(facts)?)?);
                let id = BreachId::new(desk.now, desk.entropy);
                desk.store.keep_breach(id, &breach).await?;
                Ok(line(id, &breach, desk.now))
            }
            Self::Update { id, facts } => {
                let (id, breach) = find(desk, id).await?;
                let facts = read_facts(&read_text(facts)?)?;
                keep(desk, id, Breach { facts, ..breach }).await
            }
            Self::List => list(desk).await,
            Self::Letter { id, language } => {
                let (_, breach) = find(desk, id).await?;
                let language = Language::asked(Some(language)).unwrap_or(Language::English);
                let letter = app::authority_letter(&breach, language, desk.site, desk.now);
                Ok(letter)
            }
            Self::Told { id, late_because } => {
                let (id, breach) = find(desk, id).await?;
                let breach = breach.tell_authority(desk.now, late_because.as_deref())?;
                keep(desk, id, breach).await
            }
            Self::TellPeople { id, accounts } => {
                let (id, breach) = find(desk, id).await?;
                tell_people(desk, id, breach, accounts.as_ref()).await
            }
        }
    }
}

fn read_facts(text: &str) -> Result<BreachFacts, NotDone> {
    let facts: BreachFacts =
        toml::from_str(text).map_err(|error| NotDone::BadFacts(error.message().to_owned()))?;
    let known = |word: &String| {
        let rules = store::inventory().rules();
        let mut words = rules.map(|(_, rule)| privacy::word(&rule.category));
        words.any(|it| it == *word)
    };
    if let Some(unknown) = facts.categories.iter().find(|it| !known(it)) {
        let reason = format!("`{unknown}` is no kind of data that the inventory knows");
        return Err(NotDone::BadFacts(reason));
    }
    facts.check()?;
    Ok(facts)
}

/// A moment of the past, as `2026-11-22T10:00:00Z`.
fn moment(text: &str, now: Timestamp) -> Result<Timestamp, NotDone> {
    let read = chrono::DateTime::parse_from_rfc3339(text).map_err(|_| NotDone::BadMoment)?;
    let moment = Timestamp::from_unix_ms(read.timestamp_millis());
    (moment <= now).then_some(moment).ok_or(NotDone::BadMoment)
}

async fn find(desk: &Desk<'_>, id: &str) -> Result<(BreachId, Breach), NotDone> {
    let id: BreachId = id.parse()?;
    let breach = desk.store.breach(id).await?.ok_or(base::BadId)?;
    Ok((id, breach))
}

async fn keep(desk: &Desk<'_>, id: BreachId, breach: Breach) -> Result<String, NotDone> {
    desk.store.keep_breach(id, &breach).await?;
    Ok(line(id, &breach, desk.now))
}

async fn list(desk: &Desk<'_>) -> Result<String, NotDone> {
    let rows = desk.store.breaches(LISTED_MAX).await?;
    if rows.is_empty() {
        return Ok("The register is empty.".to_owned());
    }
    let lines: Vec<String> = rows
        .iter()
        .map(|(id, breach)| line(*id, breach, desk.now))
        .collect();
    Ok(lines.join("\n"))
}

fn line(id: BreachId, breach: &Breach, now: Timestamp) -> String {
    let authority = authority(breach, now);
    let people = match (breach.people_told_at, breach.facts.is_high_risk) {
        (Some(at), _) => format!("people told at {}", rfc3339(at)),
        (None, true) => "people NOT TOLD".to_owned(),
        (None, false) => "no high risk for people".to_owned(),
    };
    let missing = breach.facts.missing();
    let missing = match missing.is_empty() {
        true => String::new(),
        false => format!("  not known yet: {}", missing.join(", ")),
    };
    format!(
        "{id}  aware since {}  {authority}  {people}{missing}",
        rfc3339(breach.aware_at)
    )
}

fn authority(breach: &Breach, now: Timestamp) -> String {
    if let Some(at) = breach.authority_told_at {
        return format!("authority told at {}", rfc3339(at));
    }
    if let Some(reason) = breach.facts.no_risk() {
        let words: Vec<&str> = reason.split_whitespace().collect();
        return format!("authority need not be told: {}", words.join(" "));
    }
    match breach.left(now) {
        Some(left) => format!("authority NOT TOLD, {} left", hours(left)),
        None => format!("authority NOT TOLD, {BREACH_HOURS_MAX} h ARE OVER"),
    }
}

fn hours(left: Duration) -> String {
    let minutes = left.as_secs() / 60;
    format!("{} h {} min", minutes / 60, minutes % 60)
}

async fn tell_people(
    desk: &Desk<'_>,
    id: BreachId,
    breach: Breach,
    accounts: Option<&PathBuf>,
) -> Result<String, NotDone> {
    let breach = breach.tell_people(desk.now)?;
    let Some(file) = accounts else {
        // First the letters: they are begun once however often this is done, and nothing forgets them.
        app::begin_announcement(desk.store, id, desk.now, desk.entropy).await?;
        let line = keep(desk, id, breach).await?;
        return Ok(format!("{line}\nThe server writes to every member."));
    };
    let owners = named(desk, &read_text(file)?).await?;
    let letters = owners.values().filter_map(|owner| {
        let letter = app::breach_letter(&breach, app::language_of(owner));
        app::mail_to(owner, &letter, desk.now, desk.entropy)
    });
    let letters: Vec<NewMail> = letters.collect();
    if letters.is_empty() {
        return Err(NotDone::NobodyToWriteTo);
    }
    let count = letters.len();
    match desk.store.tell_of_breach(id, &letters, desk.now).await? {
        Stepped::Done => {}
        Stepped::OutboxFull => return Err(NotDone::NoRoom(count)),
        Stepped::Changed => return Err(NotDone::Changed),
    }
    let mut lines = vec![
        line(id, &breach, desk.now),
        format!("{count} letters are written."),
    ];
    let silent = owners.values().filter(|owner| owner.email.is_none());
    lines.extend(
        silent.map(|owner| format!("{} has no address: tell them in another way.", owner.id)),
    );
    Ok(lines.join("\n"))
}

/// The accounts that a text names, one a line, each once.
async fn named(desk: &Desk<'_>, text: &str) -> Result<BTreeMap<AccountId, AccountRow>, NotDone> {
    let mut owners = BTreeMap::new();
    for name in text.lines().map(str::trim).filter(|it| !it.is_empty()) {
        let owner = account(desk.store, name).await?;
        owners.insert(owner.id, owner);
    }
    Ok(owners)
}
