//! SNOMED CT, only codes of the Global Patient Set.
//!
//! All were found in the set's value set of `hl7.terminology.r4@7.0.1`; displays are the set's own. <http://hl7.org/fhir/R4/snomedct.html>

use kap_record::model::adverse_event::EventCode;
use kap_record::model::condition::Severity;

use super::Code;

const SYSTEM: &str = "http://snomed.info/sct";

const fn sct(code: &'static str, display: &'static str) -> Code {
    Code::new(SYSTEM, code, display)
}

/// Treatment.
pub(crate) const PSYCHOTHERAPY: Code = sct("75516001", "Psychotherapy (regime/therapy)");
pub(crate) const COGNITIVE_BEHAVIORAL_THERAPY: Code =
    sct("228557008", "Cognitive and behavioral therapy (regime/therapy)");
pub(crate) const COPING_SUPPORT: Code = sct("385722003", "Coping support (regime/therapy)");
pub(crate) const RELAXATION_EDUCATION: Code = sct(
    "410304007",
    "Relaxation/breathing techniques education, guidance, and counseling (procedure)",
);
pub(crate) const SLEEP_HYGIENE_EDUCATION: Code = sct("439035007", "Education about sleep hygiene behavior (procedure)");
pub(crate) const EXERCISE_EDUCATION: Code = sct("304507003", "Exercise education (procedure)");
pub(crate) const LIFESTYLE_EDUCATION: Code = sct("313204009", "Lifestyle education (procedure)");
pub(crate) const NUTRITION_EDUCATION: Code = sct("61310001", "Nutrition education (procedure)");

/// Medication and its routes. The sublingual route is not in the set: HL7's own code stands for it.
pub(crate) const KETAMINE: Code = sct("373464007", "Ketamine (substance)");
pub(crate) const INTRAVENOUS_ROUTE: Code = sct("47625008", "Intravenous route (qualifier value)");
pub(crate) const INTRAMUSCULAR_ROUTE: Code = sct("78421000", "Intramuscular route (qualifier value)");
pub(crate) const SUBCUTANEOUS_ROUTE: Code = sct("34206005", "Subcutaneous route (qualifier value)");
pub(crate) const NASAL_ROUTE: Code = sct("46713006", "Nasal route (qualifier value)");
pub(crate) const ORAL_ROUTE: Code = sct("26643006", "Oral route (qualifier value)");

/// Findings.
pub(crate) const FEELING_HOPELESS: Code = sct("307077003", "Feeling hopeless (finding)");
pub(crate) const EXCESSIVE_SELF_CRITICISM: Code = sct("445179000", "Excessive self-criticism (finding)");
pub(crate) const STRESS: Code = sct("73595000", "Stress (finding)");
pub(crate) const SOCIAL_SUPPORT_STATUS: Code = sct("405076007", "Social support status (observable entity)");
pub(crate) const PREGNANT: Code = sct("77386006", "Pregnant (finding)");
pub(crate) const NOT_PREGNANT: Code = sct("60001007", "Not pregnant (finding)");
pub(crate) const INTERPERSONAL_RELATIONSHIP: Code = sct("225706007", "Interpersonal relationship finding (finding)");
pub(crate) const POSITIVE: Code = sct("10828004", "Positive (qualifier value)");
pub(crate) const NEGATIVE: Code = sct("260385009", "Negative (qualifier value)");
pub(crate) const INDETERMINATE: Code = sct("82334004", "Indeterminate (qualifier value)");

/// How bad something is.
pub(crate) const fn severity(severity: Severity) -> Code {
    match severity {
        Severity::Mild => sct("255604002", "Mild (qualifier value)"),
        Severity::Moderate => sct("6736007", "Moderate (severity modifier) (qualifier value)"),
        Severity::Severe => sct("24484000", "Severe (severity modifier) (qualifier value)"),
    }
}

/// What happened in an adverse event, where the set has a code for it.
pub(crate) const fn adverse_event(event: EventCode) -> Option<Code> {
    Some(match event {
        EventCode::Nausea => sct("422587007", "Nausea (finding)"),
        EventCode::Vomiting => sct("422400008", "Vomiting (disorder)"),
        EventCode::Dizziness => sct("404640003", "Dizziness (finding)"),
        EventCode::Vertigo => sct("399153001", "Vertigo (finding)"),
        EventCode::Headache => sct("25064002", "Headache (finding)"),
        EventCode::IncreasedBloodPressure => sct("24184005", "Finding of increased blood pressure (finding)"),
        EventCode::HypertensiveUrgency => sct("443482000", "Hypertensive urgency (disorder)"),
        EventCode::Tachycardia => sct("3424008", "Tachycardia (finding)"),
        EventCode::Bradycardia => sct("48867003", "Bradycardia (finding)"),
        EventCode::Hypoxemia => sct("389087006", "Hypoxemia (disorder)"),
        EventCode::ExcessiveSedation => sct("17971005", "Sedated (finding)"),
        EventCode::Anxiety => sct("48694002", "Anxiety (finding)"),
        EventCode::PanicAttack => sct("225624000", "Panic attack (finding)"),
        EventCode::Hallucinations => sct("7011001", "Hallucinations (finding)"),
        EventCode::Confusion => sct("286933003", "Confusional state (disorder)"),
        EventCode::Agitation => sct("274647009", "Restlessness and agitation (finding)"),
        EventCode::DoubleVision => sct("24982008", "Diplopia (disorder)"),
        EventCode::BlurredVision => sct("111516008", "Blurring of visual image (finding)"),
        EventCode::Nystagmus => sct("563001", "Nystagmus (disorder)"),
        EventCode::UnsteadyGait => sct("22631008", "Unsteady when walking (finding)"),
        EventCode::Numbness => sct("44077006", "Numbness (finding)"),
        EventCode::AlteredTaste => sct("271801002", "Taste sense altered (finding)"),
        EventCode::Fatigue => sct("84229001", "Fatigue (finding)"),
        EventCode::Cystitis => sct("38822007", "Cystitis (disorder)"),
        EventCode::Dysuria => sct("49650001", "Dysuria (finding)"),
        EventCode::Mania => sct("231494001", "Mania (disorder)"),
        EventCode::SuicidalThoughts => sct("6471006", "Suicidal thoughts (finding)"),
        EventCode::Psychosis => sct("69322001", "Psychotic disorder (disorder)"),
        _ => return None,
    })
}
