//! Nothing ends before it starts.

use kap_json::{Location, Message, Node};

use super::{Facts, Findings};
use crate::codes;
use crate::primitive::{Instant, Moment};

/// Members of one object that begin and end something.
static SPANS: &[(&str, &str)] = &[
    ("start", "end"),
    ("startedAt", "endedAt"),
    ("noticedAt", "resolvedAt"),
    ("onsetAt", "resolvedAt"),
    ("onset", "abatement"),
    ("givenAt", "revokedAt"),
    ("assessedAt", "leftAt"),
];

pub(super) fn judge(facts: &Facts<'_>, findings: &mut Findings<'_>) {
    facts.kept.each_object(&mut |_, object| {
        for (start, end) in SPANS {
            let node = |name| facts.kept.get(object, name);
            if let (Some(started), Some(ended)) = (node(start), node(end))
                && is_before(ended, started)
            {
                let message = Message::text(format!("`{end}` "))
                    .value(text(ended))
                    .and(format!(" is before `{start}`"));
                findings.report_at(&codes::TIME_END_BEFORE_START, Location::of(ended), message);
            }
        }
    });
}

/// Points in time are compared as such, dates as far as both are known.
fn is_before(one: Node<'_>, other: Node<'_>) -> bool {
    let (one, other) = (text(one), text(other));
    if let (Some(one), Some(other)) = (Instant::new(one), Instant::new(other)) {
        return one.timestamp() < other.timestamp();
    }
    if let (Some(one), Some(other)) = (Moment::new(one), Moment::new(other)) {
        return one.date() < other.date();
    }
    let known = one.len().min(other.len());
    one.get(..known) < other.get(..known)
}

fn text(node: Node<'_>) -> &str {
    node.as_str().unwrap_or_default()
}
