//! Who holds a lease.

use std::fmt;
use std::path::Path;

/// One process on one machine, as written beside each lease in the journal.
///
/// The text has the form `place/process/nonce`. `place` tells machines (and containers) apart, so that a lease of a process
/// that has died *here* can be taken over at once; a lease from anywhere else is waited for until it expires.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Owner {
    place: String,
    process: u32,
    nonce: String,
}

impl Owner {
    /// An owner from its parts: `nonce` is anything that no other run of the same process number has.
    pub fn new(place: &str, process: u32, nonce: &str) -> Owner {
        let plain = |text: &str| text.replace('/', "-");
        Owner {
            place: plain(place),
            process,
            nonce: plain(nonce),
        }
    }

    /// This process. The place is the boot of the machine and the process namespace where Linux tells them, else empty, and
    /// then no lease is ever taken over early.
    pub fn this_process(nonce: &str) -> Owner {
        let boot = std::fs::read_to_string("/proc/sys/kernel/random/boot_id").unwrap_or_default();
        let namespace = std::fs::read_link("/proc/self/ns/pid").unwrap_or_default();
        let place = match boot.trim() {
            "" => String::new(),
            boot => format!("{boot} {}", namespace.display()),
        };
        Owner::new(&place, std::process::id(), nonce)
    }

    /// Whether `holder` (an owner's text) was a process of this very place that is no more.
    pub(crate) fn sees_dead(&self, holder: &str) -> bool {
        let mut parts = holder.split('/');
        let (Some(place), Some(process)) = (parts.next(), parts.next()) else {
            return false;
        };
        !place.is_empty()
            && place == self.place
            && process.parse::<u32>().is_ok_and(|process| process != self.process)
            && Path::new("/proc/self").exists()
            && !Path::new("/proc").join(process).exists()
    }
}

impl fmt::Display for Owner {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}/{}/{}", self.place, self.process, self.nonce)
    }
}
