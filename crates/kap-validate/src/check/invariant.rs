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

/// Expressions that other facets decide. Keys would not do: R4 gives five different invariants the key `inv-1`.
const DECIDED: [&str; 13] = [
    // ele-1: an element has a value or children (structure)
    "hasValue() or (children().count() > id.count())",
    "hasValue() or (children().count() > id.count()) or $this is Parameters",
    // ext-1: value or nested extensions (extension)
    "extension.exists() != value.exists()",
    // ref-1: a fragment resolves to a contained resource (reference)
    "reference.startsWith('#').not() or (reference.substring(1).trace('url') in %rootResource.contained.id.trace('ids'))",
    // dom-2, dom-4, dom-5 (contained)
    "contained.contained.empty()",
    "contained.meta.versionId.empty() and contained.meta.lastUpdated.empty()",
    "contained.meta.security.empty()",
    // dom-3 (contained)
    "contained.where((('#'+id in (%resource.descendants().reference | %resource.descendants().as(canonical) | %resource.descendants().as(uri) | %resource.descendants().as(url))) or descendants().where(reference = '#').exists() or descendants().where(as(canonical) = '#').exists() or descendants().where(as(canonical) = '#').exists()).not()).trace('unmatched', id).empty()",
    // txt-1, txt-2 (narrative)
    "htmlChecks()",
    // bdl-1, bdl-3, bdl-4, bdl-5, bdl-7, bdl-8 to bdl-12 (bundle)
    "total.empty() or (type = 'searchset') or (type = 'history')",
    "entry.search.empty() or (type = 'searchset')",
    "resource.exists() or request.exists() or response.exists()",
    "fullUrl.contains('/_history/').not()",
];

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
            for number in plan.rows(tables.numbers, element.constraints) {
                if let Some(count) = counts.get_mut(number.get() as usize) {
                    *count = count.saturating_add(*times);
                }
            }
        }
        for (constraint, count) in tables.constraints.iter().zip(counts) {
            if count > 0 && !DECIDED.contains(&tables.text(constraint.expression)) {
                let what = format!("{} of {}", tables.text(constraint.key), tables.text(constraint.source));
                walk.findings
                    .undecided("invariants in FHIRPath are not evaluated in this version", what, count);
            }
        }
    }
}
