//! The foundation that every subject's mapper stands on: it asks segmentation, derives the key, and fills in what all resources have in common.

use fhirbolt::model::r4::types::{Meta, Reference};
use kap_record::Record;
use kap_record::instruments::ScoreCode;
use kap_record::model::life_cycle::{Kind, Removed};
use kap_record::model::practitioner::{Actor, ActorType};
use kap_record::primitive;

use crate::Context;
use crate::draft::{Draft, Withheld, with_narrative};
use crate::element::system_value;
use crate::extension::record_version;
use crate::identity::{KEY_SYSTEM, Key, Namespace};
use crate::label::Labels;
use crate::place::Placed;
use crate::resource::Resource;
use crate::segment::release::Release;
use crate::segment::{Policy, Reason};
use crate::source::Source;

/// A record being mapped.
pub(crate) struct Mapping<'r> {
    record: &'r Record,
    namespace: Namespace,
    release: Release<'r>,
    drafts: Vec<Draft>,
    withheld: Vec<Withheld>,
}

impl<'r> Mapping<'r> {
    pub(crate) fn new(record: &'r Record, context: &Context) -> Self {
        Self {
            record,
            namespace: context.namespace,
            release: Release::new(record, context),
            drafts: Vec::new(),
            withheld: Vec::new(),
        }
    }

    /// The record that is being mapped.
    pub(crate) fn record(&self) -> &'r Record {
        self.record
    }

    /// What the clinic releases of restricted content.
    pub(crate) fn policy(&self) -> &Policy {
        self.release.policy()
    }

    /// Adds a resource if it may leave; `build` runs only then. Identifier, labels, profile, version of the entry and narrative are filled in here.
    pub(crate) fn add<R: Resource>(&mut self, source: Source<'r>, labels: Labels, build: impl FnOnce(&Self) -> R) {
        let labels = self.release.labelled(labels);
        if let Err(reason) = self.release.judge(&labels) {
            self.withheld.push(Withheld {
                pointer: source.pointer,
                reason,
            });
            return;
        }
        let key = self.key(&source);
        let mut resource = build(self);
        resource.identify(system_value(KEY_SYSTEM, &key.to_string()));
        *resource.meta() = Some(Box::new(Meta {
            profile: source.profile.map(|profile| profile.url().into()).into_iter().collect(),
            security: labels.codings(),
            ..Default::default()
        }));
        let version = source
            .entry
            .and_then(|entry| record_version(entry, *self.practitioner(&entry.recorded_by_id)));
        resource.extension().extend(version);
        self.drafts.push(Draft {
            resource_type: R::TYPE,
            key,
            pointer: source.pointer,
            resource: with_narrative(resource, &labels),
            labels,
            known_as: source.known_as,
        });
    }

    /// Notes that something stays.
    pub(crate) fn withhold(&mut self, pointer: impl Into<String>, reason: Reason) {
        self.withheld.push(Withheld {
            pointer: pointer.into(),
            reason,
        });
    }

    /// What the record says in words, if words may leave.
    pub(crate) fn words<'w>(&self, words: &'w str) -> Option<&'w str> {
        self.release.judge_words().is_ok().then_some(words)
    }

    /// Notes that the words at `pointer` stay, if words may not leave. Says whether they stay.
    pub(crate) fn withhold_words(&mut self, pointer: impl Into<String>) -> bool {
        let judged = self.release.judge_words();
        if let Err(reason) = judged {
            self.withhold(pointer, reason);
        }
        judged.is_err()
    }

    /// Notes that the member `name` never leaves, if it `is_there`. Nothing can read what it says.
    pub(crate) fn never_leaves<T>(&mut self, place: &Placed<'r, T>, name: &str, is_there: bool) {
        if is_there {
            self.withhold(place.member(name), Reason::NeverLeaves);
        }
    }

    /// A reference to the patient.
    pub(crate) fn patient(&self) -> Box<Reference> {
        self.shared_reference("patient", &self.record.patient.id)
    }

    /// A reference to a member of `practitioners`.
    pub(crate) fn practitioner(&self, id: &primitive::Key) -> Box<Reference> {
        self.shared_reference("practitioner", id)
    }

    /// A reference to a member of `organizations`.
    pub(crate) fn organization(&self, id: &primitive::Key) -> Box<Reference> {
        self.shared_reference("organization", id)
    }

    /// A reference to a member of `locations`.
    pub(crate) fn location(&self, id: &primitive::Key) -> Box<Reference> {
        self.shared_reference("location", id)
    }

    /// A reference to the course.
    pub(crate) fn course(&self) -> Box<Reference> {
        self.reference(Kind::Course, &self.record.course.id)
    }

    /// A reference to whoever acted.
    pub(crate) fn actor(&self, actor: &Actor) -> Box<Reference> {
        match actor.actor_type {
            ActorType::Patient => self.patient(),
            ActorType::Practitioner => self.practitioner(&actor.id),
            ActorType::Organization => self.organization(&actor.id),
            ActorType::SupportPerson => self.reference(Kind::SupportPerson, &actor.id),
        }
    }

    /// A reference to the main resource of the object of this kind and id.
    pub(crate) fn reference(&self, kind: Kind, id: &primitive::Key) -> Box<Reference> {
        self.reference_to_key(self.course_key(&[kind.as_str(), id.as_str()]))
    }

    /// References to the main resources of several objects of one kind.
    pub(crate) fn references(&self, kind: Kind, ids: &[primitive::Key]) -> Vec<Reference> {
        ids.iter().map(|id| *self.reference(kind, id)).collect()
    }

    /// A reference to a further resource of that object, by the names given to [`Source::part`].
    pub(crate) fn part_reference(&self, kind: Kind, id: &primitive::Key, parts: &[&str]) -> Box<Reference> {
        self.reference_to_key(self.course_key(&[&[kind.as_str(), id.as_str()], parts].concat()))
    }

    /// A reference to the Observation of one score of an assessment, or to the assessment itself.
    pub(crate) fn score_reference(&self, assessment: &primitive::Key, score: Option<ScoreCode>) -> Box<Reference> {
        match score {
            Some(score) => self.part_reference(Kind::Assessment, assessment, &["score", score.as_str()]),
            None => self.reference(Kind::Assessment, assessment),
        }
    }

    /// A reference to the resource that this source gives rise to.
    pub(crate) fn reference_to(&self, source: &Source<'r>) -> Box<Reference> {
        self.reference_to_key(self.key(source))
    }

    /// The key of what an object that was removed had become.
    pub(crate) fn key_of_removed(&self, removed: &Removed) -> Key {
        self.course_key(&[removed.kind.as_str(), removed.id.as_str()])
    }

    /// The key of the whole record: that of its course.
    pub(crate) fn record_key(&self) -> Key {
        self.course_key(&[Kind::Course.as_str(), self.record.course.id.as_str()])
    }

    /// A key for what belongs to the bundle as a whole.
    pub(crate) fn bundle_key(&self, name: &str) -> Key {
        self.course_key(&["bundle", name])
    }

    /// Hands over what was mapped and what stays.
    pub(crate) fn take(&mut self) -> (Vec<Draft>, Vec<Withheld>) {
        (std::mem::take(&mut self.drafts), std::mem::take(&mut self.withheld))
    }

    fn key(&self, source: &Source<'_>) -> Key {
        if source.in_course {
            self.course_key(&source.names)
        } else {
            self.namespace.key(&source.names)
        }
    }

    fn course_key(&self, names: &[&str]) -> Key {
        let course = [self.record.patient.id.as_str(), self.record.course.id.as_str()];
        self.namespace.key(&[&course, names].concat())
    }

    fn shared_reference(&self, kind: &str, id: &primitive::Key) -> Box<Reference> {
        self.reference_to_key(self.namespace.key(&[kind, id.as_str()]))
    }

    #[expect(
        clippy::unused_self,
        reason = "references are made by a mapping, so that no other part of the crate forges one"
    )]
    fn reference_to_key(&self, key: Key) -> Box<Reference> {
        Box::new(Reference {
            reference: Some(key.urn().into()),
            ..Default::default()
        })
    }
}
