//! Products, doses and what is seen around a dose.

use serde_json::{Value, json};

use super::draft::{Draft, PRESCRIBER, THERAPIST, tenths, whole};
use super::session::Schedule;

/// How ketamine is given in a course.
#[derive(Clone, Copy)]
pub(super) struct Product {
    pub(super) program: &'static str,
    pub(super) route: &'static str,
    pub(super) at_home: bool,
    medication_type: &'static str,
    form: &'static str,
    /// Least and most: mg by tenths of mg/kg if `by_weight`, otherwise pieces of `piece` mg.
    range: (i32, i32),
    by_weight: bool,
    piece: i32,
}

const INJECTION: Product = Product {
    program: "kap",
    route: "intravenous",
    at_home: false,
    medication_type: "racemic",
    form: "injection-solution",
    range: (5, 10),
    by_weight: true,
    piece: 0,
};
const COMPOUNDED: Product = Product {
    route: "sublingual",
    at_home: true,
    medication_type: "compounded",
    form: "lozenge",
    range: (2, 8),
    by_weight: false,
    piece: 50,
    ..INJECTION
};
const PRODUCTS: [Product; 7] = [
    INJECTION,
    Product {
        route: "intramuscular",
        ..INJECTION
    },
    Product {
        route: "subcutaneous",
        ..INJECTION
    },
    COMPOUNDED,
    Product {
        route: "oral",
        form: "capsule",
        ..COMPOUNDED
    },
    Product {
        route: "intranasal",
        form: "nasal-spray",
        range: (1, 3),
        ..COMPOUNDED
    },
    Product {
        program: "kap-esketamine",
        route: "intranasal",
        at_home: false,
        medication_type: "esketamine",
        form: "nasal-spray",
        range: (2, 3),
        piece: 28,
        ..COMPOUNDED
    },
];

impl Product {
    pub(super) fn drawn(draft: &mut Draft) -> Self {
        draft.random.pick(PRODUCTS)
    }

    fn is_esketamine(self) -> bool {
        self.medication_type == "esketamine"
    }
}

/// The product and the order for it.
pub(super) fn supplies(draft: &mut Draft, schedule: &Schedule) -> Value {
    let product = schedule.product;
    let mut prescription = json!({
        "id": draft.id("order"), "entry": draft.entry(2, 620, PRESCRIBER), "status": "active",
        "medicationId": draft.id("product"), "route": product.route, "doseBasis": "base",
        "authoredAt": draft.calendar.instant(2, 615), "prescriberId": draft.id(PRESCRIBER),
    });
    if product.by_weight {
        prescription["dosePerWeight"] = tenths(product.range.0, "mg/kg");
    } else {
        prescription["dose"] = whole(product.range.0 * product.piece, "mg");
    }
    json!({
        "medications": [{
            "id": draft.id("product"), "entry": draft.entry(2, 610, PRESCRIBER), "medicationType": product.medication_type,
            "name": format!("Synthetic {}", product.form), "form": product.form, "pharmacyId": draft.id("pharmacy"),
        }],
        "prescriptions": [prescription],
    })
}

/// The dosing part of a session, whose dose is taken at `minutes` of `day`.
pub(super) fn dosing(draft: &mut Draft, schedule: &Schedule, session: &str, day: i32, minutes: i32) -> Value {
    let product = schedule.product;
    let first = administration(draft, schedule, &format!("{session}-dose"), day, minutes);
    let mut administrations = vec![first];
    if product.route == "intramuscular" && draft.random.chance(50) {
        let second = administration(draft, schedule, &format!("{session}-dose-2"), day, minutes + 20);
        administrations.push(second);
    }
    let mut dosing = json!({"prescriptionId": draft.id("order"), "administrations": administrations});
    if product.is_esketamine() {
        dosing["rems"] = json!({
            "enrolled": true, "firstTreatment": session == "dosing-1", "minutesMonitored": whole(125, "min"),
            "vitalsAcceptableBefore": true, "vitalsAcceptableAfter": true, "submittedAt": draft.calendar.instant(day + 1, 540),
        });
    }
    if product.by_weight {
        draft.perhaps(60, &mut dosing, "waste", |draft| {
            json!({
                "amount": whole(draft.random.between(1, 60), "mg"),
                "wastedById": draft.id(PRESCRIBER), "witnessedById": draft.id(THERAPIST),
            })
        });
    }
    dosing
}

fn administration(draft: &mut Draft, schedule: &Schedule, id: &str, day: i32, minutes: i32) -> Value {
    let product = schedule.product;
    let amount = draft.random.between(product.range.0, product.range.1);
    let by = if product.by_weight {
        draft.practitioner(PRESCRIBER)
    } else {
        draft.patient()
    };
    let mut administration = json!({
        "id": draft.id(id), "entry": draft.entry(day, minutes + 60, PRESCRIBER), "status": "completed",
        "medicationId": draft.id("product"), "route": product.route, "doseBasis": "base",
        "startedAt": draft.calendar.instant(day, minutes), "administeredBy": by,
    });
    if product.by_weight {
        administration["dose"] = tenths(amount * schedule.weight, "mg");
        administration["dosePerWeight"] = tenths(amount, "mg/kg");
        administration["weightUsed"] = whole(schedule.weight, "kg");
    } else {
        administration["dose"] = whole(amount * product.piece, "mg");
    }
    match product.route {
        "intravenous" => {
            let length = draft.random.between(30, 60);
            administration["endedAt"] = draft.calendar.instant(day, minutes + length).into();
            administration["duration"] = whole(length, "min");
        }
        "sublingual" => {
            let then = draft.random.pick(["spit", "swallow"]);
            administration["technique"] = json!({"hold": whole(draft.random.between(5, 20), "min"), "then": then});
        }
        _ if product.is_esketamine() => administration["deviceCount"] = amount.into(),
        _ => {}
    }
    administration
}

/// Vital signs before the dose, at the peak and before leaving.
pub(super) fn vital_signs(draft: &mut Draft, schedule: &Schedule, day: i32, minutes: i32) -> Value {
    let by = if schedule.product.at_home {
        draft.patient()
    } else {
        draft.practitioner(PRESCRIBER)
    };
    [("pre-dose", -10), ("peak", 40), ("pre-discharge", 110)]
        .into_iter()
        .map(|(timepoint, offset)| {
            let rise = if timepoint == "peak" {
                draft.random.between(5, 25)
            } else {
                0
            };
            json!({
                "id": timepoint, "measuredAt": draft.calendar.instant(day, minutes + offset), "timepoint": timepoint,
                "minutesFromDose": offset, "measuredBy": by,
                "systolic": whole(draft.random.between(100, 138) + rise, "mm[Hg]"),
                "diastolic": whole(draft.random.between(60, 85) + rise / 2, "mm[Hg]"),
                "heartRate": whole(draft.random.between(55, 90) + rise / 2, "/min"),
                "oxygenSaturation": whole(draft.random.between(94, 100), "%"),
            })
        })
        .collect()
}

/// A harm that some doses do.
pub(super) fn adverse_event(draft: &mut Draft, session: &str, day: i32, minutes: i32) -> Value {
    let after = draft.random.between(20, 100);
    let severity = draft.random.pick(["mild", "moderate", "severe"]);
    let mut event = json!({
        "id": draft.id(&format!("{session}-event")), "entry": draft.entry(day, minutes + 200, PRESCRIBER),
        "event": draft.random.pick(["nausea", "vomiting", "headache", "anxiety", "dizziness"]),
        "sessionId": draft.id(session), "administrationId": draft.id(&format!("{session}-dose")),
        "onsetAt": draft.calendar.instant(day, minutes + after), "minutesFromDose": after, "severity": severity,
        "seriousness": "non-serious", "outcome": "resolved", "reportedById": draft.id(PRESCRIBER),
    });
    draft.perhaps(70, &mut event, "narrative", |draft| draft.words().into());
    event
}
