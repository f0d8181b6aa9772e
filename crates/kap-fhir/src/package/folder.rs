//! Packages as folders, and the FHIR package cache, which is a folder of folders named `name#version`.

use std::fs;
use std::path::{Path, PathBuf};

use super::{Budget, File, Limits, Package, assemble, is_wanted};
use crate::Error;

impl Package {
    /// Reads an unpacked package: a folder with a `package/` in it, or that `package/` itself.
    pub fn from_folder(folder: &Path, limits: &Limits) -> Result<Package, Error> {
        let inner = folder.join("package");
        let folder = if inner.is_dir() { inner.as_path() } else { folder };
        let label = folder.display().to_string();
        let mut budget = Budget::new(&label, limits);
        let mut files = Vec::new();
        for entry in fs::read_dir(folder).map_err(cannot_read(folder))? {
            let path = entry.map_err(cannot_read(folder))?.path();
            budget.add_entry()?;
            let name = path
                .file_name()
                .and_then(|name| name.to_str())
                .filter(|name| is_wanted(name));
            if let (Some(name), true) = (name, path.is_file()) {
                budget.add_bytes(fs::metadata(&path).map_err(cannot_read(&path))?.len())?;
                let bytes = fs::read(&path).map_err(cannot_read(&path))?;
                files.push(File {
                    name: name.to_owned(),
                    bytes,
                });
            }
        }
        assemble(&label, files)
    }

    /// Reads a package from the FHIR package cache, usually `~/.fhir/packages`.
    pub fn from_cache(cache: &Path, name: &str, version: &str, limits: &Limits) -> Result<Package, Error> {
        let folder = cache.join(format!("{name}#{version}"));
        if folder.is_dir() {
            return Package::from_folder(&folder, limits);
        }
        Err(Error::NotCached {
            name: name.to_owned(),
            version: version.to_owned(),
            cache: cache.to_owned(),
        })
    }
}

fn cannot_read(path: &Path) -> impl Fn(std::io::Error) -> Error {
    let path: PathBuf = path.to_owned();
    move |source| Error::Read {
        path: path.clone(),
        source,
    }
}
