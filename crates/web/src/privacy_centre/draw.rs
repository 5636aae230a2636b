//! The page of the centre, drawn.

use app::{App, ErasureReceipt};
use askama::Template;
use base::TicketId;
use privacy::{day, text_key, word};

use super::acts::{Asking, EVERY};
use super::again::{Again, Refused};
use super::asked::Looker;
use super::forms::{self, Ask, Correct};
use super::grants::{self, Given, Offer};
use super::held::{self, Hidden, Reason};
use super::{Member, PATH, Step};
use crate::links::Tongue;
use crate::shell::Shell;
use crate::texts::Language;
use crate::{Web, embed};

/// The parts of a member's page, by their mark in the address.
const PLACES: [(&str, &str); 10] = [
    ("held", "centre-held"),
    ("copy", "centre-copy"),
    ("correct", "centre-correct"),
    ("restrict", "centre-restrict"),
    ("object", "centre-object"),
    ("consents", "centre-consents"),
    ("grants", "centre-grants"),
    ("browser", "centre-browser"),
    ("requests", "centre-requests"),
    ("leave", "centre-leave"),
];

#[derive(Template)]
#[template(path = "privacy/centre.html")]
struct Centre<'a> {
    shell: Shell,
    t: Language,
    title: String,
    script: Option<String>,
    places: [(&'static str, &'static str); 10],
    done: Option<String>,
    refused: Option<Refused>,
    member: Option<OfMember<'a>>,
    /// A request by mail that waits for its code.
    request: Option<Unconfirmed<'a>>,
    /// Missing where nobody could be answered.
    ask: Option<Ask<'a>>,
    /// Whether a code can be mailed to who asks without an account.
    has_mail: bool,
    stored: Vec<Stored>,
    authority: &'a str,
}

/// What the page shows of a member.
struct OfMember<'a> {
    name: String,
    reasons: Vec<Reason>,
    hidden: Vec<Hidden>,
    proof: ProofFields,
    correct: Correct<'a>,
    is_restricted: bool,
    objections: Vec<Objection>,
    consents: Vec<Consent>,
    requests: Vec<Asked>,
    grants: Vec<Given>,
    offer: Offer,
    events: Vec<Event>,
    /// The day on which all of it goes, if that is planned.
    leaves_on: Option<String>,
    /// What was typed so that nobody leaves by a slip.
    word: &'a str,
    /// The kind of rows that was to go, and what was typed for it.
    kind: Option<(&'a str, &'a str)>,
}

impl OfMember<'_> {
    /// What was typed so that the rows of this table go, if that was refused.
    fn word_for(&self, table: &str) -> Option<&str> {
        let (refused, word) = self.kind?;
        (refused == table).then_some(word)
    }

    /// Whether a form in it was refused.
    fn is_open(&self, reason: &Reason) -> bool {
        let mut tables = reason.tables.iter();
        tables.any(|table| table.has_items && self.word_for(table.name).is_some())
    }
}

/// What was asked for, and the step that waits for its code.
struct Unconfirmed<'a> {
    ticket: TicketId,
    kind: &'a str,
    message: &'a str,
    email: &'a str,
}

/// How somebody shows again that it is them.
struct ProofFields {
    is_needed: bool,
    has_password: bool,
    has_mail: bool,
    ticket: Option<TicketId>,
}

struct Objection {
    purpose: String,
    title: String,
    since: Option<String>,
    ends_at_once: bool,
}

struct Consent {
    matter: &'static str,
    recipient: &'static str,
    /// What counts now, in words.
    standing: String,
    choices: Vec<String>,
}

struct Asked {
    title: String,
    asked: String,
    due: String,
    /// What came of it, or how much time is left.
    standing: String,
    is_late: bool,
}

struct Event {
    at: String,
    text: String,
}

/// What this browser may keep, by its name.
struct Stored {
    kind: String,
    name: String,
    what: String,
    why: String,
    how_long: String,
}

pub(super) fn page(
    web: &Web,
    member: Option<&Member>,
    step: &Step,
    again: Option<&Again>,
    looker: &Looker,
) -> String {
    let t = looker.tongue.language;
    let known = EVERY.iter().map(|done| done.word);
    let done = looker.done.as_deref();
    let done = known.into_iter().find(|word| Some(*word) == done);
    let settings = &web.inner.settings;
    let has_mail = web.inner.app.mails_codes();
    let asking = again.and_then(Again::asking);
    let may_ask = member.is_some() || has_mail || asking.is_some();
    let page = Centre {
        shell: Shell::new(PATH, t, looker.tongue.is_asked),
        t,
        title: t.say("centre-document-title"),
        places: PLACES,
        script: crate::assets::built("privacy-page-", ".js"),
        done: done.map(|word| t.say(&format!("centre-done-{word}"))),
        refused: again.map(|again| again.refused(t)),
        member: member.map(|member| of_member(member, step, again, web, t)),
        request: match step {
            Step::Request(ticket, asking) => Some(unconfirmed(*ticket, asking)),
            _ => None,
        },
        ask: may_ask.then(|| forms::ask(asking, member.is_some(), t)),
        has_mail,
        stored: stored(t),
        authority: &settings.authority_url,
    };
    page.render().expect("a page is written into memory")
}

fn unconfirmed(ticket: TicketId, asking: &Asking) -> Unconfirmed<'_> {
    Unconfirmed {
        ticket,
        kind: &asking.kind,
        message: asking.message.expose(),
        email: asking.email.as_ref().map_or("", |it| it.expose()),
    }
}

fn of_member<'a>(
    member: &'a Member,
    step: &Step,
    again: Option<&'a Again>,
    web: &Web,
    t: Language,
) -> OfMember<'a> {
    let account = &member.account;
    let name = account.user_name.as_ref().or(account.email.as_ref());
    let offered = embed::offered(&web.inner.settings);
    let consents = member.consents.iter();
    let consents = consents.filter(|consent| offered.contains(&consent.matter));
    let corrected = again.and_then(Again::correction).map(Into::into);
    OfMember {
        name: name.map_or_else(String::new, |name| name.expose().clone()),
        reasons: held::reasons(&member.holdings.held, t),
        hidden: held::hidden(&member.holdings.unshown, t),
        proof: proof(member, step),
        correct: forms::correct(corrected.unwrap_or_else(|| account.into()), t),
        is_restricted: account.is_restricted,
        objections: member
            .objections
            .iter()
            .map(|it| objection(it, t))
            .collect(),
        consents: consents.map(|it| consent(it, t)).collect(),
        requests: member.requests.iter().map(|it| asked(it, t)).collect(),
        grants: member
            .grants
            .iter()
            .map(|it| grants::given(it, t))
            .collect(),
        offer: grants::offer(again.and_then(Again::allowance), t),
        events: member.events.iter().map(|it| event(it, t)).collect(),
        leaves_on: account.erase_at.map(day),
        word: again.and_then(Again::word).unwrap_or_default(),
        kind: again.and_then(Again::kind),
    }
}

fn proof(member: &Member, step: &Step) -> ProofFields {
    ProofFields {
        is_needed: !member.is_proved,
        has_password: member.account.ways_in.has_password,
        has_mail: member.has_mail,
        ticket: match step {
            Step::Proof(ticket) => Some(*ticket),
            _ => None,
        },
    }
}

fn objection(view: &app::ObjectionView, t: Language) -> Objection {
    let purpose = word(&view.purpose);
    Objection {
        title: t.say(&text_key("purpose", &purpose)),
        purpose,
        since: view
            .since
            .map(|at| t.with("centre-object-since", "day", day(at))),
        ends_at_once: view.ends_at_once,
    }
}

fn consent(view: &app::ConsentView, t: Language) -> Consent {
    let choices = view.choices.iter().map(|choice| {
        let key = match choice.is_given {
            true => "centre-consent-given",
            false => "centre-consent-refused",
        };
        t.with(key, "day", day(choice.made_at))
    });
    Consent {
        matter: view.matter,
        recipient: view.recipient,
        standing: t.say(match view.is_given() {
            None => "centre-consent-is-open",
            Some(true) => "centre-consent-is-given",
            Some(false) => "centre-consent-is-refused",
        }),
        choices: choices.collect(),
    }
}

fn asked(view: &app::RequestView, t: Language) -> Asked {
    use privacy::Urgency::{Calm, Late, Now, Soon};
    let standing = match (view.answered_at, view.urgency) {
        (Some(at), _) => t.with("centre-request-answered", "day", day(at)),
        (None, Some(Late)) => t.say("centre-request-late"),
        (None, Some(Soon | Now)) => t.say("centre-request-soon"),
        (None, Some(Calm) | None) => t.say("centre-request-waits"),
    };
    Asked {
        title: t.say(&forms::kind_key(view.kind)),
        asked: day(view.asked_at),
        due: day(view.due_at),
        standing,
        is_late: view.urgency == Some(Late),
    }
}

/// What happened, by its kind; those that this page has no words for are called by their own name.
fn event(view: &app::SecurityEventView, t: Language) -> Event {
    let text = match view.kind.as_str() {
        kind @ ("signed-in"
        | "signed-in-on-new-device"
        | "sessions-ended"
        | "password-changed"
        | "password-removed"
        | "passkey-added"
        | "passkey-removed"
        | "totp-added"
        | "totp-removed"
        | "recovery-codes-made"
        | "recovery-code-used"
        | "email-changed"
        | "upstream-linked"
        | "upstream-removed"
        | "copy-taken"
        | "restricted"
        | "restriction-lifted"
        | "erasure-planned"
        | "erasure-taken-back") => t.say(&format!("centre-event-{kind}")),
        other => other.to_owned(),
    };
    Event {
        at: day(view.at),
        text: format!("{text} · {}", view.device),
    }
}

/// What this browser may keep, from the inventory.
fn stored(t: Language) -> Vec<Stored> {
    let kinds = App::inventory().browser_storage.iter();
    let stored =
        kinds.flat_map(|(kind, keys)| keys.iter().map(move |(key, rule)| (kind, key, rule)));
    let stored = stored.map(|(kind, name, rule)| Stored {
        kind: kind.to_string(),
        name: name.clone(),
        what: t.say(&text_key("category", &word(&rule.category))),
        why: t.say(&text_key("purpose", &word(&rule.purpose))),
        how_long: t.say(&text_key("retention", &word(&rule.retention))),
    });
    stored.collect()
}

#[derive(Template)]
#[template(path = "privacy/gone.html")]
struct GonePage {
    shell: Shell,
    t: Language,
    title: String,
    receipt: String,
    day: String,
    counts: Vec<(String, u64)>,
}

/// The receipt of who has left.
pub(super) fn gone(receipt: &ErasureReceipt, tongue: Tongue) -> String {
    let t = tongue.language;
    let counts = receipt.counts.iter();
    let page = GonePage {
        shell: Shell::new(PATH, t, tongue.is_asked),
        t,
        title: t.say("centre-document-title"),
        receipt: receipt.id.to_string(),
        day: day(receipt.at),
        counts: counts.map(|(table, rows)| (table.clone(), *rows)).collect(),
    };
    page.render().expect("a page is written into memory")
}

#[derive(Template)]
#[template(path = "privacy/again.html")]
struct AgainPage<'a> {
    shell: Shell,
    t: Language,
    title: String,
    refused: Refused,
    ask: Option<Ask<'a>>,
    correct: Option<Correct<'a>>,
}

/// A refused form without what is around it. Of a form with no text of somebody's own, the refusal is enough.
pub(super) fn alone(again: &Again, tongue: Tongue) -> String {
    let t = tongue.language;
    let refused = again.refused(t);
    let ask = again.asking().map(|asking| {
        let has_account = asking.email.is_none();
        forms::ask(Some(asking), has_account, t)
    });
    let correct = again.correction();
    let page = AgainPage {
        shell: Shell::new(PATH, t, tongue.is_asked),
        t,
        title: t.with("pages-document-title", "title", refused.title.as_str()),
        refused,
        ask,
        correct: correct.map(|correction| forms::correct(correction.into(), t)),
    };
    page.render().expect("a page is written into memory")
}
