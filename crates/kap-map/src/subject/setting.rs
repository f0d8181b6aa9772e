//! Observations: the setting of a session, one for each thing that was seen to. <https://hl7.org/fhir/R4/observation.html>

use fhirbolt::model::r4::resources::{Observation, ObservationValue};
use kap_record::model::life_cycle::Kind;
use kap_record::model::session::Session;
use kap_record::model::setting::{SetAndSetting, SettingElement};

use super::observation::{at, coded, observation};
use crate::code::{Local, concept};
use crate::label::Labels;
use crate::mapping::Mapping;
use crate::place::Placed;
use crate::source::Source;

pub(super) fn map<'r>(setting: &Placed<'r, SetAndSetting>, session: &Placed<'r, Session>, mapping: &mut Mapping<'r>) {
    mapping.never_leaves(setting, "touchNegotiation", setting.touch_negotiation.is_some());
    mapping.never_leaves(setting, "intention", setting.intention.is_some());
    for (member, element, value) in elements(setting) {
        if value.is_none() {
            continue;
        }
        let source = Source::of(session)
            .part("setting")
            .part(element.as_str())
            .at(setting.member(member));
        mapping.add(source, Labels::clinical(), |mapping| Observation {
            encounter: Some(mapping.reference(Kind::Session, &session.id)),
            effective: Some(at(session.start.as_str())),
            value,
            ..observation(mapping, &session.entry, "therapy", concept(element.coding()))
        });
    }
}

/// Member of the record, code, value. Of the music only the playlist's identifier is known.
fn elements(setting: &SetAndSetting) -> [(&'static str, SettingElement, Option<ObservationValue>); 7] {
    let yes_no = |value: Option<bool>| value.map(|value| ObservationValue::Boolean(value.into()));
    let playlist = setting.music_playlist.as_ref();
    [
        (
            "musicPlaylist",
            SettingElement::MusicPlaylist,
            playlist.map(|id| ObservationValue::String(id.as_str().into())),
        ),
        ("eyeshades", SettingElement::Eyeshades, yes_no(setting.eyeshades)),
        (
            "position",
            SettingElement::Position,
            setting.position.map(|value| coded(value.coding())),
        ),
        (
            "light",
            SettingElement::Light,
            setting.light.map(|value| coded(value.coding())),
        ),
        ("blanket", SettingElement::Blanket, yes_no(setting.blanket)),
        (
            "touchConsent",
            SettingElement::TouchConsent,
            setting.touch_consent.map(|value| coded(value.coding())),
        ),
        (
            "supportAnimal",
            SettingElement::SupportAnimal,
            yes_no(setting.support_animal),
        ),
    ]
}
