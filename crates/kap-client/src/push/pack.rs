//! Which of the planned writes go into the next request, or requests.

use super::component::{components, edges};
use super::means::{Means, Way};
use super::plan::{Write, request_entry};
use super::work::{View, Work};

/// What is sent in this round.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Packed {
    /// Bundles, or single requests, in the order in which they are sent.
    pub(super) requests: Vec<Vec<Write>>,
    /// Writes that no request can carry.
    pub(super) stuck: Vec<Stuck>,
}

/// Why a write cannot be sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Stuck {
    pub(super) piece: usize,
    pub(super) why: &'static str,
}

/// Packs `writes`, each of which refers to what the server holds or to others of them. What is left out goes in a later
/// round, when the ids of this one are known. A component of the graph is never cut.
pub(super) fn pack(work: &Work, view: &View, means: &Means<'_>, writes: Vec<Write>) -> Packed {
    let is_unlimited = means.max_entries >= writes.len() && means.max_bytes == usize::MAX;
    if means.way == Way::Transaction && is_unlimited {
        return Packed {
            requests: vec![writes],
            stuck: Vec::new(),
        };
    }
    let together = in_order(work, &writes);
    match means.way {
        Way::Transaction => transaction(work, view, means, writes, &together),
        Way::Batch | Way::Singles => by_level(work, view, means, writes, &together),
    }
}

/// The components of the writes, by their places among them.
fn in_order(work: &Work, writes: &[Write]) -> Vec<Vec<usize>> {
    let entry = |place: usize| &work.pieces[writes[place].piece].entry;
    let keys: Vec<&str> = (0..writes.len()).map(|place| entry(place).key.as_str()).collect();
    components(&edges(&keys, |place| {
        entry(place).references.iter().map(String::as_str).collect()
    }))
}

/// As many components as one bundle takes. In this order each refers only to what went before, so the first ones can go.
fn transaction(work: &Work, view: &View, means: &Means<'_>, writes: Vec<Write>, together: &[Vec<usize>]) -> Packed {
    let mut packed = Packed::default();
    let (mut taken, mut bytes) = (Vec::new(), 0);
    for component in together {
        let size: usize = component
            .iter()
            .map(|place| size(work, view, means, &writes[*place]))
            .sum();
        let fits = |entries: usize, bytes: usize| entries <= means.max_entries && bytes <= means.max_bytes;
        if !fits(component.len(), size) {
            let stuck = component.iter().map(|place| Stuck {
                piece: writes[*place].piece,
                why: "is larger, with what it refers to in a circle, than the server takes in one request",
            });
            packed.stuck.extend(stuck);
        } else if fits(taken.len() + component.len(), bytes + size) {
            taken.extend(component);
            bytes += size;
        } else {
            break;
        }
    }
    // What refers to something that is stuck is found to be blocked in the next round.
    taken.sort_unstable();
    let stuck = !packed.stuck.is_empty();
    if !stuck && !taken.is_empty() {
        packed.requests.push(pick(writes, &taken));
    }
    packed
}

/// What refers to nothing but what the server holds: in a bundle, or one by one.
fn by_level(work: &Work, view: &View, means: &Means<'_>, writes: Vec<Write>, together: &[Vec<usize>]) -> Packed {
    let mut packed = Packed::default();
    let is_ready = |place: &usize| {
        let mut references = work.pieces[writes[*place].piece].entry.references.iter();
        references.all(|key| view.known.contains_key(key))
    };
    let circles = together.iter().filter(|component| component.len() > 1).flatten();
    packed.stuck = circles
        .map(|place| Stuck {
            piece: writes[*place].piece,
            why: "refers in a circle, which only a transaction can carry",
        })
        .collect();
    let mut ready: Vec<usize> = together
        .iter()
        .filter(|component| component.len() == 1)
        .flatten()
        .copied()
        .filter(is_ready)
        .collect();
    ready.sort_unstable();
    if !packed.stuck.is_empty() {
        return packed;
    }
    if means.way == Way::Singles {
        packed.requests = ready.iter().map(|place| vec![writes[*place].clone()]).collect();
        return packed;
    }
    let mut bytes = 0;
    let fits = ready.iter().enumerate().take_while(|(taken, place)| {
        bytes += size(work, view, means, &writes[**place]);
        // One that is too large by itself is the server's to refuse.
        *taken == 0 || (*taken < means.max_entries && bytes <= means.max_bytes)
    });
    let taken: Vec<usize> = fits.map(|(_, place)| *place).collect();
    if !taken.is_empty() {
        packed.requests.push(pick(writes, &taken));
    }
    packed
}

fn pick(writes: Vec<Write>, places: &[usize]) -> Vec<Write> {
    let writes = writes.into_iter().enumerate();
    writes
        .filter(|(place, _)| places.binary_search(place).is_ok())
        .map(|(_, write)| write)
        .collect()
}

/// The bytes of an entry, which are counted only where they matter.
fn size(work: &Work, view: &View, means: &Means<'_>, write: &Write) -> usize {
    if means.max_bytes == usize::MAX {
        return 0;
    }
    request_entry(work, write, &view.known).to_string().len()
}
