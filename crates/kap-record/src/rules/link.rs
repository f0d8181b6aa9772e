//! Links lead to objects of this record.

use std::collections::HashSet;

use kap_json::{Document, Kind, Location, Message, Node};

use super::{Facts, Findings};
use crate::codes;

/// Members that hold objects with an id, and the kind of those objects.
static CONTAINERS: &[(&str, &str)] = &[
    ("patient", "patient"),
    ("organizations", "organization"),
    ("locations", "location"),
    ("practitioners", "practitioner"),
    ("supportPersons", "support-person"),
    ("careTeam", "care-team"),
    ("course", "course"),
    ("conditions", "condition"),
    ("factors", "factor"),
    ("consents", "consent"),
    ("screenings", "screening"),
    ("currentMedications", "current-medication"),
    ("labResults", "lab-result"),
    ("pregnancyStatements", "pregnancy-statement"),
    ("medications", "medication"),
    ("prescriptions", "prescription"),
    ("dispenses", "dispense"),
    ("sessions", "session"),
    ("administrations", "administration"),
    ("insights", "insight"),
    ("assessments", "assessment"),
    ("growthRatings", "growth-rating"),
    ("patternRatings", "pattern-rating"),
    ("behaviorReports", "behavior-report"),
    ("adverseEvents", "adverse-event"),
    ("safetyChecks", "safety-check"),
    ("education", "education"),
    ("alcoholUse", "alcohol-use"),
    ("goals", "goal"),
    ("plans", "plan"),
    ("activities", "activity"),
    ("summaryNotes", "summary-note"),
    ("processNotes", "process-note"),
];

/// Members that hold a link or a list of links, and the kind of object to which they lead.
static LINKS: &[(&str, &str)] = &[
    ("recordedById", "practitioner"),
    ("practitionerId", "practitioner"),
    ("assertedById", "practitioner"),
    ("screenedById", "practitioner"),
    ("decidedById", "practitioner"),
    ("performedById", "practitioner"),
    ("prescriberId", "practitioner"),
    ("therapistIds", "practitioner"),
    ("wastedById", "practitioner"),
    ("witnessedById", "practitioner"),
    ("assessedById", "practitioner"),
    ("reportedById", "practitioner"),
    ("doneById", "practitioner"),
    ("givenById", "practitioner"),
    ("authorId", "practitioner"),
    ("organizationId", "organization"),
    ("pharmacyId", "organization"),
    ("locationId", "location"),
    ("escortId", "support-person"),
    ("conditionId", "condition"),
    ("conditionIds", "condition"),
    ("indicationIds", "condition"),
    ("assessmentId", "assessment"),
    ("safetyAssessmentId", "assessment"),
    ("outcomeAssessmentIds", "assessment"),
    ("labResultId", "lab-result"),
    ("medicationId", "medication"),
    ("prescriptionId", "prescription"),
    ("sessionId", "session"),
    ("dosingSessionIds", "session"),
    ("administrationId", "administration"),
    ("goalId", "goal"),
    ("goalIds", "goal"),
    ("activityId", "activity"),
    ("activityIds", "activity"),
    ("partOfId", "plan"),
];

/// The kind of the objects that a member holds, if their ids are unique in the record.
pub(super) fn kind_of_container(member: &str) -> Option<&'static str> {
    CONTAINERS
        .iter()
        .find(|(container, _)| *container == member)
        .map(|(_, kind)| *kind)
}

pub(super) fn judge(facts: &Facts<'_>, findings: &mut Findings<'_>) {
    let declared = declared(facts.kept.document());
    let removed = facts.removed();
    facts.kept.each_object(&mut |_, object| {
        for (kind, node, id) in links(facts, object) {
            if declared.contains(&(kind, id)) {
                continue;
            }
            let (code, end) = if removed.contains(&(kind, id)) {
                (&codes::LINK_REMOVED, " that is still in the record")
            } else {
                (&codes::LINK_DANGLING, " in this record")
            };
            let message = Message::text(format!("there is no {kind} ")).value(id).and(end);
            findings.report_at(code, Location::of(node), message);
        }
    });
}

/// Every id of the text, dropped parts included: a link to a part that was dropped is not at fault.
fn declared<'d>(document: &'d Document<'d>) -> HashSet<(&'static str, &'d str)> {
    let mut ids = HashSet::new();
    let mut waiting = vec![("", document.root())];
    while let Some((container, node)) = waiting.pop() {
        waiting.extend(node.items().map(|item| (container, item)));
        waiting.extend(node.members().map(|member| (member.name, member.node)));
        if let (Some(kind), Some(id)) = (kind_of_container(container), node.get("id").and_then(Node::as_str)) {
            ids.insert((kind, id));
        }
    }
    ids
}

/// The links that an object holds: kind, place and id.
fn links<'d>(facts: &Facts<'d>, object: Node<'d>) -> Vec<(&'static str, Node<'d>, &'d str)> {
    let mut links = Vec::new();
    for (name, node) in facts.kept.members(object) {
        let Some((_, kind)) = LINKS.iter().find(|(member, _)| *member == name) else {
            continue;
        };
        let nodes = if node.kind() == Kind::Array {
            facts.kept.items(node).collect()
        } else {
            vec![node]
        };
        links.extend(nodes.into_iter().filter_map(|node| Some((*kind, node, node.as_str()?))));
    }
    links.extend(actor(facts, object));
    links
}

/// An actor is a link whose kind stands beside it.
fn actor<'d>(facts: &Facts<'d>, object: Node<'d>) -> Option<(&'static str, Node<'d>, &'d str)> {
    let kind = facts.kept.get(object, "actorType")?.as_str()?;
    let (_, kind) = CONTAINERS.iter().find(|(_, name)| *name == kind)?;
    let node = facts.kept.get(object, "id")?;
    Some((kind, node, node.as_str()?))
}
