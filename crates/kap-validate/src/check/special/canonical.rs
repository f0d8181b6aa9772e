//! What all resources have in common that are known by a canonical URL
//! (<https://hl7.org/fhir/R4/resource.html#canonical>).

use kap_fhir::reference::is_absolute;
use kap_json::Message;

use super::extension::text;
use crate::check::walk::{Scope, Walk};
use crate::codes::special as codes;

/// The types whose `url` is a canonical URL, and not an address as that of a Device.
const TYPES: [&str; 28] = [
    "ActivityDefinition",
    "CapabilityStatement",
    "ChargeItemDefinition",
    "CodeSystem",
    "CompartmentDefinition",
    "ConceptMap",
    "EffectEvidenceSynthesis",
    "EventDefinition",
    "Evidence",
    "EvidenceVariable",
    "ExampleScenario",
    "GraphDefinition",
    "ImplementationGuide",
    "Library",
    "Measure",
    "MessageDefinition",
    "OperationDefinition",
    "PlanDefinition",
    "Questionnaire",
    "ResearchDefinition",
    "ResearchElementDefinition",
    "RiskEvidenceSynthesis",
    "SearchParameter",
    "StructureDefinition",
    "StructureMap",
    "TerminologyCapabilities",
    "TestScript",
    "ValueSet",
];

/// `url` is "an absolute URI", whether the resource stands alone or is contained.
pub(super) fn check<'c>(walk: &mut Walk<'c>, scope: Scope<'c>, type_name: &str) {
    if TYPES.binary_search(&type_name).is_err() {
        return;
    }
    let url = text(scope.resource, "url").filter(|url| !url.is_empty() && !is_absolute(url));
    if let (Some(url), Some(place)) = (url, scope.resource.get("url")) {
        let message = || Message::text("a canonical URL is absolute, this is ").value(url);
        walk.report(&codes::CANONICAL_URL_RELATIVE, place, message, None);
    }
}
