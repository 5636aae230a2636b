//! The interpreter with the packages that tests bring along.

use std::env;
use std::path::PathBuf;

/// As `cargo xtask test` says, else where it installs it.
#[must_use]
pub fn python() -> PathBuf {
    env::var_os("XTASK_PYTHON").map_or_else(
        || {
            let home = env::var_os("HOME").map(PathBuf::from);
            let cache = env::var_os("XDG_CACHE_HOME").map(PathBuf::from);
            let cache = cache.or_else(|| home.map(|home| home.join(".cache")));
            cache.unwrap_or_default().join("unisono/python/bin/python3")
        },
        PathBuf::from,
    )
}
