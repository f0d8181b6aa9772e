//! One Provenance per bundle: what was made, from which record, by whom and when. <https://hl7.org/fhir/R4/provenance.html>

use fhirbolt::model::r4::resources::{Provenance, ProvenanceAgent, ProvenanceEntity};
use fhirbolt::model::r4::types::{Meta, Reference};
use kap_record::model::life_cycle::Kind;

use crate::chronicle;
use crate::code::{Code, concept, hl7};
use crate::draft::{Draft, with_narrative};
use crate::element::system_value;
use crate::extension::removed_version;
use crate::identity::{KEY_SYSTEM, Key};
use crate::label::Labels;
use crate::mapping::Mapping;
use crate::resource::ResourceType;

/// The Provenance of everything in `drafts`. R4 gives it no identifier: its key goes into its first entity.
pub(crate) fn draft(mapping: &Mapping<'_>, drafts: &[Draft], labels: Labels) -> Draft {
    let key = mapping.bundle_key("provenance");
    let newest = chronicle::newest(mapping.record());
    let clinic = mapping.organization(&mapping.record().course.organization_id);
    let author = agent(
        hl7::provenance_participant("author"),
        mapping.practitioner(newest.recorded_by_id),
    );
    let resource = Provenance {
        meta: Some(Box::new(Meta {
            security: labels.codings(),
            ..Default::default()
        })),
        target: drafts
            .iter()
            .map(|draft| Reference {
                reference: Some(draft.key.urn().into()),
                ..Default::default()
            })
            .collect(),
        recorded: newest.recorded_at.as_str().into(),
        agent: vec![
            ProvenanceAgent {
                on_behalf_of: Some(clinic.clone()),
                ..author
            },
            agent(hl7::us_core_provenance_participant("transmitter"), clinic),
        ],
        entity: entities(mapping, key),
        ..Default::default()
    };
    Draft {
        resource_type: ResourceType::Provenance,
        key,
        pointer: String::new(),
        resource: with_narrative(resource, &labels),
        labels,
        known_as: None,
    }
}

fn agent(role: Code, who: Box<Reference>) -> ProvenanceAgent {
    ProvenanceAgent {
        r#type: Some(concept(role).into()),
        who,
        ..Default::default()
    }
}

/// The record itself, then what the source system removed. A removed process note never was a resource.
fn entities(mapping: &Mapping<'_>, key: Key) -> Vec<ProvenanceEntity> {
    let removed = mapping
        .record()
        .removed
        .iter()
        .filter(|removed| removed.kind != Kind::ProcessNote);
    let removals = removed.map(|removed| ProvenanceEntity {
        extension: removed_version(removed, *mapping.practitioner(&removed.recorded_by_id))
            .into_iter()
            .collect(),
        ..entity("removal", mapping.key_of_removed(removed))
    });
    std::iter::once(entity("source", key)).chain(removals).collect()
}

fn entity(role: &str, key: Key) -> ProvenanceEntity {
    let identifier = system_value(KEY_SYSTEM, &key.to_string());
    let what = Reference {
        identifier: Some(Box::new(identifier)),
        ..Default::default()
    };
    ProvenanceEntity {
        role: role.into(),
        what: Box::new(what),
        ..Default::default()
    }
}
