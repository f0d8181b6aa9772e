//! The record's own time: every entry in it, and the newest one. The mapping has no other clock.

use kap_record::Record;
use kap_record::model::life_cycle::{Entry, Keyed};
use kap_record::primitive::{Instant, Key};

/// When something was recorded, and by whom.
#[derive(Clone, Copy)]
pub(crate) struct Recorded<'r> {
    pub(crate) recorded_at: &'r Instant,
    pub(crate) recorded_by_id: &'r Key,
}

impl<'r> From<&'r Entry> for Recorded<'r> {
    fn from(entry: &'r Entry) -> Self {
        Self {
            recorded_at: &entry.recorded_at,
            recorded_by_id: &entry.recorded_by_id,
        }
    }
}

/// The newest entry or removal of the record; of several at the same time the one listed last.
pub(crate) fn newest(record: &Record) -> Recorded<'_> {
    let removals = record.removed.iter().map(|removed| Recorded {
        recorded_at: &removed.recorded_at,
        recorded_by_id: &removed.recorded_by_id,
    });
    let course = Recorded::from(&record.course.entry);
    entries(record)
        .map(Recorded::from)
        .chain(removals)
        .fold(course, |newest, recorded| {
            if recorded.recorded_at.timestamp() >= newest.recorded_at.timestamp() {
                recorded
            } else {
                newest
            }
        })
}

/// The entries of all objects but those that never leave.
fn entries(record: &Record) -> impl Iterator<Item = &Entry> {
    let sessions = record.sessions.iter().flat_map(|session| {
        let administrations = session
            .dosing
            .iter()
            .flat_map(|dosing| entries_of(&dosing.administrations));
        let insights = session
            .integration
            .iter()
            .flat_map(|integration| entries_of(&integration.insights));
        std::iter::once(session.entry()).chain(administrations).chain(insights)
    });
    let plans = record
        .plans
        .iter()
        .flat_map(|plan| std::iter::once(plan.entry()).chain(entries_of(&plan.activities)));
    entries_of(&record.support_persons)
        .chain(record.care_team.iter().map(Keyed::entry))
        .chain(entries_of(&record.conditions))
        .chain(entries_of(&record.factors))
        .chain(entries_of(&record.consents))
        .chain(entries_of(&record.screenings))
        .chain(entries_of(&record.current_medications))
        .chain(entries_of(&record.lab_results))
        .chain(entries_of(&record.pregnancy_statements))
        .chain(entries_of(&record.medications))
        .chain(entries_of(&record.prescriptions))
        .chain(entries_of(&record.dispenses))
        .chain(sessions)
        .chain(entries_of(&record.assessments))
        .chain(entries_of(&record.growth_ratings))
        .chain(entries_of(&record.pattern_ratings))
        .chain(entries_of(&record.behavior_reports))
        .chain(entries_of(&record.adverse_events))
        .chain(entries_of(&record.safety_checks))
        .chain(entries_of(&record.education))
        .chain(entries_of(&record.alcohol_use))
        .chain(entries_of(&record.goals))
        .chain(plans)
        .chain(entries_of(&record.summary_notes))
}

fn entries_of<T: Keyed>(objects: &[T]) -> impl Iterator<Item = &Entry> {
    objects.iter().map(Keyed::entry)
}
