//! Where input comes from: files, folders, and `-` for standard input. Sizes are bounded before anything is read.

use std::fs;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};

/// Largest file that is read as one document, in bytes.
pub(crate) const MAX_BYTES: u64 = 256 << 20;

/// One thing to read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Source {
    /// Standard input.
    Stdin,
    /// A file.
    File(PathBuf),
}

impl Source {
    /// The name for messages and reports.
    pub(crate) fn name(&self) -> String {
        match self {
            Self::Stdin => "-".to_owned(),
            Self::File(path) => path.display().to_string(),
        }
    }

    /// Whether each line is a document of its own.
    pub(crate) fn is_ndjson(&self) -> bool {
        matches!(self, Self::File(path) if path.extension().is_some_and(|extension| extension == "ndjson"))
    }

    /// Reads all of it; a file above [`MAX_BYTES`] is refused unread.
    pub(crate) fn read(&self) -> anyhow::Result<Vec<u8>> {
        let name = self.name();
        let bytes = match self {
            Self::Stdin => read_bounded(&mut io::stdin().lock()),
            Self::File(path) => fs::File::open(path).and_then(|mut file| read_bounded(&mut file)),
        }
        .with_context(|| format!("cannot read `{name}`"))?;
        if bytes.len() as u64 > MAX_BYTES {
            bail!(
                "`{name}` is larger than {} MiB; split it, or put one document on each line of an .ndjson file",
                MAX_BYTES >> 20
            );
        }
        Ok(bytes)
    }
}

fn read_bounded(reader: &mut dyn io::Read) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    reader.take(MAX_BYTES + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// What `arguments` name, folders replaced by the `.json` and `.ndjson` files in and below them, in order of name.
pub(crate) fn sources(arguments: &[PathBuf]) -> anyhow::Result<Vec<Source>> {
    let mut found = Vec::new();
    for argument in arguments {
        if argument.as_os_str() == "-" {
            found.push(Source::Stdin);
        } else if argument.is_dir() {
            let before = found.len();
            collect(argument, &mut found)?;
            if found.len() == before {
                bail!("the folder `{}` holds no .json or .ndjson file", argument.display());
            }
        } else if argument.exists() {
            found.push(Source::File(argument.clone()));
        } else {
            bail!("there is no file or folder `{}`", argument.display());
        }
    }
    Ok(found)
}

fn collect(folder: &Path, found: &mut Vec<Source>) -> anyhow::Result<()> {
    let mut paths = fs::read_dir(folder)
        .and_then(|entries| {
            entries
                .map(|entry| entry.map(|entry| entry.path()))
                .collect::<io::Result<Vec<_>>>()
        })
        .with_context(|| format!("cannot list the folder `{}`", folder.display()))?;
    paths.sort();
    for path in paths {
        if path.is_dir() && !path.is_symlink() {
            collect(&path, found)?;
        } else if path
            .extension()
            .is_some_and(|extension| extension == "json" || extension == "ndjson")
        {
            found.push(Source::File(path));
        }
    }
    Ok(())
}

/// The documents of a text, each with its line: the whole text, or each line that is not blank in an `.ndjson` file.
pub(crate) fn documents<'t>(source: &Source, text: &'t [u8]) -> Vec<(u32, &'t [u8])> {
    if !source.is_ndjson() {
        return vec![(1, text)];
    }
    let lines = text.split(|byte| *byte == b'\n').zip(1..);
    lines
        .filter(|(line, _)| !line.trim_ascii().is_empty())
        .map(|(line, number)| (number, line))
        .collect()
}

/// The bundles that `arguments` name. What `kap map` writes beside them, the receipts, is passed over.
pub(crate) fn bundle_sources(arguments: &[PathBuf]) -> anyhow::Result<Vec<Source>> {
    let mut found = sources(arguments)?;
    found.retain(|source| arguments.contains(&PathBuf::from(source.name())) || !is_companion(&source.name()));
    Ok(found)
}

/// Whether `kap map` writes a file of this name beside a bundle.
fn is_companion(name: &str) -> bool {
    name.ends_with(".receipt.json") || name.ends_with(".audit.json")
}
