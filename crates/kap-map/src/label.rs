//! Security labels: how confidential a resource is and what it tells about the patient.
//!
//! <https://hl7.org/fhir/R4/security-labels.html>

use std::collections::BTreeSet;

use fhirbolt::model::r4::types::Coding;
use kap_record::model::consent::SensitivityClass;

const CONFIDENTIALITY: &str = "http://terminology.hl7.org/CodeSystem/v3-Confidentiality";
const ACT_CODE: &str = "http://terminology.hl7.org/CodeSystem/v3-ActCode";

/// How confidential a resource is, least first. Records of mental health are restricted unless something says otherwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Confidentiality {
    Normal,
    Restricted,
    VeryRestricted,
}

impl Confidentiality {
    fn coding(self) -> Coding {
        let (code, display) = match self {
            Self::Normal => ("N", "normal"),
            Self::Restricted => ("R", "restricted"),
            Self::VeryRestricted => ("V", "very restricted"),
        };
        coding(CONFIDENTIALITY, code, display)
    }
}

/// What a resource tells, under which law, and what a receiver must not do with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Label {
    MentalHealth,
    SubstanceUse,
    AlcoholUse,
    SexualAssault,
    Violence,
    Sexuality,
    Pregnancy,
    PatientRequested,
    Part2,
    NoRedisclosure,
}

impl Label {
    /// The label as FHIR writes it.
    pub(crate) fn coding(self) -> Coding {
        let (code, display) = match self {
            Self::MentalHealth => ("MH", "mental health information sensitivity"),
            Self::SubstanceUse => ("SUD", "substance use disorder information sensitivity"),
            Self::AlcoholUse => ("ETHUD", "alcohol use disorder information sensitivity"),
            Self::SexualAssault => (
                "SDV",
                "sexual assault, abuse, or domestic violence information sensitivity",
            ),
            Self::Violence => ("VIO", "violence information sensitivity"),
            Self::Sexuality => ("SEX", "sexuality and reproductive health information sensitivity"),
            Self::Pregnancy => ("PREGNANT", "pregnancy information sensitivity"),
            Self::PatientRequested => ("PRS", "patient requested information sensitivity"),
            Self::Part2 => ("42CFRPart2", "42 CFR Part2"),
            Self::NoRedisclosure => ("NORDSCLCD", "no redisclosure without consent directive"),
        };
        coding(ACT_CODE, code, display)
    }

    fn is_of_any(self, classes: &[SensitivityClass]) -> bool {
        classes.iter().any(|class| self.is_of(*class))
    }

    /// Whether a patient who speaks of `class` means information with this label.
    fn is_of(self, class: SensitivityClass) -> bool {
        let narrower = matches!(
            (class, self),
            (SensitivityClass::SubstanceUse, Self::AlcoholUse) | (SensitivityClass::Violence, Self::SexualAssault)
        );
        narrower || self == Self::from(class)
    }
}

impl From<SensitivityClass> for Label {
    fn from(class: SensitivityClass) -> Self {
        match class {
            SensitivityClass::MentalHealth => Self::MentalHealth,
            SensitivityClass::SubstanceUse => Self::SubstanceUse,
            SensitivityClass::AlcoholUse => Self::AlcoholUse,
            SensitivityClass::Violence => Self::Violence,
            SensitivityClass::Sexuality => Self::Sexuality,
            SensitivityClass::Pregnancy => Self::Pregnancy,
            SensitivityClass::PatientRequested => Self::PatientRequested,
        }
    }
}

/// The labels of one resource.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Labels {
    confidentiality: Confidentiality,
    labels: BTreeSet<Label>,
}

impl Labels {
    /// For what tells nothing about a patient: professionals, organizations, places.
    pub(crate) fn administrative() -> Self {
        Self {
            confidentiality: Confidentiality::Normal,
            labels: BTreeSet::new(),
        }
    }

    /// For everything else, since a course of KAP is treatment of mental health.
    pub(crate) fn clinical() -> Self {
        Self {
            confidentiality: Confidentiality::Restricted,
            labels: BTreeSet::from([Label::MentalHealth]),
        }
    }

    /// For words: nobody knows which class they tell of.
    pub(crate) fn of_everything() -> Self {
        Self::of_classes(SensitivityClass::ALL)
    }

    /// For what tells of these classes, and of mental health as everything clinical does.
    pub(crate) fn of_classes<'c>(classes: impl IntoIterator<Item = &'c SensitivityClass>) -> Self {
        classes
            .into_iter()
            .fold(Self::clinical(), |labels, class| labels.with(Label::from(*class)))
    }

    /// The same with another label.
    pub(crate) fn with(mut self, label: Label) -> Self {
        self.labels.insert(label);
        self
    }

    /// The same with `label` if `holds`.
    pub(crate) fn with_if(self, holds: bool, label: Label) -> Self {
        if holds { self.with(label) } else { self }
    }

    pub(crate) fn confidentiality(&self) -> Confidentiality {
        self.confidentiality
    }

    pub(crate) fn has(&self, label: Label) -> bool {
        self.labels.contains(&label)
    }

    /// Whether any of the labels belongs to one of `classes`.
    pub(crate) fn tell_of_any(&self, classes: &[SensitivityClass]) -> bool {
        self.labels.iter().any(|label| label.is_of_any(classes))
    }

    /// Whether every label that tells something about the patient belongs to one of `classes`.
    pub(crate) fn tell_only_of(&self, classes: &[SensitivityClass]) -> bool {
        let mut telling = self
            .labels
            .iter()
            .filter(|label| !matches!(label, Label::Part2 | Label::NoRedisclosure));
        telling.all(|label| label.is_of_any(classes))
    }

    /// The high-water mark of both: the higher confidentiality and all labels.
    pub(crate) fn raised_by(mut self, other: &Self) -> Self {
        self.confidentiality = self.confidentiality.max(other.confidentiality);
        self.labels.extend(&other.labels);
        self
    }

    /// As `meta.security` has it: confidentiality first.
    pub(crate) fn codings(&self) -> Vec<Coding> {
        let labels = self.labels.iter().map(|label| label.coding());
        std::iter::once(self.confidentiality.coding()).chain(labels).collect()
    }
}

fn coding(system: &str, code: &str, display: &str) -> Coding {
    Coding {
        system: Some(system.into()),
        code: Some(code.into()),
        display: Some(display.into()),
        ..Default::default()
    }
}
