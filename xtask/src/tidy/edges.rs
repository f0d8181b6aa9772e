//! Which crate may use which: the table of ARCHITECTURE.md, asserted from `cargo metadata`.

use std::path::Path;
use std::process::Command;

use anyhow::{Context as _, bail};
use serde_json::Value;

/// Each room and the rooms it may use in its shipped code. Tests may use more.
const MAY_USE: &[(&str, &[&str])] = &[
    ("kap-json", &[]),
    ("kap-record", &["kap-json"]),
    ("kap-fhir", &["kap-json"]),
    ("kap-fhirpath", &["kap-json", "kap-fhir"]),
    ("kap-validate", &["kap-json", "kap-fhir", "kap-fhirpath"]),
    ("kap-profiles", &[]),
    ("kap-map", &["kap-json", "kap-record", "kap-fhir", "kap-outcomes"]),
    ("kap-client", &["kap-json", "kap-fhir"]),
    ("kap-sandbox", &["kap-json", "kap-fhir"]),
    ("kap-outcomes", &["kap-record"]),
    ("kap-report", &["kap-record", "kap-outcomes", "kap-fhir"]),
    ("kap-synth", &["kap-record"]),
];

/// Outside crates that only one room may use.
const BELONGS_TO: &[(&str, &[&str])] = &[
    ("fhirbolt", &["kap-map"]),
    ("reqwest", &["kap-client", "kap-sandbox"]),
    ("rusqlite", &["kap-client", "kap-sandbox"]),
    ("axum", &["kap-sandbox"]),
    ("clap", &["kap-cli", "xtask"]),
    ("indicatif", &["kap-cli"]),
];

/// Every edge that the tables do not allow.
pub(super) fn breaches(root: &Path) -> anyhow::Result<Vec<String>> {
    let mut breaches = Vec::new();
    for (package, dependency) in shipped_edges(root)? {
        if dependency.starts_with("kap-") && !matches!(package.as_str(), "kap-cli" | "xtask") {
            match MAY_USE.iter().find(|(room, _)| *room == package) {
                Some((_, allowed)) if allowed.contains(&dependency.as_str()) => {}
                Some(_) => breaches.push(format!("`{package}` must not use `{dependency}`")),
                None => breaches.push(format!("`{package}` is no room of the architecture")),
            }
        }
        if let Some((_, owners)) = BELONGS_TO.iter().find(|(outside, _)| *outside == dependency)
            && !owners.contains(&package.as_str())
        {
            breaches.push(format!(
                "`{package}` must not use `{dependency}`: it belongs to {}",
                owners.join(", ")
            ));
        }
    }
    Ok(breaches)
}

/// Package and dependency of every non-test dependency in the workspace.
fn shipped_edges(root: &Path) -> anyhow::Result<Vec<(String, String)>> {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--no-deps"])
        .current_dir(root)
        .output()
        .context("cannot run `cargo metadata`")?;
    if !output.status.success() {
        bail!("`cargo metadata` failed: {}", String::from_utf8_lossy(&output.stderr));
    }
    let metadata: Value = serde_json::from_slice(&output.stdout).context("`cargo metadata` printed no JSON")?;
    let packages = metadata["packages"]
        .as_array()
        .context("`cargo metadata` lists no packages")?;
    let mut edges = Vec::new();
    for package in packages {
        let name = package["name"].as_str().unwrap_or_default();
        for dependency in package["dependencies"].as_array().into_iter().flatten() {
            if dependency["kind"].is_null() {
                edges.push((
                    name.to_owned(),
                    dependency["name"].as_str().unwrap_or_default().to_owned(),
                ));
            }
        }
    }
    Ok(edges)
}
