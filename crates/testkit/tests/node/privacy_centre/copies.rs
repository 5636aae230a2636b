//! What is in a copy is as the schema beside it says, line by line.

use std::collections::BTreeMap;
use std::io::Read;

use flate2::read::DeflateDecoder;
use serde_json::{Value, json};

use super::*;

/// The files of a copy, one after the other as they were packed (PKWARE's APPNOTE 6.3.10, section 4.3.7).
fn files(mut zip: &[u8]) -> BTreeMap<String, Vec<u8>> {
    const HEADER: usize = 30;
    let mut files = BTreeMap::new();
    while zip.starts_with(b"PK\x03\x04") {
        let length = |place: usize, bytes: usize| {
            let bytes = zip[place..place + bytes].iter().rev();
            bytes.fold(0, |sum, byte| (sum << 8) | usize::from(*byte))
        };
        let name_end = HEADER + length(26, 2);
        let begin = name_end + length(28, 2);
        let end = begin + length(18, 4);
        let name = String::from_utf8(zip[HEADER..name_end].to_vec()).unwrap();
        let mut content = Vec::new();
        let mut deflated = DeflateDecoder::new(&zip[begin..end]);
        deflated.read_to_end(&mut content).unwrap();
        files.insert(name, content);
        zip = &zip[end..];
    }
    files
}

/// The lines of each table of a copy.
fn tables(files: &BTreeMap<String, Vec<u8>>) -> BTreeMap<&str, Vec<Value>> {
    let tables = files.iter().filter_map(|(name, lines)| {
        let table = name.strip_prefix("data/")?.strip_suffix(".jsonl")?;
        let lines = std::str::from_utf8(lines).unwrap().lines();
        let lines = lines.map(|line| serde_json::from_str(line).unwrap());
        Some((table, lines.collect()))
    });
    tables.collect()
}

/// What the schema of a copy demands of the lines of one table.
fn demands(files: &BTreeMap<String, Vec<u8>>, table: &str) -> jsonschema::Validator {
    let mut schema: Value = serde_json::from_slice(&files["schema.json"]).unwrap();
    assert!(schema["$defs"][table].is_object(), "{table} has no schema");
    schema["$ref"] = json!(format!("#/$defs/{table}"));
    let options = jsonschema::options().should_validate_formats(true);
    options.build(&schema).unwrap()
}

/// The same line with something wrong: a value of another kind, one too few, one too many.
fn broken(line: &Value) -> Vec<Value> {
    let line = line.as_object().unwrap();
    let mut all = Vec::new();
    for (column, value) in line {
        let mut other = line.clone();
        let wrong = match value {
            Value::Array(_) => json!(["not a part"]),
            _ => json!([value]),
        };
        other.insert(column.clone(), wrong);
        all.push(other);
        let mut without = line.clone();
        without.remove(column);
        all.push(without);
    }
    let mut more = line.clone();
    more.insert("unheard_of".to_owned(), json!("words"));
    all.push(more);
    all.into_iter().map(Value::Object).collect()
}

/// The tables of a copy, once each of their lines was found to be as demanded, and every broken one not to be.
fn hold_to_schema(zip: &[u8]) -> BTreeMap<String, Vec<Value>> {
    let files = files(zip);
    let tables = tables(&files);
    for (table, lines) in &tables {
        let demands = demands(&files, table);
        assert!(!lines.is_empty(), "{table}");
        for line in lines {
            let faults = demands.iter_errors(line).map(|fault| format!("{fault}"));
            assert_eq!(faults.collect::<Vec<_>>(), [""; 0], "{table}");
            for broken in broken(line) {
                assert!(!demands.is_valid(&broken), "{table}: {broken}");
            }
        }
    }
    let mut later = tables["accounts"][0].clone();
    later["created_at"] = json!("tomorrow");
    let of_accounts = demands(&files, "accounts");
    assert!(!of_accounts.is_valid(&later), "that is no moment");
    let tables = tables.into_iter();
    tables
        .map(|(name, lines)| (name.to_owned(), lines))
        .collect()
}

/// Promises S35, Y35: programs can rely on what is taken along.
#[tokio::test]
async fn every_line_of_a_copy_is_as_its_schema_says_and_no_broken_one_is() {
    let [one, other] = [start().await, start().await];
    let (mut talker, _room) = shown::seed(&one, "benjamin").await;
    let page = base::PageId::new(&base::OsEntropy);
    let mut collector = bringing::somebody(&other, page).await;
    let mut held = std::collections::BTreeSet::new();
    for (app, browser) in [(&one, &mut talker), (&other, &mut collector)] {
        let copy = bringing::copy(app, browser).await;
        held.extend(hold_to_schema(&copy).into_keys());
    }
    for table in [
        "account_avatars",
        "consents",
        "looked_at",
        "notices",
        "room_states",
        "rooms",
        "saved_rooms",
    ] {
        assert!(held.contains(table), "{table} is not among {held:?}");
    }
    one.stop().await;
    other.stop().await;
}
