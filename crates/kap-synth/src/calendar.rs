//! Days of a course and the clocks of the place where it happens.

use jiff::civil::{Date, date};
use jiff::{Span, ToSpan};

use crate::random::Random;

const ZONES: [&str; 8] = [
    "America/Los_Angeles",
    "America/Phoenix",
    "America/Chicago",
    "America/New_York",
    "America/St_Johns",
    "Europe/Oslo",
    "Asia/Kathmandu",
    "Pacific/Auckland",
];

/// The calendar of one course. Day 0 is the first.
pub(crate) struct Calendar {
    first: Date,
    zone: &'static str,
}

impl Calendar {
    /// A calendar that begins somewhere within three years, in some zone.
    pub(crate) fn drawn(random: &mut Random) -> Self {
        Self {
            first: later(date(2022, 1, 1), random.between(0, 1095).days()),
            zone: random.pick(ZONES),
        }
    }

    /// The name of the zone.
    pub(crate) const fn zone(&self) -> &'static str {
        self.zone
    }

    /// A day as `YYYY-MM-DD`.
    pub(crate) fn date(&self, day: i32) -> String {
        later(self.first, day.days()).to_string()
    }

    /// So many minutes after midnight of a day, with the offset that the zone's clocks had then.
    pub(crate) fn instant(&self, day: i32, minutes: i32) -> String {
        let midnight = later(self.first, day.days())
            .in_tz(self.zone)
            .expect("the bundled database holds the zones above");
        midnight
            .saturating_add(minutes.minutes())
            .strftime("%Y-%m-%dT%H:%M:%S%:z")
            .to_string()
    }
}

fn later(day: Date, span: Span) -> Date {
    day.saturating_add(span)
}
