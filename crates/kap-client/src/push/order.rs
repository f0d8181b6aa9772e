//! Which bundles have to wait for which.

use std::collections::{HashMap, HashSet};

use super::intake::Parcel;
use crate::identity::Identity;
use crate::journal::items::Row;

/// For each parcel the earlier ones that it waits for: the last one each that writes a key which it writes too. `rows` are
/// those of the keys that stand in several parcels; what is settled is not written.
pub(super) fn predecessors(parcels: &[Parcel], rows: &HashMap<String, Row>) -> Vec<HashSet<usize>> {
    let mut last: HashMap<&str, usize> = HashMap::new();
    let mut all = Vec::with_capacity(parcels.len());
    for (index, parcel) in parcels.iter().enumerate() {
        let mut before = HashSet::new();
        for outline in &parcel.outline {
            let Some(row) = rows.get(&outline.key) else {
                continue;
            };
            if outline.identity == Identity::OncePerPush || row.is_settled(outline.identity, outline.hash) {
                continue;
            }
            before.extend(last.insert(&outline.key, index));
        }
        all.push(before);
    }
    all
}
