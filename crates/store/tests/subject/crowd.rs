//! Five people with rows in every table that the inventory declares, made from the inventory alone.

use std::collections::BTreeMap;

use base::{AccountId, OsEntropy, Secret};
use privacy::{Deed, ErasureStep, Name, NameKind, Subject};
use store::{inventory, plans};

use crate::NOW;
use crate::home::Home;

pub(crate) const PEOPLE: usize = 5;
/// Rows of one person in one table, at most.
const ROWS_MAX: u64 = 3;

pub(crate) struct Person {
    pub(crate) number: usize,
    account: AccountId,
    principal: String,
    key: [u8; 32],
}

impl Person {
    fn new(number: usize) -> Self {
        let byte = u8::try_from(number).unwrap() + 0xa0;
        Self {
            number,
            account: AccountId::new(NOW, &OsEntropy),
            principal: format!("{byte:02x}").repeat(32),
            key: [byte; 32],
        }
    }

    pub(crate) fn subject(&self) -> Subject {
        Subject::of_account(self.account)
            .with_principal(self.principal.clone())
            .with_device_key(&Secret::new(self.key))
    }

    fn canary(&self) -> String {
        format!("canary-{}-", self.number)
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
        let is_room = text.starts_with(&format!("room-{}-", self.number));
        let is_name = text == self.account.to_string() || text == self.principal;
        text.starts_with(&self.canary()) || is_room || is_name
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
    pub(crate) people: Vec<Person>,
}

impl Crowd {
    /// Five people with at least one row in each table, and more by chance.
    pub(crate) async fn settle(home: &Home, seed: u64) -> Self {
        let people: Vec<Person> = (0..PEOPLE).map(Person::new).collect();
        let mut chance = Chance(seed);
        // As many in each table: a row that belongs to another one has that one.
        let rows: Vec<u64> = people.iter().map(|_| chance.below(ROWS_MAX)).collect();
        let mut sql = String::new();
        for step in &plans().erasure.steps {
            let table = &step.holding.table;
            let columns = Home::columns(table).await;
            for (person, last) in people.iter().zip(&rows) {
                for row in 0..=*last {
                    let values = columns.iter().map(|(column, kind)| {
                        let value = value(person, step, column, kind, row, &mut chance);
                        (column.clone(), value.sql(home))
                    });
                    let values: BTreeMap<String, String> = values.collect();
                    let names: Vec<&str> = values.keys().map(String::as_str).collect();
                    let literals: Vec<&str> = values.values().map(String::as_str).collect();
                    let (names, literals) = (names.join(", "), literals.join(", "));
                    sql += &format!(
                        "INSERT INTO {table} ({names}) VALUES ({literals}) ON CONFLICT DO NOTHING;\n"
                    );
                }
            }
        }
        home.tamper(sql).await;
        Self { people }
    }

    pub(crate) fn person(&self, number: usize) -> &Person {
        &self.people[number]
    }
}

/// What stands in one column of one row of one person.
fn value(
    person: &Person,
    step: &ErasureStep,
    column: &str,
    kind: &str,
    row: u64,
    chance: &mut Chance,
) -> Literal {
    for path in &step.holding.paths {
        match path.joins.first() {
            None if path.column == column => return person.name(path.kind),
            // The row of the other table with the same number is theirs as well. What it is called, as a room of others,
            // says nothing of them.
            Some(join) if join.column == column => {
                return Literal::Text(format!("room-{}-{row}", person.number));
            }
            _ => {}
        }
    }
    let is_joined = plans().erasure.steps.iter().any(|other| {
        let paths = other.holding.paths.iter();
        let mut joins = paths.flat_map(|path| &path.joins);
        joins.any(|join| join.table == step.holding.table && join.their_column == column)
    });
    let table = &step.holding.table;
    // Rows that stay without their subject stay with what concerns nobody.
    let is_theirs = !matches!(step.deed, Deed::Empty(_))
        || inventory().table[table].column[column].is_personal();
    match kind {
        _ if step.deed == Deed::Rewrite(column.to_owned()) => Literal::Text("{}".to_owned()),
        "text" if is_joined => Literal::Text(format!("room-{}-{row}", person.number)),
        "text" if !is_theirs => Literal::Text(format!("nobody-{}-{column}-{row}", person.number)),
        "bytea" if !is_theirs => {
            Literal::Bytes(format!("nobody-{}-{column}-{row}", person.number).into_bytes())
        }
        "text" => Literal::Text(format!("{}{table}-{column}-{row}", person.canary())),
        "bytea" => {
            Literal::Bytes(format!("{}{table}-{column}-{row}", person.canary()).into_bytes())
        }
        "boolean" => Literal::Word(chance.below(2) == 0),
        _ => Literal::Number(chance.below(1_000_000)),
    }
}

enum Literal {
    Text(String),
    Bytes(Vec<u8>),
    Number(u64),
    Word(bool),
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
        }
    }
}

/// Numbers that look random, the same for each seed (Knuth's linear congruential generator).
struct Chance(u64);

impl Chance {
    fn below(&mut self, end: u64) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % end
    }
}

#[test]
fn a_subject_is_known_by_all_its_names() {
    let subject = Person::new(1).subject();
    for kind in [NameKind::Account, NameKind::Principal, NameKind::DeviceKey] {
        let names: Vec<Name> = subject.names(kind);
        assert_eq!(names.len(), 1);
    }
}
