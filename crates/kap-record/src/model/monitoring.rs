//! Vital signs, scales and expected effects, each with its time from the dose.

use super::assessment::ScoreCode;
use super::condition::Severity;
use super::practitioner::Actor;
use crate::define::{codes, object};
use crate::primitive::{
    Celsius, Centimeter, Decimal, Instant, Key, Kilogram, KilogramPerSquareMeter, MillimeterOfMercury, MinutesFromDose,
    PerMinute, Percent, Quantity,
};

codes! {
    /// Points of time around a dose.
    pub enum Timepoint in "kap-timepoint" {
        /// Before the dose.
        PreDose = "pre-dose",
        /// At the onset of the effect.
        Onset = "onset",
        /// At the peak of the effect.
        Peak = "peak",
        /// While the effect wanes.
        Return = "return",
        /// Before the patient leaves.
        PreDischarge = "pre-discharge",
        /// One day after the dose.
        Plus24Hours = "plus-24-hours",
        /// Three days after the dose.
        Plus72Hours = "plus-72-hours",
        /// One week after the dose.
        Plus1Week = "plus-1-week",
        /// One month after the dose.
        Plus1Month = "plus-1-month",
        /// Three months after the dose.
        Plus3Months = "plus-3-months",
        /// Six months after the dose.
        Plus6Months = "plus-6-months",
        /// Twelve months after the dose.
        Plus12Months = "plus-12-months",
    }
}

codes! {
    /// How a value was taken.
    pub enum MeasurementMethod in "kap-measurement-method" {
        /// By a clinician.
        ClinicianMeasured = "clinician-measured",
        /// By the patient.
        SelfMeasured = "self-measured",
        /// By a chaperone.
        ChaperoneMeasured = "chaperone-measured",
        /// By a device that records on its own.
        DeviceMeasured = "device-measured",
    }
}

object! {
    /// Vital signs taken at one time. At least one value is there.
    pub struct VitalSigns {
        /// The source system's own id, unique among the vital signs of its session or screen.
        pub id: Key,
        /// When they were taken.
        pub measured_at: Instant,
        /// The point of time around the dose.
        pub timepoint: Option<Timepoint>,
        /// Minutes from the dose.
        pub minutes_from_dose: Option<MinutesFromDose>,
        /// Who took them.
        pub measured_by: Actor,
        /// How they were taken.
        pub method: Option<MeasurementMethod>,
        /// Systolic blood pressure.
        pub systolic: Option<Quantity<MillimeterOfMercury>>,
        /// Diastolic blood pressure.
        pub diastolic: Option<Quantity<MillimeterOfMercury>>,
        /// Heart rate.
        pub heart_rate: Option<Quantity<PerMinute>>,
        /// Oxygen saturation by pulse oximetry.
        pub oxygen_saturation: Option<Quantity<Percent>>,
        /// Respiratory rate.
        pub respiratory_rate: Option<Quantity<PerMinute>>,
        /// Body temperature.
        pub temperature: Option<Quantity<Celsius>>,
        /// Body weight.
        pub weight: Option<Quantity<Kilogram>>,
        /// Body height.
        pub height: Option<Quantity<Centimeter>>,
        /// Body mass index.
        pub body_mass_index: Option<Quantity<KilogramPerSquareMeter>>,
    }
}

object! {
    /// A scale rated during a session: sedation, dissociation, pain, nausea, anxiety.
    pub struct ScaleReading {
        /// The source system's own id, unique among the scales of its session.
        pub id: Key,
        /// When it was rated.
        pub rated_at: Instant,
        /// The point of time around the dose.
        pub timepoint: Option<Timepoint>,
        /// Minutes from the dose.
        pub minutes_from_dose: Option<MinutesFromDose>,
        /// Who rated it.
        pub rated_by: Actor,
        /// Which scale.
        pub score: ScoreCode,
        /// The rating.
        pub value: Decimal,
    }
}

codes! {
    /// Effects that ketamine is expected to have. They are observed, not reported as harm.
    pub enum EffectCode in "kap-effect" {
        /// Feeling detached from oneself or the surroundings.
        Dissociation = "dissociation",
        /// The surroundings seem unreal.
        Derealization = "derealization",
        /// One's own body or self seems unreal.
        Depersonalization = "depersonalization",
        /// Elation.
        Euphoria = "euphoria",
        /// Colors, sounds or shapes are perceived differently.
        AlteredPerception = "altered-perception",
        /// Time seems to pass faster or slower, or to stand still.
        AlteredTime = "altered-time",
        /// Sleepiness.
        Sedation = "sedation",
        /// Strong emotions are let out.
        EmotionalRelease = "emotional-release",
        /// Memories come up.
        VividMemories = "vivid-memories",
        /// An experience of unity or of the sacred.
        MysticalExperience = "mystical-experience",
        /// A feeling of floating.
        Floating = "floating",
    }
}

object! {
    /// An expected effect.
    pub struct ExpectedEffect {
        /// The source system's own id, unique among the effects of its session.
        pub id: Key,
        /// Which effect.
        pub effect: EffectCode,
        /// When it was noticed.
        pub noticed_at: Instant,
        /// When it was gone.
        pub resolved_at: Option<Instant>,
        /// Minutes from the dose.
        pub minutes_from_dose: Option<MinutesFromDose>,
        /// How strong it was.
        pub intensity: Option<Severity>,
        /// Who noticed it.
        pub noticed_by: Actor,
    }
}
