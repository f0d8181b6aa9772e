//! The one thread that touches the file, and its group commit.
//!
//! Whoever wants something from the journal hands over a task and waits for that alone. The thread takes all tasks that wait, runs
//! them in one transaction, each in a savepoint of its own so that one that fails leaves no trace, commits, and then gives
//! the answers. While a commit is on its way to the disk, the next group gathers.

use std::sync::mpsc;
use std::thread;

use rusqlite::Connection;
use tokio::sync::oneshot;

use crate::Error;

/// Sent to those whose group could not be committed.
type Committed<'a> = Result<(), &'a rusqlite::Error>;
type Answer = Box<dyn FnOnce(Committed<'_>) + Send>;
/// Gets the connection inside the group's transaction, or why that could not begin.
type Task = Box<dyn FnOnce(Result<&Connection, &rusqlite::Error>) -> Answer + Send>;

/// So many tasks share a commit at most: bounds the work that a failing commit undoes.
const LARGEST_GROUP: usize = 256;

#[derive(Clone)]
pub(crate) struct Writer {
    tasks: mpsc::Sender<Task>,
}

impl Writer {
    /// Starts the thread; it ends when the last clone is dropped.
    pub(crate) fn start(connection: Connection) -> Writer {
        let (tasks, waiting) = mpsc::channel::<Task>();
        thread::spawn(move || {
            while let Ok(first) = waiting.recv() {
                let group = std::iter::once(first).chain(waiting.try_iter()).take(LARGEST_GROUP);
                commit_group(&connection, group.collect());
            }
        });
        Writer { tasks }
    }

    pub(crate) async fn run<T: Send + 'static>(
        &self,
        task: impl FnOnce(&Connection) -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Error> {
        let (sender, receiver) = oneshot::channel();
        self.submit(task, move |result| _ = sender.send(result))?;
        receiver.await.map_err(|_| Error::JournalStopped)?
    }

    pub(crate) fn run_blocking<T: Send + 'static>(
        &self,
        task: impl FnOnce(&Connection) -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Error> {
        let (sender, receiver) = mpsc::channel();
        self.submit(task, move |result| _ = sender.send(result))?;
        receiver.recv().map_err(|_| Error::JournalStopped)?
    }

    fn submit<T: Send + 'static>(
        &self,
        task: impl FnOnce(&Connection) -> Result<T, Error> + Send + 'static,
        reply: impl FnOnce(Result<T, Error>) + Send + 'static,
    ) -> Result<(), Error> {
        let task = Box::new(move |begun: Result<&Connection, &rusqlite::Error>| -> Answer {
            let result = begun
                .map_err(not_committed)
                .and_then(|connection| in_savepoint(connection, task));
            Box::new(move |committed| reply(committed.map_err(not_committed).and(result)))
        });
        self.tasks.send(task).map_err(|_| Error::JournalStopped)
    }
}

fn in_savepoint<T>(connection: &Connection, task: impl FnOnce(&Connection) -> Result<T, Error>) -> Result<T, Error> {
    let control = |statement| {
        connection
            .execute_batch(statement)
            .map_err(Error::journal("keep a request apart"))
    };
    control("SAVEPOINT task")?;
    match task(connection) {
        Ok(value) => control("RELEASE task").map(|()| value),
        Err(error) => control("ROLLBACK TO task; RELEASE task").and(Err(error)),
    }
}

fn not_committed(source: &rusqlite::Error) -> Error {
    Error::JournalCommit {
        reason: source.to_string(),
    }
}

fn commit_group(connection: &Connection, group: Vec<Task>) {
    let begun = connection.execute_batch("BEGIN IMMEDIATE");
    let inside = begun.as_ref().map(|()| connection);
    let answers: Vec<Answer> = group.into_iter().map(|task| task(inside)).collect();
    let committed = begun.and_then(|()| connection.execute_batch("COMMIT"));
    if committed.is_err() && !connection.is_autocommit() {
        // Nothing of the group may stay behind and slip into the next one.
        _ = connection.execute_batch("ROLLBACK");
    }
    for answer in answers {
        answer(committed.as_ref().copied());
    }
}
