//! What orders, administrations and activities have in common: route, dose, timing. <https://hl7.org/fhir/R4/dosage.html>

use fhirbolt::model::r4::types::{CodeableConcept, PositiveInt, Quantity, Timing, TimingRepeat, TimingRepeatBounds};
use kap_record::model::dosing::{DoseBasis, Route};
use kap_record::model::prescription::Schedule;
use kap_record::primitive::{self, Count, Unit};

use crate::code::{concept, hl7, snomed};
use crate::element::{code_value, period, quantity};
use crate::extension::kap;

/// The Global Patient Set has no sublingual route: HL7's own code stands for it.
pub(super) fn route(route: Route) -> CodeableConcept {
    concept(match route {
        Route::Intravenous => snomed::INTRAVENOUS_ROUTE,
        Route::Intramuscular => snomed::INTRAMUSCULAR_ROUTE,
        Route::Subcutaneous => snomed::SUBCUTANEOUS_ROUTE,
        Route::Sublingual => hl7::route_of_administration("SL"),
        Route::Intranasal => snomed::NASAL_ROUTE,
        Route::Oral => snomed::ORAL_ROUTE,
    })
}

/// A dose, which says nothing without its basis: 28 mg of esketamine are 32.3 mg of its salt.
pub(super) fn dose<U: Unit>(dose: &primitive::Quantity<U>, basis: DoseBasis) -> Quantity {
    Quantity {
        extension: vec![kap("kap-dose-basis", code_value(basis.as_str()))],
        ..quantity(dose)
    }
}

/// How often something is to happen.
pub(super) fn repeat(schedule: &Schedule) -> TimingRepeat {
    TimingRepeat {
        bounds: schedule
            .period
            .as_ref()
            .map(|days| TimingRepeatBounds::Period(period(days).into())),
        count: schedule.count.and_then(positive),
        frequency: positive(schedule.times),
        period: Some(schedule.every.value.get().to_string().into()),
        period_unit: Some(schedule.every.unit.as_str().into()),
        ..Default::default()
    }
}

/// A schedule as FHIR writes it.
pub(super) fn timing(schedule: &Schedule) -> Timing {
    Timing {
        repeat: Some(repeat(schedule)),
        ..Default::default()
    }
}

fn positive(count: Count) -> Option<PositiveInt> {
    (count.get() > 0).then(|| count.get().into())
}
