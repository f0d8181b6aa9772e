//! Observation: drinking during the 28 days before the report. <https://hl7.org/fhir/R4/observation.html>

use fhirbolt::model::r4::resources::{Observation, ObservationComponent, ObservationComponentValue};
use kap_record::model::alcohol_use::AlcoholUse;

use super::observation::{at, component, observable, observation};
use crate::code::{Local, concept};
use crate::element::whole;
use crate::label::{Label, Labels};
use crate::mapping::Mapping;
use crate::place::Placed;
use crate::source::Source;

pub(super) fn map<'r>(report: &Placed<'r, AlcoholUse>, mapping: &mut Mapping<'r>) {
    let labels = Labels::clinical().with(Label::AlcoholUse);
    mapping.add(Source::of(report), labels, |mapping| Observation {
        effective: Some(at(report.reported_at.as_str())),
        performer: vec![*mapping.actor(&report.reported_by)],
        component: components(report),
        ..observation(
            mapping,
            &report.entry,
            "social-history",
            concept(observable("alcohol-use")),
        )
    });
}

fn components(report: &AlcoholUse) -> Vec<ObservationComponent> {
    let days = |count: u32| ObservationComponentValue::Quantity(whole(count, "d").into());
    let aim = report
        .aim
        .map(|aim| ObservationComponentValue::CodeableConcept(concept(aim.coding()).into()));
    let since = report.abstinent_since.as_ref();
    [
        ("drinking-aim", aim),
        ("drinking-days", Some(days(report.drinking_days.get()))),
        ("heavy-drinking-days", Some(days(report.heavy_drinking_days.get()))),
        (
            "abstinent-since",
            since.map(|date| ObservationComponentValue::DateTime(date.as_str().into())),
        ),
    ]
    .into_iter()
    .filter_map(|(code, value)| Some(component(observable(code), value?)))
    .collect()
}
