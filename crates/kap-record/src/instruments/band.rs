//! What a score means: bands of severity and cuts of screens.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::ScoreCode;
use crate::model::assessment::Answer;
use crate::model::patient::AdministrativeGender;

/// A band of severity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Band {
    /// None or minimal.
    Minimal,
    /// Mild.
    Mild,
    /// Moderate.
    Moderate,
    /// Moderately severe.
    ModeratelySevere,
    /// Severe.
    Severe,
}

/// The band in which a value lies. PHQ-9: 5, 10, 15, 20; GAD-7: 5, 10, 15. PCL-5 and AUDIT-C have no bands of severity.
pub fn band(score: ScoreCode, value: Decimal) -> Option<Band> {
    let value = value.to_i64()?;
    match score {
        ScoreCode::Phq9Total => Some(match value {
            ..=4 => Band::Minimal,
            5..=9 => Band::Mild,
            10..=14 => Band::Moderate,
            15..=19 => Band::ModeratelySevere,
            20.. => Band::Severe,
        }),
        ScoreCode::Gad7Total => Some(match value {
            ..=4 => Band::Minimal,
            5..=9 => Band::Mild,
            10..=14 => Band::Moderate,
            15.. => Band::Severe,
        }),
        _ => None,
    }
}

/// Whether AUDIT-C is positive: 4 points for men, 3 for others, and not all of them from the first item.
pub fn audit_c_is_positive(answers: &[Answer], gender: AdministrativeGender) -> Option<bool> {
    let total = super::score(ScoreCode::AuditCTotal, answers)?.value?;
    let first = answers.iter().find(|answer| answer.item.get() == 1)?.value.value();
    let cut = if gender == AdministrativeGender::Male { 4 } else { 3 };
    Some(total >= Decimal::from(cut) && first < total)
}

/// Whether PCL-5 answers fulfil the symptom rule of DSM-5: items of 2 points or more, one in B, one in C, two in D, two in E.
pub fn pcl5_meets_symptom_rule(answers: &[Answer]) -> bool {
    let endorsed = |first, last| {
        let items = (first..=last).filter_map(|item| answers.iter().find(|answer| answer.item.get() == item));
        items.filter(|answer| answer.value.value() >= Decimal::TWO).count()
    };
    endorsed(1, 5) >= 1 && endorsed(6, 7) >= 1 && endorsed(8, 14) >= 2 && endorsed(15, 20) >= 2
}
