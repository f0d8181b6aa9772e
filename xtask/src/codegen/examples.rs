//! For each code the smallest fixture that raises it: what `kap explain` shows.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use serde_json::{Value, json};

use super::Output;
use crate::folder;

/// Longer fixtures are shown around the finding only.
const MAX_TEXT: usize = 600;
/// How many lines around a finding are shown.
const AROUND: usize = 3;

/// The examples of all codes that have a fixture.
pub(super) fn examples(root: &Path) -> anyhow::Result<Output> {
    let mut found: BTreeMap<String, (usize, Value)> = BTreeMap::new();
    for path in fixtures(root)? {
        let text = fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
        // Some faults are that the text is no text.
        let Ok(text) = String::from_utf8(text) else { continue };
        let expected = path.with_extension("issues.json");
        let Ok(issues) = fs::read(&expected) else { continue };
        let issues: Vec<Value> =
            serde_json::from_slice(&issues).with_context(|| format!("{} is no list", expected.display()))?;
        let name = path.strip_prefix(root).unwrap_or(&path).display().to_string();
        for issue in &issues {
            let code = issue["code"].as_str().unwrap_or_default();
            if found.get(code).is_none_or(|(length, _)| *length > text.len()) {
                found.insert(code.to_owned(), (text.len(), example(&name, &text, issue)));
            }
        }
    }
    let found: BTreeMap<String, Value> = found.into_iter().map(|(code, (_, example))| (code, example)).collect();
    let mut text = serde_json::to_string_pretty(&found)?;
    text.push('\n');
    Ok(Output {
        path: root.join("crates/kap-cli/src/commands/explain/examples.json"),
        bytes: text.into_bytes(),
    })
}

/// Everything that is wrong on purpose, by name.
fn fixtures(root: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let invalid = root.join("fixtures/invalid");
    let mut folders = vec![root.join("fixtures/records/invalid")];
    let entries = fs::read_dir(&invalid).with_context(|| format!("cannot list {}", invalid.display()))?;
    for entry in entries {
        let path = entry?.path();
        if path.is_dir() {
            folders.push(path);
        }
    }
    folders.sort();
    let mut paths = Vec::new();
    for folder in folders {
        paths.extend(folder::json_files(&folder)?);
    }
    Ok(paths)
}

fn example(name: &str, text: &str, issue: &Value) -> Value {
    let at = usize::try_from(issue["line"].as_u64().unwrap_or(1)).unwrap_or(1);
    let lines: Vec<&str> = text.lines().collect();
    let shown = if text.len() <= MAX_TEXT {
        text.trim_end().to_owned()
    } else {
        let first = at.saturating_sub(AROUND + 1);
        let last = lines.len().min(at + AROUND);
        let cut = |line: &&str| line.chars().take(160).collect::<String>();
        let shown: Vec<String> = lines[first.min(last)..last].iter().map(cut).collect();
        shown.join("\n")
    };
    let place = issue["expression"].as_str().or(issue["pointer"].as_str());
    json!({"file": name, "line": at, "place": place, "text": shown})
}
