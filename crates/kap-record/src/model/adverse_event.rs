//! Harm.

use super::condition::Severity;
use super::life_cycle::Entry;
use crate::define::{codes, object};
use crate::primitive::{Grade, Instant, Key, MinutesFromDose};
use crate::sensitivity::Withheld;

codes! {
    /// Adverse events of ketamine-assisted psychotherapy.
    pub enum EventCode in "kap-adverse-event" {
        /// Nausea.
        Nausea = "nausea",
        /// Vomiting.
        Vomiting = "vomiting",
        /// Dizziness.
        Dizziness = "dizziness",
        /// Vertigo.
        Vertigo = "vertigo",
        /// Headache.
        Headache = "headache",
        /// Increased blood pressure.
        IncreasedBloodPressure = "increased-blood-pressure",
        /// Hypertensive urgency.
        HypertensiveUrgency = "hypertensive-urgency",
        /// Tachycardia.
        Tachycardia = "tachycardia",
        /// Bradycardia.
        Bradycardia = "bradycardia",
        /// Hypoxemia.
        Hypoxemia = "hypoxemia",
        /// Respiratory depression.
        RespiratoryDepression = "respiratory-depression",
        /// Sedation beyond what is expected.
        ExcessiveSedation = "excessive-sedation",
        /// Anxiety.
        Anxiety = "anxiety",
        /// Panic attack.
        PanicAttack = "panic-attack",
        /// Hallucinations beyond what is expected.
        Hallucinations = "hallucinations",
        /// Confusion.
        Confusion = "confusion",
        /// Restlessness and agitation.
        Agitation = "agitation",
        /// Double vision.
        DoubleVision = "double-vision",
        /// Blurred vision.
        BlurredVision = "blurred-vision",
        /// Nystagmus.
        Nystagmus = "nystagmus",
        /// Unsteady when walking.
        UnsteadyGait = "unsteady-gait",
        /// Numbness.
        Numbness = "numbness",
        /// Altered taste.
        AlteredTaste = "altered-taste",
        /// Fatigue.
        Fatigue = "fatigue",
        /// Cystitis.
        Cystitis = "cystitis",
        /// Painful urination.
        Dysuria = "dysuria",
        /// Mania.
        Mania = "mania",
        /// Thoughts of suicide, new or worse.
        SuicidalThoughts = "suicidal-thoughts",
        /// Psychosis.
        Psychosis = "psychosis",
        /// Dissociation that lasts beyond the session.
        PersistentDissociation = "persistent-dissociation",
        /// Flashback.
        Flashback = "flashback",
        /// Laryngospasm.
        Laryngospasm = "laryngospasm",
        /// Emergence reaction.
        EmergenceReaction = "emergence-reaction",
        /// Distress during or after the session.
        Distress = "distress",
        /// Retraumatization.
        Retraumatization = "retraumatization",
        /// A complaint about a boundary or about touch.
        BoundaryComplaint = "boundary-complaint",
        /// Depression that became worse.
        WorseningDepression = "worsening-depression",
        /// Driving while impaired after a session.
        ImpairedDriving = "impaired-driving",
        /// Diversion or misuse of the medication.
        DiversionOrMisuse = "diversion-or-misuse",
        /// Reaction at the site of infusion or injection.
        SiteReaction = "site-reaction",
    }
}

codes! {
    /// Whether an event is serious. <https://hl7.org/fhir/R4/valueset-adverse-event-seriousness.html>
    pub enum Seriousness {
        /// Not serious.
        NonSerious = "non-serious",
        /// Serious.
        Serious = "serious",
    }
}

codes! {
    /// How likely the medication caused it, in the categories of WHO-UMC.
    pub enum Causality {
        /// Certain.
        Certain = "certain",
        /// Probable or likely.
        Probable = "probable",
        /// Possible.
        Possible = "possible",
        /// Unlikely.
        Unlikely = "unlikely",
        /// More must be known.
        Conditional = "conditional",
        /// Cannot be judged.
        Unassessable = "unassessable",
    }
}

codes! {
    /// What was done.
    pub enum EventAction in "kap-event-action" {
        /// Nothing but watching.
        Observed = "observed",
        /// The infusion was slowed or paused.
        InfusionSlowed = "infusion-slowed",
        /// The administration was stopped.
        AdministrationStopped = "administration-stopped",
        /// Medication was given.
        MedicationGiven = "medication-given",
        /// Oxygen was given.
        OxygenGiven = "oxygen-given",
        /// The next dose was reduced.
        DoseReduced = "dose-reduced",
        /// The course was ended.
        CourseEnded = "course-ended",
        /// The patient was sent to a hospital.
        Hospitalized = "hospitalized",
    }
}

codes! {
    /// How it ended. <https://hl7.org/fhir/R4/valueset-adverse-event-outcome.html>
    pub enum EventOutcome {
        /// Over.
        Resolved = "resolved",
        /// Getting better.
        Recovering = "recovering",
        /// Still going on.
        Ongoing = "ongoing",
        /// Over, with consequences.
        ResolvedWithSequelae = "resolved-with-sequelae",
        /// Fatal.
        Fatal = "fatal",
        /// Not known.
        Unknown = "unknown",
    }
}

object! {
    /// An adverse event.
    pub struct AdverseEvent {
        /// The source system's own id.
        pub id: Key,
        /// Its entry in the source system.
        pub entry: Entry,
        /// What happened.
        pub event: EventCode,
        /// The session in or after which it happened.
        pub session_id: Option<Key>,
        /// The administration that is suspected.
        pub administration_id: Option<Key>,
        /// When it began.
        pub onset_at: Instant,
        /// When it was over.
        pub resolved_at: Option<Instant>,
        /// Minutes from the dose.
        pub minutes_from_dose: Option<MinutesFromDose>,
        /// How severe it was.
        pub severity: Severity,
        /// Its grade.
        pub grade: Option<Grade>,
        /// Whether it was serious.
        pub seriousness: Seriousness,
        /// How likely the medication caused it.
        pub causality: Option<Causality>,
        /// What was done.
        pub actions: Vec<EventAction>,
        /// How it ended.
        pub outcome: EventOutcome,
        /// The practitioner who reported it.
        pub reported_by_id: Key,
        /// What happened, in words.
        pub narrative: Option<Withheld>,
    }
}
