//! Ids are unique among the objects of their kind, and never used again.

use std::collections::HashSet;

use kap_json::{Location, Message};

use super::link::kind_of_container;
use super::{Facts, Findings};
use crate::codes;

/// Lists whose ids are unique only among themselves.
const LOCAL_LISTS: [&str; 4] = ["vitalSigns", "scales", "expectedEffects", "patternLinks"];

pub(super) fn judge(facts: &Facts<'_>, findings: &mut Findings<'_>) {
    let removed = facts.removed();
    let mut seen = HashSet::new();
    facts.kept.each_object(&mut |container, object| {
        let Some((node, id)) = facts
            .kept
            .get(object, "id")
            .and_then(|node| Some((node, node.as_str()?)))
        else {
            return;
        };
        let Some(kind) = kind_of_container(container) else {
            if LOCAL_LISTS.contains(&container) {
                let list = object.parent().map(|list| list.id().0);
                if !seen.insert((list, container, id)) {
                    let message = Message::text("the id ").value(id).and(" stands twice in this list");
                    findings.report_at(&codes::ID_DUPLICATE, Location::of(node), message);
                }
            }
            return;
        };
        if !seen.insert((None, kind, id)) {
            let message = Message::text("another ").and(kind).and(" has the id ").value(id);
            findings.report_at(&codes::ID_DUPLICATE, Location::of(node), message);
        }
        if removed.contains(&(kind, id)) {
            let message = Message::text("`removed` says that the ")
                .and(kind)
                .and(" ")
                .value(id)
                .and(" is no more");
            findings.report_at(&codes::ID_REMOVED_PRESENT, Location::of(node), message);
        }
    });
}
