//! The mappers, one module per subject of the record. A mapper reads as a table: element of the resource, field of the record.

mod activity;
mod adverse_event;
mod alcohol_use;
mod assessment;
mod assessment_score;
mod behavior_report;
mod care_team;
mod condition;
mod consent;
mod course;
mod current_medication;
mod discharge;
mod dispense;
mod dosage;
mod dosing;
mod education;
mod expected_effect;
mod factor;
mod goal;
mod growth_rating;
mod integration;
mod lab;
mod medication;
mod note;
mod observation;
mod organization;
mod patient;
mod pattern_rating;
mod plan;
mod practitioner;
mod pregnancy;
mod prescription;
mod rems;
mod safety;
mod scale;
mod score;
mod screening;
mod session;
mod setting;
mod support_person;
mod therapy;
mod vital_signs;

use kap_record::primitive::{Identifier, Line, Npi, Uri};

use crate::code::NPI_SYSTEM;
use crate::mapping::Mapping;
use crate::place::{Placed, each};

/// Maps every subject of the record. The order is that of the bundle.
pub(crate) fn map(mapping: &mut Mapping<'_>) {
    let record = mapping.record();
    patient::map(&Placed::new(&record.patient, "/patient"), mapping);
    map_each("/organizations", &record.organizations, organization::map, mapping);
    map_each("/locations", &record.locations, organization::map_location, mapping);
    map_each("/practitioners", &record.practitioners, practitioner::map, mapping);
    map_each("/supportPersons", &record.support_persons, support_person::map, mapping);
    course::map(&Placed::new(&record.course, "/course"), mapping);
    if let Some(team) = &record.care_team {
        care_team::map(&Placed::new(team, "/careTeam"), mapping);
    }
    map_each("/consents", &record.consents, consent::map, mapping);
    map_each("/conditions", &record.conditions, condition::map, mapping);
    map_each("/factors", &record.factors, factor::map, mapping);
    factor::map_list(mapping);
    map_each("/screenings", &record.screenings, screening::map, mapping);
    map_each(
        "/currentMedications",
        &record.current_medications,
        current_medication::map,
        mapping,
    );
    map_each("/labResults", &record.lab_results, lab::map, mapping);
    map_each(
        "/pregnancyStatements",
        &record.pregnancy_statements,
        pregnancy::map,
        mapping,
    );
    map_each("/medications", &record.medications, medication::map, mapping);
    map_each("/prescriptions", &record.prescriptions, prescription::map, mapping);
    map_each("/dispenses", &record.dispenses, dispense::map, mapping);
    map_each("/sessions", &record.sessions, session::map, mapping);
    map_each("/assessments", &record.assessments, assessment::map, mapping);
    map_each("/growthRatings", &record.growth_ratings, growth_rating::map, mapping);
    map_each("/patternRatings", &record.pattern_ratings, pattern_rating::map, mapping);
    map_each(
        "/behaviorReports",
        &record.behavior_reports,
        behavior_report::map,
        mapping,
    );
    map_each("/adverseEvents", &record.adverse_events, adverse_event::map, mapping);
    map_each("/safetyChecks", &record.safety_checks, safety::map, mapping);
    map_each("/education", &record.education, education::map, mapping);
    map_each("/alcoholUse", &record.alcohol_use, alcohol_use::map, mapping);
    map_each("/goals", &record.goals, goal::map, mapping);
    map_each("/plans", &record.plans, plan::map, mapping);
    map_each("/summaryNotes", &record.summary_notes, note::map, mapping);
    map_each("/processNotes", &record.process_notes, note::withhold, mapping);
}

fn map_each<'r, T>(
    pointer: &str,
    objects: &'r [T],
    map: impl Fn(&Placed<'r, T>, &mut Mapping<'r>),
    mapping: &mut Mapping<'r>,
) {
    for object in each(pointer.to_owned(), objects) {
        map(&object, mapping);
    }
}

/// The identifier by which an EHR knows a professional or organization: the NPI, or else its first business identifier.
fn known_as(npi: Option<&Npi>, identifiers: &[Identifier]) -> Option<Identifier> {
    let npi = npi.and_then(|npi| {
        Some(Identifier {
            system: Uri::new(NPI_SYSTEM)?,
            value: Line::new(npi.as_str())?,
        })
    });
    npi.or_else(|| identifiers.first().cloned())
}

/// All business identifiers, the NPI first.
fn business_identifiers(npi: Option<&Npi>, identifiers: &[Identifier]) -> Vec<fhirbolt::model::r4::types::Identifier> {
    let npi = npi.map(|npi| crate::element::system_value(NPI_SYSTEM, npi.as_str()));
    npi.into_iter()
        .chain(identifiers.iter().map(crate::element::identifier))
        .collect()
}
