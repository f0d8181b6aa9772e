//! References to what stayed. An optional one vanishes; a required one takes with it the element that holds it, and in the end the resource.
//!
//! A reference that said "withheld" would itself tell that there is something.

use std::collections::HashSet;

use serde_json::{Map, Value};

/// Elements without which their parent says nothing or breaks a rule of R4, US Core or the KAP guide: the end of their path.
const REQUIRED: &[&[&str]] = &[
    &["subject"],
    &["patient"],
    &["AdverseEvent", "suspectEntity", "instance"],
    &["CareTeam", "participant", "member"],
    &["Consent", "provision", "actor", "reference"],
    &["Encounter", "diagnosis", "condition"],
    &["Encounter", "location", "location"],
    &["Encounter", "participant", "individual"],
    &["EpisodeOfCare", "diagnosis", "condition"],
    &["List", "entry", "item"],
    &["MedicationAdministration", "context"],
    &["performer", "actor"],
    &["PractitionerRole", "practitioner"],
    &["Provenance", "agent", "who"],
    &["Procedure", "encounter"],
    &["medicationReference"],
    &["valueReference"],
];

/// Takes every reference out of `resource` that points into this bundle and not to one of `kept`.
/// Says whether the resource can stand without them.
pub(crate) fn repair(resource: &mut Map<String, Value>, kept: &HashSet<String>) -> bool {
    let name = resource
        .get("resourceType")
        .and_then(Value::as_str)
        .unwrap_or_default()
        .to_owned();
    stands(
        resource,
        &Path {
            parent: None,
            name: &name,
        },
        kept,
    )
}

struct Path<'p> {
    parent: Option<&'p Path<'p>>,
    name: &'p str,
}

impl Path<'_> {
    fn is_required(&self) -> bool {
        REQUIRED.iter().any(|ending| self.ends_with(ending))
    }

    fn ends_with(&self, ending: &[&str]) -> bool {
        match ending.split_last() {
            None => true,
            Some((last, before)) => {
                *last == self.name && (before.is_empty() || self.parent.is_some_and(|parent| parent.ends_with(before)))
            }
        }
    }
}

/// Repairs the members of an object; `false` if the object has to go.
fn stands(object: &mut Map<String, Value>, path: &Path<'_>, kept: &HashSet<String>) -> bool {
    if let Some(Value::String(reference)) = object.get("reference")
        && reference.starts_with("urn:uuid:")
        && !kept.contains(reference)
    {
        return false;
    }
    let mut gone = Vec::new();
    for (name, member) in object.iter_mut() {
        let member_path = Path {
            parent: Some(path),
            name,
        };
        if !remains(member, &member_path, kept) {
            if member_path.is_required() {
                return false;
            }
            gone.push(name.clone());
        }
    }
    for name in &gone {
        object.shift_remove(name);
    }
    gone.is_empty() || !object.is_empty()
}

fn remains(value: &mut Value, path: &Path<'_>, kept: &HashSet<String>) -> bool {
    match value {
        Value::Object(object) => stands(object, path, kept),
        Value::Array(items) => {
            let before = items.len();
            items.retain_mut(|item| remains(item, path, kept));
            items.len() == before || !items.is_empty()
        }
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn repaired(mut resource: Value) -> Option<Value> {
        let kept = HashSet::from(["urn:uuid:kept".to_owned()]);
        repair(resource.as_object_mut().expect("an object"), &kept).then_some(resource)
    }

    #[test]
    fn an_optional_reference_vanishes() {
        let resource = json!({"resourceType": "Observation", "encounter": {"reference": "urn:uuid:gone"}, "derivedFrom": [{"reference": "urn:uuid:gone"}, {"reference": "urn:uuid:kept"}]});
        assert_eq!(
            repaired(resource),
            Some(json!({"resourceType": "Observation", "derivedFrom": [{"reference": "urn:uuid:kept"}]}))
        );
    }

    #[test]
    fn a_required_reference_takes_its_element() {
        let resource = json!({"resourceType": "List", "entry": [{"item": {"reference": "urn:uuid:gone"}, "deleted": false}], "extension": [{"url": "u", "extension": [{"url": "v", "valueReference": {"reference": "urn:uuid:gone"}}, {"url": "w", "valueCode": "x"}]}]});
        let expected =
            json!({"resourceType": "List", "extension": [{"url": "u", "extension": [{"url": "w", "valueCode": "x"}]}]});
        assert_eq!(repaired(resource), Some(expected));
    }

    #[test]
    fn a_required_reference_at_the_root_takes_the_resource() {
        assert_eq!(
            repaired(json!({"resourceType": "Goal", "subject": {"reference": "urn:uuid:gone"}})),
            None
        );
        assert_eq!(
            repaired(json!({"resourceType": "Procedure", "encounter": {"reference": "urn:uuid:gone"}})),
            None
        );
    }

    #[test]
    fn references_to_other_places_stay() {
        let resource = json!({"resourceType": "Goal", "subject": {"reference": "Patient/1"}});
        assert_eq!(repaired(resource.clone()), Some(resource));
    }
}
