//! Scoring of PHQ-9, GAD-7, PCL-5 and AUDIT-C from their answers.

use rust_decimal::{Decimal, RoundingStrategy};

use super::ScoreCode;
use crate::model::assessment::Answer;

/// How a score was reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ScoringMethod {
    /// Every item was answered.
    Complete,
    /// Missing items were filled with the mean of the others.
    Prorated,
}

impl ScoringMethod {
    /// The code of the method.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Complete => "complete",
            Self::Prorated => "prorated",
        }
    }
}

/// What the answers make of a score.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scored {
    /// The score, in points; `None` if too many answers are missing.
    pub value: Option<Decimal>,
    /// How many of its items were answered.
    pub answered: u8,
    /// How many items it has.
    pub items: u8,
    /// How it was reached.
    pub method: ScoringMethod,
}

/// The items that a score adds up, and how many of them may be missing.
struct Sum {
    first: u8,
    last: u8,
    may_miss: u8,
}

const fn sum_of(score: ScoreCode) -> Option<Sum> {
    let (first, last, may_miss) = match score {
        ScoreCode::Phq9Total => (1, 9, 2),
        ScoreCode::Gad7Total => (1, 7, 1),
        ScoreCode::AuditCTotal => (1, 3, 0),
        ScoreCode::Pcl5Total => (1, 20, 0),
        ScoreCode::Pcl5ClusterB => (1, 5, 0),
        ScoreCode::Pcl5ClusterC => (6, 7, 0),
        ScoreCode::Pcl5ClusterD => (8, 14, 0),
        ScoreCode::Pcl5ClusterE => (15, 20, 0),
        _ => return None,
    };
    Some(Sum { first, last, may_miss })
}

/// Scores `answers`, or answers `None` for a score that is not ours to calculate.
///
/// A prorated score is the mean of the answered items times the number of items, rounded half up. If an item was answered twice, the first answer counts.
pub fn score(score: ScoreCode, answers: &[Answer]) -> Option<Scored> {
    let Sum { first, last, may_miss } = sum_of(score)?;
    let points: Vec<Decimal> = (first..=last)
        .filter_map(|item| answers.iter().find(|answer| answer.item.get() == item))
        .map(|answer| answer.value.value())
        .collect();
    let items = last - first + 1;
    let answered = u8::try_from(points.len()).unwrap_or(items);
    let method = if answered == items {
        ScoringMethod::Complete
    } else {
        ScoringMethod::Prorated
    };
    let total: Decimal = points.iter().sum();
    let value = (answered > 0 && items - answered <= may_miss).then(|| match method {
        ScoringMethod::Complete => total,
        ScoringMethod::Prorated => (total * Decimal::from(items) / Decimal::from(answered))
            .round_dp_with_strategy(0, RoundingStrategy::MidpointAwayFromZero),
    });
    Some(Scored {
        value,
        answered,
        items,
        method,
    })
}
