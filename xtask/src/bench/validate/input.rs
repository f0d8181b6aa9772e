//! The bytes that everything is measured on.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, ensure};
use serde_json::{Value, json};

use crate::folder;

/// Profiles that the second run forces on every Observation.
const FORCED: [&str; 2] = [
    "http://hl7.org/fhir/us/core/StructureDefinition/us-core-observation-lab",
    "http://hl7.org/fhir/us/core/StructureDefinition/us-core-vital-signs",
];

/// Bundles, in files and in memory.
pub(super) struct Input {
    pub(super) texts: Vec<Vec<u8>>,
    /// Entries of all bundles.
    pub(super) resources: usize,
    /// A file that lists the files.
    pub(super) list: PathBuf,
}

impl Input {
    /// The bundles that claim US Core's profiles.
    pub(super) fn claimed(from: &Path, folder: &Path) -> Result<Input> {
        let mut files = folder::json_files(from)?;
        files.retain(|path| {
            path.file_name()
                .is_some_and(|name| name.to_string_lossy().starts_with("uscore-"))
        });
        ensure!(!files.is_empty(), "{} has no files `uscore-*.json`", from.display());
        Input::of(&files, &folder.join("claimed.txt"))
    }

    /// The same bundles, whose Observations claim the forced profiles, too.
    pub(super) fn forced(claimed: &Input, folder: &Path) -> Result<Input> {
        let mut files = Vec::new();
        for (text, number) in claimed.texts.iter().zip(1..) {
            let mut bundle: Value = serde_json::from_slice(text)?;
            for entry in bundle["entry"].as_array_mut().into_iter().flatten() {
                let resource = &mut entry["resource"];
                if resource["resourceType"] == "Observation" {
                    let meta = resource
                        .as_object_mut()
                        .context("a resource is an object")?
                        .entry("meta");
                    let meta = meta
                        .or_insert_with(|| json!({}))
                        .as_object_mut()
                        .context("meta is an object")?;
                    let profiles = meta.entry("profile").or_insert_with(|| json!([]));
                    let profiles = profiles.as_array_mut().context("profiles are a list")?;
                    profiles.extend(
                        FORCED
                            .map(Value::from)
                            .into_iter()
                            .filter(|one| !profiles.contains(one))
                            .collect::<Vec<_>>(),
                    );
                }
            }
            let path = folder.join(format!("forced-{number}.json"));
            fs::write(&path, serde_json::to_vec_pretty(&bundle)?)?;
            files.push(path);
        }
        Input::of(&files, &folder.join("forced.txt"))
    }

    fn of(files: &[PathBuf], list: &Path) -> Result<Input> {
        let mut texts = Vec::new();
        let mut resources = 0;
        for path in files {
            let text = fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
            let bundle: Value = serde_json::from_slice(&text)?;
            resources += bundle["entry"].as_array().map_or(0, Vec::len);
            texts.push(text);
        }
        let names: Vec<String> = files.iter().map(|path| path.display().to_string()).collect();
        fs::write(list, names.join("\n") + "\n")?;
        Ok(Input {
            texts,
            resources,
            list: list.to_owned(),
        })
    }

    /// All bytes together.
    pub(super) fn bytes(&self) -> usize {
        self.texts.iter().map(Vec::len).sum()
    }

    /// The resources of all bundles, one a line.
    pub(super) fn lines(&self) -> Result<Vec<Vec<u8>>> {
        let mut lines = Vec::new();
        for text in &self.texts {
            let bundle: Value = serde_json::from_slice(text)?;
            for entry in bundle["entry"].as_array().into_iter().flatten() {
                lines.push(serde_json::to_vec(&entry["resource"])?);
            }
        }
        Ok(lines)
    }
}
