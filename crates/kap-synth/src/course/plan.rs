//! Goals and the three plans.

use serde_json::{Value, json};

use super::draft::{Draft, PRESCRIBER, THERAPIST};
use super::session::Schedule;

pub(super) fn plans(draft: &mut Draft, schedule: &Schedule) -> Value {
    let goal = json!({
        "id": draft.id("goal"), "entry": draft.entry(3, 720, THERAPIST), "domain": "depression-severity",
        "description": "Feel better on most days", "expressedBy": draft.patient(), "status": "active",
        "achievement": draft.random.pick(["in-progress", "improving", "achieved", "no-change"]),
        "start": draft.calendar.date(3),
        "targets": [{"score": "phq9-total", "direction": "at-most", "value": 4, "due": draft.calendar.date(schedule.last_day())}],
        "conditionIds": [draft.id("condition")], "outcomeAssessmentIds": [draft.id("phq-0")],
    });
    let therapy = activity(draft, "therapy", "ongoing-psychotherapy", "Psychotherapy every week");
    let step = activity(draft, "step", "action-step", "One small step a day");
    let booster = json!([{"trigger": "score-rise", "score": "phq9-total", "rise": draft.random.between(4, 8)}]);
    let treatment = plan(draft, "treatment", None, &[therapy]);
    let mut kap = plan(draft, "kap", Some("treatment"), &[]);
    kap["boosterRules"] = booster;
    let integration = plan(draft, "integration", Some("kap"), &[step]);
    json!({"goals": [goal], "plans": [treatment, kap, integration]})
}

fn activity(draft: &mut Draft, id: &str, element: &str, description: &str) -> Value {
    json!({
        "id": draft.id(id), "entry": draft.entry(4, 600, THERAPIST), "element": element, "description": description,
        "status": "in-progress", "performer": draft.patient(), "goalIds": [draft.id("goal")],
    })
}

fn plan(draft: &mut Draft, plan_type: &str, part_of: Option<&str>, activities: &[Value]) -> Value {
    let mut plan = json!({
        "id": draft.id(&format!("plan-{plan_type}")), "entry": draft.entry(4, 610, PRESCRIBER), "planType": plan_type,
        "status": "active", "period": {"start": draft.calendar.date(4)}, "authorId": draft.id(PRESCRIBER),
        "goalIds": [draft.id("goal")],
    });
    if let Some(whole) = part_of {
        plan["partOfId"] = draft.id(&format!("plan-{whole}")).into();
    }
    if !activities.is_empty() {
        plan["activities"] = activities.into();
    }
    plan
}
