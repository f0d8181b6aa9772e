//! Compiled plans on disk, named by a checksum over everything that they were made of.
//!
//! A package is hashed once: as long as the length and the time of its file stay the same, a small file beside the plans
//! remembers what was in it. Whatever in this folder is damaged, of another version, or unreadable counts as not there;
//! that nothing can be written is no failure either.

use std::fs::{self, Metadata};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use kap_fhir::package::{Manifest, Place};
use kap_validate::Plan;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::files;

/// How many plans are kept; the oldest go first.
const MAX_PLANS: usize = 64;
/// A file that was changed this short a time before we looked can change again without a new time.
const UNSETTLED: Duration = Duration::from_secs(2);

/// The folder of compiled plans.
pub(super) struct Cache {
    folder: PathBuf,
    /// Tells this program from others that write here.
    program: String,
}

/// What is known of a package without reading it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Source {
    /// Where it lies.
    path: PathBuf,
    /// Lengths and times of its files.
    stamp: String,
    /// Checksum of its content.
    pub(super) checksum: String,
    name: String,
    version: String,
    fhir_versions: Vec<String>,
    dependencies: Vec<(String, String)>,
}

impl Source {
    pub(super) fn manifest(&self) -> Manifest {
        Manifest {
            name: self.name.clone(),
            version: self.version.clone(),
            canonical: None,
            fhir_versions: self.fhir_versions.clone(),
            dependencies: self.dependencies.clone(),
        }
    }
}

impl Cache {
    /// The cache in `KAP_CACHE_DIR`, or else in the user's cache folder; `None` if there is no such place.
    pub(super) fn open() -> Option<Cache> {
        let named = |variable: &str| {
            let value = std::env::var_os(variable).filter(|value| !value.is_empty())?;
            Some(PathBuf::from(value))
        };
        let base = named("KAP_CACHE_DIR").or_else(|| {
            let shared = named("XDG_CACHE_HOME").or_else(|| named("LOCALAPPDATA"));
            let shared = shared.or_else(|| Some(std::env::home_dir()?.join(".cache")))?;
            Some(shared.join("kap"))
        })?;
        Some(Cache::at(base.join("plans")))
    }

    /// The cache in that very folder.
    pub(super) fn at(folder: PathBuf) -> Cache {
        let (format, checksum) = Plan::r4().identity();
        let version = env!("CARGO_PKG_VERSION");
        Cache {
            folder,
            program: format!("{version} {format} {checksum:x} {}", this_program()),
        }
    }

    /// What is known of the package at a place, unless it has changed.
    pub(super) fn source(&self, place: &Place) -> Option<Source> {
        let path = fs::canonicalize(place.path()).ok()?;
        let remembered = fs::read(self.source_file(&path)).ok()?;
        let source: Source = serde_json::from_slice(&remembered).ok()?;
        (source.path == path && source.stamp == stamp(place)?).then_some(source)
    }

    /// Remembers a package that was read: `stamp` is what [`stamp`] said before it was read.
    pub(super) fn remember(&self, place: &Place, stamp: Option<String>, checksum: &str, manifest: &Manifest) {
        let Ok(path) = fs::canonicalize(place.path()) else {
            return;
        };
        let Some(stamp) = stamp.filter(|_| is_settled(&path)) else {
            return;
        };
        let source = Source {
            path: path.clone(),
            stamp,
            checksum: checksum.to_owned(),
            name: manifest.name.clone(),
            version: manifest.version.clone(),
            fhir_versions: manifest.fhir_versions.clone(),
            dependencies: manifest.dependencies.clone(),
        };
        if let Ok(text) = serde_json::to_vec(&source) {
            self.write(&self.source_file(&path), &text);
        }
    }

    /// The key of the plan of a package with that checksum, resting on plans with those keys.
    pub(super) fn key(&self, checksum: &str, bases: &[String]) -> String {
        let mut parts = vec![self.program.as_str(), checksum];
        parts.extend(bases.iter().map(String::as_str));
        hash(parts)
    }

    /// The plan with that key; none if there is none that is whole and of this version.
    pub(super) fn plan(&self, key: &str) -> Option<Plan> {
        Plan::from_bytes(fs::read(self.plan_file(key)).ok()?).ok()
    }

    /// Keeps a plan, and lets the oldest ones go.
    pub(super) fn keep(&self, key: &str, plan: &[u8]) {
        self.prune();
        self.write(&self.plan_file(key), plan);
    }

    fn write(&self, path: &Path, bytes: &[u8]) {
        // A cache that cannot be written makes the next run slower, nothing else.
        let _ = files::private_folder(&self.folder).and_then(|()| files::write_private(path, bytes));
    }

    fn prune(&self) {
        let entries = fs::read_dir(&self.folder).into_iter().flatten().flatten();
        let mut plans: Vec<(SystemTime, PathBuf)> = entries
            .filter(|entry| entry.path().extension().is_some_and(|extension| extension == "plan"))
            .filter_map(|entry| Some((entry.metadata().ok()?.modified().ok()?, entry.path())))
            .collect();
        plans.sort();
        let surplus = (plans.len() + 1).saturating_sub(MAX_PLANS);
        for (_, path) in plans.iter().take(surplus) {
            let _ = fs::remove_file(path);
        }
    }

    fn plan_file(&self, key: &str) -> PathBuf {
        self.folder.join(format!("{key}.plan"))
    }

    fn source_file(&self, path: &Path) -> PathBuf {
        self.folder
            .join(format!("{}.json", hash([path.to_string_lossy().as_ref()])))
    }
}

/// Checksum of texts, each apart from the next.
pub(super) fn hash<'t>(texts: impl IntoIterator<Item = &'t str>) -> String {
    let mut digest = Sha256::new();
    for text in texts {
        digest.update(text.len().to_le_bytes());
        digest.update(text);
    }
    hex::encode(digest.finalize())
}

/// Length and time of this binary: what an earlier build compiled may differ.
fn this_program() -> String {
    let metadata = std::env::current_exe().and_then(fs::metadata);
    metadata.map(|metadata| stamp_of(&metadata)).unwrap_or_default()
}

/// Lengths and times of the files of a package.
pub(super) fn stamp(place: &Place) -> Option<String> {
    match place {
        Place::Archive(path) => Some(stamp_of(&fs::metadata(path).ok()?)),
        Place::Folder(folder) => {
            let inner = folder.join("package");
            let folder = if inner.is_dir() { &inner } else { folder };
            let mut lines = Vec::new();
            for entry in fs::read_dir(folder).ok()? {
                let entry = entry.ok()?;
                let name = entry.file_name();
                let stamp = stamp_of(&fs::metadata(entry.path()).ok()?);
                lines.push(format!("{} {stamp}", name.to_string_lossy()));
            }
            lines.sort_unstable();
            Some(hash(lines.iter().map(String::as_str)))
        }
    }
}

fn stamp_of(metadata: &Metadata) -> String {
    let modified = metadata
        .modified()
        .ok()
        .and_then(|time| time.duration_since(UNIX_EPOCH).ok());
    format!("{} {}", metadata.len(), modified.unwrap_or_default().as_nanos())
}

fn is_settled(path: &Path) -> bool {
    let modified = fs::metadata(path).and_then(|metadata| metadata.modified());
    let age = modified
        .ok()
        .and_then(|time| SystemTime::now().duration_since(time).ok());
    age.is_some_and(|age| age > UNSETTLED)
}
