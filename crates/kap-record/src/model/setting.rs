//! The setting of a dosing session and the patient's set.

use crate::define::{codes, object};
use crate::primitive::Line;
use crate::sensitivity::Withheld;

codes! {
    /// The observable parts of the setting; each is a member of `setAndSetting`.
    pub enum SettingElement in "kap-setting" {
        /// `musicPlaylist`: the identifier of the playlist.
        MusicPlaylist = "music-playlist",
        /// `eyeshades`: whether eyeshades were worn.
        Eyeshades = "eyeshades",
        /// `position`: the position of the body.
        Position = "position",
        /// `light`: the light in the room.
        Light = "light",
        /// `blanket`: whether a blanket was used.
        Blanket = "blanket",
        /// `touchConsent`: whether supportive touch was agreed to for this session.
        TouchConsent = "touch-consent",
        /// `supportAnimal`: whether a support animal was there.
        SupportAnimal = "support-animal",
    }
}

codes! {
    /// The position of the body.
    pub enum Position in "kap-position" {
        /// Lying back in a chair.
        Reclined = "reclined",
        /// Lying on the back.
        Supine = "supine",
        /// Lying on the side.
        SideLying = "side-lying",
        /// Sitting.
        Seated = "seated",
    }
}

codes! {
    /// The light in the room.
    pub enum Light in "kap-light" {
        /// Dark.
        Dark = "dark",
        /// Dim.
        Dim = "dim",
        /// Daylight.
        Daylight = "daylight",
        /// Bright.
        Bright = "bright",
    }
}

codes! {
    /// Whether supportive touch was agreed to. It can be taken back at any time.
    pub enum TouchConsent in "kap-touch-consent" {
        /// Agreed to.
        Given = "given",
        /// Agreed to within limits.
        Limited = "limited",
        /// Not agreed to.
        Declined = "declined",
        /// Taken back during the session.
        Withdrawn = "withdrawn",
    }
}

object! {
    /// Set and setting of a session.
    pub struct SetAndSetting {
        /// The identifier of the playlist; no titles.
        pub music_playlist: Option<Line>,
        /// Whether eyeshades were worn.
        pub eyeshades: Option<bool>,
        /// The position of the body.
        pub position: Option<Position>,
        /// The light in the room.
        pub light: Option<Light>,
        /// Whether a blanket was used.
        pub blanket: Option<bool>,
        /// Whether supportive touch was agreed to for this session.
        pub touch_consent: Option<TouchConsent>,
        /// Whether a support animal was there.
        pub support_animal: Option<bool>,
        /// What was said when touch was agreed upon.
        pub touch_negotiation: Option<Withheld>,
        /// The intention in the patient's words.
        pub intention: Option<Withheld>,
    }
}
