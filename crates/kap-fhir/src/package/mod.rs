//! FHIR packages: gzipped archives, folders, and the FHIR package cache
//! (<https://confluence.hl7.org/display/FHIR/NPM+Package+Specification>).
//!
//! A package is a folder `package/` with a manifest `package.json` and one JSON file a definition. Everything else
//! (`example/`, `other/`, `openapi/`, `xml/`, …) is skipped by one rule: only JSON files that lie directly in
//! `package/` and do not begin with a dot are definitions.

mod archive;
mod folder;
mod manifest;
mod store;

pub use manifest::Manifest;
pub use store::{Place, Store};

use crate::Error;

/// A package in memory.
#[derive(Clone, Debug)]
pub struct Package {
    /// What the package says about itself.
    pub manifest: Manifest,
    /// Its definitions, ordered by file name, so that the same package always gives the same order.
    pub files: Vec<File>,
}

/// One definition of a package.
#[derive(Clone)]
pub struct File {
    /// File name without folder, for example `StructureDefinition-Patient.json`. Canonical URLs identify definitions,
    /// names of files do not.
    pub name: String,
    /// The content as it is in the package.
    pub bytes: Vec<u8>,
}

/// Shows the name and the size: definitions are long.
impl std::fmt::Debug for File {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("File")
            .field("name", &self.name)
            .field("bytes", &self.bytes.len())
            .finish()
    }
}

/// How much a package may ask of us: a small archive can unpack to terabytes.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// All content together, in bytes when unpacked.
    pub max_bytes: u64,
    /// Entries in the archive or files in the folder, skipped ones included.
    pub max_entries: u64,
}

/// 1 GiB and 100,000 entries: the largest published package (`hl7.fhir.r4.examples`) unpacks to a fifth of that.
impl Default for Limits {
    fn default() -> Self {
        Limits {
            max_bytes: 1 << 30,
            max_entries: 100_000,
        }
    }
}

/// Counts what a package has used of its [`Limits`].
struct Budget<'l> {
    label: &'l str,
    limits: Limits,
    bytes: u64,
    entries: u64,
}

impl<'l> Budget<'l> {
    fn new(label: &'l str, limits: &Limits) -> Budget<'l> {
        Budget {
            label,
            limits: *limits,
            bytes: 0,
            entries: 0,
        }
    }

    fn add_entry(&mut self) -> Result<(), Error> {
        self.entries += 1;
        self.check(self.entries, self.limits.max_entries, "files")
    }

    fn add_bytes(&mut self, bytes: u64) -> Result<(), Error> {
        self.bytes = self.bytes.saturating_add(bytes);
        self.check(self.bytes, self.limits.max_bytes, "bytes when unpacked")
    }

    fn check(&self, used: u64, allowed: u64, what: &'static str) -> Result<(), Error> {
        if used <= allowed {
            Ok(())
        } else {
            Err(Error::TooLarge {
                label: self.label.to_owned(),
                allowed,
                what,
            })
        }
    }
}

/// Makes a package of its files, the manifest among them.
fn assemble(label: &str, mut files: Vec<File>) -> Result<Package, Error> {
    let is_manifest = |file: &File| file.name == "package.json";
    let manifest = match files.iter().position(is_manifest) {
        Some(at) => Manifest::parse(label, &files.swap_remove(at).bytes)?,
        None => {
            return Err(Error::Manifest {
                label: label.to_owned(),
                problem: "the file is missing".to_owned(),
            });
        }
    };
    files.sort_by(|left, right| left.name.cmp(&right.name));
    Ok(Package { manifest, files })
}

/// Whether a file of `package/` is a definition (or the manifest).
fn is_wanted(name: &str) -> bool {
    let json = std::path::Path::new(name)
        .extension()
        .is_some_and(|extension| extension == "json");
    json && !name.starts_with('.')
}
