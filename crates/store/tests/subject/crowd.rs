//! Five people with rows in every table that the inventory declares, made from the inventory alone.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};

use base::{AccountId, Entropy, RoomId, Secret};
use privacy::{Deed, ErasureStep, Name, NameKind, Subject};
use store::{inventory, plans};

use crate::NOW;
use crate::home::Home;
use crate::together;

pub(crate) const PEOPLE: usize = 5;
/// Rows of one person in one table, at most.
const ROWS_MAX: u64 = 3;
/// The tables of rooms with a queue, whose rows come of what people do there.
const OF_ROOMS: [&str; 3] = ["room_states", "room_events", "room_people"];

pub(crate) struct Person {
    pub(crate) number: usize,
    seed: u64,
    account: AccountId,
    pub(crate) principal: String,
    key: [u8; 32],
}

impl Person {
    fn new(number: usize, seed: u64, chance: &Chance) -> Self {
        let digits = chance.bytes32();
        Self {
            number,
            seed,
            account: AccountId::new(NOW, chance),
            principal: digits.iter().map(|byte| format!("{byte:02x}")).collect(),
            key: chance.bytes32(),
        }
    }

    pub(crate) fn subject(&self) -> Subject {
        Subject::of_account(self.account)
            .with_principal(self.principal.clone())
            .with_device_key(&Secret::new(self.key))
    }

    /// What each of their values begins with. The rest of it is another one each time.
    pub(crate) fn canary(&self) -> String {
        format!("canary-{}-{}-", self.seed, self.number)
    }

    /// What must not be found once they are erased, and all of it while they are not.
    pub(crate) fn traces(&self) -> [Vec<u8>; 4] {
        [
            self.canary().into_bytes(),
            self.account.to_string().into_bytes(),
            self.principal.clone().into_bytes(),
            self.key.to_vec(),
        ]
    }

    /// Whether a text in a copy is one of theirs.
    pub(crate) fn owns(&self, text: &str) -> bool {
        let is_row = text.starts_with(&format!("row-{}-", self.number));
        let is_name = text == self.account.to_string() || text == self.principal;
        text.starts_with(&self.canary()) || is_row || is_name
    }

    /// Whether a value of a row is one of their names.
    pub(crate) fn is_named(&self, value: &[u8]) -> bool {
        let [_, names @ ..] = self.traces();
        names.iter().any(|name| name == value)
    }

    fn name(&self, kind: NameKind) -> Literal {
        match kind {
            NameKind::Account => Literal::Text(self.account.to_string()),
            NameKind::Principal => Literal::Text(self.principal.clone()),
            NameKind::DeviceKey => Literal::Bytes(self.key.to_vec()),
        }
    }
}

pub(crate) struct Crowd {
    pub(crate) seed: u64,
    pub(crate) people: Vec<Person>,
}

impl Crowd {
    /// Five people with at least one row in each table, and more by chance. Where a row is of two, the other one is any of
    /// the five. Each of them has opened a room in which all may have been.
    pub(crate) async fn settle(home: &Home, seed: u64) -> Self {
        let chance = Chance(AtomicU64::new(seed));
        let people: Vec<Person> = (0..PEOPLE)
            .map(|it| Person::new(it, seed, &chance))
            .collect();
        let crowd = Self { seed, people };
        // As many in each table: a row that belongs to another one has that one.
        let rows: Vec<u64> = crowd
            .people
            .iter()
            .map(|_| chance.below(ROWS_MAX))
            .collect();
        let mut sql = String::new();
        let steps = plans().erasure.steps.iter();
        for step in steps.filter(|step| !OF_ROOMS.contains(&&*step.holding.table)) {
            let table = &step.holding.table;
            let columns = &Home::columns().await[table];
            for (person, last) in crowd.people.iter().zip(&rows) {
                for row in 0..=*last {
                    let place = Place { step, person, row };
                    let values = columns.iter().map(|(column, kind)| {
                        let value = crowd.value(&place, column, kind, &chance);
                        (column.clone(), value.sql(home))
                    });
                    let values: BTreeMap<String, String> = values.collect();
                    sql += &insertion(table, &values);
                    if table == "rooms" && row == 0 {
                        let id = values["id"].trim_matches('\'').to_owned();
                        sql += &together::room_of(person, &id, &crowd, &chance);
                    }
                }
            }
        }
        home.tamper(sql).await;
        crowd
    }

    pub(crate) fn person(&self, number: usize) -> &Person {
        &self.people[number]
    }

    /// What stands in one column of one row.
    fn value(&self, place: &Place<'_>, column: &str, kind: &str, chance: &Chance) -> Literal {
        let Place { step, person, row } = *place;
        if let Some(name) = self.name_in(place, column, chance) {
            return name;
        }
        let table = step.holding.table.as_str();
        // Rows that stay without their subject stay with what concerns nobody.
        let is_theirs = !matches!(step.deed, Deed::Empty(_))
            || inventory().table[table].column[column].is_personal();
        let whose = match is_theirs {
            true => person.canary(),
            false => format!("nobody-{}-{}-", person.seed, person.number),
        };
        match (table, column, kind) {
            // Rooms are looked for by their ids, and those that are open.
            ("rooms", "id", _) => Literal::Text(RoomId::new(NOW, chance).to_string()),
            ("rooms", "closed_at", _) => Literal::None,
            (_, _, "text") if is_joined(table, column) => Literal::Text(row_of(person, row)),
            (_, _, "text") => Literal::Text(format!("{whose}{table}-{column}-{row}")),
            (_, _, "bytea") => {
                Literal::Bytes(format!("{whose}{table}-{column}-{row}").into_bytes())
            }
            (_, _, "boolean") => Literal::Word(chance.below(2) == 0),
            _ => Literal::Number(chance.below(1_000_000)),
        }
    }

    /// Who or which row of theirs is named in this column, if any is: by the first of a row's owners the person, by the
    /// others anybody.
    fn name_in(&self, place: &Place<'_>, column: &str, chance: &Chance) -> Option<Literal> {
        let Place { step, person, row } = *place;
        let paths = &step.holding.paths;
        let mut joins = paths.iter().filter_map(|path| path.joins.first());
        if joins.any(|join| join.column == column) {
            return Some(Literal::Text(row_of(person, row)));
        }
        let first = &paths[0];
        let named = paths.iter().filter(|path| path.joins.is_empty());
        let kinds: Vec<NameKind> = named
            .filter(|path| path.column == column)
            .map(|path| path.kind)
            .collect();
        let whose = match first.column == column {
            true => person,
            false => &self.people[chance.below(PEOPLE as u64) as usize],
        };
        let kind = kinds.get(chance.below(kinds.len().max(1) as u64) as usize)?;
        Some(whose.name(*kind))
    }
}

/// Where a value stands.
struct Place<'p> {
    step: &'p ErasureStep,
    person: &'p Person,
    row: u64,
}

/// The row with this number, in a table by whose rows others belong to somebody. What it is called says nothing of them.
fn row_of(person: &Person, row: u64) -> String {
    format!("row-{}-{row}", person.number)
}

/// Whether rows of other tables belong to somebody by way of this column.
fn is_joined(table: &str, column: &str) -> bool {
    plans().erasure.steps.iter().any(|other| {
        let paths = other.holding.paths.iter();
        let mut joins = paths.flat_map(|path| &path.joins);
        joins.any(|join| join.table == table && join.their_column == column)
    })
}

/// One row, unless there is one like it.
pub(crate) fn insertion(table: &str, values: &BTreeMap<String, String>) -> String {
    let names: Vec<&str> = values.keys().map(String::as_str).collect();
    let literals: Vec<&str> = values.values().map(String::as_str).collect();
    let (names, literals) = (names.join(", "), literals.join(", "));
    format!("INSERT INTO {table} ({names}) VALUES ({literals}) ON CONFLICT DO NOTHING;\n")
}

enum Literal {
    Text(String),
    Bytes(Vec<u8>),
    Number(u64),
    Word(bool),
    None,
}

impl Literal {
    fn sql(&self, home: &Home) -> String {
        match self {
            Self::Text(text) => format!("'{text}'"),
            Self::Bytes(bytes) => {
                let digits: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
                match home {
                    Home::Sqlite(_) => format!("x'{digits}'"),
                    Home::Postgresql(_) => format!("'\\x{digits}'"),
                }
            }
            Self::Number(number) => number.to_string(),
            Self::Word(word) => word.to_string(),
            Self::None => "NULL".to_owned(),
        }
    }
}

/// Numbers that look random, the same for each seed (Knuth's linear congruential generator).
pub(crate) struct Chance(AtomicU64);

impl Chance {
    /// The high half of the next number: the low one repeats itself.
    fn next(&self) -> u64 {
        let next = self.0.load(Ordering::Relaxed);
        let next = next
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        self.0.store(next, Ordering::Relaxed);
        next >> 33
    }

    pub(crate) fn below(&self, end: u64) -> u64 {
        self.next() % end
    }
}

impl Entropy for Chance {
    fn fill(&self, buffer: &mut [u8]) {
        buffer.fill_with(|| self.next().to_le_bytes()[1]);
    }
}

#[test]
fn a_subject_is_known_by_all_its_names() {
    let subject = Person::new(1, 1, &Chance(AtomicU64::new(1))).subject();
    for kind in [NameKind::Account, NameKind::Principal, NameKind::DeviceKey] {
        let names: Vec<Name> = subject.names(kind);
        assert_eq!(names.len(), 1);
    }
}
