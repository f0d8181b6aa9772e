//! Resources of other versions of FHIR than R4.

use kap_fhir::path;
use kap_json::{Issue, Location, Message, Node};

use crate::codes;

/// Resource types that R4 has not, in the order of the alphabet: those of the version before it and of those after it.
const TYPES: [(&str, &str); 45] = [
    ("ActorDefinition", "5.0"),
    ("AdministrableProductDefinition", "4.3"),
    ("ArtifactAssessment", "5.0"),
    ("BiologicallyDerivedProductDispense", "5.0"),
    ("BodySite", "3.0"),
    ("Citation", "4.3"),
    ("ClinicalUseDefinition", "4.3"),
    ("ConditionDefinition", "5.0"),
    ("DataElement", "3.0"),
    ("DeviceAssociation", "5.0"),
    ("DeviceComponent", "3.0"),
    ("DeviceDispense", "5.0"),
    ("DeviceUsage", "5.0"),
    ("EligibilityRequest", "3.0"),
    ("EligibilityResponse", "3.0"),
    ("EncounterHistory", "5.0"),
    ("EvidenceReport", "4.3"),
    ("ExpansionProfile", "3.0"),
    ("FormularyItem", "5.0"),
    ("GenomicStudy", "5.0"),
    ("ImagingManifest", "3.0"),
    ("ImagingSelection", "5.0"),
    ("Ingredient", "4.3"),
    ("InventoryItem", "5.0"),
    ("InventoryReport", "5.0"),
    ("ManufacturedItemDefinition", "4.3"),
    ("MedicinalProductDefinition", "4.3"),
    ("NutritionIntake", "5.0"),
    ("NutritionProduct", "4.3"),
    ("PackagedProductDefinition", "4.3"),
    ("Permission", "5.0"),
    ("ProcedureRequest", "3.0"),
    ("ProcessRequest", "3.0"),
    ("ProcessResponse", "3.0"),
    ("ReferralRequest", "3.0"),
    ("RegulatedAuthorization", "4.3"),
    ("RequestOrchestration", "5.0"),
    ("Requirements", "5.0"),
    ("Sequence", "3.0"),
    ("ServiceDefinition", "3.0"),
    ("SubscriptionStatus", "4.3"),
    ("SubscriptionTopic", "4.3"),
    ("SubstanceDefinition", "4.3"),
    ("TestPlan", "5.0"),
    ("Transport", "5.0"),
];

/// The resource types that have an element `fhirVersion`.
const STATING: [&str; 3] = ["StructureDefinition", "CapabilityStatement", "ImplementationGuide"];

/// A finding about a resource that says that it follows another version of FHIR: by `fhirVersion`, as definitions,
/// guides and statements of capability have it, by a base profile of another version, or by a type that R4 has not.
pub(super) fn other(root: Node<'_>) -> Option<Issue> {
    // Everything in one go: this is done for every line of a large file.
    let (mut typed, mut stated, mut meta) = (None, None, None);
    for member in root.members() {
        match member.name {
            "resourceType" => typed = typed.or(Some(member.node)),
            "fhirVersion" => stated = stated.or(Some(member.node)),
            "meta" => meta = meta.or(Some(member.node)),
            _ => {}
        }
    }
    let kind = typed.and_then(Node::as_str).unwrap_or_default();
    let stated = stated.filter(|_| STATING.contains(&kind));
    let stated = stated.and_then(|stated| match stated.as_str() {
        Some(_) => Some(stated),
        None => stated.items().next(),
    });
    let claimed = meta.and_then(|meta| meta.get("profile"));
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
    let at = TYPES.binary_search_by_key(&name, |(name, _)| name).ok()?;
    Some(TYPES[at].1)
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
        for (name, _) in TYPES {
            let text = format!("{{\"resourceType\": \"{name}\"}}");
            let report = kap_validate::check_bytes(&plans, text.as_bytes(), &kap_validate::Options::default());
            let codes: Vec<&str> = report.issues.iter().map(|issue| issue.code).collect();
            assert_eq!(codes, ["structure-unknown-resource-type"], "{name}");
            let document = parse(text.as_bytes(), &Limits::default()).document.expect("JSON");
            assert!(other(document.root()).is_some(), "{name}");
        }
    }
}
