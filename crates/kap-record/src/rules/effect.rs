//! An experience is either expected or harm, never both.

use super::{Facts, Findings, held};
use crate::codes;
use crate::model::adverse_event::EventCode;
use crate::model::monitoring::EffectCode;

/// Expected effects and the adverse events under which the same experience could be reported again.
const SAME: [(EffectCode, EventCode); 5] = [
    (EffectCode::Dissociation, EventCode::PersistentDissociation),
    (EffectCode::Derealization, EventCode::PersistentDissociation),
    (EffectCode::Sedation, EventCode::ExcessiveSedation),
    (EffectCode::AlteredPerception, EventCode::Hallucinations),
    (EffectCode::EmotionalRelease, EventCode::Distress),
];

pub(super) fn judge(facts: &Facts<'_>, findings: &mut Findings<'_>) {
    for (at, event) in held("/adverseEvents", &facts.record.adverse_events) {
        let session = facts
            .sessions()
            .find(|(_, session)| Some(&session.id) == event.session_id.as_ref());
        let twice = session
            .iter()
            .flat_map(|(_, session)| &session.expected_effects)
            .any(|effect| {
                SAME.contains(&(effect.effect, event.event))
                    && effect.noticed_at.timestamp() == event.onset_at.timestamp()
            });
        if twice {
            let message = "an expected effect of the session began at the same time and means the same";
            findings.report(&codes::EFFECT_COUNTED_TWICE, &at, message);
        }
    }
}
