//! Procedures: the psychotherapy of a session, and each role that integration served in it. <https://hl7.org/fhir/R4/procedure.html>

use fhirbolt::model::r4::resources::{Procedure, ProcedurePerformed, ProcedurePerformer};
use fhirbolt::model::r4::types::{Coding, ExtensionValue, Reference};
use kap_record::model::integration::IntegrationRole;
use kap_record::model::life_cycle::Kind;
use kap_record::model::session::{Psychotherapy, Session, SessionStatus};
use kap_record::primitive::Key;

use crate::code::{Local, concept, snomed, synonyms};
use crate::element::{duration, time_span};
use crate::extension::kap;
use crate::label::Labels;
use crate::mapping::Mapping;
use crate::place::Placed;
use crate::profile::Profile;
use crate::source::Source;
use crate::status::status_unless_withdrawn;

const PSYCHOTHERAPY: &str = "psychotherapy";
const INTEGRATION: &str = "integration";

pub(super) fn map<'r>(session: &Placed<'r, Session>, mapping: &mut Mapping<'r>) {
    let record = session.object();
    if let Some(therapy) = &record.psychotherapy {
        let source = Source::of(session)
            .part(PSYCHOTHERAPY)
            .at(session.member("psychotherapy"));
        mapping.add(source, Labels::clinical(), |mapping| Procedure {
            extension: therapy
                .duration
                .iter()
                .map(|minutes| duration(minutes.value().as_written(), minutes.unit()))
                .map(|minutes| kap("kap-therapy-duration", ExtensionValue::Duration(minutes.into())))
                .collect(),
            ..procedure(session, therapy.modality.coding(), mapping)
        });
    }
    for role in record.integration.iter().flat_map(|integration| &integration.roles) {
        let source = Source::of(session)
            .part(INTEGRATION)
            .part(role.as_str())
            .at(session.member("integration/roles"))
            .claiming(Profile::IntegrationProcedure);
        mapping.add(source, Labels::clinical(), |mapping| Procedure {
            part_of: whole(session, mapping),
            ..procedure(session, role.coding(), mapping)
        });
    }
}

/// Psychotherapy, more closely described by its approach or its role.
fn procedure(session: &Session, kind: Coding, mapping: &Mapping<'_>) -> Procedure {
    Procedure {
        status: status_unless_withdrawn(&session.entry, status(session.status)).into(),
        status_reason: session.status_reason.map(|reason| concept(reason.coding()).into()),
        code: Some(synonyms([snomed::PSYCHOTHERAPY.into(), kind]).into()),
        subject: mapping.patient(),
        encounter: Some(mapping.reference(Kind::Session, &session.id)),
        performed: Some(ProcedurePerformed::Period(
            time_span(&session.start, session.end.as_ref()).into(),
        )),
        performer: session
            .psychotherapy
            .iter()
            .flat_map(|therapy| &therapy.therapist_ids)
            .map(|id| performer(id, session, mapping))
            .collect(),
        reason_reference: mapping.references(Kind::Condition, &session.indication_ids),
        ..Default::default()
    }
}

fn performer(id: &Key, session: &Session, mapping: &Mapping<'_>) -> ProcedurePerformer {
    let function = session
        .participants
        .iter()
        .find(|participant| participant.actor.id == *id);
    ProcedurePerformer {
        function: function.map(|participant| concept(participant.role.coding()).into()),
        actor: mapping.practitioner(id),
        ..Default::default()
    }
}

fn status(status: SessionStatus) -> &'static str {
    match status {
        SessionStatus::Planned => "preparation",
        SessionStatus::InProgress => "in-progress",
        SessionStatus::Completed => "completed",
        SessionStatus::EndedEarly => "stopped",
        SessionStatus::Cancelled | SessionStatus::NoShow => "not-done",
    }
}

/// The psychotherapy of the session, of which all its integration is a part.
fn whole(session: &Session, mapping: &Mapping<'_>) -> Vec<Reference> {
    let therapy: Option<&Psychotherapy> = session.psychotherapy.as_ref();
    therapy
        .map(|_| *mapping.part_reference(Kind::Session, &session.id, &[PSYCHOTHERAPY]))
        .into_iter()
        .collect()
}

/// The Procedure in which `role` was served in the session; if it was not, the psychotherapy as a whole.
pub(super) fn serving(role: IntegrationRole, session: &Session, mapping: &Mapping<'_>) -> Vec<Reference> {
    let served = session
        .integration
        .as_ref()
        .is_some_and(|integration| integration.roles.contains(&role));
    if served {
        vec![*mapping.part_reference(Kind::Session, &session.id, &[INTEGRATION, role.as_str()])]
    } else {
        whole(session, mapping)
    }
}
