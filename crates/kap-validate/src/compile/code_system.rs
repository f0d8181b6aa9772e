//! CodeSystems (<https://hl7.org/fhir/R4/codesystem.html>): concepts sorted by code, each with its display, the concept
//! above it, and what filters and displays ask for.

use std::collections::{BTreeMap, HashMap};

use serde_json::Value;
use zerocopy::little_endian::{U16, U32};

use super::flags;
use super::intern::{Intern, number, since};
use super::tree::{items, text};
use crate::plan::rows::{CodeSystem, Concept, ConceptProperty, Designation, NONE};

/// Where FHIR defines the properties that every code system may use
/// (<https://hl7.org/fhir/R4/codesystem-concept-properties.html>).
const STANDARD_PROPERTIES: &str = "http://hl7.org/fhir/concept-properties#";

/// A concept as it is gathered from its place in the hierarchy.
#[derive(Debug, Default)]
struct Gathered<'v> {
    display: &'v str,
    parents: Vec<&'v str>,
    flags: u16,
    properties: Vec<(&'v str, String)>,
    designations: Vec<(&'v str, &'v str)>,
}

pub(super) fn compile(intern: &mut Intern, code_system: &Value) {
    let concepts = gather(code_system);
    let first = intern.tables.concepts.len();
    let (first_property, first_designation) =
        (intern.tables.concept_properties.len(), intern.tables.designations.len());
    let places: HashMap<&str, usize> = concepts.keys().copied().zip(first..).collect();
    for (row, (code, gathered)) in (first..).zip(&concepts) {
        add_concept(intern, &places, row, code, gathered);
    }
    let row = CodeSystem {
        url: intern.text(text(code_system, "url").unwrap_or_default()),
        version: intern.text(text(code_system, "version").unwrap_or_default()),
        language: intern.text(text(code_system, "language").unwrap_or_default()),
        flags: U16::new(flags_of(code_system)),
        supplements: intern.text(text(code_system, "supplements").unwrap_or_default()),
        concepts: since(&intern.tables.concepts, first),
        properties: since(&intern.tables.concept_properties, first_property),
        designations: since(&intern.tables.designations, first_designation),
    };
    intern.tables.code_systems.push(row);
}

/// A code system counts as complete only with all its codes at hand: fragments and examples would make right codes wrong.
fn flags_of(code_system: &Value) -> u16 {
    let content = text(code_system, "content");
    let is_complete = content == Some("complete") && code_system.get("concept").is_some();
    let is_supplement = content == Some("supplement") || code_system.get("supplements").is_some();
    let stated = [
        (flags::code_system::COMPLETE, is_complete && !is_supplement),
        (flags::code_system::SUPPLEMENT, is_supplement),
        (
            flags::code_system::CASE_SENSITIVE,
            code_system.get("caseSensitive") == Some(&Value::Bool(true)),
        ),
    ];
    stated.iter().filter(|(_, holds)| *holds).map(|(flag, _)| flag).sum()
}

fn add_concept(intern: &mut Intern, places: &HashMap<&str, usize>, row: usize, code: &str, gathered: &Gathered<'_>) {
    let mut parents = gathered
        .parents
        .iter()
        .filter_map(|parent| Some((*parent, *places.get(parent)?)));
    let first_parent = parents.next();
    let mut flags = gathered.flags;
    let more: Vec<&str> = parents
        .map(|(parent, _)| parent)
        .filter(|parent| first_parent.is_some_and(|(first, _)| first != *parent))
        .collect();
    if !more.is_empty() {
        flags |= flags::concept::SEVERAL_PARENTS;
    }
    let further = more.into_iter().map(|parent| ("parent", parent));
    let stated = gathered
        .properties
        .iter()
        .map(|(property, value)| (*property, value.as_str()));
    for (property, value) in further.chain(stated) {
        let property = ConceptProperty {
            concept: number(row),
            property: intern.text(property),
            value: intern.text(value),
        };
        intern.tables.concept_properties.push(property);
    }
    for (language, value) in &gathered.designations {
        let designation = Designation {
            concept: number(row),
            language: intern.text(language),
            value: intern.text(value),
        };
        intern.tables.designations.push(designation);
    }
    let concept = Concept {
        code: intern.text(code),
        display: intern.text(gathered.display),
        parent: first_parent.map_or(U32::new(NONE), |(_, place)| number(place)),
        flags: U16::new(flags),
    };
    intern.tables.concepts.push(concept);
}

/// All concepts by code, with the codes above them by nesting and by property.
fn gather(code_system: &Value) -> BTreeMap<&str, Gathered<'_>> {
    let roles = roles(code_system);
    let mut concepts: BTreeMap<&str, Gathered<'_>> = BTreeMap::new();
    let mut children: Vec<(&str, &str)> = Vec::new();
    let mut open: Vec<(Option<&str>, &Value)> = items(code_system, "concept").map(|concept| (None, concept)).collect();
    while let Some((above, concept)) = open.pop() {
        let Some(code) = text(concept, "code") else { continue };
        open.extend(items(concept, "concept").map(|child| (Some(code), child)));
        let gathered = concepts.entry(code).or_default();
        gathered.parents.extend(above);
        if gathered.display.is_empty() {
            gathered.display = text(concept, "display").unwrap_or_default();
        }
        for property in items(concept, "property") {
            read_property(gathered, &roles, property, |child| children.push((child, code)));
        }
        for designation in items(concept, "designation") {
            if let Some(value) = text(designation, "value") {
                let language = text(designation, "language").unwrap_or_default();
                gathered.designations.push((language, value));
            }
        }
    }
    for (child, parent) in children {
        if let Some(gathered) = concepts.get_mut(child) {
            gathered.parents.push(parent);
        }
    }
    concepts
}

/// What the properties of a code system mean, where FHIR has a name for it.
fn roles(code_system: &Value) -> HashMap<&str, &str> {
    items(code_system, "property")
        .filter_map(|property| {
            let role = text(property, "uri")?.strip_prefix(STANDARD_PROPERTIES)?;
            Some((text(property, "code")?, role))
        })
        .collect()
}

fn read_property<'v>(
    gathered: &mut Gathered<'v>,
    roles: &HashMap<&'v str, &'v str>,
    property: &'v Value,
    mut add_child: impl FnMut(&'v str),
) {
    let Some(code) = text(property, "code") else { return };
    let value = property
        .as_object()
        .into_iter()
        .flatten()
        .find(|(name, _)| name.starts_with("value"))
        .map(|(_, value)| value);
    let Some(value) = value else { return };
    match (roles.get(code).copied().unwrap_or(code), value) {
        ("parent" | "subsumedBy", Value::String(parent)) => gathered.parents.push(parent),
        ("child", Value::String(child)) => add_child(child),
        ("inactive", Value::Bool(true)) => gathered.flags |= flags::concept::INACTIVE,
        ("notSelectable" | "abstract", Value::Bool(true)) => gathered.flags |= flags::concept::ABSTRACT,
        ("status", Value::String(status)) => {
            if matches!(status.as_str(), "retired" | "inactive") {
                gathered.flags |= flags::concept::INACTIVE;
            }
            gathered.properties.push((code, status.clone()));
        }
        // Housekeeping of HL7's terminology, as large as all other properties together; no value set filters by it.
        ("internalId", _) => {}
        (_, Value::String(value)) => gathered.properties.push((code, value.clone())),
        (_, Value::Object(coding)) => {
            if let Some(code_of) = coding.get("code").and_then(Value::as_str) {
                gathered.properties.push((code, code_of.to_owned()));
            }
        }
        (_, value) => gathered.properties.push((code, value.to_string())),
    }
}
