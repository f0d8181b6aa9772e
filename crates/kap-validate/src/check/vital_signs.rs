//! Vital signs: "if an Observation has one of these LOINC codes, it conforms to the profile beside it", whether it claims
//! to or not (<https://hl7.org/fhir/R4/observation-vitalsigns.html>).

use kap_json::Node;

use crate::plan::set::PlanSet;
use crate::plan::view::DefinitionView;

/// The codes with the profiles.
const PROFILES: [(&str, &str); 11] = [
    ("85353-1", "http://hl7.org/fhir/StructureDefinition/vitalspanel"),
    ("9279-1", "http://hl7.org/fhir/StructureDefinition/resprate"),
    ("8867-4", "http://hl7.org/fhir/StructureDefinition/heartrate"),
    ("2708-6", "http://hl7.org/fhir/StructureDefinition/oxygensat"),
    ("59408-5", "http://hl7.org/fhir/StructureDefinition/oxygensat"),
    ("8310-5", "http://hl7.org/fhir/StructureDefinition/bodytemp"),
    ("8302-2", "http://hl7.org/fhir/StructureDefinition/bodyheight"),
    ("9843-4", "http://hl7.org/fhir/StructureDefinition/headcircum"),
    ("29463-7", "http://hl7.org/fhir/StructureDefinition/bodyweight"),
    ("39156-5", "http://hl7.org/fhir/StructureDefinition/bmi"),
    ("85354-9", "http://hl7.org/fhir/StructureDefinition/bp"),
];

/// The profile that an Observation's code implies.
pub(super) fn implied<'s>(
    set: &'s PlanSet<'_>,
    node: Node<'_>,
    base: DefinitionView<'_>,
) -> Option<DefinitionView<'s>> {
    if base.type_name() != "Observation" {
        return None;
    }
    let codings = node.get("code")?.get("coding")?;
    let profile = codings.items().find_map(|coding| {
        let code = coding.get("code")?.as_str()?;
        let (_, profile) = PROFILES.iter().find(|(known, _)| *known == code)?;
        (coding.get("system")?.as_str()? == "http://loinc.org").then_some(*profile)
    })?;
    set.definition(profile)
}
