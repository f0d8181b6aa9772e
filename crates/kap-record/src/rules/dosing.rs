//! Doses: numbers that must agree with each other, and ranges that warn.

use kap_json::Message;
use rust_decimal::Decimal;

use super::{Facts, Findings, held};
use crate::codes;
use crate::model::dosing::{Administration, Route};
use crate::model::medication::{Medication, MedicationType};

pub(super) fn judge(facts: &Facts<'_>, findings: &mut Findings<'_>) {
    for (at, _, administration) in facts.given() {
        positive(&at, administration, findings);
        by_weight(&at, administration, findings);
        duration(&at, administration, findings);
        technique(&at, administration, findings);
        let medication = facts
            .record
            .medications
            .iter()
            .find(|it| it.id == administration.medication_id);
        range(&at, administration, medication, findings);
    }
    for (at, prescription) in held("/prescriptions", &facts.record.prescriptions) {
        if prescription.dose.is_none() && prescription.dose_per_weight.is_none() && facts.kept.is_whole(&at) {
            findings.report(
                &codes::DOSE_MISSING,
                &at,
                "the order has neither `dose` nor `dosePerWeight`",
            );
        }
    }
    pacing(facts, findings);
}

fn positive(at: &str, administration: &Administration, findings: &mut Findings<'_>) {
    if administration.dose.value().value() <= Decimal::ZERO {
        findings.report(
            &codes::DOSE_NOT_POSITIVE,
            &format!("{at}/dose/value"),
            "what was given is more than 0 mg",
        );
    }
}

fn by_weight(at: &str, administration: &Administration, findings: &mut Findings<'_>) {
    let Some(per_weight) = &administration.dose_per_weight else {
        return;
    };
    let Some(weight) = &administration.weight_used else {
        if findings.kept.is_whole(at) {
            let message = "`dosePerWeight` is there, but `weightUsed` is missing";
            findings.report(&codes::DOSE_WEIGHT_MISSING, at, message);
        }
        return;
    };
    let dose = administration.dose.value().value();
    let Some(expected) = per_weight.value().value().checked_mul(weight.value().value()) else {
        return;
    };
    let tolerated = (expected.abs() * Decimal::new(5, 2)).max(Decimal::ONE);
    if (dose - expected).abs() > tolerated {
        let message = Message::text("the dose is ")
            .value(format!("{dose} mg"))
            .and(", but dose by weight times weight is ")
            .value(format!("{} mg", expected.normalize()));
        findings.report(&codes::DOSE_WEIGHT_MISMATCH, &format!("{at}/dose"), message);
    }
}

fn duration(at: &str, administration: &Administration, findings: &mut Findings<'_>) {
    let (Some(duration), Some(ended)) = (&administration.duration, &administration.ended_at) else {
        return;
    };
    let seconds = ended.timestamp().as_second() - administration.started_at.timestamp().as_second();
    let minutes = Decimal::from(seconds) / Decimal::from(60);
    if (duration.value().value() - minutes).abs() > Decimal::ONE {
        let message = Message::text("the duration says ")
            .value(format!("{} min", duration.value().as_written()))
            .and(", the clock ")
            .value(format!("{} min", minutes.round_dp(1).normalize()));
        findings.report(&codes::DOSE_DURATION, &format!("{at}/duration"), message);
    }
}

fn technique(at: &str, administration: &Administration, findings: &mut Findings<'_>) {
    if administration.technique.is_some() && administration.route != Route::Sublingual {
        let message = format!(
            "the route is `{}`, where nothing is held in the mouth",
            administration.route
        );
        findings.report(
            &codes::DOSE_TECHNIQUE,
            &format!("{at}/technique"),
            Message::text(message),
        );
    }
}

/// Ranges in use, in mg/kg for infusions and in mg otherwise; none is known for the subcutaneous and oral routes.
fn range(at: &str, administration: &Administration, medication: Option<&Medication>, findings: &mut Findings<'_>) {
    let esketamine = medication.is_some_and(|medication| medication.medication_type == MedicationType::Esketamine);
    let (value, (least, most), unit) = match administration.route {
        Route::Intravenous => match &administration.dose_per_weight {
            Some(per_weight) => (
                per_weight.value().value(),
                (Decimal::new(3, 1), Decimal::new(15, 1)),
                "mg/kg",
            ),
            None => return,
        },
        Route::Intramuscular => (
            administration.dose.value().value(),
            (Decimal::from(15), Decimal::from(150)),
            "mg",
        ),
        Route::Sublingual => (
            administration.dose.value().value(),
            (Decimal::from(25), Decimal::from(450)),
            "mg",
        ),
        Route::Intranasal if esketamine => (
            administration.dose.value().value(),
            (Decimal::from(28), Decimal::from(97)),
            "mg",
        ),
        Route::Intranasal => (
            administration.dose.value().value(),
            (Decimal::from(20), Decimal::from(150)),
            "mg",
        ),
        Route::Subcutaneous | Route::Oral => return,
    };
    if value > Decimal::ZERO && !(least..=most).contains(&value) {
        let message = Message::value(Message::default(), format!("{value} {unit}")).and(format!(
            " is outside {least} to {most} {unit}, which is usual for the route `{}`",
            administration.route
        ));
        findings.report(&codes::DOSE_RANGE, &format!("{at}/dose"), message);
    }
}

fn pacing(facts: &Facts<'_>, findings: &mut Findings<'_>) {
    let activities = facts.record.plans.iter().flat_map(|plan| &plan.activities);
    let Some(least) = activities
        .filter_map(|it| it.pacing.as_ref())
        .map(|pacing| pacing.minimum_days_between_doses.get())
        .max()
    else {
        return;
    };
    let mut days: Vec<_> = facts
        .given()
        .map(|(at, session, it)| (it.started_at.date(), session, at))
        .collect();
    days.sort_by_key(|(day, _, _)| *day);
    for pair in days.windows(2) {
        let [(earlier, one, _), (later, other, at)] = pair else {
            continue;
        };
        let between = (*later - *earlier).get_days();
        if one.id != other.id && between < i32::try_from(least).unwrap_or(i32::MAX) {
            let message = Message::text(format!("the plan asks for {least} days between doses"));
            findings.report(&codes::DOSE_PACING, at, message);
        }
    }
}
