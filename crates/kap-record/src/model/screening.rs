//! The screen for contraindications and the decision that follows.

use super::life_cycle::Entry;
use super::monitoring::VitalSigns;
use crate::define::{codes, object};
use crate::primitive::{Date, Instant, Key};
use crate::sensitivity::Withheld;

codes! {
    /// What is asked before ketamine is given.
    pub enum ScreenQuestion in "kap-screen" {
        /// Hypertension that is not controlled.
        UncontrolledHypertension = "uncontrolled-hypertension",
        /// Aneurysmal vascular disease.
        AneurysmalVascularDisease = "aneurysmal-vascular-disease",
        /// Arteriovenous malformation.
        ArteriovenousMalformation = "arteriovenous-malformation",
        /// Intracerebral hemorrhage at any time.
        IntracerebralHemorrhage = "intracerebral-hemorrhage",
        /// Hypersensitivity to ketamine or esketamine.
        KetamineHypersensitivity = "ketamine-hypersensitivity",
        /// Psychosis at present.
        ActivePsychosis = "active-psychosis",
        /// Mania at present.
        ActiveMania = "active-mania",
        /// Pregnancy.
        Pregnancy = "pregnancy",
        /// Breastfeeding.
        Breastfeeding = "breastfeeding",
        /// Cardiac disease that is not stable.
        UnstableCardiacDisease = "unstable-cardiac-disease",
        /// Raised intracranial pressure.
        RaisedIntracranialPressure = "raised-intracranial-pressure",
        /// Substance use disorder.
        SubstanceUseDisorder = "substance-use-disorder",
        /// Interstitial cystitis or other bladder disease.
        InterstitialCystitis = "interstitial-cystitis",
        /// Hepatic disease.
        HepaticDisease = "hepatic-disease",
        /// Hyperthyroidism.
        Hyperthyroidism = "hyperthyroidism",
        /// Obstructive sleep apnea that is not treated.
        UntreatedSleepApnea = "untreated-sleep-apnea",
        /// Bipolar disorder.
        BipolarDisorder = "bipolar-disorder",
        /// Psychosis in the family.
        FamilyHistoryOfPsychosis = "family-history-of-psychosis",
        /// Benzodiazepines taken at present.
        Benzodiazepine = "benzodiazepine",
        /// Lamotrigine taken at present.
        Lamotrigine = "lamotrigine",
        /// A monoamine oxidase inhibitor taken at present.
        MaoInhibitor = "mao-inhibitor",
        /// A stimulant taken at present.
        Stimulant = "stimulant",
        /// Theophylline taken at present.
        Theophylline = "theophylline",
        /// Opioids taken at present.
        Opioid = "opioid",
    }
}

codes! {
    /// The answer to a question of the screen.
    pub enum ScreenAnswer {
        /// Yes.
        Yes = "yes",
        /// No.
        No = "no",
        /// Not known.
        Unknown = "unknown",
        /// Not asked.
        NotAsked = "not-asked",
    }
}

codes! {
    /// The decision on eligibility.
    pub enum Eligibility in "kap-eligibility" {
        /// May be treated.
        Eligible = "eligible",
        /// May be treated under conditions.
        EligibleWithConditions = "eligible-with-conditions",
        /// Not at present.
        Deferred = "deferred",
        /// Not at all.
        Excluded = "excluded",
    }
}

object! {
    /// One question and its answer.
    pub struct ScreenItem {
        /// What was asked.
        pub question: ScreenQuestion,
        /// What was answered.
        pub answer: ScreenAnswer,
        /// The condition that a clinician confirmed in consequence.
        pub condition_id: Option<Key>,
        /// What the patient said about it.
        pub remark: Option<Withheld>,
    }
}

object! {
    /// One screen for contraindications and the decision that followed.
    pub struct Screening {
        /// The source system's own id.
        pub id: Key,
        /// Its entry in the source system.
        pub entry: Entry,
        /// When it was done.
        pub screened_at: Instant,
        /// The practitioner who asked.
        pub screened_by_id: Key,
        /// The answers.
        pub answers: Vec<ScreenItem>,
        /// Vital signs taken at the screen.
        pub vital_signs: Vec<VitalSigns>,
        /// The decision.
        pub eligibility: Eligibility,
        /// The practitioner who decided.
        pub decided_by_id: Key,
        /// The questions on which the decision rests.
        pub grounds: Vec<ScreenQuestion>,
        /// When to look at it again.
        pub review_on: Option<Date>,
    }
}
