//! CareTeam, with US Core's must-haves. <https://hl7.org/fhir/R4/careteam.html>

use fhirbolt::model::r4::resources::{CareTeam, CareTeamParticipant};
use kap_record::model::care_team;

use crate::code::{Local, concept};
use crate::element::period;
use crate::label::Labels;
use crate::mapping::Mapping;
use crate::place::Placed;
use crate::source::Source;
use crate::status::status_unless_withdrawn;

pub(super) fn map<'r>(team: &Placed<'r, care_team::CareTeam>, mapping: &mut Mapping<'r>) {
    mapping.add(Source::of(team), Labels::clinical(), |mapping| CareTeam {
        status: Some(status_unless_withdrawn(&team.entry, team.status.as_str()).into()),
        subject: Some(mapping.patient()),
        period: team.period.as_ref().map(|days| period(days).into()),
        participant: team.members.iter().map(|member| participant(member, mapping)).collect(),
        managing_organization: vec![*mapping.organization(&mapping.record().course.organization_id)],
        ..Default::default()
    });
}

fn participant(member: &care_team::CareTeamMember, mapping: &Mapping<'_>) -> CareTeamParticipant {
    CareTeamParticipant {
        role: vec![concept(member.role.coding())],
        member: Some(mapping.actor(&member.actor)),
        period: member.period.as_ref().map(|days| period(days).into()),
        ..Default::default()
    }
}
