//! The form of what an account says of its owner is written by hand; the inventory says what it must hold.

use std::collections::BTreeSet;

use super::*;

/// The names of the fields in the first form that is sent to `act`.
fn fields_of<'a>(page: &'a str, act: &str) -> BTreeSet<&'a str> {
    let (_, form) = page.split_once(&format!("action=\"{PATH}/{act}")).unwrap();
    let (form, _) = form.split_once("</form>").unwrap();
    let names = form.split(" name=\"").skip(1);
    names.map(|rest| rest.split('"').next().unwrap()).collect()
}

#[tokio::test]
async fn the_form_of_corrections_has_a_field_for_each_column_that_is_corrected_there() {
    let app = start().await;
    let mut ada = member(&app, "ada@example.org").await;
    let editor = format!("{PATH}#correct");
    let tables = &app::App::inventory().table;
    let columns = tables.values().flat_map(|table| &table.column);
    let corrected =
        columns.filter(|(_, rule)| rule.rectify && rule.editor.as_deref() == Some(&*editor));
    let expected: BTreeSet<&str> = corrected.map(|(name, _)| name.as_str()).collect();
    assert!(!expected.is_empty());
    assert_eq!(fields_of(&page(&mut ada).await, "correct"), expected);
    app.stop().await;
}
