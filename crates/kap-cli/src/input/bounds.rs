//! How much input may ask of us: the size of a document, and how far a small archive may swell.

use std::cell::Cell;
use std::io::{self, BufRead, Read};
use std::rc::Rc;

use anyhow::bail;

/// Largest document that is read, in bytes: a whole file, or a line of an `.ndjson` file.
const MAX_BYTES: u64 = 256 << 20;

/// What is unpacked may be this many times larger than what is packed. Bundles reach 40; bombs reach 1,000.
const MAX_RATIO: u64 = 200;
/// Below this nobody is hurt, whatever the ratio.
const FREE_BYTES: u64 = 64 << 20;
/// What one archive may hold altogether when unpacked.
const MAX_UNPACKED: u64 = 64 << 30;
/// How many files one archive may hold.
pub(super) const MAX_ENTRIES: usize = 1_000_000;

/// Says what could not be read.
pub(super) fn cannot_read(file: &str) -> impl FnOnce(io::Error) -> anyhow::Error {
    move |failure| anyhow::Error::new(failure).context(format!("cannot read `{file}`"))
}

/// Reads with `read`, which is told how many bytes it may take, and refuses what is longer than [`MAX_BYTES`].
pub(super) fn bounded(
    file: &str,
    size: usize,
    read: impl FnOnce(u64, &mut Vec<u8>) -> io::Result<usize>,
) -> anyhow::Result<Vec<u8>> {
    let mut text = Vec::with_capacity(size.min(16 << 20));
    read(MAX_BYTES + 1, &mut text).map_err(cannot_read(file))?;
    if text.len() as u64 > MAX_BYTES {
        bail!(
            "`{file}` holds a document larger than {} MiB; split it, or put many documents into an .ndjson file, one a line",
            MAX_BYTES >> 20
        );
    }
    Ok(text)
}

/// What is unpacked from one archive, all of its files together.
#[derive(Clone, Debug, Default)]
pub(super) struct Budget {
    packed: Rc<Cell<u64>>,
    unpacked: Rc<Cell<u64>>,
}

impl Budget {
    /// Notes that `bytes` of the archive are read.
    pub(super) fn add_packed(&self, bytes: u64) {
        self.packed.set(self.packed.get().saturating_add(bytes));
    }

    /// Counts what is read from the archive itself.
    pub(super) fn packed<R>(&self, inner: R) -> Packed<R> {
        Packed {
            inner,
            budget: self.clone(),
        }
    }

    /// Counts what comes out of the archive, and stops when it is too much.
    pub(super) fn unpacked<R>(&self, inner: R) -> Unpacked<R> {
        Unpacked {
            inner,
            budget: self.clone(),
        }
    }

    fn add_unpacked(&self, bytes: u64) -> io::Result<()> {
        let unpacked = self.unpacked.get().saturating_add(bytes);
        self.unpacked.set(unpacked);
        if unpacked > MAX_UNPACKED {
            let message = format!(
                "it unpacks to more than {} GiB; unpack it yourself if you trust it",
                MAX_UNPACKED >> 30
            );
            return Err(io::Error::other(message));
        }
        if unpacked > FREE_BYTES && unpacked / MAX_RATIO > self.packed.get() {
            let message =
                format!("it unpacks to more than {MAX_RATIO} times its size; unpack it yourself if you trust it");
            return Err(io::Error::other(message));
        }
        Ok(())
    }
}

/// A reader of packed bytes.
pub(super) struct Packed<R> {
    inner: R,
    budget: Budget,
}

impl<R: Read> Read for Packed<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.budget.add_packed(read as u64);
        Ok(read)
    }
}

/// A reader of unpacked bytes.
pub(super) struct Unpacked<R> {
    inner: R,
    budget: Budget,
}

impl<R: Read> Read for Unpacked<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.budget.add_unpacked(read as u64)?;
        Ok(read)
    }
}

/// The first bytes of a text without taking them; fewer where there are no more, or where a pipe gives them one by one.
pub(super) fn peek(reader: &mut impl BufRead) -> io::Result<[u8; 4]> {
    let mut first = [0; 4];
    let found = reader.fill_buf()?;
    let length = found.len().min(first.len());
    first[..length].copy_from_slice(&found[..length]);
    Ok(first)
}

#[cfg(test)]
mod tests {
    use std::io::Read as _;

    use super::{Budget, FREE_BYTES};

    #[test]
    fn what_swells_too_far_is_refused_and_what_does_not_is_read() {
        let budget = Budget::default();
        budget.add_packed(1_000);
        let refused = std::io::copy(&mut budget.unpacked(std::io::repeat(b' ')), &mut std::io::sink());
        assert!(refused.expect_err("a bomb").to_string().contains("200 times"));

        let budget = Budget::default();
        budget.add_packed(FREE_BYTES);
        let text = budget.unpacked(std::io::repeat(b' ').take(FREE_BYTES * 2));
        assert_eq!(
            std::io::copy(&mut { text }, &mut std::io::sink()).expect("an ordinary ratio"),
            FREE_BYTES * 2
        );
    }
}
