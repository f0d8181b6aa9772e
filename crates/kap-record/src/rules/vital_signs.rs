//! Vital signs that are there, agree and are plausible.

use kap_json::Message;
use rust_decimal::Decimal;

use super::{Facts, Findings, each, held};
use crate::codes;
use crate::model::monitoring::VitalSigns;
use crate::primitive::{Quantity, Unit};

pub(super) fn judge(facts: &Facts<'_>, findings: &mut Findings<'_>) {
    let in_sessions = facts
        .sessions()
        .flat_map(|(at, session)| each(&format!("{at}/vitalSigns"), &session.vital_signs));
    let in_screens = held("/screenings", &facts.record.screenings)
        .flat_map(|(at, screening)| each(&format!("{at}/vitalSigns"), &screening.vital_signs));
    for (at, vitals) in in_sessions.chain(in_screens) {
        let values = values(vitals);
        if values.iter().all(|(_, value, _)| value.is_none()) && facts.kept.is_whole(&at) {
            findings.report(&codes::VITALS_EMPTY, &at, "there is no value among these vital signs");
        }
        pressure(&at, vitals, findings);
        for (member, value, bounds) in values {
            range(&at, member, value, bounds, findings);
        }
    }
}

/// Each value with the bounds of what people survive or are.
fn values(vitals: &VitalSigns) -> [(&'static str, Option<Decimal>, (i32, i32)); 9] {
    [
        ("systolic", number(vitals.systolic.as_ref()), (60, 260)),
        ("diastolic", number(vitals.diastolic.as_ref()), (30, 160)),
        ("heartRate", number(vitals.heart_rate.as_ref()), (30, 220)),
        ("oxygenSaturation", number(vitals.oxygen_saturation.as_ref()), (50, 100)),
        ("respiratoryRate", number(vitals.respiratory_rate.as_ref()), (4, 60)),
        ("temperature", number(vitals.temperature.as_ref()), (30, 43)),
        ("weight", number(vitals.weight.as_ref()), (25, 350)),
        ("height", number(vitals.height.as_ref()), (100, 230)),
        ("bodyMassIndex", number(vitals.body_mass_index.as_ref()), (10, 90)),
    ]
}

fn number<U: Unit>(quantity: Option<&Quantity<U>>) -> Option<Decimal> {
    quantity.map(|quantity| quantity.value().value())
}

fn range(at: &str, member: &str, value: Option<Decimal>, (least, most): (i32, i32), findings: &mut Findings<'_>) {
    let Some(value) = value.filter(|value| *value < Decimal::from(least) || *value > Decimal::from(most)) else {
        return;
    };
    let message = Message::value(Message::default(), value.to_string()).and(format!(" is outside {least} to {most}"));
    findings.report(&codes::VITALS_RANGE, &format!("{at}/{member}"), message);
}

fn pressure(at: &str, vitals: &VitalSigns, findings: &mut Findings<'_>) {
    match (number(vitals.systolic.as_ref()), number(vitals.diastolic.as_ref())) {
        (Some(systolic), Some(diastolic)) if diastolic >= systolic => {
            let message = "the diastolic pressure is not below the systolic pressure";
            findings.report(&codes::VITALS_PRESSURE, &format!("{at}/diastolic"), message);
        }
        (Some(_), None) | (None, Some(_)) if findings.kept.is_whole(at) => {
            findings.report(
                &codes::VITALS_PRESSURE_PART,
                at,
                "only one of `systolic` and `diastolic` is there",
            );
        }
        _ => {}
    }
}
