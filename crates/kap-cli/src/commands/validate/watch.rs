//! `--watch`: checks again what changes, until somebody interrupts it. Files are looked at by size and time twice a
//! second: that works on every file system, mounted ones included, and needs nothing from the operating system.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;
use std::thread;
use std::time::{Duration, SystemTime};

use anyhow::bail;

use crate::exit::Exit;
use crate::input::{self, Source};
use crate::terminal;

/// How often files are looked at.
const EVERY: Duration = Duration::from_millis(500);

/// What tells that a file has changed: its size, and when it was written.
type Stamps = BTreeMap<Source, Option<(u64, SystemTime)>>;

/// Checks everything that `files` name, then what changes. Ends only when `check` fails.
pub(super) fn watch(
    files: &[PathBuf],
    mut check: impl FnMut(&[Source]) -> anyhow::Result<Exit>,
) -> anyhow::Result<Exit> {
    if files.iter().any(|file| file.as_os_str() == "-") {
        bail!("standard input cannot be watched; name files or folders");
    }
    let mut known = Stamps::new();
    loop {
        // What is gone now may be back in a moment: editors write a new file and rename it.
        let found = input::sources(files, &[input::RECEIPT]);
        let sources = match found {
            Ok(sources) => sources,
            Err(failure) if known.is_empty() => return Err(failure),
            Err(_) => Vec::new(),
        };
        let present = stamps(sources);
        let changed: Vec<Source> = present
            .iter()
            .filter(|(source, stamp)| known.get(source) != Some(stamp))
            .map(|(source, _)| source.clone())
            .collect();
        if !changed.is_empty() {
            check(&changed)?;
            if terminal::is_attended() {
                terminal::note(&format!("watching {} files; interrupt to end", present.len()));
            }
        }
        known = present;
        thread::sleep(EVERY);
    }
}

fn stamps(sources: Vec<Source>) -> Stamps {
    let stamp = |source: &Source| match source {
        Source::Stdin => None,
        Source::File(path) => {
            let metadata = fs::metadata(path).ok()?;
            Some((metadata.len(), metadata.modified().ok()?))
        }
    };
    sources
        .into_iter()
        .map(|source| (source.clone(), stamp(&source)))
        .collect()
}
