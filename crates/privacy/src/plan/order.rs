//! In which order tables are erased.

use super::ErasureStep;
use crate::NameKind;

/// Tables that belong to somebody by way of another come before that one, and the table that is the account itself
/// comes last: other tables refer to it.
pub(super) fn children_first(mut steps: Vec<ErasureStep>) -> Vec<ErasureStep> {
    steps.sort_by_key(is_the_account);
    let mut ordered: Vec<ErasureStep> = Vec::with_capacity(steps.len());
    // Paths have no circle, so each round finds at least one table that no other leads through.
    while !steps.is_empty() {
        let is_led_through = |table: &str, steps: &[ErasureStep]| {
            let mut paths = steps.iter().flat_map(|step| &step.holding.paths);
            paths.any(|path| path.joins.iter().any(|join| join.table == table))
        };
        let next = steps
            .iter()
            .position(|step| !is_led_through(&step.holding.table, &steps));
        ordered.push(steps.remove(next.unwrap_or_default()));
    }
    ordered
}

fn is_the_account(step: &ErasureStep) -> bool {
    let mut paths = step.holding.paths.iter();
    paths.any(|path| path.joins.is_empty() && path.kind == NameKind::Account && path.column == "id")
}
