//! Resources of other versions of FHIR than R4.

use kap_fhir::path;
use kap_json::{Issue, Location, Message, Node};

use crate::codes;

/// Resource types that R4 has not, of the version before it and of those after it, each list in the order of the alphabet.
const TYPES: [(&str, &[&str]); 3] = [
    (
        "3.0",
        &[
            "BodySite",
            "DataElement",
            "DeviceComponent",
            "EligibilityRequest",
            "EligibilityResponse",
            "ExpansionProfile",
            "ImagingManifest",
            "ProcedureRequest",
            "ProcessRequest",
            "ProcessResponse",
            "ReferralRequest",
            "Sequence",
            "ServiceDefinition",
        ],
    ),
    (
        "4.3",
        &[
            "AdministrableProductDefinition",
            "Citation",
            "ClinicalUseDefinition",
            "EvidenceReport",
            "Ingredient",
            "ManufacturedItemDefinition",
            "MedicinalProductDefinition",
            "NutritionProduct",
            "PackagedProductDefinition",
            "RegulatedAuthorization",
            "SubscriptionStatus",
            "SubscriptionTopic",
            "SubstanceDefinition",
        ],
    ),
    (
        "5.0",
        &[
            "ActorDefinition",
            "ArtifactAssessment",
            "BiologicallyDerivedProductDispense",
            "ConditionDefinition",
            "DeviceAssociation",
            "DeviceDispense",
            "DeviceUsage",
            "EncounterHistory",
            "FormularyItem",
            "GenomicStudy",
            "ImagingSelection",
            "InventoryItem",
            "InventoryReport",
            "NutritionIntake",
            "Permission",
            "RequestOrchestration",
            "Requirements",
            "TestPlan",
            "Transport",
        ],
    ),
];

/// The resource types that have an element `fhirVersion`.
const STATING: [&str; 3] = ["StructureDefinition", "CapabilityStatement", "ImplementationGuide"];

/// A finding about a resource that says that it follows another version of FHIR: by `fhirVersion`, as definitions,
/// guides and statements of capability have it, by a base profile of another version, or by a type that R4 has not.
pub(super) fn other(root: Node<'_>) -> Option<Issue> {
    let typed = root.get("resourceType");
    let kind = typed.and_then(Node::as_str).unwrap_or_default();
    // Looked for only where it can be: this is done for every line of a large file.
    let stated = STATING.contains(&kind).then(|| root.get("fhirVersion")).flatten();
    let stated = stated.and_then(|stated| match stated.as_str() {
        Some(_) => Some(stated),
        None => stated.items().next(),
    });
    let claimed = root.get("meta").and_then(|meta| meta.get("profile"));
    let claimed = claimed.into_iter().flat_map(Node::items);
    let stated = stated.and_then(|node| Some((node, version(node.as_str()?)?)));
    let claimed = claimed.filter_map(|node| Some((node, base_version(node.as_str()?)?)));
    let typed = typed.and_then(|node| Some((node, version_of_type(kind)?)));
    let (node, version) = stated
        .into_iter()
        .chain(claimed)
        .chain(typed)
        .find(|(_, version)| *version != "4.0")?;
    let message = format!("this follows FHIR {version}, and kap checks FHIR R4 (4.0) only");
    let location = Location::of(node).with_expression(path::expression(node));
    Some(Issue::new(&codes::INPUT_FHIR_VERSION, location, Message::text(message)))
}

fn version_of_type(name: &str) -> Option<&'static str> {
    let (version, _) = TYPES.iter().find(|(_, types)| types.binary_search(&name).is_ok())?;
    Some(version)
}

/// Major and minor version, if the text is a version of FHIR.
fn version(text: &str) -> Option<&str> {
    let mut dots = text.match_indices('.').map(|(at, _)| at);
    let (first, second) = (dots.next()?, dots.next());
    let version = &text[..second.unwrap_or(text.len())];
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    (is_number(&version[..first]) && is_number(&version[first + 1..])).then_some(version)
}

/// The version of FHIR that a profile of the base specification belongs to:
/// `http://hl7.org/fhir/5.0/StructureDefinition/Patient`, or `http://hl7.org/fhir/StructureDefinition/Patient|5.0.0`.
fn base_version(profile: &str) -> Option<&str> {
    let rest = profile.strip_prefix("http://hl7.org/fhir/")?;
    match rest.strip_prefix("StructureDefinition/") {
        Some(name) => version(name.split_once('|')?.1),
        None => version(rest.split_once("/StructureDefinition/")?.0),
    }
}

#[cfg(test)]
mod tests {
    use kap_json::{Limits, parse};

    use super::{TYPES, base_version, other, version};

    #[test]
    fn versions_are_told_by_their_first_two_numbers() {
        assert_eq!(version("4.0.1"), Some("4.0"));
        assert_eq!(version("4.3.0-snapshot1"), Some("4.3"));
        assert_eq!(version("5.0"), Some("5.0"));
        assert_eq!(version("five"), None);
        assert_eq!(
            base_version("http://hl7.org/fhir/StructureDefinition/Patient|5.0.0"),
            Some("5.0")
        );
        assert_eq!(
            base_version("http://hl7.org/fhir/3.0/StructureDefinition/Patient"),
            Some("3.0")
        );
        assert_eq!(base_version("http://hl7.org/fhir/StructureDefinition/Patient"), None);
        assert_eq!(
            base_version("http://hl7.org/fhir/us/core/StructureDefinition/us-core-patient|6.1.0"),
            None
        );
    }

    /// R4 itself says which types it has.
    #[test]
    fn types_of_other_versions_are_none_of_r4() {
        let plans = kap_validate::PlanSet::new(&[kap_validate::Plan::r4()]);
        for name in TYPES.iter().flat_map(|(_, types)| *types) {
            let text = format!("{{\"resourceType\": \"{name}\"}}");
            let report = kap_validate::check_bytes(&plans, text.as_bytes(), &kap_validate::Options::default());
            let codes: Vec<&str> = report.issues.iter().map(|issue| issue.code).collect();
            assert_eq!(codes, ["structure-unknown-resource-type"], "{name}");
            let document = parse(text.as_bytes(), &Limits::default()).document.expect("JSON");
            assert!(other(document.root()).is_some(), "{name}");
        }
    }
}
