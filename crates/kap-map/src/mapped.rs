//! What comes out of a mapping.

use std::collections::BTreeMap;
use std::fmt;

use kap_json::{Issue, Location};
use sha2::{Digest, Sha256};

use crate::code::hl7::purpose;
use crate::draft::{Draft, Withheld};
use crate::mapping::Mapping;
use crate::receipt::Receipt;
use crate::segment::Reason;
use crate::settle::{high_water, settle};
use crate::source_map::{SourceEntry, SourceMap};
use crate::{Context, bundle, codes, provenance};

/// What became of a record.
#[derive(Clone)]
pub struct Mapped {
    /// The transaction bundle as compact JSON. Without entries if nothing may leave.
    pub bundle: Vec<u8>,
    /// What left, what stayed and why.
    pub receipt: Receipt,
    /// Where each entry comes from.
    pub source_map: SourceMap,
    /// Findings about the disclosure. [`codes`] has their codes.
    pub issues: Vec<Issue>,
}

impl fmt::Debug for Mapped {
    /// Shows what stays with the sender, and of the bundle only its size.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Mapped")
            .field("bundle", &format_args!("‹{} bytes›", self.bundle.len()))
            .field("receipt", &self.receipt)
            .field("source_map", &self.source_map)
            .field("issues", &self.issues)
            .finish()
    }
}

/// Settles what was mapped, adds its provenance, and writes bundle, receipt, source map and findings.
pub(crate) fn finish(mut mapping: Mapping<'_>, context: &Context) -> Mapped {
    let (drafts, mut withheld) = mapping.take();
    let mut drafts = settle(drafts, &mut withheld);
    let labels = high_water(&drafts);
    if !drafts.is_empty() {
        drafts.push(provenance::draft(&mapping, &drafts, labels.clone()));
    }
    let security = labels.codings();
    let source_map = SourceMap {
        entries: drafts.iter().map(source).collect(),
    };
    let kept = count(drafts.iter().map(|draft| draft.resource_type.as_str()));
    let issues = issues(&withheld);
    let bundle = bundle::bytes(drafts, &security);
    let receipt = Receipt {
        record_key: mapping.record_key().to_string(),
        purpose: purpose(context.purpose).value,
        security: security.into_iter().filter_map(|label| label.code?.value).collect(),
        kept,
        withheld: count(withheld.iter().map(|withheld| withheld.reason)),
        removed: mapping.record().removed.len(),
        bundle_sha256: hex::encode(Sha256::digest(&bundle)),
    };
    Mapped {
        bundle,
        receipt,
        source_map,
        issues,
    }
}

fn count<T: Ord>(things: impl Iterator<Item = T>) -> BTreeMap<T, usize> {
    let mut counts = BTreeMap::new();
    for thing in things {
        *counts.entry(thing).or_default() += 1;
    }
    counts
}

fn source(draft: &Draft) -> SourceEntry {
    SourceEntry {
        full_url: draft.key.urn(),
        resource_type: draft.resource_type.as_str(),
        pointer: draft.pointer.clone(),
    }
}

/// One finding per thing that stayed for a reason which somebody may want to look into.
fn issues(withheld: &[Withheld]) -> Vec<Issue> {
    let issue = |withheld: &Withheld| {
        let code = match withheld.reason {
            Reason::ConsentDenied => &codes::CONSENT_DENIES,
            Reason::ConsentMissing => &codes::CONSENT_MISSING,
            Reason::Dependent => &codes::HOLDER_DEPENDENT,
            Reason::NeverLeaves | Reason::Policy | Reason::EnteredInError => return None,
        };
        Some(Issue::new(
            code,
            Location {
                pointer: withheld.pointer.clone(),
                ..Location::default()
            },
            code.title,
        ))
    };
    withheld.iter().filter_map(issue).collect()
}
