//! The database file: every version of every resource, and the search index of the current ones.
//!
//! One connection writes, under a lock, so that writers stand in a queue and never meet; readers have connections of their own
//! and see the last committed state. All of it runs on threads that may block.

pub(crate) mod history;
pub(crate) mod read;
mod schema;
pub(crate) mod write;

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use rusqlite::Connection;

use crate::error::Error;

#[derive(Debug, Clone)]
pub(crate) struct Store {
    path: Arc<PathBuf>,
    /// Connections at rest; as many as there were readers at once. They are closed before the writer, because only a connection
    /// that can write folds the log into the database file as the last one closes.
    readers: Arc<Mutex<Vec<Connection>>>,
    writer: Arc<tokio::sync::Mutex<Connection>>,
    opened_at: i64,
}

impl Store {
    pub(crate) fn open(path: &Path) -> Result<Self, Error> {
        let (writer, opened_at) = schema::open(path)?;
        Ok(Self {
            path: Arc::new(path.to_owned()),
            writer: Arc::new(tokio::sync::Mutex::new(writer)),
            readers: Arc::default(),
            opened_at,
        })
    }

    /// The row of the last resource that was there when the file was opened.
    pub(crate) fn opened_at(&self) -> i64 {
        self.opened_at
    }

    /// Runs `work` with the connection that writes, as soon as it is free.
    pub(crate) async fn write<T, F>(&self, work: F) -> T
    where
        T: Send + 'static,
        F: FnOnce(&mut Connection) -> T + Send + 'static,
    {
        let mut connection = Arc::clone(&self.writer).lock_owned().await;
        blocking(move || work(&mut connection)).await
    }

    /// Runs `work` with a connection that reads.
    pub(crate) async fn read<T, F>(&self, work: F) -> rusqlite::Result<T>
    where
        T: Send + 'static,
        F: FnOnce(&mut Connection) -> T + Send + 'static,
    {
        let store = self.clone();
        blocking(move || store.read_here(work)).await
    }

    /// Like `read`, on the thread of the caller.
    pub(crate) fn read_here<T>(&self, work: impl FnOnce(&mut Connection) -> T) -> rusqlite::Result<T> {
        let at_rest = self.readers.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let mut connection = match at_rest {
            Some(connection) => connection,
            None => schema::open_reader(&self.path)?,
        };
        let result = work(&mut connection);
        self.readers
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push(connection);
        Ok(result)
    }
}

/// Runs `work` where blocking is allowed; its panics go on in the caller.
pub(crate) async fn blocking<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> T {
    match tokio::task::spawn_blocking(work).await {
        Ok(result) => result,
        Err(panicked) => std::panic::resume_unwind(panicked.into_panic()),
    }
}
