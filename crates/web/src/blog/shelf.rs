//! The folder of the blog, read again as it changes: bounded in files, bytes and how often.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime};

use base::Timestamp;
use tokio::task::JoinHandle;

use super::post::{BadPost, FILE_BYTES_MAX, Post};

/// Posts that are shown: of more, those whose names are last, so that names that begin with their date keep the newest.
pub(super) const POSTS_MAX: usize = 1_000;
/// Names of the folder that are looked at.
const NAMES_MAX: usize = 20_000;
/// All files together, in bytes. Those whose names are last come first here too.
const BYTES_MAX: u64 = 16 * 1024 * 1024;
/// How often the folder is looked at, at most.
const LOOK_EVERY: Duration = Duration::from_secs(5);
/// Files that are named in the log at once, of those that are no posts.
const NAMED_MAX: usize = 20;
/// How names of posts end.
const ENDING: &str = ".md";

/// The posts, the newest first.
pub(super) type Posts = Vec<Arc<Post>>;

/// The blog of an installation. By default there is none.
#[derive(Default)]
pub(crate) struct Shelf {
    /// Where its files are; none: there is no blog.
    folder: Option<PathBuf>,
    kept: Arc<Mutex<Kept>>,
}

/// What was found last.
#[derive(Default)]
struct Kept {
    posts: Arc<Posts>,
    files: Arc<Files>,
    looked: Looked,
}

/// When somebody looked at the folder.
#[derive(Clone, Copy, Default)]
enum Looked {
    /// Not since the start.
    #[default]
    Never,
    /// Somebody is at it.
    Now,
    At(Timestamp),
}

/// Every file that was looked at, by its name without the ending.
type Files = BTreeMap<String, Known>;

#[derive(Clone)]
struct Known {
    /// When it was changed, and how long it is: as long as both are the same it is not read again.
    stamp: (SystemTime, u64),
    post: Result<Arc<Post>, BadPost>,
}

impl Shelf {
    /// The blog in `folder`, read now. The folder may come later.
    pub(crate) fn open(folder: PathBuf) -> Self {
        let mut kept = Kept::default();
        kept.keep(look(&folder, &Files::new()));
        Self {
            folder: Some(folder),
            kept: Arc::new(Mutex::new(kept)),
        }
    }

    /// The posts, as far as was seen.
    pub(super) fn posts(&self) -> Arc<Posts> {
        Arc::clone(&lock(&self.kept).posts)
    }

    /// Begins to look at the folder again where that is due. The look ends whether or not somebody waits for it.
    pub(super) fn look_again(&self, now: Timestamp) -> Option<JoinHandle<()>> {
        let folder = self.folder.as_ref()?;
        let before = lock(&self.kept).begin(now)?;
        let (folder, kept) = (folder.clone(), Arc::clone(&self.kept));
        Some(tokio::spawn(async move {
            let looked = tokio::task::spawn_blocking(move || look(&folder, &before)).await;
            let mut kept = lock(&kept);
            kept.looked = Looked::At(now);
            if let Ok(files) = looked {
                kept.keep(files);
            }
        }))
    }
}

impl Kept {
    /// What was found so far, for whoever is to look next. None: nobody is.
    fn begin(&mut self, now: Timestamp) -> Option<Arc<Files>> {
        let is_due = match self.looked {
            Looked::Never => true,
            Looked::Now => false,
            // A clock that was set back makes it due too.
            Looked::At(at) => now < at || now >= at.after(LOOK_EVERY),
        };
        is_due.then(|| {
            self.looked = Looked::Now;
            Arc::clone(&self.files)
        })
    }

    fn keep(&mut self, files: Files) {
        let mut posts: Posts = files
            .values()
            .filter_map(|known| known.post.clone().ok())
            .collect();
        posts.sort_by(|one, other| (&other.date, &one.slug).cmp(&(&one.date, &other.slug)));
        self.posts = Arc::new(posts);
        self.files = Arc::new(files);
    }
}

fn lock(kept: &Mutex<Kept>) -> MutexGuard<'_, Kept> {
    kept.lock().unwrap_or_else(PoisonError::into_inner)
}

/// What the folder holds now. What has not changed since `before` is not read again, and bad files are named once.
fn look(folder: &Path, before: &Files) -> Files {
    let mut left = BYTES_MAX;
    let mut files = Files::new();
    let mut bad = Vec::new();
    for name in names(folder).into_iter().rev() {
        let path = folder.join(format!("{name}{ENDING}"));
        let Some(stamp) = stamp(&path) else {
            continue;
        };
        let bytes = stamp.1.min(FILE_BYTES_MAX);
        let known = before.get(&name).filter(|known| known.stamp == stamp);
        let post = match known.map(|known| &known.post) {
            _ if left < bytes => Err(BadPost::NoRoom),
            Some(post) if *post != Err(BadPost::NoRoom) => post.clone(),
            _ => read(&path, &name).map(Arc::new),
        };
        left = left.saturating_sub(bytes);
        if let Err(why) = post
            && known.is_none_or(|known| known.post != Err(why))
        {
            bad.push((name.clone(), why));
        }
        files.insert(name, Known { stamp, post });
    }
    tell(&bad);
    files
}

/// The names of the posts that are shown, without their ending, in their order.
fn names(folder: &Path) -> Vec<String> {
    let Ok(entries) = fs::read_dir(folder) else {
        return Vec::new();
    };
    let names = entries.take(NAMES_MAX).filter_map(|entry| {
        let name = entry.ok()?.file_name().into_string().ok()?;
        name.strip_suffix(ENDING).map(str::to_owned)
    });
    let mut names: Vec<String> = names.collect();
    names.sort_unstable();
    names.split_off(names.len().saturating_sub(POSTS_MAX))
}

/// When a file was changed, and how long it is. None: there is no such thing.
fn stamp(path: &Path) -> Option<(SystemTime, u64)> {
    let about = fs::symlink_metadata(path).ok()?;
    let changed = about.modified().unwrap_or(SystemTime::UNIX_EPOCH);
    Some((changed, about.len()))
}

fn read(path: &Path, name: &str) -> Result<Post, BadPost> {
    let about = fs::symlink_metadata(path).map_err(|_| BadPost::Unreadable)?;
    if !about.is_file() {
        return Err(BadPost::Unreadable);
    }
    let file = File::open(path).map_err(|_| BadPost::Unreadable)?;
    let mut bytes = Vec::new();
    let read = file.take(FILE_BYTES_MAX + 1).read_to_end(&mut bytes);
    read.map_err(|_| BadPost::Unreadable)?;
    if bytes.len() as u64 > FILE_BYTES_MAX {
        return Err(BadPost::TooLong);
    }
    let text = String::from_utf8(bytes).map_err(|_| BadPost::NotText)?;
    Post::read(name, &text)
}

fn tell(bad: &[(String, BadPost)]) {
    for (name, error) in bad.iter().take(NAMED_MAX) {
        tracing::warn!(file = ?name, %error, "a file of the blog is left out");
    }
    if bad.len() > NAMED_MAX {
        tracing::warn!("more files of the blog are left out");
    }
}
