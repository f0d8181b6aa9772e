//! Contraindications and eligibility.

use super::{Facts, Findings, held, repeated};
use crate::codes;
use crate::model::screening::{Eligibility, ScreenAnswer, ScreenQuestion, Screening};

/// Questions of the first rank: a yes defers or excludes.
const FIRST_RANK: [ScreenQuestion; 11] = [
    ScreenQuestion::UncontrolledHypertension,
    ScreenQuestion::AneurysmalVascularDisease,
    ScreenQuestion::ArteriovenousMalformation,
    ScreenQuestion::IntracerebralHemorrhage,
    ScreenQuestion::KetamineHypersensitivity,
    ScreenQuestion::ActivePsychosis,
    ScreenQuestion::ActiveMania,
    ScreenQuestion::Pregnancy,
    ScreenQuestion::Breastfeeding,
    ScreenQuestion::UnstableCardiacDisease,
    ScreenQuestion::RaisedIntracranialPressure,
];

pub(super) fn judge(facts: &Facts<'_>, findings: &mut Findings<'_>) {
    for (at, screening) in held("/screenings", &facts.record.screenings) {
        answers(&at, screening, findings);
    }
    if !facts.kept.is_whole("/screenings") {
        return;
    }
    for (at, _, administration) in facts.given() {
        let when = administration.started_at.timestamp();
        let last = held("/screenings", &facts.record.screenings)
            .map(|(_, screening)| screening)
            .filter(|screening| screening.screened_at.timestamp() <= when)
            .max_by_key(|screening| screening.screened_at.timestamp());
        if last.is_some_and(|screening| is_against(screening.eligibility)) {
            let message = "the last screen before this dose decided `deferred` or `excluded`";
            findings.report(&codes::ELIGIBILITY_DOSED, &at, message);
        }
    }
}

fn is_against(eligibility: Eligibility) -> bool {
    matches!(eligibility, Eligibility::Deferred | Eligibility::Excluded)
}

fn answers(at: &str, screening: &Screening, findings: &mut Findings<'_>) {
    for (index, _) in repeated(&screening.answers, |item| item.question) {
        let message = "this question was answered before in the same screen";
        findings.report(
            &codes::SCREEN_QUESTION_TWICE,
            &format!("{at}/answers/{index}/question"),
            message,
        );
    }
    let contraindicated = |question| {
        screening
            .answers
            .iter()
            .any(|item| item.question == question && item.answer == ScreenAnswer::Yes)
    };
    if screening.eligibility == Eligibility::Eligible && FIRST_RANK.into_iter().any(contraindicated) {
        let message = "a question of the first rank was answered with yes, and the decision is `eligible`";
        findings.report(&codes::ELIGIBILITY_CONTRADICTED, &format!("{at}/eligibility"), message);
    }
}
