//! Laboratory results and statements about pregnancy.

use super::life_cycle::Entry;
use crate::define::{codes, object};
use crate::primitive::{Decimal, Key, Moment, UcumCode};

codes! {
    /// Laboratory tests of a KAP course.
    pub enum LabTest in "kap-lab" {
        /// Human chorionic gonadotropin in urine.
        UrinePregnancy = "urine-pregnancy",
        /// Ketamine in urine.
        UrineKetamine = "urine-ketamine",
        /// Drugs of abuse in urine.
        UrineDrugScreen = "urine-drug-screen",
        /// Urinalysis.
        Urinalysis = "urinalysis",
        /// Alanine aminotransferase.
        AlanineAminotransferase = "alanine-aminotransferase",
        /// Aspartate aminotransferase.
        AspartateAminotransferase = "aspartate-aminotransferase",
    }
}

codes! {
    /// What a test found.
    pub enum LabFinding {
        /// Found.
        Positive = "positive",
        /// Not found.
        Negative = "negative",
        /// Cannot be told.
        Indeterminate = "indeterminate",
    }
}

codes! {
    /// What a result means. <https://hl7.org/fhir/R4/valueset-observation-interpretation.html>
    pub enum LabInterpretation {
        /// Within the reference range.
        Normal = "normal",
        /// Above the reference range.
        High = "high",
        /// Below the reference range.
        Low = "low",
        /// Not normal.
        Abnormal = "abnormal",
    }
}

object! {
    /// A measured value and its unit.
    pub struct LabValue {
        /// The number.
        pub value: Decimal,
        /// The unit as a UCUM code.
        pub unit: UcumCode,
    }
}

object! {
    /// A laboratory result: a value, a finding or both.
    pub struct LabResult {
        /// The source system's own id.
        pub id: Key,
        /// Its entry in the source system.
        pub entry: Entry,
        /// The test.
        pub test: LabTest,
        /// When the specimen was taken.
        pub collected_at: Moment,
        /// The value.
        pub value: Option<LabValue>,
        /// The finding.
        pub finding: Option<LabFinding>,
        /// What it means.
        pub interpretation: Option<LabInterpretation>,
        /// The practitioner who read the test, if it was done in the clinic.
        pub performed_by_id: Option<Key>,
    }
}

codes! {
    /// Whether the patient is pregnant.
    pub enum PregnancyStatus {
        /// Pregnant.
        Pregnant = "pregnant",
        /// Not pregnant.
        NotPregnant = "not-pregnant",
        /// Not known.
        Unknown = "unknown",
    }
}

object! {
    /// A statement about pregnancy.
    pub struct PregnancyStatement {
        /// The source system's own id.
        pub id: Key,
        /// Its entry in the source system.
        pub entry: Entry,
        /// Whether the patient is pregnant.
        pub status: PregnancyStatus,
        /// When that was so.
        pub stated_at: Moment,
        /// The test on which it rests.
        pub lab_result_id: Option<Key>,
    }
}
