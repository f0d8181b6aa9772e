//! Goal: what the patient wants to reach, with US Core's must-haves. <https://hl7.org/fhir/R4/goal.html>

use fhirbolt::model::r4::resources::{self, GoalStart, GoalTarget, GoalTargetDetail, GoalTargetDue};
use fhirbolt::model::r4::types::{CodeableConcept, Range, Reference};
use kap_record::model::goal::{Goal, Target, TargetDirection};
use kap_record::model::life_cycle::Kind;

use super::integration::PATTERN_LINK;
use super::{growth_rating, pattern_rating, score};
use crate::code::{Local, concept, hl7};
use crate::element;
use crate::label::Labels;
use crate::mapping::Mapping;
use crate::place::Placed;
use crate::profile::Profile;
use crate::source::Source;
use crate::status::status_unless_withdrawn;

pub(super) fn map<'r>(goal: &Placed<'r, Goal>, mapping: &mut Mapping<'r>) {
    mapping.withhold_words(goal.member("description"));
    mapping.add(Source::of(goal).claiming(Profile::Goal), labels(goal), |mapping| {
        resources::Goal {
            lifecycle_status: status_unless_withdrawn(&goal.entry, goal.status.as_str()).into(),
            achievement_status: goal
                .achievement
                .map(|achievement| concept(hl7::goal_achievement(achievement.as_str())).into()),
            category: categories(goal),
            description: description(goal, mapping).into(),
            subject: mapping.patient(),
            start: Some(GoalStart::Date(goal.start.as_str().into())),
            target: goal.targets.iter().map(target).collect(),
            expressed_by: Some(mapping.actor(&goal.expressed_by)),
            addresses: addresses(goal, mapping),
            outcome_reference: outcomes(goal, mapping),
            ..Default::default()
        }
    });
}

/// The goal in the patient's words; the domain in which it lies if these stay.
fn description(goal: &Goal, mapping: &Mapping<'_>) -> CodeableConcept {
    match mapping.words(goal.description.as_str()) {
        Some(words) => CodeableConcept {
            text: Some(words.into()),
            ..Default::default()
        },
        None => concept(goal.domain.coding()),
    }
}

/// Behavioral, and the domain, growth and patterns in which it lies.
fn categories(goal: &Goal) -> Vec<CodeableConcept> {
    [concept(hl7::goal_category("behavioral")), concept(goal.domain.coding())]
        .into_iter()
        .chain(goal.growth.map(growth_rating::code))
        .chain(goal.patterns.iter().copied().map(pattern_rating::code))
        .collect()
}

/// A score, or a rating of growth, on the right side of a value.
fn target(target: &Target) -> GoalTarget {
    let value = Some(element::score(&target.value).into());
    let range = match target.direction {
        TargetDirection::AtMost => Range {
            high: value,
            ..Default::default()
        },
        TargetDirection::AtLeast => Range {
            low: value,
            ..Default::default()
        },
    };
    let measure = target
        .score
        .map(score::code)
        .or_else(|| target.growth.map(growth_rating::code));
    GoalTarget {
        // R4 allows a value only beside what it is measured by (gol-1).
        detail: measure.is_some().then(|| GoalTargetDetail::Range(range.into())),
        measure: measure.map(Into::into),
        due: target
            .due
            .as_ref()
            .map(|date| GoalTargetDue::Date(date.as_str().into())),
        ..Default::default()
    }
}

/// Conditions, and what integration sessions found: insights on which the goal rests and links to patterns.
fn addresses(goal: &Goal, mapping: &Mapping<'_>) -> Vec<Reference> {
    let mut addressed = mapping.references(Kind::Condition, &goal.condition_ids);
    for session in &mapping.record().sessions {
        let Some(integration) = &session.integration else {
            continue;
        };
        let insights = integration
            .insights
            .iter()
            .filter(|insight| insight.goal_ids.contains(&goal.id));
        addressed.extend(insights.map(|insight| *mapping.reference(Kind::Insight, &insight.id)));
        let links = integration
            .pattern_links
            .iter()
            .filter(|link| link.goal_id.as_ref() == Some(&goal.id));
        addressed.extend(
            links.map(|link| *mapping.part_reference(Kind::Session, &session.id, &[PATTERN_LINK, link.id.as_str()])),
        );
    }
    addressed
}

/// The scores of the assessments that show how far it is reached.
fn outcomes(goal: &Goal, mapping: &Mapping<'_>) -> Vec<Reference> {
    let assessments = mapping.record().assessments.iter();
    assessments
        .filter(|assessment| goal.outcome_assessment_ids.contains(&assessment.id))
        .flat_map(|assessment| assessment.scores.iter().map(|scored| (&assessment.id, scored.score)))
        .map(|(id, score)| *mapping.score_reference(id, Some(score)))
        .collect()
}

/// A goal tells as much as the instruments by which it is measured.
fn labels(goal: &Goal) -> Labels {
    let scores = goal.targets.iter().filter_map(|target| target.score);
    let labels = scores.map(|code| score::labels(code.definition().instrument));
    labels.fold(Labels::clinical(), |mark, labels| mark.raised_by(&labels))
}
