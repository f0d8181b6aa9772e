//! Invariants that other facets of the walk decide as they go, so that nothing is evaluated for them. They are most of
//! all that are met: ele-1 alone stands on every element.
//!
//! [`crate::Options::native_invariants`] switches this off; a test holds both ways equal.

/// Key, text as published, and the facet that decides it.
const ELSEWHERE: &[(&str, &str, &str)] = &[
    ("ele-1", "hasValue() or (children().count() > id.count())", "structure"),
    // Parameters repeats the rule with an exception for empty ones.
    (
        "ele-1",
        "hasValue() or (children().count() > id.count()) or $this is Parameters",
        "structure",
    ),
    ("ext-1", "extension.exists() != value.exists()", "extension"),
    (
        "ref-1",
        "reference.startsWith('#').not() or (reference.substring(1).trace('url') in %rootResource.contained.id.trace('ids'))",
        "reference",
    ),
    ("dom-2", "contained.contained.empty()", "contained"),
    (
        "dom-3",
        "contained.where((('#'+id in (%resource.descendants().reference | %resource.descendants().as(canonical) | %resource.descendants().as(uri) | %resource.descendants().as(url))) or descendants().where(reference = '#').exists() or descendants().where(as(canonical) = '#').exists() or descendants().where(as(canonical) = '#').exists()).not()).trace('unmatched', id).empty()",
        "contained",
    ),
    (
        "dom-4",
        "contained.meta.versionId.empty() and contained.meta.lastUpdated.empty()",
        "contained",
    ),
    ("dom-5", "contained.meta.security.empty()", "contained"),
    ("txt-1", "htmlChecks()", "narrative"),
    ("txt-2", "htmlChecks()", "narrative"),
];

/// Whether a facet other than the invariants decides this one.
pub(crate) fn is_decided_elsewhere(key: &str, expression: &str) -> bool {
    ELSEWHERE
        .iter()
        .any(|(known, text, _)| *known == key && *text == expression)
}
