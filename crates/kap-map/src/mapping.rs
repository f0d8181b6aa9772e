//! The foundation that every subject's mapper stands on: it asks segmentation, derives the key, and fills in what all resources have in common.

use fhirbolt::model::r4::types::{Meta, Reference};
use kap_record::Record;
use kap_record::instruments::ScoreCode;
use kap_record::model::life_cycle::{Entry, EntryStatus, Keyed, Kind, Removed};
use kap_record::model::practitioner::{Actor, ActorType};
use kap_record::primitive;
use serde_json::{Map, Value};

use crate::Context;
use crate::element::system_value;
use crate::extension::record_version;
use crate::identity::{KEY_SYSTEM, Key, Namespace};
use crate::label::{Label, Labels};
use crate::narrative::{PART2_NOTICE, narrative};
use crate::place::Placed;
use crate::profile::Profile;
use crate::resource::{Resource, ResourceType};
use crate::segment::release::Release;
use crate::segment::{Policy, Reason};

/// A mapped resource on its way into the bundle.
pub(crate) struct Draft {
    pub(crate) resource_type: ResourceType,
    pub(crate) key: Key,
    pub(crate) pointer: String,
    pub(crate) labels: Labels,
    /// The business identifier by which the EHR knows what is never updated.
    pub(crate) known_as: Option<primitive::Identifier>,
    pub(crate) resource: Map<String, Value>,
}

/// What stays in the clinic, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Withheld {
    pub(crate) pointer: String,
    pub(crate) reason: Reason,
}

/// Where a resource comes from: the object whose id names it, its place in the record, and its entry there.
#[derive(Clone)]
pub(crate) struct Source<'r> {
    names: Vec<&'r str>,
    /// Whether the object belongs to this course; patient, professionals, organizations and places are the clinic's.
    in_course: bool,
    pointer: String,
    entry: Option<&'r Entry>,
    profile: Option<Profile>,
    known_as: Option<primitive::Identifier>,
}

impl<'r> Source<'r> {
    /// The main resource of an object with a life of its own.
    pub(crate) fn of<T: Keyed>(object: &Placed<'r, T>) -> Self {
        let placed = object.object();
        Self {
            entry: Some(placed.entry()),
            in_course: true,
            ..Self::listed(T::KIND.as_str(), placed.id(), object.pointer())
        }
    }

    /// The resource of an object that has an id but no entry: patient, practitioner, organization, location.
    pub(crate) fn listed(kind: &'static str, id: &'r primitive::Key, pointer: &str) -> Self {
        Self {
            names: vec![kind, id.as_str()],
            in_course: false,
            pointer: pointer.to_owned(),
            entry: None,
            profile: None,
            known_as: None,
        }
    }

    /// The same, but what it says holds for this course only.
    pub(crate) fn in_course(mut self) -> Self {
        self.in_course = true;
        self
    }

    /// A further resource that the same object gives rise to, named by what it is. The name never changes: the key derives from it.
    pub(crate) fn part(mut self, name: &'static str) -> Self {
        self.names.push(name);
        self
    }

    /// A resource that a part of the object gives rise to; the part has an id of its own within the object.
    pub(crate) fn member<T>(mut self, name: &'static str, id: &'r primitive::Key, place: &Placed<'r, T>) -> Self {
        self.names.extend([name, id.as_str()]);
        self.at(place.pointer())
    }

    /// The same resource, more closely placed.
    pub(crate) fn at(mut self, pointer: impl Into<String>) -> Self {
        self.pointer = pointer.into();
        self
    }

    /// The same resource, claiming a profile of the KAP guide.
    pub(crate) fn claiming(mut self, profile: Profile) -> Self {
        self.profile = Some(profile);
        self
    }

    /// The same resource, which the EHR knows by a business identifier.
    pub(crate) fn known_as(mut self, identifier: Option<primitive::Identifier>) -> Self {
        self.known_as = identifier;
        self
    }
}

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
            resource: with_narrative(&resource, &labels),
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

/// The status of a resource whose entry may turn out to be an error, in FHIR's own words.
pub(crate) fn status_unless_withdrawn(entry: &Entry, status: &'static str) -> &'static str {
    if entry.status == EntryStatus::EnteredInError {
        EntryStatus::EnteredInError.as_str()
    } else {
        status
    }
}

/// The status of an observation by the state of its entry. <https://hl7.org/fhir/R4/valueset-observation-status.html>
pub(crate) fn observation_status(entry: &Entry) -> &'static str {
    match entry.status {
        EntryStatus::Active => "final",
        EntryStatus::Corrected => "corrected",
        EntryStatus::EnteredInError => "entered-in-error",
    }
}

/// The resource as JSON, with its narrative behind its metadata.
pub(crate) fn with_narrative<R: Resource>(resource: &R, labels: &Labels) -> Map<String, Value> {
    let notice = labels.has(Label::Part2).then_some(PART2_NOTICE);
    let mut members = json(resource);
    let text = narrative(&members, notice);
    let behind_meta = members.len().min(2);
    members.shift_insert(behind_meta, "text".to_owned(), text);
    members
}

/// Writing a typed resource fails only if a mapper left out an element that R4 requires, whatever the record says: a bug of that mapper.
fn json<R: Resource>(resource: &R) -> Map<String, Value> {
    match fhirbolt::json::to_json_value(resource.clone(), None) {
        Ok(Value::Object(members)) => members,
        Ok(other) => panic!("a {} became {other}, which is no object", R::TYPE.as_str()),
        Err(error) => panic!("a mapper left a {} incomplete: {error}", R::TYPE.as_str()),
    }
}
