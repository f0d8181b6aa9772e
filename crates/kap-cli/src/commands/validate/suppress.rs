//! Findings that are lived with: from flags, `kap.toml` and files of the reference validator.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use kap_validate::suppress::{Suppression, Suppressions};

use crate::commands::explain;
use crate::config::Validate;
use crate::terminal;

/// Which findings are lived with.
#[derive(Debug, clap::Args)]
pub(super) struct Suppress {
    /// Leave out findings with this code, at this place: `structure-unknown-element@Patient.contact.*`. In kap.toml,
    /// `[[validate.suppress]]` has `code`, `path`, and the `reason`
    #[arg(long, value_name = "CODE[@PATH]")]
    suppress: Vec<String>,
    /// Leave out what an advisor file or an ignoreWarnings.txt of the reference validator leaves out
    #[arg(long, value_name = "FILE")]
    advisor: Vec<PathBuf>,
}

/// All suppressions of a run, and which of them come from a file.
#[derive(Debug, Default)]
pub(super) struct Lived {
    pub(super) suppressions: Suppressions,
    /// Name and first number of each file.
    files: Vec<(String, usize)>,
}

impl Suppress {
    /// The suppressions of flags and configuration. One that names no code of ours, or says no reason in the
    /// configuration, is refused.
    pub(super) fn lived(&self, config: &Validate) -> anyhow::Result<Lived> {
        let mut lived = Lived::default();
        for flag in &self.suppress {
            let (code, path) = flag
                .split_once('@')
                .map_or((flag.as_str(), None), |(code, path)| (code, Some(path)));
            lived.add(code, path, "given on the command line")?;
        }
        for entry in &config.suppress {
            lived.add(&entry.code, entry.path.as_deref(), &entry.reason)?;
        }
        for file in self.advisor.iter().chain(&config.advisor) {
            lived.add_file(file)?;
        }
        Ok(lived)
    }
}

impl Lived {
    fn add(&mut self, code: &str, path: Option<&str>, reason: &str) -> anyhow::Result<()> {
        let is_known = match code.strip_suffix('*') {
            Some(start) => explain::codes().iter().any(|info| info.code.starts_with(start)),
            None => explain::codes().iter().any(|info| info.code == code),
        };
        if !is_known {
            bail!("there is no code `{code}` to suppress{}", explain::nearest(code));
        }
        self.suppressions.push(Suppression::of_code(code, path, reason)?);
        Ok(())
    }

    fn add_file(&mut self, path: &Path) -> anyhow::Result<()> {
        let name = path.display().to_string();
        let text = fs::read_to_string(path).with_context(|| format!("cannot read the advisor file `{name}`"))?;
        self.files.push((name.clone(), self.suppressions.iter().count()));
        Ok(self.suppressions.add_file(&name, &text)?)
    }

    /// Says on standard error which suppressions were not needed; `used` counts by number.
    pub(super) fn complain_about_unused(&self, used: &[u32]) {
        let is_unused = |number: usize| used.get(number).is_none_or(|count| *count == 0);
        let first_of_file = self.files.first().map_or(usize::MAX, |(_, first)| *first);
        let all: Vec<&Suppression> = self.suppressions.iter().collect();
        for (number, suppression) in all.iter().enumerate().take(first_of_file) {
            if is_unused(number) {
                terminal::complain(&format!(
                    "nothing was suppressed by `{}` ({}); remove it",
                    suppression.label(),
                    suppression.reason()
                ));
            }
        }
        for (index, (name, first)) in self.files.iter().enumerate() {
            let end = self.files.get(index + 1).map_or(all.len(), |(_, next)| *next);
            let unused = (*first..end).filter(|number| is_unused(*number)).count();
            if unused > 0 {
                terminal::complain(&format!(
                    "{unused} of {} entries of `{name}` suppressed nothing",
                    end - first
                ));
            }
        }
    }
}
