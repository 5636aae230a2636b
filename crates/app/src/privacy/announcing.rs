//! Tells every member what whoever runs the installation owes them: a few letters at a time, so that others still get theirs.

use base::{AccountId, AnnouncementId, BreachId, Entropy, Timestamp};
use outbound::Letter;
use privacy::{Breach, BreachFacts, day, text_key};
use store::{
    AccountRow, AnnouncementRow, AnnouncementStep, BATCH_MAX, MAILS_MAX, NewMail, PolicyOrdinal,
    Store, StoreError,
};
use texts::Language;

use crate::App;
use crate::accounts::new_mail;

/// Rounds of letters that are looked at.
const ROUNDS_MAX: u32 = 8;
/// Letters that may wait when a step begins. The other half of the outbox is for letters that somebody waits for.
const WAITING_MAX: u64 = MAILS_MAX as u64 / 2;

/// What every member is told of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Announced {
    /// The policy says something new.
    Policy,
    /// Data was seen, changed or lost.
    Breach,
}

impl Announced {
    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::Policy => "policy",
            Self::Breach => "breach",
        }
    }
}

/// Begins to tell every member of a breach; false when that was begun before. The server sends the letters.
pub async fn begin_announcement(
    store: &Store,
    breach: BreachId,
    now: Timestamp,
    entropy: &dyn Entropy,
) -> Result<bool, StoreError> {
    let id = AnnouncementId::new(now, entropy);
    let (kind, matter) = (Announced::Breach.as_str(), breach.to_string());
    store.begin_announcement(id, kind, &matter, now).await
}

/// A place behind the account `last` and before `next`: the digits that the two share and the first that they do not. It
/// is nobody's id, so it need not go with anybody.
fn place_between(last: AccountId, next: AccountId) -> AccountId {
    let (before, after) = (last.to_string(), next.to_string());
    let mut pairs = before.bytes().zip(after.bytes());
    let shared = pairs.position(|(one, other)| one != other).unwrap_or(0);
    let digits = after.char_indices().map(|(place, digit)| match digit {
        '-' => digit,
        _ if place > shared => '0',
        _ => digit,
    });
    let place = digits.collect::<String>().parse().unwrap_or(last);
    // Two that part at their last digit leave none, and nobody is to be passed over.
    if place < next { place } else { last }
}

/// What people are told of a breach, in their language.
pub fn breach_letter(breach: &Breach, language: Language) -> Letter {
    let facts = &breach.facts;
    let said = |texts| BreachFacts::in_language(texts, language.tag()).to_owned();
    Letter::Breach {
        event: said(&facts.event),
        kinds: categories(facts, language),
        consequences: said(&facts.consequences),
        measures: said(&facts.measures),
        contact: facts.contact.clone(),
    }
}

/// The kinds of data as people read them.
pub(super) fn categories(facts: &BreachFacts, language: Language) -> String {
    let names = facts.categories.iter();
    let names: Vec<String> = names
        .map(|word| language.say(&text_key("category", word)))
        .collect();
    language.list(&names)
}

/// A letter to the owner of an account, ready for the outbox; none when they have no address.
pub fn mail_to(
    owner: &AccountRow,
    letter: &Letter,
    now: Timestamp,
    entropy: &dyn Entropy,
) -> Option<NewMail> {
    let (to, language) = (owner.email.as_ref()?, language_of(owner));
    let drawn = (now, entropy);
    Some(new_mail(Some(owner.id), to, language.tag(), letter, drawn))
}

/// The language that somebody is written to in.
pub fn language_of(owner: &AccountRow) -> Language {
    Language::asked(owner.profile.language.as_deref()).unwrap_or(Language::English)
}

impl App {
    /// Writes the letters of every round that is under way, as far as the outbox has room.
    pub(crate) async fn announce(&self, now: Timestamp) -> Result<(), StoreError> {
        let rounds = self.inner.store.announcements(ROUNDS_MAX).await?;
        for mut round in rounds {
            while round.completed_at.is_none() {
                if self.inner.store.mail_count().await? >= WAITING_MAX {
                    return Ok(());
                }
                round = self.announce_some(round, now).await?;
            }
        }
        Ok(())
    }

    /// One step of a round: the letters to the next members.
    async fn announce_some(
        &self,
        round: AnnouncementRow,
        now: Timestamp,
    ) -> Result<AnnouncementRow, StoreError> {
        let store = &self.inner.store;
        let mut members = store.accounts(round.passed, BATCH_MAX).await?;
        let is_last = members.len() < BATCH_MAX as usize;
        // Whoever comes first in the next step shows where that begins.
        let next = if is_last { None } else { members.pop() };
        let whole = members.last().zip(next);
        let passed = whole.map(|(last, next)| place_between(last.id, next.id));
        let said = self.said_in(&round).await?;
        let told = self.concerned(&round, members).await?;
        let mails = told.iter().filter_map(|owner| {
            let letter = said.as_ref()?.letter(owner)?;
            mail_to(owner, &letter, now, self.entropy())
        });
        let step = AnnouncementStep {
            mails: mails.collect(),
            passed,
            at: now,
        };
        let is_ours = store.step_announcement(&round, &step).await?;
        self.inner.accounts.mail_waits.notify_one();
        // A step that another node took ends the turn of this one; the next turn reads anew.
        let is_over = is_last || !is_ours;
        Ok(AnnouncementRow {
            passed: step.passed,
            completed_at: is_over.then_some(now),
            ..round
        })
    }

    /// Those of `members` whom a round concerns: who came later has agreed to the policy as it is, or was not there yet.
    async fn concerned(
        &self,
        round: &AnnouncementRow,
        mut members: Vec<AccountRow>,
    ) -> Result<Vec<AccountRow>, StoreError> {
        let publication = match round.kind == Announced::Policy.as_str() {
            true => round.matter.parse().ok().map(PolicyOrdinal::new),
            false => None,
        };
        match (publication, members.first(), members.last()) {
            (Some(ordinal), Some(first), Some(last)) => {
                let store = &self.inner.store;
                let told = store.who_agreed_before(ordinal, first.id, last.id).await?;
                members.retain(|it| told.contains(&it.id));
            }
            _ => members.retain(|it| it.created_at <= round.begun_at),
        }
        Ok(members)
    }

    /// What a round says; nothing when it is about what is not known here any more.
    async fn said_in(&self, round: &AnnouncementRow) -> Result<Option<Said>, StoreError> {
        if round.kind == Announced::Policy.as_str() {
            return Ok(Some(Said::Policy {
                day: day(round.begun_at),
            }));
        }
        let Ok(id) = round.matter.parse::<BreachId>() else {
            return Ok(None);
        };
        let breach = self.inner.store.breach(id).await?;
        Ok(breach.map(Box::new).map(Said::Breach))
    }
}

enum Said {
    Policy { day: String },
    Breach(Box<Breach>),
}

impl Said {
    /// What it says to one member. Whoever had their data limited is told of a breach alone: that is owed to them.
    fn letter(&self, owner: &AccountRow) -> Option<Letter> {
        match self {
            Self::Policy { .. } if owner.restricted_at.is_some() => None,
            Self::Policy { day } => Some(Letter::PolicyChanged { day: day.clone() }),
            Self::Breach(breach) => Some(breach_letter(breach, language_of(owner))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(text: &str) -> AccountId {
        text.parse().unwrap()
    }

    #[test]
    fn how_far_a_round_has_come_is_nobody_s_id_and_passes_nobody_over() {
        for (last, next, place) in [
            (
                "019a0000-1111-7abc-8123-456789abcdef",
                "019a0000-2fff-7abc-8123-456789abcdef",
                "019a0000-2000-0000-0000-000000000000",
            ),
            (
                "019a0000-1111-7abc-8123-456789abcdef",
                "019a0000-1111-7abc-9123-456789abcdef",
                "019a0000-1111-7abc-9000-000000000000",
            ),
        ] {
            let (last, next, place) = (id(last), id(next), id(place));
            assert_eq!(place_between(last, next), place);
            assert!(last < place && place < next);
        }
        let [last, next] =
            ["0", "1"].map(|digit| id(&format!("019a0000-1111-7abc-8123-45678900000{digit}")));
        assert_eq!(place_between(last, next), last, "there is no place");
    }

    #[test]
    fn how_far_a_round_has_come_lies_between_two_of_one_moment() {
        let now = Timestamp::from_unix_ms(1_795_000_000_000);
        for _ in 0..100 {
            let mut two = [(); 2].map(|()| AccountId::new(now, &base::OsEntropy));
            two.sort_unstable();
            let place = place_between(two[0], two[1]);
            assert!(two[0] < place && place < two[1]);
        }
    }
}
