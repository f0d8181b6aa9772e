//! Patient. <https://hl7.org/fhir/R4/patient.html>

use fhirbolt::model::r4::resources::{Patient, PatientCommunication};
use fhirbolt::model::r4::types::{Coding, Extension, ExtensionValue};
use kap_record::model::patient::{self, BirthSex, Ethnicity, Race};
use kap_record::primitive::LanguageTag;

use crate::code::{Code, concept, hl7};
use crate::element::{address, code_value, contact_point, extensions, human_name, identifier};
use crate::extension::{foreign, foreign_parts};
use crate::label::Labels;
use crate::mapping::Mapping;
use crate::place::Placed;
use crate::source::Source;

const US_CORE: &str = "http://hl7.org/fhir/us/core/StructureDefinition";

pub(super) fn map<'r>(patient: &Placed<'r, patient::Patient>, mapping: &mut Mapping<'r>) {
    let source = Source::listed("patient", &patient.object().id, patient.pointer())
        .known_as(patient.identifiers.first().cloned());
    mapping.add(source, Labels::administrative(), |_| Patient {
        identifier: patient.identifiers.iter().map(identifier).collect(),
        name: patient.names.iter().map(human_name).collect(),
        birth_date: Some(patient.birth_date.as_str().into()),
        gender: Some(patient.gender.as_str().into()),
        telecom: patient.telecom.iter().map(contact_point).collect(),
        address: patient.addresses.iter().map(address).collect(),
        communication: patient.language.iter().map(communication).collect(),
        extension: extensions([
            race(&patient.race),
            patient.ethnicity.and_then(ethnicity),
            patient.birth_sex.map(birth_sex),
            patient.interpreter_needed.map(interpreter),
        ]),
        ..Default::default()
    });
}

fn communication(language: &LanguageTag) -> PatientCommunication {
    let coding = Coding {
        system: Some("urn:ietf:bcp:47".into()),
        code: Some(language.as_str().into()),
        ..Default::default()
    };
    PatientCommunication {
        language: concept(coding).into(),
        preferred: Some(true.into()),
        ..Default::default()
    }
}

/// <https://hl7.org/fhir/us/core/StructureDefinition-us-core-race.html>
fn race(races: &[Race]) -> Option<Extension> {
    let names: Vec<&str> = races.iter().map(|race| race_category(*race).1).collect();
    let text = (!names.is_empty()).then(|| text(&names.join(", ")));
    let categories = races.iter().map(|race| category(race_category(*race).0));
    foreign_parts(&format!("{US_CORE}/us-core-race"), categories.chain(text))
}

fn race_category(race: Race) -> (Code, &'static str) {
    match race {
        Race::AmericanIndianOrAlaskaNative => (hl7::cdc_race("1002-5"), "American Indian or Alaska Native"),
        Race::Asian => (hl7::cdc_race("2028-9"), "Asian"),
        Race::BlackOrAfricanAmerican => (hl7::cdc_race("2054-5"), "Black or African American"),
        Race::NativeHawaiianOrOtherPacificIslander => {
            (hl7::cdc_race("2076-8"), "Native Hawaiian or Other Pacific Islander")
        }
        Race::White => (hl7::cdc_race("2106-3"), "White"),
        Race::AskedButUnknown => (hl7::null_flavor("ASKU"), "Asked but unknown"),
        Race::Unknown => (hl7::null_flavor("UNK"), "Unknown"),
    }
}

/// <https://hl7.org/fhir/us/core/StructureDefinition-us-core-ethnicity.html>
fn ethnicity(ethnicity: Ethnicity) -> Option<Extension> {
    let (code, name) = match ethnicity {
        Ethnicity::HispanicOrLatino => (hl7::cdc_race("2135-2"), "Hispanic or Latino"),
        Ethnicity::NotHispanicOrLatino => (hl7::cdc_race("2186-5"), "Not Hispanic or Latino"),
        Ethnicity::AskedButUnknown => (hl7::null_flavor("ASKU"), "Asked but unknown"),
        Ethnicity::Unknown => (hl7::null_flavor("UNK"), "Unknown"),
    };
    foreign_parts(&format!("{US_CORE}/us-core-ethnicity"), [category(code), text(name)])
}

fn category(code: Code) -> Extension {
    foreign("ombCategory", ExtensionValue::Coding(Box::new(code.into())))
}

fn text(text: &str) -> Extension {
    foreign("text", ExtensionValue::String(text.into()))
}

/// <https://hl7.org/fhir/us/core/StructureDefinition-us-core-birthsex.html>
fn birth_sex(sex: BirthSex) -> Extension {
    let code = match sex {
        BirthSex::Female => "F",
        BirthSex::Male => "M",
        BirthSex::Unknown => "UNK",
    };
    foreign(&format!("{US_CORE}/us-core-birthsex"), code_value(code))
}

/// <https://hl7.org/fhir/R4/extension-patient-interpreterrequired.html>
fn interpreter(needed: bool) -> Extension {
    let url = "http://hl7.org/fhir/StructureDefinition/patient-interpreterRequired";
    foreign(url, ExtensionValue::Boolean(needed.into()))
}
