//! From an entry of the bundle back to its place in the record.

use serde::Serialize;

/// One entry of the bundle and where it comes from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct SourceEntry {
    /// The entry's `fullUrl`.
    pub full_url: String,
    /// Its type of resource.
    pub resource_type: &'static str,
    /// The place in the record, as a JSON Pointer ([RFC 6901](https://www.rfc-editor.org/rfc/rfc6901)); empty for the record as a whole.
    pub pointer: String,
}

/// Ties every entry of a bundle, in its order, to its place in the record. Stays in the clinic.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct SourceMap {
    /// The entries.
    pub entries: Vec<SourceEntry>,
}

impl SourceMap {
    /// The place in the record from which the entry with index `entry` of the bundle comes.
    pub fn pointer(&self, entry: usize) -> Option<&str> {
        self.entries.get(entry).map(|source| source.pointer.as_str())
    }
}
