//! What has to be done to which table, and in which order, when somebody wants their data or wants it gone.

mod order;
mod paths;

use std::collections::BTreeMap;

use crate::{AtRest, Erase, GrantScope, Inventory, Retention, Rule, Sweep, Table, grant};

pub use paths::{Join, Path};

/// An inventory from which no plan follows.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadPlan {
    /// A rule names a table or column that is not declared.
    #[error("{place} speaks of {name}, which is not declared")]
    Unknown {
        /// Where.
        place: String,
        /// What.
        name: String,
    },
    /// Tables belong to each other in a circle.
    #[error("{0} belongs to somebody by way of itself")]
    Circle(String),
    /// Something personal belongs to nobody, so that nobody could have it erased.
    #[error(
        "{0} concerns a person and belongs to nobody: give its table an owner, or let it go when another service was told"
    )]
    Unowned(String),
    /// A table is not told which rows to erase.
    #[error("{0} belongs to nobody, so nothing of it can be erased: its rule must be `keep`")]
    NothingToErase(String),
    /// A grant would show what may not be shown.
    #[error("{0} can be shown by no grant: it is not in the copy, or it opens something")]
    Ungrantable(String),
    /// Single rows of a table are to be erased that cannot be, or that nobody sees.
    #[error(
        "rows of {0} can be erased one by one only if its rule is `delete` and what names them is in the copy"
    )]
    NoItems(String),
}

/// Rows of one table that belong to somebody, and the ways in which they do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holding {
    /// The table.
    pub table: String,
    /// The ways: a row belongs to a subject by any of them.
    pub paths: Vec<Path>,
}

/// What erasing does to the rows of one table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Deed {
    /// They go.
    Delete,
    /// These columns are emptied.
    Empty(Vec<String>),
    /// Their document is written anew without the subject, by the rules of what it is, before anything else happens.
    Rewrite(String),
    /// They stay.
    Keep(String),
}

/// One step of an erasure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ErasureStep {
    /// Which rows.
    pub holding: Holding,
    /// What happens to them.
    pub deed: Deed,
}

/// How everything of a subject goes: first what belongs to them by way of something else, last who they are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ErasurePlan {
    /// The steps, in order.
    pub steps: Vec<ErasureStep>,
}

/// A column of a subject's copy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExportColumn {
    /// Its name.
    pub name: String,
    /// What is known of it.
    pub rule: Rule,
    /// Whether it holds a document about several people, of which the subject gets their part.
    pub is_shared: bool,
}

impl ExportColumn {
    /// Whether it must be opened before it is given away.
    #[must_use]
    pub fn is_sealed(&self) -> bool {
        self.rule.at_rest == AtRest::Sealed
    }
}

/// One table of a subject's copy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExportTable {
    /// Which rows.
    pub holding: Holding,
    /// What of them.
    pub columns: Vec<ExportColumn>,
    /// The place among them of the column by which a row is named, where rows may be erased one by one.
    pub item: Option<usize>,
}

/// What a subject's copy consists of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExportPlan {
    /// The tables, by name.
    pub tables: Vec<ExportTable>,
}

/// One table that is swept by its own words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SweepStep {
    /// The table.
    pub table: String,
    /// Which rows are over.
    pub sweep: Sweep,
}

/// What is deleted by itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RetentionPlan {
    /// The tables, by name.
    pub steps: Vec<SweepStep>,
}

/// All plans of one inventory.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plans {
    /// How everything of a subject goes.
    pub erasure: ErasurePlan,
    /// What a subject's copy consists of.
    pub export: ExportPlan,
    /// What of it each grant shows.
    pub granted: BTreeMap<GrantScope, ExportPlan>,
    /// What is deleted by itself.
    pub retention: RetentionPlan,
}

impl Plans {
    /// The plans that follow from `inventory`.
    ///
    /// # Errors
    /// The inventory contradicts itself.
    pub fn of(inventory: &Inventory) -> Result<Self, BadPlan> {
        if let Some(place) = grant::ungrantable(inventory) {
            return Err(BadPlan::Ungrantable(place));
        }
        let mut steps = Vec::new();
        for (name, table) in &inventory.table {
            check(name, table)?;
            let paths = paths::of(inventory, name)?;
            let holding = Holding {
                table: name.clone(),
                paths,
            };
            let deed = deed(table);
            if holding.paths.is_empty() {
                check_unowned(name, table)?;
            } else {
                steps.push(ErasureStep { holding, deed });
            }
        }
        let export = steps.iter().filter_map(|step| exported(inventory, step));
        let export = ExportPlan {
            tables: export.collect(),
        };
        let granted = GrantScope::ALL.map(|scope| (scope, export.within(scope)));
        Ok(Self {
            granted: granted.into(),
            export,
            erasure: ErasurePlan {
                steps: order::children_first(steps),
            },
            retention: RetentionPlan {
                steps: sweeps(inventory),
            },
        })
    }
}

fn sweeps(inventory: &Inventory) -> Vec<SweepStep> {
    let swept = inventory.table.iter().filter_map(|(name, table)| {
        Some(SweepStep {
            table: name.clone(),
            sweep: table.sweep.clone()?,
        })
    });
    swept.collect()
}

/// Every column that a table's own words name is declared.
fn check(name: &str, table: &Table) -> Result<(), BadPlan> {
    let erased: &[String] = match &table.erase {
        Erase::Anonymise(columns) => columns,
        Erase::Rewrite(column) => std::slice::from_ref(column),
        Erase::Delete | Erase::Keep(_) => &[],
    };
    let swept = table.sweep.iter().map(Sweep::column);
    let item = table.item.as_deref();
    let mut named = erased.iter().map(String::as_str).chain(swept).chain(item);
    let is_shown = |item: &str| table.column.get(item).is_some_and(|rule| rule.export);
    match named.find(|column| !table.column.contains_key(*column)) {
        None if item.is_some_and(|item| table.erase != Erase::Delete || !is_shown(item)) => {
            Err(BadPlan::NoItems(name.to_owned()))
        }
        None => Ok(()),
        Some(column) => Err(BadPlan::Unknown {
            place: name.to_owned(),
            name: column.to_owned(),
        }),
    }
}

/// What belongs to nobody says nothing about a person, or waits until another service knows that they are gone.
fn check_unowned(name: &str, table: &Table) -> Result<(), BadPlan> {
    let Erase::Keep(_) = table.erase else {
        return Err(BadPlan::NothingToErase(name.to_owned()));
    };
    let is_on_its_way = |rule: &Rule| match rule.retention {
        Retention::Told => !rule.export,
        Retention::ToldAtMostAWeek => !rule.export && table.sweep.is_some(),
        _ => false,
    };
    let mut columns = table.column.iter();
    match columns.find(|(_, rule)| rule.is_personal() && !is_on_its_way(rule)) {
        None => Ok(()),
        Some((column, _)) => Err(BadPlan::Unowned(format!("{name}.{column}"))),
    }
}

fn deed(table: &Table) -> Deed {
    match table.erase.clone() {
        Erase::Delete => Deed::Delete,
        Erase::Anonymise(columns) => Deed::Empty(columns),
        Erase::Rewrite(column) => Deed::Rewrite(column),
        Erase::Keep(reason) => Deed::Keep(reason),
    }
}

fn exported(inventory: &Inventory, step: &ErasureStep) -> Option<ExportTable> {
    let table = inventory.table.get(&step.holding.table)?;
    let columns = table.column.iter().filter(|(_, rule)| rule.export);
    let columns: Vec<ExportColumn> = columns
        .map(|(name, rule)| ExportColumn {
            name: name.clone(),
            rule: rule.clone(),
            is_shared: step.deed == Deed::Rewrite(name.clone()),
        })
        .collect();
    let item = table.item.as_ref();
    let item = item.and_then(|item| columns.iter().position(|column| column.name == *item));
    (!columns.is_empty()).then(|| ExportTable {
        holding: step.holding.clone(),
        columns,
        item,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const RULE: &str = r#"purpose = "account"
        basis = "contract"
        source = "provided"
        retention = "account"
        visibility = "self"
        rectify = false
        recipients = []
        at_rest = "plain""#;

    fn column(table: &str, name: &str, category: &str, export: bool) -> String {
        format!(
            "[table.{table}.column.{name}]\ncategory = \"{category}\"\nexport = {export}\n{RULE}\n"
        )
    }

    fn table(name: &str, owner: &str, erase: &str, columns: &[&str]) -> String {
        let head = format!("[table.{name}]\nowner = \"{owner}\"\nerase = \"{erase}\"\n");
        let columns = columns.iter().map(|it| column(name, it, "contact", true));
        columns.fold(head, |text, column| text + &column)
    }

    fn plans(tables: &[String]) -> Result<Plans, BadPlan> {
        let text = tables.concat();
        Plans::of(&Inventory::read(&[("test", &text)]).unwrap())
    }

    fn people() -> String {
        table("people", "id", "delete", &["id", "email"])
    }

    #[test]
    fn a_new_table_is_erased_and_exported_by_its_entry_alone() {
        let letters = table("letters", "account_id", "delete", &["account_id", "body"]);
        let plans = plans(&[people(), letters]).unwrap();
        let erased: Vec<&str> = plans
            .erasure
            .steps
            .iter()
            .map(|step| step.holding.table.as_str())
            .collect();
        assert_eq!(erased, ["letters", "people"]);
        let letters = &plans.export.tables[0];
        let columns: Vec<&str> = letters.columns.iter().map(|it| it.name.as_str()).collect();
        assert_eq!(
            (letters.holding.table.as_str(), columns),
            ("letters", vec!["account_id", "body"])
        );
    }

    #[test]
    fn a_grant_shows_what_its_scope_says_and_never_what_opens_something() {
        let with =
            |column: String, more: &str| column.replacen("rectify", &format!("{more}\nrectify"), 1);
        let letters = |more: &str, column: String| {
            table("letters", "account_id", "delete", &["account_id"]) + &with(column, more)
        };
        let body = || column("letters", "body", "message", true);
        let scoped = r#"grant = "history""#;
        let planned = plans(&[people(), letters(scoped, body())]).unwrap();
        let shown = |scope| {
            let tables = planned.granted[&scope].tables.iter();
            let columns = tables.flat_map(|table| &table.columns);
            columns.map(|it| it.name.clone()).collect::<Vec<_>>()
        };
        assert_eq!(shown(GrantScope::History), ["body"]);
        assert!(shown(GrantScope::Profile).is_empty());
        let hidden = column("letters", "body", "message", false);
        let key = column("letters", "body", "credential", true);
        for bad in [hidden, key] {
            let refused = plans(&[people(), letters(scoped, bad)]);
            let place = "table.letters.body".to_owned();
            assert_eq!(refused, Err(BadPlan::Ungrantable(place)));
        }
        let unknown = letters(r#"grant = "everything""#, body());
        assert!(Inventory::read(&[("test", &unknown)]).is_err());
    }

    #[test]
    fn what_belongs_to_somebody_by_way_of_another_table_goes_before_it() {
        let pages = table("albums", "account_id", "delete", &["id", "account_id"]);
        let songs = table(
            "songs",
            "via(album = albums.id)",
            "delete",
            &["album", "name"],
        );
        let plans = plans(&[pages, people(), songs]).unwrap();
        let order: Vec<&str> = plans
            .erasure
            .steps
            .iter()
            .map(|step| step.holding.table.as_str())
            .collect();
        assert_eq!(order, ["songs", "albums", "people"]);
        let path = &plans.erasure.steps[0].holding.paths[0];
        assert_eq!((path.joins.len(), path.column.as_str()), (1, "account_id"));
    }

    #[test]
    fn rows_can_be_erased_one_by_one_only_where_they_are_shown_and_go() {
        let albums = |erase: &str, item: &str| {
            let columns = ["id", "account_id"];
            let albums = table("albums", "account_id", erase, &columns);
            let head = format!("{erase}\"\n");
            albums.replacen(&head, &format!("{head}item = \"{item}\"\n"), 1)
        };
        let planned = plans(&[albums("delete", "id")]).unwrap();
        let albums_planned = &planned.export.tables[0];
        let item = albums_planned
            .item
            .map(|place| &*albums_planned.columns[place].name);
        assert_eq!(item, Some("id"));
        let kept = plans(&[albums("keep(by law)", "id")]);
        assert_eq!(kept, Err(BadPlan::NoItems("albums".to_owned())));
        let unknown = plans(&[albums("delete", "name")]);
        let (place, name) = ("albums".to_owned(), "name".to_owned());
        assert_eq!(unknown, Err(BadPlan::Unknown { place, name }));
    }

    #[test]
    fn what_belongs_to_nobody_is_about_a_person_only_until_another_service_was_told() {
        let planned = |retention: &str, export: bool, sweep: &str| {
            let head = format!(
                "[table.tokens]\nowner = \"none\"\nerase = \"keep(not told yet)\"\n{sweep}"
            );
            let of = |name: &str| column("tokens", name, "credential", export);
            let text = head + &of("token") + &of("at");
            let kept = format!("retention = \"{retention}\"");
            plans(&[text.replace("retention = \"account\"", &kept)]).map(|_| ())
        };
        let week = "sweep = \"older(at, 7d)\"\n";
        assert_eq!(planned("told<=7d", false, week), Ok(()));
        assert_eq!(planned("told", false, ""), Ok(()));
        for (retention, export, sweep) in [
            ("told<=7d", false, ""),
            ("told", true, ""),
            ("7d", false, week),
            ("installation", false, ""),
        ] {
            let refused = planned(retention, export, sweep);
            let place = "tokens.at".to_owned();
            assert_eq!(refused, Err(BadPlan::Unowned(place)), "{retention}");
        }
    }

    #[test]
    fn an_inventory_that_contradicts_itself_names_the_place() {
        let nobodys = table("words", "none", "keep(why not)", &["email"]);
        assert_eq!(
            plans(&[nobodys]),
            Err(BadPlan::Unowned("words.email".to_owned()))
        );
        let nobodys = table("words", "none", "delete", &["email"]);
        assert_eq!(
            plans(&[nobodys]),
            Err(BadPlan::NothingToErase("words".to_owned()))
        );
        let circle = [
            table("one", "via(a = other.a)", "delete", &["a"]),
            table("other", "via(a = one.a)", "delete", &["a"]),
        ];
        assert_eq!(plans(&circle), Err(BadPlan::Circle("one".to_owned())));
        for (owner, erase, unknown) in [
            ("account_id", "delete", "account_id"),
            ("via(nothing = people.id)", "delete", "nothing"),
            ("via(email = crowds.id)", "delete", "crowds"),
            ("via(email = people.name)", "delete", "people.name"),
            ("email", "anonymise(name)", "name"),
            ("email", "rewrite(state)", "state"),
        ] {
            let bad = plans(&[people(), table("words", owner, erase, &["email"])]);
            let (place, name) = ("words".to_owned(), unknown.to_owned());
            assert_eq!(
                bad,
                Err(BadPlan::Unknown { place, name }),
                "{owner} {erase}"
            );
        }
    }
}
