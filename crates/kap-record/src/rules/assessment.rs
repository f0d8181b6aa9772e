//! Answers: items that exist, points that are possible, nothing that must stay.

use kap_json::Message;
use rust_decimal::Decimal;

use super::{Facts, Findings, held, repeated};
use crate::codes;
use crate::model::assessment::{Answer, Assessment, InstrumentCode};
use crate::sensitivity::Withheld;

pub(super) fn judge(facts: &Facts<'_>, findings: &mut Findings<'_>) {
    for (at, assessment) in held("/assessments", &facts.record.assessments) {
        present(&at, assessment, findings);
        version(&at, assessment, findings);
        let withheld: Vec<Answer> = assessment
            .withheld_answers
            .iter()
            .map(Withheld::reveal)
            .cloned()
            .collect();
        answers(
            &format!("{at}/answers"),
            assessment.instrument,
            &assessment.answers,
            findings,
        );
        answers(
            &format!("{at}/withheldAnswers"),
            assessment.instrument,
            &withheld,
            findings,
        );
        if assessment.instrument.definition().withholds_answers && !assessment.answers.is_empty() {
            let message = format!("the answers to `{}` stay in the clinic", assessment.instrument);
            findings.report(
                &codes::ANSWER_WITHHELD,
                &format!("{at}/answers"),
                Message::text(message),
            );
        }
    }
}

fn present(at: &str, assessment: &Assessment, findings: &mut Findings<'_>) {
    let empty = assessment.answers.is_empty() && assessment.withheld_answers.is_empty() && assessment.scores.is_empty();
    if empty && findings.kept.is_whole(at) {
        findings.report(&codes::ASSESSMENT_EMPTY, at, "there are neither answers nor scores");
    }
}

/// The checklists for DSM-IV are often filed under the name of their successor.
fn version(at: &str, assessment: &Assessment, findings: &mut Findings<'_>) {
    let Some(version) = assessment
        .version
        .as_ref()
        .filter(|_| assessment.instrument == InstrumentCode::Pcl5)
    else {
        return;
    };
    let name = version.as_str().to_ascii_uppercase();
    if ["PCL-C", "PCL-M", "PCL-S", "DSM-IV"]
        .iter()
        .any(|older| name.contains(older))
    {
        let message = Message::text("the version ")
            .value(version.as_str())
            .and(" is a checklist for DSM-IV, not the PCL-5");
        findings.report(&codes::INSTRUMENT_VERSION, &format!("{at}/version"), message);
    }
}

fn answers(list: &str, instrument: InstrumentCode, answers: &[Answer], findings: &mut Findings<'_>) {
    let definition = instrument.definition();
    for (index, answer) in repeated(answers, |answer| answer.item) {
        let message = Message::text("item ")
            .value(answer.item.get().to_string())
            .and(" was answered before");
        findings.report(&codes::ANSWER_TWICE, &format!("{list}/{index}/item"), message);
    }
    for (index, answer) in answers.iter().enumerate() {
        if let Some(items) = definition.items.filter(|items| answer.item.get() > *items) {
            let message = format!("`{instrument}` has {items} items");
            findings.report(
                &codes::ANSWER_ITEM,
                &format!("{list}/{index}/item"),
                Message::text(message),
            );
        }
        let value = answer.value.value();
        if let Some((least, most)) = definition.item_range
            && (value < Decimal::from(least) || value > Decimal::from(most))
        {
            let message = Message::value(Message::default(), value.to_string()).and(format!(
                " is outside {least} to {most}, the points of an item of `{instrument}`"
            ));
            findings.report(&codes::ANSWER_RANGE, &format!("{list}/{index}/value"), message);
        }
    }
}
