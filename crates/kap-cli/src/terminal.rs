//! The terminal: colour, complaints on standard error, and the silent end of a broken pipe.

use std::io::{self, IsTerminal as _, Write as _};

/// When to use colour.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum ColorChoice {
    /// On a terminal, unless `NO_COLOR` is set.
    #[default]
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

impl ColorChoice {
    /// Whether standard output gets colour.
    pub(crate) fn on_stdout(self) -> bool {
        match self {
            Self::Always => true,
            Self::Never => false,
            Self::Auto => {
                io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
            }
        }
    }
}

/// One line on standard error, with our name before it.
pub(crate) fn complain(message: &str) {
    note(&format!("kap: {message}"));
}

/// One line on standard error. Nothing can be done if even that fails.
pub(crate) fn note(message: &str) {
    let _ = writeln!(io::stderr().lock(), "{message}");
}

/// Whether somebody reads along on standard error.
pub(crate) fn is_attended() -> bool {
    io::stderr().is_terminal()
}

/// Whether the reader of our output went away: that is no failure of ours.
pub(crate) fn is_broken_pipe(failure: &anyhow::Error) -> bool {
    failure.chain().any(|cause| {
        cause
            .downcast_ref::<io::Error>()
            .is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe)
    })
}
