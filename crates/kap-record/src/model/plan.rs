//! The larger treatment plan, the KAP plan within it, and the integration plan within that.

use super::assessment::ScoreCode;
use super::life_cycle::Entry;
use super::practitioner::Actor;
use super::prescription::{CalendarSpan, Schedule};
use super::rating::IntegrationBehavior;
use crate::define::{codes, object};
use crate::primitive::{Count, Date, Decimal, InstantPeriod, Key, Percent, Period, Quantity, SharedText};

codes! {
    /// The three plans.
    pub enum PlanType in "kap-plan-type" {
        /// The larger treatment plan, of which KAP is a part.
        Treatment = "treatment",
        /// The plan of the KAP course: a catalyst within the treatment plan, never the root.
        Kap = "kap",
        /// The plan that turns insights into changes of daily life.
        Integration = "integration",
    }
}

codes! {
    /// The state of a plan. <https://hl7.org/fhir/R4/valueset-request-status.html>
    pub enum PlanStatus {
        /// Being written.
        Draft = "draft",
        /// In force.
        Active = "active",
        /// Paused.
        OnHold = "on-hold",
        /// Carried out.
        Completed = "completed",
        /// Given up.
        Revoked = "revoked",
    }
}

codes! {
    /// What an activity adds to the plan.
    pub enum PlanElement in "kap-plan-element" {
        /// Ongoing psychotherapy.
        OngoingPsychotherapy = "ongoing-psychotherapy",
        /// Cognitive and behavioral skills.
        CognitiveBehavioralSkills = "cognitive-behavioral-skills",
        /// Skills of coping.
        CopingSkills = "coping-skills",
        /// Relaxation and breathing techniques.
        RelaxationBreathing = "relaxation-breathing",
        /// Sleep that supports nervous-system health.
        SleepHygiene = "sleep-hygiene",
        /// Exercise that supports nervous-system health.
        Exercise = "exercise",
        /// Nutrition that supports nervous-system health.
        Nutrition = "nutrition",
        /// Other changes of lifestyle.
        Lifestyle = "lifestyle",
        /// Trauma-informed care and pacing.
        TraumaInformedPacing = "trauma-informed-pacing",
        /// KAP as a catalyst within the larger plan.
        KapAsCatalyst = "kap-as-catalyst",
        /// Preparation sessions.
        PreparationSessions = "preparation-sessions",
        /// Dosing sessions.
        DosingSessions = "dosing-sessions",
        /// Integration sessions.
        IntegrationSessions = "integration-sessions",
        /// Booster sessions.
        BoosterSessions = "booster-sessions",
        /// An actionable step for change.
        ActionStep = "action-step",
        /// A change aligned with values.
        ValuesAlignedChange = "values-aligned-change",
    }
}

codes! {
    /// The state of an activity. <https://hl7.org/fhir/R4/valueset-care-plan-activity-status.html>
    pub enum ActivityStatus {
        /// Not begun.
        NotStarted = "not-started",
        /// Has a date.
        Scheduled = "scheduled",
        /// Under way.
        InProgress = "in-progress",
        /// Paused.
        OnHold = "on-hold",
        /// Done.
        Completed = "completed",
        /// Given up before it began.
        Cancelled = "cancelled",
        /// Given up.
        Stopped = "stopped",
    }
}

object! {
    /// Pacing of the doses.
    pub struct Pacing {
        /// The least number of days between two doses.
        pub minimum_days_between_doses: Count,
        /// The most by which a dose may exceed the one before.
        pub dose_step_cap: Option<Quantity<Percent>>,
    }
}

codes! {
    /// What calls for a booster session.
    pub enum BoosterTrigger in "kap-booster-trigger" {
        /// A score rose by so much from its best value.
        ScoreRise = "score-rise",
        /// The response was lost.
        LossOfResponse = "loss-of-response",
        /// So much time has passed.
        FixedInterval = "fixed-interval",
    }
}

object! {
    /// When a booster session is called for.
    pub struct BoosterRule {
        /// What calls for it.
        pub trigger: BoosterTrigger,
        /// The score that is watched.
        pub score: Option<ScoreCode>,
        /// By how much it rises.
        pub rise: Option<Decimal>,
        /// After how much time.
        pub interval: Option<CalendarSpan>,
    }
}

object! {
    /// An activity of a plan.
    pub struct Activity {
        /// The source system's own id.
        pub id: Key,
        /// Its entry in the source system.
        pub entry: Entry,
        /// What it adds to the plan.
        pub element: PlanElement,
        /// The behavior that it is to become.
        pub behavior: Option<IntegrationBehavior>,
        /// What is to be done, in words meant to be shared.
        pub description: SharedText,
        /// Its state.
        pub status: ActivityStatus,
        /// Who does it.
        pub performer: Option<Actor>,
        /// By when.
        pub due: Option<Date>,
        /// How often.
        pub schedule: Option<Schedule>,
        /// The window after a dose in which the brain is thought to change most easily; 24 to 72 hours unless stated otherwise.
        pub integration_window: Option<InstantPeriod>,
        /// Pacing, for `trauma-informed-pacing`.
        pub pacing: Option<Pacing>,
        /// The goals that it serves.
        pub goal_ids: Vec<Key>,
        /// The session that created it.
        pub session_id: Option<Key>,
    }
}

object! {
    /// A plan.
    pub struct Plan {
        /// The source system's own id.
        pub id: Key,
        /// Its entry in the source system.
        pub entry: Entry,
        /// Which of the three it is.
        pub plan_type: PlanType,
        /// The plan of which it is a part.
        pub part_of_id: Option<Key>,
        /// Its state.
        pub status: PlanStatus,
        /// When it holds.
        pub period: Period,
        /// The practitioner who wrote it.
        pub author_id: Key,
        /// The conditions that it addresses.
        pub condition_ids: Vec<Key>,
        /// Its goals.
        pub goal_ids: Vec<Key>,
        /// Its activities.
        pub activities: Vec<Activity>,
        /// When a booster session is called for.
        pub booster_rules: Vec<BoosterRule>,
    }
}
