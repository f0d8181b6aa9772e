//! Codes against the value sets they are bound to (<https://hl7.org/fhir/R4/terminologies.html#binding>).

use kap_fhir::Membership;
use kap_json::{CodeInfo, Kind, Message, Node};
use zerocopy::little_endian::U32;

use super::walk::{Visit, Walk};
use crate::codes;
use crate::plan::flags::strength;
use crate::plan::rows::NONE;
use crate::plan::set::LoadedPlan;
use crate::plan::view::ElementView;

pub(super) fn check<'c>(walk: &mut Walk<'c>, node: Node<'c>, visit: Visit<'c>) {
    let Some(binding) = visit.element.binding() else { return };
    let demands = [
        (binding.max_value_set, &codes::BINDING_CODE_NOT_IN_VALUE_SET, true),
        match binding.strength.get() {
            strength::REQUIRED => (binding.value_set, &codes::BINDING_CODE_NOT_IN_VALUE_SET, true),
            strength::EXTENSIBLE => (binding.value_set, &codes::BINDING_CODE_NOT_IN_EXTENSIBLE, false),
            _ => (U32::new(NONE), &codes::BINDING_CODE_NOT_IN_EXTENSIBLE, false),
        },
    ];
    for (value_set, info, strict) in demands {
        if value_set.get() != NONE {
            check_value_set(walk, node, visit.element, value_set, info, strict);
        }
    }
}

fn check_value_set<'c>(
    walk: &mut Walk<'c>,
    node: Node<'c>,
    element: ElementView<'c>,
    value_set: U32,
    info: &'static CodeInfo,
    strict: bool,
) {
    let coded = Coded::read(node);
    if coded.codings.is_empty() {
        if strict && coded.needs_code {
            let message = || {
                Message::text(format!(
                    "a code of value set {} is required",
                    canonical(element.plan, value_set)
                ))
            };
            walk.report(&codes::BINDING_CODE_MISSING, node, message, Some(element));
        }
        return;
    }
    let mut unknown = None;
    for (system, code) in &coded.codings {
        match membership(walk, element.plan, value_set, *system, code) {
            Membership::Member => return,
            Membership::NotMember => {}
            Membership::Unknown(reason) => unknown = Some(reason),
        }
    }
    let canonical = canonical(element.plan, value_set);
    if let Some(reason) = unknown {
        return walk.findings.undecided(&reason, format!("value set {canonical}"), 1);
    }
    let info = if strict || coded.exists(walk) {
        info
    } else {
        &codes::BINDING_CODE_UNKNOWN
    };
    let message = || {
        let (system, code) = coded.codings.first().copied().unwrap_or_default();
        let code = system.map_or_else(|| code.to_owned(), |system| format!("{system}#{code}"));
        Message::text("code ")
            .value(code)
            .and(format!(" is not in value set {canonical}"))
    };
    walk.report(info, node, message, Some(element));
}

/// Asks the plans first, then the terminology service that the caller handed in.
pub(super) fn membership(
    walk: &Walk<'_>,
    plan: &LoadedPlan<'_>,
    value_set: U32,
    system: Option<&str>,
    code: &str,
) -> Membership {
    let answer = match walk.set.linked_value_set(plan, value_set) {
        Some((plan, value_set)) => walk.set.membership(plan, value_set, system, code),
        None => Membership::Unknown("the value set is not loaded".to_owned()),
    };
    match (answer, &walk.options.terminology) {
        (Membership::Unknown(_), Some(terminology)) => {
            terminology.validate_code(&canonical(plan, value_set), system, code)
        }
        (answer, _) => answer,
    }
}

fn canonical(plan: &LoadedPlan<'_>, link: U32) -> String {
    plan.tables
        .links
        .get(link.get() as usize)
        .map(|link| link.canonical(plan))
        .unwrap_or_default()
}

/// The codes of a value: a code itself, a Coding, a Quantity, or the codings of a CodeableConcept.
struct Coded<'c> {
    codings: Vec<(Option<&'c str>, &'c str)>,
    /// Whether a value without a code breaks a required binding: an extension may stand in for it.
    needs_code: bool,
}

impl<'c> Coded<'c> {
    fn read(node: Node<'c>) -> Coded<'c> {
        let text = |node: Node<'c>, name| node.get(name).and_then(Node::as_str);
        let coding = |node: Node<'c>| Some((Some(text(node, "system").unwrap_or_default()), text(node, "code")?));
        match (node.kind(), node.get("coding")) {
            (Kind::String, _) => Coded {
                codings: node.as_str().map(|code| (None, code)).into_iter().collect(),
                needs_code: false,
            },
            (_, Some(codings)) => {
                let codings: Vec<_> = codings.items().filter_map(coding).collect();
                Coded {
                    codings,
                    needs_code: true,
                }
            }
            _ => {
                let is_concept = node.get("text").is_some() && node.get("extension").is_none();
                Coded {
                    codings: coding(node).into_iter().collect(),
                    needs_code: is_concept,
                }
            }
        }
    }

    /// Whether no code is known to be missing from the code system that it names.
    fn exists(&self, walk: &Walk<'_>) -> bool {
        self.codings.iter().all(|(system, code)| {
            let code_system = system.and_then(|system| walk.set.code_system(system));
            code_system.is_none_or(|(plan, code_system)| plan.contains(code_system.codes, code))
        })
    }
}
