//! Statements that must say something, and say it consistently: factors, laboratory results, drinking.

use super::{Facts, Findings, held};
use crate::codes;

/// Drinking is reported for so many days.
const REPORTED_DAYS: u32 = 28;

pub(super) fn judge(facts: &Facts<'_>, findings: &mut Findings<'_>) {
    for (at, factor) in held("/factors", &facts.record.factors) {
        let empty = factor.rating.is_none() && factor.assessment_id.is_none() && factor.condition_id.is_none();
        if empty && facts.kept.is_whole(&at) {
            findings.report(
                &codes::FACTOR_EMPTY,
                &at,
                "there is no `rating`, no `assessmentId` and no `conditionId`",
            );
        }
    }
    for (at, result) in held("/labResults", &facts.record.lab_results) {
        if result.value.is_none() && result.finding.is_none() && facts.kept.is_whole(&at) {
            findings.report(&codes::LAB_EMPTY, &at, "there is neither a `value` nor a `finding`");
        }
    }
    for (at, report) in held("/alcoholUse", &facts.record.alcohol_use) {
        let (drinking, heavy) = (report.drinking_days.get(), report.heavy_drinking_days.get());
        if drinking > REPORTED_DAYS {
            findings.report(
                &codes::DRINKING_DAYS,
                &format!("{at}/drinkingDays"),
                "the report covers 28 days",
            );
        }
        if heavy > drinking {
            let message = "there are more days of heavy drinking than days of drinking";
            findings.report(&codes::DRINKING_DAYS, &format!("{at}/heavyDrinkingDays"), message);
        }
    }
}
