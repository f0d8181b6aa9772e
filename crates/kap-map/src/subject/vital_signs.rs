//! Vital signs: one Observation each, as R4's and US Core's vital signs profiles ask. <https://hl7.org/fhir/R4/observation-vitalsigns.html>

use fhirbolt::model::r4::resources::{Observation, ObservationComponent, ObservationComponentValue, ObservationValue};
use fhirbolt::model::r4::types::Quantity;
use kap_record::model::life_cycle::{Keyed, Kind};
use kap_record::model::monitoring::VitalSigns;
use kap_record::primitive::{self, Key, MillimeterOfMercury};

use super::observation::{at, from_dose, observation};
use crate::code::{Code, Local, concept, hl7, loinc, synonyms};
use crate::element::quantity;
use crate::label::Labels;
use crate::mapping::Mapping;
use crate::place::Placed;
use crate::source::Source;

/// Vital signs of a session or a screen, their `holder`.
pub(super) fn map<'r, T: Keyed>(
    signs: &Placed<'r, VitalSigns>,
    holder: &Placed<'r, T>,
    session_id: Option<&'r Key>,
    mapping: &mut Mapping<'r>,
) {
    let source = Source::of(holder).member("vital-signs", &signs.object().id, signs);
    let observed = |mapping: &Mapping<'_>, codes: &[Code]| Observation {
        encounter: session_id.map(|id| mapping.reference(Kind::Session, id)),
        effective: Some(at(signs.measured_at.as_str())),
        performer: vec![*mapping.actor(&signs.measured_by)],
        method: signs.method.map(|method| concept(method.coding()).into()),
        extension: from_dose(signs.timepoint, signs.minutes_from_dose),
        ..observation(
            mapping,
            holder.entry(),
            "vital-signs",
            synonyms(codes.iter().map(|code| (*code).into())),
        )
    };
    if signs.systolic.is_some() || signs.diastolic.is_some() {
        mapping.add(source.clone().part("bloodPressure"), Labels::clinical(), |mapping| {
            Observation {
                component: vec![
                    pressure(loinc::SYSTOLIC, signs.systolic.as_ref()),
                    pressure(loinc::DIASTOLIC, signs.diastolic.as_ref()),
                ],
                ..observed(mapping, &[loinc::BLOOD_PRESSURE])
            }
        });
    }
    for (member, codes, value) in measurements(signs) {
        let Some(value) = value else { continue };
        let source = source.clone().part(member).at(signs.member(member));
        mapping.add(source, Labels::clinical(), |mapping| Observation {
            value: Some(ObservationValue::Quantity(value.into())),
            ..observed(mapping, codes)
        });
    }
}

/// Member of the record, codes, value. US Core asks for both codes of oxygen saturation.
fn measurements(signs: &VitalSigns) -> [(&'static str, &'static [Code], Option<Quantity>); 7] {
    const OXYGEN: &[Code] = &[loinc::OXYGEN_SATURATION, loinc::OXYGEN_SATURATION_BY_PULSE_OXIMETRY];
    [
        (
            "heartRate",
            &[loinc::HEART_RATE],
            signs.heart_rate.as_ref().map(quantity),
        ),
        (
            "oxygenSaturation",
            OXYGEN,
            signs.oxygen_saturation.as_ref().map(quantity),
        ),
        (
            "respiratoryRate",
            &[loinc::RESPIRATORY_RATE],
            signs.respiratory_rate.as_ref().map(quantity),
        ),
        (
            "temperature",
            &[loinc::BODY_TEMPERATURE],
            signs.temperature.as_ref().map(quantity),
        ),
        ("weight", &[loinc::BODY_WEIGHT], signs.weight.as_ref().map(quantity)),
        ("height", &[loinc::BODY_HEIGHT], signs.height.as_ref().map(quantity)),
        (
            "bodyMassIndex",
            &[loinc::BODY_MASS_INDEX],
            signs.body_mass_index.as_ref().map(quantity),
        ),
    ]
}

/// A blood pressure always has both components; one that was not taken says so.
fn pressure(code: Code, value: Option<&primitive::Quantity<MillimeterOfMercury>>) -> ObservationComponent {
    ObservationComponent {
        code: concept(code).into(),
        value: value.map(|value| ObservationComponentValue::Quantity(quantity(value).into())),
        data_absent_reason: value
            .is_none()
            .then(|| concept(hl7::data_absent_reason("unknown")).into()),
        ..Default::default()
    }
}
