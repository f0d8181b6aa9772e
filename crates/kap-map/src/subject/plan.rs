//! CarePlan: the larger plan, the KAP plan within it and the integration plan within that, with US Core's must-haves.
//!
//! <https://hl7.org/fhir/R4/careplan.html>

use fhirbolt::model::r4::resources::CarePlan;
use fhirbolt::model::r4::types::{CodeableConcept, Extension, ExtensionValue};
use kap_record::model::course::Course;
use kap_record::model::life_cycle::Kind;
use kap_record::model::plan::{BoosterRule, Plan, PlanType};

use super::{activity, course, score};
use crate::code::{Local, concept, hl7};
use crate::element::{self, code_value, duration, period};
use crate::extension::{kap, kap_parts, part};
use crate::label::Labels;
use crate::mapping::Mapping;
use crate::place::Placed;
use crate::profile::Profile;
use crate::source::Source;
use crate::status::status_unless_withdrawn;

pub(super) fn map<'r>(plan: &Placed<'r, Plan>, mapping: &mut Mapping<'r>) {
    let source = Source::of(plan).claiming(Profile::IntegrationCarePlan);
    let labels = labels(plan, &mapping.record().course);
    mapping.add(source, labels, |mapping| CarePlan {
        part_of: plan
            .part_of_id
            .iter()
            .map(|id| *mapping.reference(Kind::Plan, id))
            .collect(),
        status: status_unless_withdrawn(&plan.entry, plan.status.as_str()).into(),
        intent: "plan".into(),
        category: categories(plan, mapping),
        subject: mapping.patient(),
        period: Some(period(&plan.period).into()),
        author: Some(mapping.practitioner(&plan.author_id)),
        care_team: mapping
            .record()
            .care_team
            .iter()
            .map(|team| *mapping.reference(Kind::CareTeam, &team.id))
            .collect(),
        addresses: mapping.references(Kind::Condition, &plan.condition_ids),
        goal: mapping.references(Kind::Goal, &plan.goal_ids),
        activity: plan
            .activities
            .iter()
            .map(|planned| activity::planned(planned, mapping))
            .collect(),
        extension: extension(plan, mapping),
        ..Default::default()
    });
    for activity in plan.each("activities", &plan.object().activities) {
        activity::map(&activity, plan, mapping);
    }
}

/// US Core's category, then which of the three plans it is; the plan of the course says which program it follows.
fn categories(plan: &Plan, mapping: &Mapping<'_>) -> Vec<CodeableConcept> {
    let course = &mapping.record().course;
    let program = (plan.plan_type == PlanType::Kap).then(|| concept(course.program.coding()));
    [
        concept(hl7::care_plan_category("assess-plan")),
        concept(plan.plan_type.coding()),
    ]
    .into_iter()
    .chain(program)
    .collect()
}

/// The phase of the course for its own plan, and what calls for a booster session.
fn extension(plan: &Plan, mapping: &Mapping<'_>) -> Vec<Extension> {
    let phase = mapping.record().course.phase;
    let phase = (plan.plan_type == PlanType::Kap).then(|| kap("kap-phase", code_value(phase.as_str())));
    phase
        .into_iter()
        .chain(plan.booster_rules.iter().filter_map(booster_rule))
        .collect()
}

fn booster_rule(rule: &BoosterRule) -> Option<Extension> {
    let concept = |code| ExtensionValue::CodeableConcept(Box::new(score::code(code)));
    let rise = |value| ExtensionValue::Quantity(element::score(value).into());
    let interval = rule.interval.as_ref().map(|interval| {
        let length = duration(&interval.value.get().to_string(), interval.unit.as_str());
        ExtensionValue::Duration(length.into())
    });
    let parts = [
        ("trigger", Some(code_value(rule.trigger.as_str()))),
        ("score", rule.score.map(concept)),
        ("rise", rule.rise.as_ref().map(rise)),
        ("interval", interval),
    ];
    kap_parts(
        "kap-booster-rule",
        parts.into_iter().filter_map(|(name, value)| Some(part(name, value?))),
    )
}

/// A plan tells as much as the instruments that its rules watch, and the plan of the course which program it follows.
fn labels(plan: &Plan, course: &Course) -> Labels {
    let scores = plan.booster_rules.iter().filter_map(|rule| rule.score);
    let labels = scores.map(|code| score::labels(code.definition().instrument));
    let own = match plan.plan_type {
        PlanType::Kap => course::labels(course),
        _ => Labels::clinical(),
    };
    labels.fold(own, |mark, labels| mark.raised_by(&labels))
}
