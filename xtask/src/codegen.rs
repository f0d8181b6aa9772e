//! `cargo xtask codegen [--check]`: everything that is derived from the sources and checked in.
//!
//! | written | from |
//! |---|---|
//! | `profiles/record/kap-record.schema.json` | the types of `kap-record` |
//! | `crates/kap-profiles/data/guide.ndjson`, `kap.plan` | `profiles/fsh-generated/resources` |
//! | `crates/kap-cli/src/commands/explain/examples.json` | `fixtures/invalid`, `fixtures/records/invalid` |
//! | `crates/kap-profiles/data/records/`, `src/demo_records.rs` | `fixtures/records` |

mod examples;

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};

use crate::folder;

/// A file as it should be.
struct Output {
    path: PathBuf,
    bytes: Vec<u8>,
}

/// Writes what differs, or with `check` names it and fails.
pub(crate) fn run(root: &Path, check: bool) -> anyhow::Result<()> {
    let mut outputs = vec![schema(root)?];
    outputs.extend(guide(root)?);
    outputs.extend(demo_records(root)?);
    outputs.push(examples::examples(root)?);
    let stale: Vec<&Output> = outputs.iter().filter(|output| !is_current(output)).collect();
    let left_over = left_over(root, &outputs)?;
    if check && !(stale.is_empty() && left_over.is_empty()) {
        for path in stale.iter().map(|output| &output.path).chain(&left_over) {
            eprintln!("codegen: {} is not current", path.display());
        }
        bail!("run `cargo xtask codegen` and commit what it writes");
    }
    for output in stale {
        if let Some(folder) = output.path.parent() {
            fs::create_dir_all(folder)?;
        }
        fs::write(&output.path, &output.bytes).with_context(|| format!("cannot write {}", output.path.display()))?;
        println!("codegen: wrote {}", output.path.display());
    }
    for path in left_over {
        fs::remove_file(&path).with_context(|| format!("cannot remove {}", path.display()))?;
        println!("codegen: removed {}", path.display());
    }
    Ok(())
}

fn is_current(output: &Output) -> bool {
    fs::read(&output.path).is_ok_and(|bytes| bytes == output.bytes)
}

fn schema(root: &Path) -> anyhow::Result<Output> {
    let mut text = serde_json::to_string_pretty(&kap_record::schema())?;
    text.push('\n');
    Ok(Output {
        path: root.join("profiles/record/kap-record.schema.json"),
        bytes: text.into_bytes(),
    })
}

/// The guide's definitions, one a line, and compiled.
fn guide(root: &Path) -> anyhow::Result<Vec<Output>> {
    let data = root.join("crates/kap-profiles/data");
    let mut lines = Vec::new();
    let mut definitions = Vec::new();
    for path in folder::json_files(&root.join("profiles/fsh-generated/resources"))? {
        let text = fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
        let value: serde_json::Value =
            serde_json::from_slice(&text).with_context(|| format!("{} is no JSON", path.display()))?;
        serde_json::to_writer(&mut lines, &value)?;
        lines.push(b'\n');
        if !is_outline(&value) {
            definitions.push(value);
        }
    }
    let manifest = fs::read(root.join("profiles/package.json")).context("cannot read profiles/package.json")?;
    let manifest: serde_json::Value = serde_json::from_slice(&manifest).context("profiles/package.json is no JSON")?;
    let member = |name: &str| {
        manifest[name]
            .as_str()
            .with_context(|| format!("profiles/package.json has no `{name}`"))
    };
    let plan = kap_validate::compile(member("name")?, member("version")?, definitions)?;
    Ok(vec![
        Output {
            path: data.join("guide.ndjson"),
            bytes: lines,
        },
        Output {
            path: data.join("kap.plan"),
            bytes: plan,
        },
    ])
}

/// A Questionnaire without items only names an instrument: the wording belongs to its owner, and answers to it cannot be
/// held to items that are not there.
fn is_outline(definition: &serde_json::Value) -> bool {
    definition["resourceType"] == "Questionnaire" && definition.get("item").is_none()
}

/// The records of the demo, byte for byte, and the table that names them.
fn demo_records(root: &Path) -> anyhow::Result<Vec<Output>> {
    let crate_folder = root.join("crates/kap-profiles");
    let mut outputs = Vec::new();
    let mut rows = Vec::new();
    for path in folder::json_files(&root.join("fixtures/records"))? {
        let name = path
            .file_stem()
            .context("a record without a name")?
            .to_string_lossy()
            .into_owned();
        rows.push(format!(
            "    (\"{name}\", include_bytes!(\"../data/records/{name}.json\")),
"
        ));
        let bytes = fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
        outputs.push(Output {
            path: crate_folder.join(format!("data/records/{name}.json")),
            bytes,
        });
    }
    let table = format!(
        "// Written by `cargo xtask codegen` from `fixtures/records`; do not edit.\n\n\
         /// Name and JSON of each record, in the order of the names.\n\
         #[rustfmt::skip]\n\
         pub(crate) static DEMO_RECORDS: &[(&str, &[u8])] = &[\n{}];\n",
        rows.concat()
    );
    outputs.push(Output {
        path: crate_folder.join("src/demo_records.rs"),
        bytes: table.into_bytes(),
    });
    Ok(outputs)
}

/// Copies whose source is gone.
fn left_over(root: &Path, outputs: &[Output]) -> anyhow::Result<Vec<PathBuf>> {
    let folder = root.join("crates/kap-profiles/data/records");
    if !folder.is_dir() {
        return Ok(Vec::new());
    }
    let paths = folder::json_files(&folder)?;
    Ok(paths
        .into_iter()
        .filter(|path| outputs.iter().all(|output| output.path != *path))
        .collect())
}

#[cfg(test)]
mod tests {
    #[test]
    fn generated_files_are_current() {
        super::run(&crate::root(), true).expect("what is stale is printed above");
    }
}
