//! `unisono privacy counts`: how much happened by day. Small sums, in which somebody could be found, are not shown.

use std::collections::BTreeMap;

use base::Timestamp;
use privacy::day;
use store::DayCount;

use super::{Desk, NotDone};

/// Sums below this are not shown.
const SHOWN_MIN: u64 = 5;
/// Rows that are read: a year of every family.
const ROWS_MAX: u32 = 50_000;
const DAY_MS: i64 = 24 * 60 * 60 * 1_000;

pub(super) async fn show(desk: &Desk<'_>, days: u32) -> Result<String, NotDone> {
    let span = i64::from(days).saturating_mul(DAY_MS);
    let since = Timestamp::from_unix_ms(desk.now.unix_ms().saturating_sub(span));
    let counts = desk.store.counts_since(since, ROWS_MAX).await?;
    if counts.is_empty() {
        return Ok("Nothing was counted.".to_owned());
    }
    Ok(lines(&counts).join("\n"))
}

/// For each day and thing a line with its sum, and under it the families whose sums are large enough.
fn lines(counts: &[DayCount]) -> Vec<String> {
    let mut sums: BTreeMap<(std::cmp::Reverse<Timestamp>, &str), Vec<&DayCount>> = BTreeMap::new();
    for one in counts {
        let key = (std::cmp::Reverse(one.day), one.what.as_str());
        sums.entry(key).or_default().push(one);
    }
    let mut lines = Vec::new();
    for ((at, what), rows) in sums {
        let total: u64 = rows.iter().map(|row| row.count).sum();
        lines.push(format!("{}  {what:<12} {}", day(at.0), shown(total)));
        let large = rows
            .iter()
            .filter(|row| !row.family.is_empty() && row.count >= SHOWN_MIN);
        let large: Vec<&&DayCount> = large.collect();
        // One small sum alone could be told by subtraction, so then the smallest of the large goes with it.
        let small = rows.iter().filter(|row| row.count < SHOWN_MIN).count();
        let least = large.iter().map(|row| row.count).min();
        let hidden = large
            .iter()
            .position(|row| small == 1 && Some(row.count) == least);
        for (place, row) in large.iter().enumerate() {
            if Some(place) != hidden {
                lines.push(format!("            {:<28} {}", row.family, row.count));
            }
        }
    }
    lines
}

fn shown(count: u64) -> String {
    match count < SHOWN_MIN {
        true => format!("fewer than {SHOWN_MIN}"),
        false => count.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn count(what: &str, family: &str, count: u64) -> DayCount {
        DayCount {
            day: Timestamp::from_unix_ms(1_795_305_600_000),
            what: what.to_owned(),
            family: family.to_owned(),
            count,
        }
    }

    /// Promise T18
    #[test]
    fn small_sums_are_not_shown_and_cannot_be_told_by_subtraction() {
        let lines = lines(&[
            count("cast", "", 4),
            count("page", "Firefox on Linux", 30),
            count("page", "Safari on iPhone", 6),
            count("page", "Opera on Windows", 2),
        ]);
        assert_eq!(
            lines,
            [
                "2026-11-22  cast         fewer than 5",
                "2026-11-22  page         38",
                "            Firefox on Linux             30",
            ]
        );
        let whole = super::lines(&[
            count("page", "Firefox on Linux", 30),
            count("page", "Safari on iPhone", 6),
        ]);
        assert_eq!(whole.len(), 3, "{whole:?}");
    }
}
