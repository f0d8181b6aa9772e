//! The one thread that touches the file, and its group commit.
//!
//! Whoever wants something from the journal hands over a task and waits for that alone. The thread takes all tasks that
//! wait, runs them in one transaction, each in a savepoint of its own so that one that fails leaves no trace, commits, and
//! then gives the answers. While a commit is on its way to the disk, the next group gathers.

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

#[cfg(test)]
mod tests {
    use std::path::Path;
    use std::sync::mpsc;

    use rusqlite::Connection;

    use super::Writer;
    use crate::Error;

    fn database(path: &Path) -> Connection {
        let connection = Connection::open(path).expect("a new file opens");
        connection
            .execute_batch(
                "PRAGMA journal_mode = WAL; PRAGMA busy_timeout = 50; CREATE TABLE IF NOT EXISTS t (a INTEGER)",
            )
            .expect("the table is made");
        connection
    }

    fn insert(value: i64) -> impl FnOnce(&Connection) -> Result<(), Error> {
        move |connection| {
            let inserted = connection.execute("INSERT INTO t VALUES (?1)", [value]);
            inserted.map(drop).map_err(Error::journal("insert"))
        }
    }

    fn count(connection: &Connection) -> i64 {
        let counted = connection.query_row("SELECT count(*) FROM t", [], |row| row.get(0));
        counted.expect("the table is there")
    }

    #[test]
    fn those_who_wait_share_a_commit_and_are_answered_after_it() {
        let folder = tempfile::tempdir().expect("a folder for temporary files");
        let path = folder.path().join("t.sqlite");
        let other = database(&path);
        let writer = Writer::start(database(&path));

        // While the thread is busy with a first task, others gather; a last one looks before their common commit.
        let (go_on, busy) = mpsc::channel::<()>();
        let (tell, told) = mpsc::channel();
        let answer = |result: Result<(), Error>| assert!(result.is_ok());
        let first = move |_: &Connection| {
            busy.recv().expect("the test says when");
            Ok(())
        };
        writer.submit(first, answer).expect("the thread is there");
        for value in 0..10 {
            let tell = tell.clone();
            let inserted = move |result: Result<(), Error>| tell.send(result.is_ok()).expect("the test listens");
            writer.submit(insert(value), inserted).expect("the thread is there");
        }
        let look = move |_: &Connection| {
            assert_eq!(count(&other), 0, "nothing is on disk yet");
            Ok(other)
        };
        let (hand_back, handed_back) = mpsc::channel();
        let looked = move |result: Result<Connection, Error>| {
            hand_back.send(result).expect("the test listens");
        };
        writer.submit(look, looked).expect("the thread is there");
        assert!(told.try_recv().is_err(), "nobody is answered before the commit");
        go_on.send(()).expect("the thread is there");
        let other = handed_back.recv().expect("answered").expect("committed");
        assert_eq!(told.iter().take(10).filter(|committed| *committed).count(), 10);
        assert_eq!(count(&other), 10);
    }

    #[test]
    fn a_task_that_fails_leaves_no_trace_and_spoils_no_other() {
        let folder = tempfile::tempdir().expect("a folder for temporary files");
        let path = folder.path().join("t.sqlite");
        let writer = Writer::start(database(&path));
        let half_done = writer.run_blocking(|connection| {
            insert(1)(connection)?;
            Err::<(), _>(Error::LeaseLost)
        });
        assert!(matches!(half_done, Err(Error::LeaseLost)));
        writer.run_blocking(insert(2)).expect("written");
        assert_eq!(count(&database(&path)), 1);
    }

    #[test]
    fn without_a_transaction_nothing_is_done() {
        let folder = tempfile::tempdir().expect("a folder for temporary files");
        let path = folder.path().join("t.sqlite");
        let writer = Writer::start(database(&path));
        let blocker = database(&path);
        blocker.execute_batch("BEGIN IMMEDIATE").expect("locked");
        assert!(matches!(
            writer.run_blocking(insert(1)),
            Err(Error::JournalCommit { .. })
        ));
        blocker.execute_batch("COMMIT").expect("unlocked");
        assert_eq!(count(&blocker), 0);
        writer.run_blocking(insert(2)).expect("written");
    }
}
