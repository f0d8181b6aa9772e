//! Packages as gzipped tar files. PAX headers (long names) are understood by the tar reader; nothing is ever unpacked
//! to disk, so hostile paths have nothing to escape from.

use std::io::{self, Read};
use std::path::{Component, Path};

use flate2::read::GzDecoder;

use super::{Budget, File, Limits, Package, assemble, is_wanted};
use crate::Error;

impl Package {
    /// Reads a `.tgz`. `label` names it in errors.
    pub fn from_tgz(label: &str, archive: impl Read, limits: &Limits) -> Result<Package, Error> {
        let wrong = |source: io::Error| Error::Archive {
            label: label.to_owned(),
            source,
        };
        let mut budget = Budget::new(label, limits);
        // The limit sits under the tar reader: headers of hostile length count, too.
        let unpacked = GzDecoder::new(archive).take(limits.max_bytes.saturating_add(1));
        let mut archive = tar::Archive::new(unpacked);
        let mut files = Vec::new();
        for entry in archive.entries().map_err(wrong)? {
            let mut entry = entry.map_err(wrong)?;
            budget.add_entry()?;
            budget.add_bytes(entry.size())?;
            let name = entry.path().ok().and_then(|path| definition_name(&path));
            if let (Some(name), true) = (name, entry.header().entry_type().is_file()) {
                let mut bytes = Vec::new();
                entry.read_to_end(&mut bytes).map_err(wrong)?;
                files.push(File { name, bytes });
            }
        }
        assemble(label, files)
    }
}

/// The file name, if the path is `package/<name>.json`.
fn definition_name(path: &Path) -> Option<String> {
    let mut parts = path.components().filter(|part| !matches!(part, Component::CurDir));
    let (folder, name, rest) = (parts.next()?, parts.next()?, parts.next());
    let name = name.as_os_str().to_str()?;
    (folder.as_os_str() == "package" && rest.is_none() && is_wanted(name)).then(|| name.to_owned())
}
