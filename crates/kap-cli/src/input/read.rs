//! Sources to documents, one after the other, never more than one in memory.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};

use flate2::bufread::MultiGzDecoder;
use kap_json::Limits;

use super::bounds::{Budget, bounded, cannot_read, peek};
use super::{Document, Source, archive};

/// Takes what is read; answers whether to go on. Failures are taken, too: one file that cannot be read does not keep the
/// others from being checked.
pub(super) type Take<'t> = dyn FnMut(anyhow::Result<Document>) -> bool + 't;

const GZIP: [u8; 2] = [0x1F, 0x8B];
const ZIP: [u8; 4] = *b"PK\x03\x04";
/// The end record of an archive without files.
const EMPTY_ZIP: [u8; 4] = *b"PK\x05\x06";

/// How the documents lie in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    /// The whole text is one.
    Whole,
    /// One a line.
    Lines,
    /// Nobody says: one a line if the first line is a complete one.
    Unknown,
}

/// Hands every document of `source` to `take`. Answers whether to go on.
pub(super) fn documents(source: &Source, take: &mut Take<'_>) -> bool {
    match source {
        Source::Stdin => text("-", 0, BufReader::with_capacity(1 << 16, io::stdin().lock()), take),
        Source::File(path) => {
            let name = source.name();
            match File::open(path) {
                Ok(file) => {
                    let size = file.metadata().map_or(0, |metadata| metadata.len());
                    let size = usize::try_from(size).unwrap_or(usize::MAX);
                    let mut reader = BufReader::with_capacity(1 << 16, file);
                    match peek(&mut reader) {
                        // Nothing is taken from the file yet but into the buffer, and an archive seeks for itself.
                        Ok(ZIP | EMPTY_ZIP) => archive::zip(&name, reader.into_inner(), take),
                        _ => text(&name, size, reader, take),
                    }
                }
                Err(failure) => take(Err(cannot_read(&name)(failure))),
            }
        }
    }
}

/// A text as it lies on disk or comes through a pipe: packed or not. What it is shows in its first bytes.
fn text(name: &str, size: usize, mut reader: impl BufRead, take: &mut Take<'_>) -> bool {
    let first = match peek(&mut reader) {
        Ok(first) => first,
        Err(failure) => return take(Err(cannot_read(name)(failure))),
    };
    if first == ZIP || first == EMPTY_ZIP {
        // The index of an archive stands at its end.
        return match bounded(name, size, |limit, text| reader.take(limit).read_to_end(text)) {
            Ok(packed) => archive::zip(name, io::Cursor::new(packed), take),
            Err(failure) => take(Err(failure)),
        };
    }
    if first[..2] != GZIP {
        return plain(name, form(name), size, &mut reader, take);
    }
    let budget = Budget::default();
    let packed = BufReader::new(budget.packed(reader));
    let mut unpacked = BufReader::with_capacity(1 << 16, budget.unpacked(MultiGzDecoder::new(packed)));
    match name.strip_suffix(".tgz").or_else(|| name.strip_suffix(".tar.gz")) {
        Some(_) => archive::tar(name, unpacked, take),
        None => plain(
            name,
            form(name.strip_suffix(".gz").unwrap_or(name)),
            size,
            &mut unpacked,
            take,
        ),
    }
}

/// The documents of a text that is not packed; `size` is a guess at its length.
pub(super) fn entry(name: &str, size: usize, mut reader: impl BufRead, take: &mut Take<'_>) -> bool {
    plain(name, form(name), size, &mut reader, take)
}

fn form(name: &str) -> Form {
    match name.rsplit('.').next() {
        _ if name == "-" => Form::Unknown,
        Some("ndjson" | "jsonl") => Form::Lines,
        _ => Form::Whole,
    }
}

fn plain(name: &str, form: Form, size: usize, reader: &mut dyn BufRead, take: &mut Take<'_>) -> bool {
    match form {
        Form::Lines => lines(name, reader, take),
        Form::Whole => {
            let text = bounded(name, size, |limit, text| reader.take(limit).read_to_end(text));
            take(text.map(|text| Document {
                file: name.to_owned(),
                line: 1,
                is_line: false,
                text,
            }))
        }
        Form::Unknown => {
            let first = match bounded(name, 0, |limit, text| read_line(reader, limit, text)) {
                Ok(first) => first,
                Err(failure) => return take(Err(failure)),
            };
            let parsed = kap_json::parse(&first, &Limits::default());
            let is_complete = !parsed.issues.iter().any(|issue| issue.severity.is_error());
            let form = if is_complete { Form::Lines } else { Form::Whole };
            plain(name, form, size, &mut io::Cursor::new(first).chain(reader), take)
        }
    }
}

/// Each line that is not blank as a document. Without any, the empty text is one, so that somebody complains about it.
fn lines(name: &str, reader: &mut dyn BufRead, take: &mut Take<'_>) -> bool {
    let mut found = false;
    let mut size = 0;
    for line in 1.. {
        let text = match bounded(name, size, |limit, text| read_line(reader, limit, text)) {
            Ok(text) => text,
            Err(failure) => return take(Err(failure)),
        };
        let is_end = text.is_empty();
        if !text.trim_ascii().is_empty() || (is_end && !found) {
            found = true;
            size = text.len();
            let document = Document {
                file: name.to_owned(),
                line,
                is_line: true,
                text,
            };
            if !take(Ok(document)) {
                return false;
            }
        }
        if is_end {
            break;
        }
    }
    true
}

/// Reads to the end of the line, or `limit` bytes. What `read_until` does, several times as fast.
fn read_line(reader: &mut dyn BufRead, limit: u64, text: &mut Vec<u8>) -> io::Result<usize> {
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    loop {
        let buffer = match reader.fill_buf() {
            Err(failure) if failure.kind() == io::ErrorKind::Interrupted => continue,
            buffer => buffer?,
        };
        let buffer = &buffer[..buffer.len().min(limit - text.len())];
        let end = memchr::memchr(b'\n', buffer);
        let taken = end.map_or(buffer.len(), |end| end + 1);
        text.extend_from_slice(&buffer[..taken]);
        reader.consume(taken);
        if end.is_some() || taken == 0 {
            return Ok(text.len());
        }
    }
}
