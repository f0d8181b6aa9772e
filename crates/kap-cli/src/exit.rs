//! The exit codes, documented in every command's help.

use std::process::ExitCode;

use kap_client::Category;

/// How a command ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Exit {
    /// Done, nothing to complain about.
    Done = 0,
    /// Findings: invalid input or rejected items.
    Findings = 1,
    /// Could not do the job: usage, missing file, configuration, sign-in.
    Failed = 2,
    /// Not finished, safe to run again.
    Unfinished = 3,
    /// A person has to decide.
    PersonNeeded = 4,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}

/// The exit code of a failure: what may come right by itself is unfinished, all else is failed.
pub(crate) fn of_failure(failure: &anyhow::Error) -> Exit {
    match failure
        .downcast_ref::<kap_client::Error>()
        .map(kap_client::Error::category)
    {
        Some(Category::Interrupted | Category::Unavailable | Category::Busy) => Exit::Unfinished,
        _ => Exit::Failed,
    }
}

/// The table that stands under every command's help.
pub(crate) const HELP: &str = "\
Exit status:
  0  done, nothing to complain about
  1  findings: invalid input or rejected items
  2  could not do the job: usage, missing file, XML or another version of FHIR, configuration, sign-in
  3  not finished, safe to run again: server unavailable, interrupted
  4  a person has to decide: an outcome is unknown or two records claim one identity";
