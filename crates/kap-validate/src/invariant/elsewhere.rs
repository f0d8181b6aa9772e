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
    // With the entry that is meant, and without comparing every `fullUrl` with every other one.
    (
        "bdl-1",
        "total.empty() or (type = 'searchset') or (type = 'history')",
        "bundle",
    ),
    ("bdl-2", "entry.search.empty() or (type = 'searchset')", "bundle"),
    (
        "bdl-3",
        "entry.all(request.exists() = (%resource.type = 'batch' or %resource.type = 'transaction' or %resource.type = 'history'))",
        "bundle",
    ),
    (
        "bdl-4",
        "entry.all(response.exists() = (%resource.type = 'batch-response' or %resource.type = 'transaction-response' or %resource.type = 'history'))",
        "bundle",
    ),
    (
        "bdl-5",
        "resource.exists() or request.exists() or response.exists()",
        "bundle",
    ),
    (
        "bdl-7",
        "(type = 'history') or entry.where(fullUrl.exists()).select(fullUrl&resource.meta.versionId).isDistinct()",
        "bundle",
    ),
    ("bdl-8", "fullUrl.contains('/_history/').not()", "bundle"),
    (
        "bdl-9",
        "type = 'document' implies (identifier.system.exists() and identifier.value.exists())",
        "bundle",
    ),
    ("bdl-10", "type = 'document' implies (timestamp.hasValue())", "bundle"),
    (
        "bdl-11",
        "type = 'document' implies entry.first().resource.is(Composition)",
        "bundle",
    ),
    (
        "bdl-12",
        "type = 'message' implies entry.first().resource.is(MessageHeader)",
        "bundle",
    ),
    ("txt-1", "htmlChecks()", "narrative"),
    ("txt-2", "htmlChecks()", "narrative"),
];

/// Whether a facet other than the invariants decides this one.
pub(crate) fn is_decided_elsewhere(key: &str, expression: &str) -> bool {
    ELSEWHERE
        .iter()
        .any(|(known, text, _)| *known == key && *text == expression)
}
