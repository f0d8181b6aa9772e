//! Scores: of their instrument, in their range, and what their answers say.

use kap_json::Message;
use rust_decimal::Decimal;

use super::{Facts, Findings, each, held, repeated};
use crate::codes;
use crate::instruments::{self, ScoreCode, ScoringMethod};
use crate::model::assessment::{Assessment, Score};

const PCL5_CLUSTERS: [ScoreCode; 4] = [
    ScoreCode::Pcl5ClusterB,
    ScoreCode::Pcl5ClusterC,
    ScoreCode::Pcl5ClusterD,
    ScoreCode::Pcl5ClusterE,
];

pub(super) fn judge(facts: &Facts<'_>, findings: &mut Findings<'_>) {
    for (at, assessment) in held("/assessments", &facts.record.assessments) {
        for (index, _) in repeated(&assessment.scores, |score| score.score) {
            findings.report(
                &codes::SCORE_TWICE,
                &format!("{at}/scores/{index}/score"),
                "this score stands before in the list",
            );
        }
        let answers_are_whole = facts.kept.is_whole(&format!("{at}/answers"));
        for (at, score) in each(&format!("{at}/scores"), &assessment.scores) {
            form(&at, assessment, score, findings);
            // The answers to another instrument say nothing about this score.
            if answers_are_whole && score.score.definition().instrument == assessment.instrument {
                items(&at, assessment, score, findings);
            }
        }
        subscales(&at, assessment, findings);
    }
    for (at, session) in facts.sessions() {
        for (at, scale) in each(&format!("{at}/scales"), &session.scales) {
            range(&format!("{at}/value"), scale.score, scale.value.value(), findings);
        }
    }
    for (at, goal) in held("/goals", &facts.record.goals) {
        for (at, target) in each(&format!("{at}/targets"), &goal.targets) {
            if let Some(score) = target.score {
                range(&format!("{at}/value"), score, target.value.value(), findings);
            }
        }
    }
}

fn form(at: &str, assessment: &Assessment, score: &Score, findings: &mut Findings<'_>) {
    let instrument = score.score.definition().instrument;
    if instrument != assessment.instrument {
        let message = format!(
            "`{}` is a score of `{instrument}`, not of `{}`",
            score.score, assessment.instrument
        );
        findings.report(&codes::SCORE_INSTRUMENT, &format!("{at}/score"), Message::text(message));
    }
    match (&score.value, score.absent_reason) {
        (Some(value), None) => range(&format!("{at}/value"), score.score, value.value(), findings),
        (Some(_), Some(_)) => {
            findings.report(&codes::SCORE_VALUE, at, "there is both a `value` and an `absentReason`");
        }
        (None, None) if findings.kept.is_whole(at) => {
            findings.report(
                &codes::SCORE_VALUE,
                at,
                "there is neither a `value` nor an `absentReason`",
            );
        }
        (None, _) => {}
    }
}

fn range(at: &str, score: ScoreCode, value: Decimal, findings: &mut Findings<'_>) {
    let Some((least, most)) = score.definition().range else {
        return;
    };
    if value < Decimal::from(least) || value > Decimal::from(most) {
        let message = Message::value(Message::default(), value.to_string())
            .and(format!(" is outside {least} to {most}, the range of `{score}`"));
        findings.report(&codes::SCORE_RANGE, at, message);
    }
}

/// Scores again from the answers, if they are there and are all there.
fn items(at: &str, assessment: &Assessment, score: &Score, findings: &mut Findings<'_>) {
    if assessment.answers.is_empty() {
        return;
    }
    let Some(scored) = instruments::score(score.score, &assessment.answers) else {
        return;
    };
    if let Some(answered) = score
        .answered
        .filter(|answered| answered.get() != u32::from(scored.answered))
    {
        let message = Message::text(format!("{} items of this score were answered, not ", scored.answered))
            .value(answered.get().to_string());
        findings.report(&codes::ANSWER_COUNT, &format!("{at}/answered"), message);
    }
    let Some(stated) = score.value.as_ref().map(crate::primitive::Decimal::value) else {
        return;
    };
    match scored.value {
        None => {
            let message = format!("only {} of {} items were answered", scored.answered, scored.items);
            findings.report(
                &codes::SCORE_TOO_MANY_MISSING,
                &format!("{at}/value"),
                Message::text(message),
            );
        }
        Some(value) if value != stated => {
            let way = if scored.method == ScoringMethod::Complete {
                "add up to "
            } else {
                "are prorated to "
            };
            let message = Message::text("the score is ")
                .value(stated.to_string())
                .and(", but the answers ")
                .and(way)
                .value(value.normalize().to_string());
            findings.report(&codes::SCORE_CONTRADICTS_ITEMS, &format!("{at}/value"), message);
        }
        Some(_) => {}
    }
}

fn subscales(at: &str, assessment: &Assessment, findings: &mut Findings<'_>) {
    let place = |code| assessment.scores.iter().position(|score| score.score == code);
    let value = |code| {
        place(code)
            .and_then(|index| assessment.scores.get(index)?.value.as_ref())
            .map(crate::primitive::Decimal::value)
    };
    let clusters: Option<Vec<Decimal>> = PCL5_CLUSTERS.into_iter().map(value).collect();
    let (Some(index), Some(total), Some(clusters)) =
        (place(ScoreCode::Pcl5Total), value(ScoreCode::Pcl5Total), clusters)
    else {
        return;
    };
    let sum: Decimal = clusters.iter().sum();
    // With answers at hand the total was compared with them already.
    if assessment.answers.is_empty() && sum != total {
        let message = Message::text("the total is ")
            .value(total.to_string())
            .and(", but the clusters add up to ")
            .value(sum.to_string());
        findings.report(
            &codes::SCORE_CONTRADICTS_SUBSCALES,
            &format!("{at}/scores/{index}/value"),
            message,
        );
    }
}
