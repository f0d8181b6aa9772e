//! Instruments filled in along the course.

use serde_json::{Value, json};

use super::draft::{Draft, THERAPIST};
use super::session::Schedule;

pub(super) fn assessments(draft: &mut Draft, schedule: &Schedule) -> Value {
    let mut assessments = vec![phq9(draft, 0), history(draft)];
    for (_, day, _) in &schedule.talks {
        assessments.push(phq9(draft, *day));
    }
    assessments.push(score_only(draft, schedule.last_day()));
    let growth = draft.random.pick(["hope", "connection-self", "relationships"]);
    json!({
        "assessments": assessments,
        "growthRatings": [{
            "id": draft.id("growth"), "entry": draft.entry(schedule.last_day(), 600, THERAPIST), "growth": growth,
            "rating": draft.random.between(0, 10), "ratedAt": draft.calendar.date(schedule.last_day()), "ratedBy": draft.patient(),
        }],
        "behaviorReports": [{
            "id": draft.id("behavior"), "entry": draft.entry(schedule.last_day(), 605, THERAPIST), "behavior": "practise-skills",
            "timesPerWeek": draft.random.between(0, 14), "reportedAt": draft.calendar.date(schedule.last_day()),
            "reportedBy": draft.patient(), "activityId": draft.id("step"),
        }],
    })
}

fn taken(draft: &mut Draft, id: &str, instrument: &str, day: i32) -> Value {
    json!({
        "id": draft.id(id), "entry": draft.entry(day, 570, THERAPIST), "instrument": instrument,
        "takenAt": draft.calendar.instant(day, 560), "mode": "self-report", "administeredBy": draft.patient(),
    })
}

/// A PHQ-9 whose score is the sum of its answers.
fn phq9(draft: &mut Draft, day: i32) -> Value {
    let points: Vec<i32> = (0..9).map(|_| draft.random.between(0, 3)).collect();
    let mut assessment = taken(draft, &format!("phq-{day}"), "phq-9", day);
    assessment["answers"] = answers(&points);
    assessment["scores"] = json!([{"score": "phq9-total", "value": points.iter().sum::<i32>()}]);
    draft.perhaps(
        20,
        &mut assessment,
        "remarks",
        |draft| json!([{"item": 9, "text": draft.words()}]),
    );
    assessment
}

/// An account of childhood or of events whose answers stay: only the count leaves.
fn history(draft: &mut Draft) -> Value {
    let (instrument, score, items) = draft
        .random
        .pick([("ace", "ace-total", 10), ("lec-5", "lec5-happened", 17)]);
    let points: Vec<i32> = (0..items).map(|_| draft.random.between(0, 1)).collect();
    let mut assessment = taken(draft, "history", instrument, 0);
    assessment["withheldAnswers"] = answers(&points);
    assessment["scores"] = json!([{"score": score, "value": points.iter().sum::<i32>(), "answered": items}]);
    assessment
}

fn score_only(draft: &mut Draft, day: i32) -> Value {
    let (instrument, score, least, most) = draft.random.pick([
        ("ders-16", "ders16-total", 16, 80),
        ("aaq-ii", "aaq2-total", 7, 49),
        ("madrs", "madrs-total", 0, 60),
        ("wsas", "wsas-total", 0, 40),
    ]);
    let mut assessment = taken(draft, "outcome", instrument, day);
    assessment["scores"] = if draft.random.chance(90) {
        json!([{"score": score, "value": draft.random.between(least, most)}])
    } else {
        json!([{"score": score, "absentReason": "asked-declined"}])
    };
    assessment
}

fn answers(points: &[i32]) -> Value {
    (1..)
        .zip(points)
        .map(|(item, value): (i32, _)| json!({"item": item, "value": value}))
        .collect()
}
