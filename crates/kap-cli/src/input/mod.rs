//! Where input comes from: files, folders, patterns, archives, and `-` for standard input, document by document. Sizes
//! are bounded before anything is read, and what is packed is bounded while it is unpacked.

mod archive;
mod bounds;
mod read;
mod sources;
mod spread;

use std::path::PathBuf;

pub(crate) use sources::sources;
pub(crate) use spread::{Spread, in_order};

/// What `kap map` writes beside a bundle and is no FHIR resource.
pub(crate) const RECEIPT: &str = ".receipt.json";

/// One thing to read.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Source {
    /// Standard input.
    Stdin,
    /// A file.
    File(PathBuf),
}

impl Source {
    /// The name for messages and reports.
    fn name(&self) -> String {
        match self {
            Self::Stdin => "-".to_owned(),
            Self::File(path) => path.display().to_string(),
        }
    }
}

/// One JSON text, with where it is from.
#[derive(Debug)]
pub(crate) struct Document {
    /// File name, or `-`; for a file of an archive `archive!/file`.
    pub(crate) file: String,
    /// The line it begins on.
    pub(crate) line: u32,
    /// Whether its file holds one document a line.
    pub(crate) is_line: bool,
    pub(crate) text: Vec<u8>,
}

impl Document {
    /// The name for reports: the file, with the line where it holds many.
    pub(crate) fn label(&self) -> String {
        if self.is_line {
            format!("{}:{}", self.file, self.line)
        } else {
            self.file.clone()
        }
    }
}
