//! One rule of the inventory, in closed vocabularies: a kind of data that has no word here can't be declared.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::AtRest;
use crate::GrantScope;

/// What one column, cookie, storage key, log field or value in memory holds, and why.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// The kind of data.
    pub category: Category,
    /// Why it is held.
    pub purpose: Purpose,
    /// What allows it.
    pub basis: Basis,
    /// Where it comes from.
    pub source: Source,
    /// How long it is held.
    pub retention: Retention,
    /// Who gets to see it.
    pub visibility: Visibility,
    /// Whether the subject's copy of their data contains it.
    pub export: bool,
    /// Whether another installation takes it in from the subject's copy. Default: it does not.
    #[serde(default)]
    pub import: bool,
    /// Whether the subject can correct it.
    pub rectify: bool,
    /// Where they do: a path of the pages. Default: nowhere.
    #[serde(default)]
    pub editor: Option<String>,
    /// Which grant of the subject lets whoever runs the installation see it. Default: none does.
    #[serde(default)]
    pub grant: Option<GrantScope>,
    /// Others who receive it, by name.
    pub recipients: Vec<String>,
    /// How it is stored.
    pub at_rest: AtRest,
    /// Whether people write it freely, and so could write of health, faith or the like (GDPR, Article 9).
    #[serde(default)]
    pub may_contain_special: bool,
}

impl Rule {
    /// Whether it says anything about a person or a person's device.
    #[must_use]
    pub fn is_personal(&self) -> bool {
        self.category != Category::Technical
    }
}

/// A host that the server itself calls.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Egress {
    /// What is sent there.
    pub fields: Vec<String>,
    /// Why.
    pub purpose: Purpose,
    /// Where that host is, as an ISO 3166-1 code.
    pub country: String,
    /// The setting that turns it off.
    pub switch: String,
    /// Where it says itself what it does with what it is told. Default: the operator's own choice of a host says it.
    #[serde(default)]
    pub policy: Option<String>,
    /// What else it is called for. Default: nothing.
    #[serde(default)]
    pub also: Vec<FurtherUse>,
}

impl Egress {
    /// Puts the next use in the place of the first; false when there is none.
    pub(super) fn go_on_with_the_next(&mut self) -> bool {
        if self.also.is_empty() {
            return false;
        }
        let FurtherUse {
            fields,
            purpose,
            switch,
        } = self.also.remove(0);
        (self.fields, self.purpose, self.switch) = (fields, purpose, switch);
        true
    }
}

/// Another reason to call a host, with what is sent for it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FurtherUse {
    /// What is sent there.
    pub fields: Vec<String>,
    /// Why.
    pub purpose: Purpose,
    /// The setting that turns it off.
    pub switch: String,
}

/// A letter that is sent to somebody.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Email {
    /// Why.
    pub purpose: Purpose,
    /// What allows it.
    pub basis: Basis,
    /// What it tells, beside its own words.
    pub fields: Vec<String>,
    /// Whether it is sent only to those who asked for such letters, and can be stopped by one click.
    pub opt_in: bool,
    /// Which act of the person asks for it.
    pub asked_by: String,
}

/// A service whose own player a page may load in a frame, once the person has said so.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Embed {
    /// Who is behind it.
    pub recipient: String,
    /// Origins that its frame's document may load scripts from.
    pub scripts: Vec<String>,
    /// Origins of the player in that document.
    pub frames: Vec<String>,
    /// Origins that its frame's document may ask itself. Default: none.
    #[serde(default)]
    pub connects: Vec<String>,
    /// What the service learns.
    pub fields: Vec<String>,
    /// Why.
    pub purpose: Purpose,
    /// What allows it.
    pub basis: Basis,
    /// Where the service is, as an ISO 3166-1 code.
    pub country: String,
    /// Where it says itself what it does with what it learns.
    pub policy: String,
    /// The key in local storage where the person's word is kept. Default: nowhere, and they are asked each time.
    #[serde(default)]
    pub consent: Option<String>,
    /// The setting that turns it on. Default: it is always there.
    #[serde(default)]
    pub switch: Option<String>,
}

/// A kind of data. The locale files name each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Category {
    /// About the installation, not about a person.
    Technical,
    /// How and when a room is used.
    Room,
    /// What opens a room or proves who opened it.
    Credential,
    /// A name that a person chose to show.
    ChosenName,
    /// What people write to each other.
    Message,
    /// How two devices reach each other: session descriptions, candidates, addresses.
    Connection,
    /// How a person likes the pages to be.
    Preference,
    /// Where a person's mail arrives.
    Contact,
    /// What a person shows of themselves: user name, picture, country.
    Profile,
    /// Who a person is at another service.
    Identity,
    /// What was done, when, and on which kind of device.
    Activity,
    /// What a person agreed to, allowed or refused.
    Choice,
    /// What having an account comes with: its id, rank and dates.
    Account,
    /// Which plan an account has, and what the payment service calls it.
    Payment,
}

/// Why something is held. The locale files name each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Purpose {
    /// To keep the installation running.
    Operation,
    /// To let people listen together.
    ListeningTogether,
    /// To keep strangers out and abuse down.
    Security,
    /// To show pages as the person likes them.
    Preferences,
    /// To find a piece of music on other services.
    FindingMusic,
    /// To have an account, on every device.
    Account,
    /// To find again what one looked at.
    History,
    /// To tell people what they asked to be told.
    Notices,
    /// To keep to the limits of free sessions, where there are any.
    Plans,
    /// To do what the law gives people a right to, and to show that it was done.
    Rights,
    /// To let people buy a plan, and to know who has.
    Payments,
    /// To answer what people write to whoever runs the installation.
    Support,
}

/// What allows the processing (GDPR, Article 6).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Basis {
    /// Nothing personal, so nothing is needed.
    None,
    /// The service that the person asked for: Article 6(1)(b).
    Contract,
    /// An interest that outweighs: Article 6(1)(f).
    LegitimateInterest,
    /// A recorded choice: Article 6(1)(a).
    Consent,
    /// A law: Article 6(1)(c).
    LegalObligation,
}

/// Where something comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Source {
    /// The person entered or chose it.
    Provided,
    /// It comes with using the service.
    Observed,
    /// It is computed from other data.
    Derived,
    /// It is drawn at random or counted here.
    Generated,
    /// Another service told it, because the person asked it to.
    Received,
}

/// How long something is held.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Retention {
    /// Until the next free session may begin, and two days at most.
    #[serde(rename = "cooldown<=2d")]
    Cooldown,
    /// Until the room is closed.
    #[serde(rename = "room")]
    Room,
    /// Until a day after the room was closed.
    #[serde(rename = "room+24h")]
    RoomAndADay,
    /// Until the room is closed, and a day at most.
    #[serde(rename = "room<=24h")]
    RoomAtMostADay,
    /// Until a year after anybody last opened the page, sooner when space runs out.
    #[serde(rename = "unopened<=1y")]
    Unopened,
    /// As long as the installation exists.
    #[serde(rename = "installation")]
    Installation,
    /// As the operator keeps logs, at most 30 days.
    #[serde(rename = "logs<=30d")]
    Logs,
    /// While the member is in the room.
    #[serde(rename = "membership")]
    Membership,
    /// For the moment of handing it to the other device.
    #[serde(rename = "hand-over")]
    HandOver,
    /// For one day at most, under a key that is then replaced.
    #[serde(rename = "24h")]
    ADay,
    /// Until the browser tab is closed.
    #[serde(rename = "tab")]
    Tab,
    /// Until the person clears it, on their own device.
    #[serde(rename = "until-cleared")]
    UntilCleared,
    /// Until the next release of the program replaces it.
    #[serde(rename = "release")]
    Release,
    /// As long as the account, or until the person deletes it.
    #[serde(rename = "account")]
    Account,
    /// Until a step that was begun is finished: mostly minutes, and a day at most.
    #[serde(rename = "step<=24h")]
    Step,
    /// Until the session ends, and 30 days at most.
    #[serde(rename = "session<=30d")]
    Session,
    /// Until it is sent, and seven days at most.
    #[serde(rename = "sent<=7d")]
    Sent,
    /// Until 90 days after it was answered.
    #[serde(rename = "answered<=90d")]
    Answered,
    /// Until 90 days after it was answered; for 30 days, where whoever asked does not confirm that they did; for 180 days, where
    /// nobody answers it and no account ends it.
    #[serde(rename = "confirmed+answered<=90d")]
    AnsweredOnceConfirmed,
    /// For seven days at most.
    #[serde(rename = "7d")]
    SevenDays,
    /// For 90 days.
    #[serde(rename = "90d")]
    NinetyDays,
    /// For 30 days.
    #[serde(rename = "30d")]
    ThirtyDays,
    /// Until the other service has said that it knows, which it is asked until then.
    #[serde(rename = "told")]
    Told,
    /// Until the other service was told, and seven days at most.
    #[serde(rename = "told<=7d")]
    ToldAtMostAWeek,
    /// As long as the person has chosen: not at all, 30, 90 or 365 days, or as long as the account.
    #[serde(rename = "choice<=account")]
    Choice,
    /// Until the account is disconnected from the other service.
    #[serde(rename = "connection<=account")]
    Connection,
}

/// Who gets to see something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Visibility {
    /// Only the subject.
    #[serde(rename = "self")]
    Subject,
    /// The members of the room.
    Room,
    /// Everybody.
    Public,
    /// Whoever runs the installation.
    Operator,
    /// Whoever runs the installation, once the subject has allowed it. It follows from `grant`, so no entry says it.
    #[serde(skip_deserializing)]
    OperatorWithGrant,
    /// Nobody: it is only compared.
    Never,
}

/// A place in the browser where a page keeps things.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum StorageKind {
    /// `localStorage`.
    Local,
    /// `sessionStorage`.
    Session,
    /// IndexedDB; keys are database names.
    IndexedDb,
    /// The Cache Storage of the service worker; keys are cache names.
    Cache,
}

impl fmt::Display for StorageKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Local => "local",
            Self::Session => "session",
            Self::IndexedDb => "indexed-db",
            Self::Cache => "cache",
        })
    }
}
