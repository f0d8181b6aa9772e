//! `--check-references`: what references lead to, among everything that is read in this run.

use std::collections::HashSet;

use kap_fhir::Reference;
use kap_json::{Limits, Node};
use kap_validate::{ReferenceTarget, ReferenceTargets};

use crate::input::{Document, Source, Spread, in_order};

/// Every resource of the run, as `Type/id`.
#[derive(Debug, Default)]
pub(super) struct Targets(HashSet<String>);

impl Targets {
    /// Reads `sources` once. What cannot be read is told when it is checked.
    pub(super) fn of(sources: &[Source], spread: Spread) -> anyhow::Result<Targets> {
        let mut targets = Targets::default();
        in_order(
            sources,
            spread,
            |document| named(&document),
            |names| {
                targets.0.extend(names.unwrap_or_default());
                Ok(())
            },
        )?;
        Ok(targets)
    }
}

/// The resources of a document: itself, and those in the entries of a bundle.
fn named(document: &Document) -> Vec<String> {
    let Some(parsed) = kap_json::parse(&document.text, &Limits::default()).document else {
        return Vec::new();
    };
    let root = parsed.root();
    let entries = root.get("entry").into_iter().flat_map(Node::items);
    let resources = entries.filter_map(|entry| entry.get("resource"));
    let name = |node: Node<'_>| {
        let member = |name| node.get(name).and_then(Node::as_str);
        Some(format!("{}/{}", member("resourceType")?, member("id")?))
    };
    [root].into_iter().chain(resources).filter_map(name).collect()
}

impl ReferenceTargets for Targets {
    /// A reference relative to the server means a resource of this run; of other servers nothing is known.
    fn target(&self, reference: &str) -> ReferenceTarget {
        let Reference::Relative(target) = Reference::parse(reference) else {
            return ReferenceTarget::Unknown;
        };
        if self.0.contains(&format!("{}/{}", target.resource_type, target.id)) {
            ReferenceTarget::Exists(target.resource_type.to_owned())
        } else {
            ReferenceTarget::Missing
        }
    }
}
