//! Condition, with US Core's must-haves, and an Observation for resistance to treatment. <https://hl7.org/fhir/R4/condition.html>

use fhirbolt::model::r4::resources::{
    Condition, ConditionAbatement, ConditionOnset, Observation, ObservationEffective, ObservationValue,
};
use fhirbolt::model::r4::types::{CodeableConcept, ExtensionValue};
use kap_record::model::condition;
use kap_record::model::life_cycle::{EntryStatus, Kind};

use crate::code::sensitivity::labelled;
use crate::code::{concept, hl7, local, snomed};
use crate::element::named_concept;
use crate::extension::kap;
use crate::label::Labels;
use crate::mapping::Mapping;
use crate::place::Placed;
use crate::source::Source;
use crate::status::observation_status;

pub(super) fn map<'r>(condition: &Placed<'r, condition::Condition>, mapping: &mut Mapping<'r>) {
    // A condition without codes is known by words alone.
    if condition.codings.is_empty() && mapping.withhold_words(condition.pointer()) {
        return;
    }
    let withdrawn = condition.entry.status == EntryStatus::EnteredInError;
    let verification = if withdrawn {
        "entered-in-error"
    } else {
        condition.verification_status.as_str()
    };
    mapping.add(Source::of(condition), labels(condition), |mapping| Condition {
        // R4 forbids a clinical status on what was entered in error (con-5).
        clinical_status: (!withdrawn)
            .then(|| concept(hl7::condition_clinical(condition.clinical_status.as_str())).into()),
        verification_status: Some(concept(hl7::condition_verification(verification)).into()),
        category: vec![concept(hl7::condition_category(condition.category.as_str()))],
        severity: condition
            .severity
            .map(|severity| concept(snomed::severity(severity)).into()),
        code: Some(code(condition, mapping).into()),
        subject: mapping.patient(),
        encounter: condition
            .session_id
            .as_ref()
            .map(|id| mapping.reference(Kind::Session, id)),
        onset: condition
            .onset
            .as_ref()
            .map(|onset| ConditionOnset::DateTime(onset.as_str().into())),
        abatement: condition
            .abatement
            .as_ref()
            .map(|end| ConditionAbatement::DateTime(end.as_str().into())),
        asserter: Some(mapping.practitioner(&condition.asserted_by_id)),
        recorder: Some(mapping.practitioner(&condition.entry.recorded_by_id)),
        extension: condition
            .failed_trials
            .map(|trials| kap("kap-failed-trials", ExtensionValue::UnsignedInt(trials.get().into())))
            .into_iter()
            .collect(),
        ..Default::default()
    });
    if let Some(resistant) = condition.treatment_resistant {
        map_resistance(condition, resistant, mapping);
    }
}

/// No verified standard code says that a condition resists treatment.
fn map_resistance<'r>(condition: &Placed<'r, condition::Condition>, resistant: bool, mapping: &mut Mapping<'r>) {
    let source = Source::of(condition)
        .part("treatment-resistant")
        .at(condition.member("treatmentResistant"));
    mapping.add(source, labels(condition), |mapping| Observation {
        status: observation_status(&condition.entry).into(),
        category: vec![concept(hl7::observation_category("exam"))],
        code: concept(local("kap-trd", "treatment-resistant")).into(),
        subject: Some(mapping.patient()),
        focus: vec![*mapping.reference(Kind::Condition, &condition.id)],
        effective: Some(ObservationEffective::DateTime(
            condition.entry.recorded_at.as_str().into(),
        )),
        performer: vec![*mapping.practitioner(&condition.asserted_by_id)],
        value: Some(ObservationValue::Boolean(resistant.into())),
        ..Default::default()
    });
}

/// Its codes, and its name in words if words may leave.
pub(super) fn code(condition: &condition::Condition, mapping: &Mapping<'_>) -> CodeableConcept {
    CodeableConcept {
        text: mapping.words(condition.name.as_str()).map(Into::into),
        ..named_concept(&condition.codings, &condition.name)
    }
}

/// What the codes of a condition tell.
pub(super) fn labels(condition: &condition::Condition) -> Labels {
    labelled(Labels::clinical(), &condition.codings)
}
