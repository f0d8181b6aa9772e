//! What is known of each instrument and score.

use super::table::{INSTRUMENTS, SCORES};
use super::{InstrumentCode, ScoreCode};

/// What may be done with an instrument's wording.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum LicenceTier {
    /// The wording may be embedded.
    EmbedText,
    /// The wording comes from a file that the site supplies.
    SiteSuppliedText,
    /// Numbers only, never words.
    ScoreOnly,
}

/// Which way is better.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// Less is better.
    LowerIsBetter,
    /// More is better.
    HigherIsBetter,
    /// Neither: it describes.
    Neutral,
}

/// What is known of an instrument.
#[derive(Clone, Copy, Debug)]
pub struct InstrumentDefinition {
    /// The instrument.
    pub instrument: InstrumentCode,
    /// What may be done with its wording.
    pub licence: LicenceTier,
    /// The number of items, if all its versions have the same.
    pub items: Option<u8>,
    /// The least and the most points of an item, if all items have the same.
    pub item_range: Option<(i32, i32)>,
    /// The LOINC code of the panel.
    pub loinc_panel: Option<&'static str>,
    /// The LOINC codes of its items, in their order; empty if they are not known.
    pub loinc_items: &'static [&'static str],
    /// Whether its answers stay in the clinic and only its scores leave.
    pub withholds_answers: bool,
}

/// What is known of a score.
#[derive(Clone, Copy, Debug)]
pub struct ScoreDefinition {
    /// The score.
    pub score: ScoreCode,
    /// The instrument to which it belongs.
    pub instrument: InstrumentCode,
    /// The least and the most that it can be, as far as that is established.
    pub range: Option<(i32, i32)>,
    /// Which way is better.
    pub direction: Direction,
    /// Its LOINC code.
    pub loinc: Option<&'static str>,
}

impl InstrumentCode {
    /// What is known of this instrument.
    pub fn definition(self) -> &'static InstrumentDefinition {
        INSTRUMENTS
            .iter()
            .find(|definition| definition.instrument == self)
            .expect("the table has every instrument; a test walks it")
    }
}

impl ScoreCode {
    /// What is known of this score.
    pub fn definition(self) -> &'static ScoreDefinition {
        SCORES
            .iter()
            .find(|definition| definition.score == self)
            .expect("the table has every score; a test walks it")
    }
}
