//! The disk that the data lies on.

use std::path::PathBuf;

use tokio::task::spawn_blocking;

use crate::texts::Language;

/// Bytes that should be free on the disk of the data: the database, its journal and backups grow.
pub const FREE_SPACE_MIN: u64 = 200 * 1024 * 1024;
const MEGABYTE: u64 = 1_000_000;

/// Bytes that are free on the disk of `folder`; none where the system does not say.
pub(super) async fn free_space(folder: PathBuf) -> Option<u64> {
    // A disk of the network may take its time.
    let asked = spawn_blocking(move || fs4::available_space(folder)).await;
    asked.ok()?.ok()
}

pub(super) fn fact(free: Option<u64>, t: Language) -> (String, String) {
    let told = free.map_or_else(
        || t.say("admin-disk-unknown"),
        |free| t.with("admin-megabytes", "count", t.number(free / MEGABYTE)),
    );
    (t.say("admin-disk"), told)
}

pub(super) fn warning(free: Option<u64>, t: Language) -> Option<String> {
    let is_low = free.is_some_and(|free| free < FREE_SPACE_MIN);
    is_low.then(|| t.say("admin-disk-low"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn little_space_is_warned_of_and_what_is_not_known_is_said() {
        for (free, told, warns) in [
            (Some(7_654_321_000), "7,654 MB", false),
            (Some(FREE_SPACE_MIN), "209 MB", false),
            (Some(FREE_SPACE_MIN - 1), "209 MB", true),
            (Some(0), "0 MB", true),
            (None, "not known", false),
        ] {
            let (_, shown) = fact(free, Language::English);
            // Values stand between marks of direction.
            assert_eq!(shown.replace(['\u{2068}', '\u{2069}'], ""), told);
            assert_eq!(warning(free, Language::English).is_some(), warns, "{told}");
        }
    }
}
