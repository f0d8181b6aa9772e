//! Bundles on their way to a server: read, checked, and only then handed on.

use std::io;

use kap_fhir::{Bundle, Checked};
use kap_validate::{Options, PlanSet, check_bundle};
use rayon::prelude::*;

use crate::definitions::Definitions;
use crate::input::Source;
use crate::render::{self, Outcome, Printer, Style};
use crate::{Global, input};

/// What passed, and how many did not.
pub(crate) struct CheckedBundles {
    /// Label and bundle.
    pub(crate) items: Vec<(String, Checked<Bundle>)>,
    /// Documents with errors; their findings are printed.
    pub(crate) refused: usize,
}

/// Reads and checks every bundle of `sources`; findings go to standard error.
pub(crate) fn check_all(sources: &[Source], global: &Global) -> anyhow::Result<CheckedBundles> {
    let definitions = Definitions::standard()?;
    let plans = definitions.set();
    let style = Style {
        format: render::Format::Human,
        color: false,
        reveal_values: global.reveal_values,
    };
    let mut printer = Printer::new(io::stderr().lock(), style);
    let mut checked = CheckedBundles {
        items: Vec::new(),
        refused: 0,
    };
    for batch in input::batches(sources) {
        let judged: Vec<_> = batch
            .into_par_iter()
            .map(|document| document.map(|document| (check(&plans, document.text.clone()), document)))
            .collect();
        for result in judged {
            match result? {
                (Ok(bundle), document) => checked.items.push((document.label(), bundle)),
                (Err(report), document) => {
                    checked.refused += 1;
                    printer.print(&Outcome::of_report(&document, None, report))?;
                }
            }
        }
    }
    printer.finish()?;
    Ok(checked)
}

/// One bundle: checked, or the report that refuses it.
pub(crate) fn check(plans: &PlanSet<'_>, bytes: Vec<u8>) -> Result<Checked<Bundle>, kap_validate::Report> {
    let (bundle, report) = check_bundle(plans, bytes, &Options::default());
    bundle.ok_or(report)
}

/// `3 bundles`, `1 bundle`.
pub(crate) fn count(bundles: usize) -> String {
    format!("{bundles} bundle{}", if bundles == 1 { "" } else { "s" })
}
