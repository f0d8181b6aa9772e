//! Packages at hand, each compiled once.

use std::collections::{BTreeSet, HashMap};
use std::fs::{self, File};
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use anyhow::{Context as _, Result};
use flate2::read::GzDecoder;
use kap_fhir::Package;
use kap_fhir::package::{Limits, Manifest};
use kap_validate::{Plan, PlanSet};

/// The pack of extensions that HL7's cases load; the nearest one that is published.
const EXTENSIONS: &str = "hl7.fhir.uv.extensions.r4#5.3.0-ballot-tc1";

/// Where packages lie, and what has been compiled of them.
pub(crate) struct Library {
    /// Asked for by name.
    pub(crate) asked: Vec<PathBuf>,
    folders: Vec<PathBuf>,
    compiled: Mutex<HashMap<PathBuf, Arc<Loaded>>>,
}

/// A compiled package.
pub(crate) struct Loaded {
    pub(crate) plan: Plan,
    pub(crate) manifest: Manifest,
}

impl Library {
    /// `asked` packages, and those in their folders, in `KAP_PACKAGES_DIR` and in `packages` below or beside `dir`.
    pub(crate) fn new(asked: &[PathBuf], dir: &Path) -> Library {
        let mut folders: Vec<PathBuf> = asked
            .iter()
            .filter_map(|path| Some(path.parent()?.to_owned()))
            .collect();
        folders.extend(std::env::var_os("KAP_PACKAGES_DIR").map(PathBuf::from));
        folders.push(dir.join("cases/packages"));
        folders.extend(dir.ancestors().skip(1).take(2).map(|folder| folder.join("packages")));
        Library {
            asked: asked.to_vec(),
            folders,
            compiled: Mutex::default(),
        }
    }

    /// The package's file, `name#version`, where it is at hand.
    pub(crate) fn find(&self, label: &str) -> Option<PathBuf> {
        let (name, version) = label.split_once('#')?;
        let asked = self.asked.iter().filter(|path| {
            let file = path.file_stem().and_then(|file| file.to_str()).unwrap_or_default();
            file == label || file == format!("{name}-{version}")
        });
        let stored = self
            .folders
            .iter()
            .flat_map(|folder| ["-", "#"].map(|separator| folder.join(format!("{name}{separator}{version}.tgz"))));
        asked.cloned().chain(stored).find(|path| path.exists())
    }

    /// The package's file or, without that version, the newest one of its name.
    pub(crate) fn find_nearest(&self, label: &str) -> Option<PathBuf> {
        self.find(label).or_else(|| {
            let (name, _) = label.split_once('#')?;
            let listed = self.folders.iter().filter_map(|folder| fs::read_dir(folder).ok());
            let files = listed.flatten().flatten().map(|entry| entry.path());
            let of_that_name = files.filter(|path| {
                let file = path.file_name().and_then(|file| file.to_str()).unwrap_or_default();
                let rest = file.strip_prefix(name).unwrap_or_default();
                path.extension().is_some_and(|extension| extension == "tgz")
                    && rest.starts_with(['-', '#'])
                    && rest[1..].starts_with(|first: char| first.is_ascii_digit())
            });
            of_that_name.max()
        })
    }

    /// The pack of extensions, where it is at hand.
    pub(crate) fn extensions(&self) -> Option<PathBuf> {
        self.find(EXTENSIONS)
    }

    /// The compiled package in that file or folder.
    pub(crate) fn load(&self, path: &Path) -> Result<Arc<Loaded>> {
        let known = |library: &Library| {
            let compiled = library.compiled.lock().unwrap_or_else(PoisonError::into_inner);
            compiled.get(path).cloned()
        };
        if let Some(loaded) = known(self) {
            return Ok(loaded);
        }
        let context = || format!("cannot use the package {}", path.display());
        let package = read(path).with_context(context)?;
        let bytes = kap_validate::compile_package(&package).with_context(context)?;
        let loaded = Arc::new(Loaded {
            plan: Plan::from_bytes(bytes).with_context(context)?,
            manifest: package.manifest,
        });
        let mut compiled = self.compiled.lock().unwrap_or_else(PoisonError::into_inner);
        Ok(Arc::clone(compiled.entry(path.to_owned()).or_insert(loaded)))
    }

    /// Those packages and what they rest on, as far as it is at hand: R4 itself is in the binary.
    pub(crate) fn with_dependencies(&self, paths: &[PathBuf], is_nearest: bool) -> Result<Vec<Arc<Loaded>>> {
        let mut loaded = Vec::new();
        let mut seen = BTreeSet::new();
        let mut open: Vec<PathBuf> = paths.iter().rev().cloned().collect();
        while let Some(path) = open.pop() {
            if !seen.insert(path.clone()) {
                continue;
            }
            let package = self.load(&path)?;
            for (name, version) in package.manifest.dependencies.iter().rev() {
                let label = format!("{name}#{version}");
                let found = if is_nearest {
                    self.find_nearest(&label)
                } else {
                    self.find(&label)
                };
                open.extend(found.filter(|_| !name.starts_with("hl7.fhir.r4.")));
            }
            loaded.push(package);
        }
        Ok(loaded)
    }
}

/// R4 and those packages as one set.
pub(crate) fn with_r4<'p>(packages: impl IntoIterator<Item = &'p Plan>) -> PlanSet<'p> {
    let mut plans = vec![Plan::r4()];
    plans.extend(packages);
    PlanSet::new(&plans)
}

pub(super) fn read(path: &Path) -> Result<Package> {
    let limits = Limits::default();
    if path.is_dir() {
        return Ok(Package::from_folder(path, &limits)?);
    }
    Ok(Package::from_tgz(
        &path.display().to_string(),
        File::open(path)?,
        &limits,
    )?)
}

/// A JSON file with its path in the folder or archive it came from.
pub(crate) struct Text {
    pub(crate) name: String,
    pub(crate) bytes: Vec<u8>,
}

/// Every `.json` file of an archive or below a folder, by name.
pub(crate) fn json_texts(path: &Path) -> Result<Vec<Text>> {
    let mut texts = Vec::new();
    if path.is_dir() {
        gather(path, path, &mut texts)?;
    } else {
        let file = File::open(path).with_context(|| format!("cannot read {}", path.display()))?;
        let mut archive = tar::Archive::new(GzDecoder::new(file));
        for entry in archive.entries()? {
            let mut entry = entry?;
            let name = entry.path()?.to_string_lossy().into_owned();
            if is_resource_file(&name) {
                let mut bytes = Vec::new();
                entry.read_to_end(&mut bytes)?;
                texts.push(Text { name, bytes });
            }
        }
    }
    texts.sort_by(|left, right| left.name.cmp(&right.name));
    Ok(texts)
}

fn gather(top: &Path, folder: &Path, texts: &mut Vec<Text>) -> Result<()> {
    for entry in fs::read_dir(folder).with_context(|| format!("cannot list {}", folder.display()))? {
        let path = entry?.path();
        let name = path.strip_prefix(top).unwrap_or(&path).to_string_lossy().into_owned();
        if path.is_dir() {
            gather(top, &path, texts)?;
        } else if is_resource_file(&name) {
            let bytes = fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
            texts.push(Text { name, bytes });
        }
    }
    Ok(())
}

fn is_resource_file(name: &str) -> bool {
    let file = name.rsplit('/').next().unwrap_or(name);
    let is_json = Path::new(file).extension().is_some_and(|extension| extension == "json");
    is_json && !file.starts_with('.') && file != "package.json"
}
