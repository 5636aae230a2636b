//! Where things are: the clone, the build folder, the cache that clones share.

use std::env;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::failure::{Failure, Result};

/// The folders that every command works in.
pub(crate) struct House {
    pub(crate) root: PathBuf,
    /// Cargo's build folder: `CARGO_TARGET_DIR`, or `target` in the clone.
    pub(crate) target: PathBuf,
    /// Tools and the Python environment, shared by all clones of this user.
    pub(crate) cache: PathBuf,
    path: OsString,
}

impl House {
    pub(crate) fn open() -> Result<Self> {
        let root = find_root()?;
        let target = env::var_os("CARGO_TARGET_DIR")
            .map_or_else(|| root.join("target"), |dir| root.join(dir));
        let cache = find_cache()?;
        let path = search_path(&cache)?;
        Ok(Self {
            root,
            target,
            cache,
            path,
        })
    }

    /// A program to be started in `folder`, a path below the root.
    pub(crate) fn command(&self, program: &str, folder: &str) -> Command {
        let mut command = Command::new(program);
        command
            .current_dir(self.root.join(folder))
            .env("PATH", &self.path);
        // Cargo describes xtask itself in these; some build scripts watch them and would build again each time.
        for (name, _) in env::vars_os() {
            let text = name.to_string_lossy();
            if text.starts_with("CARGO_PKG_") || text.starts_with("CARGO_MANIFEST_") {
                command.env_remove(&name);
            }
        }
        command
    }

    /// The file that answers to `program` on the search path.
    pub(crate) fn which(&self, program: &str) -> Option<PathBuf> {
        env::split_paths(&self.path)
            .map(|folder| folder.join(program))
            .find(|file| file.is_file())
    }

    pub(crate) fn tools(&self) -> PathBuf {
        self.cache.join("tools")
    }

    /// Where the output of each step is kept.
    pub(crate) fn logs(&self) -> PathBuf {
        self.target.join("xtask")
    }

    /// Every file of the project below `folder` that git knows or would add, relative to the root.
    pub(crate) fn files(&self, folder: &str) -> Result<Vec<PathBuf>> {
        let mut git = self.command("git", "");
        git.args([
            "ls-files",
            "--cached",
            "--others",
            "--exclude-standard",
            "-z",
            "--",
            folder,
        ]);
        let listed = crate::call::read(&mut git)?;
        let mut files: Vec<PathBuf> = listed
            .split('\0')
            .filter(|name| !name.is_empty())
            .map(PathBuf::from)
            .filter(|file| self.root.join(file).is_file())
            .collect();
        files.sort();
        files.dedup();
        Ok(files)
    }

    pub(crate) fn text(&self, file: &Path) -> Result<String> {
        let path = self.root.join(file);
        std::fs::read_to_string(&path).map_err(|error| Failure::file(&path, &error))
    }
}

fn find_root() -> Result<PathBuf> {
    let manifest = env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from);
    let start = match manifest {
        Some(folder) => folder,
        None => env::current_dir()
            .map_err(|error| Failure::new(format!("no current folder: {error}")))?,
    };
    start
        .ancestors()
        .find(|folder| folder.join("crates/xtask").is_dir())
        .map(Path::to_path_buf)
        .ok_or_else(|| {
            Failure::new("start me inside the clone: there is no crates/xtask above this folder")
        })
}

fn find_cache() -> Result<PathBuf> {
    let base = env::var_os("XDG_CACHE_HOME")
        .map(PathBuf::from)
        .or_else(|| env::var_os("HOME").map(|home| PathBuf::from(home).join(".cache")))
        .ok_or_else(|| Failure::new("neither XDG_CACHE_HOME nor HOME is set"))?;
    Ok(base.join("unisono"))
}

/// Our own tools first, and the system folders that an ordinary user's path leaves out.
fn search_path(cache: &Path) -> Result<OsString> {
    let given = env::var_os("PATH").unwrap_or_default();
    let mut folders = vec![cache.join("tools/bin")];
    folders.extend(env::split_paths(&given));
    folders.extend([PathBuf::from("/usr/sbin"), PathBuf::from("/sbin")]);
    env::join_paths(folders).map_err(|error| Failure::new(format!("PATH cannot be used: {error}")))
}
