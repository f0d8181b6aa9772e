//! Definitions that lie in files of their own rather than in a package.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use kap_validate::{Compiled, PlanSet};
use serde_json::Value;

/// Compiles loose definitions, resting on `bases`.
pub(super) fn compile(bases: &PlanSet<'_>, paths: &[PathBuf]) -> anyhow::Result<Compiled> {
    let mut definitions = Vec::new();
    for path in paths {
        if path.is_dir() {
            read_folder(path, &mut definitions)?;
        } else {
            read_file(path, &mut definitions)?;
        }
    }
    Ok(kap_validate::compile_on(bases, "loose-definitions", "0", definitions)?)
}

fn read_folder(folder: &Path, definitions: &mut Vec<Value>) -> anyhow::Result<()> {
    let cannot = || format!("cannot read the folder `{}`", folder.display());
    let entries = fs::read_dir(folder).with_context(cannot)?;
    let mut paths = Vec::new();
    for entry in entries {
        paths.push(entry.with_context(cannot)?.path());
    }
    paths.sort();
    for path in paths {
        // A link to a folder above would lead in circles.
        if path.is_dir() && !path.is_symlink() {
            read_folder(&path, definitions)?;
        } else if path.extension().is_some_and(|extension| extension == "json") {
            read_file(&path, definitions)?;
        }
    }
    Ok(())
}

fn read_file(path: &Path, definitions: &mut Vec<Value>) -> anyhow::Result<()> {
    let text = fs::read(path).with_context(|| format!("cannot read `{}`", path.display()))?;
    let text = text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&text);
    if text.trim_ascii_start().first() == Some(&b'<') {
        bail!("`{}` is XML: definitions are read as FHIR JSON only", path.display());
    }
    let definition: Value = serde_json::from_slice(text).with_context(|| format!("`{}` is no JSON", path.display()))?;
    // A bundle of definitions stands for what is in it.
    let entries = definition.get("entry").and_then(Value::as_array);
    match entries.filter(|_| definition["resourceType"] == "Bundle") {
        Some(entries) => definitions.extend(entries.iter().filter_map(|entry| entry.get("resource")).cloned()),
        None => definitions.push(definition),
    }
    Ok(())
}
