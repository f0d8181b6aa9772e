//! Bundles on their way to a server: read, checked, and only then handed on.

use std::io;

use kap_client::Item;
use kap_fhir::{Bundle, Checked};
use kap_record::model::consent::Purpose;
use kap_validate::{Options, PlanSet, check_bundle};

use crate::definitions::Definitions;
use crate::input::{Document, Source, Spread, in_order};
use crate::render::{Format, Outcome, Printer, Style};
use crate::{Global, edges};

/// What passed, and how many did not.
pub(crate) struct CheckedBundles {
    /// What may be sent.
    pub(crate) items: Vec<Item>,
    /// Documents with errors; their findings are printed.
    pub(crate) refused: usize,
}

/// Reads and checks every bundle of `sources`; findings go to standard error.
pub(crate) fn check_all(sources: &[Source], global: &Global) -> anyhow::Result<CheckedBundles> {
    let definitions = Definitions::standard()?;
    let plans = definitions.set();
    let style = Style::plain(Format::Human, global.reveal_values);
    let mut printer = Printer::new(io::stderr().lock(), style);
    let mut checked = CheckedBundles {
        items: Vec::new(),
        refused: 0,
    };
    let work = |document: Document| (check(&plans, document.text.clone()), document);
    in_order(sources, Spread::new(None), work, |result| {
        match result? {
            (Ok(bundle), document) => checked.items.push(item(document.label(), bundle)),
            (Err(report), document) => {
                checked.refused += 1;
                printer.print(&Outcome::of_report(&document, None, report))?;
            }
        }
        Ok(())
    })?;
    printer.finish()?;
    Ok(checked)
}

/// One bundle: checked, or the report that refuses it.
pub(crate) fn check(plans: &PlanSet<'_>, bytes: Vec<u8>) -> Result<Checked<Bundle>, kap_validate::Report> {
    let (bundle, report) = check_bundle(plans, bytes, &Options::default());
    bundle.ok_or(report)
}

/// A checked bundle with the audit event of disclosing it now.
pub(crate) fn item(label: String, bundle: Checked<Bundle>) -> Item {
    let system = concat!("kap ", env!("CARGO_PKG_VERSION"));
    let audit_event = kap_map::audit(bundle.bytes(), Purpose::Treatment, &edges::now(), system);
    Item {
        label,
        bundle,
        carries: Vec::new(),
        audit_event: Some(audit_event.to_string().into_bytes()),
    }
}

/// `3 bundles`, `1 bundle`.
pub(crate) fn count(bundles: usize) -> String {
    format!("{bundles} bundle{}", if bundles == 1 { "" } else { "s" })
}
