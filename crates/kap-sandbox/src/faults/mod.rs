//! What goes wrong between a client and a server, on demand.
//!
//! Which request a fault strikes follows from the seed and from the request itself: its method, address and body, and how often the
//! same one came before. Neither the clock nor the order of parallel requests has a part in it, so that a run with the same seed
//! and the same client strikes the same requests. No request is struck more than twice: a client that tries again gets through.
//! With faults, new ids follow from seed and request too.
//!
//! | module | holds |
//! |---|---|
//! | `draw` | which request is struck, and by what |
//! | `suit` | which requests a fault can strike |
//! | `refuse` | faults that turn a request down |
//! | `answer` | faults of the answer to a request that was done |
//! | `wire` | faults of the connection |
//! | `log` | what was done to whom |

pub(crate) mod answer;
mod draw;
mod log;
pub(crate) mod refuse;
mod suit;
pub(crate) mod wire;

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

pub(crate) use draw::{Drawn, Mark};
pub use log::Injected;
pub(crate) use log::Log;

macro_rules! faults {
    ($($(#[doc = $documentation:literal])* $variant:ident = $name:literal;)*) => {
        /// One way in which things go wrong.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum Fault {
            $($(#[doc = $documentation])* $variant,)*
        }

        impl Fault {
            /// Every fault.
            pub const ALL: &[Self] = &[$(Self::$variant,)*];

            /// Its name on the command line.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }

            /// What happens.
            pub fn about(self) -> &'static str {
                match self { $(Self::$variant => concat!($($documentation,)*).trim(),)* }
            }
        }
    };
}

faults! {
    /// The request is done, and the connection ends without an answer.
    AnswerLost = "answer-lost";
    /// The request is done, and the answer comes after the delay.
    AnswerDelayed = "answer-delayed";
    /// The request is done, and a gateway answers 504.
    GatewayTimeout = "gateway-timeout";
    /// The request is not done: 429, or what the vendor has instead of it, in the vendor's form.
    Throttled = "throttled";
    /// The request is not done: 503, and when to come back as a date.
    Unavailable = "unavailable";
    /// 429 within a 200: a batch is done up to its middle, a transaction not at all.
    ThrottledInside = "throttled-inside";
    /// The request is done, and the answer breaks off in its middle.
    TruncatedBody = "truncated-body";
    /// The Bundle is done, and its answer has one entry too few.
    WrongEntryCount = "wrong-entry-count";
    /// A proxy delivers the request twice, and the second answer comes back.
    DeliveredTwice = "delivered-twice";
    /// A rival's conditional create gets through at the same time: there are two.
    RacingCreate = "racing-create";
    /// The write is not done because another one was faster: 409, or what the vendor has for it.
    LostRace = "lost-race";
    /// The search sees only what was there when the sandbox was opened.
    StaleIndex = "stale-index";
    /// A resource with an id of the client's is stored under another one.
    IdRewritten = "id-rewritten";
    /// The write is done, and its answer has a `Location` and no body.
    EmptyAnswer = "empty-answer";
    /// The write is done, and its answer is 202 without a `Location`: held for review.
    Accepted = "accepted";
    /// The request is not done: 401, the token has expired.
    TokenExpired = "token-expired";
    /// From here on the server does not offer what it offered: transactions, then batches, conditional creates, searches by POST.
    CapabilityChange = "capability-change";
    /// The request is done, and its answer comes in drops that take as long as the delay.
    SlowDrip = "slow-drip";
    /// The request is not done: the connection is reset.
    ConnectionReset = "connection-reset";
}

impl fmt::Display for Fault {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

impl Fault {
    /// The fault of that name.
    pub fn of_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|fault| fault.as_str() == name)
    }
}

/// Which faults there are, and how often.
#[derive(Debug, Clone)]
pub struct Faults {
    families: Vec<Fault>,
    seed: u64,
    rate: f64,
    delay: Duration,
}

impl Faults {
    /// One request in ten is struck, delays take thirty seconds.
    pub fn new(faults: impl IntoIterator<Item = Fault>, seed: u64) -> Self {
        let mut families: Vec<_> = faults.into_iter().collect();
        families.sort_unstable();
        families.dedup();
        Self {
            families,
            seed,
            rate: 0.1,
            delay: Duration::from_secs(30),
        }
    }

    /// Which part of the requests that a fault can strike is struck, from 0 to 1.
    #[must_use]
    pub fn with_rate(self, rate: f64) -> Self {
        Self { rate, ..self }
    }

    /// How long a delayed answer takes, and one in drops altogether: longer than the client waits, to be of use.
    #[must_use]
    pub fn with_delay(self, delay: Duration) -> Self {
        Self { delay, ..self }
    }
}

/// The faults of one sandbox, with what they have done.
#[derive(Debug, Clone)]
pub(crate) struct Injector {
    pub(crate) faults: Arc<Faults>,
    drawn: Arc<draw::Seen>,
    pub(crate) log: Arc<Log>,
}

impl Injector {
    pub(crate) fn new(faults: Faults) -> Self {
        Self {
            faults: Arc::new(faults),
            drawn: Arc::default(),
            log: Arc::default(),
        }
    }

    pub(crate) fn delay(&self) -> Duration {
        self.faults.delay
    }
}
