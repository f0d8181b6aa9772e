//! Progress on a terminal, nothing elsewhere.

use std::io::{self, IsTerminal as _};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use kap_client::{Progress, Step};

use crate::Global;

/// A bar on standard error; hidden unless that is a terminal.
pub(crate) struct Bar(ProgressBar);

impl Bar {
    /// A bar whose length is told later.
    pub(crate) fn new(global: &Global, what: &'static str) -> Self {
        let visible = !global.no_progress && io::stderr().is_terminal();
        let target = if visible {
            ProgressDrawTarget::stderr()
        } else {
            ProgressDrawTarget::hidden()
        };
        let bar = ProgressBar::with_draw_target(Some(0), target);
        if let Ok(style) = ProgressStyle::with_template("{prefix:>8} [{bar:30}] {pos}/{len} {msg}") {
            bar.set_style(style);
        }
        bar.set_prefix(what);
        if visible {
            bar.enable_steady_tick(Duration::from_millis(200));
        }
        Self(bar)
    }

    /// Takes the bar away.
    pub(crate) fn finish(&self) {
        self.0.finish_and_clear();
    }
}

impl Progress for Bar {
    fn advance(&self, step: Step<'_>) {
        match step {
            Step::Planned { items, .. } => self.0.set_length(items as u64),
            Step::Settled { items, .. } | Step::Compared { items } => self.0.inc(items as u64),
            Step::Sending { label, .. } => self.0.set_message(label.to_owned()),
            Step::Waiting { category, wait, .. } => {
                self.0.set_message(format!("{category}, trying again in {wait:.0?}"));
            }
        }
    }
}
