//! The golden vectors that this crate and its twin in TypeScript both follow.
//!
//! `WRITE_GOLDEN=1 cargo nextest run -p sync golden` writes them; otherwise they are compared.

use std::path::Path;

use serde_json::Value;

use crate::vectors;

#[test]
fn the_golden_vectors_are_what_this_crate_does() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/golden.json");
    let text = written(&[
        ("frames", vectors::frames::rows()),
        ("laws", vectors::laws::rows()),
        ("clocks", vectors::clocks::runs()),
        ("ladders", vectors::ladders::traces()),
        ("readouts", vectors::readouts::rows()),
    ]);
    if std::env::var_os("WRITE_GOLDEN").is_some() {
        std::fs::write(&file, &text).unwrap();
    }
    let committed = std::fs::read_to_string(&file).unwrap_or_default();
    assert!(
        committed == text,
        "golden.json is stale; write it with: WRITE_GOLDEN=1 cargo nextest run -p sync golden"
    );
}

/// JSON with one vector on each line.
fn written(chapters: &[(&str, Vec<Value>)]) -> String {
    let mut text = String::from("{");
    for (index, (name, rows)) in chapters.iter().enumerate() {
        let separator = if index == 0 { "" } else { "," };
        let rows: Vec<String> = rows.iter().map(Value::to_string).collect();
        let rows = rows.join(",\n");
        text.push_str(&format!("{separator}\n\"{name}\":[\n{rows}\n]"));
    }
    text.push_str("\n}\n");
    text
}
