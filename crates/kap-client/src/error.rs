//! Failures to do the job at all. What a server says about one bundle is a report, not an error.

use std::path::PathBuf;

use crate::Category;

/// What was attempted, on what, and why it failed.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// An endpoint cannot be used as configured.
    #[error("cannot use endpoint `{name}`: {reason}")]
    Endpoint {
        /// Its configured name.
        name: String,
        /// What is wrong and what to do.
        reason: &'static str,
    },
    /// An endpoint beyond this machine is to be used without encryption, and nobody allowed that.
    #[error("cannot use endpoint `{name}`: plain http would show patients to the network; use https")]
    PlainHttp {
        /// Its configured name.
        name: String,
    },
    /// The HTTP client could not be set up.
    #[error("cannot set up the HTTP client for endpoint `{name}`")]
    Http {
        /// Configured name of the endpoint.
        name: String,
        /// Why.
        source: reqwest::Error,
    },
    /// A CapabilityStatement cannot be used.
    #[error("the CapabilityStatement is not usable: {reason}")]
    Statement {
        /// What is wrong.
        reason: &'static str,
    },
    /// The server did not answer with its CapabilityStatement.
    #[error("endpoint `{name}` does not answer with its CapabilityStatement ({category}{}): check its base address, and run this again when it answers", status_words(*status))]
    NoStatement {
        /// Configured name of the endpoint.
        name: String,
        /// The kind of failure.
        category: Category,
        /// The HTTP status, if there was an answer.
        status: Option<u16>,
    },
    /// A line of the configuration about a server's capabilities cannot be used.
    #[error("cannot use the capability `{name}` of the configuration: {reason}")]
    Override {
        /// The line.
        name: String,
        /// What is wrong.
        reason: &'static str,
    },
    /// The server does not accept our credentials, or wants some.
    #[error(
        "endpoint `{name}` does not accept the sign-in (HTTP 401): renew the token and run this again, nothing is lost"
    )]
    SignIn {
        /// Configured name of the endpoint.
        name: String,
    },
    /// The file with a terminology server's answers, or with what it was asked, could not be read or written.
    #[error("cannot use the file `{path}` of the terminology server")]
    TerminologyFile {
        /// The file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// The journal's file could not be made or opened.
    #[error("cannot open the journal `{path}`")]
    JournalFile {
        /// The file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// The file is an SQLite database, but no journal.
    #[error("`{path}` is not a journal of kap: name another file")]
    JournalForeign {
        /// The file.
        path: PathBuf,
    },
    /// The journal was written by a newer version.
    #[error("the journal `{path}` has format {found}, this version knows {known}: update kap")]
    JournalNewer {
        /// The file.
        path: PathBuf,
        /// Format of the file.
        found: i64,
        /// Newest format we know.
        known: i64,
    },
    /// SQLite failed.
    #[error("the journal could not {action}")]
    Journal {
        /// What was attempted.
        action: &'static str,
        /// Why.
        source: rusqlite::Error,
    },
    /// The journal's group of requests could not be committed; none of them happened.
    #[error("the journal could not commit: {reason}")]
    JournalCommit {
        /// SQLite's words.
        reason: String,
    },
    /// The journal's thread is gone.
    #[error("the journal has stopped; open it again")]
    JournalStopped,
    /// Something in the journal is not what was written.
    #[error("the journal is damaged: {what}; restore it from a copy, for a new one would not know what was sent")]
    JournalDamaged {
        /// What is wrong.
        what: String,
    },
    /// This process was paused for so long that another one took over its work.
    #[error("another process took over the work of this one, which had paused; run the push again")]
    LeaseLost,
    /// The journal does not know the endpoint.
    #[error("the journal knows no endpoint `{name}`: nothing was pushed to it yet")]
    EndpointUnknown {
        /// The name asked for.
        name: String,
    },
}

impl Error {
    /// The kind of failure.
    pub fn category(&self) -> Category {
        match self {
            Error::Endpoint { .. }
            | Error::PlainHttp { .. }
            | Error::JournalForeign { .. }
            | Error::JournalNewer { .. }
            | Error::Statement { .. }
            | Error::Override { .. } => Category::Incorrect,
            Error::NoStatement { category, .. } => *category,
            Error::EndpointUnknown { .. } => Category::NotFound,
            Error::SignIn { .. } => Category::SignIn,
            Error::LeaseLost => Category::Interrupted,
            Error::Http { .. }
            | Error::TerminologyFile { .. }
            | Error::JournalFile { .. }
            | Error::Journal { .. }
            | Error::JournalCommit { .. }
            | Error::JournalStopped
            | Error::JournalDamaged { .. } => Category::Fault,
        }
    }

    /// For `map_err`: SQLite failed at `action`.
    pub(crate) fn journal(action: &'static str) -> impl FnOnce(rusqlite::Error) -> Error {
        move |source| Error::Journal { action, source }
    }
}

fn status_words(status: Option<u16>) -> String {
    status.map_or_else(String::new, |status| format!(", HTTP {status}"))
}
