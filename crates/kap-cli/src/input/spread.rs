//! One reader, several workers, one taker: documents are worked on side by side and taken in the order they were read.
//! What waits in between is bounded in number and in size, so that input of any length needs the same memory.

use std::collections::{BTreeMap, VecDeque};
use std::num::NonZeroUsize;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;

use super::{Document, Source, read};

/// From how many bytes of text, or documents, on a portion is handed over.
const PORTION_BYTES: usize = 128 << 10;
const PORTION: usize = 64;
/// From how many bytes of text on the reader waits for the workers.
const WAITING_BYTES: usize = 8 << 20;
/// How many portions a worker may be ahead of the taker.
const AHEAD: u64 = 32;

/// How many workers there are.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Spread {
    /// As many as there are cores, unless somebody says otherwise.
    pub(crate) jobs: usize,
}

impl Spread {
    /// That many workers; as many as there are cores if nobody says.
    pub(crate) fn new(jobs: Option<NonZeroUsize>) -> Self {
        let cores = || thread::available_parallelism().map_or(1, NonZeroUsize::get);
        Self {
            jobs: jobs.map_or_else(cores, NonZeroUsize::get),
        }
    }
}

/// Works on every document of `sources` and takes the results in the order of the documents. What cannot be read is taken
/// as a failure at its place. Ends early when `take` fails.
pub(crate) fn in_order<T: Send>(
    sources: &[Source],
    spread: Spread,
    work: impl Fn(Document) -> T + Sync,
    mut take: impl FnMut(anyhow::Result<T>) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    if spread.jobs < 2 || is_one_small_document(sources) {
        return one_by_one(sources, work, take);
    }
    let belt = Belt::default();
    thread::scope(|scope| {
        scope.spawn(|| {
            let _guard = Guard(&belt);
            belt.fill(sources);
        });
        for _ in 0..spread.jobs {
            scope.spawn(|| {
                let _guard = Guard(&belt);
                belt.work(&work);
            });
        }
        let taken = belt.take(&mut take);
        belt.stop();
        taken
    })
}

/// Threads cost more than they give.
fn is_one_small_document(sources: &[Source]) -> bool {
    match sources {
        [Source::File(path)] => {
            let is_json = path.extension().is_some_and(|extension| extension == "json");
            is_json || std::fs::metadata(path).is_ok_and(|metadata| metadata.len() < PORTION_BYTES as u64 / 2)
        }
        _ => false,
    }
}

fn one_by_one<T>(
    sources: &[Source],
    work: impl Fn(Document) -> T,
    mut take: impl FnMut(anyhow::Result<T>) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    let mut outcome = Ok(());
    for source in sources {
        let more = read::documents(source, &mut |document| {
            outcome = take(document.map(&work));
            outcome.is_ok()
        });
        if !more {
            break;
        }
    }
    outcome
}

type Portion<T> = Vec<anyhow::Result<T>>;

/// What lies between reader, workers and taker.
struct Belt<T> {
    state: Mutex<State<T>>,
    /// There is something to work on, or there will never be again.
    filled: Condvar,
    /// There is room for the reader.
    emptied: Condvar,
    /// There is something to take.
    worked: Condvar,
    /// A worker may go on: the taker has caught up.
    caught_up: Condvar,
}

struct State<T> {
    waiting: VecDeque<(u64, Portion<Document>, usize)>,
    waiting_bytes: usize,
    /// The number of the next portion that is read.
    next_read: u64,
    /// The number of the next portion that is taken.
    next_taken: u64,
    worked: BTreeMap<u64, Portion<T>>,
    /// Workers with nothing to do.
    idle: usize,
    is_read: bool,
    is_stopped: bool,
}

impl<T> Default for Belt<T> {
    fn default() -> Self {
        Self {
            state: Mutex::new(State {
                waiting: VecDeque::new(),
                waiting_bytes: 0,
                next_read: 0,
                next_taken: 0,
                worked: BTreeMap::new(),
                idle: 0,
                is_read: false,
                is_stopped: false,
            }),
            filled: Condvar::new(),
            emptied: Condvar::new(),
            worked: Condvar::new(),
            caught_up: Condvar::new(),
        }
    }
}

impl<T: Send> Belt<T> {
    fn lock(&self) -> MutexGuard<'_, State<T>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Nobody waits any longer.
    fn stop(&self) {
        self.lock().is_stopped = true;
        for condition in [&self.filled, &self.emptied, &self.worked, &self.caught_up] {
            condition.notify_all();
        }
    }

    /// The reader.
    fn fill(&self, sources: &[Source]) {
        self.read(sources);
        self.lock().is_read = true;
        self.filled.notify_all();
        self.worked.notify_all();
    }

    fn read(&self, sources: &[Source]) {
        let mut portion = Vec::new();
        let mut bytes = 0;
        for source in sources {
            let is_pipe = *source == Source::Stdin;
            let more = read::documents(source, &mut |document| {
                bytes += document.as_ref().map_or(0, |document| document.text.len());
                portion.push(document);
                let is_full = bytes >= PORTION_BYTES || portion.len() >= PORTION;
                // Whoever writes into a pipe line by line wants answers line by line.
                if is_full || (is_pipe && self.lock().idle > 0) {
                    return self.put(std::mem::take(&mut portion), std::mem::take(&mut bytes));
                }
                true
            });
            if !more {
                return;
            }
        }
        if !portion.is_empty() {
            self.put(portion, bytes);
        }
    }

    /// Answers whether to go on.
    fn put(&self, portion: Portion<Document>, bytes: usize) -> bool {
        let mut state = self.lock();
        while state.waiting_bytes >= WAITING_BYTES && !state.is_stopped {
            state = self.emptied.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
        let number = state.next_read;
        state.next_read += 1;
        state.waiting_bytes += bytes;
        state.waiting.push_back((number, portion, bytes));
        self.filled.notify_one();
        !state.is_stopped
    }

    /// A worker.
    fn work(&self, work: &(impl Fn(Document) -> T + Sync)) {
        while let Some((number, portion)) = self.next() {
            let done: Portion<T> = portion.into_iter().map(|document| document.map(work)).collect();
            let mut state = self.lock();
            while number >= state.next_taken + AHEAD && !state.is_stopped {
                state = self.caught_up.wait(state).unwrap_or_else(PoisonError::into_inner);
            }
            state.worked.insert(number, done);
            if number == state.next_taken {
                self.worked.notify_one();
            }
        }
    }

    /// The next portion for a worker; none at the end.
    fn next(&self) -> Option<(u64, Portion<Document>)> {
        let mut state = self.lock();
        loop {
            if state.is_stopped {
                return None;
            }
            if let Some((number, portion, bytes)) = state.waiting.pop_front() {
                state.waiting_bytes -= bytes;
                self.emptied.notify_one();
                return Some((number, portion));
            }
            if state.is_read {
                return None;
            }
            state.idle += 1;
            state = self.filled.wait(state).unwrap_or_else(PoisonError::into_inner);
            state.idle -= 1;
        }
    }

    /// The taker.
    fn take(&self, take: &mut impl FnMut(anyhow::Result<T>) -> anyhow::Result<()>) -> anyhow::Result<()> {
        loop {
            let mut state = self.lock();
            let number = state.next_taken;
            let portion = loop {
                if let Some(portion) = state.worked.remove(&number) {
                    break portion;
                }
                if state.is_stopped || (state.is_read && number == state.next_read) {
                    return Ok(());
                }
                state = self.worked.wait(state).unwrap_or_else(PoisonError::into_inner);
            };
            state.next_taken += 1;
            drop(state);
            self.caught_up.notify_all();
            for done in portion {
                take(done)?;
            }
        }
    }
}

/// Lets go of everybody when its thread ends by a panic, so that the panic is seen instead of a standstill.
struct Guard<'b, T: Send>(&'b Belt<T>);

impl<T: Send> Drop for Guard<'_, T> {
    fn drop(&mut self) {
        if thread::panicking() {
            self.0.stop();
        }
    }
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;
    use std::num::NonZeroUsize;

    use super::{Source, Spread, in_order};

    #[test]
    fn results_are_taken_in_the_order_of_the_documents() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("many.ndjson");
        let mut text = String::new();
        for number in 0..20_000 {
            let _ = writeln!(
                text,
                "{{\"number\": {number}, \"filler\": \"{}\"}}",
                "x".repeat(number % 300)
            );
        }
        std::fs::write(&path, text).expect("the file is written");
        let sources = [Source::File(path), Source::File(folder.path().join("none.json"))];
        for jobs in [1, 2, 7] {
            let spread = Spread::new(NonZeroUsize::new(jobs));
            let (mut lines, mut failures) = (Vec::new(), 0);
            in_order(
                &sources,
                spread,
                |document| document.line,
                |line| {
                    match line {
                        Ok(line) => lines.push(line),
                        Err(_) => failures += 1,
                    }
                    Ok(())
                },
            )
            .expect("nothing fails");
            assert!(lines.iter().copied().eq(1..=20_000), "{jobs} jobs");
            assert_eq!(failures, 1);
        }
    }

    #[test]
    fn a_taker_that_fails_ends_the_run() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("many.ndjson");
        std::fs::write(&path, "{}\n".repeat(100_000)).expect("the file is written");
        let mut taken = 0;
        let outcome = in_order(
            &[Source::File(path)],
            Spread::new(NonZeroUsize::new(2)),
            |_| (),
            |_| {
                taken += 1;
                anyhow::ensure!(taken < 10, "enough");
                Ok(())
            },
        );
        assert!(outcome.is_err());
        assert_eq!(taken, 10);
    }
}
