//! EpisodeOfCare: the course. <https://hl7.org/fhir/R4/episodeofcare.html>

use fhirbolt::model::r4::resources::{EpisodeOfCare, EpisodeOfCareDiagnosis, EpisodeOfCareStatusHistory};
use fhirbolt::model::r4::types::Reference;
use kap_record::model::course::{Course, CourseState, CourseStatus, Program};
use kap_record::model::life_cycle::Kind;

use crate::code::{Local, concept, hl7};
use crate::element::{code_value, extensions, period};
use crate::extension::kap;
use crate::label::{Label, Labels};
use crate::mapping::Mapping;
use crate::place::Placed;
use crate::source::Source;
use crate::status::status_unless_withdrawn;

pub(super) fn map<'r>(course: &Placed<'r, Course>, mapping: &mut Mapping<'r>) {
    mapping.add(Source::of(course), labels(course), |mapping| EpisodeOfCare {
        status: status_unless_withdrawn(&course.entry, status(course.status)).into(),
        status_history: course.history.iter().map(state).collect(),
        r#type: vec![concept(course.program.coding()), concept(course.protocol.coding())],
        diagnosis: (1..)
            .zip(mapping.references(Kind::Condition, &course.indication_ids))
            .map(diagnosis)
            .collect(),
        patient: mapping.patient(),
        managing_organization: Some(mapping.organization(&course.organization_id)),
        period: Some(period(&course.period).into()),
        care_manager: course.practitioner_id.as_ref().map(|id| mapping.practitioner(id)),
        team: mapping
            .record()
            .care_team
            .iter()
            .map(|team| *mapping.reference(Kind::CareTeam, &team.id))
            .collect(),
        extension: extensions([
            Some(kap("kap-phase", code_value(course.phase.as_str()))),
            course
                .end_reason
                .map(|reason| kap("kap-end-reason", code_value(reason.as_str()))),
        ]),
        ..Default::default()
    });
}

/// The program tells what is treated.
pub(super) fn labels(course: &Course) -> Labels {
    Labels::clinical().with_if(course.program == Program::KapAlcoholUse, Label::AlcoholUse)
}

fn state(state: &CourseState) -> EpisodeOfCareStatusHistory {
    EpisodeOfCareStatusHistory {
        status: status(state.status).into(),
        period: period(&state.period).into(),
        ..Default::default()
    }
}

/// FHIR writes one of these codes without its hyphen.
fn status(status: CourseStatus) -> &'static str {
    match status {
        CourseStatus::OnHold => "onhold",
        other => other.as_str(),
    }
}

fn diagnosis((rank, condition): (u32, Reference)) -> EpisodeOfCareDiagnosis {
    EpisodeOfCareDiagnosis {
        condition: condition.into(),
        role: Some(concept(hl7::diagnosis_role("CC")).into()),
        rank: Some(rank.into()),
        ..Default::default()
    }
}
