//! The committed description of the API is what the server is.

use std::collections::BTreeSet;
use std::path::Path;

use serde_json::Value;

#[test]
fn the_committed_document_is_fresh() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../openapi.json");
    let document = web::openapi_document();
    if std::env::var_os("WRITE_OPENAPI").is_some() {
        std::fs::write(&file, &document).unwrap();
    }
    let committed = std::fs::read_to_string(&file).unwrap_or_default();
    assert!(
        committed == document,
        "openapi.json is stale; write it with: WRITE_OPENAPI=1 cargo nextest run -p testkit openapi"
    );
}

/// Whoever reads the page of rooms finds each code by which a command is refused, and none that there is not.
#[test]
fn the_page_of_rooms_names_the_codes_of_refusals_that_there_are() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/rooms.md");
    let page = std::fs::read_to_string(file).unwrap();
    let (_, table) = page
        .split_once("| code | means |\n| --- | --- |\n")
        .unwrap();
    let rows = table.lines().take_while(|line| line.starts_with('|'));
    let first_cells = rows.filter_map(|row| row.split('|').nth(1));
    // What stands between two backticks.
    let named = first_cells.flat_map(|cell| cell.split('`').skip(1).step_by(2));
    let named: BTreeSet<&str> = named.collect();
    let document: Value = serde_json::from_str(&web::openapi_document()).unwrap();
    let codes = &document["components"]["schemas"]["RejectCode"]["enum"];
    let codes = codes.as_array().unwrap().iter();
    assert_eq!(named, codes.filter_map(Value::as_str).collect());
}
