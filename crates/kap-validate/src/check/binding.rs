//! Codes against the value sets they are bound to (<https://hl7.org/fhir/R4/terminologies.html#binding>).

use std::ops::Range;

use kap_fhir::{Membership, Question};
use kap_json::{CodeInfo, Kind, Message, Node};
use zerocopy::little_endian::U32;

use super::coding;
use super::walk::{Visit, Walk};
use crate::codes;
use crate::plan::flags::strength;
use crate::plan::membership::{Answer, Coded};
use crate::plan::rows::{Binding, NONE};
use crate::plan::set::LoadedPlan;
use crate::plan::view::ElementView;

/// Extensions that carry a code of a later FHIR version where this version has none
/// (<https://hl7.org/fhir/R4/versions.html#extensions>).
const CROSS_VERSION: [&str; 3] = [
    "http://hl7.org/fhir/3.0/StructureDefinition/extension-",
    "http://hl7.org/fhir/5.0/StructureDefinition/extension-",
    "http://hl7.org/fhir/6.0/StructureDefinition/extension-",
];

/// How a value stands to one value set.
enum Standing<'c> {
    /// With the substitute that took part in the answer, if one did.
    In(Option<&'c str>),
    Out(Option<&'c str>),
    /// It has no code at all.
    Without,
    Open(Open<'c>),
}

/// A question that stayed open.
enum Open<'c> {
    Plans(Answer<'c>),
    Service(String),
}

/// A value set that a value is held against.
#[derive(Clone, Copy)]
struct Demand {
    value_set: U32,
    /// Whether other codes are wrong, or only worth knowing.
    strict: bool,
}

/// Checks a value against the bindings of the visits in the range.
pub(super) fn check<'c>(walk: &mut Walk<'c>, node: Node<'c>, visits: Range<usize>) {
    let mut is_bound = false;
    let mut is_open = false;
    for at in visits.clone() {
        let visit = walk.visits[at];
        let Some(binding) = visit.element.binding() else {
            continue;
        };
        is_bound = true;
        for demand in demands(visit.element.plan, binding) {
            is_open |= check_demand(walk, node, visit, demand);
        }
    }
    if is_bound && node.kind() == Kind::Object {
        coding::check_all(walk, node, visits, is_open);
    }
}

/// Checks a primitive that has no value, but an `id` or extensions: a code that is required must be there
/// (<https://hl7.org/fhir/R4/terminologies.html#required>).
pub(super) fn check_absent<'c>(walk: &mut Walk<'c>, shadow: Node<'c>, visits: Range<usize>) {
    for at in visits {
        let visit = walk.visits[at];
        let is_code = visit.kind().is_some_and(|kind| visit.element.type_name(kind) == "code");
        let Some(binding) = visit.element.binding().filter(|_| is_code) else {
            continue;
        };
        if binding.strength.get() == strength::REQUIRED && binding.value_set.get() != NONE {
            let carries_code = |extension: Node<'_>| {
                let url = extension.get("url").and_then(Node::as_str).unwrap_or_default();
                CROSS_VERSION.iter().any(|domain| url.starts_with(domain))
            };
            let extensions = shadow.get("extension").into_iter().flat_map(Node::items);
            if !extensions.into_iter().any(carries_code) {
                return report_missing(walk, shadow, visit.element, binding.value_set);
            }
        }
    }
}

/// The value sets of a binding that say something about a value.
fn demands<'c>(plan: &'c LoadedPlan<'c>, binding: &'c Binding) -> impl Iterator<Item = Demand> {
    let main = match binding.strength.get() {
        strength::REQUIRED => Some(true),
        strength::EXTENSIBLE => Some(false),
        _ => None,
    };
    let main = main.map(|strict| Demand {
        value_set: binding.value_set,
        strict,
    });
    let max = Demand {
        value_set: binding.max_value_set,
        strict: true,
    };
    // What holds only in some context of use, or for one of several repetitions, cannot be held against one value.
    let additional = binding.additional.of(plan.tables.additional_bindings).iter();
    let additional = additional
        .filter(|row| row.conditional.get() == 0 && row.any.get() == 0)
        .filter_map(move |row| {
            let strict = match plan.tables.text(row.purpose) {
                "required" | "maximum" | "current" => true,
                "extensible" => false,
                _ => return None,
            };
            Some(Demand {
                value_set: row.value_set,
                strict,
            })
        });
    [Some(max), main]
        .into_iter()
        .flatten()
        .chain(additional)
        .filter(|demand| demand.value_set.get() != NONE)
}

/// Holds a value against one value set; true if that stayed open.
fn check_demand<'c>(walk: &mut Walk<'c>, node: Node<'c>, visit: Visit<'c>, demand: Demand) -> bool {
    let element = visit.element;
    match standing(walk, node, element.plan, demand.value_set) {
        Standing::In(substitute) => report_substitute(walk, node, element, substitute),
        Standing::Without => {
            let is_missing = demand.strict && node.get("extension").is_none() && is_concept(node);
            if is_missing {
                report_missing(walk, node, element, demand.value_set);
            }
        }
        Standing::Open(open) => {
            let reason = match open {
                Open::Plans(Answer::Unknown(reason)) => reason.to_string(),
                Open::Service(reason) => reason,
                Open::Plans(_) => return false,
            };
            let canonical = element.plan.canonical(demand.value_set);
            // A code is one question however often the document has it.
            let about = (element.plan.index, demand.value_set.get());
            let what = format!("value set {canonical}");
            for given in coding::codings(node) {
                if let Some(question) = walk.findings.first(&(about, given.code)) {
                    walk.findings.undecided_question(question, &reason, &what);
                }
            }
            return true;
        }
        Standing::Out(substitute) => {
            report_substitute(walk, node, element, substitute);
            let info = if demand.strict {
                &codes::BINDING_CODE_NOT_IN_VALUE_SET
            } else {
                &codes::BINDING_CODE_NOT_IN_EXTENSIBLE
            };
            report_outside(walk, node, element, demand.value_set, info);
        }
    }
    false
}

/// One code in the value set suffices, whatever the others are.
fn standing<'c>(walk: &Walk<'c>, node: Node<'c>, plan: &'c LoadedPlan<'c>, value_set: U32) -> Standing<'c> {
    let mut standing = Standing::Without;
    for given in coding::codings(node) {
        match answer(walk, plan, value_set, given.code) {
            Ok((Answer::Member, substitute)) => return Standing::In(substitute),
            Ok((Answer::NotMember, substitute)) => {
                if matches!(standing, Standing::Without) {
                    standing = Standing::Out(substitute);
                }
            }
            Ok((unknown, _)) => standing = Standing::Open(Open::Plans(unknown)),
            Err(reason) => standing = Standing::Open(Open::Service(reason)),
        }
    }
    standing
}

/// Asks the plans first, then the terminology service that the caller handed in; `Err` is why that cannot tell.
fn answer<'c>(
    walk: &Walk<'c>,
    plan: &'c LoadedPlan<'c>,
    value_set: U32,
    code: Coded<'_>,
) -> Result<(Answer<'c>, Option<&'c str>), String> {
    let (answer, substitute) = walk.set.linked_contains_by(plan, value_set, code);
    let (Answer::Unknown(_), Some(terminology)) = (answer, &walk.options.terminology) else {
        return Ok((answer, substitute));
    };
    let canonical = plan.canonical(value_set);
    let question = Question {
        value_set: Some(&canonical),
        system: code.system,
        version: Some(code.version).filter(|version| !version.is_empty()),
        code: code.code,
    };
    match terminology.validate_code(&question) {
        Membership::Member => Ok((Answer::Member, None)),
        Membership::NotMember => Ok((Answer::NotMember, None)),
        Membership::Unknown(reason) => Err(reason),
    }
}

/// Whether a value set that any of the visits binds lists a code, even one that its code system does not have.
pub(super) fn is_listed<'c>(walk: &Walk<'c>, visits: Range<usize>, code: Coded<'c>) -> bool {
    let bindings = walk.visits[visits]
        .iter()
        .filter_map(|visit| Some((visit, visit.element.binding()?)));
    bindings
        .filter(|(_, binding)| binding.value_set.get() != NONE)
        .any(|(visit, binding)| walk.set.linked_contains(visit.element.plan, binding.value_set, code) == Answer::Member)
}

/// Whether a value is a CodeableConcept: of the types that are bound only that one may have text instead of a code.
fn is_concept(node: Node<'_>) -> bool {
    node.get("coding").is_some() || node.get("text").is_some()
}

fn report_missing<'c>(walk: &mut Walk<'c>, node: Node<'c>, element: ElementView<'c>, value_set: U32) {
    let message = || {
        let canonical = element.plan.canonical(value_set);
        Message::text(format!("a code of value set {canonical} is required"))
    };
    walk.report(&codes::BINDING_CODE_MISSING, node, message, Some(element));
}

/// Says once a document that an answer rests on a list of our own.
fn report_substitute<'c>(walk: &mut Walk<'c>, node: Node<'c>, element: ElementView<'c>, substitute: Option<&'c str>) {
    let Some(url) = substitute.filter(|url| walk.findings.first(&("substitute", url)).is_some()) else {
        return;
    };
    let message = || {
        Message::text(format!(
            "value set {url} is in no package; the list that is part of this validator was used"
        ))
    };
    walk.report(&codes::BINDING_SUBSTITUTE, node, message, Some(element));
}

fn report_outside<'c>(
    walk: &mut Walk<'c>,
    node: Node<'c>,
    element: ElementView<'c>,
    value_set: U32,
    info: &'static CodeInfo,
) {
    let message = || {
        let code = coding::codings(node).next().map(|given| given.code).unwrap_or_default();
        let text = match code.system {
            Some(system) => format!("{system}#{}", code.code),
            None => code.code.to_owned(),
        };
        let canonical = element.plan.canonical(value_set);
        Message::text("code ")
            .value(text)
            .and(format!(" is not in value set {canonical}"))
    };
    walk.report(info, node, message, Some(element));
}

/// Asks the plans first, then the terminology service that the caller handed in.
pub(super) fn membership<'c>(
    walk: &Walk<'c>,
    plan: &'c LoadedPlan<'c>,
    value_set: U32,
    system: Option<&str>,
    code: &str,
) -> Membership {
    let code = Coded {
        system,
        version: "",
        code,
    };
    match answer(walk, plan, value_set, code) {
        Ok((answer, _)) => answer.to_membership(),
        Err(reason) => Membership::Unknown(reason),
    }
}
