//! The course and what is settled before the first dose.

use serde_json::{Value, json};

use super::draft::{Draft, PRESCRIBER, THERAPIST, whole};
use super::session::Schedule;

pub(super) fn intake(draft: &mut Draft, schedule: &Schedule) -> Value {
    json!({
        "course": course(draft, schedule),
        "conditions": [condition(draft)],
        "factors": factors(draft),
        "consents": consents(draft),
        "screenings": [screening(draft)],
        "labResults": [{
            "id": draft.id("lab"), "entry": draft.entry(1, 600, PRESCRIBER), "test": "alanine-aminotransferase",
            "collectedAt": draft.calendar.date(1), "value": {"value": draft.random.between(10, 50), "unit": "U/L"},
        }],
        "safetyChecks": [safety_check(draft)],
        "education": [{
            "id": draft.id("education"), "entry": draft.entry(3, 700, THERAPIST), "topic": "expectation-setting",
            "givenAt": draft.calendar.date(3), "givenById": draft.id(THERAPIST),
        }],
    })
}

fn course(draft: &mut Draft, schedule: &Schedule) -> Value {
    let mut course = json!({
        "id": draft.id("course"), "entry": draft.entry(0, 540, PRESCRIBER),
        "program": schedule.product.program, "protocol": "individual",
        "phase": "follow-up", "status": "active", "period": {"start": draft.calendar.date(0)},
        "organizationId": draft.id("clinic"), "practitionerId": draft.id(PRESCRIBER), "indicationIds": [draft.id("condition")],
    });
    if draft.random.chance(50) {
        course["status"] = "finished".into();
        course["period"]["end"] = draft.calendar.date(schedule.last_day()).into();
        course["endReason"] = draft
            .random
            .pick(["completed", "patient-choice", "non-response"])
            .into();
    }
    course
}

fn condition(draft: &mut Draft) -> Value {
    let (code, name) = draft.random.pick([
        ("370143000", "Major depressive disorder"),
        ("47505003", "Posttraumatic stress disorder"),
        ("21897009", "Generalized anxiety disorder"),
    ]);
    json!({
        "id": draft.id("condition"), "entry": draft.entry(0, 545, PRESCRIBER), "category": "problem-list-item",
        "codings": [{"system": "http://snomed.info/sct", "code": code}], "name": name,
        "clinicalStatus": "active", "verificationStatus": "confirmed", "onset": draft.random.between(1990, 2020).to_string(),
        "assertedById": draft.id(PRESCRIBER), "failedTrials": draft.random.between(0, 6),
    })
}

fn factors(draft: &mut Draft) -> Value {
    ["trauma-history", "readiness", "life-stress", "support-systems"]
        .into_iter()
        .map(|factor| {
            json!({
                "id": draft.id(factor), "entry": draft.entry(0, 580, THERAPIST), "factor": factor,
                "assessedAt": draft.calendar.date(0), "assessedBy": draft.practitioner(THERAPIST),
                "rating": draft.random.between(0, 10),
            })
        })
        .collect()
}

fn consents(draft: &mut Draft) -> Value {
    let consent = |draft: &mut Draft, scope: &str, topics: &[&str]| {
        json!({
            "id": draft.id(scope), "entry": draft.entry(0, 600, PRESCRIBER), "scope": scope, "status": "active",
            "givenAt": draft.calendar.instant(0, 595), "givenBy": draft.patient(), "topics": topics,
            "policy": "https://synthetic.example.org/policies",
        })
    };
    let treatment = consent(
        draft,
        "treatment",
        &["off-label-use", "home-use", "psychotherapy-in-altered-state"],
    );
    let mut privacy = consent(draft, "privacy", &["record-disclosure"]);
    privacy["law"] = "hipaa".into();
    privacy["provisions"] = json!([{"effect": "permit", "purposes": ["treatment"]}]);
    json!([treatment, privacy])
}

fn screening(draft: &mut Draft) -> Value {
    let questions = [
        "uncontrolled-hypertension",
        "active-psychosis",
        "interstitial-cystitis",
        "benzodiazepine",
    ];
    let answers: Vec<Value> = questions
        .into_iter()
        .map(|question| {
            let mut answer = json!({"question": question, "answer": draft.random.pick(["no", "no", "unknown"])});
            draft.perhaps(30, &mut answer, "remark", |draft| draft.words().into());
            answer
        })
        .collect();
    json!({
        "id": draft.id("screening"), "entry": draft.entry(0, 640, PRESCRIBER),
        "screenedAt": draft.calendar.instant(0, 620), "screenedById": draft.id(PRESCRIBER), "answers": answers,
        "vitalSigns": [{
            "id": "1", "measuredAt": draft.calendar.instant(0, 625), "measuredBy": draft.practitioner(PRESCRIBER),
            "systolic": whole(draft.random.between(100, 138), "mm[Hg]"), "diastolic": whole(draft.random.between(60, 88), "mm[Hg]"),
        }],
        "eligibility": draft.random.pick(["eligible", "eligible-with-conditions"]), "decidedById": draft.id(PRESCRIBER),
    })
}

fn safety_check(draft: &mut Draft) -> Value {
    let mut check = json!({
        "id": draft.id("pdmp"), "entry": draft.entry(2, 600, PRESCRIBER), "step": "pdmp-reviewed",
        "doneAt": draft.calendar.date(2), "doneById": draft.id(PRESCRIBER),
    });
    draft.perhaps(70, &mut check, "result", |draft| draft.words().into());
    check
}
