//! RelatedPerson: role and relationship, never who it is. <https://hl7.org/fhir/R4/relatedperson.html>

use fhirbolt::model::r4::resources::RelatedPerson;
use fhirbolt::model::r4::types::CodeableConcept;
use kap_record::model::life_cycle::EntryStatus;
use kap_record::model::practitioner::{Relationship, SupportPerson};

use crate::code::{Local, concept, hl7};
use crate::label::Labels;
use crate::mapping::Mapping;
use crate::place::Placed;
use crate::source::Source;

pub(super) fn map<'r>(person: &Placed<'r, SupportPerson>, mapping: &mut Mapping<'r>) {
    mapping.never_leaves(person, "name", person.name.is_some());
    mapping.never_leaves(person, "contact", person.contact.is_some());
    mapping.add(Source::of(person), Labels::clinical(), |mapping| RelatedPerson {
        active: Some((person.entry.status != EntryStatus::EnteredInError).into()),
        patient: mapping.patient(),
        relationship: vec![relationship(person.relationship), concept(person.role.coding())],
        ..Default::default()
    });
}

/// HL7 has no code for somebody who is hired or assigned: the role alone then says it.
fn relationship(relationship: Relationship) -> CodeableConcept {
    concept(match relationship {
        Relationship::Spouse => hl7::role_code("SPS"),
        Relationship::Partner => hl7::role_code("DOMPART"),
        Relationship::Parent => hl7::role_code("PRN"),
        Relationship::Child => hl7::role_code("CHILD"),
        Relationship::Sibling => hl7::role_code("SIB"),
        Relationship::Family => hl7::role_code("FAMMEMB"),
        Relationship::Friend => hl7::role_code("FRND"),
        Relationship::Neighbor => hl7::role_code("NBOR"),
        Relationship::Unrelated => hl7::null_flavor("NA"),
    })
}
