//! Organization and Location. <https://hl7.org/fhir/R4/organization.html> <https://hl7.org/fhir/R4/location.html>

use fhirbolt::model::r4::resources::{Location, Organization};
use kap_record::model::organization::{self, OrganizationType};

use super::{business_identifiers, known_as};
use crate::code::{concept, hl7};
use crate::element::{address, contact_point, identifier};
use crate::label::Labels;
use crate::mapping::Mapping;
use crate::place::Placed;
use crate::source::Source;

pub(super) fn map<'r>(organization: &Placed<'r, organization::Organization>, mapping: &mut Mapping<'r>) {
    let source = Source::listed("organization", &organization.object().id, organization.pointer())
        .known_as(known_as(organization.npi.as_ref(), &organization.identifiers));
    mapping.add(source, Labels::administrative(), |_| Organization {
        identifier: business_identifiers(organization.npi.as_ref(), &organization.identifiers),
        active: Some(true.into()),
        r#type: vec![concept(hl7::organization_type(organization_type(
            organization.organization_type,
        )))],
        name: Some(organization.name.as_str().into()),
        telecom: organization.telecom.iter().map(contact_point).collect(),
        address: organization.address.iter().map(address).collect(),
        ..Default::default()
    });
}

fn organization_type(organization_type: OrganizationType) -> &'static str {
    match organization_type {
        OrganizationType::Clinic | OrganizationType::Hospital | OrganizationType::Pharmacy => "prov",
        OrganizationType::Research => "crs",
        OrganizationType::Payer => "pay",
    }
}

pub(super) fn map_location<'r>(location: &Placed<'r, organization::Location>, mapping: &mut Mapping<'r>) {
    let source = Source::listed("location", &location.object().id, location.pointer())
        .known_as(location.identifiers.first().cloned());
    mapping.add(source, Labels::administrative(), |mapping| Location {
        identifier: location.identifiers.iter().map(identifier).collect(),
        name: Some(location.name.as_str().into()),
        address: location.address.as_ref().map(|place| address(place).into()),
        managing_organization: location.organization_id.as_ref().map(|id| mapping.organization(id)),
        ..Default::default()
    });
}
