//! Practitioner, and PractitionerRole for what they do in this course. <https://hl7.org/fhir/R4/practitioner.html> <https://hl7.org/fhir/R4/practitionerrole.html>

use fhirbolt::model::r4::resources::{Practitioner, PractitionerQualification, PractitionerRole};
use fhirbolt::model::r4::types::{CodeableConcept, Coding};
use kap_record::model::practitioner;

use super::{business_identifiers, known_as};
use crate::code::{Local, concept};
use crate::element::{contact_point, human_name};
use crate::label::Labels;
use crate::mapping::Mapping;
use crate::place::Placed;
use crate::source::Source;

pub(super) fn map<'r>(practitioner: &Placed<'r, practitioner::Practitioner>, mapping: &mut Mapping<'r>) {
    let id = &practitioner.object().id;
    let source = Source::listed("practitioner", id, practitioner.pointer())
        .known_as(known_as(practitioner.npi.as_ref(), &practitioner.identifiers));
    mapping.add(source, Labels::administrative(), |_| Practitioner {
        identifier: business_identifiers(practitioner.npi.as_ref(), &practitioner.identifiers),
        active: Some(true.into()),
        name: vec![human_name(&practitioner.name)],
        telecom: practitioner.telecom.iter().map(contact_point).collect(),
        qualification: qualification(practitioner).into_iter().collect(),
        ..Default::default()
    });

    let role = Source::listed("practitioner", id, practitioner.pointer())
        .part("role")
        .in_course();
    mapping.add(role, Labels::administrative(), |mapping| PractitionerRole {
        practitioner: Some(mapping.practitioner(id)),
        organization: practitioner.organization_id.as_ref().map(|id| mapping.organization(id)),
        code: practitioner.roles.iter().map(|role| concept(role.coding())).collect(),
        specialty: taxonomy(practitioner).map(concept).into_iter().collect(),
        ..Default::default()
    });
}

fn qualification(practitioner: &practitioner::Practitioner) -> Option<PractitionerQualification> {
    let credential = practitioner.credential.as_ref()?;
    let code = CodeableConcept {
        text: Some(credential.as_str().into()),
        ..Default::default()
    };
    Some(PractitionerQualification {
        code: code.into(),
        ..Default::default()
    })
}

/// The provider taxonomy of the National Uniform Claim Committee. <https://terminology.hl7.org/CodeSystem-v3-nuccProviderCodes.html>
fn taxonomy(practitioner: &practitioner::Practitioner) -> Option<Coding> {
    let code = practitioner.taxonomy.as_ref()?;
    Some(Coding {
        system: Some("http://nucc.org/provider-taxonomy".into()),
        code: Some(code.as_str().into()),
        ..Default::default()
    })
}
