//! Documents in archives: `.zip`, and the `.tgz` of FHIR packages. Nothing is unpacked to disk, so hostile paths have
//! nothing to escape from.

use std::io::{BufReader, Read, Seek};

use anyhow::{Context as _, anyhow};

use super::bounds::{Budget, MAX_ENTRIES, cannot_read};
use super::read::{Take, entry};
use super::sources::is_wanted;

/// What of an archive is read: documents, but no archives within archives.
fn holds_documents(name: &str) -> bool {
    is_wanted(name, &[super::RECEIPT, ".zip", ".gz"])
}

/// The name of a file of an archive.
fn place(archive: &str, file: &str) -> String {
    format!("{archive}!/{file}")
}

/// The documents of a `.zip`, in its order.
pub(super) fn zip(name: &str, reader: impl Read + Seek, take: &mut Take<'_>) -> bool {
    let opened = zip::ZipArchive::new(reader);
    let mut archive = match opened.with_context(|| format!("`{name}` is no zip archive that can be read")) {
        Ok(archive) => archive,
        Err(failure) => return take(Err(failure)),
    };
    if archive.len() > MAX_ENTRIES {
        return take(Err(anyhow!("`{name}` holds more than {MAX_ENTRIES} files; split it")));
    }
    let budget = Budget::default();
    for index in 0..archive.len() {
        let file = archive.by_index(index);
        let file = match file.with_context(|| format!("cannot read file {} of `{name}`", index + 1)) {
            Ok(file) => file,
            Err(failure) => {
                if !take(Err(failure)) {
                    return false;
                }
                continue;
            }
        };
        let Ok(path) = file.name().map(std::borrow::Cow::into_owned) else {
            continue;
        };
        if !file.is_file() || !holds_documents(&path) {
            continue;
        }
        budget.add_packed(file.compressed_size());
        let place = place(name, &path);
        let size = usize::try_from(file.size()).unwrap_or(usize::MAX);
        let reader = BufReader::with_capacity(1 << 16, budget.unpacked(file));
        match read_entry(&place, size, reader, take) {
            Next::File => {}
            Next::Source => return true,
            Next::Nothing => return false,
        }
    }
    true
}

/// The documents of a gzipped tar file; `reader` gives what is unpacked.
pub(super) fn tar(name: &str, reader: impl Read, take: &mut Take<'_>) -> bool {
    let mut archive = tar::Archive::new(reader);
    let entries = match archive.entries() {
        Ok(entries) => entries,
        Err(failure) => return take(Err(cannot_read(name)(failure))),
    };
    for file in entries.take(MAX_ENTRIES) {
        // After a broken header nothing in the archive has a place.
        let file = match file {
            Ok(file) => file,
            Err(failure) => return take(Err(cannot_read(name)(failure))),
        };
        let path = file
            .path()
            .map_or(String::new(), |path| path.to_string_lossy().into_owned());
        if !file.header().entry_type().is_file() || !holds_documents(&path) || is_of_the_package(&path) {
            continue;
        }
        let size = usize::try_from(file.size()).unwrap_or(usize::MAX);
        match read_entry(&place(name, &path), size, BufReader::new(file), take) {
            Next::File => {}
            Next::Source => return true,
            Next::Nothing => return false,
        }
    }
    true
}

/// Manifests and indexes of a FHIR package are no resources.
fn is_of_the_package(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    name == "package.json" || name.starts_with('.') || path.contains("/openapi/") || path.contains("/other/")
}

/// What is read after a file of an archive.
enum Next {
    /// The next file of the archive.
    File,
    /// The next source: what swells too far once does so again, so the rest of the archive is left alone.
    Source,
    /// Nothing: whoever takes has had enough.
    Nothing,
}

/// Reads one file of an archive.
fn read_entry(place: &str, size: usize, reader: BufReader<impl Read>, take: &mut Take<'_>) -> Next {
    let mut failed = false;
    let more = entry(place, size, reader, &mut |document| {
        failed |= document.is_err();
        take(document)
    });
    match (more, failed) {
        (false, _) => Next::Nothing,
        (true, true) => Next::Source,
        (true, false) => Next::File,
    }
}
