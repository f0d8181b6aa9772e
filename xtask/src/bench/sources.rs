//! Lines per crate.

use std::fs;
use std::path::Path;

/// Prints how many lines of Rust each crate has, shipped code and tests apart.
pub(super) fn print_lines_per_crate(root: &Path) -> anyhow::Result<()> {
    let mut folders = fs::read_dir(root.join("crates"))?
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<Result<Vec<_>, _>>()?;
    folders.sort();
    for folder in folders {
        let name = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
        println!(
            "lines: {name:<14} {:>6} shipped, {:>6} in tests",
            lines(&folder.join("src"))?,
            lines(&folder.join("tests"))?
        );
    }
    Ok(())
}

fn lines(folder: &Path) -> anyhow::Result<usize> {
    if !folder.is_dir() {
        return Ok(0);
    }
    let mut sum = 0;
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            sum += lines(&path)?;
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            sum += fs::read_to_string(&path)?.lines().count();
        }
    }
    Ok(sum)
}
