//! AdverseEvent: a harm, beyond what is expected. <https://hl7.org/fhir/R4/adverseevent.html>

use fhirbolt::model::r4::resources::{self, AdverseEventSuspectEntity, AdverseEventSuspectEntityCausality};
use fhirbolt::model::r4::types::{CodeableConcept, Extension, ExtensionValue};
use kap_record::model::adverse_event::{AdverseEvent, Causality, EventCode, EventOutcome};
use kap_record::model::life_cycle::{EntryStatus, Kind};

use super::observation::minutes_from_dose;
use crate::code::{Local, concept, hl7, snomed, synonyms};
use crate::element::{code_value, extensions};
use crate::extension::kap;
use crate::label::{Label, Labels};
use crate::mapping::Mapping;
use crate::place::Placed;
use crate::segment::Reason;
use crate::source::Source;

pub(super) fn map<'r>(event: &Placed<'r, AdverseEvent>, mapping: &mut Mapping<'r>) {
    mapping.never_leaves(event, "narrative", event.narrative.is_some());
    if event.entry.status == EntryStatus::EnteredInError {
        // R4's AdverseEvent has no status by which it could say so.
        return mapping.withhold(event.pointer(), Reason::EnteredInError);
    }
    let labels = Labels::clinical().with_if(event.event == EventCode::DiversionOrMisuse, Label::SubstanceUse);
    mapping.add(Source::of(event), labels, |mapping| resources::AdverseEvent {
        actuality: "actual".into(),
        event: Some(code(event.event).into()),
        subject: mapping.patient(),
        encounter: event.session_id.as_ref().map(|id| mapping.reference(Kind::Session, id)),
        date: Some(event.onset_at.as_str().into()),
        seriousness: Some(concept(hl7::adverse_event_seriousness(event.seriousness.as_str())).into()),
        severity: Some(concept(hl7::adverse_event_severity(event.severity.as_str())).into()),
        outcome: Some(concept(hl7::adverse_event_outcome(outcome(event.outcome))).into()),
        recorder: Some(mapping.practitioner(&event.reported_by_id)),
        suspect_entity: suspects(event, mapping),
        extension: extension(event),
        ..Default::default()
    });
}

/// SNOMED's code where the Global Patient Set has one, and always the KAP guide's own.
fn code(event: EventCode) -> CodeableConcept {
    let standard = snomed::adverse_event(event).map(Into::into);
    synonyms(standard.into_iter().chain([event.coding()]))
}

/// What R4 has no element for.
fn extension(event: &AdverseEvent) -> Vec<Extension> {
    let grade = event
        .grade
        .map(|grade| ExtensionValue::Integer(i32::from(grade.get()).into()));
    let resolved = event
        .resolved_at
        .as_ref()
        .map(|time| ExtensionValue::DateTime(time.as_str().into()));
    let actions = event
        .actions
        .iter()
        .map(|action| kap("kap-adverse-event-action", code_value(action.as_str())));
    extensions([
        minutes_from_dose(event.minutes_from_dose),
        grade.map(|grade| kap("kap-adverse-event-grade", grade)),
        resolved.map(|time| kap("kap-adverse-event-resolved", time)),
    ])
    .into_iter()
    .chain(actions)
    .collect()
}

/// Causality is said of the administration that is suspected; without one there is nothing to say it of.
fn suspects(event: &AdverseEvent, mapping: &Mapping<'_>) -> Vec<AdverseEventSuspectEntity> {
    let suspect = event.administration_id.iter().map(|id| AdverseEventSuspectEntity {
        instance: mapping.reference(Kind::Administration, id),
        causality: event
            .causality
            .map(|causality| assessed(event, causality, mapping))
            .into_iter()
            .collect(),
        ..Default::default()
    });
    suspect.collect()
}

fn assessed(event: &AdverseEvent, causality: Causality, mapping: &Mapping<'_>) -> AdverseEventSuspectEntityCausality {
    AdverseEventSuspectEntityCausality {
        assessment: Some(concept(hl7::adverse_event_causality(assessment(causality))).into()),
        author: Some(mapping.practitioner(&event.reported_by_id)),
        ..Default::default()
    }
}

fn assessment(causality: Causality) -> &'static str {
    match causality {
        Causality::Certain => "certain",
        Causality::Probable => "probably-likely",
        Causality::Possible => "possible",
        Causality::Unlikely => "unlikely",
        Causality::Conditional => "conditional-classified",
        Causality::Unassessable => "unassessable-unclassifiable",
    }
}

fn outcome(outcome: EventOutcome) -> &'static str {
    match outcome {
        EventOutcome::ResolvedWithSequelae => "resolvedWithSequelae",
        other => other.as_str(),
    }
}
