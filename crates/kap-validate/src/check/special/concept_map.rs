//! A ConceptMap (<https://hl7.org/fhir/R4/conceptmap.html>): codes are those of the code systems and value sets that it
//! maps from and to.

use kap_fhir::Membership;
use kap_json::{Message, Node};

use super::extension::{text, typed};
use super::membership::{Code, Surroundings, has_code, of_canonical};
use crate::check::walk::{Scope, Walk};
use crate::codes::special as codes;

pub(super) fn check<'c>(walk: &mut Walk<'c>, scope: Scope<'c>) {
    let map = scope.resource;
    let around = Surroundings {
        holder: scope.container.unwrap_or(map),
        document: map,
    };
    let value_set = |name| typed(map, name).and_then(|(_, value)| value.as_str());
    let (from, to) = (value_set("source"), value_set("target"));
    for group in map.get("group").into_iter().flat_map(Node::items) {
        let side = |system, version, value_set| Side {
            system: text(group, system),
            version: text(group, version).unwrap_or_default(),
            value_set,
        };
        let (source, target) = (
            side("source", "sourceVersion", from),
            side("target", "targetVersion", to),
        );
        for element in group.get("element").into_iter().flat_map(Node::items) {
            source.check(walk, around, element);
            for mapped in element.get("target").into_iter().flat_map(Node::items) {
                target.check(walk, around, mapped);
            }
        }
    }
}

/// One side of a mapping.
struct Side<'c> {
    system: Option<&'c str>,
    version: &'c str,
    value_set: Option<&'c str>,
}

impl<'c> Side<'c> {
    fn check(&self, walk: &mut Walk<'c>, around: Surroundings<'c, '_>, mapped: Node<'c>) {
        let (Some(system), Some(node)) = (self.system, mapped.get("code")) else {
            return;
        };
        let (system, version) = system.split_once('|').unwrap_or((system, self.version));
        let Some(code) = node.as_str() else { return };
        let known = has_code(walk, around, system, version, code);
        if known == Some(false) {
            let message = || Message::text("the code system has no code ").value(code);
            return walk.report(&codes::CONCEPT_MAP_UNKNOWN_CODE, node, message, None);
        }
        // Without the code system it stays open what the value set would contain in the version that is meant.
        let Some(value_set) = self.value_set.filter(|_| known.is_some()) else {
            return;
        };
        let asked = Code {
            system: Some(system),
            code,
        };
        if of_canonical(walk, around, value_set, asked) == Membership::NotMember {
            let message = || {
                Message::text("code ")
                    .value(code)
                    .and(" is not in the value set that is mapped: ")
                    .value(value_set)
            };
            walk.report(&codes::CONCEPT_MAP_NOT_IN_VALUE_SET, node, message, None);
        }
    }
}
