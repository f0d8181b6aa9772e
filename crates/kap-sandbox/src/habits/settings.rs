//! What a habit can be about. A file that does not mention one has the specification's.

use serde::Deserialize;

/// The settings of one vendor; names in the files have hyphens.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "kebab-case", default, deny_unknown_fields)]
#[expect(clippy::struct_excessive_bools, reason = "each is a line of the files")]
pub(crate) struct Settings {
    /// Codes of [system-restful-interaction](https://hl7.org/fhir/R4/valueset-system-restful-interaction.html).
    pub(crate) system: Vec<String>,
    pub(crate) conditional_create: bool,
    pub(crate) conditional_update: bool,
    /// Whether a client may choose the id of a new resource.
    pub(crate) update_create: bool,
    /// The only search parameters that conditions may name; none given, all may.
    pub(crate) conditions_on: Vec<String>,
    pub(crate) search_by_post: bool,
    /// Entries of a transaction are done in their own order, not in that of the specification.
    pub(crate) transaction_in_order: bool,
    /// A transaction is done as a batch: what fails does not take the others along.
    pub(crate) transaction_as_batch: bool,

    pub(crate) max_entries: Option<usize>,
    pub(crate) max_entries_status: u16,
    pub(crate) max_bytes: Option<usize>,
    pub(crate) max_bytes_status: u16,

    pub(crate) if_match: IfMatch,
    pub(crate) missing_if_match_status: u16,
    /// For a version that is not the current one.
    pub(crate) stale_status: u16,
    /// For a write that lost a race against another.
    pub(crate) race_status: u16,
    /// An update that changes nothing makes no new version.
    pub(crate) same_content_same_version: bool,
    /// A client may choose an id of digits only.
    pub(crate) numeric_ids: bool,
    /// References to resources that are not there are refused.
    pub(crate) checks_references: bool,

    pub(crate) write_answer: WriteAnswer,
    /// The media type of an answer without a body.
    pub(crate) empty_content_type: Option<String>,
    pub(crate) outcome: Outcome,
    /// The system of the codes below, in `details.coding`.
    pub(crate) outcome_system: Option<String>,

    /// For a create whose content is there already; none given, it is stored again.
    pub(crate) duplicate_code: Option<String>,
    pub(crate) duplicate_status: u16,
    /// For whatever is about a patient with the tag `break-the-glass`.
    pub(crate) restricted_code: Option<String>,
    pub(crate) restricted_status: u16,
    pub(crate) writes_a_day: Option<u64>,
    pub(crate) ceiling_code: Option<String>,
    pub(crate) ceiling_status: u16,

    pub(crate) throttle_status: u16,
    pub(crate) throttle_code: Option<String>,
    pub(crate) retry_after: Vec<RetryAfter>,
    pub(crate) rate_points: Option<u64>,
    pub(crate) rate_seconds: u64,
    pub(crate) points_a_read: u64,
    pub(crate) points_a_search: u64,
    pub(crate) points_a_write: u64,
    /// Entries of a batch that go over the rate are refused each for itself, within a 200.
    pub(crate) rate_in_entries: bool,
    /// Answers say in the header `RateLimit` what is left.
    pub(crate) rate_header: bool,

    /// Types of which a client's `identifier` is not kept.
    pub(crate) drops_identifier: Vec<String>,
    /// `meta.security` is not kept.
    pub(crate) drops_labels: bool,
    /// Elements that a resource may not have anywhere.
    pub(crate) refuses_elements: Vec<String>,
    /// Elements, as in `Observation.effectiveDateTime`, whose dates have a time.
    pub(crate) needs_time: Vec<String>,
    /// Elements that are there exactly once.
    pub(crate) single: Vec<String>,
    /// Elements that are there.
    pub(crate) requires: Vec<String>,
    /// Elements without which a stored resource cannot be read.
    pub(crate) fails_without: Vec<String>,
}

/// What becomes of the header `If-Match` of an update.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum IfMatch {
    /// It is checked if it is there.
    Optional,
    /// There has to be one.
    Required,
}

/// What the answer to a write carries, unless the client prefers something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum WriteAnswer {
    Resource,
    /// Nothing, whatever the client prefers.
    Nothing,
}

/// Where an OperationOutcome says what is wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Outcome {
    /// In `details.text`, and what to do in `diagnostics`.
    Both,
    /// In `details.text` only.
    Details,
    /// In `diagnostics` only.
    Diagnostics,
}

/// How a server that is too busy says when to come back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum RetryAfter {
    /// `Retry-After`, as seconds.
    Seconds,
    /// `Retry-After`, as a date.
    Date,
    /// A header of Microsoft's, in milliseconds.
    XMsRetryAfterMs,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            system: Vec::new(),
            conditional_create: false,
            conditional_update: false,
            update_create: false,
            conditions_on: Vec::new(),
            search_by_post: true,
            transaction_in_order: false,
            transaction_as_batch: false,
            max_entries: None,
            max_entries_status: 413,
            max_bytes: None,
            max_bytes_status: 413,
            if_match: IfMatch::Optional,
            missing_if_match_status: 412,
            stale_status: 412,
            race_status: 409,
            same_content_same_version: false,
            numeric_ids: true,
            checks_references: false,
            write_answer: WriteAnswer::Resource,
            empty_content_type: None,
            outcome: Outcome::Both,
            outcome_system: None,
            duplicate_code: None,
            duplicate_status: 422,
            restricted_code: None,
            restricted_status: 403,
            writes_a_day: None,
            ceiling_code: None,
            ceiling_status: 429,
            throttle_status: 429,
            throttle_code: None,
            retry_after: vec![RetryAfter::Seconds],
            rate_points: None,
            rate_seconds: 60,
            points_a_read: 0,
            points_a_search: 0,
            points_a_write: 1,
            rate_in_entries: false,
            rate_header: false,
            drops_identifier: Vec::new(),
            drops_labels: false,
            refuses_elements: Vec::new(),
            needs_time: Vec::new(),
            single: Vec::new(),
            requires: Vec::new(),
            fails_without: Vec::new(),
        }
    }
}
