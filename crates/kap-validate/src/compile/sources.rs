//! The definitions that are compiled together, by kind and canonical URL.

use std::collections::BTreeMap;

use serde_json::Value;

use super::tree::{items, text};

/// The definitions by kind.
#[derive(Debug, Default)]
pub(super) struct Sources {
    pub(super) structures: ByUrl,
    pub(super) value_sets: ByUrl,
    pub(super) code_systems: ByUrl,
    /// Questionnaires, Measures and SearchParameters.
    pub(super) resources: ByUrl,
}

/// Definitions of one kind. One URL can have several versions; of two with the same version the first one counts.
#[derive(Debug, Default)]
pub(super) struct ByUrl(BTreeMap<String, BTreeMap<String, Value>>);

impl Sources {
    pub(super) fn sort(definitions: impl IntoIterator<Item = Value>) -> Sources {
        let mut sources = Sources::default();
        for definition in definitions {
            sources.add_contained(&definition);
            let kind = text(&definition, "resourceType");
            let by_url = match kind {
                // Logical models describe data that are not FHIR resources.
                Some("StructureDefinition") if text(&definition, "kind") != Some("logical") => &mut sources.structures,
                Some("ValueSet") => &mut sources.value_sets,
                Some("CodeSystem") => &mut sources.code_systems,
                Some("Questionnaire" | "Measure" | "SearchParameter") => &mut sources.resources,
                _ => continue,
            };
            by_url.add(definition);
        }
        sources
    }

    /// Adds the value sets and code systems that a definition contains, under the URL by which it names them: its own,
    /// then `#` and the id.
    fn add_contained(&mut self, definition: &Value) {
        let url = text(definition, "url").unwrap_or_default();
        for contained in items(definition, "contained") {
            let by_url = match text(contained, "resourceType") {
                Some("ValueSet") => &mut self.value_sets,
                Some("CodeSystem") => &mut self.code_systems,
                _ => continue,
            };
            if let Some(id) = text(contained, "id") {
                let mut contained = contained.clone();
                contained["url"] = Value::String(format!("{url}#{id}"));
                by_url.add(contained);
            }
        }
    }
}

impl ByUrl {
    fn add(&mut self, definition: Value) {
        let Some(url) = text(&definition, "url").map(str::to_owned) else {
            return;
        };
        let version = text(&definition, "version").unwrap_or_default().to_owned();
        self.0.entry(url).or_default().entry(version).or_insert(definition);
    }

    /// All versions of all definitions, ordered by URL and version: the order in which plans are searched.
    pub(super) fn values(&self) -> impl Iterator<Item = &Value> {
        self.0.values().flat_map(BTreeMap::values)
    }
}
