//! The products used, and what else the patient takes.

use super::condition::Coding;
use super::life_cycle::Entry;
use crate::define::{codes, object};
use crate::primitive::{Date, Key, Line, Milligram, Milliliter, Period, Quantity};

codes! {
    /// The three kinds of product.
    pub enum MedicationType {
        /// An approved product of racemic ketamine.
        Racemic = "racemic",
        /// An approved product of esketamine.
        Esketamine = "esketamine",
        /// Racemic ketamine prepared by a compounding pharmacy; it has no RxNorm or NDC code.
        Compounded = "compounded",
    }
}

codes! {
    /// The form of a product.
    pub enum MedicationForm in "kap-form" {
        /// Solution for injection or infusion.
        InjectionSolution = "injection-solution",
        /// Nasal spray.
        NasalSpray = "nasal-spray",
        /// Lozenge.
        Lozenge = "lozenge",
        /// Troche.
        Troche = "troche",
        /// Orally disintegrating tablet.
        OrallyDisintegratingTablet = "orally-disintegrating-tablet",
        /// Capsule.
        Capsule = "capsule",
        /// Solution to be taken by mouth.
        OralSolution = "oral-solution",
    }
}

object! {
    /// How much of the drug a product holds.
    pub struct Strength {
        /// The amount of the drug.
        pub amount: Quantity<Milligram>,
        /// The volume that holds it; a single piece (lozenge, tablet, device) if absent.
        pub per_volume: Option<Quantity<Milliliter>>,
    }
}

object! {
    /// A ketamine or esketamine product used in this course.
    pub struct Medication {
        /// The source system's own id.
        pub id: Key,
        /// Its entry in the source system.
        pub entry: Entry,
        /// Which kind it is.
        pub medication_type: MedicationType,
        /// Its name.
        pub name: Line,
        /// Its codes, such as RxNorm and NDC.
        pub codings: Vec<Coding>,
        /// Its form.
        pub form: MedicationForm,
        /// How much of the drug it holds.
        pub strength: Option<Strength>,
        /// The pharmacy that prepared it.
        pub pharmacy_id: Option<Key>,
        /// The lot number that manufacturer or pharmacy gave it.
        pub lot_number: Option<Line>,
        /// When it expires.
        pub expires_on: Option<Date>,
    }
}

codes! {
    /// Classes of medication that bear on the risk of ketamine.
    pub enum MedicationClass in "kap-medication-class" {
        /// Benzodiazepine.
        Benzodiazepine = "benzodiazepine",
        /// Sedative or hypnotic that is not a benzodiazepine.
        SedativeHypnotic = "sedative-hypnotic",
        /// Psychostimulant.
        Stimulant = "stimulant",
        /// Monoamine oxidase inhibitor.
        MaoInhibitor = "mao-inhibitor",
        /// Opioid.
        Opioid = "opioid",
        /// Lamotrigine.
        Lamotrigine = "lamotrigine",
        /// Theophylline.
        Theophylline = "theophylline",
        /// Antidepressant.
        Antidepressant = "antidepressant",
        /// Antipsychotic.
        Antipsychotic = "antipsychotic",
        /// Antihypertensive.
        Antihypertensive = "antihypertensive",
        /// Medication for alcohol use.
        AlcoholUseMedication = "alcohol-use-medication",
    }
}

codes! {
    /// Whether a medication is taken. <https://hl7.org/fhir/R4/valueset-medication-statement-status.html>
    pub enum MedicationUse {
        /// Taken at present.
        Active = "active",
        /// Paused.
        OnHold = "on-hold",
        /// No longer taken.
        Stopped = "stopped",
    }
}

object! {
    /// A medication that the patient takes for other reasons.
    pub struct CurrentMedication {
        /// The source system's own id.
        pub id: Key,
        /// Its entry in the source system.
        pub entry: Entry,
        /// Why it matters here.
        pub medication_class: MedicationClass,
        /// Its name.
        pub name: Line,
        /// Its codes.
        pub codings: Vec<Coding>,
        /// Whether it is taken.
        pub status: MedicationUse,
        /// When it is or was taken.
        pub period: Option<Period>,
    }
}
