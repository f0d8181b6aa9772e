//! Local codes: the record's own lists, repeated name by name by the code systems of the KAP guide.

use fhirbolt::model::r4::types::Coding;
use kap_record::instruments::{InstrumentCode, ScoreCode};
use kap_record::model::{
    adverse_event, alcohol_use, consent, course, discharge, education, factor, goal, integration, lab, life_cycle,
    medication, monitoring, plan, practitioner, rating, safety, screening, session, setting,
};

use crate::profile::code_system;

/// A code of a list that a code system of the KAP guide repeats.
pub(crate) trait Local: Copy {
    /// The id of the code system.
    const SYSTEM: &'static str;
    /// The code.
    fn code(self) -> &'static str;

    /// The code as FHIR writes it.
    fn coding(self) -> Coding {
        local(Self::SYSTEM, self.code())
    }
}

/// A code of the code system `id` of the KAP guide.
pub(crate) fn local(id: &str, code: &str) -> Coding {
    Coding {
        system: Some(code_system(id).into()),
        code: Some(code.into()),
        ..Default::default()
    }
}

macro_rules! local_lists {
    ($($list:path,)+) => {
        $(impl Local for $list {
            const SYSTEM: &'static str = match <$list>::LIST.system {
                Some(id) => id,
                None => panic!("this list has no code system of its own"),
            };
            fn code(self) -> &'static str { self.as_str() }
        })+
    };
}

local_lists! {
    InstrumentCode,
    ScoreCode,
    adverse_event::EventAction,
    adverse_event::EventCode,
    alcohol_use::DrinkingAim,
    consent::ConsentTopic,
    course::EndReason,
    course::Phase,
    course::Program,
    course::Protocol,
    discharge::DischargeCriterion,
    education::EducationTopic,
    factor::FactorCode,
    goal::OutcomeDomain,
    integration::InsightTheme,
    integration::IntegrationRole,
    lab::LabTest,
    life_cycle::EntryReason,
    medication::MedicationClass,
    medication::MedicationForm,
    monitoring::EffectCode,
    monitoring::MeasurementMethod,
    monitoring::Timepoint,
    plan::BoosterTrigger,
    plan::PlanElement,
    plan::PlanType,
    practitioner::Role,
    rating::GrowthCode,
    rating::IntegrationBehavior,
    rating::PatternCode,
    safety::SafetyStep,
    screening::Eligibility,
    screening::ScreenQuestion,
    session::Attendance,
    session::Modality,
    session::SessionType,
    setting::Light,
    setting::Position,
    setting::SettingElement,
    setting::TouchConsent,
}
