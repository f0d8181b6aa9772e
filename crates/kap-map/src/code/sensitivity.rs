//! What the code of a condition or product tells beyond mental health.

use kap_record::model::condition::Coding;

use crate::label::{Label, Labels};

const SNOMED: &str = "http://snomed.info/sct";
const ICD_10_CM: &str = "http://hl7.org/fhir/sid/icd-10-cm";

/// Codes of the Global Patient Set.
const SNOMED_LABELS: &[(Label, &[&str])] = &[
    (
        Label::AlcoholUse,
        &[
            "7200002",
            "15167005",
            "25702006",
            "66590003",
            "191480000",
            "191811004",
            "191812006",
            "191813001",
            "191882002",
            "191883007",
            "191884001",
            "268645007",
            "284591009",
        ],
    ),
    (
        Label::SubstanceUse,
        &[
            "5602001",
            "66214007",
            "75544000",
            "191816009",
            "191819002",
            "191821007",
            "191871005",
            "191875001",
            "445273005",
        ],
    ),
    (Label::Pregnancy, &["77386006"]),
];

/// Beginnings of codes: chapter F10 is alcohol, F11 to F19 are other substances, O and Z33 are pregnancy, T74 and T76 are abuse.
const ICD_LABELS: &[(Label, &[&str])] = &[
    (Label::AlcoholUse, &["F10"]),
    (
        Label::SubstanceUse,
        &["F11", "F12", "F13", "F14", "F15", "F16", "F18", "F19"],
    ),
    (Label::Pregnancy, &["O", "Z33"]),
    (Label::SexualAssault, &["T74", "T76"]),
];

/// The labels that codes of the record add to `labels`.
pub(crate) fn labelled(labels: Labels, codings: &[Coding]) -> Labels {
    codings.iter().flat_map(labels_of).fold(labels, Labels::with)
}

fn labels_of(coding: &Coding) -> impl Iterator<Item = Label> {
    let code = coding.code.as_str();
    let snomed = SNOMED_LABELS
        .iter()
        .filter(move |(_, codes)| coding.system.as_str() == SNOMED && codes.contains(&code));
    let icd = ICD_LABELS.iter().filter(move |(_, starts)| {
        coding.system.as_str() == ICD_10_CM && starts.iter().any(|start| code.starts_with(start))
    });
    snomed.chain(icd).map(|(label, _)| *label)
}
