//! Invariants: which were met on the way, and which of them other facets decide. The rest is undecided until FHIRPath
//! is evaluated.

use super::walk::Walk;
use crate::plan::set::PlanSet;
use crate::plan::view::ElementView;

/// How often each element row of each plan was met. Counting rows costs one addition a node; constraints are added up
/// once at the end.
#[derive(Debug)]
pub(crate) struct Met {
    plans: Vec<Vec<u32>>,
}

/// Invariants that other facets decide, with the type that states them. A key alone would not do: R4 gives five
/// different invariants the key `inv-1`.
const DECIDED: [(&str, &[&str]); 6] = [
    // An element has a value or children: structure.
    ("Element", &["ele-1"]),
    ("Extension", &["ext-1"]),
    ("Reference", &["ref-1"]),
    ("DomainResource", &["dom-2", "dom-3", "dom-4", "dom-5"]),
    ("Narrative", &["txt-1", "txt-2"]),
    (
        "Bundle",
        &[
            "bdl-1", "bdl-2", "bdl-3", "bdl-4", "bdl-5", "bdl-7", "bdl-8", "bdl-9", "bdl-10", "bdl-11", "bdl-12",
        ],
    ),
];

fn is_decided(key: &str, source: &str) -> bool {
    let stated_by = source.strip_prefix("http://hl7.org/fhir/StructureDefinition/");
    DECIDED
        .iter()
        .any(|(of, keys)| stated_by == Some(*of) && keys.contains(&key))
}

impl Met {
    pub(super) fn new(set: &PlanSet<'_>) -> Met {
        Met {
            plans: set
                .plans
                .iter()
                .map(|plan| vec![0; plan.tables.elements.len()])
                .collect(),
        }
    }

    /// Counts one node that `element` describes.
    pub(super) fn meet(&mut self, element: ElementView<'_>) {
        if let Some(count) = self
            .plans
            .get_mut(element.plan.index)
            .and_then(|rows| rows.get_mut(element.number()))
        {
            *count = count.saturating_add(1);
        }
    }
}

/// Adds the invariants that were met and not decided to the findings.
pub(super) fn report(walk: &mut Walk<'_>) {
    for (plan, met) in walk.set.plans.iter().zip(&walk.invariants.plans) {
        let tables = &plan.tables;
        let mut counts = vec![0_u32; tables.constraints.len()];
        for (element, times) in tables.elements.iter().zip(met).filter(|(_, times)| **times > 0) {
            for number in element.constraints.of(tables.numbers) {
                if let Some(count) = counts.get_mut(number.get() as usize) {
                    *count = count.saturating_add(*times);
                }
            }
        }
        for (constraint, count) in tables.constraints.iter().zip(counts) {
            let (key, source) = (tables.text(constraint.key), tables.text(constraint.source));
            if count > 0 && !is_decided(key, source) {
                let what = format!("{key} of {source}");
                walk.findings
                    .undecided("invariants in FHIRPath are not evaluated in this version", what, count);
            }
        }
    }
}
