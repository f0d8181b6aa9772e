//! What came of a push: plain values for whoever shows them.

use kap_json::Issue;

/// What came of one resource.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Outcome {
    /// New on the server.
    Created,
    /// A new version on the server.
    Updated,
    /// It was there already: matched by its identifier, or found after an answer was lost.
    Matched,
    /// The server holds this content since an earlier push; nothing was sent.
    Unchanged,
    /// Refused, or could not be sent because of something that was refused.
    Rejected,
    /// The server holds another content; ours was not written over it.
    Diverged,
    /// A person must decide.
    NeedsReview,
    /// It may have been stored; the next push looks.
    Unknown,
    /// Not sent: the server, or another process, has to be waited for.
    Waiting,
}

impl Outcome {
    /// The word for tables and machine output.
    pub fn as_str(self) -> &'static str {
        match self {
            Outcome::Created => "created",
            Outcome::Updated => "updated",
            Outcome::Matched => "matched",
            Outcome::Unchanged => "unchanged",
            Outcome::Rejected => "rejected",
            Outcome::Diverged => "diverged",
            Outcome::NeedsReview => "needs-review",
            Outcome::Unknown => "unknown",
            Outcome::Waiting => "waiting",
        }
    }

    /// What it asks of the caller.
    pub fn conclusion(self) -> Conclusion {
        match self {
            Outcome::Created | Outcome::Updated | Outcome::Matched | Outcome::Unchanged => Conclusion::Complete,
            Outcome::Rejected => Conclusion::Findings,
            Outcome::Unknown | Outcome::Waiting => Conclusion::Unfinished,
            Outcome::NeedsReview | Outcome::Diverged => Conclusion::NeedsPerson,
        }
    }
}

/// What a run asks of the caller, least first; the whole asks for the most that any part asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Conclusion {
    /// Nothing.
    Complete,
    /// Something was found wrong: mend it.
    Findings,
    /// Not finished, safe to run again.
    Unfinished,
    /// A person has to decide.
    NeedsPerson,
}

/// One resource of a bundle.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ItemReport {
    /// Our key: the UUID of its fullUrl.
    pub key: String,
    /// Its type.
    pub resource_type: String,
    /// What came of it.
    pub outcome: Outcome,
    /// Its id on the server, if known.
    pub server_id: Option<String>,
    /// Why, where there is something to say.
    pub finding: Option<Issue>,
}

/// One bundle.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BundleReport {
    /// The label it was handed over with.
    pub label: String,
    /// Whether it was left open by an earlier push and not handed over again.
    pub resumed: bool,
    /// What is wrong with the bundle itself; then it was not taken in.
    pub finding: Option<Issue>,
    /// Its resources, in the order of its entries.
    pub items: Vec<ItemReport>,
}

impl BundleReport {
    /// The most that any of its resources asks for.
    pub fn conclusion(&self) -> Conclusion {
        let own = self.finding.as_ref().map(|_| Conclusion::Findings);
        let items = self.items.iter().map(|item| item.outcome.conclusion());
        items.chain(own).max().unwrap_or(Conclusion::Complete)
    }
}

/// A whole push.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PushReport {
    /// What an earlier push had left open, then what was handed over, each in its order.
    pub bundles: Vec<BundleReport>,
    /// Requests of any kind.
    pub requests: u64,
    /// Transactions sent.
    pub writes: u64,
}

impl PushReport {
    /// The most that any bundle asks for.
    pub fn conclusion(&self) -> Conclusion {
        let bundles = self.bundles.iter().map(BundleReport::conclusion);
        bundles.max().unwrap_or(Conclusion::Complete)
    }

    /// How many resources ended so.
    pub fn count(&self, outcome: Outcome) -> usize {
        let items = self.bundles.iter().flat_map(|bundle| &bundle.items);
        items.filter(|item| item.outcome == outcome).count()
    }
}
