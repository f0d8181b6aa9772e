//! Failures to do the sandbox's own job; what a request did wrong is an OperationOutcome instead.

use std::path::PathBuf;

/// Why the sandbox could not be opened, inspected or served.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The database file could not be created, for example because its folder does not exist.
    #[error("cannot create the sandbox's database `{path}`; check that its folder exists and can be written")]
    Create {
        /// The database file.
        path: PathBuf,
        /// What the file system answered.
        source: std::io::Error,
    },
    /// The file is there but SQLite cannot use it as a database.
    #[error("cannot open the sandbox's database `{path}`; name another file, or delete this one to start anew")]
    Open {
        /// The database file.
        path: PathBuf,
        /// What SQLite answered.
        source: rusqlite::Error,
    },
    /// The file is an SQLite database of something else, or of another version of the sandbox.
    #[error(
        "`{path}` is no database of this version of the sandbox; name another file, or delete this one to start anew"
    )]
    Foreign {
        /// The database file.
        path: PathBuf,
    },
    /// The database could not be read for inspection.
    #[error("cannot {attempt} in the sandbox's database")]
    Inspect {
        /// What was attempted, as in `count the resources`.
        attempt: &'static str,
        /// What SQLite answered.
        source: rusqlite::Error,
    },
    /// A file of habits cannot be read as such.
    #[error("these are no habits of a server: {fault}; the files of the vendors are examples")]
    Habits {
        /// What is wrong with the file.
        fault: String,
    },
    /// The listener failed while serving.
    #[error("the sandbox cannot go on serving")]
    Serve {
        /// What the listener answered.
        source: std::io::Error,
    },
}
