//! What stands in the files: sizes, machine paths, debris, `unsafe`.

use std::path::Path;
use std::process::Command;

use anyhow::{Context as _, bail};

/// No file of ours is longer; 500 is long already.
const MAX_LINES: usize = 800;

/// Beginnings of paths that exist on one machine only. Put together here so that this file does not hold them.
fn machine_paths() -> [String; 4] {
    ["/home/", "/root/", "/work/", "/Users/"].map(str::to_owned)
}

/// Every breach in the files that git tracks.
pub(super) fn breaches(root: &Path) -> anyhow::Result<Vec<String>> {
    let mut breaches = Vec::new();
    for name in tracked_files(root)? {
        // A file that is tracked but deleted in the working tree says nothing.
        let Ok(bytes) = std::fs::read(root.join(&name)) else {
            continue;
        };
        let Ok(text) = String::from_utf8(bytes) else { continue };
        let is_rust = has_extension(&name, "rs");
        if is_rust && text.lines().count() > MAX_LINES {
            breaches.push(format!("{name}: {} lines, more than {MAX_LINES}", text.lines().count()));
        }
        if is_debris(&name) {
            breaches.push(format!("{name}: debris; what is gone lives in git"));
        }
        if name != "xtask/src/tidy/files.rs" {
            breaches.extend(line_breaches(&name, &text, is_rust));
        }
    }
    Ok(breaches)
}

fn line_breaches(name: &str, text: &str, is_rust: bool) -> Vec<String> {
    let paths = machine_paths();
    let mut breaches = Vec::new();
    for (index, line) in text.lines().enumerate() {
        let place = format!("{name}:{}", index + 1);
        if let Some(path) = paths.iter().find(|path| holds_path(line, path)) {
            breaches.push(format!("{place}: a path of one machine, `{path}…`"));
        }
        if is_rust && (line.contains("unsafe {") || line.contains("unsafe fn") || line.contains("unsafe impl")) {
            breaches.push(format!("{place}: `unsafe` in our code"));
        }
        if is_rust && line.trim_start().starts_with("#[ignore") {
            breaches.push(format!("{place}: an ignored test is no test"));
        }
    }
    breaches
}

/// Whether `line` holds `path` as the beginning of a path, not as the middle of a URL or a word.
fn holds_path(line: &str, path: &str) -> bool {
    line.match_indices(path).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        before.is_none_or(|character| character.is_whitespace() || "\"'`(=:>[".contains(character))
    })
}

fn is_debris(name: &str) -> bool {
    let debris = ["bak", "orig", "rej", "old", "tmp", "swp"];
    debris.iter().any(|extension| has_extension(name, extension)) || name.ends_with(".snap.new")
}

fn has_extension(name: &str, extension: &str) -> bool {
    Path::new(name).extension().is_some_and(|found| found == extension)
}

fn tracked_files(root: &Path) -> anyhow::Result<Vec<String>> {
    let output = Command::new("git")
        .args(["ls-files", "-z"])
        .current_dir(root)
        .output()
        .context("cannot run `git ls-files`")?;
    if !output.status.success() {
        bail!("`git ls-files` failed: {}", String::from_utf8_lossy(&output.stderr));
    }
    let names = String::from_utf8_lossy(&output.stdout);
    Ok(names
        .split('\0')
        .filter(|name| !name.is_empty())
        .map(str::to_owned)
        .collect())
}

#[cfg(test)]
mod tests {
    use super::holds_path;

    #[test]
    fn a_path_is_told_from_a_url() {
        assert!(holds_path("let folder = \"/work/records\";", "/work/"));
        assert!(holds_path("/work/records", "/work/"));
        assert!(!holds_path("https://example.org/work/records", "/work/"));
    }
}
