//! Plan and document to a report. One facet is one file here and one file of the same name in `compile/`, where it has
//! something to compile.

mod binding;
mod bundle;
mod cardinality;
mod check_digit;
mod choice;
mod coding;
mod conform;
mod contained;
mod context;
mod context_expression;
mod datatype;
mod discriminate;
mod display;
mod extension;
mod host;
mod identity;
mod invariant;
mod limit;
mod narrative;
mod part;
mod primitive;
mod profile;
mod reference;
mod resolve;
mod security;
mod slicing;
mod special;
mod structure;
mod text;
mod value;
mod vital_signs;
pub(crate) mod walk;

use kap_fhir::{Bundle, Checked};
use kap_json::{Document, Issue, Node, Parsed};

use crate::plan::view::DefinitionView;
use crate::report::Findings;
use crate::{Options, PlanSet, Report};
use part::Part;
use walk::{Scope, Walk};

/// Parses a document so that the walk finds its member names by number.
pub fn parse<'t>(plans: &PlanSet<'_>, bytes: &'t [u8], options: &Options) -> Parsed<'t> {
    let mut parsed = kap_json::parse_with_names(bytes, &options.limits, plans);
    if let Some(document) = &parsed.document {
        place(plans, document, &mut parsed.issues);
    }
    parsed
}

/// Adds the FHIRPath of the element around it to each fault of the JSON.
fn place(plans: &PlanSet<'_>, document: &Document<'_>, faults: &mut [Issue]) {
    for fault in faults {
        let node = fault.location.offset.and_then(|offset| document.node_at(offset));
        let is_duplicate = !fault.location.pointer.is_empty();
        let node = node
            .filter(|_| !is_duplicate)
            .or_else(|| document.resolve_pointer(&fault.location.pointer));
        if let Some(node) = node {
            let place = walk::location(plans, node);
            fault.location.pointer = place.pointer;
            fault.location.expression = place.expression;
        }
    }
}

/// Checks a document, best one that [`parse`] has read: base definition, claimed profiles and
/// [`Options::profiles`] in one walk. Faults of the JSON itself are the parser's, not part of this report.
pub fn check(plans: &PlanSet<'_>, document: &Document<'_>, options: &Options) -> Report {
    run(plans, document, options, false).finish()
}

/// The part `number` (from 0) `of` so many of the check of a document, for callers who let several threads work on one
/// large bundle: each entry is looked into by one of them. [`Report::join`] makes the report of the whole. Where there is
/// no bundle, the first part is the whole.
pub fn check_part(plans: &PlanSet<'_>, document: &Document<'_>, options: &Options, number: usize, of: usize) -> Report {
    match Part::new(document, number, of) {
        None if number > 0 => Report::default(),
        part => run_part(plans, document, options, false, part).finish(),
    }
}

/// Whether a document has no errors. Builds no issue and stops at the first error.
pub fn is_valid(plans: &PlanSet<'_>, document: &Document<'_>, options: &Options) -> bool {
    !run(plans, document, options, true).is_settled()
}

/// Whether a document conforms to one definition, as it is asked of the target of a reference
/// ([`crate::ReferenceTargets::conforms`]). What cannot be decided is no fault: it is counted where the document itself is
/// checked. `None` if the definition is not loaded.
pub fn conforms(plans: &PlanSet<'_>, document: &Document<'_>, canonical: &str, options: &Options) -> Option<bool> {
    let mut walk = Walk::new(plans, options, true);
    let root = document.root();
    let answer = conform::conforms_to(&mut walk, root, whole(root), canonical)?;
    Some(!matches!(answer, conform::Conformance::Fails(_)))
}

/// The scope of a document's root.
fn whole(root: Node<'_>) -> Scope<'_> {
    Scope {
        resource: root,
        container: None,
        full_url: None,
        bundle: None,
    }
}

/// Parses and checks a document of any type: the faults of its JSON come first in the report.
pub fn check_bytes(plans: &PlanSet<'_>, bytes: &[u8], options: &Options) -> Report {
    let parsed = parse(plans, bytes, options);
    let report = parsed.document.as_ref().map(|document| check(plans, document, options));
    report.unwrap_or_default().led_by(parsed.issues)
}

/// Parses and checks a bundle. It comes back as checked unless there was an error; the bytes are returned untouched.
pub fn check_bundle(plans: &PlanSet<'_>, bytes: Vec<u8>, options: &Options) -> (Option<Checked<Bundle>>, Report) {
    let parsed = parse(plans, &bytes, options);
    let mut report = Report::default();
    if let Some(document) = &parsed.document {
        report = check(plans, document, options);
        bundle::require_bundle(plans, document.root(), &mut report);
    }
    let report = report.led_by(parsed.issues);
    if report.errors > 0 {
        return (None, report);
    }
    #[expect(
        clippy::disallowed_methods,
        reason = "this is the one place where documents become checked"
    )]
    let checked = Checked::assume(bytes, report.verdict(), plans.packages(), report.undecided.clone());
    (Some(checked), report)
}

fn run(plans: &PlanSet<'_>, document: &Document<'_>, options: &Options, quiet: bool) -> Findings {
    run_part(plans, document, options, quiet, None)
}

fn run_part(
    plans: &PlanSet<'_>,
    document: &Document<'_>,
    options: &Options,
    quiet: bool,
    part: Option<Part>,
) -> Findings {
    let mut walk = Walk::new(plans, options, quiet);
    walk.part = part;
    walk.findings.mute(part.is_some_and(|part| !part.is_first()));
    let root = document.root();
    let asked: Vec<DefinitionView<'_>> = options
        .profiles
        .iter()
        .filter_map(|canonical| profile::asked(&mut walk, root, canonical))
        .collect();
    walk.resource(whole(root), &asked);
    walk.findings.mute(false);
    walk.findings
}
