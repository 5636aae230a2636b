//! The page of a copy: everything in it in the words of the privacy centre, to be read with nothing but a browser.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use base::Timestamp;
use privacy::{Form, rfc3339};
use serde_json::Value;
use store::TableCopy;
use texts::Language;

use super::Held;
use super::copy::Table;
use super::held::{reason, since};

/// A page that lies alone in a folder brings its own look along.
const LOOK: &str = "body{font:1rem/1.5 sans-serif;max-inline-size:50rem;margin:2rem auto;padding-inline:1rem}\
dl{display:grid;grid-template-columns:minmax(8rem,1fr) 3fr;gap:.25rem 1rem}\
dd{margin:0;overflow-wrap:anywhere;white-space:pre-wrap}\
h2{border-block-start:1px solid;padding-block-start:1rem}\
img{max-inline-size:100%}";

/// The values of `copies`, which `tables` hold as they are written, by the reason for which they are held.
pub(super) fn page(copies: &[TableCopy], tables: &[Table], now: Timestamp, t: Language) -> String {
    let mut held: Vec<Held> = Vec::new();
    // The places of the columns of each table that are held for one reason, by the places of both.
    let mut columns: BTreeMap<(usize, usize), Vec<usize>> = BTreeMap::new();
    for (table, copy) in copies.iter().enumerate() {
        let since = since(copy, now);
        let is_held = |name: &str| {
            let mut lines = tables[table].lines.iter();
            lines.any(|line| line.get(name).is_some_and(|value| !value.is_null()))
        };
        for (column, exported) in copy.table.columns.iter().enumerate() {
            // What is empty in every row is held for no reason.
            if !is_held(&exported.name) {
                continue;
            }
            let place = reason(&mut held, &exported.rule);
            let first = &mut held[place].since;
            *first = [*first, since].into_iter().flatten().min();
            columns.entry((place, table)).or_default().push(column);
        }
    }
    let mut page = head(now, t);
    for (place, held) in held.iter().enumerate() {
        let of_reason = columns.range((place, 0)..(place + 1, 0));
        let rows: String = of_reason
            .map(|((_, table), columns)| rows(&copies[*table], &tables[*table], columns, t))
            .collect();
        page += &format!("<h2>{}</h2>\n<dl>\n", escaped(&held.title(t)));
        for (label, text) in held.facts(t) {
            page += &format!("<dt>{}<dd>{}\n", escaped(&label), escaped(&text));
        }
        page += &format!("</dl>\n{rows}");
    }
    page
}

fn head(now: Timestamp, t: Language) -> String {
    let say = |id| escaped(&t.say(id));
    format!(
        "<!doctype html>\n<html lang=\"{}\" dir=\"{}\">\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width\">\n<title>{}</title>\n<style>{LOOK}</style>\n\
         <h1>{}</h1>\n<p>{}</p>\n<p>{}</p>\n",
        t.tag(),
        t.direction(),
        say("centre-document-title"),
        say("centre-title"),
        escaped(&t.with("centre-copy-made", "moment", rfc3339(now))),
        say("centre-copy-files"),
    )
}

/// What these columns of a table hold, row by row.
fn rows(copy: &TableCopy, table: &Table, columns: &[usize], t: Language) -> String {
    let mut rows = String::new();
    for line in &table.lines {
        let mut row = String::new();
        for place in columns {
            let column = &copy.table.columns[*place];
            let is_file = column.form(copy.kinds[*place]) == Form::File;
            let value = line.get(&column.name).unwrap_or(&Value::Null);
            if let Some(value) = drawn(value, is_file, t) {
                let name = escaped(&column.name);
                // Writing into memory does not fail.
                let _ = writeln!(
                    row,
                    "<dt><code dir=\"ltr\">{name}</code><dd dir=\"auto\">{value}"
                );
            }
        }
        if !row.is_empty() {
            rows += &format!("<dl>\n{row}</dl>\n");
        }
    }
    let name = escaped(&table.name);
    format!("<h3><code dir=\"ltr\">{name}</code></h3>\n{rows}")
}

fn drawn(value: &Value, is_file: bool, t: Language) -> Option<String> {
    Some(match value {
        Value::Null => return None,
        Value::String(file) if is_file => format!(
            "<img src=\"{}\" alt=\"{}\">",
            escaped(file),
            escaped(&t.say("centre-picture"))
        ),
        Value::String(text) => escaped(text),
        Value::Bool(true) => escaped(&t.say("centre-yes")),
        Value::Bool(false) => escaped(&t.say("centre-no")),
        Value::Number(number) => number.to_string(),
        part => escaped(&serde_json::to_string_pretty(part).unwrap_or_default()),
    })
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::super::archive::Archive;
    use super::super::copy::table;
    use super::super::held::tests::letters;
    use super::*;
    use store::Cell;

    fn drawn_in(t: Language) -> String {
        page_of(letters(["<script>&", "two"]), t)
    }

    fn page_of(copy: TableCopy, t: Language) -> String {
        let lines = table(&copy, &privacy::Subject::default(), &mut Archive::default());
        page(
            &[copy],
            &[lines.unwrap()],
            Timestamp::from_unix_ms(3_000),
            t,
        )
    }

    #[test]
    fn the_page_speaks_the_language_of_who_reads_it() {
        for (t, start, words) in [
            (
                Language::English,
                "<html lang=\"en\" dir=\"ltr\">",
                ["<h1>Your data</h1>", "Allowed by", "Since", "90 days"],
            ),
            (
                Language::Russian,
                "<html lang=\"ru\" dir=\"ltr\">",
                [
                    "<h1>Ваши данные</h1>",
                    "Основание",
                    "С какого дня",
                    "90 дней",
                ],
            ),
            (
                Language::Arabic,
                "<html lang=\"ar\" dir=\"rtl\">",
                ["<h1>بياناتك</h1>", "الأساس القانوني", "منذ", "تسعين يومًا"],
            ),
        ] {
            let page = drawn_in(t);
            assert!(page.contains(start), "{page}");
            for text in words {
                assert!(page.contains(text), "{text}: {page}");
            }
            // One reason for both columns, though one is written and the other observed.
            assert_eq!(page.matches("<h2>").count(), 1, "{page}");
            // A name of the program is the same everywhere, and a value is turned as it itself needs.
            let value = "<dt><code dir=\"ltr\">id</code><dd dir=\"auto\">two";
            assert!(
                page.contains(value) && page.contains("1970-01-01T00:00:02"),
                "{page}"
            );
        }
    }

    #[test]
    fn a_column_that_is_empty_in_every_row_gives_no_reason() {
        let [id, sent_at] = [0, 1];
        let mut copy = letters(["one", "two"]);
        copy.rows[0][sent_at] = Cell::Empty;
        let page = page_of(copy.clone(), Language::English);
        let observed = Language::English.say("privacy-source-observed");
        assert!(page.contains(&observed), "in one row it is held: {page}");
        copy.rows[1][sent_at] = Cell::Empty;
        let page = page_of(copy.clone(), Language::English);
        assert!(page.contains(">one") && page.contains("<h2>"), "{page}");
        assert!(!page.contains(&observed), "{page}");
        copy.rows.iter_mut().for_each(|row| row[id] = Cell::Empty);
        let page = page_of(copy, Language::English);
        assert!(!page.contains("<h2>") && !page.contains("<h3>"), "{page}");
    }

    #[test]
    fn what_people_wrote_is_text_on_the_page() {
        let page = drawn_in(Language::English);
        assert!(page.contains("&lt;script&gt;&amp;") && !page.contains("<script>"));
    }
}
