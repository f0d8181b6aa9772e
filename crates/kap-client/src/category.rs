//! What kind of failure an answer, or the lack of one, is: a closed set on which everything else depends.

use std::fmt;

/// Kinds of failure between us and a server. The retry policy is a function of this alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Category {
    /// The server could not be reached; the request was certainly not executed.
    Unavailable,
    /// The server, or another process of ours, asks us to wait.
    Busy,
    /// We stopped before the request was tried.
    Interrupted,
    /// The server understood the request and finds it wrong.
    Incorrect,
    /// The server does not offer this interaction.
    Unsupported,
    /// There is no such resource (any more).
    NotFound,
    /// Another version, or more than one match, stands in the way.
    Conflict,
    /// The server does not accept our credentials, or wants some; the request was not executed.
    SignIn,
    /// Policy forbids it.
    Forbidden,
    /// An answer that makes no sense, or a failure on our own side.
    Fault,
    /// The request may or may not have been executed.
    UnknownOutcome,
}

impl Category {
    /// The word used in the journal and in reports.
    pub fn as_str(self) -> &'static str {
        match self {
            Category::Unavailable => "unavailable",
            Category::Busy => "busy",
            Category::Interrupted => "interrupted",
            Category::Incorrect => "incorrect",
            Category::Unsupported => "unsupported",
            Category::NotFound => "not-found",
            Category::Conflict => "conflict",
            Category::SignIn => "sign-in",
            Category::Forbidden => "forbidden",
            Category::Fault => "fault",
            Category::UnknownOutcome => "unknown-outcome",
        }
    }

    /// The category of an HTTP status that answers a write, `None` for success
    /// (<https://hl7.org/fhir/R4/http.html#summary>).
    pub(crate) fn of_write(status: u16) -> Option<Category> {
        Some(match status {
            200 | 201 | 203..=299 => return None,
            // 202 promises nothing yet; a gateway answers 408 and 5xx also after the server has committed.
            202 | 408 | 500 | 502 | 504..=599 => Category::UnknownOutcome,
            429 | 503 => Category::Busy,
            // Redirects are never followed: the request was not executed here.
            300..=399 | 405 | 406 | 415 | 501 => Category::Unsupported,
            401 => Category::SignIn,
            403 => Category::Forbidden,
            404 | 410 => Category::NotFound,
            409 | 412 => Category::Conflict,
            400..=499 => Category::Incorrect,
            _ => Category::Fault,
        })
    }

    /// The category of an HTTP status that answers a read or a search, `None` for success. Reads change nothing,
    /// so their outcome is never unknown: what may come right later is [`Category::Unavailable`].
    pub(crate) fn of_read(status: u16) -> Option<Category> {
        match Category::of_write(status) {
            Some(Category::UnknownOutcome) => Some(Category::Unavailable),
            other => other,
        }
    }
}

impl fmt::Display for Category {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}
