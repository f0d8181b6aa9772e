//! Flags of `kap validate` that say how strict the checks are.

use kap_json::Severity;
use kap_validate::{BestPractice, Options, UnknownExtensions};

use crate::edges;

/// How strict the checks are.
#[derive(Debug, clap::Args)]
pub(super) struct Rules {
    /// What an extension without a loaded definition means; an unknown modifier extension is always an error
    #[arg(long, value_enum, default_value_t, value_name = "SEVERITY")]
    unknown_extensions: Unknown,
    /// Where extensions may come from without being known: the beginning of their URLs
    #[arg(long, value_name = "URL")]
    extension_domain: Vec<String>,
    /// What it means that good practice is not followed, for example that a resource has no narrative
    #[arg(long, value_enum, default_value_t, value_name = "SEVERITY")]
    best_practice: Practice,
    /// Text that looks like HTML is an error
    #[arg(long)]
    security_checks: bool,
    /// A display that is not the code system's is a warning, not an error
    #[arg(long)]
    display_warnings: bool,
    /// Relative references must lead to a resource among everything that is read in this run, which conforms to the
    /// profile that is wanted there
    #[arg(long, conflicts_with = "watch")]
    pub(super) check_references: bool,
    /// Languages in which displays are wanted, such as `de-CH,de;q=0.9` [default: the `language` of the resource]
    #[arg(long, value_name = "LANGUAGES", value_parser = languages)]
    lang: Option<String>,
    /// The present moment for rules that look at the clock, such as `2026-01-31T12:00:00Z` [default: now]
    #[arg(long, value_name = "INSTANT", value_parser = instant)]
    now: Option<String>,
}

impl Rules {
    /// The options that these flags stand for.
    pub(super) fn options(&self) -> Options {
        Options {
            unknown_extensions: self.unknown_extensions.into(),
            extension_domains: self.extension_domain.clone(),
            best_practice: self.best_practice.into(),
            security_checks: self.security_checks,
            display_warnings: self.display_warnings,
            lang: self.lang.clone(),
            now: Some(self.now.clone().unwrap_or_else(edges::now)),
            ..Options::default()
        }
    }
}

/// An `Accept-Language` list, as it is given.
fn languages(text: &str) -> Result<String, String> {
    match kap_validate::language_ranges(text) {
        Some(_) => Ok(text.to_owned()),
        None => Err(
            "languages are listed with commas, each with or without its weight, such as `de-CH,de;q=0.9`".to_owned(),
        ),
    }
}

/// An instant, as it is given.
fn instant(text: &str) -> Result<String, String> {
    match text.parse::<jiff::Timestamp>() {
        Ok(_) => Ok(text.to_owned()),
        Err(_) => Err("an instant has date, time and zone, such as `2026-01-31T12:00:00Z`".to_owned()),
    }
}

/// What an extension without a loaded definition means.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
enum Unknown {
    /// An error.
    Error,
    /// A warning.
    #[default]
    Warning,
    /// Nothing.
    Ignore,
}

impl From<Unknown> for UnknownExtensions {
    fn from(unknown: Unknown) -> Self {
        match unknown {
            Unknown::Error => Self::Error,
            Unknown::Warning => Self::Warning,
            Unknown::Ignore => Self::Ignore,
        }
    }
}

/// What it means that good practice is not followed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
enum Practice {
    /// Nothing.
    Ignore,
    /// Worth knowing.
    #[default]
    Hint,
    /// A warning.
    Warning,
    /// An error.
    Error,
}

impl From<Practice> for BestPractice {
    fn from(practice: Practice) -> Self {
        match practice {
            Practice::Ignore => Self::Ignore,
            Practice::Hint => Self::Hint,
            Practice::Warning => Self::Warning,
            Practice::Error => Self::Error,
        }
    }
}

/// The least severity that is printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum Level {
    /// Errors.
    Error,
    /// Errors and warnings.
    Warning,
    /// Everything.
    #[default]
    Information,
}

impl From<Level> for Severity {
    fn from(level: Level) -> Self {
        match level {
            Level::Error => Self::Error,
            Level::Warning => Self::Warning,
            Level::Information => Self::Information,
        }
    }
}

/// The least severity that fails a run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum FailOn {
    /// Errors.
    #[default]
    Error,
    /// Errors and warnings.
    Warning,
}
