//! Observations: what integration leaves behind. Insights leave as coded themes and only if released; no word of the patient leaves.
//!
//! <https://hl7.org/fhir/R4/observation.html>

use fhirbolt::model::r4::resources::Observation;
use kap_record::Permit;
use kap_record::model::integration::{Insight, Integration, IntegrationRole, PatternLink};
use kap_record::model::life_cycle::Kind;
use kap_record::model::session::Session;
use kap_record::primitive::{Instant, Rating};

use super::observation::{at, coded, measured, observable, observation};
use super::{pattern_rating, score, therapy};
use crate::code::{Local, concept, synonyms, ucum};
use crate::element::whole;
use crate::label::Labels;
use crate::mapping::Mapping;
use crate::place::Placed;
use crate::profile::Profile;
use crate::segment::Reason;
use crate::source::Source;

pub(super) fn map<'r>(integration: &Placed<'r, Integration>, session: &Placed<'r, Session>, mapping: &mut Mapping<'r>) {
    mapping.never_leaves(integration, "surfacedMaterial", integration.surfaced_material.is_some());
    for insight in integration.each("insights", &integration.object().insights) {
        map_insight(&insight, session, mapping);
    }
    for link in integration.each("patternLinks", &integration.object().pattern_links) {
        map_pattern_link(&link, session, mapping);
    }
    let end = session.end.as_ref().unwrap_or(&session.start);
    let place = |member| integration.member(member);
    map_distress(
        "distress-before",
        integration.distress_before,
        &session.start,
        place("distressBefore"),
        session,
        mapping,
    );
    map_distress(
        "distress-after",
        integration.distress_after,
        end,
        place("distressAfter"),
        session,
        mapping,
    );
}

fn map_insight<'r>(insight: &Placed<'r, Insight>, session: &Session, mapping: &mut Mapping<'r>) {
    mapping.never_leaves(insight, "text", insight.text.is_some());
    let permit = if insight.in_treatment_plan == Some(true) {
        Permit::TreatmentPlan
    } else if mapping.policy().insight_themes {
        Permit::ClinicPolicy
    } else {
        return mapping.withhold(insight.member("theme"), Reason::Policy);
    };
    let theme = *insight.theme.release(permit);
    mapping.add(Source::of(insight), Labels::clinical(), |mapping| Observation {
        part_of: therapy::serving(IntegrationRole::MeaningMaking, session, mapping),
        encounter: Some(mapping.reference(Kind::Session, &session.id)),
        effective: Some(at(session.start.as_str())),
        value: Some(coded(theme.coding())),
        ..observation(mapping, &insight.entry, "therapy", concept(observable("insight")))
    });
}

fn map_pattern_link<'r>(link: &Placed<'r, PatternLink>, session: &Placed<'r, Session>, mapping: &mut Mapping<'r>) {
    let source = Source::of(session).member(PATTERN_LINK, &link.object().id, link);
    mapping.add(source, Labels::clinical(), |mapping| Observation {
        part_of: therapy::serving(IntegrationRole::PatternLinking, session, mapping),
        focus: link
            .condition_id
            .iter()
            .map(|id| *mapping.reference(Kind::Condition, id))
            .collect(),
        encounter: Some(mapping.reference(Kind::Session, &session.id)),
        effective: Some(at(session.start.as_str())),
        value: Some(fhirbolt::model::r4::resources::ObservationValue::CodeableConcept(
            pattern_rating::code(link.pattern).into(),
        )),
        ..observation(mapping, &session.entry, "therapy", concept(observable("pattern-link")))
    });
}

/// The name of a pattern link in its key.
pub(super) const PATTERN_LINK: &str = "pattern-link";

fn map_distress<'r>(
    name: &'static str,
    rating: Option<Rating>,
    time: &Instant,
    pointer: String,
    session: &Placed<'r, Session>,
    mapping: &mut Mapping<'r>,
) {
    let Some(rating) = rating else { return };
    let now = kap_record::instruments::ScoreCode::DistressNow;
    let source = Source::of(session)
        .part(name)
        .at(pointer)
        .claiming(Profile::ScoreObservation);
    mapping.add(source, Labels::clinical(), |mapping| Observation {
        part_of: therapy::serving(IntegrationRole::EmotionalProcessing, session, mapping),
        encounter: Some(mapping.reference(Kind::Session, &session.id)),
        effective: Some(at(time.as_str())),
        performer: vec![*mapping.patient()],
        value: Some(measured(whole(rating.get(), ucum::SCORE))),
        extension: score::improvement(now).into_iter().collect(),
        ..observation(
            mapping,
            &session.entry,
            "survey",
            synonyms([observable(name), now.coding()]),
        )
    });
}
