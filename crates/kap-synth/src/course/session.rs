//! Sessions of the four types, and the notes about them.

use serde_json::{Value, json};

use super::dosing::{Product, adverse_event, dosing, vital_signs};
use super::draft::{COMPANION, Draft, PRESCRIBER, THERAPIST, whole};

/// Minutes after midnight at which doses are given and talks begin.
const DOSE_AT: i32 = 10 * 60;
const TALK_AT: i32 = 15 * 60;

/// Which sessions a course has, and on which days.
pub(super) struct Schedule {
    pub(super) product: Product,
    /// Body weight in kg.
    pub(super) weight: i32,
    /// Dosing sessions of the induction, and boosters after it: name and day.
    pub(super) doses: Vec<(String, i32)>,
    /// Integration sessions: name, day, and the dosing session before.
    pub(super) talks: Vec<(String, i32, String)>,
}

impl Schedule {
    pub(super) fn drawn(draft: &mut Draft, product: Product) -> Self {
        let mut schedule = Self {
            product,
            weight: draft.random.between(50, 110),
            doses: Vec::new(),
            talks: Vec::new(),
        };
        let mut day = 7;
        for number in 1..=draft.random.between(1, 4) {
            schedule.doses.push((format!("dosing-{number}"), day));
            day += draft.random.between(3, 10);
        }
        if draft.random.chance(30) {
            schedule
                .doses
                .push(("booster-1".to_owned(), day + draft.random.between(60, 150)));
        }
        for (number, (dose, day)) in (1..).zip(&schedule.doses) {
            let talk = (
                format!("integration-{number}"),
                day + draft.random.between(1, 3),
                dose.clone(),
            );
            schedule.talks.push(talk);
        }
        schedule
    }

    /// A day after the last session.
    pub(super) fn last_day(&self) -> i32 {
        self.talks.iter().map(|(_, day, _)| day + 30).max().unwrap_or(30)
    }
}

pub(super) fn sessions(draft: &mut Draft, schedule: &Schedule) -> Value {
    let mut sessions = vec![preparation(draft)];
    let mut events = Vec::new();
    for (number, (name, day)) in (1..).zip(&schedule.doses) {
        sessions.push(dose_session(draft, schedule, name, number, *day));
        if draft.random.chance(25) {
            events.push(adverse_event(draft, name, *day, DOSE_AT));
        }
    }
    for (number, (name, day, dose)) in (1..).zip(&schedule.talks) {
        sessions.push(integration_session(draft, name, number, *day, dose));
    }
    json!({"sessions": sessions, "adverseEvents": events})
}

/// A session held from `from` to `to`, in minutes after midnight.
fn held(draft: &mut Draft, name: &str, number: i32, day: i32, (from, to): (i32, i32)) -> Value {
    json!({
        "id": draft.id(name), "entry": draft.entry(day, to + 30, THERAPIST),
        "sessionType": name.split('-').next(), "number": number, "phase": "induction", "status": "completed", "place": "in-clinic",
        "start": draft.calendar.instant(day, from), "end": draft.calendar.instant(day, to), "timeZone": draft.calendar.zone(),
        "organizationId": draft.id("clinic"), "participants": [{"actor": draft.practitioner(THERAPIST), "role": "lead-therapist"}],
        "attendance": draft.random.pick(["full", "late", "left-early"]),
        "psychotherapy": {
            "modality": draft.random.pick(["supportive", "somatic", "psychodynamic", "acceptance-commitment"]),
            "therapistIds": [draft.id(THERAPIST)], "duration": whole((to - from) / 2, "min"),
        },
    })
}

fn preparation(draft: &mut Draft) -> Value {
    let mut session = held(draft, "preparation-1", 1, 3, (TALK_AT, TALK_AT + 60));
    session["phase"] = "preparation".into();
    session
}

fn dose_session(draft: &mut Draft, schedule: &Schedule, name: &str, number: i32, day: i32) -> Value {
    let mut session = held(draft, name, number, day, (DOSE_AT - 30, DOSE_AT + 150));
    if name.starts_with("booster") {
        session["number"] = 1.into();
        session["phase"] = "maintenance".into();
    }
    if schedule.product.at_home {
        session["place"] = "at-home".into();
        session["participants"] = json!([{"actor": draft.companion(), "role": "chaperone"}]);
    }
    session["dosing"] = dosing(draft, schedule, name, day, DOSE_AT);
    session["vitalSigns"] = vital_signs(draft, schedule, day, DOSE_AT);
    session["scales"] = json!([{
        "id": "1", "ratedAt": draft.calendar.instant(day, DOSE_AT + 40), "timepoint": "peak", "minutesFromDose": 40,
        "ratedBy": draft.practitioner(THERAPIST), "score": "cadss-6", "value": draft.random.between(0, 24),
    }]);
    session["expectedEffects"] = json!([{
        "id": "1", "effect": draft.random.pick(["dissociation", "floating", "altered-time"]),
        "noticedAt": draft.calendar.instant(day, DOSE_AT + 12), "minutesFromDose": 12, "noticedBy": draft.practitioner(THERAPIST),
    }]);
    session["setAndSetting"] = set_and_setting(draft);
    session["discharge"] = json!({
        "assessedAt": draft.calendar.instant(day, DOSE_AT + 140), "assessedById": draft.id(PRESCRIBER),
        "criteria": [{"criterion": "oriented", "met": true}], "disposition": "home", "escortId": draft.id(COMPANION),
    });
    session
}

fn set_and_setting(draft: &mut Draft) -> Value {
    let mut setting = json!({"eyeshades": draft.random.chance(50), "light": draft.random.pick(["dark", "dim"])});
    draft.perhaps(70, &mut setting, "touchNegotiation", |draft| draft.words().into());
    draft.perhaps(70, &mut setting, "intention", |draft| draft.words().into());
    setting
}

fn integration_session(draft: &mut Draft, name: &str, number: i32, day: i32, dose: &str) -> Value {
    let mut session = held(draft, name, number, day, (TALK_AT, TALK_AT + 50));
    session["place"] = draft.random.pick(["remote", "in-clinic"]).into();
    let before = draft.random.between(0, 10);
    let mut integration = json!({
        "roles": ["meaning-making", "action-steps"], "dosingSessionIds": [draft.id(dose)],
        "distressBefore": before, "distressAfter": draft.random.between(0, before), "activityIds": [draft.id("step")],
    });
    draft.perhaps(70, &mut integration, "insights", |draft| {
        json!([insight(draft, number, day)])
    });
    draft.perhaps(40, &mut integration, "patternLinks", |draft| {
        json!([{"id": "1", "pattern": draft.random.pick(["self-criticism", "rigid-thinking"]), "goalId": draft.id("goal")}])
    });
    draft.perhaps(80, &mut integration, "surfacedMaterial", |draft| draft.words().into());
    session["integration"] = integration;
    session
}

fn insight(draft: &mut Draft, number: i32, day: i32) -> Value {
    let mut insight = json!({
        "id": draft.id(&format!("insight-{number}")), "entry": draft.entry(day, TALK_AT + 60, THERAPIST),
        "theme": draft.random.pick(["self", "relational", "emotional", "trauma", "somatic", "spiritual"]),
    });
    draft.perhaps(90, &mut insight, "text", |draft| draft.words().into());
    draft.perhaps(40, &mut insight, "inTreatmentPlan", |_| true.into());
    insight
}

/// Summaries that may leave, and process notes that never do.
pub(super) fn notes(draft: &mut Draft, schedule: &Schedule) -> Value {
    let mut summaries = Vec::new();
    let mut process_notes = Vec::new();
    for (name, day, _) in &schedule.talks {
        let mut note = json!({
            "id": draft.id(&format!("note-{name}")), "entry": draft.entry(*day, TALK_AT + 70, THERAPIST),
            "sessionId": draft.id(name), "authorId": draft.id(THERAPIST), "writtenAt": draft.calendar.instant(*day, TALK_AT + 65),
        });
        if draft.random.chance(50) {
            note["text"] = draft.words().into();
            process_notes.push(note);
        } else {
            note["noteType"] = "mental-health-progress".into();
            note["text"] = "Session held as planned.".into();
            summaries.push(note);
        }
    }
    json!({"summaryNotes": summaries, "processNotes": process_notes})
}
