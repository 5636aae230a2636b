//! `unisono privacy retention`: what has had its time goes.

use privacy::rfc3339;
use store::Counts;

use super::{Desk, NotDone};

pub(super) async fn run(desk: &Desk<'_>, is_dry: bool) -> Result<String, NotDone> {
    let last = app::last_retention(desk.store).await?;
    let last = match last {
        Some(run) => format!(
            "Before this it was looked after on {}.",
            rfc3339(run.ran_at)
        ),
        None => "It was never looked after before.".to_owned(),
    };
    let (told, counts) = match is_dry {
        true => ("would go", desk.store.would_sweep(desk.now).await?),
        false => ("went", app::keep_retention(desk.store, desk.now).await?),
    };
    Ok(format!("{}\n{last}", lines(told, &counts)))
}

fn lines(told: &str, counts: &Counts) -> String {
    let total: u64 = counts.values().sum();
    let mut lines = vec![format!("{total} rows {told}.")];
    lines.extend(
        counts
            .iter()
            .map(|(table, rows)| format!("  {table:<24} {rows}")),
    );
    lines.join("\n")
}
