//! The narrative's XHTML (<https://hl7.org/fhir/R4/narrative.html>; the invariants txt-1 and txt-2).

use kap_fhir::xhtml::{self, Fault};
use kap_json::{Message, Node};

use super::walk::Walk;
use crate::codes;

/// Checks the `div` of a Narrative.
pub(super) fn check<'c>(walk: &mut Walk<'c>, node: Node<'c>) {
    let Some(div) = node.get("div") else { return };
    let Some(text) = div.as_str() else { return };
    let (info, problem) = match xhtml::check(text) {
        Ok(()) => return,
        Err(Fault::Malformed(problem)) => (&codes::NARRATIVE_MALFORMED, problem),
        Err(Fault::NotADiv) => (
            &codes::NARRATIVE_MALFORMED,
            "the narrative is not one `div` in the XHTML namespace",
        ),
        Err(Fault::Element) => (
            &codes::NARRATIVE_ACTIVE,
            "an element is not one of those that a narrative may have",
        ),
        Err(Fault::Attribute) => (&codes::NARRATIVE_ACTIVE, "an attribute carries active content"),
        Err(Fault::Empty) => (&codes::NARRATIVE_EMPTY, "the narrative shows neither text nor an image"),
    };
    walk.report(info, div, || Message::text(problem), None);
}
