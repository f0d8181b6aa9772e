//! The life of an item: every state, every event, every transition. Nothing else changes a state.

use std::fmt;

/// Where an item is in its life; the module documentation of the journal says what each means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum State {
    /// To be written.
    Planned,
    /// Held by a process that has sent nothing of it.
    Leased,
    /// Its request may have left.
    Sending,
    /// The server asked to wait.
    Throttled,
    /// Its request may have been executed.
    Unknown,
    /// Stored.
    Applied,
    /// Refused.
    Rejected,
    /// A person must decide.
    NeedsReview,
    /// Stored, and read back equal.
    Verified,
    /// On the server with another content.
    Diverged,
}

/// What happens to an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Event {
    /// A process takes the lease in order to write it.
    Claim,
    /// The lease is given back.
    Release,
    /// The intent is about to be committed, then the request sent.
    Send,
    /// The server stored it.
    Acknowledge,
    /// It was refused, or cannot be sent.
    Refuse,
    /// The server asks to wait.
    Throttle,
    /// The request was certainly not executed.
    NotExecuted,
    /// The answer leaves open what the server holds.
    Doubt,
    /// Looked for, and found with our content.
    Found,
    /// Looked for, and found with another content.
    FoundDifferent,
    /// Looked for, and what we sent is not there.
    Absent,
    /// Looked for, and a person must decide.
    Ambiguous,
    /// Read back equal.
    Confirm,
    /// Read back different, or not at all.
    Contradict,
}

use Event as E;
use State as S;

const TRANSITIONS: &[(State, Event, State)] = &[
    // A claim prepares a write. What may have left, or waits for the server or for a person, is looked for first.
    (S::Planned, E::Claim, S::Leased),
    (S::Leased, E::Claim, S::Leased),
    (S::Rejected, E::Claim, S::Leased),
    (S::Applied, E::Claim, S::Leased),
    (S::Verified, E::Claim, S::Leased),
    (S::Sending, E::Claim, S::Unknown),
    (S::Throttled, E::Claim, S::Unknown),
    (S::Unknown, E::Claim, S::Unknown),
    (S::NeedsReview, E::Claim, S::Unknown),
    (S::Diverged, E::Claim, S::Unknown),
    // A write, and what its answer says.
    (S::Leased, E::Send, S::Sending),
    (S::Sending, E::Acknowledge, S::Applied),
    (S::Sending, E::Refuse, S::Rejected),
    (S::Sending, E::Throttle, S::Throttled),
    (S::Sending, E::NotExecuted, S::Leased),
    (S::Sending, E::Doubt, S::Unknown),
    // Not even tried.
    (S::Leased, E::Refuse, S::Rejected),
    (S::Leased, E::Release, S::Planned),
    // Looking for a resource on the server: one of unknown outcome, or one that may be there before it is sent.
    (S::Unknown, E::Found, S::Applied),
    (S::Unknown, E::FoundDifferent, S::Diverged),
    (S::Unknown, E::Absent, S::Leased),
    (S::Unknown, E::Ambiguous, S::NeedsReview),
    (S::Throttled, E::Found, S::Applied),
    (S::Throttled, E::FoundDifferent, S::Diverged),
    (S::Throttled, E::Absent, S::Leased),
    (S::Throttled, E::Ambiguous, S::NeedsReview),
    (S::Leased, E::Found, S::Applied),
    (S::Leased, E::FoundDifferent, S::Diverged),
    (S::Leased, E::Ambiguous, S::NeedsReview),
    // Reading back.
    (S::Applied, E::Confirm, S::Verified),
    (S::Verified, E::Confirm, S::Verified),
    (S::Diverged, E::Confirm, S::Verified),
    (S::Applied, E::Contradict, S::Diverged),
    (S::Verified, E::Contradict, S::Diverged),
    (S::Diverged, E::Contradict, S::Diverged),
];

impl State {
    /// Every state, in the order of a life.
    pub const ALL: [State; 10] = [
        S::Planned,
        S::Leased,
        S::Sending,
        S::Throttled,
        S::Unknown,
        S::Applied,
        S::Rejected,
        S::NeedsReview,
        S::Verified,
        S::Diverged,
    ];

    /// The state after `event`, or `None` if that cannot happen in this state.
    pub(crate) fn after(self, event: Event) -> Option<State> {
        TRANSITIONS
            .iter()
            .find(|(from, on, _)| *from == self && *on == event)
            .map(|(_, _, to)| *to)
    }

    /// Whether the server is known to hold the resource.
    pub(crate) fn is_stored(self) -> bool {
        matches!(self, S::Applied | S::Verified | S::Diverged)
    }

    /// Whether the resource must be looked for before anything is sent.
    pub(crate) fn is_open_question(self) -> bool {
        matches!(self, S::Unknown | S::Throttled)
    }

    /// The word in the journal and in reports.
    pub fn as_str(self) -> &'static str {
        match self {
            S::Planned => "planned",
            S::Leased => "leased",
            S::Sending => "sending",
            S::Throttled => "throttled",
            S::Unknown => "unknown",
            S::Applied => "applied",
            S::Rejected => "rejected",
            S::NeedsReview => "needs_review",
            S::Verified => "verified",
            S::Diverged => "diverged",
        }
    }

    pub(crate) fn from_name(name: &str) -> Option<State> {
        State::ALL.into_iter().find(|state| state.as_str() == name)
    }
}

impl fmt::Display for State {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::{Event, State, TRANSITIONS};

    #[test]
    fn each_state_and_event_has_one_outcome() {
        let pairs: HashSet<_> = TRANSITIONS.iter().map(|(from, event, _)| (*from, *event)).collect();
        assert_eq!(pairs.len(), TRANSITIONS.len());
    }

    #[test]
    fn every_state_is_reached_and_left() {
        for state in State::ALL {
            assert!(
                state == State::Planned || TRANSITIONS.iter().any(|(from, _, to)| *to == state && *from != state),
                "{state} is never reached"
            );
            assert!(
                TRANSITIONS.iter().any(|(from, _, to)| *from == state && *to != state),
                "{state} is a dead end"
            );
            assert!(state.after(Event::Claim).is_some(), "{state} could not be taken over");
        }
    }

    #[test]
    fn nothing_is_sent_that_may_have_been_executed() {
        for (from, event, _) in TRANSITIONS {
            assert!(*event != Event::Send || *from == State::Leased);
        }
        for risky in [State::Sending, State::Unknown, State::Throttled] {
            assert_ne!(risky.after(Event::Claim), Some(State::Leased));
        }
    }

    #[test]
    fn names_are_read_back() {
        for state in State::ALL {
            assert_eq!(State::from_name(state.as_str()), Some(state));
        }
    }
}
