//! Five people live by chance, and one of them is erased: nothing of theirs is left, and all of the others' is.

use std::collections::BTreeSet;

use privacy::{Deed, Plans};
use store::{Store, inventory, plans};

use crate::crowd::{Crowd, PEOPLE, Person};
use crate::home::{Home, Row};
use crate::{erase, erase_rows_alone, on_both_databases, together};

/// Seeds of the lives that are tried on each database.
const LIVES: std::ops::RangeInclusive<u64> = 1..=24;

/// What goes with somebody although it is of others too, by name, as the inventory says: a follow is of two; a room ends
/// with whoever opened it; what was told in a room is told to nobody any more, because it repeats what the room keeps; and
/// who left that room before is known there only for as long as that was told.
const GOES_WITH: [&str; 6] = [
    "follows",
    "rooms",
    "room_states",
    "room_people",
    "room_invites",
    "room_events",
];

on_both_databases! {
    /// Promises S30, S37, T37, Y37, Y43
    an_erased_person_leaves_nothing_and_takes_nothing_of_others,
}

async fn an_erased_person_leaves_nothing_and_takes_nothing_of_others(home: Home) {
    for seed in LIVES {
        let store = home.store().await;
        let crowd = Crowd::settle(&home, seed).await;
        let gone = &crowd.people[seed as usize % PEOPLE];
        let before = Everything::of(&home).await;
        before.assert_everybody_is_everywhere(&crowd);
        let erased = erase(&store, &gone.subject()).await;
        assert!(!erased.is_empty(), "seed {seed}");
        let counts = store.counts_of(&gone.subject()).await.unwrap();
        assert!(counts.is_empty(), "seed {seed}: {counts:?}");
        let faults = faults(&home, &before, &crowd, gone).await;
        assert!(faults.is_empty(), "seed {seed}: {faults:#?}");
        store.close().await;
        home.empty().await;
    }
}

/// All rows of a database at one moment.
struct Everything(std::collections::BTreeMap<String, Vec<Row>>);

impl Everything {
    async fn of(home: &Home) -> Self {
        Self(home.rows().await)
    }

    fn rows(&self) -> impl Iterator<Item = (&str, &Row)> {
        let tables = self.0.iter();
        tables.flat_map(|(table, rows)| rows.iter().map(move |row| (table.as_str(), row)))
    }

    /// So that none of the five could be missed.
    fn assert_everybody_is_everywhere(&self, crowd: &Crowd) {
        assert!(self.wishes(&BTreeSet::new()).len() > PEOPLE);
        for step in &plans().erasure.steps {
            let table = &step.holding.table;
            for person in &crowd.people {
                let number = person.number;
                let mut rows = self.0[table].iter();
                assert!(rows.any(|row| is_about(person, row)), "{number}: {table}");
            }
        }
    }

    /// Where which values stand that must not be lost: canaries of the others, and what concerns nobody.
    fn values(&self, crowd: &Crowd, gone: &Person) -> BTreeSet<(String, String)> {
        let prefixes = ["canary", "nobody"].map(|kind| format!("{kind}-{}-", crowd.seed));
        let mut found = BTreeSet::new();
        for (table, row) in self.rows() {
            for (column, value) in row {
                let words = prefixes.iter().flat_map(|prefix| words(value, prefix));
                let of_others = words.filter(|word| !word.starts_with(&gone.canary()));
                found.extend(of_others.map(|word| (format!("{table}.{column}"), word)));
            }
        }
        found
    }

    fn wishes(&self, ended: &BTreeSet<Vec<u8>>) -> BTreeSet<String> {
        let rows = self.0["room_states"].iter();
        let others = rows.filter(|row| !ended.contains(&row["room_id"]));
        together::wishes(others.map(|row| row["state"].as_slice()))
    }
}

/// The rooms that one person has to do with.
struct Rooms {
    /// They opened them, or their device did.
    ended: BTreeSet<Vec<u8>>,
    /// They are, or were lately, in them.
    visited: BTreeSet<Vec<u8>>,
}

impl Rooms {
    fn of(gone: &Person, before: &Everything) -> Self {
        let opened = before.0["rooms"].iter();
        let opened = opened.filter(|row| is_named(gone, row, &["account_id", "host_key_hash"]));
        let visited = before.0["room_people"].iter();
        let visited = visited.filter(|row| is_named(gone, row, &["principal"]));
        Self {
            ended: opened.map(|row| row["id"].clone()).collect(),
            visited: visited.map(|row| row["room_id"].clone()).collect(),
        }
    }

    /// Whether a row goes with them although it is of others too.
    fn go_with(&self, gone: &Person, table: &str, row: &Row) -> bool {
        if !GOES_WITH.contains(&table) {
            return false;
        }
        let ended = |row: &Row| self.ended.contains(&row["room_id"]);
        let visited = |row: &Row| self.visited.contains(&row["room_id"]);
        match table {
            "follows" => is_named(gone, row, &["account_id", "host_id"]),
            "rooms" => is_named(gone, row, &["account_id", "host_key_hash"]),
            // An invite ends with whoever has made it.
            "room_events" | "room_invites" => ended(row) || visited(row),
            "room_people" => ended(row) || visited(row) && !row["gone_at"].is_empty(),
            _ => ended(row),
        }
    }
}

/// What is wrong now that somebody is erased.
async fn faults(home: &Home, before: &Everything, crowd: &Crowd, gone: &Person) -> Vec<String> {
    let after = Everything::of(home).await;
    let rooms = Rooms::of(gone, before);
    let mut faults = Vec::new();
    for (table, row) in after.rows().filter(|(_, row)| is_about(gone, row)) {
        faults.push(format!("{table} still has {}", shown(row)));
    }
    for trace in gone.traces() {
        if home.holds(&trace) == Some(true) {
            let trace = String::from_utf8_lossy(&trace);
            faults.push(format!("the files still have {trace}"));
        }
    }
    // A row in which nothing names them stays as it was, but for the rooms that forget them.
    for (table, row) in before.rows() {
        let is_rewritten = table == "room_states" && rooms.visited.contains(&row["room_id"]);
        let may_change = is_rewritten || is_about(gone, row) || rooms.go_with(gone, table, row);
        if !may_change && !after.0[table].contains(row) {
            faults.push(format!("{table} has lost, or changed, {}", shown(row)));
        }
    }
    let went: Vec<(&str, &Row)> = before
        .rows()
        .filter(|(table, row)| rooms.go_with(gone, table, row))
        .collect();
    let kept = after.values(crowd, gone);
    for (place, word) in before.values(crowd, gone).difference(&kept) {
        let mut with_them = went.iter().filter(|(table, _)| is_in(table, place));
        if !with_them.any(|(_, row)| row.values().any(|value| has(value, word.as_bytes()))) {
            faults.push(format!("{place} has lost {word}"));
        }
    }
    let wishes = after.wishes(&rooms.ended);
    for wish in before.wishes(&rooms.ended).difference(&wishes) {
        faults.push(format!("a room has lost {wish}"));
    }
    faults
}

fn is_in(table: &str, place: &str) -> bool {
    place.split_once('.').is_some_and(|(of, _)| of == table)
}

fn is_named(person: &Person, row: &Row, columns: &[&str]) -> bool {
    columns.iter().any(|column| person.is_named(&row[*column]))
}

/// Whether anything in the row is theirs, or one of their names.
fn is_about(person: &Person, row: &Row) -> bool {
    let traces = person.traces();
    row.values()
        .any(|value| traces.iter().any(|trace| has(value, trace)))
}

fn has(value: &[u8], trace: &[u8]) -> bool {
    value.windows(trace.len()).any(|window| window == trace)
}

/// The words in a value that begin so.
fn words(value: &[u8], prefix: &str) -> Vec<String> {
    let text = String::from_utf8_lossy(value).into_owned();
    let is_over = |it: char| !it.is_ascii_alphanumeric() && it != '-' && it != '_';
    let parts = text.split(is_over);
    let words = parts.filter(|part| part.starts_with(prefix));
    words.map(str::to_owned).collect()
}

fn shown(row: &Row) -> String {
    let value = |(column, value): (&String, &Vec<u8>)| {
        format!("{column}={:.80}", String::from_utf8_lossy(value))
    };
    row.iter().map(value).collect::<Vec<_>>().join(" ")
}

/// What the check above says of an erasure by other plans than the inventory's. Nobody was taken out of rooms, if so wished.
async fn faults_by(other: Plans, from_rooms: bool) -> Vec<String> {
    let home = Home::sqlite();
    let store: Store = home.store_by(inventory(), Box::leak(Box::new(other))).await;
    let crowd = Crowd::settle(&home, 1).await;
    let gone = &crowd.people[2];
    let before = Everything::of(&home).await;
    match from_rooms {
        true => erase(&store, &gone.subject()).await,
        false => erase_rows_alone(&store, &gone.subject()).await,
    };
    faults(&home, &before, &crowd, gone).await
}

#[tokio::test]
async fn a_plan_that_forgets_a_table_is_noticed() {
    assert_eq!(faults_by(plans().clone(), true).await, [""; 0]);
    // What other tables hold would go with the account by their foreign keys, whatever the plan says.
    for table in ["accounts", "free_sessions", "rooms"] {
        let mut forgetful = plans().clone();
        let steps = &mut forgetful.erasure.steps;
        steps.retain(|step| step.holding.table != table);
        assert_eq!(steps.len() + 1, plans().erasure.steps.len());
        let faults = faults_by(forgetful, true).await;
        assert!(!faults.is_empty(), "{table}");
    }
}

#[tokio::test]
async fn a_plan_that_takes_what_is_nobodys_is_noticed() {
    let mut greedy = plans().clone();
    let mut steps = greedy.erasure.steps.iter_mut();
    let emptied = steps.find(|step| matches!(step.deed, Deed::Empty(_)));
    emptied.unwrap().deed = Deed::Delete;
    let faults = faults_by(greedy, true).await;
    assert!(faults.iter().any(|it| it.contains("nobody-")), "{faults:?}");
}

#[tokio::test]
async fn a_room_that_was_not_told_to_forget_somebody_is_noticed() {
    let faults = faults_by(plans().clone(), false).await;
    let mut of_rooms = faults.iter().filter(|it| it.starts_with("room_states"));
    assert!(of_rooms.next().is_some(), "{faults:?}");
}
