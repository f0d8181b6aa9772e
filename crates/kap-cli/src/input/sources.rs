//! What the arguments name: files, folders replaced by what lies in them, patterns by what they match.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};

use super::Source;

/// Ends of names that hold documents, in folders as well.
const WANTED: &[&str] = &[
    ".json",
    ".ndjson",
    ".jsonl",
    ".json.gz",
    ".ndjson.gz",
    ".jsonl.gz",
    ".zip",
];

/// What `arguments` name. Folders are replaced by the documents in and below them, patterns by the files that they match,
/// in order of name. Files in folders whose name ends in one of `passed_over` are left out.
pub(crate) fn sources(arguments: &[PathBuf], passed_over: &[&str]) -> anyhow::Result<Vec<Source>> {
    let mut found = Vec::new();
    for argument in arguments {
        if argument.as_os_str() == "-" {
            found.push(Source::Stdin);
        } else if argument.is_dir() {
            folder(argument, passed_over, &mut found)?;
        } else if argument.exists() {
            found.push(Source::File(argument.clone()));
        } else {
            pattern(argument, passed_over, &mut found)?;
        }
    }
    Ok(found)
}

/// Everything in a folder; it must hold something to read.
fn folder(path: &Path, passed_over: &[&str], found: &mut Vec<Source>) -> anyhow::Result<()> {
    let before = found.len();
    let mut others = BTreeMap::new();
    collect(path, passed_over, found, &mut others)?;
    if found.len() > before {
        return Ok(());
    }
    let xml = others.get("xml").map_or(String::new(), |count| {
        format!("; it holds {count} .xml, and kap reads FHIR in JSON only")
    });
    bail!(
        "the folder `{}` holds no .json, .ndjson, .jsonl, .gz or .zip file{xml}",
        path.display()
    )
}

/// What a pattern such as `out/**/*.json` matches, for where no shell has replaced it.
fn pattern(argument: &Path, passed_over: &[&str], found: &mut Vec<Source>) -> anyhow::Result<()> {
    let text = argument.to_string_lossy();
    if !text.contains(['*', '?', '[']) {
        bail!("there is no file or folder `{text}`");
    }
    let before = found.len();
    let paths = glob::glob(&text).with_context(|| format!("`{text}` is neither a file nor a pattern of files"))?;
    for path in paths {
        let path = path.with_context(|| format!("cannot look for `{text}`"))?;
        let name = path.to_string_lossy();
        if path.is_file() && !passed_over.iter().any(|ending| name.ends_with(ending)) {
            found.push(Source::File(path));
        }
    }
    if found.len() == before {
        bail!("no file matches `{text}`");
    }
    Ok(())
}

fn collect(
    folder: &Path,
    passed_over: &[&str],
    found: &mut Vec<Source>,
    others: &mut BTreeMap<String, usize>,
) -> anyhow::Result<()> {
    let mut paths = fs::read_dir(folder)
        .and_then(|entries| {
            entries
                .map(|entry| entry.map(|entry| entry.path()))
                .collect::<io::Result<Vec<_>>>()
        })
        .with_context(|| format!("cannot list the folder `{}`", folder.display()))?;
    paths.sort();
    for path in paths {
        if path.is_dir() {
            // A link to a folder could lead in a circle.
            if !path.is_symlink() {
                collect(&path, passed_over, found, others)?;
            }
        } else if is_wanted(&path.to_string_lossy(), passed_over) {
            found.push(Source::File(path));
        } else if let Some(extension) = path.extension() {
            *others.entry(extension.to_string_lossy().into_owned()).or_default() += 1;
        }
    }
    Ok(())
}

/// Whether a file found in a folder, or in an archive, holds documents.
pub(super) fn is_wanted(name: &str, passed_over: &[&str]) -> bool {
    WANTED.iter().any(|ending| name.ends_with(ending)) && !passed_over.iter().any(|ending| name.ends_with(ending))
}
