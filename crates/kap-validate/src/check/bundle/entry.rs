//! What an entry has, depending on the type of the bundle (bdl-2 to bdl-5).

use kap_json::CodeInfo;

use super::super::walk::Walk;
use super::fault;
use super::group::{Groups, Place};
use crate::codes;

pub(super) fn parts<'c>(walk: &mut Walk<'c>, groups: &mut Groups<'c>, place: Place<'c>, kind: &str) {
    let entry = place.node;
    let has = |name| entry.get(name).is_some();
    let wants_request = matches!(kind, "batch" | "transaction" | "history");
    let wants_response = matches!(kind, "batch-response" | "transaction-response" | "history");
    if has("search") && kind != "searchset" {
        let message = "only entries of a searchset have `search`";
        groups.add(&codes::BUNDLE_SEARCH, place, entry, message);
    }
    presence(
        groups,
        place,
        "request",
        wants_request,
        (
            &codes::BUNDLE_REQUEST_MISSING,
            "the entry has no `request`, so a server cannot know what to do with it",
        ),
        (
            &codes::BUNDLE_REQUEST_NOT_ALLOWED,
            "entries of this type of bundle have no `request`",
        ),
    );
    presence(
        groups,
        place,
        "response",
        wants_response,
        (&codes::BUNDLE_RESPONSE_MISSING, "the entry has no `response`"),
        (
            &codes::BUNDLE_RESPONSE_NOT_ALLOWED,
            "entries of this type of bundle have no `response`",
        ),
    );
    if !has("resource") && !has("request") && !has("response") && !entry.is_empty() {
        let message = "the entry has neither `resource` nor `request` nor `response`";
        fault(walk, &codes::BUNDLE_ENTRY_EMPTY, entry, "", message);
    }
}

/// Reports a member that is wanted and missing, or there and not wanted.
fn presence<'c>(
    groups: &mut Groups<'c>,
    place: Place<'c>,
    member: &str,
    is_wanted: bool,
    missing: (&'static CodeInfo, &'static str),
    not_allowed: (&'static CodeInfo, &'static str),
) {
    let is_there = place.node.get(member).is_some();
    if is_there != is_wanted {
        let (info, message) = if is_wanted { missing } else { not_allowed };
        groups.add(info, place, place.node, message);
    }
}
