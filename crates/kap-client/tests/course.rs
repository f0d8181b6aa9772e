//! Small transaction bundles of the kind that are pushed.

use kap_client::Item;
use kap_fhir::{Bundle, Checked, Verdict};
use serde_json::{Value, json};

/// A course of one patient: practitioner, patient, encounter, score, adverse event, provenance.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Course {
    pub(crate) number: u32,
    /// The score; another one makes another version of the record.
    pub(crate) score: u32,
    /// Who treats; courses of one practitioner share that resource.
    pub(crate) practitioner: u32,
}

pub(crate) const KEY_SYSTEM: &str = "https://kap-fhir.org/sid/record-key";
const MRN_SYSTEM: &str = "https://clinic.example/mrn";
const NPI_SYSTEM: &str = "http://hl7.org/fhir/sid/us-npi";

/// Types of one course's resources, in the order of its entries.
pub(crate) const TYPES: [&str; 6] = [
    "Practitioner",
    "Patient",
    "Encounter",
    "Observation",
    "AdverseEvent",
    "Provenance",
];

impl Course {
    pub(crate) fn new(number: u32) -> Course {
        Course {
            number,
            score: 12,
            practitioner: 1,
        }
    }

    pub(crate) fn with_score(self, score: u32) -> Course {
        Course { score, ..self }
    }

    pub(crate) fn with_practitioner(self, practitioner: u32) -> Course {
        Course { practitioner, ..self }
    }

    pub(crate) fn record_number(self) -> String {
        format!("HTEST-{}", self.number)
    }

    pub(crate) fn patient(self) -> Value {
        json!({"resourceType": "Patient", "identifier": [{"system": MRN_SYSTEM, "value": self.record_number()}], "name": [{"family": "Testperson"}]})
    }

    pub(crate) fn score_key(self) -> String {
        self.key(4)
    }

    fn key(self, resource: u32) -> String {
        format!("{:08x}-0000-5000-8000-{resource:012x}", self.number)
    }

    pub(crate) fn bundle(self) -> Value {
        let urn = |resource| format!("urn:uuid:{}", self.key(resource));
        let own = |resource| json!([{"system": KEY_SYSTEM, "value": self.key(resource)}]);
        let practitioner = format!("urn:uuid:{:08x}-0000-5000-9000-000000000000", self.practitioner);
        let npi = format!("99999{:05}", self.practitioner);
        let business = |system: &str, value: &str| format!("identifier={system}|{value}");
        let keyed = |resource| business(KEY_SYSTEM, &self.key(resource));
        let post = |full_url: &str, resource: Value, condition: Option<String>| {
            let mut request = json!({"method": "POST", "url": resource["resourceType"]});
            if let Some(condition) = condition {
                request["ifNoneExist"] = condition.into();
            }
            json!({"fullUrl": full_url, "resource": resource, "request": request})
        };
        let by_practitioner =
            json!({"resourceType": "Practitioner", "identifier": [{"system": NPI_SYSTEM, "value": npi}]});
        let encounter = json!({"resourceType": "Encounter", "identifier": own(3), "status": "finished", "class": {"code": "AMB"},
            "subject": {"reference": urn(2)}, "participant": [{"individual": {"reference": practitioner}}]});
        let score = json!({"resourceType": "Observation", "identifier": own(4), "status": "final", "code": {"text": "score"},
            "subject": {"reference": urn(2)}, "encounter": {"reference": urn(3)}, "valueQuantity": {"value": self.score}});
        let event = json!({"resourceType": "AdverseEvent", "identifier": own(5)[0], "actuality": "actual", "subject": {"reference": urn(2)}});
        let provenance = json!({"resourceType": "Provenance", "recorded": "2026-01-01T00:00:00Z",
            "target": [{"reference": urn(3)}, {"reference": urn(4)}, {"reference": urn(5)}],
            "agent": [{"who": {"reference": practitioner}}],
            "entity": [{"role": "source", "what": {"identifier": own(6)[0]}}]});
        json!({"resourceType": "Bundle", "type": "transaction", "meta": {"security": [{"code": "R"}]}, "entry": [
            post(&practitioner, by_practitioner, Some(business(NPI_SYSTEM, &npi))),
            post(&urn(2), self.patient(), Some(business(MRN_SYSTEM, &self.record_number()))),
            post(&urn(3), encounter, Some(keyed(3))),
            post(&urn(4), score, Some(keyed(4))),
            post(&urn(5), event, None),
            post(&urn(6), provenance, None),
        ]})
    }

    pub(crate) fn item(self) -> Item {
        item(&format!("course {}", self.number), &self.bundle())
    }
}

pub(crate) fn item(label: &str, bundle: &Value) -> Item {
    checked_item(label, bundle, Verdict::Valid)
}

#[expect(
    clippy::disallowed_methods,
    reason = "these tests are about sending; validation has its own"
)]
pub(crate) fn checked_item(label: &str, bundle: &Value, verdict: Verdict) -> Item {
    let bytes = bundle.to_string().into_bytes();
    Item {
        carries: Vec::new(),
        label: label.to_owned(),
        bundle: Checked::<Bundle>::assume(bytes, verdict, vec!["hl7.fhir.r4.core#4.0.1".to_owned()], Vec::new()),
        audit_event: Some(br#"{"resourceType":"AuditEvent"}"#.to_vec()),
    }
}
