//! A private PostgreSQL server for one test: own folder, own socket, no port, gone afterwards.

use std::fs::{self, File};
use std::io;
use std::os::unix::fs::{MetadataExt, chown};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use tempfile::TempDir;

/// Where Debian puts the server's programs, in one folder for each major version.
const VERSIONS: &str = "/usr/lib/postgresql";

/// How a cluster is made.
const INITDB: [&str; 9] = [
    "-A",
    "trust",
    "-U",
    "postgres",
    "--no-locale",
    "-E",
    "UTF8",
    "--no-sync",
    "--wal-segsize=1",
];

/// How long a start may take on a machine that has better things to do.
const START_MAX: Duration = Duration::from_secs(60);

/// A running server. Dropping it stops it and removes its data.
#[derive(Debug)]
pub struct Postgres {
    folder: TempDir,
    programs: Programs,
    server: Child,
}

impl Postgres {
    /// Makes an empty cluster and starts a server on it.
    pub fn start() -> io::Result<Self> {
        let programs = Programs::find()?;
        let folder = tempfile::Builder::new().prefix("unisono-pg-").tempdir()?;
        programs.give(folder.path())?;
        programs.make_cluster(folder.path())?;
        let server = programs.serve(folder.path())?;
        let mut postgres = Self {
            folder,
            programs,
            server,
        };
        postgres.wait_until_ready()?;
        Ok(postgres)
    }

    /// The address of the database that a new cluster has.
    #[must_use]
    pub fn url(&self) -> String {
        let folder = self.folder.path().display();
        format!("postgres://postgres@localhost/postgres?host={folder}")
    }

    /// Stops the server at once, as a crash would, and keeps its data until the drop.
    pub fn stop(&mut self) -> io::Result<()> {
        let mut stop = self.programs.command("pg_ctl");
        stop.arg("stop")
            .args(["-m", "immediate", "-D"])
            .arg(cluster(self.folder.path()));
        stop.stdout(Stdio::null()).stderr(Stdio::null()).status()?;
        self.server.wait()?;
        Ok(())
    }

    fn wait_until_ready(&mut self) -> io::Result<()> {
        let deadline = Instant::now() + START_MAX;
        loop {
            let mut ready = self.programs.command("pg_isready");
            ready.arg("-q").arg("-h").arg(self.folder.path());
            if ready.status()?.success() {
                return Ok(());
            }
            if self.server.try_wait()?.is_some() || Instant::now() > deadline {
                let log = fs::read_to_string(log(self.folder.path())).unwrap_or_default();
                return Err(io::Error::other(format!(
                    "PostgreSQL does not start:\n{log}"
                )));
            }
            std::thread::sleep(Duration::from_millis(20));
        }
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        if let Ok(None) = self.server.try_wait() {
            // There is nobody to tell: the test has ended.
            let _ = self.stop();
        }
    }
}

/// The server's programs, and who runs them: PostgreSQL refuses to run as root.
#[derive(Debug)]
struct Programs {
    folder: PathBuf,
    user: Option<User>,
}

#[derive(Debug)]
struct User {
    id: u32,
    group: u32,
}

impl Programs {
    fn find() -> io::Result<Self> {
        let missing =
            || io::Error::other("PostgreSQL is not installed: run `apt-get install postgresql`");
        let newest = fs::read_dir(VERSIONS)
            .map_err(|_| missing())?
            .filter_map(Result::ok)
            .map(|version| version.path().join("bin"))
            .filter(|programs| programs.join("initdb").exists())
            .max_by_key(|programs| major_version(programs));
        let is_root = fs::metadata("/proc/self")?.uid() == 0;
        Ok(Self {
            folder: newest.ok_or_else(missing)?,
            user: if is_root {
                Some(User::postgres()?)
            } else {
                None
            },
        })
    }

    fn command(&self, program: &str) -> Command {
        let mut command = Command::new(self.folder.join(program));
        if let Some(user) = &self.user {
            command.uid(user.id).gid(user.group);
        }
        // The working folder of the test may be closed to that user.
        command.current_dir("/");
        command
    }

    /// Makes an empty cluster in `folder`: a copy of one that tests before this one have made, since making one takes
    /// longer than most tests.
    fn make_cluster(&self, folder: &Path) -> io::Result<()> {
        let pattern = self.pattern()?;
        if !pattern.exists() {
            let made = tempfile::Builder::new().prefix("unisono-pg-").tempdir()?;
            self.give(made.path())?;
            self.init_cluster(made.path())?;
            let patterns = pattern.parent().unwrap_or(&pattern);
            fs::create_dir_all(patterns)?;
            // By its side first: another test may look for it at this moment, or be doing the same and be done before.
            let beside = tempfile::tempdir_in(patterns)?;
            copy(&cluster(made.path()), &cluster(beside.path()))?;
            if let Err(error) = fs::rename(cluster(beside.path()), &pattern)
                && !pattern.exists()
            {
                return Err(error);
            }
        }
        copy(&pattern, &cluster(folder))
    }

    /// Where the first cluster that was made so is kept, by the test's own program: target/tmp/postgres-15-….
    fn pattern(&self) -> io::Result<PathBuf> {
        let program = std::env::current_exe()?;
        let target = program.ancestors().nth(3);
        let target = target.ok_or_else(|| io::Error::other("a test lies in a target folder"))?;
        let version = major_version(&self.folder);
        let made_so = INITDB.concat().replace("--", "-");
        Ok(target
            .join("tmp")
            .join(format!("postgres-{version}{made_so}")))
    }

    /// Lets the server's user have `path`.
    fn give(&self, path: &Path) -> io::Result<()> {
        match &self.user {
            Some(user) => chown(path, Some(user.id), Some(user.group)),
            None => Ok(()),
        }
    }

    fn init_cluster(&self, folder: &Path) -> io::Result<()> {
        let mut initdb = self.command("initdb");
        initdb.args(INITDB).arg("-D").arg(cluster(folder));
        let made = initdb.output()?;
        if made.status.success() {
            return Ok(());
        }
        let reason = String::from_utf8_lossy(&made.stderr);
        Err(io::Error::other(format!(
            "PostgreSQL makes no cluster:\n{reason}"
        )))
    }

    fn serve(&self, folder: &Path) -> io::Result<Child> {
        let mut postgres = self.command("postgres");
        postgres
            .arg("-D")
            .arg(cluster(folder))
            .arg("-k")
            .arg(folder);
        // Nothing here has to survive a power cut.
        for setting in [
            "listen_addresses=",
            "fsync=off",
            "shared_buffers=8MB",
            "max_connections=40",
        ] {
            postgres.args(["-c", setting]);
        }
        postgres.stdin(Stdio::null()).stdout(Stdio::null());
        postgres.stderr(File::create(log(folder))?).spawn()
    }
}

impl User {
    fn postgres() -> io::Result<Self> {
        let passwd = fs::read_to_string("/etc/passwd")?;
        let field = |line: &str, place| line.split(':').nth(place)?.parse().ok();
        passwd
            .lines()
            .find(|line| line.starts_with("postgres:"))
            .and_then(|line| {
                Some(Self {
                    id: field(line, 2)?,
                    group: field(line, 3)?,
                })
            })
            .ok_or_else(|| io::Error::other("there is no user called postgres to run the server"))
    }
}

/// Copies a folder with all that is in it, whose each file is and who may read it.
fn copy(from: &Path, to: &Path) -> io::Result<()> {
    let copied = Command::new("cp").arg("-a").arg(from).arg(to).output()?;
    match copied.status.success() {
        true => Ok(()),
        false => Err(io::Error::other(format!(
            "a cluster is not copied:\n{}",
            String::from_utf8_lossy(&copied.stderr)
        ))),
    }
}

fn cluster(folder: &Path) -> PathBuf {
    folder.join("cluster")
}

fn log(folder: &Path) -> PathBuf {
    folder.join("log")
}

fn major_version(programs: &Path) -> u32 {
    let version = programs.parent().and_then(Path::file_name);
    version
        .and_then(|name| name.to_str()?.parse().ok())
        .unwrap_or(0)
}
