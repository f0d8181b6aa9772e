//! The patient and those around.

use serde_json::{Value, json};

use super::draft::{COMPANION, Draft, PRESCRIBER, THERAPIST};
use super::session::Schedule;

pub(super) fn people(draft: &mut Draft, schedule: &Schedule) -> Value {
    let organization = |id: String, kind: &str, name: &str| {
        let system = "https://synthetic.example.org/organizations";
        json!({"id": id, "organizationType": kind, "name": name, "identifiers": [{"system": system, "value": id}]})
    };
    let role = if schedule.product.at_home {
        "chaperone"
    } else {
        "escort"
    };
    let entry = draft.entry(0, 600, THERAPIST);
    let mut companion = json!({"id": draft.id(COMPANION), "entry": entry, "role": role,
        "relationship": draft.random.pick(["spouse", "friend", "sibling", "neighbor"])});
    draft.perhaps(80, &mut companion, "name", |draft| draft.words().into());
    draft.perhaps(60, &mut companion, "contact", |draft| draft.words().into());
    json!({
        "patient": patient(draft),
        "organizations": [
            organization(draft.id("clinic"), "clinic", "Synthetic Clinic"),
            organization(draft.id("pharmacy"), "pharmacy", "Synthetic Pharmacy"),
        ],
        "practitioners": [
            practitioner(draft, PRESCRIBER, &["prescriber", "monitoring-clinician"]),
            practitioner(draft, THERAPIST, &["lead-therapist", "integration-therapist"]),
        ],
        "supportPersons": [companion],
        "careTeam": {
            "id": draft.id("team"),
            "entry": draft.entry(0, 610, PRESCRIBER),
            "status": "active",
            "members": [
                {"actor": draft.practitioner(PRESCRIBER), "role": "prescriber"},
                {"actor": draft.practitioner(THERAPIST), "role": "lead-therapist"},
                {"actor": draft.companion(), "role": role},
            ],
        },
    })
}

fn patient(draft: &mut Draft) -> Value {
    let number = draft.id("patient");
    let year = draft.random.between(1940, 2004);
    let month = draft.random.between(1, 12);
    let mut patient = json!({
        "id": draft.id("patient"),
        "identifiers": [{"system": "https://synthetic.example.org/mrn", "value": number}],
        "names": [{
            "family": draft.random.pick(["Synthetic", "Madeup", "O'Nobody", "Überall", "Ficção"]),
            "given": [draft.random.pick(["Ash", "Bo", "Cleo", "Dana", "Eli"])],
        }],
        "birthDate": format!("{year}-{month:02}-{:02}", draft.random.between(1, 28)),
        "gender": draft.random.pick(["male", "female", "other", "unknown"]),
    });
    draft.perhaps(50, &mut patient, "race", |draft| {
        json!([draft.random.pick(["asian", "white", "unknown"])])
    });
    draft.perhaps(50, &mut patient, "language", |draft| {
        draft.random.pick(["en-US", "es", "pt-BR"]).into()
    });
    patient
}

fn practitioner(draft: &Draft, name: &str, roles: &[&str]) -> Value {
    let id = draft.id(name);
    json!({
        "id": id,
        "identifiers": [{"system": "https://synthetic.example.org/staff", "value": id}],
        "name": {"family": "Synthetic", "given": [name]},
        "roles": roles,
        "organizationId": draft.id("clinic"),
    })
}
