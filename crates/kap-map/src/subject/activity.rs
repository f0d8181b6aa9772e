//! An activity of a plan: what is planned in the CarePlan itself, and the Task by which it is carried out. <https://hl7.org/fhir/R4/task.html>

use fhirbolt::model::r4::resources::{
    CarePlanActivity, CarePlanActivityDetail, CarePlanActivityDetailScheduled, Task, TaskInput, TaskInputValue,
    TaskRestriction,
};
use fhirbolt::model::r4::types::{CodeableConcept, Extension, ExtensionValue, Period, Reference};
use kap_record::model::integration::{Integration, IntegrationRole};
use kap_record::model::life_cycle::Kind;
use kap_record::model::plan::{Activity, ActivityStatus, Pacing, Plan, PlanElement};
use kap_record::model::session::Session;
use kap_record::primitive::Date;

use super::dosage::timing;
use super::observation::observable;
use super::therapy;
use crate::code::{Code, Local, concept, snomed, synonyms};
use crate::element::{extensions, quantity, time_span};
use crate::extension::{kap, kap_parts, part};
use crate::label::Labels;
use crate::mapping::Mapping;
use crate::place::Placed;
use crate::source::Source;
use crate::status::status_unless_withdrawn;

/// The activity as its plan has it. The Task is what became of it, since R4 allows no reference beside a detail (cpl-3).
pub(super) fn planned(activity: &Activity, mapping: &Mapping<'_>) -> CarePlanActivity {
    CarePlanActivity {
        outcome_reference: vec![*mapping.reference(Kind::Activity, &activity.id)],
        detail: Some(CarePlanActivityDetail {
            kind: Some(kind(activity.element).into()),
            code: Some(code(activity).into()),
            goal: mapping.references(Kind::Goal, &activity.goal_ids),
            status: status_unless_withdrawn(&activity.entry, activity.status.as_str()).into(),
            scheduled: scheduled(activity),
            performer: activity.performer.iter().map(|actor| *mapping.actor(actor)).collect(),
            description: mapping.words(activity.description.as_str()).map(Into::into),
            extension: extensions([window(activity), activity.pacing.as_ref().and_then(pacing)]),
            ..Default::default()
        }),
        ..Default::default()
    }
}

/// The Task by which the activity is carried out.
pub(super) fn map<'r>(activity: &Placed<'r, Activity>, plan: &Plan, mapping: &mut Mapping<'r>) {
    mapping.withhold_words(activity.member("description"));
    mapping.add(Source::of(activity), Labels::clinical(), |mapping| Task {
        based_on: vec![*mapping.reference(Kind::Plan, &plan.id)],
        status: status_unless_withdrawn(&activity.entry, task_status(activity.status)).into(),
        intent: "plan".into(),
        code: Some(code(activity).into()),
        description: mapping.words(activity.description.as_str()).map(Into::into),
        r#for: Some(mapping.patient()),
        encounter: activity
            .session_id
            .as_ref()
            .map(|id| mapping.reference(Kind::Session, id)),
        last_modified: Some(activity.entry.recorded_at.as_str().into()),
        requester: Some(mapping.practitioner(&plan.author_id)),
        owner: activity.performer.as_ref().map(|actor| mapping.actor(actor)),
        reason_reference: created_in(activity, mapping).map(Into::into),
        restriction: activity.due.as_ref().map(|due| TaskRestriction {
            period: Some(until(due).into()),
            ..Default::default()
        }),
        input: insights(activity, mapping),
        ..Default::default()
    });
}

/// What the activity adds to the plan, and the behavior that it is to become.
fn code(activity: &Activity) -> CodeableConcept {
    let standard: Option<Code> = match activity.element {
        PlanElement::OngoingPsychotherapy => Some(snomed::PSYCHOTHERAPY),
        PlanElement::CognitiveBehavioralSkills => Some(snomed::COGNITIVE_BEHAVIORAL_THERAPY),
        PlanElement::CopingSkills => Some(snomed::COPING_SUPPORT),
        PlanElement::RelaxationBreathing => Some(snomed::RELAXATION_EDUCATION),
        PlanElement::SleepHygiene => Some(snomed::SLEEP_HYGIENE_EDUCATION),
        PlanElement::Exercise => Some(snomed::EXERCISE_EDUCATION),
        PlanElement::Nutrition => Some(snomed::NUTRITION_EDUCATION),
        PlanElement::Lifestyle => Some(snomed::LIFESTYLE_EDUCATION),
        _ => None,
    };
    let behavior = activity.behavior.map(Local::coding);
    synonyms(
        [activity.element.coding()]
            .into_iter()
            .chain(behavior)
            .chain(standard.map(Into::into)),
    )
}

/// Therapy happens by appointment, all else is done by somebody.
fn kind(element: PlanElement) -> &'static str {
    match element {
        PlanElement::OngoingPsychotherapy
        | PlanElement::PreparationSessions
        | PlanElement::DosingSessions
        | PlanElement::IntegrationSessions
        | PlanElement::BoosterSessions => "Appointment",
        _ => "Task",
    }
}

/// How often; else within which window after a dose; else by when.
fn scheduled(activity: &Activity) -> Option<CarePlanActivityDetailScheduled> {
    if let Some(schedule) = &activity.schedule {
        return Some(CarePlanActivityDetailScheduled::Timing(timing(schedule).into()));
    }
    let window = activity
        .integration_window
        .as_ref()
        .map(|window| time_span(&window.start, window.end.as_ref()));
    let period = window.or_else(|| activity.due.as_ref().map(until))?;
    Some(CarePlanActivityDetailScheduled::Period(period.into()))
}

fn until(due: &Date) -> Period {
    Period {
        end: Some(due.as_str().into()),
        ..Default::default()
    }
}

fn window(activity: &Activity) -> Option<Extension> {
    let window = activity.integration_window.as_ref()?;
    let period = time_span(&window.start, window.end.as_ref());
    Some(kap("kap-integration-window", ExtensionValue::Period(period.into())))
}

fn pacing(pacing: &Pacing) -> Option<Extension> {
    let days = ExtensionValue::UnsignedInt(pacing.minimum_days_between_doses.get().into());
    let cap = pacing
        .dose_step_cap
        .as_ref()
        .map(|cap| ExtensionValue::Quantity(quantity(cap).into()));
    let cap = cap.map(|cap| part("dose-step-cap", cap));
    kap_parts(
        "kap-pacing",
        [part("minimum-days-between-doses", days)].into_iter().chain(cap),
    )
}

/// A Task knows no stop after the beginning: the detail in the plan tells `stopped` from `cancelled`.
fn task_status(status: ActivityStatus) -> &'static str {
    match status {
        ActivityStatus::NotStarted => "requested",
        ActivityStatus::Scheduled => "accepted",
        ActivityStatus::Stopped => "cancelled",
        other => other.as_str(),
    }
}

/// The action steps of the session that created the activity.
fn created_in(activity: &Activity, mapping: &Mapping<'_>) -> Option<Reference> {
    let created = |(_, integration): &(&Session, &Integration)| integration.activity_ids.contains(&activity.id);
    let (session, _) = integrations(mapping).find(created)?;
    therapy::serving(IntegrationRole::ActionSteps, session, mapping).pop()
}

/// The insights on which the activity rests.
fn insights(activity: &Activity, mapping: &Mapping<'_>) -> Vec<TaskInput> {
    integrations(mapping)
        .flat_map(|(_, integration)| &integration.insights)
        .filter(|insight| insight.activity_ids.contains(&activity.id))
        .map(|insight| TaskInput {
            r#type: concept(observable("insight")).into(),
            value: TaskInputValue::Reference(mapping.reference(Kind::Insight, &insight.id)),
            ..Default::default()
        })
        .collect()
}

fn integrations<'r>(mapping: &Mapping<'r>) -> impl Iterator<Item = (&'r Session, &'r Integration)> {
    let sessions = mapping.record().sessions.iter();
    sessions.filter_map(|session| Some((session, session.integration.as_ref()?)))
}
