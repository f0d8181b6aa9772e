//! What the patient agreed to.

use super::life_cycle::Entry;
use super::practitioner::Actor;
use crate::define::{codes, object};
use crate::primitive::{Instant, Key, Period, Uri};

codes! {
    /// What a consent is about. <https://hl7.org/fhir/R4/valueset-consent-scope.html>
    pub enum ConsentScope {
        /// Being treated.
        Treatment = "treatment",
        /// Disclosing information.
        Privacy = "privacy",
        /// Taking part in research.
        Research = "research",
    }
}

codes! {
    /// The state of a consent.
    pub enum ConsentStatus {
        /// Asked, not answered.
        Proposed = "proposed",
        /// In force.
        Active = "active",
        /// Refused.
        Rejected = "rejected",
        /// Taken back.
        Revoked = "revoked",
        /// Run out.
        Expired = "expired",
    }
}

codes! {
    /// What exactly the patient agrees to.
    pub enum ConsentTopic in "kap-consent" {
        /// Ketamine for a purpose for which it is not approved.
        OffLabelUse = "off-label-use",
        /// A compounded product, which nobody approved.
        CompoundedProduct = "compounded-product",
        /// Psychotherapy during an altered state.
        PsychotherapyInAlteredState = "psychotherapy-in-altered-state",
        /// Taking the medication at home.
        HomeUse = "home-use",
        /// Sessions over video.
        RemoteSession = "remote-session",
        /// Supportive touch within agreed limits.
        SupportiveTouch = "supportive-touch",
        /// Monitoring and enrollment that a risk evaluation and mitigation strategy demands.
        RemsEnrollment = "rems-enrollment",
        /// Disclosing records.
        RecordDisclosure = "record-disclosure",
        /// Using records for research.
        ResearchUse = "research-use",
    }
}

codes! {
    /// The law under which a disclosure is consented to.
    pub enum ConsentLaw {
        /// The HIPAA Privacy Rule.
        Hipaa = "hipaa",
        /// 42 CFR Part 2.
        Part2 = "part-2",
        /// A law of the state.
        State = "state",
    }
}

codes! {
    /// Whether a provision allows or forbids.
    pub enum ProvisionEffect {
        /// Allows.
        Permit = "permit",
        /// Forbids.
        Deny = "deny",
    }
}

codes! {
    /// What information is used for. <https://terminology.hl7.org/CodeSystem-v3-ActReason.html>
    pub enum Purpose {
        /// Treatment.
        Treatment = "treatment",
        /// Emergency treatment.
        EmergencyTreatment = "emergency-treatment",
        /// Payment.
        Payment = "payment",
        /// Health care operations.
        Operations = "operations",
        /// Coordination of care.
        CareCoordination = "care-coordination",
        /// Research.
        Research = "research",
        /// At the patient's request.
        PatientRequest = "patient-request",
    }
}

codes! {
    /// Classes of sensitive information. <https://terminology.hl7.org/CodeSystem-v3-ActCode.html>
    pub enum SensitivityClass {
        /// Mental health.
        MentalHealth = "mental-health",
        /// Substance use.
        SubstanceUse = "substance-use",
        /// Alcohol use.
        AlcoholUse = "alcohol-use",
        /// Violence, abuse and trauma.
        Violence = "violence",
        /// Sexuality.
        Sexuality = "sexuality",
        /// Pregnancy.
        Pregnancy = "pregnancy",
        /// Whatever the patient asked to protect.
        PatientRequested = "patient-requested",
    }
}

object! {
    /// One rule of a consent.
    pub struct Provision {
        /// Whether it allows or forbids.
        pub effect: ProvisionEffect,
        /// For which purposes; all if none is named.
        pub purposes: Vec<Purpose>,
        /// To whom; anybody if nobody is named.
        pub recipients: Vec<Actor>,
        /// Which classes of information; all if none is named.
        pub sensitivity_classes: Vec<SensitivityClass>,
        /// When; as long as the consent if absent.
        pub period: Option<Period>,
    }
}

object! {
    /// What the patient agreed to.
    pub struct Consent {
        /// The source system's own id.
        pub id: Key,
        /// Its entry in the source system.
        pub entry: Entry,
        /// What it is about.
        pub scope: ConsentScope,
        /// Its state.
        pub status: ConsentStatus,
        /// When it was given.
        pub given_at: Instant,
        /// Who gave it: the patient or somebody on the patient's behalf.
        pub given_by: Actor,
        /// The organization that asked for it.
        pub organization_id: Option<Key>,
        /// What exactly was agreed to.
        pub topics: Vec<ConsentTopic>,
        /// The law under which a disclosure is consented to.
        pub law: Option<ConsentLaw>,
        /// When it holds.
        pub period: Option<Period>,
        /// Its rules.
        pub provisions: Vec<Provision>,
        /// The policy behind it.
        pub policy: Option<Uri>,
        /// When it was taken back.
        pub revoked_at: Option<Instant>,
    }
}
