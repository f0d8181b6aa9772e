//! Folders in which packages are looked up by name and version: the FHIR package cache (`~/.fhir/packages`, a folder
//! `name#version` a package), and folders of archives as registries hand them out (`name-version.tgz`).

use std::fs::{self, File};
use std::path::{Path, PathBuf};

use super::{Limits, Package};
use crate::{Error, version};

/// Where a package lies.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Place {
    /// A `.tgz`.
    Archive(PathBuf),
    /// An unpacked package.
    Folder(PathBuf),
}

impl Place {
    /// The place of a path: a folder or, whatever its name, an archive.
    pub fn of(path: &Path) -> Place {
        if path.is_dir() {
            Place::Folder(path.to_owned())
        } else {
            Place::Archive(path.to_owned())
        }
    }

    /// The file or folder.
    pub fn path(&self) -> &Path {
        match self {
            Place::Archive(path) | Place::Folder(path) => path,
        }
    }

    /// Reads the package.
    pub fn read(&self, limits: &Limits) -> Result<Package, Error> {
        match self {
            Place::Folder(folder) => Package::from_folder(folder, limits),
            Place::Archive(path) => {
                let archive = File::open(path).map_err(|source| Error::Read {
                    path: path.clone(),
                    source,
                })?;
                Package::from_tgz(&path.display().to_string(), archive, limits)
            }
        }
    }
}

/// Folders of packages, the first one first.
#[derive(Clone, Debug, Default)]
pub struct Store {
    folders: Vec<PathBuf>,
}

impl Store {
    /// A store over `folders`. Those that do not exist hold nothing.
    pub fn new(folders: impl IntoIterator<Item = PathBuf>) -> Store {
        Store {
            folders: folders.into_iter().collect(),
        }
    }

    /// Where a package lies. `asked` is a version, a range (`6.1.x`, `^6.1.0`), `latest`, or one of the words for builds
    /// that were never published, `current` and `dev`. Of several versions the newest counts.
    pub fn find(&self, name: &str, asked: &str) -> Option<Place> {
        // Names and versions come from files: they must not lead out of the folders.
        let is_plain = |text: &str| !text.is_empty() && !text.contains(['/', '\\', ':']) && !text.starts_with('.');
        if !is_plain(name) {
            return None;
        }
        let words: &[&str] = match asked {
            "current" => &["current", "dev"],
            "dev" => &["dev", "current"],
            "latest" | "" => &[],
            _ => &[asked],
        };
        let exact = words.iter().filter(|word| is_plain(word));
        let mut exact = exact.flat_map(|word| self.folders.iter().map(move |folder| exactly(folder, name, word)));
        if let Some(found) = exact.find_map(|found| found) {
            return Some(found);
        }
        let range = match asked {
            "current" | "dev" | "latest" => "",
            asked => asked,
        };
        let listed = self.folders.iter().flat_map(|folder| versions(folder, name));
        let accepted = listed.filter(|(found, _)| version::accepts(range, found));
        let newest = accepted.reduce(|known, next| {
            if version::order(&next.0, &known.0).is_gt() {
                next
            } else {
                known
            }
        });
        newest.map(|(_, place)| place)
    }
}

fn exactly(folder: &Path, name: &str, version: &str) -> Option<Place> {
    let unpacked = folder.join(format!("{name}#{version}"));
    if unpacked.is_dir() {
        return Some(Place::Folder(unpacked));
    }
    let archives = ["#", "-"].map(|separator| folder.join(format!("{name}{separator}{version}.tgz")));
    archives.into_iter().find(|path| path.is_file()).map(Place::Archive)
}

/// The versions of a package that a folder holds.
fn versions(folder: &Path, name: &str) -> Vec<(String, Place)> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut found: Vec<(String, Place)> = entries
        .filter_map(|entry| {
            let file = entry.file_name();
            let rest = file.to_str()?.strip_prefix(name)?;
            let path = entry.path();
            if let Some(version) = rest.strip_prefix('#').filter(|_| path.is_dir()) {
                return Some((version.to_owned(), Place::Folder(path)));
            }
            let version = rest.strip_suffix(".tgz")?;
            let version = version.strip_prefix('#').or_else(|| version.strip_prefix('-'))?;
            // `name-r4-1.0.0.tgz` is a version of another package.
            let is_version = version.starts_with(|first: char| first.is_ascii_digit());
            is_version.then(|| (version.to_owned(), Place::Archive(path)))
        })
        .collect();
    found.sort();
    found
}
