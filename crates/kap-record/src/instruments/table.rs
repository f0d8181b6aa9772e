//! What is known of each instrument and score, as tables. LOINC codes stand here only if they were read in a published source.

use Direction::{HigherIsBetter as Higher, LowerIsBetter as Lower, Neutral};
use InstrumentCode as I;
use LicenceTier::{EmbedText, ScoreOnly, SiteSuppliedText};
use ScoreCode as S;

use super::{Direction, InstrumentCode, InstrumentDefinition, LicenceTier, ScoreCode, ScoreDefinition};

/// An instrument of which only scores are taken.
const fn scores_only(
    instrument: InstrumentCode,
    items: Option<u8>,
    item_range: Option<(i32, i32)>,
) -> InstrumentDefinition {
    InstrumentDefinition {
        instrument,
        licence: ScoreOnly,
        items,
        item_range,
        loinc_panel: None,
        loinc_items: &[],
        withholds_answers: false,
    }
}

pub(super) static INSTRUMENTS: &[InstrumentDefinition] = &[
    InstrumentDefinition {
        licence: EmbedText,
        loinc_panel: Some("44249-1"),
        loinc_items: &[
            "44250-9", "44255-8", "44259-0", "44254-1", "44251-7", "44258-2", "44252-5", "44253-3", "44260-8",
            "69722-7",
        ],
        // The tenth item, on difficulty, is answered but never scored.
        ..scores_only(I::Phq9, Some(10), Some((0, 3)))
    },
    InstrumentDefinition {
        licence: EmbedText,
        loinc_panel: Some("69737-5"),
        loinc_items: &[
            "69725-0", "68509-9", "69733-4", "69734-2", "69735-9", "69689-8", "69736-7",
        ],
        ..scores_only(I::Gad7, Some(7), Some((0, 3)))
    },
    InstrumentDefinition {
        licence: EmbedText,
        loinc_panel: Some("101697-1"),
        ..scores_only(I::Pcl5, Some(20), Some((0, 4)))
    },
    InstrumentDefinition {
        licence: EmbedText,
        withholds_answers: true,
        ..scores_only(I::Lec5, Some(17), None)
    },
    InstrumentDefinition {
        licence: SiteSuppliedText,
        loinc_panel: Some("93373-9"),
        loinc_items: &[
            "93246-7", "93247-5", "93248-3", "93249-1", "93250-9", "93267-3", "93269-9",
        ],
        ..scores_only(I::CssrsScreener, Some(7), Some((0, 1)))
    },
    InstrumentDefinition {
        licence: EmbedText,
        loinc_panel: Some("72109-2"),
        loinc_items: &["68518-0", "68519-8", "68520-6"],
        ..scores_only(I::AuditC, Some(3), Some((0, 4)))
    },
    InstrumentDefinition {
        licence: EmbedText,
        loinc_panel: Some("72110-0"),
        ..scores_only(I::Audit, Some(10), Some((0, 4)))
    },
    InstrumentDefinition {
        loinc_panel: Some("82813-7"),
        withholds_answers: true,
        ..scores_only(I::Ace, Some(10), Some((0, 1)))
    },
    InstrumentDefinition {
        licence: EmbedText,
        loinc_panel: Some("82152-0"),
        withholds_answers: true,
        ..scores_only(I::BrfssAce, Some(11), None)
    },
    scores_only(I::QidsSr16, Some(16), Some((0, 3))),
    scores_only(I::Madrs, Some(10), Some((0, 6))),
    scores_only(I::Hamd17, Some(17), Some((0, 4))),
    scores_only(I::Bdi2, Some(21), Some((0, 3))),
    // CADSS exists with 28, 23, 6 and 3 items; the score says which.
    scores_only(I::Cadss, None, Some((0, 4))),
    scores_only(I::Meq30, Some(30), Some((0, 5))),
    scores_only(I::Ebi, Some(6), Some((0, 100))),
    scores_only(I::Ceq, Some(26), Some((0, 5))),
    scores_only(I::Piq, Some(23), Some((0, 5))),
    scores_only(I::Ies, None, None),
    scores_only(I::Eis, None, None),
    scores_only(I::Wcs, Some(19), Some((0, 100))),
    scores_only(I::Aaq2, Some(7), Some((1, 7))),
    scores_only(I::Ders16, Some(16), Some((1, 5))),
    scores_only(I::ScsSf, Some(12), Some((1, 5))),
    scores_only(I::Mlq, Some(10), Some((1, 7))),
    scores_only(I::Wsas, Some(5), Some((0, 8))),
    InstrumentDefinition {
        licence: SiteSuppliedText,
        ..scores_only(I::Who5, Some(5), Some((0, 5)))
    },
    scores_only(I::QlesqSf, Some(16), Some((1, 5))),
    scores_only(I::Pss10, Some(10), Some((0, 4))),
    scores_only(I::Pss4, Some(4), Some((0, 4))),
    scores_only(I::Mspss, Some(12), Some((1, 7))),
    scores_only(I::Urica, Some(32), Some((1, 5))),
    scores_only(I::WaiSr, Some(12), Some((1, 5))),
    scores_only(I::Isi, Some(7), Some((0, 4))),
    scores_only(I::Bsl23, Some(23), Some((0, 4))),
    scores_only(I::Promis, None, None),
    scores_only(I::CredibilityExpectancy, None, None),
    scores_only(I::Moaas, Some(1), Some((0, 5))),
    scores_only(I::Rass, Some(1), Some((-5, 4))),
    InstrumentDefinition {
        licence: EmbedText,
        ..scores_only(I::IntegrationCheckin, Some(10), Some((0, 10)))
    },
    InstrumentDefinition {
        licence: EmbedText,
        ..scores_only(I::ReadinessRuler, Some(1), Some((0, 10)))
    },
    InstrumentDefinition {
        licence: EmbedText,
        ..scores_only(I::SessionRating, None, Some((0, 10)))
    },
];

const fn score(
    score: ScoreCode,
    instrument: InstrumentCode,
    range: Option<(i32, i32)>,
    direction: Direction,
    loinc: Option<&'static str>,
) -> ScoreDefinition {
    ScoreDefinition {
        score,
        instrument,
        range,
        direction,
        loinc,
    }
}

pub(super) static SCORES: &[ScoreDefinition] = &[
    score(S::Phq9Total, I::Phq9, Some((0, 27)), Lower, Some("44261-6")),
    score(S::Gad7Total, I::Gad7, Some((0, 21)), Lower, Some("70274-6")),
    score(S::Pcl5Total, I::Pcl5, Some((0, 80)), Lower, Some("101698-9")),
    score(S::Pcl5ClusterB, I::Pcl5, Some((0, 20)), Lower, None),
    score(S::Pcl5ClusterC, I::Pcl5, Some((0, 8)), Lower, None),
    score(S::Pcl5ClusterD, I::Pcl5, Some((0, 28)), Lower, None),
    score(S::Pcl5ClusterE, I::Pcl5, Some((0, 24)), Lower, None),
    score(S::Lec5Happened, I::Lec5, Some((0, 17)), Neutral, None),
    score(
        S::CssrsScreenerRisk,
        I::CssrsScreener,
        Some((0, 3)),
        Lower,
        Some("93374-7"),
    ),
    score(S::AuditCTotal, I::AuditC, Some((0, 12)), Lower, Some("75626-2")),
    score(S::AuditTotal, I::Audit, Some((0, 40)), Lower, Some("75624-7")),
    score(S::AceTotal, I::Ace, Some((0, 10)), Neutral, None),
    score(S::BrfssAceItems, I::BrfssAce, Some((0, 11)), Neutral, None),
    score(S::BrfssAceCategories, I::BrfssAce, Some((0, 8)), Neutral, None),
    score(S::QidsSr16Total, I::QidsSr16, Some((0, 27)), Lower, None),
    score(S::MadrsTotal, I::Madrs, Some((0, 60)), Lower, None),
    score(S::Hamd17Total, I::Hamd17, Some((0, 52)), Lower, None),
    score(S::Bdi2Total, I::Bdi2, Some((0, 63)), Lower, None),
    score(S::Cadss28, I::Cadss, Some((0, 112)), Neutral, None),
    score(S::Cadss23, I::Cadss, Some((0, 92)), Neutral, None),
    score(S::Cadss6, I::Cadss, Some((0, 24)), Neutral, None),
    score(S::Cadss3, I::Cadss, Some((0, 12)), Neutral, None),
    score(S::Meq30Mystical, I::Meq30, Some((0, 100)), Neutral, None),
    score(S::Meq30PositiveMood, I::Meq30, Some((0, 100)), Neutral, None),
    score(S::Meq30Transcendence, I::Meq30, Some((0, 100)), Neutral, None),
    score(S::Meq30Ineffability, I::Meq30, Some((0, 100)), Neutral, None),
    score(S::EbiMean, I::Ebi, Some((0, 100)), Neutral, None),
    score(S::CeqTotal, I::Ceq, Some((0, 100)), Neutral, None),
    score(S::CeqFear, I::Ceq, Some((0, 100)), Neutral, None),
    score(S::CeqGrief, I::Ceq, Some((0, 100)), Neutral, None),
    score(S::CeqPhysical, I::Ceq, Some((0, 100)), Neutral, None),
    score(S::CeqInsanity, I::Ceq, Some((0, 100)), Neutral, None),
    score(S::CeqIsolation, I::Ceq, Some((0, 100)), Neutral, None),
    score(S::CeqDeath, I::Ceq, Some((0, 100)), Neutral, None),
    score(S::CeqParanoia, I::Ceq, Some((0, 100)), Neutral, None),
    score(S::PiqTotal, I::Piq, Some((0, 115)), Neutral, None),
    score(S::IesTotal, I::Ies, None, Higher, None),
    score(S::EisTotal, I::Eis, None, Higher, None),
    score(S::WcsSelf, I::Wcs, Some((0, 100)), Higher, None),
    score(S::WcsOthers, I::Wcs, Some((0, 100)), Higher, None),
    score(S::WcsWorld, I::Wcs, Some((0, 100)), Higher, None),
    score(S::Aaq2Total, I::Aaq2, Some((7, 49)), Lower, None),
    score(S::Ders16Total, I::Ders16, Some((16, 80)), Lower, None),
    score(S::Ders16Clarity, I::Ders16, Some((2, 10)), Lower, None),
    score(S::Ders16Goals, I::Ders16, Some((3, 15)), Lower, None),
    score(S::Ders16Impulse, I::Ders16, Some((3, 15)), Lower, None),
    score(S::Ders16Strategies, I::Ders16, Some((5, 25)), Lower, None),
    score(S::Ders16NonAcceptance, I::Ders16, Some((3, 15)), Lower, None),
    score(S::ScsSfMean, I::ScsSf, Some((1, 5)), Higher, None),
    score(S::MlqPresence, I::Mlq, Some((5, 35)), Higher, None),
    score(S::MlqSearch, I::Mlq, Some((5, 35)), Neutral, None),
    score(S::WsasTotal, I::Wsas, Some((0, 40)), Lower, None),
    score(S::Who5Index, I::Who5, Some((0, 100)), Higher, None),
    score(S::QlesqSfPercent, I::QlesqSf, Some((0, 100)), Higher, None),
    score(S::Pss10Total, I::Pss10, Some((0, 40)), Lower, None),
    score(S::Pss4Total, I::Pss4, Some((0, 16)), Lower, None),
    score(S::MspssMean, I::Mspss, Some((1, 7)), Higher, None),
    score(S::UricaReadiness, I::Urica, Some((-2, 14)), Higher, None),
    score(S::WaiSrTotal, I::WaiSr, Some((12, 60)), Higher, None),
    score(S::WaiSrGoal, I::WaiSr, Some((4, 20)), Higher, None),
    score(S::WaiSrTask, I::WaiSr, Some((4, 20)), Higher, None),
    score(S::WaiSrBond, I::WaiSr, Some((4, 20)), Higher, None),
    score(S::IsiTotal, I::Isi, Some((0, 28)), Lower, None),
    score(S::Bsl23Mean, I::Bsl23, Some((0, 4)), Lower, None),
    score(S::PromisDepression, I::Promis, Some((0, 100)), Lower, None),
    score(S::PromisAnxiety, I::Promis, Some((0, 100)), Lower, None),
    score(S::PromisSleep, I::Promis, Some((0, 100)), Lower, None),
    score(S::Credibility, I::CredibilityExpectancy, None, Neutral, None),
    score(S::Expectancy, I::CredibilityExpectancy, None, Neutral, None),
    score(S::Moaas, I::Moaas, Some((0, 5)), Higher, None),
    score(S::Rass, I::Rass, Some((-5, 4)), Neutral, None),
    score(
        S::IntegrationCheckinTotal,
        I::IntegrationCheckin,
        Some((0, 100)),
        Higher,
        None,
    ),
    score(S::Readiness, I::ReadinessRuler, Some((0, 10)), Higher, None),
    score(S::Pain, I::SessionRating, Some((0, 10)), Lower, None),
    score(S::Nausea, I::SessionRating, Some((0, 10)), Lower, None),
    score(S::AnxietyNow, I::SessionRating, Some((0, 10)), Lower, None),
    score(S::DistressNow, I::SessionRating, Some((0, 10)), Lower, None),
];
