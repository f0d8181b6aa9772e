//! Where input comes from: files, folders, and `-` for standard input, document by document. Sizes are bounded before
//! anything is read.

use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, Read as _};
use std::iter;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use kap_json::Limits;

/// Largest document that is read, in bytes: a whole file, or a line of an `.ndjson` file.
const MAX_BYTES: u64 = 256 << 20;

/// How many documents a batch has at most.
const BATCH: usize = 128;
/// From how many bytes of text on a batch takes no more documents.
const BATCH_BYTES: usize = 32 << 20;

/// What `kap map` writes beside a bundle and is no FHIR resource.
pub(crate) const RECEIPT: &str = ".receipt.json";

/// One thing to read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Source {
    /// Standard input.
    Stdin,
    /// A file.
    File(PathBuf),
}

/// One JSON text, with where it is from.
#[derive(Debug)]
pub(crate) struct Document {
    /// File name, or `-`.
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

type Documents = Box<dyn Iterator<Item = anyhow::Result<Document>>>;

impl Source {
    /// The name for messages and reports.
    fn name(&self) -> String {
        match self {
            Self::Stdin => "-".to_owned(),
            Self::File(path) => path.display().to_string(),
        }
    }

    /// Its documents: one, or one a line in an `.ndjson` file, which is never held in memory as a whole.
    pub(crate) fn documents(&self) -> Documents {
        let file = self.name();
        match self {
            Self::Stdin => one_or_many(file, io::stdin().lock()),
            Self::File(path) => match File::open(path).map(BufReader::new) {
                Ok(reader) if path.extension().is_some_and(|extension| extension == "ndjson") => {
                    Box::new(Lines::new(file, reader))
                }
                Ok(reader) => whole(file, reader),
                Err(failure) => Box::new(iter::once(Err(cannot_read(&file)(failure)))),
            },
        }
    }
}

fn cannot_read(file: &str) -> impl FnOnce(io::Error) -> anyhow::Error {
    move |failure| anyhow::Error::new(failure).context(format!("cannot read `{file}`"))
}

/// Reads with `read`, which is told how many bytes it may take, and refuses what is longer than [`MAX_BYTES`].
fn bounded(file: &str, read: impl FnOnce(u64, &mut Vec<u8>) -> io::Result<usize>) -> anyhow::Result<Vec<u8>> {
    let mut text = Vec::new();
    read(MAX_BYTES + 1, &mut text).map_err(cannot_read(file))?;
    if text.len() as u64 > MAX_BYTES {
        bail!(
            "`{file}` holds a document larger than {} MiB; split it, or put many documents into an .ndjson file, one a line",
            MAX_BYTES >> 20
        );
    }
    Ok(text)
}

/// Everything as one document.
fn whole(file: String, reader: impl BufRead) -> Documents {
    let text = bounded(&file, |limit, text| reader.take(limit).read_to_end(text));
    Box::new(iter::once(text.map(|text| Document {
        file,
        line: 1,
        is_line: false,
        text,
    })))
}

/// Standard input has no name to tell by: it holds one document a line if its first line is a complete one.
fn one_or_many(file: String, mut reader: impl BufRead + 'static) -> Documents {
    let first = match bounded(&file, |limit, text| reader.by_ref().take(limit).read_until(b'\n', text)) {
        Ok(first) => first,
        Err(failure) => return Box::new(iter::once(Err(failure))),
    };
    let parsed = kap_json::parse(&first, &Limits::default());
    let is_complete = !parsed.issues.iter().any(|issue| issue.severity.is_error());
    let reader = io::Cursor::new(first).chain(reader);
    if is_complete {
        Box::new(Lines::new(file, reader))
    } else {
        whole(file, reader)
    }
}

/// Each line that is not blank as a document. Without any, the empty text is one, so that somebody complains about it.
struct Lines<R> {
    file: String,
    reader: R,
    line: u32,
    found: bool,
    done: bool,
}

impl<R: BufRead> Lines<R> {
    fn new(file: String, reader: R) -> Self {
        Self {
            file,
            reader,
            line: 0,
            found: false,
            done: false,
        }
    }
}

impl<R: BufRead> Iterator for Lines<R> {
    type Item = anyhow::Result<Document>;

    fn next(&mut self) -> Option<Self::Item> {
        while !self.done {
            let reader = &mut self.reader;
            let text = bounded(&self.file, |limit, text| reader.take(limit).read_until(b'\n', text));
            let text = match text {
                Ok(text) => text,
                Err(failure) => {
                    self.done = true;
                    return Some(Err(failure));
                }
            };
            self.line += 1;
            self.done = text.is_empty();
            if !text.trim_ascii().is_empty() || (self.done && !self.found) {
                self.found = true;
                return Some(Ok(Document {
                    file: self.file.clone(),
                    line: self.line,
                    is_line: true,
                    text,
                }));
            }
        }
        None
    }
}

/// All documents of `sources` in their order, in batches that are worked on side by side: bounded in number and in size.
pub(crate) fn batches(sources: &[Source]) -> impl Iterator<Item = Vec<anyhow::Result<Document>>> {
    let mut documents = sources.iter().flat_map(Source::documents);
    iter::from_fn(move || {
        let mut batch = Vec::new();
        let mut bytes = 0;
        while batch.len() < BATCH && bytes < BATCH_BYTES {
            let Some(document) = documents.next() else { break };
            bytes += document.as_ref().map_or(0, |document| document.text.len());
            batch.push(document);
        }
        (!batch.is_empty()).then_some(batch)
    })
}

/// What `arguments` name, folders replaced by the `.json` and `.ndjson` files in and below them, in order of name.
/// Files in folders whose name ends in one of `passed_over` are left out.
pub(crate) fn sources(arguments: &[PathBuf], passed_over: &[&str]) -> anyhow::Result<Vec<Source>> {
    let mut found = Vec::new();
    for argument in arguments {
        if argument.as_os_str() == "-" {
            found.push(Source::Stdin);
        } else if argument.is_dir() {
            let before = found.len();
            collect(argument, passed_over, &mut found)?;
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

fn collect(folder: &Path, passed_over: &[&str], found: &mut Vec<Source>) -> anyhow::Result<()> {
    let mut paths = fs::read_dir(folder)
        .and_then(|entries| {
            entries
                .map(|entry| entry.map(|entry| entry.path()))
                .collect::<io::Result<Vec<_>>>()
        })
        .with_context(|| format!("cannot list the folder `{}`", folder.display()))?;
    paths.sort();
    for path in paths {
        if path.is_dir() {
            // A link to a folder could lead in a circle.
            if !path.is_symlink() {
                collect(&path, passed_over, found)?;
            }
        } else if is_wanted(&path, passed_over) {
            found.push(Source::File(path));
        }
    }
    Ok(())
}

fn is_wanted(path: &Path, passed_over: &[&str]) -> bool {
    let name = path.to_string_lossy();
    let is_json = path
        .extension()
        .is_some_and(|extension| extension == "json" || extension == "ndjson");
    is_json && !passed_over.iter().any(|ending| name.ends_with(ending))
}
